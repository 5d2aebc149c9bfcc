"""Reads one sentence after the other, in the light of what stood before."""

from __future__ import annotations

import re

from haicap.core.text import cues
from haicap.core.text.asks import TAIL
from haicap.core.text.bodies import Level
from haicap.core.text.context import ASK
from haicap.core.text.keeping import Keeping
from haicap.core.text.segments import Span, clauses, trim


ACCORDING = re.compile(r"theo [^,;:.]{4,80},\s")
PLACE = re.compile(r"(?:còn )?(?:tại|ở|đến lượt)\s")
PRONOUN = re.compile(
    r"(?:đồng chí|ông|bà|anh|chị|vị|sở|đại diện|cả hai|cả ba|xã|phường|các xã|địa phương|lãnh đạo)"
    r"(?!\w)"
)
PAIR = re.compile(r"cả (?:hai|ba|bốn)|hai xã|hai phường|ba xã|các xã")
BRACKET = re.compile(r"\s*\((?P<who>[^()]{3,50})\)$")
BEGINS_COMMUNE = re.compile(r"(?:với |hai |các |cả hai |từ điểm cầu )?(?:xã|phường) ")
QUOTE_END = re.compile(r"”,?\s+(?P<frame>[^“”]{3,120})$")
FEW = 4


class Passage(Keeping):
    """Turns sentences into items; `context` carries what goes on."""

    def sentence(self, start: int, end: int) -> None:
        """Read one sentence."""
        start, end = trim(self.text, start, end)
        for begin, stop, quoted in self.quotations:
            if begin <= start + 1 and end <= stop + 2:
                self.speak(quoted)
        start = self._intro(start, end)
        if start >= end:
            return
        if (
            BEGINS_COMMUNE.match(self.low, start, end)
            and not self.context.profile.author
        ):
            near = self.names.communes_in(start, min(end, start + 60))
            if near and near[0].start - start < 14:
                run = self.names.voice(start, near[-1].end)
                if self.context.mode != "reply":
                    self.speak(run)
        if said := ACCORDING.match(self.low, start, end):
            voice = self.names.voice(*said.span())
            if voice and voice.level <= Level.COMMUNE:
                self.speak(voice)
                start = said.end()
        if PLACE.match(self.low, start, end):
            stop = self.low.find(",", start, min(end, start + 160))
            voice = self.names.voice(start, stop if stop > 0 else min(end, start + 90))
            if voice and voice.level <= Level.COMMUNE:
                self.context.voice = voice
                if stop > 0:
                    start = stop + 1
        if match := QUOTE_END.search(self.text, start, end):
            self._who_said(match.start("frame"), end)
            end = match.start()
        if match := cues.QUOTED_ASK.search(self.low, start, end):
            self._quoted_ask(match)
            start = match.end()
        if match := cues.TROUBLE_LIST.search(self.low, start, min(end, start + 200)):
            self.speak(self.names.voice(start, match.start()))
            self.context.mode, start = "difficulty", match.end()
        for clause in clauses(self.text, start, end):
            self._clause(*clause)

    def _quoted_ask(self, match: re.Match[str]) -> None:
        """Keep an ask that an answer repeats: "Về đề nghị của phường X cho ..."."""
        context = self.context
        before, mode = context.voice, context.mode
        voice = self.names.voice(*match.span("who"))
        context.voice, context.binding = voice or before, False
        context.addressee, context.addressee_level = None, None
        self._asks(*match.span("what"), verb_end=None, rule="ask-quoted")
        context.voice, context.mode = before, mode if mode != ASK else "reply"
        context.about = voice.communes if voice else ()

    def _who_said(self, start: int, end: int) -> None:
        """Read ", lãnh đạo UBND phường nêu quan điểm" after a quotation."""
        voice = self.names.voice(start, end)
        request = self._request(start, end)
        if request:
            self.context.mode = ASK
            bodies, _end = self.names.addressees(request.end(), end, home=None)
            if bodies:
                self.context.addressee = bodies[0].name
                self.context.addressee_level = bodies[0].level
                voice = self.names.voice(start, request.start())
        self.speak(voice)

    def _clause(self, start: int, end: int) -> None:
        """Read what stands between two semicolons."""
        start, end = trim(self.text, start, end, TAIL)
        bracket = BRACKET.search(self.text, start, end)
        if bracket and self.names.communes_in(*bracket.span("who")):
            before = self.context.voice
            self.speak(self.names.voice(*bracket.span("who")))
            self._clause(start, bracket.start())
            self.context.voice = before
            return
        if opener := cues.OPENERS.match(self.low, start, end):
            start = opener.end()
        if end - start < 8 or self.context.mode == "none":
            return
        low = self.low[start:end]
        request = self._request(start, end)
        if (
            cues.PROCEDURE.search(low)
            or cues.TALK.search(low)
            or (cues.EXHORT.search(low) and len(low) < 260)
        ):
            stop = request or cues.SAYS.search(self.low, start, end)
            if stop:
                self.speak(self.names.voice(start, stop.start()))
            if cues.TROUBLE_TALK.search(low):
                self.context.mode = "difficulty"
            return
        if request is None and not self.context.binding:
            start = self._said(start, end)
            request = self._request(start, end)
        if request is not None and self._answers(request, end):
            request = None
        if request is not None:
            self._asked(start, end, request)
        else:
            self._by_mode(start, end)

    def _answers(self, request: re.Match[str], end: int) -> bool:
        """Return whether an answer only mentions a request, and gives no order."""
        context = self.context
        if context.mode != "reply" or not context.labelled:
            return False
        bodies, _stop = self.names.addressees(
            request.end(), end, home=context.profile.home
        )
        return not bodies or bodies[0].level is not Level.COMMUNE

    def _said(self, start: int, end: int) -> int:
        """Take away "Xã X cho biết"; return where what was said begins."""
        voice, says = None, None
        for says in cues.SAYS.finditer(self.low, start, min(end, start + 200)):
            voice = self.names.voice(start, says.start())
            if voice or PRONOUN.match(self.low, start, end):
                break
        else:
            return start
        rest = (says.end(), end)
        if self.words(rest) < FEW:
            self.speak(voice)
            return start
        self.speak(voice)
        speaker = self.context.voice
        verb = says.group("verb")
        if speaker and speaker.level >= Level.AGENCY:
            if verb == "thừa nhận" or verb == "nhận thấy":
                self.context.mode = "difficulty"
            elif cues.ANSWER.search(verb):
                self.context.mode = "reply"
        elif verb not in ("nói", "kể", "cho biết", "đánh giá"):
            self.context.mode = "difficulty"
        return trim(self.text, *rest, ' ,:“"')[0]

    def _asked(self, start: int, end: int, request: re.Match[str]) -> None:
        """Read a clause with a word that asks."""
        context = self.context
        before = (start, request.start())
        comma = self.low.rfind(",", *before)
        subject = (comma + 1, before[1]) if comma > 0 else before
        voice = self.names.voice(*subject) or (
            self.names.voice(*before) if context.voice is None or comma < 0 else None
        )
        problem = (start, comma) if comma > 0 else (start, start)
        said = self._said(*problem) if comma > 0 else start
        if comma < 0 or self.words((said, problem[1])) < FEW:
            voice = voice or self.names.voice(*before)
        self.speak(voice)
        if said != problem[1] and self._is_trouble((said, problem[1])):
            self._add("difficulty", (said, problem[1]), "difficulty-before-ask")
        elif context.mode == "reply" and self.words((said, problem[1])) >= FEW:
            self._reply(said, problem[1])
        context.cue = self._verb(request)
        self._asks(request.start(), end, verb_end=request.end(), rule="ask-verb")
        context.mode = ASK

    def _by_mode(self, start: int, end: int) -> None:
        """Read a clause by what the section or the sentence before announced."""
        context = self.context
        low = self.low[start:end]
        span = (start, end)
        if self.words(span) < FEW:
            return
        if context.mode == ASK:
            self._in_asks(span)
        elif (
            context.voice
            and context.voice.level is Level.PROVINCE
            and cues.MUST.search(low)
            and context.mode != "reply"
        ):
            self._asks(*span, verb_end=None, rule="ask-must")
        elif context.mode == "reply":
            self._reply(start, end)
        elif context.mode == "result":
            if cues.STRONG_TROUBLE.search(low) and not cues.DONE.match(low):
                self._add("difficulty", span, "difficulty-in-results")
            elif cues.FIGURE.search(low) and cues.DONE.search(low):
                self._add("result", span, "result-figure")
        elif context.mode == "difficulty":
            if self._is_done(low) and not cues.TROUBLE.search(low):
                self._add("result", span, "result-figure")
            elif context.kind == "difficulty" or context.labelled:
                if (
                    cues.TROUBLE.search(low)
                    or cues.FIGURE.search(low)
                    or (context.is_point and context.kind == "difficulty")
                ):
                    self._add("difficulty", span, "difficulty-section")
            elif cues.TROUBLE.search(low):
                self._add("difficulty", span, "difficulty-goes-on")
        elif context.voice and context.voice.level > Level.COMMUNE:
            last = context.items[-1] if context.items else None
            goes_on = last and last.rule == "result-report" and last.line == self.line
            if self._is_done(low) or (
                goes_on and cues.FIGURE.search(low) and cues.DONE.match(low)
            ):
                self._add("result", span, "result-report")
        elif context.voice:
            if self._is_done(low) and not cues.TROUBLE.search(low):
                self._add("result", span, "result-figure")
            elif self._should(span):
                return
            elif cues.STRONG_TROUBLE.search(low):
                self._add("difficulty", span, "difficulty-words")

    def _in_asks(self, span: Span) -> None:
        """Read a clause among asks: an ask, a problem, or neither."""
        low = self.low[span[0] : span[1]]
        bodies, stop = self.names.addressees(*span, home=self.context.profile.home)
        begins = cues.BEGINS_ACTION.match(low)
        orders = self.context.binding and self.context.kind == ASK
        if (
            begins
            or (orders and not cues.DONE.match(low))
            or (
                bodies
                and not low[stop - span[0] :].strip().startswith(("đã", "đang", "sẽ"))
            )
        ):
            rule = "ask-section" if self.context.kind == ASK else "ask-goes-on"
            self._asks(*span, verb_end=None, rule=rule)
        elif self._is_done(low) and not cues.TROUBLE.search(low):
            self._add("result", span, "result-figure")
        elif self._is_trouble(span) or (
            (self.context.labelled or self.context.profile.of_citizens)
            and (cues.TROUBLE.search(low) or cues.FIGURE.search(low))
        ):
            self._add("difficulty", span, "difficulty-words")
        elif self.context.kind == ASK and self.context.labelled:
            self._asks(*span, verb_end=None, rule="ask-section")

    def _should(self, span: Span) -> bool:
        """Read "tỉnh cần bố trí kinh phí", said by those below."""
        should = cues.SHOULD.search(self.low, *span)
        if should and self.low.endswith("nên ", 0, should.start()):
            self._asks(should.start(), span[1], verb_end=None, rule="ask-should")
            return True
        if not should or not cues.BEGINS_ACTION.match(
            self.low, should.end() + 1, span[1]
        ):
            return False
        bodies = self.names.bodies_in(max(span[0], should.start() - 60), should.start())
        tall = [b for b in bodies if b.level >= Level.AGENCY]
        if not tall or tall[-1].end + 2 < should.start():
            return False
        self.context.cue = should.group("verb")
        self._asks(tall[-1].start, span[1], verb_end=None, rule="ask-should")
        return True
