"""Lists of recommendations and cases, their saved views and their exports."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.http import HttpResponse, QueryDict
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _

from haicap.core.errors import BadInput
from haicap.desk import lists
from haicap.desk import lists_cases as cases
from haicap.desk import lists_recommendations as recommendations
from haicap.desk.kept import Kept, scope
from haicap.desk.lists import Choice, Order, Tab
from haicap.people import actions, permissions
from haicap.people.guard import AuthenticatedRequest, acts, sees
from haicap.people.models import SavedView
from haicap.places import directory
from haicap.ui import undo
from haicap.ui.page import page
from haicap.ui.sheets import Column, write_csv, write_sheet


EXPORTED_AT_MOST = 5_000
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@dataclass(frozen=True)
class Shown:
    """A list as its page shows it."""

    slice: lists.Slice[Any]
    rows: list[Any]
    tabs: list[Tab]
    choices: list[Choice]
    chips: list[lists.Chip]
    total: str
    words: str
    order: Order
    query: str
    can_screen: bool
    can_decide: bool

    @property
    def can_tick(self) -> bool:
        """Return whether the person can do anything with several cases at once."""
        return self.can_screen or self.can_decide


@sees("read_submitted")
def case_list(request: AuthenticatedRequest) -> HttpResponse:
    """Show the cases that the address asks for, fifty a page."""
    today = timezone.localdate()
    params = request.GET
    rows = cases.filtered_cases(request.user, params, on=today)
    order = cases.ORDERS.get(params.get("sort", ""), cases.ORDERS["due"])
    kept = Kept()
    part = lists.slice_of(rows.only(*cases.COLUMNS), order, params)
    tabs = cases.case_tabs(request.user, params, on=today, kept=kept)
    key = ("cases", scope(request.user), today)
    shown = assemble(
        request,
        part,
        order,
        drawn=cases.case_rows(part.rows, on=today),
        tabs=tabs,
        choices=cases.case_choices(params, kept),
        n=lists.size_of(rows, part, params, tabs, kept, key),
    )
    return page(request, "desk/cases.html", {"shown": shown, "as_of": timezone.now()})


@sees("read_submitted")
def recommendation_list(request: AuthenticatedRequest) -> HttpResponse:
    """Show the recommendations that the address asks for, fifty a page."""
    params = request.GET
    rows = recommendations.filtered_recommendations(request.user, params)
    order = recommendations.ORDERS.get(
        params.get("sort", ""), recommendations.ORDERS["new"]
    )
    kept = Kept()
    part = lists.slice_of(rows.only(*recommendations.COLUMNS), order, params)
    tabs = recommendations.recommendation_tabs(request.user, params, kept=kept)
    key = ("recommendations", scope(request.user))
    shown = assemble(
        request,
        part,
        order,
        drawn=recommendations.recommendation_rows(part.rows),
        tabs=tabs,
        choices=recommendations.recommendation_choices(params, kept),
        n=lists.size_of(rows, part, params, tabs, kept, key),
    )
    context = {"shown": shown, "as_of": timezone.now()}
    return page(request, "desk/recommendations.html", context)


def assemble(
    request: AuthenticatedRequest,
    part: lists.Slice[Any],
    order: Order,
    *,
    drawn: list[Any],
    tabs: list[Tab],
    choices: list[Choice],
    n: int,
) -> Shown:
    """Return everything that a list's page shows."""
    return Shown(
        slice=part,
        rows=drawn,
        tabs=tabs,
        choices=choices,
        chips=lists.chips(request.GET, choices),
        total=lists.how_many(n),
        words=request.GET.get("q", ""),
        order=order,
        query=lists.query_of(request.GET),
        can_screen=permissions.has(request.user, "screen"),
        can_decide=permissions.has(request.user, "decide_assignment"),
    )


@sees("export")
def export_cases(request: AuthenticatedRequest) -> HttpResponse:
    """Send exactly the filtered cases as a workbook or as CSV."""
    today = timezone.localdate()
    rows = cases.filtered_cases(request.user, request.GET, on=today)
    return sheet(
        request,
        name=_("cases"),
        title=_("Cases"),
        columns=cases.case_columns(),
        n=rows.order_by().values("pk")[: EXPORTED_AT_MOST + 1].count(),
        cells=lambda: cases.case_cells(rows, on=today),
        choices=cases.case_choices(request.GET),
    )


