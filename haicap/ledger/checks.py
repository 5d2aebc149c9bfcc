"""Reads back at start what the database promised to keep."""

from __future__ import annotations

from django.core.exceptions import ImproperlyConfigured
from django.db import connection


WANTED: dict[str, dict[str, set[object]]] = {
    "sqlite": {
        "PRAGMA journal_mode": {"wal", "memory"},  # memory: only a test's own database
        "PRAGMA synchronous": {2, 3},
    },
    "postgresql": {
        "SHOW fsync": {"on"},
        "SHOW synchronous_commit": {"on", "remote_write", "remote_apply", "local"},
        "SHOW full_page_writes": {"on"},
    },
}


def refuse_to_lose() -> None:
    """
    Return when what is committed survives a power cut on this database.

    Errors: ImproperlyConfigured, which names the setting and the value it has.
    """
    for question, answers in WANTED[connection.vendor].items():
        with connection.cursor() as cursor:
            cursor.execute(question)
            value = cursor.fetchone()[0]
        if value not in answers:
            wanted = ", ".join(sorted(map(str, answers)))
            raise ImproperlyConfigured(
                f"{question} is {value}; haicap starts only with: {wanted}."
            )
