"""Names the voices of a text: the shortest name, by the rules of the guideline."""

from __future__ import annotations

import re
from bisect import bisect_right
from dataclasses import dataclass
from functools import cached_property

from haicap.core.text.bodies import Level, Voice
from haicap.core.text.named import HEAD, Communes, Named, names_of
from haicap.core.text.offices import Offices
from haicap.core.text.plain import Plain
from haicap.core.text.speech import (
    CHAIN_GAP,
    CHAIN_NEXT,
    HERE_ROLE,
    MOST_NAMED,
    SILENT,
)


@dataclass(slots=True)
class Profile:
    """What the head of a text says about all that follows."""

    author: Voice | None = None
    home: str | None = None
    chair: Voice | None = None
    concluded_by: Voice | None = None
    to: tuple[str, ...] = ()
    is_minutes: bool = False
    of_voters: bool = False
    of_citizens: bool = False
    group: tuple[str, ...] = ()
    about: tuple[str, ...] = ()  # communes in the title of a notice or of minutes


@dataclass(frozen=True, slots=True)
class Row:
    """A row of a table, or a line with a body responsible for it."""

    start: int
    end: int
    agency: Voice | None
    about: tuple[str, ...]


REACH = 1500  # characters back to the commune that "Chủ tịch UBND xã" belongs to
COUNTED = re.compile(r"(?<![\d.,])(\d{1,3}) (?:xã|phường|đơn vị|địa phương)(?!\w)")
THESE = re.compile(r" (?:này|nói trên|nêu trên|kể trên|trên đây)(?!\w)")
SEVERAL = re.compile(r"(?:các|những) (?:đồng chí |vị |ông |bà )?$")


# In a session deputies speak; in a conference with communes theirs do.
DEPUTIES = re.compile(
    r"(?:phiên|phiên họp) chất vấn[^.]{0,200}hđnd tỉnh|hđnd tỉnh[^.]{0,200}chất vấn"
)
COMMUNES_MEET = re.compile(
    r"(?:hội nghị|buổi làm việc|giao ban)[^.]{0,300}(?:các|\d+) (?:xã, phường|xã)(?!\w)"
)
MEETING = 2_500  # characters in which a report says whose meeting it tells of
SEAT = re.compile(r" (?:hđnd|hội đồng nhân dân) (tỉnh|thành phố)")
CENTRE = "Trung tâm Phục vụ hành chính công"

# "cử tri toàn tỉnh": nobody's in particular.
EVERYWHERE = re.compile(
    r"\s(?:(?:ở |tại )?(?:toàn|cả|trong|trên địa bàn) (?:tỉnh|thành phố)"
    r"|(?:ở |tại )?(?:nhiều|các|một số) (?:nơi|xã|phường|địa phương))(?!\w)"
)


