"""A hundred thousand clocks at once say what each of them says alone."""

from datetime import date, datetime

from hypothesis import given, settings
from hypothesis import strategies as st

from haicap.core.deadlines.calendar import Calendar
from haicap.core.deadlines.clock import replay
from haicap.core.deadlines.many import STATUSES, microseconds, pack, recompute
from haicap.core.deadlines.status import status_of
from haicap.core.errors import BadInput
from tests.core.deadlines.histories import anything, calendars, lawful, started


moments = st.datetimes(datetime(2026, 1, 2), datetime(2028, 6, 1))


def alone(past, calendar, now):
    """What the one-by-one engine says, or that it refuses."""
    try:
        clock = replay(past, calendar, now=now)
    except BadInput:
        return "refused"
    due = microseconds(clock.due) if clock.due else 0
    ended = sum(each.working_days(calendar) for each in clock.late)
    return due, status_of(clock, now), clock.n_late(now.date()), ended


def together(pasts, calendar, now):
    clocks = recompute(pack(pasts), calendar, now)
    return [
        "refused"
        if clocks.is_bad[row]
        else (
            clocks.due[row],
            STATUSES[clocks.status[row]],
            clocks.n_late[row],
            clocks.n_late_ended[row],
        )
        for row in range(len(pasts))
    ]


@settings(max_examples=60)
@given(st.lists(lawful() | anything(), min_size=1, max_size=12), calendars, moments)
def test_many_at_once_are_equal_to_one_by_one(pasts, calendar, now):
    assert together(pasts, calendar, now) == [
        alone(past, calendar, now) for past in pasts
    ]


def test_a_date_beyond_the_calendar_is_refused_and_not_guessed():
    short = Calendar({}, (2026, 2026))
    now = datetime(2026, 12, 30)
    assert together([[started(5, 400)], [started(5, 10)]], short, now)[0] == "refused"


def test_nothing_at_all_is_nothing():
    clocks = recompute(pack([]), Calendar({}, (2026, 2026)), datetime(2026, 1, 5))
    assert len(clocks.due) == 0


def test_the_due_day_is_told_beside_the_moment():
    clocks = recompute(
        pack([[started(5, 5)]]), Calendar({}, (2026, 2026)), datetime(2026, 1, 6)
    )
    assert date.fromordinal(int(clocks.due_on[0])) == date(2026, 1, 12)
