"""Who shall lead, by when: the office proposes, the leader decides or sends back."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass, field
from datetime import date, datetime

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from haicap.core.deadlines.working_days import add_working_days
from haicap.core.errors import BadInput, HaicapError, NotNow
from haicap.ledger.models import Kind
from haicap.ledger.record import record
from haicap.people import permissions
from haicap.people.models import User
from haicap.places.models import Agency
from haicap.places.workdays import calendar
from haicap.resolve import policies
from haicap.resolve.actions.clocks import locked, settle
from haicap.resolve.models import Assignment, Case, RoutingRule
from haicap.resolve.states import CaseState, Verdict


@dataclass(frozen=True)
class Many:
    """What became of several cases at once: done, and refused with the sentence."""

    done: list[Case] = field(default_factory=list)
    refused: list[tuple[Case, str]] = field(default_factory=list)


@transaction.atomic
def propose(
    *,
    case: Case,
    lead: Agency,
    coordinators: Collection[Agency],
    working_days: int | None,
    by: User,
    at: datetime,
    note: str = "",
) -> Assignment:
    """Put a lead, coordinators and a period before the leader; a newer one replaces."""
    permissions.check(by, "propose_assignment")
    case = Case.objects.select_for_update(of=("self",)).get(pk=case.pk)
    policies.check_propose(case)
    policies.check_period(working_days)
    policies.check_lead_apart(lead.pk, [each.pk for each in coordinators])
    case.assignments.filter(verdict=Verdict.PENDING).update(verdict=Verdict.REPLACED)
    assignment = Assignment.objects.create(
        case=case,
        lead=lead,
        working_days=working_days,
        note=note.strip(),
        proposed_by=by,
        proposed_at=at,
    )
    assignment.coordinators.add(*coordinators)  # a new row: nothing to compare with
    if case.state == CaseState.OPEN:
        case.move_to(CaseState.PROPOSED)
    case.version += 1
    case.save(update_fields=["state", "version"])
    record(
        Kind.ASSIGNMENT_PROPOSED,
        subject=case,
        by=by,
        at=at,
        assignment=assignment.pk,
        lead=lead.code,
        coordinators=sorted(each.code for each in coordinators),
        working_days=working_days,
    )
    return assignment


@transaction.atomic
def decide(
    *, case: Case, by: User, at: datetime, proposal: int | None = None
) -> Assignment:
    """
    Give the case to the proposed lead, with the last day counted from today.

    `proposal` is the number of the proposal that the leader read; none takes the one
    that waits.
    """
    permissions.check(by, "decide_assignment")
    case = locked(case.pk)
    policies.check_decide(case)
    assignment = case.assignments.get(verdict=Verdict.PENDING)
    policies.check_same_proposal(assignment, proposal)
    coordinators = list(assignment.coordinators.order_by("pk"))
    policies.check_lead_apart(assignment.lead_id, [each.pk for each in coordinators])
    assignment.verdict = Verdict.APPROVED
    assignment.decided_by, assignment.decided_at = by, at
    assignment.due_on = last_day(at, assignment.working_days)
    assignment.save(update_fields=["verdict", "decided_by", "decided_at", "due_on"])
    hold(case, assignment, at=at)
    record(
        Kind.ASSIGNMENT_DECIDED,
        subject=case,
        by=by,
        at=at,
        assignment=assignment.pk,
        lead=assignment.lead.code,
        coordinators=sorted(each.code for each in coordinators),
        working_days=assignment.working_days,
        due_on=assignment.due_on,
    )
    return assignment


@transaction.atomic
def send_back(
    *,
    case: Case,
    reason: str,
    by: User,
    at: datetime,
    proposal: int | None = None,
) -> Assignment:
    """Return the proposal to the office with a reason; nobody has the case again."""
    permissions.check(by, "decide_assignment")
    case = Case.objects.select_for_update(of=("self",)).get(pk=case.pk)
    policies.check_decide(case)
    assignment = case.assignments.get(verdict=Verdict.PENDING)
    policies.check_same_proposal(assignment, proposal)
    policies.check_reason(reason)
    assignment.verdict = Verdict.RETURNED
    assignment.decided_by, assignment.decided_at = by, at
    assignment.reason = reason.strip()
    assignment.save(update_fields=["verdict", "decided_by", "decided_at", "reason"])
    case.move_to(CaseState.OPEN)
    case.version += 1
    case.save(update_fields=["state", "version"])
    record(
        Kind.ASSIGNMENT_RETURNED,
        subject=case,
        by=by,
        at=at,
        assignment=assignment.pk,
        reason=assignment.reason,
    )
    return assignment


@transaction.atomic
def propose_many(
    *,
    cases: Iterable[Case],
    by: User,
    at: datetime,
    lead: Agency | None = None,
    coordinators: Collection[Agency] = (),
    working_days: int | None = None,
    note: str = "",
) -> Many:
    """
    Propose the same lead for each case, or, without a lead, the one its field routes to.

    Each case is done or refused alone; the refusals carry their sentences.
    """
    permissions.check(by, "propose_assignment")
    today = timezone.localdate(at)
    result = Many()
    for case in cases:
        try:
            if lead is not None:
                chosen, others, days = lead, coordinators, working_days
            else:
                rule = routing(case.field, on=today)
                chosen, others, days = rule.lead, rule.others(), rule.working_days
            propose(
                case=case,
                lead=chosen,
                coordinators=others,
                working_days=days,
                note=note,
                by=by,
                at=at,
            )
        except HaicapError as refusal:
            result.refused.append((case, str(refusal)))
        else:
            result.done.append(case)
    return result


@transaction.atomic
def decide_many(*, cases: Iterable[Case], by: User, at: datetime) -> Many:
    """Approve what waits for each case; each is done or refused alone."""
    permissions.check(by, "decide_assignment")
    result = Many()
    for case in cases:
        try:
            decide(case=case, by=by, at=at)
        except HaicapError as refusal:
            result.refused.append((case, str(refusal)))
        else:
            result.done.append(case)
    return result


def routing(slug: str, *, on: date) -> RoutingRule:
    """
    Return the rule that names the lead of this field on that day.

    Errors: NotNow when no rule stands.
    """
    rule = RoutingRule.objects.standing(slug, on=on)
    if rule is None:
        raise NotNow(_("No rule says who leads this field. Choose the lead by hand."))
    return rule


def last_day(at: datetime, working_days: int | None) -> date | None:
    """
    Return the last day of the period that starts on the day of `at`.

    Unit: working days of the loaded calendar; none stays none.
    Errors: BadInput when the calendar does not reach that far.
    """
    if working_days is None:
        return None
    return add_working_days(timezone.localdate(at), working_days, calendar())


def hold(case: Case, assignment: Assignment, *, at: datetime) -> None:
    """Make an approved assignment what holds for the case, which is in work from now."""
    if assignment.verdict != Verdict.APPROVED:
        raise BadInput("Only an approved assignment holds.")
    case.move_to(CaseState.ASSIGNED)
    case.lead = assignment.lead
    case.assigned_at = at
    case.version += 1
    case.save(update_fields=["state", "lead", "assigned_at", "version"])
    case.coordinators.set(assignment.coordinators.all())
    settle(case)
