"""One case with everything its page shows, each question asked once."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from itertools import groupby
from operator import attrgetter

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from haicap.ledger.models import Event, Kind
from haicap.people import permissions
from haicap.people.models import User
from haicap.resolve import policies_grouping
from haicap.resolve.models import Case, Regrouping, Voice
from haicap.resolve.policies import why_not
from haicap.resolve.queries_grouping import last_undoable
from haicap.resolve.states import LED, CaseState
from haicap.ui.templatetags.hc import dt


FIRST_VOICES = 10
# What the page shows of an ask; its search form and its other columns stay unread.
SAID = (
    *("said_by", "text", "difficulty", "accepted_at"),
    *("unit__code", "unit__name", "document__name"),
)
# What a commune reads of the history: the milestones, not the office's handiwork.
MILESTONES = (
    Kind.CASE_OPENED,
    Kind.ASSIGNMENT_DECIDED,
    Kind.REPLY_CONFIRMED,
    Kind.REOPENING_GRANTED,
    Kind.REOPENING_DECLINED,
    Kind.CASE_PUBLISHED,
    Kind.CASE_CLOSED,
)


@dataclass(frozen=True)
class Step:
    """One of the four stages on the strip: done, here or ahead."""

    title: str
    state: str
    note: str


@dataclass(frozen=True)
class Line:
    """One line of the history."""

    title: str
    note: str
    now: bool = False


@dataclass(frozen=True)
class CasePage:
    """What the page of one case shows to this person."""

    voices: list[Voice]
    all_voices: list[Voice] | None  # none: those shown are not all of the case
    n_voices: int
    n_units: int
    unit_names: list[str]
    n_others: int  # communes behind it that this person may not read
    steps: list[Step]
    history: list[Line]
    office: bool
    why_not_regroup: str
    undoable: Regrouping | None
    sees_all_voices: bool


def case_page(case: Case, user: User, *, all_voices: bool, on: date) -> CasePage:
    """Return what the page shows; at most six queries beside the case's own."""
    office = permissions.has(user, "screen")
    voices = case.voices.select_related(
        "recommendation__unit", "recommendation__document"
    ).only("case", *(f"recommendation__{name}" for name in SAID))
    sees_all = permissions.has(user, "read_other_unit")
    # A commune's page counts the others, so it reads them all and shows its own.
    all_read = all_voices or office or not sees_all
    if all_read:
        read = sorted(voices.order_by(), key=attrgetter("pk"))
    else:
        read = list(voices[: FIRST_VOICES + 1])
    if all_read or len(read) <= FIRST_VOICES:
        whole: list[Voice] | None = read
        n_voices, n_units = len(read), len(names_in(read))
    else:
        whole, read = None, read[:FIRST_VOICES]
        n_voices = case.voices.count()
    shown = [
        voice
        for voice in read
        if sees_all or voice.recommendation.unit_id in user.unit_ids
    ]
    names = names_in(shown)
    if whole is None:
        names = list(case.units().values_list("name", flat=True))
        n_units = len(names)
    return CasePage(
        voices=shown,
        all_voices=whole,
        n_voices=n_voices,
        n_units=n_units,
        unit_names=names,
        n_others=0 if sees_all else max(n_units - len(names), 0),
        steps=steps(case, n_voices, on=on),
        history=history(case, everything=sees_all),
        office=office,
        why_not_regroup=why_not(policies_grouping.check_regroup, case)
        if office
        else "",
        undoable=last_undoable(case) if office else None,
        sees_all_voices=sees_all,
    )


def names_in(voices: list[Voice]) -> list[str]:
    """Return the names of the communes that speak, each once."""
    units = (voice.recommendation.unit for voice in voices)
    return sorted({unit.name for unit in units if unit})


def steps(case: Case, n_voices: int, *, on: date) -> list[Step]:
    """Return the four stages with what stands at each."""
    here = {
        CaseState.OPEN: 2,
        CaseState.PROPOSED: 2,
        CaseState.ASSIGNED: 3,
        CaseState.REPLIED: 3,
        CaseState.ANSWERED: 4,
        CaseState.CLOSED: 5,
        CaseState.MERGED: 2,
    }[CaseState(case.state)]
    voices = ngettext("%(n)s voice", "%(n)s voices", n_voices) % {"n": n_voices}
    lead = case.lead.name if case.lead and case.state in LED else _("nobody has it yet")
    answered = case.get_outcome_class_display() if case.is_answered else ""
    late = _("%(lead)s, late") % {"lead": lead}
    resolving = late if case.is_overdue(on=on) else lead
    if case.verified_at:
        verified = _("confirmed by every commune")
    elif case.is_answered:
        verified = _("the communes are asked whether it helped")
    else:
        verified = _("after the answer")
    notes = (
        (_("Listen"), voices),
        (_("Synthesise"), _("one matter: %(code)s") % {"code": case.code}),
        (_("Resolve"), answered or resolving),
        (_("Verify"), verified),
    )
    return [
        Step(
            title=title,
            state="done" if number < here else "here" if number == here else "ahead",
            note=note,
        )
        for number, (title, note) in enumerate(notes, start=1)
    ]


def history(case: Case, *, everything: bool) -> list[Line]:
    """Return what happened, newest first; a commune reads the milestones."""
    # Whatever happens to a matter has the case as its subject: one look into the index.
    events = (
        Event.objects.filter(subject_type="case", subject_id=case.pk)
        .only("kind", "at", "by_name")
        .order_by("-seq")
    )
    if not everything:
        events = events.filter(kind__in=MILESTONES)
    # A draft saves itself while somebody writes: one line for all of one person's.
    runs = [
        list(run)
        for _key, run in groupby(events[:60], key=lambda e: (e.kind, e.by_name))
    ]
    return [
        Line(title=sentence(run[0], len(run)), note=stamp(run[0]), now=number == 0)
        for number, run in enumerate(runs[:30])
    ]


def sentence(event: Event, n: int) -> str:
    """Return `Saved a draft reply · 3 times` with a capital, in the reader's language."""
    words = str(Kind(event.kind).label)
    words = words[:1].upper() + words[1:]
    if n == 1:
        return words
    return _("%(what)s · %(n)s times") % {"what": words, "n": n}


def stamp(event: Event) -> str:
    """Return when and by whom."""
    return f"{dt(event.at)} · {event.by_name}" if event.by_name else dt(event.at)
