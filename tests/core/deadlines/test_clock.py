"""The clock of a deadline: it stops, runs on, is given more time, and never forgets."""

import doctest
from datetime import UTC, date, datetime, time, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from haicap.core.deadlines import office_time, period
from haicap.core.deadlines.calendar import Calendar, DayKind
from haicap.core.deadlines.clock import (
    Effect,
    Happening,
    Kind,
    Late,
    Reason,
    replay,
)
from haicap.core.deadlines.period import Period, Unit
from haicap.core.errors import BadInput
from tests.core.deadlines.histories import (
    at,
    calendars,
    days,
    extended,
    finished,
    lawful,
    periods,
    resumed,
    special,
    started,
    stopped,
)


# Monday 5 January 2026 begins four weeks without any decided day.
PLAIN = Calendar({}, (2025, 2027))


def due(*happenings, calendar=PLAIN):
    return replay(happenings, calendar).due_on


def test_a_clock_runs_for_its_period_from_the_day_after_receipt():
    assert due(started(5, 10)) == date(2026, 1, 19)


def test_what_arrives_after_the_cut_off_hour_arrives_on_the_next_working_day():
    in_time = Happening(Kind.START, at(9, 15, 0), Period(5, cutoff=time(15, 0)))
    too_late = Happening(Kind.START, at(9, 15, 1), Period(5, cutoff=time(15, 0)))
    assert due(in_time) == date(2026, 1, 16)
    assert due(too_late) == date(2026, 1, 19)


def test_the_same_day_before_the_cut_off_the_next_working_day_after_it():
    same_day = Period(0, cutoff=time(15, 0))
    assert due(Happening(Kind.START, at(9, 14), same_day)) == date(2026, 1, 9)
    assert due(Happening(Kind.START, at(9, 16), same_day)) == date(2026, 1, 12)


@pytest.mark.parametrize(
    ("unit", "n", "expected"),
    [
        (Unit.WORKING_DAYS, 10, date(2026, 1, 23)),
        (Unit.CALENDAR_DAYS, 14, date(2026, 1, 26)),
        (Unit.MONTHS, 1, date(2026, 2, 11)),
    ],
)
def test_a_clock_that_stood_still_runs_on_with_what_was_left(unit, n, expected):
    past = [started(5, n, unit), stopped(at(8)), resumed(at(14))]
    assert due(*past) == expected


def test_a_stop_on_the_last_day_is_in_time_and_ends_on_the_day_it_is_resumed():
    past = [started(5, 5), stopped(at(12, 16))]
    assert replay(past, PLAIN).is_stopped
    assert due(*past, resumed(at(20))) == date(2026, 1, 20)
    assert due(*past, resumed(at(24))) == date(2026, 1, 26)  # a Saturday


def test_a_stop_after_the_due_date_changes_nothing():
    past = [started(5, 5), stopped(at(13)), resumed(at(20))]
    clock = replay(past, PLAIN)
    assert clock.due_on == date(2026, 1, 12)
    assert [step.effect for step in clock.steps] == [
        Effect.STARTED,
        Effect.STOPPED_LATE,
        Effect.RESUMED_LATE,
    ]


def test_while_a_clock_stands_still_it_has_no_due_date():
    clock = replay([started(5, 10), stopped(at(8))], PLAIN)
    assert clock.is_stopped
    assert clock.due is None
    assert clock.n_late(date(2027, 1, 5)) == 0


def test_an_extension_in_time_replaces_the_due_date():
    clock = replay([started(5, 5), extended(at(12), until=date(2026, 1, 30))], PLAIN)
    assert (clock.due_on, clock.late) == (date(2026, 1, 30), [])
    assert clock.first_due.date() == date(2026, 1, 12)


def test_a_late_extension_never_erases_the_late_days():
    past = [started(5, 5), extended(at(15), until=date(2026, 1, 30))]
    clock = replay(past, PLAIN)
    assert clock.late == [Late(date(2026, 1, 12), date(2026, 1, 15))]
    assert clock.n_late(date(2026, 1, 20)) == 3
    done = replay([*past, finished(at(20))], PLAIN)
    assert done.steps[-1].effect is Effect.FINISHED_LATE


