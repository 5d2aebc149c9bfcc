"""Error pages say what became of the work, in the product's own page, with a way on."""

from __future__ import annotations

import re

import pytest
from django.test import Client

from haicap.people import guard
from tests.world import key


pytestmark = pytest.mark.django_db
GO_ON = 'href="/"'


def said(answer):
    """Return the page as one line, with single spaces."""
    return re.sub(r"\s+(</h1>)?", lambda end: end[1] or " ", answer.content.decode())


@pytest.fixture
def strict(people):
    """Return a browser of the office that must show its token with every form."""
    browser = Client(enforce_csrf_checks=True)
    browser.force_login(people.po)
    return browser


def test_a_form_that_waited_too_long_is_not_called_a_lack_of_rights(strict):
    answer = strict.post(
        "/preferences",
        {"theme": "dark"},
        HTTP_REFERER="http://testserver/cases/?due=late",
    )
    words = said(answer)
    assert answer.status_code == 403
    assert "<h1>Trang mở đã quá lâu, biểu mẫu chưa gửi được</h1>" in words
    assert "Chưa lưu gì" in words and "không thuộc quyền" not in words
    assert 'href="http://testserver/cases/?due=late"' in words
    assert GO_ON in words


def test_a_forged_form_leads_to_no_other_house(strict):
    answer = strict.post("/preferences", HTTP_REFERER="http://elsewhere.example/trap")
    assert "elsewhere.example" not in said(answer)


def test_a_part_of_a_page_hears_the_same_in_one_line(strict):
    answer = strict.post("/preferences", HTTP_HX_REQUEST="true")
    words = said(answer)
    assert "Trang này mở đã quá lâu" in words and "<html" not in words


@pytest.mark.parametrize(
    "address", ["/preferences", "/sign-out", "/resolve/cases/1/send", "/language"]
)
def test_the_address_of_a_form_opened_by_hand_has_a_page(address, client, people):
    client.force_login(people.po)
    answer = client.get(address)
    words = said(answer)
    assert answer.status_code == 405
    assert "POST" in answer["Allow"]
    assert "<h1>Địa chỉ này không có trang để xem</h1>" in words
    assert GO_ON in words


def test_too_many_fields_at_once_have_a_page(client, settings, people):
    settings.DATA_UPLOAD_MAX_NUMBER_FIELDS = 2
    client.force_login(people.po)
    answer = client.post("/preferences", {"a": 1, "b": 2, "c": 3})
    words = said(answer)
    assert answer.status_code == 400
    assert "<h1>Hệ thống không nhận được nội dung vừa gửi</h1>" in words
    assert GO_ON in words


def test_a_form_sent_twice_with_other_words_has_a_page(client, people):
    client.force_login(people.po)
    once = key()
    client.post("/preferences", {"theme": "dark", **once})
    answer = client.post("/preferences", {"theme": "light", **once})
    assert answer.status_code == 422
    assert GO_ON in said(answer)


def test_a_form_that_is_still_being_saved_has_a_page(client, people, monkeypatch):
    monkeypatch.setattr(guard, "lock", lambda user, key: False)
    client.force_login(people.po)
    answer = client.post("/preferences", {"theme": "dark", **key()})
    assert answer.status_code == 409
    assert answer["Retry-After"] == "2"
    assert GO_ON in said(answer)
