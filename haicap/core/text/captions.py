"""Reads labels before a colon, brackets after a point, bodies responsible for a line."""

from __future__ import annotations

import re
from bisect import bisect_right, insort

from haicap.core.text.bodies import Level, Voice
from haicap.core.text.named import Named
from haicap.core.text.office_words import WORKS
from haicap.core.text.opening import Opening
from haicap.core.text.segments import Line
from haicap.core.text.speech import (
    ANSWER_LABEL,
    ANSWERS_SO,
    ASKS,
    CLOSING_BRACKET,
    MORE_SAY,
    OPENS,
    PERSON_AT,
    POSTED,
    RESPONSIBLE,
    SAYS_OR_DOES,
)
from haicap.core.text.spelling import Row


POST_ALONE = re.compile(
    r"[\s→>=+•–-]*(?:đồng chí |đ/c )?((?:phó )?(?:chủ tịch|bí thư))(?: xã| phường| đặc khu)?\s*"
)
BULLETS = re.compile(
    r"(?:[\s→>=+•–-]|\[?\d\d?[h:]\d{0,2}\]?|đại diện |đồng chí |đ/c )*"
)
MODE_WORDS = re.compile(r"ý kiến|kiến nghị|đề xuất|báo cáo|điều|việc|nội dung|vấn đề")
ASKED = re.compile(r"[\s+•–-]*(?:câu )?hỏi\s*")
SENT = re.compile(r"giám đốc|gđ|đại diện|lãnh đạo")  # he speaks and is not told
FEW = 5  # words before the village of the one who speaks
FIRST = ("here", "commune", "body")  # sorts that can begin an answer


