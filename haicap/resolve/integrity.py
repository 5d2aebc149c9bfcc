"""Proves that grouping lost nobody."""

from __future__ import annotations

from collections.abc import Iterator

from django.db.models import Count, Q

from haicap.listen.states import RecommendationState
from haicap.resolve.models import Case, Delivery, Reply, Voice
from haicap.resolve.states import CaseState, ReplyState


def lost_voices() -> Iterator[str]:
    """
    Yield one sentence for each voice, case or delivery that does not fit the others.

    Errors: none; an empty iterator means that every author is where they should be.
    """
    withdrawn = Voice.objects.exclude(
        recommendation__state=RecommendationState.ACCEPTED
    )
    for voice in withdrawn.select_related("case", "recommendation"):
        yield f"{voice.case.code} carries {voice.recommendation.code}, withdrawn."
    merged = Case.objects.filter(state=CaseState.MERGED, voices__isnull=False)
    for case in merged.distinct():
        yield f"{case.code} was merged but still carries voices."
    empty = Case.objects.standing().annotate(n=Count("voices")).filter(n=0)
    for case in empty:
        yield f"{case.code} carries no voice."
    confirmed = Reply.objects.filter(state=ReplyState.CONFIRMED).annotate(
        n=Count("deliveries")
    )
    for reply in confirmed.filter(
        Q(n=0), case__voices__recommendation__unit__isnull=False
    ).distinct():
        yield f"{reply.number} reached no author of {reply.case.code}."
    for delivery in Delivery.objects.exclude(reply__state=ReplyState.CONFIRMED):
        yield f"{delivery.reply.number} was delivered before it was confirmed."
