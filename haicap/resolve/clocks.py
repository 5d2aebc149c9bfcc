"""The clock of a case, assembled from its rows; nothing about it is written here."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection
from datetime import datetime

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


def clock_of(case: Case, calendar: Calendar) -> Clock | None:
    """Return the clock of one case, or None while no agency ever had it."""
    past = histories([case.pk])[case.pk]
    return replay(past, calendar) if past else None


def histories(cases: Collection[int]) -> dict[int, list[Happening]]:
    """
    Return what happened to the clock of each case, by its key; four queries for any.

    A reply that the office returned leaves no trace: it never stopped the clock.
    """
    found: dict[int, list[Happening]] = {pk: [] for pk in cases}
    ended: dict[int, list[datetime]] = defaultdict(list)
    replies = Reply.objects.filter(
        case__in=cases, state__in=[ReplyState.SENT, ReplyState.CONFIRMED]
    )
    for case, sent_at, confirmed_at, issued_on in replies.values_list(
        "case", "sent_at", "confirmed_at", "issued_on"
    ):
        found[case].append(Happening(Kind.REPORT, local(sent_at), issued_on=issued_on))
        if confirmed_at is not None:
            at = local(confirmed_at)
            ended[case].append(at)
            found[case].append(Happening(Kind.FINISH, at, issued_on=issued_on))
    for case, pause in pauses(cases):
        found[case].extend(pause)
    granted = Extension.objects.filter(case__in=cases, verdict=ExtensionVerdict.GRANTED)
    for case, decided_at, until, reference in granted.values_list(
        "case", "decided_at", "until", "reference"
    ):
        found[case].append(
            Happening(Kind.EXTEND, local(decided_at), until=until, reference=reference)
        )
    begun: dict[int, datetime] = {}
    decided = Assignment.objects.filter(case__in=cases, verdict=Verdict.APPROVED)
    for case, decided_at, working_days in decided.order_by("decided_at").values_list(
        "case", "decided_at", "working_days"
    ):
        at = local(decided_at)
        anew = case not in begun or any(
            begun[case] <= each <= at for each in ended[case]
        )
        begun[case] = at
        found[case].append(
            Happening(
                Kind.START if anew else Kind.REASSIGN,
                at,
                period=Period(working_days) if working_days else None,
            )
        )
    return found


def pauses(cases: Collection[int]) -> list[tuple[int, list[Happening]]]:
    """Return the stops of each case, with their ends when they have one."""
    rows = Pause.objects.filter(case__in=cases).values_list(
        "case", "reason", "reference", "stopped_at", "resumed_at"
    )
    found = []
    for case, reason, reference, stopped_at, resumed_at in rows:
        stop = Happening(
            Kind.STOP, local(stopped_at), reason=Reason(reason), reference=reference
        )
        stretch = [stop]
        if resumed_at is not None:
            stretch.append(Happening(Kind.RESUME, local(resumed_at)))
        found.append((case, stretch))
    return found


def local(at: datetime | None) -> datetime:
    """Return a moment in the province's own time, without a zone, as the core counts."""
    assert at is not None  # a constraint of the row says so
    return timezone.localtime(at).replace(tzinfo=None)
