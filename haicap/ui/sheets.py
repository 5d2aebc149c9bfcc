"""
Exports of lists: what is on the screen, as a sheet that a clerk can print.

The first sheet is the table and nothing else, so that it can be sent back as it is;
the second says what was asked, of whom, and when.
"""

import csv
import io
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from enum import StrEnum
from textwrap import wrap
from typing import Any

import xlsxwriter
from django.utils.translation import gettext as _

from haicap.core.errors import BadInput


Cell = str | int | float | Decimal | date | datetime | None

# What a spreadsheet may take for a formula, also behind blanks, and the full-width
# forms that some of them fold to ASCII.
_LOOKS_LIVE = re.compile(r"[\t\r\n]|\s*[=+\-@＝＋－＠﹢﹣﹦﹫−]")
_QUOTED_LIVE = re.compile(rf"'+(?:{_LOOKS_LIVE.pattern})")

_MAX_ROWS = 1_048_575
_MAX_TEXT = 32_767
_CUT = " […]"

# Widths of columns are counted in the digits of the first face of the file; one
# that every office has keeps them the same everywhere.
FACE = "Times New Roman"

# The face of heads and feet, in the codes of spreadsheets.
PRINT_FACE = '&"Times New Roman,Regular"'


class Kind(StrEnum):
    """What the cells of a column are."""

    TEXT = "text"
    NUMBER = "number"
    DATE = "date"
    MOMENT = "moment"


@dataclass(frozen=True, slots=True)
class Column:
    """One column: its title, its width and the kind of its cells. Unit: characters."""

    title: str
    width: float = 16
    kind: Kind = Kind.TEXT


@dataclass(frozen=True, slots=True)
class Sheet:
    """One table of a workbook; rows may be made while they are written."""

    title: str
    columns: Sequence[Column]
    rows: Iterable[Sequence[Cell]]


def looks_live(text: str) -> bool:
    """
    Return whether a spreadsheet might run `text` as a formula.

    >>> looks_live("=1+1"), looks_live("＠SUM(A1)"), looks_live("xã A = xã B")
    (True, True, False)
    """
    return _LOOKS_LIVE.match(text) is not None


def to_csv_text(text: str) -> str:
    """
    Return `text` as a CSV cell that no spreadsheet runs; `from_csv_text` undoes it.

    >>> to_csv_text("=1+1"), to_csv_text("Xã Bình Minh")
    ("'=1+1", 'Xã Bình Minh')
    """
    return f"'{text}" if looks_live(text) or _QUOTED_LIVE.match(text) else text


def from_csv_text(text: str) -> str:
    """
    Return the text behind a CSV cell written by `to_csv_text`.

    >>> from_csv_text("'=1+1")
    '=1+1'
    """
    return text[1:] if _QUOTED_LIVE.match(text) else text


def row_height(cells: Iterable[tuple[str, float]], *, size: float = 12) -> float:
    """
    Return the height at which wrapped texts can be read; Unit: points.

    Shape: pairs of a text and the width of its column in characters. Not every
    office program fits rows by itself, and none makes a row higher than 409.

    >>> row_height([("ngắn", 10)]), row_height([("dòng một\\ndòng hai", 10)])
    (18.0, 33.0)
    """
    n_lines = 1
    for text, width in cells:
        room = max(1, int(width * 12 / size) - 1)
        lines = text.splitlines() or [""]
        n_lines = max(
            n_lines,
            sum(1 if len(x) <= room else len(wrap(x, room)) or 1 for x in lines),
        )
    return min(409.0, n_lines * round(size * 1.25) + 3.0)


def write_sheet(
    columns: Sequence[Column],
    rows: Iterable[Sequence[Cell]],
    *,
    title: str,
    filter_sentence: str,
    as_of: datetime,
    unit: str,
    is_demo: bool,
) -> bytes:
    """
    Return an .xlsx file with `rows` under a frozen head, ready to print on A4.

    Rows are written as they come, so memory does not grow with them. Numbers and
    dates stay numbers and dates; any text stays text. The same input gives the
    same bytes.
    Errors: BadInput for more rows than a sheet holds.
    """
    notes = [unit, filter_sentence, _as_of_sentence(as_of)]
    if is_demo:
        notes.append(_("Demonstration data"))
    return write_book(
        [Sheet(title, columns, rows)],
        title=title,
        notes=notes,
        about=_("About this table"),
        as_of=as_of,
        unit=unit,
    )


