"""Forms of a reply: draft, hand on, send, confirm, return."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from haicap.people import permissions
from haicap.people.guard import AuthenticatedRequest, acts
from haicap.resolve.actions import replies
from haicap.resolve.forms import ConfirmForm, DraftForm, ReasonForm, SendForm
from haicap.resolve.models import Case, Reply
from haicap.resolve.policies import Stale
from haicap.resolve.queries_work import work_on
from haicap.resolve.views.assignments import again
from haicap.ui.page import page, wants_part


PART = "resolve/_reply.html"


@acts("draft_reply")
def draft(request: AuthenticatedRequest, pk: int) -> HttpResponse:
    """Keep the draft; the page's own timer calls this as well, and gets a line back."""
    case = get_object_or_404(Case.objects.visible_to(request.user), pk=pk)
    form = DraftForm(request.POST)
    if not form.is_valid():
        if wants_part(request):
            return saved_line(
                request, case, form.data.get("version", "0"), invalid=True
            )
        work = work_on(case, request.user, timezone.localdate())
        return again(request, replace(work, draft_form=form), PART)
    try:
        reply = save(request, case, form)
    except Stale:
        if wants_part(request):
            return saved_line(request, case, form.cleaned_data["version"], stale=True)
        return both(request, case, form)
    if wants_part(request):
        return saved_line(request, case, reply.version, at=timezone.now())
    messages.success(request, _("The draft is saved."))
    return redirect(case)


@acts("draft_reply")
def hand_on(request: AuthenticatedRequest, pk: int) -> HttpResponse:
    """Keep the draft and put it before the head."""
    case = get_object_or_404(Case.objects.visible_to(request.user), pk=pk)
    form = DraftForm(request.POST)
    if not form.is_valid():
        work = work_on(case, request.user, timezone.localdate())
        return again(request, replace(work, draft_form=form), PART)
    try:
        reply = save(request, case, form)
    except Stale:
        return both(request, case, form)
    replies.hand_on(
        case=case, version=reply.version, by=request.user, at=timezone.now()
    )
    messages.success(request, _("The draft waits for signature."))
    return redirect(case)


@acts("send_reply")
def send(request: AuthenticatedRequest, pk: int) -> HttpResponse:
    """Issue the draft that the head has read."""
    case = get_object_or_404(Case.objects.visible_to(request.user), pk=pk)
    # Said before the form is looked at: a coordinator is told whose letter it is.
    permissions.check(request.user, "send_reply", lead_id=case.lead_id)
    kept = Reply.objects.visible_to(request.user).filter(case=case, state="draft")
    form = SendForm(request.POST, draft=kept.first())
    if not form.is_valid():
        work = work_on(case, request.user, timezone.localdate())
        return again(request, replace(work, draft_form=form), PART)
    values = form.cleaned_data
    try:
        replies.send(
            case=case,
            by=request.user,
            at=timezone.now(),
            **{name: values[name] for name in SENT},
        )
    except Stale:
        return both(request, case, form)
    messages.success(
        request, _("Sent. The office confirms it, then the communes read.")
    )
    return redirect(case)


SENT = (
    "version",
    "number",
    "issued_on",
    "outcome_class",
    "products",
    "forwarded_to",
    "forwarding_document",
    "contact",
)


@acts("confirm_outcome")
def confirm(request: AuthenticatedRequest, pk: int) -> HttpResponse:
    """Confirm the class and deliver the reply to every author."""
    reply = get_object_or_404(
        Reply.objects.visible_to(request.user).select_related("case"), pk=pk
    )
    form = ConfirmForm(request.POST)
    if form.is_valid():
        values = form.cleaned_data
        changed = values["outcome_class"] != reply.outcome_class
        if changed and not values["reason"].strip():
            form.add_error("reason", _("Say why, so that the agency knows."))
    if not form.is_valid():
        work = work_on(reply.case, request.user, timezone.localdate())
        return again(request, replace(work, confirm_form=form), PART)
    replies.confirm(
        reply=reply, by=request.user, at=timezone.now(), **form.cleaned_data
    )
    n = reply.deliveries.count()
    words = ngettext(
        "Confirmed. %(n)s commune has the reply now.",
        "Confirmed. %(n)s communes have the reply now.",
        n,
    )
    messages.success(request, words % {"n": n})
    return redirect(reply.case)


@acts("confirm_outcome")
def send_back(request: AuthenticatedRequest, pk: int) -> HttpResponse:
    """Return the reply to its agency with a reason."""
    reply = get_object_or_404(
        Reply.objects.visible_to(request.user).select_related("case"), pk=pk
    )
    form = ReasonForm(request.POST, prefix="back")
    if not form.is_valid():
        work = work_on(reply.case, request.user, timezone.localdate())
        return again(request, replace(work, return_form=form), PART)
    replies.send_back(
        reply=reply, by=request.user, at=timezone.now(), **form.cleaned_data
    )
    messages.success(request, _("The reply went back to its agency."))
    return redirect(reply.case)


def save(request: AuthenticatedRequest, case: Case, form: DraftForm) -> Reply:
    """Keep what the composer holds."""
    return replies.save_draft(
        case=case, by=request.user, at=timezone.now(), **form.cleaned_data
    )


def both(request: AuthenticatedRequest, case: Case, form: DraftForm) -> HttpResponse:
    """Return 409 with what was typed and what stands, and a form to save either."""
    theirs = Reply.objects.visible_to(request.user).filter(case=case).first()
    mine = request.POST.copy()
    mine["version"] = str(theirs.version if theirs else 0)
    context: dict[str, Any] = {
        "case": case,
        "form": DraftForm(mine),
        "mine": form.cleaned_data["text"],
        "theirs": theirs,
    }
    return page(request, "resolve/conflict.html", context, status=409)


def saved_line(
    request: AuthenticatedRequest,
    case: Case,
    version: int | str,
    *,
    at: datetime | None = None,
    stale: bool = False,
    invalid: bool = False,
) -> HttpResponse:
    """Return the line under the composer, with the keys of the next save in it."""
    context = {
        "case": case,
        "version": version,
        "saved_at": at,
        "is_stale": stale,
        "is_invalid": invalid,
    }
    status = 409 if stale else 422 if invalid else 200
    return render(request, "resolve/_draft_saved.html", context, status=status)
