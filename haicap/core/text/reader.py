"""Reads an official text and says what is asked, answered, ordered and done in it."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Container, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from functools import partial

from haicap.core.text.bodies import Voice
from haicap.core.text.dates import find_deadline
from haicap.core.text.fields import FieldModel, Fields, Told, fields_in
from haicap.core.text.findings import Finding
from haicap.core.text.gazetteer import Gazetteer
from haicap.core.text.lexicon import DOES
from haicap.core.text.patterns import Proposal, propose
from haicap.core.text.plain import Plain
from haicap.core.text.segments import Line, Span, lines, shape
from haicap.core.text.tagger import Tagged, Weights, tag
from haicap.core.text.who import Who
from haicap.core.text.writing_day import MODEL_BEGAN
from haicap.core.text.writing_day import written_on as day_of_writing


LONGEST = 150_000  # characters that are read at once
AS_OLD = timedelta(days=60)  # how long before it was handed in a text may be written
WHOLE = 900  # characters of a paragraph that is looked at whole for the field
NEAR = 300  # characters of a longer one that are looked at, each way
TO_THE_LEFT = 150  # characters before a statement that are looked at by themselves
LONGEST_VERB = 40  # characters of the words shown as a cue
BEFORE = 80  # characters before an item in which its cue may stand
SHORT = 400  # characters
UNSURE = 0.5
LIKE_MARKED = "like-marked"
LEADER = re.compile(
    r"(?:Phó )?(?:Bí thư(?: Thường trực)? (?:Tỉnh|Thành) ủy"
    r"|Chủ tịch(?: Thường trực)? (?:UBND|HĐND) (?:tỉnh|thành phố))"
)
COMMUNES = re.compile(
    r"(?:cử tri |người dân |các )?(?:xã|phường|đặc khu|địa phương)(?!\w)"
)
BELOW = re.compile(
    r"(?:Sở|xã|phường|UBND|Ban|Công an|Đảng ủy|Văn phòng|Chi cục)(?!\w)"
    r"|các (?:xã|phường|sở|cấp|ngành|địa phương|cơ quan|đơn vị)"
)
ABOVE = re.compile(r"(?:Sở|tỉnh|thành phố|UBND (?:tỉnh|thành phố))(?!\w)")


@dataclass(frozen=True, slots=True)
class Written:
    """When a text was written; where nothing says it, on `since` or later."""

    on: date | None
    since: date


@dataclass(frozen=True, slots=True)
class Trained:
    """What was learned from marked documents: which pieces are items, which fields."""

    items: Weights
    fields: FieldModel


@dataclass(frozen=True, slots=True)
class Said:
    """An item, its kind settled, with the one who says it; offsets of the plain forms."""

    kind: str
    start: int
    end: int
    confidence: float  # 0-1
    speaker: Voice | None


class Above:
    """What stands over each place of a text."""

    def __init__(self, listed: Sequence[Line]) -> None:
        self.lines = listed
        self.headings = [line for line in listed if line.is_heading]

    def line(self, place: int) -> Line:
        """Return the line that holds a place."""
        return self.lines[max(bisect_right(self.lines, place, key=_start) - 1, 0)]

    def heading(self, place: int) -> Line | None:
        """Return the nearest heading above a place."""
        index = bisect_right(self.headings, place, key=_start)
        return self.headings[index - 1] if index else None


def _start(line: Line) -> int:
    return line.start


def read(
    text: str,
    *,
    gazetteer: Gazetteer,
    taxonomy: Container[str],
    trained: Trained,
    written_on: date | None = None,
    seen_on: date | None = None,
) -> list[Finding]:
    """
    Return the statements of a text, in order of their places.

    Unit: offsets are Python `str` offsets in the text as given.
    `written_on` helps with "trong tháng 11"; without it the text's own date is used.
    `seen_on`: when the text was handed in; where it names no year, it is about that old.
    """
    since = seen_on - AS_OLD if seen_on else MODEL_BEGAN
    found: list[Finding] = []
    for start, end in parts(text):
        plain = Plain(text[start:end])
        shape(plain)
        written_on = written_on or day_of_writing(plain.low, since)
        written = Written(written_on, since)
        for one in _of_part(
            plain, text[start:end], gazetteer, taxonomy, trained, written
        ):
            found.append(
                replace(one, start=one.start + start, end=one.end + start)
                if start
                else one
            )
    return found


def parts(text: str, most: int = LONGEST) -> Iterator[Span]:
    """
    Yield the parts of a text that are read at once, so that memory has a bound.

    Nearly every text is one part. A longer one is parted between paragraphs, where
    there is none between sentences or words; a part knows nothing of those before it.
    """
    start = 0
    while len(text) - start > most:
        half, last = start + most // 2, start + most
        for mark in ("\n\n", "\n", ". ", " "):
            if (place := text.rfind(mark, half, last)) >= 0:
                end = place + len(mark)
                break
        else:
            end = last
        yield start, end
        start = end
    yield start, len(text)


def _of_part(
    plain: Plain,
    text: str,
    gazetteer: Gazetteer,
    taxonomy: Container[str],
    trained: Trained,
    written: Written,
) -> list[Finding]:
    """Return the statements of a text that is read at once."""
    listed = list(lines(plain))
    who = Who(plain, gazetteer)
    above = Above(listed)
    proposals = propose(plain, listed, gazetteer)
    levels = partial(level_at, who)
    items = tag(plain, listed, trained.items, levels, proposals)
    if not items and len(plain.low) < SHORT:
        # A sentence or two has no scene to judge by: the patterns alone speak.
        items = [Tagged(p.kind, p.start, p.end, UNSURE) for p in proposals]
    said = [by_authority(who, item) for item in items]
    about = fields_in(
        [told(plain, above, one) for one in said],
        taxonomy=taxonomy,
        model=trained.fields,
    )
    return [
        finding(text, plain, who, above, one, fields, written, rule)
        for one, fields, rule in zip(
            said, about, (rule_of(item, proposals) for item in items), strict=True
        )
    ]


def level_at(who: Who, place: int) -> str:
    """Return how high the one stands who speaks at a place, or nothing."""
    voice = who.voice_at(place)
    return voice.level.name.lower() if voice else ""


def told(plain: Plain, above: Above, one: Said) -> Told:
    """Return a statement as it is looked at for its fields."""
    start, end = one.start, one.end
    line, heading = above.line(start), above.heading(start)
    return Told(
        plain.low[start:end],
        topic=plain.low[heading.start : heading.end] if heading else "",
        around=around(plain.low, line, start, end),
        left=plain.low[max(line.start, start - TO_THE_LEFT) : start],
        speaker=one.speaker.name.lower() if one.speaker else "",
        kind=one.kind,
    )


def around(low: str, line: Line, start: int, end: int) -> str:
    """Return the paragraph of a statement, or what is near it in a long one."""
    if line.end - line.start <= WHOLE:
        return low[line.start : line.end]
    return low[max(line.start, start - NEAR) : min(line.end, end + NEAR)]


def finding(
    text: str,
    plain: Plain,
    who: Who,
    above: Above,
    said: Said,
    about: Fields,
    written: Written,
    rule: str,
) -> Finding:
    """Return one item with everything that is said of it."""
    start, end, kind, speaker = said.start, said.end, said.kind, said.speaker
    fields, words = about
    limit = None
    if kind not in ("difficulty", "result"):
        limit = find_deadline(
            plain.low[start:end],
            today=written.on,
            planned=kind == "reply",
            since=written.since,
        )
    given = plain.given(start), plain.given(end)
    return Finding(
        kind=kind,
        start=given[0],
        end=given[1],
        text=text[given[0] : given[1]],
        speaker=speaker.name if speaker else None,
        addressee=who.addressee(start, end, kind, speaker),
        fields=fields,
        communes=who.communes(start, end, kind, speaker),
        deadline=limit.day if limit else None,
        deadline_text=(
            text[plain.given(start + limit.start) : plain.given(start + limit.end)]
            if limit
            else None
        ),
        confidence=said.confidence,
        rule=rule,
        why=tuple(reasons(plain, said, above.heading(start), words, rule)),
    )


def by_authority(who: Who, item: Tagged) -> Said:
    """
    Return an item with who says it: the same verb binds or asks, by who speaks to whom.

    What a leader of the province who is named in the sentence asks for is an order; what
    communes and citizens order above them is an ask. What somebody says he did is an answer.
    """
    kind, speaker = _by_authority(who, item)
    return Said(kind, item.start, item.end, item.confidence, speaker)


def _by_authority(who: Who, item: Tagged) -> tuple[str, Voice | None]:
    start, end, kind = item.start, item.end, item.kind
    speaker = who.speaker(start, end, kind)
    if speaker is None or kind not in ("recommendation", "directive"):
        return kind, speaker
    if who.low.startswith(f"{speaker.name.lower()} đã ", start):
        return "reply", who.speaker(start, end, "reply")  # it tells what it did
    leads = LEADER.match(speaker.name) and who.begins_to_speak(start)
    if kind == "recommendation" and leads:
        leader = who.speaker(start, end, "directive")
        asked = who.addressee(start, end, "directive", leader) or ""
        if BELOW.match(asked):
            return "directive", leader
    if kind == "directive" and COMMUNES.match(speaker.name):
        asked = who.addressee(start, end, "recommendation", speaker) or ""
        if ABOVE.match(asked):
            return "recommendation", who.speaker(start, end, "recommendation")
    return kind, speaker


def reasons(
    plain: Plain,
    said: Said,
    heading: Line | None,
    words: Sequence[str],
    rule: str,
) -> list[tuple[str, str]]:
    """Return what a person can check: the word that led there, the heading, who speaks."""
    why: list[tuple[str, str]] = [("rule", rule)]
    if cue := cue_of(plain, said):
        why.append(("cue", cue))
    if heading is not None:
        why.append(("section", plain.text[heading.start : heading.end].strip()))
    if said.speaker is not None:
        why.append(("speaker-level", said.speaker.level.name.lower()))
    return [*why, *(("word", word) for word in words)]


def rule_of(item: Tagged, proposals: Sequence[Proposal]) -> str:
    """Return the pattern that says the same, or that it reads like marked statements."""
    for each in proposals:
        both = min(each.end, item.end) - max(each.start, item.start)
        whole = max(each.end, item.end) - min(each.start, item.start)
        if each.kind == item.kind and 2 * both >= whole:
            return each.rule
    return LIKE_MARKED


CUES = {
    "recommendation": ("ask", "need"),
    "directive": ("order", "ask", "need"),
    "difficulty": ("trouble",),
    "reply": ("answer",),
    "result": ("done",),
}


def cue_of(plain: Plain, item: Said) -> str:
    """Return the word that asks, orders, complains, answers or reports, if one does."""
    for name in CUES[item.kind]:
        for first, last in (
            (item.start, item.end),
            (max(0, item.start - BEFORE), item.start),
        ):
            if match := DOES[name].search(plain.low, first, last):
                return plain.text[match.start() : match.end()][:LONGEST_VERB]
    return ""