def write_book(
    sheets: Iterable[Sheet],
    *,
    title: str,
    notes: Sequence[str],
    about: str,
    as_of: datetime,
    unit: str,
) -> bytes:
    """
    Return an .xlsx file with these tables and, last, a sheet called `about` with the notes.

    It asks for no language: all words come in as they are written.
    Errors: BadInput for more rows than a sheet holds.
    """
    file = io.BytesIO()
    options = {
        "constant_memory": True,
        "strings_to_formulas": False,
        "strings_to_urls": False,
        "strings_to_numbers": False,
        "default_format_properties": {"font_name": FACE, "font_size": 11},
    }
    # Closed also when a row fails: its rows wait in a file of their own.
    with xlsxwriter.Workbook(file, options) as book:
        book.set_properties({"title": title, "company": unit, "created": _naive(as_of)})
        styles = _Styles(book)
        for part in sheets:
            sheet = book.add_worksheet(_sheet_name(part.title))
            last = _write_rows(sheet, styles, part.columns, part.rows, as_of)
            sheet.freeze_panes(1, 1)
            sheet.autofilter(0, 0, last, len(part.columns) - 1)
            _set_print(sheet, part.title, notes)
        _write_about(book, styles, about, [title, *notes])
    return file.getvalue()


def write_csv(columns: Sequence[Column], rows: Iterable[Sequence[Cell]]) -> bytes:
    """
    Return the rows as CSV for the spreadsheets of Vietnamese offices.

    Shape: UTF-8 with a byte order mark, ";" between cells, decimal comma, dates
    as day/month/year; text that looks like a formula gets a leading apostrophe.
    """
    text = io.StringIO()
    writer = csv.writer(text, delimiter=";", lineterminator="\r\n")
    writer.writerow([to_csv_text(column.title) for column in columns])
    for row in rows:
        writer.writerow(
            _csv_cell(column.kind, value)
            for column, value in zip(columns, row, strict=True)
        )
    return text.getvalue().encode("utf-8-sig")


class _Styles:
    """The cell formats of one workbook."""

    def __init__(self, book: Any) -> None:
        base = {"font_name": FACE, "font_size": 12, "valign": "top"}
        cell = base | {"border": 1, "border_color": "#84898A"}
        self.head = book.add_format(
            cell
            | {
                "bold": True,
                "text_wrap": True,
                "align": "center",
                "valign": "vcenter",
                "bg_color": "#E0F0EE",
            }
        )
        self.text = book.add_format(cell | {"text_wrap": True})
        # Marked as typed text: a cell opened and left again stays text.
        self.inert = book.add_format(cell | {"text_wrap": True, "quote_prefix": True})
        self.whole = book.add_format(cell | {"num_format": "#,##0"})
        self.decimal = book.add_format(cell | {"num_format": "#,##0.0##"})
        self.date = book.add_format(cell | {"num_format": "dd/mm/yyyy"})
        self.moment = book.add_format(cell | {"num_format": "dd/mm/yyyy hh:mm"})
        self.title = book.add_format(base | {"bold": True, "font_size": 14})
        self.note = book.add_format(base | {"text_wrap": True})


