"""
A workbook with one recommendation a row becomes recommendations: all or none.

The columns are those of the official consolidated table, in any order, with or
without marks in their names (`headers.csv`). Each fault names its row and column as
Excel shows them; while there is one, no row counts.
"""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any, Final, Protocol

from haicap.listen.intake import table as tables
from haicap.listen.intake.days import day_in
from haicap.listen.intake.header import (
    Header,
    find_header,
    merged_into,
    plain_name,
    value_at,
)
from haicap.listen.intake.notes import Note
from haicap.listen.intake.table import Cell, SheetTable, Table, shown


def gettext_noop(message: str) -> str:
    """Mark a sentence for translation; it is translated where it is shown."""
    return message


NO_TEXT: Final = gettext_noop("The recommendation itself is missing.")
NO_VALUE: Final = gettext_noop(
    "This formula was never calculated. Open the file in Excel, save it and send it "
    "again."
)
ERROR_VALUE: Final = gettext_noop("The cell shows the error %(value)s.")
NO_UNIT: Final = gettext_noop("It is not said which unit recommends this.")
UNKNOWN_UNIT: Final = gettext_noop("No unit is called “%(said)s”.")
FOREIGN_UNIT: Final = gettext_noop("“%(said)s” lies in another province.")
AMBIGUOUS_UNIT: Final = gettext_noop(
    "“%(said)s” may be %(choices)s. Write the full name of today's unit."
)
BAD_DATE: Final = gettext_noop("There is no such day: “%(said)s”.")
TWO_COLUMNS: Final = gettext_noop(
    "Two columns seem to hold the same thing: “%(first)s” and “%(second)s”. "
    "Rename or remove one."
)
NO_ROWS: Final = gettext_noop("The table has a header but no recommendation under it.")


class Resolution(Protocol):
    """What a name of a unit may mean."""

    @property
    def codes(self) -> Sequence[str]:
        """Codes of today's units."""

    @property
    def how(self) -> str:
        """One of exact, former, near, ambiguous, unknown."""


class Gazetteer(Protocol):
    """Knows today's units and their former names."""

    def resolve(self, name: str) -> Resolution:
        """What this name means."""

    def name(self, code: str) -> str:
        """The name of today's unit, as it stands inside a sentence."""

    def is_ours(self, code: str) -> bool:
        """Whether the unit lies in our province."""


@dataclass(frozen=True)
class Row:
    """One recommendation, as its row says it."""

    sheet: str
    line: int  # as Excel counts
    unit_said: str
    unit_codes: tuple[str, ...]
    text: str
    #: Where the recommendation stands in the text of the whole workbook.
    span: tuple[int, int]
    difficulty: str = ""
    difficulty_span: tuple[int, int] | None = None
    field_said: str = ""
    field_slug: str | None = None
    lead_said: str = ""
    coordinators_said: str = ""
    deadline: date | None = None
    deadline_said: str = ""
    result: str = ""
    reply: str = ""
    outcome_said: str = ""
    note: str = ""


@dataclass(frozen=True)
class Fault:
    """What has to be put right, and where."""

    sheet: str
    line: int  # as Excel counts
    column: str  # the letter, or "" for the whole row
    sentence: str
    params: Mapping[str, Any] = field(default_factory=dict)

    def __str__(self) -> str:
        """The sentence with its parameters filled in."""
        return self.sentence % self.params if self.params else self.sentence


@dataclass(frozen=True)
class Sheet:
    """The recommendations of a workbook, or its faults; never both."""

    rows: tuple[Row, ...]
    faults: tuple[Fault, ...]
    notes: tuple[Note, ...] = ()


def looks_like_table(table: Table) -> bool:
    """Whether a sheet of this workbook has a header that we know."""
    return any(find_header(sheet) for sheet in table.sheets)


