"""The author's word on a case, and what waits for the office, as pages show them."""

from __future__ import annotations

from dataclasses import dataclass, field

from django.db.models import Count, Q

from haicap.people import permissions
from haicap.people.models import User
from haicap.places.models import Unit
from haicap.resolve.models import Case, Delivery, Reply
from haicap.resolve.policies import why_not
from haicap.resolve.states import CaseState, ReplyState
from haicap.verify import policies
from haicap.verify.forms import AskReopenForm, DeclineForm, ReopenForm
from haicap.verify.models import Outcome, Verdict


PAGE = 50
# What the page says of an arrival; the whole rows would be a hundred columns.
DELIVERED = (
    *("reply__case", "reply__number", "reply__issued_on", "reply__outcome_class"),
    *("reply__sent_by", "unit__name", "outcome__verdict", "outcome__reason"),
    *("outcome__at", "outcome__decision", "outcome__decision_reason"),
    *("outcome__decided_at", "outcome__by__full_name"),
)


@dataclass(frozen=True)
class Word:
    """What one author said of the reply, or that it has not spoken."""

    delivery: Delivery
    unit: Unit
    outcome: Outcome | None
    pill: str


@dataclass(frozen=True)
class Mine:
    """What one's own commune may say now; an empty sentence means: this, yes."""

    delivery: Delivery
    unit: Unit
    outcome: Outcome | None
    can_accept: bool
    accept_why: str
    can_ask: bool
    ask_why: str
    form: AskReopenForm

    @property
    def may_speak(self) -> bool:
        """Return whether either button works."""
        return not self.accept_why or not self.ask_why


@dataclass(frozen=True)
class Request:
    """A request to reopen, with the two forms that settle it."""

    outcome: Outcome
    case: Case
    unit: Unit
    reply: Reply
    reopen_form: ReopenForm
    decline_form: DeclineForm


@dataclass(frozen=True)
class VerdictsOn:
    """Everything that the verdict part of a case's page needs."""

    case: Case
    reply: Reply | None
    mine: list[Mine] = field(default_factory=list)
    words: list[Word] = field(default_factory=list)
    n_accepted: int = 0
    n_asked: int = 0
    n_silent: int = 0
    sees_all: bool = False
    requests: list[Request] = field(default_factory=list)
    can_decide: bool = False
    can_close: bool = False
    close_why: str = ""

    @property
    def spoken(self) -> list[Word]:
        """Return the words of those who spoke."""
        return [word for word in self.words if word.outcome is not None]

    @property
    def silent(self) -> list[Word]:
        """Return those who have not spoken yet."""
        return [word for word in self.words if word.outcome is None]


def verdicts_on(case: Case, user: User) -> VerdictsOn:
    """Return what the authors said of the reply that holds, as this person may see it."""
    can_decide = permissions.allows(user, "decide_reopening")
    can_close = permissions.allows(user, "confirm_outcome")
    if not case.is_answered:
        return VerdictsOn(case=case, reply=None, can_decide=can_decide)
    rows = sorted(
        Delivery.objects.visible_to(user)
        .filter(reply__case=case, reply__state=ReplyState.CONFIRMED)
        .select_related("reply", "unit", "outcome__by")
        .only(*DELIVERED)
        .order_by(),
        key=lambda row: (-row.reply_id, row.unit.name),
    )
    if rows:
        reply = rows[0].reply  # an older one was replaced by it
        rows = [row for row in rows if row.reply_id == reply.pk]
    else:  # nobody is named behind the case, or nobody whom this person may see
        reply = case.replies.filter(state=ReplyState.CONFIRMED)[0]
    reply.case = case
    own = set(user.unit_ids)
    mine, words, requests = [], [], []
    for delivery in rows:
        delivery.reply = reply
        outcome = getattr(delivery, "outcome", None)
        words.append(Word(delivery, delivery.unit, outcome, pill_of(outcome)))
        if delivery.unit_id in own:
            mine.append(mine_of(delivery, outcome, user))
        if outcome is not None and outcome.is_waiting and can_decide:
            requests.append(request_of(outcome, delivery))
    close_why = ""
    waits = [word for word in words if word.outcome and word.outcome.is_waiting]
    if can_close:
        close_why = why_not(policies.check_close, case, len(waits)) or why_not(
            permissions.check, user, "confirm_outcome", author_id=reply.sent_by_id
        )
    return VerdictsOn(
        case=case,
        reply=reply,
        mine=mine,
        words=words,
        n_accepted=sum(
            each.outcome is not None and each.outcome.verdict == Verdict.ACCEPTED
            for each in words
        ),
        n_asked=sum(
            each.outcome is not None and each.outcome.verdict == Verdict.REOPEN_ASKED
            for each in words
        ),
        n_silent=sum(each.outcome is None for each in words),
        sees_all=permissions.allows(
            user,
            "read_other_unit",
            lead_id=case.lead_id,
            coordinator_ids=user.agency_ids,
        ),
        requests=requests,
        can_decide=can_decide,
        can_close=can_close,
        close_why=close_why,
    )


