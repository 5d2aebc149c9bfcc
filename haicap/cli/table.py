"""Statements as a table that fits the terminal."""

import shutil
import textwrap
import unicodedata
from collections import Counter
from collections.abc import Sequence
from pathlib import Path
from typing import Any, Final


KINDS: Final = ("difficulty", "recommendation", "reply", "directive", "result")

COLUMNS: Final = ("#", "kind", "conf", "speaker", "fields", "words")
#: The last column takes what is left; a narrow terminal leaves more of it to the words.
WIDE: Final = (3, 14, 4, 24, 20)
NARROW: Final = (3, 14, 4, 16, 16)
LINES_A_STATEMENT: Final = 3


def print_table(path: Path, items: Sequence[dict[str, Any]], *, several: bool) -> None:
    """Print the statements of one file, a few lines each, and how many of each kind."""
    total = max(100, shutil.get_terminal_size((120, 40)).columns)
    first = WIDE if total >= 120 else NARROW
    widths = [*first, total - sum(first) - 2 * len(first)]
    if several:
        print(f"\n{path.name}")
    print(_line(COLUMNS, widths))
    print(_line(["─" * width for width in widths], widths))
    for number, item in enumerate(items, 1):
        cells = [
            str(number),
            item["kind"],
            f"{item['confidence']:.2f}",
            item["speaker"] or "–",
            ", ".join(item["fields"]) or "–",
            item["text"],
        ]
        columns = [
            _fold_lines(cell, width) for cell, width in zip(cells, widths, strict=True)
        ]
        for at in range(max(len(lines) for lines in columns)):
            print(
                _line([part[at] if at < len(part) else "" for part in columns], widths)
            )
    counts = Counter(item["kind"] for item in items)
    summary = ", ".join(f"{counts[kind]} {kind}" for kind in KINDS if counts[kind])
    print(f"{len(items)} statements" + (f": {summary}" if summary else ""))


def _fold_lines(text: str, width: int) -> list[str]:
    """A few lines of at most that width; what does not fit ends in "…"."""
    # One letter, one place: letters in two pieces would push the columns apart, and
    # control characters would reach the terminal.
    text = unicodedata.normalize("NFC", text)
    text = "".join(c if c.isprintable() else " " for c in text)
    return textwrap.wrap(text, width, max_lines=LINES_A_STATEMENT, placeholder="…") or [
        ""
    ]


def _line(cells: Sequence[str], widths: Sequence[int]) -> str:
    padded = (
        cell + " " * (width - _width(cell))
        for cell, width in zip(cells, widths, strict=True)
    )
    return "  ".join(padded).rstrip()


def _width(text: str) -> int:
    return sum(
        0
        if unicodedata.combining(c)
        else 2
        if unicodedata.east_asian_width(c) in "WF"
        else 1
        for c in text
    )
