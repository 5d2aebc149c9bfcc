"""Decisions on working days as the database keeps them, and the stamp of those that stand."""

from __future__ import annotations

import uuid

from django.db import connection

from haicap.core.deadlines.calendar import Decision
from haicap.places import workdays
from haicap.places.models import CalendarDecision, CalendarEdition


def stamp() -> str:
    """Return the stamp of the decisions that stand."""
    return CalendarEdition.objects.values_list("stamp", flat=True).get(pk=1)


def standing() -> tuple[Decision, ...]:
    """Return the decisions that stand, in the order in which they were entered."""
    rows = CalendarDecision.objects.standing().order_by("pk")
    return tuple(row.decision() for row in rows)


def hold() -> None:
    """
    Let nobody change the calendar until this transaction ends; call it before counting.

    Whoever counts a date and stores it must see the decisions that stand when it is
    stored. SQLite's transactions stand in line; PostgreSQL shares the edition's row.
    """
    rows = CalendarEdition.objects.values_list("stamp", flat=True).filter(pk=1)
    if connection.vendor == "postgresql":
        sql, params = rows.query.sql_with_params()
        with connection.cursor() as cursor:
            cursor.execute(f"{sql} FOR SHARE", params)
            workdays.refresh(cursor.fetchone()[0])
    else:
        workdays.refresh(rows.get())


def begin_change() -> None:
    """Wait for everybody who counts, and keep others out until this transaction ends."""
    edition = CalendarEdition.objects.select_for_update().get(pk=1)
    workdays.refresh(edition.stamp)


def end_change() -> None:
    """Give the decisions that stand a new stamp: every process reads them anew."""
    fresh = uuid.uuid4().hex
    CalendarEdition.objects.filter(pk=1).update(stamp=fresh)
    workdays.refresh(fresh)
