"""The work on one case, as its page shows it: who leads, by when, what is answered."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from operator import attrgetter
from typing import Any

from django.db.models import Prefetch
from django.utils.translation import get_language

from haicap.listen.taxonomy import field_label
from haicap.people import permissions
from haicap.people.models import User
from haicap.places.models import Agency
from haicap.resolve import policies
from haicap.resolve.due_count import DueCount, preview
from haicap.resolve.forms import (
    ConfirmForm,
    DecideForm,
    DraftForm,
    ProposeForm,
    ReasonForm,
    SendBackForm,
)
from haicap.resolve.models import Assignment, Case, Reply, RoutingRule, Voice
from haicap.resolve.queries_clock import ClockWork, clock_work
from haicap.resolve.states import LED, SOLVED, CaseState, ReplyState, Verdict


QUOTED = 3
# What the page shows of a proposal: of agencies and persons the name alone.
ASSIGNED = (
    *("case", "working_days", "note", "proposed_at", "verdict", "decided_at"),
    *("reason", "lead__name", "proposed_by__full_name", "decided_by__full_name"),
)


@dataclass(frozen=True)
class Quote:
    """One author's words, as a letter quotes them."""

    who: str
    words: str


@dataclass(frozen=True)
class Letter:
    """A reply in the order of a letter: quote, class, content, next steps, contact."""

    reply: Reply
    agency: str
    quotes: list[Quote]
    n_more: int
    class_label: str
    pill: str
    products: list[str]
    n_units: int


@dataclass(frozen=True)
class CaseWork:
    """Everything that the parts of a case's page about its work need."""

    case: Case
    n_units: int
    coordinators: list[Agency]
    clock: ClockWork
    # Who leads
    proposal: Assignment | None
    proposal_due: DueCount | None
    returned: Assignment | None
    route: RoutingRule | None
    route_field: str
    can_propose: bool
    propose_why: str
    propose_form: ProposeForm | None
    can_decide: bool
    decide_why: str
    decide_form: DecideForm | None
    send_back_form: SendBackForm | None
    # What is answered
    draft: Reply | None
    can_draft: bool
    draft_why: str
    draft_form: DraftForm | None
    can_send: bool
    send_why: str
    sent_back: Reply | None
    sent: Letter | None
    can_confirm: bool
    confirm_why: str
    confirm_form: ConfirmForm | None
    return_form: ReasonForm | None
    letters: list[Letter]
    # What everybody sees
    can_publish: bool
    publish_why: str

    @property
    def due(self) -> DueCount | None:
        """Return the last day of the case with its count."""
        return self.clock.due

    @property
    def with_coordinators(self) -> list[Agency]:
        """Return those who coordinate by the proposal that waits, else by the case."""
        if self.proposal:
            return list(self.proposal.coordinators.all())
        return self.coordinators


