"""An explanation shows every day once, adds up, and says what happened on the way."""

import doctest
import json
from datetime import date, timedelta

from hypothesis import assume, given

from haicap.core.deadlines import explain as module
from haicap.core.deadlines.calendar import Calendar
from haicap.core.deadlines.clock import Effect, Kind, Sort, replay
from haicap.core.deadlines.explain import explain
from haicap.core.deadlines.lines import Why
from haicap.core.deadlines.period import Unit
from tests.core.deadlines.histories import (
    at,
    calendars,
    extended,
    lawful,
    resumed,
    started,
    stopped,
)


PLAIN = Calendar({}, (2025, 2027))


def told(*past):
    return [
        (f"{x.first:%d/%m}", f"{x.last:%d/%m}", x.why, x.counted, x.note)
        for x in explain(replay(past, PLAIN)).lines
    ]


def test_a_stop_and_an_extension_stand_between_the_counted_days():
    assert told(
        started(5, 10),
        stopped(at(8), reference="CV 15/STC"),
        resumed(at(14)),
        extended(at(20), until=date(2026, 1, 31), reference="TB 7/TB-UBND"),
    ) == [
        ("06/01", "08/01", Why.WORKING, 3, ""),
        ("09/01", "14/01", Why.STOPPED, 0, "CV 15/STC"),
        ("15/01", "23/01", Why.WORKING, 7, ""),
        ("24/01", "31/01", Why.EXTENDED, 8, "TB 7/TB-UBND"),
        ("01/02", "01/02", Why.WEEKEND, 0, ""),
        ("02/02", "02/02", Why.MOVED, 0, ""),
    ]


def test_a_clock_that_stands_still_is_told_up_to_its_stop():
    why = explain(replay([started(5, 10), stopped(at(8))], PLAIN))
    assert (why.due, why.total) == (None, 3)
    assert why.lines[-1].last == date(2026, 1, 8)


def test_hours_are_told_in_minutes():
    why = explain(replay([started(5, 12, Unit.HOURS)], PLAIN))
    assert [(x.first.day, x.last.day, x.counted) for x in why.lines] == [(5, 6, 720)]


def test_each_step_says_what_it_did_and_the_date_after_it():
    past = [started(5, 5), extended(at(14), until=date(2026, 1, 30))]
    why = explain(replay(past, PLAIN))
    assert [(step.effect, step.due.date().day) for step in why.steps] == [
        (Effect.STARTED, 12),
        (Effect.EXTENDED_LATE, 30),
    ]


def test_the_examples_in_the_docstrings_are_true():
    assert doctest.testmod(module).failed == 0


@given(calendars, lawful())
def test_the_lines_show_every_day_from_receipt_to_the_due_date_once(calendar, past):
    clock = replay(past, calendar)
    assume(clock.due is not None)
    assume(all(each.unit is not Unit.HOURS for each in clock.stretches))
    why = explain(clock)
    shown = [
        line.first + timedelta(days=i)
        for line in why.lines
        for i in range((line.last - line.first).days + 1)
    ]
    n_days = (clock.due.date() - clock.day_0).days
    assert shown == [clock.day_0 + timedelta(days=i) for i in range(1, n_days + 1)]


@given(calendars, lawful())
def test_what_is_counted_adds_up_to_the_periods_given(calendar, past):
    """Working days and hours: a start, with nothing but stops and ends after it."""
    kinds = {each.kind for each in past}
    assume(not kinds & {Kind.EXTEND, Kind.REASSIGN})
    clock = replay(past, calendar)
    assume(clock.due is not None and clock.started.period is not None)
    period = clock.started.period
    assume(period.unit in (Unit.WORKING_DAYS, Unit.HOURS))
    given_ = [each for each in clock.stretches if each.sort is Sort.GIVEN]
    assume(given_)
    per_unit = 60 if period.unit is Unit.HOURS else 1
    assert explain(clock).total == period.n * per_unit


@given(calendars, lawful())
def test_an_explanation_can_always_be_written_down(calendar, past):
    why = explain(replay(past, calendar))
    lines = [(str(x.first), str(x.last), x.why, x.counted, x.note) for x in why.lines]
    assert json.loads(json.dumps(lines)) == [list(line) for line in lines]
