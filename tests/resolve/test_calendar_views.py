"""Promises of the pages of the working calendar, as a browser meets them."""

import io
import re
from datetime import date

import openpyxl
import pytest
from django.urls import reverse

from haicap.places.models import CalendarDecision
from haicap.resolve.models import Case
from tests.scenes import DECISION
from tests.world import key


pytestmark = pytest.mark.usefixtures("clock")
ADDRESS = "resolve:new-decision"
ONE_DAY = DECISION | {"make_up": ""}


def look(client, data):
    return client.get(reverse(ADDRESS), data)


def seal(response):
    return re.search(r'name="seen" value="(\w+)"', response.content.decode())[1]


def confirm(client, data, **values):
    seen = values.pop("seen", None) or seal(look(client, data))
    sent = {**data, "seen": seen, **key(), **values}
    return client.post(reverse("resolve:decide-calendar"), sent)


def words(response):
    return response.content.decode()


def rows_of(response):
    sheet = openpyxl.load_workbook(io.BytesIO(response.content)).worksheets[0]
    return list(sheet.iter_rows(min_row=2, values_only=True))


# The calendar


def test_everybody_reads_the_calendar_and_only_two_posts_may_change_it(people, as_):
    for who in ("co", "dh", "pl", "au"):
        page = words(as_(getattr(people, who)).get(reverse("resolve:calendar")))
        assert "Quốc khánh" in page
        assert reverse(ADDRESS) not in page
    for who in ("po", "sa"):
        page = words(as_(getattr(people, who)).get(reverse("resolve:calendar")))
        assert reverse(ADDRESS) in page


def test_the_switch_that_nobody_decided_is_not_yet_clear(people, as_):
    page = words(as_(people.po).get(reverse("resolve:calendar"), {"year": 2026}))
    line = page[page.index("24/11/2026") :]
    assert "chưa rõ" in line[: line.index("</tr>")]


@pytest.mark.parametrize("year", ["", "1999", "9999", "abcd", "٢٠٢٦"])
def test_a_year_that_is_not_covered_shows_the_nearest(people, as_, year):
    page = as_(people.po).get(reverse("resolve:calendar"), {"year": year})
    assert page.status_code == 200


def test_the_calendar_asks_few_questions(people, as_, django_assert_max_num_queries):
    client = as_(people.po)
    for day in ("16/01/2026", "22/01/2026"):
        assert confirm(client, ONE_DAY | {"day_off": day}).status_code == 302
    client.get(reverse("resolve:calendar"))
    with django_assert_max_num_queries(6):
        client.get(reverse("resolve:calendar"))


def test_the_workbook_of_a_year_holds_its_days(people, as_):
    confirm(as_(people.po), ONE_DAY)
    answer = as_(people.co).get(reverse("resolve:export-calendar"), {"year": 2026})
    days = {row[0].date(): row for row in rows_of(answer)}
    assert days[date(2026, 1, 16)][3] == "Nghỉ hoán đổi"
    assert days[date(2026, 11, 24)][7] == "chưa rõ"


# Enter


def test_the_office_sees_what_moves_and_then_moves_it(people, steps, as_):
    case, client = steps.assigned(), as_(people.po)
    page = words(look(client, ONE_DAY))
    assert case.code in page
    assert "20/01/2026" in page
    assert "21/01/2026" in page
    assert not CalendarDecision.objects.exists()
    answer = confirm(client, ONE_DAY)
    assert answer.status_code == 302
    assert Case.objects.get().due_on == date(2026, 1, 21)
    page = words(client.get(answer["Location"]))
    assert "1 thời hạn đã thay đổi" in page
    assert people.po.full_name in page


def test_the_undo_line_takes_it_back_at_once(people, steps, as_):
    steps.assigned()
    client = as_(people.po)
    page = words(client.get(confirm(client, ONE_DAY)["Location"]))
    undo = re.search(r'action="(/resolve/calendar/[\w-]+/withdraw)"', page)[1]
    assert client.post(undo, key()).status_code == 302
    assert Case.objects.get().due_on == date(2026, 1, 20)
    page = words(client.get(reverse("resolve:calendar"), {"year": 2026}))
    assert "đã rút" in page


def test_the_administrator_sees_how_many_and_no_case(people, steps, as_):
    case = steps.assigned(title="Việc kín của xã")
    page = words(look(as_(people.sa), ONE_DAY))
    assert "1 thời hạn" in page
    assert "chỉ hiện số lượng" in page
    assert case.code not in page
    assert "Việc kín" not in page
    answer = as_(people.sa).get(reverse("resolve:export-moves"), ONE_DAY)
    assert answer.status_code == 404
    assert confirm(as_(people.sa), ONE_DAY).status_code == 302
    group = CalendarDecision.objects.get().group
    page = words(as_(people.sa).get(reverse("resolve:calendar-decision", args=[group])))
    assert case.code not in page


def test_the_page_holds_two_hundred_and_the_workbook_all(
    people, steps, as_, monkeypatch, django_assert_max_num_queries
):
    cases = [steps.assigned() for _ in range(4)]
    monkeypatch.setattr("haicap.resolve.queries_calendar.SHOWN", 3)
    client = as_(people.po)
    look(client, ONE_DAY)
    with django_assert_max_num_queries(12):
        page = words(look(client, ONE_DAY))
    assert sum(case.code in page for case in cases) == 3
    rows = rows_of(client.get(reverse("resolve:export-moves"), ONE_DAY))
    assert [row[0] for row in rows] == [case.code for case in cases]
    assert {row[4].date() for row in rows} == {date(2026, 1, 21)}


