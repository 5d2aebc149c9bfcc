"""The page of one case: what they said, what was answered, whether it helped."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.utils import timezone

from haicap.desk.queries_case import case_page
from haicap.people.guard import AuthenticatedRequest, sees
from haicap.resolve.models import Case
from haicap.resolve.queries_clock import due_on_paper
from haicap.resolve.queries_work import work_on
from haicap.ui.page import page
from haicap.verify.queries import verdicts_on


@sees("read_submitted")
def case(request: AuthenticatedRequest, pk: int) -> HttpResponse:
    """Show one matter with its voices, its assignment, its reply and its verdicts."""
    row = get_object_or_404(
        Case.objects.visible_to(request.user).select_related("lead"), pk=pk
    )
    today = timezone.localdate()
    shown = case_page(row, request.user, all_voices="voices" in request.GET, on=today)
    return page(
        request,
        "desk/case.html",
        {
            "case": row,
            "shown": shown,
            "work": work_on(row, request.user, today, voices=shown.all_voices),
            "verdicts": verdicts_on(row, request.user),
            "office": shown.office,
            "all_voices": shown.voices,
            "why_not_regroup": shown.why_not_regroup,
            "undoable": shown.undoable,
            "today": today,
        },
    )


@sees("read_submitted")
def due(request: AuthenticatedRequest, pk: int) -> HttpResponse:
    """Show, for the printer, how the last day of one matter is counted."""
    row = get_object_or_404(
        Case.objects.visible_to(request.user).select_related("lead"), pk=pk
    )
    today = timezone.localdate()
    context = {"case": row, "due": due_on_paper(row, today), "today": today}
    return page(request, "desk/case_due.html", context)
