"""Follows who speaks through a text: head, headings, labels, sentences, tables."""

from __future__ import annotations

import re
from bisect import bisect_right, insort
from dataclasses import dataclass

from haicap.core.text.bodies import Level, Voice
from haicap.core.text.named import HEAD, Communes, Named
from haicap.core.text.offices import Offices
from haicap.core.text.plain import Plain
from haicap.core.text.segments import Line, lines, sentences


MOST_NAMED = 4
LONGEST = 4000  # characters of a sentence that are read at once
LONG = 140  # characters before a subject
QUOTE = 3000  # characters in a quotation
SILENT = {
    "tỉnh",
    "thành phố",
    "Trung ương",
    "Nhà nước",
    "các bộ",
    "Quốc hội",
    "Chính phủ",
}
# Only speech, never work: safe wherever the subject stands.
SPEAKS = (
    r"cho (?:biết|hay|rằng)|nói|kể|nêu|phản ánh|phát biểu|kêu|than|thừa nhận|khẳng định"
    r"|chia sẻ|đề xuất|phân tích|dẫn chứng|dẫn ra|nhấn mạnh|băn khoăn|bày tỏ|đề nghị|đề nghi"
    r"|kiến nghị|yêu cầu|mong|(?<!vắc )xin|bức xúc|phàn nàn|góp ý|góp thêm|thắc mắc|mở lời|mở đầu|lý giải|biểu dương|đánh giá cao|hoan nghênh|phản ảnh|đặt vấn đề|tỏ ý|ngỏ ý"
    r"|quả quyết|kết luận|lưu ý|nhắc|dặn|(?<!bàn )(?<!chuyển )giao|cho là|nhận định|lo ngại|lo lắng|tâm sự"
    r"|có ý kiến|hỏi|chốt|tiếp lời|đồng tình|nhất trí|phân trần|trăn trở|quán triệt|trình bày"
    r"|giãi bày|đề đạt|trông chờ|ao ước|thỉnh cầu|trông mong|nhờ|thưa|phân bua|tiếp lời|thổ lộ|thông báo"
    r"|hứa hẹn|hẹn|rầu rĩ|lo|tiếc|nhớ lại|kiến giải|đáp lời|đề xướng|tha thiết|khẩn khoản|quả quyết"
    r"|ghi nhận|chỉ rõ|chỉ ra|than phiền|tiếp thu|thẳng thắn|đúc kết|cảnh báo|góp chuyện"
)
# Speech or work: "báo cáo tỉnh". Speech where nothing was ordered before.
MAY_SPEAK = (
    r"báo cáo|bổ sung|giải thích|trả lời|thông tin|xác nhận|giải trình|hứa|cam kết|nhận|giải đáp"
    r"|trình|muốn|đánh giá|thống nhất|chỉ đạo|trao đổi|đáp|tiếp|ý kiến|phúc đáp|lo|thấy|đưa ra|làm rõ"
)
SAYS = re.compile(rf"(?<!\w)(?:{SPEAKS})(?!\w)")
SAYS_OR_DOES = re.compile(rf"(?<!\w)(?:{SPEAKS}|{MAY_SPEAK})(?!\w)")
REQUEST = re.compile(
    r"(?<!\w)(?<!theo )(?<!các )(?<!những )(?<!về )(?<!ý kiến, )(?:đề nghị|đề nghi|kiến nghị"
    r"|đề xuất|yêu cầu|mong muốn|mong|(?<!vắc )xin|lưu ý|nhắc|dặn|(?<!bàn )(?<!chuyển )(?<!được )giao"
    r"|đề đạt|trông chờ|ao ước|thỉnh cầu|trông mong|khẩn cầu|chỉ đạo|muốn|đòi|nhờ|kêu gọi|quán triệt|(?:nguyện vọng|kiến nghị|đề xuất|ý kiến|đề đạt)"
    r"[^.;:]{0,16} (?:lên|tới|với|gửi))(?!\w)"
)
# What may stand between the beginning of a clause and its subject.
OPENS = re.compile(
    r"(?:[\s“\"(–+-]|\d+[.)]|nhưng|và|còn|song|nên|riêng|về phía|phía|thay mặt|đại diện|lãnh đạo"
    r"|đồng chí|đ/c|đ\.c|phó|giám đốc|chánh|trưởng|chủ tịch|phòng|ban|chi cục|bí thư|chính quyền"
    r"|cán bộ|đến lượt|tiếp đó|sau đó|sau cùng|cuối cùng|tương tự|bên cạnh|ngoài ra|đồng thời"
    r"|nhiều|một số|một|đông đảo|hầu hết|các|những|ông|bà|anh|chị|vị|thì|đáng chú ý|ở đây|như"
    r"|cùng|cả|theo|tại|ở|với|từ|qua|sang|về|đến|tới|đoàn|tập thể|thường trực|nói như|của|ý kiến|phần|phát biểu"
    r"|đảng ủy|ubnd|trong đó|ngay sau|trực|cụ|bác|em|nhóm|do vậy|do đó|vì vậy|chủ nhiệm|chủ|quyền|mục|là|báo cáo|điểm cầu|khu vực|địa bàn|bộ phận|trạm|hiệu|tổ|đội|cục|viện|kế toán|công chức|người|mình|lượt|nghe|phỏng vấn|cô giáo|cháu"
    r"|thứ \w+|một là|hai là|ba là|kết luận|hội nghị|trả lời|giải đáp|trao đổi|việc|đơn vị)*"
)
ACCORDING = re.compile(
    r"(?<!\w)(?:theo|nói như|tại|ở|qua|sang|đến|đến lượt|còn ở|về phía|phía)(?!\w)"
)
BY = re.compile(r"(?<!\w)theo(?!\w)")
BOUNDARY = re.compile(r"[,;:.“”()—!?]|\s[-–]\s")
LABEL = re.compile(
    r"(?:[^:“”.;|\n]|(?<=[A-ZĐ])\.|(?<=[A-ZĐ]\w)\.){2,130}?:(?=\s|$|“|\")"
)
ANSWER_LABEL = re.compile(
    r"^(?:nội dung )?(?:trả lời|giải đáp|phản hồi|kết quả|tiến độ|giải trình|giải quyết|ý kiến "
    r"(?:giải trình|trả lời|xử lý)|phúc đáp|hướng xử lý|xử lý|tình trạng|ý kiến \d+)"
)
REPLY = re.compile(
    r"trả lời|giải đáp|phản hồi|tiếp thu|giải trình|kết quả giải quyết|đã giải quyết"
)
ASKS = re.compile(r"kiến nghị|đề xuất|đề nghị|nguyện vọng")
BINDS = re.compile(
    r"kết luận|nhiệm vụ|giao việc|thống nhất|phân công|yêu cầu|chỉ đạo|tổ chức thực hiện|giao "
)
RESPONSIBLE = re.compile(
    r"(?:cơ quan|đơn vị|thẩm quyền)(?: có thẩm quyền| chủ trì)? ?(?:xử lý|giải quyết|trả lời"
    r"|chủ trì|thực hiện|tiếp nhận)?:\s*([^.;|\n]{2,80})"
)
MINUTES = re.compile(r"biên bản")
VOTERS = re.compile(r"kiến nghị (?:của )?cử tri|ý kiến(?:, kiến nghị)? (?:của )?cử tri")
CITIZENS = re.compile(
    r"phản ánh[^\n]{0,40}(?:người dân|nhân dân|công dân)|đối thoại[\s\S]{0,120}?(?:nhân dân|người dân|cư dân)|với nhân dân"
    r"|tổng hợp phản ánh|phản ánh của|bình luận|công dân số"
    r"|(?:xã|phường) lắng nghe|đường dây nóng|tiếp công dân|(?:góp ý|ý kiến) của (?:bà con|người dân)"
    r"|hòm thư|tin nhắn"
)
CONCLUDES = re.compile(
    r"kết luận(?: chỉ đạo)?\s+của\s+(?:các )?(?:đồng chí |đ/c )?|ý kiến chỉ đạo của (?:đồng chí )?"
)
CHAIR = re.compile(
    r"(?:chủ trì|chủ tọa):\s*(?:đồng chí |đ/c |ông |bà )?|(?=\(chủ trì\))"
)
REST = re.compile(r"[\s*_|,–-]*(?:(?:tỉnh|thành phố|số)[^\n]{0,40})?[\s*_|]*", re.I)
SIGNED = re.compile(r"nơi nhận|kính gửi|(?<!\w)t[m/][./ ]|số:? ?\d|số\s*[-/]")
REPORTS = re.compile(
    r"(?:ubnd|đảng ủy|hđnd|ủy ban nhân dân)\s+(?:xã|phường|đặc khu)\s[^.:;\n]{2,60}?"
    r"(?:báo cáo|kính trình|đề nghị|kiến nghị|phúc đáp|có ý kiến)"
)
FIRST_PERSON = re.compile(
    r"(?<!\w)(?:tôi|tui|em|mình|cháu|nhà tôi|chúng tôi|bà con)(?!\w)"
)
ANSWERS = re.compile(
    r"^[^\w\n]{0,4}[^\n:]{0,30}(?:trả lời|phản hồi|giải đáp|=>|→)", re.M
)
CHANNEL = re.compile(
    r"phản ánh|góp ý|ý kiến|tin nhắn|hỏi|đối thoại|hotline|zalo|facebook|fanpage|ứng dụng|công dân"
    r"|người dân|hộp thư|hòm thư|bạn đọc|tiếp xúc|lắng nghe|cư dân"
)
TITLE = re.compile(
    r"báo cáo|thông báo|biên bản|công văn|tờ trình|kính gửi|v/v|phụ lục|tổng hợp"
)
UNIT_LINE = re.compile(r"(?:đơn vị|cơ quan)(?: báo cáo| lập| tổng hợp)?:\s*|tm\. |t/m ")
PRONOUN = re.compile(r"[\s“]*(?:tôi|chúng tôi|mình)(?!\w)")
LOUD = ("người dân", "cử tri", "phụ huynh", "doanh nghiệp", "tổ dân phố")
HERE_ROLE = re.compile(r"bí thư|chủ tịch|chủ nhiệm")


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


