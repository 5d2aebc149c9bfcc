"""Counting minutes of work: opening hours, half days, and the moment a period ends."""

from bisect import bisect_left
from datetime import date, datetime, time, timedelta

from haicap.core.deadlines.calendar import Calendar
from haicap.core.deadlines.hours import minutes


def worked_minutes(at: datetime, calendar: Calendar) -> int:
    """
    Return the minutes of work of the calendar up to the moment `at`.

    >>> calendar = Calendar(days={}, covers=(2026, 2026))
    >>> worked_minutes(datetime(2026, 1, 1, 12, 0), calendar)
    240
    """
    day = at.date()
    now = minutes(at.time())
    before = _until_the_end_of(calendar.worked_until(day), calendar)
    if not calendar.is_working(day):
        return before
    stretches = of_day(day, calendar)
    whole = _sum(stretches)
    done = sum(min(max(now - opens, 0), closes - opens) for opens, closes in stretches)
    return before - whole + done


def moment(worked: int, calendar: Calendar) -> datetime:
    """
    Return the first moment at which so many minutes of the calendar are worked.

    Errors: BadInput when the calendar ends too early.

    >>> calendar = Calendar(days={}, covers=(2026, 2026))
    >>> moment(480, calendar), moment(481, calendar)
    (datetime.datetime(2026, 1, 1, 17, 30), datetime.datetime(2026, 1, 2, 7, 31))
    """
    numbers = range(1, len(calendar.nth) + 1)
    place = bisect_left(numbers, worked, key=lambda n: _until_the_end_of(n, calendar))
    day = calendar.worked_day(place + 1)
    left = worked - _until_the_end_of(place, calendar)
    for opens, closes in of_day(day, calendar):
        if left <= closes - opens:
            return datetime.combine(day, time.min) + timedelta(minutes=opens + left)
        left -= closes - opens
    raise AssertionError("the day holds what its table says")


def add_minutes(start: datetime, n: int, calendar: Calendar) -> datetime:
    """
    Return the moment at which `n` more minutes are worked after `start`.

    >>> calendar = Calendar(days={}, covers=(2026, 2026))
    >>> add_minutes(datetime(2026, 1, 9, 16, 30), 120, calendar)
    datetime.datetime(2026, 1, 12, 8, 30)
    """
    return moment(worked_minutes(start, calendar) + n, calendar)


def of_day(day: date, calendar: Calendar) -> list[tuple[int, int]]:
    """Return the stretches of a working day, as minutes of the day."""
    special = calendar.days.get(day)
    return calendar.hours.of(special.until if special else None)


def _until_the_end_of(number: int, calendar: Calendar) -> int:
    """Return the minutes of work in the first `number` working days."""
    full = _sum(calendar.hours.of(None))
    short = sum(
        full - _sum(calendar.hours.of(until))
        for place, until in calendar.half_days
        if place <= number
    )
    return number * full - short


def _sum(stretches: list[tuple[int, int]]) -> int:
    return sum(closes - opens for opens, closes in stretches)
