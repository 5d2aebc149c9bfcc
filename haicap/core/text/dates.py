"""Finds until when something is to be done, in the words of official texts."""

from __future__ import annotations

import calendar
import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta


@dataclass(frozen=True, slots=True)
class Deadline:
    """A time limit: its place in the text, and its last day when the words name one."""

    start: int
    end: int
    day: date | None


ONES = ("một", "hai", "ba", "bốn", "năm", "sáu", "bảy", "tám", "chín", "mười")
NUMBERS = {word: number for number, word in enumerate(ONES, start=1)}
NUMBERS |= {"tư": 4, "lăm": 5, "mười một": 11, "mười hai": 12}
NUMBERS |= {"i": 1, "ii": 2, "iii": 3, "iv": 4}
WORD = "(?:" + "|".join(sorted(NUMBERS, key=len, reverse=True)) + r")(?!\w)"
# "sang năm" and "năm nay" are no fifth month.
NAME = rf"(?:1[0-2]|0?[1-9]|(?:{WORD})(?! nay| tới| sau))"

# A bad scan reads 1 as l: "3l/01/2026".
NUMERIC = (
    r"(?:\d\d? và )?(?:mồng |mùng )?[0-3o]?[\dl]\s?[/.-]\s?(?:1[0-2l]|[0l]?[1-9l])"
    r"(?:\s?[/.-]\s?20\d\d)?(?![\d/])"
)
WRITTEN = rf"(?:mồng |mùng )?(?:[0-3]?\d|{WORD}) tháng {NAME}(?![\d/])(?:(?:,? năm |/)20\d\d)?"
# 9/11 before a noun counts parts of a whole, 15-20 before a measure is a range.
NO_SHARE = (
    r"(?!\s*(?:%|xã|phường|thôn|bản|ấp|hộ|km|ha|tổ|trường|điểm|cơ sở|công trình|dự án"
    r"|người|đơn vị|phòng|tỷ|triệu|ngày|giờ|tháng|tuần|máy|hồ sơ|trạm|đại biểu)\b)"
)
DATE = rf"(?:{WRITTEN}|{NUMERIC}{NO_SHARE})"
DAY_ONLY = (
    r"(?:ngày (?:mồng |mùng )?|mồng |mùng )(?:[0-3]?\d|{word})(?! ?[/.\d-]| ngày)"
)
DAY_ONLY = (
    DAY_ONLY.format(word=WORD) + r"(?: tháng (?:này|sau|tới))?(?! tháng| hằng| hàng)"
)
CLOCK = r"(?:\d{1,2} ?(?:h|giờ|g)(?: ?\d\d)?(?: phút)?,?\s+(?:ngày\s+)?)?"
WEEKDAY = r"(?:thứ (?:hai|ba|tư|năm|sáu|bảy|[2-7])|chủ nhật)"
LATEST = r"(?:chậm|muộn) nhất(?: là| phải xong| phải)?(?: vào| đến hết| đến| trong| trước| hết)?"
LIMIT = (
    rf"(?:ngay trước|trước|{LATEST}|không muộn hơn|hạn(?: chót| cuối)?(?: là| đến)?"
    r"|(?<!đến )(?<!sang )hết|nội trong|nội|trong|kịp|vào)"
)
QUARTER = (
    r"quý (?:i{1,3}|iv|[1-4]|một|hai|ba|bốn|tư)(?!\w)"
    r"(?:\s*(?:/|-|,? năm )\s*20\d\d| năm nay)?"
)
MONTH = rf"tháng {NAME}(?![\w/]|\s*-)(?:,? năm 20\d\d)?|(?:tháng |t)(?:1[0-2]|0?[1-9])\s*/\s*20\d\d"
YEAR = r"năm 20\d\d(?!\s*[-–])"
HALF = r"(?:6|sáu|9|chín) tháng đầu năm(?: 20\d\d| nay)?|nửa (?:đầu|cuối) năm(?: 20\d\d| nay)?"
PART = (
    r"(?:đầu |giữa |cuối |hết |nửa đầu |nửa cuối |thượng tuần |trung tuần |hạ tuần )?"
)
THIS = r"(?:tuần|tháng|quý) này|năm nay"
PERIOD_NAME = rf"(?:{HALF}|{PART}(?:{QUARTER}|{MONTH}|{YEAR}|{THIS}))"
HOW_MANY = (
    rf"(?:\d+(?: ?[-–] ?\d+)?|(?:hai|ba|bốn|năm|sáu|bảy|tám|chín)? ?mươi(?: {WORD})?"
    rf"|mười {WORD}|{WORD}|nửa|vài(?: ba)?|ít|mấy|một vài)(?: \(\w+(?: \w+)?\))?"
)
SPAN = rf"{HOW_MANY} ?(?:ngày|hôm|bữa|giờ|h|tuần|tháng|quý)\b(?: làm việc)?"