def pill_of(outcome: Outcome | None) -> str:
    """Return the state whose pill the author's word wears."""
    if outcome is None:
        return "waiting"
    return "verified" if outcome.verdict == Verdict.ACCEPTED else "reopen"


def mine_of(delivery: Delivery, outcome: Outcome | None, user: User) -> Mine:
    """Return what one's own commune may say of this arrival."""
    unit, case = delivery.unit, delivery.reply.case
    can_ask = permissions.allows(user, "ask_reopening", unit_id=unit.pk)
    ask_why = why_not(policies.check_ask_reopen, case, outcome) or why_not(
        policies.check_leader_asks, can_ask
    )
    return Mine(
        delivery=delivery,
        unit=unit,
        outcome=outcome,
        can_accept=permissions.allows(user, "give_feedback", unit_id=unit.pk),
        accept_why=why_not(policies.check_accept, case, outcome),
        can_ask=can_ask,
        ask_why=ask_why,
        form=AskReopenForm(prefix=f"ask-{delivery.pk}"),
    )


def request_of(outcome: Outcome, delivery: Delivery) -> Request:
    """Return a request with the forms that settle it."""
    return Request(
        outcome=outcome,
        case=delivery.reply.case,
        unit=delivery.unit,
        reply=delivery.reply,
        reopen_form=ReopenForm(prefix=f"reopen-{outcome.pk}"),
        decline_form=DeclineForm(prefix=f"decline-{outcome.pk}"),
    )


@dataclass(frozen=True)
class Waiting:
    """An answered case whose authors are still asked, with the counts."""

    case: Case
    n_units: int
    n_accepted: int
    n_silent: int
    close_why: str


@dataclass(frozen=True)
class Outcomes:
    """Everything that the page of outcomes shows."""

    requests: list[Request]
    n_requests: int
    waiting: list[Waiting]
    n_waiting: int
    after: int | None
    can_close: bool


def outcomes_for(user: User, *, after: int = 0) -> Outcomes:
    """
    Return the requests to reopen, oldest first, and the cases whose authors are asked.

    `after` is the number of the last case of the page before.
    """
    visible = Outcome.objects.visible_to(user).waiting()
    rows = visible.select_related(
        "delivery__unit", "delivery__reply__case__lead", "by"
    )[:PAGE]
    requests = [request_of(outcome, outcome.delivery) for outcome in rows]
    cases = Case.objects.visible_to(user).filter(state=CaseState.ANSWERED)
    shown = list(
        cases.filter(pk__gt=after).select_related("lead").order_by("pk")[: PAGE + 1]
    )
    more, shown = len(shown) > PAGE, shown[:PAGE]
    # Only the last confirmed reply counts: it comes last and takes the older one's place.
    latest = {
        case_id: reply_id
        for case_id, reply_id in Reply.objects.filter(
            case__in=shown, state=ReplyState.CONFIRMED
        )
        .order_by("pk")
        .values_list("case_id", "pk")
    }
    counts = {
        row["reply__case_id"]: row
        for row in Delivery.objects.filter(reply__in=latest.values())
        .values("reply__case_id")
        .annotate(
            n_units=Count("pk"),
            n_accepted=Count("pk", filter=Q(outcome__verdict=Verdict.ACCEPTED)),
            n_silent=Count("pk", filter=Q(outcome__isnull=True)),
            n_asked=Count(
                "pk",
                filter=Q(outcome__verdict=Verdict.REOPEN_ASKED, outcome__decision=""),
            ),
        )
    }
    empty = {"n_units": 0, "n_accepted": 0, "n_silent": 0, "n_asked": 0}
    waiting = []
    for case in shown:
        count = counts.get(case.pk, empty)
        waiting.append(
            Waiting(
                case=case,
                n_units=count["n_units"],
                n_accepted=count["n_accepted"],
                n_silent=count["n_silent"],
                close_why=why_not(policies.check_no_request, count["n_asked"]),
            )
        )
    return Outcomes(
        requests=requests,
        n_requests=visible.count() if len(requests) == PAGE else len(requests),
        waiting=waiting,
        n_waiting=cases.count(),
        after=shown[-1].pk if more else None,
        can_close=permissions.allows(user, "confirm_outcome"),
    )
