"""What comes from others is what was vendored, and what is asked for is there."""

import hashlib
import json
import re
from pathlib import Path

import pytest

from haicap.ui.templatetags.hc import SPRITE
from haicap.ui.tones import STATES


ROOT = Path(__file__).resolve().parents[2]
STATIC = ROOT / "haicap/ui/static"
VENDOR = STATIC / "vendor"
PACKAGES = json.loads((VENDOR / "VENDOR.json").read_text())
DRAWN = re.compile(
    r"""{%-?\s*icon\s+"([\w-]+)"|<c-(?!vars)[^>]*\sicon="([\w-]+)\"|drawn\("([\w-]+)\""""
)


def icons_asked_for() -> dict[str, str]:
    """Return the icons that templates, tags and the table of tones name, and where."""
    asked = {tone.icon: "tones.py" for tone in STATES.values()}
    for path in [
        *ROOT.glob("haicap/*/templates/**/*.html"),
        *ROOT.glob("haicap/**/*.py"),
    ]:
        for found in DRAWN.findall(path.read_text()):
            asked["".join(found)] = path.name
    return asked


def test_every_icon_that_is_drawn_is_in_the_sprite():
    known = set(re.findall(r'<symbol id="([\w-]+)"', (STATIC / SPRITE).read_text()))
    assert {i: where for i, where in icons_asked_for().items() if i not in known} == {}


def test_the_search_for_icons_finds_both_ways_of_asking():
    assert {"clock", "lock", "circle-half"} <= icons_asked_for().keys()


@pytest.mark.parametrize("package", PACKAGES, ids=lambda package: package["name"])
def test_the_files_are_those_that_were_vendored(package):
    for name, sha256 in package["files"].items():
        assert hashlib.sha256((VENDOR / name).read_bytes()).hexdigest() == sha256, name


@pytest.mark.parametrize("package", PACKAGES, ids=lambda package: package["name"])
def test_each_package_brings_its_licence(package):
    assert any(name.endswith("/LICENSE") for name in package["files"])
    assert package["license"]


def test_nothing_lies_there_that_was_not_recorded():
    recorded = {name for package in PACKAGES for name in package["files"]}
    found = {
        path.relative_to(VENDOR).as_posix()
        for path in VENDOR.rglob("*")
        if path.is_file()
    }
    assert found - {"VENDOR.json"} == recorded


def test_no_source_map_is_promised():
    texts = [p for p in VENDOR.rglob("*") if p.suffix in {".js", ".mjs", ".css"}]
    assert [p.name for p in texts if "sourceMappingURL=" in p.read_text()] == []


def test_versions_are_those_of_the_lock():
    lock = json.loads((ROOT / "frontend/package-lock.json").read_text())["packages"]
    for package in PACKAGES:
        assert lock[f"node_modules/{package['name']}"]["version"] == package["version"]


def test_the_lock_names_no_host():
    assert '"resolved"' not in (ROOT / "frontend/package-lock.json").read_text()


def test_our_modules_stay_short_and_plain():
    for path in (STATIC / "ui/js").glob("*.js"):
        script = path.read_text()
        assert script.count("\n") < 100, path.name
        assert not re.search(r"\beval\(|new Function|innerHTML|\.style\b", script)
