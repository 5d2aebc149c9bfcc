"""Promises of the author's word, and of what the office decides of it."""

from datetime import date, timedelta

import pytest
from django.db import IntegrityError, transaction

from haicap.core.errors import BadInput, NotNow, NotYours
from haicap.resolve.actions import publishing, replies
from haicap.resolve.models import Delivery, Reply
from haicap.resolve.states import CaseState, ReplyState
from haicap.verify.actions import outcomes
from haicap.verify.models import Decision, Outcome, Verdict
from tests.steps import LETTER, lines
from tests.world import NOON


pytestmark = pytest.mark.usefixtures("in_english")
LATER = NOON + timedelta(days=5)


@pytest.fixture
def shared(people, steps):
    """An answered case of two communes, and what reached each of them."""
    case, reply = steps.answered(units=[people.binh_minh, people.kim_dong])
    mine = reply.deliveries.get(unit=people.binh_minh)
    other = reply.deliveries.get(unit=people.kim_dong)
    return case, mine, other


def ask(delivery, by, reason="Chưa thấy người về nhận việc"):
    return outcomes.ask_reopen(delivery=delivery, reason=reason, by=by, at=NOON)


def reopen(outcome, by, **values):
    return outcomes.reopen(outcome=outcome, working_days=5, by=by, at=LATER, **values)


# Accept


def test_an_author_says_it_is_solved(people, shared):
    case, mine, _other = shared
    outcome = outcomes.accept(delivery=mine, by=people.co, at=NOON)
    case.refresh_from_db()
    assert (outcome.verdict, outcome.by) == (Verdict.ACCEPTED, people.co)
    assert case.verified_at is None
    (line,) = lines("outcome_accepted")
    assert line.subject_id == case.pk
    assert line.data["unit"] == people.binh_minh.code


def test_the_last_author_who_accepts_verifies_the_case(people, shared):
    case, mine, other = shared
    outcomes.accept(delivery=mine, by=people.cl, at=NOON)
    outcomes.accept(delivery=other, by=people.other_co, at=LATER)
    case.refresh_from_db()
    assert case.verified_at == LATER
    assert case.state == CaseState.ANSWERED


def test_only_the_author_unit_accepts(people, shared, everybody):
    _case, mine, _other = shared
    for person in everybody("co", "cl"):
        with pytest.raises(NotYours):
            outcomes.accept(delivery=mine, by=person, at=NOON)
    assert not Outcome.objects.exists()


def test_accepting_twice_accepts_once(people, shared):
    _case, mine, _other = shared
    outcomes.accept(delivery=mine, by=people.co, at=NOON)
    with pytest.raises(NotNow, match="already said"):
        outcomes.accept(delivery=mine, by=people.cl, at=NOON)
    assert len(lines("outcome_accepted")) == 1


def test_verified_is_neither_answered_nor_solved(people, steps):
    case, reply = steps.answered({"outcome_class": "explained"})
    outcomes.accept(delivery=reply.deliveries.get(), by=people.co, at=NOON)
    case.refresh_from_db()
    assert (case.is_answered, case.is_solved) == (True, False)
    assert case.verified_at == NOON


# Ask to reopen


def test_a_leader_of_the_author_asks_to_reopen(people, shared):
    case, mine, _other = shared
    outcome = ask(mine, people.cl)
    case.refresh_from_db()
    assert (outcome.verdict, outcome.is_waiting) == (Verdict.REOPEN_ASKED, True)
    assert case.state == CaseState.ANSWERED
    (line,) = lines("reopening_asked")
    assert line.data["reason"] == "Chưa thấy người về nhận việc"


def test_only_the_leader_of_the_author_asks(people, shared, everybody):
    _case, mine, _other = shared
    for person in everybody("cl"):
        with pytest.raises(NotYours):
            ask(mine, person)


def test_asking_needs_a_reason(people, shared):
    _case, mine, _other = shared
    with pytest.raises(BadInput):
        ask(mine, people.cl, reason="  ")
    outcome = ask(mine, people.cl)
    with pytest.raises(IntegrityError), transaction.atomic():
        Outcome.objects.filter(pk=outcome.pk).update(reason="")


def test_a_unit_speaks_once(people, shared):
    _case, mine, _other = shared
    ask(mine, people.cl)
    with pytest.raises(NotNow, match="office decides first"):
        outcomes.accept(delivery=mine, by=people.co, at=NOON)
    with pytest.raises(NotNow, match="office decides first"):
        ask(mine, people.cl)


def test_who_accepted_does_not_ask_to_reopen(people, shared):
    _case, mine, _other = shared
    outcomes.accept(delivery=mine, by=people.co, at=NOON)
    with pytest.raises(NotNow, match="already said"):
        ask(mine, people.cl)


def test_who_has_not_spoken_still_may_after_the_case_is_closed(people, shared):
    case, mine, _other = shared
    outcomes.close(case=case, by=people.po, at=NOON)
    outcome = ask(mine, people.cl)
    reopen(outcome, people.po)
    case.refresh_from_db()
    assert (case.state, case.closed_at) == (CaseState.ASSIGNED, None)


# Decide


@pytest.mark.parametrize("role", ["po", "pl"])
def test_a_granted_request_gives_the_case_back_with_a_new_last_day(
    people, shared, role
):
    case, mine, _other = shared
    outcome = ask(mine, people.cl)
    reopen(outcome, getattr(people, role))
    case.refresh_from_db()
    assert case.state == CaseState.ASSIGNED
    assert (case.lead, case.due_on) == (people.home, date(2026, 1, 19))
    assert (case.is_answered, case.outcome_class) == (False, "")
    assert Reply.objects.get().state == ReplyState.CONFIRMED
    outcome.refresh_from_db()
    assert outcome.decision == Decision.REOPENED
    (line,) = lines("reopening_granted")
    assert line.data["units"] == [people.binh_minh.code]


