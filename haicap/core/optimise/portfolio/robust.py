"""What stays true when the weights are not certain: ranges of ranks and the stable core."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from haicap.core.optimise.portfolio.problem import Criterion, Floats, Problem
from haicap.core.optimise.portfolio.solve import solve


@dataclass(frozen=True, slots=True)
class Ranks:
    """
    Between which places a project can stand by its points, 1 being the first.

    Whatever the weights within their intervals, it never stands above `best` or below
    `worst`. That both are reached by one set of weights is not said.
    """

    project: str
    best: int
    worst: int


@dataclass(frozen=True, slots=True)
class Core:
    """In how many of the tried portfolios each project is."""

    n_tried: int
    always: tuple[str, ...]
    sometimes: tuple[str, ...]
    never: tuple[str, ...]


def ranks(problem: Problem) -> tuple[Ranks, ...]:
    """
    Return the range of ranks of each project over all weights within their intervals.

    Project a is surely above b when its points are higher at the weights that are worst
    for a against b; there are as many such worst weights as pairs, each found exactly.
    """
    low, high = _intervals(problem)
    n = len(problem.projects)
    above = np.zeros((n, n), dtype=bool)  # above[b, a]: a is surely above b
    for at in range(n):
        edge = problem.scores - problem.scores[at]  # every project over this one
        above[at] = _least(edge, low, high) > 1e-9
    best = 1 + above.sum(axis=1)
    worst = n - above.sum(axis=0)
    return tuple(
        Ranks(project.id, int(b), int(w))
        for project, b, w in zip(problem.projects, best, worst, strict=True)
    )


def stable_core(problem: Problem, *, seconds: float, seed: int = 0) -> Core:
    """
    Return which projects are in the best portfolio whatever the weights that were tried.

    Tried are the published weights and, for each criterion, its highest and its lowest
    weight with the others in proportion. Each search has an equal share of the time.
    """
    tried = list(corners(problem))
    counts = np.zeros(len(problem.projects), dtype=int)
    n_found = 0
    for weights in tried:
        criteria = tuple(
            Criterion(one.name, float(weight), 0.0, 1.0)
            for one, weight in zip(problem.criteria, weights, strict=True)
        )
        other = replace(problem, criteria=criteria)
        result = solve(other, seconds=seconds / len(tried), seed=seed)
        if result.has_plan:
            n_found += 1
            for move in result.moves:
                counts[problem.project_at[move.project]] += 1
    names = np.array([project.id for project in problem.projects], dtype=object)
    return Core(
        n_tried=n_found,
        always=tuple(names[counts == n_found]) if n_found else (),
        sometimes=tuple(names[(counts > 0) & (counts < n_found)]),
        never=tuple(names[counts == 0]),
    )


def corners(problem: Problem) -> Iterator[Floats]:
    """Yield the weights that are tried, each set adding up to 1."""
    low, high = _intervals(problem)
    yield problem.weights
    for at in range(len(low)):
        for value in (low[at], high[at]):
            if abs(value - problem.weights[at]) > 1e-12:
                weights = problem.weights.copy()
                others = np.arange(len(low)) != at
                rest = weights[others].sum()
                weights[others] *= (1 - value) / rest if rest else 0.0
                weights[at] = value
                yield weights


def _intervals(problem: Problem) -> tuple[Floats, Floats]:
    """Return the bounds of the weights, as shares of the published total."""
    total = sum(one.weight for one in problem.criteria)
    low = np.array([one.low for one in problem.criteria]) / total
    high = np.array([one.high for one in problem.criteria]) / total
    return low, np.minimum(high, 1.0)


def _least(edge: Floats, low: Floats, high: Floats) -> NDArray[np.float64]:
    """
    Return the least of `edge @ w` over `low <= w <= high`, `sum(w) = 1`, for each row.

    The weight that is left over goes to the criteria where a row is worst, in turn.
    """
    order = np.argsort(edge, axis=1)
    values = np.take_along_axis(edge, order, axis=1)
    room = (high - low)[order]
    before = np.cumsum(room, axis=1) - room
    given = np.clip(1 - low.sum() - before, 0.0, room)
    least: NDArray[np.float64] = edge @ low + (values * given).sum(axis=1)
    return least
