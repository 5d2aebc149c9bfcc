"""Follows who speaks through a text: head, headings, labels, sentences, tables."""

from __future__ import annotations

import re
from bisect import bisect_right, insort
from collections.abc import Iterator

from haicap.core.text.bodies import Level, Voice
from haicap.core.text.named import Communes
from haicap.core.text.offices import Offices
from haicap.core.text.plain import Plain
from haicap.core.text.segments import Line, lines, sentences
from haicap.core.text.speech import (
    ARROW,
    ASKS,
    BINDS,
    HEAD_TO,
    LONGEST,
    REPLY,
    REQUEST,
)
from haicap.core.text.spelling import Row
from haicap.core.text.telling import Telling


TITLES = 500  # characters in which the title stands
NUMBERED = re.compile(r"\s*(?:tt|stt|số tt|số)\s*")
VOTERS = re.compile(r"(?:Cử tri|Nhân dân|Bà con)(?: các)? (?:xã|phường|đặc khu) ")
COLUMNS = (
    ("answer", re.compile(r"trả lời của|giải trình của|kết quả giải quyết của")),
    (
        "agency",
        re.compile(
            r"cơ quan|thẩm quyền|(?:đơn vị|nơi) (?:giải quyết|trả lời|chủ trì|xử lý|chịu trách nhiệm|thực hiện)|sở, ngành"
        ),
    ),
    (
        "answer",
        re.compile(
            r"trả lời|kết quả|giải trình|nội dung giải quyết|tiến độ|phản hồi|hướng xử lý"
        ),
    ),
    (
        "ask",
        re.compile(r"nội dung|kiến nghị|ý kiến|phản ánh|đề xuất|khó khăn|vướng mắc"),
    ),
    ("who", re.compile(r"cử tri|địa phương|đơn vị|địa bàn|xã|phường|nơi")),
    ("number", re.compile(r"^(?:tt|stt|số tt|số)$")),
)


