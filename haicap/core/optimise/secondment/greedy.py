"""A first plan in some hundredths of a second: the most useful way first."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

import numpy as np
from numpy.typing import NDArray

from haicap.core.optimise.secondment.problem import HUNDREDTHS, Floats, Ints, Problem
from haicap.core.optimise.secondment.ways import Ways, gaps, spare


CHUNK: Final = 2_048  # ways, before those are left out again that have become vain
FEW: Final = 32  # ways to one cell that are looked at at a time
WORST: Final = 0.4  # share of its need that a cell may lack after a plan in a hurry
#: What somebody has to fill of what he can: nothing when pinned, at first anything, then half.
PINNED, ANYTHING, HALF = 0.0, 1e-9, 0.5


def first_plan(problem: Problem, ways: Ways, worst: float = WORST) -> Floats:
    """
    Return how many people go each way. Shape: (n_ways,).

    Who is pinned goes first. Then each cell is brought to at most the `worst` share: a cell
    that few can serve comes before those that many can. Then what is most useful comes
    first, and nobody is sent who would fill less than half of what he can: there may be
    better. Of ways that bring as much, who can go the fewest comes first, then the nearest.
    """
    gap = np.maximum(0, gaps(problem)) * HUNDREDTHS
    above = gap - np.floor(worst * problem.need.ravel() * HUNDREDTHS).astype(np.int64)
    plan = _Plan(problem, ways)
    plan.pin(gap)
    plan.bring(np.maximum(0, above - plan.come()))
    plan.fill(np.maximum(0, gap - plan.come()))
    return plan.x


class _Plan:
    """A plan that is filled way after way, within the limits."""

    def __init__(self, problem: Problem, ways: Ways) -> None:
        self.x = np.zeros(ways.n)
        self._ways, self._weight = ways, problem.weight.ravel()
        self._must = np.array([group.must_move for group in ways.groups], dtype=bool)
        self._missing: list[int] = []  # what is still to be filled of each cell
        self._room, self._left = ways.room.tolist(), spare(problem).tolist()
        self._money = np.inf if problem.budget is None else problem.budget
        self._moves = ways.n if problem.max_moves is None else problem.max_moves

    def come(self) -> Ints:
        """Return the hundredths of posts that come to each cell. Shape: (n_cells,)."""
        ways, gone = self._ways, np.flatnonzero(self.x)
        come = ways.posts[gone] * self.x[gone]
        return np.bincount(ways.cell[gone], come, self._weight.size).astype(np.int64)

    def pin(self, missing: Ints) -> None:
        """Send who is pinned where that fills most."""
        mine = np.flatnonzero(self._must[self._ways.group])
        gain = self._gain(missing)
        self._missing = missing.tolist()
        self._take(mine[np.lexsort((self._ways.km[mine], -gain[mine]))], PINNED)

    def bring(self, missing: Ints) -> None:
        """Fill what is missing in each cell, shape (n_cells,), and a post's rest with it."""
        ways = self._ways
        self._missing = missing.tolist()
        able = np.flatnonzero(missing[ways.cell] > 0)
        posts = ways.posts[able] * ways.room[ways.group[able]]
        supply = np.bincount(ways.cell[able], posts, missing.size)
        turn = np.empty(missing.size)  # the cells in their order
        turn[np.argsort(supply / np.maximum(1, missing), kind="stable")] = np.arange(
            missing.size
        )
        # One number for three keys, for one number is sorted much faster: the turn of the
        # cell, then posts, then km.
        cell = ways.cell[able]
        key = (turn[cell] + 1) * HUNDREDTHS - ways.posts[able]
        key = key * (ways.km.max(initial=0.0) + 1.0) + ways.km[able]
        order = np.argsort(key, kind="stable")
        begins = np.flatnonzero(np.diff(cell[order], prepend=-1))
        for mine in np.split(able[order], begins[1:]):
            self._serve(mine)

    def _serve(self, mine: Ints) -> None:
        """Go these ways to one cell until nothing is missing there."""
        for some in _in_chunks(mine, FEW):
            if not self._missing[self._ways.cell[some[0]]]:
                return
            self._take(some, ANYTHING)

    def fill(self, missing: Ints) -> None:
        """Fill what is missing in each cell, shape (n_cells,), the most useful way first."""
        ways = self._ways
        self._missing = missing.tolist()
        gain = self._gain(missing)
        choices = np.bincount(ways.group[gain > 0], minlength=len(ways.groups))
        able = np.flatnonzero(gain > 0)
        able = able[self._is_open(able, HALF)]
        for alike in _from_the_largest(able, gain[able]):
            some = alike[self._is_open(alike, HALF)]
            order = some[np.lexsort((ways.km[some], choices[ways.group[some]]))]
            for part in _in_chunks(order):
                self._take(part[self._is_open(part, HALF)], HALF)

    def _gain(self, missing: Ints) -> Floats:
        cell = self._ways.cell
        return self._weight[cell] * np.minimum(self._ways.posts, missing[cell])

    def _is_open(self, some: Ints, share: float) -> NDArray[np.bool_]:
        """Return which of these ways still fill such a share of what they can."""
        ways = self._ways
        is_useful = share * ways.posts[some] <= np.array(self._missing)[ways.cell[some]]
        is_free = np.array(self._room)[ways.group[some]] > 0
        is_free &= np.array(self._left)[ways.post[some]] > 0
        return np.logical_and(is_useful, is_free)

    def _take(self, order: Ints, share: float) -> None:
        """Go these ways, in this order, as often as that fills enough."""
        ways = self._ways
        missing, room, left = self._missing, self._room, self._left
        cells, posts = ways.cell[order].tolist(), ways.posts[order].tolist()
        groups, homes = ways.group[order].tolist(), ways.post[order].tolist()
        rows = zip(order.tolist(), cells, posts, groups, homes, strict=True)
        for way, where, fills, who, post in rows:
            while share * fills <= missing[where] and room[who] and left[post]:
                cost = ways.cost[way]
                if not self._moves or cost > self._money:
                    break
                self.x[way] += 1
                room[who] -= 1
                left[post] -= 1
                self._moves -= 1
                self._money -= cost
                missing[where] = max(0, missing[where] - fills)


def _from_the_largest(some: Ints, gain: Floats) -> Iterator[Ints]:
    """Yield these ways, those that bring as much together."""
    order = np.argsort(-gain, kind="stable")
    yield from np.split(some[order], np.flatnonzero(np.diff(gain[order])) + 1)


def _in_chunks(order: Ints, n: int = CHUNK) -> Iterator[Ints]:
    for first in range(0, order.size, n):
        yield order[first : first + n]
