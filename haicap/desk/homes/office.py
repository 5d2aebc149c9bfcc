"""The office's first screen."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import Count, Min, Q
from django.utils import timezone

from haicap.desk.homes.counts import WEEK, Counts, counts, start_of
from haicap.desk.homes.lines import SHOWN, CaseLine, days_late, lines_of, oldest_late
from haicap.desk.homes.silent import Silent, open_round
from haicap.desk.homes.week import Day, strip
from haicap.listen.models import Document, Statement
from haicap.listen.states import UNSURE_BELOW, StatementState
from haicap.people.models import User
from haicap.places import directory
from haicap.places.workdays import calendar
from haicap.resolve.due import days_known
from haicap.resolve.models import Case
from haicap.resolve.states import CaseState
from haicap.synthesise.models import Suggestion, SuggestionState
from haicap.verify.models import Decision, Outcome


@dataclass(frozen=True)
class OfficeHome:
    """Everything on the office's first screen."""

    counts: Counts
    to_check: ToCheck
    open_fields: list[tuple[str, int]]
    replied_by: str
    n_reopen: int
    reopen_units: str
    n_suggestions: int
    days: list[Day]
    chosen: date
    due: list[CaseLine]
    n_due: int
    oldest_late: Case | None
    late_days: int
    late_agencies: int
    silent: Silent | None
    n_reopened_week: int

    @property
    def nothing_waits(self) -> bool:
        """Return whether the queue is empty."""
        return not (
            self.counts.open
            or self.to_check.n
            or self.counts.replied
            or self.n_reopen
            or self.n_suggestions
        )


def office_home(user: User, *, on: date, chosen: date | None) -> OfficeHome:
    """Return the office's first screen; at most sixteen queries."""
    cases = Case.objects.visible_to(user)
    fields = (
        cases.filter(state=CaseState.OPEN)
        .order_by()
        .values_list("field")
        .annotate(n=Count("pk"))
        .order_by("-n", "field")[:3]
    )
    replied = (
        cases.filter(state=CaseState.REPLIED)
        .order_by()
        .values_list("lead_id")
        .annotate(n=Count("pk"))
    )
    waiting = Outcome.objects.visible_to(user).waiting()
    reopen = list(waiting.values_list("delivery__unit__name", flat=True)[:50])
    day = chosen or on
    due = cases.filter(state=CaseState.ASSIGNED, due_on=day).order_by("pk")
    late = oldest_late(user, on=on)
    late_agencies = (
        cases.overdue(on=on).order_by().aggregate(n=Count("lead", distinct=True))["n"]
        if late
        else 0
    )
    days = strip(cases, on=on, chosen=chosen)
    return OfficeHome(
        counts=counts(user, on=on),
        to_check=to_check(user),
        open_fields=list(fields),
        replied_by=by_agency(replied),
        n_reopen=len(reopen) if len(reopen) < 50 else waiting.count(),
        reopen_units=", ".join(dict.fromkeys(reopen[:3])),
        n_suggestions=Suggestion.objects.filter(state=SuggestionState.OPEN).count(),
        days=days,
        chosen=day,
        due=lines_of(due[:SHOWN], on=on),
        n_due=next((one.n for one in days if one.on == day), 0),
        oldest_late=late,
        late_days=days_late(late, on),
        late_agencies=late_agencies,
        silent=open_round(on),
        n_reopened_week=reopened_since(on - WEEK),
    )


@dataclass(frozen=True)
class ToCheck:
    """The files that wait for the office, and how much the machine is unsure of."""

    n: int
    oldest: datetime | None
    n_statements: int
    n_unsure: int

    @property
    def working_days(self) -> int:
        """Return for how many working days the oldest one has waited."""
        if self.oldest is None:
            return 0
        return days_known(
            timezone.localdate(self.oldest), timezone.localdate(), calendar()
        )


def to_check(user: User) -> ToCheck:
    """Return the files to check; two queries."""
    files = Document.objects.visible_to(user).to_check().order_by()
    head = files.aggregate(n=Count("pk"), oldest=Min("submitted_at"))
    said = Statement.objects.filter(
        document__in=files.values("pk"), state=StatementState.PROPOSED
    ).aggregate(
        n=Count("pk"), unsure=Count("pk", filter=Q(confidence__lt=UNSURE_BELOW))
    )
    return ToCheck(head["n"], head["oldest"], said["n"], said["unsure"])


def by_agency(cases: Iterable[tuple[int | None, int]]) -> str:
    """Return `Sở Nội vụ 2, Sở Tài chính 1`."""
    names = directory.agency_names()
    parts = sorted(cases, key=lambda pair: -pair[1])[:3]
    return ", ".join(f"{names[pk]} {n}" for pk, n in parts if pk in names)


def reopened_since(day: date) -> int:
    """Return how many requests to reopen were granted since that day."""
    return Outcome.objects.filter(
        decision=Decision.REOPENED, decided_at__gte=start_of(day)
    ).count()
