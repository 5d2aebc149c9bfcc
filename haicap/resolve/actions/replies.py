"""The agency's answer: drafted, signed by another, confirmed by the office, delivered."""

from __future__ import annotations

from datetime import date, datetime

from django.db import transaction
from django.utils import timezone

from haicap.ledger.models import Kind
from haicap.ledger.record import record
from haicap.people import permissions
from haicap.people.models import User
from haicap.resolve import policies
from haicap.resolve.actions import clocks
from haicap.resolve.models import Case, Delivery, Reply
from haicap.resolve.states import CaseState, ReplyState


# What the composer holds; a draft may leave all but the text empty.
CONTENT = (
    "text",
    "outcome_class",
    "number",
    "issued_on",
    "products",
    "forwarded_to",
    "forwarding_document",
    "next_steps",
    "contact",
)
# Whoever changes these stands for the words, and another person has to sign.
WORDS = ("text", "next_steps")


@transaction.atomic
def save_draft(
    *,
    case: Case,
    version: int,
    by: User,
    at: datetime,
    text: str,
    outcome_class: str = "",
    number: str = "",
    issued_on: date | None = None,
    products: str = "",
    forwarded_to: str = "",
    forwarding_document: str = "",
    next_steps: str = "",
    contact: str = "",
) -> Reply:
    """
    Keep the draft as it stands on the page; the same again changes nothing.

    `version` is that of the draft the person saw, 0 for none.
    Errors: Stale when somebody else saved in between.
    """
    case = Case.objects.select_for_update(of=("self",)).get(pk=case.pk)
    permissions.check(by, "draft_reply", lead_id=case.lead_id)
    policies.check_reply(case)
    reply = draft_of(case)
    values = {
        "text": text,
        "outcome_class": outcome_class,
        "number": number.strip(),
        "issued_on": issued_on,
        "products": products.strip(),
        "forwarded_to": forwarded_to.strip(),
        "forwarding_document": forwarding_document.strip(),
        "next_steps": next_steps.strip(),
        "contact": contact.strip(),
    }
    if reply is None:
        reply = Reply(case=case, version=0, drafted_by=by, drafted_at=at)
        changed = list(CONTENT)
    else:
        changed = [name for name in CONTENT if getattr(reply, name) != values[name]]
    if reply.version and not changed:
        return reply
    policies.check_version(reply if reply.version else None, version)
    for name in changed:
        setattr(reply, name, values[name])
    if set(changed) & set(WORDS):
        reply.drafted_by, reply.drafted_at = by, at
        reply.handed_on_at = None
    reply.version += 1
    reply.save()
    record(
        Kind.REPLY_DRAFTED,
        subject=case,
        by=by,
        at=at,
        reply=reply.pk,
        version=reply.version,
        changed=changed,
    )
    return reply


@transaction.atomic
def hand_on(*, case: Case, version: int, by: User, at: datetime) -> Reply:
    """Put the draft before the head; who hands it on stands for its words."""
    case = Case.objects.select_for_update(of=("self",)).get(pk=case.pk)
    permissions.check(by, "draft_reply", lead_id=case.lead_id)
    policies.check_reply(case)
    reply = policies.check_draft(draft_of(case))
    policies.check_version(reply, version)
    reply.handed_on_at = at
    reply.drafted_by, reply.drafted_at = by, at
    reply.version += 1
    reply.save()
    record(
        Kind.REPLY_DRAFTED,
        subject=case,
        by=by,
        at=at,
        reply=reply.pk,
        version=reply.version,
        handed_on=True,
    )
    return reply


