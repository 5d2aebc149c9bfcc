"""A stop that ends before the hours begin to count changes nothing."""

from datetime import datetime, time

from haicap.core.deadlines.calendar import Calendar
from haicap.core.deadlines.clock import Happening, Kind, Reason, replay
from haicap.core.deadlines.explain import explain
from haicap.core.deadlines.period import Period, Unit


def test_a_stop_after_the_cut_off_and_before_the_next_opening_costs_nothing():
    calendar = Calendar(days={}, covers=(2025, 2029))
    hour = Period(1, Unit.HOURS, time(15, 0))
    past = [
        Happening(Kind.START, datetime(2026, 1, 20, 15, 1), hour),
        Happening(Kind.STOP, datetime(2026, 1, 20, 15, 2), reason=Reason.OPINION),
        Happening(Kind.RESUME, datetime(2026, 1, 20, 15, 3)),
    ]

    clock = replay(past, calendar)

    assert clock.due == replay(past[:1], calendar).due
    assert explain(clock).total == 60
