"""The page of outcomes, and the forms of the author's word."""

from __future__ import annotations

from dataclasses import replace

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _

from haicap.people.guard import AuthenticatedRequest, acts, sees
from haicap.resolve.models import Case, Delivery
from haicap.ui.page import page
from haicap.verify.actions import outcomes as actions
from haicap.verify.forms import AskReopenForm, DeclineForm, ReopenForm
from haicap.verify.models import Outcome
from haicap.verify.queries import VerdictsOn, outcomes_for, verdicts_on


@sees("decide_reopening")
def outcomes(request: AuthenticatedRequest) -> HttpResponse:
    """Show the requests to reopen, oldest first, and the cases whose authors are asked."""
    after = request.GET.get("after", "")
    shown = outcomes_for(request.user, after=int(after) if after.isdigit() else 0)
    return page(request, "verify/outcomes.html", {"shown": shown})


@acts("give_feedback")
def accept(request: AuthenticatedRequest, pk: int) -> HttpResponse:
    """Keep that the commune says: it is solved for us."""
    delivery = own(request, pk)
    actions.accept(delivery=delivery, by=request.user, at=timezone.now())
    messages.success(request, _("Thank you. The province knows that it is solved."))
    return redirect(back(request, delivery.reply.case))


@acts("ask_reopening")
def ask_reopen(request: AuthenticatedRequest, pk: int) -> HttpResponse:
    """Keep what the commune still misses, for the office."""
    delivery = own(request, pk)
    form = AskReopenForm(request.POST, prefix=f"ask-{delivery.pk}")
    case = delivery.reply.case
    if not form.is_valid():
        verdicts = verdicts_on(case, request.user)
        mine = [
            replace(each, form=form) if each.delivery.pk == delivery.pk else each
            for each in verdicts.mine
        ]
        return again(request, replace(verdicts, mine=mine))
    actions.ask_reopen(
        delivery=delivery, by=request.user, at=timezone.now(), **form.cleaned_data
    )
    messages.success(request, _("The office has your request and will answer it."))
    return redirect(back(request, case))


@acts("decide_reopening")
def decide_reopen(request: AuthenticatedRequest, pk: int) -> HttpResponse:
    """Reopen, or decline with a reason: the button that was pressed says which."""
    outcome = get_object_or_404(
        Outcome.objects.visible_to(request.user).select_related(
            "delivery__reply__case__lead"
        ),
        pk=pk,
    )
    case = outcome.delivery.reply.case
    now = timezone.now()
    is_granted = request.POST.get("decision") == "reopen"
    typed = request.POST
    reopen_form = ReopenForm(typed if is_granted else None, prefix=f"reopen-{pk}")
    decline_form = DeclineForm(None if is_granted else typed, prefix=f"decline-{pk}")
    if reopen_form.is_valid():
        actions.reopen(
            outcome=outcome, by=request.user, at=now, **reopen_form.cleaned_data
        )
        messages.success(request, _("The case is with its agency again."))
        return redirect(back(request, case))
    if decline_form.is_valid():
        actions.decline(
            outcome=outcome, by=request.user, at=now, **decline_form.cleaned_data
        )
        messages.success(request, _("The commune is told why the case stays."))
        return redirect(back(request, case))
    verdicts = verdicts_on(case, request.user)
    requests = [
        replace(each, reopen_form=reopen_form, decline_form=decline_form)
        if each.outcome.pk == pk
        else each
        for each in verdicts.requests
    ]
    return again(request, replace(verdicts, requests=requests))


@acts("confirm_outcome")
def close(request: AuthenticatedRequest, pk: int) -> HttpResponse:
    """End the matter."""
    case = get_object_or_404(Case.objects.visible_to(request.user), pk=pk)
    actions.close(case=case, by=request.user, at=timezone.now())
    messages.success(request, _("%(code)s is closed.") % {"code": case.code})
    return redirect(back(request, case))


def own(request: AuthenticatedRequest, pk: int) -> Delivery:
    """Return an arrival that this person may see, with its reply and case."""
    rows = Delivery.objects.visible_to(request.user)
    return get_object_or_404(rows.select_related("reply__case__lead", "unit"), pk=pk)


def again(request: AuthenticatedRequest, verdicts: VerdictsOn) -> HttpResponse:
    """Return the part with what was typed and what is wrong with it."""
    context = {"case": verdicts.case, "verdicts": verdicts}
    return page(request, "verify/word.html", context, status=422)


def back(request: AuthenticatedRequest, case: Case) -> Case | str:
    """Return the page of ours that the form was on, else the case."""
    target = request.POST.get("next", "")
    if url_has_allowed_host_and_scheme(target, {request.get_host()}):
        return target
    return case
