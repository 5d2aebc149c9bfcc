"""The list of cases: its filters, its saved views, its rows."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache
from typing import Any

from django.db.models import Count, Q, QuerySet
from django.http import QueryDict
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from haicap.core.deadlines.calendar import Calendar
from haicap.desk.homes.lines import units_behind
from haicap.desk.kept import Kept, scope
from haicap.desk.lists import (
    Choice,
    ListFilter,
    Order,
    Tab,
    choice,
    own_views,
    query_of,
)
from haicap.listen.models import Round
from haicap.listen.taxonomy import FIELDS, field_label
from haicap.people import permissions
from haicap.people.models import User
from haicap.places import directory
from haicap.places.workdays import calendar
from haicap.resolve.due import Due, days_known, due_of
from haicap.resolve.models import Case, Extension, ExtensionVerdict, Voice
from haicap.resolve.states import ANSWERED, SOLVED, CaseState, OutcomeClass
from haicap.ui.sheets import Column
from haicap.ui.sheets import Kind as CellKind


NOBODY = "none"
# What a line shows; the rest of a row would be read and converted for nothing.
COLUMNS = (
    *("title", "field", "state", "lead_id", "due_on", "due_sort"),
    *("paused_on", "late_days", "outcome_class", "verified_at"),
)
ORDERS = {
    "due": Order("due", "Due", ("due_sort", "id")),
    "-due": Order("-due", "Due", ("-due_sort", "-id")),
    "new": Order("new", "Number", ("-id",)),
    "old": Order("old", "Number", ("id",)),
}


def stages() -> dict[str, tuple[str, Q]]:
    """Return what a case may be filtered by: the word and the condition of each."""
    return {
        "open": (_("Nobody has it yet"), Q(state=CaseState.OPEN)),
        "proposed": (_("Waiting for the leader"), Q(state=CaseState.PROPOSED)),
        "assigned": (_("In work"), Q(state=CaseState.ASSIGNED)),
        "replied": (_("Waiting for confirmation"), Q(state=CaseState.REPLIED)),
        "answered": (_("Answered"), Q(state__in=ANSWERED)),
        "solved": (_("Solved"), Q(state__in=ANSWERED, outcome_class__in=SOLVED)),
        "unsolved": (
            _("Answered, not solved"),
            Q(state__in=ANSWERED) & ~Q(outcome_class__in=SOLVED),
        ),
        "verified": (_("Confirmed by the communes"), Q(verified_at__isnull=False)),
        "closed": (_("Closed"), Q(state=CaseState.CLOSED)),
    }


class CaseFilter(ListFilter):
    """What the address may ask of cases."""

    names = (
        "q",
        "stage",
        "field",
        "unit",
        "lead",
        "coordinator",
        "round",
        "due",
        "reopen",
    )

    def __init__(self, params: QueryDict, *, on: date) -> None:
        super().__init__(params)
        self.today = on

    def by_stage(self, rows: QuerySet[Case], chosen: list[str]) -> QuerySet[Case]:
        """Return the cases at any of the stages."""
        known, any_of = stages(), Q()
        for value in chosen:
            if value in known:
                any_of |= known[value][1]
        return rows.filter(any_of)

    def by_unit(self, rows: QuerySet[Case], chosen: list[str]) -> QuerySet[Case]:
        """Return the cases that any of the units stands behind."""
        voices = Voice.objects.filter(recommendation__unit__code__in=chosen)
        return rows.filter(pk__in=voices.values("case_id"))

    def by_lead(self, rows: QuerySet[Case], chosen: list[str]) -> QuerySet[Case]:
        """Return the cases that any of the agencies leads; `none`: nobody has them."""
        found = Q(lead__code__in=chosen)
        if NOBODY in chosen:
            found |= Q(state__in=[CaseState.OPEN, CaseState.PROPOSED])
        return rows.filter(found)

    def by_coordinator(self, rows: QuerySet[Case], chosen: list[str]) -> QuerySet[Case]:
        """Return the cases that any of the agencies coordinates."""
        shared = Case.coordinators.through.objects.filter(agency__code__in=chosen)
        return rows.filter(pk__in=shared.values("case_id"))

    def by_due(self, rows: QuerySet[Case], chosen: list[str]) -> QuerySet[Case]:
        """Return the cases in work by their last day."""
        today, any_of = self.today, Q()
        known = {
            "late": Q(due_on__lt=today),
            "today": Q(due_on=today),
            "week": Q(due_on__range=(today, today + timedelta(days=7))),
            "none": Q(due_on__isnull=True, paused_on__isnull=True),
            "paused": Q(paused_on__isnull=False),
            "asked": Q(pk__in=more_time_asked()),
        }
        for value in chosen:
            day = day_of(value)
            any_of |= Q(due_on=day) if day else known.get(value, Q())
        return rows.filter(any_of, state=CaseState.ASSIGNED) if any_of else rows

    def by_reopen(self, rows: QuerySet[Case], chosen: list[str]) -> QuerySet[Case]:
        """Return the cases that a commune asks to reopen."""
        return rows.filter(pk__in=reopening_asked())


def reopening_asked() -> QuerySet[Any, Any]:
    """Return the numbers of cases with an undecided request to reopen."""
    return Case.objects.filter(
        replies__deliveries__outcome__verdict="reopen_asked",
        replies__deliveries__outcome__decision="",
    ).values("pk")


def more_time_asked() -> QuerySet[Any, Any]:
    """Return the numbers of cases whose lead waits for an answer about more time."""
    waiting = Extension.objects.filter(verdict=ExtensionVerdict.PENDING)
    return waiting.order_by().values("case_id")


def filtered_cases(user: User, params: QueryDict, *, on: date) -> QuerySet[Case]:
    """Return the standing cases that this person may see and the address asks for."""
    rows = Case.objects.visible_to(user).standing()
    return CaseFilter(params, on=on).narrow(rows)


def case_choices(params: QueryDict, kept: Kept | None = None) -> list[Choice]:
    """Return the filters of the list with their options; names come from memory."""
    language = get_language() or "vi"
    agencies = [(agency.code, agency.name) for agency in directory.agencies()]
    return [
        choice(
            params,
            "stage",
            _("Where it is"),
            [(k, w) for k, (w, _q) in stages().items()],
        ),
        choice(
            params,
            "field",
            _("Field"),
            [(slug, field.label(language)) for slug, field in FIELDS.items()],
        ),
        choice(
            params,
            "unit",
            _("Commune"),
            [(unit.code, unit.name) for unit in directory.communes()],
        ),
        choice(params, "lead", _("Lead"), [(NOBODY, _("nobody yet")), *agencies]),
        choice(params, "coordinator", _("Coordinator"), agencies, is_rare=True),
        choice(
            params,
            "due",
            _("Due"),
            [
                ("late", _("late")),
                ("today", _("today")),
                ("week", _("within 7 days")),
                ("none", _("no date")),
                ("paused", _("paused")),
                ("asked", _("more time asked")),
                *named_day(params.get("due", "")),
            ],
        ),
        choice(
            params,
            "reopen",
            _("Communes"),
            [("1", _("ask to reopen"))],
            is_rare=True,
        ),
        choice(
            params,
            "round",
            _("Round"),
            round_options(kept),
        ),
    ]


def round_options(kept: Kept | None) -> list[tuple[str, str]]:
    """Return the rounds to choose from."""

    def ask() -> list[tuple[str, str]]:
        rows = Round.objects.values_list("pk", "name")
        return [(str(pk), name) for pk, name in rows]

    return kept.get("rounds", ask) if kept else ask()


def day_of(value: str) -> date | None:
    """Return the day that the address names, or None for other words."""
    try:
        return date.fromisoformat(value)
    except ValueError:
        return None


def named_day(value: str) -> list[tuple[str, str]]:
    """Return the day that the address names as an option of its own, if it does."""
    day = day_of(value)
    return [(day.isoformat(), f"{day:%d/%m/%Y}")] if day else []


def case_figures(user: User, *, on: date) -> dict[str, int]:
    """Return the counts of the house's views: one query over one index."""
    rows = Case.objects.visible_to(user).standing()
    week = on + timedelta(days=7)
    working = Q(state=CaseState.ASSIGNED)
    figures: dict[str, int] = rows.order_by().aggregate(
        unled=Count("pk", filter=Q(state__in=[CaseState.OPEN, CaseState.PROPOSED])),
        week=Count("pk", filter=working & Q(due_on__range=(on, week))),
        late=Count("pk", filter=working & Q(due_on__lt=on)),
        replied=Count("pk", filter=Q(state=CaseState.REPLIED)),
        reopen=Count("pk", filter=Q(pk__in=reopening_asked())),
        total=Count("pk"),
    )
    return figures