def test_a_granted_request_keeps_lead_and_coordinators(people, shared):
    case, mine, _other = shared
    reopen(ask(mine, people.cl), people.po)
    latest = case.assignments.first()
    assert (latest.lead, list(latest.coordinators.all())) == (
        people.home,
        [people.finance],
    )


def test_one_decision_grants_every_request_on_the_reply(people, shared):
    _case, mine, other = shared
    first, second = ask(mine, people.cl), ask(other, people.other_cl)
    reopen(first, people.po)
    second.refresh_from_db()
    assert second.decision == Decision.REOPENED


def test_a_reopened_case_leaves_the_public_page(people, shared):
    case, mine, _other = shared
    publishing.publish(case=case, by=people.po, at=NOON)
    reopen(ask(mine, people.cl), people.po)
    case.refresh_from_db()
    assert case.published_at is None


def test_a_declined_request_leaves_the_case_answered(people, shared):
    case, mine, _other = shared
    outcome = ask(mine, people.cl)
    outcomes.decline(outcome=outcome, reason="Người về từ 01/02", by=people.po, at=NOON)
    case.refresh_from_db()
    outcome.refresh_from_db()
    assert case.state == CaseState.ANSWERED
    assert (outcome.decision, outcome.decision_reason) == (
        Decision.DECLINED,
        "Người về từ 01/02",
    )
    (line,) = lines("reopening_declined")
    assert line.data["reason"] == "Người về từ 01/02"


def test_declining_needs_a_reason(people, shared):
    _case, mine, _other = shared
    outcome = ask(mine, people.cl)
    with pytest.raises(BadInput):
        outcomes.decline(outcome=outcome, reason="", by=people.po, at=NOON)


def test_after_a_decline_the_author_may_still_accept(people, shared):
    _case, mine, _other = shared
    outcome = ask(mine, people.cl)
    outcomes.decline(outcome=outcome, reason="Đã có lịch", by=people.po, at=NOON)
    with pytest.raises(NotNow, match="has declined"):
        ask(mine, people.cl)
    outcomes.accept(delivery=mine, by=people.cl, at=LATER)
    assert Outcome.objects.get(delivery=mine).verdict == Verdict.ACCEPTED
    assert len(lines("reopening_declined")) == 1


def test_only_the_office_and_the_leader_decide(people, shared, everybody):
    _case, mine, _other = shared
    outcome = ask(mine, people.cl)
    for person in everybody("po", "pl"):
        with pytest.raises(NotYours):
            reopen(outcome, person)
        with pytest.raises(NotYours):
            outcomes.decline(outcome=outcome, reason="Không", by=person, at=NOON)


def test_a_request_is_decided_once(people, shared):
    _case, mine, _other = shared
    outcome = ask(mine, people.cl)
    reopen(outcome, people.po)
    with pytest.raises(NotNow):
        reopen(outcome, people.pl)
    with pytest.raises(NotNow):
        outcomes.decline(outcome=outcome, reason="Muộn", by=people.po, at=NOON)


def test_a_declined_request_is_not_decided_again(people, shared):
    _case, mine, _other = shared
    outcome = ask(mine, people.cl)
    outcomes.decline(outcome=outcome, reason="Đã có lịch", by=people.po, at=NOON)
    with pytest.raises(NotNow, match="decided already"):
        outcomes.decline(outcome=outcome, reason="Vẫn thế", by=people.pl, at=LATER)
    with pytest.raises(NotNow, match="decided already"):
        reopen(outcome, people.pl)


def test_nobody_judges_a_reply_that_a_newer_one_replaced(people, shared):
    case, mine, other = shared
    reopen(ask(mine, people.cl), people.po)
    with pytest.raises(NotNow, match="in work again"):
        outcomes.accept(delivery=other, by=people.other_co, at=LATER)
    then = LATER + timedelta(hours=1)
    replies.save_draft(case=case, version=0, text="Đã cử", by=people.do, at=then)
    reply = replies.send(case=case, version=1, by=people.dh, at=then, **LETTER)
    replies.confirm(reply=reply, by=people.po, at=then)
    with pytest.raises(NotNow, match="newer reply"):
        outcomes.accept(delivery=other, by=people.other_co, at=LATER)
    fresh = Delivery.objects.get(reply=reply, unit=people.kim_dong)
    outcomes.accept(delivery=fresh, by=people.other_co, at=LATER)


# Close


def test_the_office_closes_an_answered_case(people, shared):
    case, _mine, _other = shared
    outcomes.close(case=case, by=people.po, at=NOON)
    case.refresh_from_db()
    assert (case.state, case.closed_at) == (CaseState.CLOSED, NOON)
    assert len(lines("case_closed")) == 1


def test_a_case_is_not_closed_over_a_request(people, shared):
    case, mine, _other = shared
    ask(mine, people.cl)
    with pytest.raises(NotNow, match="asks to reopen"):
        outcomes.close(case=case, by=people.po, at=NOON)


def test_an_unanswered_case_is_not_closed(people, steps):
    case, _reply = steps.sent()
    with pytest.raises(NotNow):
        outcomes.close(case=case, by=people.po, at=NOON)


def test_only_the_office_closes(shared, everybody):
    case, _mine, _other = shared
    for person in everybody("po"):
        with pytest.raises(NotYours):
            outcomes.close(case=case, by=person, at=NOON)
