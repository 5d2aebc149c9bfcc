"""
What units and agencies have asked, been answered and had solved: one count, many pages.

The same figures stand on the map, its table, the pages of a unit and of an agency and on
the home pages; answered, solved and verified are never added into one.
"""

from __future__ import annotations

import bisect
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, fields
from datetime import date

from django.db.models import Count, Q
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from haicap.core.deadlines.status import Rates, Status
from haicap.core.text.fold import sort_key_vi
from haicap.listen.models import Recommendation
from haicap.people.models import User
from haicap.places import directory
from haicap.places.models import Unit
from haicap.resolve.models import Case
from haicap.resolve.states import ANSWERED, LED, SOLVED, CaseState
from haicap.verify.models import Outcome


N_CLASSES = 5
PER = 10_000  # people


@dataclass(frozen=True)
class Tally:
    """Counts of asks or of matters; `answered` counts the solved ones too."""

    total: int = 0
    open: int = 0
    overdue: int = 0
    answered: int = 0
    solved: int = 0
    verified: int = 0
    reopen: int = 0
    on_time: int = 0  # answered by the last day that stood
    done_late: int = 0

    @property
    def percent_on_time(self) -> int | None:
        """
        Return done on time of all that was due: done on time, done late, overdue.

        Unit: percent, rounded; None when nothing was due yet.
        """
        counts = {
            Status.DONE_ON_TIME: self.on_time,
            Status.DONE_LATE: self.done_late,
            Status.OVERDUE: self.overdue,
        }
        share = Rates(Counter(counts)).on_time
        return None if share is None else round(share * 100)

    def __add__(self, other: Tally) -> Tally:
        return Tally(
            *(getattr(self, f.name) + getattr(other, f.name) for f in fields(Tally))
        )


@dataclass(frozen=True)
class UnitFigures:
    """A commune with what became of its asks; no tally: none reached us."""

    pk: int
    code: str
    name: str
    url: str
    population: int | None
    lon: float | None
    lat: float | None
    tally: Tally | None

    def value(self, measure: str, *, per_head: bool = False) -> float | None:
        """Return the measure, None when there is nothing to measure."""
        if self.tally is None:
            return None
        count: int = getattr(self.tally, MEASURES[measure])
        if not per_head:
            return count
        return round(count * PER / self.population, 1) if self.population else None


@dataclass(frozen=True)
class AgencyFigures:
    """An agency with what became of the matters it leads."""

    pk: int
    code: str
    name: str
    url: str
    tally: Tally


# The measures of the map, and the column of the tally behind each.
MEASURES = {
    "recommendations": "total",
    "open": "open",
    "overdue": "overdue",
    "answered": "answered",
    "solved": "solved",
}


def measure_words() -> dict[str, str]:
    """Return what each measure is called."""
    return {
        "recommendations": _("Recommendations"),
        "open": _("Not answered yet"),
        "overdue": _("Late at the agency"),
        "answered": _("Answered"),
        "solved": _("Solved"),
    }


def unit_figures(
    user: User, *, on: date, codes: Sequence[str] | None = None
) -> list[UnitFigures]:
    """
    Return today's communes by name with their figures; three queries.

    Only asks that the person may see are counted.
    """
    counted = asks_by_unit(user, on=on)
    reopen = dict(
        Outcome.objects.visible_to(user)
        .waiting()
        .order_by()
        .values_list("delivery__unit_id")
        .annotate(n=Count("pk"))
    )
    units = Unit.objects.commune_level()
    if codes is not None:
        units = units.filter(code__in=codes)
    found = [
        UnitFigures(
            pk=row["pk"],
            code=row["code"],
            name=row["name"],
            url=reverse("desk:unit", args=[row["code"]]),
            population=row["population"],
            lon=row["lon"],
            lat=row["lat"],
            tally=with_reopen(counted.get(row["pk"]), reopen.get(row["pk"], 0)),
        )
        for row in units.values("pk", "code", "name", "population", "lon", "lat")
    ]
    return sorted(found, key=lambda one: sort_key_vi(one.name))


def with_reopen(tally: Tally | None, reopen: int) -> Tally | None:
    """Return the tally with its requests to reopen."""
    return tally + Tally(reopen=reopen) if tally else None


def asks_by_unit(user: User, *, on: date) -> dict[int, Tally]:
    """Return the asks of each commune by what became of their case; one query."""
    answered = Q(voice__case__state__in=ANSWERED)
    rows = (
        Recommendation.objects.visible_to(user)
        .standing()
        .filter(unit__isnull=False)
        .order_by()
        .values("unit_id")
        .annotate(
            total=Count("pk", distinct=True),
            answered=Count("pk", filter=answered, distinct=True),
            solved=Count(
                "pk",
                filter=answered & Q(voice__case__outcome_class__in=SOLVED),
                distinct=True,
            ),
            verified=Count(
                "pk",
                filter=answered & Q(voice__case__verified_at__isnull=False),
                distinct=True,
            ),
            overdue=Count(
                "pk",
                filter=Q(
                    voice__case__state=CaseState.ASSIGNED, voice__case__due_on__lt=on
                ),
                distinct=True,
            ),
        )
    )
    return {
        row["unit_id"]: Tally(
            total=row["total"],
            open=row["total"] - row["answered"],
            overdue=row["overdue"],
            answered=row["answered"],
            solved=row["solved"],
            verified=row["verified"],
        )
        for row in rows
    }