def case_tabs(user: User, params: QueryDict, *, on: date, kept: Kept) -> list[Tab]:
    """Return the saved views: the house's with their counts, then one's own."""
    url = reverse("desk:cases")
    here = query_of(params)
    counts = kept.get(("case tabs", scope(user), on), lambda: case_figures(user, on=on))
    screens = permissions.has(user, "screen")
    found = [
        *([(f"lead={NOBODY}", _("Nobody has it"), "unled")] if screens else []),
        ("due=week", _("Due this week"), "week"),
        ("due=late", _("Late"), "late"),
        ("stage=replied", _("Waiting for confirmation"), "replied"),
    ]
    tabs = [
        Tab(
            label=label,
            url=f"{url}?{query}",
            current=here == query,
            count=counts[name],
            late=name == "late",
        )
        for query, label, name in found
    ]
    reopen = counts["reopen"]
    tabs.append(
        Tab(_("Asked to reopen"), f"{url}?reopen=1", here == "reopen=1", reopen)
    )
    tabs.append(Tab(_("All"), url, not here, counts["total"]))
    return [*tabs, *own_views(user, "cases", params, url, kept)]


@dataclass(frozen=True)
class CaseRow:
    """One line of the list, ready for the page: nothing is asked while it is drawn."""

    pk: int
    code: str
    url: str
    title: str
    field: str
    n_units: int
    lead: str
    due: Due
    answered: tuple[str, str]  # state of the pill, word
    solved: tuple[str, str] | None


