"""Promises of the forms and parts of a case's work, as a browser meets them."""

from datetime import date

import pytest
from django.urls import reverse

from haicap.ledger.models import Event
from haicap.places import decided, workdays
from haicap.resolve.actions import replies, routing
from haicap.resolve.models import Assignment, Case, Delivery, Reply, RoutingRule
from haicap.resolve.queries_work import work_on
from haicap.resolve.states import CaseState, ReplyState
from tests.steps import LETTER, lines
from tests.world import NOON, agency, key


pytestmark = pytest.mark.usefixtures("clock")
TODAY = date(2026, 1, 7)
HTMX = {"HX-Request": "true"}


def post(client, name, pk, data=None, **headers):
    values = {**key(), **(data or {})}
    return client.post(reverse(f"resolve:{name}", args=[pk]), values, headers=headers)


def proposal(people, **values):
    return {
        "lead": people.home.pk,
        "coordinators": [people.finance.pk],
        "working_days": "10",
        **values,
    }


# Who leads


def test_the_office_proposes_by_the_form(people, make_case, as_):
    case = make_case()
    answer = post(as_(people.po), "propose", case.pk, proposal(people))
    assert answer.status_code == 302
    assert Assignment.objects.get().coordinators.get() == people.finance


def test_the_same_form_twice_proposes_once(people, make_case, as_):
    case, client = make_case(), as_(people.po)
    form = {**proposal(people), **key()}
    first = post(client, "propose", case.pk, form)
    second = post(client, "propose", case.pk, form)
    assert first.headers["Location"] == second.headers["Location"]
    assert Assignment.objects.count() == 1


def test_a_form_with_a_fault_keeps_what_was_typed(people, make_case, as_):
    case = make_case()
    bad = proposal(people, coordinators=[people.home.pk], note="Theo kết luận")
    answer = post(as_(people.po), "propose", case.pk, bad)
    assert answer.status_code == 422
    assert "Theo kết luận" in answer.text
    assert "không đồng thời là cơ quan phối hợp" in answer.text
    assert not Assignment.objects.exists()


def test_the_proposal_begins_with_the_routing_table_and_says_so(people, make_case):
    routing.load(by=None, at=NOON)
    work = work_on(make_case(), people.po, TODAY)
    assert work.propose_form.initial["lead"] == people.home.pk
    assert work.propose_form.initial["working_days"] == 20
    assert work.route.lead == people.home


def test_who_does_not_see_a_case_gets_the_page_of_a_missing_one(people, make_case, as_):
    case = make_case()
    assert post(as_(people.other_co), "propose", case.pk).status_code == 404
    assert post(as_(people.other_co), "propose", 999_999).status_code == 404


def test_who_sees_a_case_but_may_not_propose_is_told_so(people, make_case, as_):
    answer = post(as_(people.au), "propose", make_case().pk, proposal(people))
    assert answer.status_code == 403


def test_the_leader_decides_by_the_form(people, steps, as_):
    case = steps.proposed()
    read = {"proposal": case.assignments.get().pk}
    assert post(as_(people.pl), "decide", case.pk, read).status_code == 302
    case.refresh_from_db()
    assert (case.state, case.due_on) == (CaseState.ASSIGNED, date(2026, 1, 20))


def test_the_leader_sends_back_by_the_form(people, steps, as_):
    case = steps.proposed()
    read = {"back-proposal": case.assignments.get().pk}
    assert post(as_(people.pl), "send-back", case.pk, read).status_code == 422
    form = {**read, "back-reason": "Giao Sở Tài chính"}
    assert post(as_(people.pl), "send-back", case.pk, form).status_code == 302
    case.refresh_from_db()
    assert case.state == CaseState.OPEN
    assert work_on(case, people.po, TODAY).returned.reason == "Giao Sở Tài chính"


