"""A commune's first screen, in the order of a phone."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.db.models import Count, OuterRef, Q, Subquery

from haicap.desk.homes.lines import units_behind
from haicap.listen.models import Document, Recommendation, Round
from haicap.listen.states import DocumentState
from haicap.people.models import Role, User
from haicap.places import directory
from haicap.places.workdays import calendar
from haicap.resolve.due import Due, due_of
from haicap.resolve.models import Case, Delivery, Reply
from haicap.resolve.states import ANSWERED, ReplyState
from haicap.verify.models import Outcome, Verdict


@dataclass(frozen=True)
class CommuneHome:
    """Everything on a commune's first screen, in the order of a phone."""

    n_asks: int
    n_answered: int
    n_seen: int
    n_waiting: int
    to_submit: list[Document]
    with_faults: list[Document]
    being_read: int
    asked: list[Asked]
    n_asked: int
    waiting: list[WaitingMatter]
    loose: int
    is_leader: bool
    round: Round | None
    has_sent: bool
    unit_code: str


def commune_home(user: User, *, on: date) -> CommuneHome:
    """Return a commune's first screen; at most fourteen queries."""
    asks = Recommendation.objects.standing().filter(unit_id__in=user.unit_ids)
    numbers = asks.order_by().aggregate(
        total=Count("pk"),
        answered=Count("pk", filter=Q(voice__case__state__in=ANSWERED)),
        loose=Count("pk", filter=Q(voice__isnull=True)),
    )
    files = Document.objects.filter(unit_id__in=user.unit_ids)
    drafts = list(
        files.filter(submitted_at__isnull=True)
        .exclude(state__in=[DocumentState.WITHDRAWN, DocumentState.REFUSED])
        .select_related("sent_by")
        .annotate(n=Count("statements"))
        .order_by("pk")[:20]
    )
    # An older reply of a case that was reopened holds no more.
    newest = Reply.objects.filter(
        case=OuterRef("reply__case"), state=ReplyState.CONFIRMED
    ).order_by("-pk")
    asked = list(
        Delivery.objects.filter(
            unit_id__in=user.unit_ids,
            reply=Subquery(newest.values("pk")[:1]),
            reply__case__state__in=ANSWERED,
            outcome__isnull=True,
        )
        .select_related("reply__case", "unit")
        .order_by("-pk")[:20]
    )
    seen = Outcome.objects.filter(
        delivery__unit_id__in=user.unit_ids, verdict=Verdict.ACCEPTED
    ).count()
    moving = list(
        Case.objects.visible_to(user)
        .standing()
        .exclude(state__in=ANSWERED)
        .order_by("due_sort", "pk")[:20]
    )
    names = directory.agency_names()
    behind = units_behind(moving) if moving else {}
    days = calendar()
    unit_code = next((p.unit.code for p in user.posts_today if p.unit), "")
    round_ = Round.objects.filter(opens_on__lte=on, closes_on__gte=on).first()
    has_sent = bool(round_) and files.submitted().filter(round=round_).exists()
    return CommuneHome(
        n_asks=numbers["total"],
        n_answered=numbers["answered"],
        n_seen=seen,
        n_waiting=numbers["total"] - numbers["answered"],
        to_submit=[one for one in drafts if one.state == DocumentState.READ],
        with_faults=[
            one
            for one in drafts
            if one.state in (DocumentState.FAULTY, DocumentState.UNREADABLE)
        ],
        being_read=sum(
            one.state in (DocumentState.WAITING, DocumentState.READING)
            for one in drafts
        ),
        asked=[
            Asked(
                one,
                one.reply.case,
                one.reply,
                names.get(one.reply.case.lead_id or 0, ""),
            )
            for one in asked
        ],
        n_asked=len(asked),
        waiting=[
            WaitingMatter(
                case=case,
                at=1 if case.lead_id is None else 3 if case.state == "replied" else 2,
                who=names.get(case.lead_id or 0, ""),
                due=due_of(case, on=on, days=days),
                n_others=max(behind.get(case.pk, 1) - 1, 0),
            )
            for case in moving
        ],
        loose=numbers["loose"],
        is_leader=str(Role.COMMUNE_LEADER.value) in user.roles,
        round=round_,
        has_sent=has_sent,
        unit_code=unit_code,
    )


@dataclass(frozen=True)
class Asked:
    """A reply on which the province waits for the commune's word."""

    delivery: Delivery
    case: Case
    reply: Reply
    lead: str


@dataclass(frozen=True)
class WaitingMatter:
    """A matter of the commune that is on its way: which of the four steps, who has it."""

    case: Case
    at: int
    who: str
    due: Due
    n_others: int