NAMED = re.compile(
    rf"(?<!\w)(?:đến hết|{LIMIT})\s+{CLOCK}(?:{WEEKDAY},?\s*)?"
    rf"(?:\((?:ngày )?{DATE}\)|(?:ngày\s+)?{DATE}|{DAY_ONLY})"
    rf"|từ (?:ngày )?{DATE} (?:đến|tới)(?: hết)?(?: ngày)? {DATE}"
)
UNTIL = re.compile(
    rf"(?<!\w)(?<!\d )(?:đến|tới) (?:hết |cuối )?(?:(?:ngày )?{DATE}|{QUARTER}|{MONTH}|{YEAR})"
)
NEAR = re.compile(
    rf"(?:{LIMIT}\s+)?(?<!\w)(?<!từ )(?<!đến ){CLOCK}(?:{WEEKDAY}(?: tuần)? (?:này|tới|sau)|(?:ngày )?hôm nay"
    rf"|(?:ngày|sáng|trưa|chiều) mai\b|(?:chiều|tối|đêm) nay)|(?<!\w)(?:trước|{LATEST}) {CLOCK}{WEEKDAY}(?! (?:hằng|hàng))"
    r"|(?<!\w)(?:trong|nội|cuối|hết) tuần này"
)
COUNTED = re.compile(
    rf"(?<!\w)(?:nội )?trong (?P<how>vòng |thời hạn |thời gian |tối đa |không quá )?{SPAN}"
    rf"(?! đầu năm| vừa qua| qua\b| gần đây)(?: tới| nữa)?|(?<!\w)(?:không quá|{LATEST}(?: sau)?|tối đa|sau|nội) {SPAN}(?: nữa)?"
    rf"|(?<!\w){SPAN} (?:nữa|tới)\b|(?<!\w)(?<!thứ ){SPAN} sau(?=[,.;]|$| báo cáo)"
    r"|(?:ngay )?trong ngày(?=[,.;]|$)"
    r"|(?<!\w)(?:(?:ngay )?(?:trong|nội|đầu|giữa|cuối|vào) ){1,3}"
    r"(?:tuần|tháng|quý|năm) (?:tới|sau)\b(?! sáp| hợp| sắp)"
)
# After these, a number of months is how long something lasts.
LASTS = re.compile(
    r"(?:mượn|biệt phái|thí điểm|thuê|trực|duy trì|bảo lưu|miễn|giảm|kéo dài|hỗ trợ|gia hạn|ổn định)"
    r"[^;.]*$"
)
PERIOD = re.compile(
    rf"(?<!\w)(?:{LIMIT}\s+{PERIOD_NAME}|(?<!đến )(?:cuối|hạ tuần|trung tuần|thượng tuần) "
    rf"(?:{QUARTER}|{MONTH}|{YEAR}|{THIS}))"
)
PLANNED = re.compile(
    rf"(?<!từ )(?<!đến )(?<!tới )(?<!mỗi )(?<!tuần )(?<!\w)(?:(?:đầu |giữa |cuối )?(?:{QUARTER}|{MONTH})"
    rf"|(?:đầu|giữa|cuối) {YEAR}|{HALF}|(?<=dự kiến ){YEAR})"
)
ANY = rf"(?:(?:ngày )?{DATE}|{QUARTER}|{MONTH})"
BARE = re.compile(
    rf"(?<=\| ){ANY}(?=$| \|)|(?<=hoàn thành ){ANY}|(?<=xong ){ANY}|(?:^|(?<=, )|(?<=; )){ANY}(?= (?:phải|báo cáo|xong|hoàn thành|gửi|nộp"
    r"|trình|có mặt|bàn giao|giao|cấp|họp|chi|mở|khởi công|khánh thành))"
)
PLANNED_DAY = re.compile(rf"(?<!từ )(?<!\w)ngày {DATE}")
NEXT_WEEK = re.compile(r"(?<!từ )(?<!\w)(?:đầu |giữa |cuối )?tuần (?:tới|sau)\b")
PLANNED_NEXT = re.compile(
    r"(?<!từ )(?<!\w)(?:đầu |giữa |cuối |sang )?(?:tuần|tháng|quý|năm) (?:tới|sau)\b"
    r"(?! khi)|(?<!từ )(?<!\w)sang (?:năm|xuân|hè|tháng|quý)\b"
)
OF_YEAR = r"(?: \(?20\d\d(?: ?- ?20\d\d)?\)?| năm (?:20\d\d|nay)| này| tới| sắp tới)*"
SEASON = (
    rf"(?:mùa (?:mưa(?: bão| lũ)?|khô|nóng|lũ|bão|nước nổi|du lịch(?: hè)?|hè|đông|rét|cưới"
    rf"|thu hoạch|lễ hội|tựu trường|cháy rừng|gió chướng|\w+)|vụ (?:đông xuân|hè thu|thu đông|\w+)"
    rf"|năm học(?: mới)?(?! đầu)|kỳ nghỉ hè|dịp hè){OF_YEAR}"
)
FEAST = (
    r"(?:tết(?: nguyên đán| âm lịch| dương lịch| trung thu| bính ngọ| đinh mùi| mậu thân)*"
    rf"{OF_YEAR}|rằm(?: tháng \w+)?|(?:(?:ngày |mồng |mùng )*\d+ )?tháng chạp|ngày hội \w+(?: \w+)*|ngày khai giảng|khai giảng"
    r"|\d+ tết|giao thừa|quốc khánh|lũ(?: tiểu mãn| về| tới)?|vụ(?=[,.;]|$)|ngày bầu cử|cuộc bầu cử|bầu cử|dịp (?:lễ|tết)|đại hội|ngày tựu trường|lễ hội)"
)
SESSION = (
    r"(?:các )?kỳ họp (?:hđnd(?: tỉnh| thành phố| xã)? )?(?:thứ \w+|thường lệ|chuyên đề"
    r"|gần nhất|tới|sau|này|sắp tới|giữa năm|cuối năm|đầu năm|tháng \d+(?:/20\d\d)?|"
    r"(?:cuối |giữa )?năm 20\d\d)(?: (?:thường lệ|giữa năm|cuối năm|gần nhất|tới|sắp tới|này"
    r"|năm 20\d\d|20\d\d))*(?: của (?:hđnd|hội đồng nhân dân)(?: tỉnh| thành phố| xã)?)?"
)
EVENT = re.compile(
    rf"(?<!\w)(?:ngay |kịp )?(?:trước|trong|kịp)(?: thềm| dịp| khi(?: vào| bước vào)?)?"
    rf" {SEASON}(?! trước)"
    rf"|(?<!\w)(?:ngay )?(?:trước|kịp|sau|qua|ra)(?: dịp)? {FEAST}(?! năm trước)"
    r"|trước khi (?:khóa sổ(?: ngân sách)?|xuống giống|hết năm(?: 20\d\d)?|nghỉ tết"
    r"|(?:mưa|bão|lũ|nước) về|khai giảng|bế giảng"
    r"|(?:học sinh |các cháu )?(?:tựu trường|vào năm học(?: mới)?|nhập học))"
    rf"|(?<!\w)(?:ngay trong |trước )?{SESSION}"
    r"|khi giao dự toán năm 20\d\d|trong kỳ lương tháng \d+"
)
REPEATED = re.compile(
    rf"(?:trước )?{CLOCK}(?:định kỳ )?(?:vào )?(?:(?:ngày \d+|{WEEKDAY}),? )?"
    r"(?:hằng|hàng) (?:ngày|đêm|tối|tuần|tháng|quý|năm)"
    rf"|(?<!\w){HOW_MANY} (?:ngày|tháng|tuần|quý|năm)(?: ?/ ?| )(?:một |1 )?lần"
    rf"|mỗi (?:ngày|tuần|tháng|quý|năm)(?: \w+){{0,2}} (?:\d|{WORD}) (?:lần|buổi|kỳ)"
    rf"|(?:ngày \d+|{WEEKDAY}),? mỗi (?:tuần|tháng)|mỗi {WEEKDAY}"
    r"|(?:cuối|đầu|định kỳ) mỗi (?:tuần|tháng|quý|năm)"
    rf"|(?<=báo cáo )(?:tháng|quý|tuần) (?:1|một|hai) lần|định kỳ {SPAN}"
)
# "phụ cấp hằng tháng" is an amount, not a time.
AMOUNT = re.compile(
    r"(?:phụ cấp|trợ cấp|hỗ trợ|kinh phí|tiền|mức|thu nhập|lương|chi phí|kế hoạch|dự toán"
    r"|quỹ|khoán|đóng góp|chi|thưởng|trung bình|bình quân|nước|nguồn|điều hành|công việc"
    r"|sinh hoạt|thuê)(?: \w+){0,3} $"
)
# Without one of these nothing is said about time; most statements end here.
TIME = re.compile(
    r"\d\s?[/.-]\s?\d|[\dl][/.-][\dl]|tháng|ngày|tuần|quý|năm (?:\d|nay|học|sau|tới)|(?:hôm|tối|đêm|chiều) nay|\bt\d"
    r"|\bmai\b|giờ|\d ?h\b|thứ |mồng|mùng|tết|rằm|mùa|vụ |kỳ |khai giảng|bầu cử|dịp"
    r"|đại hội|lễ hội|trước khi|hằng|hàng|lần|bữa|sang|tựu trường|giao thừa|dự toán|trước lũ|trước vụ|quốc khánh"
)
PASSED = 60  # days after which a date without a year is meant for the next one


