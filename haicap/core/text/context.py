"""What holds at a place of a text: the section, who speaks, who is asked."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from haicap.core.text.bodies import Level, Voice
from haicap.core.text.head import Profile
from haicap.core.text.segments import Span


ASK = "ask"  # a recommendation or a directive: authority decides which
SECTIONS: tuple[tuple[str, re.Pattern[str]], ...] = (
    (
        "reply",
        re.compile(
            r"trả lời|giải đáp|phản hồi|^tiến độ$|phần tiếp thu|giải trình của|ý kiến của (?:lãnh đạo )?sở"
        ),
    ),
    (
        "result",
        re.compile(r"kết quả|đánh giá chung|số liệu|ưu điểm|thành tích|đã giải quyết"),
    ),
    (
        "difficulty",
        re.compile(
            r"khó khăn|vướng mắc|hạn chế|tồn tại|bất cập|hiện trạng|thực trạng|nguyên nhân"
        ),
    ),
    (
        ASK,
        re.compile(
            r"kiến nghị|đề xuất|đề nghị|nhiệm vụ|kết luận|yêu cầu|giao việc|thống nhất|phân công"
            r"|ý kiến của người dân|ý kiến cử tri|nội dung phản ánh|phần thảo luận|đơn vị phát biểu"
        ),
    ),
    (
        "none",
        re.compile(
            r"thành phần|đặc điểm|tình hình chung|nơi nhận|chương trình|khai mạc|ghi chú|tổ chức thực hiện"
        ),
    ),
)
BINDING = re.compile(r"kết luận|nhiệm vụ|giao việc|thống nhất|yêu cầu")


def section_of(low: str) -> str | None:
    """Return the kind of statements that a heading or label announces."""
    found = [
        (match.start(), kind)
        for kind, pattern in SECTIONS
        if (match := pattern.search(low))
    ]
    if not found:
        return None
    kinds = {kind for _place, kind in found}
    if {"difficulty", ASK} <= kinds:
        return None  # the title of a whole report
    return min(found)[1]


@dataclass(slots=True)
class Item:
    """A statement as found, before its fields and communes are known."""

    kind: str
    span: Span
    voice: Voice | None
    addressee: str | None = None
    addressee_level: Level | None = None
    cue: str = ""
    rule: str = ""
    confidence: float = 0.5
    topic: str = ""
    line: int = 0
    about: tuple[str, ...] = ()  # communes of the ask that a reply answers
    binding: bool = False  # said where orders are given


@dataclass(slots=True)
class Context:
    """The state that a reading carries from line to line."""

    profile: Profile
    kind: str | None = None
    kind_rank: int = 9
    addressee: str | None = None
    addressee_level: Level | None = None
    addressee_rank: int = 9
    section_voice: Voice | None = None
    voice_rank: int = 9
    voice: Voice | None = None
    mode: str | None = None
    topic: str = ""
    cue: str = ""
    is_point: bool = False  # the line has a number or a bullet
    labelled: bool = False  # the sentence follows a label of its own
    about: tuple[str, ...] = ()
    asked: Voice | None = None
    binding: bool = False  # the section gives orders
    items: list[Item] = field(default_factory=list)

    def enter(self, rank: int) -> None:
        """Forget what deeper headings said, when a line of this rank stands as high."""
        if rank <= self.kind_rank and rank < 9:
            self.kind, self.kind_rank, self.binding = None, 9, False
        if rank <= self.addressee_rank and rank < 9:
            self.addressee, self.addressee_level, self.addressee_rank = None, None, 9
        if rank <= self.voice_rank and rank < 9:
            self.section_voice, self.voice_rank = None, 9

    def begin_line(self) -> None:
        """Start a line with what the section says."""
        self.mode = self.kind
        if self.mode is None and self.profile.of_citizens:
            self.mode = ASK
        self.labelled = False
        self.cue = ""
        if self.addressee_rank == 9:
            self.addressee, self.addressee_level = None, None
        base = self.section_voice or self.base_voice()
        if base is not None:
            self.voice = base

    def base_voice(self) -> Voice | None:
        """Return who speaks when nobody is named."""
        profile = self.profile
        if self.binding and profile.chair:
            return profile.chair
        if profile.concluded_by:
            return profile.concluded_by
        if profile.of_citizens and profile.home and self.kind != "reply":
            return Voice(f"người dân {profile.home}", Level.CITIZEN, (profile.home,))
        if profile.of_citizens and profile.home:
            return Voice(profile.home, Level.COMMUNE, (profile.home,))
        return profile.author

    def home_voice(self) -> Voice | None:
        """Return the commune whose document it is, as the one that answers."""
        home = self.profile.home
        return Voice(home, Level.COMMUNE, (home,)) if home else None
