"""Says when a period ends and why, day by day, without a database."""

import gettext
import json
import re
from calendar import monthrange
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, time
from pathlib import Path
from typing import Any, Final

from haicap.core.deadlines.calendar import Calendar, calendar_of
from haicap.core.deadlines.clock import Happening, Kind, replay
from haicap.core.deadlines.explain import Explanation, explain
from haicap.core.deadlines.lines import Line, Why
from haicap.core.deadlines.period import Period, Unit
from haicap.core.errors import BadInput
from haicap.places.announced import announced


#: The option that gives a period in each unit.
UNITS: Final = {
    "working": Unit.WORKING_DAYS,
    "days": Unit.CALENDAR_DAYS,
    "months": Unit.MONTHS,
    "hours": Unit.HOURS,
}
WEEKDAYS: Final = (
    "Monday",
    "Tuesday",
    "Wednesday",
    "Thursday",
    "Friday",
    "Saturday",
    "Sunday",
)
#: What a stretch without a name of its own is called.
WORDS: Final = {
    Why.WORKING: "working days",
    Why.COUNTED: "counted",
    Why.WEEKEND: "weekend",
    Why.MOVED: "the last day was off, so the period ends here",
}


@dataclass(frozen=True)
class Question:
    """What was asked: a period, and when it was received."""

    start: date
    received: time | None
    period: Period


def run(
    start: str,
    periods: dict[str, str],
    *,
    received: str | None,
    cutoff: str | None,
    as_json: bool,
) -> None:
    """Print the due date with its reason; `periods` holds the options that were given."""
    asked = _question(start, periods, received, cutoff)
    calendar = calendar_of(announced())
    at = datetime.combine(asked.start, asked.received or time.min)
    why = explain(replay([Happening(Kind.START, at, asked.period)], calendar))
    if as_json:
        print(json.dumps(_as_json(asked, why), ensure_ascii=False))
    else:
        print("\n".join(_as_text(asked, why, calendar)))


def _question(
    start: str, periods: dict[str, str], received: str | None, cutoff: str | None
) -> Question:
    """Return what the words of the command line ask."""
    day = _day(start)
    if len(periods) != 1:
        raise BadInput(
            "Give one period: --working N, --days N, --months N or --hours N."
        )
    ((option, words),) = periods.items()
    if not re.fullmatch(r"[0-9]{1,6}", words) or not int(words):
        raise BadInput(
            "A period is a whole number from 1 to 999999, not %(said)s.", said=words
        )
    if cutoff and not received:
        raise BadInput("A cut-off needs the time of receipt: add --received HH:MM.")
    last_hour = _hour(cutoff) if cutoff else None
    period = Period(int(words), UNITS[option], last_hour)
    return Question(day, _hour(received) if received else None, period)


def _day(words: str) -> date:
    """Return the date of 2026-01-05 or 05/01/2026."""
    if found := re.fullmatch(r"([0-9]{4})-([0-9]{1,2})-([0-9]{1,2})", words):
        year, month, day = map(int, found.groups())
    elif found := re.fullmatch(r"([0-9]{1,2})/([0-9]{1,2})/([0-9]{4})", words):
        day, month, year = map(int, found.groups())
    else:
        raise BadInput(
            "Write the date as 2026-01-05 or 05/01/2026; %(said)s is neither.",
            said=words,
        )
    if not (1 <= month <= 12 and year >= 1):
        raise BadInput("There is no %(said)s: a year has 12 months.", said=words)
    days = monthrange(year, month)[1]
    if not 1 <= day <= days:
        raise BadInput(
            "There is no %(said)s: that month has %(n)s days.", said=words, n=days
        )
    return date(year, month, day)


def _hour(words: str) -> time:
    """Return the time of 15:00."""
    found = re.fullmatch(r"([0-9]{1,2}):([0-9]{2})", words)
    if not found or int(found[1]) > 23 or int(found[2]) > 59:
        raise BadInput("Write the time as 15:00, not %(said)s.", said=words)
    return time(int(found[1]), int(found[2]))


def _as_json(asked: Question, why: Explanation) -> dict[str, Any]:
    assert why.due is not None
    return {
        "start": asked.start.isoformat(),
        "received": f"{asked.received:%H:%M}" if asked.received else None,
        "n": asked.period.n,
        "unit": asked.period.unit.value,
        "day_0": why.start.isoformat(),
        "due": why.due.date().isoformat(),
        "due_time": f"{why.due:%H:%M}" if asked.period.unit is Unit.HOURS else None,
        "lines": [
            {
                "first": line.first.isoformat(),
                "last": line.last.isoformat(),
                "why": line.why.value,
                "counted": line.counted,
                "label_vi": line.label_vi,
                "label_en": line.label_en,
                "legal_basis": line.legal_basis,
                "note": line.note,
            }
            for line in why.lines
        ],
        "total": why.total,
        "is_verified": why.is_verified,
    }


def _as_text(asked: Question, why: Explanation, calendar: Calendar) -> Iterator[str]:
    assert why.due is not None
    by_hour = asked.period.unit is Unit.HOURS
    hour = f"{why.due:%H:%M}, " if by_hour else ""
    yield f"{hour}{_weekday(why.due)}, {why.due:%d/%m/%Y}"
    yield ""
    received = f" at {asked.received:%H:%M}" if asked.received else ""
    late = ""
    if why.start != asked.start:
        late = f", after the cut-off: day 0 is {why.start:%d/%m/%Y}"
    yield f"received on {asked.start:%d/%m/%Y}{received}{late}"
    yield f"period in {asked.period.unit.replace('_', ' ')}: {asked.period.n}"
    yield ""
    for line in why.lines:
        days = f"{line.first:%d/%m/%Y}"
        if line.last > line.first:
            days += f" - {line.last:%d/%m/%Y}"
        yield f"  {days:<23}  {line.counted or '-':>4}  {_reason(line)}"
    yield f"  {'minutes of work' if by_hour else 'total':<23}  {why.total:>4}"
    if not why.is_verified:
        yield ""
        yield "A day above is expected and not yet decided: the date may still move."
    if by_hour and not calendar.hours.verified:
        spans = ", ".join(f"{a:%H:%M}-{b:%H:%M}" for a, b in calendar.hours.stretches)
        yield ""
        yield f"Office hours {spans}, not compared with a decision of the province."


def _reason(line: Line) -> str:
    """Return why a stretch counts or not, with its source."""
    weekends = line.n_saturdays + line.n_sundays
    words = WORDS.get(line.why, "")
    if line.why is Why.WORKING and weekends:
        words += f", {weekends} days of weekends left out"
    return " · ".join(filter(None, (words, line.label_vi, line.legal_basis)))


def _weekday(day: date) -> str:
    """Return the Vietnamese name of a weekday, as the pages say it."""
    folder = Path(__file__).parents[1] / "ui" / "locale"
    catalogue = gettext.translation("django", folder, languages=["vi"])
    return catalogue.pgettext("weekday", WEEKDAYS[day.weekday()])
