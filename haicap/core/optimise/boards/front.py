"""What more boards would bring: a trade-off curve."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from haicap.core.optimise.boards.problem import Problem
from haicap.core.optimise.boards.solve import solve
from haicap.core.optimise.language import Point


def front(
    problem: Problem, *, points: int, seconds: float, seed: int = 0
) -> tuple[Point, ...]:
    """
    Return the aims for numbers of boards from half to one and a half times as many.

    Each point has an equal share of the time.
    """
    most = problem.max_boards
    numbers = np.linspace(max(1, most / 2), min(len(problem.units), 1.5 * most), points)
    curve = []
    for number in np.unique(numbers.round().astype(int)):
        other = replace(problem, max_boards=int(number))
        result = solve(other, seconds=seconds / points, seed=seed)
        curve.append(Point(float(number), result.terms, result.status))
    return tuple(curve)