def find_deadline(
    low: str, *, today: date | None, planned: bool, since: date | None = None
) -> Deadline | None:
    """
    Return the time limit in one statement, given in lower case.

    `today`: when the document was written; a date without a year is near it.
    `since`: when that is not known, such a date is the first one from this day on.
    `planned`: the statement is a reply. A bare "quý I/2026" in it is a promise, and a day
    before `today` is history.
    """
    # Line breaks of the page do not part the words; the places stay the same.
    low = low.replace("\n", " ").replace("\xa0", " ")
    if not TIME.search(low):
        return None
    for limit in _limits(low, today, planned, since):
        past = today and limit.day and limit.day < today
        if not (past and planned):
            return limit
    return None


def _limits(
    low: str, today: date | None, planned: bool, since: date | None
) -> Iterator[Deadline]:
    """Yield what can be the limit, the surest first."""
    for match in NAMED.finditer(low):
        yield _dated(match, today, since)
    for match in NEAR.finditer(low):
        yield _dated(match, today, since)
    for match in COUNTED.finditer(low):
        said = match.group()
        lasts = "tháng" in said and said.startswith("trong") and not match["how"]
        if lasts and LASTS.search(low, 0, match.start()):
            continue
        if re.match(r"sau (?!\d+ (?:ngày|giờ))", said):
            continue  # "sau ba tháng" mostly looks back
        yield Deadline(_after_now(match), match.end(), None)
    events = [m for m in EVENT.finditer(low) if not _denied(low, m)]
    for match in PERIOD.finditer(low):
        # "kỳ họp cuối năm 2025" is an event, not the end of the year.
        inside = any(e.start() < match.start() < e.end() for e in events)
        if not inside and not ("năm" in match.group() and _denied(low, match)):
            yield _dated(match, today, since)
    for match in UNTIL.finditer(low):
        goal = re.match(
            r"[^;.]{0,40}?\b(?:xong|hoàn thành|phải|sẽ|đạt|cơ bản)\b",
            low[match.end() :],
        )
        if goal or re.search(r"(?:xong|hoàn thành|phấn đấu) $", low[: match.start()]):
            yield _dated(match, today, since)
    for match in BARE.finditer(low):
        yield _dated(match, today, since)
    for match in events:
        yield Deadline(match.start(), match.end(), None)
    for match in REPEATED.finditer(low):
        start = match.start() + len(match.group()) - len(match.group().lstrip())
        if not AMOUNT.search(low, 0, start) and low[match.end() :][:6] != " trước":
            yield Deadline(start, match.end(), None)
    for match in NEXT_WEEK.finditer(low):
        if not re.search(rf"từ {WEEKDAY} $", low[: match.start()]):
            yield Deadline(match.start(), match.end(), None)
    if planned:
        for pattern in (PLANNED_DAY, PLANNED, PLANNED_NEXT):
            for match in pattern.finditer(low):
                yield _dated(match, today, since)


