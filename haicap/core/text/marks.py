"""Cuts a text into paragraphs whose marked stretches nest, ready to be written out."""

from __future__ import annotations

import heapq
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from enum import Enum


@dataclass(frozen=True)
class Span:
    """A stretch of a text that carries a mark: `key` says whose."""

    key: int
    start: int  # offset of the first character
    end: int  # offset after the last one


class Step(Enum):
    """What comes next when a paragraph is written out."""

    OPEN = "open"
    WORDS = "words"
    CLOSE = "close"


@dataclass(frozen=True)
class Token:
    """One step of writing a paragraph; opens and closes always pair up."""

    step: Step
    key: int = 0  # whose mark opens or closes
    start: int = 0  # offset of the words in the whole text
    words: str = ""
    is_first: bool = False  # the mark opens here for the first time


@dataclass(frozen=True)
class Paragraph:
    """One line of a text that says something; blank ones are not numbered."""

    number: int  # from 1
    start: int
    end: int
    tokens: tuple[Token, ...] = ()


def paragraphs(text: str) -> list[Paragraph]:
    """
    Return the paragraphs of `text` with their places, without marks.

    >>> [(p.number, p.start, p.end) for p in paragraphs("một\\n\\nhai")]
    [(1, 0, 3), (2, 5, 8)]
    """
    found: list[Paragraph] = []
    start = 0
    for line in text.split("\n"):
        if line.strip():
            found.append(Paragraph(len(found) + 1, start, start + len(line)))
        start += len(line) + 1
    return found


def marked_paragraphs(text: str, spans: Iterable[Span]) -> list[Paragraph]:
    """
    Return the paragraphs of `text` with the marks of `spans` as steps to write out.

    A span over several paragraphs is marked in each; spans that cross are cut where they
    cross, so that marks always nest. Putting the words of all steps together gives the
    paragraph again.

    >>> [t.words or t.step.value for t in marked_paragraphs("xin cấp đất", [Span(7, 4, 7)])[0].tokens]
    ['xin ', 'open', 'cấp', 'close', ' đất']
    """
    waiting = sorted(spans, key=lambda span: (span.start, -span.end, span.key))
    result: list[Paragraph] = []
    running: list[Span] = []  # began in an earlier paragraph, may go on in this one
    position = 0
    for each in paragraphs(text):
        while position < len(waiting) and waiting[position].start < each.end:
            running.append(waiting[position])
            position += 1
        running = [span for span in running if span.end > each.start]
        tokens = tuple(steps(text, each, running))
        result.append(Paragraph(each.number, each.start, each.end, tokens))
    return result


def steps(text: str, place: Paragraph, spans: Iterable[Span]) -> Iterator[Token]:
    """Yield the steps of one paragraph; `spans` touch it, and may reach beyond it."""
    # (start, -end, key, is the span's first piece): the next mark to open is on top.
    queue = [
        (
            max(s.start, place.start),
            -min(s.end, place.end),
            s.key,
            s.start >= place.start,
        )
        for s in spans
    ]
    queue = [item for item in queue if item[0] < -item[1]]
    heapq.heapify(queue)
    open_: list[tuple[int, int]] = []  # (end, key), innermost last
    at = place.start

    while queue or open_:
        begins = queue[0][0] if queue else place.end + 1
        if open_ and open_[-1][0] <= begins:
            end, key = open_.pop()
            if at < end:
                yield Token(Step.WORDS, start=at, words=text[at:end])
                at = end
            yield Token(Step.CLOSE, key=key)
            continue
        begins, minus_end, key, is_first = heapq.heappop(queue)
        end = -minus_end
        if at < begins:
            yield Token(Step.WORDS, start=at, words=text[at:begins])
            at = begins
        if open_ and end > open_[-1][0]:
            # It crosses: this piece ends with the mark around it, the rest comes later.
            heapq.heappush(queue, (open_[-1][0], -end, key, False))
            end = open_[-1][0]
        open_.append((end, key))
        yield Token(Step.OPEN, key=key, is_first=is_first)
    if at < place.end:
        yield Token(Step.WORDS, start=at, words=text[at : place.end])


def paragraph_at(places: list[Paragraph], offset: int) -> Paragraph | None:
    """Return the paragraph that `offset` stands in, or the last one before it."""
    found = None
    for place in places:
        if place.start > offset:
            break
        found = place
    return found


def tight(text: str, start: int, end: int) -> tuple[int, int]:
    """
    Return the stretch without the blanks at its ends; empty when it is all blank.

    >>> tight("xin  cấp ", 3, 9)
    (5, 8)
    """
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    return start, end


def word_back(text: str, offset: int) -> int:
    """
    Return the start of the word before `offset`; 0 when there is none.

    >>> word_back("xin cấp đất", 8)
    4
    """
    while offset > 0 and text[offset - 1].isspace():
        offset -= 1
    while offset > 0 and not text[offset - 1].isspace():
        offset -= 1
    return offset


def word_on(text: str, offset: int) -> int:
    """
    Return the end of the word after `offset`; the end of the text when there is none.

    >>> word_on("xin cấp đất", 3)
    7
    """
    while offset < len(text) and text[offset].isspace():
        offset += 1
    while offset < len(text) and not text[offset].isspace():
        offset += 1
    return offset
