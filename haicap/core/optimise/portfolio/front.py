"""What more or less money would bring: a trade-off curve."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from haicap.core.optimise.clock import Clock
from haicap.core.optimise.language import Point
from haicap.core.optimise.portfolio.problem import Move, Problem
from haicap.core.optimise.portfolio.solve import PROVEN, solve


def front(
    problem: Problem, *, points: int, seconds: float, seed: int = 0
) -> tuple[Point, ...]:
    """
    Return the benefit for shares of all budgets, from half to one and a half times.

    `allowed` is that share. Points of the curve are proven to the stated gap; what one point
    leaves of its share of the time is for the others.
    """
    clock = Clock(seconds)
    curve: list[Point] = []
    before: tuple[Move, ...] = ()
    for at, share in enumerate(np.linspace(0.5, 1.5, points)):
        other = replace(problem, budgets=problem.budgets * share)
        result = solve(
            other,
            seconds=clock.left() / (points - at),
            seed=seed,
            gap=PROVEN,
            begin=before,
        )
        before = result.moves
        curve.append(Point(float(share), result.terms, result.status))
    return tuple(curve)
