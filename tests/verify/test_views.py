"""Promises of the author's two buttons and of the page of outcomes."""

import pytest
from django.urls import reverse

from haicap.resolve.models import Case
from haicap.resolve.states import CaseState
from haicap.verify.actions import outcomes
from haicap.verify.models import Outcome, Verdict
from haicap.verify.queries import verdicts_on
from tests.world import NOON, key


pytestmark = pytest.mark.usefixtures("clock")


def post(client, name, pk, data=None):
    return client.post(reverse(f"verify:{name}", args=[pk]), {**key(), **(data or {})})


@pytest.fixture
def shared(people, steps):
    case, reply = steps.answered(units=[people.binh_minh, people.kim_dong])
    return case, reply.deliveries.get(unit=people.binh_minh)


def test_yes_is_one_press(people, shared, as_):
    _case, mine = shared
    assert post(as_(people.co), "accept", mine.pk).status_code == 302
    assert Outcome.objects.get().verdict == Verdict.ACCEPTED


def test_yes_pressed_twice_counts_once(people, shared, as_):
    _case, mine = shared
    client, form = as_(people.co), key()
    address = reverse("verify:accept", args=[mine.pk])
    assert client.post(address, form).status_code == 302
    assert client.post(address, form).status_code == 302
    assert Outcome.objects.count() == 1


def test_not_yet_asks_what_is_missing(people, shared, as_):
    _case, mine = shared
    client = as_(people.cl)
    empty = post(client, "ask-reopen", mine.pk, {f"ask-{mine.pk}-reason": ""})
    assert empty.status_code == 422
    said = {f"ask-{mine.pk}-reason": "Chưa thấy người"}
    assert post(client, "ask-reopen", mine.pk, said).status_code == 302
    assert Outcome.objects.get().reason == "Chưa thấy người"


def test_another_commune_finds_no_such_arrival(people, shared, as_):
    _case, mine = shared
    assert post(as_(people.other_co), "accept", mine.pk).status_code == 404
    assert post(as_(people.other_co), "accept", 999_999).status_code == 404


def test_an_officer_is_told_that_the_leader_asks(people, shared):
    case, _mine = shared
    (mine,) = verdicts_on(case, people.co).mine
    assert (mine.accept_why, mine.may_speak) == ("", True)
    assert "Lãnh đạo đơn vị" in mine.ask_why


def test_a_commune_reads_no_other_communes_word(people, shared):
    case, mine = shared
    outcomes.accept(delivery=mine, by=people.co, at=NOON)
    shown = verdicts_on(case, people.other_co)
    assert not shown.sees_all
    assert [word.unit for word in shown.words] == [people.kim_dong]


def test_the_office_reads_every_word(people, shared):
    case, mine = shared
    outcomes.accept(delivery=mine, by=people.co, at=NOON)
    shown = verdicts_on(case, people.po)
    assert (shown.n_accepted, shown.n_asked, shown.n_silent) == (1, 0, 1)


@pytest.fixture
def asked(people, shared):
    case, mine = shared
    outcome = outcomes.ask_reopen(
        delivery=mine, reason="Chưa thấy người", by=people.cl, at=NOON
    )
    return case, outcome


def test_the_page_of_outcomes_shows_requests_and_who_is_asked(people, asked, as_):
    case, _outcome = asked
    answer = as_(people.po).get(reverse("verify:outcomes"))
    assert "Chưa thấy người" in answer.text
    assert case.code in answer.text


def test_the_page_of_outcomes_is_no_page_for_others(as_, everybody):
    for person in everybody("po", "pl"):
        assert as_(person).get(reverse("verify:outcomes")).status_code == 404


def test_the_page_of_outcomes_asks_few_questions(
    people, asked, steps, as_, django_assert_max_num_queries
):
    for _ in range(3):
        steps.answered()
    client = as_(people.po)
    with django_assert_max_num_queries(9):
        client.get(reverse("verify:outcomes"))


def test_the_office_reopens_by_the_form(people, asked, as_):
    case, outcome = asked
    form = {"decision": "reopen", f"reopen-{outcome.pk}-working_days": "5"}
    assert post(as_(people.po), "decide-reopen", outcome.pk, form).status_code == 302
    assert Case.objects.get(pk=case.pk).state == CaseState.ASSIGNED


def test_the_office_declines_by_the_form_with_a_reason(people, asked, as_):
    case, outcome = asked
    form = {"decision": "decline", f"decline-{outcome.pk}-reason": ""}
    answer = post(as_(people.pl), "decide-reopen", outcome.pk, form)
    assert answer.status_code == 422
    form[f"decline-{outcome.pk}-reason"] = "Đã có lịch"
    assert post(as_(people.pl), "decide-reopen", outcome.pk, form).status_code == 302
    assert Case.objects.get(pk=case.pk).state == CaseState.ANSWERED


def test_a_wrong_number_of_days_reopens_nothing(people, asked, as_):
    _case, outcome = asked
    form = {"decision": "reopen", f"reopen-{outcome.pk}-working_days": "0"}
    answer = post(as_(people.po), "decide-reopen", outcome.pk, form)
    assert answer.status_code == 422


def test_the_office_closes_by_the_button(people, shared, as_):
    case, _mine = shared
    assert post(as_(people.po), "close", case.pk).status_code == 302
    assert Case.objects.get(pk=case.pk).state == CaseState.CLOSED


def test_a_case_with_a_request_says_why_it_is_not_closed(people, asked, as_):
    case, _outcome = asked
    assert "đề nghị làm lại" in verdicts_on(case, people.po).close_why
    assert post(as_(people.po), "close", case.pk).status_code == 409


def test_a_case_behind_which_nobody_is_named_can_still_be_closed(people, steps, as_):
    case, reply = steps.answered()
    reply.deliveries.all().delete()
    shown = verdicts_on(case, people.po)
    assert (shown.reply, shown.words, shown.close_why) == (reply, [], "")
    assert post(as_(people.po), "close", case.pk).status_code == 302
    assert Case.objects.get(pk=case.pk).verified_at is None


@pytest.mark.parametrize("who", ["po", "co", "do"])
def test_the_words_on_a_case_are_asked_once(
    people, asked, django_assert_num_queries, who
):
    case, user = asked[0], getattr(people, who)
    assert user.posts_today
    with django_assert_num_queries(1):
        verdicts_on(case, user)
