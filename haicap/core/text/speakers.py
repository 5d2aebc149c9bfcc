"""Says who speaks and who is addressed at a place of a text."""

from __future__ import annotations

import re
from bisect import bisect_left

from haicap.core.text.bodies import FIXED, TABLE, Body, Level, Voice, fixed
from haicap.core.text.gazetteer import Gazetteer
from haicap.core.text.plain import Plain


ROLES = re.compile(r"^(?:phó )?(?:bí thư|chủ tịch)")
COLLECTIVE = "các xã"
MOST_NAMED = 4
NO_SPEAKER = {"tỉnh", "Trung ương", "Nhà nước", "các bộ", "Quốc hội"}
PEOPLE = re.compile(
    r"(cử tri|người dân|nhân dân|bà con|hộ dân|phụ huynh|doanh nghiệp|công nhân)"
    r"(?: tại| ở| trên địa bàn| các| khu vực| của)*\s*(?:các |hai )?$"
)
PERSON = re.compile(r"(?<!\w)(?:ông|bà|chị|anh) (?:[a-zđ]\.|[a-zđ]{1,3}\.)")
CROWD = re.compile(
    r"(?<!\w)(tổ trưởng tổ|trưởng ban công tác mặt trận|phụ huynh|cán bộ hưu trí|công nhân|đại biểu|người dân|cử tri|doanh nghiệp)(?!\w)"
)
CROWD_NAME = {
    "tổ trưởng tổ": "tổ dân phố",
    "trưởng ban công tác mặt trận": "tổ dân phố",
    "công nhân": "người lao động",
    "đại biểu": "đại biểu HĐND tỉnh",
}
LIST_GAP = re.compile(
    r"[\s,;]*(?:và|cùng|hai|các|xã|phường|UBND)?[\s,;]*(?:xã|phường)?\s*$"
)
BEFORE_NAME = re.compile(
    r"(?:ubnd|đảng ủy|hđnd|thường trực|ban thường vụ|ủy ban nhân dân|lãnh đạo|chính quyền)"
    r"(?:,? (?:đảng ủy|hđnd|ubnd|và|ban thường vụ))* (?=(?:các |hai |ba )?(?:xã|phường))"
)
ITSELF = re.compile(
    r"(?:(?:thường trực |ban thường vụ )?(?:ubnd|đảng ủy|hđnd|lãnh đạo|chính quyền) )?"
    r"(?:xã|phường)(?!\w)|(?:ban thường vụ |thường trực )?đảng ủy(?!\w)"
)
SHORT = re.compile(r"(bộ|sở)(?= [a-zà-ỹ])")
FILLER = re.compile(
    r"(?:[\s,]|với|cho|đồng chí|lãnh đạo|thường trực đảng ủy, hđnd|tập thể|cả)*"
)
HERE = re.compile(
    r"((?:phó )?(?:bí thư|chủ tịch))(?: thường trực)? (đảng ủy|ubnd|hđnd)(?: xã| phường)?(?!\w)"
)
FRONT_HERE = re.compile(
    r"(?:mttq|mặt trận tổ quốc)(?: việt nam)? (?:xã|phường)(?!\w)|^mặt trận(?: xã| phường)?$"
)
VISITORS = re.compile(r"trưởng đoàn|đoàn giám sát|đoàn công tác")
PART = re.compile(
    r"(?:(thôn|xóm|tổ dân phố|tổ trưởng tổ)|(?:đồng chí )?(?:phòng|trường|trạm y tế|văn phòng|ban"
    r"|trưởng ban|mặt trận|công an|trung tâm pvhcc|trung tâm phục vụ))(?!\w)[^,;:]{0,40}$"
)
LONG_FORMS = {"vh-xh": "Văn hóa - Xã hội", "pvhcc": "Phục vụ hành chính công"}
LONG = re.compile("|".join(LONG_FORMS), re.IGNORECASE)
NEXT = re.compile(r"\s*(?:,|và|;)\s*(?:với |cho )?")


