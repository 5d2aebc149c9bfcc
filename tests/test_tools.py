"""The runner tells the truth: what failed, what was not run, and how many passed."""

import socket
import sys
import tempfile
from pathlib import Path
from urllib.parse import urlsplit

import pytest


TOOLS = str(Path(__file__).resolve().parent.parent / "tools")


@pytest.fixture
def run_tests(monkeypatch):
    monkeypatch.syspath_prepend(TOOLS)
    monkeypatch.delitem(sys.modules, "run_tests", raising=False)
    import run_tests  # noqa: PLC0415  the folder is on the path only now

    return run_tests


@pytest.fixture
def said(run_tests, capsys, monkeypatch):
    """Return a function: the exit code and last lines for these outcomes."""

    def report(*outcomes, ci=False):
        monkeypatch.setattr(run_tests, "IS_CI", ci)
        code = run_tests.report(list(outcomes))
        return code, capsys.readouterr().out

    return report


def test_all_well_ends_with_the_counts(run_tests, said):
    step = run_tests.Outcome("tests", 1, "ok", counts={"passed": 7, "skipped": 1})
    code, words = said(step, step)
    assert code == 0
    assert words.endswith("14 passed, 0 failed, 2 skipped\n")


def test_a_failed_lint_is_not_followed_by_a_line_without_failures(run_tests, said):
    tests = run_tests.Outcome("tests", 1, "ok", counts={"passed": 7})
    code, words = said(run_tests.Outcome("lint", 1, "FAILED"), tests)
    assert code == 1
    assert "!!! FAILED: lint" in words
    assert "0 failed" not in words


def test_an_error_counts_as_a_failure(run_tests, said):
    counts = {"passed": 7, "error": 2, "failed": 1}
    code, words = said(run_tests.Outcome("tests", 1, "FAILED", counts=counts))
    assert code == 1
    assert words.endswith("7 passed, 3 failed\n")


def test_what_was_not_run_is_said_loudly_and_fails_in_ci(run_tests, said):
    gap = run_tests.Outcome("browser", 0, "NOT RUN", "apt install chromium")
    tests = run_tests.Outcome("tests", 1, "ok", counts={"passed": 7})
    code, words = said(tests, gap)
    assert code == 0
    assert "!!! NOT RUN: browser. apt install chromium" in words
    assert said(tests, gap, ci=True)[0] == 1


def test_a_cluster_is_gone_after_a_failure_inside_it(run_tests, monkeypatch):
    postgres = run_tests.postgres
    if postgres.programs() is None:
        pytest.skip("PostgreSQL is not installed; make test says so too")
    folders = []
    make = tempfile.mkdtemp

    def remembered(**options):
        folders.append(Path(make(**options)))
        return str(folders[-1])

    monkeypatch.setattr(tempfile, "mkdtemp", remembered)
    with pytest.raises(ZeroDivisionError), postgres.cluster() as url:
        port = urlsplit(url).port
        socket.create_connection(("127.0.0.1", port), timeout=5).close()
        _ = 1 / 0
    assert len(folders) == 1
    assert not folders[0].exists()
    with pytest.raises(ConnectionRefusedError):
        socket.create_connection(("127.0.0.1", port), timeout=5)


def test_a_command_inside_a_cluster_gives_its_own_exit_code(run_tests):
    postgres = run_tests.postgres
    if postgres.programs() is None:
        pytest.skip("PostgreSQL is not installed; make test says so too")
    code = "import os, sys; sys.exit(7 if os.environ.get('DATABASE_URL') else 1)"
    assert postgres.run_inside([sys.executable, "-c", code], environ={}) == 7
