"""Names the bodies in a text by their grammar: "Sở ...", "Chi cục ...", "UBND xã ..."."""

from __future__ import annotations

import re
from bisect import bisect_left

from haicap.core.text.bodies import Level
from haicap.core.text.glossary import (
    GOES_ON,
    SHORT_BODY,
    SHORT_PART,
    SHORT_WORK,
    WORK,
)
from haicap.core.text.named import Communes, Named


def _works() -> dict[str, str]:
    """Return what departments do by every way to write it, in lower case."""
    works = {" ".join(w.split()): " ".join(w.split()) for w in WORK.split("|")}
    full = {name.lower(): name for name in works}
    loose = {name.replace(" - ", "-"): said for name, said in full.items()}
    return {**SHORT_WORK, **loose, **full}


WORKS = _works()
WORK_AT = re.compile(
    r"(" + "|".join(map(re.escape, sorted(WORKS, key=len, reverse=True))) + r")(?!\w)"
)
LETTERS = re.compile(r"[a-zđ]{1,6}(?:\s?[&,.-]\s?[a-zđ]{1,6}){1,3}(?!\w)")
TOP = r"tỉnh(?!\w)(?! ủy| lộ| đoàn)|thành phố(?!\w)|tp\.?(?!\w)"
GOVERNS = (
    r"(?:ban thường vụ|thường trực|thường vụ|ban chấp hành|tập thể|lãnh đạo|chính quyền"
    r"|cấp ủy|btv)"
)
OFFICE = (
    r"(?:đảng ủy các cơ quan đảng|đảng ủy (?:ubnd|công an|quân sự|bộ đội biên phòng)|ubnd|hđnd|ủy ban nhân dân|hội đồng nhân dân"
    r"|đảng ủy|đảng bộ|đoàn đbqh|đoàn đại biểu quốc hội"
    r"|(?:ủy ban )?(?:mttq|mặt trận tổ quốc|mặt trận)(?: việt nam)?)"
)
ROLE = (
    r"(?:phó bí thư thường trực|phó bí thư|bí thư|phó chủ tịch thường trực|phó chủ tịch"
    r"|chủ tịch|chủ nhiệm)"
)
GOV = re.compile(
    rf"(?P<role>{ROLE}(?:,? (?:kiêm )?{ROLE})*\s+)?(?P<head>(?:{GOVERNS}\s+)*)"
    rf"(?P<office>{OFFICE}|tỉnh ủy|thành ủy)"
    rf"(?:(?:,| -| và|, {ROLE}) (?P<more>{OFFICE}))*(?!\w)"
)
LEADS = re.compile(
    rf"(?:{GOVERNS}|tập thể)(?: {GOVERNS})*\s+(?=(?:các |hai |ba )?(?:xã|phường|đặc khu))"
)
POST_HERE = re.compile(r"((?:phó )?(?:chủ tịch|bí thư)) (xã|phường|đặc khu)(?!\w)")
PLACE = re.compile(rf"\s+(?:của )?(?P<top>{TOP})|\s+(?P<here>xã|phường|đặc khu)(?!\w)")
MINISTRY_ARMY = re.compile(
    r"(?:bộ chỉ huy|ban chỉ huy|bch) (?:quân sự|bộ đội biên phòng|bđbp|phòng thủ khu vực|pccc)"
)
GENERIC = """ca|ban|chi cục|cục|trung tâm|tổng công ty|công ty|văn phòng|phòng|trạm y tế
|trạm|bệnh viện|hội|hiệp hội|nghiệp đoàn|htx|câu lạc bộ|chi hội|liên đoàn|hợp tác xã|làng nghề|điện lực|kho bạc nhà nước
|bảo hiểm xã hội|thanh tra|công an|thuế|bưu điện|viện kiểm sát|tòa án|báo|đài|trường
|ngân hàng|vườn quốc gia|tỉnh đoàn|đoàn thanh niên|liên minh|hạt kiểm lâm|đồn biên phòng
|tổ công tác|tổ hợp tác|ủy ban kiểm tra|ubkt|đội|quỹ|tập đoàn|hải quan|cảng vụ|nhà máy|xí nghiệp|viễn thông"""
WHOLE = """quốc hội|chính phủ|thủ tướng chính phủ|thủ tướng|trung ương|nhà nước|tỉnh
|thành phố|cấp tỉnh|cấp trên|các cấp, các ngành|các cấp|các ngành|các sở, ban, ngành
|các sở, ngành|các sở ngành|các sở|các bộ, ngành|các bộ|các phòng|các cơ quan, đơn vị
|các đơn vị|các cơ quan báo chí|các cơ quan|các chủ đầu tư|ngành y tế|ngành giáo dục|các nhà mạng|nhà trường|ngành điện"""
MANY = re.compile(
    r"(?:tất cả |toàn bộ |cả |các đảng ủy |ubnd các |đảng ủy các |đại diện )?"
    r"(?:(?P<count>các|những|hai|ba|bốn|năm|sáu|bảy|tám|chín|mười|\d{1,3}) )?"
    r"(?P<unit>xã, phường, đặc khu|xã, phường|phường, xã|xã|phường|địa phương|đặc khu"
    r"|nơi|đơn vị cấp xã)(?!\w)"
)
COUNTS = ["hai", "ba", "bốn", "năm", "sáu", "bảy", "tám", "chín", "mười"]
PEOPLE = {
    "cử tri": "cử tri",
    "người dân": "người dân",
    "nhân dân": "người dân",
    "bà con": "người dân",
    "hộ dân": "người dân",
    "các hộ": "người dân",
    "phụ huynh": "phụ huynh",
    "doanh nghiệp": "doanh nghiệp",
    "công nhân": "người lao động",
    "người lao động": "người lao động",
    "tiểu thương": "tiểu thương",
    "ngư dân": "người dân",
    "nông dân": "người dân",
    "già làng": "người dân",
    "cán bộ": "cán bộ",
    "đại biểu": "đại biểu",
    "cán bộ hưu trí": "cán bộ hưu trí",
    "tổ trưởng": "tổ dân phố",
    "trưởng ban công tác mặt trận": "tổ dân phố",
    "trưởng thôn": "trưởng thôn",
}
OF = re.compile(
    r"(?:[ ,](?:tại|ở|trên địa bàn|của|khu vực|thuộc|các|hai|ba|đơn vị|công tác|đến từ))*\s"
)
PERSON = re.compile(
    r"(?:[ôÔ]ng|[bB]à|[aA]nh|[cC]hị|[cC]hú|[bB]ác|[cC]ô|[cC]ụ|[dD]ì|[tT]hím)"
    r" (?!Phó|Giám|Chủ|Bí|Trưởng|Chánh|Tổng|Hiệu|Trạm|Hội|Đại)"
    r"(?=[A-ZĐ][.,( ]|[A-ZĐ]\w{0,3}\.|[A-ZĐ]\w+ [A-ZĐ]\.|[A-ZĐ]\w+ [A-ZĐ]\w+ [A-ZĐ])"
)
GUILDS = ("hiệp hội", "hợp tác xã", "htx", "làng nghề", "tổ hợp tác")
# Bodies of a commune that speak for themselves, not for it.
OWN_VOICE = (
    "Trạm",
    "Trường",
    "Nghiệp đoàn",
    "Hội ",
    "Chi hội",
    "Câu lạc bộ",
    "Bệnh viện",
)
CHAIRS = ("trưởng đoàn", "chủ trì", "chủ tọa", "đoàn giám sát", "đoàn công tác")
TEAM = re.compile(r"tổ công tác(?: số \d+)?(?!\w)")
VILLAGES = re.compile(
    r"các (?:thôn|ấp|bản|xóm|buôn|khu phố|tổ dân phố|tổ)(?!\w| công| liên)"
)
VILLAGE = re.compile(
    r"([tT]hôn|[bB]ản|[xX]óm|[ấẤ]p|[bB]uôn|[kK]hu phố|[tT]ổ dân phố|[kK]hối phố|[kK]hóm)"
    r" ((?:số )?\d+[a-z]?|[^\W\d_]\w*)"
)
GROUPS = ("thôn", "tổ dân phố", "xóm", "bản", "ấp", "buôn", "khu phố", "tổ")


