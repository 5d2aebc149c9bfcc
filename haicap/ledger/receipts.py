"""Lets go of the receipts of forms that nobody will send again."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Final

from django.db import transaction
from django.utils import timezone

from haicap.ledger.models import Kind, Receipt
from haicap.ledger.record import record


KEPT: Final = timedelta(days=90)
BATCH: Final = 1_000  # rows of one transaction, so that nobody waits for the sweep


@transaction.atomic
def sweep(*, at: datetime) -> int:
    """
    Remove a batch of the receipts older than ninety days; return how many went.

    Whole days are counted: what falls due on one day goes together, with one line in the
    ledger for each batch, instead of a line a minute.
    """
    today = timezone.localtime(at).replace(hour=0, minute=0, second=0, microsecond=0)
    old = list(
        Receipt.objects.select_for_update()
        .filter(at__lt=today - KEPT)
        .only("pk", "at")
        .order_by("at", "pk")[:BATCH]
    )
    if not old:
        return 0
    Receipt.objects.filter(pk__in=[each.pk for each in old]).delete()
    record(
        Kind.RECEIPTS_SWEPT,
        subject=old[-1],
        by=None,
        at=at,
        n=len(old),
        first=old[0].at,
        last=old[-1].at,
    )
    return len(old)