def _denied(low: str, match: re.Match[str]) -> bool:
    """Return whether nothing is to happen then: "chưa bố trí được trong năm 2026"."""
    return bool(re.search(r"(?:chưa|không)[^,;.]{0,40}$", low[: match.start()]))


def _after_now(match: re.Match[str]) -> int:
    """Return where the limit's words begin: "ngay" only says how urgent it is."""
    return match.start() + (5 if match.group().startswith("ngay ") else 0)


def _dated(match: re.Match[str], today: date | None, since: date | None) -> Deadline:
    """Return the limit with the last day that its words name."""
    said = match.group()
    start = _after_now(match)
    if said.startswith("chậm nhất phải xong "):
        start += len("chậm nhất phải xong ")
    return Deadline(start, match.end(), _last_day(said, today, since))


def _last_day(said: str, today: date | None, since: date | None) -> date | None:
    """Return the last day that the words name, or None when they name none."""
    if re.search(r"(?:tuần|tháng|quý|năm) (?:tới|sau)|^sang (?:năm|xuân|hè)", said):
        return None
    found = re.findall(
        r"(\d[\dl]?|[lo]\d)\s?[/.-]\s?([\dl]{1,2})(?:\s?[/.-]\s?(20\d\d))?", said
    ) or re.findall(
        rf"(?<!\w)(\d+|{WORD}) tháng ({NAME})(?:(?:,? năm |/)(20\d\d))?", said
    )
    if found and not re.search(r"(?:quý |tháng |\bt)[\dl]+ ?/ ?20\d\d$", said):
        day, month, year = found[-1]
        return _day_near(year, month, day, today, since)
    if match := re.search(rf"(?:ngày|mồng|mùng) (\d+|{WORD})\b", said):
        return _this_month(match[1], today)
    if today and (near := _near(said, today)):
        return near
    return _end_of_period(said, today, since)