def test_ticked_cases_are_proposed_and_each_refusal_is_named(people, make_case, as_):
    routing.load(by=None, at=NOON)
    ours, taken = make_case(), make_case(state=CaseState.ASSIGNED)
    client = as_(people.po)
    answer = client.post(
        reverse("resolve:propose-many"),
        {**key(), "row": [ours.pk, taken.pk], "next": "/resolve/routing/"},
        follow=True,
    )
    assert "Đã trình 1 hồ sơ" in answer.text
    assert taken.code in answer.text


def test_ticked_proposals_are_decided(people, steps, as_):
    case = steps.proposed()
    client = as_(people.pl)
    client.post(reverse("resolve:decide-many"), {**key(), "row": [case.pk]})
    case.refresh_from_db()
    assert case.state == CaseState.ASSIGNED


# Due


def test_a_due_date_counts_its_days_line_by_line(people, steps):
    case = steps.assigned()
    due = work_on(case, people.do, TODAY).due
    assert due.words == "Còn 10 ngày làm việc"
    assert due.total == 10
    values = [line.value for line in due.lines]
    assert sum(value for value in values if isinstance(value, int)) == 10
    assert [line.tone for line in due.lines].count("makeup") == 1


@pytest.mark.parametrize(
    ("today", "state", "words"),
    [
        (date(2026, 1, 19), "soon", "Còn 1 ngày làm việc"),
        (date(2026, 1, 20), "soon", "Hạn hôm nay"),
        (date(2026, 1, 22), "late", "Quá hạn 2 ngày làm việc"),
    ],
)
def test_a_due_date_says_how_long_is_left(people, steps, today, state, words):
    due = work_on(steps.assigned(), people.do, today).due
    assert (due.state, due.words) == (state, words)


def test_after_the_reply_the_date_of_the_document_counts(people, steps):
    in_time, _reply = steps.answered()
    assert work_on(in_time, people.po, date(2026, 3, 1)).due.state == "done"
    in_time.replies.update(issued_on=date(2026, 1, 21))
    assert work_on(in_time, people.po, date(2026, 3, 1)).due.state == "late"


def test_a_case_without_a_date_shows_none(people, make_case):
    assert work_on(make_case(), people.po, TODAY).due is None


# Reply


def draft(version=0, **values):
    return {"version": version, "text": "Tỉnh đang xem xét.", **values}


def test_a_draft_is_saved_by_the_form(people, steps, as_):
    case = steps.assigned()
    answer = post(as_(people.do), "draft-reply", case.pk, draft())
    assert answer.status_code == 302
    assert Reply.objects.get().text == "Tỉnh đang xem xét."


def test_the_page_saves_by_itself_and_gets_the_keys_of_the_next_save(
    people, steps, as_
):
    case, client = steps.assigned(), as_(people.do)
    first = post(client, "draft-reply", case.pk, draft(), **HTMX)
    assert first.status_code == 200
    assert 'name="version" value="1"' in first.text
    assert "Đã lưu 12:00" in first.text
    second = post(client, "draft-reply", case.pk, draft(1, text="Thêm"), **HTMX)
    assert 'name="version" value="2"' in second.text


def test_a_stale_draft_shows_both_texts_and_overwrites_neither(people, steps, as_):
    case = steps.drafted()
    mine = draft(0, text="Bản của tôi")
    answer = post(as_(people.do), "draft-reply", case.pk, mine)
    assert answer.status_code == 409
    assert "Bản của tôi" in answer.text
    assert "Tỉnh bổ sung hai người" in answer.text
    assert Reply.objects.get().text.startswith("Tỉnh bổ sung")


def test_a_stale_draft_of_the_timer_is_told_without_losing_the_form(people, steps, as_):
    case = steps.drafted()
    answer = post(as_(people.do), "draft-reply", case.pk, draft(0), **HTMX)
    assert answer.status_code == 409
    assert 'name="version" value="0"' in answer.text


