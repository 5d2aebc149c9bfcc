"""The page's questions about grouping: what may be one matter, what can be undone."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field

from haicap.listen.models import Recommendation
from haicap.people.models import User
from haicap.resolve import policies_grouping as policies
from haicap.resolve.models import Case, Regrouping, Voice
from haicap.resolve.reasons import differs_in_words, why_in_words
from haicap.synthesise.models import Suggestion, SuggestionMember, SuggestionState


@dataclass(frozen=True)
class Member:
    """One ask of a suggested group, with the case that carries it, if one does."""

    ask: Recommendation
    case: Case | None


@dataclass(frozen=True)
class Group:
    """One suggestion as the page shows it; `case` is the one that it would join."""

    suggestion: Suggestion
    members: list[Member]
    why: str
    differs: str
    percent: int
    case: Case | None
    n_units: int
    title: str


@dataclass(frozen=True)
class Suggestions:
    """Everything that the page of same matters shows."""

    groups: list[Group]
    n_open: int
    n_loose: int  # asks that no case carries yet
    n_new: int  # of these, those that came since the last look
    dismissed: list[Group] = field(default_factory=list)


def suggestions(user: User, *, limit: int = 20) -> Suggestions:
    """Return the groups to look at, likeliest first; six queries whatever their size."""
    waiting = Suggestion.objects.filter(state=SuggestionState.OPEN)
    rows = list(waiting[:limit])
    dismissed = list(
        Suggestion.objects.filter(state=SuggestionState.DISMISSED).order_by(
            "-settled_at"
        )[:5]
    )
    members = members_of([*rows, *dismissed])
    last = rows[0].made_at if rows else None
    if last is None:
        newest = Suggestion.objects.order_by("-made_at").first()
        last = newest.made_at if newest else None
    loose = Recommendation.objects.visible_to(user).without_case()
    n_loose = loose.count()
    return Suggestions(
        groups=[shown(row, members[row.pk]) for row in rows],
        n_open=waiting.count() if len(rows) == limit else len(rows),
        n_loose=n_loose,
        n_new=loose.filter(accepted_at__gt=last).count() if last else n_loose,
        dismissed=[shown(row, members[row.pk]) for row in dismissed],
    )


def members_of(rows: list[Suggestion]) -> dict[int, list[Member]]:
    """Return the members of each suggestion with their units and cases."""
    links = SuggestionMember.objects.filter(suggestion__in=rows).select_related(
        "recommendation__unit", "recommendation__document"
    )
    links = links.order_by("recommendation_id")
    carried = {
        voice.recommendation_id: voice.case
        for voice in Voice.objects.filter(
            recommendation__suggestions__in=rows
        ).select_related("case")
    }
    members: dict[int, list[Member]] = defaultdict(list)
    for link in links:
        ask = link.recommendation
        members[link.suggestion_id].append(Member(ask, carried.get(ask.pk)))
    return members


def shown(row: Suggestion, members: list[Member]) -> Group:
    """Return one suggestion as the page shows it."""
    cases = [member.case for member in members if member.case]
    shortest = min((member.ask.text for member in members), key=len, default="")
    return Group(
        suggestion=row,
        members=members,
        why=why_in_words(row.why),
        differs=differs_in_words(row.differs),
        percent=round(row.score * 100),
        case=cases[0] if cases else None,
        n_units=len({member.ask.unit_id or member.ask.said_by for member in members}),
        title=cases[0].title if cases else shortest[:1].upper() + shortest[1:200],
    )


def last_undoable(case: Case) -> Regrouping | None:
    """Return the last step on this case that can still be taken back, if any."""
    if case.state not in policies.REGROUPABLE:
        return None
    return case.regroupings.filter(undone_at__isnull=True).only("at").first()
