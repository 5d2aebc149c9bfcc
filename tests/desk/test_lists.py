"""Lists: the address is the filter, no page skips or repeats a row, none costs more."""

import io
from datetime import date

import openpyxl
import pytest
from django.http import QueryDict
from django.urls import reverse

from haicap.desk import lists
from haicap.desk.lists_cases import ORDERS, filtered_cases
from haicap.people.models import SavedView
from haicap.resolve.models import Case
from haicap.resolve.states import CaseState
from tests.world import key


TODAY = date(2026, 1, 7)


def params(query=""):
    return QueryDict(query)


@pytest.fixture
def cases(make_case):
    """Eleven cases: some late, some due on the same day, some without a date."""
    days = [None, 5, 5, 5, 8, 8, None, 9, 20, 20, None]
    return [
        make_case(state=CaseState.ASSIGNED, due_on=date(2026, 1, day) if day else None)
        for day in days
    ]


def walk(order, *, size, start=""):
    """Every page from the first to the last, by the addresses that the pages give."""
    address, pages = start, []
    while True:
        part = lists.slice_of(
            Case.objects.all(), order, params(address.removeprefix("?")), size=size
        )
        pages.append([case.pk for case in part.rows])
        if not part.next:
            return pages
        address = part.next


@pytest.mark.parametrize("order", ORDERS.values(), ids=ORDERS)
@pytest.mark.parametrize("size", [1, 3, 11, 50])
def test_the_pages_hold_each_row_once_and_in_order(order, size, cases):
    expected = list(Case.objects.order_by(*order.keys).values_list("pk", flat=True))
    found = [pk for page in walk(order, size=size) for pk in page]
    assert found == expected


@pytest.mark.parametrize("order", ORDERS.values(), ids=ORDERS)
def test_the_way_back_shows_the_same_rows(order, cases):
    expected = list(Case.objects.order_by(*order.keys).values_list("pk", flat=True))
    last = lists.slice_of(Case.objects.all(), order, params("page=last"), size=4)
    assert [case.pk for case in last.rows] == expected[-4:]
    assert not last.next
    before = lists.slice_of(
        Case.objects.all(), order, params(last.previous.removeprefix("?")), size=4
    )
    assert [case.pk for case in before.rows] == expected[-8:-4]
    again = lists.slice_of(
        Case.objects.all(), order, params(before.next.removeprefix("?")), size=4
    )
    assert [case.pk for case in again.rows] == expected[-4:]


@pytest.mark.parametrize("word", ["", "xx", "WyJ4Il0", "e30", "%00", "WzEsMl0"])
def test_a_broken_place_in_the_address_shows_the_first_page(word, cases):
    part = lists.slice_of(
        Case.objects.all(), ORDERS["new"], params(f"after={word}"), size=3
    )
    assert len(part.rows) == 3


@pytest.mark.parametrize(
    "query",
    ["round=x", "due=2026-13-40", "stage=none", "lead=%27", "unit=zz", "sort=9"],
)
def test_an_unknown_filter_is_never_an_error(query, people, cases, as_):
    assert as_(people.po).get(f"{reverse('desk:cases')}?{query}").status_code == 200


def test_words_are_found_with_or_without_marks(people, make_case):
    make_case(title="Trụ sở Đảng uỷ xuống cấp")
    make_case(title="Máy quét cho Trung tâm")
    for words in ("đảng ủy", "Đảng uỷ", "dang uy", "DANG  UY", "Đảng ủy"):
        query = QueryDict(mutable=True)
        query["q"] = words
        found = filtered_cases(people.po, query, on=TODAY)
        assert [case.title for case in found] == ["Trụ sở Đảng uỷ xuống cấp"], words


def test_late_means_with_an_agency_beyond_the_last_day(people, cases, make_case):
    make_case(
        state=CaseState.ANSWERED,
        due_on=date(2026, 1, 5),
        answered_at=cases[0].opened_at,
        outcome_class="explained",
    )
    late = filtered_cases(people.po, params("due=late"), on=TODAY)
    assert {case.due_on for case in late} == {date(2026, 1, 5)}
    assert late.count() == 3


