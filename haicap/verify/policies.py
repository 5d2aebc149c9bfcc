"""Rules that can speak: may the author say this now, may the office decide or close?"""

from __future__ import annotations

from django.utils.translation import gettext as _

from haicap.core.errors import NotNow, NotYours
from haicap.resolve.models import Case, Delivery
from haicap.resolve.states import CaseState, ReplyState
from haicap.verify.models import Decision, Outcome, Verdict


def check_answered(case: Case) -> None:
    """Pass for a case whose authors have an answer that holds."""
    if not case.is_answered:
        raise NotNow(_("The case is in work again. A new reply will come."))


def check_latest(delivery: Delivery) -> None:
    """Pass for the last confirmed reply of its case: an older one holds no more."""
    reply = delivery.reply
    later = reply.case.replies.filter(state=ReplyState.CONFIRMED, pk__gt=reply.pk)
    if later.exists():
        raise NotNow(_("A newer reply has come. Please read that one."))


def check_accept(case: Case, outcome: Outcome | None) -> None:
    """Pass when the author has not spoken yet, or was declined a reopening."""
    check_answered(case)
    if outcome is None or outcome.decision == Decision.DECLINED:
        return
    if outcome.verdict == Verdict.ACCEPTED:
        raise NotNow(_("Your unit has already said that it is solved."))
    raise NotNow(_("Your unit has asked to reopen. The office decides first."))


def check_ask_reopen(case: Case, outcome: Outcome | None) -> None:
    """Pass when the author has not spoken yet."""
    check_answered(case)
    if outcome is None:
        return
    if outcome.verdict == Verdict.ACCEPTED:
        raise NotNow(_("Your unit has already said that it is solved."))
    if outcome.decision:
        raise NotNow(_("The office has declined. You can still say yes to the reply."))
    raise NotNow(_("Your unit has asked to reopen. The office decides first."))


def check_decide_reopen(case: Case, outcome: Outcome) -> None:
    """Pass for a request that nobody decided, on an answer that still holds."""
    if not outcome.is_waiting:
        raise NotNow(_("This request has been decided already."))
    check_answered(case)


def check_close(case: Case, n_waiting: int) -> None:
    """Pass for an answered case whose authors ask nothing more."""
    if case.state != CaseState.ANSWERED:
        raise NotNow(_("Only an answered case can be closed."))
    check_no_request(n_waiting)


def check_no_request(n_waiting: int) -> None:
    """Pass when no author waits for a decision on its request."""
    if n_waiting:
        raise NotNow(_("A commune asks to reopen this case. Decide that first."))


def check_leader_asks(is_leader: bool) -> None:
    """Pass for the leader of the author: an officer accepts, but does not ask."""
    if not is_leader:
        raise NotYours(_("The leader of your unit asks to reopen. Please tell them."))
