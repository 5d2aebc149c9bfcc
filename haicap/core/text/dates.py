"""Finds until when something is to be done, in the words of official texts."""

from __future__ import annotations

import calendar
import re
from dataclasses import dataclass
from datetime import date, timedelta


@dataclass(frozen=True, slots=True)
class Deadline:
    """A time limit: its place in the text, and its last day when the words name one."""

    start: int
    end: int
    day: date | None


def _numbers(key: str) -> str:
    """Return a pattern for 15/12/2025 or 15/12, its groups named after `key`."""
    # A bad scan reads 1 as l: "3l/01/2026".
    return (
        rf"(?P<{key}d>[0-3]?[\dl])\s*/\s*(?P<{key}m>[01l]?\d)"
        rf"(?:\s*/\s*(?P<{key}y>20\d\d))?(?![\d/])"
    )


_WRITTEN = r"(?P<wd>[0-3]?\d) tháng (?P<wm>[01]?\d)(?: năm (?P<wy>20\d\d))?"
_LAST = r"(?:trước|chậm nhất(?: là)?(?: vào)?|muộn nhất(?: là)?|đến hết|trong)"
_QUARTER = r"quý (?P<q>i{1,3}|iv|[1-4])(?:\s*(?:/|năm )\s*(?P<qy>20\d\d))?"
_MONTH = r"tháng (?P<tm>1[0-2]|0?[1-9])(?:\s*(?:/|năm )\s*(?P<ty>20\d\d))?(?![\d/])"
_YEAR = r"năm (?P<ny>20\d\d)"
_COUNT = r"(?:\d+|một|hai|ba|bốn|năm|sáu|bảy|tám|chín|mười|mười lăm|ba mươi)"
_SPAN = _COUNT + r" (?:ngày|giờ|tuần|tháng)(?: làm việc)?"
_IN = r"(?:trong|ngay trong|chậm nhất(?: là)?(?: hết)?|(?<!đến )hết|trước|cuối)"

NAMED = re.compile(
    rf"trước \d+ ?(?:h|giờ) ?\d*\s+thứ \w+\s*\({_numbers('c')}\)"
    rf"|{_LAST}(?: ngày)?\s+(?:{_numbers('n')}|{_WRITTEN})"
    rf"|(?:hoàn thành|xong)\s+(?P<tail>{_numbers('t')})"
)
PERIOD = re.compile(rf"{_IN}\s+(?:{_QUARTER}|{_MONTH}|(?<!cuối ){_YEAR})")
PLANNED = re.compile(rf"(?<!từ )(?<!đến )(?:{_QUARTER}|{_MONTH})")
THIS_WEEK = re.compile(r"(?:ngay )?trong tuần này")
COUNTED = re.compile(
    rf"trong (?:vòng |thời hạn |thời gian )?{_SPAN}"
    rf"|(?:không quá|chậm nhất(?: là)?(?: sau)?|tối đa|sau) {_SPAN}|{_SPAN} nữa"
    r"|trong tuần (?:tới|sau)|trong tháng (?:tới|sau)"
)
REPEATED = re.compile(
    r"(?:trước \d+ giờ )?(?:định kỳ )?(?:thứ \w+ )?(?:hằng|hàng) (?:tuần|tháng|quý|năm)"
    r"|trước \d+ giờ hằng ngày"
    rf"|{_COUNT} tháng một lần|mỗi (?:tháng|quý|năm) một lần"
)
EVENT = re.compile(
    r"trước (?:tết|mùa \w+|vụ (?:mùa|xuân|chiêm|đông)(?: 20\d\d)?"
    r"|năm học mới|khai giảng)(?! năm trước)"
    r"|(?:trước )?kỳ họp (?:thường lệ )?(?:giữa|cuối) năm(?: 20\d\d)?(?: của hđnd tỉnh)?"
    r"|khi giao dự toán năm 20\d\d"
)
DATED = re.compile(
    r"ngày\s+(?P<d>\d\d?) tháng (?P<m>\d[\dl]?) năm (?P<y>20\d\d)"
    r"|(?:ngày|sáng|chiều|tối|hôm)?\s*(?P<d2>\d\d?)[/-](?P<m2>\d\d?)[/-](?P<y2>20\d\d)"
)
LIMIT_BEFORE = re.compile(r"(?:trước|đến|nhất|hạn|hết|sau|từ)(?: ngày)?\s*$")
SHORT_DATE = re.compile(
    r"(?:sáng|chiều|tối|ngày|hôm)[\s,]+(?P<d>\d\d?)[/-](?P<m>\d\d?)(?![\d/-])"
)
ROMAN = {"i": 1, "ii": 2, "iii": 3, "iv": 4}


