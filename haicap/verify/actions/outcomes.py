"""The author accepts or asks to reopen; the office decides, and closes."""

from __future__ import annotations

from datetime import datetime
from typing import cast

from django.db import transaction

from haicap.ledger.models import Kind
from haicap.ledger.record import record
from haicap.people import permissions
from haicap.people.models import User
from haicap.places import decided
from haicap.places.models import Agency
from haicap.resolve.actions.assignments import hold, last_day
from haicap.resolve.models import Assignment, Case, Delivery
from haicap.resolve.policies import check_period, check_reason
from haicap.resolve.states import CaseState, ReplyState
from haicap.resolve.states import Verdict as LeaderVerdict
from haicap.verify import policies
from haicap.verify.models import Decision, Outcome, Verdict


@transaction.atomic
def accept(*, delivery: Delivery, by: User, at: datetime) -> Outcome:
    """
    Keep that the author says it is solved; when all authors do, the case is verified.

    After a declined request this replaces it: the ledger keeps both.
    """
    permissions.check(by, "give_feedback", unit_id=delivery.unit_id)
    case, delivery = locked(delivery)
    outcome = Outcome.objects.filter(delivery=delivery).first()
    policies.check_accept(case, outcome)
    policies.check_latest(delivery)
    outcome = outcome or Outcome(delivery=delivery)
    outcome.verdict, outcome.reason = Verdict.ACCEPTED, ""
    outcome.by, outcome.at = by, at
    outcome.decision, outcome.decision_reason = "", ""
    outcome.decided_by = outcome.decided_at = None
    outcome.save()
    waits = delivery.reply.deliveries.exclude(outcome__verdict=Verdict.ACCEPTED)
    is_verified = not waits.exists()
    if is_verified:
        case.verified_at = at
        case.version += 1
        case.save(update_fields=["verified_at", "version"])
    record(
        Kind.OUTCOME_ACCEPTED,
        subject=case,
        by=by,
        at=at,
        reply=delivery.reply_id,
        unit=delivery.unit.code,
        verified=is_verified,
    )
    return outcome


@transaction.atomic
def ask_reopen(*, delivery: Delivery, reason: str, by: User, at: datetime) -> Outcome:
    """Keep the author's request to look again, with its reason, for the office."""
    permissions.check(by, "ask_reopening", unit_id=delivery.unit_id)
    case, delivery = locked(delivery)
    outcome = Outcome.objects.filter(delivery=delivery).first()
    policies.check_ask_reopen(case, outcome)
    policies.check_latest(delivery)
    check_reason(reason)
    outcome = Outcome.objects.create(
        delivery=delivery,
        verdict=Verdict.REOPEN_ASKED,
        reason=reason.strip(),
        by=by,
        at=at,
    )
    record(
        Kind.REOPENING_ASKED,
        subject=case,
        by=by,
        at=at,
        reply=delivery.reply_id,
        unit=delivery.unit.code,
        reason=outcome.reason,
    )
    return outcome


@transaction.atomic
def reopen(
    *,
    outcome: Outcome,
    working_days: int | None,
    by: User,
    at: datetime,
    reason: str = "",
) -> Case:
    """
    Give the case back to its lead with a new last day; replies and verdicts are kept.

    Every request that waits on the same reply is granted with it.
    """
    permissions.check(by, "decide_reopening")
    decided.hold()  # before the case: a new last day is counted
    case, delivery = locked(outcome.delivery)
    outcome = Outcome.objects.get(pk=outcome.pk)
    policies.check_decide_reopen(case, outcome)
    policies.check_latest(delivery)
    check_period(working_days)
    granted = list(
        Outcome.objects.waiting()
        .filter(delivery__reply=delivery.reply)
        .select_related("delivery__unit")
    )
    for each in granted:
        settle(each, Decision.REOPENED, reason, by=by, at=at)
    assignment = Assignment.objects.create(
        case=case,
        lead=cast("Agency", case.lead),  # the row's own constraint says there is one
        working_days=working_days,
        due_on=last_day(at, working_days),
        note=outcome.reason,
        proposed_by=by,
        proposed_at=at,
        verdict=LeaderVerdict.APPROVED,
        decided_by=by,
        decided_at=at,
    )
    assignment.coordinators.set(case.coordinators.all())
    before = {
        "outcome_class": case.outcome_class,
        "answered_at": case.answered_at and case.answered_at.isoformat(),
        "was_published": case.published_at is not None,
    }
    hold(case, assignment, at=at)
    case.outcome_class = ""
    # What the author disputes is neither answered nor fit for the public page.
    case.answered_at = case.verified_at = case.closed_at = case.published_at = None
    case.save()
    record(
        Kind.REOPENING_GRANTED,
        subject=case,
        by=by,
        at=at,
        reply=delivery.reply_id,
        units=[each.delivery.unit.code for each in granted],
        reason=reason.strip(),
        working_days=working_days,
        due_on=assignment.due_on,
        before=before,
    )
    return case


@transaction.atomic
def decline(*, outcome: Outcome, reason: str, by: User, at: datetime) -> Outcome:
    """Leave the case answered, and tell the author why."""
    permissions.check(by, "decide_reopening")
    case, delivery = locked(outcome.delivery)
    outcome = Outcome.objects.get(pk=outcome.pk)
    policies.check_decide_reopen(case, outcome)
    policies.check_latest(delivery)
    check_reason(reason)
    settle(outcome, Decision.DECLINED, reason, by=by, at=at)
    record(
        Kind.REOPENING_DECLINED,
        subject=case,
        by=by,
        at=at,
        reply=delivery.reply_id,
        unit=delivery.unit.code,
        reason=outcome.decision_reason,
    )
    return outcome


@transaction.atomic
def close(*, case: Case, by: User, at: datetime) -> Case:
    """End the matter; whoever has not spoken yet still may."""
    case = Case.objects.select_for_update(of=("self",)).get(pk=case.pk)
    reply = case.replies.filter(state=ReplyState.CONFIRMED).first()
    author = reply.sent_by_id if reply else None
    permissions.check(by, "confirm_outcome", author_id=author)
    waiting = Outcome.objects.waiting().filter(delivery__reply__case=case)
    policies.check_close(case, waiting.count())
    case.move_to(CaseState.CLOSED)
    case.closed_at = at
    case.version += 1
    case.save(update_fields=["state", "closed_at", "version"])
    record(Kind.CASE_CLOSED, subject=case, by=by, at=at)
    return case


def locked(delivery: Delivery) -> tuple[Case, Delivery]:
    """Return the case, locked, and the delivery with it: verdicts come one by one."""
    delivery = Delivery.objects.select_related("reply", "unit").get(pk=delivery.pk)
    case = Case.objects.select_for_update(of=("self",)).get(pk=delivery.reply.case_id)
    delivery.reply.case = case
    return case, delivery


def settle(
    outcome: Outcome, decision: Decision, reason: str, *, by: User, at: datetime
) -> None:
    """Write the office's word on one request."""
    outcome.decision, outcome.decision_reason = decision, reason.strip()
    outcome.decided_by, outcome.decided_at = by, at
    outcome.save()
