import io
from datetime import date, timedelta

import openpyxl
import pytest
from django.urls import reverse

from haicap.core.errors import NotYours
from haicap.ledger.models import Event
from haicap.listen import queries
from haicap.listen.actions import rounds
from haicap.listen.models import Round
from haicap.listen.states import DocumentState
from tests.world import NOON, key


VALUES = {
    "name": "Hội nghị tháng 3/2026",
    "channel": "party_conference",
    "opens_on": date(2026, 3, 1),
    "closes_on": date(2026, 3, 31),
    "held_on": None,
}
FORM = {
    "name": "Hội nghị tháng 3/2026",
    "channel": "party_conference",
    "opens_on": "01/03/2026",
    "closes_on": "31/03/2026",
    "held_on": "",
}
OTHERS = ["co", "cl", "do", "dh", "pl", "au", "sa"]


def test_the_office_opens_a_round(people):
    made = rounds.open_round(by=people.po, at=NOON, **VALUES)
    event = Event.objects.get(subject_type="round")
    assert (event.kind, event.subject_id) == ("round_opened", made.pk)


@pytest.mark.parametrize("who", OTHERS)
def test_nobody_else_opens_a_round(people, who):
    with pytest.raises(NotYours):
        rounds.open_round(by=getattr(people, who), at=NOON, **VALUES)
    assert not Round.objects.exists()


def test_the_form_opens_a_round_once(as_, people):
    client, form = as_(people.po), FORM | key()
    address = reverse("listen:rounds-add")
    assert client.post(address, form).status_code == 302
    assert client.post(address, form)["Idempotent-Replay"] == "true"
    assert Round.objects.get().closes_on == date(2026, 3, 31)


@pytest.mark.parametrize("who", OTHERS)
def test_the_form_is_not_for_others(as_, people, who):
    client = as_(getattr(people, who))
    assert client.get(reverse("listen:open-round")).status_code == 404
    assert client.post(reverse("listen:rounds-add"), FORM | key()).status_code == 403


@pytest.mark.parametrize(
    "wrong",
    [
        {"closes_on": "28/02/2026"},
        {"opens_on": "32/03/2026"},
        {"name": ""},
        {"channel": "rumour"},
    ],
)
def test_a_form_with_faults_keeps_what_was_typed(as_, people, wrong):
    form = FORM | wrong
    response = as_(people.po).post(reverse("listen:rounds-add"), form | key())
    assert response.status_code == 422
    assert response.context["form"]["held_on"].value() == ""
    assert form["closes_on"] in response.content.decode()
    assert not Round.objects.exists()


def test_a_second_round_of_the_same_name_is_refused(as_, people, round_):
    form = FORM | {"name": round_.name} | key()
    response = as_(people.po).post(reverse("listen:rounds-add"), form)
    assert response.status_code == 422


@pytest.mark.parametrize("who", [*OTHERS, "po"])
def test_the_province_sees_the_rounds(as_, people, round_, who):
    client = as_(getattr(people, who))
    expected = 200 if who in ("po", "pl", "au") else 404
    assert client.get(reverse("listen:rounds")).status_code == expected
    assert client.get(reverse("listen:round", args=[round_.pk])).status_code == expected


def test_a_round_knows_who_sent_who_was_late_and_who_did_not(
    people, round_, make_document
):
    make_document(unit=people.binh_minh, submitted_at=NOON - timedelta(days=10))
    make_document(unit=people.binh_minh, submitted_at=NOON)
    make_document(unit=people.kim_dong, submitted_at=NOON)
    make_document(unit=None)
    found = queries.round_page(round_)
    assert [one.code for one in found.those("sent")] == [people.binh_minh.code]
    assert [one.code for one in found.those("late")] == [people.kim_dong.code]
    assert len(found.those("none")) == 127


@pytest.mark.parametrize(
    "values",
    [
        {"submitted": False},
        {"state": DocumentState.WITHDRAWN},
        {"state": DocumentState.REFUSED},
    ],
)
def test_what_does_not_stand_does_not_count_as_sent(
    people, round_, make_document, values
):
    make_document(unit=people.binh_minh, **values)
    assert len(queries.round_page(round_).those("none")) == 129
    assert queries.rounds(today=NOON.date())[0].n_sent == 0


def test_the_list_counts_units_not_files(people, round_, make_document):
    for _ in range(3):
        make_document(unit=people.binh_minh)
    row = queries.rounds(today=NOON.date())[0]
    assert (row.n_sent, row.n_units, row.n_documents) == (1, 129, 3)


@pytest.mark.parametrize("name", ["rounds", "round"])
def test_the_pages_ask_the_database_few_times(
    as_, people, round_, make_document, django_assert_max_num_queries, name
):
    make_document(unit=people.binh_minh)
    client = as_(people.po)
    address = reverse(f"listen:{name}", args=[round_.pk] if name == "round" else [])
    client.get(address)
    with django_assert_max_num_queries(8):
        page = client.get(address).content.decode()
    assert round_.name in page


def test_the_sheet_of_the_silent_names_them(as_, people, round_, make_document):
    make_document(unit=people.binh_minh)
    response = as_(people.po).get(reverse("listen:round-silent", args=[round_.pk]))
    sheet = openpyxl.load_workbook(io.BytesIO(response.content)).worksheets[0]
    names = [row[2].value for row in sheet.iter_rows(min_row=2)]
    assert len(names) == 128
    assert people.binh_minh.name not in names


@pytest.mark.parametrize("who", OTHERS)
def test_the_sheet_of_the_silent_is_the_provinces(as_, people, round_, who):
    client = as_(getattr(people, who))
    response = client.get(reverse("listen:round-silent", args=[round_.pk]))
    assert response.status_code in ((200,) if who in ("pl", "au") else (403, 404))
