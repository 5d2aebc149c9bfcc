"""Proves that grouping lost nobody, and that each case keeps what its clock says."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date, datetime

from django.db.models import Count, Q

from haicap.core.deadlines.clock import Happening, replay
from haicap.core.deadlines.many import STATUSES, pack, recompute
from haicap.core.deadlines.status import Status
from haicap.core.errors import BadInput
from haicap.listen.states import RecommendationState
from haicap.places.workdays import calendar
from haicap.resolve.clocks import Kept, histories, kept_of, local
from haicap.resolve.models import Case, Delivery, Reply, Voice
from haicap.resolve.states import CaseState, ReplyState


def lost_voices() -> Iterator[str]:
    """
    Yield one sentence for each voice, case or delivery that does not fit the others.

    Errors: none; an empty iterator means that every author is where they should be.
    """
    withdrawn = Voice.objects.exclude(
        recommendation__state=RecommendationState.ACCEPTED
    )
    for voice in withdrawn.select_related("case", "recommendation"):
        yield f"{voice.case.code} carries {voice.recommendation.code}, withdrawn."
    merged = Case.objects.filter(state=CaseState.MERGED, voices__isnull=False)
    for case in merged.distinct():
        yield f"{case.code} was merged but still carries voices."
    empty = Case.objects.standing().annotate(n=Count("voices")).filter(n=0)
    for case in empty:
        yield f"{case.code} carries no voice."
    confirmed = Reply.objects.filter(state=ReplyState.CONFIRMED).annotate(
        n=Count("deliveries")
    )
    for reply in confirmed.filter(
        Q(n=0), case__voices__recommendation__unit__isnull=False
    ).distinct():
        yield f"{reply.number} reached no author of {reply.case.code}."
    for delivery in Delivery.objects.exclude(reply__state=ReplyState.CONFIRMED):
        yield f"{delivery.reply.number} was delivered before it was confirmed."


BATCH = 1000  # cases whose histories are in memory at once
# With these a stretch is open or the clock stands still: the arrays do not part what
# is kept from what only today adds, so the history is replayed alone.
OPEN = (Status.OVERDUE, Status.REPORTED, Status.PAUSED)


def differing_clocks(now: datetime) -> Iterator[str]:
    """
    Yield one sentence for each case that keeps another thing than its history says.

    Every clock is recomputed, a thousand at a time; those that differ are replayed.
    """
    rows = Case.objects.order_by("pk").values_list(
        "pk", "due_on", "paused_on", "late_days"
    )
    batch: list[tuple[int, Kept]] = []
    for pk, due_on, paused_on, late_days in rows.iterator(chunk_size=BATCH):
        batch.append((pk, Kept(due_on, paused_on, late_days)))
        if len(batch) == BATCH:
            yield from differing(batch, local(now))
            batch = []
    yield from differing(batch, local(now))


def differing(batch: Sequence[tuple[int, Kept]], now: datetime) -> Iterator[str]:
    """Yield the sentences of one batch."""
    past = histories([pk for pk, _kept in batch])
    begun = [(pk, kept) for pk, kept in batch if past[pk]]
    for pk, kept in batch:
        if not past[pk] and kept != Kept():
            yield differs(pk, kept, Kept())
    if not begun:
        return
    clocks = recompute(pack([past[pk] for pk, _kept in begun]), calendar(), now)
    for row, (pk, kept) in enumerate(begun):
        status = STATUSES[clocks.status[row]]
        due_on = (
            date.fromordinal(int(clocks.due_on[row])) if clocks.due_on[row] else None
        )
        same = kept == Kept(due_on, None, int(clocks.n_late[row]))
        if clocks.is_bad[row] or status in OPEN or not same:
            yield from judged(pk, kept, past[pk])


def judged(pk: int, kept: Kept, past: Sequence[Happening]) -> Iterator[str]:
    """Yield the sentence of one case whose own replay differs, or cannot be."""
    try:
        told = kept_of(replay(past, calendar()))
    except BadInput as refusal:
        yield f"HS-{pk:04d}: {refusal}"
        return
    if told != kept:
        yield differs(pk, kept, told)


def differs(pk: int, kept: Kept, told: Kept) -> str:
    """Return what the case keeps, and what its history says."""
    return (
        f"HS-{pk:04d} keeps last day {kept.due_on}, paused since {kept.paused_on},"
        f" {kept.late_days} days late; its history says {told.due_on},"
        f" {told.paused_on}, {told.late_days}."
    )
