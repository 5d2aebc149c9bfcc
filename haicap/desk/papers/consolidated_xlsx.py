"""The consolidated table as a State paper in a workbook."""

import io
from collections.abc import Iterable
from datetime import datetime
from itertools import groupby
from typing import Any

import xlsxwriter

from haicap.desk.papers import words
from haicap.desk.papers.table import (
    COLUMNS,
    SUMMARY_HEADS,
    Line,
    Table,
    cells,
    heading,
    in_words,
    summary,
)
from haicap.ui.sheets import FACE, PRINT_FACE, row_height


_LAST = len(COLUMNS) - 1
# The head is two blocks side by side, parted after this column.
_PART = 3
_STT, _DUE, _REF = 0, 6, 8
_SIZE = 11
_FACE = {"font_name": FACE, "font_size": _SIZE}
_MM_PER_CHARACTER = 1.95
_HEAD_ROW = 21.0
# Unit: pixels of a sheet, 96 an inch.
_MOTTO_LENGTH = 234
# Without a date of its own the file claims none: the same paper, the same bytes.
_NO_STAMP = datetime.fromisoformat("2000-01-01")


def write(table: Table) -> bytes:
    """Return the paper as an .xlsx file: the table, and the figures by field."""
    file = io.BytesIO()
    options = {
        "in_memory": True,
        "strings_to_formulas": False,
        "strings_to_urls": False,
        "strings_to_numbers": False,
        "default_format_properties": dict(_FACE),
    }
    with xlsxwriter.Workbook(file, options) as book:
        stamp = table.as_of.replace(tzinfo=None) if table.as_of else _NO_STAMP
        book.set_properties(
            {"title": words.TITLE, "company": table.body, "created": stamp}
        )
        _Paper(book, table).write()
    return file.getvalue()


