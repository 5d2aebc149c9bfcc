"""
From a first plan in some hundredths of a second to a proof.

Aims in order: the worst shortage of a cell as a share of its need; the weighted posts that
stay missing; the kilometres, with some for each move.
"""

from __future__ import annotations

from haicap.core.optimise.clock import Clock
from haicap.core.optimise.language import Result, Watch
from haicap.core.optimise.secondment.greedy import first_plan
from haicap.core.optimise.secondment.measure import TINY, keeps
from haicap.core.optimise.secondment.mend import Mending
from haicap.core.optimise.secondment.problem import Move, Problem
from haicap.core.optimise.secondment.search import SHARE_WORST, Search
from haicap.core.optimise.secondment.ways import ways


def solve(
    problem: Problem,
    *,
    seconds: float,
    seed: int = 0,
    watch: Watch | None = None,
    n_cores: int = 2,
) -> Result[Move]:
    """
    Return the best plan found in so many seconds, with a bound for each aim.

    Without time for more it is the first plan: the most useful way first. With an earlier
    plan that still keeps the limits, that one is begun with. `watch` may be called from as
    many threads as there are cores.
    """
    clock = Clock(seconds, watch)
    every = ways(problem)
    first = first_plan(problem, every)
    search = Search(problem, every, clock, seed, first, n_cores=n_cores)
    if problem.earlier:
        earlier = every.x(problem, problem.earlier.moves)
        if keeps(problem, every, earlier):
            search.x = earlier
    if not search.is_sound():
        return search.without_start()
    if clock.left() > 0:
        search.run()
    return search.result()


def solve_from(
    problem: Problem,
    known: Result[Move],
    *,
    seconds: float,
    seed: int = 0,
    watch: Watch | None = None,
) -> Result[Move]:
    """
    Return the best plan, beginning with one that is known for fewer limits.

    What no plan could beat with fewer limits cannot be beaten with more of them. The search
    ends when each aim is as well proven as in the known plan.
    """
    clock = Clock(seconds, watch)
    every = ways(problem)
    x = every.x(problem, known.moves)
    search = Mending(problem, every, clock, seed, x, known=known)
    if not search.mend():
        search.x = first_plan(problem, every)
    if not search.is_sound():
        return search.without_start()
    if clock.left(SHARE_WORST) > 0 and not search.is_settled():
        mended, before = search.x, search.values()
        search.run()
        if all(
            abs(value - before[code]) < TINY for code, value in search.values().items()
        ):
            search.x = mended  # the one that is nearer to the known plan
    return search.result()
