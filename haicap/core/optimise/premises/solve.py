"""The most needed floor space served, near its people, for the least money."""

from __future__ import annotations

from collections.abc import Sequence

from haicap.core.optimise.clock import Clock
from haicap.core.optimise.language import Result, Watch
from haicap.core.optimise.premises.model import build, ways
from haicap.core.optimise.premises.problem import Move, Problem
from haicap.core.optimise.premises.search import Search


def solve(
    problem: Problem,
    *,
    seconds: float,
    seed: int = 0,
    watch: Watch | None = None,
    begin: Sequence[Move] = (),
) -> Result[Move]:
    """
    Return the best plan found in so many seconds, with a bound for each aim.

    `begin`: a plan to begin with, if it keeps the limits.

    Without time for more it is the plan that an office makes: the weightiest need first,
    the nearest building that suits.
    """
    clock = Clock(seconds, watch)
    every = ways(problem)
    return Search(problem, every, build(problem, every), clock, seed).run(begin)
