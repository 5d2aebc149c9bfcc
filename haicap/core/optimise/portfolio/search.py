"""
The most benefit: doubtful projects first, then all.

At the prices of the linear model most projects are clearly in or clearly out. What parts of
projects can reach proves how good a portfolio is that decides only the doubtful ones.
"""

from __future__ import annotations

import math
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from haicap.core.optimise.clock import SHORTEST, Clock
from haicap.core.optimise.language import Status
from haicap.core.optimise.mip import Solution
from haicap.core.optimise.portfolio.model import Built, Starts
from haicap.core.optimise.portfolio.problem import Floats


DOUBTFUL: Final = 60  # projects that are decided first
SHARE_DOUBTFUL: Final = 0.6  # of the time


class Search:
    """One search: the best portfolio and the bound so far."""

    def __init__(self, built: Built, every: Starts, gain: Floats, clock: Clock) -> None:
        self.bound = float(gain.clip(0).sum())
        self.x: Floats | None = None
        self._built, self._every, self._gain, self._clock = built, every, gain, clock
        self._lower, self._upper = built.model.bounds(built.x)

    def run(self, first: Floats | None, *, gap: float, seed: int) -> Status:
        """
        Find the most benefit, beginning with `first`; return how far that came.

        It ends when no portfolio is better by more than `gap`, a share of the benefit.
        """
        self.x = first
        model = self._built.model
        loose = model.solve(seconds=max(self._clock.left(), SHORTEST), relaxed=True)
        if loose.status is Status.IMPOSSIBLE:
            return loose.status
        if loose.status is Status.OPTIMAL:
            self.bound = min(self.bound, -loose.objective)
            free = self._doubtful(loose)
            if not free.all():
                decided = np.round(loose.x[self._built.x])
                target = -self.bound + gap * abs(self.bound)
                self._bound(np.where(free, np.nan, decided))
                self._look(SHARE_DOUBTFUL, gap, seed, {"objective_target": target})
        self._bound(np.full(self._gain.size, np.nan))
        if self.value < self.bound - gap * abs(self.bound):
            found = self._look(1.0, gap, seed, {})
            if found.status is Status.IMPOSSIBLE:
                return found.status
            self.bound = min(self.bound, -found.bound)
        return Status.NO_ANSWER if self.x is None else Status.FEASIBLE

    @property
    def value(self) -> float:
        """The benefit of the best portfolio so far."""
        return -math.inf if self.x is None else float(self._gain @ self.x)

    def _look(
        self, share: float, gap: float, seed: int, options: dict[str, Any]
    ) -> Solution:
        found = self._built.model.solve(
            seconds=self._clock.left(share),
            gap=gap,
            seed=seed,
            start=self.x,
            phase="benefit",
            watch=self._clock.watch,
            options=options,
        )
        if found.has_answer:
            x = np.round(found.x[self._built.x])
            if self._gain @ x > self.value:
                self.x = x
        return found

    def _bound(self, decided: Floats) -> None:
        """Let what is decided stand; the rest (not a number) is free."""
        is_free = np.isnan(decided)
        self._built.model.bound(
            self._built.x,
            lower=np.where(is_free, self._lower, decided),
            upper=np.where(is_free, self._upper, decided),
        )

    def _doubtful(self, loose: Solution) -> NDArray[np.bool_]:
        """
        Return the starts of the projects whose two best choices are closest in price.

        Not to start a project is a choice too; its price is that of the project's row.
        Projects of which the linear model starts a part are always among them.
        """
        project = self._every.project
        prices = self._built.model.price(loose.duals)[self._built.x]
        not_started = -np.minimum(0.0, loose.duals[self._built.once])
        n = not_started.size
        choice = np.concatenate([prices, not_started])
        of = np.concatenate([project, np.arange(n)])
        order = np.lexsort((choice, of))
        first = np.searchsorted(of[order], np.arange(n))
        second = np.minimum(first + 1, order.size - 1)
        margin = np.full(n, math.inf)
        has_two = np.bincount(of, minlength=n) > 1
        margin[has_two] = (choice[order[second]] - choice[order[first]])[has_two]
        doubtful = np.zeros(n, dtype=bool)
        doubtful[np.argsort(margin, kind="stable")[:DOUBTFUL]] = True
        part = loose.x[self._built.x]
        doubtful[project[np.abs(part - np.round(part)) > 1e-6]] = True
        return doubtful[project]
