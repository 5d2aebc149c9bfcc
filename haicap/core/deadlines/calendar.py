"""Which days an office works; a year nobody has announced is never guessed."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from haicap.core.errors import BadInput


class DayKind(StrEnum):
    """
    Why a day is not what its weekday says.

    Source: Labour Code 2019, art. 112 (holidays) and art. 111 (3) (days off in
    lieu); swapped and make-up days are decided by the Government year by year.
    """

    HOLIDAY = "holiday"
    SUBSTITUTE_DAY_OFF = "substitute_day_off"
    SWAPPED_DAY_OFF = "swapped_day_off"
    MAKE_UP_WORKING_DAY = "make_up_working_day"


@dataclass(frozen=True, slots=True)
class SpecialDay:
    """One decided exception: its kind, its name in both languages, its basis."""

    kind: DayKind
    label_vi: str
    label_en: str
    legal_basis: str
    # False while the official announcement has not been compared with the row.
    verified: bool = True

    @property
    def is_working(self) -> bool:
        """Whether offices work that day."""
        return self.kind is DayKind.MAKE_UP_WORKING_DAY


@dataclass(frozen=True, slots=True)
class Calendar:
    """
    The exceptions to "Monday to Friday", for the years in `covers`.

    Unit: whole years, first and last included.
    Errors: BadInput for any question about another year.
    """

    days: Mapping[date, SpecialDay]
    covers: tuple[int, int]

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

    def special(self, day: date) -> SpecialDay | None:
        """Return the decided exception on `day`, if there is one."""
        first, last = self.covers
        if not first <= day.year <= last:
            raise BadInput(
                "The working calendar has no days of %(year)s; it covers %(first)s to"
                " %(last)s. Load the announcement of that year first.",
                year=day.year,
                first=first,
                last=last,
            )
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
        special = self.special(day)
        if special is not None:
            return special.is_working
        return not is_weekend(day)


def is_weekend(day: date) -> bool:
    """
    Return whether `day` is a Saturday or a Sunday.

    >>> is_weekend(date(2026, 1, 10))
    True
    """
    return day.weekday() >= 5


def next_day(day: date) -> date:
    """Return the day after `day`."""
    try:
        return day + timedelta(days=1)
    except OverflowError as error:
        raise BadInput("That date is too far away.") from error
