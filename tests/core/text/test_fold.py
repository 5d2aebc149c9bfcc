"""One form for searching, one order for sorting, one place for tones."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from haicap.core.text.fold import (
    fold_vi,
    nfc,
    one_tone_placement,
    slug_vi,
    sort_key_vi,
)


VIETNAMESE = st.text(
    alphabet="aăâbcdđeêghiklmnoôơpqrstuưvxyàảãáạằẳẵắặầẩẫấậèẻẽéẹềểễếệùủũúụỳỷỹýỵÀĐƯ Ỷ.,-12",
    max_size=60,
)


@pytest.mark.parametrize(
    "said",
    [
        "Đảng uỷ",
        "đảng ủy",
        "dang uy",
        "ĐẢNG  ỦY",
        unicodedata.normalize("NFD", "Đảng ủy"),
    ],
)
def test_every_way_of_typing_a_word_is_found(said):
    assert fold_vi(said) == "dang uy"


@given(st.text(max_size=80))
def test_folding_twice_is_folding_once(text):
    assert fold_vi(fold_vi(text)) == fold_vi(text)


@given(VIETNAMESE)
def test_the_search_form_does_not_know_how_a_text_was_composed(text):
    assert fold_vi(unicodedata.normalize("NFD", text)) == fold_vi(nfc(text))
    assert fold_vi(text.upper()) == fold_vi(text)


def test_d_with_a_bar_is_a_letter_that_folds_to_d():
    assert fold_vi("Đơn Dương") == "don duong"
    assert slug_vi("Đơn Dương") == "don-duong"


@pytest.mark.parametrize(
    "old, new",
    [
        ("uỷ ban", "ủy ban"),
        ("hoà bình", "hòa bình"),
        ("Thuý", "Thúy"),
        ("UỶ BAN", "ỦY BAN"),
        ("khoẻ", "khỏe"),
        ("quý", "quý"),
        ("hoán", "hoán"),
        ("toàn", "toàn"),
        ("thuyền", "thuyền"),
    ],
)
def test_a_syllable_has_one_place_for_its_tone(old, new):
    assert one_tone_placement(old) == new


@given(VIETNAMESE)
def test_placing_tones_moves_no_other_character(text):
    placed = one_tone_placement(text)
    assert len(placed) == len(text)
    assert fold_vi(placed) == fold_vi(text)
    assert one_tone_placement(placed) == placed


def test_names_sort_as_in_a_dictionary():
    names = ["Đức", "Dũng", "Ân", "An", "Ánh", "Ăn", "dạ", "da", "dả", "dà", "dã", "dá"]
    assert sorted(names, key=sort_key_vi) == [
        "An",
        "Ánh",
        "Ăn",
        "Ân",
        "da",
        "dà",
        "dả",
        "dã",
        "dá",
        "dạ",
        "Dũng",
        "Đức",
    ]


@given(st.text(max_size=40))
def test_a_slug_holds_only_what_an_address_may(text):
    assert set(slug_vi(text)) <= set("abcdefghijklmnopqrstuvwxyz0123456789-")
