"""The public page: published answers in plain words, and nothing else."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from haicap.resolve.models import Delivery, Reply
from haicap.resolve.states import CaseState, ReplyState
from haicap.verify.models import Outcome
from tests.world import NOON


pytestmark = pytest.mark.django_db


@pytest.fixture
def publish(make_case, people):
    """Return a function that makes an answered case, published unless told otherwise."""

    def make(title="Máy quét cho Trung tâm", *, published=True, **values):
        case = make_case(
            title=title,
            state=CaseState.ANSWERED,
            answered_at=NOON,
            outcome_class="explained",
            published_at=NOON if published else None,
            **values,
        )
        reply = Reply.objects.create(
            case=case,
            state=ReplyState.CONFIRMED,
            text="Đã cấp hai máy quét.",
            number="12/SNV",
            issued_on=date(2026, 1, 6),
            outcome_class="explained",
            contact="Ông Nguyễn Văn Thử, số 0912 000 000",
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


def test_anybody_reads_what_was_published(client, publish):
    case = publish()
    assert "Máy quét cho Trung tâm" in client.get("/public/").content.decode()
    words = client.get(f"/public/{case.pk}").content.decode()
    assert "Đã cấp hai máy quét." in words and "12/SNV" in words


def test_nothing_unpublished_leaks(client, publish):
    case = publish("Việc còn kín", published=False)
    assert "Việc còn kín" not in client.get("/public/").content.decode()
    assert "Việc còn kín" not in client.get("/public/?q=viec con kin").content.decode()
    assert client.get(f"/public/{case.pk}").status_code == 404


def test_no_confirmation_yet_is_a_sentence_and_not_a_nought(client, publish):
    case = publish()
    for address in ("/public/", f"/public/{case.pk}"):
        words = client.get(address).content.decode()
        assert "chưa xã, phường nào xác nhận được giải quyết" in words


def test_the_public_page_leads_to_the_page_to_sign_in(client, publish):
    assert 'href="/sign-in"' in client.get("/public/").content.decode()


def test_a_case_in_work_again_leaves_the_page(client, publish):
    case = publish()
    case.state = CaseState.ASSIGNED
    case.save()
    assert case.title not in client.get("/public/").content.decode()
    assert client.get(f"/public/{case.pk}").status_code == 404


def test_no_person_and_no_voice_is_named(client, people, publish):
    case = publish()
    words = client.get(f"/public/{case.pk}").content.decode()
    words += client.get("/public/").content.decode()
    for person in vars(people).values():
        assert getattr(person, "full_name", "Nguyễn Văn Thử") not in words
    assert "bổ sung công chức địa chính" not in words


def test_a_draft_or_an_older_reply_is_not_shown(client, people, publish):
    case = publish()
    Reply.objects.create(
        case=case, text="Bản nháp chưa ký", drafted_by=people.do, drafted_at=NOON
    )
    assert "Bản nháp chưa ký" not in client.get(f"/public/{case.pk}").content.decode()


def test_it_says_how_many_communes_confirmed(client, people, publish):
    case = publish(units=[people.binh_minh, people.kim_dong])
    Outcome.objects.create(
        delivery=Delivery.objects.first(), verdict="accepted", by=people.co, at=NOON
    )
    context = client.get(f"/public/{case.pk}").context
    assert (context["n_units"], context["n_confirmed"]) == (2, 1)


def test_words_without_marks_find_it(client, publish):
    publish()
    publish("Đường liên xã")
    found = client.get("/public/?q=duong lien").context["lines"]
    assert [line["case"].title for line in found] == ["Đường liên xã"]


def test_the_pages_follow_each_other_without_a_gap(client, publish):
    for number in range(23):
        case = publish(f"Việc {number}")
        case.published_at = NOON + timedelta(minutes=number // 3)
        case.save()
    first = client.get("/public/").context
    second = client.get(f"/public/?before={first['next']}").context
    shown = [line["case"].pk for line in [*first["lines"], *second["lines"]]]
    assert len(shown) == len(set(shown)) == 23


def test_the_questions_do_not_grow_with_the_rows(
    client, publish, django_assert_max_num_queries
):
    for number in range(12):
        publish(f"Việc {number}")
    with django_assert_max_num_queries(6):
        client.get("/public/")
