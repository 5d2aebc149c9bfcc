"""The consolidated table as a State paper in Word."""

from collections.abc import Iterator
from datetime import UTC, datetime
from itertools import count as numbers
from itertools import groupby
from typing import Any

from haicap.desk.papers import state_docx as word
from haicap.desk.papers import words
from haicap.desk.papers.state_docx import Look, paragraph, run
from haicap.desk.papers.table import (
    COLUMNS,
    SUMMARY_HEADS,
    Line,
    Table,
    Words,
    cells,
    figure,
    heading,
    in_words,
    summary,
)


# A row of more lines than this would push itself, and the group's heading with it, to the
# next page and leave half a page white: such a row may be split, others never are.
TALL = 10
LETTER_MM = 1.8
WIDTHS = [column.width for column in COLUMNS]
_SIZE = 11
_CENTRED = {0, 6, 8}
_LEFT, _RIGHT = 112.0, 140.0
# The motto in 14-point bold Times New Roman. Unit: millimetres.
_MOTTO_LENGTH = 62.0
_SUMMARY_WIDTHS = [11.0, 51.0, *[19.0] * (len(SUMMARY_HEADS) - 2)]


def write(table: Table) -> bytes:
    """Return the paper as a .docx file."""
    stamp = table.as_of or datetime(2000, 1, 1, tzinfo=UTC)
    document = word.new_document(title=words.TITLE, author=table.body, stamp=stamp)
    word.set_head_and_foot(document, table.notes)
    word.append(document, _content(table))
    return word.saved(document)


def _content(table: Table) -> Iterator[Any]:
    yield _head(table)
    yield paragraph(
        run(words.TITLE, Look(14, bold=True)), align="center", before=10, heading=True
    )
    yield paragraph(
        run(table.attached_line, Look(13, italic=True)), align="center", after=2
    )
    if table.is_demo:
        yield paragraph(run(words.DEMO, Look(12, bold=True)), align="center")
    yield paragraph(run("", Look(6)))
    yield word.table([*_heads(), *_rows(table)], WIDTHS)
    yield paragraph(
        run(words.SUMMARY_TITLE, Look(13, bold=True)),
        align="center",
        before=14,
        after=6,
        keep_next=True,
    )
    yield word.table(_summary_rows(table), _SUMMARY_WIDTHS)
    yield paragraph(
        run(f"{words.COUNTING}{words.END}", Look(12)),
        before=6,
        after=10,
        keep_next=True,
    )
    # Nobody signs a page on which nothing else stands.
    yield _signatures(table)
    # Word wants a paragraph after a table; this one takes no room.
    yield paragraph(run("", Look(1)))


def _head(table: Table) -> Any:
    issuer = [
        _centred(line, Look(13)) for line in (table.superior,) if line is not None
    ]
    issuer.append(_centred(table.body, Look(13, bold=True)))
    issuer.append(word.rule(_LEFT, _issuer_rule(table.body)))
    nation = [
        _centred(words.NATION, Look(13, bold=True)),
        _centred(words.MOTTO, Look(14, bold=True)),
        word.rule(_RIGHT, _MOTTO_LENGTH),
    ]
    number = [_centred(table.number_line, Look(13), before=2)]
    if table.is_draft:
        number.append(
            _centred(
                words.DRAFT,
                Look(13, bold=True, boxed=True),
                before=4,
            )
        )
    dated = words.place_and_date(table.place, table.on)
    date_line = _centred(dated, Look(14, italic=True), before=2)
    return word.table(
        [
            word.row([word.cell(issuer, width=_LEFT), word.cell(nation, width=_RIGHT)]),
            word.row(
                [word.cell(number, width=_LEFT), word.cell([date_line], width=_RIGHT)]
            ),
        ],
        [_LEFT, _RIGHT],
        lines=False,
    )


def _issuer_rule(body: str) -> float:
    """Return 2/5 of the printed length of the issuer's name. Unit: millimetres."""
    capital = 13 * 0.70 * 25.4 / 72
    return min(0.4 * len(body) * capital, 0.5 * _LEFT)


