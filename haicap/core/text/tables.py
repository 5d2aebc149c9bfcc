"""Reads tables written as text: cells between bars, or one cell a line."""

from __future__ import annotations

import re

from haicap.core.text.bodies import Level, Voice
from haicap.core.text.context import ASK
from haicap.core.text.passage import Passage
from haicap.core.text.plain import Plain
from haicap.core.text.segments import Span, sentences, trim


COLUMNS: tuple[tuple[str, re.Pattern[str]], ...] = (
    ("answer", re.compile(r"trả lời|kết quả|nội dung giải quyết|tiến độ")),
    ("agency", re.compile(r"cơ quan|thẩm quyền|đơn vị giải quyết")),
    ("ask", re.compile(r"nội dung|kiến nghị|ý kiến|phản ánh")),
    ("who", re.compile(r"cử tri|địa phương|đơn vị|địa bàn|xã, phường")),
    ("number", re.compile(r"^(?:tt|stt|số tt)$")),
)
NUMBER = re.compile(r"^\s*\d{1,3}\s*$")


def rows(passage: Passage, plain: Plain) -> list[Span]:
    """Read the rows of tables, and return the places they took."""
    return _barred(passage, plain) + _upright(passage, plain)


def _columns(cells: list[str]) -> list[str]:
    """Return what each column holds, by the words of its head."""
    return [
        next((name for name, words in COLUMNS if words.search(cell.strip())), "")
        for cell in cells
    ]


def _barred(passage: Passage, plain: Plain) -> list[Span]:
    """Read rows whose cells stand between bars."""
    taken: list[Span] = []
    columns: list[str] = []
    place = 0
    for number, raw in enumerate(plain.low.split("\n"), start=1):
        start, place = place, place + len(raw) + 1
        if raw.count("|") < 2:
            continue
        cells = raw.split("|")
        named = _columns(cells)
        if not columns:
            if "ask" in named and len(set(named) - {""}) >= 3:
                columns = named
                taken.append((start, place))
            continue
        taken.append((start, place))
        if len(cells) != len(columns):
            continue
        spans: dict[str, Span] = {}
        at = start
        for column, cell in zip(columns, cells, strict=True):
            spans[column] = trim(plain.text, at, at + len(cell))
            at += len(cell) + 1
        _row(passage, number, spans)
    return taken


def _upright(passage: Passage, plain: Plain) -> list[Span]:
    """Read rows copied out of a table, one cell a line, after its heads."""
    raws = plain.low.split("\n")
    starts = [0]
    for raw in raws:
        starts.append(starts[-1] + len(raw) + 1)
    columns: list[str] = []
    head = 0
    for index in range(len(raws) - 3):
        cells = raws[index : index + 4]
        if any(not 0 < len(cell.split()) <= 5 for cell in cells):
            continue
        named = _columns(cells)
        if named[0] == "number" and {"ask", "answer"} <= set(named):
            columns, head = named, index
            break
    if not columns:
        return []
    index = head + len(columns)
    while index + len(columns) <= len(raws):
        if not NUMBER.match(raws[index]):
            index += 1
            continue
        spans = {
            column: trim(plain.text, starts[index + n], starts[index + n + 1])
            for n, column in enumerate(columns)
        }
        _row(passage, index + 1, spans)
        index += len(columns)
    return [(starts[head], len(plain.low))]


def _row(passage: Passage, number: int, spans: dict[str, Span]) -> None:
    """Read the cells of one row."""
    context, names = passage.context, passage.names
    if "ask" not in spans or spans["ask"][0] == spans["ask"][1]:
        return
    if passage.text[slice(*spans["ask"])].isupper():
        return
    passage.line = number
    who = names.voice(*spans["who"]) if "who" in spans else None
    agency = names.voice(*spans["agency"]) if "agency" in spans else None
    if (
        agency is None
        and "agency" in spans
        and spans["agency"][1] - spans["agency"][0] > 3
    ):
        agency = Voice(passage.text[slice(*spans["agency"])], Level.AGENCY)
    context.kind = context.mode = ASK
    context.addressee, context.cue = None, ""
    context.addressee_level = None
    context.topic, context.labelled = "", True
    context.asked = agency
    passage.speak(who)
    context.about = who.communes if who else ()
    if agency:
        context.addressee, context.addressee_level = agency.name, agency.level
    for sentence in sentences(passage.text, *spans["ask"]):
        passage.sentence(*sentence)
    if "answer" in spans and spans["answer"][1] - spans["answer"][0] > 8:
        context.mode, context.labelled = "reply", True
        context.voice = agency or names.voice(*spans["answer"]) or who
        passage.sentence(*spans["answer"])
    context.kind, context.mode, context.about = None, None, ()
    context.addressee, context.addressee_level = None, None
