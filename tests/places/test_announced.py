"""The table of decided days is read row by row, halves and places with it."""

from datetime import date, time

import pytest

from haicap.core.deadlines.calendar import DayKind, calendar_of
from haicap.places.announced import announced, decision_of
from haicap.places.workdays import calendar


HALF_DAY = {
    "day": "2026-07-01",
    "kind": "half_day",
    "place": "37",
    "until": "11:30",
    "label_vi": "a",
    "label_en": "b",
    "legal_basis": "c",
    "verified": "no",
    "active": "no",
}


def test_a_row_says_where_it_holds_and_when_a_half_day_ends():
    decided = decision_of(HALF_DAY)
    assert (decided.day, decided.place, decided.active) == (
        date(2026, 7, 1),
        "37",
        False,
    )
    assert decided.special.kind is DayKind.HALF_DAY
    assert decided.special.until == time(11, 30)
    assert not decided.special.verified


@pytest.mark.parametrize("column", ["verified", "active"])
def test_a_row_that_is_neither_yes_nor_no_is_not_guessed(column):
    with pytest.raises(KeyError):
        decision_of({**HALF_DAY, column: "maybe"})


def test_every_row_has_its_law_and_its_names():
    for row in announced():
        words = (row.special.label_vi, row.special.label_en, row.special.legal_basis)
        assert all(words), row


def test_the_rows_stand_in_order_and_none_twice():
    days = [row.day for row in announced()]
    assert days == sorted(set(days))


def test_every_year_from_2019_is_there_and_what_is_not_decided_is_of_the_future():
    assert calendar() == calendar_of(announced())
    assert calendar().covers == (2019, 2027)
    undecided = {row.day.year for row in announced() if not row.special.verified}
    assert undecided == {2026, 2027}  # of 2026 only the switch of 24/11
