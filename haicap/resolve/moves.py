"""Which last days move when the working calendar changes; nothing is written here."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time

import numpy as np
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _

from haicap.core.deadlines.calendar import Calendar, Decision
from haicap.core.deadlines.clock import replay
from haicap.core.deadlines.many import pack, recompute
from haicap.core.errors import BadInput
from haicap.places import decided
from haicap.places.workdays import calendar_with
from haicap.resolve.clocks import histories, kept_of
from haicap.resolve.models import Case
from haicap.resolve.states import CaseState


BATCH = 2_000  # clocks of one look: what memory is needed for
WAITED_FOR = (CaseState.ASSIGNED, CaseState.REPLIED)


@dataclass(frozen=True, slots=True)
class Move:
    """What the kept columns of one case are and will be; `due_on` None is no day."""

    case: int
    is_open: bool
    due_from: date | None
    due_to: date | None
    late_from: int  # working days
    late_to: int
    paused_to: date | None = None


@dataclass(frozen=True, slots=True)
class Moves:
    """Every case whose kept columns change, in the order of the cases."""

    all: Sequence[Move] = ()
    seal: str = ""  # of the days and of every move: what was shown, in one word

    @property
    def open(self) -> list[Move]:
        """Return the deadlines that somebody waits for and whose last day moves."""
        return [
            each for each in self.all if each.is_open and each.due_from != each.due_to
        ]

    @property
    def n_others(self) -> int:
        """Return how many more are counted anew: answered, or late before."""
        return len(self.all) - len(self.open)


def moves(
    before: Sequence[Decision], after: Sequence[Decision], *, now: datetime
) -> Moves:
    """
    Return what moves when the decisions `after` stand instead of those `before`.

    A clock that ended before the first day that differs is not even looked at.
    Errors: BadInput when a last day would lie beyond the calendar.
    """
    seal = hashlib.sha256()
    for each in after:
        seal.update(repr(each).encode())
    days = {each.day for each in set(before) ^ set(after)}
    if not days:
        return Moves(seal=seal.hexdigest())
    old, new = calendar_with(before), calendar_with(after)
    found: list[Move] = []
    for cases in batches(touched(min(days)), BATCH):
        found.extend(moved(cases, old, new, now))
    for move in found:
        seal.update(repr(move).encode())
    return Moves(found, seal.hexdigest())


def preview(decisions: Sequence[Decision], *, now: datetime) -> Moves:
    """Return what moves when these decisions are entered beside those that stand."""
    standing = decided.standing()
    return moves(standing, (*standing, *decisions), now=now)


def touched(first: date) -> list[tuple[int, str]]:
    """Return the cases whose clock may lie over that day or later, with their state."""
    morning = timezone.make_aware(datetime.combine(first, time.min))
    rows = Case.objects.filter(
        Q(state__in=WAITED_FOR)
        | Q(due_on__gte=first)
        | Q(paused_on__isnull=False)
        | Q(answered_at__gte=morning)
    )
    return list(rows.order_by("pk").values_list("pk", "state"))


def moved(
    cases: Sequence[tuple[int, str]], old: Calendar, new: Calendar, now: datetime
) -> Iterator[Move]:
    """Yield which of these cases differ under the new calendar."""
    state = dict(cases)
    pasts = histories(state)
    known = [pk for pk in state if pasts[pk]]
    packed = pack([pasts[pk] for pk in known])
    one, other = recompute(packed, old, now), recompute(packed, new, now)
    beyond = other.is_bad & ~one.is_bad
    if beyond.any():
        raise BadInput(
            _(
                "The last day of %(case)s would lie beyond %(year)s, where the calendar"
                " ends. Load the announcement of the next year first."
            ),
            case=Case(pk=known[int(np.flatnonzero(beyond)[0])]).code,
            year=new.covers[1],
        )
    differs = (one.due_on != other.due_on) | (one.n_late_ended != other.n_late_ended)
    for row in np.flatnonzero(differs & ~one.is_bad):
        pk = known[row]
        due = day(other.due_on[row])
        paused_to = None
        if due is None:
            paused_to = kept_of(replay(pasts[pk], new)).paused_on
        yield Move(
            pk,
            state[pk] in WAITED_FOR,
            day(one.due_on[row]),
            due,
            int(one.n_late_ended[row]),
            int(other.n_late_ended[row]),
            paused_to,
        )


def day(ordinal: int) -> date | None:
    """Return the day behind an ordinal of the core's arrays; 0 is none."""
    return date.fromordinal(int(ordinal)) if ordinal else None


def batches(
    rows: Sequence[tuple[int, str]], size: int
) -> Iterator[Sequence[tuple[int, str]]]:
    """Yield the rows, so many at a time."""
    for start in range(0, len(rows), size):
        yield rows[start : start + size]
