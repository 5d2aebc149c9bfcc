"""A model of arrays is solved as it is written, and its answer carries its proof."""

import numpy as np
import pytest

from haicap.core.optimise.language import Status
from haicap.core.optimise.mip import Model


def knapsack(values, weights, room):
    model = Model()
    take = model.columns(len(values), cost=-np.array(values), upper=1, integer=True)
    model.rows(np.zeros(len(values), int), take, weights, upper=room)
    return model, take


def test_the_best_choice_is_found_and_proven():
    model, take = knapsack([10, 13, 7], [3, 4, 2], 6)

    found = model.solve(seconds=5, gap=0)

    assert found.status is Status.OPTIMAL
    assert found.x[take].round().tolist() == [0, 1, 1]
    assert found.objective == pytest.approx(-20)
    assert found.bound == pytest.approx(-20)


def test_without_whole_numbers_the_bound_is_no_worse_and_has_prices():
    model, _take = knapsack([10, 13, 7], [3, 4, 2], 6)

    loose = model.solve(seconds=5, relaxed=True)

    assert loose.objective <= -20
    assert loose.duals.shape == (1,)


def test_what_cannot_be_is_told_apart_from_what_was_not_found():
    model, take = knapsack([1, 1], [1, 1], 1)
    model.bound(take, lower=1)

    assert model.solve(seconds=5).status is Status.IMPOSSIBLE
    assert model.solve(seconds=0).status is Status.NO_ANSWER


def test_limits_and_costs_can_be_changed_between_searches():
    model, take = knapsack([10, 13, 7], [3, 4, 2], 6)
    model.cost(take, [-1.0, 0.0, 0.0])
    assert model.solve(seconds=5).objective == pytest.approx(-1)

    model.cost(take, [-10.0, -13.0, -7.0])
    model.limit(np.array([0]), upper=9)

    assert model.solve(seconds=5).objective == pytest.approx(-30)


def test_rows_may_get_entries_later():
    model = Model()
    first = model.columns(2, cost=-1.0, upper=5)
    row = model.rows([0, 0], first, upper=4)
    more = model.columns(1, cost=-3.0, upper=5)
    model.entries(row, more, 1.0)

    assert model.solve(seconds=5).x.tolist() == [0, 0, 4]


def test_a_search_that_goes_on_hears_of_new_entries_of_old_columns():
    model = Model()
    take = model.columns(2, cost=[-1.0, -2.0], upper=5)
    row = model.rows([0], take[:1], upper=4)
    assert model.solve(seconds=5, relaxed=True, again=True).objective == -14

    model.entries(row, take[1:], 1.0)

    assert model.solve(seconds=5, relaxed=True, again=True).objective == -8


def test_a_search_that_goes_on_takes_new_columns_with_and_without_entries():
    model = Model()
    take = model.columns(1, cost=-1.0, upper=5)
    row = model.rows([0], take, upper=4)
    assert model.solve(seconds=5, relaxed=True, again=True).objective == -4

    model.columns(1, cost=-1.0, upper=2)
    assert model.solve(seconds=5, relaxed=True, again=True).objective == -6

    model.entries(row, model.columns(1, cost=-3.0), 2.0)
    assert model.solve(seconds=5, relaxed=True, again=True).objective == -8


def test_an_answer_is_judged_by_every_limit():
    model, _take = knapsack([10, 13, 7], [3, 4, 2], 6)

    assert model.holds(np.array([0.0, 1.0, 1.0]))
    assert not model.holds(np.array([1.0, 1.0, 0.0]))
    assert not model.holds(np.array([0.5, 0.0, 0.0]))
    assert not model.holds(np.array([0.0, 2.0, 0.0]))


def test_a_watch_hears_the_search_and_can_end_it():
    rng = np.random.default_rng(1)
    n_rows, n = 30, 200
    weights = rng.integers(5, 60, (n_rows, n))
    model = Model()
    take = model.columns(
        n, cost=-rng.integers(10, 99, n).astype(float), upper=1, integer=True
    )
    row = np.repeat(np.arange(n_rows), n)
    model.rows(row, np.tile(take, n_rows), weights.ravel(), upper=600)
    heard = []

    def watch(step):
        heard.append(step)
        return False

    found = model.solve(seconds=60, gap=0, phase="benefit", watch=watch)

    assert heard and heard[0].phase == "benefit"
    assert found.status in (Status.FEASIBLE, Status.NO_ANSWER)
    assert found.bound < 0


def test_a_closed_column_is_left_out_and_counts_as_nothing():
    model, take = knapsack([10, 13, 7], [3, 4, 2], 6)
    model.bound(take, upper=[1.0, 0.0, 1.0])

    found = model.solve(seconds=5, gap=0, start=np.array([1.0, 0.0, 1.0]))
    loose = model.solve(seconds=5, relaxed=True)

    assert found.x.round().tolist() == [1, 0, 1]
    assert found.bound == pytest.approx(-17)
    assert loose.x[take].round(6).tolist() == [1, 0, 1]


def test_rows_are_not_forgotten_when_every_column_is_closed():
    model, take = knapsack([10, 13], [3, 4], 6)
    model.rows(np.zeros(2, int), take, lower=1.0)
    model.bound(take, upper=0.0)

    assert model.solve(seconds=5).status is Status.IMPOSSIBLE
