"""The linear model of boards over some services: who is served where."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from haicap.core.optimise.boards.problem import Bools, Floats, Problem
from haicap.core.optimise.mip import INF, Ints, Model


@dataclass(frozen=True, eq=False)
class Built:
    """A model, and which of its columns and rows mean what."""

    model: Model
    unit: Ints  # (n_services,)
    board: Ints  # (n_services,) `n_units` is the area board
    x: Ints  # (n_services,)
    open: Ints  # (n_units,) whether there is a board
    count: Ints  # (1,) row: so many boards
    capacity: Ints  # (n_units,) rows
    least: Ints  # (n_units,) rows

    def chosen(self, x: Floats) -> Ints:
        """Return the board of each unit. Shape: (n_units,)."""
        boards = np.full(int(self.unit.max()) + 1, -1, dtype=np.int64)
        served = x[self.x] > 0.5
        boards[self.unit[served]] = self.board[served]
        return boards

    def values(self, chosen: Ints, opened: Ints) -> Floats:
        """Return a plan as values of every column."""
        values = np.zeros(self.model.n_columns)
        values[self.x] = self.board == chosen[self.unit]
        values[self.open[opened]] = 1.0
        return values


def build(problem: Problem, cost: Floats, kept: Bools, *, most: float = INF) -> Built:
    """
    Return the model of the services that are kept, with the sum of ways as objective.

    `most`: the sum of ways may be at most so large.
    """
    model = Model()
    n = len(problem.units)
    unit, board = np.nonzero(kept)
    price = cost[unit, board]
    x = model.columns(unit.size, cost=price, upper=1.0, integer=True)
    open_ = model.columns(
        n,
        cost=problem.fixed,
        lower=problem.must_open.astype(float),
        upper=1.0,
        integer=True,
    )
    model.rows(unit, x, lower=1.0, upper=1.0, n=n)
    own = np.flatnonzero(board < n)
    strong = model.rows(np.arange(own.size), x[own], upper=0.0, n=own.size)
    model.entries(strong, open_[board[own]], -1.0)
    count = model.rows(np.zeros(n, dtype=int), open_, upper=problem.max_boards)
    load = problem.load[unit[own]]
    capacity = model.rows(board[own], x[own], load, upper=0.0, n=n)
    model.entries(capacity, open_, [-one.capacity for one in problem.conditions])
    least = model.rows(board[own], x[own], load, lower=0.0, n=n)
    model.entries(least, open_, [-one.least_load for one in problem.conditions])
    if most < INF:
        columns = np.concatenate([x, open_])
        value = np.concatenate([price, problem.fixed])
        model.rows(np.zeros(columns.size, dtype=int), columns, value, upper=most)
    return Built(model, unit, board, x, open_, count, capacity, least)
