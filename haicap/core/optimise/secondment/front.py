"""What more moves would bring: a trade-off curve."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from haicap.core.optimise.language import Point
from haicap.core.optimise.secondment.problem import Problem
from haicap.core.optimise.secondment.solve import solve


def front(
    problem: Problem, *, points: int, seconds: float, seed: int = 0
) -> tuple[Point, ...]:
    """
    Return the aims for a growing number of moves, from none to as many as pay.

    Each point has an equal share of the time.
    """
    share = seconds / (points + 1)
    widest = solve(problem, seconds=share, seed=seed)
    if not widest.has_plan:
        return ()
    curve = []
    allowed = np.unique(np.linspace(0, len(widest.moves), points).round().astype(int))
    for most in allowed[:-1]:
        fewer = replace(problem, max_moves=int(most))
        result = solve(fewer, seconds=share, seed=seed)
        curve.append(Point(float(most), result.terms, result.status))
    curve.append(Point(float(allowed[-1]), widest.terms, widest.status))
    return tuple(curve)
