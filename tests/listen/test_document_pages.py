import json
import uuid

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from haicap.ledger.models import Event
from haicap.listen import storage
from haicap.listen.models import Document
from haicap.listen.states import DocumentState
from tests.world import key


WORDS = "Xã Bình Minh đề nghị tỉnh bổ sung công chức địa chính.".encode()
EVERYBODY = ["co", "cl", "other_co", "other_cl", "do", "dh", "po", "pl", "au", "sa"]


def upload(name="kien-nghi.txt", data=WORDS):
    return SimpleUploadedFile(name, data)


@pytest.fixture
def fields(people, round_):
    """Return a function that fills in the form of sending."""

    def fill(*files, unit=None, **values):
        return {
            "round": round_.pk,
            "unit": unit or people.binh_minh.code,
            "files": list(files) or [upload()],
            **key(),
            **values,
        }

    return fill


def post(client, name, data, *args, **options):
    return client.post(reverse(f"listen:{name}", args=args), data, **options)


# --- sending --------------------------------------------------------------------


@pytest.mark.parametrize("who", ["co", "cl", "po"])
def test_who_may_send_sees_the_form(as_, people, round_, who):
    response = as_(getattr(people, who)).get(reverse("listen:send"))
    assert response.status_code == 200
    assert round_.name in response.content.decode()


@pytest.mark.parametrize("who", ["do", "dh", "pl", "au", "sa"])
def test_who_may_not_send_finds_no_such_page(as_, people, who):
    assert as_(getattr(people, who)).get(reverse("listen:send")).status_code == 404


def test_the_form_of_a_commune_is_for_its_own_unit(as_, people, round_):
    page = as_(people.co).get(reverse("listen:send")).content.decode()
    assert f'value="{people.binh_minh.code}"' in page
    assert people.kim_dong.code not in page


def test_the_form_of_the_office_has_all_units_and_the_conference(as_, people, round_):
    response = as_(people.po).get(reverse("listen:send"))
    choices = response.context["form"].fields["unit"].choices
    assert len(choices) == 131


@pytest.mark.parametrize("who", ["co", "cl", "po"])
def test_a_file_is_received(as_, people, fields, who):
    response = post(as_(getattr(people, who)), "receive", fields())
    document = Document.objects.get()
    assert response.status_code == 302
    assert f"sent={document.pk}" in response["Location"]
    assert document.sent_by == getattr(people, who)


@pytest.mark.parametrize("who", ["other_co", "other_cl", "do", "dh", "pl", "au", "sa"])
def test_nobody_else_sends_a_file_for_the_unit(as_, people, fields, who):
    response = post(as_(getattr(people, who)), "receive", fields())
    assert response.status_code == 403
    assert not Document.objects.exists()


def test_a_commune_does_not_send_for_the_conference(as_, people, fields):
    response = post(as_(people.co), "receive", fields(unit="all"))
    assert response.status_code == 403


def test_the_office_sends_for_the_conference(as_, people, fields):
    post(as_(people.po), "receive", fields(unit="all"))
    assert Document.objects.get().unit is None


def test_nobody_sends_without_signing_in(fields, people):
    assert post(Client(), "receive", fields()).status_code == 302
    assert not Document.objects.exists()


def test_the_page_after_sending_shows_how_far_the_file_is(as_, people, fields):
    client = as_(people.co)
    response = client.post(reverse("listen:receive"), fields(), follow=True)
    page = response.content.decode()
    assert "kien-nghi.txt" in page
    assert reverse("listen:document-line", args=[Document.objects.get().pk]) in page


def test_the_same_form_twice_is_one_file_and_one_answer(as_, people, fields):
    client, data = as_(people.co), fields()
    first = post(client, "receive", data)
    data["files"] = [upload()]
    second = post(client, "receive", data)
    assert second["Idempotent-Replay"] == "true"
    assert second["Location"] == first["Location"]
    assert Document.objects.count() == 1
    assert Event.objects.filter(kind="document_received").count() == 1


