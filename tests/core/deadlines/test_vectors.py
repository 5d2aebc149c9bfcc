"""Every due date of vectors.csv comes out right, and no decided day escapes them."""

import csv
from dataclasses import dataclass, replace
from datetime import date, datetime, time

import pytest

from haicap.core.deadlines.calendar import Calendar, calendar_of
from haicap.core.deadlines.clock import Happening, Kind, replay
from haicap.core.deadlines.explain import explain
from haicap.core.deadlines.many import microseconds, pack, recompute
from haicap.core.deadlines.period import Period, Unit
from haicap.core.deadlines.working_days import add_working_days
from haicap.places.announced import announced
from tests.core.deadlines import vectors


SHIPPED = calendar_of(announced())


@dataclass(frozen=True)
class Row:
    """One line of the file, as the engine is asked."""

    at: datetime
    period: Period
    due: datetime
    made: str
    source: str

    def end(self, of):
        """The engine's due date; at midnight for a period of days, as in the file."""
        end = self.period.end(self.at, of)
        by_hour = self.period.unit is Unit.HOURS
        return end if by_hour else datetime.combine(end.date(), time.min)


def read(line):
    cutoff = time.fromisoformat(line["cutoff"]) if line["cutoff"] else None
    return Row(
        datetime.combine(
            date.fromisoformat(line["start"]),
            time.fromisoformat(line["received"] or "00:00"),
        ),
        Period(int(line["n"]), Unit(line["unit"]), cutoff),
        datetime.fromisoformat(line["due"]),
        line["made"],
        line["source"],
    )


LINES = [
    line for line in vectors.PAGE.read_text().splitlines() if not line.startswith("#")
]
ROWS = [read(line) for line in csv.DictReader(LINES)]


def test_every_due_date_is_right():
    assert [
        (row, row.end(SHIPPED)) for row in ROWS if row.end(SHIPPED) != row.due
    ] == []


def test_many_at_once_are_right_too():
    starts = [[Happening(Kind.START, row.at, row.period)] for row in ROWS]
    clocks = recompute(pack(starts), SHIPPED, datetime(2027, 1, 1))
    for row, due, day in zip(ROWS, clocks.due, clocks.due_on, strict=True):
        if row.period.unit is Unit.HOURS:
            assert due == microseconds(row.due), row
        assert day == row.due.toordinal(), row


def test_the_lines_of_every_explanation_add_up_to_its_date():
    for row in ROWS:
        clock = replay([Happening(Kind.START, row.at, row.period)], SHIPPED)
        why = explain(clock)
        if row.period.unit is Unit.WORKING_DAYS:
            assert why.total == row.period.n, row
        elif row.period.unit is Unit.HOURS:
            assert why.total == row.period.n * 60, row
        assert why.lines[-1].last == row.due.date(), row


def test_there_are_enough_of_them_and_each_has_a_source():
    assert len(ROWS) >= 300
    assert sum(row.made == "by hand" for row in ROWS) >= 40
    assert all(row.source for row in ROWS)


def test_what_was_typed_by_hand_is_what_the_day_by_day_counter_counts():
    for vector in vectors.by_hand():
        untyped = replace(vector, due=None)
        assert vectors.count(untyped) == vector.due, vector


def test_the_file_is_what_its_maker_makes():
    assert vectors.PAGE.read_text(encoding="utf-8") == vectors.text()


DECIDED = [
    day
    for day, special in sorted(SHIPPED.days.items())
    if day.year <= 2026 and special.is_working == (day.weekday() >= 5)
]


@pytest.mark.parametrize("day", DECIDED, ids=str)
def test_a_forgotten_day_is_noticed(day):
    """Each holiday, day in lieu and swap is decided by some row of the file."""
    days = {each: special for each, special in SHIPPED.days.items() if each != day}
    forgetful = Calendar(days, SHIPPED.covers)
    near = [row for row in ROWS if row.at.date() <= day <= row.due.date()]
    assert any(row.end(forgetful) != row.due for row in near)


def test_every_stretch_of_the_announcements_stands_in_the_calendar():
    for day in vectors.days_from(date(2019, 1, 1), date(2026, 12, 31)):
        assert SHIPPED.is_working(day) == vectors.worked(day), day


def test_one_day_after_another_is_one_working_day_after_another():
    """The tables of the calendar agree with a walk over all of its years."""
    day = date(2019, 1, 1)
    while day.year < 2027:
        following = vectors.next_worked(day + vectors.DAY)
        assert add_working_days(day, 1, SHIPPED) == following
        day = following
