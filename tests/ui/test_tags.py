"""Dates, numbers and marks read as an office in Vietnam writes them."""

from datetime import UTC, date, datetime
from decimal import Decimal
from types import SimpleNamespace

import pytest
from django import forms
from django.template import Context, Template, engines
from django.utils import formats, translation
from django_cotton.compiler_regex import CottonCompiler

from haicap.ui.forms import DateField, Form, WordsField
from haicap.ui.templatetags import hc


def drawn(source: str, **context) -> str:
    """Return what a template of this source shows, its components compiled."""
    compiled = CottonCompiler().process(source)
    return engines["django"].from_string(compiled).render(context)


@pytest.fixture(params=["vi", "en"])
def either_language(request):
    with translation.override(request.param):
        yield request.param


@pytest.fixture
def vietnamese():
    with translation.override("vi"):
        yield


def test_a_day_is_written_day_first_in_both_languages(either_language):
    assert hc.d(date(2026, 1, 7)) == "07/01/2026"
    assert formats.date_format(date(2026, 1, 7), "SHORT_DATE_FORMAT") == "07/01/2026"


@pytest.mark.parametrize(
    "typed", ["05/11/2026", "5/11/2026", "05-11-2026", "2026-11-05"]
)
def test_a_typed_day_is_read_day_first(either_language, typed):
    assert DateField().clean(typed) == date(2026, 11, 5)
    assert forms.DateField(localize=True).clean("25/11/2026") == date(2026, 11, 25)


def test_a_moment_is_shown_in_the_offices_time():
    assert hc.dt(datetime(2026, 1, 7, 18, 30, tzinfo=UTC)) == "08/01/2026 01:30"


@pytest.mark.parametrize(
    ("value", "in_vietnamese", "in_english"),
    [
        (1234.5, "1.234,5", "1,234.5"),
        (1200000, "1.200.000", "1,200,000"),
        (Decimal("612.40"), "612,40", "612.40"),
        (0, "0", "0"),
        (None, "–", "–"),
    ],
)
def test_a_number_is_grouped_as_its_language_groups_it(
    value, in_vietnamese, in_english
):
    with translation.override("vi"):
        assert hc.number(value) == in_vietnamese
    with translation.override("en"):
        assert hc.number(value) == in_english


def test_a_typed_comma_is_a_decimal_comma(vietnamese):
    assert forms.DecimalField(localize=True).clean("1234,5") == Decimal("1234.5")


def test_a_row_number_in_an_attribute_is_never_grouped(vietnamese):
    drawn = Template('<input value="{{ pk }}">').render(Context({"pk": 1234567}))
    assert drawn == '<input value="1234567">'


def test_a_share_becomes_per_cent(vietnamese):
    assert hc.percent(0.984, 1) == "98,4%"
    assert hc.percent(None) == "–"


def test_a_missing_day_is_a_dash():
    assert (hc.d(None), hc.dt(None), hc.weekday_d(None)) == ("–", "–", "–")


def test_the_weekday_is_named_as_on_a_calendar(vietnamese):
    day = date(2026, 1, 7)
    assert hc.weekday_d(day) == "Thứ Tư, 07/01/2026"
    assert hc.weekday_short(day) == "T4"
    assert hc.weekday_short(date(2026, 1, 11)) == "CN"


def test_a_pill_says_its_state_in_words_and_hides_its_icon(vietnamese):
    pill = drawn('{% pill "late" "Quá hạn 2 ngày làm việc" %}')
    assert "hc-pill-solid-seal" in pill
    assert "Quá hạn 2 ngày làm việc" in pill
    assert 'aria-hidden="true"' in pill
    assert "Chưa ai nhận" in drawn('{% pill "unassigned" %}')


def test_words_of_people_are_escaped_everywhere():
    evil = "<b onclick=x>"
    for source in (
        '{% pill "late" w %}',
        '{% due_words "late" w %}',
        "{% icon w %}",
        '{% icon "clock" "" w %}',
        '<c-pill state="late">{{ w }}</c-pill>',
        '<c-empty title="{{ w }}" />',
        '<c-notice :title="w"></c-notice>',
        '<c-queue-row count="1" :title="w" />',
        '<c-conflict at="1" :mine="w" :theirs="w"></c-conflict>',
        '<c-button why="{{ w }}" id="x">go</c-button>',
    ):
        assert "<b onclick" not in drawn(source, w=evil), source


def test_the_letters_of_a_kind_are_no_text_inside_a_document():
    mark = drawn('{% kind "recommendation" spoken=False %}')
    assert 'data-letters="KN"' in mark
    assert ">KN<" not in mark
    assert "Kiến nghị" in drawn('{% kind "recommendation" %}')


def test_a_bar_shows_solved_within_answered(vietnamese):
    bar = drawn("{% two_tone 1 7 14 %}")
    assert 'hc-meter-answered" width="50.0"' in bar
    assert 'hc-meter-solved" width="7.1"' in bar
    assert "trả lời 7, giải quyết xong 1 trong 14" in bar
    assert "style=" not in bar


def test_a_bar_of_nothing_is_empty():
    assert 'hc-meter-answered" width="0.0"' in drawn("{% two_tone 0 0 0 %}")
    assert 'hc-meter-part" width="0"' in drawn("{% part_bar 0 0 %}")


def test_every_square_is_a_link_named_after_its_unit(vietnamese):
    unit = SimpleNamespace(name="Xã <Minh họa>", url="/u/1", state="none")
    square = drawn("{% squares units %}", units=[unit])
    assert 'href="/u/1"' in square
    assert "Xã &lt;Minh họa&gt;: chưa gửi" in square


def test_a_shut_button_keeps_its_focus_and_says_why():
    button = drawn('<c-button id="r" why="Not now.">Reply</c-button>')
    assert 'aria-disabled="true"' in button
    assert " disabled" not in button.replace("aria-disabled", "")
    assert 'aria-describedby="r-why"' in button
    assert 'id="r-why"' in button


def test_a_due_date_that_is_missing_says_so(vietnamese):
    assert "Chưa có hạn" in drawn("<c-due-button />")


class Reply(Form):
    day = DateField(label="Hạn")
    text = WordsField(label="Lời")
    note = forms.CharField(label="Ghi chú", required=False)


def test_a_fault_stands_on_top_and_at_its_field_and_nothing_typed_is_lost(vietnamese):
    page = drawn("{{ form }}", form=Reply({"day": "32/01/2026", "text": "  lời  "}))
    assert 'href="#id_day"' in page
    assert 'id="id_day_error"' in page
    assert 'aria-invalid="true"' in page
    assert page.count("Tháng 1 có 31 ngày. Gõ ngày như 13/01/2026.") == 2
    assert 'value="32/01/2026"' in page
    assert "  lời  " in page


def test_a_field_that_may_stay_empty_says_so(vietnamese):
    page = drawn("{{ form }}", form=Reply())
    assert page.count("(nếu có)") == 1
    assert "data-haicap-summary" not in page


def test_a_day_that_is_no_day_is_explained(vietnamese):
    form = Reply({"day": "mai", "text": "x"})
    assert form.errors["day"] == ["Đây chưa phải là ngày. Gõ ngày như 13/01/2026."]


def test_words_are_kept_to_the_space():
    form = Reply({"day": "13/01/2026", "text": " a\n"})
    assert form.is_valid()
    assert form.cleaned_data["text"] == " a\n"
