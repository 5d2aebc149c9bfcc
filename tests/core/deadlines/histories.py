"""Made-up histories of clocks, and calendars that nobody would decide."""

from datetime import date, datetime, time, timedelta

from hypothesis import strategies as st

from haicap.core.deadlines.calendar import Calendar, DayKind, SpecialDay
from haicap.core.deadlines.clock import Happening, Kind, Reason
from haicap.core.deadlines.period import Period, Unit


def at(day, hour=9, minute=0, *, month=1, year=2026):
    """A local moment of January 2026, at nine in the morning."""
    return datetime(year, month, day, hour, minute)


def started(day=5, n=10, unit=Unit.WORKING_DAYS, **values):
    return Happening(Kind.START, at(day), Period(n, unit), **values)


def stopped(moment, reason=Reason.OPINION, **values):
    return Happening(Kind.STOP, moment, reason=reason, **values)


def resumed(moment):
    return Happening(Kind.RESUME, moment)


def extended(moment, *, until=None, n=None, unit=Unit.WORKING_DAYS, reference=""):
    period = Period(n, unit) if n else None
    return Happening(
        Kind.EXTEND, moment, period=period, until=until, reference=reference
    )


def finished(moment, issued_on=None):
    return Happening(Kind.FINISH, moment, issued_on=issued_on)


def special(kind):
    until = time(11, 30) if kind is DayKind.HALF_DAY else None
    return SpecialDay(kind, "a", "b", "c", until=until)


days = st.dates(date(2026, 1, 1), date(2026, 12, 31))
calendars = st.dictionaries(
    days, st.sampled_from(DayKind).map(special), max_size=60
).map(lambda decided: Calendar(decided, (2025, 2029)))

cutoffs = st.sampled_from([None, None, time(15, 0)])
by_days = st.sampled_from([Unit.WORKING_DAYS, Unit.CALENDAR_DAYS, Unit.HOURS])
# Twelve happenings of months stay within the years of `calendars`.
periods = st.builds(Period, st.integers(1, 40), by_days, cutoffs) | st.builds(
    Period, st.integers(1, 3), st.just(Unit.MONTHS), cutoffs
)


@st.composite
def lawful(draw, most=12):
    """A history that an office may really have: it never contradicts itself."""
    moment = datetime(2026, 1, 2, 8) + timedelta(minutes=draw(st.integers(0, 200_000)))
    past, stands_still, is_over = [], False, True
    for _ in range(draw(st.integers(1, most))):
        if is_over:
            verbs = [Kind.START]
        elif stands_still:
            verbs = [Kind.RESUME, Kind.RESUME, Kind.EXTEND, Kind.REPORT, Kind.FINISH]
        else:
            verbs = [Kind.STOP, Kind.STOP, Kind.EXTEND, Kind.REPORT, Kind.REASSIGN]
            verbs += [Kind.FINISH, Kind.WITHDRAW]
        kind = draw(st.sampled_from(verbs))
        what = draw(happening(kind, moment))
        past.append(what)
        is_over = kind in (Kind.FINISH, Kind.WITHDRAW)
        anew = kind is Kind.START or (kind is Kind.REASSIGN and what.period)
        stands_still = kind is Kind.STOP or (stands_still and kind is not Kind.RESUME)
        stands_still = stands_still and not anew and not is_over
        moment += timedelta(minutes=draw(st.integers(1, 20_000)))
    return past


@st.composite
def happening(draw, kind, moment):
    """One thing of a kind that is in itself possible."""
    earliest = 1 if kind is Kind.START else -3
    later = (moment + timedelta(days=draw(st.integers(earliest, 60)))).date()
    before = (moment - timedelta(days=draw(st.integers(0, 30)))).date()
    by_date = draw(st.booleans())
    period = until = None
    if kind in (Kind.START, Kind.EXTEND):
        period, until = (None, later) if by_date else (draw(periods), None)
    elif kind is Kind.REASSIGN and by_date:
        period = draw(periods)
    issues = kind in (Kind.REPORT, Kind.FINISH) and draw(st.booleans())
    return Happening(
        kind,
        moment,
        period=period,
        until=until,
        reason=draw(st.sampled_from(Reason)) if kind is Kind.STOP else None,
        issued_on=before if issues else None,
        reference="QĐ 12/QĐ-UBND",
    )


@st.composite
def anything(draw, most=6):
    """A history that may contradict itself in every way."""
    moment = datetime(2026, 1, 2, 8)
    past = []
    for _ in range(draw(st.integers(1, most))):
        kind = draw(st.sampled_from(Kind))
        past.append(draw(happening(kind, moment)))
        moment += timedelta(minutes=draw(st.integers(0, 60_000)))
    return past
