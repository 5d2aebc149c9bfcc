import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from haicap.core.text.plain import Plain
from haicap.core.text.quoted import pieces, place_of_words


TEXT = "Xã đề nghị  tỉnh\nbổ\u00a0sung công chức; uỷ ban đã bổ sung công chức."


def found(words, text=TEXT, start=0, end=None):
    """Return the words of the text that were found; the place as it is in the text."""
    plain = Plain(text)
    place = place_of_words(plain, words, start=start, end=end or len(plain.text))
    return place and text[plain.given(place[0]) : plain.given(place[1])]


@pytest.mark.parametrize(
    ("words", "really"),
    [
        ("đề nghị tỉnh bổ sung", "đề nghị  tỉnh\nbổ\u00a0sung"),
        ("  đề nghị\ttỉnh ", "đề nghị  tỉnh"),
        (unicodedata.normalize("NFD", "đề nghị"), "đề nghị"),
        ("ủy ban", "uỷ ban"),  # the tone in its other place
        ("công chức;", "công chức;"),
        ("Xã", "Xã"),
    ],
)
def test_words_are_found_as_they_stand(words, really):
    assert found(words) == really


@pytest.mark.parametrize(
    "words",
    [
        "",
        " \n",
        "đề nghị tỉnh giao",
        "Đề nghị",  # another letter
        "de nghi",
        "ề nghị",  # a cut word
        "đề ngh",
        "đề … tỉnh",
        "đề.*tỉnh",
        "\ud800",
        "xã " * 500,
    ],
)
def test_other_words_are_found_nowhere(words):
    assert found(words) is None


def test_words_are_looked_for_between_two_places_only():
    assert found("bổ sung công chức", start=20) == "bổ sung công chức"
    assert found("đề nghị", start=20) is None
    assert found("bổ sung", end=20) is None


def test_a_text_in_two_pieces_a_letter_keeps_its_own_places():
    text = unicodedata.normalize("NFD", TEXT)
    assert unicodedata.normalize("NFC", found("bổ sung công", text)) == (
        "bổ\u00a0sung công"
    )


@given(st.text(alphabet="aă \n.\u0323", max_size=200), st.integers(1, 30))
def test_pieces_are_the_text_without_blank_ones(text, longest):
    places = list(pieces(text, longest=longest))
    assert all(0 < end - start <= longest for start, end in places)
    assert all(
        one[1] <= other[0] for one, other in zip(places, places[1:], strict=False)
    )
    inside = "".join(text[start:end] for start, end in places)
    assert "".join(inside.split()) == "".join(text.split())


@given(st.text(alphabet="aăâ \n\u0301\u0323.", max_size=60), st.data())
def test_what_is_found_is_what_was_said(text, data):
    words = data.draw(st.text(alphabet="aăâ \u0301\u0323.", max_size=6))
    plain = Plain(text)
    place = place_of_words(plain, words, start=0, end=len(plain.text))
    if place:
        said = text[plain.given(place[0]) : plain.given(place[1])]
        assert Plain(said).text.split() == Plain(words).text.split()


def test_a_line_without_blanks_is_cut_hard():
    assert list(pieces("a" * 25, longest=10)) == [(0, 10), (10, 20), (20, 25)]
