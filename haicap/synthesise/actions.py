"""Looks for asks that may be one matter, and keeps what a person said of it."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from haicap.core.text.group import Ask, group
from haicap.ledger.models import Kind
from haicap.ledger.record import record
from haicap.listen.models import Recommendation
from haicap.people import permissions
from haicap.people.models import User
from haicap.synthesise.models import Suggestion, SuggestionMember, SuggestionState


@transaction.atomic
def refresh(*, by: User, at: datetime) -> int:
    """
    Look again at every ask without a case; return how many groups wait for a person.

    Asks of cases that may still grow take part, so a new ask finds its case. A group that
    a person called different matters does not come back unless it has a new member.
    """
    permissions.check(by, "screen")
    loose = Recommendation.objects.without_case().order_by()
    growing = (
        Recommendation.objects.standing()
        .order_by()
        .filter(voice__case__state__in=["open", "proposed", "assigned"])
    )
    rows = loose.union(growing).values_list("pk", "text", "fields", "unit__code")
    asks = [
        Ask(key=str(pk), text=text, fields=tuple(fields), units=(unit,) if unit else ())
        for pk, text, fields, unit in rows
    ]
    loose_keys = {str(pk) for pk in loose.values_list("pk", flat=True)}
    carried = {
        str(pk): case for pk, case in growing.values_list("pk", "voice__case_id")
    }
    dismissed = remembered(SuggestionState.DISMISSED)
    Suggestion.objects.filter(state=SuggestionState.OPEN).delete()
    made = 0
    for found in group(asks):
        members = set(found.members)
        if (
            not members & loose_keys
            or len({carried.get(key, key) for key in members}) < 2
        ):
            continue
        if any(members <= said for said in dismissed):
            continue
        suggestion = Suggestion.objects.create(
            score=found.score, why=[list(fact) for fact in found.why], made_at=at
        )
        SuggestionMember.objects.bulk_create(
            SuggestionMember(suggestion=suggestion, recommendation_id=int(key))
            for key in sorted(members, key=int)
        )
        made += 1
    return made


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