class Voices:
    """The changes of voice and of addressee through a text, in order."""

    def __init__(self, plain: Plain, communes: Communes, offices: Offices) -> None:
        self.plain, self.text, self.low = plain, plain.text, plain.low
        self.communes, self.offices = communes, offices
        self.profile = Profile()
        self.changes: list[tuple[int, Voice | None]] = []
        self.asked: list[tuple[int, tuple[str, ...]]] = []
        self.rows: list[Row] = []
        self.starts: list[int] = []  # of the lines
        self.voice: Voice | None = None
        self.commune: tuple[str, ...] = ()  # the last commune that spoke
        self.pair: tuple[str, ...] = ()  # the last communes that spoke together
        self.agency: Voice | None = None
        self.answers: list[tuple[int, Voice]] = []
        self.homes: list[
            tuple[int, tuple[str, ...]]
        ] = []  # communes that spoke, by place
        self.done = False
        self.points: list[int] = []  # where a numbered point begins
        self.closing = False  # a leader sums up: bodies named now are told what to do
        self.section: tuple[int, Voice] | None = None
        self.mode = ""
        self.mode_rank = 9
        self.asking: list[tuple[int, tuple[str, ...]]] = []  # by rank of the heading
        self._read_head()
        self._read_lines()
        self.done = True
        self.changes.sort(key=lambda change: change[0])
        self.homes.sort(key=lambda home: home[0])
        self._places = [place for place, _voice in self.changes]
        self._asked_places = [place for place, _names in self.asked]

    def at(self, place: int) -> Voice | None:
        """Return who speaks at a place."""
        index = bisect_right(self._places, place)
        return self.changes[index - 1][1] if index else None

    def changed(self, place: int) -> int:
        """Return where the voice at a place began to speak."""
        index = bisect_right(self._places, place)
        return self._places[index - 1] if index else 0

    def asked_at(self, place: int) -> tuple[str, ...]:
        """Return whom the section at a place asks."""
        index = bisect_right(self._asked_places, place)
        return self.asked[index - 1][1] if index else ()

    def point_of(self, place: int) -> tuple[str, ...]:
        """Return the communes that asked in the numbered point that holds a place."""
        index = bisect_right(self.points, place)
        start = self.points[index - 1] if index else 0
        last = bisect_right(self.homes, place, key=lambda home: home[0])
        if last and self.homes[last - 1][0] >= start:
            return self.homes[last - 1][1]
        return ()

    def row_at(self, place: int) -> Row | None:
        """Return the row that holds a place."""
        index = bisect_right(self.rows, place, key=lambda row: row.start)
        row = self.rows[index - 1] if index else None
        return row if row and place < row.end else None

    # The head

    def _read_head(self) -> None:
        profile, low = self.profile, self.low
        head = low[:HEAD]
        title = TITLE.search(head)
        top = title.start() if title else min(300, len(head))
        profile.is_minutes = bool(MINUTES.search(head[:600]))
        profile.of_voters = bool(VOTERS.search(head[:700])) or (
            "cử tri" in head[:400] and low.count("cử tri") >= 3
        )
        profile.of_citizens = self._tells_of_citizens(head)
        author: Named | None = None
        for named in self.offices.within(0, max(top, 10)):
            line = self.text.rfind("\n", 0, named.start) + 1
            said = self.text[named.start : named.end]
            begins = not self.text[line : named.start].strip(" \t*#_|-–>")
            whole = self.text[
                line : max(named.end, self.text.find("\n", named.start))
            ].strip()
            rest = whole.strip(" *#_|")[len(said.strip()) :]
            if not begins or not (said.isupper() or REST.fullmatch(rest)):
                continue
            if (
                named.sort == "commune"
                or (named.sort in ("body", "part") and named.level >= Level.AGENCY)
            ) and (author is None or named.level < author.level):
                author = named
        for match in UNIT_LINE.finditer(low):
            if author is None or match.start() < HEAD:
                near = self.offices.within(match.end(), match.end() + 60)
                if (
                    near
                    and near[0].start <= match.end() + 2
                    and near[0].sort == "commune"
                ):
                    author = author or near[0]
        if author is None and not profile.is_minutes and SIGNED.search(low):
            for match in REPORTS.finditer(low):
                near = self.offices.within(match.start(), match.end())[:1]
                if near and near[0].sort == "commune" and len(near[0].communes) == 1:
                    author = near[0]
                    break
        if author and author.sort == "commune":
            profile.home = author.communes[0]
        elif not author or author.level >= Level.AGENCY:
            profile.home = self._sole_commune()
        if author:
            profile.author = self.compose(author, formal=True)
            if profile.author and re.match(
                r"\s*\n\s*thường trực\s*\n", low[author.end : author.end + 60]
            ):
                name = f"Thường trực {profile.author.name}"
                profile.author = Voice(name, profile.author.level)
        elif profile.home and len(set(self.communes.within(0, len(low)))) == 1:
            profile.author = Voice(profile.home, Level.COMMUNE, (profile.home,))
        if profile.author and profile.author.level >= Level.AGENCY:
            profile.home = None
        to = low.find("kính gửi")
        titled = [
            run
            for run in self.communes.runs
            if run[0][0] < 900 and len(run) > 1 and not 0 <= to < run[0][0] < to + 300
        ]
        begins = STORY.search(head)
        if (
            titled
            and titled[0][0][0] < (begins.start() if begins else 0)
            and CONCLUDES.search(head[:700])
        ):
            profile.about = tuple(dict.fromkeys(name for _s, _e, name in titled[0]))
        runs = [
            run for run in self.communes.runs if run[0][0] < 2 * HEAD and len(run) > 1
        ]
        if runs:
            longest = max(runs, key=len)
            profile.group = tuple(dict.fromkeys(name for _s, _e, name in longest))
        profile.chair = self._role_after(CHAIR, head)
        profile.concluded_by = self._role_after(CONCLUDES, head[:900])
        to = low.find("kính gửi")
        if to >= 0 and to < 2 * HEAD:
            stop = low.find("\n\n", to)
            stop = min(stop if stop > 0 else to + 300, to + 400)
            profile.to = tuple(
                dict.fromkeys(
                    n.name
                    for n in self.offices.within(to, stop)
                    if n.sort == "body" and n.level >= Level.AGENCY and n.name != "tỉnh"
                )
            )

    def _tells_of_citizens(self, head: str) -> bool:
        """Return whether citizens speak all through the text: messages, a dialogue."""
        if CITIZENS.search(head[:400]):
            return True
        words = len(self.low) // 5 + 1
        mine = len(FIRST_PERSON.findall(self.low))
        answers = len(ANSWERS.findall(self.low))
        return answers >= 3 and mine * 120 > words and bool(CHANNEL.search(head[:700]))

    def _sole_commune(self) -> str | None:
        """Return the commune of a text that names one, or whose head names one."""
        names = self.communes.within(0, len(self.low))
        if len(names) == 1:
            return names[0]
        if self.profile.of_citizens or self.profile.is_minutes:
            first = self.communes.within(0, 600)
            return (
                first[0]
                if len(first) == 1 or (first and self.profile.of_citizens)
                else None
            )
        return None

    def _role_after(self, pattern: re.Pattern[str], head: str) -> Voice | None:
        """Return the leader who is named after some words of the head."""
        for match in pattern.finditer(head):
            before = match.group() == ""
            span = (
                (max(0, match.start() - 80), match.start())
                if before
                else (match.end(), match.end() + 90)
            )
            found = [
                n for n in self.offices.within(*span) if n.role or n.sort == "body"
            ]
            found = (
                found[-1:]
                if before
                else [n for n in found[:1] if n.start <= match.end() + 12]
            )
            if found and (found[0].role or found[0].level >= Level.AGENCY):
                return self.compose(found[0], leader=True)
        return None

    # Names of voices

    def compose(
        self, named: Named, *, formal: bool = False, leader: bool = False
    ) -> Voice | None:
        """Return somebody named as a voice: the shortest name, with the commune."""
        home = self.profile.home
        sort, level = named.sort, named.level
        own = (home,) if home else self._last_commune(named.start)
        if sort == "commune":
            if named.role == "own":
                return Voice(named.name, level, named.communes)
            if named.role == "part":
                if home in named.communes:
                    return Voice(named.name, level, named.communes)
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
            if name == "người dân" and self.profile.of_voters:
                name = "cử tri"
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
                    else f"{named.name} {home}"
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
        if level is Level.VILLAGE:
            return Voice(named.name, level, named.communes or own)
        return Voice(named.name, level)

    def _last_commune(self, place: int) -> tuple[str, ...]:
        """Return the communes that spoke last before a place."""
        if not self.done:
            return self.commune
        index = bisect_right(self.homes, place, key=lambda home: home[0])
        return self.homes[index - 1][1] if index else ()

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
        if "đảng ủy" in said and words[0].strip().endswith("bí thư"):
            last, office = words[0].strip(), "Đảng ủy"
        else:
            office = "HĐND" if "hđnd" in said and "ubnd" not in said else "UBND"
            office = "Đảng ủy" if last.endswith("bí thư") else office
        title = (
            last.replace("chủ tịch", "Chủ tịch").replace("bí thư", "Bí thư")
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

    def _many(self, named: Named) -> Voice | None:
        """Return the communes that "các xã", "cả hai phường" mean."""
        if named.level is Level.VILLAGE:
            home = self.profile.home
            return Voice(named.name, Level.VILLAGE, (home,) if home else ())
        group = self.profile.group
        digits = re.sub(r"\D", "", named.role)
        number = int(digits) if digits else 0
        index = bisect_right(self.communes.runs, named.start, key=lambda run: run[0][0])
        before = [
            tuple(dict.fromkeys(name for _s, _e, name in run))
            for run in self.communes.runs[max(0, index - 3) : index]
            if named.start - run[-1][1] < 300
        ]
        if named.role.strip() == "ubnd" and before:
            return self._together(before[-1], "", Level.COMMUNE)
        for names in (*reversed(before), self.pair, group):
            if number and len(names) == number:
                return self._together(names, "", Level.COMMUNE)
        name = named.name
        if name == "các địa phương":
            kinds = {n.split()[0] for n in group}
            name = "các xã, phường" if len(kinds) > 1 else "các xã"
        return Voice(name, Level.COMMUNE, group)

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

    # The lines

    def _read_lines(self) -> None:
        found = list(lines(self.plain))
        tabled = self._read_tables()
        self.starts = [line.start for line in found]
        for line in found:
            if any(start <= line.start < end for start, end in tabled):
                continue
            titled = (
                self.profile.of_citizens
                and line.rank == 9
                and len(line.text.split()) <= 8
            )
            titled = titled and not line.text.endswith((".", ":", ";", "!", "”"))
            if line.start >= 2 and self.low.startswith("v/v", line.start - 2):
                continue
            if (line.is_heading or titled) and not (
                REQUEST.search(line.text.lower())
                and line.text.rstrip("*_ ").endswith(":")
            ):
                self._heading(line)
            else:
                self._line(line)

    def speak(self, place: int, voice: Voice | None) -> None:
        """Let somebody speak from a place on."""
        if voice is None:
            return
        profile = self.profile
        if (
            profile.of_voters
            and voice.level is Level.COMMUNE
            and self.mode != "reply"
            and voice.communes
        ) and not (profile.author and profile.author.level is Level.COMMUNE):
            voice = self._together(voice.communes, "cử tri", Level.CITIZEN) or voice
        self.voice = voice
        if (
            voice.level <= Level.COMMUNE
            and voice.communes
            and len(voice.communes) <= MOST_NAMED
        ):
            self.commune = voice.communes
            self.homes.append((place, voice.communes))
            if len(voice.communes) > 1:
                self.pair = voice.communes
        if voice.level is Level.AGENCY:
            self.agency = voice
        self.changes.append((place, voice))

    def ask(self, place: int, names: tuple[str, ...], rank: int) -> None:
        """Let the section of a rank ask somebody from a place on."""
        while self.asking and self.asking[-1][0] >= rank:
            self.asking.pop()
        self.asking.append((rank, names))
        self.asked.append((place, names))

    def base(self) -> Voice | None:
        """Return who speaks where nobody is named."""
        profile = self.profile
        if self.mode == "bind" and profile.chair:
            return profile.chair
        if self.section:
            return self.section[1]
        if profile.concluded_by:
            return profile.concluded_by
        home = profile.home
        if profile.of_citizens and home:
            if self.mode == "reply":
                return Voice(home, Level.COMMUNE, (home,))
            return Voice(f"người dân {home}", Level.CITIZEN, (home,))
        if (
            profile.of_voters
            and profile.author
            and profile.author.level is Level.COMMUNE
            and self.mode != "reply"
            and home
        ):
            return Voice(f"cử tri {home}", Level.CITIZEN, (home,))
        return profile.author

    def _heading(self, line: Line) -> None:
        """Take from a heading what follows, who says it and to whom."""
        low = line.text.lower()
        self.points.append(line.start)
        rank = line.rank
        if rank == 9:
            rank = 1 if line.text.isupper() else 3
        self._leave(rank, line.start)
        mode = self._mode(low)
        if mode:
            self.mode, self.mode_rank = mode, rank
        named = self.offices.within(line.start, line.end + 1)
        to = self.chain(line.start, line.end) if named else ()
        voice = (
            next((v for n in reversed(named) if (v := self.compose(n))), None)
            if named
            else None
        )
        towards = HEAD_TO.search(low)
        if towards and not to:
            to = self.chain(line.start + towards.end(), line.end)
            if to and self.mode == "ask":
                self.ask(line.start, to, rank)
                return
        sent = re.match(r"(?:đối )?với |(?:kính )?gửi:? |về phía |cho ", low)
        asks = self.mode in ("ask", "bind") or sent
        if to and asks and not mode and (sent or self._is_asked(voice)):
            self.ask(line.start, to, rank)
        elif voice and not (len(named) > 2 and not mode) and rank <= 4:
            if self._may_speak(voice) and line.start > 0:
                self.section = (rank, voice)
                self.speak(line.start, voice)
        elif mode == "reply" and self.profile.home:
            home = self.profile.home
            self.section = (rank, Voice(home, Level.COMMUNE, (home,)))

    @staticmethod
    def _mode(low: str) -> str:
        """Return what a heading announces: asks, orders, answers or reports."""
        if REPLY.search(low):
            return "reply"
        if BINDS.search(low):
            return "bind"
        if ASKS.search(low):
            return "ask"
        if re.search(
            r"khó khăn|vướng mắc|kết quả|tồn tại|hạn chế|thảo luận|phát biểu|ý kiến|tình hình",
            low,
        ):
            return "other"
        return ""

    def _is_asked(self, voice: Voice | None) -> bool:
        """Return whether somebody named under "Kiến nghị" is asked and does not ask."""
        if voice and voice.level is Level.CITIZEN:
            return False
        if self.mode == "bind" or voice is None:
            return True
        if (
            self.profile.of_voters
            and not self.profile.home
            and voice.level <= Level.COMMUNE
        ):
            return False
        author = self.profile.author
        if author is None:
            return voice.level >= Level.AGENCY
        return voice.level > author.level or (
            voice.level is author.level
            and voice.level > Level.COMMUNE
            and voice != author
        )

    def _may_speak(self, voice: Voice) -> bool:
        """Return whether the text of an author can give the word to somebody."""
        author = self.profile.author
        if self.profile.concluded_by and not self.profile.is_minutes:
            return voice.level <= Level.COMMUNE and self.mode != "bind"
        if (
            self.profile.of_citizens
            and self.profile.home
            and voice.level is Level.VILLAGE
        ):
            return False
        if (
            author is None
            or self.profile.is_minutes
            or self.profile.of_citizens
            or self.profile.of_voters
        ):
            return True
        if author.level <= Level.COMMUNE:
            loud = voice.name.split(" xã ")[0].split(" phường ")[0] in LOUD
            return voice == author or (voice.level <= Level.VILLAGE and loud)
        return voice.level < author.level or voice.name.endswith(author.name)

    def _leave(self, rank: int, place: int) -> None:
        """Forget what deeper headings said."""
        if rank <= self.mode_rank < 9:
            self.mode, self.mode_rank = "", 9
        if self.asking and self.asking[-1][0] >= rank:
            while self.asking and self.asking[-1][0] >= rank:
                self.asking.pop()
            self.asked.append((place, self.asking[-1][1] if self.asking else ()))
        if self.section and rank <= self.section[0]:
            self.section = None

    def _line(self, line: Line) -> None:
        """Read a line: its label, its sentences, and what it leaves for the next ones."""
        low = self.low
        self._leave(line.rank if line.rank < 5 else 6, line.start)
        if line.rank < 5:
            self.points.append(line.start)
        base = self._bracketed(line) or self.base()
        if base is not None and (line.rank < 9 or self.section or base != self.voice):
            self.speak(line.start, base)
        if (
            ARROW.match(self.text, line.start)
            and self.profile.of_citizens
            and self.profile.home
        ):
            home = self.profile.home
            near = self.offices.within(line.start, min(line.start + 50, line.end))[:1]
            voice = (
                self.compose(near[0])
                if near and near[0].start < line.start + 5
                else None
            )
            voice = voice if voice and voice.level is Level.COMMUNE else None
            self.speak(line.start, voice or Voice(home, Level.COMMUNE, (home,)))
        self._responsible(line)
        before = len(self.changes)
        for start, end in sentences(self.text, line.start, line.end):
            for piece in range(start, end, LONGEST):
                self._sentence(piece, min(end, piece + LONGEST), line)
        end = line.start + len(low[line.start : line.end].rstrip(" *_"))
        if not low.startswith(":", end - 1) or line.end - line.start < 8:
            return
        rank = 1 if line.rank == 9 else min(line.rank, 4)
        content = low[line.start : end]
        mode = self._mode(content)
        requests = list(REQUEST.finditer(low, line.start, line.end))
        request = requests[-1] if requests else None
        if mode or request:
            leads = self.voice and self.voice.level >= Level.AGENCY
            self.mode, self.mode_rank = mode or ("bind" if leads else "ask"), rank
            if self.mode == "ask" and leads and self.voice == self.profile.concluded_by:
                self.mode = "bind"
        if request:
            asked = (self.chain(one.end(), line.end) for one in reversed(requests))
            to = next((names for names in asked if names), ())
            if to:
                self.ask(line.end, to, rank)
        if (
            len(self.changes) > before
            and self.voice
            and not (
                self.profile.of_citizens
                and self.voice.level is Level.COMMUNE
                and not request
            )
        ):
            self.section = (rank, self.voice)

    def _bracketed(self, line: Line) -> Voice | None:
        """Return the communes in brackets at the end of a point: "... (xã Pa Ủ)"."""
        if line.rank == 9:
            return None
        match = CLOSING_BRACKET.search(self.text, line.start, line.end)
        if not match:
            return None
        found = self.offices.within(match.start(1), match.end(1) + 1)
        if (
            not found
            or found[0].sort not in ("commune", "many")
            or found[0].start > match.start(1) + 8
        ):
            return None
        return self.compose(found[0])

    def _sentence_asks(self, start: int, end: int) -> None:
        """Read "Sở Nội vụ mở lớp ...; hướng dẫn ..." in a list of asks."""
        found = self.offices.within(start, end)[:1]
        if (
            not found
            or found[0].start > start + 40
            or found[0].sort in ("crowd", "village")
        ):
            return
        gap = CHAIN_GAP.match(self.low, start, end)
        if found[0].start > (gap.end() if gap else start):
            return
        to = self.chain(start, end)
        voice = self.compose(found[0])
        says = SAYS.match(self.low, found[0].end + 1)
        if to and self._is_asked(voice) and not (says and self.mode == "ask"):
            self.ask(start, to, 8)

    def _responsible(self, line: Line) -> None:
        """Read "Cơ quan xử lý: Sở Y tế", which says for a line who answers."""
        match = RESPONSIBLE.search(self.low, line.start, line.end)
        if not match:
            return
        found = self.offices.within(match.start(1), match.end(1) + 1)
        voice = self.compose(found[0]) if found else None
        if voice is None:
            voice = Voice(
                self.text[match.start(1) : match.end(1)].strip(), Level.AGENCY
            )
        about = tuple(self.communes.within(line.start, match.start()))
        insort(
            self.rows,
            Row(line.start, line.end, voice, about),
            key=lambda row: row.start,
        )

    def _sentence(self, start: int, end: int, line: Line) -> None:
        """Read a sentence: who is its subject and says something."""
        low = self.low
        while start < end and self.text[start].isspace():
            start += 1
        label = LABEL.match(self.text, start, end) or ANSWER_DOT.match(low, start, end)
        stop = label.end() - 1 if label else start
        subject = False
        said = SAYS.search(low, start, stop) if label else None
        noun = LABEL_NOUN.search(low[start:stop]) if said else None
        if label and (not said or noun) and self._label(start, stop, line):
            start = label.end()
            subject = bool(self.offices.within(label.start(), label.end()))
        if self.mode in ("ask", "bind"):
            self._sentence_asks(start, end)
        asked = False  # somebody was asked in this sentence
        self._quoted_ask(start, end)
        if me := I_AM.search(low, start, end):
            found = self.offices.within(me.end(), me.end() + 30)[:1]
            if found and found[0].start == me.end() and found[0].sort == "crowd":
                self.speak(start, self.compose(found[0]))
        text, begin, at = self.text, start, start
        since = max(line.start, start - QUOTE)
        opened = text.count("“", since, start) - text.count("”", since, start)
        for named in self.offices.within(start, end):
            opened += text.count("“", at, named.start) - text.count(
                "”", at, named.start
            )
            for match in BOUNDARY.finditer(low, at, named.start):
                begin = match.end()
            at = named.start
            if opened > 0:
                continue
            opening = low[begin : named.start]
            if len(opening) > LONG or not OPENS.fullmatch(opening):
                asked = asked or bool(REQUEST.search(low, begin, named.start))
                continue
            voice = self._subject(
                named, begin, start, end, subject=subject, asked=asked
            )
            if voice is None:
                continue
            if not self._may_speak(voice):
                continue
            place = named.start
            closed = begin > 2 and "”" in self.text[begin - 3 : begin + 1]
            tail = begin > start and (closed or self._is_tail(named, start, end))
            if tail:
                quote = self.text.rfind(
                    "“", max(line.start, named.start - QUOTE), named.start
                )
                place = quote if quote >= 0 and closed else start
                self._forget(place)
            self.speak(place, voice)
            subject = True
            home = self.profile.home
            if (
                named.role
                and self.mode == "reply"
                and self.section
                and self.section[1].name == home
            ):
                self.section = (self.section[0], voice)
            self._answered(named, voice, end)
            if (
                CLOSES.search(low, start, end)
                and named.role
                and named.level >= Level.PROVINCE
            ):
                self.closing = True
            elif voice.level < Level.PROVINCE:
                self.closing = False

    def _answered(self, named: Named, voice: Voice, end: int) -> None:
        """Let the author answer after "Xã X xin kè bờ sông: nhất trí ..."."""
        author = self.profile.author
        if author is None or author.level < Level.AGENCY or voice.level >= author.level:
            return
        colon = self.low.find(": ", named.end + 30, end)
        if (
            colon > 0
            and not self.profile.is_minutes
            and not SAYS.search(self.low, colon - 16, colon)
        ):
            self.speak(colon + 1, self.base() or author)

    def _quoted_ask(self, start: int, end: int) -> None:
        """Read an ask that an answer repeats: "Về đề nghị của phường X cho ..."."""
        author = self.profile.author
        match = OF_ASK.search(self.low, start, end)
        if not match or author is None or author.level < Level.AGENCY:
            return
        found = self.offices.within(match.start() + 8, end)[:1]
        if (
            not found
            or found[0].start > match.end() + 12
            or found[0].level > Level.COMMUNE
        ):
            return
        if re.match(
            r"\s*(?:[,.;]|tại|đã|nêu)", self.low[found[0].end : found[0].end + 8]
        ):
            return
        self.speak(found[0].start, self.compose(found[0]))
        back = BACK.search(self.low, found[0].end, end)
        self.speak(back.start() if back else end, self.base() or author)

    def _forget(self, place: int) -> None:
        """Take back the changes since a place: who speaks there is named after it."""
        while self.changes and self.changes[-1][0] >= place:
            self.changes.pop()

    def _is_tail(self, named: Named, start: int, end: int) -> bool:
        """Return whether "..., X nói" ends the sentence."""
        says = SAYS_OR_DOES.search(self.low, named.end, min(end, named.end + 40))
        if not says:
            return False
        rest = self.low[says.end() : end].strip(" .”")
        if (
            len(rest.split()) > 5
            or ":" in rest
            or REQUEST.fullmatch(says.group())
            and rest
        ):
            return False
        return "“" not in rest

    def _subject(
        self,
        named: Named,
        begin: int,
        start: int,
        end: int,
        *,
        subject: bool,
        asked: bool,
    ) -> Voice | None:
        """Return the voice of somebody who is the subject of what is said."""
        low = self.low
        opening = low[begin : named.start]
        after = named.end
        if bracket := re.compile(r"\s*\([^()]{0,80}\)").match(low, after, end):
            after = bracket.end()
        boundary = BOUNDARY.search(low, after, end)
        stop = boundary.start() if boundary else end
        follower = next(
            (n.start for n in self.offices.within(after, stop) if n.sort != "here"),
            stop,
        )
        words = (after, min(follower, after + 110))
        binding = asked or self.closing or self.mode in ("bind", "ask")
        says = (SAYS if binding else SAYS_OR_DOES).search(low, *words)
        initial = begin == start and not subject
        author = self.profile.author
        if BY.search(opening) and boundary and boundary.start() - after < 40:
            return self.compose(named)
        quoted = self.text[max(start, begin - 4) : begin].rstrip(" ,").endswith("”")
        if quoted or (initial and not asked and QUOTES.search(self.text, after, end)):
            return self.compose(named)
        if named.sort == "crowd":
            near = SAYS.search(low, after, min(stop, after + 60))
            if (
                not near
                or near.start() - after > (40 if initial else 6)
                or self._is_passive(low, near.start(), after)
            ):
                return None
            author_level = author.level if author else Level.CENTRE
            if (
                author_level <= Level.COMMUNE
                and not named.communes
                and named.name not in ("người dân", "cử tri", "phụ huynh", "tổ dân phố")
            ):
                return None
            return self.compose(named)
        if not initial and subject:
            says = SAYS.search(low, *words)
        if named.sort == "here" and not initial and subject and not named.role:
            return None
        if initial and author and named.sort == "short" and not binding:
            voice = self.compose(named)
            if voice == author:
                return voice
        if says and (not self._is_passive(low, says.start(), after)):
            if says.start() - after > 3 and asked and not SAYS.match(low, says.start()):
                return None
            if (
                self.mode == "bind"
                and (not named.role or named.role.isdigit())
                and (author or self.profile.is_minutes)
            ):
                up = named.level <= Level.COMMUNE and says.start() - after < 24
                if not (
                    up
                    and re.match(
                        r"phản ánh|kiến nghị|nêu|cho biết|báo cáo|xin|đề|mong|nhờ",
                        says.group(),
                    )
                ):
                    return None
            return self.compose(named)
        if ":" in low[after : after + 2] and initial and not binding:
            return self.compose(named)
        if (
            named.role
            and named.level is Level.PROVINCE
            and author is None
            and not asked
        ):
            return self.compose(named)
        if author is None or self.profile.is_minutes:
            place = ACCORDING.search(opening)
            if (
                named.level is Level.COMMUNE
                and named.sort in ("commune", "here")
                and not asked
            ):
                if initial and (not binding or place):
                    return self.compose(named)
                if (
                    place
                    and boundary
                    and low[boundary.start()] == ","
                    and not subject
                    and begin == start
                ):
                    return self.compose(named)
            if (
                not (initial and self.closing)
                and initial
                and named.level >= Level.AGENCY
                and named.sort in ("body", "short", "part")
                and not binding
                and not place
            ):
                return self.compose(named)
        return None

    @staticmethod
    def _is_passive(low: str, place: int, after: int) -> bool:
        """Return whether what looks like speech is done to the subject."""
        return bool(
            re.search(
                r"(?:được|bị|theo|để|việc|các|những|nhiều)\s$",
                low[max(after, place - 7) : place],
            )
        )

    def _label(self, start: int, stop: int, line: Line) -> bool:
        """Read a label before a colon; return whether it was one."""
        low = self.low[start:stop]
        if MORE_SAY.match(low):
            self._forget(line.start)
            self.voice = self.changes[-1][1] if self.changes else self.voice
            return True
        named = self.offices.within(start, stop + 1)
        named = [n for n in named if n.end <= stop]
        row = self.row_at(start)
        if ANSWER_LABEL.search(low):
            voice = next((v for n in named[:1] if (v := self.compose(n))), None)
            near = self.offices.within(stop, stop + 60)[:1]
            first = (
                self.compose(near[0]) if near and near[0].start <= stop + 2 else None
            )
            first = (
                first if first and near[0].sort in ("here", "commune", "body") else None
            )
            first = first if first and self._may_speak(first) else None
            answerer = (
                voice or (row.agency if row else None) or first or self._answerer(stop)
            )
            if (
                voice
                and voice.level >= Level.AGENCY
                and not voice.name.startswith("các ")
            ):
                self.answers.append((start, voice))
            if answerer:
                self.speak(start, answerer)
            if voice and self.section and self.section[1].name == self.profile.home:
                self.section = (self.section[0], voice)
            return True
        if not named:
            if ASKS.search(low) and self.profile.of_citizens and self.base():
                self.speak(start, self.base())
            return False
        if len(low.split()) > 18:
            return False
        first = named[0]
        if first.sort == "crowd" and PERSON_AT.match(self.text, first.start):
            for other in named[1:]:
                before = self.low[first.start : other.start]
                if other.role or (
                    POSTED.search(before)
                    and other.sort in ("village", "part", "here", "body", "commune")
                ):
                    first = other
                    break
        opening = self.low[start : named[0].start]
        author = self.profile.author
        if (
            first.sort == "commune"
            and author
            and author.level >= Level.AGENCY
            and re.match(r"(?:đối )?với |về phía ", opening)
        ):
            self.commune = first.communes
            self.homes.append((start, first.communes))
            return True
        voice = self.compose(first)
        if not OPENS.fullmatch(opening) and not re.fullmatch(
            r"[\s\[\]\d.)-]*(?:kiến nghị|đề xuất|ý kiến|phản ánh|nội dung)[\s\w,]*",
            opening,
        ):
            return False
        to = self.chain(first.start, stop) if first is named[0] else ()
        if re.search(r"của (?:\w+ )?$|cử tri|đại diện", opening):
            to = ()
        if (
            self.mode == "bind"
            and self.profile.is_minutes
            and voice
            and self.profile.chair == voice
        ):
            self.speak(start, voice)
            return True
        if self.mode in ("bind", "ask") and self._is_asked(voice) and to:
            self.ask(start, to, 8)
            return True
        if voice and self._may_speak(voice):
            self.speak(start, voice)
        return True

    def _answerer(self, place: int) -> Voice | None:
        """Return who answers when a label says only that somebody does."""
        profile = self.profile
        author = profile.author
        if author and (
            author.level >= Level.AGENCY or profile.of_citizens or profile.of_voters
        ):
            return author
        if profile.home:
            return Voice(profile.home, Level.COMMUNE, (profile.home,))
        near = self.offices.within(place, place + 60)
        if near and near[0].start < place + 4:
            return self.compose(near[0])
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
            return (named.name,)
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

    # Tables

    def _read_tables(self) -> list[tuple[int, int]]:
        """Read the rows whose cells stand between bars or one a line."""
        taken = []
        raws = self.low.split("\n")
        starts = [0]
        for raw in raws:
            starts.append(starts[-1] + len(raw) + 1)
        columns: list[str] = []
        for index, raw in enumerate(raws):
            if raw.count("|") < 2:
                continue
            cells = raw.split("|")
            named = [_column(cell) for cell in cells]
            if not columns:
                if len(set(named) - {""}) >= 2 and "ask" in named:
                    columns = named
                    taken.append((starts[index], starts[index + 1]))
                continue
            taken.append((starts[index], starts[index + 1]))
            if len(cells) != len(columns):
                continue
            spans, at = {}, starts[index]
            for column, cell in zip(columns, cells, strict=True):
                spans.setdefault(column, (at, at + len(cell)))
                at += len(cell) + 1
            self._row(spans, starts[index], starts[index + 1])
        return taken or self._upright(raws, starts)

    def _upright(self, raws: list[str], starts: list[int]) -> list[tuple[int, int]]:
        """Read rows copied out of a table, one cell a line, after its heads."""
        for index in range(len(raws) - 5):
            if not NUMBERED.fullmatch(raws[index]):
                continue
            for width in (5, 4, 3):
                named = [_column(raw) for raw in raws[index : index + width]]
                if named[0] == "number" and "ask" in named and "" not in named:
                    return self._upright_rows(raws, starts, index, named)
        return []

    def _upright_rows(
        self, raws: list[str], starts: list[int], head: int, columns: list[str]
    ) -> list[tuple[int, int]]:
        index = head + len(columns)
        while index + len(columns) <= len(raws):
            if not re.fullmatch(r"\s*\d{1,3}[.)]?\s*", raws[index]):
                index += 1
                continue
            spans = {
                c: (starts[index + n], starts[index + n + 1])
                for n, c in enumerate(columns)
            }
            self._row(spans, starts[index], starts[index + len(columns)])
            index += len(columns)
        return [(starts[head], len(self.low))]

    def _row(self, spans: dict[str, tuple[int, int]], start: int, end: int) -> None:
        """Read the cells of one row: who asks whom, and who answers."""
        who = self._cell(spans.get("who"))
        agency = self._cell(spans.get("agency"))
        if agency is None and "agency" in spans:
            said = self.text[slice(*spans["agency"])].strip()
            agency = Voice(said, Level.AGENCY) if len(said) > 3 else None
        self.mode = "ask"
        ask = spans.get("ask", (start, end))
        if who:
            self.speak(start, who)
        elif self.base():
            self.speak(start, self.base())
        about = who.communes if who else tuple(self.communes.within(start, end))
        told = self._told(spans["answer"]) if "answer" in spans else None
        insort(
            self.rows, Row(start, end, agency or told, about), key=lambda row: row.start
        )
        for s, e in sentences(self.text, *ask):
            self._sentence(s, e, Line(ask[0], ask[1], 9, self.text[slice(*ask)]))
        self.mode = ""
        if "answer" in spans:
            at, stop = spans["answer"]
            self.mode = "reply"
            answerer = (
                agency or self._cell((at, min(stop, at + 60))) or self._answerer(at)
            )
            if answerer:
                self.speak(at, answerer)
            self.mode = ""

    def _told(self, span: tuple[int, int]) -> Voice | None:
        """Return the body with which an answer begins: who was asked."""
        start = span[0]
        while start < span[1] and self.text[start].isspace():
            start += 1
        found = self.offices.within(start, span[1])[:1]
        if not found or found[0].start > start or found[0].level < Level.AGENCY:
            return None
        return self.compose(found[0])

    def _cell(self, span: tuple[int, int] | None) -> Voice | None:
        if span is None:
            return None
        found = self.offices.within(*span)
        return next((v for n in found if (v := self.compose(n))), None)


CHAIN_GAP = re.compile(
    r"(?:[\s:“*]|kính|với|cho|tới|đến|lên|đối|về|phía|gửi|các đồng chí|đồng chí|lãnh đạo|cấp ủy|cả|thường trực"
    r"|đảng ủy, hđnd|trước hết|trước mắt|riêng|còn|thì|quý|giám đốc|chánh|trưởng|có văn bản|có ý kiến|kiến nghị|đề nghị)*"
)
CLOSES = re.compile(
    r"kết luận|khép lại|chốt lại|kết thúc|bế mạc|phát biểu chỉ đạo|giao |yêu cầu|quán triệt|tổng kết"
)
QUOTES = re.compile(r"[:,] “")
ANSWER_DOT = re.compile(r"(?:trả lời|giải đáp|phúc đáp|ý kiến của sở|sở có ý kiến)[.:]")
I_AM = re.compile(r"(?<!\w)(?:tôi|chúng tôi|em|mình|tui) là ")
STORY = re.compile(
    r"\n\s*(?:trong (?:hai |ba )?ngày|(?:sáng |chiều )?(?:ngày|hôm)|thực hiện)", re.I
)
ARROW = re.compile(r"=+>|→|->")
HEAD_TO = re.compile(
    r"(?:kiến nghị|đề xuất|đề nghị|ý kiến)[^\n]{0,30}? (?:đối với|với|gửi(?: tới| đến)?|đến|lên) "
)
CLOSING_BRACKET = re.compile(r"\(([^()]{3,90})\)[.;\s]*$")
PERSON_AT = re.compile(r"[ôÔ]ng |[bB]à |[aA]nh |[cC]hị ")
POSTED = re.compile(
    r"(?:trưởng|bí thư|giám đốc|chủ nhiệm|hiệu trưởng|đại diện|chủ tịch)[^,;:()]{0,24}$"
)
LABEL_NOUN = re.compile(
    r"^[\s\d.)a-zđ-]{0,4}(?:nội dung |các )?(?:kiến nghị|đề nghị|đề xuất|ý kiến|phản ánh)(?: số \d+)? của"
    r"|[-–] (?:nội dung )?(?:kiến nghị|đề nghị|đề xuất|ý kiến|phản ánh)$"
)
OF_ASK = re.compile(
    r"(?:đề nghị|kiến nghị|ý kiến|đề xuất|phản ánh) của (?:ubnd |đảng ủy |cử tri |người dân )?(?=các |hai |xã|phường|đặc khu)"
)
BACK = re.compile(
    r"[,;:] (?:(?:tôi |chúng tôi )?(?:giao|yêu cầu|đề nghị|thống nhất|đồng ý|ghi nhận|chấp thuận)"
    r"|sở|ubnd tỉnh|nội dung|vấn đề|trước mắt)(?!\w)|:(?= )"
)
MORE_SAY = re.compile(r"(?:và )?(?:một số |các |những )?ý kiến khác|cùng ý kiến")
CHAIN_NEXT = re.compile(r"\s*(?:,|và|;|cùng|/)\s*(?:với |cho )?(?=\S)")
NUMBERED = re.compile(r"\s*(?:tt|stt|số tt|số)\s*")
COLUMNS = (
    ("answer", re.compile(r"trả lời của|giải trình của|kết quả giải quyết của")),
    (
        "agency",
        re.compile(
            r"cơ quan|thẩm quyền|(?:đơn vị|nơi) (?:giải quyết|trả lời|chủ trì|xử lý)|sở, ngành"
        ),
    ),
    (
        "answer",
        re.compile(
            r"trả lời|kết quả|giải trình|nội dung giải quyết|tiến độ|phản hồi|hướng xử lý"
        ),
    ),
    (
        "ask",
        re.compile(r"nội dung|kiến nghị|ý kiến|phản ánh|đề xuất|khó khăn|vướng mắc"),
    ),
    ("who", re.compile(r"cử tri|địa phương|đơn vị|địa bàn|xã|phường|nơi")),
    ("number", re.compile(r"^(?:tt|stt|số tt|số)$")),
)


def _column(cell: str) -> str:
    """Return what a column holds, by the words of its head."""
    cell = cell.strip()
    if not cell or len(cell) > 60:
        return ""
    return next((name for name, words in COLUMNS if words.search(cell)), "")
