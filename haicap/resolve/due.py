"""How a case's last day reads in one line: words and a tone, never colour alone."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from haicap.core.deadlines.calendar import Calendar
from haicap.core.deadlines.working_days import working_days_between
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
    if due < on:
        late = max(-working_days_between(on, due, days), 1)
        words = ngettext("%(n)s working day late", "%(n)s working days late", late) % {
            "n": late
        }
        return Due("late", words, due)
    if due == on:
        return Due("soon", _("Due today"), due)
    left = working_days_between(on, due, days)
    words = ngettext("%(n)s working day left", "%(n)s working days left", left) % {
        "n": left
    }
    return Due("soon" if left <= SOON else "ahead", words, due)
