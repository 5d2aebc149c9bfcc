"""A first plan in some hundredths of a second: the most useful way first."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

import numpy as np
from numpy.typing import NDArray

from haicap.core.optimise.secondment.problem import HUNDREDTHS, Floats, Ints, Problem
from haicap.core.optimise.secondment.ways import Ways, gaps, spare


CHUNK: Final = 4_096  # ways, before those are left out again that have become vain


def first_plan(problem: Problem, ways: Ways) -> Floats:
    """
    Return how many people go each way. Shape: (n_ways,).

    Of ways that bring as much, who has the fewest goes first, then the nearest. Nobody is
    sent who would fill less than half of what he can: there may be better.
    """
    gap = np.maximum(0, gaps(problem)) * HUNDREDTHS
    gain = problem.weight.ravel()[ways.cell] * np.minimum(ways.posts, gap[ways.cell])
    must = np.array([group.must_move for group in ways.groups], dtype=bool)
    gain[must[ways.group]] = gain.max(initial=0.0) + 1.0
    choices = np.bincount(ways.group[gain > 0], minlength=len(ways.groups))
    plan = _Plan(problem, ways, gap, must)
    for alike in _from_the_largest(gain):
        able = alike[plan.is_open(alike)]
        order = able[np.lexsort((ways.km[able], choices[ways.group[able]]))]
        for first in range(0, order.size, CHUNK):
            plan.take(order[first : first + CHUNK])
    return plan.x


def _from_the_largest(gain: Floats) -> Iterator[Ints]:
    """Yield the ways that bring something, those that bring as much together."""
    order = np.argsort(-gain, kind="stable")[: np.count_nonzero(gain > 0)]
    ends = np.flatnonzero(np.diff(gain[order], append=-1.0))
    yield from np.split(order, ends[:-1] + 1)


class _Plan:
    """A plan that is filled way after way, within the limits."""

    def __init__(
        self, problem: Problem, ways: Ways, gap: Ints, must: NDArray[np.bool_]
    ) -> None:
        self.x = np.zeros(ways.n)
        self._ways = ways
        self._must = must
        self._missing = gap.tolist()
        self._room, self._left = ways.room.tolist(), spare(problem).tolist()
        self._money = np.inf if problem.budget is None else problem.budget
        self._moves = ways.n if problem.max_moves is None else problem.max_moves

    def is_open(self, some: Ints) -> NDArray[np.bool_]:
        """Return which of these ways still bring something."""
        ways = self._ways
        short = np.array(self._missing)[ways.cell[some]]
        is_useful = (short > 0) & (2 * short >= ways.posts[some])
        is_useful |= self._must[ways.group[some]]
        is_free = np.array(self._room)[ways.group[some]] > 0
        is_free &= np.array(self._left)[ways.post[some]] > 0
        return is_useful & is_free

    def take(self, order: Ints) -> None:
        """Go these ways, in this order, as often as that brings something."""
        ways = self._ways
        missing, room, left = self._missing, self._room, self._left
        order = order[self.is_open(order)]
        must = self._must[ways.group]
        columns = (ways.group, ways.cell, ways.posts, ways.post, ways.cost, must)
        rows = zip(
            order.tolist(), *(part[order].tolist() for part in columns), strict=True
        )
        for way, who, where, fills, post, cost, is_pinned in rows:
            while room[who] and left[post] and self._moves and cost <= self._money:
                is_useful = missing[where] and 2 * missing[where] >= fills
                if not is_useful and (not is_pinned or self.x[way]):
                    break
                self.x[way] += 1
                room[who] -= 1
                left[post] -= 1
                self._moves -= 1
                self._money -= cost
                missing[where] = max(0, missing[where] - fills)
