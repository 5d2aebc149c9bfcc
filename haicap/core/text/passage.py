"""Reads one sentence after the other, in the light of what stood before."""

from __future__ import annotations

import re

from haicap.core.text import cues
from haicap.core.text.asks import TAIL, divide
from haicap.core.text.bodies import Level
from haicap.core.text.context import ASK, Context, Item, section_of
from haicap.core.text.segments import Span, clauses, trim
from haicap.core.text.speakers import Names, Voice


INTRO = re.compile(r"[^:;“”|]{2,260}?:(?=\s|$|“|\")")
PLACE = re.compile(r"(?:còn )?(?:tại|ở|đến lượt)\s")
PRONOUN = re.compile(
    r"(?:đồng chí|ông|bà|anh|chị|vị|sở|đại diện|cả hai|cả ba|xã|phường|các xã|địa phương|lãnh đạo)"
    r"(?!\w)"
)
PAIR = re.compile(r"cả (?:hai|ba|bốn)|hai xã|hai phường|ba xã|các xã")
OPINION = re.compile(r"^(?:ý kiến|nội dung|phản ánh|cử tri|bà con)|ý kiến khác$")
ANSWERER = re.compile(r"cơ quan (?:xử lý|giải quyết)|đơn vị (?:xử lý|giải quyết)")
BRACKET = re.compile(r"\s*\((?P<who>[^()]{3,50})\)$")
BEGINS_COMMUNE = re.compile(r"(?:với |hai |các |cả hai |từ điểm cầu )?(?:xã|phường) ")
STATUS = re.compile(
    r"trạng thái|thời gian|địa điểm|chủ trì|số người|kênh|bên|đơn vị|thành phần"
)
QUOTE_END = re.compile(r"”,?\s+(?P<frame>[^“”]{3,120})$")
FEW = 4