def test_a_form_whose_answer_was_lost_is_sent_again_and_arrives_once(
    as_, people, fields
):
    """The script keeps key and body of each file, so a lost answer may be asked again."""
    client, data = as_(people.co), fields()
    first = post(client, "receive", data, headers={"Accept": "application/json"})
    data["files"] = [upload()]
    again = post(client, "receive", data, headers={"Accept": "application/json"})
    assert json.loads(again.content) == json.loads(first.content)
    assert Document.objects.count() == 1


def test_a_receipt_names_the_hash_of_what_was_kept(as_, people, fields):
    response = post(
        as_(people.co), "receive", fields(), headers={"Accept": "application/json"}
    )
    receipt = response.json()
    assert receipt["sha256"] == Document.objects.get().sha256
    assert receipt["is_new"]
    assert "kien-nghi.txt" in receipt["html"]


def test_a_refusal_to_the_script_says_why(as_, people, fields):
    response = post(
        as_(people.co),
        "receive",
        fields(upload("anh.png", b"\x89PNG")),
        headers={"Accept": "application/json"},
    )
    assert response.status_code == 422
    assert response.json()["sentence"]


def test_the_same_file_in_another_form_is_recognised_with_its_sender(
    as_, people, fields
):
    post(as_(people.co), "receive", fields())
    response = as_(people.cl).post(reverse("listen:receive"), fields(), follow=True)
    document = Document.objects.get()
    page = response.content.decode()
    assert document.get_absolute_url() in page
    assert people.co.full_name in page


def test_the_office_is_not_shown_a_draft_by_sending_the_same_file(as_, people, fields):
    post(as_(people.co), "receive", fields())
    response = post(
        as_(people.po), "receive", fields(), headers={"Accept": "application/json"}
    )
    assert Document.objects.get().get_absolute_url() not in response.json()["html"]


def test_good_files_are_kept_when_another_is_refused(as_, people, fields):
    response = post(
        as_(people.co),
        "receive",
        fields(upload(), upload("anh.png", b"\x89PNG"), upload("hai.txt", b"Hai.")),
    )
    page = response.content.decode()
    assert response.status_code == 200
    assert Document.objects.count() == 2
    assert all(name in page for name in ("kien-nghi.txt", "anh.png", "hai.txt"))


