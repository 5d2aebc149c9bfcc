"""The measurement of due dates asks fairly: its histories are lawful, its sums are sums."""

import random
from datetime import date, datetime

import pytest

from benchmarks import deadlines, histories, rules
from haicap.core.deadlines.clock import Kind, replay


@pytest.fixture(scope="module")
def asked():
    return rules.vectors()


def row_of(group, start, n, unit, due, received="", cutoff=""):
    return rules.vector(
        {
            "class": group,
            "start": start,
            "received": received,
            "n": n,
            "unit": unit,
            "cutoff": cutoff,
            "due": due,
        }
    )


def test_every_class_of_vector_has_its_name(asked):
    assert {each.group for each in asked} == set(deadlines.GROUPS)


def test_every_due_date_of_ours_is_right(asked):
    assert all(each.is_right(rules.ours(each)) for each in asked)


def test_right_is_the_day_and_for_hours_the_minute():
    day = row_of("tet", "2026-02-13", "1", "working_days", "2026-02-23")
    assert day.is_right(date(2026, 2, 23))
    assert not day.is_right(date(2026, 2, 24))
    assert not day.is_right(None)
    hour = row_of("hours", "2026-01-05", "1", "hours", "2026-01-05T09:00", "08:00")
    assert hour.is_right(datetime(2026, 1, 5, 9))  # noqa: DTZ001  local time
    assert not hour.is_right(datetime(2026, 1, 5, 9, 1))  # noqa: DTZ001
    assert not hour.is_right(date(2026, 1, 5))


@pytest.mark.parametrize(
    ("start", "n", "unit", "said"),
    [
        ("2026-02-13", "1", "working_days", date(2026, 2, 23)),
        ("2026-02-14", "1", "working_days", date(2026, 2, 23)),
        ("2026-01-19", "30", "calendar_days", date(2026, 2, 23)),
        ("2026-01-31", "1", "months", date(2026, 3, 2)),
        ("2024-01-31", "1", "months", date(2024, 2, 29)),
        ("2026-01-09", "1", "working_days", date(2026, 1, 12)),  # it knows no swap
    ],
)
def test_the_other_rule_is_written_as_well_as_it_can_be(start, n, unit, said):
    assert rules.business_days(row_of("", start, n, unit, start)) == said


def test_the_table_sums_up(asked):
    rule = deadlines.Rule("x", [True] * len(asked))
    rows = deadlines.table(asked, [rule])[2:]
    numbers = [int(row.split("|")[2]) for row in rows]
    assert sum(numbers[:-1]) == numbers[-1] == len(asked)
    assert all(row.split("|")[2] == row.split("|")[3] for row in rows)


def test_a_made_up_history_is_one_that_an_office_may_have():
    dice = random.Random(1)
    pasts = [histories.history(dice) for _ in range(300)]
    assert {len(past) for past in pasts} == set(range(1, 13))
    for past in pasts:
        replay(past, rules.CALENDAR, now=histories.NOW)
    kinds = {each.kind for past in pasts for each in past}
    assert {Kind.STOP, Kind.RESUME, Kind.EXTEND, Kind.FINISH} <= kinds
