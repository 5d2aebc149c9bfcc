"""Pages of the working calendar: its years, a decision, and what moves with it."""

from __future__ import annotations

import uuid

from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from haicap.people import permissions
from haicap.people.guard import AuthenticatedRequest, acts, sees
from haicap.places.models import CalendarDecision
from haicap.resolve.actions import calendar as actions
from haicap.resolve.clocks import local
from haicap.resolve.forms_calendar import DecisionForm
from haicap.resolve.moves import preview
from haicap.resolve.policies import Stale
from haicap.resolve.queries_calendar import (
    PART,
    Year,
    day_cells,
    day_columns,
    in_order,
    move_cells,
    move_columns,
    shown_moves,
    with_cases,
    year_page,
    years,
)
from haicap.ui import undo
from haicap.ui.page import page
from haicap.ui.sheets import Cell, Column, write_sheet


XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@sees("own_profile")
def calendar(request: AuthenticatedRequest) -> HttpResponse:
    """Show one year of the calendar, to everybody who signed in."""
    return page(request, "resolve/calendar.html", {"shown": asked_year(request)})


@sees("own_profile")
def export_calendar(request: AuthenticatedRequest) -> HttpResponse:
    """Send one year of the calendar as a workbook."""
    shown = asked_year(request)
    return workbook(
        request,
        name=_("working-calendar-%(year)s") % {"year": shown.year},
        title=_("Working calendar %(year)s") % {"year": shown.year},
        columns=day_columns(),
        cells=day_cells(shown.days),
    )


@sees("change_reference_data")
def new_decision(request: AuthenticatedRequest) -> HttpResponse:
    """Show the empty form; filled in, what would move. Nothing is stored."""
    if not request.GET:
        return page(request, "resolve/decision.html", {"form": DecisionForm()})
    form = DecisionForm(request.GET)
    if not form.is_valid():
        return page(request, "resolve/decision.html", {"form": form}, status=422)
    if "edit" in request.GET:
        return page(request, "resolve/decision.html", {"form": form})
    return before(request, form)


@sees("change_reference_data")
def export_moves(request: AuthenticatedRequest) -> HttpResponse:
    """Send what the decision in the address would move, 5,000 cases a workbook."""
    form = DecisionForm(request.GET)
    if not permissions.has(request.user, "export") or not form.is_valid():
        raise Http404
    raw = request.GET.get("part", "1")
    part = int(raw) if raw.isdecimal() and len(raw) < 4 else 1
    found = preview(form.decisions, now=local(timezone.now())).open
    some = in_order(found)[(part - 1) * PART : part * PART]
    return workbook(
        request,
        name=_("deadlines-that-move"),
        title=_("Deadlines that move"),
        columns=move_columns(),
        cells=move_cells(with_cases(some, request.user)),
        asked=form.cleaned_data["document"],
    )


@acts("change_reference_data")
def decide(request: AuthenticatedRequest) -> HttpResponse:
    """Let the days stand, if what would move is still what was shown."""
    form = DecisionForm(request.POST)
    if not form.is_valid():
        return page(request, "resolve/decision.html", {"form": form}, status=422)
    try:
        done = actions.decide(
            decisions=form.decisions,
            seen=request.POST.get("seen", ""),
            by=request.user,
            at=timezone.now(),
        )
    except Stale as refusal:
        return before(request, form, changed=str(refusal))
    undo.offer(
        request,
        told(_("The decision stands."), len(done.moves.open)),
        reverse("resolve:withdraw-decision", args=[done.group]),
    )
    return redirect(year_url(form.decisions[0].day.year))


@sees("change_reference_data")
def decision(request: AuthenticatedRequest, group: uuid.UUID) -> HttpResponse:
    """Show one decision, and what would move if it were withdrawn."""
    return after(request, group)


@acts("change_reference_data")
def withdraw(request: AuthenticatedRequest, group: uuid.UUID) -> HttpResponse:
    """Take a whole decision back, if what would move is still what was shown."""
    rows = rows_of(group)
    try:
        done = actions.withdraw(
            group=group,
            seen=request.POST.get("seen", ""),
            by=request.user,
            at=timezone.now(),
        )
    except Stale as refusal:
        return after(request, group, changed=str(refusal))
    undo.offer(request, told(_("The decision is withdrawn."), len(done.moves.open)), "")
    return redirect(year_url(rows[0].day.year))


def before(
    request: AuthenticatedRequest, form: DecisionForm, changed: str = ""
) -> HttpResponse:
    """Return what would move if the decision of the form stood."""
    found = preview(form.decisions, now=local(timezone.now()))
    query = request.GET.copy() or request.POST.copy()
    for name in ("seen", "idempotency_key", "csrfmiddlewaretoken", "edit"):
        query.pop(name, None)
    context = {
        "form": form,
        "days": [CalendarDecision.of(each) for each in form.decisions],
        "place": dict(form.fields["place"].choices)[form["place"].value()],  # type: ignore[attr-defined]
        "shown": shown_moves(found, request.user),
        "query": query.urlencode(),
        "changed": changed,
    }
    status = 409 if changed else 200
    return page(request, "resolve/decision_moves.html", context, status=status)


def after(
    request: AuthenticatedRequest, group: uuid.UUID, changed: str = ""
) -> HttpResponse:
    """Return one decision with what would move without it."""
    rows = rows_of(group)
    stands = rows[0].withdrawn_at is None
    context = {
        "days": rows,
        "first": rows[0],
        "year_url": year_url(rows[0].day.year),
        "shown": shown_moves(
            actions.without(group, now=local(timezone.now())), request.user
        )
        if stands
        else None,
        "changed": changed,
    }
    status = 409 if changed else 200
    return page(request, "resolve/decision_of_calendar.html", context, status=status)


def rows_of(group: uuid.UUID) -> list[CalendarDecision]:
    """Return the days of a decision, or 404."""
    rows = list(CalendarDecision.objects.filter(group=group).order_by("day"))
    if not rows:
        raise Http404
    return rows


def asked_year(request: AuthenticatedRequest) -> Year:
    """Return the year of the address, else this one, else the nearest that is covered."""
    raw, known = request.GET.get("year", ""), years()
    today = timezone.localdate().year
    year = int(raw) if raw.isdecimal() and len(raw) == 4 else today
    return year_page(min(max(year, known[0]), known[-1]), request.user)


def year_url(year: int) -> str:
    """Return the address of a year."""
    return f"{reverse('resolve:calendar')}?year={year}"


def told(words: str, n: int) -> str:
    """Return what was done, and how many deadlines moved with it."""
    moved = ngettext("%(n)s deadline moved.", "%(n)s deadlines moved.", n) % {"n": n}
    return f"{words} {moved}"


def workbook(
    request: AuthenticatedRequest,
    *,
    name: str,
    title: str,
    columns: list[Column],
    cells: list[list[Cell]],
    asked: str = "",
) -> HttpResponse:
    """Return a workbook to keep; its second sheet says what it is and when."""
    now = timezone.localtime()
    posts = request.user.posts_today
    body = write_sheet(
        columns,
        cells,
        title=title,
        filter_sentence=asked,
        as_of=now,
        unit=posts[0].place if posts else "",
        is_demo=request.user.is_demo,
    )
    response = HttpResponse(body, content_type=XLSX)
    response["Content-Disposition"] = content_disposition_header(
        as_attachment=True, filename=f"{name}-{now:%Y%m%d-%H%M}.xlsx"
    )
    return response
