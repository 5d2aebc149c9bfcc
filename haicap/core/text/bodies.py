"""The bodies that official texts name: who asks, who is asked, and who may order whom."""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import IntEnum

from haicap.core.text.plain import LOWER


class Level(IntEnum):
    """How high a body stands; who stands higher may order, who stands lower asks."""

    CITIZEN = 0
    VILLAGE = 1
    COMMUNE = 2
    AGENCY = 3
    PROVINCE = 4
    CENTRE = 5


@dataclass(frozen=True, slots=True)
class Body:
    """A body as named at one place of a text."""

    name: str
    level: Level
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Voice:
    """Somebody who speaks: the name, how high, and which communes that concerns."""

    name: str
    level: Level
    communes: tuple[str, ...] = ()


MINISTRY_WORK = """Nội vụ|Tài chính|Xây dựng|Nông nghiệp và Môi trường|Giáo dục và Đào tạo
|Y tế|Khoa học và Công nghệ|Tư pháp|Công an|Công Thương|Quốc phòng|Ngoại giao
|Văn hóa, Thể thao và Du lịch|Dân tộc và Tôn giáo"""
AGENCY_WORK = """Nội vụ|Tài chính|Xây dựng|Nông nghiệp và Môi trường|Giáo dục và Đào tạo
|Y tế|Khoa học và Công nghệ|Tư pháp|Công Thương|Văn hóa và Thể thao|Du lịch|Ngoại vụ
|Văn hóa, Thể thao và Du lịch|Dân tộc và Tôn giáo"""
PROVINCE = """Thường trực Tỉnh ủy|Ban Thường vụ Tỉnh ủy|Thường trực HĐND tỉnh|HĐND tỉnh
|Đảng ủy UBND tỉnh|Đảng ủy các cơ quan Đảng tỉnh|UBND tỉnh|Tỉnh ủy|Đoàn ĐBQH tỉnh
|Bí thư Tỉnh ủy|Phó Bí thư Tỉnh ủy|Phó Bí thư Thường trực Tỉnh ủy|Chủ tịch UBND tỉnh|Phó Chủ tịch UBND tỉnh
|Chủ tịch HĐND tỉnh|Phó Chủ tịch HĐND tỉnh"""
AGENCIES = """Ban Tổ chức Tỉnh ủy|Ban Tuyên giáo và Dân vận Tỉnh ủy|Ban Nội chính Tỉnh ủy
|Ủy ban Kiểm tra Tỉnh ủy|Văn phòng Tỉnh ủy|Văn phòng UBND tỉnh|Trường Chính trị tỉnh
|Văn phòng Đoàn ĐBQH và HĐND tỉnh|Ban Văn hóa - Xã hội HĐND tỉnh|Công an tỉnh
|Ban Kinh tế - Ngân sách HĐND tỉnh|Ban Pháp chế HĐND tỉnh|Bộ Chỉ huy Quân sự tỉnh
|Trung tâm Phục vụ hành chính công tỉnh|Ban Quản lý các khu công nghiệp tỉnh
|Ban Quản lý các khu công nghiệp|Bảo hiểm xã hội tỉnh|Thanh tra tỉnh|Tỉnh đoàn
|Kho bạc Nhà nước khu vực|Thuế tỉnh|Ủy ban MTTQ Việt Nam tỉnh|Điện lực tỉnh
|Công ty Điện lực|Báo và Phát thanh, Truyền hình|Chi cục Quản lý đất đai|VNPT|Viettel"""
CENTRE = "Quốc hội|Chính phủ|Thủ tướng Chính phủ|Trung ương|Nhà nước"
GROUPS = """các sở, ban, ngành|các sở, ngành|các cấp, các ngành|các cấp, ngành|các cấp
|các ngành|các sở|các bộ|các cơ quan báo chí|các chủ đầu tư|các đơn vị|cấp trên"""
COMMUNES = "các xã, phường|các địa phương|các xã|các phường|xã, phường"
VILLAGES = "các thôn|các tổ dân phố|tổ dân phố|thôn|trưởng thôn"
PEOPLE = """cử tri|người dân|nhân dân|phụ huynh|doanh nghiệp|công nhân|người lao động
|hợp tác xã|bà con"""


def _alternatives(words: str) -> list[str]:
    """Return the names of a table above."""
    return [" ".join(name.split()) for name in words.split("|")]