def test_a_big_workbook_comes_in_parts(people, steps, as_, monkeypatch):
    cases = [steps.assigned() for _ in range(3)]
    for module in ("queries_calendar", "views.calendar"):
        monkeypatch.setattr(f"haicap.resolve.{module}.PART", 2)
    client, address = as_(people.po), reverse("resolve:export-moves")
    assert "part=2" in words(look(client, ONE_DAY))
    for part, codes in (("1", cases[:2]), ("2", cases[2:]), ("x", cases[:2])):
        rows = rows_of(client.get(address, ONE_DAY | {"part": part}))
        assert [row[0] for row in rows] == [case.code for case in codes]


def test_what_changed_in_between_is_shown_again_with_a_sentence(people, steps, as_):
    client = as_(people.po)
    seen = seal(look(client, ONE_DAY))
    case = steps.assigned()
    answer = confirm(client, ONE_DAY, seen=seen)
    assert answer.status_code == 409
    assert "chưa có gì được lưu" in words(answer)
    assert case.code in words(answer)
    assert not CalendarDecision.objects.exists()
    assert confirm(client, ONE_DAY, seen=seal(answer)).status_code == 302


def test_the_same_form_twice_is_one_decision(people, as_):
    client = as_(people.po)
    data = {**ONE_DAY, "seen": seal(look(client, ONE_DAY)), **key()}
    one, two = (client.post(reverse("resolve:decide-calendar"), data) for _ in "12")
    assert (one.status_code, two.status_code) == (302, 302)
    assert two["Idempotent-Replay"] == "true"
    assert CalendarDecision.objects.count() == 1


def test_the_same_days_sent_by_two_people_are_refused_with_the_document(people, as_):
    confirm(as_(people.po), ONE_DAY)
    answer = look(as_(people.other_po), ONE_DAY)
    assert answer.status_code == 422
    assert "Không cần nhập nữa" in words(answer)
    assert "15/QĐ-TTg" in words(answer)


@pytest.mark.parametrize(
    ("bad", "sentence"),
    [
        ({"day_off": "", "make_up": ""}, "Hãy ghi ngày nghỉ"),
        ({"day_off": "31/02/2026"}, "Tháng 2 có 28 ngày"),
        ({"day_off": "thứ sáu"}, "Đây chưa phải là ngày"),
        ({"day_off": "17/01/2026"}, "cuối tuần"),
        ({"day_off": "16/01/2031"}, "Lịch có từ năm"),
        ({"day_off": "02/09/2026"}, "Trong lịch, 02/09/2026 đã là"),
        ({"make_up": "23/01/2026"}, "vốn là ngày làm việc"),
        ({"make_up": "16/01/2026", "day_off": "16/01/2026"}, "vốn là ngày làm việc"),
        ({"kind": "half_day"}, "11:30"),
        ({"kind": "half_day", "until": "25:99"}, "Đây chưa phải là giờ"),
        ({"until": "11:30"}, "để trống"),
        ({"kind": "make_up_working_day"}, ""),
        ({"place": "13285"}, ""),
        ({"document": ""}, "Xin điền chỗ này"),
        ({"title": "x" * 201}, ""),
    ],
)
def test_bad_input_is_named_at_its_field_and_nothing_typed_is_lost(
    people, as_, bad, sentence
):
    answer = look(as_(people.po), DECISION | bad)
    page = words(answer)
    assert answer.status_code == 422
    assert sentence in page
    assert "data-haicap-summary" in page
    assert 'value="15/QĐ-TTg, 08/01/2026"' in page or not bad.get("document", "x")
    answer = confirm(as_(people.po), DECISION | bad, seen="0")
    assert answer.status_code == 422
    assert not CalendarDecision.objects.exists()


def test_an_hour_may_be_typed_as_people_write_it(people, as_):
    half = ONE_DAY | {"kind": "half_day", "until": "11h30"}
    assert confirm(as_(people.po), half).status_code == 302
    page = words(as_(people.co).get(reverse("resolve:calendar")))
    assert "đến 11:30" in page


def test_the_way_back_keeps_what_was_typed(people, as_):
    page = words(look(as_(people.po), DECISION | {"edit": "1"}))
    assert 'value="16/01/2026"' in page
    assert "data-haicap-summary" not in page


# Withdraw


def test_the_page_of_a_decision_shows_what_its_end_moves(people, steps, as_):
    case, client = steps.assigned(), as_(people.po)
    confirm(client, ONE_DAY)
    group = CalendarDecision.objects.get().group
    address = reverse("resolve:calendar-decision", args=[group])
    page = client.get(address)
    assert case.code in words(page)
    other = steps.assigned()
    sent = {"seen": seal(page), **key()}
    answer = client.post(reverse("resolve:withdraw-decision", args=[group]), sent)
    assert answer.status_code == 409
    assert other.code in words(answer)
    sent = {"seen": seal(answer), **key()}
    answer = client.post(reverse("resolve:withdraw-decision", args=[group]), sent)
    assert answer.status_code == 302
    assert "Đã rút lúc" in words(client.get(address))


def test_a_decision_that_never_was_is_not_found(people, as_):
    nobody = "00000000-0000-4000-8000-000000000000"
    for name in ("calendar-decision", "withdraw-decision"):
        address = reverse(f"resolve:{name}", args=[nobody])
        client = as_(people.po)
        answer = (
            client.get(address)
            if name == "calendar-decision"
            else client.post(address, key())
        )
        assert answer.status_code == 404


# Pages that count


def test_a_list_and_a_case_ask_nothing_more_for_a_decision(
    people, steps, as_, django_assert_max_num_queries
):
    case, client = steps.assigned(), as_(people.po)
    confirm(client, ONE_DAY)
    for address, most in ((reverse("desk:cases"), 8), (case.get_absolute_url(), 10)):
        client.get(address)
        with django_assert_max_num_queries(most):
            client.get(address)
