"""Cuts a text into lines, sentences and clauses, without losing any place."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from haicap.core.text.plain import Plain


Span = tuple[int, int]

# How deep a line stands, by the mark it begins with: 1 is a chapter, 5 a bullet.
MARKS: tuple[tuple[int, re.Pattern[str]], ...] = (
    (1, re.compile(r"(?:[IVX]{1,5}|[A-DĐ])\s*(?:[.)/]|-|\|)\s*(?=\S)")),
    (
        1,
        re.compile(
            r"(?:điều|phần) thứ \w+[.,:]\s+|phần (?:\d+|[A-DĐIVX]+)[.:]\s+|nhóm \d+\.\s+|nội dung thứ \w+:\s+|mục \d+\.\s+",
            re.I,
        ),
    ),
    (3, re.compile(r"\d{1,2}\.\d{1,2}\.?\s+|\d{1,2}\.\d{1,2}\.\d{1,2}\.?\s+")),
    (2, re.compile(r"\(?\d{1,2}[.)/]\s+|\[\d+\]\s*|#\S+\s*|[A-ZĐ]\d{1,2}[.)]\s+")),
    (2, re.compile(r"thứ (?:nhất|hai|ba|tư|năm|sáu|bảy|tám|chín)[,:]\s+", re.I)),
    (2, re.compile(r"(?:một|hai|ba|bốn|năm|sáu|bảy|tám|chín|mười) là,\s+", re.I)),
    (4, re.compile(r"[a-zđ]\)\s+")),
    (5, re.compile(r"[-–•+*●▪]\s+")),
)
SENTENCE_END = re.compile(r"(?:[.!?…]+[”\"’)]*|\.{3,}|\n)(?=\s|$)")
NUMBER_ONLY = re.compile(r"^\s*\d{1,3}\s*$")
ABBREVIATED = re.compile(r"(?:\b(?:tp|ths|ts|gs|pgs|đ/c|tx|[a-zđ])|\b[A-ZĐ])\.$", re.I)
LONGEST_ABBREVIATED = 8  # characters, its full stop included
BULLET = re.compile(
    r"\s*(?:[-–•+*●▪#(\[]|[a-zđ]\)|\d{1,2}(?:\.\d{1,2})*[.)/]\s|[IVX]+\.)"
)
AGAIN = 1_024  # lines of which the sentences are kept
LONG_LINE = 5_000  # characters
CELLS = 3  # of a row of a table
PARTS_CLAUSES = re.compile(r"[;()\[\]]")
TERMINAL = (".", ";", ":", "!", "?", "…", "”", "/")


@dataclass(frozen=True, slots=True)
class Line:
    """One line (a paragraph, when the text was not wrapped), without its mark."""

    start: int
    end: int
    rank: int  # 1 chapter ... 5 bullet, 9 no mark
    text: str

    @property
    def is_heading(self) -> bool:
        """Whether it reads as a heading: marked or in capitals, and no full sentence."""
        if len(self.text) > 130 or self.text.endswith((".", ";", "!", "?", "…", "|")):
            return False
        if self.text.isupper():
            return True
        return self.rank <= 4 and len(self.text.split()) <= 14


def shape(plain: Plain) -> None:
    """Give a text the lines and the cells that it had before it was copied or scanned."""
    bar(plain)
    unwrap(plain)


def bar(plain: Plain) -> None:
    """
    Put bars between the cells of a table that was copied with tabs: no place moves.

    A table has at least two rows with as many tabs, and with three cells that say something.
    """
    lines = plain.text.split("\n")
    rows = Counter(
        line.count("\t")
        for line in lines
        if sum(bool(cell.strip()) for cell in line.split("\t")) >= CELLS
    )
    widths = {tabs for tabs, number in rows.items() if number > 1}
    if widths:
        plain.replace(
            "\n".join(
                line.replace("\t", "|") if line.count("\t") in widths else line
                for line in lines
            )
        )


def unwrap(plain: Plain) -> None:
    """
    Join the lines of a text that was broken at a fixed width, as a scan or a mail is.

    Line ends inside a sentence, and page numbers, become spaces: no place moves.
    """
    lines = plain.text.split("\n")
    lower = sum(1 for line in lines if line[:1].islower() and line[1:2] != ")")
    if lower < 3 or max(map(len, lines)) > 200:
        return
    out: list[tuple[str, str]] = []
    before = ""  # the last line with words, while its sentence goes on
    for line in lines:
        page = bool(NUMBER_ONLY.match(line)) or not line.strip()
        if page and before:
            out.append((" ", " " * len(line)))
            continue
        goes_on = bool(before) and not BULLET.match(line) and not line.startswith("   ")
        glue = " " if goes_on and (line[:1].islower() or len(before) > 40) else "\n"
        if glue == "\n" and before:
            _end_here(out)
        out.append((glue, line))
        before = "" if line.rstrip().endswith(TERMINAL) or line.isupper() else line
    plain.replace("".join(g + t for g, t in out)[1:])


def _end_here(out: list[tuple[str, str]]) -> None:
    """Give back the line ends after a sentence that did not go on after all."""
    index = len(out) - 1
    while index >= 0 and not out[index][1].strip():
        out[index] = ("\n", out[index][1])
        index -= 1


def lines(plain: Plain) -> Iterator[Line]:
    """Yield the lines that hold words."""
    place = 0
    for raw in plain.text.split("\n"):
        start, end = trim(plain.text, place, place + len(raw))
        place += len(raw) + 1
        if start == end:
            continue
        rank = 9
        for depth, mark in MARKS:
            if match := mark.match(plain.text, start, end):
                rank, start = depth, match.end()
                break
        yield Line(start, end, rank, plain.text[start:end])


def sentences(text: str, start: int, end: int) -> tuple[Span, ...]:
    """Return the sentences between two places; several ask for those of a line."""
    if end - start > LONG_LINE:
        return tuple(_sentences(text, start, end))  # what is kept holds on to the text
    return _kept(text, start, end)


@lru_cache(AGAIN)
def _kept(text: str, start: int, end: int) -> tuple[Span, ...]:
    return tuple(_sentences(text, start, end))


def _sentences(text: str, start: int, end: int) -> Iterator[Span]:
    begin = start
    for match in SENTENCE_END.finditer(text, start, end):
        after = text[match.end() : match.end() + 3].lstrip()
        near = max(begin, match.end() - LONGEST_ABBREVIATED)
        if match.group() == "." and ABBREVIATED.search(text, near, match.end()):
            continue
        if after and not (
            after[0].isupper() or after[0] in '“"-–+(' or after[0].isdigit()
        ):
            continue
        if _inside_brackets(text, begin, match.start()):
            continue
        yield begin, match.end()
        begin = match.end()
    if text[begin:end].strip():
        yield begin, end


def _inside_brackets(text: str, start: int, place: int) -> bool:
    """Return whether a bracket opened since `start` is still open."""
    piece = text[max(start, place - 400) : place]
    return piece.count("(") > piece.count(")") and ")" not in piece[piece.rfind("(") :]


def clauses(text: str, start: int, end: int) -> Iterator[Span]:
    """Yield the parts between semicolons; those inside brackets do not count."""
    depth = 0
    begin = start
    for match in PARTS_CLAUSES.finditer(text, start, end):
        char, place = match[0], match.start()
        if char in "([":
            depth += 1
        elif char in ")]":
            depth = max(0, depth - 1)
        elif not depth:
            yield begin, place
            begin = place + 1
    yield begin, end


def trim(text: str, start: int, end: int, chars: str = " \t\r\n") -> Span:
    """Return the span without these characters at its ends."""
    while start < end and (text[start] in chars or text[start].isspace()):
        start += 1
    while end > start and (text[end - 1] in chars or text[end - 1].isspace()):
        end -= 1
    return start, end