def work_on(
    case: Case, user: User, today: date, *, voices: Sequence[Voice] | None = None
) -> CaseWork:
    """
    Return the work on `case` as this person may see it today.

    `voices` are all those of the case, when the page has read them already.
    """
    lead = case.lead_id
    can_propose = permissions.allows(user, "propose_assignment")
    can_decide = permissions.allows(user, "decide_assignment")
    can_draft = permissions.allows(user, "draft_reply", lead_id=lead)
    is_head = permissions.allows(user, "send_reply", lead_id=lead)
    can_confirm = permissions.allows(user, "confirm_outcome")
    can_propose_now = can_propose and not policies.why_not(policies.check_propose, case)

    assignments = list(
        case.assignments.select_related("lead", "decided_by", "proposed_by")
        .only(*ASSIGNED)
        .prefetch_related(Prefetch("coordinators", Agency.objects.only("name")))
        .order_by("-id")
    )
    proposal = first(assignments, verdict=Verdict.PENDING)
    returned = assignments[0] if assignments else None
    if case.state != CaseState.OPEN or (
        returned is not None and returned.verdict != Verdict.RETURNED
    ):
        returned = None
    holding = first(assignments, verdict=Verdict.APPROVED)
    coordinators = list(holding.coordinators.all()) if holding else []

    replies = replies_of(case, user)
    draft = first(replies, state=ReplyState.DRAFT)
    sent = first(replies, state=ReplyState.SENT)
    confirmed = [each for each in replies if each.state == ReplyState.CONFIRMED]
    # Before an agency has it there is nothing to answer and nobody to count.
    if case.state not in LED:
        voices = []
    elif voices is None:
        voices = list(case.voices.select_related("recommendation__unit"))
    voices = sorted(voices, key=by_unit)
    units = {
        voice.recommendation.unit_id for voice in voices if voice.recommendation.unit_id
    }
    quotes = quoted([voice.recommendation for voice in voices], user)

    def letter(reply: Reply) -> Letter:
        return letter_of(reply, case, quotes, n_said=len(voices), n_units=len(units))

    route = None
    propose_form = None
    if can_propose_now:
        rules = RoutingRule.objects.prefetch_related("coordinators")
        route = rules.standing(case.field, on=today)
        propose_form = ProposeForm(initial=proposed(proposal, route))
    send_why = ""
    if is_head:
        author = draft.drafted_by_id if draft else None
        send_why = (
            policies.why_not(policies.check_reply, case)
            or policies.why_not(policies.check_draft, draft)
            or policies.why_not(
                permissions.check, user, "send_reply", lead_id=lead, author_id=author
            )
        )
    confirm_why = ""
    if can_confirm and sent:
        sent.case = case
        confirm_why = policies.why_not(
            policies.check_confirm, sent
        ) or policies.why_not(
            permissions.check, user, "confirm_outcome", author_id=sent.sent_by_id
        )
    is_office = permissions.allows(user, "screen")
    publish_check = (
        policies.check_unpublish if case.published_at else policies.check_publish
    )
    waits = case.state == CaseState.PROPOSED and can_decide and proposal is not None
    return CaseWork(
        case=case,
        n_units=len(units),
        coordinators=coordinators,
        clock=clock_work(case, user, today, assignments=assignments, replies=replies),
        proposal=proposal,
        proposal_due=preview(proposal, today) if waits else None,
        returned=returned,
        route=route,
        route_field=field_label(case.field, get_language() or "vi"),
        can_propose=can_propose,
        propose_why=policies.why_not(policies.check_propose, case),
        propose_form=propose_form,
        can_decide=can_decide,
        decide_why=policies.why_not(policies.check_decide, case),
        decide_form=DecideForm(initial={"proposal": proposal.pk})
        if waits and proposal
        else None,
        send_back_form=SendBackForm(initial={"proposal": proposal.pk}, prefix="back")
        if waits and proposal
        else None,
        draft=draft,
        can_draft=can_draft,
        draft_why=policies.why_not(policies.check_reply, case),
        draft_form=DraftForm.of(draft)
        if can_draft and case.state == CaseState.ASSIGNED
        else None,
        can_send=is_head,
        send_why=send_why,
        sent_back=first(replies, state=ReplyState.RETURNED)
        if case.state == CaseState.ASSIGNED and can_draft
        else None,
        sent=letter(sent) if sent else None,
        can_confirm=can_confirm,
        confirm_why=confirm_why,
        confirm_form=ConfirmForm(initial={"outcome_class": sent.outcome_class})
        if can_confirm and sent
        else None,
        return_form=ReasonForm(prefix="back") if can_confirm and sent else None,
        letters=[letter(each) for each in confirmed],
        can_publish=is_office,
        publish_why=policies.why_not(publish_check, case),
    )


def by_unit(voice: Voice) -> tuple[bool, str, int]:
    """Return where a voice stands among others: by its unit's name, nameless last."""
    unit = voice.recommendation.unit
    return unit is None, unit.name if unit else "", voice.pk


def first(rows: Sequence[Any], **values: Any) -> Any:
    """Return the first row with these values, or None."""
    for row in rows:
        if all(getattr(row, name) == value for name, value in values.items()):
            return row
    return None


def replies_of(case: Case, user: User) -> list[Reply]:
    """Return the replies that this person may see, newest first."""
    if case.state not in LED:
        return []
    rows = Reply.objects.visible_to(user).filter(case=case).order_by()
    return sorted(rows, key=attrgetter("pk"), reverse=True)


def proposed(proposal: Assignment | None, route: RoutingRule | None) -> dict[str, Any]:
    """Return what the form of a proposal begins with: the one that waits, or routing."""
    source = proposal or route
    if source is None:
        return {}
    return {
        "lead": source.lead_id,
        "coordinators": [each.pk for each in source.coordinators.all()],
        "working_days": source.working_days,
        "note": proposal.note if proposal else "",
    }


def quoted(asks: Sequence[Any], user: User) -> list[Quote]:
    """Return the words a letter quotes: a commune's own first, then a few others."""
    own = set(user.unit_ids)
    ordered = sorted(asks, key=lambda ask: ask.unit_id not in own)
    if own:
        ordered = [ask for ask in ordered if ask.unit_id in own] or ordered[:1]
    return [
        Quote(ask.unit.name if ask.unit else ask.said_by, ask.text)
        for ask in ordered[:QUOTED]
    ]


def letter_of(
    reply: Reply, case: Case, quotes: list[Quote], *, n_said: int, n_units: int
) -> Letter:
    """Return a reply as a letter."""
    return Letter(
        reply=reply,
        agency=case.lead.name if case.lead else "",
        quotes=quotes,
        n_more=max(n_said - len(quotes), 0),
        class_label=reply.get_outcome_class_display(),
        pill="solved" if reply.outcome_class in SOLVED else "answered",
        products=[line for line in reply.products.splitlines() if line.strip()],
        n_units=n_units,
    )