def test_an_extension_by_working_days_counts_from_the_old_due_date():
    assert due(started(5, 5), extended(at(7), n=3)) == date(2026, 1, 15)


def test_an_extension_to_an_earlier_day_does_not_shorten_the_period():
    assert due(started(5, 5), extended(at(7), until=date(2026, 1, 8))) == date(
        2026, 1, 12
    )


def test_an_extension_while_the_clock_stands_still_counts_as_if_given_before():
    during = [
        started(5, 5),
        stopped(at(8)),
        extended(at(9), n=2),
        resumed(at(15)),
    ]
    before = [
        started(5, 5),
        extended(at(8, 8), n=2),
        stopped(at(8)),
        resumed(at(15)),
    ]
    assert due(*during) == due(*before) == date(2026, 1, 21)


def test_the_date_of_the_product_counts_and_not_the_day_of_its_entry():
    clock = replay(
        [started(5, 5), finished(at(20), issued_on=date(2026, 1, 12))], PLAIN
    )
    assert clock.late == []
    assert clock.steps[-1].effect is Effect.FINISHED_IN_TIME


def test_a_product_before_the_old_due_date_was_never_late_whatever_came_after():
    past = [
        started(5, 5),
        extended(at(15), until=date(2026, 1, 30)),
        finished(at(20), issued_on=date(2026, 1, 9)),
    ]
    assert replay(past, PLAIN).late == []


def test_a_reassignment_with_a_period_begins_anew_and_keeps_what_was_late():
    handed = Happening(Kind.REASSIGN, at(15), Period(3))
    clock = replay([started(5, 5), handed], PLAIN)
    assert clock.due_on == date(2026, 1, 20)
    assert clock.late == [Late(date(2026, 1, 12), date(2026, 1, 15))]


def test_a_reassignment_without_a_period_keeps_the_due_date():
    assert due(started(5, 5), Happening(Kind.REASSIGN, at(7))) == date(2026, 1, 12)


def test_a_reopened_matter_starts_anew():
    past = [started(5, 5), finished(at(9)), started(15, 5)]
    assert due(*past) == date(2026, 1, 22)


def test_a_fixed_date_moves_to_a_working_day_and_stands_still_like_any_other():
    fixed = Happening(Kind.START, at(5), until=date(2026, 1, 17))
    assert due(fixed) == date(2026, 1, 19)
    assert due(fixed, stopped(at(8)), resumed(at(10))) == date(2026, 1, 21)


def test_without_a_period_there_is_no_due_date_and_nothing_to_extend():
    bare = Happening(Kind.START, at(5))
    assert due(bare) is None
    with pytest.raises(BadInput, match="no due date to extend"):
        due(bare, extended(at(7), n=3))


@pytest.mark.parametrize(
    ("moment", "hours", "end"),
    [
        (at(9, 16, 30), 2, at(12, 8, 30)),
        (at(9, 12, 0), 8, at(12, 11, 30)),
        (at(10, 9, 0), 4, at(12, 11, 30)),
        (at(5, 7, 30), 8, at(5, 17, 30)),
        (at(5, 17, 30), 1, at(6, 8, 30)),
    ],
)
def test_hours_are_counted_while_the_office_is_open(moment, hours, end):
    start = Happening(Kind.START, moment, Period(hours, Unit.HOURS))
    assert replay([start], PLAIN).due == end


def test_an_hour_after_a_clock_of_hours_ended_is_late_on_the_same_day():
    start = Happening(Kind.START, at(5, 8, 0), Period(2, Unit.HOURS))
    clock = replay([start, stopped(at(5, 10, 30))], PLAIN)
    assert clock.steps[-1].effect is Effect.STOPPED_LATE


def test_hours_stand_still_to_the_minute():
    start = Happening(Kind.START, at(5, 8, 0), Period(4, Unit.HOURS))
    clock = replay([start, stopped(at(5, 9, 0)), resumed(at(6, 9, 0))], PLAIN)
    assert clock.due == at(6, 14, 0)


