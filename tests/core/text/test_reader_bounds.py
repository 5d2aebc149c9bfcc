"""Whatever is handed in: no crash, exact places, and work that grows with the text."""

import random
import unicodedata
from collections import Counter
from itertools import pairwise
from types import SimpleNamespace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from haicap.core.text import reader
from haicap.core.text.chunks import chunks
from haicap.core.text.plain import Plain
from haicap.core.text.segments import lines, shape
from haicap.listen.taxonomy import FIELDS
from haicap.listen.trained import trained
from haicap.places.registry import gazetteer


ASK = "Xã Kim Sơn đề nghị UBND tỉnh sửa cống trước ngày 30/11/2026."
ANSWER = "Sở Y tế trả lời: sẽ bố trí bác sĩ cho trạm y tế phường Hoa Lư trong quý II."
NOVEL = (
    "Chiều ấy Lan đi dọc bờ sông, gió thổi nhẹ, hoa gạo rơi đỏ cả lối. Anh không nói gì. "
    "Chị nhớ những ngày còn bé, mẹ hay kể chuyện, đêm dài và ấm. Rồi mưa xuống.\n"
)
ENGLISH = "The council asked the department to repair the road before the end of June. "


def read(text, weights=None):
    return reader.read(
        text, gazetteer=gazetteer(), taxonomy=FIELDS, trained=weights or trained()
    )


def garbage(n):
    return bytes(random.Random(7).randrange(256) for _ in range(n)).decode("latin-1")


def mixed():
    good, old = (ASK + "\n").encode(), ANSWER.encode("utf-16-le")
    return (good + old + good + b"\xff\xfe\x00").decode("utf-8", errors="replace")


def exact(text, found):
    for one in found:
        assert text[one.start : one.end] == one.text
        assert one.text.strip()
    for before, after in pairwise(found):
        assert before.end <= after.start


SHORT = {
    "empty": "",
    "blank": " \n\t \r\n\u00a0",
    "one word": "đề",
    "only marks": "-–•+*●▪ ;:|()“”…!?., \n" * 200,
    "only accents": "\u0301\u0323" * 500,
    "a novel": NOVEL * 200,
    "english": ENGLISH * 400,
    "garbage": garbage(20_000),
    "mixed encodings": mixed(),
    "nul and controls": "Xã\x00Kim Sơn\x0b đề nghị\x1c sửa cống.\x85" * 50,
    "digits": "1" * 40_000,
    "dots": ". " * 20_000,
    "open brackets": "(" * 40_000,
    "open quotes": "“ thiếu máy, " * 3_000,
    "cells": "| a " * 4_000,
    "bullets in bullets": "".join(
        f"{'  ' * (n % 40)}- + * {n % 9}. a) thiếu máy\n" for n in range(2_000)
    ),
    "heads": "I. KIẾN NGHỊ\n" * 1_500,
    "names": "UBND xã, UBND tỉnh, xã Kim Sơn, Sở Y tế, " * 500,
    "emoji and wide": "🏠 Xã Kim Sơn 👩‍👩‍👧 đề nghị ﬁ İ ẞ sửa cống. " * 50,
}


@pytest.mark.parametrize("text", SHORT.values(), ids=SHORT)
def test_whatever_is_handed_in_is_read_with_exact_places(text):
    exact(text, read(text))


def test_nothing_is_found_where_nothing_is_said():
    for name in ("empty", "blank", "one word", "only marks", "only accents", "digits"):
        assert read(SHORT[name]) == [], name


class Nothing:
    """Weights that find nothing, and count what they were shown."""

    def __init__(self):
        self.sizes = []

    def odds(self, seen):
        self.sizes.append(len(seen))
        return [{"O": 0.9, "B-R": 0.1}] * len(seen)

    def worth(self, rows):
        return [0.0 for _row in rows]

    def sure(self, score):
        return score


def shown(text):
    """Return how many pieces each part of a text has; nothing is found in it."""
    weights = Nothing()
    assert read(text, SimpleNamespace(items=weights, fields=trained().fields)) == []
    return weights.sizes