class Voices(Telling):
    """The changes of voice and of addressee through a text, in order."""

    def __init__(self, plain: Plain, communes: Communes, offices: Offices) -> None:
        super().__init__(plain, communes, offices)
        self._read_head()
        self._read_lines()
        self.done = True
        self.changes.sort(key=lambda change: change[0])
        self.homes.sort(key=lambda home: home[0])
        self._places = [place for place, _voice in self.changes]
        self._asked_places = [place for place, _names in self.asked]

    def back_from(self, place: int) -> Iterator[tuple[int, Voice | None]]:
        """Yield the changes of voice before a place, the nearest first."""
        for index in range(bisect_right(self._places, place) - 1, -1, -1):
            yield self.changes[index]

    def at(self, place: int) -> Voice | None:
        """Return who speaks at a place."""
        index = bisect_right(self._places, place)
        return self.changes[index - 1][1] if index else None

    def changed(self, place: int) -> int:
        """Return where the voice at a place began to speak."""
        index = bisect_right(self._places, place)
        return self._places[index - 1] if index else 0

    def asked_at(self, place: int) -> tuple[str, ...]:
        """Return whom the section at a place asks."""
        index = bisect_right(self._asked_places, place)
        return self.asked[index - 1][1] if index else ()

    def headed_by(self, place: int) -> tuple[str, ...]:
        """Return the communes that the heading of a numbered part names."""
        index = bisect_right(self.headed, place, key=lambda head: head[0])
        return self.headed[index - 1][1] if index else ()

    def point_of(self, place: int) -> tuple[str, ...]:
        """Return the communes that asked in the numbered point that holds a place."""
        index = bisect_right(self.points, place)
        start = self.points[index - 1] if index else 0
        if self.profile.is_minutes and start not in self.numbered:
            return ()
        last = bisect_right(self.homes, place, key=lambda home: home[0])
        if last and self.homes[last - 1][0] >= start:
            return self.homes[last - 1][1]
        return ()

    def _read_lines(self) -> None:
        found = list(lines(self.plain))
        tabled = self._read_tables()
        self.voice, self.commune, self.mode = None, (), ""
        self.starts = [line.start for line in found]
        tabled.sort()
        for line in found:
            index = bisect_right(tabled, line.start, key=lambda span: span[0])
            if index and line.start < tabled[index - 1][1]:
                continue
            titled = (
                (self.profile.of_citizens or VOTERS.match(line.text))
                and line.rank == 9
                and len(line.text.split()) <= 8
            )
            titled = titled and not line.text.endswith((".", ":", ";", "!", "”"))
            if line.start >= 2 and self.low.startswith("v/v", line.start - 2):
                continue
            if (line.is_heading or titled) and not (
                REQUEST.search(line.text.lower())
                and line.text.rstrip("*_ ").endswith(":")
            ):
                self._heading(line)
            else:
                self._line(line)

    def _heading(self, line: Line) -> None:
        """Take from a heading what follows, who says it and to whom."""
        low = line.text.lower()
        self.points.append(line.start)
        rank = line.rank
        if rank == 9:
            rank = 1 if line.text.isupper() else 3
        self._leave(rank, line.start)
        self._head(line)
        mode = self._mode(low)
        if mode:
            self.mode, self.mode_rank = mode, rank
        named = self.offices.within(line.start, line.end + 1)
        to = self.chain(line.start, line.end) if named else ()
        voice = (
            next((v for n in reversed(named) if (v := self.compose(n))), None)
            if named
            else None
        )
        if voice and voice.level is Level.AGENCY and voice != self.profile.author:
            self.heading_agency = voice
        towards = HEAD_TO.search(low)
        if towards and not to:
            to = self.chain(line.start + towards.end(), line.end)
            if to and self.mode == "ask":
                self.ask(line.start, to, rank)
                return
        sent = re.match(r"(?:đối )?với |(?:kính )?gửi:? |về phía |cho ", low)
        asks = self.mode in ("ask", "bind") or sent
        if to and asks and not mode and (sent or self._is_asked(voice)):
            self.ask(line.start, to, rank)
        elif voice and not (len(named) > 2 and not mode) and rank <= 4:
            if self._may_speak(voice) and line.start > 0:
                self.section = (rank, voice)
                self.speak(line.start, voice)
        elif mode == "reply" and self.profile.home:
            home = self.profile.home
            self.section = (rank, Voice(home, Level.COMMUNE, (home,)))

    def _head(self, line: Line) -> None:
        """Take the communes that a numbered heading names for all that stands below."""
        last = sentences(self.text, line.start, line.end)[-1:]
        named = self.communes.within(*last[0]) if last else []
        is_loud = line.text.isupper() and line.start > TITLES
        if named and (line.rank < 5 or is_loud):
            self.heads.append((1 if is_loud else line.rank, tuple(named)))
            self.headed.append((line.start, tuple(named)))

    @staticmethod
    def _mode(low: str) -> str:
        """Return what a heading announces: asks, orders, answers or reports."""
        if REPLY.search(low):
            return "reply"
        if BINDS.search(low):
            return "bind"
        if ASKS.search(low):
            return "ask"
        if re.search(
            r"khó khăn|vướng mắc|kết quả|tồn tại|hạn chế|thảo luận|phát biểu|ý kiến|tình hình",
            low,
        ):
            return "other"
        return ""

    def _leave(self, rank: int, place: int) -> None:
        """Forget what deeper headings said."""
        if self.heads and self.heads[-1][0] >= rank:
            while self.heads and self.heads[-1][0] >= rank:
                self.heads.pop()
            self.headed.append((place, self.heads[-1][1] if self.heads else ()))
        if rank <= self.mode_rank < 9:
            self.mode, self.mode_rank = "", 9
        if self.asking and self.asking[-1][0] >= rank:
            while self.asking and self.asking[-1][0] >= rank:
                self.asking.pop()
            self.asked.append((place, self.asking[-1][1] if self.asking else ()))
        if self.section and rank <= self.section[0]:
            self.section = None

    def _line(self, line: Line) -> None:
        """Read a line: its label, its sentences, and what it leaves for the next ones."""
        low = self.low
        self._leave(line.rank if line.rank < 5 else 6, line.start)
        if line.rank < 5:
            self.points.append(line.start)
            self.numbered.add(line.start)
        base = self._bracketed(line) or self.base()
        if base is not None and (line.rank < 9 or self.section or base != self.voice):
            self.speak(line.start, base)
        if (
            ARROW.match(self.text, line.start)
            and self.profile.of_citizens
            and self.profile.home
        ):
            home = self.profile.home
            near = self.offices.within(line.start, min(line.start + 50, line.end))[:1]
            voice = (
                self.compose(near[0])
                if near and near[0].start < line.start + 5
                else None
            )
            voice = voice if voice and voice.level is Level.COMMUNE else None
            self.speak(line.start, voice or Voice(home, Level.COMMUNE, (home,)))
        self._responsible(line)
        before = len(self.changes)
        for start, end in sentences(self.text, line.start, line.end):
            for piece in range(start, end, LONGEST):
                self._sentence(piece, min(end, piece + LONGEST), line)
        end = line.start + len(low[line.start : line.end].rstrip(" *_"))
        if not low.startswith(":", end - 1) or line.end - line.start < 8:
            return
        self._head(line)
        rank = 1 if line.rank == 9 else min(line.rank, 4)
        content = low[line.start : end]
        mode = self._mode(content)
        requests = list(REQUEST.finditer(low, line.start, line.end))
        request = requests[-1] if requests else None
        if mode or request:
            leads = self.voice and self.voice.level >= Level.AGENCY
            self.mode, self.mode_rank = mode or ("bind" if leads else "ask"), rank
            if self.mode == "ask" and leads and self.voice == self.profile.concluded_by:
                self.mode = "bind"
        if request:
            asked = (self.chain(one.end(), line.end) for one in reversed(requests))
            to = next((names for names in asked if names), ())
            if to:
                self.ask(line.end, to, rank)
        if (
            len(self.changes) > before
            and self.voice
            and not (
                self.profile.of_citizens
                and self.voice.level is Level.COMMUNE
                and not request
            )
        ):
            self.section = (rank, self.voice)

    def _read_tables(self) -> list[tuple[int, int]]:
        """Read the rows whose cells stand between bars or one a line."""
        taken = []
        raws = self.low.split("\n")
        starts = [0]
        for raw in raws:
            starts.append(starts[-1] + len(raw) + 1)
        columns: list[str] = []
        self.rows_of = None
        for index, raw in enumerate(raws):
            if raw.count("|") < 2:
                if columns and raw.strip() and "who" not in columns:
                    self.rows_of = self._voters_of(starts[index], starts[index + 1])
                continue
            cells = raw.split("|")
            named = [_column(cell) for cell in cells]
            if not columns:
                if len(set(named) - {""}) >= 2 and "ask" in named:
                    columns = _with_agency(named)
                    taken.append((starts[index], starts[index + 1]))
                continue
            taken.append((starts[index], starts[index + 1]))
            if len(cells) != len(columns):
                continue
            spans: dict[str, tuple[int, int]] = {}
            at = starts[index]
            for column, cell in zip(columns, cells, strict=True):
                spans.setdefault(column, (at, at + len(cell)))
                at += len(cell) + 1
            self._row(spans, starts[index], starts[index + 1])
        return taken or self._upright(raws, starts)

    def _upright(self, raws: list[str], starts: list[int]) -> list[tuple[int, int]]:
        """Read rows copied out of a table, one cell a line, after its heads."""
        for index in range(len(raws) - 5):
            if not NUMBERED.fullmatch(raws[index]):
                continue
            for width in (5, 4, 3):
                named = [_column(raw) for raw in raws[index : index + width]]
                if named[0] == "number" and "ask" in named and "" not in named:
                    return self._upright_rows(raws, starts, index, named)
        return []

    def _upright_rows(
        self, raws: list[str], starts: list[int], head: int, columns: list[str]
    ) -> list[tuple[int, int]]:
        index = head + len(columns)
        while index + len(columns) <= len(raws):
            if not re.fullmatch(r"\s*\d{1,3}[.)]?\s*", raws[index]):
                index += 1
                continue
            spans = {
                c: (starts[index + n], starts[index + n + 1])
                for n, c in enumerate(columns)
            }
            self._row(spans, starts[index], starts[index + len(columns)])
            index += len(columns)
        return [(starts[head], len(self.low))]

    def _row(self, spans: dict[str, tuple[int, int]], start: int, end: int) -> None:
        """Read the cells of one row: who asks whom, and who answers."""
        who = self._cell(spans.get("who"))
        agency = self._cell(spans.get("agency"))
        if agency is None and "agency" in spans:
            said = self.text[slice(*spans["agency"])].strip()
            agency = Voice(said, Level.AGENCY) if len(said) > 3 else None
        self.mode = "ask"
        ask = spans.get("ask", (start, end))
        who = who or self.rows_of
        if who:
            self.speak(start, who)
        elif self.base():
            self.speak(start, self.base())
        about = who.communes if who else tuple(self.communes.within(start, end))
        told = self._told(spans["answer"]) if "answer" in spans else None
        insort(
            self.rows, Row(start, end, agency or told, about), key=lambda row: row.start
        )
        for s, e in sentences(self.text, *ask):
            self._sentence(s, e, Line(ask[0], ask[1], 9, self.text[slice(*ask)]))
        self.mode = ""
        if "answer" in spans:
            at, stop = spans["answer"]
            self.mode = "reply"
            answerer = (
                agency or self._cell((at, min(stop, at + 60))) or self._answerer(at)
            )
            if answerer:
                self.speak(at, answerer)
            self._answers_in(at, stop)
            self.mode = ""

    def _answers_in(self, start: int, end: int) -> None:
        """Let each body answer that a cell names before a colon: "Sở A: ... Sở B: ..."."""
        for begin, stop in sentences(self.text, start, end):
            for named in self.offices.within(begin, stop)[:1]:
                opens = not self.low[begin : named.start].strip()
                is_label = self.low.startswith(":", named.end)
                if opens and is_label and named.level >= Level.AGENCY:
                    self.speak(named.start, self.compose(named))

    def _voters_of(self, start: int, end: int) -> Voice | None:
        """Return whose asks follow a line between the rows of a table."""
        named = tuple(self.communes.within(start, end))
        who = "cử tri" if self.profile.of_voters else ""
        level = Level.CITIZEN if who else Level.COMMUNE
        return self._together(named, who, level) if named else None

    def _told(self, span: tuple[int, int]) -> Voice | None:
        """Return the body with which an answer begins: who was asked."""
        start = span[0]
        while start < span[1] and self.text[start].isspace():
            start += 1
        found = self.offices.within(start, span[1])[:1]
        if not found or found[0].start > start or found[0].level < Level.AGENCY:
            return None
        return self.compose(found[0])

    def _cell(self, span: tuple[int, int] | None) -> Voice | None:
        if span is None:
            return None
        found = self.offices.within(*span)
        return next((v for n in found if (v := self.compose(n))), None)


def _with_agency(columns: list[str]) -> list[str]:
    """Return the columns of a table: of two that say who, the last says who answers."""
    if "agency" in columns or columns.count("who") < 2:
        return columns
    last = len(columns) - 1 - columns[::-1].index("who")
    return [*columns[:last], "agency", *columns[last + 1 :]]


def _column(cell: str) -> str:
    """Return what a column holds, by the words of its head."""
    cell = cell.strip()
    if not cell or len(cell) > 60:
        return ""
    return next((name for name, words in COLUMNS if words.search(cell)), "")