def written_on(low: str) -> date | None:
    """
    Return the likely date of writing: the first full date that is no time limit.

    A news page says "Sáng 12/11" and no year: the year is then the latest that does not
    put the page after the first time limit it names.
    """
    limit: date | None = None
    head = low[:6000]
    for match in DATED.finditer(head):
        parts = match.groupdict()
        found = _day(
            parts["y"] or parts["y2"],
            parts["m"] or parts["m2"],
            parts["d"] or parts["d2"],
        )
        if found and not LIMIT_BEFORE.search(head[: match.start()][-14:]):
            return found
        limit = limit or found
    short = SHORT_DATE.search(head)
    if limit and short:
        same = _day(limit.year, short["m"], short["d"])
        if same and same > limit:
            return _day(limit.year - 1, short["m"], short["d"])
        return same or limit
    return limit


def find_deadline(low: str, *, today: date | None, planned: bool) -> Deadline | None:
    """
    Return the time limit in one statement, given in lower case.

    `planned`: also take a bare "quý I/2026", which in a reply is a promise.
    """
    year = today.year if today else None
    if match := NAMED.search(low):
        return _named(match, year)
    if (match := THIS_WEEK.search(low)) and today:
        friday = today + timedelta(days=4 - today.weekday())
        return Deadline(match.start(), match.end(), friday)
    if match := COUNTED.search(low):
        return Deadline(match.start(), match.end(), None)
    if match := PERIOD.search(low):
        start = match.start() + (5 if match.group().startswith("ngay ") else 0)
        return Deadline(start, match.end(), _last_day(match, year))
    for pattern in (EVENT, REPEATED):
        if match := pattern.search(low):
            return Deadline(match.start(), match.end(), None)
    if planned and (match := PLANNED.search(low)):
        return Deadline(match.start(), match.end(), _last_day(match, year))
    return None


def _named(match: re.Match[str], year: int | None) -> Deadline:
    """Return a limit that names its day."""
    parts = match.groupdict()
    start = match.start("tail") if parts["tail"] else match.start()
    for key in ("c", "n", "w", "t"):
        if parts[key + "d"]:
            day = _day(parts[key + "y"] or year, parts[key + "m"], parts[key + "d"])
            return Deadline(start, match.end(), day)
    return Deadline(start, match.end(), None)


def _last_day(match: re.Match[str], year: int | None) -> date | None:
    """Return the last day of a quarter, month or year."""
    parts = match.groupdict()
    if parts.get("ny"):
        return date(int(parts["ny"]), 12, 31)
    if parts.get("q"):
        quarter = ROMAN.get(parts["q"]) or int(parts["q"])
        month, of = 3 * quarter, parts["qy"] or year
    else:
        month, of = int(parts["tm"]), parts["ty"] or year
    if of is None:
        return None
    return date(int(of), month, calendar.monthrange(int(of), month)[1])


def _day(year: str | int | None, month: str, day: str) -> date | None:
    """Return the date, or None when there is no such day."""
    if year is None:
        return None
    try:
        return date(int(year), int(month.replace("l", "1")), int(day.replace("l", "1")))
    except ValueError:
        return None
