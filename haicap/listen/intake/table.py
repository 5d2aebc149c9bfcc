"""Rows of a workbook, and where each of their cells stands in the workbook's text."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Final


Cell = str | int | float | date

#: What stands between the cells of one row in the text.
BETWEEN: Final = " | "


@dataclass(frozen=True)
class SheetTable:
    """One visible sheet: its cells as shown, row 1 first, and what was unusual."""

    name: str
    rows: tuple[tuple[Cell, ...], ...]
    #: First and last (row, column) of each merged area, counted from 0.
    merged: tuple[tuple[tuple[int, int], tuple[int, int]], ...] = ()
    #: Numbers as Excel shows them, from 1.
    hidden_rows: tuple[int, ...] = ()
    hidden_columns: tuple[int, ...] = ()
    #: Cells such as "B5" whose formula was never calculated.
    without_value: tuple[str, ...] = ()


@dataclass(frozen=True)
class Table:
    """The visible sheets of one workbook."""

    sheets: tuple[SheetTable, ...]

    @classmethod
    def from_json(cls, sheets: Sequence[Mapping[str, Any]]) -> "Table":
        """The table that the child process described."""
        return cls(
            tuple(
                SheetTable(
                    name=sheet["name"],
                    rows=tuple(tuple(map(_cell, row)) for row in sheet["rows"]),
                    merged=tuple(
                        ((first[0], first[1]), (last[0], last[1]))
                        for first, last in sheet["merged"]
                    ),
                    hidden_rows=tuple(sheet["hidden_rows"]),
                    hidden_columns=tuple(sheet["hidden_columns"]),
                    without_value=tuple(sheet["without_value"]),
                )
                for sheet in sheets
            )
        )


def _cell(value: Any) -> Cell:
    return date.fromisoformat(value["date"]) if isinstance(value, dict) else value


def shown(cell: Cell) -> str:
    """A cell as a person would type it, on one line."""
    if isinstance(cell, date):
        return cell.strftime("%d/%m/%Y")
    if isinstance(cell, float):
        return f"{cell:.10g}".replace(".", ",")
    return " ".join(str(cell).split())


def column_letters(number: int) -> str:
    """
    The name of a column, counted from 1.

    >>> column_letters(3), column_letters(28)
    ('C', 'AB')
    """
    letters = ""
    while number > 0:
        number, rest = divmod(number - 1, 26)
        letters = chr(65 + rest) + letters
    return letters


def as_text(table: Table) -> str:
    """The workbook as text: a line a row, `cell | cell`, an empty line a sheet."""
    return "\n".join(line for line, _ in _lines(table))


def places(table: Table) -> dict[tuple[int, int, int], tuple[int, int]]:
    """
    Where each filled cell stands in `as_text(table)`.

    Shape: (sheet, row, column), from 0 -> (start, end), offsets of that text.
    """
    found: dict[tuple[int, int, int], tuple[int, int]] = {}
    at = 0
    for line, cells in _lines(table):
        for key, start, end in cells:
            found[key] = (at + start, at + end)
        at += len(line) + 1
    return found


Placed = tuple[tuple[int, int, int], int, int]


def _lines(table: Table) -> Iterator[tuple[str, list[Placed]]]:
    for number, sheet in enumerate(table.sheets):
        if number:
            yield "", []
        for row_number, row in enumerate(sheet.rows):
            line = ""
            cells: list[Placed] = []
            for column, cell in enumerate(row):
                if words := shown(cell):
                    line += BETWEEN if line else ""
                    key = (number, row_number, column)
                    cells.append((key, len(line), len(line) + len(words)))
                    line += words
            if line:
                yield line, cells
