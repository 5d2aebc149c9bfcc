"""Trees say of a row what their leaves say, added up."""

import math

import pytest

from haicap.core.text import trees
from haicap.core.text.candidates import COLUMNS
from haicap.core.text.trees import Trees
from haicap.listen import weights


# column, threshold, left, right, value
DEEP = [
    [0, 0.5, 1, 2, 0],
    [-1, 0, 0, 0, -2.0],
    [1, 3.0, 3, 4, 0],
    [-1, 0, 0, 0, 0.5],
    [-1, 0, 0, 0, 2.0],
]
FLAT = [[-1, 0, 0, 0, 1.0]]
ROWS = [[0.5, 9.0], [0.6, 3.0], [0.6, 3.1]]


def test_a_row_goes_left_where_it_is_at_most_the_threshold():
    found = Trees.of([DEEP, FLAT]).odds_of(ROWS)

    logs = [math.log(odd / (1 - odd)) for odd in found]
    assert logs == pytest.approx([-1.0, 1.5, 3.0])


def test_many_rows_are_taken_some_at_a_time(monkeypatch):
    monkeypatch.setattr(trees, "AT_ONCE", 2)

    assert Trees.of([DEEP]).odds_of(iter(ROWS * 3)) == pytest.approx(
        Trees.of([DEEP]).odds_of(ROWS) * 3
    )


def test_nothing_is_asked_of_no_rows_and_no_trees_know_nothing():
    assert Trees.of([DEEP]).odds_of([]) == []
    assert Trees.of([]).odds_of(ROWS) == [0.5] * 3


def test_the_shipped_trees_were_trained_on_what_is_seen_today(monkeypatch):
    found = weights.shipped_trees()
    assert found.column.max() < len(COLUMNS)

    monkeypatch.setattr(weights, "COLUMNS", (*COLUMNS, "more"))
    weights.shipped_trees.cache_clear()
    try:
        with pytest.raises(ValueError, match="make train"):
            weights.shipped_trees()
    finally:
        weights.shipped_trees.cache_clear()
