"""Finds everybody whom a text names: bodies, communes, parts, people."""

from __future__ import annotations

import re
from bisect import bisect_left

from haicap.core.text.bodies import Level
from haicap.core.text.crowds import Crowds
from haicap.core.text.glossary import SHORT_BODY
from haicap.core.text.named import Communes, Named
from haicap.core.text.office_words import (
    CHAIRS,
    GENERICS,
    GOV,
    GUILDS,
    HEADS,
    JOINT,
    LEADS,
    MANY,
    NOT_BEFORE,
    PEOPLE,
    PERSON,
    POST_HERE,
    SPLIT,
    TEAM,
    VILLAGE,
    VILLAGES,
    WHOLES,
)


HEADED = ("trưởng ", "chánh ")


class Offices(Crowds):
    """Everybody who is named in a text, in order, none overlapping."""

    def __init__(self, communes: Communes) -> None:
        super().__init__(communes)
        self.all: list[Named] = []
        self._scan()
        self._join()
        self.starts = [named.start for named in self.all]

    def within(self, start: int, end: int) -> list[Named]:
        """Return who is named between two places."""
        first, last = bisect_left(self.starts, start), bisect_left(self.starts, end)
        return [n for n in self.all[first:last] if n.end <= end]

    def _scan(self) -> None:
        place = 0
        while match := HEADS.search(self.low, place):
            found = self._at(match.start(), match.group())
            if found is None:
                run = self._run(match.start(), 0)
                place = (
                    run[-1][1]
                    if run and match.group() in ("xã", "phường")
                    else match.end()
                )
                continue
            self.all.append(found)
            place = max(found.end, match.end())
        self._add_bare()

    def _add_bare(self) -> None:
        """Add the communes that no scan met: those named without "xã"."""
        taken = [(n.start, n.end) for n in self.all]
        starts = [s for s, _e in taken]
        for run in self.communes.runs:
            index = bisect_left(starts, run[0][1])
            near = taken[max(0, index - 1) : index + 1]
            if not any(s < run[-1][1] and run[0][0] < e for s, e in near):
                self.all.append(self._of_run(run, run[0][0]))
        self.all.sort(key=lambda n: n.start)

    def _join(self) -> None:
        """Make one of communes that stand side by side: "UBND xã A và UBND xã B"."""
        joined: list[Named] = []
        for named in self.all:
            last = joined[-1] if joined else None
            if (
                last
                and last.sort == named.sort == "commune"
                and "part" not in (last.role, named.role)
                and JOINT.fullmatch(self.low, last.end, named.start)
            ):
                both = tuple(dict.fromkeys((*last.communes, *named.communes)))
                joined[-1] = Named(
                    last.start,
                    named.end,
                    "; ".join(both),
                    last.level,
                    "commune",
                    both,
                    last.role,
                )
            else:
                joined.append(named)
        self.all = joined

    def _is_headed(self, start: int, head: str) -> bool:
        """Return whether "Trưởng phòng Kinh tế" names the body by its head."""
        after = start + len(head) + 1
        return (
            self.low.endswith(HEADED, 0, start)
            and self.text[after : after + 1].isupper()
        )

    def _at(self, start: int, head: str) -> Named | None:
        """Return who is named from a place on."""
        low = self.low
        if (
            head == "ban"
            and low.startswith("giao ", start - 5)
            and (
                self.text[start].islower() or self.text[start - 5 : start + 3].isupper()
            )
        ):
            return None
        if head in SPLIT and NOT_BEFORE.search(low, max(0, start - 6), start):
            return None
        if match := GOV.match(low, start):
            return self._office(match)
        if match := POST_HERE.match(low, start):
            return self._post(match)
        if head in PEOPLE:
            return self._people(start, head)
        if match := LEADS.match(low, start):
            run = self._run(match.end(), 10)
            if run:
                return self._of_run(run, start, match.group().strip())
            start = match.end()
            head = "các"
        if match := PERSON.match(self.text, start):
            return self._person(match)
        if match := VILLAGE.match(self.text, start):
            run = self._run(start, 0)
            return self._of_run(run, start) if run else self._village(match)
        if head in ("sở", "bộ"):
            return self._department(start, head)
        if head in SHORT_BODY:
            return self._generic(start, head, SHORT_BODY[head])
        if head in WHOLES:
            return self._whole(start, head)
        if head in CHAIRS and (self.text[start].isupper() or "đoàn" in head):
            return Named(start, start + len(head), head, Level.PROVINCE, "chair")
        if match := TEAM.match(low, start):
            name = match.group()
            return Named(
                start, match.end(), name[0].upper() + name[1:], Level.AGENCY, "body"
            )
        if head == "ca" and re.match(
            r"ca (?:xã|phường)(?!\w)", low[start : start + 10]
        ):
            return self._generic(start, head, "Công an")
        if head == "ca":
            return None
        if head in GENERICS and (
            self.text[start].isupper()
            or head in (*GUILDS, "công an")
            or self._is_headed(start, head)
        ):
            return self._generic(
                start,
                head,
                "Ủy ban Kiểm tra" if head == "ubkt" else head[0].upper() + head[1:],
            )
        if match := VILLAGES.match(low, start):
            name = "các tổ dân phố" if match.group() == "các tổ" else match.group()
            return Named(start, match.end(), name, Level.VILLAGE, "many")
        if match := MANY.match(low, start):
            return self._many(match)
        return None
