"""On which day a document was written, as far as it says so."""

from __future__ import annotations

import re
from datetime import date
from typing import Final

from haicap.core.text.dates import day_of, end_of_month, first_from


#: Two tiers began on this day (Resolution 203/2025/QH15); what says no year is not older.
MODEL_BEGAN: Final = date(2025, 7, 1)
NEAR_LIMIT: Final = 31  # days that a page may be younger than the first limit it names

DATED = re.compile(
    r"ngày\s+(?P<d>\d\d?) tháng (?P<m>\d[\dl]?) năm (?P<y>20\d\d)"
    r"|(?:ngày|sáng|chiều|tối|hôm)?\s*(?P<d2>\d\d?)[/-](?P<m2>\d\d?)[/-](?P<y2>20\d\d)"
)
LIMIT_BEFORE = re.compile(r"(?:trước|đến|nhất|hạn|hết|sau|từ)(?: ngày)?\s*$")
PERIOD_BEFORE = re.compile(r"từ (?:ngày )?\d\d?[/-]\d\d? (?:đến|tới)(?: ngày)?\s*$")
SHORT_DATE = re.compile(
    r"(?:(?:sáng|trưa|chiều|tối|đêm|ngày|hôm)[\s,]+(?:\d\d?(?:,| và) )?"
    r"|\((?:\w[^()\d]{1,30}, ?)?)"
    r"(?P<d>\d\d?)(?:[/-]| tháng )(?P<m>\d\d?)(?![\d/-])"
)
MONTH_OF_HEAD = re.compile(r"tháng (?P<m>\d\d?)(?:/| năm |-)(?P<y>20\d\d)")
HEAD = 600  # characters in which a month names what the document reports on


def written_on(low: str, since: date = MODEL_BEGAN) -> date | None:
    """
    Return the likely date of writing: the first full date that is no time limit.

    A news page says "Sáng 12/11" and no year: the year is then the latest that does not
    put the page after the first time limit it names, or the first from `since` on. A
    report on "tháng 10/2026" is of that month's end.
    """
    limit: date | None = None
    head = low[:6000]
    for match in DATED.finditer(head):
        parts = match.groupdict()
        found = day_of(
            parts["y"] or parts["y2"],
            parts["m"] or parts["m2"],
            parts["d"] or parts["d2"],
        )
        before = head[: match.start()]
        if found and (
            PERIOD_BEFORE.search(before[-30:]) or not LIMIT_BEFORE.search(before[-14:])
        ):
            return found
        limit = limit or found
    month = MONTH_OF_HEAD.search(head[:HEAD])
    for short in SHORT_DATE.finditer(head):
        if month and month.start() < short.start():
            break
        if LIMIT_BEFORE.search(head[: short.start()][-14:]):
            continue
        found = _before(limit, short["m"], short["d"]) if limit else None
        if found is None or found < since:
            found = first_from(since, short["m"], short["d"])
        return found or limit
    if month and 1 <= int(month["m"]) <= 12:
        return end_of_month(int(month["y"]), int(month["m"]))
    return None


def _before(limit: date, month: str, day: str) -> date | None:
    """Return the latest day of that name that is not much after the limit."""
    same = day_of(limit.year, month, day)
    if same and (same - limit).days > NEAR_LIMIT:
        return day_of(limit.year - 1, month, day)
    return same
