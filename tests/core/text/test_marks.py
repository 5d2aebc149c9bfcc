"""Marks in a text nest, lose no letter, and stand where their words stand."""

import random
import time

import pytest

from haicap.core.text.marks import (
    Span,
    Step,
    marked_paragraphs,
    paragraph_at,
    paragraphs,
    tight,
    word_back,
    word_on,
)


def drawn(text, *spans):
    """Return the paragraphs as one string: `[7` opens mark 7, `]` closes it."""
    lines = []
    for place in marked_paragraphs(text, spans):
        parts = []
        for token in place.tokens:
            if token.step is Step.OPEN:
                parts.append(f"[{token.key}{'' if token.is_first else '~'}:")
            elif token.step is Step.CLOSE:
                parts.append("]")
            else:
                parts.append(token.words)
        lines.append("".join(parts))
    return lines


@pytest.mark.parametrize(
    ("text", "spans", "expected"),
    [
        ("xin cấp đất", [], ["xin cấp đất"]),
        ("xin cấp đất", [(1, 4, 7)], ["xin [1:cấp] đất"]),
        ("xin cấp đất", [(1, 0, 11)], ["[1:xin cấp đất]"]),
        ("xin cấp đất", [(1, 0, 3), (2, 3, 7)], ["[1:xin][2: cấp] đất"]),
        ("xin cấp đất", [(1, 0, 11), (2, 4, 7)], ["[1:xin [2:cấp] đất]"]),
        ("xin cấp đất", [(2, 4, 7), (1, 4, 11)], ["xin [1:[2:cấp] đất]"]),
        ("xin cấp đất", [(1, 4, 7), (2, 4, 7)], ["xin [1:[2:cấp]] đất"]),
        ("xin cấp đất", [(1, 0, 7), (2, 4, 11)], ["[1:xin [2:cấp]][2~: đất]"]),
        ("a\nb", [(1, 0, 3)], ["[1:a]", "[1~:b]"]),
        ("a\n\n b \nc", [(1, 0, 8)], ["[1:a]", "[1~: b ]", "[1~:c]"]),
        ("a\nb", [(1, 1, 2)], ["a", "b"]),
        ("", [(1, 0, 4)], []),
    ],
)
def test_marks_stand_where_their_words_stand(text, spans, expected):
    assert drawn(text, *(Span(*span) for span in spans)) == expected


def check(text, spans):
    """Fail unless marks nest, no letter is lost, and each span covers its own words."""
    covered = {span.key: set() for span in spans}
    for place in marked_paragraphs(text, spans):
        words, open_ = [], []
        for token in place.tokens:
            if token.step is Step.OPEN:
                assert token.key not in open_
                open_.append(token.key)
            elif token.step is Step.CLOSE:
                assert open_.pop() == token.key
            else:
                assert text[token.start : token.start + len(token.words)] == token.words
                words.append(token.words)
                for key in open_:
                    covered[key].update(
                        range(token.start, token.start + len(token.words))
                    )
        assert not open_
        assert "".join(words) == text[place.start : place.end]
    inside = {i for p in paragraphs(text) for i in range(p.start, p.end)}
    for span in spans:
        assert covered[span.key] == inside & set(range(span.start, span.end))


def test_any_set_of_spans_nests_and_loses_no_letter():
    chance = random.Random(7)
    for _round in range(150):
        text = "".join(chance.choice("ab cđ\nế ") for _ in range(60))
        spans = []
        for key in range(chance.randrange(12)):
            start = chance.randrange(60)
            spans.append(Span(key, start, chance.randrange(start + 1, 61)))
        check(text, spans)


def test_a_thousand_statements_are_marked_in_a_moment():
    text = "\n".join(f"Đề nghị tỉnh cấp kinh phí cho việc số {n}." for n in range(1000))
    spans = [Span(p.number, p.start, p.end) for p in paragraphs(text)]
    begun = time.perf_counter()
    check(text, spans)
    assert time.perf_counter() - begun < 2


def test_a_thousand_nested_statements_need_no_deep_stack():
    text = "x" * 2000
    check(text, [Span(n, n, 2000 - n) for n in range(999)])


def test_a_place_is_found_by_its_offset():
    places = paragraphs("a\n\nbc\nd")
    assert paragraph_at(places, 0).number == 1
    assert paragraph_at(places, 4).number == 2
    assert paragraph_at(places, 99).number == 3
    assert paragraph_at([], 3) is None


def test_a_selection_loses_the_blanks_at_its_ends():
    assert tight(" a b ", 0, 5) == (1, 4)
    assert tight("   ", 0, 3) == (3, 3)


def test_a_span_grows_and_shrinks_by_whole_words():
    text = "xin cấp đất"
    assert word_back(text, 4) == 0
    assert word_back(text, 0) == 0
    assert word_on(text, 7) == 11
    assert word_on(text, 11) == 11
