"""What a deadline is on a day: ten codes from its dates, and the rates of many."""

from datetime import date, datetime

import pytest

from haicap.core.deadlines.calendar import Calendar
from haicap.core.deadlines.clock import Happening, Kind, Reason, replay
from haicap.core.deadlines.period import Period, Unit
from haicap.core.deadlines.status import Status, rates, status_of
from tests.core.deadlines.histories import at, extended, finished, started, stopped


PLAIN = Calendar({}, (2025, 2027))
START = started(5, 5)  # due on Monday 12 January 2026


@pytest.mark.parametrize(
    ("past", "now", "status"),
    [
        ([Happening(Kind.START, at(5))], at(30), Status.NO_DUE),
        ([START], at(6), Status.NOT_DUE),
        ([START], at(7), Status.DUE_SOON),
        ([START], at(12, 23), Status.DUE_SOON),
        ([START], at(13, 0), Status.OVERDUE),
        (
            [START, extended(at(14), until=date(2026, 1, 30))],
            at(15),
            Status.EXTENDED_AFTER_LATE,
        ),
        ([START, extended(at(9), until=date(2026, 1, 30))], at(15), Status.NOT_DUE),
        ([START, Happening(Kind.REPORT, at(20))], at(21), Status.REPORTED),
        ([START, finished(at(12))], at(21), Status.DONE_ON_TIME),
        ([START, finished(at(13))], at(21), Status.DONE_LATE),
        (
            [START, extended(at(14), until=date(2026, 1, 30)), finished(at(15))],
            at(21),
            Status.DONE_LATE,
        ),
        ([START, stopped(at(9))], at(30), Status.PAUSED),
        ([START, stopped(at(13))], at(30), Status.OVERDUE),
        ([START, stopped(at(9), Reason.DECISION, reference="QĐ 5")], at(30), "paused"),
        ([START, Happening(Kind.WITHDRAW, at(9))], at(30), Status.CANCELLED),
    ],
)
def test_the_dates_alone_say_what_a_deadline_is(past, now, status):
    assert status_of(replay(past, PLAIN), now) == status


def test_soon_is_a_setting_in_working_days():
    clock = replay([START], PLAIN)
    assert status_of(clock, at(9), soon=0) is Status.NOT_DUE
    assert status_of(clock, at(5), soon=5) is Status.DUE_SOON


def test_a_report_that_was_returned_is_waited_for_again():
    past = [START, Happening(Kind.REPORT, at(9)), Happening(Kind.RETURN, at(10))]
    assert status_of(replay(past, PLAIN), at(13)) is Status.OVERDUE


def test_there_are_ten_codes():
    assert len(Status) == 10


def test_the_rate_counts_what_is_late_and_still_open():
    counted = rates(
        [Status.DONE_ON_TIME] * 6 + [Status.DONE_LATE, Status.OVERDUE, Status.NOT_DUE]
    )
    assert counted.on_time == 6 / 8
    assert counted.counts[Status.NOT_DUE] == 1


def test_a_rate_of_nothing_is_nothing_and_not_zero():
    assert rates([Status.NOT_DUE, Status.PAUSED]).on_time is None


def test_a_period_of_hours_is_late_within_its_day():
    start = Happening(Kind.START, at(5, 8), Period(2, Unit.HOURS))
    clock = replay([start], PLAIN)
    assert status_of(clock, datetime(2026, 1, 5, 9, 59)) is Status.DUE_SOON
    assert status_of(clock, datetime(2026, 1, 5, 10, 1)) is Status.OVERDUE
