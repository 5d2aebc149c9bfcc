"""Reads an official text and says what is asked, answered, ordered and done in it."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Container, Sequence
from dataclasses import dataclass
from datetime import date
from functools import partial

from haicap.core.text.bodies import Voice
from haicap.core.text.dates import find_deadline
from haicap.core.text.dates import written_on as date_of
from haicap.core.text.fields import NEAR, FieldModel, fields_of
from haicap.core.text.findings import Finding
from haicap.core.text.gazetteer import Gazetteer
from haicap.core.text.lexicon import DOES
from haicap.core.text.patterns import Proposal, propose
from haicap.core.text.plain import Plain
from haicap.core.text.segments import Line, lines, unwrap
from haicap.core.text.tagger import Tagged, Weights, tag
from haicap.core.text.who import Who


EARLIER = 60  # statements before one that may tell its field
LONGEST_VERB = 40  # characters of the words shown as a cue
BEFORE = 80  # characters before an item in which its cue may stand
SHORT = 400  # characters
UNSURE = 0.5
LIKE_MARKED = "like-marked"


@dataclass(frozen=True, slots=True)
class Trained:
    """What was learned from marked documents: which pieces are items, which fields."""

    items: Weights
    fields: FieldModel


@dataclass(frozen=True, slots=True)
class Above:
    """What stands over each place of a text."""

    lines: Sequence[Line]
    starts: Sequence[int]

    def line(self, place: int) -> Line:
        """Return the line that holds a place."""
        return self.lines[max(bisect_right(self.starts, place) - 1, 0)]

    def heading(self, place: int) -> Line | None:
        """Return the nearest heading above a place."""
        for index in range(bisect_right(self.starts, place) - 1, -1, -1):
            if self.lines[index].is_heading:
                return self.lines[index]
        return None


def read(
    text: str,
    *,
    gazetteer: Gazetteer,
    taxonomy: Container[str],
    trained: Trained,
    written_on: date | None = None,
) -> list[Finding]:
    """
    Return the statements of a text, in order of their places.

    Unit: offsets are Python `str` offsets in the text as given.
    `written_on` helps with "trong tháng 11"; without it the text's own date is used.
    """
    plain = Plain(text)
    unwrap(plain)
    listed = list(lines(plain))
    who = Who(plain, gazetteer)
    above = Above(listed, [line.start for line in listed])
    today = written_on or date_of(plain.low)
    found: list[Finding] = []
    proposals = propose(plain, listed, gazetteer)
    levels = partial(level_at, who)
    items = tag(plain, listed, trained.items, levels, proposals)
    if not items and len(plain.low) < SHORT:
        # A sentence or two has no scene to judge by: the patterns alone speak.
        items = [Tagged(p.kind, p.start, p.end, UNSURE) for p in proposals]
    for item in items:
        rule = rule_of(item, proposals)
        earlier = [plain_words(finding) for finding in found[-EARLIER:]]
        one = finding(
            text, plain, who, above, item, earlier, taxonomy, trained, today, rule
        )
        found.append(one)
    return found


def level_at(who: Who, place: int) -> str:
    """Return how high the one stands who speaks at a place, or nothing."""
    voice = who.voice_at(place)
    return voice.level.name.lower() if voice else ""


def plain_words(earlier: Finding) -> str:
    """Return the words of an earlier statement in lower case."""
    return earlier.text.lower()


def finding(
    text: str,
    plain: Plain,
    who: Who,
    above: Above,
    item: Tagged,
    earlier: Sequence[str],
    taxonomy: Container[str],
    trained: Trained,
    today: date | None,
    rule: str,
) -> Finding:
    """Return one item with everything that is said of it."""
    start, end = item.start, item.end
    low = plain.low[start:end]
    line, heading = above.line(start), above.heading(start)
    around = plain.low[max(line.start, start - NEAR) : min(line.end, end + NEAR)]
    fields, words = fields_of(
        low,
        topic=plain.low[heading.start : heading.end] if heading else "",
        around=around,
        before=tuple(earlier),
        taxonomy=taxonomy,
        model=trained.fields,
    )
    speaker = who.speaker(start, end, item.kind)
    limit = None
    if item.kind not in ("difficulty", "result"):
        limit = find_deadline(low, today=today, planned=item.kind == "reply")
    given = plain.given(start), plain.given(end)
    return Finding(
        kind=item.kind,
        start=given[0],
        end=given[1],
        text=text[given[0] : given[1]],
        speaker=speaker.name if speaker else None,
        addressee=who.addressee(start, end, item.kind, speaker),
        fields=fields,
        communes=who.communes(start, end, item.kind, speaker),
        deadline=limit.day if limit else None,
        deadline_text=(
            text[plain.given(start + limit.start) : plain.given(start + limit.end)]
            if limit
            else None
        ),
        confidence=item.confidence,
        rule=rule,
        why=tuple(reasons(plain, item, heading, speaker, words, rule)),
    )


def reasons(
    plain: Plain,
    item: Tagged,
    heading: Line | None,
    speaker: Voice | None,
    words: Sequence[str],
    rule: str,
) -> list[tuple[str, str]]:
    """Return what a person can check: the word that led there, the heading, who speaks."""
    why: list[tuple[str, str]] = [("rule", rule)]
    if cue := cue_of(plain, item):
        why.append(("cue", cue))
    if heading is not None:
        why.append(("section", plain.text[heading.start : heading.end].strip()))
    if speaker is not None:
        why.append(("speaker-level", speaker.level.name.lower()))
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


def cue_of(plain: Plain, item: Tagged) -> str:
    """Return the word that asks, orders, complains, answers or reports, if one does."""
    for name in CUES[item.kind]:
        for first, last in (
            (item.start, item.end),
            (max(0, item.start - BEFORE), item.start),
        ):
            if match := DOES[name].search(plain.low, first, last):
                return plain.text[match.start() : match.end()][:LONGEST_VERB]
    return ""
