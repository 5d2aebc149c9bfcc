"""What is like this? shown while a case is named, a statement read, an answer written."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django_tasks_db.models import DBTaskResult

from haicap.core.errors import NotYours
from haicap.resolve.actions import grouping
from haicap.resolve.queries_likely import answered_before, likely_cases
from haicap.synthesise import actions, actions_looks, queries, tasks
from haicap.synthesise.actions_terms import not_taken_in, take_in
from haicap.synthesise.models import Suggestion, Term, TermOfAsk


@pytest.fixture
def answered_case(steps):
    """A case of the home agency about surveyors, answered with number 412/SNV-CCVC."""
    case, _reply = steps.answered()
    take_in(not_taken_in())
    return case


def test_a_title_that_is_typed_finds_the_case_that_asks_for_the_same(
    people, make_case, make_recommendation
):
    case = make_case()
    make_recommendation(text="nạo vét kênh cấp II", fields=["agriculture"])
    take_in(not_taken_in())
    (found,) = likely_cases(people.po, "xin thêm biên chế làm địa chính")
    assert found.case == case
    assert "địa chính" in found.why
    assert 20 <= found.percent <= 100
    assert likely_cases(people.po, "xin thêm biên chế làm địa chính", but=case.pk) == []
    assert likely_cases(people.po, "trang bị máy đo địa chính") == []
    assert likely_cases(people.po, "xin") == []


def test_the_part_says_which_case_and_why(people, make_case, as_):
    case = make_case()
    take_in(not_taken_in())
    url = reverse("resolve:likely")
    part = as_(people.po).get(
        url, {"title": "bổ sung công chức địa chính"}, headers={"HX-Request": "true"}
    )
    words = part.content.decode()
    assert case.code in words
    assert "<html" not in words
    whole = as_(people.po).get(url, {"title": "bổ sung công chức địa chính"})
    assert case.code in whole.content.decode()
    for odd in ({}, {"title": ""}, {"but": "x" * 30}, {"title": "\x00?"}):
        assert as_(people.po).get(url, odd).status_code == 200


def test_a_statement_that_is_read_finds_its_case(
    people, make_case, make_recommendation, as_
):
    case = make_case()
    take_in(not_taken_in())
    ask = make_recommendation(text="đề nghị tuyển thêm công chức địa chính")
    url = reverse("resolve:likely")
    page = as_(people.po).get(url, {"statement": ask.statement_id})
    assert case.code in page.content.decode()
    assert as_(people.po).get(url, {"statement": "987654"}).status_code == 404


def test_a_lead_reads_what_was_answered_before_with_its_number(
    people, steps, answered_case, as_
):
    case = steps.assigned(title="Thiếu công chức địa chính")
    page = as_(people.do).get(reverse("resolve:answered-before", args=[case.pk]))
    words = page.content.decode()
    assert answered_case.code in words
    assert "412/SNV-CCVC" in words
    assert reverse("resolve:answered-before", args=[case.pk]) in (
        as_(people.do).get(case.get_absolute_url()).content.decode()
    )


def test_an_answer_that_is_not_confirmed_is_not_shown(people, steps):
    steps.sent()
    case = steps.assigned(title="Thiếu công chức địa chính")
    take_in(not_taken_in())
    assert answered_before(people.do, case) == []


def test_an_agency_reads_only_answers_of_its_own_cases(
    people, make_case, answered_case
):
    case = make_case(title="Thiếu công chức địa chính")
    assert [found.case for found in answered_before(people.po, case)] == [answered_case]
    assert [f.case for f in answered_before(people.other_do, case)] == [answered_case]
    answered_case.coordinators.clear()
    assert answered_before(people.other_do, case) == []


@pytest.mark.parametrize("n", [1, 6])
def test_looking_asks_the_same_few_questions_however_many_are_alike(
    n, people, steps, make_case, django_assert_max_num_queries
):
    for _each in range(n):
        steps.answered()
    case = make_case(title="Thiếu công chức địa chính")
    take_in(not_taken_in())
    with django_assert_max_num_queries(7):
        assert len(answered_before(people.po, case)) == min(n, 5)
    with django_assert_max_num_queries(6):
        assert likely_cases(people.po, "bổ sung công chức địa chính")


def test_what_a_case_carries_is_found_at_once(people, make_recommendation, noon):
    ask = make_recommendation()
    case = grouping.gather(recommendations=[ask], by=people.po, at=noon)
    assert [f.case for f in likely_cases(people.po, "thiếu công chức địa chính")] == [
        case
    ]


def test_words_are_kept_once(make_recommendation):
    first = make_recommendation()
    silent = make_recommendation(text="!!!")
    assert take_in(not_taken_in()) == [first.pk, silent.pk]
    n_rows, all_asks = TermOfAsk.objects.count(), Term.objects.get(name="")
    assert take_in(not_taken_in()) == []
    assert TermOfAsk.objects.count() == n_rows
    assert all_asks.n_asks == 2


def test_few_asks_are_looked_at_as_a_whole(people, make_recommendation, noon):
    make_recommendation(), make_recommendation(unit=people.kim_dong)
    assert actions_looks.look(by=people.po, at=noon) is False
    row = Suggestion.objects.get()
    assert row.members.count() == 2
    assert ["thing", "địa chính"] in row.why
    assert not DBTaskResult.objects.exists()


def test_among_many_only_the_new_ask_is_looked_at_and_a_job_does_the_rest(
    people, make_recommendation, noon, monkeypatch
):
    first = make_recommendation()
    make_recommendation(text="nạo vét kênh cấp II qua xã", fields=["agriculture"])
    assert actions_looks.look(by=people.po, at=noon) is False
    monkeypatch.setattr(actions_looks, "FEW", 1)
    new = make_recommendation(unit=people.kim_dong)
    assert actions_looks.look(by=people.po, at=noon) is True
    row = Suggestion.objects.get()
    assert set(row.members.all()) == {first, new}
    another = make_recommendation(text="xin thêm biên chế làm địa chính")
    actions_looks.look(by=people.po, at=noon)
    assert set(Suggestion.objects.get().members.all()) == {first, new, another}
    assert DBTaskResult.objects.count() == 2


def test_the_job_finds_what_the_look_finds(people, make_recommendation, monkeypatch):
    asks = [make_recommendation(), make_recommendation(unit=people.kim_dong)]
    assert tasks.look_at_all.func(people.po.pk) == "1 groups wait"
    assert set(Suggestion.objects.get().members.all()) == set(asks)


def test_a_new_ask_is_compared_with_a_few_however_many_there_are(
    people, make_recommendation, noon, monkeypatch
):
    monkeypatch.setattr(queries, "TRIED", 3)
    compared = []
    real = queries.nearest

    def spy(ask, others, **values):
        compared.append(len(list(others)))
        return real(ask, others, **values)

    monkeypatch.setattr(queries, "nearest", spy)
    for _each in range(8):
        make_recommendation()
    take_in(not_taken_in())
    monkeypatch.setattr(actions_looks, "FEW", 1)
    make_recommendation(unit=people.kim_dong)
    with CaptureQueriesContext(connection) as asked:
        actions_looks.look(by=people.po, at=noon)
    assert compared == [3]
    assert len(asked) < 40


def test_only_the_office_looks(people, noon):
    with pytest.raises(NotYours):
        actions_looks.look(by=people.do, at=noon)
    with pytest.raises(NotYours):
        actions.refresh(by=people.do, at=noon)


def test_a_suggestion_says_what_differs(people, make_recommendation, noon, as_):
    make_recommendation(
        text="bổ sung bác sĩ, máy siêu âm cho trạm y tế", fields=["health"]
    )
    make_recommendation(
        text="đề nghị điều thêm bác sĩ về trạm y tế",
        fields=["health"],
        unit=people.kim_dong,
    )
    actions_looks.look(by=people.po, at=noon)
    page = as_(people.po).get(reverse("resolve:suggestions")).content.decode()
    assert "“bác sĩ”" in page
    assert "Chỉ một số nói: “thiết bị y tế”" in page
