"""Reads sentences: who is their subject and says something, and who is asked."""

from __future__ import annotations

import re

from haicap.core.text.bodies import Level, Voice
from haicap.core.text.captions import Captions
from haicap.core.text.named import HEAD, Named
from haicap.core.text.segments import Line
from haicap.core.text.speech import (
    ACCORDING,
    ANSWER_DOT,
    ANSWERED,
    BACK,
    BOUNDARY,
    BY,
    CHAIN_GAP,
    CHAIN_NEXT,
    CLOSES,
    I_AM,
    LABEL,
    LABEL_NOUN,
    LINK,
    LONG,
    OF_ASK,
    OF_HERE,
    OPENS,
    QUOTE,
    QUOTES,
    REQUEST,
    SAYS,
    SAYS_OR_DOES,
    SPEAKS,
)


# How those below speak to those above.
UPWARDS = re.compile(
    r"phản ánh|kiến nghị|nêu|cho (?:biết|hay)|báo|xin|đề|mong|nhờ|trình bày|bộc bạch|g[ửở]i gắm"
    r"|than|kể|bày tỏ|chia sẻ"
)
POST = re.compile(r"(?:phó )?(?:chủ tịch|bí thư)")
LISTS = (" như", " là", " gồm", " sau", " cụ thể")  # what follows is said, no answer
TROUBLED = re.compile(
    r"[^.:;]{0,30}?(?<!\w)(?:gặp|vướng|đối mặt|nêu|chỉ ra|đề cập|bày tỏ|lo)[^.:;]{0,40}?"
    r"(?:khó khăn|vướng|bất cập|trở ngại|hạn chế|băn khoăn)[^.:;]{0,40}:"
)
# How a department answers in a notice.
EXPLAINS = re.compile(
    r"\s*:|[^.:;,]{0,12} (?:trả lời|phúc đáp|giải trình|giải thích|thông tin|cho (?:biết|hay)|xác nhận|báo cáo|trình bày|cam kết|hứa)(?!\w)"
)
TOGETHER_SAY = re.compile(rf" (?:(?:cùng|đều|cũng|đồng loạt) )*(?:{SPEAKS})(?!\w)")
ANSWERS_VOTERS = re.compile(r"trả lời|giải trình|kết quả giải quyết|tiếp thu")
TOGETHER = ("các xã", "các phường", "các xã, phường", "các địa phương")


