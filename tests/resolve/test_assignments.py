"""Promises of proposing, deciding and sending back who leads."""

from datetime import UTC, date, datetime

import pytest
from django.db import IntegrityError, transaction

from haicap.core.errors import BadInput, NotNow, NotYours
from haicap.resolve.actions import assignments, routing
from haicap.resolve.models import Assignment, Case
from haicap.resolve.policies import Stale
from haicap.resolve.states import CaseState, Verdict
from tests.steps import lines
from tests.world import NOON, agency


pytestmark = pytest.mark.usefixtures("in_english")


def propose(case, people, **values):
    return assignments.propose(
        **{
            "case": case,
            "lead": people.home,
            "coordinators": [people.finance],
            "working_days": 10,
            "by": people.po,
            "at": NOON,
            **values,
        }
    )


def test_a_proposal_puts_the_case_before_the_leader(people, make_case):
    case = make_case()
    assignment = propose(case, people, note="Theo lĩnh vực")
    case.refresh_from_db()
    assert case.state == CaseState.PROPOSED
    assert case.lead is None
    assert (assignment.lead, assignment.note) == (people.home, "Theo lĩnh vực")
    assert list(assignment.coordinators.all()) == [people.finance]


def test_a_proposal_is_one_line_of_the_ledger(people, make_case):
    case = make_case()
    propose(case, people)
    (line,) = lines("assignment_proposed")
    assert (line.subject_type, line.subject_id) == ("case", case.pk)
    assert line.by_id == people.po.pk
    assert line.data["lead"] == "so-noi-vu"
    assert line.data["working_days"] == 10


def test_only_the_office_proposes(people, make_case, everybody):
    case = make_case()
    for person in everybody("po"):
        with pytest.raises(NotYours):
            propose(case, people, by=person)
    assert not Assignment.objects.exists()


def test_a_newer_proposal_replaces_the_one_that_waits(people, make_case):
    case = make_case()
    first = propose(case, people)
    second = propose(case, people, lead=people.finance, coordinators=[])
    first.refresh_from_db()
    assert first.verdict == Verdict.REPLACED
    assert case.assignments.get(verdict=Verdict.PENDING) == second


@pytest.mark.parametrize("state", [CaseState.ASSIGNED, CaseState.REPLIED])
def test_a_case_with_an_agency_is_not_proposed_again(people, make_case, state):
    with pytest.raises(NotNow, match="Only a case that no agency"):
        propose(make_case(state=state), people)


def test_the_lead_never_coordinates(people, make_case):
    with pytest.raises(BadInput):
        propose(make_case(), people, coordinators=[people.home])


def test_the_lead_never_coordinates_even_when_slipped_in_later(people, steps):
    case = steps.proposed()
    case.assignments.get().coordinators.add(people.home)
    with pytest.raises(BadInput):
        assignments.decide(case=case, by=people.pl, at=NOON)


@pytest.mark.parametrize("days", [0, -1, 251])
def test_a_period_is_one_to_250_working_days(people, make_case, days):
    with pytest.raises(BadInput):
        propose(make_case(), people, working_days=days)


def test_a_decision_gives_the_case_to_the_lead_and_counts_the_days(people, steps):
    case = steps.proposed()
    assignments.decide(case=case, by=people.pl, at=NOON)
    case.refresh_from_db()
    assert case.state == CaseState.ASSIGNED
    assert case.lead == people.home
    assert list(case.coordinators.all()) == [people.finance]
    # 08–09/01 two, Saturday 10/01 worked for 02/01, 12–16/01 five, 19–20/01 two.
    assert case.due_on == date(2026, 1, 20)
    assert case.assigned_at == NOON


def test_the_day_of_decision_is_the_day_in_the_province(people, steps):
    case = steps.proposed()
    late_evening = datetime(2026, 1, 7, 17, 30, tzinfo=UTC)  # 00:30 on the 8th there
    assignments.decide(case=case, by=people.pl, at=late_evening)
    case.refresh_from_db()
    assert case.due_on == date(2026, 1, 21)


def test_a_case_may_be_given_without_a_date(people, make_case):
    case = make_case()
    propose(case, people, working_days=None)
    assignments.decide(case=case, by=people.pl, at=NOON)
    case.refresh_from_db()
    assert case.due_on is None


