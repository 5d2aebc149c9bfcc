"""How the cases stand, and how many moved in the last seven days."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from django.db.models import Count, Min, Q
from django.utils import timezone

from haicap.people.models import User
from haicap.resolve.models import Case
from haicap.resolve.states import ANSWERED, SOLVED, CaseState


WEEK = timedelta(days=7)


@dataclass(frozen=True)
class Counts:
    """How many cases stand where, and how many moved in the last seven days."""

    total: int
    open: int
    oldest: datetime | None
    proposed: int
    replied: int
    late: int
    answered: int
    solved: int
    verified: int
    new_week: int
    answered_week: int
    solved_week: int
    closed_week: int
    late_before: int


def counts(user: User, *, on: date) -> Counts:
    """Return how the cases stand; one query."""
    since = start_of(on - WEEK)
    answered = Q(state__in=ANSWERED)
    solved = answered & Q(outcome_class__in=SOLVED)
    week_ago = on - WEEK
    found = (
        Case.objects.visible_to(user)
        .standing()
        .order_by()
        .aggregate(
            total=Count("pk"),
            open=Count("pk", filter=Q(state=CaseState.OPEN)),
            oldest=Min("opened_at", filter=Q(state=CaseState.OPEN)),
            proposed=Count("pk", filter=Q(state=CaseState.PROPOSED)),
            replied=Count("pk", filter=Q(state=CaseState.REPLIED)),
            late=Count("pk", filter=Q(state=CaseState.ASSIGNED, due_on__lt=on)),
            answered=Count("pk", filter=answered),
            solved=Count("pk", filter=solved),
            verified=Count("pk", filter=answered & Q(verified_at__isnull=False)),
            new_week=Count("pk", filter=Q(opened_at__gte=since)),
            answered_week=Count("pk", filter=answered & Q(answered_at__gte=since)),
            solved_week=Count("pk", filter=solved & Q(answered_at__gte=since)),
            closed_week=Count("pk", filter=Q(closed_at__gte=since)),
            late_before=Count(
                "pk",
                filter=Q(due_on__lt=week_ago, assigned_at__lt=since)
                & (Q(answered_at__isnull=True) | Q(answered_at__gte=since)),
            ),
        )
    )
    return Counts(**found)


def start_of(day: date) -> datetime:
    """Return the first moment of the day in the office's time zone."""
    return timezone.make_aware(datetime.combine(day, time.min))
