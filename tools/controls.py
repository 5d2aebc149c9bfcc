"""
Takes each guard out, in a copy, and sees that a test goes red.

    python tools/controls.py            every guard
    python tools/controls.py ledger     those whose name holds the word

A guard whose removal nobody notices is no guard. When code moves, the text to take out
is no longer found, and that is a failure too: bring the line up to date.
"""

import os
import shutil
import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path


ROOT = Path(__file__).resolve().parent.parent
COPIED = (
    "haicap",
    "tests",
    "tools",
    "docs",
    "requirements",
    "frontend",
    ".ci",
    "corpus",
)


@dataclass(frozen=True)
class Control:
    """One guard: where it stands, what replaces it, and which tests must notice."""

    name: str
    path: str
    guard: str
    instead: str
    tests: str


CONTROLS = [
    Control(
        "warnings are errors",
        "pyproject.toml",
        'filterwarnings = ["error"]',
        "filterwarnings = []",
        "tests/test_guards.py",
    ),
    Control(
        "sockets stay on this machine",
        "pyproject.toml",
        "--allow-hosts=127.0.0.1,::1,localhost ",
        "",
        "tests/test_guards.py",
    ),
    Control(
        "an undefined variable fails",
        "pyproject.toml",
        "FAIL_INVALID_TEMPLATE_VARS = true",
        "",
        "tests/test_guards.py",
    ),
    Control(
        "a committing test leaves nothing",
        "tests/conftest.py",
        "        snapshot.restore()\n",
        "",
        "tests/test_guards.py",
    ),
    Control(
        "an old form is not called a lack of rights",
        "haicap/ui/middleware.py",
        '        "is_forged": True,\n',
        "",
        "tests/ui/test_error_pages.py",
    ),
    Control(
        "an address of forms has a page",
        "haicap/ui/middleware.py",
        "        if response.status_code != HTTPStatus.METHOD_NOT_ALLOWED"
        " or response.content:\n",
        "        if response:\n",
        "tests/ui/test_error_pages.py",
    ),
    Control(
        "an old form leads to no other house",
        "haicap/ui/middleware.py",
        'return before if url_has_allowed_host_and_scheme(before, hosts) else ""',
        "return before",
        "tests/ui/test_error_pages.py",
    ),
    Control(
        "no decided day is forgotten",
        "haicap/places/data/calendar.csv",
        "2026-08-22,make_up_working_day,",
        "2026-08-23,make_up_working_day,",
        "tests/core/deadlines/test_vectors.py",
    ),
    Control(
        "a switch counts for nothing until it is set",
        "haicap/places/announced.py",
        'active=_YES_NO[row["active"]]',
        "active=True",
        "tests/core/deadlines/test_vectors.py",
    ),
    Control(
        "a reply needs a case with its agency",
        "haicap/resolve/policies.py",
        "    if case.state != CaseState.ASSIGNED:\n"
        '        raise NotNow(_("Only a case that is with an agency can be answered."))',
        "    pass",
        "tests/resolve/test_replies.py",
    ),
    Control(
        "a clock is not stopped twice",
        "haicap/resolve/policies_clock.py",
        "    if pause is not None:",
        "    if False:",
        "tests/resolve/test_clocks.py",
    ),
    Control(
        "a stop names its document",
        "haicap/resolve/policies_clock.py",
        """    if not reference.strip():
        raise BadInput(_("Name the document that asks""",
        """    if False:
        raise BadInput(_("Name the document that asks""",
        "tests/resolve/test_clocks.py",
    ),
    Control(
        "more time ends after the last day",
        "haicap/resolve/policies_clock.py",
        "    if case.due_on is not None and until <= case.due_on:",
        "    if False:",
        "tests/resolve/test_clocks.py",
    ),
    Control(
        "one request for more time waits at a time",
        "haicap/resolve/policies_clock.py",
        """    if waiting is not None:
        raise NotNow""",
        """    if False:
        raise NotNow""",
        "tests/resolve/test_clocks.py",
    ),
    Control(
        "a leader answers the request that was read",
        "haicap/resolve/policies_clock.py",
        "    if read not in (None, waiting.pk):",
        "    if False:",
        "tests/resolve/test_clocks.py",
    ),
    Control(
        "only the lead's head asks for more time",
        "haicap/people/permissions.py",
        '"ask_extension": Rule({DH: L})',
        '"ask_extension": Rule({DO: L, DH: L})',
        "tests/resolve/test_clocks.py",
    ),
    Control(
        "only a leader gives more time",
        "haicap/people/permissions.py",
        '"decide_extension": Rule({PL: P})',
        '"decide_extension": Rule({PL: P, PO: P})',
        "tests/resolve/test_clocks.py",
    ),
    Control(
        "a reply ends a pause",
        "haicap/resolve/actions/replies.py",
        "        clocks.end(pause, by=by, at=at)",
        "        pass",
        "tests/resolve/test_clocks.py",
    ),
    Control(
        "what a case keeps is settled when its clock stops",
        "haicap/resolve/actions/clocks.py",
        """    due_on = case.due_on
    settle(case)
""",
        """    due_on = case.due_on
""",
        "tests/resolve/test_clocks.py",
    ),
    Control(
        "the check replays clocks that are not done",
        "haicap/resolve/integrity.py",
        "clocks.is_bad[row] or status in OPEN or not same",
        "clocks.is_bad[row] or (status not in OPEN and not same)",
        "tests/resolve/test_clocks.py",
    ),
    Control(
        "a lead does not coordinate",
        "haicap/resolve/policies.py",
        "    if lead_id in coordinator_ids:",
        "    if False:",
        "tests/resolve/test_assignments.py",
    ),
    Control(
        "a commune's leader is another than the author",
        "haicap/people/permissions.py",
        '"submit": Rule({CL: O}, second=True)',
        '"submit": Rule({CL: O})',
        "tests/listen/test_documents.py",
    ),
    Control(
        "only a leader decides who leads",
        "haicap/people/permissions.py",
        '"decide_assignment": Rule({PL: P})',
        '"decide_assignment": Rule({PL: P, PO: P, DH: P})',
        "tests/resolve/test_assignments.py",
    ),
    Control(
        "one reader reads a file",
        "haicap/listen/actions/readings.py",
        "document is None or document.state != DocumentState.WAITING",
        "document is None",
        "tests/listen/test_readings.py",
    ),
    Control(
        "an overtaken reader writes nothing",
        "haicap/listen/actions/readings.py",
        " or document.attempts != lease.attempt:",
        ":",
        "tests/listen/test_readings.py",
    ),
    Control(
        "the bytes of a secret go",
        "haicap/listen/actions/readings.py",
        "if found.is_secret:",
        "if False:",
        "tests/listen/test_readings.py",
    ),
    Control(
        "a receipt is kept ninety days",
        "haicap/ledger/receipts.py",
        "KEPT: Final = timedelta(days=90)",
        "KEPT: Final = timedelta(days=89)",
        "tests/ledger/test_receipts.py",
    ),
    Control(
        "a sweep of receipts is bounded",
        "haicap/ledger/receipts.py",
        "[:BATCH]",
        "",
        "tests/ledger/test_receipts.py",
    ),
    Control(
        "the worker sweeps receipts",
        "haicap/listen/management/commands/haicap_worker.py",
        "            receipts.sweep(at=timezone.now())\n",
        "",
        "tests/ledger/test_receipts.py",
    ),
    Control(
        "the worker sweeps files without a row",
        "haicap/listen/management/commands/haicap_worker.py",
        "            documents.sweep_files(at=timezone.now())\n",
        "",
        "tests/listen/test_readings.py",
    ),
    Control(
        "a decision does what was shown",
        "haicap/resolve/policies_calendar.py",
        "    if seal != seen:",
        "    if False:",
        "tests/resolve/test_calendar.py",
    ),
    Control(
        "a day is decided once",
        "haicap/resolve/policies_calendar.py",
        "        if entered or other.special.verified:",
        "        if False:",
        "tests/resolve/test_calendar.py",
    ),
    Control(
        "a decision has a stamp of its own",
        "haicap/places/decided.py",
        "    CalendarEdition.objects.filter(pk=1).update(stamp=fresh)\n",
        "",
        "tests/places/test_workdays.py",
    ),
    Control(
        "a page learns which calendar stands",
        "haicap/people/middleware.py",
        "workdays.known(stamp)",
        'workdays.known("")',
        "tests/places/test_workdays.py",
    ),
    Control(
        "whoever counts holds the calendar",
        "haicap/places/decided.py",
        "        workdays.refresh(rows.get())",
        "        rows.get()",
        "tests/places/test_workdays.py",
    ),
    Control(
        "the administrator sees no case that moves",
        "haicap/resolve/queries_calendar.py",
        '    if not permissions.has(user, "read_submitted"):',
        "    if False:",
        "tests/resolve/test_calendar_views.py",
    ),
    Control(
        "a stale form of a decision stores nothing",
        "haicap/resolve/views/calendar.py",
        '    status = 409 if changed else 200\n    return page(request, "resolve/decision_moves.html"',
        '    status = 200\n    return page(request, "resolve/decision_moves.html"',
        "tests/resolve/test_calendar_views.py",
    ),
    Control(
        "a model's words stay near",
        "haicap/listen/language_model/endpoint.py",
        "not all(is_near(each) for each in found)",
        "False",
        "tests/listen/test_language_model.py",
    ),
    Control(
        "bytes that drip run out of time",
        "haicap/listen/language_model/endpoint.py",
        "        self._bounded.socket.settimeout(left(self._bounded.until))\n",
        "",
        "tests/listen/test_language_model.py",
    ),
    Control(
        "a model's answer has a size",
        "haicap/listen/language_model/endpoint.py",
        "answer.read(limits.answer_bytes + 1)",
        "answer.read()",
        "tests/listen/test_language_model.py",
    ),
    Control(
        "a model's item leaves the reader's own alone",
        "haicap/listen/language_model/answers.py",
        "        if any(one < last and first < other for one, other in self.taken):\n"
        "            return None\n",
        "",
        "tests/listen/test_language_model.py",
    ),
    Control(
        "a model's kind is one of five",
        "haicap/listen/language_model/answers.py",
        "kind not in KINDS or ",
        "",
        "tests/listen/test_language_model.py",
    ),
    Control(
        "a model that is down is left alone",
        "haicap/listen/language_model/propose.py",
        "now >= until or circuit.is_open(now=now)",
        "now >= until",
        "tests/listen/test_language_model.py",
    ),
    Control(
        "a quotation is of whole words",
        "haicap/core/text/quoted.py",
        "(?!\\w|{MARK})",
        "",
        "tests/core/text/test_quoted.py",
    ),
    Control(
        "weights that read worse are refused",
        "haicap/listen/actions/lessons.py",
        "    if sentences := lesson.worse():\n"
        '        raise NotNow(" ".join(sentences))\n',
        "",
        "tests/listen/test_learning.py",
    ),
    Control(
        "damaged learned weights are not used",
        "haicap/listen/weights.py",
        "hashlib.sha256(chain).hexdigest() != last.sha256 or ",
        "",
        "tests/listen/test_learning.py",
    ),
    Control(
        "documents held back are not learned",
        "haicap/listen/learning.py",
        "    learned = [seen[id(one)] for one in [*known, *rest]]\n",
        "    learned = list(seen.values())\n",
        "tests/listen/test_learning.py",
    ),
    Control(
        "a misspelt limit is refused",
        "haicap/core/optimise/rows.py",
        "        if self._left:\n",
        "        if False:\n",
        "tests/core/optimise/test_rows.py",
    ),
    Control(
        "a plan that fails its judge is never shown",
        "haicap/cli/plan.py",
        "    if wrong:\n        # A plan",
        "    if False:\n        # A plan",
        "tests/test_cli_plan.py",
    ),
    Control(
        "the judge of secondment counts the floors",
        "haicap/core/optimise/secondment/check.py",
        "        if stay < int(problem.floor[unit, name]):",
        "        if False:",
        "tests/core/optimise/test_secondment.py",
    ),
    Control(
        "the judge of boards counts capacities",
        "haicap/core/optimise/boards/check.py",
        "        if load > one.capacity + CLOSE:",
        "        if False:",
        "tests/core/optimise/test_boards.py",
    ),
    Control(
        "limits to ease are confirmed to be a smallest set",
        "haicap/core/optimise/easing.py",
        "        model.cost(is_used, 1.0)\n",
        "        model.cost(is_used, -1.0)\n",
        "tests/core/optimise/test_portfolio.py",
    ),
]


