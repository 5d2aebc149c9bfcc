"""Forms of a case's clock: stop it, let it run on, ask for more time, decide on it."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.utils.translation import gettext as _

from haicap.people import permissions
from haicap.people.guard import AuthenticatedRequest, acts
from haicap.places.workdays import calendar
from haicap.resolve import policies_clock
from haicap.resolve.actions import clocks
from haicap.resolve.forms_clock import AskForm, GrantForm, RefuseForm, StopForm
from haicap.resolve.models import Case
from haicap.resolve.policies import why_not
from haicap.resolve.queries_work import work_on
from haicap.resolve.views.assignments import again
from haicap.ui.templatetags.hc import d


PART = "resolve/_clock.html"


@acts("stop_clock")
def stop(request: AuthenticatedRequest, pk: int) -> HttpResponse:
    """Let the clock stand still."""
    case = case_of(request, pk)
    permissions.check(request.user, "stop_clock", lead_id=case.lead_id)
    form = StopForm(request.POST, prefix="stop")
    if not form.is_valid():
        return faulty(request, case, stop_form=form)
    clocks.stop(case=case, by=request.user, at=timezone.now(), **form.cleaned_data)
    case.refresh_from_db()
    words = _("The clock stands still now.")
    if case.paused_on is None and case.due_on is not None:
        words = _("Noted. The last day had passed, so the case stays late.")
    messages.success(request, words)
    return redirect(case)


@acts("stop_clock")
def resume(request: AuthenticatedRequest, pk: int) -> HttpResponse:
    """Let the clock run on."""
    case = case_of(request, pk)
    clocks.resume(case=case, by=request.user, at=timezone.now())
    case.refresh_from_db()
    words = _("The clock runs on.")
    if case.due_on is not None:
        words = _("The clock runs on. Last day: %(day)s.") % {"day": d(case.due_on)}
    messages.success(request, words)
    return redirect(case)


@acts("ask_extension")
def ask_extension(request: AuthenticatedRequest, pk: int) -> HttpResponse:
    """Put a later last day before the leader."""
    case = case_of(request, pk)
    permissions.check(request.user, "ask_extension", lead_id=case.lead_id)
    form = AskForm(request.POST, prefix="ask")
    if form.is_valid():
        refusal = why_not(
            policies_clock.check_until,
            case,
            form.cleaned_data["until"],
            today=timezone.localdate(),
            calendar=calendar(),
        )
        if refusal:
            form.add_error("until", refusal)
    if not form.is_valid():
        return faulty(request, case, ask_form=form)
    clocks.ask_extension(
        case=case, by=request.user, at=timezone.now(), **form.cleaned_data
    )
    messages.success(request, _("Your request waits for the leader."))
    return redirect(case)


@acts("decide_extension")
def grant_extension(request: AuthenticatedRequest, pk: int) -> HttpResponse:
    """Give the time that was asked for."""
    case = case_of(request, pk)
    form = GrantForm(request.POST, prefix="grant")
    if not form.is_valid():
        return faulty(request, case, grant_form=form)
    clocks.grant_extension(
        case=case, by=request.user, at=timezone.now(), **form.cleaned_data
    )
    case.refresh_from_db()
    messages.success(request, _("New last day: %(day)s.") % {"day": d(case.due_on)})
    return redirect(case)


@acts("decide_extension")
def refuse_extension(request: AuthenticatedRequest, pk: int) -> HttpResponse:
    """Leave the last day as it is, with a reason."""
    case = case_of(request, pk)
    form = RefuseForm(request.POST, prefix="refuse")
    if not form.is_valid():
        return faulty(request, case, refuse_form=form)
    clocks.refuse_extension(
        case=case, by=request.user, at=timezone.now(), **form.cleaned_data
    )
    messages.success(request, _("The last day stays. The agency reads why."))
    return redirect(case)


def case_of(request: AuthenticatedRequest, pk: int) -> Case:
    """Return the case when this person may see it."""
    return get_object_or_404(Case.objects.visible_to(request.user), pk=pk)


def faulty(request: AuthenticatedRequest, case: Case, **forms: Any) -> HttpResponse:
    """Return the part with what was typed and what is wrong with it."""
    work = work_on(case, request.user, timezone.localdate())
    return again(request, replace(work, clock=replace(work.clock, **forms)), PART)
