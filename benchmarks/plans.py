"""
Measures the planners: how good, how proven, how quick, beside others in the same run.

    python benchmarks/plans.py            the whole measurement, about 20 minutes
    python benchmarks/plans.py --keep     the same, leaves plans.md alone
    python benchmarks/plans.py --only boards

The peers run in an environment of their own.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
import time
from datetime import datetime
from importlib.metadata import version
from pathlib import Path


HERE = Path(__file__).resolve().parent
ROOT = HERE.parent
sys.path[:0] = [str(ROOT)]

from benchmarks import (  # noqa: E402  the path is set only now
    plans_boards,
    plans_portfolio,
    plans_premises,
    plans_secondment,
)
from benchmarks.plan_part import Part  # noqa: E402
from benchmarks.web import machine, peer_python, say  # noqa: E402


PAGE = HERE / "plans.md"
PARTS = {
    "secondment": plans_secondment.measure,
    "premises": plans_premises.measure,
    "boards": plans_boards.measure,
    "portfolio": plans_portfolio.measure,
}
REACHED = {True: "yes", False: "**no**", None: ""}


def page(parts: list[Part], minutes: float, words: str) -> str:
    """Return the page of one run."""
    now = datetime.now().astimezone()
    lines = [
        "# Plans: how good, how proven, how quick",
        "",
        f"Written by `make bench-plan` on {now:%d/%m/%Y %H:%M} in {minutes:.0f} minutes;"
        f" {words}.",
        "All problems are made up (`haicap plan generate`, seed 0) on the real communes; the places of"
        " communes outside Ninh Bình are made up, too. A gap is a share of the value: no plan is better"
        " by more. What each planner does stands in"
        " [the reference](../docs/reference/plans.md).",
    ]
    for part in parts:
        lines += ["", f"## {part.title}", ""]
        lines += [
            "| figure | aim | measured | beside | reached |",
            "|---|---|---|---|---|",
        ]
        for one in part.figures:
            reached = REACHED[one.is_reached]
            lines.append(
                f"| {one.name} | {one.aim} | {one.ours} | {one.beside} | {reached} |"
            )
        for note in part.notes:
            lines += ["", note]
    return "\n".join(lines) + "\n"


def main() -> None:
    """Measure every part, and write the page."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--keep", action="store_true", help="leave plans.md alone")
    parser.add_argument("--only", choices=PARTS, action="append")
    options = parser.parse_args()
    began = time.monotonic()
    with tempfile.TemporaryDirectory() as folder:
        say("the peers' environment")
        peers = peer_python(Path(folder), "plans.txt")
        parts = []
        for name in options.only or PARTS:
            say(name)
            parts.append(PARTS[name](peers, say))
    here = machine()
    words = f"{here['cores']} cores, {here['memory_gb']} GB, {here['cpu']}, highspy {version('highspy')}, numpy {version('numpy')}"
    text = page(parts, (time.monotonic() - began) / 60, words)
    if options.keep or options.only:
        print(text)
    else:
        PAGE.write_text(text, encoding="utf-8")
        say(f"written: {PAGE.name}")


if __name__ == "__main__":
    main()
