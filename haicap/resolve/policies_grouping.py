"""May these asks and cases be put together or apart, now? Each rule can speak."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from django.utils.translation import gettext as _

from haicap.core.errors import BadInput, NotNow
from haicap.listen.models import Recommendation
from haicap.listen.states import RecommendationState
from haicap.resolve.models import Case, Regrouping, Voice
from haicap.resolve.states import CaseState


REGROUPABLE = (CaseState.OPEN, CaseState.PROPOSED, CaseState.ASSIGNED)


def check_regroup(case: Case) -> None:
    """Voices come and go only while nobody has answered yet."""
    if case.state == CaseState.MERGED:
        raise NotNow(
            _("%(code)s was merged into another case. Open that one."), code=case.code
        )
    if case.state not in REGROUPABLE:
        raise NotNow(
            _("%(code)s has a reply already, so its voices stay together."),
            code=case.code,
        )


def check_gather(recommendations: Sequence[Recommendation]) -> None:
    """Only asks that stand and that no case carries yet."""
    if not recommendations:
        raise BadInput(_("Choose at least one recommendation."))
    for ask in recommendations:
        if ask.state != RecommendationState.ACCEPTED:
            raise NotNow(_("%(code)s was withdrawn."), code=ask.code)
    carried = Voice.objects.filter(recommendation__in=recommendations)
    for voice in carried.select_related("case", "recommendation")[:1]:
        raise NotNow(
            _("%(ask)s is already in %(case)s. Move it from there."),
            ask=voice.recommendation.code,
            case=voice.case.code,
        )


def check_merge(into: Case, others: Sequence[Case]) -> None:
    """Two different cases, both without a reply."""
    if not others or any(other.pk == into.pk for other in others):
        raise BadInput(_("Choose two different cases."))
    for case in (into, *others):
        check_regroup(case)


def check_split(case: Case, voices: Sequence[Voice]) -> None:
    """Some of its voices, not all: at least one stays."""
    check_regroup(case)
    if not voices:
        raise BadInput(_("Choose the voices that speak of another matter."))
    if any(voice.case_id != case.pk for voice in voices):
        raise NotNow(_("A chosen voice has left this case since. Open the page again."))
    if len(voices) >= case.voices.count():
        raise BadInput(
            _("At least one voice has to stay. To join all, merge the cases.")
        )


def check_undo(regrouping: Regrouping, now: Mapping[str, object]) -> None:
    """Only while everything still is as this step left it."""
    if regrouping.undone_at:
        raise NotNow(_("This was already undone."))
    if now != regrouping.after:
        raise NotNow(
            _("Something was changed since then. Undo the later change first.")
        )