@sees("export")
def export_recommendations(request: AuthenticatedRequest) -> HttpResponse:
    """Send exactly the filtered recommendations as a workbook or as CSV."""
    rows = recommendations.filtered_recommendations(request.user, request.GET)
    return sheet(
        request,
        name=_("recommendations"),
        title=_("Recommendations"),
        columns=recommendations.recommendation_columns(),
        n=rows.order_by().values("pk")[: EXPORTED_AT_MOST + 1].count(),
        cells=lambda: recommendations.recommendation_cells(rows),
        choices=recommendations.recommendation_choices(request.GET),
    )


def sheet(
    request: AuthenticatedRequest,
    *,
    name: str,
    title: str,
    columns: list[Column],
    n: int,
    cells: Callable[[], list[list[Any]]],
    choices: list[Choice],
) -> HttpResponse:
    """
    Return the file; its head names the filter, the time and the unit.

    Errors: BadInput when there are more rows than one export may hold.
    """
    if n > EXPORTED_AT_MOST:
        raise BadInput(
            _("An export holds at most %(most)s rows. Narrow the filter."),
            most=EXPORTED_AT_MOST,
        )
    now = timezone.localtime()
    if request.GET.get("format") == "csv":
        body, kind, ending = write_csv(columns, cells()), "text/csv", "csv"
    else:
        body = write_sheet(
            columns,
            cells(),
            title=title,
            filter_sentence=lists.sentence(lists.chips(request.GET, choices)),
            as_of=now,
            unit=request.user.posts_today[0].place if request.user.posts_today else "",
            is_demo=request.user.is_demo,
        )
        kind, ending = XLSX, "xlsx"
    response = HttpResponse(body, content_type=kind)
    response["Content-Disposition"] = content_disposition_header(
        as_attachment=True, filename=f"{name}-{now:%Y%m%d-%H%M}.{ending}"
    )
    return response


LISTS = {"cases": "desk:cases", "recommendations": "desk:recommendations"}


@acts("own_profile")
def save_view(request: AuthenticatedRequest) -> HttpResponse:
    """Keep the filter one is looking at under a name of one's own."""
    list_name = request.POST.get("page", "")
    if list_name not in LISTS:
        raise BadInput(_("This list keeps no views."))
    query = lists.query_of(QueryDict(request.POST.get("query", "")))
    actions.save_view(
        page=list_name,
        name=request.POST.get("name", ""),
        query=query,
        by=request.user,
        at=timezone.now(),
    )
    return redirect(f"{reverse(LISTS[list_name])}?{query}")


@acts("own_profile")
def remove_view(request: AuthenticatedRequest, pk: int) -> HttpResponse:
    """Take a saved view of one's own away."""
    view = get_object_or_404(SavedView, pk=pk, user=request.user)
    url = reverse(LISTS.get(view.page, "desk:home"))
    words = _("The view %(name)s is gone.") % {"name": view.name}
    actions.remove_view(view=view, by=request.user, at=timezone.now())
    undo.offer(request, words, "")
    return redirect(url)


@sees("read_submitted")
def search(request: AuthenticatedRequest) -> HttpResponse:
    """Look in one box: a code opens its page, words look in cases and recommendations."""
    words = request.GET.get("q", "").strip()
    upper = words.upper().replace(" ", "")
    for prefix, name in (("HS-", "desk:case"), ("KN-", "desk:recommendation")):
        number = upper.removeprefix(prefix)
        if upper.startswith(prefix) and number.isdecimal() and len(number) < 15:
            return redirect(name, int(number))
    context: dict[str, Any] = {"words": words, "cases": [], "asks": [], "units": []}
    if words:
        today = timezone.localdate()
        params = QueryDict(mutable=True)
        params["q"] = words
        found = cases.filtered_cases(request.user, params, on=today)
        context["cases"] = cases.case_rows(list(found.order_by("-id")[:10]), on=today)
        asks = recommendations.filtered_recommendations(request.user, params)
        context["asks"] = recommendations.recommendation_rows(
            list(asks.order_by("-id")[:10])
        )
        context["units"] = directory.matching(words)[:8]
    return page(request, "desk/search.html", context)
