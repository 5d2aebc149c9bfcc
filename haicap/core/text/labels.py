"""Reads labels ("Ý kiến của xã X:") and keeps in mind who speaks."""

from __future__ import annotations

import re

from haicap.core.text import cues
from haicap.core.text.asks import TAIL
from haicap.core.text.bodies import Level, Voice
from haicap.core.text.context import ASK, Context, section_of
from haicap.core.text.segments import Span, trim
from haicap.core.text.speakers import Names


INTRO = re.compile(r"[^:;“”|]{2,260}?:(?=\s|$|“|\")")
OPINION = re.compile(r"^(?:ý kiến|nội dung|phản ánh|cử tri|bà con)|ý kiến khác$")
ANSWERER = re.compile(r"cơ quan (?:xử lý|giải quyết)|đơn vị (?:xử lý|giải quyết)")
STATUS = re.compile(
    r"trạng thái|thời gian|địa điểm|chủ trì|số người|kênh|bên|đơn vị|thành phần"
)


class Labels:
    """What a label says about the words after it; `context` carries what goes on."""

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
