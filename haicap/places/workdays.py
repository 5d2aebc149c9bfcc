"""The working calendar of this installation."""

from functools import cache

from haicap.core.deadlines.calendar import Calendar, calendar_of
from haicap.places.announced import announced


@cache
def calendar() -> Calendar:
    """
    Return the calendar of the active rows of `data/calendar.csv`.

    Shape: covers every year that has a row, without gaps.
    Source: data/CALENDAR_SOURCES.md.
    """
    return calendar_of(announced())
