"""Reads an official text and says what is asked, answered, ordered and done in it."""

from __future__ import annotations

import re
from collections.abc import Container
from datetime import date

from haicap.core.text import cues
from haicap.core.text.bodies import Level
from haicap.core.text.context import ASK, BINDING, Context, Item, section_of
from haicap.core.text.dates import find_deadline
from haicap.core.text.fields import NEAR, FieldModel, fields_of
from haicap.core.text.findings import Finding
from haicap.core.text.gazetteer import Gazetteer
from haicap.core.text.head import profile
from haicap.core.text.passage import Passage
from haicap.core.text.plain import Plain
from haicap.core.text.segments import Line, lines, sentences, unwrap
from haicap.core.text.speakers import Names
from haicap.core.text.tables import rows


QUOTATION = re.compile(r"“(?P<words>[^“”]{25,})”,?\s+(?P<frame>[^“”.]{3,140})")


def read(
    text: str,
    *,
    gazetteer: Gazetteer,
    taxonomy: Container[str],
    field_model: FieldModel,
    written_on: date | None = None,
) -> list[Finding]:
    """
    Return the statements of a text, in order of their places.

    Unit: offsets are Python `str` offsets in the text as given.
    `field_model` holds the trained weights of words for fields.
    `written_on` helps with "trong tháng 11"; without it the text's own date is used.
    """
    plain = Plain(text)
    unwrap(plain)
    names = Names(plain, gazetteer)
    context = Context(profile(names, written_on))
    passage = Passage(names, context)
    tabled = rows(passage, plain)
    for number, line in enumerate(lines(plain), start=1):
        passage.line = number
        if any(start <= line.start < end for start, end in tabled):
            continue
        _line(passage, line)
    return _answers_follow(_findings(text, passage, taxonomy, field_model))


def _line(passage: Passage, line: Line) -> None:
    """Read one line: a heading changes what follows, anything else holds statements."""
    context, low = passage.context, passage.low
    content = low[line.start : line.end]
    asks = content.endswith(":") and cues.REQUEST.search(content)
    if (
        line.is_heading
        and not asks
        and not (
            context.kind == ASK
            and line.rank >= 2
            and cues.BEGINS_ACTION.match(content)
            and len(content.split()) > 5
        )
    ):
        _heading(passage, line, content)
        return
    if line.rank == 9 and context.kind is None and _is_title(line):
        return
    if line.rank < 5:
        context.enter(line.rank)
    context.begin_line()
    context.is_point = line.rank < 9
    _quotations(passage, line)
    before = len(context.items)
    for start, end in sentences(passage.text, line.start, line.end):
        passage.sentence(start, end)
    if content.endswith(":") and len(context.items) == before:
        # "Đề nghị UBND tỉnh:" stands over the lines that follow.
        # A line without a mark governs every list below it.
        rank = 1 if line.rank == 9 else min(line.rank, 4)
        if context.mode != context.kind:
            context.kind, context.kind_rank = context.mode, rank
        context.addressee_rank = rank
        context.binding |= context.mode == ASK and bool(BINDING.search(content))
        if context.voice and context.voice != context.base_voice():
            context.section_voice, context.voice_rank = context.voice, rank


def _is_title(line: Line) -> bool:
    """Return whether a line is a title or a part of the head, not a sentence."""
    if line.text.startswith(("V/v", "Về việc")):
        return True
    return len(line.text) < 200 and not line.text.endswith(
        (".", ":", ";", "!", "?", "…", "”", "/")
    )


def _quotations(passage: Passage, line: Line) -> None:
    """Find whose words stand between quotation marks, before they are read."""
    passage.quotations = []
    for match in QUOTATION.finditer(passage.text, line.start, line.end):
        voice = passage.names.voice(*match.span("frame"))
        if voice:
            passage.quotations.append((match.start(), match.end("words"), voice))


def _heading(passage: Passage, line: Line, low: str) -> None:
    """Take from a heading what kind of statements follow, and whom they concern."""
    context = passage.context
    # Capitals without a number stand as high as a chapter.
    rank = 1 if line.rank == 9 and line.text.isupper() else line.rank
    context.enter(rank)
    context.topic = low
    kind = section_of(low)
    if kind and kind != context.kind and (line.rank < 9 or len(low.split()) <= 8):
        context.kind, context.kind_rank = kind, rank
        context.binding = kind == ASK and bool(BINDING.search(low))
    voice = passage.names.voice(line.start, line.end)
    if voice is None:
        return
    sent = low.startswith(("gửi", "đối với"))
    if (context.kind == ASK or sent) and kind is None and voice.level >= Level.COMMUNE:
        bodies, _end = passage.names.addressees(
            line.start, line.end, home=context.profile.home
        )
        first = bodies[0] if bodies else voice
        context.addressee, context.addressee_level = first.name, first.level
        context.addressee_rank = rank
    elif rank <= 2 and kind is not None and voice.level <= Level.COMMUNE:
        context.section_voice, context.voice_rank = voice, rank


