"""The rules that are asked for the same due dates: ours, an array library's, a clock's."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from pathlib import Path

import holidays
import numpy as np

from haicap.core.deadlines.calendar import calendar_of
from haicap.core.deadlines.period import Period, Unit
from haicap.places.announced import announced


VECTORS = Path(__file__).resolve().parent.parent / "tests/core/deadlines/vectors.csv"
CALENDAR = calendar_of(announced())
LISTED = sorted(holidays.country_holidays("VN", years=range(2019, 2028)))


@dataclass(frozen=True)
class Vector:
    """One period with the due date that is right; a time only for hours."""

    group: str
    at: datetime
    period: Period
    due: datetime

    @property
    def by_hour(self) -> bool:
        """Return whether the due date is a moment."""
        return self.period.unit is Unit.HOURS

    def is_right(self, said: datetime | date | None) -> bool:
        """Return whether this is the due date."""
        if isinstance(said, datetime) and self.by_hour:
            return said == self.due
        day = said.date() if isinstance(said, datetime) else said
        return not self.by_hour and day == self.due.date()


def vectors() -> list[Vector]:
    """Return the rows of the vectors of the tests."""
    lines = VECTORS.read_text(encoding="utf-8").splitlines()
    rows = csv.DictReader(line for line in lines if not line.startswith("#"))
    return [vector(row) for row in rows]


def vector(row: dict[str, str]) -> Vector:
    """Return one row."""
    received = time.fromisoformat(row["received"] or "00:00")
    at = datetime.combine(date.fromisoformat(row["start"]), received)
    cutoff = time.fromisoformat(row["cutoff"]) if row["cutoff"] else None
    period = Period(int(row["n"]), Unit(row["unit"]), cutoff)
    return Vector(row["class"], at, period, datetime.fromisoformat(row["due"]))


def ours(asked: Vector) -> datetime:
    """Return what haicap says."""
    return asked.period.end(asked.at, CALENDAR)


def business_days(asked: Vector) -> date | None:
    """
    Return what `numpy.busday_offset` says over the list of the package `holidays`.

    It knows days only; a month is put in by the months of its dates, and a cut-off by
    hand, so that it is judged by its days off.
    """
    day, n, unit = np.datetime64(asked.at.date()), asked.period.n, asked.period.unit
    cutoff = asked.period.cutoff
    if cutoff and asked.at.time() > cutoff:
        day = offset(day + 1, 0, "forward")
    if unit is Unit.WORKING_DAYS:
        return offset(day, n, "backward").item()
    if unit is Unit.CALENDAR_DAYS:
        return offset(day + n, 0, "forward").item()
    if unit is Unit.MONTHS:
        month = day.astype("datetime64[M]")
        first, following = ((month + k).astype("datetime64[D]") for k in (n, n + 1))
        same = first + (day - month.astype("datetime64[D]"))
        return offset(min(same, following - 1), 0, "forward").item()
    return None


def offset(day: np.datetime64, n: int, roll: str) -> np.datetime64:
    """Return the n-th business day after a day."""
    return np.busday_offset(day, n, roll=roll, holidays=LISTED)


def wall_clock(asked: Vector) -> datetime:
    """Return what a rule of n times 24 hours says; 30 days are a month."""
    hours = {Unit.HOURS: 1, Unit.MONTHS: 30 * 24}.get(asked.period.unit, 24)
    return asked.at + timedelta(hours=hours * asked.period.n)


def days_off() -> Iterator[date]:
    """Yield every day on which nobody works, for a peer that wants a list."""
    day, last = date(2019, 1, 1), date(2027, 12, 31)
    while day <= last:
        if not CALENDAR.is_working(day):
            yield day
        day += timedelta(days=1)