def _table() -> dict[str, tuple[str, Level]]:
    """Return every fixed name in lower case, with its own spelling and level."""
    rows: list[tuple[str, Level]] = []
    rows += [("Bộ " + work, Level.CENTRE) for work in _alternatives(MINISTRY_WORK)]
    rows += [("Sở " + work, Level.AGENCY) for work in _alternatives(AGENCY_WORK)]
    for words, level in (
        (PROVINCE, Level.PROVINCE),
        (AGENCIES, Level.AGENCY),
        (CENTRE, Level.CENTRE),
        (GROUPS, Level.AGENCY),
        (COMMUNES, Level.COMMUNE),
        (VILLAGES, Level.VILLAGE),
        (PEOPLE, Level.CITIZEN),
    ):
        rows += [(name, level) for name in _alternatives(words)]
    table = {name.translate(LOWER): (name, level) for name, level in rows}
    for said, name in (
        ("ủy ban nhân dân tỉnh", "UBND tỉnh"),
        ("hội đồng nhân dân tỉnh", "HĐND tỉnh"),
        ("bí thư tỉnh ủy", "Bí thư Tỉnh ủy"),
        ("cấp tỉnh", "UBND tỉnh"),
        ("ủy ban mặt trận tổ quốc việt nam tỉnh", "Ủy ban MTTQ Việt Nam tỉnh"),
        ("sở nn&mt", "Sở Nông nghiệp và Môi trường"),
        ("sở nnmt", "Sở Nông nghiệp và Môi trường"),
        ("sở gd&đt", "Sở Giáo dục và Đào tạo"),
        ("sở kh&cn", "Sở Khoa học và Công nghệ"),
        ("sở tc", "Sở Tài chính"),
        ("sở nv", "Sở Nội vụ"),
        ("sở xd", "Sở Xây dựng"),
        ("sở khcn", "Sở Khoa học và Công nghệ"),
        ("sở gdđt", "Sở Giáo dục và Đào tạo"),
        ("các đảng ủy xã, phường", "các xã, phường"),
        ("ngành giáo dục", "Sở Giáo dục và Đào tạo"),
        ("ngành y tế", "Sở Y tế"),
        ("công ty điện lực ninh bình", "Công ty Điện lực"),
    ):
        table[said] = (name, table[name.translate(LOWER)][1])
    table["tỉnh"] = ("tỉnh", Level.PROVINCE)
    return table


TABLE = _table()
FIXED = re.compile(
    r"(?<!\w)(?:"
    + "|".join(re.escape(name) for name in sorted(TABLE, key=len, reverse=True))
    + r")(?!\w)"
)
# Parts of a commune: the body of the commune whose text this is, or that is named.
PARTS = re.compile(
    r"(?<!\w)(?:(?P<head>phó bí thư|bí thư|phó chủ tịch|chủ tịch|chủ nhiệm|trưởng ban)\s+)?"
    r"(?:(?:thường trực |ban thường vụ )?(?:đảng ủy|ubnd|hđnd|ủy ban nhân dân)"
    r"(?:,? (?:hđnd|ubnd))*)"
    r"(?: (?:các |hai |ba )?(?:xã|phường))?(?!\w)"
)
WORKS = re.compile(r"công ty(?: tnhh(?: mtv)?| cổ phần)? [^,.;:|\n]{3,60}")


def fixed(low: str, start: int, end: int) -> list[Body]:
    """Return the bodies with a fixed name between two places, in order."""
    return [
        Body(*TABLE[match.group()], match.start(), match.end())
        for match in FIXED.finditer(low, start, end)
        if not _inside_other_word(low, match)
    ]


def _inside_other_word(low: str, match: re.Match[str]) -> bool:
    """Return whether "tỉnh" is only the end of another name, or a place."""
    if match.group() != "tỉnh":
        return False
    before = low[max(0, match.start() - 12) : match.start()]
    return before.endswith(
        (
            "cấp ",
            "toàn ",
            "trong ",
            "của ",
            "ba ",
            "một ",
            "cả ",
            "về ",
            "ở ",
            "trên ",
            "liên ",
            "ngoại ",
            "họp ở ",
            "dân ",
            "các ",
            "lãnh đạo ",
        )
    ) and not before.endswith("lãnh đạo ")


IN_FULL = {
    "UBND": "Ủy ban nhân dân",
    "HĐND": "Hội đồng nhân dân",
    "MTTQ": "Mặt trận Tổ quốc",
    "ĐBQH": "đại biểu Quốc hội",
}
SHORT_FORM = re.compile(r"(?<!\w)(?:" + "|".join(IN_FULL) + r")(?!\w)")


def in_full(name: str) -> str:
    """
    Return the name of a body without short forms, as registers spell it.

    >>> in_full("Văn phòng UBND tỉnh")
    'Văn phòng Ủy ban nhân dân tỉnh'
    """
    return SHORT_FORM.sub(lambda match: IN_FULL[match.group()], name)
