"""Decisions on working days: entered once their effect was seen, and taken back whole."""

from __future__ import annotations

import uuid
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction

from haicap.core.deadlines.calendar import Decision
from haicap.ledger.models import Kind
from haicap.ledger.record import record
from haicap.people import permissions
from haicap.people.models import User
from haicap.places import decided
from haicap.places.models import CalendarDecision
from haicap.resolve import policies_calendar
from haicap.resolve.clocks import local
from haicap.resolve.models import Case
from haicap.resolve.moves import Move, Moves, moves, preview


AT_ONCE = 1_000  # rows of one update


@dataclass(frozen=True)
class Done:
    """A decision that was entered or withdrawn, and what moved with it."""

    group: uuid.UUID
    moves: Moves


@transaction.atomic
def decide(*, decisions: Sequence[Decision], seen: str, by: User, at: datetime) -> Done:
    """
    Let these days stand, and move the deadlines that the person was shown.

    `seen` is the seal of the preview. Errors: Stale when other deadlines would move now.
    """
    permissions.check(by, "change_reference_data")
    decided.begin_change()
    policies_calendar.check_decision(decisions, decided.standing())
    found = preview(decisions, now=local(at))
    policies_calendar.check_unchanged(found.seal, seen)
    group = uuid.uuid4()
    rows = [CalendarDecision.of(each, group=group, entered_at=at) for each in decisions]
    for row in rows:
        row.save(force_insert=True)
    settle_all(found.all)
    decided.end_change()
    tell(Kind.CALENDAR_DECIDED, rows, found, by=by, at=at)
    return Done(group, found)


@transaction.atomic
def withdraw(*, group: uuid.UUID, by: User, at: datetime, seen: str = "") -> Done:
    """
    Take back every day of one decision; the deadlines are as if it had never stood.

    `seen` is the seal of what was shown; the undo line right after a decision has none.
    """
    permissions.check(by, "change_reference_data")
    decided.begin_change()
    rows = list(CalendarDecision.objects.standing().filter(group=group).order_by("pk"))
    policies_calendar.check_stands(len(rows))
    found = without(group, now=local(at))
    if seen:
        policies_calendar.check_unchanged(found.seal, seen)
    for row in rows:
        row.withdrawn_at = at
        row.save(update_fields=["withdrawn_at"])
    settle_all(found.all)
    decided.end_change()
    tell(Kind.CALENDAR_WITHDRAWN, rows, found, by=by, at=at)
    return Done(group, found)


def without(group: uuid.UUID, *, now: datetime) -> Moves:
    """Return what moves when the decision is withdrawn; nothing is written."""
    rows = CalendarDecision.objects.standing().order_by("pk")
    left = [row.decision() for row in rows.exclude(group=group)]
    return moves(decided.standing(), left, now=now)


def settle_all(found: Sequence[Move]) -> None:
    """Set the kept columns of the cases that move: few different days, many cases."""
    alike: dict[tuple[date | None, int, date | None], list[int]] = defaultdict(list)
    for each in found:
        alike[each.due_to, each.late_to, each.paused_to].append(each.case)
    for (due_on, late_days, paused_on), cases in alike.items():
        for start in range(0, len(cases), AT_ONCE):
            Case.objects.filter(pk__in=cases[start : start + AT_ONCE]).update(
                due_on=due_on, late_days=late_days, paused_on=paused_on
            )


def tell(
    kind: Kind,
    rows: Sequence[CalendarDecision],
    found: Moves,
    *,
    by: User,
    at: datetime,
) -> None:
    """Write the one line: the document, its days, and how many cases moved."""
    record(
        kind,
        subject=rows[0],
        by=by,
        at=at,
        document=rows[0].legal_basis,
        days=[
            {"day": f"{row.day:%Y-%m-%d}", "kind": row.kind, "place": row.place}
            for row in rows
        ],
        n_moved=len(found.open),
        n_recounted=found.n_others,
    )
