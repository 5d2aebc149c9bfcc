"""How a case's last day reads in one line: words and a tone, never colour alone."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from haicap.core.deadlines.calendar import Calendar
from haicap.core.deadlines.working_days import working_days_between
from haicap.core.errors import BadInput
from haicap.resolve.models import Case
from haicap.resolve.states import CaseState


SOON = 3  # working days


@dataclass(frozen=True)
class Due:
    """A due date in a row: `state` is late, soon, ahead, done or none."""

    state: str
    words: str
    on: date | None


def due_of(case: Case, *, on: date, days: Calendar) -> Due:
    """Return how the last day of this case reads on that day."""
    due = case.due_on
    if case.state in (CaseState.OPEN, CaseState.PROPOSED, CaseState.MERGED):
        return Due("none", _("No due date"), None)
    if due is None:
        return Due("none", _("No due date"), None)
    if case.state != CaseState.ASSIGNED:
        return Due("done", f"{due:%d/%m/%Y}", due)
    return Due(*left(due, on=on, days=days), due)


def left(due_on: date, *, on: date, days: Calendar) -> tuple[str, str]:
    """Return the state of a last day and how many working days are left, in words."""
    try:
        n = working_days_between(on, due_on, days)
    except BadInput:  # a year whose calendar nobody has announced
        return ("late", _("Late")) if due_on < on else ("ahead", _("Last day"))
    if due_on < on:
        n = max(-n, 1)
        return "late", ngettext(
            "%(n)s working day late", "%(n)s working days late", n
        ) % {"n": n}
    if n == 0:
        return "soon", _("Due today")
    return "soon" if n <= SOON else "ahead", ngettext(
        "%(n)s working day left", "%(n)s working days left", n
    ) % {"n": n}
