import doctest
from datetime import date, time

import pytest

from haicap.core.deadlines import calendar as module
from haicap.core.deadlines.calendar import (
    Calendar,
    DayKind,
    Decision,
    SpecialDay,
    calendar_of,
)
from haicap.core.deadlines.hours import OfficeHours
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


def test_the_examples_in_the_docstrings_are_true():
    assert doctest.testmod(module).failed == 0


def decided(day, kind, place="", **values):
    until = time(11, 30) if kind is DayKind.HALF_DAY else None
    return Decision(
        day, SpecialDay(kind, f"{kind} {place}", "b", "c", until=until), place, **values
    )


NEW_YEAR = decided(date(2026, 1, 1), DayKind.HOLIDAY)


def test_a_nearer_decision_wins_over_a_wider_one():
    festival = date(2026, 3, 3)
    rows = [
        NEW_YEAR,
        decided(festival, DayKind.HOLIDAY, "37"),
        decided(festival, DayKind.HALF_DAY, "37-1"),
    ]
    assert calendar_of(rows).is_working(festival)
    assert not calendar_of(rows, places=("", "37")).is_working(festival)
    assert calendar_of(rows, places=("", "37", "37-1")).is_working(festival)
    assert not calendar_of(rows, places=("", "37", "37-2")).is_working(festival)


def test_a_switch_that_is_off_counts_for_nothing():
    culture_day = date(2026, 11, 24)
    rows = [NEW_YEAR, decided(culture_day, DayKind.HOLIDAY, active=False)]
    assert calendar_of(rows).is_working(culture_day)


@pytest.mark.parametrize(
    ("rows", "sentence"),
    [
        ([], "at least one year"),
        (
            [NEW_YEAR, decided(date(2026, 1, 1), DayKind.SWAPPED_DAY_OFF)],
            "contradict each other on 01/01/2026",
        ),
        ([decided(date(2026, 1, 5), DayKind.MAKE_UP_WORKING_DAY)], "worked anyway"),
        ([decided(date(2026, 1, 10), DayKind.SWAPPED_DAY_OFF)], "is a weekend"),
        ([decided(date(2026, 1, 10), DayKind.HALF_DAY)], "is a weekend"),
        ([NEW_YEAR, decided(date(2028, 1, 3), DayKind.HOLIDAY)], "gap: no day of 2027"),
        (
            [Decision(date(2026, 1, 5), SpecialDay(DayKind.HALF_DAY, "a", "b", "c"))],
            "at what time it ends",
        ),
    ],
)
def test_decisions_that_cannot_be_are_refused_by_name(rows, sentence):
    with pytest.raises(BadInput, match=sentence):
        calendar_of(rows)


def test_the_same_decision_told_again_takes_the_place_of_the_first():
    again = decided(date(2026, 1, 1), DayKind.HOLIDAY)
    assert calendar_of([NEW_YEAR, again]).special(date(2026, 1, 1)) == again.special


def test_office_hours_follow_each_other():
    with pytest.raises(BadInput, match="follow each other"):
        OfficeHours(((time(13), time(17)), (time(8), time(12))))
