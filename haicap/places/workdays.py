"""The working calendar of this installation, read once from the package's table."""

import csv
from datetime import date
from functools import cache
from importlib.resources import files

from haicap.core.deadlines.calendar import Calendar, DayKind, SpecialDay


_YES_NO = {"yes": True, "no": False}


@cache
def calendar() -> Calendar:
    """
    Return the calendar of the active rows of `data/calendar.csv`.

    Shape: covers every year that has a row, without gaps.
    Source: data/CALENDAR_SOURCES.md.
    """
    table = files("haicap.places").joinpath("data/calendar.csv")
    rows = list(csv.DictReader(table.read_text(encoding="utf-8").splitlines()))
    years = {date.fromisoformat(row["day"]).year for row in rows}
    days = {
        date.fromisoformat(row["day"]): SpecialDay(
            kind=DayKind(row["kind"]),
            label_vi=row["label_vi"],
            label_en=row["label_en"],
            legal_basis=row["legal_basis"],
            verified=_YES_NO[row["verified"]],
        )
        for row in rows
        if _YES_NO[row["active"]]
    }
    return Calendar(days=days, covers=(min(years), max(years)))
