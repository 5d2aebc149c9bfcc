"""Which days an office works; a year nobody has announced is never guessed."""

from array import array
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, time
from enum import StrEnum

from haicap.core.deadlines.hours import OFFICE_HOURS, OfficeHours
from haicap.core.errors import BadInput


class DayKind(StrEnum):
    """
    Why a day is not what its weekday says.

    A half day counts as a whole working day; only a clock of hours feels it.
    Source: Labour Code 2019, art. 112 (holidays) and art. 111 (3) (days off in
    lieu); swapped and make-up days are decided by the Government year by year.
    """

    HOLIDAY = "holiday"
    SUBSTITUTE_DAY_OFF = "substitute_day_off"
    SWAPPED_DAY_OFF = "swapped_day_off"
    MAKE_UP_WORKING_DAY = "make_up_working_day"
    HALF_DAY = "half_day"


#: Offices work on these although, or as, their weekday says.
WORKED = (DayKind.MAKE_UP_WORKING_DAY, DayKind.HALF_DAY)


@dataclass(frozen=True, slots=True)
class SpecialDay:
    """One decided exception: its kind, its name in both languages, its basis."""

    kind: DayKind
    label_vi: str
    label_en: str
    legal_basis: str
    # False while the official announcement has not been compared with the row.
    verified: bool = True
    until: time | None = None  # a half day ends here

    @property
    def is_working(self) -> bool:
        """Whether offices work that day."""
        return self.kind in WORKED


@dataclass(frozen=True, slots=True)
class Calendar:
    """
    The exceptions to "Monday to Friday", for the years in `covers`.

    Every question about days is one look into a table that is made once.
    Unit: whole years, first and last included.
    Errors: BadInput for any question about another year.
    """

    days: Mapping[date, SpecialDay]
    covers: tuple[int, int]
    hours: OfficeHours = OFFICE_HOURS
    # Day i is `first_ordinal + i`. `until[i]`: days worked up to day i, itself
    # included. `nth[k]`: which day is worked as number k, counted from 0.
    first_ordinal: int = field(init=False, repr=False, compare=False)
    until: Sequence[int] = field(init=False, repr=False, compare=False)
    nth: Sequence[int] = field(init=False, repr=False, compare=False)
    decided: Sequence[int] = field(init=False, repr=False, compare=False)  # ordinals
    # Each half day: as which number it is worked, and until when.
    half_days: tuple[tuple[int, time], ...] = field(
        init=False, repr=False, compare=False
    )

    def __post_init__(self) -> None:
        first, last = self.covers
        if first > last:
            raise BadInput("A working calendar must cover at least one year.")
        for day in self.days:
            if not first <= day.year <= last:
                raise BadInput(
                    "The day %(day)s is outside the years of its working calendar.",
                    day=f"{day:%d/%m/%Y}",
                )
        start = date(first, 1, 1).toordinal()
        n = date(last, 12, 31).toordinal() - start + 1
        # Day 1 of the calendar that Python counts in was a Monday.
        worked = bytearray((start + i - 1) % 7 < 5 for i in range(n))
        for day, special in self.days.items():
            worked[day.toordinal() - start] = special.is_working
        until, nth = array("l"), array("l")
        for i, works in enumerate(worked):
            if works:
                nth.append(i)
            until.append(len(nth))
        object.__setattr__(self, "first_ordinal", start)
        object.__setattr__(self, "until", until)
        object.__setattr__(self, "nth", nth)
        decided = array("l", sorted(day.toordinal() for day in self.days))
        object.__setattr__(self, "decided", decided)
        halves = (
            (until[day.toordinal() - start], special.until)
            for day, special in self.days.items()
            if special.until is not None
        )
        object.__setattr__(self, "half_days", tuple(halves))

    def index(self, day: date) -> int:
        """Return the place of `day` in the tables."""
        i = day.toordinal() - self.first_ordinal
        if not 0 <= i < len(self.until):
            raise self.no_days_of(day.year)
        return i

    def special(self, day: date) -> SpecialDay | None:
        """Return the decided exception on `day`, if there is one."""
        self.index(day)
        return self.days.get(day)

    def is_working(self, day: date) -> bool:
        """
        Return whether offices work on `day`.

        A commune that opens on Saturday morning does so by its own choice: that
        does not make Saturday a working day for a deadline.

        >>> plain = Calendar(days={}, covers=(2026, 2026))
        >>> plain.is_working(date(2026, 1, 9)), plain.is_working(date(2026, 1, 10))
        (True, False)
        """
        i = self.index(day)
        return self.until[i] > (self.until[i - 1] if i else 0)

    def worked_until(self, day: date) -> int:
        """Return how many days of the calendar are worked up to `day`, included."""
        return self.until[self.index(day)]

    def worked_day(self, number: int) -> date:
        """
        Return the day that is worked as `number`, counted from 1.

        >>> Calendar(days={}, covers=(2026, 2026)).worked_day(3)
        datetime.date(2026, 1, 5)
        """
        if number > len(self.nth):
            raise self.no_days_of(self.covers[1] + 1)
        return date.fromordinal(self.first_ordinal + self.nth[number - 1])

    def decided_between(self, first: date, last: date) -> list[date]:
        """Return the days from `first` to `last` that a decision names, in order."""
        left = bisect_left(self.decided, first.toordinal())
        right = bisect_right(self.decided, last.toordinal())
        return [date.fromordinal(each) for each in self.decided[left:right]]

    def no_days_of(self, year: int) -> BadInput:
        """Return the refusal of a year that this calendar does not know."""
        first, last = self.covers
        return BadInput(
            "The working calendar has no days of %(year)s; it covers %(first)s to"
            " %(last)s. Load the announcement of that year first.",
            year=year,
            first=first,
            last=last,
        )