def _head() -> re.Pattern[str]:
    words = [" ".join(w.split()) for t in (GENERIC, WHOLE) for w in t.split("|")]
    words += list(SHORT_BODY) + list(PEOPLE)
    words += ["sở", "bộ", "ubnd", "hđnd", "bch", "bí", "phó", "chủ"]
    words += [
        "btv ban thường vụ",
        "thường trực",
        "thường vụ",
        "tập thể",
        "lãnh đạo",
        "chính quyền",
    ]
    words += [
        "cấp ủy",
        "mttq",
        "mặt trận",
        "ủy ban",
        "hội đồng nhân dân",
        "đoàn đbqh",
        "đoàn đại biểu",
    ]
    words += [
        "ông",
        "bà",
        "anh",
        "chị",
        "cô",
        "bác",
        "thôn",
        "bản",
        "xóm",
        "ấp",
        "buôn",
        "khóm",
    ]
    words += [*CHAIRS, "địa phương"]
    words += ["đảng ủy", "đảng bộ", "ủy ban nhân dân", "tỉnh ủy", "thành ủy"]
    words += ["khu phố", "tổ dân phố", "khối phố", "các thôn", "các tổ"]
    words += [
        "xã",
        "phường",
        "các",
        "cả",
        "hai",
        "ba",
        "bốn",
        "năm",
        "sáu",
        "bảy",
        "tám",
        "chín",
        "mười",
        "đặc",
    ]
    return re.compile(
        r"(?<!\w)(?:"
        + "|".join(sorted(map(re.escape, set(words)), key=len, reverse=True))
        + r")(?!\w)"
    )