def _findings(
    text: str, passage: Passage, taxonomy: Container[str], field_model: FieldModel
) -> list[Finding]:
    """Turn items into findings: kind by authority, fields, communes, time limit."""
    found: list[Finding] = []
    before: list[str] = []
    items = sorted(passage.context.items, key=lambda i: (i.span[0], -i.span[1]))
    for item in items:
        if found and _overlaps(passage, item, found, text):
            continue
        start, end = item.span
        said = fields_of(
            passage.low[start:end],
            topic=item.topic,
            around=_around(passage.low, start, end),
            before=before,
            taxonomy=taxonomy,
            model=field_model,
        )
        before.append(passage.low[start:end])
        found.append(_finding(text, passage, item, *said))
    return found


def _around(low: str, start: int, end: int) -> str:
    """Return the paragraph that a statement stands in, as far as it helps."""
    first = low.rfind("\n", max(0, start - NEAR), start) + 1
    last = low.find("\n", end, end + NEAR)
    return low[first or max(0, start - NEAR) : last if last >= 0 else end + NEAR]


def _answers_follow(found: list[Finding]) -> list[Finding]:
    """
    Return the findings without answers that stand before anything was asked.

    An opening speech says why one meets; it answers nobody. A letter that only answers
    keeps its answers: nothing is asked in it.
    """
    asked = [f.start for f in found if f.kind in ("difficulty", "recommendation")]
    if not asked:
        return found
    first = min(asked)
    return [f for f in found if f.kind != "reply" or f.start > first]


def _overlaps(passage: Passage, item: Item, found: list[Finding], text: str) -> bool:
    """Return whether the item's place is taken; a problem may stand inside an ask."""
    last = found[-1]
    start = passage.names.plain.given(item.span[0])
    if start >= last.end:
        return False
    return not (
        item.kind == "difficulty" and last.kind in ("recommendation", "directive")
    )


def _finding(
    text: str,
    passage: Passage,
    item: Item,
    fields: tuple[str, ...],
    words: tuple[str, ...],
) -> Finding:
    """Return one item as a finding; `words` spoke for its fields."""
    plain, names = passage.names.plain, passage.names
    start, end = item.span
    low = passage.low[start:end]
    kind = _authority(passage, item) if item.kind == ASK else item.kind
    limit = None
    if kind not in ("difficulty", "result"):
        today = passage.context.profile.written_on
        limit = find_deadline(low, today=today, planned=kind == "reply")
    speaker = item.voice
    said = tuple(dict.fromkeys(m.name for m in names.communes_in(start, end)))
    own = speaker.communes if speaker and speaker.level <= Level.COMMUNE else ()
    home = passage.context.profile.home
    communes = tuple(dict.fromkeys((*own, *(() if own else item.about), *said)))
    given = (plain.given(start), plain.given(end))
    why = [("rule", item.rule)]
    why += [("cue", item.cue)] if item.cue else []
    why += (
        [("section", item.topic.strip())]
        if item.topic and "section" in item.rule
        else []
    )
    why += [("speaker-level", speaker.level.name.lower())] if speaker else []
    why += [("word", word) for word in words]
    return Finding(
        kind=kind,
        start=given[0],
        end=given[1],
        text=text[given[0] : given[1]],
        speaker=speaker.name if speaker else None,
        addressee=_addressee(passage, item, kind),
        fields=fields,
        communes=communes or ((home,) if home else ()),
        deadline=limit.day if limit else None,
        deadline_text=(
            text[plain.given(start + limit.start) : plain.given(start + limit.end)]
            if limit
            else None
        ),
        confidence=_confidence(item, words),
        rule=item.rule,
        why=tuple(why),
    )


def _authority(passage: Passage, item: Item) -> str:
    """Return whether an ask binds: the verb does not say it, who speaks to whom does."""
    speaker, level = item.voice, item.addressee_level
    if speaker is None or speaker.level <= Level.VILLAGE:
        return "recommendation"
    concluded = passage.context.profile.concluded_by
    if concluded is not None and speaker.name == concluded.name:
        above = level is not None and level > speaker.level
        return "recommendation" if above else "directive"
    if item.binding and level is not None and level <= speaker.level:
        return "directive"
    if item.binding and level is None and speaker.level <= Level.AGENCY:
        return "directive"
    if speaker.level is Level.COMMUNE:
        return "recommendation"
    if level is Level.CENTRE or (item.addressee or "").startswith("Đoàn ĐBQH"):
        return "recommendation"
    if speaker.level is Level.AGENCY and level is not None and level > Level.COMMUNE:
        return "recommendation"
    return "directive"


def _addressee(passage: Passage, item: Item, kind: str) -> str | None:
    """Return who is asked to act."""
    if kind in ("difficulty", "result", "reply"):
        return None
    if item.addressee:
        return item.addressee
    profile = passage.context.profile
    if kind == "recommendation":
        if item.voice and item.voice.level is Level.CITIZEN and profile.home:
            return profile.home
        author = profile.author
        if author and author.level >= Level.AGENCY and item.voice != author:
            return author.name
        return profile.to
    return None


def _confidence(item: Item, words: tuple[str, ...]) -> float:
    """Return how sure the rule is, a little less when nobody or no field is named."""
    sure = item.confidence
    sure += 0.06 if item.cue and item.addressee else 0.0
    sure -= 0.0 if item.voice else 0.1
    sure -= 0.0 if words else 0.05
    return round(max(0.05, min(0.95, sure)), 2)