def test_a_decision_is_one_line_of_the_ledger(people, steps):
    case = steps.assigned()
    (line,) = lines("assignment_decided")
    assert line.subject_id == case.pk
    assert line.by_id == people.pl.pk
    assert line.data["due_on"] == "2026-01-20"


def test_only_the_leader_decides(people, steps, everybody):
    case = steps.proposed()
    for person in everybody("pl"):
        with pytest.raises(NotYours):
            assignments.decide(case=case, by=person, at=NOON)
        with pytest.raises(NotYours):
            assignments.send_back(case=case, reason="Nhầm", by=person, at=NOON)
    case.refresh_from_db()
    assert case.state == CaseState.PROPOSED


def test_deciding_twice_decides_once(people, steps):
    case = steps.assigned()
    with pytest.raises(NotNow):
        assignments.decide(case=case, by=people.pl, at=NOON)
    assert len(lines("assignment_decided")) == 1


def test_a_leader_never_approves_a_proposal_he_did_not_read(people, make_case):
    case = make_case()
    read = propose(case, people)
    propose(case, people, lead=people.finance, coordinators=[])
    with pytest.raises(Stale):
        assignments.decide(case=case, proposal=read.pk, by=people.pl, at=NOON)


def test_a_leader_sends_a_proposal_back_with_a_reason(people, steps):
    case = steps.proposed()
    returned = assignments.send_back(
        case=case, reason="Giao Sở Tài chính", by=people.pl, at=NOON
    )
    case.refresh_from_db()
    assert case.state == CaseState.OPEN
    assert (returned.verdict, returned.reason) == ("returned", "Giao Sở Tài chính")
    (line,) = lines("assignment_returned")
    assert line.data["reason"] == "Giao Sở Tài chính"


def test_sending_back_needs_a_reason(people, steps):
    case = steps.proposed()
    with pytest.raises(BadInput):
        assignments.send_back(case=case, reason=" ", by=people.pl, at=NOON)


def test_many_cases_are_proposed_by_their_fields(people, make_case):
    routing.load(by=None, at=NOON)
    ours, taken = make_case(), make_case(state=CaseState.ASSIGNED)
    waste = make_case(field="environment-waste")
    result = assignments.propose_many(cases=[ours, taken, waste], by=people.po, at=NOON)
    assert [case.pk for case in result.done] == [ours.pk, waste.pk]
    ((refused, sentence),) = result.refused
    assert refused == taken
    assert "no agency has yet" in sentence
    assert Assignment.objects.get(case=waste).lead == agency(
        "so-nong-nghiep-va-moi-truong"
    )


def test_many_cases_get_the_lead_that_was_chosen(people, make_case):
    cases = [make_case(), make_case()]
    assignments.propose_many(
        cases=cases, lead=people.finance, working_days=5, by=people.po, at=NOON
    )
    chosen = Assignment.objects.values_list("lead_id", "working_days")
    assert set(chosen) == {(people.finance.pk, 5)}


def test_a_field_without_a_rule_is_refused_in_words(people, make_case):
    result = assignments.propose_many(cases=[make_case()], by=people.po, at=NOON)
    ((_case, sentence),) = result.refused
    assert "Choose the lead by hand" in sentence


def test_many_proposals_are_decided_at_once(people, steps, make_case):
    waiting, nothing = steps.proposed(), make_case()
    result = assignments.decide_many(cases=[waiting, nothing], by=people.pl, at=NOON)
    assert result.done == [waiting]
    assert [case for case, _ in result.refused] == [nothing]


def test_many_are_refused_whole_to_who_may_not(people, make_case, everybody):
    case = make_case()
    for person in everybody("po"):
        with pytest.raises(NotYours):
            assignments.propose_many(cases=[case], by=person, at=NOON)
    for person in everybody("pl"):
        with pytest.raises(NotYours):
            assignments.decide_many(cases=[case], by=person, at=NOON)


def test_a_case_in_work_without_a_lead_cannot_exist(make_case):
    case = make_case()
    with pytest.raises(IntegrityError), transaction.atomic():
        Case.objects.filter(pk=case.pk).update(state=CaseState.ASSIGNED)
