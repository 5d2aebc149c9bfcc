"""Rounds: who has sent, who has not, and opening a new one."""

from __future__ import annotations

from dataclasses import dataclass
from urllib.parse import urlencode

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from haicap.listen import queries
from haicap.listen.actions import rounds as actions
from haicap.listen.forms import RoundForm
from haicap.listen.models import Round
from haicap.people import permissions
from haicap.people.guard import AuthenticatedRequest, acts, sees
from haicap.ui import sheets
from haicap.ui.page import page


@dataclass(frozen=True)
class Square:
    """One of the 129: its name, where a click leads, and whether it sent."""

    name: str
    url: str
    state: str


@sees("see_province_dashboard")
def rounds(request: AuthenticatedRequest) -> HttpResponse:
    """Show the rounds, the newest first, each with how many have sent."""
    context = {
        "rows": queries.rounds(today=timezone.localdate()),
        "can_open": permissions.has(request.user, "screen"),
    }
    return page(request, "listen/rounds.html", context)


@sees("see_province_dashboard")
def round_(request: AuthenticatedRequest, pk: int) -> HttpResponse:
    """Show the 129 of one round, and by name who has not sent."""
    one = get_object_or_404(Round, pk=pk)
    found = queries.round_page(one)
    today = timezone.localdate()
    can_send = permissions.has(request.user, "draft")
    files = reverse("listen:documents")
    sending = reverse("listen:send")

    def square(unit: queries.UnitSquare) -> Square:
        base = sending if unit.state == "none" and can_send else files
        query = urlencode({"round": one.pk, "unit": unit.code})
        return Square(unit.name, f"{base}?{query}", unit.state)

    silent = [square(unit) for unit in found.those("none")]
    context = {
        "round": one,
        "is_open": one.is_open(on=today),
        "days_left": (one.closes_on - today).days,
        "squares": [square(unit) for unit in found.squares],
        "n_sent": len(found.those("sent")),
        "n_late": len(found.those("late")),
        "n_came": len(found.squares) - len(silent),
        "n_units": len(found.squares),
        "silent": silent,
        "n_silent": len(silent),
        "files_url": f"{files}?{urlencode({'round': one.pk})}",
        "can_send": can_send,
    }
    return page(request, "listen/round.html", context)


@sees("export")
def round_silent(request: AuthenticatedRequest, pk: int) -> HttpResponse:
    """Give the list of who has not sent, as a sheet."""
    permissions.check(request.user, "see_province_dashboard")
    one = get_object_or_404(Round, pk=pk)
    found = queries.round_page(one)
    columns = [
        sheets.Column(_("No."), 6, sheets.Kind.NUMBER),
        sheets.Column(_("Code"), 10),
        sheets.Column(_("Unit"), 40),
    ]
    rows = [
        (line, unit.code, unit.name)
        for line, unit in enumerate(found.those("none"), start=1)
    ]
    content = sheets.write_sheet(
        columns,
        rows,
        title=_("Not sent yet"),
        filter_sentence=one.name,
        as_of=timezone.now(),
        unit=request.user.posts_today[0].place,
        is_demo=one.is_demo,
    )
    response = HttpResponse(
        content,
        content_type="application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    )
    response["Content-Disposition"] = f'attachment; filename="chua-gui-{one.pk}.xlsx"'
    return response


@sees("screen")
def open_round(request: AuthenticatedRequest) -> HttpResponse:
    """Show the form of a new round."""
    return page(request, "listen/open_round.html", {"form": RoundForm()})


@acts("screen")
def rounds_add(request: AuthenticatedRequest) -> HttpResponse:
    """Open a new round."""
    permissions.check(request.user, "screen")
    form = RoundForm(request.POST)
    if not form.is_valid():
        return page(request, "listen/open_round.html", {"form": form}, status=422)
    one = actions.open_round(by=request.user, at=timezone.now(), **form.cleaned_data)
    messages.success(request, _("The round is open: communes can send their files."))
    return redirect("listen:round", one.pk)
