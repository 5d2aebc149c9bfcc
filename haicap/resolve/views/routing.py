"""The page of who leads what, and the form that changes one line of it."""

from __future__ import annotations

from dataclasses import replace

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _

from haicap.listen.taxonomy import FIELDS
from haicap.people.guard import AuthenticatedRequest, acts, sees
from haicap.resolve.actions import routing as actions
from haicap.resolve.forms import RouteForm
from haicap.resolve.queries_routing import routes
from haicap.ui.page import page


@sees("change_reference_data")
def routing(request: AuthenticatedRequest) -> HttpResponse:
    """Show the fields with who leads them; `?field=` opens the form of one."""
    chosen = request.GET.get("field", "")
    rows = routes(timezone.localdate(), chosen)
    return page(request, "resolve/routing.html", {"rows": rows})


@acts("change_reference_data")
def change_route(request: AuthenticatedRequest, field: str) -> HttpResponse:
    """Let another rule hold for a field."""
    if field not in FIELDS:
        raise Http404
    form = RouteForm(request.POST)
    if not form.is_valid():
        rows = [
            replace(row, form=form if row.slug == field else None)
            for row in routes(timezone.localdate())
        ]
        return page(request, "resolve/routing.html", {"rows": rows}, status=422)
    actions.change(field=field, by=request.user, at=timezone.now(), **form.cleaned_data)
    messages.success(
        request, _("The rule is changed; the old one stays with its dates.")
    )
    return redirect("resolve:routing")
