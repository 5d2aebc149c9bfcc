"""See how far a file is, approve it, take it back, get it as it came."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlencode

from django.contrib import messages
from django.db.models import Q
from django.http import FileResponse, Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import NoReverseMatch, reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from haicap.listen import policies, queries, storage
from haicap.listen.actions import documents as actions
from haicap.listen.models import Document, Round
from haicap.listen.states import UNSURE_BELOW, DocumentState, StatementState
from haicap.people import permissions
from haicap.people.guard import AuthenticatedRequest, acts, sees
from haicap.people.models import User
from haicap.places.models import Unit
from haicap.ui.page import page


MOST_SHOWN = 300
BUSY = (DocumentState.WAITING, DocumentState.READING)


# --- the list -------------------------------------------------------------------


@sees("read_submitted")
def documents(request: AuthenticatedRequest) -> HttpResponse:
    """Show the files: for the office what waits to be checked, oldest first."""
    tabs = queries.tabs_for(request.user)
    tab = request.GET.get("tab", "")
    tab = tab if tab in tabs else next(iter(tabs))
    round_id = number(request.GET.get("round"))
    unit_code = request.GET.get("unit", "")
    found = queries.documents(
        request.user,
        tab=tab,
        after=number(request.GET.get("after")),
        round_id=round_id,
        unit_code=unit_code,
    )
    kept = {"round": round_id or "", "unit": unit_code}
    kept = {name: value for name, value in kept.items() if value}
    is_office = tabs is queries.OFFICE_TABS
    context = {
        "found": found,
        "rows": [(row, said(row.document.reason)) for row in found.rows],
        "tab": tab,
        "tabs": [
            {
                "label": label,
                "url": f"?{urlencode({'tab': name, **kept})}",
                "count": found.counts[name],
                "current": name == tab,
                "late": name == "trouble",
                "own": False,
            }
            for name, label in tab_words(tabs)
        ],
        "chips": filter_chips(round_id, unit_code, tab),
        "is_office": is_office,
        "is_agency": tabs is queries.AGENCY_TABS,
        "can_send": permissions.has(request.user, "draft"),
        "can_check": permissions.has(request.user, "screen"),
        "next_url": f"?{urlencode({'tab': tab, **kept, 'after': found.next_after})}"
        if found.next_after
        else "",
        "first_url": f"?{urlencode({'tab': tab, **kept})}"
        if request.GET.get("after")
        else "",
    }
    return page(request, "listen/documents.html", context)


def number(word: str | None) -> int | None:
    """Return the number of an address's word; None when it is none."""
    return int(word) if word and word.isdigit() and len(word) < 16 else None


def tab_words(tabs: dict[str, Q]) -> list[tuple[str, str]]:
    """Return the name and the words of each tab."""
    if tabs is queries.AGENCY_TABS:
        return [("all", _("All files"))]
    if tabs is queries.OFFICE_TABS:
        return [
            ("check", _("To check")),
            ("reading", _("Being read")),
            ("trouble", _("Could not be read")),
            ("checked", _("Checked")),
            ("left", _("Refused or withdrawn")),
        ]
    return [
        ("all", _("All files")),
        ("approve", _("Waiting for our leader")),
        ("sent", _("Sent to the province")),
        ("trouble", _("Could not be read")),
    ]


def filter_chips(
    round_id: int | None, unit_code: str, tab: str
) -> list[dict[str, str]]:
    """Return the set filters in words, each with the address without it."""
    chips = []
    if round_id and (one := Round.objects.filter(pk=round_id).first()):
        rest = {"tab": tab} | ({"unit": unit_code} if unit_code else {})
        chips.append({"label": one.name, "remove": f"?{urlencode(rest)}"})
    if unit_code and (unit := Unit.objects.filter(code=unit_code).first()):
        rest = {"tab": tab} | ({"round": str(round_id)} if round_id else {})
        chips.append({"label": unit.name, "remove": f"?{urlencode(rest)}"})
    return chips


# --- one file -------------------------------------------------------------------


@sees("read_submitted")
def document(request: AuthenticatedRequest, pk: int) -> HttpResponse:
    """Show how far the file is, what was read in it, and what to do next."""
    one = get_object_or_404(
        Document.objects.visible_to(request.user).select_related(
            "round", "unit", "sent_by", "submitted_by"
        ),
        pk=pk,
    )
    return page(request, "listen/document.html", document_context(request.user, one))


