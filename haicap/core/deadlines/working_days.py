"""Due dates under a working calendar, each with its line-by-line reason."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from haicap.core.deadlines.calendar import (
    Calendar,
    DayKind,
    SpecialDay,
    is_weekend,
    next_day,
)
from haicap.core.errors import BadInput


class Why(StrEnum):
    """What a stretch of days is; the decided kinds keep their own names."""

    WORKING = "working"
    COUNTED = "counted"
    WEEKEND = "weekend"
    HOLIDAY = "holiday"
    SUBSTITUTE_DAY_OFF = "substitute_day_off"
    SWAPPED_DAY_OFF = "swapped_day_off"
    MAKE_UP_WORKING_DAY = "make_up_working_day"
    MOVED = "moved"  # the last day was off, so the period ends on this one


_OFF = {Why.WEEKEND, Why.HOLIDAY, Why.SUBSTITUTE_DAY_OFF, Why.SWAPPED_DAY_OFF}


class Tone(StrEnum):
    """How a line is shown: counted, off, or worked although it is a weekend."""

    PLAIN = "plain"
    OFF = "off"
    MAKE_UP = "make_up"


@dataclass(frozen=True, slots=True)
class Line:
    """
    One stretch of an explanation, `first` and `last` included.

    Unit: `counted` in days of the period; the weekends inside a working stretch
    are named beside it and not counted.
    """

    first: date
    last: date
    why: Why
    counted: int
    n_saturdays: int = 0
    n_sundays: int = 0
    special: SpecialDay | None = None

    @property
    def tone(self) -> Tone:
        """How the line is shown."""
        if self.why is Why.MAKE_UP_WORKING_DAY:
            return Tone.MAKE_UP
        return Tone.OFF if self.why in _OFF else Tone.PLAIN

    @property
    def label_vi(self) -> str:
        """The Vietnamese name of a decided day, or nothing for ordinary days."""
        return self.special.label_vi if self.special else ""

    @property
    def label_en(self) -> str:
        """The English name of a decided day, or nothing for ordinary days."""
        return self.special.label_en if self.special else ""

    @property
    def legal_basis(self) -> str:
        """The document that decided the day, or nothing for ordinary days."""
        return self.special.legal_basis if self.special else ""


@dataclass(frozen=True, slots=True)
class Explanation:
    """Why a due date is that day: every day after `start`, once, in order."""

    start: date
    n: int
    lines: tuple[Line, ...]
    due: date

    @property
    def total(self) -> int:
        """The counted days of all lines; always `n`."""
        return sum(line.counted for line in self.lines)

    @property
    def is_verified(self) -> bool:
        """Whether every decided day on the way was compared with its document."""
        return all(line.special.verified for line in self.lines if line.special)

    @property
    def legal_bases(self) -> tuple[str, ...]:
        """The documents behind the decided days, each once, in order."""
        return tuple(dict.fromkeys(x.legal_basis for x in self.lines if x.special))


def add_working_days(start: date, days: int, calendar: Calendar) -> date:
    """
    Return the last day of a period of `days` working days received on `start`.

    The day of receipt is day 0. A period of 0 ends on `start`, or on the next
    working day when nobody works on `start`.
    Unit: working days of `calendar`.
    Errors: BadInput when `days` is negative or the calendar ends too early.

    >>> calendar = Calendar(days={}, covers=(2026, 2026))
    >>> add_working_days(date(2026, 1, 8), 2, calendar)
    datetime.date(2026, 1, 12)
    """
    _check_period(days)
    day, left = start, days
    while left:
        day = next_day(day)
        left -= calendar.is_working(day)
    return first_working_day(day, calendar)


def add_calendar_days(start: date, days: int, calendar: Calendar) -> date:
    """
    Return the last day of a period of `days` calendar days received on `start`.

    When nobody works on the last day the period ends on the next working day.
    Unit: calendar days.
    Errors: BadInput when `days` is negative or the calendar ends too early.

    >>> calendar = Calendar(days={}, covers=(2026, 2026))
    >>> add_calendar_days(date(2026, 1, 8), 2, calendar)
    datetime.date(2026, 1, 12)
    """
    _check_period(days)
    return first_working_day(_later(start, days), calendar)


def first_working_day(day: date, calendar: Calendar) -> date:
    """
    Return `day` when offices work then, else the next day on which they do.

    >>> first_working_day(date(2026, 1, 10), Calendar(days={}, covers=(2026, 2026)))
    datetime.date(2026, 1, 12)
    """
    while not calendar.is_working(day):
        day = next_day(day)
    return day


def working_days_between(a: date, b: date, calendar: Calendar) -> int:
    """
    Return the working days after `a` up to `b`: left when positive, late when negative.

    Asked on `a` about a due date `b`. On the weekend after a due Friday the answer
    is 0: whether something is late is told by the dates, how late by this.
    Unit: working days of `calendar`.

    >>> calendar = Calendar(days={}, covers=(2026, 2026))
    >>> friday, monday = date(2026, 1, 9), date(2026, 1, 12)
    >>> working_days_between(friday, monday, calendar)
    1
    >>> working_days_between(monday, friday, calendar)
    -1
    """
    if b < a:
        return -working_days_between(b, a, calendar)
    return sum(calendar.is_working(day) for day in _days(next_day(a), b))


def explain(start: date, n: int, calendar: Calendar) -> Explanation:
    """
    Return why `n` working days received on `start` end on the day they do.

    >>> calendar = Calendar(days={}, covers=(2026, 2026))
    >>> why = explain(date(2026, 1, 8), 2, calendar)
    >>> [(line.first.day, line.last.day, line.counted) for line in why.lines]
    [(9, 12, 2)]
    """
    due = add_working_days(start, n, calendar)
    if n == 0:
        return Explanation(start, n, _waiting(start, due, calendar), due)
    lines = _over_weekends(_stretches(next_day(start), due, calendar))
    return Explanation(start, n, tuple(lines), due)


def explain_calendar_days(start: date, n: int, calendar: Calendar) -> Explanation:
    """
    Return why `n` calendar days received on `start` end on the day they do.

    >>> calendar = Calendar(days={}, covers=(2026, 2026))
    >>> why = explain_calendar_days(date(2026, 1, 8), 2, calendar)
    >>> [(line.first.day, line.last.day, line.counted) for line in why.lines]
    [(9, 10, 2), (11, 11, 0), (12, 12, 0)]
    """
    due = add_calendar_days(start, n, calendar)
    last = _later(start, n)
    counted = (Line(next_day(start), last, Why.COUNTED, n),) if n else ()
    return Explanation(start, n, counted + _waiting(last, due, calendar), due)


def _waiting(last: date, due: date, calendar: Calendar) -> tuple[Line, ...]:
    """Return why a period that would end on `last` ends on `due` instead."""
    if due == last:
        return ()
    off = _stretches(next_day(last), due - timedelta(days=1), calendar)
    return (*off, Line(due, due, Why.MOVED, 0, special=calendar.special(due)))


def _stretches(first: date, last: date, calendar: Calendar) -> list[Line]:
    """Return the days from `first` to `last`, neighbours of one sort together."""
    lines: list[Line] = []
    for day in _days(first, last):
        line = _single(day, calendar)
        if lines and _continues(lines[-1], line):
            lines[-1] = _join(lines[-1], line)
        else:
            lines.append(line)
    return lines


def _single(day: date, calendar: Calendar) -> Line:
    """Return the line of one day."""
    special = calendar.special(day)
    if special is not None:
        counted = int(special.is_working)
        return Line(day, day, _WHY[special.kind], counted, special=special)
    if is_weekend(day):
        saturday = day.weekday() == 5
        return Line(day, day, Why.WEEKEND, 0, int(saturday), int(not saturday))
    return Line(day, day, Why.WORKING, 1)


_WHY = {
    DayKind.HOLIDAY: Why.HOLIDAY,
    DayKind.SUBSTITUTE_DAY_OFF: Why.SUBSTITUTE_DAY_OFF,
    DayKind.SWAPPED_DAY_OFF: Why.SWAPPED_DAY_OFF,
    DayKind.MAKE_UP_WORKING_DAY: Why.MAKE_UP_WORKING_DAY,
}


def _continues(before: Line, line: Line) -> bool:
    """Return whether two neighbouring stretches are the same thing."""
    return before.why is line.why and before.special == line.special


def _join(before: Line, line: Line) -> Line:
    """Return two neighbouring stretches as one, named after the first."""
    return Line(
        before.first,
        line.last,
        before.why,
        before.counted + line.counted,
        before.n_saturdays + line.n_saturdays,
        before.n_sundays + line.n_sundays,
        before.special,
    )


def _over_weekends(lines: list[Line]) -> Iterator[Line]:
    """
    Yield the stretches with ordinary weeks joined over their weekends.

    A weekend beside a holiday keeps its own line: joined there it would hide
    where the days off begin.
    """
    held: Line | None = None
    weekend: Line | None = None
    for line in lines:
        if line.why is Why.WEEKEND and held is not None:
            weekend = line
            continue
        if line.why is Why.WORKING:
            # Two working stretches can only be parted by a held weekend.
            held = _join(_join(held, weekend), line) if held and weekend else line
            weekend = None
            continue
        yield from (kept for kept in (held, weekend) if kept is not None)
        held = weekend = None
        yield line
    yield from (kept for kept in (held, weekend) if kept is not None)


def _check_period(days: int) -> None:
    if days < 0:
        raise BadInput("A period cannot be shorter than 0 days.")


def _later(day: date, days: int) -> date:
    try:
        return day + timedelta(days=days)
    except OverflowError as error:
        raise BadInput("That date is too far away.") from error


def _days(first: date, last: date) -> Iterator[date]:
    """Yield every day from `first` to `last`, both included."""
    for offset in range((last - first).days + 1):
        yield first + timedelta(days=offset)
