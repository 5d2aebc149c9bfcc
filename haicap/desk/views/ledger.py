"""The ledger as its readers see it: newest first, paged by its own numbers."""

from __future__ import annotations

from django.db.models import Q, QuerySet
from django.http import HttpResponse
from django.utils.translation import gettext as _

from haicap.ledger.models import Event, Head
from haicap.listen.models import Document
from haicap.people import permissions
from haicap.people.guard import AuthenticatedRequest, sees
from haicap.people.models import User
from haicap.resolve.models import Case
from haicap.ui.page import page


PAGE = 50
LINKED = {"case": "desk:case", "document": "listen:document"}


def events_for(user: User) -> QuerySet[Event]:
    """
    Return the lines that this person may read: all, or those of the own unit.

    Own are what one's colleagues did, and what happened to one's files and cases.
    """
    rows = Event.objects.order_by("-seq")
    if permissions.has(user, "read_whole_ledger"):
        return rows
    colleagues = User.objects.filter(
        Q(posts__unit_id__in=user.unit_ids) | Q(posts__agency_id__in=user.agency_ids)
    )
    files = Document.objects.filter(unit_id__in=user.unit_ids)
    cases = Case.objects.visible_to(user).filter(lead_id__in=user.agency_ids)
    return rows.filter(
        Q(by_id__in=colleagues.values("pk"))
        | Q(subject_type="document", subject_id__in=files.values("pk"))
        | Q(subject_type="case", subject_id__in=cases.values("pk"))
    )


def name_of(event: Event) -> str:
    """Return what the line is about, as people quote it."""
    if event.subject_type == "case":
        return Case(pk=event.subject_id).code
    if event.subject_type == "document":
        return _("file %(n)s") % {"n": event.subject_id}
    return ""


@sees("read_ledger")
def ledger(request: AuthenticatedRequest) -> HttpResponse:
    """Show who did what, when, on what, with the head of the chain."""
    rows = events_for(request.user)
    kind = request.GET.get("kind", "")
    if kind in Event.Kind.values:
        rows = rows.filter(kind=kind)
    before = request.GET.get("before", "")
    if before.isdecimal():
        rows = rows.filter(seq__lt=int(before))
    shown = list(rows[: PAGE + 1])
    return page(
        request,
        "desk/ledger.html",
        {
            "events": [
                (one, LINKED.get(one.subject_type), name_of(one))
                for one in shown[:PAGE]
            ],
            "next": shown[PAGE - 1].seq if len(shown) > PAGE else None,
            "before": before if before.isdecimal() else "",
            "kind": kind,
            "kinds": Event.Kind.choices,
            "head": Head.objects.get(pk=1),
            "is_whole": permissions.has(request.user, "read_whole_ledger"),
        },
    )
