"""Reads the names of bodies by their grammar: offices, departments, companies."""

from __future__ import annotations

import re
from bisect import bisect_left

from haicap.core.text.bodies import Level
from haicap.core.text.glossary import GOES_ON, SHORT_BODY, SHORT_PART
from haicap.core.text.named import Communes, Named, names_of
from haicap.core.text.office_words import (
    COUNTS,
    ENDS,
    FULL_PART,
    GUILDS,
    LETTERS,
    LOCAL,
    MANY,
    MINISTRY_ARMY,
    OFFICES,
    ONE_OFFICE,
    OWN_VOICE,
    PART,
    PLACE,
    TOKEN,
    WORK_AT,
    WORKS,
)


class Grammar:
    """Reads the name of one body from a place on: "Sở ...", "UBND xã ..."."""

    def __init__(self, communes: Communes) -> None:
        self.plain = communes.plain
        self.text, self.low = self.plain.text, self.plain.low
        self.province = communes.province.lower()
        self.communes = communes
        self._run_starts = [run[0][0] for run in communes.runs]
        self.known = names_of(communes.places)

    def _run(self, place: int, slack: int) -> list[tuple[int, int, str]] | None:
        """Return the communes that stand side by side from a place on."""
        index = bisect_left(self._run_starts, place)
        if index < len(self._run_starts) and self._run_starts[index] <= place + slack:
            return self.communes.runs[index]
        return None

    @staticmethod
    def _of_run(run: list[tuple[int, int, str]], start: int, role: str = "") -> Named:
        names = names_of(run)
        return Named(
            start, run[-1][1], "; ".join(names), Level.COMMUNE, "commune", names, role
        )

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
            elif match.group("more") and office not in ("tỉnh ủy", "thành ủy"):
                name = self._several(match.group(), name)
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

    @staticmethod
    def _several(said: str, name: str) -> str:
        """Return the offices of "HĐND, UBND tỉnh" with the place that is said once."""
        top = name.rsplit(" ", 1)[1] if not name.endswith("thành phố") else "thành phố"
        found = [OFFICES[o] for o in ONE_OFFICE.findall(said) if o in OFFICES]
        return "; ".join(f"{office} {top}" for office in dict.fromkeys(found)) or name

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
            if word == "kiểm" and self.low.startswith(" tra", token.end()):
                break
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
        full = FULL_PART.match(low, begin + 1)
        if part := full or PART.match(text, begin + 1):
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
        if full and text[begin:end].isupper():
            name = f"{title} {text[begin:end].strip().capitalize()}"
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
            said = text[end : gov.end()]
            if said.isupper():
                said = LOUD_OFFICE.sub(lambda m: m.group().lower(), said)
                said = said.replace("đoàn", "Đoàn")
            name += said
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
        local = local and not NOT_LOCAL.search(name)
        return Named(start, end, name, Level.AGENCY, "part" if local else "body")

    def _many(self, match: re.Match[str]) -> Named | None:
        """Return communes that are meant and not named, or the commune itself."""
        start, end = match.span()
        run = self._run(start, match.end() - start)
        if run and run[0][0] < end + 1:
            return self._of_run(run, start)
        count, unit = match.group("count"), match.group("unit")
        if self.low.startswith(" hội", end) or unit == "nơi":
            return None
        if not count and (digits := COUNTED.search(self.low, max(0, start - 6), start)):
            start, count = digits.start(1), digits.group(1)
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


# Offices that no commune has, whatever their first word.
NOT_LOCAL = re.compile(r"(?i)đăng ký đất đai|quỹ đất|ban quản lý (?:các )?khu")
LOUD_OFFICE = re.compile(r"ĐOÀN|VÀ|TỈNH|THÀNH PHỐ")
COUNTED = re.compile(r"(?<![\d.,/-])(\d{1,3}) $")  # "9 xã"


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