def test_a_text_of_megabytes_is_read_part_by_part():
    text = (NOVEL + ASK + "\n") * 10_000  # 2.5 million characters
    bounds = list(reader.parts(text))
    assert [end for _start, end in bounds[:-1]] == [start for start, _end in bounds[1:]]
    assert (bounds[0][0], bounds[-1][1]) == (0, len(text))
    assert all(end - start <= reader.LONGEST for start, end in bounds)
    assert len(bounds) <= 2 * len(text) / reader.LONGEST + 1
    assert all(text[start - 1] == "\n" for start, _end in bounds[1:])


def test_no_part_of_a_repetitive_text_is_shown_more_than_its_share():
    once = shown(ASK * 1_500)
    twice = shown(ASK * 3_000)
    assert sum(twice) <= 2.1 * sum(once)
    assert max(twice) <= reader.LONGEST / 4


def test_a_line_of_a_megabyte_is_parted_too():
    text = "x" * 1_000_000
    assert max(end - start for start, end in reader.parts(text)) <= reader.LONGEST
    assert sum(shown(text)) <= len(text) / reader.LONGEST + 1


def test_places_are_right_in_the_later_parts(monkeypatch):
    text = (ASK + "\n" + ANSWER + "\n\n") * 60
    whole = read(text)
    monkeypatch.setattr(reader.parts, "__defaults__", (2_000,))
    found = read(text)
    exact(text, found)
    assert found[-1].start > 5_000
    asks = Counter(one.text for one in whole if one.kind == "recommendation")
    again = Counter(one.text for one in found if one.kind == "recommendation")
    assert asks.keys() == again.keys()


@pytest.mark.parametrize("form", ["NFC", "NFD"])
def test_places_are_exact_in_both_forms(form):
    text = unicodedata.normalize(form, f"{ASK}\n{ANSWER}\n" * 5)
    found = read(text)
    assert found
    exact(text, found)


def test_both_forms_are_read_alike():
    composed, parted = (
        read(unicodedata.normalize(form, f"{ASK}\n{ANSWER}")) for form in ("NFC", "NFD")
    )
    assert [unicodedata.normalize("NFC", one.text) for one in parted] == [
        one.text for one in composed
    ]
    assert [(one.kind, one.speaker, one.deadline) for one in parted] == [
        (one.kind, one.speaker, one.deadline) for one in composed
    ]


@pytest.mark.parametrize("piece", ["thiếu máy, ", "- thiếu máy\n", "| a ", ASK, "xã "])
def test_twice_the_text_is_cut_into_about_twice_the_pieces(piece):
    counts = []
    for n in (500, 1_000):
        plain = Plain(piece * n)
        counts.append(sum(1 for _ in chunks(plain, list(lines(plain)))))
    assert counts[1] <= 2.1 * counts[0] + 2


words = st.sampled_from(
    [
        ASK,
        ANSWER,
        NOVEL,
        "thiếu máy;",
        "- ",
        "1. ",
        "a) ",
        "“",
        "(",
        "\n",
        "|",
        "I. KIẾN NGHỊ\n",
    ]
)
texts = st.one_of(st.lists(words, max_size=12).map(" ".join), st.text(max_size=120))


@given(texts)
@settings(max_examples=40)
def test_any_text_has_exact_places(text):
    exact(text, read(text))


@given(st.text(max_size=300))
def test_normalising_twice_changes_nothing(text):
    once = Plain(text)
    shape(once)
    again = Plain(once.text)
    shape(again)
    assert again.text == once.text
    assert Plain(once.low).low == once.low


@given(
    st.lists(st.sampled_from([ASK, ANSWER, NOVEL.strip()]), min_size=2, max_size=8),
    st.data(),
)
@settings(max_examples=25)
def test_cutting_a_text_at_a_paragraph_invents_no_item_over_the_cut(paragraphs, data):
    cut = data.draw(st.integers(1, len(paragraphs) - 1))
    first, last = "\n\n".join(paragraphs[:cut]), "\n\n".join(paragraphs[cut:])
    place = len(first)
    whole = f"{first}\n\n{last}"
    assert all(one.end <= place or one.start >= place + 2 for one in read(whole))
    for half in (first, last):
        exact(half, read(half))
