"""Reads citizens, villages and collectives."""

from __future__ import annotations

import re

from haicap.core.text.bodies import Level
from haicap.core.text.grammar import Grammar
from haicap.core.text.named import Named
from haicap.core.text.office_words import (
    CENTRE,
    ENDS,
    NOT_TOP,
    OF,
    PEOPLE,
    SAME,
    VILLAGE_NUMBER,
)


OF_VILLAGE = re.compile(
    r"(?: (?:ở|tại))? (?:thôn|làng|bản|xóm|tổ|ấp|khu|khóm|buôn) [^;.:()“”]{1,30}[,( ]+"
)


# "Cử tri thứ hai (xóm 4, xã X)"
NUMBERED = re.compile(r" thứ \w+(?: \([^()\n]{0,30}?(?=(?:xã|phường|đặc khu) ))?")


class Crowds(Grammar):
    """Reads who has no name of its own: citizens, villages, "các xã", "tỉnh"."""

    def _people(self, start: int, head: str) -> Named | None:
        """Return citizens, voters, firms, with the communes they belong to."""
        end = start + len(head)
        if numbered := NUMBERED.match(self.low, end):
            end = numbered.end()
        if head == "cán bộ" and (
            here := re.compile(r" (xã|phường|đặc khu)(?= [a-zà-ỹ])").match(
                self.text, end
            )
        ):
            return Named(start, here.end(), here.group(1), Level.COMMUNE, "here")
        gap = OF.match(self.low, end)
        run = self._run(end, 40)
        if run and gap and run[0][0] <= gap.end():
            names = tuple(dict.fromkeys(n for _s, _e, n in run))
            if head == "đại biểu":
                return self._of_run(run, start)
            return Named(start, run[-1][1], PEOPLE[head], Level.CITIZEN, "crowd", names)
        if run and OF_VILLAGE.fullmatch(self.low, end, run[0][0]):
            communes = (run[0][2],)
            return Named(
                start, run[0][1], PEOPLE[head], Level.CITIZEN, "crowd", communes
            )
        if head in ("tổ trưởng", "trưởng ban công tác mặt trận"):
            number = re.compile(r" tổ(?: dân phố)? \d+").match(self.low, end)
            end = number.end() if number else end
        return Named(start, end, PEOPLE[head], Level.CITIZEN, "crowd")

    def _person(self, match: re.Match[str]) -> Named | None:
        """Return one citizen, who stands for those of the commune named after him."""
        start, end = match.span()
        name = re.compile(
            r"(?:[A-ZĐ]\w+ )?(?:[A-ZĐ]\w{0,3}\.){1,4}[A-ZĐ]?(?!\w)|(?:[A-ZĐ]\w+ )?(?:[A-ZĐ]\.?\s?){1,4}(?!\w)|(?:[A-ZĐ]\w* ?){1,4}"
        ).match(self.text, end)
        end = name.end() if name else end
        run = self._run(end, 40)
        if run and re.fullmatch(
            r"[\s,(.]*(?:(?:nhà )?(?:ở|tại|thôn|bản|xóm|tổ|ấp|khu|buôn) [^;.:()“”]{1,30}[,( ]+)?(?:ở |tại )?",
            self.low[end : run[0][0]],
        ):
            return Named(
                start, run[0][1], "người dân", Level.CITIZEN, "crowd", (run[0][2],)
            )
        return Named(start, end, "người dân", Level.CITIZEN, "crowd")

    def _village(self, match: re.Match[str]) -> Named | None:
        """Return a village, with its commune when it is said."""
        start = match.start()
        end = match.end()
        if not (
            match.group(2)[0].isupper()
            or match.group(2)[-1:].isdigit()
            or "số" in match.group(2)
        ):
            return None
        while (
            more := re.compile(r" ([A-ZĐÂĂÊÔƠƯÁÀẢÉÍÓÚÝỶ]\w*)").match(self.text, end)
        ) and more.group(1).lower() not in ENDS:
            end = more.end()
        if number := VILLAGE_NUMBER.match(self.text, end):
            end = number.end()
        said = self.text[start:end]
        run = self._run(end, 4)
        names = (
            (run[0][2],)
            if run and self.low[end : run[0][0]].strip() in ("", "(", ",")
            else ()
        )
        return Named(
            start,
            run[0][1] if names and run else end,
            said[0].lower() + said[1:],
            Level.VILLAGE,
            "village",
            names,
        )

    def _whole(self, start: int, head: str) -> Named | None:
        """Return a body with one name: the government, the province, its departments."""
        low = self.low
        end = start + len(head)
        if head in ("tỉnh", "thành phố"):
            before = low[max(0, start - 9) : start]
            if (
                NOT_TOP.search(before)
                or self.text[end : end + 2].strip()[:1].isupper()
                and not self._skip_province(end) > end
            ):
                return None
            if low.startswith((" lộ", " ủy", " đoàn", " trực thuộc"), end):
                return None
            return Named(start, self._skip_province(end), head, Level.PROVINCE, "body")
        level = Level.CENTRE if head in CENTRE else Level.AGENCY
        return Named(start, end, SAME.get(head, head), level, "body")
