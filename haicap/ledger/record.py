"""Adds a line to the ledger, and proves that none was changed."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any, Protocol

from django.core.serializers.json import DjangoJSONEncoder
from django.db import models, transaction

from haicap.ledger.models import Event, Head, Kind, canonical, chain


class Actor(Protocol):
    """Whoever acts: an account, known by its number and its shown name."""

    pk: Any

    def get_full_name(self) -> str:
        """Return the name that history shows."""


def plain(data: dict[str, Any]) -> dict[str, Any]:
    """Return `data` with dates, decimals and UUIDs as the text JSON keeps."""
    encoder = DjangoJSONEncoder()
    return {
        key: value
        if isinstance(value, (str, int, float, bool, list, dict)) or value is None
        else encoder.default(value)
        for key, value in data.items()
    }


def record(
    kind: Kind,
    *,
    subject: models.Model,
    by: Actor | None,
    at: datetime,
    **data: Any,
) -> Event:
    """
    Add one line; call it last in an action, inside the action's transaction.

    `by` is None only for the machine itself (the worker that reads files). `data` holds
    the old and new values, small and without contents of documents. The head's row lock
    is held until the transaction ends, so numbers have no gaps on either database.
    """
    if not transaction.get_connection().in_atomic_block:
        raise transaction.TransactionManagementError("ledger.record outside an action")
    head = Head.objects.select_for_update().get(pk=1)
    event = next_line(head.seq, head.hash, kind, subject=subject, by=by, at=at, **data)
    event.save(force_insert=True)
    Head.objects.filter(pk=1).update(seq=event.seq, hash=event.hash)
    return event


def next_line(
    seq: int,
    previous: str,
    kind: Kind,
    *,
    subject: models.Model,
    by: Actor | None,
    at: datetime,
    **data: Any,
) -> Event:
    """Return the line that follows line `seq`, sealed to its hash; nothing is stored."""
    # str() of a lazy label would freeze one language into the proof: values only.
    event = Event(
        seq=seq + 1,
        at=at,
        kind=str(kind.value),
        by_id=by.pk if by else None,
        by_name=by.get_full_name() if by else "",
        subject_type=subject._meta.model_name or "",
        subject_id=subject.pk,
    )
    event.body = sealed(event, plain(data))
    event.hash = chain(previous, event.body)
    return event


def faults() -> Iterator[str]:
    """
    Yield one sentence for each line that is missing, changed or out of its chain.

    Errors: none; an empty iterator means that the ledger is whole.
    """
    previous, expected = "0" * 64, 1
    for event in Event.objects.order_by("seq").iterator(chunk_size=2000):
        if event.seq != expected:
            yield f"Line {expected} is missing: line {event.seq} follows."
            expected = event.seq
        if event.hash != chain(previous, event.body):
            yield f"Line {event.seq} does not fit the line before it."
        if event.body != sealed(event, event.data):
            yield f"The columns of line {event.seq} differ from what was sealed."
        previous, expected = event.hash, event.seq + 1
    head = Head.objects.get(pk=1)
    if (head.seq, head.hash) != (expected - 1, previous):
        yield f"The head says line {head.seq}, the last line is {expected - 1}."


def sealed(event: Event, data: dict[str, Any]) -> str:
    """Return the text that the seal covers: the columns of a line, and its data."""
    return canonical(
        {
            "seq": event.seq,
            "at": event.at.astimezone(UTC).isoformat(),
            "kind": event.kind,
            "by": event.by_id,
            "by_name": event.by_name,
            "subject": [event.subject_type, event.subject_id],
            "data": data,
        }
    )
