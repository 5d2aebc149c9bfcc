"""Send files, and see of each what became of it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from django.core.files.uploadedfile import UploadedFile
from django.http import HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, redirect
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from haicap.core.errors import BadInput
from haicap.listen import queries
from haicap.listen.actions import documents as actions
from haicap.listen.forms import MOST_FILES, WHOLE, SendForm
from haicap.listen.intake.limits import FILE_BYTES, MEGABYTE
from haicap.listen.models import Document, Round
from haicap.listen.views.documents import said
from haicap.people import permissions
from haicap.people.guard import AuthenticatedRequest, acts, sees
from haicap.people.models import User
from haicap.places.models import Unit
from haicap.ui.page import page


@dataclass(frozen=True)
class Outcome:
    """What became of one file of a form."""

    name: str
    document: Document | None = None
    is_new: bool = False
    is_visible: bool = True
    sentence: str = ""
    n_read: int = 0

    @property
    def reason(self) -> str:
        """Return why the machine could not take the file, in the reader's language."""
        return said(self.document.reason) if self.document else ""


def outcome_of(document: Document, *, is_new: bool, is_visible: bool = True) -> Outcome:
    """Return what became of a file that is here."""
    total, _unsure, _open = queries.statement_counts([document.pk]).get(
        document.pk, (0, 0, 0)
    )
    return Outcome(document.name, document, is_new, is_visible, n_read=total)


@sees("draft")
def send(request: AuthenticatedRequest) -> HttpResponse:
    """Show the form, and how far the files are that were just sent."""
    form = SendForm(
        user=request.user,
        today=timezone.localdate(),
        initial={
            "round": request.GET.get("round", ""),
            "unit": request.GET.get("unit", ""),
        },
    )
    sent = [word for word in request.GET.get("sent", "").split(",") if word.isdigit()]
    known = set(request.GET.get("known", "").split(","))
    rows = Document.objects.visible_to(request.user).select_related(
        "round", "unit", "sent_by"
    )
    files = list(rows.filter(pk__in=sent[:MOST_FILES])) if sent else []
    tallies = queries.statement_counts(one.pk for one in files) if files else {}
    outcomes = [
        Outcome(
            one.name,
            one,
            is_new=str(one.pk) not in known,
            n_read=tallies.get(one.pk, (0, 0, 0))[0],
        )
        for one in files
    ]
    return page(request, "listen/send.html", send_context(request, form, outcomes))


def send_context(
    request: AuthenticatedRequest, form: SendForm, outcomes: Sequence[Outcome]
) -> dict[str, Any]:
    """Return what the page of sending shows."""
    return {
        "form": form,
        "outcomes": outcomes,
        "is_office": permissions.reaches_province(request.user, "draft"),
        "megabytes": {kind: size // MEGABYTE for kind, size in FILE_BYTES.items()},
    }


@acts("draft")
def receive(request: AuthenticatedRequest) -> HttpResponse:
    """
    Keep the files of the form, and say of each what became of it.

    Good files are kept even when another one of the form is refused. A script sends one
    file at a time, each with its own key, and gets a receipt to compare.
    """
    form = SendForm(
        request.POST, request.FILES, user=request.user, today=timezone.localdate()
    )
    wants_receipt = request.headers.get("Accept", "") == "application/json"
    if not form.is_valid():
        if not permissions.has(request.user, "draft") or is_foreign(form, request.user):
            permissions.check(request.user, "draft")
        if wants_receipt:
            words = [str(word) for words in form.errors.values() for word in words]
            return JsonResponse({"sentence": " ".join(words)}, status=422)
        context = send_context(request, form, [])
        return page(request, "listen/send.html", context, status=422)
    outcomes = [
        take(
            upload,
            round_=form.cleaned_data["round"],
            unit=form.cleaned_data["unit"],
            by=request.user,
        )
        for upload in form.cleaned_data["files"]
    ]
    if wants_receipt:
        return receipt(request, outcomes[0])
    if not any(outcome.sentence for outcome in outcomes):
        return redirect(sent_url(outcomes))
    is_kept = any(outcome.document for outcome in outcomes)
    context = send_context(request, form, outcomes)
    return page(request, "listen/send.html", context, status=200 if is_kept else 422)


def is_foreign(form: SendForm, user: User) -> bool:
    """Return whether the form names a unit that exists and is not this person's."""
    code = form.data.get("unit", "")
    foreign = code == WHOLE or Unit.objects.filter(code=code).exists()
    return (
        foreign
        and code not in form.units
        and not permissions.reaches_province(user, "draft")
    )


def take(
    upload: UploadedFile[Any], *, round_: Round, unit: Unit | None, by: User
) -> Outcome:
    """Receive one file of the form; a refusal is said beside its name."""
    name = actions.shown_name(upload.name or "")
    try:
        received = actions.receive(
            round_=round_,
            unit=unit,
            name=name,
            chunks=upload.chunks(),
            by=by,
            at=timezone.now(),
        )
    except BadInput as error:
        return Outcome(name, sentence=_(str(error.sentence)) % error.params)
    document = received.document
    seen = received.is_new or Document.objects.visible_to(by).filter(pk=document.pk)
    return outcome_of(document, is_new=received.is_new, is_visible=bool(seen))


def sent_url(outcomes: Sequence[Outcome]) -> str:
    """Return the address that shows these files, also when it is opened again."""
    files = [one.document for one in outcomes if one.document]
    query = {"sent": ",".join(str(one.pk) for one in files)}
    query["round"] = str(files[0].round_id)
    known = [one.document for one in outcomes if one.document and not one.is_new]
    if known:
        query["known"] = ",".join(str(one.pk) for one in known)
    return f"{reverse('listen:send')}?{urlencode(query, safe=',')}"


def receipt(request: AuthenticatedRequest, outcome: Outcome) -> JsonResponse:
    """Return what the sender compares with its own file before it says "sent"."""
    if outcome.document is None:
        return JsonResponse({"sentence": outcome.sentence}, status=422)
    html = render_to_string(
        "listen/_send_line.html", {"outcome": outcome}, request=request
    )
    return JsonResponse(
        {
            "document": outcome.document.pk,
            "sha256": outcome.document.sha256,
            "is_new": outcome.is_new,
            "html": html,
        }
    )


@sees("read_submitted")
def document_line(request: AuthenticatedRequest, pk: int) -> HttpResponse:
    """Show how far one of the files just sent is; the page asks until it is read."""
    document = get_object_or_404(
        Document.objects.visible_to(request.user).select_related(
            "round", "unit", "sent_by"
        ),
        pk=pk,
    )
    is_new = request.GET.get("known") != "1"
    context = {"outcome": outcome_of(document, is_new=is_new)}
    html = render_to_string("listen/_send_line.html", context, request=request)
    return HttpResponse(html)
