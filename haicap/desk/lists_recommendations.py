"""The list of recommendations: its filters, its saved views, its rows."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import Count, Q, QuerySet
from django.http import QueryDict
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _

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
from haicap.desk.lists_cases import (
    NOBODY,
    answered_pill,
    round_options,
    solved_pill,
    stages,
)
from haicap.listen.models import Recommendation
from haicap.listen.taxonomy import FIELDS, field_label
from haicap.people.models import User
from haicap.places import directory
from haicap.resolve.models import Case, Voice
from haicap.resolve.states import CaseState
from haicap.ui.sheets import Column
from haicap.ui.sheets import Kind as CellKind


# What a line shows; the rest of a row would be read and converted for nothing.
COLUMNS = ("text", "said_by", "field", "unit_id")
CASE_COLUMNS = ("state", "lead_id", "outcome_class", "verified_at")
ORDERS = {
    "new": Order("new", "Number", ("-id",)),
    "old": Order("old", "Number", ("id",)),
}


class RecommendationFilter(ListFilter):
    """What the address may ask of recommendations."""

    names = ("q", "round", "unit", "field", "case", "stage", "lead")

    def by_unit(
        self, rows: QuerySet[Recommendation], chosen: list[str]
    ) -> QuerySet[Recommendation]:
        """Return the asks of any of the units."""
        by_code = {unit.code: unit.pk for unit in directory.communes()}
        known = [by_code[code] for code in chosen if code in by_code]
        return rows.filter(unit_id__in=known)

    def by_case(
        self, rows: QuerySet[Recommendation], chosen: list[str]
    ) -> QuerySet[Recommendation]:
        """Return the asks that no case carries, or those of one case."""
        if "none" in chosen:
            return rows.filter(voice__isnull=True)
        known = [value for value in chosen if value.isdecimal()]
        return rows.filter(voice__case_id__in=known) if known else rows

    def by_stage(
        self, rows: QuerySet[Recommendation], chosen: list[str]
    ) -> QuerySet[Recommendation]:
        """Return the asks whose case is at any of the stages."""
        known, any_of = stages(), Q()
        for value in chosen:
            if value in known:
                any_of |= known[value][1]
        return self.of_cases(rows, Case.objects.filter(any_of))

    def by_lead(
        self, rows: QuerySet[Recommendation], chosen: list[str]
    ) -> QuerySet[Recommendation]:
        """Return the asks whose case any of the agencies leads; `none`: nobody has it."""
        led = self.of_cases(rows, Case.objects.filter(lead__code__in=chosen))
        return led | self.unled(rows) if NOBODY in chosen else led

    def unled(self, rows: QuerySet[Recommendation]) -> QuerySet[Recommendation]:
        """Return the asks that no agency has: in no case, or in one without a lead."""
        led = Case.objects.exclude(state__in=[CaseState.OPEN, CaseState.PROPOSED])
        voices = Voice.objects.filter(case__in=led.order_by().values("pk"))
        return rows.exclude(pk__in=voices.order_by().values("recommendation_id"))

    def of_cases(
        self, rows: QuerySet[Recommendation], cases: QuerySet[Case]
    ) -> QuerySet[Recommendation]:
        """Return the asks that those cases carry."""
        voices = Voice.objects.filter(case__in=cases.order_by().values("pk"))
        return rows.filter(pk__in=voices.order_by().values("recommendation_id"))


def filtered_recommendations(user: User, params: QueryDict) -> QuerySet[Recommendation]:
    """Return the standing asks that this person may see and the address asks for."""
    rows = Recommendation.objects.visible_to(user).standing()
    return RecommendationFilter(params).narrow(rows)


def recommendation_choices(params: QueryDict, kept: Kept | None = None) -> list[Choice]:
    """Return the filters of the list with their options; names come from memory."""
    language = get_language() or "vi"
    return [
        choice(
            params,
            "round",
            _("Round"),
            round_options(kept),
        ),
        choice(
            params,
            "unit",
            _("Commune"),
            [(unit.code, unit.name) for unit in directory.communes()],
        ),
        choice(
            params,
            "field",
            _("Field"),
            [(slug, field.label(language)) for slug, field in FIELDS.items()],
        ),
        choice(params, "case", _("Case"), [("none", _("in no case yet"))]),
        choice(
            params,
            "stage",
            _("Where it is"),
            [(k, w) for k, (w, _q) in stages().items()],
        ),
        choice(
            params,
            "lead",
            _("Lead"),
            [
                (NOBODY, _("nobody yet")),
                *((agency.code, agency.name) for agency in directory.agencies()),
            ],
        ),
    ]


def recommendation_figures(user: User) -> tuple[int, int]:
    """Return how many asks no case carries, and how many there are at all."""
    rows = Recommendation.objects.visible_to(user).standing()
    # Counted over the voices' own index: one look for each ask, none at its words.
    figures = rows.order_by().aggregate(total=Count("pk"), carried=Count("voice"))
    return figures["total"] - figures["carried"], figures["total"]


def recommendation_tabs(user: User, params: QueryDict, *, kept: Kept) -> list[Tab]:
    """Return the saved views: the house's with their counts, then one's own."""
    url = reverse("desk:recommendations")
    here = query_of(params)
    loose, total = kept.get(
        ("recommendation tabs", scope(user)), lambda: recommendation_figures(user)
    )
    return [
        Tab(_("In no case yet"), f"{url}?case=none", here == "case=none", loose),
        Tab(_("All"), url, not here, total),
        *own_views(user, "recommendations", params, url, kept),
    ]


@dataclass(frozen=True)
class RecommendationRow:
    """One line of the list, ready for the page."""

    pk: int
    code: str
    url: str
    text: str
    said_by: str
    field: str
    case_code: str
    case_url: str
    lead: str
    answered: tuple[str, str] | None
    solved: tuple[str, str] | None


def recommendation_rows(asks: Sequence[Recommendation]) -> list[RecommendationRow]:
    """Return the lines of a page; one query for all their cases."""
    language = get_language() or "vi"
    voices = Voice.objects.filter(recommendation__in=[ask.pk for ask in asks])
    voices = voices.select_related("case").only(
        "recommendation_id", *(f"case__{name}" for name in CASE_COLUMNS)
    )
    cases = {voice.recommendation_id: voice.case for voice in voices}
    units = {unit.pk: unit.name for unit in directory.communes()}
    agencies = directory.agency_names()
    url = reverse("desk:recommendation", args=[0])[:-1]
    case_url = reverse("desk:case", args=[0])[:-1]
    lines = []
    for ask in asks:
        case = cases.get(ask.pk)
        lines.append(
            RecommendationRow(
                pk=ask.pk,
                code=ask.code,
                url=f"{url}{ask.pk}",
                text=ask.text,
                said_by=units.get(ask.unit_id or 0) or ask.said_by,
                field=field_label(ask.field, language),
                case_code=case.code if case else "",
                case_url=f"{case_url}{case.pk}" if case else "",
                lead=agencies.get(case.lead_id or 0, "") if case else "",
                answered=answered_pill(case) if case else None,
                solved=solved_pill(case) if case else None,
            )
        )
    return lines


def recommendation_columns() -> list[Column]:
    """Return the columns of the export."""
    return [
        Column(_("Number"), 10),
        Column(_("Who says it"), 28),
        Column(_("Exact words"), 70),
        Column(_("Difficulty behind it"), 50),
        Column(_("Field"), 28),
        Column(_("Round"), 30),
        Column(_("File"), 30),
        Column(_("Accepted on"), 12, CellKind.DATE),
        Column(_("Case"), 10),
        Column(_("Lead"), 32),
        Column(_("Due"), 12, CellKind.DATE),
        Column(_("Answered"), 12),
        Column(_("Solved"), 12),
        Column(_("Confirmed by the communes"), 14),
    ]


def recommendation_cells(rows: QuerySet[Recommendation]) -> list[list[Any]]:
    """Return the cells of the export, one list an ask; one query."""
    language = get_language() or "vi"
    yes, no = _("yes"), _("no")
    lines = []
    for ask in rows.select_related("unit", "round", "document", "voice__case__lead"):
        case = ask.voice.case if hasattr(ask, "voice") else None
        lines.append(
            [
                ask.code,
                ask.unit.name if ask.unit else ask.said_by,
                ask.text,
                ask.difficulty,
                field_label(ask.field, language),
                ask.round.name,
                ask.document.name,
                ask.accepted_at.date(),
                case.code if case else "",
                case.lead.name if case and case.lead else "",
                case.due_on if case else None,
                yes if case and case.is_answered else no,
                yes if case and case.is_solved else no,
                yes if case and case.verified_at else no,
            ]
        )
    return lines
