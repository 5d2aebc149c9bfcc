"""The provincial leader's first screen."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.db.models import Count

from haicap.desk.homes.counts import Counts, counts
from haicap.desk.homes.lines import (
    SHOWN,
    CaseLine,
    days_late,
    lines_of,
    oldest_late,
    units_behind,
)
from haicap.desk.homes.silent import Silent, open_round
from haicap.desk.queries_measures import AgencyFigures, Tally, agency_figures, total_of
from haicap.listen.models import Recommendation
from haicap.people.models import User
from haicap.places import directory
from haicap.resolve.models import Assignment, Case, Extension, ExtensionVerdict, Voice
from haicap.resolve.states import ANSWERED, CaseState, Verdict
from haicap.verify.models import Outcome


@dataclass(frozen=True)
class LeaderHome:
    """One page: how it runs this week, what got worse."""

    counts: Counts
    proposals: list[ProposalLine]
    requests: list[Extension]
    n_reopen: int
    shared: list[Shared]
    n_units: int
    agencies: list[AgencyFigures]
    total: Tally
    silent: Silent | None
    oldest_late: Case | None
    late_days: int
    late_agencies: int
    upper: list[CaseLine]


def leader_home(user: User, *, on: date) -> LeaderHome:
    """Return the leader's first screen; at most sixteen queries."""
    agencies = agency_figures(user, on=on)
    waiting = list(
        Assignment.objects.filter(
            verdict=Verdict.PENDING, case__state=CaseState.PROPOSED
        )
        .select_related("case", "lead")
        .order_by("proposed_at", "pk")[:SHOWN]
    )
    behind = units_behind([one.case for one in waiting]) if waiting else {}
    late = oldest_late(user, on=on)
    upper = Case.objects.visible_to(user).filter(
        state__in=ANSWERED,
        outcome_class__in=[
            "out_of_competence_forwarded",
            "in_progress_upper_rule",
            "in_progress_submitted",
        ],
    )
    shared, n_units = most_shared()
    return LeaderHome(
        counts=counts(user, on=on),
        proposals=[
            ProposalLine(one, one.case, behind.get(one.case_id, 0)) for one in waiting
        ],
        requests=more_time_asked(),
        n_reopen=Outcome.objects.visible_to(user).waiting().count(),
        shared=shared,
        n_units=n_units,
        agencies=agencies,
        total=total_of(agencies),
        silent=open_round(on),
        oldest_late=late,
        late_days=days_late(late, on),
        late_agencies=sum(bool(one.tally.overdue) for one in agencies),
        upper=lines_of(upper.order_by("-answered_at")[:SHOWN], on=on),
    )


@dataclass(frozen=True)
class Shared:
    """A matter that many communes share."""

    case: Case
    lead: str
    n_units: int


@dataclass(frozen=True)
class ProposalLine:
    """A proposal that waits for the leader's word."""

    assignment: Assignment
    case: Case
    n_units: int


def more_time_asked() -> list[Extension]:
    """Return the requests for more time that wait, the oldest first; one query."""
    return list(
        Extension.objects.filter(
            verdict=ExtensionVerdict.PENDING, case__state=CaseState.ASSIGNED
        )
        .select_related("case__lead")
        .order_by("asked_at", "pk")[:50]
    )


def most_shared() -> tuple[list[Shared], int]:
    """Return the five standing matters with most communes, and how many communes spoke."""
    top = list(
        Voice.objects.filter(recommendation__unit__isnull=False)
        .exclude(case__state=CaseState.CLOSED)
        .order_by()
        .values_list("case_id")
        .annotate(n=Count("recommendation__unit", distinct=True))
        .order_by("-n", "case_id")[:SHOWN]
    )
    names = directory.agency_names()
    cases = Case.objects.in_bulk([pk for pk, _n in top])
    spoke = (
        Recommendation.objects.standing()
        .order_by()
        .aggregate(n=Count("unit", distinct=True))["n"]
    )
    rows = [
        Shared(cases[pk], names.get(cases[pk].lead_id or 0, ""), n) for pk, n in top
    ]
    return rows, spoke