@dataclass(frozen=True, slots=True)
class Decision:
    """
    One row of the reference data: what one document says of one day in one place.

    `place` is empty for the whole country, else the code of a province or a unit.
    A row that is not `active` is a switch: it counts for nothing until it is set.
    """

    day: date
    special: SpecialDay
    place: str = ""
    active: bool = True


def calendar_of(
    decisions: Iterable[Decision],
    *,
    places: tuple[str, ...] = ("",),
    hours: OfficeHours = OFFICE_HOURS,
) -> Calendar:
    """
    Return the calendar of one place, its nearer decisions over the wider ones.

    `places` goes from the country to the unit: `("", "37", "37-013579")`. A later
    row for the same day and place takes the place of an earlier one of its kind.
    Errors: BadInput for two decisions that contradict each other, one that cannot
    be (a make-up day on a Monday), and a year without any row between two others.
    """
    layers: dict[str, dict[date, SpecialDay]] = {place: {} for place in places}
    years = set()
    for row in decisions:
        years.add(row.day.year)
        if not row.active or row.place not in layers:
            continue
        check_possible(row)
        layer = layers[row.place]
        other = layer.get(row.day)
        if other is not None and other.kind is not row.special.kind:
            raise BadInput(
                "Two decisions contradict each other on %(day)s: %(one)s (%(basis)s)"
                " and %(two)s (%(other_basis)s). Withdraw one of them.",
                day=f"{row.day:%d/%m/%Y}",
                one=other.label_vi,
                basis=other.legal_basis,
                two=row.special.label_vi,
                other_basis=row.special.legal_basis,
            )
        layer[row.day] = row.special
    if not years:
        raise BadInput("A working calendar must cover at least one year.")
    missing = set(range(min(years), max(years) + 1)) - years
    if missing:
        raise BadInput(
            "The working calendar has a gap: no day of %(year)s is named."
            " Load the announcement of that year first.",
            year=min(missing),
        )
    days: dict[date, SpecialDay] = {}
    for place in places:
        days |= layers[place]
    return Calendar(days, (min(years), max(years)), hours)


def check_possible(row: Decision) -> None:
    """Refuse a decision that its weekday makes senseless."""
    kind, weekend = row.special.kind, is_weekend(row.day)
    if kind is DayKind.MAKE_UP_WORKING_DAY and not weekend:
        sentence = "%(day)s is worked anyway: only a weekend can be a make-up day."
    elif kind is DayKind.SWAPPED_DAY_OFF and weekend:
        sentence = "%(day)s is a weekend: only a working day can be swapped for one."
    elif kind is DayKind.HALF_DAY and weekend:
        sentence = "%(day)s is a weekend: only a working day can be a half day."
    elif (kind is DayKind.HALF_DAY) != (row.special.until is not None):
        sentence = "A half day, and nothing else, says at what time it ends: %(day)s."
    else:
        return
    raise BadInput(sentence, day=f"{row.day:%d/%m/%Y}")


def is_weekend(day: date) -> bool:
    """
    Return whether `day` is a Saturday or a Sunday.

    >>> is_weekend(date(2026, 1, 10))
    True
    """
    return day.weekday() >= 5
