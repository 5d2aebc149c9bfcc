"""Each person's morning: what waits for them, in a bounded number of questions."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
import time_machine
from django.utils import timezone

from haicap.places.workdays import calendar
from haicap.resolve.models import Delivery, Reply
from haicap.resolve.states import CaseState, ReplyState
from tests.world import NOON


pytestmark = pytest.mark.django_db
TODAY = date(2026, 1, 7)


@pytest.fixture(autouse=True)
def _wednesday():
    with time_machine.travel(NOON, tick=False):
        yield


@pytest.fixture
def answered(make_case, people):
    """An answered case of Bình Minh whose reply reached the commune."""

    def make(*, solved=False, **values):
        outcome = "solved_execution" if solved else "in_progress_roadmap"
        case = make_case(
            state=CaseState.ANSWERED,
            answered_at=NOON,
            outcome_class=outcome,
            due_on=TODAY,
            **values,
        )
        reply = Reply.objects.create(
            case=case,
            state=ReplyState.CONFIRMED,
            text="Đã bổ sung một người.",
            number="12/SNV",
            issued_on=TODAY,
            outcome_class=outcome,
            products="Quyết định 5" if solved else "",
            drafted_by=people.do,
            drafted_at=NOON,
            sent_by=people.dh,
            sent_at=NOON,
            confirmed_by=people.po,
            confirmed_at=NOON,
        )
        for unit in case.units():
            Delivery.objects.create(reply=reply, unit=unit, at=NOON)
        return case

    return make


def home(as_, user, query=""):
    answer = as_(user).get(f"/{query}")
    assert answer.status_code == 200
    return answer


@pytest.mark.parametrize(
    ("who", "kind"),
    [
        ("po", "office"),
        ("pl", "leader"),
        ("do", "department"),
        ("dh", "department"),
        ("co", "commune"),
        ("cl", "commune"),
        ("au", "auditor"),
        ("sa", "administrator"),
    ],
)
def test_each_role_has_its_own_screen(as_, people, who, kind):
    assert home(as_, getattr(people, who)).context["kind"] == kind


def test_nobody_without_a_post_sees_anything(as_, people):
    people.au.posts.update(ends_on=TODAY - timedelta(days=1))
    assert as_(people.au).get("/").status_code == 404


def test_the_office_sees_a_case_that_nobody_has(as_, people, make_case):
    make_case()
    page = home(as_, people.po)
    assert page.context["home"].counts.open == 1
    assert "/cases/?stage=open" in page.content.decode()


def test_an_empty_morning_says_so(as_, people):
    page = home(as_, people.po).content.decode()
    assert "Không còn việc nào chờ Văn phòng" in page


def test_files_to_check_come_with_how_much_is_unsure(as_, people, make_document):
    document = make_document(
        unit=people.binh_minh,
        spans=[
            ("difficulty", "Thiếu người."),
            ("recommendation", "Đề nghị thêm người."),
        ],
    )
    document.statements.filter(kind="difficulty").update(confidence=0.4)
    check = home(as_, people.po).context["home"].to_check
    assert (check.n, check.n_statements, check.n_unsure) == (1, 2, 1)


def test_the_strip_names_the_make_up_saturday_and_greys_the_sunday(as_, people):
    days = {day.on: day for day in home(as_, people.po).context["home"].days}
    assert days[date(2026, 1, 10)].look == "makeup"
    assert days[date(2026, 1, 11)].look == "off"
    assert days[TODAY].look == "today"


def test_late_stands_first_on_the_strip(as_, people, make_case):
    make_case(state=CaseState.ASSIGNED, due_on=TODAY - timedelta(days=2))
    make_case(state=CaseState.ASSIGNED, due_on=TODAY)
    days = home(as_, people.po).context["home"].days
    assert (days[0].look, days[0].n) == ("late", 1)
    assert next(day for day in days if day.on == TODAY).n == 1


def test_a_chosen_day_shows_its_cases(as_, people, make_case):
    case = make_case(state=CaseState.ASSIGNED, due_on=TODAY + timedelta(days=1))
    shown = home(as_, people.po, "?day=2026-01-08").context["home"]
    assert [line.case for line in shown.due] == [case]


def test_a_day_that_is_none_is_passed_over(as_, people):
    assert home(as_, people.po, "?day=hom-nay").context["home"].chosen == TODAY


def test_the_round_shows_every_unit_once(as_, people, round_, make_document):
    make_document(unit=people.binh_minh, spans=[("recommendation", "Đề nghị.")])
    silent = home(as_, people.po).context["home"].silent
    assert silent.n_units == 129 == len(silent.squares)
    assert silent.n_sent == 1


def test_the_leader_decides_with_one_verb(as_, people, make_case):
    case = make_case(state=CaseState.PROPOSED)
    case.assignments.create(
        lead=people.home, working_days=5, proposed_by=people.po, proposed_at=NOON
    )
    page = home(as_, people.pl)
    assert [one.case for one in page.context["home"].proposals] == [case]
    assert 'action="/resolve/decide"' in page.content.decode()


def test_answered_is_not_solved_on_the_leaders_page(as_, people, answered):
    answered(solved=False)
    answered(solved=True)
    total = home(as_, people.pl).context["home"].total
    assert (total.total, total.answered, total.solved, total.verified) == (2, 2, 1, 0)


def test_a_matter_of_many_communes_stands_first(as_, people, make_case):
    make_case(title="Một xã")
    many = make_case(units=[people.binh_minh, people.kim_dong], title="Hai xã")
    shared = home(as_, people.pl).context["home"].shared
    assert (shared[0].case, shared[0].n_units) == (many, 2)


def test_a_department_sees_what_it_leads_and_what_waits_for_signature(
    as_, people, make_case
):
    case = make_case(state=CaseState.ASSIGNED, due_on=TODAY)
    Reply.objects.create(
        case=case, text="Xin ký.", drafted_by=people.do, drafted_at=NOON,
        handed_on_at=NOON,
    )  # fmt: skip
    shown = home(as_, people.dh).context["home"]
    assert [line.case for line in shown.led] == [case]
    assert [line.case for line in shown.to_sign] == [case]
    assert home(as_, people.other_dh).context["home"].led == []


def test_a_department_without_a_case_reads_a_sentence_not_noughts(as_, people):
    page = home(as_, people.dh)
    words = page.content.decode()
    assert page.context["home"].n_led == 0
    assert "Cả 0" not in words and "hc-strip" not in words
    assert "Không có hồ sơ nào chờ trả lời" in words


def test_the_administrator_reads_that_no_job_waits(as_, people):
    words = home(as_, people.sa).content.decode()
    assert "Không có việc nền nào đang chờ." in words and "0 việc nền" not in words


def test_what_only_coordinates_is_not_counted_as_led(as_, people, make_case):
    case = make_case(state=CaseState.ASSIGNED, due_on=TODAY - timedelta(days=1))
    case.coordinators.add(people.finance)
    shown = home(as_, people.other_do).context["home"]
    assert shown.n_led == 0
    assert shown.days[0].n == 0
    assert [line.case for line in shown.shared] == [case]


def test_a_commune_is_asked_about_each_answer_with_two_equal_buttons(
    as_, people, answered
):
    case = answered()
    page = home(as_, people.cl)
    assert [one.case for one in page.context["home"].asked] == [case]
    delivery = Delivery.objects.get()
    words = page.content.decode()
    assert f"/verify/deliveries/{delivery.pk}/accept" in words
    assert f"/verify/deliveries/{delivery.pk}/ask-reopen" in words


def test_an_officer_is_told_that_the_leader_asks_to_reopen(as_, people, answered):
    answered()
    words = home(as_, people.co).content.decode()
    assert "/ask-reopen" not in words
    assert "Lãnh đạo xã đề nghị làm lại" in words


def test_an_older_reply_is_not_asked_about(as_, people, answered):
    case = answered()
    first = Delivery.objects.get()
    newer = Reply.objects.get()
    newer.pk, newer.number = None, "13/SNV"
    newer.save()
    second = Delivery.objects.create(reply=newer, unit=people.binh_minh, at=NOON)
    asked = home(as_, people.cl).context["home"].asked
    assert [one.delivery for one in asked] == [second]
    assert first.reply.case == case


def test_a_commune_never_sees_another_ones_work(as_, people, make_case, answered):
    make_case(units=[people.kim_dong], title="Việc riêng của Kim Đông")
    answered(units=[people.kim_dong], title="Trả lời riêng cho Kim Đông")
    words = home(as_, people.co).content.decode()
    assert "Kim Đông" not in words


def test_a_file_waits_for_the_communes_leader(as_, people, make_document):
    document = make_document(
        unit=people.binh_minh,
        by=people.co,
        submitted=False,
        spans=[("recommendation", "Đề nghị.")],
    )
    assert home(as_, people.cl).context["home"].to_submit == [document]
    assert home(as_, people.other_cl).context["home"].to_submit == []


@pytest.mark.parametrize(
    ("who", "most"),
    [("po", 26), ("pl", 24), ("dh", 20), ("cl", 18), ("au", 12), ("sa", 9)],
)
def test_the_questions_do_not_grow_with_the_rows(
    as_, people, make_case, answered, django_assert_max_num_queries, who, most
):
    for _number in range(6):
        make_case(state=CaseState.ASSIGNED, due_on=TODAY)
        make_case()
        answered()
    client = as_(getattr(people, who))
    client.get("/")
    with django_assert_max_num_queries(most):
        client.get("/")


def test_the_moment_of_the_tests_is_the_moment_of_the_page(as_, people):
    assert timezone.localdate() == TODAY
    assert home(as_, people.po).context["today"] == TODAY


@pytest.mark.parametrize("who", ["po", "pl", "do", "dh"])
def test_a_home_opens_in_a_year_whose_calendar_nobody_has_announced(
    who, as_, people, make_case
):
    make_case(
        state=CaseState.ASSIGNED,
        assigned_at=NOON,
        lead=people.do.posts.get().agency,
        due_on=TODAY,
    )
    beyond = NOON.replace(year=calendar().covers[1] + 1)
    with time_machine.travel(beyond, tick=False):
        home(as_, getattr(people, who))
        assert as_(getattr(people, who)).get("/cases/").status_code == 200
        if who == "po":
            assert as_(people.po).get("/cases/export").status_code == 200
