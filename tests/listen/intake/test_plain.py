"""Plain text of every encoding, and the words of old fonts, come out as Unicode."""

import unicodedata

import pytest

from tests.listen.intake import files
from tests.listen.intake.reading import WORDS, codes, extract


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
def test_plain_text_of_every_unicode_kind_is_read(tmp_path, encoding):
    said = extract(tmp_path, "a.txt", WORDS.encode(encoding))
    assert said.text == WORDS


def test_letters_in_two_pieces_are_joined_and_the_way_back_is_kept(tmp_path):
    pieces = unicodedata.normalize("NFD", WORDS)
    said = extract(tmp_path, "a.txt", pieces.encode())
    assert said.text == WORDS
    # Each place of the new text leads to the letter it came from.
    for at, letter in enumerate(said.text):
        new, old = max(
            (pair for pair in ((0, 0), *said.offsets) if pair[0] <= at),
        )
        source = pieces[old + at - new :]
        assert unicodedata.normalize("NFC", source).startswith(letter)


def test_tone_marks_stay_where_the_author_put_them(tmp_path):
    mixed = "Đảng uỷ và Đảng ủy, hoà và hòa"
    assert extract(tmp_path, "a.txt", mixed.encode()).text == mixed


def test_line_ends_of_windows_become_plain_and_the_way_back_is_kept(tmp_path):
    said = extract(tmp_path, "a.txt", "một\r\nhai\r\nba".encode())
    assert said.text == "một\nhai\nba"
    assert said.offsets == ((4, 5), (8, 10))


def test_control_characters_are_taken_out(tmp_path):
    said = extract(tmp_path, "a.txt", "mộ\u0001t\u0008 hai".encode())
    assert said.text == "một hai"


@pytest.fixture(params=["TCVN3", "VNI"])
def old_text(request):
    """The name of an old encoding, words as its font had them typed, and the words."""
    typed = {
        "TCVN3": "§Ò nghÞ tØnh hç trî vèn c¶i t¹o trô së lµm viÖc cña x·.",
        "VNI": "Ñeà nghò tænh hoã trôï voán caûi taïo truï sôû laøm vieäc cuûa xaõ.",
    }[request.param]
    return request.param, typed, WORDS


def test_the_words_of_an_old_font_are_converted_and_said(tmp_path, old_text):
    encoding, typed, meant = old_text
    said = extract(tmp_path, "a.txt", typed.encode("cp1252"))
    assert said.text == meant
    assert said.original == typed
    assert codes(said) == ["converted"]
    assert encoding in str(said.notes[0])


def test_an_old_font_in_a_word_file_is_converted_too(tmp_path, old_text):
    _, typed, meant = old_text
    said = extract(tmp_path, "a.docx", files.word(typed))
    assert said.text == meant
    assert codes(said) == ["converted"]


def test_an_old_font_in_a_workbook_is_converted_cell_by_cell(tmp_path, old_text):
    _, typed, meant = old_text
    said = extract(tmp_path, "a.xlsx", files.book([["STT", typed], [1, typed]]))
    assert said.text == f"STT | {meant}\n1 | {meant}"
    assert codes(said) == ["converted"]


def test_the_windows_code_page_is_understood_and_said(tmp_path):
    # That page has "ô" and "ơ" as letters and their tones as marks of their own.
    typed = "Ti\u0309nh Ninh Bi\u0300nh hô\u0303 trơ\u0323 xa\u0303"
    content = typed.encode("cp1258")
    said = extract(tmp_path, "a.txt", content)
    assert said.text == "Tỉnh Ninh Bình hỗ trợ xã"
    assert codes(said) == ["encoding"]
