"""
Measures the deadline engine: how many due dates are right, by which rule, and how quick.

    python benchmarks/deadlines.py            the whole measurement, about a minute
    python benchmarks/deadlines.py --keep     the same, leaves deadlines.md alone

The peer's rules run in the peer's own environment, as for `web.py`.
"""

from __future__ import annotations

import argparse
import json
import subprocess
import sys
import tempfile
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from importlib.metadata import version
from pathlib import Path
from typing import Any


HERE = Path(__file__).resolve().parent
ROOT = HERE.parent
sys.path[:0] = [str(ROOT)]

from benchmarks import report, rules  # noqa: E402  the path is set only now
from benchmarks.web import environment, machine, peer_python, say  # noqa: E402
from haicap.core.deadlines.period import Unit  # noqa: E402


PAGE = HERE / "deadlines.md"
IN_DAYS = (Unit.WORKING_DAYS, Unit.CALENDAR_DAYS)
GROUPS = {
    "new_year": "New Year",
    "tet": "Tết",
    "tet_span": "1 to 60 working days over Tết",
    "hung_kings": "Hùng Kings",
    "april_may": "30 April and 1 May",
    "national_day": "National Day",
    "make_up": "Saturdays that are worked",
    "year_end": "ends of the year",
    "calendar_days": "calendar days that end on a day off",
    "months": "months, 29 February",
    "hours": "hours of work",
    "cutoff": "received after the cut-off, or just before",
}


@dataclass(frozen=True)
class Rule:
    """One rule and whether it was right about each vector."""

    name: str
    right: list[bool]


def peer_days(
    asked: Sequence[rules.Vector], python: Path, folder: Path
) -> dict[str, list[date | None]]:
    """Return what both of the peer's rules say; it knows days only."""
    known = [each for each in asked if each.period.unit in IN_DAYS]
    question = {
        "off": [day.isoformat() for day in rules.days_off()],
        "periods": [(each.at.date().isoformat(), each.period.n) for each in known],
    }
    env = environment(
        DATABASE_URL=f"sqlite://{folder / 'due.sqlite3'}", PYTHONPATH=f"{HERE}:{ROOT}"
    )
    done = subprocess.run(
        [str(python), str(HERE / "peer" / "due.py")],
        input=json.dumps(question),
        env=env,
        stdout=subprocess.PIPE,
        text=True,
        check=True,
    )
    found: dict[str, list[date | None]] = {}
    for name, days in json.loads(done.stdout).items():
        said = iter(days)
        found[name] = [
            date.fromisoformat(day) if each in known and (day := next(said)) else None
            for each in asked
        ]
    return found


def judged(
    asked: Sequence[rules.Vector], peer: dict[str, list[date | None]]
) -> list[Rule]:
    """Return every rule with what it was right about."""
    found = []
    for name, rule in (
        ("haicap", rules.ours),
        ("numpy over `holidays`", rules.business_days),
        ("wall clock", rules.wall_clock),
    ):
        found.append(Rule(name, [each.is_right(rule(each)) for each in asked]))
    for name, key in (
        ("the peer's opening hours", "spent"),
        ("the peer's excluded days", "escalated"),
    ):
        right = [a.is_right(day) for a, day in zip(asked, peer[key], strict=True)]
        found.append(Rule(name, right))
    return found


def table(asked: Sequence[rules.Vector], found: Sequence[Rule]) -> list[str]:
    """Return how many are right, by class of vector."""
    lines = [
        f"| class | vectors | {' | '.join(rule.name for rule in found)} |",
        f"|---|{'---|' * (len(found) + 1)}",
    ]
    for group, words in {**GROUPS, "": "**all**"}.items():
        rows = [i for i, each in enumerate(asked) if not group or each.group == group]
        cells = [str(sum(rule.right[i] for i in rows)) for rule in found]
        lines.append(f"| {words} | {len(rows)} | {' | '.join(cells)} |")
    return lines


