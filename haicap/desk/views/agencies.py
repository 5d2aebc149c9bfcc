"""The agencies: who answers, who solves, who is late; and one agency's matters."""

from __future__ import annotations

from django.db.models import F
from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.utils import timezone

from haicap.desk.homes.lines import lines_of
from haicap.desk.queries_measures import Tally, agency_figures, total_of
from haicap.people.guard import AuthenticatedRequest, sees
from haicap.places.models import Agency
from haicap.resolve.models import Case
from haicap.resolve.states import ANSWERED, CaseState
from haicap.ui.page import page


SHOWN = 50


@sees("see_own_dashboard")
def agencies(request: AuthenticatedRequest) -> HttpResponse:
    """Show the agencies that lead something, late ones first."""
    rows = agency_figures(request.user, on=timezone.localdate())
    idle = Agency.objects.filter(valid_to__isnull=True).exclude(
        pk__in=[one.pk for one in rows]
    )
    return page(
        request,
        "desk/agencies.html",
        {"agencies": rows, "total": total_of(rows), "idle": idle},
    )


@sees("see_own_dashboard")
def agency(request: AuthenticatedRequest, code: str) -> HttpResponse:
    """Show one agency: what it leads, with days left, what it coordinates, its figures."""
    row = get_object_or_404(Agency, code=code)
    today = timezone.localdate()
    visible = Case.objects.visible_to(request.user).standing()
    led = visible.filter(lead=row)
    working = led.filter(state=CaseState.ASSIGNED).order_by("due_sort", "pk")
    waiting = led.filter(state=CaseState.REPLIED).order_by("pk")
    answered = led.filter(state__in=ANSWERED).order_by(
        F("answered_at").desc(nulls_last=True), "-pk"
    )
    shared = visible.filter(coordinators=row, state=CaseState.ASSIGNED)
    figures = [
        one for one in agency_figures(request.user, on=today) if one.pk == row.pk
    ]
    return page(
        request,
        "desk/agency.html",
        {
            "agency": row,
            "tally": figures[0].tally if figures else Tally(),
            "working": lines_of(working[:SHOWN], on=today),
            "waiting": lines_of(waiting[:SHOWN], on=today),
            "answered": lines_of(answered[:SHOWN], on=today),
            "shared": lines_of(shared.order_by("due_sort", "pk")[:SHOWN], on=today),
        },
    )