def parse(
    table: Table,
    *,
    gazetteer: Gazetteer,
    fields: Mapping[str, str],
    default_unit: str | None = None,
) -> Sheet:
    """
    The recommendations of the workbook, one a row.

    `fields` pairs the slug of each field with its Vietnamese label. `default_unit` is
    the code of the unit that sent the file, for rows that name none.
    """
    slugs = _slugs_by_name(fields)
    where = tables.places(table)
    readers = []
    notes: list[Note] = []
    for number, sheet in enumerate(table.sheets):
        header = find_header(sheet)
        if header:
            reader = _Reader(number, sheet, header, where, gazetteer, slugs)
            reader.default_unit = default_unit
            reader.read()
            readers.append(reader)
        elif any(shown(cell) for row in sheet.rows for cell in row):
            notes.append(Note("sheet_without_table", {"sheet": sheet.name}))
    rows = [row for reader in readers for row in reader.rows]
    faults = [fault for reader in readers for fault in reader.faults]
    notes = [note for reader in readers for note in reader.notes] + notes
    if readers and not rows and not faults:
        first = readers[0]
        line = first.header.last + 1
        faults.append(Fault(first.sheet.name, line, "", NO_ROWS))
    return Sheet(() if faults else tuple(rows), tuple(faults), tuple(notes))


# --- the rows -------------------------------------------------------------------

ROMAN_OR_LETTER: Final = re.compile(r"[IVXLC]{1,6}|[A-ZĐ]")
COUNTER: Final = re.compile(r"\(?(?:\d{1,3}|[A-Z])\)?(?:\s*=.*)?")
NUMBER: Final = re.compile(r"\d[\d.]*")
ERROR: Final = re.compile(r"#(?:REF|N/A|NAME|VALUE|DIV/0|NULL|NUM|SPILL|CALC)[!?]?")
PARTS: Final = re.compile(r"\s*(?:[;,\n]|\s-\s|\bvà\b)\s*")