def speed() -> dict[str, float]:
    """Return the figures of a process of its own, held on one core."""
    done = subprocess.run(
        [sys.executable, str(HERE / "histories.py")],
        env=environment(),
        stdout=subprocess.PIPE,
        check=True,
    )
    figures: dict[str, float] = json.loads(done.stdout)
    return figures


def aims(n_wrong: int, quick: dict[str, float]) -> list[str]:
    """Return each aim with its figure."""
    rows = (
        ("wrong due dates: none", f"{n_wrong}", n_wrong == 0),
        (
            "100,000 histories after a changed calendar: under 2 s on one core",
            f"{quick['recompute_s']:.2f} s (slowest of 5: {quick['slowest_s']:.2f} s)",
            quick["slowest_s"] < 2,
        ),
        (
            "the same process: under 300 MB at its most",
            f"{quick['peak_mb']:.0f} MB",
            quick["peak_mb"] < 300,
        ),
        (
            "one due date with its explanation: under 0.2 ms, median",
            f"{quick['explain_ms']:.3f} ms (p99 {quick['explain_p99_ms']:.2f} ms)",
            quick["explain_ms"] < 0.2,
        ),
    )
    return [
        "| aim | figure | reached |",
        "|---|---|---|",
        *(
            f"| {a} | {b} | {'yes' if reached else '**no**'} |"
            for a, b, reached in rows
        ),
    ]


def text(about: dict[str, Any], tables: list[str], quick: dict[str, float]) -> str:
    """Return the figures of one run."""
    words = ", ".join(f"{name} {number}" for name, number in about["versions"].items())
    return "\n".join(
        [
            f"Measured on {about['at']} with `{about['command']}`.",
            f"Machine: {about['cores']} cores of {about['cpu']}, {about['memory_gb']}"
            f" GB, {about['system']}; load before {about['load_before']}.",
            f"{words}.",
            "",
            "### Right due dates",
            "",
            *tables,
            "",
            "### Speed",
            "",
            *about["aims"],
            "",
            f"{quick['happenings']:,.0f} happenings in 100,000 histories;"
            f" {quick['moved']:,.0f} due dates moved by one new day off;"
            f" {quick['bad']:.0f} histories refused.",
            f"Of the first 2,000, {quick['unequal']:.0f} differ from the engine that"
            " replays one history at a time.",
            f"Packing the histories into arrays took {quick['pack_s']:.2f} s more.",
            f"Of the memory, {quick['bare_mb']:.0f} MB are the empty process and"
            f" {quick['objects_mb'] - quick['bare_mb']:.0f} MB the histories as objects.",
        ]
    )


def versions(python: Path) -> dict[str, str]:
    """Return what was measured with."""
    code = "from importlib.metadata import version; print(version('django-helpdesk'))"
    done = subprocess.run([str(python), "-c", code], stdout=subprocess.PIPE, check=True)
    return {
        "Python": sys.version.split()[0],
        "numpy": version("numpy"),
        "holidays": version("holidays"),
        "django-helpdesk": done.stdout.decode().strip(),
    }


def main(arguments: list[str]) -> int:
    """Measure, tell, and write the page; 1 when a due date of ours is wrong."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--keep", action="store_true", help="leave deadlines.md alone")
    options = parser.parse_args(arguments)
    about: dict[str, Any] = machine()
    about["at"] = f"{datetime.now():%d/%m/%Y %H:%M}"  # noqa: DTZ005  a clock
    about["command"] = " ".join(["python benchmarks/deadlines.py", *arguments])
    asked = rules.vectors()
    with tempfile.TemporaryDirectory(prefix="haicap-bench-") as name:
        folder = Path(name)
        say("the peer's environment")
        python = peer_python(folder)
        about["versions"] = versions(python)
        say(f"{len(asked)} due dates by the peer's rules")
        peer = peer_days(asked, python, folder)
    found = judged(asked, peer)
    say("100,000 histories")
    quick = speed()
    n_wrong = found[0].right.count(False) + int(quick["unequal"])
    about["aims"] = aims(n_wrong, quick)
    words = text(about, table(asked, found), quick)
    print(words)
    if not options.keep:
        report.into(PAGE, words)
    return int(n_wrong > 0)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