class Passage:
    """Turns sentences into items; `context` carries what goes on."""

    def __init__(self, names: Names, context: Context) -> None:
        self.names = names
        self.low = names.plain.low
        self.text = names.plain.text
        self.context = context
        self.line = 0
        self.quotations: list[tuple[int, int, Voice]] = []

    def words(self, span: Span) -> int:
        """Return how many words a span has."""
        return len(self.low[span[0] : span[1]].split())

    # -- sentences -----------------------------------------------------------------

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

    def _intro(self, start: int, end: int) -> int:
        """Read a label before a colon; return where the rest begins."""
        match = INTRO.match(self.text, start, end)
        if not match or re.search(r"\d:$", self.text[start : match.end()]):
            return start
        low = self.low[start : match.end() - 1]
        context = self.context
        if "http" in low or (
            len(low) > 120
            and not cues.SAYS.search(low)
            and not cues.TROUBLE_TALK.search(low)
        ):
            return start
        request = self._request(start, match.end() - 1)
        voice = self.names.voice(start, request.start() if request else match.end() - 1)
        voice = self.names.label(start, match.end() - 1) or voice
        kind = section_of(low)
        if kind == "result" and (context.asked or context.profile.of_citizens):
            kind = "reply"
        if kind is None and OPINION.search(low):
            kind = ASK
        says_trouble = cues.TROUBLE_TALK.search(low) and cues.SAYS.search(low)
        if ANSWERER.search(low):
            self._answerer(match.end(), end)
            return end
        if STATUS.match(low):
            context.mode = "none"
            return end
        if request:
            self.speak(voice)
            context.mode, context.cue = ASK, self._verb(request)
            bodies, _end = self.names.addressees(
                request.end(), match.end() - 1, home=context.profile.home
            )
            if bodies:
                context.addressee = "; ".join(dict.fromkeys(b.name for b in bodies))
                context.addressee_level = bodies[0].level
        elif kind:
            context.mode = kind
            if kind == "reply" and voice is None:
                voice = context.asked or context.home_voice()
            self._label_voice(voice, kind)
        elif context.mode == ASK and voice and not cues.SAYS.search(low):
            self._label_in_asks(low, voice, start, match.end())
        elif context.mode == "difficulty" and voice and voice.level is Level.COMMUNE:
            self.speak(voice)
        elif voice:
            self.speak(voice)
            if cues.TROUBLE_TALK.search(low):
                context.mode = "difficulty"
            elif voice.level >= Level.AGENCY and cues.ANSWER.search(low):
                context.mode = "reply"
        if says_trouble and not request:
            context.mode = "difficulty"
        context.labelled = kind is not None or not cues.SAYS.search(low)
        context.topic = low
        return match.end()

    def _label_in_asks(self, low: str, voice: Voice, start: int, end: int) -> None:
        """Take "Sở Y tế:" as who is asked, and "Cử tri xã X:" as who asks."""
        context = self.context
        bodies, _stop = self.names.addressees(start, end - 1, home=context.profile.home)
        if context.binding:
            part = self.names.label(start, end - 1)
            if part and not bodies:
                context.addressee, context.addressee_level = part.name, part.level
                return
        is_speaker = voice.level <= Level.COMMUNE and (
            voice.level <= Level.VILLAGE or "ý kiến" in low or "đồng chí" in low
        )
        if is_speaker or not bodies:
            self.speak(voice)
            return
        context.addressee = "; ".join(dict.fromkeys(b.name for b in bodies))
        context.addressee_level = bodies[0].level

    def _label_voice(self, voice: Voice | None, kind: str) -> None:
        """Take who speaks from a label."""
        if voice is None:
            return
        self.speak(voice)
        if kind == "reply" and voice.level >= Level.AGENCY:
            # Who answers is whom the line above asked.
            for item in self.context.items[-4:]:
                near = self.line - item.line <= 1
                if near and item.kind == ASK and not item.addressee:
                    item.addressee, item.addressee_level = voice.name, voice.level
        if kind == ASK:
            self.context.asked = None
            self.context.about = voice.communes

    def _answerer(self, start: int, end: int) -> None:
        """Read "Cơ quan xử lý: Sở Y tế": who answers is whom the line asked."""
        voice = self.names.voice(start, end)
        if voice is None:
            name = self.text[slice(*trim(self.text, start, end, TAIL))]
            voice = Voice(name, Level.AGENCY)
        self.context.asked = voice
        for item in self.context.items:
            if item.line == self.line and item.kind == ASK and not item.addressee:
                item.addressee, item.addressee_level = voice.name, voice.level

    def speak(self, voice: Voice | None) -> None:
        """Let somebody speak from here on."""
        if voice is None:
            return
        profile = self.context.profile
        author = profile.author
        if profile.concluded_by and voice.level <= Level.AGENCY:
            return
        if (
            author
            and author.level <= Level.COMMUNE
            and self.context.kind == ASK
            and voice.level >= Level.AGENCY
        ):
            return  # the report asks an agency, the agency does not speak
        if voice.level is Level.CITIZEN and not voice.communes and profile.home:
            name = f"{voice.name} {profile.home}"
            voice = Voice(name, voice.level, (profile.home,))
        if (
            profile.of_voters
            and voice.level is Level.COMMUNE
            and self.context.mode != "reply"
        ):
            names = "; ".join(f"cử tri {name}" for name in voice.communes)
            voice = Voice(names or voice.name, Level.CITIZEN, voice.communes)
        if voice.level <= Level.COMMUNE and not voice.communes and profile.group:
            voice = Voice(voice.name, voice.level, profile.group)
        self.context.voice = voice

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

    # -- clauses -------------------------------------------------------------------

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

    def _request(self, start: int, end: int) -> re.Match[str] | None:
        """Return the first word that asks, orders or wishes."""
        for match in cues.REQUEST.finditer(self.low, start, end):
            if cues.NO_REQUEST_AFTER.match(self.low, match.end(), end):
                continue
            if match.group("verb") in ("xin", "nhắc", "mong") and self._mid_phrase(
                match, start
            ):
                continue
            return match
        return cues.LETTER_ASKS.search(self.low, start, end)

    def _mid_phrase(self, match: re.Match[str], start: int) -> bool:
        """Return whether a short verb stands inside a phrase: "việc xin kinh phí"."""
        before = self.low[max(start, match.start() - 8) : match.start()]
        return before.endswith(("việc ", "đơn ", "phép ", "sơ ", "đã ", "hồ sơ "))

    @staticmethod
    def _verb(match: re.Match[str]) -> str:
        groups = match.groupdict()
        return groups.get("verb") or groups.get("order") or groups.get("ban") or ""

    def _said(self, start: int, end: int) -> int:
        """Take away "Xã X cho biết"; return where what was said begins."""
        says = cues.SAYS.search(self.low, start, min(end, start + 200))
        if not says:
            return start
        voice = self.names.voice(start, says.start())
        if voice is None and not PRONOUN.match(self.low, start, end):
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
            self._add("difficulty", (said, problem[1]), "difficulty-before-ask", 0.6)
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
                self._add("difficulty", span, "difficulty-in-results", 0.55)
            elif cues.FIGURE.search(low) and cues.DONE.search(low):
                self._add("result", span, "result-figure", 0.7)
        elif context.mode == "difficulty":
            if self._is_done(low):
                self._add("result", span, "result-figure", 0.5)
            elif context.kind == "difficulty" or context.labelled:
                if cues.TROUBLE.search(low) or cues.FIGURE.search(low):
                    self._add("difficulty", span, "difficulty-section", 0.75)
            elif cues.TROUBLE.search(low):
                self._add("difficulty", span, "difficulty-goes-on", 0.6)
        elif context.voice and context.voice.level > Level.COMMUNE:
            last = context.items[-1] if context.items else None
            goes_on = last and last.rule == "result-report" and last.line == self.line
            if self._is_done(low) or (
                goes_on and cues.FIGURE.search(low) and cues.DONE.match(low)
            ):
                self._add("result", span, "result-report", 0.45)
        elif context.voice:
            if self._is_done(low):
                self._add("result", span, "result-figure", 0.45)
            elif self._should(span):
                return
            elif cues.STRONG_TROUBLE.search(low):
                self._add("difficulty", span, "difficulty-words", 0.5)

    def _in_asks(self, span: Span) -> None:
        """Read a clause among asks: an ask, a problem, or neither."""
        low = self.low[span[0] : span[1]]
        bodies, stop = self.names.addressees(*span, home=self.context.profile.home)
        begins = cues.BEGINS_ACTION.match(low)
        if begins or (
            bodies
            and not low[stop - span[0] :].strip().startswith(("đã", "đang", "sẽ"))
        ):
            rule = "ask-section" if self.context.kind == ASK else "ask-goes-on"
            self._asks(*span, verb_end=None, rule=rule)
        elif self._is_done(low):
            self._add("result", span, "result-figure", 0.4)
        elif self._is_trouble(span) or (
            (self.context.labelled or self.context.profile.of_citizens)
            and (cues.TROUBLE.search(low) or cues.FIGURE.search(low))
        ):
            self._add("difficulty", span, "difficulty-words", 0.5)
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

    # -- items ---------------------------------------------------------------------

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
            self._add(ASK, span, rule, 0.8 if verb_end is not None else 0.7)
            item = context.items[-1]
            item.addressee = name or context.addressee
            item.addressee_level = level if name else context.addressee_level
        for span in asks.troubles:
            self._add("difficulty", span, "difficulty-reason", 0.7)

    def _reply(self, start: int, end: int) -> None:
        """Keep an answer; what is done already is a result."""
        span = trim(self.text, start, end, TAIL)
        if self.words(span) < 3:
            return
        low = self.low[slice(*span)]
        if self._is_done(low) and not cues.PAPERWORK.search(low):
            self._add("result", span, "result-in-reply", 0.6)
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
            self._add(
                "reply",
                span,
                "reply-label" if self.context.labelled else "reply-says",
                0.7,
            )

    def _is_done(self, low: str) -> bool:
        """Return whether a clause says what was done, with a figure."""
        return bool(
            cues.FIGURE.search(low)
            and re.search(
                r"(?<!\w)(?:đã|đạt|hoàn thành|bắt quả tang|xong|thay|xử phạt|từ ngày)(?!\w)",
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

    def _add(self, kind: str, span: Span, rule: str, confidence: float) -> None:
        """Keep an item of this kind."""
        span = trim(self.text, *span, TAIL)
        if span[1] - span[0] < 10:
            return
        context = self.context
        context.items.append(
            Item(
                kind,
                span,
                context.voice,
                cue=context.cue if kind == ASK else "",
                rule=rule,
                confidence=confidence,
                topic=context.topic,
                line=self.line,
                about=context.about if kind in ("reply", "result") else (),
                binding=context.binding,
            )
        )
