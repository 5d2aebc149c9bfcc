"""What changes about an account."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.db import transaction

from haicap.core.errors import BadInput
from haicap.ledger.models import Kind
from haicap.ledger.record import record
from haicap.people.models import SavedView, User


@transaction.atomic
def change_preferences(*, user: User, by: User, at: datetime, **values: Any) -> User:
    """Make these preferences the person's own."""
    before = {name: getattr(user, name) for name in values}
    for name, value in values.items():
        setattr(user, name, value)
    user.save(update_fields=list(values))
    if before != values:
        record(
            Kind.PREFERENCES_CHANGED,
            subject=user,
            by=by,
            at=at,
            before=before,
            after=values,
        )
    return user


@transaction.atomic
def save_view(*, page: str, name: str, query: str, by: User, at: datetime) -> SavedView:
    """Keep a list's filter under a name; the same name again replaces the filter."""
    name = " ".join(name.split())
    if not name:
        raise BadInput("A saved view needs a name.")
    view, _made = SavedView.objects.update_or_create(
        user=by, page=page, name=name[:60], defaults={"query": query}
    )
    record(Kind.VIEW_SAVED, subject=view, by=by, at=at, page=page, query=query)
    return view


@transaction.atomic
def remove_view(*, view: SavedView, by: User, at: datetime) -> None:
    """Take a saved view off the person's lists."""
    record(
        Kind.VIEW_REMOVED,
        subject=view,
        by=by,
        at=at,
        page=view.page,
        name=view.name,
        query=view.query,
    )
    view.delete()
