"""Says who speaks in a span of a text, whom it asks and which communes it is about."""

from __future__ import annotations

import re
from bisect import bisect_left

from haicap.core.text.bodies import Level, Voice
from haicap.core.text.gazetteer import Gazetteer
from haicap.core.text.meant import Meant
from haicap.core.text.named import Communes, Named
from haicap.core.text.offices import Offices
from haicap.core.text.plain import Plain
from haicap.core.text.sayer import NEAR, Sayer
from haicap.core.text.speech import REQUEST
from haicap.core.text.voices import Voices


PASS_ON = re.compile(
    r"(?:chuyển|bàn giao|giao)(?: về| cho| tới| đến| sang| lên)?\s+(?=\S)"
    r"|(?:chuyển|gửi hồ sơ|gửi kiến nghị|gửi phản ánh)(?: [^\s,.;]+){0,4}? (?:cho|tới|đến|sang|qua) (?=\S)"
)
ALSO = re.compile(
    r"(?:có ý kiến|kiến nghị|đề nghị|làm việc|phản ánh|báo cáo|có văn bản(?: đề nghị)?)(?: với| tới| lên)? (?=\S)"
)
MODAL = re.compile(
    r"\s*(?:nên|cần|phải|sớm|cho|xem xét|chịu|báo cáo|khẩn trương|có trách nhiệm|là)"
)
SHOULD = re.compile(r"\s*(?:cần|nên|phải)(?!\w)")
PROVINCIAL = {"tỉnh", "thành phố", "UBND tỉnh", "UBND thành phố"}
THEN = re.compile(r"(?<!\w)thì (?=sở |ubnd |tỉnh |bộ |chi cục |công an )")
COUNCIL = re.compile(r"HĐND (?:tỉnh|thành phố)")
BOARDS = ("Ban Kinh tế - Ngân sách", "Ban Văn hóa - Xã hội", "Ban Pháp chế")
NEARLY = re.compile(
    r"[\s:“\"-]*(?:(?:cần|nên|phải|sớm|hãy|cần phải|xem xét)[\s:“\"]*)?"
)
THROUGH = re.compile(
    r"(?:phản ánh|có ý kiến|kiến nghị|báo cáo|đề nghị) (?:với|lên|tới) $"
)
TOWARDS = re.compile(r"(?:riêng |còn )?(?:đối với|với|về phía|riêng) ")


