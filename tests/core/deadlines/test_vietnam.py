"""The shipped calendar, on real past cases."""

from datetime import date

import pytest

from haicap.core.deadlines.calendar import DayKind
from haicap.core.deadlines.explain import explain_period
from haicap.core.deadlines.period import Period
from haicap.core.deadlines.working_days import add_working_days
from haicap.core.errors import BadInput
from haicap.places.workdays import calendar


@pytest.mark.parametrize(
    ("start", "n", "due"),
    [
        (date(2025, 1, 24), 1, date(2025, 2, 3)),
        (date(2025, 4, 25), 1, date(2025, 4, 26)),
        (date(2025, 4, 29), 1, date(2025, 5, 5)),
        (date(2025, 8, 29), 1, date(2025, 9, 3)),
        (date(2025, 12, 15), 20, date(2026, 1, 13)),
        (date(2026, 2, 13), 1, date(2026, 2, 23)),
        (date(2026, 4, 24), 1, date(2026, 4, 28)),
        (date(2026, 8, 21), 1, date(2026, 8, 22)),
        (date(2026, 8, 28), 1, date(2026, 9, 3)),
        (date(2026, 11, 23), 1, date(2026, 11, 24)),
    ],
)
def test_due_dates_follow_the_decided_days(start, n, due):
    assert add_working_days(start, n, calendar()) == due


def test_every_swap_gives_back_the_day_it_takes():
    days = calendar().days.values()
    for year in (2024, 2025, 2026):
        of_year = [
            special.kind for day, special in calendar().days.items() if day.year == year
        ]
        swapped = of_year.count(DayKind.SWAPPED_DAY_OFF)
        assert swapped == of_year.count(DayKind.MAKE_UP_WORKING_DAY) > 0
    assert all(special.label_vi and special.legal_basis for special in days)


def test_only_saturdays_and_sundays_are_made_up():
    for day, special in calendar().days.items():
        is_weekend = day.weekday() >= 5
        if special.kind is DayKind.MAKE_UP_WORKING_DAY:
            assert is_weekend
        elif special.kind is not DayKind.HOLIDAY:
            assert not is_weekend


def test_an_undecided_year_says_so():
    assert not explain_period(date(2027, 2, 3), Period(1), calendar()).is_verified
    assert explain_period(date(2026, 2, 13), Period(1), calendar()).is_verified
    with pytest.raises(BadInput, match="2028"):
        add_working_days(date(2027, 12, 31), 1, calendar())


def test_the_culture_day_is_a_switch_that_is_off():
    assert date(2026, 11, 24) not in calendar().days