class _Paper:
    """One paper being written, from the top row down."""

    def __init__(self, book: Any, table: Table) -> None:
        self.book = book
        self.table = table
        self.sheet = book.add_worksheet("Biểu tổng hợp")
        self.at = 0
        self.styles: dict[tuple[tuple[str, Any], ...], Any] = {}

    def write(self) -> None:
        """Write both sheets."""
        for number, column in enumerate(COLUMNS):
            self.sheet.set_column(number, number, column.width / _MM_PER_CHARACTER)
        self._head()
        first = self.at
        self._column_heads()
        self.sheet.repeat_rows(first, self.at - 1)
        self.sheet.freeze_panes(self.at, 1)
        self._rows()
        self._set_print(self.sheet)
        # The signature stands at the end, under the figures, as in the Word paper.
        self.sheet = self.book.add_worksheet("Số liệu")
        self._summary()
        self._end()
        self._set_print(self.sheet)

    def style(self, **properties: Any) -> Any:
        """Return the format with these properties, made once."""
        key = tuple(sorted(properties.items()))
        if key not in self.styles:
            self.styles[key] = self.book.add_format(_FACE | properties)
        return self.styles[key]

    def _head(self) -> None:
        table = self.table
        centred = {"align": "center", "valign": "vcenter"}
        nation = (words.NATION, {"bold": True, "font_size": 13})
        motto = (words.MOTTO, {"bold": True, "font_size": 14})
        body = (table.body, {"bold": True, "font_size": 13})
        superior = (table.superior or "", {"font_size": 13})
        date_line = words.place_and_date(table.place, table.on)
        pairs = [
            (superior, nation) if table.superior else (body, nation),
            (body, motto) if table.superior else (("", {}), motto),
            (
                (table.number_line, {"font_size": 13}),
                (date_line, {"font_size": 13, "italic": True}),
            ),
        ]
        if table.is_draft:
            pairs.append(((words.DRAFT, {"bold": True, "font_size": 13}), ("", {})))
        for (left, left_look), (right, right_look) in pairs:
            self._merge(0, _PART, left, _HEAD_ROW, **centred, **left_look)
            self._merge(_PART + 1, _LAST, right, _HEAD_ROW, **centred, **right_look)
            self.at += 1
        self._rules(body_row=1 if table.superior else 0)
        self.at += 1
        titles: list[tuple[str, dict[str, Any]]] = [
            (words.TITLE, {"bold": True, "font_size": 14}),
            (table.attached_line, {"italic": True, "font_size": 13}),
        ]
        if table.is_demo:
            titles.append((words.DEMO, {"bold": True, "font_size": 12}))
        for text, look in titles:
            self._merge(0, _LAST, text, 20, **centred, **look)
            self.at += 1
        self.at += 1

    def _rules(self, *, body_row: int) -> None:
        """Draw the lines under the issuer (2/5 of its length) and the motto."""
        issuer = round(0.4 * len(self.table.body) * 13 * 0.7 * 4 / 3)
        for row, first, last, length in (
            (body_row, 0, _PART, issuer),
            (1, _PART + 1, _LAST, _MOTTO_LENGTH),
        ):
            room = sum(_pixels(column.width) for column in COLUMNS[first : last + 1])
            line = {"color": "black", "width": 0.75}
            self.sheet.insert_textbox(
                row,
                first,
                "",
                {
                    "width": min(length, room // 2 if first == 0 else room),
                    "height": 0,
                    "x_offset": max(0, (room - length) // 2),
                    "y_offset": round(_HEAD_ROW * 4 / 3) - 1,
                    "line": line,
                    "object_position": 3,
                    "description": "",
                    "decorative": True,
                },
            )

    def _column_heads(self) -> None:
        look = {
            "bold": True,
            "text_wrap": True,
            "align": "center",
            "valign": "vcenter",
            "border": 1,
            "bg_color": "#EDEDED",
        }
        head = self.style(**look)
        top = self.at
        for over, numbered in groupby(enumerate(COLUMNS), key=lambda x: x[1].over):
            members = list(numbered)
            first, last = members[0][0], members[-1][0]
            if not over:
                for number, column in members:
                    self.sheet.merge_range(top, number, top + 1, number, "", head)
                    self.sheet.write_string(top, number, column.head, head)
                continue
            if first < last:
                self.sheet.merge_range(top, first, top, last, "", head)
            self.sheet.write_string(top, first, over, head)
            for number, column in members:
                self.sheet.write_string(top + 1, number, column.head, head)
        self.sheet.set_row(top, 32)
        self.sheet.set_row(top + 1, 32)
        small = self.style(align="center", border=1, italic=True, font_size=9)
        for number in range(len(COLUMNS)):
            self.sheet.write_string(top + 2, number, f"({number + 1})", small)
        self.at = top + 3

    def _rows(self) -> None:
        wide = {"bold": True, "border": 1, "valign": "vcenter"}
        running = 0
        for position, group in enumerate(self.table.groups, start=1):
            self._merge(0, _LAST, heading(position, group), 20, **wide)
            self.at += 1
            for line in group.rows:
                running += 1
                self._row(running, line)
                self.at += 1
        total = f"Tổng số: {in_words(self.table.tally)}"
        self._merge(0, _LAST, total, 20, **wide)
        self.at += 1

    def _row(self, position: int, line: Line) -> None:
        row = cells(position, line)
        widths = [column.width / _MM_PER_CHARACTER for column in COLUMNS]
        texts = [said.text for said in row]
        self.sheet.set_row(
            self.at, row_height(zip(texts, widths, strict=True), size=_SIZE)
        )
        for number, said in enumerate(row):
            look: dict[str, Any] = {"border": 1, "valign": "top", "text_wrap": True}
            if number in (_STT, _DUE, _REF):
                look["align"] = "center"
            if said.missing:
                look |= {"italic": True, "font_color": "#43555A", "bottom": 3}
            if number == _STT:
                self.sheet.write_number(self.at, number, position, self.style(**look))
            elif number == _DUE and line.due is not None:
                style = self.style(**look, num_format="dd/mm/yyyy")
                self.sheet.write_datetime(self.at, number, line.due, style)
            else:
                style = self.style(**look, quote_prefix=True)
                self.sheet.write_string(self.at, number, said.text, style)

    def _summary(self) -> None:
        sheet = self.sheet
        title = self.style(bold=True, font_size=14)
        sheet.write_string(0, 0, words.SUMMARY_TITLE, title)
        head = self.style(
            bold=True,
            text_wrap=True,
            align="center",
            valign="vcenter",
            border=1,
            bg_color="#EDEDED",
        )
        sheet.set_column(0, 0, 6)
        sheet.set_column(1, 1, 32)
        sheet.set_column(2, len(SUMMARY_HEADS) - 1, 11)
        sheet.set_row(2, 48)
        for number, text in enumerate(SUMMARY_HEADS):
            sheet.write_string(2, number, text, head)
        at = 2
        for numeral, label, figures in summary(self.table):
            at += 1
            bold = {"bold": not numeral, "border": 1}
            sheet.write_string(at, 0, numeral, self.style(**bold, align="center"))
            sheet.write_string(at, 1, label, self.style(**bold, quote_prefix=True))
            style = self.style(**bold, num_format="#,##0")
            for number, value in enumerate(figures, start=2):
                sheet.write_number(at, number, value, style)
        sheet.freeze_panes(3, 2)
        sheet.repeat_rows(2)
        self.at = at + 1

    def _end(self) -> None:
        table = self.table
        note = self.style(font_size=11)
        self.at += 1
        text = f"{words.COUNTING}{words.END}"
        self.sheet.write_string(self.at, 0, text, note)
        self.at += 2
        top = self.at
        signer: dict[str, Any] = {"bold": True, "font_size": 13}
        names = [words.RECIPIENTS, *table.recipient_lines]
        for number, name in enumerate(names):
            look = {} if number else {"bold": True, "italic": True, "font_size": 12}
            self.sheet.write_string(top + number, 0, name, self.style(**look))
        for number, line in enumerate(table.signing_lines):
            self.at = top + number
            self._merge(5, len(SUMMARY_HEADS) - 1, line, 19, align="center", **signer)

    def _set_print(self, sheet: Any) -> None:
        sheet.set_landscape()
        sheet.set_paper(9)
        sheet.set_margins(left=1.18, right=0.59, top=0.79, bottom=0.79)
        sheet.fit_to_pages(1, 0)
        foot = _escaped(self.table.notes, room=180)
        sheet.set_footer(f"&L{PRINT_FACE}&9 {foot}&R{PRINT_FACE}&9 &P/&N")

    def _merge(
        self, first: int, last: int, text: str, height: float | None, **look: Any
    ) -> None:
        """Write text across columns; never as anything but text."""
        style = self.style(**look)
        self.sheet.merge_range(self.at, first, self.at, last, "", style)
        if text:
            self.sheet.write_string(self.at, first, text, style)
        if height is not None:
            self.sheet.set_row(self.at, height)


def _pixels(millimetres: float) -> int:
    return round(millimetres / _MM_PER_CHARACTER * 7) + 5


def _escaped(text: str, *, room: int) -> str:
    """Return `text` for a print foot, where & commands and 255 is the limit."""
    pieces: Iterable[str] = ("&&" if letter == "&" else letter for letter in text)
    made = ""
    for piece in pieces:
        if len(made) + len(piece) > room:
            return f"{made}…"
        made += piece
    return made
