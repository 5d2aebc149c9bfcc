"""A problem is read row by row; what is wrong becomes a sentence that names the row."""

import math
from datetime import date

import pytest

from haicap.core.errors import BadInput
from haicap.core.optimise.rows import Record


def refused(action):
    with pytest.raises(BadInput) as caught:
        action()
    return str(caught.value)


def test_a_record_gives_what_it_holds():
    record = Record(
        {
            "name": " Xã A ",
            "km": 2.5,
            "posts": 3.0,
            "is_free": False,
            "from": "2026-01-05",
            "tags": ["a", "b"],
            "by_year": [1, 2],
        }
    )

    assert record.text("name") == "Xã A"
    assert record.number("km") == 2.5
    assert record.whole("posts") == 3
    assert record.flag("is_free") is False
    assert record.day("from") == date(2026, 1, 5)
    assert record.texts("tags") == ("a", "b")
    assert record.numbers("by_year", 2).tolist() == [1.0, 2.0]
    record.done()


def test_a_missing_key_has_its_default_or_is_named():
    record = Record({"km": None})

    assert record.number("km", default=7.0) == 7.0
    assert record.text("note", "") == ""
    assert refused(lambda: record.number("km")) == "problem: km is missing."


@pytest.mark.parametrize("value", [math.nan, math.inf, -1, 1e18])
def test_absurd_numbers_are_refused(value):
    said = refused(lambda: Record({"km": value}).number("km"))

    assert "it has to lie between 0 and 1e+15" in said


@pytest.mark.parametrize("value", ["3", True, [3], {}])
def test_what_is_no_number_is_refused(value):
    assert "a number is expected" in refused(lambda: Record({"n": value}).number("n"))


def test_half_a_post_is_refused():
    said = refused(lambda: Record({"posts": 1.5}).whole("posts"))

    assert said == "problem: posts is 1.5; a whole number is expected."


@pytest.mark.parametrize("value", ["05/01/2026", 20260105, ""])
def test_a_date_is_written_in_one_way(value):
    assert "write a date as" in refused(lambda: Record({"day": value}).day("day"))


def test_the_row_and_its_id_are_named():
    people = Record({"people": [{"id": "P1", "km": 1}, {"id": "P2", "km": -4}]})

    said = refused(lambda: [row.number("km") for row in people.rows("people", most=9)])

    assert said.startswith("people, row 2 (P2): km is -4;")


def test_two_rows_with_one_id_are_refused():
    people = Record({"people": [{"id": "P1"}, {"id": "P2"}, {"id": "P1"}]})

    said = refused(lambda: list(people.rows("people", most=9)))

    assert said == (
        "people, row 3 (P1): row 1 has the same id. Each may stand only once."
    )


def test_too_many_rows_are_refused_before_any_is_read():
    said = refused(lambda: next(Record({"people": [1, 2, 3]}).rows("people", most=2)))

    assert "people has 3 rows; at most 2 can be planned at once" in said


def test_a_misspelt_limit_is_not_taken_for_no_limit():
    record = Record({"max_km": 60, "maxmoves": 5})
    record.number("max_km")

    assert refused(record.done) == (
        "problem: maxmoves is not known here. Is it misspelt?"
    )


def test_a_row_within_a_row_is_named_with_the_outer_one():
    people = [{"id": "P1", "skills": [{"field": "land"}, {"field": ""}]}]

    def read():
        for person in Record({"people": people}).rows("people", most=9):
            for skill in person.rows("skills", most=9, unique="field"):
                skill.text("field")

    assert refused(read).startswith("people, row 1 (P1), skills, row 2 ():")


def test_a_matrix_with_a_hole_names_its_row():
    said = refused(lambda: Record({"km": [[0, 1], [1, None]]}).matrix("km", (2, 2)))

    assert said == "km, row 2: km is None; a number is expected."


def test_a_matrix_of_another_shape_is_refused():
    record = Record({"km": [[0, 1]]})

    assert "km has 1 rows; 2 are expected" in refused(
        lambda: record.matrix("km", (2, 2))
    )


@pytest.mark.parametrize("data", [None, [], "x", 3])
def test_what_is_no_object_is_refused(data):
    assert "an object with keys is expected" in refused(lambda: Record(data))


def test_a_word_that_is_not_on_the_list_is_told_the_list():
    said = refused(lambda: Record({"use": "bar"}).one_of("use", ("office", "school")))

    assert said.endswith("Known are: office, school.")