def test_a_draft_is_handed_on_with_its_last_words(people, steps, as_):
    case = steps.assigned()
    assert post(as_(people.do), "hand-on", case.pk, draft()).status_code == 302
    reply = Reply.objects.get()
    assert reply.handed_on_at is not None
    assert reply.text == "Tỉnh đang xem xét."


def letter(case, **values):
    reply = case.replies.get(state=ReplyState.DRAFT)
    return {
        "version": reply.version,
        "text": reply.text,
        "number": LETTER["number"],
        "issued_on": "07/01/2026",
        "outcome_class": LETTER["outcome_class"],
        **values,
    }


def test_the_head_sends_by_the_form(people, steps, as_):
    case = steps.drafted()
    assert post(as_(people.dh), "send-reply", case.pk, letter(case)).status_code == 302
    case.refresh_from_db()
    assert case.state == CaseState.REPLIED


def test_another_agencys_head_is_refused_before_the_form_is_read(people, steps, as_):
    case = steps.drafted()
    for each in (people.other_dh, people.do, people.po):
        answer = post(as_(each), "send-reply", case.pk, letter(case))
        assert answer.status_code == 403


def test_words_changed_while_signing_are_neither_sent_nor_lost(people, steps, as_):
    case = steps.drafted()
    changed = letter(case, text="Đổi khi ký")
    answer = post(as_(people.dh), "send-reply", case.pk, changed)
    assert answer.status_code == 422
    assert "Đổi khi ký" in answer.text
    case.refresh_from_db()
    assert case.state == CaseState.ASSIGNED


@pytest.mark.parametrize(
    ("fault", "sentence"),
    [
        ({"issued_on": "31/02/2026"}, "31/02/2026"),
        ({"number": ""}, LETTER["outcome_class"]),
        ({"outcome_class": "solved_execution"}, "cần ghi sản phẩm"),
        ({"outcome_class": "out_of_competence_forwarded"}, "cần ghi nơi nhận"),
    ],
)
def test_a_faulty_letter_says_what_is_missing(people, steps, as_, fault, sentence):
    case = steps.drafted()
    answer = post(as_(people.dh), "send-reply", case.pk, letter(case, **fault))
    assert answer.status_code == 422
    assert sentence in answer.text


def test_the_office_confirms_by_the_form(people, steps, as_):
    case, reply = steps.sent()
    form = {"outcome_class": "in_progress_roadmap", "reason": ""}
    answer = post(as_(people.po), "confirm-reply", reply.pk, form)
    assert answer.status_code == 302
    assert Delivery.objects.count() == 1
    assert answer.headers["Location"] == case.get_absolute_url()


def test_another_class_without_a_reason_is_asked_again(people, steps, as_):
    _case, reply = steps.sent()
    form = {"outcome_class": "explained", "reason": ""}
    answer = post(as_(people.po), "confirm-reply", reply.pk, form)
    assert answer.status_code == 422
    assert not Delivery.objects.exists()


def test_the_office_returns_by_the_form(people, steps, as_):
    case, reply = steps.sent()
    form = {"back-reason": "Thiếu mốc"}
    assert post(as_(people.po), "return-reply", reply.pk, form).status_code == 302
    case.refresh_from_db()
    work = work_on(case, people.do, TODAY)
    assert work.sent_back.returned_reason == "Thiếu mốc"
    assert work.draft.text == reply.text


def test_a_commune_does_not_learn_that_a_draft_exists(people, steps):
    case = steps.drafted()
    work = work_on(case, people.co, TODAY)
    assert (work.draft, work.draft_form, work.letters) == (None, None, [])


def test_a_commune_reads_its_own_words_in_the_letter(people, steps):
    case, _reply = steps.answered(units=[people.binh_minh, people.kim_dong])
    (shown,) = work_on(case, people.other_co, TODAY).letters
    assert [quote.who for quote in shown.quotes] == ["Xã Kim Đông"]
    assert (shown.n_more, shown.n_units) == (1, 2)