def document_context(user: User, one: Document) -> dict[str, Any]:
    """Return what the page of one file shows to this person."""
    shown = []
    if one.state in (DocumentState.READ, DocumentState.CHECKED):
        shown = list(
            one.statements.exclude(state=StatementState.REJECTED)[: MOST_SHOWN + 1]
        )
    is_own = one.unit_id is not None and one.unit_id in user.unit_ids
    is_leader = is_own and permissions.has(user, "submit")
    n_unsure = sum(
        1
        for statement in shown
        if statement.confidence is not None and statement.confidence < UNSURE_BELOW
    )
    can_retry = permissions.allows(user, "draft", unit_id=one.unit_id)
    return {
        "document": one,
        "is_busy": one.state in BUSY,
        "is_own": is_own,
        "is_agency": queries.tabs_for(user) is queries.AGENCY_TABS,
        "reason": said(one.reason),
        "notes": [said(note) for note in one.notes],
        "faults": [fault | {"words": words_of(fault)} for fault in one.faults],
        "statements": shown[:MOST_SHOWN],
        "n_statements": len(shown),
        "has_more": len(shown) > MOST_SHOWN,
        "n_unsure": n_unsure,
        "unsure_below": UNSURE_BELOW,
        "n_asks": sum(1 for one in shown if one.kind == "recommendation"),
        "can_submit": is_leader and one.submitted_at is None,
        "why_not_submit": second_person(user, one)
        or policies.why_not(policies.check_submit, one),
        "can_withdraw": is_leader
        and one.state not in (DocumentState.WITHDRAWN, *BUSY)
        and not policies.why_not(policies.check_withdraw, one),
        "can_retry": can_retry and not policies.why_not(policies.check_retry, one),
        "can_send": can_retry,
        "has_file": one.state != DocumentState.REFUSED,
        "review_url": review_url(one) if permissions.has(user, "screen") else "",
    }


def second_person(user: User, one: Document) -> str:
    """Return why this leader may not approve the file: it is their own."""
    if one.sent_by_id != user.pk:
        return ""
    return _("You sent this file yourself. Another leader of the unit approves it.")


def review_url(one: Document) -> str:
    """Return where the office checks what was read, once there is such a page."""
    if one.state not in (DocumentState.READ, DocumentState.CHECKED):
        return ""
    try:
        return reverse("listen:review", args=[one.pk])
    except NoReverseMatch:
        return ""


def said(pair: list[Any]) -> str:
    """Return a stored [sentence, parameters] in the reader's language."""
    if not pair:
        return ""
    sentence, params = pair
    return _(sentence) % params if params else _(sentence)


def words_of(fault: dict[str, Any]) -> str:
    """Return a workbook's fault in the reader's language."""
    return said([fault["sentence"], fault["params"]])


@sees("read_submitted")
def original(request: AuthenticatedRequest, pk: int) -> FileResponse:
    """Give the file as it came: to keep, never to open inside the page."""
    one = get_object_or_404(Document.objects.visible_to(request.user), pk=pk)
    try:
        file = storage.open_file(one.sha256)
    except FileNotFoundError:
        raise Http404 from None
    response = FileResponse(
        file,
        as_attachment=True,
        filename=one.name,
        content_type="application/octet-stream",
    )
    response["X-Content-Type-Options"] = "nosniff"
    response["Content-Security-Policy"] = "sandbox; default-src 'none'"
    return response


def visible(request: AuthenticatedRequest, pk: int) -> Document:
    """Return the file when the person may see it; else 404."""
    return get_object_or_404(Document.objects.visible_to(request.user), pk=pk)


@acts("submit")
def submit(request: AuthenticatedRequest, pk: int) -> HttpResponse:
    """Approve the commune's file and send it to the province."""
    one = actions.submit(
        document=visible(request, pk), by=request.user, at=timezone.now()
    )
    messages.success(request, _("Sent to the province. The office checks it next."))
    return redirect(one)


@acts("withdraw")
def withdraw(request: AuthenticatedRequest, pk: int) -> HttpResponse:
    """Take the file back before anything in it was accepted."""
    one = actions.withdraw(
        document=visible(request, pk), by=request.user, at=timezone.now()
    )
    messages.success(request, _("Withdrawn. The file itself stays in the records."))
    return redirect(one)


@acts("draft")
def retry(request: AuthenticatedRequest, pk: int) -> HttpResponse:
    """Let the machine try an unreadable file again."""
    one = actions.retry(
        document=visible(request, pk), by=request.user, at=timezone.now()
    )
    return redirect(one)