@transaction.atomic
def send(
    *,
    case: Case,
    version: int,
    number: str,
    issued_on: date | None,
    outcome_class: str,
    by: User,
    at: datetime,
    products: str = "",
    forwarded_to: str = "",
    forwarding_document: str = "",
    contact: str | None = None,
) -> Reply:
    """
    Issue the draft under its number and date, and hand the case back to the office.

    A clock that stands still runs on with it: nobody is waited for any more.
    """
    case = clocks.locked(case.pk)
    draft = draft_of(case)
    author = draft.drafted_by_id if draft else None
    permissions.check(by, "send_reply", lead_id=case.lead_id, author_id=author)
    policies.check_reply(case)
    reply = policies.check_draft(draft)
    policies.check_version(reply, version)
    policies.check_issue(number, issued_on, today=timezone.localdate(at))
    policies.check_class(
        outcome_class,
        products=products,
        forwarded_to=forwarded_to,
        forwarding_document=forwarding_document,
    )
    reply.move_to(ReplyState.SENT)
    reply.number, reply.issued_on = number.strip(), issued_on
    reply.outcome_class = outcome_class
    reply.products = products.strip()
    reply.forwarded_to = forwarded_to.strip()
    reply.forwarding_document = forwarding_document.strip()
    reply.contact = reply.contact if contact is None else contact.strip()
    reply.sent_by, reply.sent_at = by, at
    reply.version += 1
    reply.save()
    case.move_to(CaseState.REPLIED)
    case.version += 1
    case.save(update_fields=["state", "version"])
    pause = clocks.pause_of(case)
    if pause is not None:
        clocks.end(pause, by=by, at=at)
    clocks.settle(case)
    record(
        Kind.REPLY_SENT,
        subject=case,
        by=by,
        at=at,
        reply=reply.pk,
        number=reply.number,
        issued_on=issued_on,
        outcome_class=outcome_class,
        **({"resumed": pause.pk} if pause else {}),
    )
    return reply


@transaction.atomic
def confirm(
    *,
    reply: Reply,
    by: User,
    at: datetime,
    outcome_class: str = "",
    reason: str = "",
) -> Reply:
    """
    Confirm what became of the matter, and put the reply in every author's hands.

    Another class than the agency's needs a reason, which the ledger keeps.
    """
    case = clocks.locked(reply.case_id)
    reply = Reply.objects.select_for_update(of=("self",)).get(pk=reply.pk)
    reply.case = case
    permissions.check(by, "confirm_outcome", author_id=reply.sent_by_id)
    permissions.check(by, "confirm_outcome", author_id=reply.drafted_by_id)
    policies.check_confirm(reply)
    before = reply.outcome_class
    outcome_class = outcome_class or before
    if outcome_class != before:
        policies.check_reason(reason)
        policies.check_class(
            outcome_class,
            products=reply.products,
            forwarded_to=reply.forwarded_to,
            forwarding_document=reply.forwarding_document,
        )
    reply.move_to(ReplyState.CONFIRMED)
    reply.outcome_class = outcome_class
    reply.confirmed_by, reply.confirmed_at = by, at
    reply.version += 1
    reply.save()
    case.move_to(CaseState.ANSWERED)
    case.answered_at, case.outcome_class = at, outcome_class
    case.version += 1
    case.save(update_fields=["state", "answered_at", "outcome_class", "version"])
    clocks.settle(case)
    units = list(case.units())
    Delivery.objects.bulk_create(
        Delivery(reply=reply, unit=unit, at=at) for unit in units
    )
    change = {"class_before": before} if outcome_class != before else {}
    record(
        Kind.REPLY_CONFIRMED,
        subject=case,
        by=by,
        at=at,
        reply=reply.pk,
        outcome_class=outcome_class,
        reason=reason.strip(),
        delivered_to=[unit.code for unit in units],
        **change,
    )
    return reply


@transaction.atomic
def send_back(*, reply: Reply, reason: str, by: User, at: datetime) -> Reply:
    """Return a sent reply to its agency with a reason; a fresh draft holds its words."""
    case = clocks.locked(reply.case_id)
    reply = Reply.objects.select_for_update(of=("self",)).get(pk=reply.pk)
    reply.case = case
    permissions.check(by, "confirm_outcome", author_id=reply.sent_by_id)
    policies.check_confirm(reply)
    policies.check_reason(reason)
    reply.move_to(ReplyState.RETURNED)
    reply.returned_reason = reason.strip()
    reply.version += 1
    reply.save()
    draft = Reply.objects.create(
        case=case,
        drafted_by=reply.drafted_by,
        drafted_at=reply.drafted_at,
        **{name: getattr(reply, name) for name in CONTENT},
    )
    case.move_to(CaseState.ASSIGNED)
    case.version += 1
    case.save(update_fields=["state", "version"])
    clocks.settle(case)
    record(
        Kind.REPLY_RETURNED,
        subject=case,
        by=by,
        at=at,
        reply=reply.pk,
        draft=draft.pk,
        reason=reply.returned_reason,
    )
    return draft


def draft_of(case: Case) -> Reply | None:
    """Return the one draft of the case, if somebody began it."""
    return case.replies.filter(state=ReplyState.DRAFT).first()