def test_answered_and_solved_are_different_filters(people, make_case, noon):
    values = {"state": CaseState.ANSWERED, "answered_at": noon}
    make_case(title="chỉ giải thích", outcome_class="explained", **values)
    make_case(title="đã làm xong", outcome_class="solved_execution", **values)
    answered = filtered_cases(people.po, params("stage=answered"), on=TODAY)
    solved = filtered_cases(people.po, params("stage=solved"), on=TODAY)
    unsolved = filtered_cases(people.po, params("stage=unsolved"), on=TODAY)
    assert answered.count() == 2
    assert [case.title for case in solved] == ["đã làm xong"]
    assert [case.title for case in unsolved] == ["chỉ giải thích"]


def test_a_commune_lists_only_what_it_stands_behind(people, make_case, as_):
    make_case(title="việc của Bình Minh", units=[people.binh_minh])
    make_case(title="việc của Kim Đông", units=[people.kim_dong])
    page = as_(people.co).get(reverse("desk:cases")).content.decode()
    assert "việc của Bình Minh" in page
    assert "việc của Kim Đông" not in page


def test_a_department_lists_what_it_leads_once_it_was_given(people, make_case, as_):
    make_case(title="đã giao", state=CaseState.ASSIGNED)
    make_case(title="chưa giao")
    make_case(title="giao sở khác", state=CaseState.ASSIGNED, lead=people.finance)
    page = as_(people.do).get(reverse("desk:cases")).content.decode()
    assert "đã giao" in page
    assert "chưa giao" not in page
    assert "giao sở khác" not in page


@pytest.mark.parametrize("name", ["desk:cases", "desk:recommendations"])
@pytest.mark.parametrize("n", [1, 60])
def test_a_list_asks_at_most_eight_questions(
    name, n, people, make_case, as_, django_assert_max_num_queries
):
    for _ in range(n):
        make_case(state=CaseState.ASSIGNED, due_on=date(2026, 1, 9))
    client = as_(people.po)
    client.get(reverse(name))  # the registry's names are in memory from here on
    with django_assert_max_num_queries(8):
        assert client.get(reverse(name)).status_code == 200


def rows_of(response):
    sheet = openpyxl.load_workbook(io.BytesIO(response.content)).worksheets[0]
    return list(sheet.iter_rows(min_row=2, values_only=True))


def test_the_export_holds_exactly_the_filtered_rows(people, make_case, as_):
    make_case(title="=HYPERLINK(1)", state=CaseState.ASSIGNED)
    make_case(title="việc khác")
    client = as_(people.po)
    found = rows_of(client.get(reverse("desk:export-cases") + "?stage=assigned"))
    assert [row[1] for row in found] == ["=HYPERLINK(1)"]
    assert len(rows_of(client.get(reverse("desk:export-recommendations")))) == 2


def test_an_export_shows_no_more_than_the_page(people, make_case, as_):
    make_case(units=[people.kim_dong])
    found = rows_of(as_(people.co).get(reverse("desk:export-recommendations")))
    assert found == []


def test_a_view_is_saved_under_a_name_and_shown_as_a_tab(people, as_):
    client = as_(people.po)
    body = {"page": "cases", "query": "due=late&after=xyz", "name": "  Quá   hạn gấp "}
    response = client.post(reverse("desk:saved-view"), body | key())
    assert response.status_code == 302
    view = SavedView.objects.get()
    assert (view.name, view.query) == ("Quá hạn gấp", "due=late")
    assert "Quá hạn gấp" in client.get(reverse("desk:cases")).content.decode()
    assert (
        "Quá hạn gấp" not in as_(people.pl).get(reverse("desk:cases")).content.decode()
    )
    other = as_(people.pl).post(reverse("desk:remove-view", args=[view.pk]), key())
    assert other.status_code == 404
    client.post(reverse("desk:remove-view", args=[view.pk]), key())
    assert not SavedView.objects.exists()


def test_a_typed_number_opens_its_page(people, make_case, as_):
    case = make_case()
    response = as_(people.po).get(reverse("desk:search"), {"q": case.code.lower()})
    assert response["Location"] == case.get_absolute_url()
