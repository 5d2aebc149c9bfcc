"""The days of a count as a person reads them: each stretch once, with its reason."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, timedelta
from enum import StrEnum

from haicap.core.deadlines.calendar import Calendar, DayKind, SpecialDay, is_weekend


class Why(StrEnum):
    """What a stretch of days is; the decided kinds keep their own names."""

    WORKING = "working"
    COUNTED = "counted"
    WEEKEND = "weekend"
    HOLIDAY = "holiday"
    SUBSTITUTE_DAY_OFF = "substitute_day_off"
    SWAPPED_DAY_OFF = "swapped_day_off"
    MAKE_UP_WORKING_DAY = "make_up_working_day"
    HALF_DAY = "half_day"
    MOVED = "moved"  # the last day was off, so the period ends on this one
    STOPPED = "stopped"  # the clock stood still
    EXTENDED = "extended"  # days that an extension gave


_OFF = {
    Why.WEEKEND,
    Why.HOLIDAY,
    Why.SUBSTITUTE_DAY_OFF,
    Why.SWAPPED_DAY_OFF,
    Why.STOPPED,
}
_WHY = {kind: Why(kind.value) for kind in DayKind}


class Tone(StrEnum):
    """How a line is shown: counted, off, or worked although it is a weekend."""

    PLAIN = "plain"
    OFF = "off"
    MAKE_UP = "make_up"


@dataclass(frozen=True, slots=True)
class Line:
    """
    One stretch of an explanation, `first` and `last` included.

    Unit: `counted` in days of the period, in minutes for a period of hours; the
    weekends inside a working stretch are named beside it and not counted.
    """

    first: date
    last: date
    why: Why
    counted: int
    n_saturdays: int = 0
    n_sundays: int = 0
    special: SpecialDay | None = None
    note: str = ""  # why the clock stood still, which document gave more time

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


def stretches(first: date, last: date, calendar: Calendar) -> Iterator[Line]:
    """
    Yield the days from `first` to `last`, neighbours of one sort in one line.

    Ordinary weeks are joined over their weekends. A weekend at an edge or beside a
    decided day keeps its own line: joined there it would hide where days off begin.
    """
    held: Line | None = None
    for day in calendar.decided_between(first, last):
        special = calendar.days[day]
        if day > first:
            if held:
                yield held
                held = None
            yield from _ordinary(first, day - timedelta(days=1))
        if held and held.special == special:
            held = replace(held, last=day, counted=held.counted + special.is_working)
        else:
            if held:
                yield held
            held = Line(
                day, day, _WHY[special.kind], int(special.is_working), special=special
            )
        first = day + timedelta(days=1)
    if held:
        yield held
    if first <= last:
        yield from _ordinary(first, last)


def _ordinary(first: date, last: date) -> Iterator[Line]:
    """Yield days without any decision: a weekend, weeks of work, a weekend."""
    begin, end = first, last
    while begin <= last and is_weekend(begin):
        begin += timedelta(days=1)
    if begin > first:
        yield _weekend(first, begin - timedelta(days=1))
    if begin > last:
        return
    while is_weekend(end):
        end -= timedelta(days=1)
    # The stretch begins and ends on a working day, so its weekends are whole.
    weekends = (end.toordinal() + 6 - end.weekday() - begin.toordinal()) // 7
    n_days = (end - begin).days + 1
    yield Line(begin, end, Why.WORKING, n_days - 2 * weekends, weekends, weekends)
    if end < last:
        yield _weekend(end + timedelta(days=1), last)


def _weekend(first: date, last: date) -> Line:
    """Return one weekend or a part of it."""
    days = (last - first).days + 1
    saturdays = int(first.weekday() == 5)
    return Line(first, last, Why.WEEKEND, 0, saturdays, days - saturdays)
