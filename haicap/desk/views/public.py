"""
What everybody may read: answered matters that the office published, in plain words.

Nothing of an unpublished case, no person's name, no voice's own words leave through here.
"""

from __future__ import annotations

from typing import Any

from django.db.models import Count, QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils.translation import get_language
from django.views.decorators.http import require_safe

from haicap.desk.lists import containing
from haicap.listen.taxonomy import field_label
from haicap.people.guard import open_to_all
from haicap.places.models import Unit
from haicap.resolve.models import Case, Delivery, Reply
from haicap.resolve.states import ANSWERED, ReplyState
from haicap.ui.page import page
from haicap.verify.models import Verdict


PAGE = 20


def published() -> QuerySet[Case]:
    """Return the answered matters that the office published, newest first."""
    return Case.objects.filter(published_at__isnull=False, state__in=ANSWERED).order_by(
        "-published_at", "-pk"
    )


@open_to_all
@require_safe
def public(request: HttpRequest) -> HttpResponse:
    """Show what was published, searchable, twenty a page."""
    words = request.GET.get("q", "").strip()[:200]
    found = containing(published(), words) if words else published()
    before = request.GET.get("before", "")
    if before.isdecimal():
        edge = published().filter(pk=before).values_list("published_at", flat=True)
        at = edge.first()
        if at is not None:
            found = found.filter(published_at__lte=at).exclude(
                published_at=at, pk__gte=int(before)
            )
    shown = list(found.select_related("lead")[: PAGE + 1])
    rows = shown[:PAGE]
    return page(
        request,
        "desk/public.html",
        {
            "q": words,
            "lines": lines(rows),
            "next": rows[-1].pk if len(shown) > PAGE else None,
            "n": published().count(),
        },
    )


def lines(cases: list[Case]) -> list[dict[str, Any]]:
    """Return the matters as lines, with how many communes asked and confirmed."""
    language = get_language() or "vi"
    latest = latest_replies(cases)
    confirmed = confirmations([reply.pk for reply in latest.values()])
    return [
        {
            "case": case,
            "field": field_label(case.field, language),
            "reply": latest.get(case.pk),
            "n_units": confirmed.get(latest[case.pk].pk, (0, 0))[0]
            if case.pk in latest
            else 0,
            "n_confirmed": confirmed.get(latest[case.pk].pk, (0, 0))[1]
            if case.pk in latest
            else 0,
        }
        for case in cases
    ]


def latest_replies(cases: list[Case]) -> dict[int, Reply]:
    """Return the confirmed reply that holds for each case."""
    rows = Reply.objects.filter(
        case__in=[case.pk for case in cases], state=ReplyState.CONFIRMED
    ).order_by("pk")
    return {reply.case_id: reply for reply in rows}


def confirmations(replies: list[int]) -> dict[int, tuple[int, int]]:
    """Return for each reply how many communes have it and how many confirmed it."""
    all_of = dict(
        Delivery.objects.filter(reply__in=replies)
        .order_by()
        .values_list("reply_id")
        .annotate(n=Count("pk"))
    )
    yes = dict(
        Delivery.objects.filter(reply__in=replies, outcome__verdict=Verdict.ACCEPTED)
        .order_by()
        .values_list("reply_id")
        .annotate(n=Count("pk"))
    )
    return {pk: (n, yes.get(pk, 0)) for pk, n in all_of.items()}


@open_to_all
@require_safe
def public_case(request: HttpRequest, pk: int) -> HttpResponse:
    """Show one published matter with its reply."""
    case = get_object_or_404(published().select_related("lead"), pk=pk)
    line = lines([case])[0]
    reply = line["reply"]
    names = (
        Unit.objects.filter(deliveries__reply=reply).order_by("name")
        if reply
        else Unit.objects.none()
    )
    return page(
        request,
        "desk/public_case.html",
        {**line, "units": [unit.name for unit in names]},
    )
