"""
Runs the steps of `make check`, `make test-fast` and `make test`, and says what each did.

A step that this machine cannot run is installed where that is possible (root on
Debian). Otherwise the rest runs and the last lines name what was NOT run; with CI=true
such a gap is a failure.
"""

import os
import re
import shutil
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

import postgres


ROOT = Path(__file__).resolve().parent.parent
BIN = Path(sys.executable).parent
LIMIT = 600  # seconds for one step; a full run has twenty minutes
IS_CI = os.environ.get("CI") == "true"
HOUSE_TESTS = ["tests/test_house.py", "tests/test_words.py", "tests/test_docs.py"]
HOUSE_TESTS += ["tests/test_templates.py"]
SUMMARY = re.compile(
    r"^(?=.*\b(?:passed|failed|error|errors|no tests ran)\b).*\bin [\d.]+s"
)
SHORT = "--tb=short"
COUNT = re.compile(r"(\d+) (passed|failed|skipped|errors?)\b")


@dataclass
class Outcome:
    """What became of one step."""

    name: str
    seconds: float
    status: str  # "ok", "FAILED" or "NOT RUN"
    note: str = ""
    counts: dict[str, int] = field(default_factory=dict)


def environment(**more: str) -> dict[str, str]:
    """Return the variables that every step gets: no secret, no database but its own."""
    keep = {key: value for key, value in os.environ.items() if key != "DATABASE_URL"}
    here = {"HAICAP_NO_SECRET": "1", "PYTHONPATH": str(ROOT), "PYTHONUNBUFFERED": "1"}
    return {**keep, "DJANGO_SETTINGS_MODULE": "haicap.config.settings", **here, **more}


def say(words: str = "") -> None:
    """Print at once, also into a pipe."""
    print(words, flush=True)


def command(name: str, *words: str, url: str = "") -> Outcome:
    """Run one command; its output appears as it comes, and its counts are kept."""
    say(f"\n── {name}")
    start = time.monotonic()
    env = environment(**({"DATABASE_URL": url} if url else {}))
    counts: dict[str, int] = {}
    note = ""
    with subprocess.Popen(
        words,
        cwd=ROOT,
        env=env,
        text=True,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
    ) as process:
        assert process.stdout is not None
        watch = threading.Timer(LIMIT, process.kill)
        watch.start()
        for line in process.stdout:
            print(line, end="", flush=True)
            if SUMMARY.search(line):
                note = line.strip(" =\n")
                counts = {what: int(n) for n, what in COUNT.findall(line)}
        watch.cancel()
    seconds = time.monotonic() - start
    if seconds > LIMIT:
        note = f"ended after {LIMIT} s; {note}"
    status = "ok" if process.returncode == 0 else "FAILED"
    say(f"   {status} in {seconds:.1f} s")
    return Outcome(name, seconds, status, note, counts)


def pytest(name: str, *words: str, url: str = "") -> Outcome:
    """Run pytest; a step that collects no test has failed: it guards nothing."""
    return command(name, str(BIN / "python"), "-m", "pytest", SHORT, *words, url=url)


def django(*words: str) -> list[str]:
    """Return the command line of one of Django's commands."""
    return [str(BIN / "python"), "-m", "django", *words]


def templates() -> Outcome:
    """Lint the templates, when there are any."""
    if not any((ROOT / "haicap").glob("*/templates/**/*.html")):
        return Outcome("templates", 0, "ok", "there are none yet")
    return command("templates", str(BIN / "djlint"), "haicap", "--lint", "--quiet")


def checks() -> list[Outcome]:
    """Return the outcomes of everything that needs no database."""
    return [
        command("lint", str(BIN / "ruff"), "check", "--quiet", "."),
        command("format", str(BIN / "ruff"), "format", "--check", "--quiet", "."),
        command("types", str(BIN / "mypy"), "haicap"),
        templates(),
        command("translations", str(BIN / "python"), "tools/messages.py", "--check"),
        command("settings", *django("check")),
        command("migrations", *django("makemigrations", "--check", "--dry-run")),
    ]


def house() -> Outcome:
    """Run the tests of the house alone; `all` runs them among the others."""
    return pytest("house and words", *HOUSE_TESTS)