def _heads() -> Iterator[Any]:
    """Yield the three rows of the head: groups of columns, columns, their numbers."""
    top, below = [], []
    for over, columns in groupby(COLUMNS, key=lambda column: column.over):
        members = list(columns)
        if over:
            width = sum(column.width for column in members)
            top.append(_head_cell(over, width, span=len(members)))
            below += [_head_cell(column.head, column.width) for column in members]
        else:
            for column in members:
                top.append(_head_cell(column.head, column.width, merge="restart"))
                below.append(_head_cell("", column.width, merge="continue"))
    yield word.row(top, repeats=True)
    yield word.row(below, repeats=True)
    yield word.row(
        (
            word.cell([_centred(f"({n})", Look(9, italic=True))], width=width)
            for n, width in enumerate(WIDTHS, start=1)
        ),
        repeats=True,
    )


def _head_cell(
    text: str, width: float, *, span: int = 1, merge: str | None = None
) -> Any:
    content = [_centred(text, Look(_SIZE, bold=True))]
    return word.cell(
        content, width=width, span=span, merge=merge, shade=True, middle=True
    )


def _rows(table: Table) -> Iterator[Any]:
    running = numbers(1)
    for position, group in enumerate(table.groups, start=1):
        yield _wide_row(heading(position, group), keep_next=True)
        for line in group.rows:
            yield _row(next(running), line)
    yield _wide_row(f"Tổng số: {in_words(table.tally)}")


def _row(position: int, line: Line) -> Any:
    said = list(cells(position, line))
    return word.row(
        (
            word.cell([_cell_text(n, words)], width=WIDTHS[n])
            for n, words in enumerate(said)
        ),
        may_split=any(_lines(words.text, n) > TALL for n, words in enumerate(said)),
    )


def _lines(text: str, n: int) -> float:
    """Return about how many lines a text takes in that column."""
    return text.count("\n") + len(text) * LETTER_MM / WIDTHS[n]


def _cell_text(n: int, said: Words) -> Any:
    look = Look(_SIZE, missing=said.missing)
    align = "center" if n in _CENTRED else "left"
    return paragraph(run(said.text, look), align=align, before=1.5, after=1.5)


def _wide_row(text: str, *, keep_next: bool = False) -> Any:
    content = paragraph(
        run(text, Look(_SIZE, bold=True)), before=2, after=2, keep_next=keep_next
    )
    return word.row([word.cell([content], width=sum(WIDTHS), span=len(WIDTHS))])


def _summary_rows(table: Table) -> Iterator[Any]:
    yield word.row(
        (
            _head_cell(head, width)
            for head, width in zip(SUMMARY_HEADS, _SUMMARY_WIDTHS, strict=True)
        ),
        repeats=True,
    )
    for numeral, label, figures in summary(table):
        look = Look(_SIZE, bold=not numeral)
        texts = [numeral, label, *(figure(value) for value in figures)]
        yield word.row(
            word.cell(
                [
                    paragraph(
                        run(text, look),
                        align=_summary_align(n),
                        before=1.5,
                        after=1.5,
                        keep_next=True,
                    )
                ],
                width=_SUMMARY_WIDTHS[n],
            )
            for n, text in enumerate(texts)
        )


def _summary_align(n: int) -> str:
    return {0: "center", 1: "left"}.get(n, "right")


def _signatures(table: Table) -> Any:
    recipients = [paragraph(run(words.RECIPIENTS, Look(12, bold=True, italic=True)))]
    recipients += [paragraph(run(line, Look(11))) for line in table.recipient_lines]
    signer = [_centred(line, Look(14, bold=True)) for line in table.signing_lines]
    # Room for the signature and the seal.
    signer += [_centred("", Look(14)) for _ in range(4)]
    return word.table(
        [
            word.row(
                [word.cell(recipients, width=_LEFT), word.cell(signer, width=_RIGHT)]
            )
        ],
        [_LEFT, _RIGHT],
        lines=False,
    )


def _centred(text: str, look: Look, *, before: float = 0) -> Any:
    return paragraph(run(text, look), align="center", before=before)
