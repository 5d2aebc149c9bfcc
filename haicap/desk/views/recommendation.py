"""The journey of one ask: its words in their place, its case, its answer, its verdict."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.utils import timezone
from django.utils.translation import get_language

from haicap.core.text.marks import paragraph_at, paragraphs
from haicap.listen.models import DocumentText, Recommendation
from haicap.listen.taxonomy import field_label
from haicap.people.guard import AuthenticatedRequest, sees
from haicap.places.workdays import calendar
from haicap.resolve.due import due_of
from haicap.resolve.models import Delivery, Reply
from haicap.resolve.states import CaseState, ReplyState
from haicap.ui.page import page


@sees("read_submitted")
def recommendation(request: AuthenticatedRequest, pk: int) -> HttpResponse:
    """Show one ask from its paragraph to its verdict."""
    ask = get_object_or_404(
        Recommendation.objects.visible_to(request.user).select_related(
            "statement", "document", "unit", "round", "voice__case__lead"
        ),
        pk=pk,
    )
    voice = getattr(ask, "voice", None)
    case = voice.case if voice else None
    reply, delivery = None, None
    if case is not None and case.is_answered:
        reply = (
            Reply.objects.filter(case=case, state=ReplyState.CONFIRMED)
            .order_by("-pk")
            .first()
        )
        delivery = (
            Delivery.objects.filter(reply=reply, unit=ask.unit)
            .select_related("outcome")
            .first()
        )
    before, said, after = in_its_paragraph(ask)
    return page(
        request,
        "desk/recommendation.html",
        {
            "ask": ask,
            "case": case,
            "field": field_label(ask.field, get_language() or "vi"),
            "before": before,
            "said": said,
            "after": after,
            "at": STEPS.get(case.state, 1) if case else 1,
            "due": due_of(case, on=timezone.localdate(), days=calendar())
            if case
            else None,
            "reply": reply,
            "outcome": getattr(delivery, "outcome", None) if delivery else None,
        },
    )


# Which of the four plain steps a matter is at; 5 when all are done.
STEPS: dict[str, int] = {
    CaseState.ASSIGNED: 2,
    CaseState.REPLIED: 3,
    CaseState.ANSWERED: 4,
    CaseState.CLOSED: 5,
}


def in_its_paragraph(ask: Recommendation) -> tuple[str, str, str]:
    """Return the words before it, its own words, and those after, in one paragraph."""
    statement = ask.statement
    body = DocumentText.objects.filter(document=ask.document_id).first()
    text = body.text if body else ""
    said = text[statement.start : statement.end]
    if not said or said != statement.text:
        return "", ask.text, ""
    places = paragraphs(text)
    here = paragraph_at(places, statement.start)
    last = paragraph_at(places, statement.end - 1)
    if here is None or last is None:
        return "", said, ""
    return (
        text[here.start : statement.start],
        said,
        text[statement.end : last.end],
    )
