"""What a clock says on a day: ten codes, never typed by hand, and the rates of many."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from haicap.core.deadlines.clock import Clock
from haicap.core.deadlines.working_days import working_days_between


#: Working days before a due date from which it counts as soon; a setting of the caller.
SOON = 3


class Status(StrEnum):
    """
    The ten things a deadline can be.

    Source: the eight of the tracking of tasks (Decision 42/2014/QD-TTg as amended
    and the provinces' rules after it), and the two that its rules ask to be shown
    apart: reported and not yet confirmed, and in time again after a late extension.
    """

    NO_DUE = "no_due"
    NOT_DUE = "not_due"
    DUE_SOON = "due_soon"
    OVERDUE = "overdue"
    EXTENDED_AFTER_LATE = "extended_after_late"
    REPORTED = "reported"
    DONE_ON_TIME = "done_on_time"
    DONE_LATE = "done_late"
    PAUSED = "paused"
    CANCELLED = "cancelled"


def status_of(clock: Clock, now: datetime, *, soon: int = SOON) -> Status:
    """
    Return what the clock says at a moment, from its dates alone.

    Unit: `soon` in working days.
    """
    if clock.withdrawn:
        return Status.CANCELLED
    if clock.finished_on is not None:
        return Status.DONE_LATE if clock.late else Status.DONE_ON_TIME
    if clock.reported_on is not None:
        return Status.REPORTED
    if clock.is_stopped:
        return Status.PAUSED
    if clock.due is None:
        return Status.NO_DUE
    if now > clock.due:
        return Status.OVERDUE
    if clock.late:
        return Status.EXTENDED_AFTER_LATE
    left = working_days_between(now.date(), clock.due.date(), clock.calendar)
    return Status.DUE_SOON if left <= soon else Status.NOT_DUE


@dataclass(frozen=True, slots=True)
class Rates:
    """How many are at each code, and the share that was in time."""

    counts: Counter[Status]

    @property
    def on_time(self) -> float | None:
        """
        Return done on time of all that is due: done on time, done late, overdue.

        Unit: a share from 0 to 1; None when nothing was due yet.
        """
        due = (Status.DONE_ON_TIME, Status.DONE_LATE, Status.OVERDUE)
        n_due = sum(self.counts[status] for status in due)
        return self.counts[Status.DONE_ON_TIME] / n_due if n_due else None


def rates(statuses: Iterable[Status]) -> Rates:
    """Return the counts and the rate of many clocks."""
    return Rates(Counter(statuses))
