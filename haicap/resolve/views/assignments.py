"""Forms of who leads a case: propose, decide, send back, one by one or many."""

from __future__ import annotations

from dataclasses import replace

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from haicap.core.errors import BadInput
from haicap.people.guard import AuthenticatedRequest, acts
from haicap.resolve.actions import assignments
from haicap.resolve.forms import DecideForm, ProposeForm, SendBackForm
from haicap.resolve.models import Case
from haicap.resolve.queries_work import CaseWork, work_on
from haicap.ui.page import page


PART = "resolve/_assignment.html"
# A page of a list holds fewer; more than this is not one decision.
MOST = 200


@acts("propose_assignment")
def propose(request: AuthenticatedRequest, pk: int) -> HttpResponse:
    """Put a lead, coordinators and a period before the leader."""
    case = get_object_or_404(Case.objects.visible_to(request.user), pk=pk)
    form = ProposeForm(request.POST)
    if not form.is_valid():
        work = work_on(case, request.user, timezone.localdate())
        return again(request, replace(work, propose_form=form), PART)
    assignments.propose(
        case=case, by=request.user, at=timezone.now(), **form.cleaned_data
    )
    messages.success(request, _("The proposal waits for the leader."))
    return redirect(case)


@acts("decide_assignment")
def decide(request: AuthenticatedRequest, pk: int) -> HttpResponse:
    """Give the case to the proposed lead."""
    case = get_object_or_404(Case.objects.visible_to(request.user), pk=pk)
    form = DecideForm(request.POST)
    if not form.is_valid():
        raise BadInput(_("Open the case again and read the proposal that waits."))
    assignment = assignments.decide(
        case=case, by=request.user, at=timezone.now(), **form.cleaned_data
    )
    messages.success(
        request, _("%(agency)s has the case now.") % {"agency": assignment.lead}
    )
    return redirect(case)


@acts("decide_assignment")
def send_back(request: AuthenticatedRequest, pk: int) -> HttpResponse:
    """Return the proposal to the office with a reason."""
    case = get_object_or_404(Case.objects.visible_to(request.user), pk=pk)
    form = SendBackForm(request.POST, prefix="back")
    if not form.is_valid():
        work = work_on(case, request.user, timezone.localdate())
        return again(request, replace(work, send_back_form=form), PART)
    assignments.send_back(
        case=case, by=request.user, at=timezone.now(), **form.cleaned_data
    )
    messages.success(request, _("The proposal went back to the office."))
    return redirect(case)


@acts("propose_assignment")
def propose_many(request: AuthenticatedRequest) -> HttpResponse:
    """Propose, for each ticked case, the lead that its field routes to."""
    result = assignments.propose_many(
        cases=ticked(request), by=request.user, at=timezone.now()
    )
    n = len(result.done)
    done = ngettext("Proposed %(n)s case.", "Proposed %(n)s cases.", n) % {"n": n}
    tell(request, done, result)
    return redirect(came_from(request))


@acts("decide_assignment")
def decide_many(request: AuthenticatedRequest) -> HttpResponse:
    """Approve what waits for each ticked case."""
    result = assignments.decide_many(
        cases=ticked(request), by=request.user, at=timezone.now()
    )
    n = len(result.done)
    done = ngettext("Gave out %(n)s case.", "Gave out %(n)s cases.", n) % {"n": n}
    tell(request, done, result)
    return redirect(came_from(request))


def again(request: AuthenticatedRequest, work: CaseWork, part: str) -> HttpResponse:
    """Return the part with what was typed and what is wrong with it."""
    context = {"case": work.case, "work": work, "part": part}
    return page(request, "resolve/work.html", context, status=422)


def ticked(request: AuthenticatedRequest) -> list[Case]:
    """Return the ticked cases that this person may see, in the order of the page."""
    chosen = [pk for pk in request.POST.getlist("row") if pk.isdigit()][:MOST]
    if not chosen:
        raise BadInput(_("Tick at least one case first."))
    found = Case.objects.visible_to(request.user).in_bulk([int(pk) for pk in chosen])
    return [found[int(pk)] for pk in chosen if int(pk) in found]


def tell(request: AuthenticatedRequest, done: str, result: assignments.Many) -> None:
    """Say what was done, and for each refusal which case and why."""
    if result.done:
        messages.success(request, done)
    for case, sentence in result.refused:
        messages.warning(request, f"{case.code}: {sentence}")


def came_from(request: AuthenticatedRequest) -> str:
    """Return the page of ours that the list was on, else the list of cases."""
    target = request.POST.get("next", "")
    if url_has_allowed_host_and_scheme(target, {request.get_host()}):
        return target
    return "desk:cases"
