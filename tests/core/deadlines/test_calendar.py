import doctest
from datetime import date

import pytest

from haicap.core.deadlines import calendar as module
from haicap.core.deadlines.calendar import Calendar, DayKind, SpecialDay
from haicap.core.errors import BadInput


def special(kind):
    return SpecialDay(kind, "nhãn", "label", "căn cứ")


@pytest.mark.parametrize(
    ("kind", "works"),
    [
        (DayKind.HOLIDAY, False),
        (DayKind.SUBSTITUTE_DAY_OFF, False),
        (DayKind.SWAPPED_DAY_OFF, False),
        (DayKind.MAKE_UP_WORKING_DAY, True),
    ],
)
@pytest.mark.parametrize("day", [date(2026, 1, 9), date(2026, 1, 10)])
def test_a_decided_day_wins_over_its_weekday(kind, works, day):
    calendar = Calendar({day: special(kind)}, (2026, 2026))
    assert calendar.is_working(day) is works


def test_an_ordinary_week_is_worked_from_monday_to_friday():
    calendar = Calendar({}, (2026, 2026))
    week = [date(2026, 3, day) for day in range(2, 9)]
    assert [calendar.is_working(day) for day in week] == [True] * 5 + [False] * 2


@pytest.mark.parametrize("day", [date(2025, 12, 31), date(2027, 1, 1)])
def test_a_year_without_a_calendar_is_refused_by_name(day):
    with pytest.raises(BadInput, match=f"no days of {day.year}"):
        Calendar({}, (2026, 2026)).is_working(day)


def test_a_calendar_refuses_days_outside_its_years():
    days = {date(2027, 1, 1): special(DayKind.HOLIDAY)}
    with pytest.raises(BadInput, match="01/01/2027"):
        Calendar(days, (2026, 2026))


def test_a_calendar_covers_at_least_one_year():
    with pytest.raises(BadInput, match="at least one year"):
        Calendar({}, (2027, 2026))


def test_the_last_day_of_the_world_is_refused_clearly():
    with pytest.raises(BadInput, match="too far away"):
        module.next_day(date.max)


def test_the_examples_in_the_docstrings_are_true():
    assert doctest.testmod(module).failed == 0
