import doctest
from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from haicap.core.errors import BadInput
from haicap.desk.papers import table as module
from haicap.desk.papers import words
from haicap.desk.papers.table import (
    COLUMNS,
    FieldGroup,
    Line,
    Table,
    cells,
    count,
    summary,
)
from haicap.desk.papers.words import Result


BARE = Line(units=["Xã A"], text="Sửa cống.", field="Giao thông")


def paper(groups):
    return Table(
        body="VĂN PHÒNG",
        superior=None,
        place="Ninh Bình",
        on=None,
        number=None,
        attached_to=None,
        filter_sentence="Tất cả",
        is_demo=False,
        groups=groups,
    )


lines = st.builds(
    Line,
    units=st.lists(st.just("Xã A"), max_size=4),
    text=st.just("Sửa cống."),
    field=st.just("Giao thông"),
    answer=st.none() | st.just("Đã sửa."),
    outcome=st.none() | st.sampled_from(sorted(words.OUTCOMES)),
)


@given(st.lists(st.lists(lines, max_size=5), max_size=5))
def test_the_groups_and_the_classes_add_up_to_the_total(groups):
    table = paper([FieldGroup("Lĩnh vực", rows) for rows in groups])
    *parts, total = summary(table)
    figures = [sum(column) for column in zip(*(row[2] for row in parts), strict=True)]
    assert figures == (list(total[2]) if parts else [])
    tally = table.tally
    assert sum(tally.by_result.values()) == tally.n_matters
    assert tally.n_matters == sum(len(rows) for rows in groups)


@pytest.mark.parametrize("outcome", sorted(words.OUTCOMES))
def test_only_the_solved_classes_count_as_solved(outcome):
    line = replace(BARE, answer="Đã trả lời.", outcome=outcome)
    assert (line.result is Result.SOLVED) is outcome.startswith("solved_")


def test_an_answer_is_not_yet_a_result():
    tally = count([replace(BARE, answer="Đã nhận.", reply_ref="1/STC")])
    assert (tally.n_answered, tally.n_solved) == (1, 0)
    assert tally.by_result[Result.NONE] == 1


def test_a_matter_without_a_reply_is_not_answered_whatever_its_class():
    assert not replace(BARE, outcome="will_solve").is_answered
    assert replace(BARE, outcome="will_solve", reply_ref="1/STC").is_answered


def test_a_matter_sent_back_is_not_answered():
    assert not replace(BARE, answer="Không rõ.", outcome="returned").is_answered


def test_a_class_without_words_is_refused():
    with pytest.raises(BadInput, match="half_solved"):
        replace(BARE, outcome="half_solved")


def test_many_units_are_one_matter_and_many_voices():
    tally = count([replace(BARE, units=["Xã A", "Xã B", "Xã C"])])
    assert (tally.n_matters, tally.n_voices) == (1, 3)


def test_what_nobody_has_said_is_shown_as_missing():
    row = cells(1, Line(units=[], text="Sửa cống.", field=""))
    assert len(row) == len(COLUMNS) == 11
    assert [said.text for said in row if said.missing] == [
        words.NO_UNITS,
        words.NO_FIELD,
        words.NO_LEAD,
        words.NO_COORDINATORS,
        words.NO_DUE,
        words.NO_ANSWER,
        words.NO_REPLY_REF,
        words.NO_OUTCOME,
    ]


def test_what_is_said_stands_as_it_was_said():
    line = Line(
        ["Xã A", "Xã B"],
        "Sửa cống.",
        "Giao thông",
        "Sở Xây dựng",
        ["Sở Tài chính"],
        date(2026, 1, 7),
        "Đã sửa.",
        "15/SXD ngày 06/01/2026",
        "solved_execution",
        "Xã đã xác nhận",
    )
    row = cells(7, line)
    assert not any(said.missing for said in row)
    assert [said.text for said in row] == [
        "7",
        "Xã A; Xã B",
        "Sửa cống.",
        "Giao thông",
        "Sở Xây dựng",
        "Sở Tài chính",
        "07/01/2026",
        "Đã sửa.",
        "15/SXD ngày 06/01/2026",
        "Đã giải quyết xong: tổ chức thực hiện",
        "Xã đã xác nhận",
    ]


def test_answering_and_solving_stand_under_two_heads():
    overs = [column.over for column in COLUMNS if column.over]
    assert overs == [module.ANSWER, module.ANSWER, module.RESULT]


def test_the_columns_fill_the_page_between_its_margins():
    assert sum(column.width for column in COLUMNS) == 297 - 30 - 15


@pytest.mark.parametrize("number", [1, 4, 9, 14, 19, 40, 90, 400, 1994])
def test_roman_numerals_read_back(number):
    worth = {"I": 1, "V": 5, "X": 10, "L": 50, "C": 100, "D": 500, "M": 1000}
    values = [worth[sign] for sign in words.roman(number)]
    after = [*values[1:], 0]
    assert number == sum(-a if a < b else a for a, b in zip(values, after, strict=True))


@pytest.mark.parametrize("with_examples", [module, words])
def test_the_examples_in_the_docstrings_are_true(with_examples):
    assert doctest.testmod(with_examples).failed == 0