def agency_figures(user: User, *, on: date) -> list[AgencyFigures]:
    """Return the agencies that lead a matter, late ones first; two queries."""
    answered = Q(state__in=ANSWERED)
    rows = (
        Case.objects.visible_to(user)
        .filter(state__in=LED)
        .order_by()
        .values("lead_id")
        .annotate(
            total=Count("pk"),
            answered=Count("pk", filter=answered),
            solved=Count("pk", filter=answered & Q(outcome_class__in=SOLVED)),
            verified=Count("pk", filter=answered & Q(verified_at__isnull=False)),
            overdue=Count("pk", filter=Q(state=CaseState.ASSIGNED, due_on__lt=on)),
            on_time=Count("pk", filter=answered & Q(due_on__isnull=False, late_days=0)),
            done_late=Count("pk", filter=answered & Q(late_days__gt=0)),
        )
    )
    reopen = dict(
        Outcome.objects.visible_to(user)
        .waiting()
        .order_by()
        .values_list("delivery__reply__case__lead_id")
        .annotate(n=Count("delivery__reply__case", distinct=True))
    )
    names = {agency.pk: agency for agency in directory.agencies()}
    found = [
        AgencyFigures(
            pk=row["lead_id"],
            code=names[row["lead_id"]].code,
            name=names[row["lead_id"]].name,
            url=reverse("desk:agency", args=[names[row["lead_id"]].code]),
            tally=Tally(
                total=row["total"],
                open=row["total"] - row["answered"],
                overdue=row["overdue"],
                answered=row["answered"],
                solved=row["solved"],
                verified=row["verified"],
                on_time=row["on_time"],
                done_late=row["done_late"],
                reopen=reopen.get(row["lead_id"], 0),
            ),
        )
        for row in rows
        if row["lead_id"] in names
    ]
    return sorted(
        found,
        key=lambda one: (-one.tally.overdue, -one.tally.total, sort_key_vi(one.name)),
    )


def total_of(rows: Iterable[UnitFigures | AgencyFigures]) -> Tally:
    """Return the sum of the rows."""
    total = Tally()
    for row in rows:
        total = total + (row.tally or Tally())
    return total


@dataclass(frozen=True)
class Class:
    """One class of the map: from its lowest to its highest value, both included."""

    low: float
    high: float

    @property
    def words(self) -> str:
        """Return the class as it is printed under the map."""
        if self.low == self.high:
            return figure(self.low)
        return f"{figure(self.low)}–{figure(self.high)}"


def figure(value: float) -> str:
    """Return 2,4 or 3 as it stands beside a map, in the decimal comma of the house."""
    return f"{value:g}".replace(".", ",")


def classes_of(values: Iterable[float | None]) -> list[Class]:
    """
    Return at most five classes of about as many units each; nothing for no values.

    Few different values make one class each; a value stands in exactly one class.
    """
    known = sorted(value for value in values if value is not None)
    distinct = sorted(set(known))
    if len(distinct) <= N_CLASSES:
        return [Class(value, value) for value in distinct]
    # The highest value of each class but the last: quantiles, each once.
    cuts: list[float] = []
    for part in range(1, N_CLASSES):
        cut = known[len(known) * part // N_CLASSES - 1]
        if cut < distinct[-1] and (not cuts or cut > cuts[-1]):
            cuts.append(cut)
    cuts.append(distinct[-1])
    lows = [distinct[0]] + [
        distinct[bisect.bisect_right(distinct, c)] for c in cuts[:-1]
    ]
    return [Class(low, high) for low, high in zip(lows, cuts, strict=True)]


def class_number(value: float | None, classes: Sequence[Class]) -> int:
    """Return the number of the value's class, -1 when there is no value."""
    if value is None:
        return -1
    return bisect.bisect_left([one.high for one in classes], value)


def sorted_by(
    rows: Sequence[UnitFigures], key: str, measure: str, *, per_head: bool
) -> list[UnitFigures]:
    """Return the rows in the order of a column; those without figures stand last."""
    if key == "name":
        return sorted(rows, key=lambda one: sort_key_vi(one.name))
    column = key if key in MEASURES else measure

    def rank(one: UnitFigures) -> tuple[bool, float, object]:
        value = one.value(column, per_head=per_head and column == measure)
        return value is None, -(value or 0), sort_key_vi(one.name)

    return sorted(rows, key=rank)


def unit_sentence(one: UnitFigures) -> str:
    """Return a commune's figures in one line, as the corner of the map shows them."""
    if one.tally is None:
        return _("no recommendation yet")
    asks = ngettext(
        "%(n)s recommendation", "%(n)s recommendations", one.tally.total
    ) % {"n": one.tally.total}
    words = _("answered %(answered)s · solved %(solved)s · late %(late)s") % {
        "answered": one.tally.answered,
        "solved": one.tally.solved,
        "late": one.tally.overdue,
    }
    return f"{asks} · {words}"