class Names:
    """Every body and commune that a text names, by place."""

    def __init__(self, plain: Plain, gazetteer: Gazetteer) -> None:
        self.plain = plain
        self.home: str | None = None  # the commune whose document this is
        self.bodies = fixed(plain.low, 0, len(plain.low))
        self.mentions: list[Body] = []
        for mention in gazetteer.mentions(plain):
            if len(mention.codes) == 1 and gazetteer.is_ours(mention.codes[0]):
                name = gazetteer.name(mention.codes[0])
                place = (mention.start, mention.end)
                self.mentions.append(Body(name, Level.COMMUNE, *place))
        self._body_starts = [body.start for body in self.bodies]
        self._mention_starts = [mention.start for mention in self.mentions]

    def bodies_in(self, start: int, end: int) -> list[Body]:
        """Return the fixed bodies named between two places."""
        first = bisect_left(self._body_starts, start)
        last = bisect_left(self._body_starts, end)
        return [b for b in self.bodies[first:last] if b.end <= end]

    def communes_in(self, start: int, end: int) -> list[Body]:
        """Return the communes of the province named between two places."""
        first = bisect_left(self._mention_starts, start)
        last = bisect_left(self._mention_starts, end)
        return [m for m in self.mentions[first:last] if m.end <= end]

    def voice(self, start: int, end: int) -> Voice | None:
        """Return the last body, communes or people named between two places."""
        bodies = self.bodies_in(start, end)
        roles = [
            b for b in bodies if ROLES.match(b.name.lower()) and not self._listens(b)
        ]
        if roles:
            return Voice(roles[-1].name, roles[-1].level)
        if self.home and (role := HERE.search(self.plain.low, start, end)):
            office = "Đảng ủy" if role.group(2) == "đảng ủy" else role.group(2).upper()
            name = f"{role.group(1).capitalize()} {office} {self.home}"
            return Voice(name, Level.COMMUNE, (self.home,))
        if self.home and FRONT_HERE.search(self.plain.low, start, end):
            name = f"Mặt trận Tổ quốc {self.home}"
            return Voice(name, Level.COMMUNE, (self.home,))
        communes = self._last_run(self.communes_in(start, end))
        bodies = [
            b
            for b in bodies
            if b.level is not Level.CITIZEN and b.name not in NO_SPEAKER
        ]
        if communes and (not bodies or bodies[-1].start < communes[-1].start):
            return self._of_communes(communes, start)
        if bodies:
            return Voice(bodies[-1].name, bodies[-1].level)
        crowd = CROWD.search(self.plain.low, start, end)
        if crowd:
            said = crowd.group(1)
            return Voice(CROWD_NAME.get(said, said), Level.CITIZEN)
        if VISITORS.search(self.plain.low, start, end):
            tall = [b for b in self.bodies_in(0, 700) if b.level >= Level.AGENCY]
            return Voice(tall[0].name, tall[0].level) if tall else None
        return None

    def _listens(self, body: Body) -> bool:
        """Return whether somebody speaks before this body, not the body itself."""
        low = self.plain.low[max(0, body.start - 14) : body.start]
        return low.endswith(("trước ", "trước đồng chí ", "với ", "gửi "))

    def label(self, start: int, end: int) -> Voice | None:
        """Return the part of a commune that a label names: a village, a division."""
        match = PART.match(self.plain.low, start, end)
        if not match or self.home is None:
            return None
        name = LONG.sub(
            lambda m: LONG_FORMS[m.group().lower()], self.plain.text[start:end]
        )
        if match.group(1):
            return Voice(name, Level.VILLAGE, (self.home,))
        name = name.removesuffix(" xã").removesuffix(" phường")
        return Voice(f"{name} {self.home}", Level.COMMUNE, (self.home,))

    def _last_run(self, communes: list[Body]) -> list[Body]:
        """Return the last communes that stand side by side."""
        run = communes[-1:]
        for body in reversed(communes[:-1]):
            gap = self.plain.text[body.end : run[0].start]
            if len(gap) > 24 or not LIST_GAP.match(gap):
                break
            run.insert(0, body)
        return run

    def _of_communes(self, run: list[Body], start: int) -> Voice:
        """Return the voice of communes, of their voters or of their people."""
        names = tuple(dict.fromkeys(body.name for body in run))
        before = self.plain.low[max(start, run[0].start - 45) : run[0].start]
        who = PEOPLE.search(before)
        person = PERSON.search(self.plain.low, start, run[0].start)
        said = who.group(1) if who else "người dân" if person else ""
        said = "người dân" if said in ("nhân dân", "bà con", "hộ dân") else said
        level = Level.CITIZEN if said else Level.COMMUNE
        if said in ("phụ huynh", "công nhân"):
            return Voice(CROWD_NAME.get(said, said), level, names)
        if len(names) > MOST_NAMED:
            return Voice(f"{said} {COLLECTIVE}".strip(), level, names)
        return Voice("; ".join(f"{said} {n}".strip() for n in names), level, names)

    def addressees(
        self, start: int, end: int, *, home: str | None
    ) -> tuple[list[Body], int]:
        """Return the bodies named one after the other from `start`, and where they end."""
        low = self.plain.low
        found: list[Body] = []
        place = FILLER.match(low, start, end).end()  # type: ignore[union-attr]
        while place < end:
            body = self._body_at(place, end, home)
            if body is None:
                break
            found.append(body)
            more = NEXT.match(low, body.end, end)
            if not more:
                break
            place = more.end()
        return found, found[-1].end if found else start

    def _body_at(self, place: int, end: int, home: str | None) -> Body | None:
        """Return the body whose name begins at a place."""
        low = self.plain.low
        begin = place
        if match := BEFORE_NAME.match(low, place, end):
            place = match.end()
        index = bisect_left(self._mention_starts, place)
        for mention in self.mentions[index : index + 1]:
            if mention.start - place <= 4 and mention.end <= end:
                return Body(mention.name, mention.level, begin, mention.end)
        if match := FIXED.match(low, place, end):
            name, level = TABLE[match.group()]
            return Body(name, level, begin, match.end())
        if home and (match := ITSELF.match(low, begin, end)):
            return Body(home, Level.COMMUNE, begin, match.end())
        if match := SHORT.match(low, begin, end):
            said = match.group(1).capitalize() + " "
            earlier = [b for b in self.bodies_in(0, begin) if b.name.startswith(said)]
            if earlier:
                return Body(earlier[-1].name, earlier[-1].level, begin, match.end())
        return None