def test_a_button_that_does_not_work_gives_the_policys_sentence(people, steps):
    case, _reply = steps.sent()
    work = work_on(case, people.dh, TODAY)
    assert (
        work.send_why == work.draft_why == "Chỉ hồ sơ đang ở cơ quan mới trả lời được."
    )


def test_the_head_who_wrote_it_is_told_that_another_signs(people, steps):
    case = steps.drafted(by=people.dh)
    assert work_on(case, people.dh, TODAY).send_why


def test_the_office_publishes_and_takes_back(people, steps, as_):
    case, _reply = steps.answered()
    client = as_(people.po)
    assert post(client, "publish", case.pk).status_code == 302
    assert Case.objects.get(pk=case.pk).published_at is not None
    assert post(client, "unpublish", case.pk).status_code == 302
    assert Case.objects.get(pk=case.pk).published_at is None


@pytest.mark.parametrize(
    ("who", "most"), [("po", 9), ("do", 7), ("co", 7), ("pl", 6), ("au", 6)]
)
def test_the_work_on_a_case_asks_few_questions(
    people, steps, django_assert_max_num_queries, who, most
):
    routing.load(by=None, at=NOON)
    user = getattr(people, who)
    many = [people.binh_minh, people.kim_dong]
    for case in (
        steps.proposed(units=many),
        steps.drafted(units=many),
        steps.answered(units=many)[0],
    ):
        row = Case.objects.select_related("lead").get(pk=case.pk)
        assert user.posts_today
        # A page knows the stamp of the calendar from the one who signed in.
        with workdays.known(decided.stamp()), django_assert_max_num_queries(most):
            work_on(row, user, TODAY)


# Routing


def test_the_routing_page_shows_every_field(people, as_):
    routing.load(by=None, at=NOON)
    answer = as_(people.po).get(reverse("resolve:routing"))
    assert answer.text.count("?field=") == 36
    assert "chưa đối chiếu" in answer.text


def test_a_line_of_the_routing_page_is_changed(people, as_):
    routing.load(by=None, at=NOON)
    client = as_(people.po)
    opened = client.get(reverse("resolve:routing"), {"field": "staffing"})
    assert 'id="change-route"' in opened.text
    form = {
        **key(),
        "version": 1,
        "lead": people.finance.pk,
        "working_days": 12,
        "valid_from": "08/01/2026",
    }
    answer = client.post(reverse("resolve:change-route", args=["staffing"]), form)
    assert answer.status_code == 302
    coming = RoutingRule.objects.standing("staffing", on=date(2026, 1, 8))
    assert coming.lead == people.finance


def test_a_faulty_line_keeps_what_was_typed(people, as_):
    routing.load(by=None, at=NOON)
    form = {**key(), "version": 1, "lead": "", "basis": "QĐ 99/QĐ-UBND"}
    address = reverse("resolve:change-route", args=["staffing"])
    answer = as_(people.po).post(address, form)
    assert answer.status_code == 422
    assert "QĐ 99/QĐ-UBND" in answer.text


def test_the_routing_page_is_no_page_for_others(people, as_, everybody):
    for person in everybody("po", "sa"):
        answer = as_(person).get(reverse("resolve:routing"))
        assert answer.status_code == 404


def test_an_unknown_field_has_no_rule_to_change(people, as_):
    address = reverse("resolve:change-route", args=["no-such-field"])
    assert as_(people.po).post(address, key()).status_code == 404


# Everything together


def test_every_step_of_the_way_leaves_one_line(people, steps):
    case, reply = steps.sent()
    replies.confirm(reply=reply, by=people.po, at=NOON)
    kinds = Event.objects.filter(subject_type="case", subject_id=case.pk)
    assert list(kinds.order_by("seq").values_list("kind", flat=True)) == [
        "assignment_proposed",
        "assignment_decided",
        "reply_drafted",
        "reply_sent",
        "reply_confirmed",
    ]
    assert len(lines("reply_confirmed")) == 1
    assert agency("so-noi-vu") == case.lead