class _Reader:
    """Walks down one sheet, remembering the group it is in."""

    default_unit: str | None = None

    def __init__(
        self,
        number: int,
        sheet: SheetTable,
        header: Header,
        where: Mapping[tuple[int, int, int], tuple[int, int]],
        gazetteer: Gazetteer,
        slugs: Mapping[str, str],
    ) -> None:
        self.sheet = sheet
        self.header = header
        self.rows: list[Row] = []
        self.faults: list[Fault] = []
        self.notes: list[Note] = []
        self._number = number
        self._where = where
        self._gazetteer = gazetteer
        self._slugs = slugs
        self._covered = merged_into(sheet)
        self._group_field: tuple[str, str | None] = ("", None)
        self._group_unit: tuple[str, tuple[str, ...]] = ("", ())
        self._text_dates = 0

    def read(self) -> None:
        """Read every row under the header."""
        for first, second in self.header.twins:
            self._fault(
                self.header.last,
                second,
                TWO_COLUMNS,
                first=self.header.names[first],
                second=self.header.names[second],
            )
        begin = self.header.last + 1
        if begin < len(self.sheet.rows) and self._is_counter(begin):
            begin += 1
        last = self._last_row(begin)
        for row in range(begin, len(self.sheet.rows)):
            if not any(shown(cell) for cell in self.sheet.rows[row]):
                continue
            if self._is_group(row):
                self._enter_group(row)
            elif row <= last or self._is_prose(row):
                self._read_row(row)
        self._tell_hidden(begin)
        if self._text_dates:
            self.notes.append(Note("text_dates", {"n": self._text_dates}))

    def _said(self, row: int, holds: str, *, fill: bool = True) -> str:
        """What the row says in that column; merged cells speak for all they cover."""
        return shown(self._cell(row, holds, fill=fill))

    def _cell(self, row: int, holds: str, *, fill: bool = True) -> Cell:
        column = self.header.columns.get(holds)
        if column is None:
            return ""
        # Only downwards: a title merged across the columns is not a value of each.
        top = self._covered.get((row, column), (row, column))
        if fill and top[1] == column:
            row = top[0]
        return value_at(self.sheet, row, column)

    def _is_counter(self, row: int) -> bool:
        """The row under a header that numbers its columns: (1) (2) (3)."""
        filled = [word for cell in self.sheet.rows[row] if (word := shown(cell))]
        return len(filled) > 2 and all(COUNTER.fullmatch(word) for word in filled)

    def _is_prose(self, row: int) -> bool:
        # Under the table stand places, dates, titles of those who sign: short words.
        # A long sentence in the right column may be a recommendation: it is read, and
        # a fault is raised when its unit is missing, rather than lost in silence.
        return len(self._said(row, "text", fill=False)) > 40

    def _last_row(self, begin: int) -> int:
        """The last row that is numbered, or that names a unit and what it asks."""
        for row in range(len(self.sheet.rows) - 1, begin - 1, -1):
            numbered = NUMBER.fullmatch(self._said(row, "number"))
            if (numbered and self._fills(row) > 1) or self._names_unit(row):
                return row
        if "number" in self.header.columns or "unit" in self.header.columns:
            return begin - 1
        return len(self.sheet.rows) - 1

    def _names_unit(self, row: int) -> bool:
        unit, text = self._said(row, "unit"), self._said(row, "text", fill=False)
        if not unit or not text:
            return False
        # "Người lập biểu … CHỦ TỊCH" fills the same two columns, without a number.
        is_signature = "number" in self.header.columns and not self._is_prose(row)
        return not is_signature or self._gazetteer.resolve(unit).how != "unknown"

    def _fills(self, row: int) -> int:
        return sum(bool(shown(cell)) for cell in self.sheet.rows[row])

    def _is_group(self, row: int) -> bool:
        """A row that titles those below: `I | TÀI CHÍNH`, or one cell merged across."""
        number = self._said(row, "number", fill=False)
        others = self._group_words(row)
        if len(others) != 1:
            return False
        if ROMAN_OR_LETTER.fullmatch(number.rstrip(".)-/ ")):
            return True
        if number and number != others[0]:
            return False
        return any(
            first[0] == last[0] == row and last[1] - first[1] >= 2
            for first, last in self.sheet.merged
        ) and bool(_TITLE.match(others[0]) or self._slug(others[0]))

    def _group_words(self, row: int) -> list[str]:
        number_column = self.header.columns.get("number")
        words = [
            word
            for column, cell in enumerate(self.sheet.rows[row])
            if (word := shown(cell)) and column != number_column
        ]
        return words or [self._said(row, "number", fill=False)]

    def _enter_group(self, row: int) -> None:
        title = _TITLE.sub("", self._group_words(row)[0]).strip(" :.")
        if slug := self._slug(title):
            self._group_field = (title, slug)
            return
        found = self._gazetteer.resolve(title)
        if found.how in ("exact", "former") and self._gazetteer.is_ours(found.codes[0]):
            self._group_unit = (title, tuple(found.codes))
            self._tell_unit(row, title, found)
        else:
            self._group_field = (title, None)
            params = {"line": row + 1, "said": title}
            self.notes.append(Note("unknown_field", params))

    def _read_row(self, row: int) -> None:
        n_faults = len(self.faults)
        text = self._text(row)
        unit_said, unit_codes = self._unit(row)
        field_said, slug = self._field(row)
        deadline, deadline_said = self._deadline(row)
        span = self._span(row, "text")
        if len(self.faults) > n_faults or span is None:
            return
        self.rows.append(
            Row(
                sheet=self.sheet.name,
                line=row + 1,
                unit_said=unit_said,
                unit_codes=unit_codes,
                text=text,
                span=span,
                difficulty=self._said(row, "difficulty"),
                difficulty_span=self._span(row, "difficulty"),
                field_said=field_said,
                field_slug=slug,
                lead_said=self._said(row, "lead"),
                coordinators_said=self._said(row, "coordinators"),
                deadline=deadline,
                deadline_said=deadline_said,
                result=self._said(row, "result"),
                reply=self._said(row, "reply"),
                outcome_said=self._said(row, "outcome"),
                note=self._said(row, "note"),
            )
        )

    def _span(self, row: int, holds: str) -> tuple[int, int] | None:
        column = self.header.columns.get(holds, -1)
        top = self._covered.get((row, column), (row, column))
        return self._where.get((self._number, top[0], column))

    def _text(self, row: int) -> str:
        column = self.header.columns["text"]
        said = self._said(row, "text")
        place = f"{tables.column_letters(column + 1)}{row + 1}"
        if not said and place in self.sheet.without_value:
            self._fault(row, column, NO_VALUE)
        elif not said:
            self._fault(row, column, NO_TEXT)
        elif ERROR.fullmatch(said):
            self._fault(row, column, ERROR_VALUE, value=said)
        return said

    def _unit(self, row: int) -> tuple[str, tuple[str, ...]]:
        said = self._said(row, "unit")
        if not said:
            if self._group_unit[1]:
                return self._group_unit
            if self.default_unit:
                return "", (self.default_unit,)
            self._fault(row, self.header.columns.get("unit"), NO_UNIT)
            return "", ()
        whole = self._gazetteer.resolve(said)
        names = [said]
        if whole.how in ("unknown", "near"):
            # Lists of units stand in one cell; a cell that is one name stays whole.
            names = [part for part in PARTS.split(said) if part]
        codes: list[str] = []
        for name in names:
            codes += self._one_unit(row, name, whole if name == said else None)
        return said, tuple(dict.fromkeys(codes))

    def _one_unit(self, row: int, name: str, found: Resolution | None) -> Sequence[str]:
        found = found or self._gazetteer.resolve(name)
        column = self.header.columns["unit"]
        if found.codes and not any(map(self._gazetteer.is_ours, found.codes)):
            self._fault(row, column, FOREIGN_UNIT, said=name)
            return ()
        if found.how == "ambiguous":
            choices = self._names(found.codes)
            self._fault(row, column, AMBIGUOUS_UNIT, said=name, choices=choices)
            return ()
        if found.how == "unknown" or not found.codes:
            self._fault(row, column, UNKNOWN_UNIT, said=name)
            return ()
        self._tell_unit(row, name, found)
        return found.codes

    def _tell_unit(self, row: int, name: str, found: Resolution) -> None:
        code = {"former": "former_unit", "near": "near_unit"}.get(found.how)
        if code:
            now = self._names(found.codes)
            params = {"line": row + 1, "said": name, "now": now}
            self.notes.append(Note(code, params))

    def _names(self, codes: Iterable[str]) -> str:
        return ", ".join(map(self._gazetteer.name, codes))

    def _field(self, row: int) -> tuple[str, str | None]:
        said = self._said(row, "field")
        if not said:
            return self._group_field
        slug = self._slug(said)
        if slug is None:
            params = {"line": row + 1, "said": said}
            self.notes.append(Note("unknown_field", params))
        return said, slug

    def _slug(self, said: str) -> str | None:
        name = re.sub(r"^(?:nhom )?(?:linh vuc |ve )+", "", plain_name(said))
        return self._slugs.get(name)

    def _deadline(self, row: int) -> tuple[date | None, str]:
        cell = self._cell(row, "deadline")
        said = shown(cell)
        if isinstance(cell, date):
            return cell, said
        if not said:
            return None, ""
        try:
            day = day_in(said)
        except ValueError:
            self._fault(row, self.header.columns["deadline"], BAD_DATE, said=said)
            return None, said
        if day is None:
            params = {"line": row + 1, "said": said}
            self.notes.append(Note("open_deadline", params))
        else:
            self._text_dates += 1
        return day, said

    def _tell_hidden(self, begin: int) -> None:
        rows = [
            line
            for line in self.sheet.hidden_rows
            if begin < line <= len(self.sheet.rows)
        ]
        if rows:
            params = {"sheet": self.sheet.name, "rows": ", ".join(map(str, rows))}
            self.notes.append(Note("hidden_rows", params))
        used = sorted(self.header.columns.values())
        columns = [
            tables.column_letters(column + 1)
            for column in used
            if column + 1 in self.sheet.hidden_columns
        ]
        if columns:
            params = {"sheet": self.sheet.name, "columns": ", ".join(columns)}
            self.notes.append(Note("hidden_columns", params))

    def _fault(
        self, row: int, column: int | None, sentence: str, **params: object
    ) -> None:
        letters = "" if column is None else tables.column_letters(column + 1)
        self.faults.append(Fault(self.sheet.name, row + 1, letters, sentence, params))


#: The number before the title of a group: "I.", "II -", "A)".
_TITLE: Final = re.compile(r"(?:[IVXLC]{1,6}|[A-ZĐ]|\d{1,2})\s*[.)/-]\s*")


def _slugs_by_name(fields: Mapping[str, str]) -> Mapping[str, str]:
    """Folded label, and each of its parts that no other field has -> slug."""
    names: dict[str, str | None] = {}
    for slug, label in fields.items():
        for part in re.split(r",|\bvà\b", label):
            key = plain_name(part)
            names[key] = slug if names.get(key, slug) == slug else None
    for slug, label in fields.items():
        names[plain_name(label)] = slug
        names[plain_name(slug)] = slug
    return {name: slug for name, slug in names.items() if slug and name}
