"""The decided days that this package ships, read once; needs no Django."""

import csv
from datetime import date, time
from functools import cache
from importlib.resources import files

from haicap.core.deadlines.calendar import DayKind, Decision, SpecialDay


_YES_NO = {"yes": True, "no": False}


@cache
def announced() -> tuple[Decision, ...]:
    """
    Return the rows of `data/calendar.csv`, in their order.

    Source: data/CALENDAR_SOURCES.md.
    """
    table = files("haicap.places").joinpath("data/calendar.csv")
    lines = table.read_text(encoding="utf-8").splitlines()
    return tuple(decision_of(row) for row in csv.DictReader(lines))


def decision_of(row: dict[str, str]) -> Decision:
    """Return what one row decides."""
    special = SpecialDay(
        kind=DayKind(row["kind"]),
        label_vi=row["label_vi"],
        label_en=row["label_en"],
        legal_basis=row["legal_basis"],
        verified=_YES_NO[row["verified"]],
        until=time.fromisoformat(row["until"]) if row["until"] else None,
    )
    return Decision(
        day=date.fromisoformat(row["day"]),
        special=special,
        place=row["place"],
        active=_YES_NO[row["active"]],
    )
