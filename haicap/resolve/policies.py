"""Rules that can speak: may this be done to a case or a reply, now? And why not."""

from __future__ import annotations

from collections.abc import Callable, Collection
from datetime import date
from typing import Any

from django.utils.translation import gettext as _

from haicap.core.errors import BadInput, NotAllowed, NotNow
from haicap.resolve.models import Assignment, Case, Reply, RoutingRule
from haicap.resolve.states import SOLVED, CaseState, OutcomeClass, ReplyState, Verdict


# The longest period that the office may give at once, in working days.
LONGEST = 250


class Stale(NotNow):
    """Somebody else saved in between; nothing was overwritten."""


def why_not(check: Callable[..., object], *args: Any, **kwargs: Any) -> str:
    """Return an empty string when `check` passes, else the sentence it refuses with."""
    try:
        check(*args, **kwargs)
    except (NotAllowed, BadInput) as refusal:
        return str(refusal)
    return ""


def check_propose(case: Case) -> None:
    """Pass for a matter that no agency has yet."""
    if case.state not in (CaseState.OPEN, CaseState.PROPOSED):
        raise NotNow(_("Only a case that no agency has yet can be given to one."))


def check_period(working_days: int | None) -> None:
    """Pass for no period at all, or one of 1 to 250 working days."""
    if working_days is not None and not 1 <= working_days <= LONGEST:
        raise BadInput(
            _("Give a period of 1 to %(longest)s working days, or none."),
            longest=LONGEST,
        )


def check_lead_apart(lead_id: int, coordinator_ids: Collection[int]) -> None:
    """Pass when the lead is not among those who coordinate."""
    if lead_id in coordinator_ids:
        raise BadInput(_("The agency that leads cannot coordinate as well."))


def check_decide(case: Case) -> None:
    """Pass for a matter whose proposed lead waits for the leader."""
    if case.state != CaseState.PROPOSED:
        raise NotNow(_("No proposal of this case waits for a decision."))


def check_same_proposal(assignment: Assignment, read: int | None) -> None:
    """Pass when the proposal that the leader read is the one that waits."""
    if assignment.verdict != Verdict.PENDING or read not in (None, assignment.pk):
        raise Stale(_("The office has made a newer proposal. Please read that one."))


def check_reason(reason: str) -> None:
    """Pass when there is a reason that the other side can read."""
    if not reason.strip():
        raise BadInput(_("Say why, so that the other side knows what to change."))


def check_reply(case: Case) -> None:
    """Pass for a matter that an agency has."""
    if case.state != CaseState.ASSIGNED:
        raise NotNow(_("Only a case that is with an agency can be answered."))


def check_draft(reply: Reply | None) -> Reply:
    """Return the draft when there is one with words in it."""
    if reply is None or not reply.text.strip():
        raise NotNow(_("There is no draft yet. Write the reply and save it first."))
    return reply


def check_version(reply: Reply | None, version: int) -> None:
    """Pass when the person saw the last saved draft; 0 means that there was none."""
    if version != (reply.version if reply else 0):
        raise Stale(_("Somebody else saved this draft. Both texts are here."))


def check_issue(number: str, issued_on: date | None, *, today: date) -> None:
    """Pass when the reply has its number and a date that is not ahead."""
    if not number.strip():
        raise BadInput(_("A reply needs the number of its document."))
    if issued_on is None:
        raise BadInput(_("A reply needs the date of its document."))
    if issued_on > today:
        raise BadInput(_("The date of the document cannot be after today."))


def check_class(
    outcome_class: str,
    *,
    products: str,
    forwarded_to: str,
    forwarding_document: str,
) -> None:
    """
    Pass when the class has what it needs.

    Solved needs what was issued, built or paid; forwarded needs the body that has it now
    and the document that took it there.
    """
    if outcome_class not in OutcomeClass.values:
        raise BadInput(_("Say what became of the matter: choose a class."))
    if outcome_class in SOLVED and not products.strip():
        raise BadInput(_("Solved needs its product: what was issued, built or paid."))
    if outcome_class != OutcomeClass.OUT_OF_COMPETENCE:
        return
    if not forwarded_to.strip() or not forwarding_document.strip():
        raise BadInput(_("Forwarded needs the body that has it now, and the document."))


def check_confirm(reply: Reply) -> None:
    """Pass for a reply that was sent and waits for the office."""
    if reply.state != ReplyState.SENT or reply.case.state != CaseState.REPLIED:
        raise NotNow(_("This reply does not wait for confirmation any more."))


def check_route_day(rule: RoutingRule | None, valid_from: date, *, today: date) -> None:
    """Pass for a day from today on, not before the rule that it ends."""
    if valid_from < today:
        raise BadInput(_("A rule cannot begin before today: what was routed stands."))
    if rule is not None and rule.valid_from > valid_from:
        raise BadInput(_("A later rule already stands. Choose a day after it begins."))


def check_route_version(rule: RoutingRule | None, version: int) -> None:
    """Pass when the person saw the rule that stands; 0 means that there was none."""
    if version != (rule.version if rule else 0):
        raise Stale(_("Somebody else changed this rule. Please read the new one."))


def check_publish(case: Case) -> None:
    """Pass for an answered matter that the public page does not show yet."""
    if not case.is_answered:
        raise NotNow(_("Only an answered case can be published."))
    if case.published_at is not None:
        raise NotNow(_("This case is already on the public page."))


def check_unpublish(case: Case) -> None:
    """Pass for a matter on the public page."""
    if case.published_at is None:
        raise NotNow(_("This case is not on the public page."))