HEADS = _head()
WHOLES = {" ".join(w.split()) for w in WHOLE.split("|")}
GENERICS = {" ".join(w.split()) for w in GENERIC.split("|")}
SAME = {
    "cấp tỉnh": "UBND tỉnh",
    "các sở ngành": "các sở, ngành",
    "thủ tướng": "Thủ tướng Chính phủ",
    "quốc hội": "Quốc hội",
    "chính phủ": "Chính phủ",
    "thủ tướng chính phủ": "Thủ tướng Chính phủ",
    "trung ương": "Trung ương",
    "nhà nước": "Nhà nước",
}
CENTRE = {
    "quốc hội",
    "chính phủ",
    "thủ tướng",
    "thủ tướng chính phủ",
    "trung ương",
    "nhà nước",
    "các bộ",
    "các bộ, ngành",
}
# Bodies of this sort belong to a commune when nothing else is said.
LOCAL = {
    "phòng",
    "trạm y tế",
    "trường",
    "công an",
    "ca",
    "trạm",
    "trung tâm",
    "văn phòng",
    "ban",
}
NOT_TOP = re.compile(
    r"(?:cấp|toàn|trong|của|ba|một|cả|về|ở|trên|liên|ngoại|dân|các|ngoài|từ|hai|địa bàn|vào)\s$"
)
JOINT = re.compile(r"\s*(?:,|;|và|cùng|với)\s*(?:các )?")
SPLIT = ("sở", "bộ", "ban", "phòng", "anh", "trường", "cục")  # ends of other words
NOT_BEFORE = re.compile(r"(?:trụ|cơ|hải|biên|tiếng|dự|đảng|cán) $")
OFFICES = {
    "ủy ban nhân dân": "UBND",
    "hội đồng nhân dân": "HĐND",
    "ubnd": "UBND",
    "hđnd": "HĐND",
    "đảng ủy": "Đảng ủy",
    "đảng bộ": "Đảng ủy",
    "đảng ủy ubnd": "Đảng ủy UBND",
    "đảng ủy công an": "Đảng ủy Công an",
    "đảng ủy quân sự": "Đảng ủy Quân sự",
    "đảng ủy bộ đội biên phòng": "Đảng ủy Bộ đội Biên phòng",
    "đảng ủy các cơ quan đảng": "Đảng ủy các cơ quan Đảng",
    "tỉnh ủy": "Tỉnh ủy",
    "thành ủy": "Thành ủy",
    "đoàn đbqh": "Đoàn ĐBQH",
    "đoàn đại biểu quốc hội": "Đoàn ĐBQH",
}
PART = re.compile(
    r"(?<!\w)(?:"
    + "|".join(map(re.escape, sorted(SHORT_PART, key=len, reverse=True)))
    + r")(?!\w)"
)
FULL_PART = re.compile(r"kinh tế, hạ tầng và đô thị|văn hóa - xã hội|văn hóa – xã hội")
TOKEN = re.compile(r"\s*(?:(\w[\w’&/.-]*)|([-–,&]))")
ENDS = frozenset(
    [
        "sở",
        "bộ",
        "ubnd",
        "hđnd",
        "đảng",
        "tỉnh",
        "thành",
        "xã",
        "phường",
        "đặc",
        "các",
        "chủ",
        "phó",
        "bí",
        "đoàn",
        "đbqh",
    ]
)


