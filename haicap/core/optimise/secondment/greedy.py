"""A first plan in some hundredths of a second: the most useful way first, the nearest of equals."""

from __future__ import annotations

import numpy as np

from haicap.core.optimise.secondment.model import posts_of, spare
from haicap.core.optimise.secondment.problem import HUNDREDTHS, Floats, Problem
from haicap.core.optimise.secondment.ways import Ways, gaps


def first_plan(problem: Problem, ways: Ways) -> Floats:
    """
    Return how many people go each way. Shape: (n_ways,).

    Nobody is sent who would fill less than half of what he can: there may be better.
    """
    gap = np.maximum(0, gaps(problem)) * HUNDREDTHS
    gain = problem.weight.ravel()[ways.cell] * np.minimum(ways.posts, gap[ways.cell])
    must = np.array([group.must_move for group in ways.groups], dtype=bool)
    order = np.lexsort((ways.km, -gain, ~must[ways.group]))
    order = order[(gain[order] > 0) | must[ways.group[order]]]
    missing, room = gap.tolist(), ways.room.tolist()
    left = spare(problem).tolist()
    money = np.inf if problem.budget is None else problem.budget
    moves = ways.n if problem.max_moves is None else problem.max_moves
    plan = np.zeros(ways.n)
    post = posts_of(problem, ways)
    rows = zip(
        order.tolist(),
        ways.group[order].tolist(),
        ways.cell[order].tolist(),
        ways.posts[order].tolist(),
        post[order].tolist(),
        ways.cost[order].tolist(),
        strict=True,
    )
    for way, group, cell, posts, home, cost in rows:
        while (
            room[group]
            and left[home]
            and moves
            and cost <= money
            and (2 * missing[cell] >= posts or (must[group] and not plan[way]))
            and (missing[cell] or must[group])
        ):
            plan[way] += 1
            room[group] -= 1
            left[home] -= 1
            moves -= 1
            money -= cost
            missing[cell] = max(0, missing[cell] - posts)
    return plan