class Who:
    """Who speaks, who is asked and which communes are meant, anywhere in a text."""

    def __init__(self, plain: Plain, gazetteer: Gazetteer) -> None:
        self.plain, self.text, self.low = plain, plain.text, plain.low
        communes = Communes(plain, gazetteer)
        self.offices = Offices(communes)
        self.voices = Voices(plain, communes, self.offices)
        self.sayer = Sayer(plain, self.offices, self.voices)
        self.meant = Meant(communes, self.offices, self.voices, self.sayer)
        self.profile = self.voices.profile
        self._requests: list[tuple[int, tuple[str, ...]]] | None = None

    def voice_at(self, place: int) -> Voice | None:
        """Return who speaks at a place of the text."""
        return self.voices.at(place)

    def begins_to_speak(self, start: int) -> bool:
        """Whether the one who says a span is named in its sentence."""
        return self.voices.changed(start) >= self.sayer.sentence_start(start)

    def speaker(self, start: int, end: int, kind: str = "") -> Voice | None:
        """Return who says the words of a span of some kind."""
        return self.sayer.speaker(start, end, kind)

    def addressee(
        self, start: int, end: int, kind: str, speaker: Voice | None
    ) -> str | None:
        """Return who is asked to act, lead first; a reply only hands over."""
        if kind in ("difficulty", "result"):
            return None
        if kind == "reply":
            return self._handed_over(start, end)
        names = self._asked(start, end, speaker)
        if names:
            names = (*names, *self._also(start, end, names))
            if speaker and (council := COUNCIL.search(speaker.name)):
                names = tuple(
                    f"{n} {council.group()}" if n in BOARDS else n for n in names
                )
            return "; ".join(dict.fromkeys(names))
        return None

    def _handed_over(self, start: int, end: int) -> str | None:
        match = None
        for match in PASS_ON.finditer(self.low, start, end):
            if self.low[max(0, match.start() - 5) : match.start()].endswith(
                ("điều ", "dịch ", "vận ")
            ):
                continue
            names = self.voices.chain(match.end(), end)
            if names:
                return "; ".join(names)
        return None

    def _also(self, start: int, end: int, names: tuple[str, ...]) -> tuple[str, ...]:
        """Return to whom the one who is asked is to speak: "có ý kiến với Sở Y tế"."""
        for match in ALSO.finditer(self.low, start + 3, end):
            found = self.voices.chain(match.end(), end)
            found = tuple(n for n in found if n not in names)
            if found and match.group().startswith(
                ("có ý kiến", "kiến nghị", "có văn bản")
            ):
                return found
        return ()

    def _asked(self, start: int, end: int, speaker: Voice | None) -> tuple[str, ...]:
        """Return whom a span asks."""
        own = self._in_span(start, end, speaker)
        row = self.voices.row_at(start)
        if own and not (own in (("tỉnh",), ("thành phố",)) and row and row.agency):
            return own
        line = self.sayer.line_start(start)
        begin = max(line, min(self.voices.changed(start), start))
        near = self._then(start, end, speaker) or self._before(begin, start, speaker)
        if near:
            return near
        if row and row.agency:
            return (row.agency.name,)
        section = self.voices.asked_at(start)
        if section:
            return section
        inner = self._inner(start, end, speaker)
        if inner:
            return inner
        if speaker and speaker.level <= Level.COMMUNE and not self.profile.author:
            near = self._before(line, begin, speaker)
            near = near or self._asked_earlier(start)
            if near:
                return near
        return self._by_default(start, speaker)

    def _asked_earlier(self, place: int) -> tuple[str, ...]:
        """Return the province as it was asked last, or as it leads the meeting."""
        if self._requests is None:
            self._requests = []
            for request in REQUEST.finditer(self.low):
                names = self.voices.chain(request.end(), request.end() + 120)
                if names and names[0] in PROVINCIAL:
                    self._requests.append((request.start(), names[:1]))
        index = bisect_left(self._requests, place, key=lambda request: request[0])
        if index:
            return self._requests[index - 1][1]
        for named in self.offices.within(0, 1200):
            if named.role and named.name.endswith(("UBND tỉnh", "UBND thành phố")):
                return (named.name[named.name.index("UBND") :],)
        return ()

    def _in_span(self, start: int, end: int, speaker: Voice | None) -> tuple[str, ...]:
        """Return whom the span's own request or subject names."""
        names = self._not_self(self.voices.chain(start, end), speaker)
        if names:
            head = self.offices.within(start, end)[0]
            # The list may begin before the span: "tỉnh và [các sở hướng dẫn ...]".
            if not self.low.endswith(" và ", 0, head.start):
                return names
            first = self._chain_back(head, self.sayer.line_start(start))
            return self._not_self(self.voices.chain(first, end), speaker) or names
        request = REQUEST.search(self.low, start, min(end, start + 90))
        if request is None or not self._few_words(start, request.start()):
            return ()
        names = self._not_self(self.voices.chain(request.end(), end), speaker)
        if names and request.group() == "chỉ đạo":
            above = self._not_self(self.voices.asked_at(start), speaker)
            return (*above, *names) if above else names
        return names

    def _few_words(self, start: int, place: int) -> bool:
        return len(self.low[start:place].split()) <= 8

    def _before(self, begin: int, start: int, speaker: Voice | None) -> tuple[str, ...]:
        """Return whom the words before a span ask, the nearest first."""
        last = self.offices.within(begin, start + 1)[-6:]
        for named in reversed(last):
            if NEARLY.fullmatch(self.low, named.end, start) and named.sort != "crowd":
                first = self._chain_back(named, begin)
                names = self._not_self(self.voices.chain(first, start), speaker)
                through = THROUGH.search(self.low, begin, first)
                if names and through:
                    return (*self._before(begin, through.start(), speaker), *names)
                if names:
                    return names
            break
        sentence = max(
            begin, self.text.rfind(". ", max(begin, start - NEAR), start) + 2
        )
        if towards := TOWARDS.match(self.low, sentence, start):
            names = self._not_self(self.voices.chain(towards.end(), start), speaker)
            if names:
                return names
        requests = list(REQUEST.finditer(self.low, begin, start))
        for request in reversed(requests[-8:]):
            names = self._not_self(self.voices.chain(request.end(), start), speaker)
            if names:
                return names
        for named in reversed(self.offices.within(begin, start)[-12:]):
            if SHOULD.match(self.low, named.end, start) and named.sort != "crowd":
                names = self._not_self(self.voices.called(named), speaker)
                if names:
                    return names
        return ()

    def _chain_back(self, named: Named, begin: int) -> int:
        """Return where the list of bodies begins that ends with this one."""
        first = named.start
        for other in reversed(self.offices.within(begin, named.start)):
            gap = self.low[other.end : first]
            if not re.fullmatch(r"\s*(?:,|và|;)\s*", gap) or other.sort in (
                "crowd",
                "here",
            ):
                break
            first = other.start
        return first

    def _not_self(
        self, names: tuple[str, ...], speaker: Voice | None
    ) -> tuple[str, ...]:
        """Return the names without the one who speaks: nobody asks himself."""
        if speaker is None:
            return names
        said = set(speaker.name.split("; "))
        return tuple(n for n in names if n not in said)

    def _inner(self, start: int, end: int, speaker: Voice | None) -> tuple[str, ...]:
        """Return the subject of the action inside a span: "... thì Sở X nạo vét"."""
        for named in self.offices.within(start, end):
            if (
                named.sort not in ("body", "part", "many")
                or named.level < Level.COMMUNE
            ):
                continue
            before = self.low[max(start, named.start - 6) : named.start]
            opens = before.endswith(("thì ", ", ", "; ", "nữa ", "do ")) or MODAL.match(
                self.low, named.end
            )
            if opens and not before.endswith(("với ", "của ")):
                names = self._not_self(self.voices.called(named), speaker)
                if names:
                    return names
        return ()

    def _then(self, start: int, end: int, speaker: Voice | None) -> tuple[str, ...]:
        """Return whom "... thì Sở X nạo vét" names after the matter."""
        for match in THEN.finditer(self.low, start, end):
            names = self._not_self(self.voices.chain(match.end(), end), speaker)
            if names:
                return names
        return ()

    def _by_default(self, start: int, speaker: Voice | None) -> tuple[str, ...]:
        """Return whom a text asks that does not say it here."""
        profile, author = self.profile, self.profile.author
        if speaker is None:
            return ()
        if (
            speaker.level <= Level.COMMUNE
            and speaker.communes
            and profile.home
            and speaker.name != profile.home
        ) and (author is None or author.level <= Level.COMMUNE):
            return (profile.home,)
        answers = self.voices.answers
        index = bisect_left(answers, start, key=lambda answer: answer[0])
        if index < len(answers):
            place, voice = answers[index]
            if place - start < 900 and speaker.level < voice.level:
                return (voice.name,)
        if author and author.level >= Level.AGENCY and speaker.level < author.level:
            return (author.name,)
        if author and speaker == author and speaker.level <= Level.COMMUNE:
            return tuple(n.removeprefix("Văn phòng ") for n in profile.to)
        if profile.of_voters and speaker.level <= Level.COMMUNE:
            return ("UBND tỉnh",)
        return ()

    def communes(
        self, start: int, end: int, kind: str, speaker: Voice | None
    ) -> tuple[str, ...]:
        """Return the communes a span is about: the speaker's, and those it names."""
        return self.meant.communes(start, end, kind, speaker)
