"""What a case's clock says in one line: a code, its words and a tone, never colour alone."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from haicap.core.deadlines.calendar import Calendar
from haicap.core.deadlines.status import SOON, Status
from haicap.core.deadlines.working_days import working_days_between
from haicap.core.errors import BadInput
from haicap.resolve.clocks import Kept
from haicap.resolve.models import Case
from haicap.resolve.states import ANSWERED, CaseState


TONES = {
    Status.NO_DUE: "none",
    Status.NOT_DUE: "ahead",
    Status.DUE_SOON: "soon",
    Status.OVERDUE: "late",
    Status.EXTENDED_AFTER_LATE: "ahead",
    Status.REPORTED: "done",
    Status.DONE_ON_TIME: "done",
    Status.DONE_LATE: "late",
    Status.PAUSED: "paused",
    Status.CANCELLED: "none",
}


ENDS = ((1, 1), (12, 31))  # of a year


@dataclass(frozen=True)
class Due:
    """A due date in a row: `state` is late, soon, ahead, paused, done or none."""

    state: str
    words: str
    on: date | None


def due_of(case: Case, *, on: date, days: Calendar) -> Due:
    """Return how the clock of this case reads on that day, from what the case keeps."""
    kept = Kept(case.due_on, case.paused_on, case.late_days)
    status = status_by(CaseState(case.state), kept, on=on, days=days)
    due_on = None if status is Status.NO_DUE else case.due_on
    return Due(TONES[status], words_of(status, kept, on=on, days=days), due_on)


def status_by(state: CaseState, kept: Kept, *, on: date, days: Calendar) -> Status:
    """Return what `status_of` says of the clock behind these kept columns."""
    if state in (CaseState.OPEN, CaseState.PROPOSED, CaseState.MERGED):
        return Status.NO_DUE
    if state == CaseState.REPLIED:
        return Status.REPORTED
    if state in ANSWERED:
        if kept.due_on is None:
            return Status.NO_DUE
        return Status.DONE_LATE if kept.late_days else Status.DONE_ON_TIME
    if kept.paused_on is not None:
        return Status.PAUSED
    if kept.due_on is None:
        return Status.NO_DUE
    if kept.due_on < on:
        return Status.OVERDUE
    if kept.late_days:
        return Status.EXTENDED_AFTER_LATE
    try:
        n = working_days_between(on, kept.due_on, days)
    except BadInput:  # a year whose calendar nobody has announced
        return Status.NOT_DUE
    return Status.DUE_SOON if n <= SOON else Status.NOT_DUE


def words_of(status: Status, kept: Kept, *, on: date, days: Calendar) -> str:
    """Return the words of a code, with its numbers."""
    if status in (Status.OVERDUE, Status.NOT_DUE, Status.DUE_SOON) and kept.due_on:
        return left(kept.due_on, on=on, days=days)
    if status is Status.EXTENDED_AFTER_LATE:
        return ngettext(
            "More time given, was late %(n)s working day",
            "More time given, was late %(n)s working days",
            kept.late_days,
        ) % {"n": kept.late_days}
    if status is Status.DONE_LATE:
        return ngettext(
            "Done %(n)s working day late",
            "Done %(n)s working days late",
            kept.late_days,
        ) % {"n": kept.late_days}
    if status is Status.PAUSED and kept.paused_on:
        return _("Paused since %(day)s") % {"day": f"{kept.paused_on:%d/%m/%Y}"}
    if status is Status.REPORTED:
        return _("Waiting for confirmation")
    if status is Status.DONE_ON_TIME:
        return _("Done on time")
    return _("No due date")


def days_known(a: date, b: date, days: Calendar) -> int:
    """
    Return the working days from a to b, as far as the calendar reaches.

    A home and a list open in a year whose calendar nobody has announced yet, too.
    """
    first, last = (
        date(year, *day) for year, day in zip(days.covers, ENDS, strict=True)
    )
    a, b = (min(max(each, first), last) for each in (a, b))
    return working_days_between(a, b, days)


def left(due_on: date, *, on: date, days: Calendar) -> str:
    """Return how many working days are left until a last day, in words."""
    try:
        n = working_days_between(on, due_on, days)
    except BadInput:  # a year whose calendar nobody has announced
        return _("Late") if due_on < on else _("Last day")
    if due_on < on:
        n = max(-n, 1)
        return ngettext("%(n)s working day late", "%(n)s working days late", n) % {
            "n": n
        }
    if n == 0:
        return _("Due today")
    return ngettext("%(n)s working day left", "%(n)s working days left", n) % {"n": n}