def copy_tree(target: Path) -> None:
    """Copy what the tests need, without what a run makes."""
    leave = shutil.ignore_patterns("__pycache__", "node_modules", ".*_cache")
    for name in COPIED:
        if (ROOT / name).exists():
            shutil.copytree(ROOT / name, target / name, ignore=leave)
    for path in ROOT.iterdir():
        if path.is_file():
            shutil.copy(path, target)


def run(folder: Path, tests: str) -> tuple[bool, str]:
    """Return whether the tests pass in that copy, and pytest's last line."""
    env = {**os.environ, "PYTHONPATH": str(folder), "PYTHONDONTWRITEBYTECODE": "1"}
    words = ["-m", "pytest", "--tb=no", "-p", "no:cacheprovider"]
    done = subprocess.run(
        [sys.executable, *words, tests],
        cwd=folder,
        env=env,
        capture_output=True,
        text=True,
        timeout=300,
        check=False,
    )
    last = (done.stdout + done.stderr).strip().splitlines()[-1:]
    if done.returncode not in (0, 1):
        raise RuntimeError(f"pytest ended with {done.returncode}: {' '.join(last)}")
    return done.returncode == 0, " ".join(last)


def fault_of(control: Control, whole: dict[str, bool]) -> tuple[str, str]:
    """Return what is wrong with a guard ("" when it is missed), and what pytest said."""
    with tempfile.TemporaryDirectory(prefix="haicap-control-") as name:
        folder = Path(name)
        copy_tree(folder)
        # A test that is red anyway proves nothing.
        if control.tests not in whole:
            whole[control.tests], said = run(folder, control.tests)
        if not whole[control.tests]:
            return "the tests fail with the guard in place", control.tests
        path = folder / control.path
        text = path.read_text()
        if text.count(control.guard) != 1:
            return f"stands {text.count(control.guard)} times there", control.path
        path.write_text(text.replace(control.guard, control.instead))
        passes, said = run(folder, control.tests)
        return ("nobody missed it" if passes else ""), said


def main(arguments: list[str]) -> int:
    """Try each guard; return 1 when one was missed by nobody."""
    word = arguments[0] if arguments else ""
    chosen = [each for each in CONTROLS if word in each.name]
    n_bad = 0
    whole: dict[str, bool] = {}
    for control in chosen:
        start = time.monotonic()
        fault, said = fault_of(control, whole)
        n_bad += bool(fault)
        seconds = time.monotonic() - start
        status = "FAILED" if fault else "red"
        words = ": ".join(filter(None, (fault, said)))
        print(f"{status:7} {seconds:5.1f} s  {control.name} ({words})", flush=True)
    print(
        f"{len(chosen) - n_bad} of {len(chosen)} guards are missed when they are gone"
    )
    return int(bool(n_bad) or not chosen)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
