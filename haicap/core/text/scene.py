"""What holds at a place of a document: its genre, the section, the column of a table."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from haicap.core.text.lexicon import DOES
from haicap.core.text.plain import Plain
from haicap.core.text.segments import Line


SECTIONS: tuple[tuple[str, re.Pattern[str]], ...] = (
    (
        "reply",
        re.compile(
            r"trả lời|giải đáp|phản hồi|^tiến độ$|tiếp thu|giải trình|hồi âm"
            r"|ý kiến của (?:lãnh đạo )?sở|kết quả giải quyết"
        ),
    ),
    (
        "result",
        re.compile(
            r"kết quả|đánh giá chung|số liệu|ưu điểm|thành tích|đã giải quyết|đạt được"
        ),
    ),
    (
        "difficulty",
        re.compile(
            r"khó khăn|vướng mắc|hạn chế|tồn tại|bất cập|hiện trạng|thực trạng|nguyên nhân"
        ),
    ),
    (
        "ask",
        re.compile(
            r"kiến nghị|đề xuất|đề nghị|nhiệm vụ|kết luận|yêu cầu|giao việc|thống nhất"
            r"|phân công|ý kiến của người dân|ý kiến cử tri|nội dung phản ánh|thảo luận"
        ),
    ),
    (
        "none",
        re.compile(
            r"thành phần|đặc điểm|tình hình chung|nơi nhận|chương trình|khai mạc|ghi chú"
        ),
    ),
)
COLUMNS: tuple[tuple[str, re.Pattern[str]], ...] = (
    ("answer", re.compile(r"trả lời|kết quả|nội dung giải quyết|tiến độ|giải quyết")),
    ("agency", re.compile(r"cơ quan|thẩm quyền|đơn vị giải quyết|chủ trì")),
    ("trouble", re.compile(r"khó khăn|vướng mắc|tồn tại|nguyên nhân|hạn chế")),
    ("task", re.compile(r"nhiệm vụ|công việc|nội dung giao")),
    ("ask", re.compile(r"nội dung|kiến nghị|ý kiến|phản ánh|đề xuất")),
    ("who", re.compile(r"cử tri|địa phương|đơn vị|địa bàn|xã, phường|nơi nêu")),
    ("when", re.compile(r"thời hạn|thời gian|hạn")),
    ("number", re.compile(r"^(?:tt|stt|số tt)$")),
)
WORD = re.compile(r"[^\W_]+(?:[&/][^\W_]+)?")
HEAD = 900  # characters that show what kind of document it is
FEEDBACK = re.compile(r"phản ánh|hỏi đáp|đường dây nóng|góp ý|zalo|1022|lắng nghe")
MOST_WORDS = 8


@dataclass(frozen=True, slots=True)
class Place:
    """What holds for one line: the section above it and what its list was announced as."""

    section: str  # "" when no heading told
    heading: tuple[str, ...]  # the words of the nearest heading
    announced: tuple[str, ...]  # what the line with ":" above the list does
    columns: tuple[str, ...] | None  # of a table, by cell
    is_head: bool  # a heading, or the head of a table


def section_of(low: str) -> str:
    """Return the kind of statements that a heading announces, or nothing."""
    found = [
        (match.start(), kind)
        for kind, pattern in SECTIONS
        if (match := pattern.search(low))
    ]
    kinds = {kind for _place, kind in found}
    if not found or {"difficulty", "ask"} <= kinds:
        return ""  # nothing, or the title of a whole report
    return min(found)[1]


def genre_of(plain: Plain) -> str:
    """
    Return what kind of document it is, by its head alone.

    One of notice, minutes, report, letter, feedback and news; `voter` is added when
    it tells of voters.
    """
    head, low = plain.text[:HEAD], plain.low[:HEAD]
    genre = ""
    for line in [each.strip() for each in head.split("\n") if each.strip()][:14]:
        if not line.isupper() and len(line) >= 60:
            continue
        for word, name in (
            ("thông báo", "notice"),
            ("biên bản", "minutes"),
            ("báo cáo", "report"),
        ):
            if not genre and line.lower().startswith(word):
                genre = name
    if "kết luận" in low and genre in ("", "notice") and "thông báo" in low:
        genre = "notice"
    if not genre and "kính gửi" in low:
        genre = "letter"
    if "cử tri" in low[:500]:
        return genre + "voter"
    if not genre and FEEDBACK.search(low[:400]):
        return "feedback"
    return genre or "news"


def places(plain: Plain, lines: Sequence[Line]) -> list[Place]:
    """Return what holds for each line."""
    found: list[Place] = []
    section, rank = "", 9
    heading: tuple[str, ...] = ()
    announced: tuple[str, ...] = ()
    columns: tuple[str, ...] | None = None
    for line in lines:
        low = plain.low[line.start : line.end]
        if line.is_heading:
            said = section_of(low)
            if said:
                section, rank = said, line.rank
            elif line.rank <= rank:
                section = ""
            heading = tuple(WORD.findall(low))[:MOST_WORDS]
        if low.endswith(":"):
            does = ("ask", "order", "trouble", "answer")
            announced = tuple(name for name in does if DOES[name].search(low))
        elif line.rank == 9:
            announced = ()
        is_head = line.is_heading
        if low.count("|") < 2:
            columns = None
        elif columns is None:
            columns, is_head = columns_of(low.split("|")), True
        found.append(Place(section, heading, announced, columns, is_head))
    return found


def columns_of(cells: Sequence[str]) -> tuple[str, ...]:
    """Return what each column of a table holds, by the words of its head."""
    named = tuple(
        next((name for name, words in COLUMNS if words.search(cell.strip())), "")
        for cell in cells
    )
    return named if len(set(named) - {""}) >= 2 else ("",) * len(named)
