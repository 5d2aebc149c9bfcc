"""The wheel carries all that a user needs, and no tracked file tells of a machine."""

import re
import subprocess
import sys
import zipfile
from pathlib import Path, PurePosixPath

import pytest


ROOT = Path(__file__).resolve().parent.parent
PACKAGE = ROOT / "haicap"

# Written in pieces, or this file would be its own first fault.
FORBIDDEN = [
    ("a path of one machine", r"(?<![\w.~/-])/(?:work|root|home/\w+|Users/\w+)/[\w.]"),
    ("a package index", r"py" + r"pi\.org|python" + r"hosted\.org"),
    ("a package index", r"registry\.npm" + r"js|npm" + r"mirror|regi" + r"stry\.yarn"),
    ("a package index", r"--(?:extra-)?index-" + r"url|PIP_INDEX_" + r"URL"),
    (
        "a package mirror",
        r"(?:deb|security)\.deb" + r"ian\.org|proxy\.go" + r"lang\.org",
    ),
]
# Licences and what others wrote may name addresses; they are kept as they came.
OTHERS = {"vendor", "node_modules", "LICENSE"}
TEXT = {".py", ".md", ".toml", ".txt", ".html", ".css", ".js", ".mjs", ".json", ".csv"}
TEXT |= {".po", ".yml", ".yaml", ".ini", ".cfg", ".sh", ".in", ".service", ""}


def tracked() -> list[Path]:
    """Return the files of the repository; outside one, those that would be."""
    words = ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"]
    done = subprocess.run(words, cwd=ROOT, capture_output=True, text=True, check=False)
    if done.returncode == 0:
        names = done.stdout.split("\0")
        return [ROOT / name for name in names if name and (ROOT / name).is_file()]
    folders = ("haicap", "tests", "tools", "docs", "requirements", "benchmarks")
    found = [path for name in folders for path in (ROOT / name).rglob("*")]
    return [path for path in [*found, *ROOT.glob("*")] if path.is_file()]


def telltale(text: str) -> list[str]:
    """Return what a text says about a machine or its package index."""
    found = []
    for what, pattern in FORBIDDEN:
        found += [f"{what}: {match[0]}" for match in re.finditer(pattern, text)]
    return found


def test_no_tracked_file_tells_of_a_machine():
    faults = []
    for path in tracked():
        name = path.relative_to(ROOT)
        if OTHERS & set(name.parts) or path.suffix not in TEXT:
            continue
        text = path.read_text(encoding="utf-8", errors="replace")
        faults += [f"{name}: {fault}" for fault in telltale(text)]
    assert faults == []


@pytest.mark.parametrize(
    "text",
    [
        "see /wo" + "rk/main/x",
        "HOME=/ro" + "ot/.cache",
        "https://py" + "pi.org/simple",
        "--index-" + "url x",
        '"resolved": "https://regis' + "try.npm" + 'js.org/a.tgz"',
    ],
)
def test_a_telltale_is_found(text):
    assert telltale(text)


@pytest.mark.parametrize(
    "text", ["GET /wo" + "rk/", "/homework/x", "~/ro" + "ot/x", "a/wo" + "rk/b"]
)
def test_an_ordinary_path_is_left_alone(text):
    assert telltale(text) == []


def test_locks_hold_hashes_and_no_address():
    locks = [*ROOT.glob("requirements/*.txt"), *ROOT.glob("frontend/package-lock.json")]
    assert {"core.txt", "dev.txt", "train.txt"} <= {path.name for path in locks}
    for path in locks:
        text = path.read_text()
        if path.suffix == ".txt":
            assert "://" not in text, path.name
            pinned = re.findall(r"^[\w.\[\]-]+==", text, re.M)
            least = 3 if path.name == "train.txt" else 20
            assert len(re.findall(r"--hash=sha256:", text)) >= len(pinned) > least
        else:
            assert '"resolved"' not in text, path.name


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> set[str]:
    """Return the names inside a wheel built from the tree as it is."""
    target = tmp_path_factory.mktemp("wheel")
    words = [
        sys.executable,
        "-m",
        "hatchling",
        "build",
        "-t",
        "wheel",
        "-d",
        str(target),
    ]
    done = subprocess.run(words, cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
    (path,) = target.glob("*.whl")
    with zipfile.ZipFile(path) as archive:
        return set(archive.namelist())


def needed() -> set[str]:
    """Return every file of the package that is not made by a run."""
    return {
        str(PurePosixPath("haicap", *path.relative_to(PACKAGE).parts))
        for path in PACKAGE.rglob("*")
        if path.is_file() and path.suffix != ".pyc" and "__pycache__" not in path.parts
    }


def test_the_wheel_carries_the_whole_package(wheel):
    assert sorted(needed() - wheel) == []


@pytest.mark.parametrize(
    "pattern",
    [
        "haicap/*/static/**/*.css",
        "haicap/*/static/**/*.js",
        "haicap/*/static/**/*.woff2",
        "haicap/*/templates/**/*.html",
        "haicap/*/locale/vi/LC_MESSAGES/django.mo",
        "haicap/places/data/*",
        "haicap/listen/samples/*.docx",
        "haicap/listen/samples/*.txt",
        "haicap/listen/samples/*.xlsx",
        "haicap/*/migrations/0001_*.py",
        "haicap-*.dist-info/licenses/LICENSE",
        "haicap-*.dist-info/entry_points.txt",
    ],
)
def test_the_wheel_carries(wheel, pattern):
    assert any(matches(name, pattern) for name in wheel)


def matches(name: str, pattern: str) -> bool:
    """Return whether a name fits; two stars stand for any number of folders."""
    expression = (
        re.escape(pattern).replace(r"\*\*/", "(?:.*/)?").replace(r"\*", "[^/]*")
    )
    return re.fullmatch(expression, name) is not None


def test_the_wheel_carries_nothing_else(wheel):
    strays = [
        name
        for name in wheel
        if not re.match(r"haicap/|haicap-[\w.]+\.dist-info/", name)
        or re.search(r"__pycache__|\.pyc$|\.sqlite3$|/node_modules/|/tests?/", name)
    ]
    assert strays == []