def case_rows(cases: Sequence[Case], *, on: date) -> list[CaseRow]:
    """Return the lines of a page; one query for all their communes."""
    language = get_language() or "vi"
    numbers = units_behind(cases)
    url = reverse("desk:case", args=[0])[:-1]
    names = directory.agency_names()
    days = calendar()
    return [
        CaseRow(
            pk=case.pk,
            code=case.code,
            url=f"{url}{case.pk}",
            title=case.title,
            field=field_label(case.field, language),
            n_units=numbers.get(case.pk, 0),
            lead=names.get(case.lead_id, "") if case.lead_id else "",
            due=due_of(case, on=on, days=days),
            answered=answered_pill(case),
            solved=solved_pill(case),
        )
        for case in cases
    ]


def answered_pill(case: Case) -> tuple[str, str]:
    """Return how `Answered` reads for a case; never mixed with solved."""
    return answered_words(case.state, get_language())


def solved_pill(case: Case) -> tuple[str, str] | None:
    """Return how `Solved` reads for a case; None while nobody answered."""
    if not case.is_answered:
        return None
    verified = case.verified_at is not None
    return solved_words(case.outcome_class, verified, get_language())


# Rows repeat the same few words: each is translated once.
@lru_cache(maxsize=64)
def answered_words(state: str, _language: str | None) -> tuple[str, str]:
    """Return the pill of a state: its look and its word."""
    if state in ANSWERED:
        return "answered", _("Answered")
    if state == CaseState.REPLIED:
        return "waiting", _("Waiting for confirmation")
    return "unanswered", _("Not answered yet")


@lru_cache(maxsize=64)
def solved_words(
    outcome: str, verified: bool, _language: str | None
) -> tuple[str, str]:
    """Return the pill of what became of an answered case: its look and its word."""
    if verified:
        return "verified", _("Confirmed by the communes")
    if outcome in SOLVED:
        return "solved", _("Solved")
    return "in_work", str(OutcomeClass(outcome).label)


def case_columns() -> list[Column]:
    """Return the columns of the export."""
    return [
        Column(_("Number"), 10),
        Column(_("Matter"), 60),
        Column(_("Field"), 28),
        Column(_("Communes behind it"), 60),
        Column(_("Number of communes"), 10, CellKind.NUMBER),
        Column(_("Lead"), 32),
        Column(_("Due"), 12, CellKind.DATE),
        Column(_("Working days left"), 10, CellKind.NUMBER),
        Column(_("Late working days"), 10, CellKind.NUMBER),
        Column(_("Paused since"), 12, CellKind.DATE),
        Column(_("Answered"), 18),
        Column(_("Solved"), 18),
        Column(_("Confirmed by the communes"), 18),
        Column(_("Outcome class"), 36),
    ]


def late_until(case: Case, *, on: date, days: Calendar) -> int:
    """Return the working days late of all stretches, the open one up to that day."""
    if case.due_on is None or not case.is_overdue(on=on):
        return case.late_days
    return case.late_days + max(days_known(case.due_on, on, days), 1)


def case_cells(rows: QuerySet[Case], *, on: date) -> list[list[Any]]:
    """Return the cells of the export, one list a case; two queries for all of them."""
    language = get_language() or "vi"
    cases = list(rows.select_related("lead").order_by("pk"))
    units: dict[int, set[str]] = {}
    pairs = Voice.objects.filter(
        case__in=rows.order_by().values("pk"), recommendation__unit__isnull=False
    )
    for case, name in pairs.values_list("case_id", "recommendation__unit__name"):
        units.setdefault(case, set()).add(name)
    days = calendar()
    yes, no = _("yes"), _("no")
    return [
        [
            case.code,
            case.title,
            field_label(case.field, language),
            "; ".join(sorted(units.get(case.pk, ()))),
            len(units.get(case.pk, ())),
            case.lead.name if case.lead else "",
            case.due_on,
            days_known(on, case.due_on, days)
            if case.due_on and case.state == CaseState.ASSIGNED
            else None,
            late_until(case, on=on, days=days),
            case.paused_on,
            yes if case.is_answered else no,
            yes if case.is_solved else no,
            yes if case.verified_at else no,
            str(case.get_outcome_class_display()) if case.is_answered else "",
        ]
        for case in cases
    ]
