"""What fixed patterns of official prose propose: evidence for the tagger, no verdict."""

from __future__ import annotations

import re
from dataclasses import dataclass

from haicap.core.text import cues
from haicap.core.text.bodies import Level
from haicap.core.text.context import ASK, BINDING, Context, Item, section_of
from haicap.core.text.gazetteer import Gazetteer
from haicap.core.text.head import profile
from haicap.core.text.passage import Passage
from haicap.core.text.plain import Plain
from haicap.core.text.segments import Line, sentences
from haicap.core.text.speakers import Names
from haicap.core.text.tables import rows


QUOTATION = re.compile(r"“(?P<words>[^“”]{25,})”,?\s+(?P<frame>[^“”.]{3,140})")


@dataclass(frozen=True, slots=True)
class Proposal:
    """A span that a pattern takes for an item; offsets of the plain forms."""

    kind: str
    start: int
    end: int
    rule: str


def propose(plain: Plain, listed: list[Line], gazetteer: Gazetteer) -> list[Proposal]:
    """Return what the patterns take for items, in order, none overlapping another."""
    names = Names(plain, gazetteer)
    passage = Passage(names, Context(profile(names)))
    tabled = rows(passage, plain)
    for number, line in enumerate(listed, start=1):
        passage.line = number
        if not any(start <= line.start < end for start, end in tabled):
            _line(passage, line)
    found: list[Proposal] = []
    items = sorted(passage.context.items, key=lambda i: (i.span[0], -i.span[1]))
    for item in items:
        if found and item.span[0] < found[-1].end:
            continue
        kind = _authority(passage, item) if item.kind == ASK else item.kind
        found.append(Proposal(kind, *item.span, item.rule))
    return _answers_follow(found)


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


def _answers_follow(found: list[Proposal]) -> list[Proposal]:
    """Return the proposals without answers that stand before anything was asked."""
    asked = [f.start for f in found if f.kind in ("difficulty", "recommendation")]
    if not asked:
        return found
    return [f for f in found if f.kind != "reply" or f.start > min(asked)]


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