def test_a_form_with_only_refused_files_keeps_what_was_chosen(
    as_, people, fields, round_, own_files
):
    response = post(
        as_(people.po),
        "receive",
        fields(upload("cu.doc", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1")),
    )
    assert response.status_code == 422
    form = response.context["form"]
    assert form["unit"].value() == people.binh_minh.code
    assert not Document.objects.exists()
    assert not [path for path in own_files.rglob("*") if path.is_file()]


def test_a_form_without_a_file_says_so(as_, people, fields):
    data = fields()
    del data["files"]
    assert post(as_(people.co), "receive", data).status_code == 422


def test_a_form_without_its_key_is_not_taken(as_, people, fields):
    data = fields()
    del data["idempotency_key"]
    assert post(as_(people.co), "receive", data).status_code == 422
    assert not Document.objects.exists()


def test_a_link_for_a_unit_opens_the_form_filled_in(as_, people, round_):
    query = {"round": round_.pk, "unit": people.kim_dong.code}
    page = as_(people.po).get(reverse("listen:send"), query).content.decode()
    assert f'<option value="{people.kim_dong.code}" selected>' in page
    assert f'<option value="{round_.pk}" selected>' in page


# --- one file -------------------------------------------------------------------


@pytest.fixture
def draft(make_document, people):
    return make_document(
        unit=people.binh_minh,
        by=people.co,
        submitted=False,
        spans=[("recommendation", "đề nghị tỉnh bổ sung công chức")],
    )


@pytest.mark.parametrize("who", EVERYBODY)
@pytest.mark.parametrize("name", ["document", "original", "document-line"])
def test_a_draft_is_the_communes(as_, people, draft, own_files, who, name):
    with storage.arriving([b"x"]) as arrival:
        arrival.keep()
        Document.objects.filter(pk=draft.pk).update(sha256=arrival.sha256)
    response = as_(getattr(people, who)).get(reverse(f"listen:{name}", args=[draft.pk]))
    assert response.status_code == (200 if who in ("co", "cl") else 404)
    response.close()


@pytest.mark.parametrize("who", EVERYBODY)
def test_a_sent_file_is_the_communes_and_the_provinces(as_, people, make_document, who):
    document = make_document(unit=people.binh_minh, text="Một câu.")
    response = as_(getattr(people, who)).get(document.get_absolute_url())
    expected = 200 if who in ("co", "cl", "po", "pl", "au") else 404
    assert response.status_code == expected


@pytest.mark.parametrize("state", list(DocumentState))
@pytest.mark.parametrize("who", ["cl", "po"])
def test_each_state_has_a_page(as_, people, make_document, state, who):
    document = make_document(
        unit=people.binh_minh,
        spans=[("difficulty", "trụ sở xuống cấp"), ("recommendation", "đề nghị sửa")],
        state=state,
        reason=["There is no text in the file. Check what you have sent.", {}],
        notes=[["%(n)s pictures were left aside; only text is read.", {"n": 2}]],
        faults=[
            {
                "sheet": "Bảng",
                "line": 7,
                "column": "C",
                "sentence": "No unit is called “%(said)s”.",
                "params": {"said": "Xã Không Có"},
            }
        ],
    )
    client = as_(getattr(people, who))
    whole = client.get(document.get_absolute_url())
    part = client.get(document.get_absolute_url(), headers={"HX-Request": "true"})
    assert whole.status_code == part.status_code == 200
    assert "Xã Không Có" in whole.content.decode()
    is_busy = state in (DocumentState.WAITING, DocumentState.READING)
    assert ('hx-trigger="every' in part.content.decode()) == is_busy
    line = client.get(reverse("listen:document-line", args=[document.pk]))
    assert ('hx-trigger="every' in line.content.decode()) == is_busy


def test_a_page_of_a_file_asks_the_database_few_times(
    as_, people, make_document, django_assert_max_num_queries
):
    document = make_document(
        unit=people.binh_minh,
        spans=[("recommendation", f"đề nghị số {n};") for n in range(30)],
    )
    client = as_(people.cl)
    client.get(document.get_absolute_url())
    with django_assert_max_num_queries(8):
        client.get(document.get_absolute_url())


def test_the_original_comes_as_it_was_and_opens_nothing(as_, people, fields):
    client = as_(people.co)
    post(client, "receive", fields(upload("kiến nghị.txt")))
    document = Document.objects.get()
    response = client.get(reverse("listen:original", args=[document.pk]))
    assert b"".join(response.streaming_content) == WORDS
    assert response["Content-Disposition"].startswith("attachment")
    assert response["X-Content-Type-Options"] == "nosniff"
    assert response["Content-Security-Policy"].startswith("sandbox")


# --- approving, taking back, trying again ---------------------------------------


def test_the_leader_approves_on_the_page(as_, people, draft):
    client = as_(people.cl)
    assert (
        reverse("listen:submit", args=[draft.pk])
        in client.get(draft.get_absolute_url()).content.decode()
    )
    assert post(client, "submit", key(), draft.pk).status_code == 302
    draft.refresh_from_db()
    assert draft.submitted_by == people.cl


def test_who_sent_it_reads_why_another_approves(as_, people, make_document):
    own = make_document(
        unit=people.binh_minh, by=people.cl, submitted=False, text="Một câu."
    )
    client = as_(people.cl)
    page = client.get(own.get_absolute_url()).content.decode()
    assert 'aria-disabled="true"' in page
    assert post(client, "submit", key(), own.pk).status_code == 403


@pytest.mark.parametrize("name", ["submit", "withdraw"])
@pytest.mark.parametrize("who", [who for who in EVERYBODY if who != "cl"])
def test_nobody_but_the_leader_approves_or_takes_back(as_, people, draft, who, name):
    response = post(as_(getattr(people, who)), name, key(), draft.pk)
    assert response.status_code == (403 if who == "co" else 404)
    draft.refresh_from_db()
    assert (draft.submitted_at, draft.state) == (None, DocumentState.READ)


def test_the_leader_takes_it_back_on_the_page(as_, people, draft):
    assert post(as_(people.cl), "withdraw", key(), draft.pk).status_code == 302
    draft.refresh_from_db()
    assert draft.state == DocumentState.WITHDRAWN


@pytest.mark.parametrize("who", EVERYBODY)
def test_who_may_send_may_have_it_tried_again(as_, people, make_document, who):
    document = make_document(
        unit=people.binh_minh, state=DocumentState.UNREADABLE, text="x"
    )
    response = post(as_(getattr(people, who)), "retry", key(), document.pk)
    expected = {"co": 302, "cl": 302, "po": 302, "pl": 403, "au": 403}.get(who, 404)
    assert response.status_code == expected


def test_the_same_approval_twice_is_one(as_, people, draft):
    client, form = as_(people.cl), {"idempotency_key": str(uuid.uuid4())}
    assert post(client, "submit", form, draft.pk).status_code == 302
    assert post(client, "submit", form, draft.pk)["Idempotent-Replay"] == "true"
    assert post(client, "submit", key(), draft.pk).status_code == 409
    assert Event.objects.filter(kind="document_submitted").count() == 1


# --- the list -------------------------------------------------------------------


def test_the_tab_of_unreadable_files_says_why_in_the_row(as_, people, make_document):
    make_document(
        unit=people.binh_minh,
        state=DocumentState.UNREADABLE,
        text="x",
        reason=[
            "The file is damaged or was cut off on the way. "
            "Check that it opens on your computer, then send it again.",
            {},
        ],
    )
    words = as_(people.po).get("/listen/documents/?tab=trouble").content.decode()
    assert "Tệp hỏng hoặc bị đứt trên đường truyền" in words
    assert "Mở từng tệp để biết cần làm gì" in words


def test_what_the_office_entered_claims_no_leaders_approval(as_, people, make_document):
    document = make_document(unit=people.binh_minh, text="x", is_entered_for=True)
    words = as_(people.po).get(document.get_absolute_url()).content.decode()
    assert "Văn phòng nhập giúp" in words and "Lãnh đạo duyệt" not in words


def test_the_office_sees_what_waits_the_oldest_first(as_, people, make_document):
    first = make_document(unit=people.binh_minh, text="Một.")
    second = make_document(unit=people.kim_dong, text="Hai.")
    make_document(unit=people.kim_dong, text="Ba.", submitted=False, by=people.other_co)
    response = as_(people.po).get(reverse("listen:documents"))
    assert [row.document for row in response.context["found"].rows] == [first, second]


def test_a_commune_sees_its_own_files(as_, people, make_document, draft):
    make_document(unit=people.kim_dong, text="Hai.")
    response = as_(people.co).get(reverse("listen:documents"))
    assert [row.document for row in response.context["found"].rows] == [draft]


@pytest.mark.parametrize("who", EVERYBODY)
def test_each_tab_opens_for_those_who_read_files(as_, people, draft, who):
    client = as_(getattr(people, who))
    for tab in ("", "check", "reading", "trouble", "checked", "left", "all", "approve"):
        response = client.get(reverse("listen:documents"), {"tab": tab})
        assert response.status_code == (404 if who == "sa" else 200)


@pytest.mark.parametrize("who", ["po", "co"])
def test_a_list_of_files_asks_the_database_few_times(
    as_, people, make_document, django_assert_max_num_queries, who
):
    for number in range(60):
        make_document(
            unit=people.binh_minh, spans=[("recommendation", f"đề nghị {number}")]
        )
    client = as_(getattr(people, who))
    address = reverse("listen:documents")
    client.get(address)
    with django_assert_max_num_queries(8):
        page = client.get(address)
    assert len(page.context["found"].rows) == 50
    rest = client.get(f"{address}{page.context['next_url']}")
    assert len(rest.context["found"].rows) == 10
    both = [
        row.document.pk for each in (page, rest) for row in each.context["found"].rows
    ]
    assert len(set(both)) == 60


def test_the_list_is_filtered_by_round_and_unit(as_, people, make_document, round_):
    make_document(unit=people.binh_minh, text="Một.")
    wanted = make_document(unit=people.kim_dong, text="Hai.")
    response = as_(people.po).get(
        reverse("listen:documents"),
        {"round": round_.pk, "unit": people.kim_dong.code},
    )
    assert [row.document for row in response.context["found"].rows] == [wanted]
    assert len(response.context["chips"]) == 2
