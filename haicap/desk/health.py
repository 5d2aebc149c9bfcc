"""Tells a monitor whether this installation can keep its promises right now."""

from __future__ import annotations

from datetime import timedelta

from django.db import DatabaseError, connection, transaction
from django.http import HttpRequest, JsonResponse
from django.utils import timezone
from django.views.decorators.cache import never_cache

from haicap.ledger.models import Head
from haicap.listen.models import Document
from haicap.listen.states import DocumentState


STUCK = timedelta(minutes=10)


class Rollback(Exception):
    """Ends the trial write without leaving anything behind."""


@never_cache
def healthz(request: HttpRequest) -> JsonResponse:
    """Return 200 when a row can be written and no file waits too long, else 503."""
    try:
        with transaction.atomic():
            head = Head.objects.select_for_update().get(pk=1)
            head.save(update_fields=["hash"])
            raise Rollback
    except Rollback:
        can_write = True
    except DatabaseError:
        can_write = False
    waiting = 0
    if can_write:
        waiting = Document.objects.filter(
            state__in=[DocumentState.WAITING, DocumentState.READING],
            received_at__lt=timezone.now() - STUCK,
        ).count()
    healthy = can_write and not waiting
    return JsonResponse(
        {
            "ok": healthy,
            "database": connection.vendor,
            "can_write": can_write,
            "files_waiting_over_10_minutes": waiting,
        },
        status=200 if healthy else 503,
    )