class Spelling:
    """Turns who is named into voices and addressees; keeps who spoke last."""

    def __init__(self, plain: Plain, communes: Communes, offices: Offices) -> None:
        self.plain, self.text, self.low = plain, plain.text, plain.low
        self.communes, self.offices = communes, offices
        self.profile = Profile()
        self.changes: list[tuple[int, Voice | None]] = []
        self.led: set[int] = set()  # changes at which an office speaks, not its voters
        self.asked: list[tuple[int, tuple[str, ...]]] = []
        self.rows: list[Row] = []
        self.rows_of: Voice | None = None  # who asks in the rows below a line
        self.starts: list[int] = []  # of the lines
        self.voice: Voice | None = None
        self.commune: tuple[str, ...] = ()  # the last commune that spoke
        self.pair: tuple[str, ...] = ()  # the last communes that spoke together
        self.agency: Voice | None = None
        self.heading_agency: Voice | None = None  # who answers below a heading
        self.answers: list[tuple[int, Voice]] = []
        self.homes: list[
            tuple[int, tuple[str, ...]]
        ] = []  # communes that spoke, by place
        self.done = False
        self.heads: list[tuple[int, tuple[str, ...]]] = []  # by rank
        self.headed: list[tuple[int, tuple[str, ...]]] = []  # communes of the heading
        self.numbered: set[int] = set()  # those of them that are lines
        self.points: list[int] = []  # where a numbered point begins
        self.closing = False  # a leader sums up: bodies named now are told what to do
        self.section: tuple[int, Voice] | None = None
        self.mode = ""
        self.mode_rank = 9
        self.asking: list[tuple[int, tuple[str, ...]]] = []  # by rank of the heading

    def _last_commune(self, place: int) -> tuple[str, ...]:
        """Return the communes that spoke last before a place."""
        if not self.done:
            return self.commune
        index = bisect_right(self.homes, place, key=lambda home: home[0])
        return self.homes[index - 1][1] if index else ()

    def _run_before(self, place: int) -> tuple[str, ...]:
        """Return the communes that stand side by side last before a place of a line."""
        runs = self.communes.runs
        index = bisect_right(runs, place, key=lambda run: run[0][0])
        line = max(0, place - REACH, self.text.rfind("\n", 0, place))
        run = runs[index - 1] if index else ()
        return names_of(place for place in run if place[0] >= line)

    @cached_property
    def meets_few(self) -> bool:
        """Whether the head counts no more communes than it names."""
        counted = map(int, COUNTED.findall(self.low, 0, HEAD))
        return max(counted, default=0) <= len(self.profile.group)

    @cached_property
    def _delegates(self) -> Voice | None:
        """Whom "đại biểu" means: the deputies of a session, or the communes that meet."""
        if DEPUTIES.search(self.low, 0, MEETING):
            return Voice("đại biểu HĐND tỉnh", Level.CITIZEN)
        if COMMUNES_MEET.search(self.low, 0, MEETING):
            return Voice("các xã, phường", Level.COMMUNE)
        return None

    def compose(
        self, named: Named, *, formal: bool = False, leader: bool = False
    ) -> Voice | None:
        """Return somebody named as a voice: the shortest name, with the commune."""
        home = self.profile.home
        sort, level = named.sort, named.level
        own = (home,) if home else self._last_commune(named.start)
        if not home and sort == "here" and named.role:
            line = max(0, named.start - REACH, self.text.rfind("\n", 0, named.start))
            near = self.communes.within(line, named.start)
            # "Bí thư Đảng ủy xã" leads no ward.
            kind = self.low[named.start : named.end].split()[-1]
            alike = [one for one in near if one.startswith(kind)]
            own = tuple((alike or near)[-1:]) or own
        if sort == "commune":
            if named.role == "own":
                return Voice(named.name, level, named.communes)
            if named.role == "part":
                if home in named.communes:
                    name = re.sub(r"^Trung tâm (?=xã|phường)", f"{CENTRE} ", named.name)
                    return Voice(name, level, named.communes)
                return Voice("; ".join(named.communes), level, named.communes)
            if (
                home
                and named.communes == (home,)
                and not formal
                and (leader or self._inside())
            ):
                return self._leader(named, home) or Voice(home, level, (home,))
            if (
                home
                and named.communes == (home,)
                and "mặt trận" in named.role + named.name.lower()
            ):
                return Voice(f"Mặt trận Tổ quốc {home}", level, (home,))
            return self._together(named.communes, "", level)
        if sort == "here" and SEVERAL.search(
            self.low, max(0, named.start - 16), named.start
        ):
            return self._collective("các xã")
        if sort == "here":
            if not own:
                return None
            if home and (leader or self._inside()):
                return self._leader(named, home) or Voice(home, level, own)
            return self._together(own, "", Level.COMMUNE)
        if sort == "crowd":
            if named.name in (
                "phụ huynh",
                "tổ dân phố",
                "người lao động",
                "trưởng thôn",
            ):
                return Voice(named.name, level, named.communes or own)
            name = named.name
            if name == "đại biểu" and (seat := SEAT.match(self.low, named.end)):
                return Voice(f"đại biểu HĐND {seat.group(1)}", level)
            if name == "đại biểu" and self._delegates:
                return self._delegates
            if name == "người dân" and self.profile.of_voters:
                name = "cử tri"
            if EVERYWHERE.match(self.low, named.end):
                return Voice(name, level)
            if not home:
                # "Tại điểm tiếp xúc xã X, một cử tri ..."
                own = self._run_before(named.start) or own
            return self._together(named.communes or own, name, level)
        if sort == "village":
            return Voice(named.name, Level.VILLAGE, named.communes or own)
        if sort == "many":
            return self._many(named)
        if sort == "short":
            return self._short(named)
        if sort == "chair":
            return self._chair()
        if sort == "part":
            if (
                home
                and named.level <= Level.AGENCY
                and (
                    not self.profile.author
                    or self.profile.author.level <= Level.COMMUNE
                )
            ):
                name = (
                    named.name
                    if named.name.startswith("Trường")
                    else f"{CENTRE if named.name == 'Trung tâm' else named.name} {home}"
                )
                if named.name.startswith("Trường"):
                    name = (
                        f"{named.name} {home.split(' ', 1)[1]}"
                        if len(named.name.split()) < 3
                        else name
                    )
                return Voice(name, Level.COMMUNE, (home,))
            return Voice(named.name, Level.AGENCY)
        if named.name in SILENT:
            return None
        author = self.profile.author
        if author and author.name.startswith(f"{named.name} HĐND"):
            return author
        if level is Level.VILLAGE:
            return Voice(named.name, level, named.communes or own)
        return Voice(named.name, level)

    def _inside(self) -> bool:
        """Return whether the text tells of a talk inside one commune."""
        profile = self.profile
        return profile.is_minutes or profile.of_citizens or bool(profile.concluded_by)

    def _leader(self, named: Named, home: str) -> Voice | None:
        """Return a leader of the commune whose document it is, by post."""
        if "mặt trận" in named.role or named.name.startswith("Mặt trận"):
            return Voice(f"Mặt trận Tổ quốc {home}", Level.COMMUNE, (home,))
        posts = HERE_ROLE.search(named.role)
        if not posts:
            return None
        words = (
            named.role.replace(" đảng ủy", "")
            .replace(" ubnd", "")
            .replace(" hđnd", "")
            .split(",")
        )
        last = words[-1].strip()
        said = self.low[named.start : named.end]
        if "đảng ủy" in said and "bí thư" in words[0]:
            last, office = words[0].strip(), "Đảng ủy"
        else:
            office = "HĐND" if "hđnd" in said and "ubnd" not in said else "UBND"
            office = "Đảng ủy" if "bí thư" in last else office
        title = (
            last.replace("chủ tịch", "Chủ tịch")
            .replace("bí thư", "Bí thư")
            .replace("thường trực", "Thường trực")
            if last.startswith("phó")
            else last
        )
        return Voice(
            f"{title[0].upper() + title[1:]} {office} {home}", Level.COMMUNE, (home,)
        )

    def _together(self, names: tuple[str, ...], who: str, level: Level) -> Voice | None:
        """Return several as one voice; many go by their collective."""
        if not names:
            return Voice(who, level) if who else None
        if len(names) > MOST_NAMED:
            kinds = {name.split()[0] for name in names}
            said = "các phường" if kinds == {"phường"} else "các xã"
            return Voice(f"{who} {said}".strip(), level, names)
        return Voice("; ".join(f"{who} {name}".strip() for name in names), level, names)

    def _collective(self, name: str) -> Voice:
        """Return the communes of a meeting by name where they are few."""
        group = self.profile.group
        if 1 < len(group) <= MOST_NAMED and self.meets_few:
            return self._together(group, "", Level.COMMUNE) or Voice(
                name, Level.COMMUNE
            )
        if name == "các địa phương":
            kinds = {n.split()[0] for n in group}
            name = "các xã" if kinds == {"xã"} else "các xã, phường"
        return Voice(name, Level.COMMUNE, group)

    def _many(self, named: Named) -> Voice | None:
        """Return the communes that "các xã", "cả hai phường" mean."""
        if named.level is Level.VILLAGE:
            home = self.profile.home
            return Voice(named.name, Level.VILLAGE, (home,) if home else ())
        group = self.profile.group
        number = named.count
        index = bisect_right(self.communes.runs, named.start, key=lambda run: run[0][0])
        before = [
            names_of(run)
            for run in self.communes.runs[max(0, index - 3) : index]
            if len(run) > 1 and named.start - run[-1][1] < 300
        ]
        if THESE.match(self.low, named.end) and index:
            last = self.communes.runs[index - 1]
            names = names_of(last)
            return self._together(names, "", Level.COMMUNE)
        if named.role.strip() == "ubnd" and before:
            return self._together(before[-1], "", Level.COMMUNE)
        for names in (*reversed(before), self.pair, group):
            if number and len(names) == number:
                return self._together(names, "", Level.COMMUNE)
        if not number:
            return self._collective(named.name)
        return Voice(named.name, Level.COMMUNE, group)

    def _chair(self) -> Voice | None:
        """Return who leads: the chair, the author, or the first body of the head."""
        profile = self.profile
        if profile.chair or profile.author:
            return profile.chair or profile.author
        tall = [
            n
            for n in self.offices.within(0, 700)
            if n.sort == "body" and n.level >= Level.AGENCY
        ]
        title = self.text.find("\n", 10)
        tall = [n for n in tall if n.name not in SILENT and n.start > title] or tall
        return Voice(tall[0].name, tall[0].level) if tall else None

    def _short(self, named: Named) -> Voice | None:
        """Return the body that "Sở", "Chi cục", "hiệp hội" goes back to."""
        first = named.name.lower()
        author = self.profile.author
        if author and author.name.lower().startswith(first):
            return author
        for other in reversed(
            self.offices.within(max(0, named.start - 3000), named.start)
        ):
            if other.sort in ("body", "part") and other.name.lower().startswith(
                first + " "
            ):
                return self.compose(other)
        for voice in (self.voice, self.agency, self.profile.author):
            if voice and voice.name.lower().startswith(first):
                return voice
        if self.profile.home and named.level is Level.COMMUNE:
            return Voice(
                f"{named.name} {self.profile.home}", Level.COMMUNE, (self.profile.home,)
            )
        return None

    def chain(self, place: int, end: int) -> tuple[str, ...]:
        """Return the bodies that are named one after the other from a place on."""
        names: list[str] = []
        at = place
        while True:
            gap = CHAIN_GAP.match(self.low, at, end)
            found = self.offices.within(at, end + 1)[:1]
            if (
                not found
                or found[0].start > (gap.end() if gap else at)
                or found[0].end > end
            ):
                break
            if not self._can_be_asked(found[0]):
                break
            name = self.called(found[0])
            if name:
                names.extend(name)
            at = found[0].end
            bracket = re.compile(r"\s*\([^()]{0,60}\)").match(self.low, at, end)
            at = bracket.end() if bracket else at
            more = CHAIN_NEXT.match(self.low, at, end)
            if not more:
                break
            at = more.end()
        return tuple(dict.fromkeys(names))

    def _can_be_asked(self, named: Named) -> bool:
        return named.sort != "crowd" and not (
            named.sort == "village" and not self.profile.home
        )

    def called(self, named: Named) -> tuple[str, ...]:
        """Return somebody named as an addressee."""
        if named.sort == "body":
            return tuple(named.name.split("; "))
        if named.sort == "many":
            voice = self._many(named)
            if voice and not named.role[-1:].isdigit():
                if (
                    named.role.startswith("ubnd")
                    and 1 < len(voice.communes) <= MOST_NAMED + 1
                    and named.name == "các xã"
                ):
                    return voice.communes
                return (named.name,)
            if (
                voice
                and named.role.startswith("ubnd")
                and 1 < len(voice.communes) <= MOST_NAMED + 1
            ):
                return voice.communes
            return tuple(voice.name.split("; ")) if voice else (named.name,)
        voice = self.compose(named, formal=True)
        return tuple(voice.name.split("; ")) if voice else ()
