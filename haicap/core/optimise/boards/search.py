"""Good sets of boards by hand-over and exchange, and who is served by which."""

from __future__ import annotations

import time
from typing import Final

import numpy as np

from haicap.core.optimise.boards.problem import Bools, Floats, Problem
from haicap.core.optimise.mip import Ints


TINY: Final = 1e-9


def assign(problem: Problem, opened: Ints) -> Ints | None:
    """
    Return the board of each unit, (n_units,), with the area board as `n_units`; or None.

    Units that would lose most by not getting their nearest board choose first. Boards with
    too little work are closed, one by one, and their units choose again.
    """
    opened = np.asarray(opened)
    while True:
        chosen = _choose(problem, opened)
        if chosen is None:
            return None
        n = len(problem.units)
        work = np.bincount(chosen, problem.load, minlength=n + 1)[:n]
        least = np.array([one.least_load for one in problem.conditions])
        idle = opened[(work[opened] < least[opened] - TINY)]
        if not idle.size:
            return chosen
        closable = idle[~problem.must_open[idle]]
        if not closable.size:
            return None
        opened = opened[opened != closable[np.argmin(work[closable])]]


def _choose(problem: Problem, opened: Ints) -> Ints | None:
    n = len(problem.units)
    boards = np.append(opened, n)
    cost = problem.cost[:, boards]
    order = np.argsort(cost, axis=1, kind="stable")
    first = np.take_along_axis(cost, order, axis=1)
    if np.isinf(first[:, 0]).any():
        return None
    room = np.append([problem.conditions[at].capacity for at in opened], np.inf)
    nearest = boards[order[:, 0]]
    work = np.bincount(nearest, problem.load, minlength=n + 1)[boards]
    if (work <= room + TINY).all():
        return nearest
    second = first[:, 1] if first.shape[1] > 1 else np.full(n, np.inf)
    regret = np.where(np.isinf(second), np.inf, second - first[:, 0])
    chosen = np.full(n, -1)
    for unit in np.lexsort((-problem.load, -regret)):
        for place in order[unit]:
            if np.isinf(cost[unit, place]):
                return None
            if problem.load[unit] <= room[place] + TINY:
                room[place] -= problem.load[unit]
                chosen[unit] = boards[place]
                break
        else:
            return None
    return chosen


def total(problem: Problem, chosen: Ints) -> float:
    """Return the first aim's sum of a plan. Unit: weighted km."""
    n = len(problem.units)
    boards = np.unique(chosen[chosen < n])
    boards = np.union1d(boards, np.flatnonzero(problem.must_open))
    sums = problem.cost[np.arange(n), chosen].sum() + problem.fixed[boards].sum()
    return float(sums)


def exchange(
    cost: Floats, fixed: Floats, must_open: Bools, opened: Ints, *, seconds: float
) -> Ints:
    """
    Return a set of boards that no exchange of one for another makes better.

    Capacities are not looked at. Source: Teitz and Bart 1968, with the second nearest
    board of each unit kept, so that one exchange costs one look at a column.
    """
    began = time.monotonic()
    n, m = cost.shape[0], cost.shape[1] - 1
    big = np.where(np.isfinite(cost), cost, 1e12)
    inside = np.asarray(opened).copy()
    if not inside.size:
        return inside
    candidates = np.flatnonzero(np.isfinite(cost[:, :m]).any(axis=0))
    rows = np.arange(n)
    place, n_vain = 0, 0
    first, one, other = _two_nearest(big, inside, rows)
    while n_vain < candidates.size and time.monotonic() - began < seconds:
        new = candidates[place]
        place, n_vain = (place + 1) % candidates.size, n_vain + 1
        if new in inside:
            continue
        here = big[:, new]
        saved = np.maximum(0.0, one - here).sum() - fixed[new]
        lost = np.where(here < one, 0.0, np.minimum(other, here) - one)
        sums = np.bincount(first, lost, minlength=inside.size + 1)
        by_board = sums[:-1].astype(np.float64) - fixed[inside]
        by_board[must_open[inside]] = np.inf
        out = int(np.argmin(by_board))
        if saved - by_board[out] > 1e-7 * max(1.0, abs(saved)):
            inside[out], n_vain = new, 0
            first, one, other = _two_nearest(big, inside, rows)
    return inside


def _two_nearest(cost: Floats, inside: Ints, rows: Ints) -> tuple[Ints, Floats, Floats]:
    """Return each unit's nearest open board, by its place, and its two least costs."""
    table = cost[:, np.append(inside, cost.shape[1] - 1)]
    first = np.argmin(table, axis=1)
    one = table[rows, first]
    table[rows, first] = np.inf
    return first, one, table.min(axis=1)