class Telling(Captions):
    """Hears who speaks in sentences and labels."""

    def _sentence_asks(self, start: int, end: int) -> None:
        """Read "Sở Nội vụ mở lớp ...; hướng dẫn ..." in a list of asks."""
        found = self.offices.within(start, end)[:1]
        if (
            not found
            or found[0].start > start + 40
            or found[0].sort in ("crowd", "village")
        ):
            return
        gap = CHAIN_GAP.match(self.low, start, end)
        if found[0].start > (gap.end() if gap else start):
            return
        to = self.chain(start, end)
        voice = self.compose(found[0])
        says = SAYS.match(self.low, found[0].end + 1)
        if to and self._is_asked(voice) and not (says and self.mode == "ask"):
            self.ask(start, to, 8)

    def _sentence(self, start: int, end: int, line: Line) -> None:
        """Read a sentence: who is its subject and says something."""
        low = self.low
        while start < end and self.text[start].isspace():
            start += 1
        label = LABEL.match(self.text, start, end) or ANSWER_DOT.match(low, start, end)
        stop = label.end() - 1 if label else start
        subject = False
        said = SAYS.search(low, start, stop) if label else None
        noun = LABEL_NOUN.search(low[start:stop]) if said else None
        answers = bool(said) and self._answers_so(
            low[start:stop], self.offices.within(start, stop + 1)
        )
        before = len(self.changes)
        if label and (not said or noun or answers) and self._label(start, stop, line):
            start = label.end()
            subject = len(self.changes) > before
        if self.mode in ("ask", "bind"):
            self._sentence_asks(start, end)
        asked = False  # somebody was asked in this sentence
        self._quoted_ask(start, end)
        if me := I_AM.search(low, start, end):
            found = self.offices.within(me.end(), me.end() + 30)[:1]
            if found and found[0].start == me.end() and found[0].sort == "crowd":
                self.speak(start, self.compose(found[0]))
        if self.profile.concluded_by and not self.profile.is_minutes and not label:
            base = self.base()
            # Where communes ask in turn, the one that began its point goes on.
            goes_on = start > line.start and (
                self._are_together(base) or self._goes_on_asking()
            )
            if base and self.voice != base and self.mode != "reply" and not goes_on:
                self.speak(start, base)
        text, begin, at = self.text, start, start
        listed = -1  # where the last of those who were asked ends
        since = max(line.start, start - QUOTE)
        opened = text.count("“", since, start) - text.count("”", since, start)
        for named in self.offices.within(start, end):
            opened += text.count("“", at, named.start) - text.count(
                "”", at, named.start
            )
            for match in BOUNDARY.finditer(low, at, named.start):
                begin = match.end()
            at = named.start
            if opened > 0:
                continue
            opening = low[begin : named.start]
            gap = CHAIN_NEXT.match(low, listed) if listed >= 0 else None
            if gap and gap.end() == named.start and named.level >= Level.PROVINCE:
                listed = named.end  # "kiến nghị Tỉnh ủy, UBND tỉnh giao biên chế"
                continue
            together = len(named.communes) > 1 and TOGETHER_SAY.match(
                low, named.end, end
            )
            if not together and (len(opening) > LONG or not OPENS.fullmatch(opening)):
                if REQUEST.search(low, begin, named.start):
                    asked, listed = True, named.end
                continue
            voice = self._subject(
                named, begin, start, end, subject=subject, asked=asked
            )
            if voice is None:
                continue
            if self._is_villager(named, line):
                continue
            tells = UPWARDS.match(low, named.end + 1, end) is not None
            tells = tells or EXPLAINS.match(low, named.end, end) is not None
            if not self._may_speak(voice, tells=tells):
                continue
            place = named.start
            closed = begin > 2 and "”" in self.text[begin - 3 : begin + 1]
            tail = begin > start and (closed or self._is_tail(named, start, end))
            if tail:
                quote = self.text.rfind(
                    "“", max(line.start, named.start - QUOTE), named.start
                )
                place = quote if quote >= 0 and closed else start
                self._forget(place)
            leads = bool(POST.match(named.role)) or "ubnd" in named.role
            self.speak(place, voice, leads=leads)
            subject = True
            home = self.profile.home
            if (
                named.role
                and self.mode == "reply"
                and self.section
                and self.section[1].name == home
            ):
                self.section = (self.section[0], voice)
            self._answered(named, voice, end)
            if (
                CLOSES.search(low, start, end)
                and named.role
                and named.level >= Level.PROVINCE
            ):
                self.closing = True
            elif voice.level < Level.PROVINCE:
                self.closing = False

    def _is_villager(self, named: Named, line: Line) -> bool:
        """Return whether a village speaks in this line, and somebody of it goes on."""
        return (
            self.voice is not None
            and self.voice.level is Level.VILLAGE
            and bool(self.changes)
            and self.changes[-1][0] >= line.start
            and named.sort in ("crowd", "short")
            and not named.communes
        )

    def _goes_on_asking(self) -> bool:
        """Return whether a commune that asks goes on, under a heading that says so."""
        voice = self.voice
        return self.mode == "ask" and voice is not None and voice.level is Level.COMMUNE

    def _are_together(self, base: Voice | None) -> bool:
        """Return whether the communes of a meeting speak, each in its turn."""
        group = self.profile.group
        return base is not None and (
            base.name in TOGETHER or base.communes == group != ()
        )

    def _answered(self, named: Named, voice: Voice, end: int) -> None:
        """Let the author answer after "Xã X xin kè bờ sông: nhất trí ..."."""
        author = self.profile.author
        if author is None or author.level < Level.AGENCY or voice.level >= author.level:
            return
        if self.profile.of_voters and not ANSWERS_VOTERS.search(self.low, 0, HEAD):
            return  # it passes on what was said
        colon = self.low.find(": ", named.end + 30, end)
        if (
            colon > 0
            and not self.profile.is_minutes
            and not SAYS.search(self.low, colon - 16, colon)
            and not self.low.endswith(LISTS, 0, colon)
        ):
            self.speak(colon + 1, self.base() or author)

    def _quoted_ask(self, start: int, end: int) -> None:
        """Read an ask that an answer repeats: "Về đề nghị của phường X cho ..."."""
        author = self.profile.author
        match = OF_ASK.search(self.low, start, end)
        if not match or author is None or author.level < Level.AGENCY:
            return
        found = self.offices.within(match.start() + 8, end)[:1]
        if (
            not found
            or found[0].start > match.end() + 12
            or found[0].level > Level.COMMUNE
        ):
            return
        if re.match(
            r"\s*(?:[,.;]|tại|đã|nêu)", self.low[found[0].end : found[0].end + 8]
        ):
            return
        self.speak(found[0].start, self.compose(found[0]))
        after = found[0].end
        if self.low.startswith(":", after):
            after += 2  # "Về kiến nghị của xã X: ...": what it asked follows
        back = BACK.search(self.low, after, end)
        self.speak(back.start() if back else end, self.base() or author)

    def _is_tail(self, named: Named, start: int, end: int) -> bool:
        """Return whether "..., X nói" ends the sentence."""
        says = SAYS_OR_DOES.search(self.low, named.end, min(end, named.end + 40))
        if not says:
            return False
        rest = self.low[says.end() : end].strip(" .”")
        if (
            len(rest.split()) > 5
            or ":" in rest
            or REQUEST.fullmatch(says.group())
            and rest
        ):
            return False
        return "“" not in rest

    def _subject(
        self,
        named: Named,
        begin: int,
        start: int,
        end: int,
        *,
        subject: bool,
        asked: bool,
    ) -> Voice | None:
        """Return the voice of somebody who is the subject of what is said."""
        low = self.low
        opening = low[begin : named.start]
        after = named.end
        if ANSWERED.search(opening):
            return None
        if opening.endswith("đại biểu ") and named.level > Level.COMMUNE:
            return None  # "đại biểu HĐND tỉnh": a deputy, not the council
        if bracket := re.compile(r"\s*\([^()]{0,80}\)").match(low, after, end):
            after = bracket.end()
        boundary = BOUNDARY.search(low, after, end)
        stop = boundary.start() if boundary else end
        follower = next(
            (n.start for n in self.offices.within(after, stop) if n.sort != "here"),
            stop,
        )
        words = (after, min(follower, after + 110))
        binding = asked or self.closing or self.mode in ("bind", "ask")
        base = self.base()
        # In a notice the leader tells what communes did; only those who say it speak.
        binding = binding or (base is not None and base == self.profile.concluded_by)
        home = self.profile.home
        heard = self.voice.communes if self.voice else ()
        if named.sort == "here" and not named.role and home and home in heard:
            return None  # "phường phải ...", says a citizen of the ward
        says = (SAYS if binding else SAYS_OR_DOES).search(low, *words)
        is_first = begin == start or LINK.fullmatch(low, start, begin + 1) is not None
        initial = is_first and not subject
        author = self.profile.author
        if BY.search(opening) and boundary and boundary.start() - after < 40:
            return self.compose(named)
        quoted = self.text[max(start, begin - 4) : begin].rstrip(" ,").endswith("”")
        if quoted or (initial and not asked and QUOTES.search(self.text, after, end)):
            return self.compose(named)
        if named.sort in ("many", "here") and TROUBLED.match(low, after, end):
            return self.compose(named)  # "các địa phương còn gặp khó khăn như: ..."
        if named.sort == "crowd":
            if initial and self.profile.of_voters and named.communes:
                return self.compose(named)  # "Cử tri xã X còn xót ruột vì ..."
            near = SAYS.search(low, after, min(stop, after + 60))
            if (
                not near
                or near.start() - after > (40 if initial else 6)
                or self._is_passive(low, near.start(), after)
            ):
                return None
            author_level = author.level if author else Level.CENTRE
            if (
                author_level <= Level.COMMUNE
                and not named.communes
                and named.name not in ("người dân", "cử tri", "phụ huynh", "tổ dân phố")
            ):
                return None
            return self.compose(named)
        if not initial and subject:
            fresh = begin > 1 and low[begin - 1] == ";" and named.level is Level.AGENCY
            told = SAYS_OR_DOES.match(low, after + 1) if fresh else None
            says = told or SAYS.search(low, *words)
        if named.sort == "here" and not initial and subject and not named.role:
            return None
        if initial and author and named.sort == "short" and not binding:
            voice = self.compose(named)
            if voice == author:
                return voice
        is_given = says and says.group() == "giao" and named.level <= Level.COMMUNE
        if is_given and not home:
            says = None  # "vốn giao từ tháng 7": a commune orders nobody outside
        if says and (not self._is_passive(low, says.start(), after)):
            far = says.start() - after > 3
            if asked and far and named.level > Level.COMMUNE:
                return None
            if (
                self.mode == "bind"
                and (not named.role or named.role.isdigit())
                and (author or self.profile.is_minutes)
            ):
                up = named.level <= Level.COMMUNE and says.start() - after < 24
                if not (up and UPWARDS.match(says.group())):
                    return None
            return self.compose(named)
        if ":" in low[after : after + 2] and initial and not binding:
            return self.compose(named)
        if (
            named.role
            and named.level is Level.PROVINCE
            and author is None
            and not asked
        ):
            return self.compose(named)
        together = self._are_together(base)  # a section of what they ask
        if author is None or self.profile.is_minutes or together:
            place = ACCORDING.search(opening)
            if (
                named.level is Level.COMMUNE
                and named.sort in ("commune", "here")
                and not asked
            ):
                if initial and (not binding or place or together):
                    return self.compose(named)
                if (
                    place
                    and boundary
                    and low[boundary.start()] == ","
                    and not subject
                    and begin == start
                ):
                    return self.compose(named)
            if (
                not (initial and self.closing)
                and initial
                and named.level >= Level.AGENCY
                and named.sort
                in (("body", "short") if home else ("body", "short", "part"))
                and not binding
                and not place
                and not OF_HERE.match(low, after)
            ):
                return self.compose(named)
        return None

    @staticmethod
    def _is_passive(low: str, place: int, after: int) -> bool:
        """Return whether what looks like speech is done to the subject."""
        return bool(
            re.search(
                r"(?:được|bị|theo|để|việc|các|những|nhiều)\s$",
                low[max(after, place - 7) : place],
            )
        )
