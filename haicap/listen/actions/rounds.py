"""What changes about a round."""

from __future__ import annotations

from datetime import date, datetime

from django.db import transaction

from haicap.ledger.models import Kind
from haicap.ledger.record import record
from haicap.listen.models import Round
from haicap.people import permissions
from haicap.people.models import User


@transaction.atomic
def open_round(
    *,
    name: str,
    channel: str,
    opens_on: date,
    closes_on: date,
    held_on: date | None,
    by: User,
    at: datetime,
) -> Round:
    """Open a conference or call for opinions: communes can send files to it."""
    permissions.check(by, "screen")
    round_ = Round.objects.create(
        name=" ".join(name.split()),
        channel=channel,
        opens_on=opens_on,
        closes_on=closes_on,
        held_on=held_on,
        is_demo=by.is_demo,
    )
    record(
        Kind.ROUND_OPENED,
        subject=round_,
        by=by,
        at=at,
        name=round_.name,
        channel=channel,
        opens_on=opens_on,
        closes_on=closes_on,
        held_on=held_on,
    )
    return round_
