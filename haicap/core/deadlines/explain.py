"""Why a due date is that day: every day after receipt, once, in order."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta

from haicap.core.deadlines import office_time
from haicap.core.deadlines.calendar import Calendar
from haicap.core.deadlines.clock import (
    Clock,
    Happening,
    Kind,
    Sort,
    Step,
    Stretch,
    replay,
)
from haicap.core.deadlines.lines import Line, Why, stretches
from haicap.core.deadlines.period import Period, Unit, end_of


@dataclass(frozen=True, slots=True)
class Explanation:
    """
    The count behind a due date, and what happened on the way.

    `due` is None while the clock stands still or when no period was given; the lines
    then end at the stop.
    """

    start: date
    period: Period | None
    lines: tuple[Line, ...]
    due: datetime | None
    steps: tuple[Step, ...] = ()

    @property
    def due_on(self) -> date | None:
        """The last day, or None."""
        return self.due.date() if self.due else None

    @property
    def total(self) -> int:
        """The counted days, or minutes, of all lines."""
        return sum(line.counted for line in self.lines)

    @property
    def is_verified(self) -> bool:
        """Whether every decided day on the way was compared with its document."""
        return all(line.special.verified for line in self.lines if line.special)

    @property
    def legal_bases(self) -> tuple[str, ...]:
        """The documents behind the decided days, each once, in order."""
        return tuple(dict.fromkeys(x.legal_basis for x in self.lines if x.special))


def explain(clock: Clock) -> Explanation:
    """Return why the due date of this clock is what it is."""
    shown = clock.stretches
    if clock.is_stopped and clock.stopped is not None:
        shown = list(up_to(shown, end_of(clock.stopped.at.date())))
    lines = tuple(line for each in shown for line in lines_of(each, clock.calendar))
    return Explanation(
        clock.day_0, clock.started.period, lines, clock.due, tuple(clock.steps)
    )


def explain_period(start: date, period: Period, calendar: Calendar) -> Explanation:
    """
    Return why a period received on `start` ends on the day it does.

    >>> calendar = Calendar(days={}, covers=(2026, 2026))
    >>> why = explain_period(date(2026, 1, 8), Period(2), calendar)
    >>> [(line.first.day, line.last.day, line.counted) for line in why.lines]
    [(9, 12, 2)]
    """
    received = datetime.combine(start, time.min)
    return explain(replay([Happening(Kind.START, received, period)], calendar))


def up_to(shown: list[Stretch], at: datetime) -> Iterator[Stretch]:
    """Yield what lies up to the moment at which the clock was stopped."""
    for each in shown:
        if each.start < at:
            yield replace(each, end=min(each.end, at))


def lines_of(stretch: Stretch, calendar: Calendar) -> Iterator[Line]:
    """Yield the lines of one stretch, in the unit that it is counted in."""
    note = stretch.happening.reference
    if stretch.unit is Unit.HOURS and stretch.sort is not Sort.STOPPED:
        yield from hour_lines(stretch, calendar)
        return
    first, last = stretch.start.date() + timedelta(days=1), stretch.end.date()
    if stretch.unit is Unit.HOURS:
        first = stretch.start.date()
    if stretch.sort is Sort.STOPPED:
        reason = stretch.happening.reason
        yield Line(first, last, Why.STOPPED, 0, note=note or (reason or "").strip())
    elif stretch.sort is Sort.MOVED:
        if last > first:
            yield from stretches(first, last - timedelta(days=1), calendar)
        yield Line(last, last, Why.MOVED, 0, special=calendar.special(last))
    elif stretch.unit is Unit.WORKING_DAYS:
        for line in stretches(first, last, calendar):
            yield line if stretch.sort is Sort.GIVEN else replace(line, note=note)
    else:
        why = Why.COUNTED if stretch.sort is Sort.GIVEN else Why.EXTENDED
        yield Line(first, last, why, (last - first).days + 1, note=note)


def hour_lines(stretch: Stretch, calendar: Calendar) -> Iterator[Line]:
    """Yield the days of a period of hours, each stretch with its minutes of work."""
    for line in stretches(stretch.start.date(), stretch.end.date(), calendar):
        begin = max(stretch.start, datetime.combine(line.first, time.min))
        end = min(stretch.end, end_of(line.last))
        counted = office_time.worked_minutes(end, calendar)
        counted -= office_time.worked_minutes(begin, calendar)
        yield replace(line, counted=counted)
