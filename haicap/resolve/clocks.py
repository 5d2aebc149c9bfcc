"""The clock of a case, assembled from its rows; nothing about it is written here."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from django.db.models import Q
from django.utils import timezone

from haicap.core.deadlines.calendar import Calendar
from haicap.core.deadlines.clock import Clock, Happening, Kind, Reason, replay
from haicap.core.deadlines.period import Period
from haicap.resolve.models import (
    Assignment,
    Case,
    Extension,
    ExtensionVerdict,
    Pause,
    Reply,
)
from haicap.resolve.states import ReplyState, Verdict


NEAR = 4  # rows that may be read for one that is wanted
# What the clock reads of each row; instances of the models carry the same names.
OF_REPLY = ("case_id", "sent_at", "confirmed_at", "issued_on")
OF_PAUSE = ("case_id", "reason", "reference", "stopped_at", "resumed_at")
OF_EXTENSION = ("case_id", "decided_at", "until", "reference")
OF_ASSIGNMENT = ("case_id", "decided_at", "working_days")


@dataclass(frozen=True)
class Kept:
    """What a case keeps of its clock, for lists and counts."""

    due_on: date | None = None
    paused_on: date | None = None
    late_days: int = 0


def kept_of(clock: Clock | None) -> Kept:
    """Return the columns that the clock comes to; nothing of them depends on today."""
    if clock is None:
        return Kept()
    paused_on = None
    if clock.is_stopped and not clock.is_over and clock.stopped is not None:
        paused_on = clock.stopped.at.date()
    late = sum(each.working_days(clock.calendar) for each in clock.late)
    return Kept(clock.due_on, paused_on, late)


def clock_of(case: Case, calendar: Calendar) -> Clock | None:
    """Return the clock of one case, or None while no agency ever had it."""
    past = histories([case.pk])[case.pk]
    return replay(past, calendar) if past else None


def histories(cases: Collection[int]) -> dict[int, list[Happening]]:
    """Return what happened to the clock of each case, by its key; four queries for any."""
    theirs = of_cases(cases)
    told = [ReplyState.SENT, ReplyState.CONFIRMED]
    replies = Reply.objects.filter(theirs, state__in=told)
    granted = Extension.objects.filter(theirs, verdict=ExtensionVerdict.GRANTED)
    decided = Assignment.objects.filter(theirs, verdict=Verdict.APPROVED)
    rows: list[dict[int, list[Any]]] = []
    for found, names in (
        (decided, OF_ASSIGNMENT),
        (replies, OF_REPLY),
        (Pause.objects.filter(theirs), OF_PAUSE),
        (granted, OF_EXTENSION),
    ):
        by_case: dict[int, list[Any]] = defaultdict(list)
        for row in found.values_list(*names, named=True):
            by_case[row.case_id].append(row)
        rows.append(by_case)
    return {pk: assemble(*(each.get(pk, ()) for each in rows)) for pk in cases}


def of_cases(cases: Collection[int]) -> Q:
    """
    Return what finds the rows of these cases.

    Where they lie close together it is their bounds, with a few rows of others: a list
    of thousands of keys costs more than those.
    """
    if not cases:
        return Q(pk__in=())
    first, last = min(cases), max(cases)
    if last - first < NEAR * len(cases):
        return Q(case__gte=first, case__lte=last)
    return Q(case__in=cases)


def assemble(
    decided: Iterable[Any],
    replies: Iterable[Any],
    pauses: Iterable[Any],
    granted: Iterable[Any],
) -> list[Happening]:
    """
    Return what happened to one clock: approved assignments, replies sent or confirmed,
    pauses, granted extensions.

    A reply that the office returned leaves no trace: it never stopped the clock.
    """
    found: list[Happening] = []
    ended: list[datetime] = []
    for reply in replies:
        sent = local(reply.sent_at)
        found.append(Happening(Kind.REPORT, sent, issued_on=reply.issued_on))
        if reply.confirmed_at is not None:
            at = local(reply.confirmed_at)
            ended.append(at)
            found.append(Happening(Kind.FINISH, at, issued_on=reply.issued_on))
    for pause in pauses:
        found.append(
            Happening(
                Kind.STOP,
                local(pause.stopped_at),
                reason=Reason(pause.reason),
                reference=pause.reference,
            )
        )
        if pause.resumed_at is not None:
            found.append(Happening(Kind.RESUME, local(pause.resumed_at)))
    for each in granted:
        at = local(each.decided_at)
        found.append(
            Happening(Kind.EXTEND, at, until=each.until, reference=each.reference)
        )
    begun: datetime | None = None
    for each in sorted(decided, key=lambda row: row.decided_at):
        at = local(each.decided_at)
        after_end = begun is not None and any(begun <= end <= at for end in ended)
        anew = begun is None or after_end
        if after_end and at in ended:
            # The core lets a start come before an end of the same moment.
            at += timedelta(microseconds=1)
        begun = at
        period = Period(each.working_days) if each.working_days else None
        found.append(
            Happening(Kind.START if anew else Kind.REASSIGN, at, period=period)
        )
    return found


def local(at: datetime | None) -> datetime:
    """Return a moment in the province's own time, without a zone, as the core counts."""
    assert at is not None  # a constraint of the row says so
    return timezone.localtime(at).replace(tzinfo=None)
