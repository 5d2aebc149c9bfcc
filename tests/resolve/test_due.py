"""The last day reads the same in a list and on the case's page."""

from datetime import date

import pytest

from haicap.places.workdays import calendar
from haicap.resolve.due import left


TODAY = date(2026, 3, 10)  # a Tuesday


@pytest.mark.parametrize(
    ("due_on", "words"),
    [
        (date(2026, 3, 9), "1 working day late"),
        (date(2026, 3, 5), "3 working days late"),
        (date(2026, 3, 10), "Due today"),
        (date(2026, 3, 13), "3 working days left"),
        (date(2026, 3, 16), "4 working days left"),
        # Nobody has announced the public holidays of that year.
        (date(2090, 3, 10), "Last day"),
    ],
)
def test_a_last_day_says_how_many_working_days_are_left(due_on, words, settings):
    settings.LANGUAGE_CODE = "en"
    assert left(due_on, on=TODAY, days=calendar()) == words


def test_a_last_day_in_a_year_without_a_calendar_is_late_without_a_count(settings):
    settings.LANGUAGE_CODE = "en"
    late = left(date(2090, 3, 9), on=date(2090, 3, 10), days=calendar())
    assert late == "Late"
