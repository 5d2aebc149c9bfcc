"""Divides a sentence that asks or orders into single asks, and finds the reasons in it."""

from __future__ import annotations

import re
from dataclasses import dataclass

from haicap.core.text.bodies import Body
from haicap.core.text.cues import (
    BEGINS_ACTION,
    JOINED_ASK,
    NESTED,
    NOT_REASON,
    REASON,
    STRONG_TROUBLE,
    TROUBLE,
)
from haicap.core.text.segments import Span, trim
from haicap.core.text.speakers import Names


PURPOSE = re.compile(
    r"(?<!\w)(?:để|nhằm|theo hướng|trong đó|nhất là|thay vì|bảo đảm|qua đó)(?!\w)"
)
TAIL = " \t\r\n.,;:!?…-–“”\"'"
LEAST_WORDS = 4
VERB_GAP = re.compile(r"\s*(?:chủ trì|phối hợp|cùng)?")


@dataclass(frozen=True, slots=True)
class Asks:
    """The asks of one clause, whom they address, and problems given as their reason."""

    spans: tuple[Span, ...]
    addressees: tuple[Body, ...]
    troubles: tuple[Span, ...]
    shared: bool  # one frame ("Xã đề nghị tỉnh") for several asks


def divide(
    names: Names, start: int, end: int, *, verb_end: int | None, home: str | None
) -> Asks:
    """
    Return the single asks between two places.

    `verb_end` is where "đề nghị" ends; none when the clause itself is what is asked.
    """
    low = names.plain.low
    start, end = trim(low, start, end, TAIL)
    after = start if verb_end is None else verb_end
    bodies, body_end = names.addressees(after, end, home=home)
    if verb_end is None and bodies and not _acts(low, body_end, end):
        bodies, body_end = [], start
    end, troubles = _reasons(low, body_end, end)
    end, nested = _nested(low, body_end, end)
    parts = _parts(low, body_end, end)
    if len(parts) == 1:
        spans: tuple[Span, ...] = ((start, end),)
    else:
        spans = tuple(trim(low, *part, TAIL) for part in parts)
    return Asks(
        spans=tuple(s for s in spans if s[1] > s[0]),
        addressees=tuple(bodies),
        troubles=tuple(trim(low, *t, TAIL) for t in (*troubles, *nested)),
        shared=len(parts) > 1,
    )


def _acts(low: str, place: int, end: int) -> bool:
    """Return whether a verb follows the body, so that the body is to do something."""
    gap = VERB_GAP.match(low, place, end)
    place = gap.end() if gap else place
    piece = low[place : min(end, place + 60)].strip()
    return bool(piece) and not piece.startswith(
        ("đã ", "đang ", "chưa ", "không có", ",")
    )


def _reasons(low: str, start: int, end: int) -> tuple[int, list[Span]]:
    """Return where the ask ends when a problem follows as its reason."""
    for match in REASON.finditer(low, min(start + 12, end), end):
        if NOT_REASON.match(low, match.start("why")):
            continue
        reason = (match.end(), end)
        words = len(low[slice(*reason)].split())
        if words >= LEAST_WORDS and TROUBLE.search(low, *reason):
            return match.start(), [reason]
    return end, []


def _nested(low: str, start: int, end: int) -> tuple[int, list[Span]]:
    """Return problems in apposition: ", hiện 3/5 tổ máy không hoạt động,"."""
    found = []
    for match in NESTED.finditer(low, start, end):
        span = match.span("body")
        if STRONG_TROUBLE.search(low, *span):
            found.append(span)
            if match.end() >= end:
                return match.start(), found
    return end, found


def _parts(low: str, start: int, end: int) -> list[Span]:
    """Return the places between verbs that each ask for something of their own."""
    cuts: list[tuple[int, int]] = []
    begin = start
    purpose = PURPOSE.search(low, start, end)
    for match in JOINED_ASK.finditer(low, start, end):
        before = low[begin : match.start()]
        at = match.start("verb") if match["verb"] else match.start("verb2")
        rest = low[at:end]
        following = re.split(r",|;| và ", rest, maxsplit=1)[0]
        least = LEAST_WORDS + 1 if match["comma"] else LEAST_WORDS
        if len(before.split()) < least or len(following.split()) < least - 1:
            continue
        if before.count("(") > before.count(")"):
            continue
        if (
            purpose
            and purpose.start() < match.start()
            and "đồng thời" not in match.group()
        ):
            # What follows "để" is what the ask is for, up to the next clause.
            continue
        if not BEGINS_ACTION.match(low[begin:].lstrip(" ,")):
            continue
        cuts.append((match.start(), at))
        begin = at
    spans: list[Span] = []
    begin = start
    for stop, resume in cuts:
        spans.append((begin, stop))
        begin = resume
    spans.append((begin, end))
    return spans
