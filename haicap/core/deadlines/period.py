"""A period as a document gives it: a number and its unit, never one without the other."""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from enum import StrEnum

from haicap.core.deadlines import office_time
from haicap.core.deadlines.calendar import Calendar
from haicap.core.deadlines.working_days import (
    add_working_days,
    first_working_day,
    later,
    same_day_of_a_later_month,
)
from haicap.core.errors import BadInput


class Unit(StrEnum):
    """In what a period is counted."""

    WORKING_DAYS = "working_days"
    CALENDAR_DAYS = "calendar_days"
    MONTHS = "months"
    HOURS = "hours"  # of work


@dataclass(frozen=True, slots=True)
class Period:
    """
    So many units after receipt; what arrives after `cutoff` arrives the next day.

    `n` may be 0 for working days: "on the day of receipt itself".
    Errors: BadInput when `n` is negative, or 0 in another unit.
    """

    n: int
    unit: Unit = Unit.WORKING_DAYS
    cutoff: time | None = None

    def __post_init__(self) -> None:
        if self.n < 0 or (self.n == 0 and self.unit is not Unit.WORKING_DAYS):
            raise BadInput(
                "A period is at least 1: the day of receipt is day 0, the next one"
                " is day 1."
            )

    def day_0(self, at: datetime, calendar: Calendar) -> date:
        """
        Return the day of receipt for the count.

        >>> calendar = Calendar(days={}, covers=(2026, 2026))
        >>> late_on_friday = datetime(2026, 1, 9, 16, 0)
        >>> Period(5, cutoff=time(15, 0)).day_0(late_on_friday, calendar)
        datetime.date(2026, 1, 12)
        """
        day = at.date()
        if self.cutoff is None or at.time() <= self.cutoff:
            return day
        return first_working_day(later(day, 1), calendar)

    def raw_end(self, day_0: date, calendar: Calendar) -> date:
        """Return the last day counted, before it moves off a day without work."""
        if self.n == 0:
            return day_0
        if self.unit is Unit.WORKING_DAYS:
            return add_working_days(day_0, self.n, calendar)
        if self.unit is Unit.CALENDAR_DAYS:
            return later(day_0, self.n)
        return same_day_of_a_later_month(day_0, self.n)

    def end(self, at: datetime, calendar: Calendar) -> datetime:
        """
        Return the last moment of the period received at `at`.

        Unit: a period of days lasts until the end of its last day, one of hours
        until a minute in which the office works.
        """
        if self.unit is Unit.HOURS:
            return office_time.add_minutes(
                self.begin(at, calendar), self.n * 60, calendar
            )
        last = self.raw_end(self.day_0(at, calendar), calendar)
        return end_of(first_working_day(last, calendar))

    def begin(self, at: datetime, calendar: Calendar) -> datetime:
        """Return the moment from which hours are counted."""
        day = self.day_0(at, calendar)
        return at if day == at.date() else datetime.combine(day, time.min)


def end_of(day: date) -> datetime:
    """Return the last moment of a day."""
    return datetime.combine(day, time.max)


def moved(moment: datetime, by: timedelta) -> datetime:
    """Return a moment later by so much; too far away is a sentence, not a crash."""
    try:
        return moment + by
    except OverflowError as error:
        raise BadInput("That date is too far away.") from error
