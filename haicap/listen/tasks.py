"""Jobs as rows: each may run any number of times, its effect happens once."""

from __future__ import annotations

from django.utils import timezone
from django_tasks import task

from haicap.core.text.reader import read
from haicap.listen.actions import readings
from haicap.listen.language_model.propose import propose


@task()
def read_document(document_id: int) -> str:
    """Read one file and keep what it says; return in a word how it ended."""
    lease = readings.begin(document_id=document_id, at=timezone.now())
    if lease is None:
        return "nothing to read"
    found = readings.look(lease, read=read, propose=propose)
    return readings.finish(lease=lease, found=found, at=timezone.now())