def test_half_a_day_has_half_the_hours_and_is_a_whole_working_day():
    half = Calendar({date(2026, 1, 6): special(DayKind.HALF_DAY)}, (2025, 2027))
    hours = Happening(Kind.START, at(5, 17, 30), Period(8, Unit.HOURS))
    assert replay([hours], half).due == at(7, 11, 30)
    assert due(started(5, 2), calendar=half) == date(2026, 1, 7)


AWARE = datetime(2026, 1, 5, 9, tzinfo=UTC)


@pytest.mark.parametrize(
    ("past", "sentence"),
    [
        ([], "history is empty"),
        ([stopped(at(8))], "Nothing has started"),
        ([started(5), started(6)], "already runs"),
        ([started(8), stopped(at(5))], "Nothing has started"),
        ([started(5), resumed(at(8))], "was not stopped"),
        ([started(5), stopped(at(8)), stopped(at(9))], "already stands still"),
        ([started(5), stopped(at(8), None)], "no reason"),
        ([started(5), stopped(at(8), Reason.DECISION)], "names no decision"),
        ([started(5), finished(at(8)), stopped(at(9))], "had ended"),
        ([started(5), Happening(Kind.RETURN, at(8))], "Nothing was reported"),
        ([started(5), extended(at(8))], "neither a date nor a period"),
        (
            [Happening(Kind.START, at(5), until=date(2026, 1, 2))],
            "before it is received",
        ),
        ([Happening(Kind.START, AWARE, Period(5))], "time zone"),
        ([started(5), finished(at(8), date(2026, 3, 1))], "future"),
        ([started(5), stopped(at(21))], "future"),
    ],
)
def test_a_history_that_cannot_be_is_refused_with_its_reason(past, sentence):
    with pytest.raises(BadInput, match=sentence):
        replay(past, PLAIN, now=at(20))


@pytest.mark.parametrize(
    ("n", "unit"), [(-1, Unit.WORKING_DAYS), (0, Unit.CALENDAR_DAYS), (0, Unit.HOURS)]
)
def test_a_period_of_nothing_is_refused(n, unit):
    with pytest.raises(BadInput, match="at least 1"):
        Period(n, unit)


def test_the_examples_in_the_docstrings_are_true():
    assert doctest.testmod(period).failed == 0
    assert doctest.testmod(office_time).failed == 0


def without(calendar, day):
    rest = {each: what for each, what in calendar.days.items() if each != day}
    return Calendar(rest, calendar.covers)


def with_day(calendar, day, kind):
    return Calendar({**calendar.days, day: special(kind)}, calendar.covers)


@given(calendars, days.filter(lambda day: day.weekday() < 5), lawful())
def test_one_more_holiday_never_makes_a_deadline_earlier(calendar, day, past):
    plain = replay(past, without(calendar, day))
    more = replay(past, with_day(calendar, day, DayKind.HOLIDAY))
    # A clock that stands still has no due date; the one that it had is compared.
    assert (more.stands is None) == (plain.stands is None)
    assert more.stands is None or more.stands >= plain.stands


@given(calendars, days.filter(lambda day: day.weekday() >= 5), lawful())
def test_one_more_worked_saturday_never_makes_a_deadline_later(calendar, day, past):
    plain = replay(past, without(calendar, day))
    more = replay(past, with_day(calendar, day, DayKind.MAKE_UP_WORKING_DAY))
    assert more.stands is None or more.stands <= plain.stands


@given(calendars, periods, st.integers(0, 60_000))
def test_to_stop_and_resume_at_once_changes_nothing(calendar, period_, minutes):
    start = Happening(Kind.START, at(5), period_)
    moment = at(5) + timedelta(minutes=minutes)
    plain = replay([start], calendar)
    paused = replay([start, stopped(moment), resumed(moment)], calendar)
    assert paused.due == plain.due
    assert paused.stretches == plain.stretches


@given(calendars, lawful(), st.randoms(use_true_random=False))
def test_the_order_in_which_things_are_entered_does_not_matter(calendar, past, dice):
    shuffled = list(past)
    dice.shuffle(shuffled)
    one, other = replay(past, calendar), replay(shuffled, calendar)
    assert (one.due, one.late, one.steps) == (other.due, other.late, other.steps)
