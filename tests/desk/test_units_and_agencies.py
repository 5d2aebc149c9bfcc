"""Pages of a unit, an agency, one ask and the ledger: what each reader finds there."""

from __future__ import annotations

from datetime import date

import pytest
import time_machine

from haicap.ledger.models import Event, Kind
from haicap.ledger.record import record
from haicap.people.models import User
from haicap.resolve.states import CaseState
from tests.world import NOON


pytestmark = pytest.mark.django_db
LATE = date(2026, 1, 2)


@pytest.fixture(autouse=True)
def _wednesday():
    with time_machine.travel(NOON, tick=False):
        yield


def words(answer):
    assert answer.status_code == 200
    return answer.content.decode()


def test_an_old_name_finds_todays_unit(as_, people):
    former = people.binh_minh.former.first()
    page = as_(people.po).get("/units/", {"q": former.name})
    assert people.binh_minh.code in [one.code for one, _was in page.context["rows"]]


def test_names_are_found_without_marks(as_, people):
    page = as_(people.po).get("/units/?q=kim dong")
    assert people.kim_dong.code in [one.code for one, _was in page.context["rows"]]


def test_a_unit_page_keeps_answered_solved_and_verified_apart(as_, people, make_case):
    make_case(state=CaseState.ANSWERED, answered_at=NOON, outcome_class="explained")
    tally = as_(people.po).get(f"/units/{people.binh_minh.code}").context["tally"]
    assert (tally.answered, tally.solved, tally.verified) == (1, 0, 0)


def test_a_commune_does_not_read_what_another_one_asked(
    as_, people, make_recommendation
):
    make_recommendation("đề nghị riêng của Kim Đông", unit=people.kim_dong)
    page = as_(people.co).get(f"/units/{people.kim_dong.code}")
    assert "đề nghị riêng" not in words(page)
    assert page.context["lines"] == []
    assert "đề nghị riêng" in words(
        as_(people.po).get(f"/units/{people.kim_dong.code}")
    )


def test_a_commune_sees_no_file_of_another_one(as_, people, make_document):
    make_document(
        unit=people.kim_dong, name="mat-cua-kim-dong.txt",
        spans=[("recommendation", "Đề nghị.")],
    )  # fmt: skip
    assert "mat-cua-kim-dong" not in words(
        as_(people.co).get(f"/units/{people.kim_dong.code}")
    )


def test_a_unit_that_does_not_exist_is_missing(as_, people):
    assert as_(people.po).get("/units/99999").status_code == 404


def test_an_agency_page_shows_days_left(as_, people, make_case):
    make_case(state=CaseState.ASSIGNED, due_on=LATE)
    page = as_(people.po).get(f"/agencies/{people.home.code}")
    assert page.context["tally"].overdue == 1
    assert page.context["working"][0].due.state == "late"


def test_another_department_does_not_see_the_case(as_, people, make_case):
    make_case(state=CaseState.ASSIGNED, due_on=LATE, title="Việc của Sở Nội vụ")
    page = as_(people.other_do).get(f"/agencies/{people.home.code}")
    assert "Việc của Sở Nội vụ" not in words(page)
    assert page.context["tally"].total == 0


def test_late_agencies_stand_first_and_the_total_is_the_sum(as_, people, make_case):
    make_case(state=CaseState.ASSIGNED, due_on=date(2026, 2, 1), lead=people.finance)
    make_case(state=CaseState.ASSIGNED, due_on=date(2026, 2, 1), lead=people.finance)
    make_case(state=CaseState.ASSIGNED, due_on=LATE)
    page = as_(people.pl).get("/agencies/")
    assert [one.pk for one in page.context["agencies"]] == [
        people.home.pk,
        people.finance.pk,
    ]
    assert page.context["total"].total == 3


def test_an_ask_is_shown_in_its_paragraph(as_, people, make_document):
    said = "Đề nghị tỉnh bổ sung người."
    document = make_document(
        unit=people.binh_minh,
        text=f"Xã thiếu người. {said} Xin cảm ơn.\nĐoạn khác.",
        spans=[("recommendation", said)],
    )
    ask = document.recommendations.create(
        round=document.round, statement=document.statements.get(),
        unit=people.binh_minh, said_by="xã Bình Minh", text=said, field="staffing",
        source="document", accepted_at=NOON,
    )  # fmt: skip
    page = as_(people.po).get(f"/recommendations/{ask.pk}")
    assert page.context["before"] == "Xã thiếu người. "
    assert page.context["said"] == said
    assert page.context["after"] == " Xin cảm ơn."


def test_another_communes_ask_is_missing(as_, people, make_recommendation):
    ask = make_recommendation(unit=people.kim_dong)
    assert as_(people.co).get(f"/recommendations/{ask.pk}").status_code == 404
    assert as_(people.other_co).get(f"/recommendations/{ask.pk}").status_code == 200


def line(case, by):
    return record(Kind.CASE_RENAMED, subject=case, by=by, at=NOON)


def test_the_whole_ledger_is_for_leaders_and_auditors(as_, people, make_case):
    line(make_case(), people.po)
    for reader in (people.pl, people.au):
        assert (
            len(as_(reader).get("/ledger/").context["events"]) == Event.objects.count()
        )
    assert as_(people.co).get("/ledger/").status_code == 404


def test_a_commune_leader_reads_only_the_own_units_lines(as_, people, make_case):
    case = make_case()
    line(case, people.po)
    own = line(case, people.co)
    line(case, people.other_co)
    shown = [
        event for event, *_rest in as_(people.cl).get("/ledger/").context["events"]
    ]
    assert shown == [own]


def test_the_ledger_turns_pages_by_its_own_numbers(as_, people, make_case):
    case = make_case()
    for _number in range(60):
        line(case, people.po)
    client = as_(people.au)
    first = client.get("/ledger/").context
    second = client.get(f"/ledger/?before={first['next']}").context
    shown = [e.seq for e, *_ in first["events"]] + [e.seq for e, *_ in second["events"]]
    assert shown == sorted(shown, reverse=True)
    assert len(set(shown)) == Event.objects.count() and second["next"] is None


@pytest.mark.parametrize(
    ("path", "most"),
    [("/units/", 8), ("/agencies/", 8), ("/agencies/so-noi-vu", 16), ("/ledger/", 8)],
)
def test_the_questions_do_not_grow_with_the_rows(
    as_, people, make_case, django_assert_max_num_queries, path, most
):
    for _number in range(5):
        case = make_case(state=CaseState.ASSIGNED, due_on=LATE)
        case.coordinators.add(people.finance)
        line(case, people.po)
    client = as_(people.pl)
    client.get(path)
    with django_assert_max_num_queries(most):
        client.get(path)


def test_a_door_of_the_demonstration_opens_only_in_a_demonstration(
    client, people, settings
):
    User.objects.filter(pk=people.po.pk).update(is_demo=True)
    form = {"username": people.po.username}
    settings.DEMO = False
    assert client.post("/demo-sign-in", form).status_code == 404
    settings.DEMO = True
    assert client.post("/demo-sign-in", form).status_code == 302
    assert client.get("/").status_code == 200


def test_no_door_opens_for_a_real_account(client, people, settings):
    settings.DEMO = True
    answer = client.post("/demo-sign-in", {"username": people.pl.username})
    assert answer.status_code == 404
    assert people.pl.username not in words(client.get("/sign-in"))