class Offices:
    """Everybody who is named in a text, in order, none overlapping."""

    def __init__(self, communes: Communes) -> None:
        self.plain = communes.plain
        self.text, self.low = self.plain.text, self.plain.low
        self.province = communes.province.lower()
        self.communes = communes
        self._run_starts = [run[0][0] for run in communes.runs]
        self.all: list[Named] = []
        self.known = list(dict.fromkeys(name for _s, _e, name in communes.places))
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

    def _run(self, place: int, slack: int) -> list[tuple[int, int, str]] | None:
        """Return the communes that stand side by side from a place on."""
        index = bisect_left(self._run_starts, place)
        if index < len(self._run_starts) and self._run_starts[index] <= place + slack:
            return self.communes.runs[index]
        return None

    @staticmethod
    def _of_run(run: list[tuple[int, int, str]], start: int, role: str = "") -> Named:
        names = tuple(dict.fromkeys(name for _s, _e, name in run))
        return Named(
            start, run[-1][1], "; ".join(names), Level.COMMUNE, "commune", names, role
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
            return self._village(match)
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
        if head in GENERICS and self.text[start].isupper() | (
            head in (*GUILDS, "công an")
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

    def _office(self, match: re.Match[str]) -> Named | None:
        """Return the province, the communes or the unsaid commune of an office."""
        low = self.low
        role = (match.group("role") or "").strip()
        office = match.group("office")
        front = "mttq" in office or "mặt trận" in office
        end, start = match.end(), match.start()
        if office in ("tỉnh ủy", "thành ủy"):
            end = match.end("office")
        head = (match.group("head") or "").strip()
        whose = PLACE.match(low, end)
        if office in ("tỉnh ủy", "thành ủy"):
            whose = None
        if (
            office in ("tỉnh ủy", "thành ủy")
            or office.startswith(
                (
                    "đảng ủy ubnd",
                    "đảng ủy các",
                    "đảng ủy công",
                    "đảng ủy quân",
                    "đảng ủy bộ",
                )
            )
            or (whose and whose.group("top"))
        ):
            name = OFFICES.get(office, "Ủy ban MTTQ Việt Nam" if front else office)
            if office not in ("tỉnh ủy", "thành ủy"):
                top = whose.group("top") if whose and whose.group("top") else "tỉnh"
                name += " " + top.replace("tp.", "thành phố").replace("tp", "thành phố")
                end = whose.end() if whose and whose.group("top") else end
            end = self._skip_province(end)
            if role:
                first = re.split(r",", role)[0].strip()
                name = f"{_title(first)} {name}"
            elif head in ("thường trực", "ban thường vụ", "btv", "thường vụ"):
                name = (
                    "Thường trực " if head == "thường trực" else "Ban Thường vụ "
                ) + name
            level = Level.AGENCY if front and not role else Level.PROVINCE
            return Named(start, end, name, level, "body", role=role)
        run = self._run(end, 14)
        said = low[end : run[0][0]] if run else ""
        if run and re.fullmatch(r"[\s,]*(?:của |các |hai |ba |\d+ |và |xã, )*", said):
            found = self._of_run(run, start, (role + " " + office).strip())
            if not front:
                return found
            return Named(
                start,
                found.end,
                f"Mặt trận Tổ quốc {found.name}",
                Level.COMMUNE,
                "commune",
                found.communes,
                role or "mặt trận",
            )
        if whose and whose.group("here"):
            end = whose.end()
        elif (many := MANY.match(low, end + 1)) and many.group("count"):
            found_many = self._many(many)
            if found_many:
                return Named(
                    start,
                    found_many.end,
                    found_many.name,
                    found_many.level,
                    found_many.sort,
                    found_many.communes,
                    f"ubnd {found_many.role}",
                )
        name = "Mặt trận Tổ quốc" if front else OFFICES.get(office, office)
        return Named(
            start,
            end,
            name,
            Level.COMMUNE,
            "here",
            role=role or ("mặt trận" if front else ""),
        )

    def _post(self, match: re.Match[str]) -> Named:
        """Return the leader of a commune who is named without his office."""
        role = match.group(1)
        office = "Đảng ủy" if role.endswith("bí thư") else "UBND"
        run = self._run(match.start(2), 0)
        if run:
            return self._of_run(run, match.start(), f"{role} {office.lower()}")
        return Named(
            match.start(), match.end(), office, Level.COMMUNE, "here", role=role
        )

    def _skip_province(self, end: int) -> int:
        """Return where the name of the province after a body ends."""
        if self.province and self.low.startswith(" " + self.province, end):
            return end + 1 + len(self.province)
        return end

    def _department(self, start: int, head: str) -> Named | None:
        """Return a department or a ministry by what it does."""
        low = self.low
        if match := MINISTRY_ARMY.match(low, start):
            return self._army(start, match.end(), low[start : match.end()])
        place = start + len(head) + 1
        level = Level.AGENCY if head == "sở" else Level.CENTRE
        title = _title(head)
        if match := WORK_AT.match(low, place):
            name, end = WORKS[match.group(1)], match.end()
        elif match := LETTERS.match(low, place):
            key = re.sub(r"[^a-zđ]", "", match.group())
            if key not in WORKS:
                return None
            name, end = WORKS[key], match.end()
        else:
            end = self._goes_on(place)
            if end == place or not self.text[place : place + 1].isupper():
                if head == "sở" or self.text[start] == "B":
                    if re.match(
                        r"sở (?:hữu|tại|thích|dĩ|giao dịch)|bộ (?:máy|phận|đội|mặt|chính)",
                        low[start : start + 14],
                    ):
                        return None
                    return Named(start, start + len(head), title, level, "short")
                return None
            name = " ".join(self.text[place:end].split())
        return Named(
            start,
            self._skip_province(self._skip(end, " tỉnh")),
            f"{title} {name}",
            level,
            "body",
        )

    def _skip(self, end: int, words: str) -> int:
        return (
            end + len(words)
            if self.low.startswith(words, end)
            and not self.low[end + len(words) : end + len(words) + 1].isalnum()
            else end
        )

    def _army(self, start: int, end: int, said: str) -> Named | None:
        """Return a military command."""
        run = self._run(end, 2)
        if run and run[0][0] <= end + 1:
            return self._of_run(run, start, said)
        name = "Bộ đội Biên phòng" if "biên" in said or "bđbp" in said else "Quân sự"
        title = "Ban Chỉ huy " if said.startswith("ban") else "Bộ Chỉ huy "
        whose = PLACE.match(self.low, end)
        if whose and whose.group("here"):
            return Named(start, whose.end(), title + name, Level.COMMUNE, "part")
        top = whose.group("top") if whose else "tỉnh"
        return Named(
            start,
            whose.end() if whose else end,
            f"{title}{name} {top}",
            Level.AGENCY,
            "body",
        )

    def _goes_on(self, place: int, small: bool = False) -> int:
        """Return where a name ends that begins at a place."""
        end = place
        line = self.text[max(0, place - 5) : place + 5]
        capitals = line.isupper()
        while token := TOKEN.match(self.text, end):
            word, mark = token.groups()
            if "\n" in token.group():
                break
            if mark:
                after = TOKEN.match(self.text, token.end())
                if (
                    mark == ","
                    or not after
                    or not after.group(1)
                    or not after.group(1)[0].isupper()
                ):
                    break
                first = after.group(1)
                if (
                    first.lower() in ENDS
                    and not self._is_inside(first.lower(), first, after.end())
                ) or "\n" in self.text[end : after.end()]:
                    break
                end = after.end()
                continue
            low = word.rstrip(".-/").lower()
            if low in ("và", "các"):
                after = TOKEN.match(self.text, token.end())
                if not after or not after.group(1):
                    break
                if low == "và" and after.group(1).lower() == "các":
                    second = TOKEN.match(self.text, after.end())
                    if second and (second.group(1) or "").lower() in GOES_ON:
                        end = second.end()
                        continue
                next_word = after.group(1)
                fits = (
                    next_word[0].isupper()
                    if low == "và"
                    else next_word.lower() in GOES_ON
                )
                if (
                    not fits
                    or next_word.lower() in ENDS
                    or next_word
                    in ("Ban", "Chi", "Trung", "Công", "Văn", "Phòng", "Thanh", "Kho")
                ):
                    break
                end = after.end()
                continue
            if "\n\n" in self.text[end : token.end()] or (
                low in ENDS and not self._is_inside(low, word, token.end())
            ):
                break
            word = word.rstrip(".-/")
            capital = word[0].isupper() and not (capitals and low not in GOES_ON)
            if low == "thông" and not self.low.endswith(
                ("giao ", "viễn ", "truyền "), 0, token.start(1)
            ):
                break
            if low == "trình" and not self.low.endswith(
                ("công ", "chương "), 0, token.start(1)
            ):
                break
            if not (
                capital
                or (low in GOES_ON and (end > place or small))
                or (word.isdigit() and end > place)
            ):
                break
            end = token.start(1) + len(word)
            if token.group(1) != word:
                break
        return end

    def _is_inside(self, low: str, word: str, end: int) -> bool:
        """Return whether a word that begins other bodies goes on this one."""
        if low == "thành":
            return word[0].isupper()
        if low == "bộ":
            return word == "bộ" and self.low.endswith("đường bộ", 0, end)
        if low == "xã":
            return self.low.startswith(" hội", end)
        return low == "đảng" and not self.low.startswith(" ủy", end)

    def _generic(self, start: int, head: str, title: str) -> Named | None:
        """Return a body whose name begins with a word of organisation."""
        low, text = self.low, self.text
        if match := re.compile(
            r"ban (?:thường vụ|chấp hành|thường trực)(?! [^\W\d_]* ?ủy)"
        ).match(low, start):
            return Named(start, match.end(), "Ban Thường vụ", Level.COMMUNE, "here")
        begin = start + len(head)
        if match := MINISTRY_ARMY.match(low, start):
            return self._army(start, match.end(), match.group())
        if low.startswith(
            (
                "phòng, chống",
                "báo cáo",
                "ban đầu",
                "ban ngày",
                "ban hành",
                "ban đêm",
                "hội nghị",
                "hội trường",
                "công an toàn",
                "trường hợp",
                "ban tổ chức hội",
                "ban chấp",
            ),
            start,
        ):
            return None
        if part := FULL_PART.match(low, begin + 1) or PART.match(text, begin + 1):
            end = part.end()
        else:
            end = self._goes_on(begin, " " in head or head == "hội")
        run = self._run(end, 2) if end < len(text) else None
        if head in ("ubkt", "ủy ban kiểm tra"):
            title = "Ủy ban Kiểm tra"
        if run and run[0][0] <= end + 1 and text[run[0][0]].isupper() is False:
            names = tuple(n for _s, _e, n in run)
            title = PART.sub(
                lambda m: SHORT_PART[m.group()],
                " ".join((title + text[begin:end]).split()),
            )
            role = "own" if title.startswith(OWN_VOICE) else "part"
            return Named(
                start,
                run[-1][1],
                f"{title} {names[0]}",
                Level.COMMUNE,
                "commune",
                names,
                role,
            )
        whose = PLACE.match(low, end)
        name = PART.sub(
            lambda m: SHORT_PART[m.group()], " ".join((title + text[begin:end]).split())
        )
        name = name.replace("Trạm y tế", "Trạm Y tế")
        if whose and whose.group("here"):
            return Named(start, whose.end(), name, Level.COMMUNE, "part")
        if whose and whose.group("top"):
            name += " " + whose.group("top")
            return Named(
                start, self._skip_province(whose.end()), name, Level.AGENCY, "body"
            )
        if low.startswith((" tỉnh ủy", " thành ủy"), end):
            return Named(
                start,
                end + 8,
                f"{name} {_title(low[end + 1 : end + 8].strip())}".strip(),
                Level.AGENCY,
                "body",
            )
        if gov := re.compile(
            r" (?:đoàn đbqh và )?(ubnd|hđnd|đảng ủy)( tỉnh| thành phố| xã| phường)?(?!\w)"
        ).match(low, end):
            if (gov.group(2) or "").strip() in ("xã", "phường") or (
                not gov.group(2) and gov.group(1) == "đảng ủy"
            ):
                return Named(
                    start,
                    gov.end(),
                    name
                    + text[end : gov.end()].removesuffix(" xã").removesuffix(" phường"),
                    Level.COMMUNE,
                    "part",
                )
            name += text[end : gov.end()]
            if low.endswith("trưởng ", 0, start):
                return Named(
                    start,
                    gov.end(),
                    f"Trưởng {name}",
                    Level.PROVINCE,
                    "body",
                    role="trưởng ban",
                )
            return Named(start, gov.end(), name, Level.AGENCY, "body")
        if end == begin and head == "điện lực":
            return Named(start, end, "Điện lực", Level.AGENCY, "body")
        if end == begin and head in (
            "công an",
            "thanh tra",
            "hiệp hội",
            "công ty",
            "ban",
            "chi cục",
            "hợp tác xã",
            "bệnh viện",
            "điện lực",
            "trạm y tế",
            "trạm",
            "trung tâm",
            "phòng",
            "văn phòng",
        ):
            return Named(
                start,
                end,
                name,
                Level.COMMUNE if head in LOCAL else Level.AGENCY,
                "short",
            )
        if end == begin and head not in SHORT_BODY:
            return None
        if head in GUILDS:
            name = " ".join(text[start:end].split())
            name = name if name[:3] in ("HTX", "Tổ ") else name[0].lower() + name[1:]
            run = self._run(end, 3)
            names = (run[0][2],) if run and "(" in text[end : run[0][0]] else ()
            names = names or tuple(
                said
                for said in self.known[:200]
                if name.endswith(said.split(" ", 1)[1])
            )
            return Named(start, end, name, Level.VILLAGE, "body", names[:1])
        local = head in LOCAL or title.startswith(
            ("Trung tâm Phục vụ", "Ban Quản lý dự")
        )
        return Named(start, end, name, Level.AGENCY, "part" if local else "body")

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

    def _many(self, match: re.Match[str]) -> Named | None:
        """Return communes that are meant and not named, or the commune itself."""
        start, end = match.span()
        run = self._run(start, match.end() - start)
        if run and run[0][0] < end + 1:
            return self._of_run(run, start)
        count, unit = match.group("count"), match.group("unit")
        if self.low.startswith(" hội", end) or unit == "nơi":
            return None
        if not count and unit in ("xã", "phường", "đặc khu", "địa phương"):
            if re.match(
                r"\s(?:hội|viên|mới|cũ|nào|bạn|này|khác)(?!\w)", self.low[end : end + 8]
            ):
                return None
            return Named(start, end, unit, Level.COMMUNE, "here")
        if not count:
            return (
                Named(start, end, "các xã, phường", Level.COMMUNE, "many")
                if "," in unit
                else None
            )
        if self.low.startswith(" cũ", end):
            return None
        unit = "xã, phường" if unit == "phường, xã" else unit
        number = 0
        if count.isdigit():
            number = int(count)
        elif count in COUNTS:
            number = COUNTS.index(count) + 2
        return Named(
            start, end, f"các {unit}", Level.COMMUNE, "many", role=str(number or "")
        )

    def _people(self, start: int, head: str) -> Named | None:
        """Return citizens, voters, firms, with the communes they belong to."""
        end = start + len(head)
        if head == "cán bộ" and (
            here := re.compile(r" (xã|phường|đặc khu)(?= [a-zà-ỹ])").match(
                self.text, end
            )
        ):
            return Named(start, here.end(), here.group(1), Level.COMMUNE, "here")
        gap = OF.match(self.low, end)
        run = self._run(end, 40) if gap else None
        if run and gap and run[0][0] <= gap.end():
            names = tuple(dict.fromkeys(n for _s, _e, n in run))
            if head == "đại biểu":
                return self._of_run(run, start)
            return Named(start, run[-1][1], PEOPLE[head], Level.CITIZEN, "crowd", names)
        if head in ("tổ trưởng", "trưởng ban công tác mặt trận"):
            if match := re.compile(r" tổ(?: dân phố)? \d+").match(self.low, end):
                end = match.end()
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


def _title(words: str) -> str:
    """Return the words of a post or body with capitals where they belong."""
    small = {"thường", "trực"}
    parts = words.split()
    out = (
        parts[0].capitalize()
        + "".join(
            " " + ("Bí thư" if p == "bí" else "Chủ tịch" if p == "chủ" else p)
            if p not in ("thư", "tịch")
            else ""
            for p in parts[1:]
        )
        if parts and parts[0] == "phó"
        else " ".join(parts).capitalize()
    )
    return out.replace("thường trực", "Thường trực") if small <= set(parts) else out
