"""Keeps what sentences say as items: asks, problems, answers, results."""

from __future__ import annotations

import re

from haicap.core.text import cues
from haicap.core.text.asks import TAIL, divide
from haicap.core.text.context import ASK, Item
from haicap.core.text.labels import Labels
from haicap.core.text.rules import SURE
from haicap.core.text.segments import Span, trim


FEW = 4  # words that a problem needs at least


class Keeping(Labels):
    """The ways to keep an item with its voice, its addressee and its rule."""

    def _asks(self, start: int, end: int, *, verb_end: int | None, rule: str) -> None:
        """Keep the asks of a clause, and the problems given as their reason."""
        context = self.context
        asks = divide(
            self.names, start, end, verb_end=verb_end, home=context.profile.home
        )
        bodies = asks.addressees
        name = "; ".join(dict.fromkeys(b.name for b in bodies)) if bodies else None
        level = bodies[0].level if bodies else None
        if verb_end is not None:
            context.addressee, context.addressee_level = (
                (name, level) if name else (context.addressee, context.addressee_level)
            )
        for span in asks.spans:
            if self.words(span) < 3:
                continue
            item = self._add(ASK, span, rule)
            if item is None:
                continue
            item.addressee = name or context.addressee
            item.addressee_level = level if name else context.addressee_level
        for span in asks.troubles:
            self._add("difficulty", span, "difficulty-reason")

    def _reply(self, start: int, end: int) -> None:
        """Keep an answer; what is done already is a result."""
        span = trim(self.text, start, end, TAIL)
        if self.words(span) < 3:
            return
        low = self.low[slice(*span)]
        if self._is_done(low) and not cues.PAPERWORK.search(low):
            self._add("result", span, "result-in-reply")
            return
        items = self.context.items
        last = items[-1] if items else None
        together = (
            self.context.labelled
            and last is not None
            and last.kind == "reply"
            and last.line == self.line
            and last.voice == self.context.voice
        )
        if together and last is not None:
            last.span = (last.span[0], span[1])
        else:
            rule = "reply-label" if self.context.labelled else "reply-says"
            self._add("reply", span, rule)

    def _is_done(self, low: str) -> bool:
        """Return whether a clause says what was done, with a figure."""
        return bool(
            cues.FIGURE.search(low)
            and re.search(
                r"(?<!\w)(?:đã|đạt|hoàn thành|bắt quả tang|xong|thay|xử phạt)(?!\w)",
                low,
            )
            and not cues.PAPERWORK.search(low)
            and not re.search(r"chưa|không|thiếu|phải|tai nạn|hết hạn|chỉ ", low)
        )

    def _is_trouble(self, span: Span) -> bool:
        """Return whether a span tells of a problem."""
        return self.words(span) >= FEW and bool(
            cues.STRONG_TROUBLE.search(self.low, *span)
        )

    def _add(self, kind: str, span: Span, rule: str) -> Item | None:
        """Keep an item of this kind and return it; None for a span of a few letters."""
        span = trim(self.text, *span, TAIL)
        if span[1] - span[0] < 10:
            return None
        context = self.context
        item = Item(
            kind,
            span,
            context.voice,
            cue=context.cue if kind == ASK else "",
            rule=rule,
            confidence=SURE[rule],
            topic=context.topic,
            line=self.line,
            about=context.about if kind in ("reply", "result") else (),
            binding=context.binding,
        )
        context.items.append(item)
        return item
