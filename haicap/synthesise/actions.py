"""Looks for asks that may be one matter, and keeps what a person said of it."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from django.db import transaction
from django.db.models import Q

from haicap.core.text.group import Ask, Group, Near, group
from haicap.ledger.models import Kind
from haicap.ledger.record import record
from haicap.listen.models import Recommendation
from haicap.listen.models.recommendation import RecommendationQuerySet
from haicap.people import permissions
from haicap.people.models import User
from haicap.synthesise.models import Suggestion, SuggestionMember, SuggestionState


GROWING = ("open", "proposed", "assigned")  # states of a case that others may join


def refresh(*, by: User, at: datetime) -> int:
    """
    Look again at every ask without a case; return how many groups wait for a person.

    Asks of cases that may still grow take part, so a new ask finds its case. A group that
    a person called different matters does not come back unless it has a new member.
    """
    permissions.check(by, "screen")
    rows = open_to_grouping().values_list("pk", "text", "fields", "unit__code")
    asks = [as_ask(*row) for row in rows.order_by("pk")]
    loose = {
        str(pk)
        for pk in Recommendation.objects.without_case().values_list("pk", flat=True)
    }
    carried = {
        str(pk): case for pk, case in growing().values_list("pk", "voice__case_id")
    }
    groups = group(asks)  # the long part, before anything is locked
    dismissed = remembered(SuggestionState.DISMISSED)
    with transaction.atomic():
        Suggestion.objects.filter(state=SuggestionState.OPEN).delete()
        made = 0
        for found in groups:
            members = set(found.members)
            n_matters = len({carried.get(key, key) for key in members})
            if not members & loose or n_matters < 2:
                continue
            if any(members <= said for said in dismissed):
                continue
            propose(map(int, found.members), found, at=at)
            made += 1
    return made


def propose(keys: Iterable[int], found: Group | Near, *, at: datetime) -> Suggestion:
    """Put a group before a person, with the reasons."""
    suggestion = Suggestion.objects.create(
        score=found.score,
        why=[list(fact) for fact in found.why],
        differs=[list(fact) for fact in found.differs],
        made_at=at,
    )
    SuggestionMember.objects.bulk_create(
        SuggestionMember(suggestion=suggestion, recommendation_id=key)
        for key in sorted(keys)
    )
    return suggestion


def growing() -> RecommendationQuerySet:
    """Return the asks of cases that may still take in others."""
    standing = Recommendation.objects.standing().order_by()
    return standing.filter(voice__case__state__in=GROWING)


def open_to_grouping() -> RecommendationQuerySet:
    """Return the asks that may become one matter: in no case, or in one that grows."""
    return Recommendation.objects.standing().filter(
        Q(voice__isnull=True) | Q(voice__case__state__in=GROWING)
    )


def as_ask(pk: int, text: str, fields: list[str], unit: str | None) -> Ask:
    """Return an ask as the grouping sees it."""
    return Ask(str(pk), text, tuple(fields), (unit,) if unit else ())


def remembered(state: SuggestionState) -> list[set[str]]:
    """Return the members of each suggestion that a person settled in that way."""
    groups: dict[int, set[str]] = {}
    for suggestion, member in SuggestionMember.objects.filter(
        suggestion__state=state
    ).values_list("suggestion_id", "recommendation_id"):
        groups.setdefault(suggestion, set()).add(str(member))
    return list(groups.values())


@transaction.atomic
def confirm(*, suggestion: Suggestion, by: User, at: datetime) -> None:
    """Keep that a person called these one matter."""
    permissions.check(by, "screen")
    settle(suggestion, SuggestionState.CONFIRMED, by=by, at=at)


@transaction.atomic
def dismiss(*, suggestion: Suggestion, by: User, at: datetime) -> None:
    """Keep that a person called these different matters."""
    permissions.check(by, "screen")
    settle(suggestion, SuggestionState.DISMISSED, by=by, at=at)
    record(Kind.SUGGESTION_DISMISSED, subject=suggestion, by=by, at=at)


@transaction.atomic
def restore(*, suggestion: Suggestion, by: User, at: datetime) -> None:
    """Bring a dismissed group back to be looked at."""
    permissions.check(by, "screen")
    suggestion.state = SuggestionState.OPEN
    suggestion.settled_by = suggestion.settled_at = None
    suggestion.save(update_fields=["state", "settled_by", "settled_at"])
    record(Kind.SUGGESTION_RESTORED, subject=suggestion, by=by, at=at)


def settle(
    suggestion: Suggestion, state: SuggestionState, *, by: User, at: datetime
) -> None:
    """Set what a person made of it."""
    suggestion.state, suggestion.settled_by, suggestion.settled_at = state, by, at
    suggestion.save(update_fields=["state", "settled_by", "settled_at"])
