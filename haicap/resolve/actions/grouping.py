"""
Puts asks together into cases and takes them apart again; no voice is ever lost.

Each verb keeps what stood before and after in a Regrouping, so that its undo restores the
very same bytes, and refuses when anything changed in between.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from haicap.core.errors import BadInput
from haicap.core.text.fold import fold_vi
from haicap.ledger.models import Kind
from haicap.ledger.record import record
from haicap.listen.models import Recommendation
from haicap.people import permissions
from haicap.people.models import User
from haicap.resolve import policies_grouping as policies
from haicap.resolve.models import Case, Regrouping, Voice
from haicap.resolve.states import CaseState
from haicap.synthesise.actions_terms import take_in


Verb = Regrouping.Kind


@transaction.atomic
def gather(
    *,
    recommendations: Iterable[Recommendation],
    by: User,
    at: datetime,
    title: str = "",
    case: Case | None = None,
) -> Case:
    """Let one case carry these asks: a new one, or `case` when it is given."""
    permissions.check(by, "screen")
    asks = locked_asks(recommendations)
    policies.check_gather(asks)
    # What a case carries can be found by its words from the first moment.
    take_in(Recommendation.objects.filter(pk__in=[ask.pk for ask in asks]))
    if case is not None:
        case = locked_cases([case])[0]
        policies.check_regroup(case)
    before = snapshot([case] if case else [], asks)
    if case is None:
        case = Case.objects.create(
            title=clean_title(title) or title_from(asks[0].text),
            field=main_field(asks),
            round=asks[0].round,
            opened_at=at,
            is_demo=all(ask.is_demo for ask in asks),
        )
        kind, verb = Kind.CASE_OPENED, Verb.GATHER
    else:
        touch(case)
        kind, verb = Kind.VOICE_MOVED, Verb.JOIN
    Voice.objects.bulk_create(
        [Voice(case=case, recommendation=ask, joined_at=at) for ask in asks]
    )
    keep(verb, cases=[case], asks=asks, before=before, by=by, at=at)
    record(kind, subject=case, by=by, at=at, recommendations=[ask.pk for ask in asks])
    return case


@transaction.atomic
def merge(*, into: Case, others: Iterable[Case], by: User, at: datetime) -> Case:
    """Let `into` carry every voice of the others; they point to it and rest."""
    permissions.check(by, "screen")
    others_pks = {other.pk for other in others}
    cases = locked_cases([into, *Case.objects.filter(pk__in=others_pks)])
    into = next(case for case in cases if case.pk == into.pk)
    rest = [case for case in cases if case.pk != into.pk]
    policies.check_merge(into, rest)
    moved = list(Recommendation.objects.filter(voice__case__in=rest).order_by("pk"))
    before = snapshot(cases, moved)
    Voice.objects.filter(case__in=rest).update(case=into)
    for case in rest:
        case.move_to(CaseState.MERGED)
        case.merged_into = into
        touch(case)
    touch(into)
    keep(Verb.MERGE, cases=cases, asks=moved, before=before, by=by, at=at)
    record(
        Kind.CASES_MERGED,
        subject=into,
        by=by,
        at=at,
        merged=[case.pk for case in rest],
        recommendations=[ask.pk for ask in moved],
    )
    return into


@transaction.atomic
def split(
    *, case: Case, voices: Iterable[Voice], title: str, by: User, at: datetime
) -> Case:
    """Let a new case carry these voices; the old one keeps the others."""
    permissions.check(by, "screen")
    case = locked_cases([case])[0]
    leaving = locked_voices(voices)
    policies.check_split(case, leaving)
    if not clean_title(title):
        raise BadInput(_("Say in a few words what the new case is about."))
    asks = [voice.recommendation for voice in leaving]
    before = snapshot([case], asks)
    new = Case.objects.create(
        title=clean_title(title),
        field=main_field(asks),
        round=case.round,
        opened_at=at,
        is_demo=case.is_demo,
    )
    Voice.objects.filter(pk__in=[voice.pk for voice in leaving]).update(case=new)
    touch(case)
    keep(Verb.SPLIT, cases=[case, new], asks=asks, before=before, by=by, at=at)
    record(
        Kind.CASE_SPLIT,
        subject=new,
        by=by,
        at=at,
        source=case.pk,
        recommendations=[ask.pk for ask in asks],
    )
    return new


@transaction.atomic
def move(*, voices: Iterable[Voice], to: Case, by: User, at: datetime) -> Case:
    """Let `to` carry these voices instead of the case that carries them now."""
    permissions.check(by, "screen")
    leaving = locked_voices(voices)
    source = leaving[0].case if leaving else to
    cases = locked_cases([source, to])
    to = next(case for case in cases if case.pk == to.pk)
    source = next(case for case in cases if case.pk == source.pk)
    policies.check_split(source, leaving)
    policies.check_merge(to, [source])
    asks = [voice.recommendation for voice in leaving]
    before = snapshot(cases, asks)
    Voice.objects.filter(pk__in=[voice.pk for voice in leaving]).update(case=to)
    touch(source)
    touch(to)
    keep(Verb.MOVE, cases=cases, asks=asks, before=before, by=by, at=at)
    record(
        Kind.VOICE_MOVED,
        subject=to,
        by=by,
        at=at,
        source=source.pk,
        recommendations=[ask.pk for ask in asks],
    )
    return to


@transaction.atomic
def undo(*, regrouping: Regrouping, by: User, at: datetime) -> Regrouping:
    """Restore what stood before this step, byte for byte."""
    permissions.check(by, "screen")
    regrouping = Regrouping.objects.select_for_update().get(pk=regrouping.pk)
    cases = locked_cases(list(regrouping.cases.all()))
    asks = list(Recommendation.objects.filter(pk__in=list(regrouping.after["voices"])))
    policies.check_undo(regrouping, snapshot(cases, asks))
    for ask, case_pk in regrouping.before["voices"].items():
        if case_pk is None:
            Voice.objects.filter(recommendation_id=int(ask)).delete()
        else:
            Voice.objects.filter(recommendation_id=int(ask)).update(case_id=case_pk)
    subject = cases[0]
    for case in cases:
        old = regrouping.before["cases"].get(str(case.pk))
        if old is None:
            # The step itself made this case; nothing else can refer to it, or
            # check_undo would have seen the difference.
            regrouping.cases.remove(case)
            Case.objects.filter(pk=case.pk).delete()
        else:
            Case.objects.filter(pk=case.pk).update(**old)
            subject = case
    regrouping.undone_at = at
    regrouping.save(update_fields=["undone_at"])
    record(
        Kind.REGROUPING_UNDONE,
        subject=subject,
        by=by,
        at=at,
        regrouping=regrouping.pk,
        before=regrouping.after,
        after=regrouping.before,
    )
    return regrouping


@transaction.atomic
def rename(*, case: Case, title: str, version: int, by: User, at: datetime) -> Case:
    """Give the matter plainer words; a stale version is refused by the view first."""
    permissions.check(by, "screen")
    case = locked_cases([case])[0]
    if not clean_title(title):
        raise BadInput(_("Say in a few words what the case is about."))
    before, case.title = case.title, clean_title(title)
    touch(case)
    record(
        Kind.CASE_RENAMED, subject=case, by=by, at=at, before=before, after=case.title
    )
    return case


def locked_asks(asks: Iterable[Recommendation]) -> list[Recommendation]:
    """Return the asks, locked in one order, with their rounds."""
    pks = [ask.pk for ask in asks]
    rows = Recommendation.objects.select_for_update(of=("self",)).order_by("pk")
    return list(rows.select_related("round").filter(pk__in=pks))


def locked_cases(cases: Sequence[Case]) -> list[Case]:
    """Return the cases, locked in one order so that two desks cannot wait in a ring."""
    pks = [case.pk for case in cases]
    return list(Case.objects.select_for_update().filter(pk__in=pks).order_by("pk"))


def locked_voices(voices: Iterable[Voice]) -> list[Voice]:
    """Return the voices, locked in one order, with their asks and cases."""
    pks = [voice.pk for voice in voices]
    rows = Voice.objects.select_for_update(of=("self",)).order_by("pk")
    return list(rows.select_related("recommendation", "case").filter(pk__in=pks))


def snapshot(
    cases: Sequence[Case], asks: Sequence[Recommendation]
) -> dict[str, dict[str, Any]]:
    """Return what regrouping may change of these rows, as JSON keeps it."""
    rows = Case.objects.filter(pk__in=[case.pk for case in cases])
    carried = dict(
        Voice.objects.filter(recommendation__in=asks).values_list(
            "recommendation_id", "case_id"
        )
    )
    return {
        "cases": {str(row.pop("id")): row for row in rows.values("id", *Case.GROUPED)},
        "voices": {str(ask.pk): carried.get(ask.pk) for ask in asks},
    }


def keep(
    kind: Verb,
    *,
    cases: Sequence[Case],
    asks: Sequence[Recommendation],
    before: dict[str, dict[str, Any]],
    by: User,
    at: datetime,
) -> Regrouping:
    """Keep the step with what stood before it and what stands now."""
    row = Regrouping.objects.create(
        kind=kind, by=by, at=at, before=before, after=snapshot(cases, asks)
    )
    row.cases.set(cases)
    return row


def touch(case: Case) -> None:
    """Save a change of grouping; forms opened before it are stale now."""
    case.version += 1
    case.search = fold_vi(case.title)
    case.save(update_fields=[*(f.removesuffix("_id") for f in Case.GROUPED)])


def main_field(asks: Sequence[Recommendation]) -> str:
    """Return the field that most of the asks name first."""
    return Counter(ask.field for ask in asks).most_common(1)[0][0]


def clean_title(title: str) -> str:
    """Return the title in one line, at most 300 letters."""
    return " ".join(title.split())[:300]


def title_from(words: str) -> str:
    """Return what a commune said as the title of its matter: a capital, whole words."""
    line = " ".join(words.split())
    if len(line) > 300:
        line = line[:299].rsplit(" ", 1)[0] + "…"
    return line[:1].upper() + line[1:]
