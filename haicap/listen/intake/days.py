"""The day that the words of a cell name."""

import re
from calendar import monthrange
from datetime import date
from typing import Final


DAY: Final = re.compile(
    r"(?<!\d)(\d{1,2})\s*(?:[/.-]|tháng)\s*(\d{1,2})\s*(?:[/.-]|năm)\s*(\d{4})(?!\d)",
    re.IGNORECASE,
)
ISO_DAY: Final = re.compile(r"(?<!\d)(\d{4})-(\d{1,2})-(\d{1,2})(?!\d)")
MONTH: Final = re.compile(
    r"(?:tháng\s*)?(?<!\d)(\d{1,2})\s*(?:[/.-]|năm)\s*(\d{4})(?!\d)", re.IGNORECASE
)
QUARTER: Final = re.compile(
    r"q(?:uý|úy)\s*(IV|III|II|I|[1-4])\s*(?:[/.,-]|năm)?\s*(\d{4})", re.IGNORECASE
)
YEAR: Final = re.compile(r"(?:trong\s+)?năm\s+(\d{4})", re.IGNORECASE)


def day_in(said: str) -> date | None:
    """
    The last day that the words of a deadline allow; None when they name no date.

    Errors: ValueError for a day that is in no calendar.
    >>> day_in("trước ngày 31/12/2025"), day_in("quý IV/2025")
    (datetime.date(2025, 12, 31), datetime.date(2025, 12, 31))
    """
    if match := DAY.search(said):
        day, month, year = map(int, match.groups())
        return date(year, month, day)
    if match := ISO_DAY.search(said):
        return date(*map(int, match.groups()))
    if match := QUARTER.search(said):
        quarter = match[1].upper()
        order = ("I", "II", "III", "IV")
        number = int(quarter) if quarter.isdigit() else order.index(quarter) + 1
        return _end_of_month(int(match[2]), number * 3)
    if match := MONTH.search(said):
        return _end_of_month(int(match[2]), int(match[1]))
    if match := YEAR.search(said):
        return date(int(match[1]), 12, 31)
    return None


def _end_of_month(year: int, month: int) -> date:
    if not 1 <= month <= 12:
        raise ValueError(f"month {month}")
    return date(year, month, monthrange(year, month)[1])
