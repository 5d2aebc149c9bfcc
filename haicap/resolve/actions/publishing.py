"""What the public page shows: answered matters that the office put there."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from haicap.ledger.models import Kind
from haicap.ledger.record import record
from haicap.people import permissions
from haicap.people.models import User
from haicap.resolve import policies
from haicap.resolve.models import Case


@transaction.atomic
def publish(*, case: Case, by: User, at: datetime) -> Case:
    """Show the answered case and its reply to everybody."""
    # The matrix has no line of its own: whoever screens what comes in, for the province.
    permissions.check(by, "screen")
    case = Case.objects.select_for_update(of=("self",)).get(pk=case.pk)
    policies.check_publish(case)
    case.published_at = at
    case.version += 1
    case.save(update_fields=["published_at", "version"])
    record(Kind.CASE_PUBLISHED, subject=case, by=by, at=at)
    return case


@transaction.atomic
def unpublish(*, case: Case, by: User, at: datetime) -> Case:
    """Take the case off the public page."""
    permissions.check(by, "screen")
    case = Case.objects.select_for_update(of=("self",)).get(pk=case.pk)
    policies.check_unpublish(case)
    before = case.published_at
    case.published_at = None
    case.version += 1
    case.save(update_fields=["published_at", "version"])
    record(Kind.CASE_UNPUBLISHED, subject=case, by=by, at=at, published_at=before)
    return case
