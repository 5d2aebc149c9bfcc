"""The strip of days: what is late, and what falls due on each of the next seven."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import Count, QuerySet
from django.utils.translation import gettext as _

from haicap.core.deadlines.calendar import DayKind
from haicap.desk.homes.counts import WEEK
from haicap.places.workdays import calendar
from haicap.resolve.models import Case
from haicap.resolve.states import CaseState
from haicap.ui.templatetags.hc import dm, weekday_short


@dataclass(frozen=True)
class Day:
    """One square of the strip of days."""

    on: date | None  # none: everything that is late
    label: str
    look: str  # late, today, makeup, off or plain
    n: int
    query: str
    is_chosen: bool = False


def strip(
    cases: QuerySet[Case], *, on: date, chosen: date | None, asked: str = ""
) -> list[Day]:
    """
    Return what of these is late or falls due on each of the next seven days; one query.

    `asked` is what the list's address needs beside the day.
    """
    last = on + WEEK - timedelta(days=1)
    rows = (
        cases.filter(state=CaseState.ASSIGNED, due_on__lte=last)
        .order_by()
        .values_list("due_on")
        .annotate(n=Count("pk"))
    )
    by_day = dict(rows)
    late = sum(n for day, n in by_day.items() if day < on)
    days = [Day(None, _("Late"), "late", late, f"?due=late{asked}")]
    for step in range(7):
        day = on + timedelta(days=step)
        label, look = day_words(day, on)
        days.append(
            Day(
                day,
                label,
                look,
                by_day.get(day, 0),
                f"?due={day.isoformat()}{asked}",
                is_chosen=day == (chosen or on),
            )
        )
    return days


def day_words(day: date, today: date) -> tuple[str, str]:
    """Return how a day is called on the strip, and its look."""
    short = weekday_short(day)
    days = calendar()
    is_known = days.covers[0] <= day.year <= days.covers[1]
    special = days.special(day) if is_known else None
    if special and special.kind == DayKind.MAKE_UP_WORKING_DAY:
        return _("%(day)s make-up") % {"day": short}, "makeup"
    if day == today:
        return _("Today"), "today"
    if is_known and not days.is_working(day):
        return _("%(day)s off") % {"day": short}, "off"
    return f"{short} {dm(day)}", "plain"
