"""Counting days under a working calendar; each count is one look into its tables."""

from calendar import monthrange
from datetime import date, timedelta

from haicap.core.deadlines.calendar import Calendar
from haicap.core.errors import BadInput


def add_working_days(start: date, days: int, calendar: Calendar) -> date:
    """
    Return the last day of a period of `days` working days received on `start`.

    The day of receipt is day 0. A period of 0 ends on `start`, or on the next
    working day when nobody works on `start`.
    Unit: working days of `calendar`.
    Errors: BadInput when `days` is negative or the calendar ends too early.

    >>> calendar = Calendar(days={}, covers=(2026, 2026))
    >>> add_working_days(date(2026, 1, 8), 2, calendar)
    datetime.date(2026, 1, 12)
    """
    check_not_negative(days)
    if days == 0:
        return first_working_day(start, calendar)
    return calendar.worked_day(calendar.worked_until(start) + days)


def add_calendar_days(start: date, days: int, calendar: Calendar) -> date:
    """
    Return the last day of a period of `days` calendar days received on `start`.

    When nobody works on the last day the period ends on the next working day.
    Unit: calendar days.
    Errors: BadInput when `days` is negative or the calendar ends too early.

    >>> calendar = Calendar(days={}, covers=(2026, 2026))
    >>> add_calendar_days(date(2026, 1, 8), 2, calendar)
    datetime.date(2026, 1, 12)
    """
    check_not_negative(days)
    return first_working_day(later(start, days), calendar)


def add_months(start: date, months: int, calendar: Calendar) -> date:
    """
    Return the last day of a period of `months` months received on `start`.

    It is the same day number of a later month, or the last day of that month when
    it is shorter; when nobody works then, the next working day.
    Unit: months.
    Source: Civil Code 2015, art. 147-148, from knowledge of the law.
    Errors: BadInput when `months` is negative or the calendar ends too early.

    >>> calendar = Calendar(days={}, covers=(2026, 2026))
    >>> add_months(date(2026, 1, 31), 1, calendar)
    datetime.date(2026, 3, 2)
    """
    check_not_negative(months)
    return first_working_day(same_day_of_a_later_month(start, months), calendar)


def same_day_of_a_later_month(start: date, months: int) -> date:
    """
    Return the day `months` months after `start`, whether anybody works then or not.

    >>> same_day_of_a_later_month(date(2024, 2, 29), 12)
    datetime.date(2025, 2, 28)
    """
    year, month = divmod(start.year * 12 + start.month - 1 + months, 12)
    if year > date.max.year:
        raise BadInput("That date is too far away.")
    last = monthrange(year, month + 1)[1]
    return date(year, month + 1, min(start.day, last))


def first_working_day(day: date, calendar: Calendar) -> date:
    """
    Return `day` when offices work then, else the next day on which they do.

    >>> first_working_day(date(2026, 1, 10), Calendar(days={}, covers=(2026, 2026)))
    datetime.date(2026, 1, 12)
    """
    if calendar.is_working(day):
        return day
    return calendar.worked_day(calendar.worked_until(day) + 1)


def working_days_between(a: date, b: date, calendar: Calendar) -> int:
    """
    Return the working days after `a` up to `b`: left when positive, late when negative.

    Asked on `a` about a due date `b`. On the weekend after a due Friday the answer
    is 0: whether something is late is told by the dates, how late by this.
    Unit: working days of `calendar`.

    >>> calendar = Calendar(days={}, covers=(2026, 2026))
    >>> friday, monday = date(2026, 1, 9), date(2026, 1, 12)
    >>> working_days_between(friday, monday, calendar)
    1
    >>> working_days_between(monday, friday, calendar)
    -1
    """
    return calendar.worked_until(b) - calendar.worked_until(a)


def check_not_negative(n: int) -> None:
    """Refuse a period that would end before it begins."""
    if n < 0:
        raise BadInput("A period cannot be shorter than 0 days.")


def later(day: date, days: int) -> date:
    """Return the day `days` calendar days after `day`."""
    try:
        return day + timedelta(days=days)
    except OverflowError as error:
        raise BadInput("That date is too far away.") from error
