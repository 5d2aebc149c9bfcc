"""Which matters are like this one, and what was answered on them before."""

from __future__ import annotations

from dataclasses import dataclass

from django.db.models import Q

from haicap.core.text.fields import fields_of
from haicap.core.text.group import Ask, Near
from haicap.core.text.plain import Plain
from haicap.listen.models import Recommendation
from haicap.listen.models.recommendation import RecommendationQuerySet
from haicap.listen.taxonomy import FIELDS
from haicap.listen.trained import field_model
from haicap.people.models import User
from haicap.resolve.models import Case, Reply, Voice
from haicap.resolve.reasons import differs_in_words, why_in_words
from haicap.resolve.states import ANSWERED, ReplyState
from haicap.synthesise.queries import nearest_asks


MOST = 5
READ = 30  # asks that are looked through for these, since a case has many voices
ENOUGH = 8  # letters of what somebody types, before it is worth a look


@dataclass(frozen=True)
class Likely:
    """A case that is like what was asked about, with the reason and its answer."""

    case: Case
    percent: int
    why: str
    differs: str
    reply: Reply | None = None


def likely_cases(
    user: User, words: str, *, fields: tuple[str, ...] = (), but: int | None = None
) -> list[Likely]:
    """Return the cases that may be the same matter as these words; six queries."""
    words = " ".join(words.split())
    if len(words) < ENOUGH:
        return []
    if not fields:
        fields, _said = fields_of(
            Plain(words).low, taxonomy=FIELDS, model=field_model()
        )
    among = Recommendation.objects.visible_to(user).filter(voice__isnull=False)
    return cases_near(Ask("", words, fields), user, among, but=but)


def answered_before(user: User, case: Case) -> list[Likely]:
    """Return the answered cases like this one, each with its reply; seven queries."""
    among = Recommendation.objects.visible_to(user).filter(
        voice__case__state__in=[str(state) for state in ANSWERED]
    )
    ask = Ask("", case.title, (case.field,))
    found = cases_near(ask, user, among, but=case.pk)
    replies: dict[int, Reply] = {}
    told = Reply.objects.visible_to(user).filter(
        case__in=[each.case.pk for each in found], state=ReplyState.CONFIRMED
    )
    for reply in told.order_by("pk"):
        replies[reply.case_id] = reply  # the last one stands
    return [
        Likely(each.case, each.percent, each.why, each.differs, replies[each.case.pk])
        for each in found
        if each.case.pk in replies
    ]


def cases_near(
    ask: Ask, user: User, among: RecommendationQuerySet, *, but: int | None
) -> list[Likely]:
    """Return the cases that carry what is like this ask, each once, likeliest first."""
    others = among.exclude(voice__case=but) if but else among
    near: dict[int, Near] = {}
    for each in nearest_asks(ask, among=others, most=READ):
        near[int(each.key)] = each
    carried = Voice.objects.filter(recommendation__in=near).values_list(
        "recommendation_id", "case_id"
    )
    best: dict[int, Near] = {}
    for pk, case_id in carried:
        known = best.get(case_id)
        if known is None or near[pk].score > known.score:
            best[case_id] = near[pk]
    cases = Case.objects.visible_to(user).filter(pk__in=best).select_related("lead")
    found = [
        Likely(
            case,
            round(100 * best[case.pk].score),
            why_in_words(best[case.pk].why),
            differs_in_words(best[case.pk].differs),
        )
        for case in cases.filter(~Q(state="merged"))
    ]
    found.sort(key=lambda each: (-each.percent, -each.case.pk))
    return found[:MOST]
