"""Finds the header of a table of recommendations, however it is merged and worded."""

import csv
import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Final

from haicap.core.text.fold import fold_vi
from haicap.listen.intake.table import Cell, SheetTable, shown


#: The header stands somewhere in the first rows; titles and mottoes stand above it.
HEADER_WITHIN: Final = 20
HEADER_DEPTH: Final = 3


@dataclass(frozen=True)
class Header:
    """What each column holds, and where the header ends."""

    last: int  # row of the sheet, from 0
    columns: Mapping[str, int]  # what it holds -> column, from 0
    names: Mapping[int, str]  # column -> its name, as it stands there
    twins: tuple[tuple[int, int], ...]  # pairs of columns of the same name


@cache
def _known_headers() -> Mapping[str, tuple[str, int]]:
    """Folded name of a column -> (what it holds, how general the name is)."""
    path = Path(__file__).with_name("headers.csv")
    with path.open(encoding="utf-8", newline="") as file:
        return {
            plain_name(line["name"]): (line["column"], rank)
            for rank, line in enumerate(csv.DictReader(file))
        }


def plain_name(text: str) -> str:
    """Letters and digits only, without marks, case, or what stands in brackets."""
    text = re.sub(r"\([^)]*\)|\[[^\]]*\]", " ", fold_vi(text))
    return " ".join(re.findall(r"\w+", text))


def merged_into(sheet: SheetTable) -> dict[tuple[int, int], tuple[int, int]]:
    """Each covered cell of a merged area -> the cell that holds its value."""
    covered: dict[tuple[int, int], tuple[int, int]] = {}
    for first, last in sheet.merged:
        # A whole column may be merged: only where there are rows does it matter.
        for row in range(first[0], min(last[0] + 1, len(sheet.rows))):
            for column in range(first[1], min(last[1] + 1, 500)):
                covered[row, column] = first
    return covered


def value_at(sheet: SheetTable, row: int, column: int) -> Cell:
    """What a cell holds; "" outside the sheet."""
    if row < len(sheet.rows) and column < len(sheet.rows[row]):
        return sheet.rows[row][column]
    return ""


def find_header(sheet: SheetTable) -> Header | None:
    """The header that knows most columns, or None when there is no such table."""
    covered = merged_into(sheet)
    best: Header | None = None
    for row in range(min(HEADER_WITHIN, len(sheet.rows))):
        for depth in range(1, _depth(sheet, row) + 1):
            header = _header_at(sheet, covered, row, depth)
            if header and (best is None or len(header.columns) > len(best.columns)):
                best = header
    return best


def _depth(sheet: SheetTable, row: int) -> int:
    """How many rows a header that begins here may have: merged cells tell."""
    depth = 1
    for first, last in sheet.merged:
        if first[0] == row:
            depth = max(depth, last[0] - first[0] + 1, 2 if last[1] > first[1] else 1)
    return min(depth, HEADER_DEPTH)


def _header_at(
    sheet: SheetTable,
    covered: Mapping[tuple[int, int], tuple[int, int]],
    row: int,
    depth: int,
) -> Header | None:
    found: dict[str, tuple[int, int]] = {}  # what it holds -> (rank, column)
    names: dict[int, str] = {}
    twins: list[tuple[int, int]] = []
    width = max(len(line) for line in sheet.rows)
    for column in range(width):
        stacked: list[str] = []
        for at in range(row, row + depth):
            name = shown(value_at(sheet, *covered.get((at, column), (at, column))))
            if name and name not in stacked:
                stacked.append(name)
        # "Cơ quan" above "chủ trì" is one name; so is each of the two alone.
        for name in (" ".join(stacked), *reversed(stacked)):
            known = _known_headers().get(plain_name(name))
            if known is None:
                continue
            names[column] = name
            holds, rank = known
            if holds not in found or rank < found[holds][0]:
                found[holds] = (rank, column)
            elif rank == found[holds][0] and not _is_one_cell(
                covered, row + depth - 1, found[holds][1], column
            ):
                twins.append((found[holds][1], column))
            break
    columns = {holds: column for holds, (_, column) in found.items()}
    if "text" not in columns or len(columns) < 2:
        return None
    return Header(row + depth - 1, columns, names, tuple(twins))


def _is_one_cell(
    covered: Mapping[tuple[int, int], tuple[int, int]], row: int, one: int, other: int
) -> bool:
    return covered.get((row, one), (row, one)) == covered.get(
        (row, other), (row, other)
    )