def _near(said: str, today: date) -> date | None:
    """Return the day of words that count from the document's own day."""
    if re.search(r"(?:hôm|chiều|tối|đêm) nay", said):
        return today
    if re.search(r"\bmai$", said):
        return today + timedelta(days=1)
    monday = today - timedelta(days=today.weekday())
    if match := re.search(WEEKDAY, said):
        name = match.group().rpartition(" ")[2]
        place = 6 if name == "nhật" else _number(name) - 2
        day = monday + timedelta(days=place)
        return day if day >= today or "này" in said else day + timedelta(days=7)
    return monday + timedelta(days=4) if "tuần này" in said else None


def _end_of_period(said: str, today: date | None, since: date | None) -> date | None:
    """Return the last day of the quarter, month or year that the words name."""
    if re.search(r"\b(?:đầu|giữa)\b", said) and not re.search(r"đầu năm", said):
        return None  # "đầu tháng 12" draws no line
    year = re.search(r"20\d\d", said)
    named = int(year.group()) if year else None
    if re.search(HALF, said):
        month = 9 if re.search("9|chín", said) else 12 if "nửa cuối" in said else 6
    elif match := re.search(r"quý (\w+)", said):
        this = 3 * ((today.month + 2) // 3) if today else 0
        month = this if match[1] == "này" else 3 * _number(match[1])
    elif match := re.search(rf"(?:tháng |\bt)(này|{NAME})", said):
        this = today.month if today else 0
        month = this if match[1] == "này" else _number(match[1])
    elif re.search(r"\b(?:đầu|giữa) năm", said):
        return None
    else:
        month = 12
    if not month:
        return None
    if named is None:
        first_day = today - timedelta(days=PASSED) if today else since
        if first_day is None or not (today or re.search("quý|tháng", said)):
            return None
        named = first_day.year + (end_of_month(first_day.year, month) < first_day)
        named = max(named, today.year) if today else named
    if re.match(r"(?:ngay )?trước (?:quý|tháng|năm)", said):
        first = 1 if month == 12 and not re.search("quý|tháng", said) else month
        first = month - 2 if "quý" in said else first
        return date(named, first, 1) - timedelta(days=1)
    if "thượng tuần" in said or "trung tuần" in said:
        return date(named, month, 10 if "thượng" in said else 20)
    return end_of_month(named, month)


def end_of_month(year: int, month: int) -> date:
    """Return the last day of a month."""
    return date(year, month, calendar.monthrange(year, month)[1])


def _number(word: str) -> int:
    """Return the number that a word or figures say."""
    return NUMBERS.get(word) or int(word.replace("l", "1").replace("o", "0"))


def _day_near(
    year: str, month: str, day: str, today: date | None, since: date | None
) -> date | None:
    """Return the day; without a year it is that of the document, or the next one."""
    if year:
        return day_of(year, month, day)
    if today is None:
        return first_from(since, month, day) if since else None
    found = day_of(today.year, month, day)
    if found and (today - found).days > PASSED:
        return day_of(today.year + 1, month, day)
    return found


def first_from(since: date, month: str, day: str) -> date | None:
    """Return the first day of that name from `since` on."""
    found = day_of(since.year, month, day)
    return (
        found if found is None or found >= since else day_of(since.year + 1, month, day)
    )


def _this_month(day: str, today: date | None) -> date | None:
    """Return that day of the month, or of the next month when it is over."""
    if today is None:
        return None
    found = day_of(today.year, str(today.month), day)
    if found is None or found >= today:
        return found
    after = end_of_month(today.year, today.month) + timedelta(days=1)
    return day_of(after.year, str(after.month), day)


def day_of(year: str | int | None, month: str, day: str) -> date | None:
    """Return the date, or None when there is no such day."""
    if year is None:
        return None
    try:
        return date(int(year), _number(month), _number(day))
    except ValueError:
        return None
