"""
What the peer's own rules make of periods; run inside its environment by deadlines.py.

    due.py < question.json > answer.json

Both rules are the peer's own code: its command `escalate_tickets` over a list of excluded
days, run on the evening of every day, and `FollowUp.time_spent_calculation` over opening
hours and a list of holidays. Each is given every day off there is.
"""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Iterator
from datetime import date, datetime, timedelta
from functools import partial
from pathlib import Path
from typing import Any

import django


sys.path[:0] = [str(Path(__file__).resolve().parents[1])]
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "peer.settings")
django.setup()

from django.core.management import call_command  # noqa: E402  after setup, like below
from django.db import transaction  # noqa: E402
from django.utils import timezone  # noqa: E402
from helpdesk import settings as helpdesk_settings  # noqa: E402
from helpdesk.models import (  # noqa: E402
    EscalationExclusion,
    FollowUp,
    Queue,
    Ticket,
)


WEEK = ("monday", "tuesday", "wednesday", "thursday", "friday")
A_DAY = 8 * 3600  # seconds of work


def evening(day: date) -> datetime:
    """Return the last moment of a day."""
    return datetime.combine(day, datetime.max.time(), timezone.get_current_timezone())


def ticket(queue: Queue, created: datetime) -> Ticket:
    """Return a ticket received at a moment."""
    made = Ticket.objects.create(title="-", queue=queue, priority=3)
    # Saving puts the present moment there.
    Ticket.objects.filter(pk=made.pk).update(created=created)
    made.refresh_from_db()
    return made


def escalated(start: date, n: int) -> date | None:
    """Return the day on whose evening its command first finds the ticket too old."""
    queue = Queue.objects.create(title="q", slug="q", escalate_days=n)
    received = ticket(queue, evening(start))
    try:
        for day in days_after(start, 3 * n + 60):
            timezone.now = partial(evening, day)
            call_command("escalate_tickets", queues=["q"])
            received.refresh_from_db()
            if received.last_escalation:
                return day
        return None
    finally:
        queue.delete()


def spent(start: date, n: int) -> date | None:
    """Return the day on whose evening its calculation has counted n days of work."""
    queue = Queue.objects.create(title="q", slug="q")
    received = ticket(queue, evening(start))
    try:
        for day in days_after(start, 3 * n + 60):
            update = FollowUp(ticket=received, date=evening(day))
            if update.time_spent_calculation().total_seconds() >= n * A_DAY:
                return day
        return None
    finally:
        queue.delete()


def days_after(start: date, n: int) -> Iterator[date]:
    """Yield the days after one."""
    for k in range(1, n + 1):
        yield start + timedelta(days=k)


@transaction.atomic
def answer(question: dict[str, Any]) -> dict[str, list[str | None]]:
    """Return what both rules say of each period, None where they say nothing."""
    off = question["off"]
    EscalationExclusion.objects.bulk_create(
        EscalationExclusion(name="off", date=day) for day in off
    )
    hours = dict.fromkeys(WEEK, (8, 16)) | {"saturday": (0, 0), "sunday": (0, 0)}
    helpdesk_settings.FOLLOWUP_TIME_SPENT_OPENING_HOURS = hours
    helpdesk_settings.FOLLOWUP_TIME_SPENT_EXCLUDE_HOLIDAYS = off
    now = timezone.now
    found: dict[str, list[str | None]] = {"escalated": [], "spent": []}
    for start, n in question["periods"]:
        for name, rule in (("escalated", escalated), ("spent", spent)):
            day = rule(date.fromisoformat(start), n)
            timezone.now = now
            found[name].append(day and day.isoformat())
    return found


if __name__ == "__main__":
    call_command("migrate", verbosity=0)
    json.dump(answer(json.load(sys.stdin)), sys.stdout)
