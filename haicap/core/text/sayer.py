"""
Says who says a span: the one who was heard last, unless he cannot say such a thing.

Communes and citizens ask and leaders order, whoever was named in between; a letter and a
notice answer in the name of the one who signs.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from haicap.core.text.bodies import Level, Voice
from haicap.core.text.offices import Offices
from haicap.core.text.plain import Plain
from haicap.core.text.speech import OPENS
from haicap.core.text.voices import Voices


BRACKET = re.compile(r"[\s.”]*\(([^()\n]{3,80})\)")
LEADS = re.compile(r"(?:phó )?(?:chủ tịch|bí thư)")
POST = re.compile(r"(?:Phó )?(?:Bí thư|Chủ tịch)")
ANSWERED = re.compile(
    r"[^.;:]{0,24}?(?<!\w)(?:trả lời|phúc đáp|hồi đáp|phản hồi|đáp lại|giải thích|cho biết|đã báo"
    r"|hứa|hẹn|nhận lời|thông báo|đáp)(?!\w)"
)
ACTS = re.compile(
    r" (?:đã|đang|sẽ|có|chưa|phân bổ|bố trí|tiếp thu|ghi nhận|báo cáo|chủ trì|xin)(?!\w)"
)
BOARDS = ("Ban ", "Đoàn ")
HEAD_OF = re.compile(r"(phó trưởng|trưởng) $", re.I)
NEAR = 4000  # characters of a line that can matter to a span


class Sayer:
    """Who says what, anywhere in a text."""

    def __init__(self, plain: Plain, offices: Offices, voices: Voices) -> None:
        self.text, self.low = plain.text, plain.low
        self.offices, self.voices = offices, voices
        self.profile = voices.profile

    def line_start(self, place: int) -> int:
        """Return where the line of a place begins, if it is not too far."""
        near = max(0, place - NEAR)
        return max(near, self.text.rfind("\n", near, place) + 1)

    def sentence_start(self, place: int) -> int:
        """Return where the sentence of a place begins."""
        line = self.line_start(place)
        return max(line, self.text.rfind(". ", line, place) + 1)

    def speaker(self, start: int, end: int, kind: str = "") -> Voice | None:
        """Return who says the words of a span of some kind."""
        if voice := self._in_bracket(end, kind):
            return self._as_voters(voice, kind)
        voice = self._heard(start, end)
        if voice is None:
            return None
        if kind in ("difficulty", "recommendation"):
            voice = self._voters_near(start, end, voice) or voice
        else:
            voice = self._acts(start, end, voice) or voice
        match kind:
            case "recommendation":
                return self._asker(start, voice)
            case "directive":
                signer = self._signer(start, voice) or self._leader(start, voice)
                return signer or self._head_of(start, voice)
            case "reply":
                return (
                    self._signer(start, voice)
                    or self._answered_from_above(start, voice)
                    or self._answerer(start, voice)
                )
            case "result" if self.profile.of_citizens:
                return self._answerer(start, voice)
            case "result":
                return self._answered_from_above(start, voice) or voice
            case "difficulty":
                return self._complainer(start, voice)
        return voice

    def _in_bracket(self, end: int, kind: str) -> Voice | None:
        """Return the communes or citizens, or who answers, in the bracket after a span."""
        bracket = BRACKET.match(self.text, end)
        if bracket is None:
            return None
        for named in self.offices.within(bracket.start(1), bracket.end(1) + 1):
            if named.sort in ("commune", "many") or (
                named.sort == "crowd" and named.communes
            ):
                return self.voices.compose(named)
            if (
                kind in ("reply", "result")
                and named.level >= Level.AGENCY
                and named.start <= bracket.start(1) + 12
            ):
                return self.voices.compose(named)
        return None

    def _heard(self, start: int, end: int) -> Voice | None:
        """Return who was heard last, or whose document it is, or whom the line names."""
        if voice := self.voices.at(start):
            return voice
        return self._home() or self._nearest(start, end)

    def _home(self) -> Voice | None:
        """Return the commune whose document it is."""
        home = self.profile.home
        return Voice(home, Level.COMMUNE, (home,)) if home else None

    def _signer(self, start: int, voice: Voice) -> Voice | None:
        """Return in whose name a letter answers and orders, whoever was quoted."""
        profile = self.profile
        heads = profile.concluded_by or profile.author
        if heads is None or heads.level < Level.AGENCY or profile.is_minutes:
            return None
        if profile.of_citizens and voice.level is Level.COMMUNE:
            return None  # a report on what citizens wrote, and who answered each
        is_quoted = voice.level <= Level.COMMUNE and not self.voices.row_at(start)
        return heads if is_quoted else None

    def _answered_from_above(self, start: int, voice: Voice) -> Voice | None:
        """Return the agency whose answer a commune's own report repeats."""
        if voice.name != self.profile.home or self.profile.is_minutes:
            return None
        sentence = self.sentence_start(start)
        for named in reversed(self.offices.within(sentence, start + 1)):
            if named.level < Level.AGENCY or named.sort not in ("body", "short"):
                continue
            if ANSWERED.match(self.low, named.end, start + 24):
                return self.voices.compose(named)
        return None

    def _answerer(self, start: int, voice: Voice) -> Voice:
        """Return who answers citizens: the body of the row, or their commune."""
        if voice.level is not Level.CITIZEN:
            return voice
        row = self.voices.row_at(start)
        answerer = (row.agency if row else None) or self._home()
        return answerer or self._asked_before(start) or voice

    def _asked_before(self, start: int) -> Voice | None:
        """Return the agency that the voters' ask before an answer named last."""
        if not self.profile.of_voters:
            return None
        asked = next((place for place, voice in self.voices.back_from(start)), start)
        for named in reversed(self.offices.within(asked, start)):
            if named.sort == "body" and named.level >= Level.AGENCY:
                return self.voices.compose(named)
        return None

    def _leader(self, start: int, voice: Voice) -> Voice | None:
        """Return who orders instead of one who cannot, or who is told to act."""
        home = self.profile.home
        if home:
            concluded_by = self.profile.concluded_by
            if concluded_by and voice.communes == concluded_by.communes == (home,):
                return concluded_by
            row = self.voices.row_at(start)
            is_told = row is not None and row.agency == voice
            if voice.name != home and voice.level is not Level.CITIZEN and not is_told:
                return None
            return self._leader_of_home(start) or self._leader_of_all(start)
        is_told = self.low.startswith(voice.name.lower(), start)
        if voice.level <= Level.COMMUNE or is_told:
            return self.profile.concluded_by or self._leader_of_all(start)
        return None

    def _head_of(self, start: int, voice: Voice) -> Voice:
        """Return the head of a board who was named as such: he orders, not the board."""
        if not voice.name.startswith(BOARDS):
            return voice
        full = next((n for n in self._bodies() if n.startswith(f"{voice.name} ")), "")
        names = (voice.name, full)
        for named in reversed(self.offices.within(0, start)):
            if named.name in names:
                post = HEAD_OF.search(self.text, max(0, named.start - 14), named.start)
                name = full or voice.name
                if post:
                    name = f"{post.group(1).capitalize()} {name}"
                return Voice(name, voice.level, voice.communes)
        return voice

    def _bodies(self) -> Iterator[str]:
        """Yield the names of the bodies that the text names."""
        return (named.name for named in self.offices.all if named.sort == "body")

    def _leader_of_home(self, start: int) -> Voice | None:
        """Return who orders within a commune: who leads the talk, or was named last."""
        for voice in (self.profile.chair, self.profile.concluded_by):
            if voice and voice.communes == (self.profile.home,):
                return voice
        for named in reversed(self.offices.within(0, start)):
            if named.level is Level.COMMUNE and LEADS.match(named.role):
                leader = self.voices.compose(named, leader=True)
                if leader and leader.communes == (self.profile.home,):
                    return leader
        return None

    def _leader_of_all(self, start: int) -> Voice | None:
        """Return the leader of the province who was named last before a place."""
        for named in reversed(self.offices.within(0, start)):
            if named.level is Level.PROVINCE and LEADS.match(named.role):
                return self.voices.compose(named)
        return None

    def _asker(self, start: int, voice: Voice) -> Voice:
        """Return who asks: those below, where the one who was heard stands above them."""
        if voice.level < Level.AGENCY:
            return self._complainer(start, voice)
        asker = self._subject(start)
        if asker is None and voice in (self.profile.author, self.profile.concluded_by):
            asker = self._below(start)
        return asker or voice

    def _subject(self, start: int) -> Voice | None:
        """Return the commune at the beginning of a sentence in which it asks."""
        sentence = self.sentence_start(start)
        for named in self.offices.within(sentence, start)[:2]:
            if (
                named.sort in ("commune", "crowd")
                and OPENS.fullmatch(self.low, sentence, named.start)
                and (named.sort == "commune" or named.communes)
            ):
                return self.voices.compose(named)
        return None

    def _below(self, start: int) -> Voice | None:
        """Return the communes or citizens that spoke last before, in the same line."""
        line = self.line_start(start)
        for place, voice in self.voices.back_from(start):
            if place < line:
                break
            if voice and voice.level <= Level.COMMUNE and voice.communes:
                return voice
        if self.profile.concluded_by:
            for named in reversed(self.offices.within(line, start)):
                if named.sort == "commune":
                    return self.voices.compose(named)
        return None

    def _complainer(self, start: int, voice: Voice) -> Voice:
        """Return whose ask or trouble it is: a commune's, where its leader speaks."""
        home = self.profile.home
        if (
            home
            and (self.profile.is_minutes or self.profile.of_citizens)
            and POST.match(voice.name)
            and voice.name.endswith(home)
        ):
            return Voice(home, Level.COMMUNE, (home,))
        if self.voices.changed(start) in self.voices.led:
            return voice
        return self._as_voters(voice, "difficulty")

    def _as_voters(self, voice: Voice, kind: str) -> Voice:
        """Return the voters of a commune or a village whose asks a report passes on."""
        home = self.profile.home
        if not self.profile.of_voters or kind not in ("difficulty", "recommendation"):
            return voice
        if voice.level is Level.VILLAGE and home:
            return Voice(f"cử tri {home}", Level.CITIZEN, (home,))
        if voice.level is Level.COMMUNE and home not in voice.communes:
            name = "; ".join(f"cử tri {c}" for c in voice.communes)
            return Voice(name or voice.name, Level.CITIZEN, voice.communes)
        return voice

    def _voters_near(self, start: int, end: int, voice: Voice) -> Voice | None:
        """Return the voters named beside a span, where only their report was heard."""
        if not self.profile.of_voters or self.profile.home or voice.communes:
            return None
        if voice.level is not Level.CITIZEN and voice != self.profile.author:
            return None
        stop = self._line_end(end)
        sentence = self.sentence_start(start)
        before = self.offices.within(sentence, start)
        for named in (*reversed(before), *self.offices.within(start, stop)):
            if named.communes and named.sort in ("commune", "crowd"):
                voters = self.voices.compose(named)
                return self._as_voters(voters, "difficulty") if voters else None
        return None

    def _acts(self, start: int, end: int, voice: Voice) -> Voice | None:
        """Return the body that a list of voters' asks says did or does something."""
        profile = self.profile
        if not profile.of_voters or profile.home or voice.level >= Level.AGENCY:
            return None
        for named in self.offices.within(start, end):
            opens = named.start == start or self.low.endswith(", ", 0, named.start)
            is_body = named.sort == "body" and named.level >= Level.AGENCY
            if opens and is_body and ACTS.match(self.low, named.end):
                return self.voices.compose(named)
        return None

    def _line_end(self, place: int) -> int:
        """Return where the line of a place ends, if it is not too far."""
        far = min(len(self.text), place + NEAR)
        stop = self.text.find("\n", place, far)
        return stop if stop >= 0 else far

    def _nearest(self, start: int, end: int) -> Voice | None:
        """Return whom the line names when nobody was heard to speak."""
        line = self.line_start(start)
        stop = self._line_end(end)
        before = [
            n
            for n in self.offices.within(line, start)
            if n.sort in ("commune", "crowd")
        ]
        after = [
            n
            for n in self.offices.within(end, stop)
            if n.sort in ("commune", "body", "crowd")
        ]
        for named in (*reversed(before), *after[:1]):
            if voice := self.voices.compose(named):
                return voice
        group = self.profile.group
        return Voice(group[0], Level.COMMUNE, group[:1]) if len(group) == 1 else None
