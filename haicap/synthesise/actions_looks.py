"""Takes in the asks that came, word by word, and looks what they may belong to."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from haicap.core.text.group import NEAR
from haicap.people import permissions
from haicap.people.models import User
from haicap.synthesise.actions import as_ask, open_to_grouping, propose, refresh
from haicap.synthesise.actions_terms import not_taken_in, take_in
from haicap.synthesise.models import Suggestion, SuggestionMember, SuggestionState
from haicap.synthesise.queries import nearest_asks
from haicap.synthesise.tasks import look_at_all


FEW = 2_000  # asks that are looked at as a whole while a person waits


@transaction.atomic
def look(*, by: User, at: datetime) -> bool:
    """
    Take in what came, look what it belongs to; return whether a full look goes on.

    While asks are few, all are looked at anew at once. Beyond, only the new ones are,
    each among the few that share its rarest words, and the whole is left to a job.
    """
    permissions.check(by, "screen")
    new = not_taken_in()
    if new.count() <= FEW:
        came = take_in(new)
        if open_to_grouping().count() <= FEW:
            refresh(by=by, at=at)
            return False
        for pk in came:
            find_place(pk, at=at)
    look_at_all.enqueue(by.pk)
    return True


def find_place(pk: int, *, at: datetime) -> None:
    """Propose what a new ask may belong to: a group that waits, or asks like it."""
    among = open_to_grouping()
    row = among.filter(pk=pk, voice__isnull=True)
    values = row.values_list("pk", "text", "fields", "unit__code").first()
    if values is None:
        return
    near = nearest_asks(as_ask(*values), among=among, least=NEAR)
    if not near:
        return
    keys = [int(each.key) for each in near]
    waiting = (
        Suggestion.objects.filter(state=SuggestionState.OPEN, members__in=keys)
        .distinct()
        .first()
    )
    if waiting is None:
        propose([pk, *keys], near[0], at=at)
    else:
        SuggestionMember.objects.get_or_create(suggestion=waiting, recommendation_id=pk)
