"""The administrator's first screen: accounts and machines; no contents."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta

from django.db.models import Count, Q
from django.utils import timezone
from django_tasks_db.models import DBTaskResult

from haicap.listen.models import Document
from haicap.listen.states import DocumentState
from haicap.people.models import User


STUCK = timedelta(minutes=10)


@dataclass(frozen=True)
class AdministratorHome:
    """Accounts and machines; no contents."""

    n_accounts: int
    n_disabled: int
    n_stuck: int
    n_failed: int
    n_queued: int


def administrator_home() -> AdministratorHome:
    """Return what the administrator looks after; three queries."""
    accounts = User.objects.order_by().aggregate(
        on=Count("pk", filter=Q(is_active=True)),
        off=Count("pk", filter=Q(is_active=False)),
    )
    jobs = DBTaskResult.objects.order_by().aggregate(
        failed=Count("pk", filter=Q(status="FAILED")),
        queued=Count("pk", filter=Q(status="READY")),
    )
    stuck = Document.objects.filter(
        state__in=[DocumentState.WAITING, DocumentState.READING],
        received_at__lt=timezone.now() - STUCK,
    ).count()
    return AdministratorHome(
        accounts["on"], accounts["off"], stuck, jobs["failed"], jobs["queued"]
    )