class Captions(Opening):
    """Hears who speaks by the label of a line."""

    def _label(self, start: int, stop: int, line: Line) -> bool:
        """Read a label before a colon; return whether it was one."""
        low = self.low[start:stop]
        if MORE_SAY.match(low):
            self._forget(line.start)
            self.voice = self.changes[-1][1] if self.changes else self.voice
            return True
        named = self.offices.within(start, stop + 1)
        named = [n for n in named if n.end <= stop]
        row = self.row_at(start)
        if self._answers_so(low, named):
            self._answer(start, stop, named[-1:], row)
            return True
        if ANSWER_LABEL.search(low):
            self._answer(start, stop, named, row)
            return True
        work = WORKS.get(low.strip(" -–+•\t").removeprefix("còn "))
        if not named and work and not self.profile.home:
            self.speak(start, Voice(f"Sở {work}", Level.AGENCY))
            return True
        if not named and (leader := self._leader_alone(low)):
            self.speak(start, leader)
            return True
        if not named and (known := self._known_by_half(start, stop)):
            self.speak(start, known)
            return True
        if not named and self.profile.of_voters and ASKED.fullmatch(low):
            voters = self._together(self.commune, "cử tri", Level.CITIZEN)
            self.speak(start, voters)
            return True
        if not named:
            if ASKS.search(low) and self.profile.of_citizens and self.base():
                self.speak(start, self.base())
            return False
        if len(low.split()) > 18:
            return False
        first = named[0]
        if first.sort == "crowd" and PERSON_AT.match(self.text, first.start):
            for other in named[1:]:
                before = self.low[first.start : other.start]
                if other.role or (
                    POSTED.search(before)
                    and other.sort in ("village", "part", "here", "body", "commune")
                ):
                    first = other
                    break
        opening = self.low[start : named[0].start]
        author = self.profile.author
        if (
            first.sort == "commune"
            and author
            and author.level >= Level.AGENCY
            and re.match(r"(?:đối )?với |về phía ", opening)
        ):
            self.commune = first.communes
            self.homes.append((start, first.communes))
            return True
        rest = self.low[first.end : stop].strip()
        if (
            self.profile.concluded_by
            and first.sort == "commune"
            and rest
            and not rest.startswith("(")
            and not SAYS_OR_DOES.search(rest)
            and not MODE_WORDS.search(rest)
        ):
            return False  # "Riêng xã X làm tốt: ..." is said of it
        voice = self.compose(first)
        is_villager = (
            first.sort == "village"
            and start <= line.start + 2
            and self.profile.home is not None
            and len(opening.split()) <= FEW
        )
        if (
            not is_villager
            and not OPENS.fullmatch(opening)
            and not re.fullmatch(
                r"[\s\[\]\d.)-]*(?:kiến nghị|đề xuất|ý kiến|phản ánh|nội dung|câu hỏi|hỏi)[\s\w,(]*",
                opening,
            )
        ):
            return False
        to = self.chain(first.start, stop) if first is named[0] else ()
        if re.search(r"của (?:\w+ )?$|cử tri|đại diện", opening):
            to = ()
        if (
            self.mode == "bind"
            and self.profile.is_minutes
            and voice
            and self.profile.chair == voice
        ):
            self.speak(start, voice)
            return True
        if self.mode in ("bind", "ask") and self._is_asked(voice) and to:
            self.ask(start, to, 8)
            return True
        answers = self.mode in ("reply", "other")
        labelled = voice and voice.level >= Level.AGENCY and answers
        tells = first.sort == "commune" or SENT.search(opening) is not None
        if voice and (labelled or self._may_speak(voice, tells=tells)):
            self.speak(start, voice)
        return True

    def _known_by_half(self, start: int, stop: int) -> Voice | None:
        """Return the body that was named in full before: "Cảng vụ bắt lời:"."""
        if not self.profile.is_minutes:
            return None
        begin = BULLETS.match(self.low, start, stop)
        words = self.low[begin.end() if begin else start : stop].split()
        for n in range(min(len(words), FEW), 1, -1):
            said = " ".join(words[:n])
            for named in self.offices.within(0, start):
                if named.sort == "body" and named.name.lower().startswith(f"{said} "):
                    return self.compose(named)
        return None

    def _leader_alone(self, low: str) -> Voice | None:
        """Return the leader of a commune whom a label names by his post alone."""
        home, post = self.profile.home, POST_ALONE.fullmatch(low)
        if home is None or post is None:
            return None
        said = post.group(1).capitalize().replace("chủ tịch", "Chủ tịch")
        said = said.replace("bí thư", "Bí thư")
        office = "Đảng ủy" if said.endswith("Bí thư") else "UBND"
        for known in (self.profile.chair, self.profile.concluded_by):
            if known and known.name.startswith(f"{said} ") and home in known.communes:
                return known
        return Voice(f"{said} {office} {home}", Level.COMMUNE, (home,))

    @staticmethod
    def _answers_so(low: str, named: list[Named]) -> bool:
        """Whether a label says that a body above the communes answers."""
        is_high = bool(named) and named[-1].level >= Level.AGENCY
        return is_high and ANSWERS_SO.search(low.strip()) is not None

    def _answer(
        self, start: int, stop: int, named: list[Named], row: Row | None
    ) -> None:
        """Let somebody answer after "Trả lời:", "Kết quả:", "Sở Y tế trả lời:"."""
        voices = [voice for one in named if (voice := self.compose(one))]
        # "Phản hồi các xã, Sở Y tế thông tin:"
        agencies = [voice for voice in voices if voice.level >= Level.AGENCY]
        voice = next(iter(agencies or voices), None)
        near = self.offices.within(stop, stop + 60)[:1]
        first: Voice | None = None
        if near and near[0].start <= stop + 2 and near[0].sort in FIRST:
            first = self.compose(near[0])
            first = first if first and self._may_speak(first) else None
        agency = row.agency if row else None
        answerer = voice or agency or first or self._answerer(stop)
        if voice and voice.level >= Level.AGENCY and not voice.name.startswith("các "):
            self.answers.append((start, voice))
        if answerer:
            self.speak(start, answerer)
        if voice and self.section and self.section[1].name == self.profile.home:
            self.section = (self.section[0], voice)

    def _answerer(self, place: int) -> Voice | None:
        """Return who answers when a label says only that somebody does."""
        profile = self.profile
        author = profile.author
        if profile.of_voters and self.heading_agency:
            return self.heading_agency
        if author and (
            author.level >= Level.AGENCY or profile.of_citizens or profile.of_voters
        ):
            return profile.concluded_by or author
        if profile.home:
            return Voice(profile.home, Level.COMMUNE, (profile.home,))
        near = self.offices.within(place, place + 60)
        if near and near[0].start < place + 4:
            return self.compose(near[0])
        return None

    def _responsible(self, line: Line) -> None:
        """Read "Cơ quan xử lý: Sở Y tế", which says for a line who answers."""
        match = RESPONSIBLE.search(self.low, line.start, line.end)
        if not match:
            return
        found = self.offices.within(match.start(1), match.end(1) + 1)
        voice = self.compose(found[0]) if found else None
        if voice is None:
            voice = Voice(
                self.text[match.start(1) : match.end(1)].strip(), Level.AGENCY
            )
        about = tuple(self.communes.within(line.start, match.start()))
        insort(
            self.rows,
            Row(line.start, line.end, voice, about),
            key=lambda row: row.start,
        )

    def _bracketed(self, line: Line) -> Voice | None:
        """Return the communes in brackets at the end of a point: "... (xã Pa Ủ)"."""
        if line.rank == 9:
            return None
        match = CLOSING_BRACKET.search(self.text, line.start, line.end)
        if not match:
            return None
        found = self.offices.within(match.start(1), match.end(1) + 1)
        if (
            not found
            or not (found[0].sort in ("commune", "many") or found[0].communes)
            or found[0].start > match.start(1) + 8
        ):
            return None
        return self.compose(found[0])

    def row_at(self, place: int) -> Row | None:
        """Return the row that holds a place."""
        index = bisect_right(self.rows, place, key=lambda row: row.start)
        row = self.rows[index - 1] if index else None
        return row if row and place < row.end else None
