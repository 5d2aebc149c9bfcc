"""Finds who is named in a text: communes of any province, bodies, parts, people."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from haicap.core.text.bodies import Level
from haicap.core.text.gazetteer import (
    KINDS,
    PREFIX_OF,
    Gazetteer,
    Place,
    bare_name,
)
from haicap.core.text.plain import Plain


HEAD = 1600  # characters that can hold a head
LONGEST = 6  # words in the longest name
PREFIX = re.compile(
    r"(?<!\w)(?:(xã|phường|đặc khu|thị trấn)(?!\w)(?! hội)|([xp]\.)(?=\s?\w)"
    r"|điểm cầu(?! xã| phường| các| chính| tỉnh| còn))"
    r"(?:[^.;:\n“”]{0,40}? gồm(?: có)?)?:?[ \t\n]*"
)
NEXT = re.compile(
    r"\s*(?:,|;|\+|-|–|/|và|với|cùng)\s*(?:với\s+)?(?:các\s+|hai\s+|ba\s+)?"
    r"(?:(xã|phường|thị trấn|đặc khu)(?!\w)\s+)?"
)
PARTS_OF_WORDS = "_’'-"
CAPITAL = re.compile(r"[^\W\d_][\w’'-]*|\d{1,2}(?!\w|[.,/]\d)")
# A name after one of these is a road, a river, a district, not the commune.
NOT_PLACE = re.compile(
    r"(?:đa khoa|trung tâm y tế|đường|phố|sông|suối|kênh|cống|cầu|chợ|hồ|đê|đập|đèo|núi|đồi|rừng|bãi|bến|cảng|làng"
    r"|thôn|bản|xóm|ấp|buôn|tổ|khu|cụm|vùng|vực|huyện|tỉnh|thị xã|thành phố|quận|trường|thcs"
    r"|thpt|viện|điện lực|lộ|tuyến|đền|chùa|đình|máy|mỏ|trạm|bơm|công ty|doanh nghiệp|hợp tác xã"
    r"|htx|vịnh|đảo|ga|phà|ngã ba|ngã tư|nước|đồng|thác|vườn|quỹ|ngân hàng|thủy điện|nghiệp"
    r"|tràn|đình|đồn|cửa|đội|mương|hữu|tả|tượng|giống|hiệu|cá|chè|gạo|di tích|lễ hội|nhà|khối)\s*$"
)
OLD = re.compile(r"\s*\(?(?:cũ|trước đây|trước kia)(?!\w)")
PROVINCE_SAID = re.compile(r"(?:tỉnh(?: ủy)?|thành ủy|thành phố|tp\.?)\s+")


@dataclass(frozen=True, slots=True)
class Named:
    """
    Somebody named at one place of a text.

    `sort` is "commune" (one or several, side by side), "body", "part" (of a commune
    that is not said: "Phòng Kinh tế"), "here" ("UBND xã", "Bí thư Đảng ủy"), "crowd"
    ("cử tri", "người dân"), "village" or "many" ("các xã", "cả hai phường").
    """

    start: int
    end: int
    name: str
    level: Level
    sort: str
    communes: tuple[str, ...] = ()
    role: str = ""  # "Phó Chủ tịch UBND"

    @property
    def count(self) -> int:
        """How many are meant by "năm xã", or 0."""
        digits = "".join(filter(str.isdigit, self.role))
        return int(digits) if digits else 0


class Communes:
    """The communes that a text names, in runs of those that stand side by side."""

    def __init__(self, plain: Plain, gazetteer: Gazetteer) -> None:
        self.plain = plain
        self.gazetteer = gazetteer
        self._seen: dict[tuple[int, str], tuple[int, tuple[Place, ...]] | None] = {}
        said = self._said()
        self.province = self._province(said)
        self.ours = any(p.province == self.province for p in gazetteer.own)
        self.runs: list[list[tuple[int, int, str]]] = []
        for run in said:
            named = [
                (start, end, name)
                for start, end, kind, places in run
                if (name := self._name(start, end, kind, places))
            ]
            if named:
                self.runs.append(named)
        self._add_title()
        self._add_bare()
        self.places = [place for run in self.runs for place in run]
        self._starts = [start for start, _end, _name in self.places]

    def within(self, start: int, end: int) -> list[str]:
        """Return the names of the communes between two places, each once."""
        first = bisect_left(self._starts, start)
        last = bisect_left(self._starts, end)
        found = (name for _s, stop, name in self.places[first:last] if stop <= end)
        return list(dict.fromkeys(found))

    def _said(self) -> list[list[tuple[int, int, str, tuple[Place, ...]]]]:
        """Return the runs of names that stand after "xã", "phường", "đặc khu"."""
        low = self.plain.low
        runs = []
        place = 0
        while match := PREFIX.search(low, place):
            place = match.end()
            said = match.group(1) or match.group(2)
            kind = PREFIX_OF[said] if said else ""
            run: list[tuple[int, int, str, tuple[Place, ...]]] = []
            at, begin = place, match.start()
            while (found := self._longest(at, kind)) is not None:
                end, places = found
                run.append((begin, end, kind, places))
                place = end
                more = NEXT.match(low, end)
                if not more:
                    break
                if more.group(1):
                    kind = PREFIX_OF[more.group(1)]
                at = more.end()
                begin = more.start(1) if more.group(1) else at
            if run:
                runs.append(run)
        return runs

    def _longest(self, place: int, kind: str) -> tuple[int, tuple[Place, ...]] | None:
        """Return where the longest known name at a place ends, and what bears it."""
        text, low = self.plain.text, self.plain.low
        ends: list[int] = []
        at = place
        while len(ends) < LONGEST and (word := CAPITAL.match(text, at)):
            if not word.group()[0].isupper() and not (ends and word.group().isdigit()):
                break
            ends.append(word.end())
            at = word.end()
            while at < len(text) and text[at] in " \n\t":
                at += 1
            if text.startswith("- ", at):  # "Xuân Hương - Đà Lạt"
                at += 2
            if at == word.end():
                break
        for end in reversed(ends):
            name = " ".join(low[place:end].replace("’", "'").split())
            if found := self.gazetteer.called(name):
                same = tuple(p for p in found if p.kind == kind or not kind)
                return end, same or found
        for end in reversed(ends) if kind else ():
            known = self.gazetteer.exactly(f"{KINDS[kind][0]} {low[place:end]}")
            if known:
                return end, tuple(
                    p for p in self.gazetteer.own if p.code in known.codes
                )
        return None

    def _province(
        self, runs: list[list[tuple[int, int, str, tuple[Place, ...]]]]
    ) -> str:
        """Return the province where most names of the text lie, its head before all."""
        votes: Counter[str] = Counter()
        for run in runs:
            for _start, _end, kind, places in run:
                provinces = {p.province for p in places if p.kind == kind or not kind}
                for province in provinces:
                    votes[province] += 12 // len(provinces)
        low = self.plain.low[:HEAD]
        for match in PROVINCE_SAID.finditer(low):
            for province in self.gazetteer.provinces:
                if low.startswith(province.lower(), match.end()):
                    votes[province] += 30
        return max(votes, key=lambda p: (votes[p], p)) if votes else ""

    def _name(
        self, start: int, end: int, kind: str, places: tuple[Place, ...]
    ) -> str | None:
        """Return the name of today's commune that is meant; the province decides."""
        if not places or (OLD.match(self.plain.low, end) and not self.ours):
            return None
        here = [p for p in places if p.province == self.province]
        same = [p for p in here if p.kind == kind or not kind]
        if self.ours and not same:
            said = f"{KINDS[kind][0]} " + bare_name(self.plain.text[start:end])
            known = self.gazetteer.exactly(said)
            if known and len(known.codes) == 1:
                return self.gazetteer.name(known.codes[0])
            if known:
                return None
        if not kind and not here:
            return None
        chosen = same or here or [p for p in places if p.kind == kind]
        if not chosen or (not here and kind == "thi tran"):
            return None
        return self.gazetteer.name(chosen[0].code)

    def _add_title(self) -> None:
        """Add a commune that the title of a story names, and the story again."""
        begin = len(self.plain.text) - len(self.plain.text.lstrip())
        stop = self.plain.text.find("\n", begin)
        title = self.plain.text[begin : stop if stop >= 0 else begin]
        if len(title) > 200 or title.isupper():
            return
        for match in CAPITAL.finditer(title):
            found = self._longest(begin + match.start(), "")
            if not found or " " not in title[match.start() : found[0] - begin]:
                continue
            start, (end, places) = begin + match.start(), found
            here = [p for p in places if p.province == self.province] or places
            said = self.plain.text[start:end]
            if len({p.province for p in here}) > 1 or self.plain.text.count(said) < 3:
                continue
            if not self._is_bare(self.plain.text, self.plain.low, start, end):
                continue
            if not any(run[0][0] <= start < run[-1][1] for run in self.runs):
                self.runs.insert(0, [(start, end, self.gazetteer.name(here[0].code))])
            return

    def _add_bare(self) -> None:
        """Add the places where a commune already named is named without its prefix."""
        names: dict[str, str] = {}
        for run in self.runs:
            for _start, _end, name in run:
                names.setdefault(bare_name(name), name)
        provinces = {p.lower() for p in self.gazetteer.provinces}
        text, low = self.plain.text, self.plain.low
        # The longest name first, where several begin at one place.
        places = sorted(
            (place, -len(key), key)
            for key in names
            if key not in provinces
            for place in _places(low, key)
        )
        taken = sorted((s, e) for run in self.runs for s, e, _name in run)
        found: list[list[tuple[int, int, str]]] = []
        index, last = 0, -9
        for start, _longest, key in places:
            if start < last:
                continue
            end = start + len(key)
            while index < len(taken) and taken[index][1] <= start:
                index += 1
            if index < len(taken) and taken[index][0] < end:
                continue
            if not self._is_bare(text, low, start, end):
                continue
            place = (start, end, names[key])
            if found and NEXT.fullmatch(low, last, start):
                found[-1].append(place)
            else:
                found.append([place])
            last = end
        self.runs = sorted([*self.runs, *found], key=lambda run: run[0][0])

    @staticmethod
    def _is_bare(text: str, low: str, start: int, end: int) -> bool:
        """Return whether a name stands alone: capitals, and no part of another name."""
        words = text[start:end].split()
        if not all(word[0].isupper() or word.isdigit() for word in words):
            return False
        if (
            text[start:end].isupper()
            and len(words) > 1
            and not text[start - 1 : start].isspace()
        ):
            return False
        before = low[max(0, start - 18) : start]
        if NOT_PLACE.search(before) or OLD.match(low, end):
            return False
        previous = re.search(r"([^\W\d_]+) $", text[max(0, start - 14) : start])
        follows = re.match(r" (?:[-–] )?([^\W\d_]+)", text[end : end + 16])
        if (
            previous
            and previous.group(1)[0].isupper()
            and not _opens(text, start, previous.group(1))
        ):
            return False
        return not (follows and follows.group(1)[0].isupper())


def names_of(run: Iterable[tuple[int, int, str]]) -> tuple[str, ...]:
    """Return the communes that are named side by side, each once."""
    return tuple(dict.fromkeys(name for _start, _end, name in run))


def _places(low: str, key: str) -> Iterator[int]:
    """Yield where a whole name begins, not as a part of other words."""
    start = low.find(key)
    while start >= 0:
        end = start + len(key)
        if not (
            _goes_on(low[max(0, start - 1) : start]) or _goes_on(low[end : end + 1])
        ):
            yield start
        start = low.find(key, end)


def _goes_on(char: str) -> bool:
    """Return whether a character belongs to the word beside it."""
    return char != "" and (char.isalnum() or char in PARTS_OF_WORDS)


def _opens(text: str, start: int, word: str) -> bool:
    """Return whether the word before a place begins its sentence: "Tại Cô Tô"."""
    before = text[max(0, start - len(word) - 4) : start - len(word) - 1].rstrip(" ")
    return not before or before[-1] in ".;:!?\n“”(-–+"
