"""Cases as short lines: what it is, who has it, when it is due."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import Count

from haicap.people.models import User
from haicap.places import directory
from haicap.places.workdays import calendar
from haicap.resolve.due import Due, days_known, due_of
from haicap.resolve.models import Case, Voice


SHOWN = 5


@dataclass(frozen=True)
class CaseLine:
    """One case in a short list: what it is, who has it, when it is due."""

    case: Case
    who: str
    due: Due
    n_units: int
    note: str = ""


def lines_of(cases: Iterable[Case], *, on: date) -> list[CaseLine]:
    """Return short lines of these cases; one query for the communes behind them."""
    cases = list(cases)
    if not cases:
        return []
    numbers = units_behind(cases)
    names = directory.agency_names()
    days = calendar()
    return [
        CaseLine(
            case=case,
            who=names.get(case.lead_id or 0, ""),
            due=due_of(case, on=on, days=days),
            n_units=numbers.get(case.pk, 0),
        )
        for case in cases
    ]


def units_behind(cases: Sequence[Case]) -> dict[int, int]:
    """Return how many communes stand behind each case."""
    return dict(
        Voice.objects.filter(case__in=[case.pk for case in cases])
        .order_by()
        .values_list("case_id")
        .annotate(n=Count("recommendation__unit", distinct=True))
    )


def oldest_late(user: User, *, on: date) -> Case | None:
    """Return the case that is late for longest, with its lead; one query."""
    late = Case.objects.visible_to(user).overdue(on=on).select_related("lead")
    return late.order_by("due_on", "pk").first()


def days_late(case: Case | None, on: date) -> int:
    """Return by how many working days the case is late, at least one."""
    if case is None or case.due_on is None:
        return 0
    return max(days_known(case.due_on, on, calendar()), 1)
