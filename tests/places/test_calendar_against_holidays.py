"""Our calendar beside the package `holidays`: every difference has its reason here."""

from datetime import date, timedelta

import holidays
import pytest

from haicap.core.deadlines.calendar import is_weekend
from haicap.places.workdays import calendar


YEARS = range(2019, 2028)
SWAPPED = "the list has the day off of a swap, and no Saturday that is worked for it"

# Day: (do we work then, does the list, why ours is right). Nothing else may differ.
DIFFERENT = {
    "2019-01-05": (True, False, f"{SWAPPED} (6519/VPCP-KGVX: for 31/12/2018)"),
    "2019-05-04": (True, False, f"{SWAPPED} (6519/VPCP-KGVX: for 29/04)"),
    "2024-05-04": (True, False, f"{SWAPPED} (2450/VPCP-KGVX: for 29/04)"),
    "2025-04-26": (True, False, f"{SWAPPED} (8726/VPCP-KGVX: for 02/05)"),
    "2026-01-02": (False, True, "swapped late, on 25/12/2025: 12729/VPCP-KGVX"),
    "2026-01-10": (True, False, "the Saturday of that swap: 12729/VPCP-KGVX"),
    "2026-08-22": (True, False, f"{SWAPPED} (the announcement for 2026: for 31/08)"),
    "2026-11-24": (True, False, "no law seen yet that makes it a holiday: a switch"),
    "2027-11-24": (True, False, "no law seen yet that makes it a holiday: a switch"),
}

# Weekends off in any case, which one side names and the other does not.
NAMED_ON_ONE_SIDE = {
    "2025-02-01": "a Saturday: only five days are Tết, and 27-31/01 were announced",
}


def all_days():
    day = date(YEARS[0], 1, 1)
    while day.year in YEARS:
        yield day
        day += timedelta(days=1)


@pytest.fixture(scope="module")
def theirs():
    return holidays.country_holidays("VN", years=YEARS)


def test_every_working_day_is_the_same_but_for_the_differences_with_a_reason(theirs):
    found = {}
    for day in all_days():
        ours = calendar().is_working(day)
        listed = not is_weekend(day) and day not in theirs
        if ours != listed:
            found[day.isoformat()] = (ours, listed)
    assert found == {day: row[:2] for day, row in DIFFERENT.items()}


def test_every_holiday_has_a_name_on_both_sides_but_for_those_with_a_reason(theirs):
    ours = {day for day, special in calendar().days.items() if not special.is_working}
    differ = {day.isoformat() for day in ours ^ set(theirs)}
    explained = set(NAMED_ON_ONE_SIDE) | set(DIFFERENT)
    assert sorted(differ - explained) == []
    assert set(NAMED_ON_ONE_SIDE) <= differ


def test_every_difference_says_why():
    reasons = [row[2] for row in DIFFERENT.values()] + [*NAMED_ON_ONE_SIDE.values()]
    assert all(len(reason) > 20 for reason in reasons)