def _write_rows(
    sheet: Any,
    styles: _Styles,
    columns: Sequence[Column],
    rows: Iterable[Sequence[Cell]],
    as_of: datetime,
) -> int:
    """Write head and rows; return the number of the last row, the head being 0."""
    for number, column in enumerate(columns):
        sheet.set_column(number, number, column.width)
        sheet.write_string(0, number, column.title, styles.head)
    # Bold letters are wider.
    sheet.set_row(0, row_height((x.title, 0.9 * x.width) for x in columns))
    last = 0
    for last, row in enumerate(rows, start=1):
        if last > _MAX_ROWS:
            raise BadInput(
                _("One sheet cannot hold that many rows; narrow the filter.")
            )
        pairs = list(zip(columns, row, strict=True))
        sheet.set_row(
            last,
            row_height((str(v), c.width) for c, v in pairs if isinstance(v, str)),
        )
        for number, (column, value) in enumerate(pairs):
            _write_cell(sheet, styles, (last, number), column.kind, value, as_of)
    return last


def _write_cell(
    sheet: Any,
    styles: _Styles,
    at: tuple[int, int],
    kind: Kind,
    value: Cell,
    as_of: datetime,
) -> None:
    if value is None:
        sheet.write_blank(*at, None, styles.text)
    elif kind is Kind.NUMBER and not isinstance(value, (str, date)):
        style = styles.whole if value == int(value) else styles.decimal
        sheet.write_number(*at, value, style)
    elif kind is Kind.MOMENT and isinstance(value, datetime):
        local = value.astimezone(as_of.tzinfo) if value.tzinfo else value
        sheet.write_datetime(*at, _naive(local), styles.moment)
    elif kind is Kind.DATE and isinstance(value, date):
        sheet.write_datetime(*at, value, styles.date)
    else:
        text = str(value)
        if len(text) > _MAX_TEXT:
            text = text[: _MAX_TEXT - len(_CUT)] + _CUT
        style = styles.inert if looks_live(text) else styles.text
        sheet.write_string(*at, text, style)


def _set_print(sheet: Any, title: str, notes: Sequence[str]) -> None:
    """Make the sheet print on A4 landscape, one page wide, with its head repeated."""
    sheet.set_landscape()
    sheet.set_paper(9)
    sheet.set_margins(left=0.79, right=0.6, top=0.79, bottom=0.79)
    sheet.fit_to_pages(1, 0)
    sheet.repeat_rows(0)
    sheet.set_header(_print_line(f"&C{PRINT_FACE}&B", title, ""))
    sheet.set_footer(
        _print_line(f"&L{PRINT_FACE}&9", " · ".join(notes), f"&R{PRINT_FACE}&9 &P/&N")
    )


def _write_about(book: Any, styles: _Styles, name: str, lines: Sequence[str]) -> None:
    sheet = book.add_worksheet(_sheet_name(name))
    sheet.set_column(0, 0, 100)
    for number, line in enumerate(lines):
        sheet.write_string(number, 0, line, styles.note if number else styles.title)


def _print_line(before: str, text: str, after: str) -> str:
    """Return a print head or foot; a spreadsheet takes at most 255 characters."""
    room = 255 - len(before) - len(after) - len("…")
    # A digit straight after a size code would be read as part of the size.
    words = " " + " ".join(text.split())
    escaped = ""
    for letter in words:
        piece = "&&" if letter == "&" else letter
        if len(escaped) + len(piece) > room:
            return f"{before}{escaped}…{after}"
        escaped += piece
    return f"{before}{escaped}{after}"


def _sheet_name(title: str) -> str:
    """Return `title` as a name that a sheet may have."""
    name = re.sub(r"[\[\]:*?/\\\s]+", " ", title).strip(" '")[:31].strip(" '")
    return name or "1"


def _as_of_sentence(as_of: datetime) -> str:
    return _("Data as of %(time)s") % {"time": f"{as_of:%d/%m/%Y %H:%M}"}


def _csv_cell(kind: Kind, value: Cell) -> str:
    if value is None:
        return ""
    if kind is Kind.NUMBER and not isinstance(value, (str, date)):
        return str(value).replace(".", ",")
    if isinstance(value, datetime):
        return f"{value:%d/%m/%Y %H:%M}"
    if isinstance(value, date):
        return f"{value:%d/%m/%Y}"
    return to_csv_text(str(value))


def _naive(moment: datetime) -> datetime:
    """Return the same clock time without its zone, which a sheet cannot hold."""
    return moment.replace(tzinfo=None)
