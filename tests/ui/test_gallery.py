"""The gallery shows every part; the frame stands without anybody signed in."""

import re
from pathlib import Path

import pytest
from django.contrib.messages.storage.base import Message
from django.contrib.messages.storage.fallback import FallbackStorage
from django.template.loader import render_to_string
from django.test import RequestFactory
from django.utils import translation

from haicap.ui import undo
from haicap.ui.tones import KINDS, STATES
from haicap.ui.views import gallery


COTTON = Path(__file__).resolve().parents[2] / "haicap/ui/templates/cotton"


@pytest.fixture
def page():
    with translation.override("vi"):
        return gallery(RequestFactory().get("/ui/")).content.decode()


def test_it_shows_every_state_and_kind(page):
    with translation.override("vi"):
        words = [str(one.word) for one in [*STATES.values(), *KINDS.values()]]
    assert [word for word in words if word not in page] == []


def test_every_component_is_on_it():
    source = (COTTON.parent / "ui/gallery.html").read_text()
    shown = {name.replace("-", "_") for name in re.findall(r"<c-([\w-]+)", source)}
    assert {path.stem for path in COTTON.glob("*.html")} - shown == set()


def test_a_strict_page_holds_no_style_and_no_script_of_its_own(page):
    assert not re.search(r"\sstyle=|<style|\son\w+=|javascript:", page)
    assert re.findall(r"<script(?![^>]*\ssrc=)[^>]*>", page) == []


def test_no_two_things_have_the_same_id(page):
    ids = re.findall(r'\sid="([^"]+)"', page)
    assert sorted(i for i in set(ids) if ids.count(i) > 1) == []


def test_what_describes_a_thing_is_there(page):
    ids = set(re.findall(r'\sid="([^"]+)"', page))
    for named in re.findall(r'aria-(?:describedby|labelledby)="([^"]+)"', page):
        assert set(named.split()) <= ids


def test_there_is_one_heading_of_the_page(page):
    assert len(re.findall(r"<h1\b", page)) == 1


def test_nothing_comes_from_another_origin(page):
    assert re.findall(r'(?:src|href|action)="(?:https?:)?//[^"]*"', page) == []


@pytest.mark.parametrize("status", [400, 403, 404, 405, 409, 422, 429, 500])
def test_an_error_says_what_became_of_the_work_and_gives_a_number(status):
    with translation.override("vi"):
        page = render_to_string(
            "ui/error.html",
            {"status": status, "number": "7F3219A", "sentence": "", "shell": None},
        )
    assert "7F3219A" in page
    assert "Traceback" not in page
    assert re.search(r"[Cc]hưa|vẫn|Không", page)


def test_an_undo_line_posts_to_its_own_address_only():
    request = RequestFactory().get("/")
    request.session = {}
    request._messages = FallbackStorage(request)
    undo.offer(request, "Đã bỏ câu 17", "/undo/17")
    [message] = list(request._messages)
    assert undo.address(message) == "/undo/17"


@pytest.mark.parametrize("tags", ["", "warning", "undo:https://elsewhere.example/x"])
def test_a_message_without_a_way_back_offers_none(tags):
    assert undo.address(Message(25, "x", extra_tags=tags)) == ""