def on_sqlite() -> Outcome:
    """Run every test but the browser's on SQLite."""
    return pytest("tests on SQLite", "-n", "2", "-m", "not browser")


def on_postgres() -> Outcome:
    """Run the same tests on a PostgreSQL cluster of their own."""
    name = "tests on PostgreSQL"
    if not available("postgresql", lambda: postgres.programs() is not None):
        return gap(name, "PostgreSQL is not installed. Debian: apt install postgresql")
    with postgres.cluster() as url:
        return pytest(name, "-n", "2", "-m", "not browser", url=url)


def chromium() -> str:
    """Return the path of the browser, or an empty string."""
    names = ("chromium", "chromium-browser", "google-chrome")
    asked = os.environ.get("HAICAP_CHROMIUM", "")
    return asked or next(filter(None, map(shutil.which, names)), "")


def in_the_browser() -> Outcome:
    """Walk the journeys in Chromium; in one process, since each has its own server."""
    name = "journeys in a browser"
    if not any((ROOT / "tests/browser").glob("test_*.py")):
        return gap(name, "tests/browser holds no test yet.")
    if not available("chromium", lambda: bool(chromium())):
        return gap(name, "Chromium is not installed. Debian: apt install chromium")
    return pytest(name, "-m", "browser", "tests/browser")


def gap(name: str, why: str) -> Outcome:
    """Return the outcome of a step that could not be run."""
    say(f"\n── {name}\n   NOT RUN: {why}")
    return Outcome(name, 0, "NOT RUN", why)


def available(package: str, is_here: Callable[[], bool]) -> bool:
    """Return whether a program is here, after installing it where we may."""
    if is_here():
        return True
    if os.name != "posix" or os.geteuid() != 0 or not shutil.which("apt-get"):
        return False
    say(f"\n── installing {package}")
    quiet = {"stdout": subprocess.DEVNULL, "stdin": subprocess.DEVNULL}
    env = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    subprocess.run(["apt-get", "update", "-qq"], check=False, env=env, **quiet)
    install = ["apt-get", "install", "-y", "-qq", "--no-install-recommends", package]
    subprocess.run(install, check=False, env=env, **quiet)
    return is_here()


def report(outcomes: list[Outcome]) -> int:
    """Print the table and the counts; return the exit code."""
    say("\n" + "─" * 72)
    for each in outcomes:
        say(f"{each.status:8} {each.name:24} {each.seconds:7.1f} s  {each.note}")
    say("─" * 72)
    failed = [each for each in outcomes if each.status == "FAILED"]
    gaps = [each for each in outcomes if each.status == "NOT RUN"]
    for each in gaps:
        say(f"!!! NOT RUN: {each.name}. {each.note}")
    for each in failed:
        say(f"!!! FAILED: {each.name}")
    totals = {"passed": 0, "failed": 0, "skipped": 0}
    for each in outcomes:
        for what, count in each.counts.items():
            key = "failed" if what.startswith("error") else what
            totals[key] += count
    is_bad = bool(failed) or (IS_CI and bool(gaps))
    say(
        f"{'FAILED' if is_bad else 'ok'}: total {sum(e.seconds for e in outcomes):.0f} s"
    )
    # A step other than pytest that fails must not be followed by a line without failures.
    if totals["passed"] and not (is_bad and not totals["failed"]):
        skipped = f", {totals['skipped']} skipped" if totals["skipped"] else ""
        say(f"{totals['passed']} passed, {totals['failed']} failed{skipped}")
    return int(is_bad)


def main(arguments: list[str]) -> int:
    """Carry out `check`, `fast` or `all`."""
    what = arguments[0] if arguments else "all"
    with tempfile.TemporaryDirectory(prefix="haicap-var-") as var:
        os.environ["HAICAP_VAR"] = var
        if what == "check":
            return report([*checks(), house()])
        if what == "fast":
            return report([on_sqlite()])
        if what != "all":
            say(__doc__ or "")
            return 2
        available("gettext", lambda: bool(shutil.which("msgfmt")))
        return report([*checks(), on_sqlite(), on_postgres(), in_the_browser()])


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
