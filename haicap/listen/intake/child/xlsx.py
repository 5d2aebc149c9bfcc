"""Reads the cells of an Excel workbook."""

import re
from collections.abc import Iterator
from datetime import date, datetime, time, timedelta
from typing import IO, Any

from python_calamine import CalamineSheet, CalamineWorkbook

from haicap.core.text import legacy
from haicap.listen.intake import limits
from haicap.listen.intake.child.archive import main_part, open_archive, relations, walk
from haicap.listen.intake.child.said import Refused, note
from haicap.listen.intake.child.words import clean, judge, legacy_name
from haicap.listen.intake.table import column_letters


class SheetLook:
    """What the cells do not tell: hidden rows, formulas, and how far it reaches."""

    def __init__(self) -> None:
        self.hidden_rows: list[int] = []
        self.hidden_columns: list[int] = []
        self.n_formulas = 0
        self.formulas_without_value: list[str] = []
        self._row = 0
        self._column = 0
        self._has_formula = False
        self._has_value = False
        self._is_value = False
        self._is_hidden = False

    def start(self, name: str, attributes: dict[str, str]) -> None:
        """An element begins."""
        match name:
            case "row":
                self._row = int(attributes.get("r", self._row + 1))
                self._column = 0
                self._is_hidden = attributes.get("hidden") in ("1", "true")
            case "c":
                self._column = _column_of(attributes.get("r", ""), self._column + 1)
                self._has_formula = self._has_value = False
            case "f":
                self._has_formula = True
            case "v" | "is":
                self._is_value = True
            case "col" if attributes.get("hidden") in ("1", "true"):
                first = int(attributes.get("min", 1))
                last = min(int(attributes.get("max", first)), limits.COLUMNS)
                self.hidden_columns += range(first, last + 1)

    def end(self, name: str) -> None:
        """An element ends."""
        if name in ("v", "is"):
            self._is_value = False
        if name != "c":
            return
        if self._has_formula:
            self.n_formulas += 1
            if not self._has_value and len(self.formulas_without_value) < 1_000:
                place = f"{column_letters(self._column)}{self._row}"
                self.formulas_without_value.append(place)
        if not self._has_value:
            return
        # Checked here, before the parser sets aside a rectangle for a cell that
        # stands alone in row 1,048,576.
        if self._row > limits.ROWS:
            raise Refused("too_many_rows", limit=limits.ROWS)
        if self._column > limits.COLUMNS:
            raise Refused("too_many_columns", limit=limits.COLUMNS)
        if self._is_hidden and self.hidden_rows[-1:] != [self._row]:
            self.hidden_rows.append(self._row)

    def data(self, _text: str) -> None:
        """Characters: programs that do not calculate leave the element empty."""
        self._has_value = self._has_value or self._is_value


def _column_of(reference: str, otherwise: int) -> int:
    letters = re.match(r"[A-Za-z]{1,3}", reference)
    if not letters:
        return otherwise
    number = 0
    for letter in letters.group().upper():
        number = number * 26 + ord(letter) - 64
    return number


def read(file: IO[bytes]) -> dict[str, Any]:
    """The cells of every visible sheet of a workbook."""
    archive = open_archive(file)
    main = main_part(archive, "xl/workbook")
    parts = {key: path for _, key, path in relations(archive, main)}
    listed: list[tuple[str, str, str]] = []

    def start(name: str, attributes: dict[str, str]) -> None:
        if name == "sheet":
            part = parts.get(attributes.get("id", ""), "")
            state = attributes.get("state", "visible")
            listed.append((attributes.get("name", ""), part, state))

    walk(archive, main, start)
    looks: dict[str, SheetLook] = {}
    for name, part, _ in listed:
        looks[name] = look = SheetLook()
        if "/worksheets/" in part:
            walk(archive, part, look.start, look.end, look.data)
    n_pictures = sum(
        name.startswith("xl/media/") for name in map(str.lower, archive.namelist())
    )
    file.seek(0)
    workbook = CalamineWorkbook.from_filelike(file)
    notes: list[dict[str, Any]] = []
    sheets: list[dict[str, Any]] = []
    for name, part, state in listed:
        if "/worksheets/" not in part:
            continue
        if state != "visible":
            notes.append(note("hidden_sheet", sheet=clean(name)[0]))
            continue
        sheet = workbook.get_sheet_by_name(name)
        look = looks[name]
        rows = _rows(sheet)
        sheets.append(
            {
                "name": clean(name)[0],
                "rows": rows,
                "merged": sheet.merged_cell_ranges or [],
                "hidden_rows": look.hidden_rows,
                "hidden_columns": look.hidden_columns,
                "without_value": look.formulas_without_value,
            }
        )
        if look.n_formulas:
            notes.append(note("formulas", sheet=clean(name)[0], n=look.n_formulas))
    if n_pictures:
        notes.append(note("pictures_ignored", n=n_pictures))
    whole = "\n".join(_strings(sheets))
    if not whole.strip():
        raise Refused("scan" if n_pictures else "no_text")
    if found := legacy.detect_legacy(whole):
        for sheet_rows in (sheet["rows"] for sheet in sheets):
            for row in sheet_rows:
                row[:] = [
                    clean(legacy.convert_legacy(cell, found))[0]
                    if isinstance(cell, str)
                    else cell
                    for cell in row
                ]
        notes.append(note("converted", encoding=legacy_name(found)))
    judge("\n".join(_strings(sheets)), notes)
    return {"sheets": sheets, "notes": notes}


def _rows(sheet: CalamineSheet) -> list[list[Any]]:
    """Rows from row 1 on, without the empty cells and rows at their ends."""
    rows: list[list[Any]] = []
    if sheet.start is None:
        return rows
    # The parser leaves out the empty columns on the left, not the rows above.
    margin: list[Any] = [""] * sheet.start[1]
    # Row by row: a rectangle with one cell in each far corner has millions of others.
    for at, values in enumerate(sheet.iter_rows()):
        while values and values[-1] == "":
            values.pop()
        if values:
            rows += ([] for _ in range(at - len(rows)))
            rows.append(margin + [_cell(value) for value in values])
    return rows


def _strings(sheets: list[dict[str, Any]]) -> Iterator[str]:
    """Every cell as characters, for the judges of text."""
    for sheet in sheets:
        for row in sheet["rows"]:
            for cell in row:
                if cell != "":
                    yield cell if isinstance(cell, str) else str(cell)


def _cell(value: object) -> str | int | float | dict[str, str]:
    match value:
        case str():
            return clean(value)[0].strip()
        case bool():
            return "TRUE" if value else "FALSE"
        case float() if value.is_integer():
            return int(value)
        case int() | float():
            return value
        case datetime():
            return {"date": value.date().isoformat()}
        case date():
            return {"date": value.isoformat()}
        case time() | timedelta():
            return str(value)
    return ""
