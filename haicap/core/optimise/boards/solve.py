"""Boards near those whom they serve: bounded by prices, closed by a small exact model."""

from __future__ import annotations

from typing import Final

import numpy as np

from haicap.core.optimise.boards.bound import Bound, lagrangian, useful
from haicap.core.optimise.boards.model import Built, build
from haicap.core.optimise.boards.problem import (
    AREA_BOARD,
    First,
    Floats,
    Move,
    Problem,
)
from haicap.core.optimise.boards.search import assign, exchange, total
from haicap.core.optimise.clock import Clock
from haicap.core.optimise.language import (
    Figure,
    Limit,
    Result,
    Sentence,
    Status,
    Step,
    Term,
    Watch,
    gettext_noop,
)
from haicap.core.optimise.mip import INF, Ints


PROVEN: Final = {"median": 1e-3, "centre": 1e-6}
SECOND: Final = 5e-2  # what counts as proven of the second aim
GAP: Final = 5e-4
MOST_WHOLE: Final = 60_000  # services in a model with whole numbers
SMALL: Final = 600  # units up to which each set that is looked at is exchanged, too
TINY: Final = 1e-6


def solve(
    problem: Problem, *, seconds: float, seed: int = 0, watch: Watch | None = None
) -> Result[Move]:
    """
    Return the best boards found in so many seconds, with a bound for each aim.

    Without time for more it is the plan of an office: boards where most work is.
    """
    return _Search(problem, Clock(seconds, watch), seed).run()


class _Search:
    """One search: the best plan and the bounds so far."""

    def __init__(self, problem: Problem, clock: Clock, seed: int) -> None:
        self.problem, self.clock, self.seed = problem, clock, seed
        self.n = len(problem.units)
        self.best: Ints | None = None  # (n_units,) the board of each
        self.upper = INF
        self.bounds: dict[str, float] = {}

    def run(self) -> Result[Move]:
        """Serve the aims in their order."""
        problem = self.problem
        cost = problem.cost
        closed = np.isinf(cost).all(axis=1).any()
        if closed or problem.must_open.sum() > problem.max_boards:
            return self.without(Status.IMPOSSIBLE)
        self.look(by_hand(problem))
        if problem.first is First.CENTRE:
            if self.radius(0.5, INF) is Status.IMPOSSIBLE and self.best is None:
                return self.without(Status.IMPOSSIBLE)
            limit = self.longest(self.best) if self.best is not None else INF
            status = self.median(cost_within(problem, limit), 1.0)
        else:
            small = self.n <= SMALL  # a country has no time for the second aim
            status = self.median(cost, 0.75 if small else 1.0)
            if self.best is not None and small:
                self.radius(1.0, self.upper * (1 + 1e-9) + TINY)
        if self.best is None:
            return self.without(status)
        return self.result()

    # -- the two aims -----------------------------------------------------------------

    def median(self, cost: Floats, share: float) -> Status:
        """Find the smallest sum of ways; return how far it came."""
        problem = self.problem
        must, most = problem.must_open, problem.max_boards
        small = self.n <= SMALL

        def look(opened: Ints) -> float:
            if small:
                opened = exchange(cost, problem.fixed, must, opened, seconds=0.05)
            self.look(opened)
            self.clock.watch(
                Step("median", self.clock.spent, _or_none(self.upper), None)
            )
            return self.upper if np.isfinite(self.upper) else self.ceiling(cost)

        # The steps of the bound are as long as the best plan is bad: a good one first.
        seconds = self.clock.left(0.3 * share)
        begin = exchange(cost, problem.fixed, must, by_hand(problem), seconds=seconds)
        self.look(begin)
        bound = lagrangian(
            cost,
            problem.fixed,
            must,
            most,
            self.upper if np.isfinite(self.upper) else self.ceiling(cost),
            seconds=self.clock.left(0.6 * share),
            look=look,
        )
        left = self.clock.left(0.75 * share if small else 0.95 * share)
        self.look(exchange(cost, problem.fixed, must, bound.open, seconds=left))
        self.bounds["median"] = bound.value
        return self.close(cost, bound, share)

    def close(self, cost: Floats, bound: Bound, share: float) -> Status:
        """Close the gap with a model of the services that can still matter."""
        problem = self.problem
        upper = self.upper if np.isfinite(self.upper) else INF
        kept = useful(cost, bound, problem.must_open, problem.max_boards, upper)
        if kept.sum() > MOST_WHOLE:
            return Status.NO_ANSWER
        built = build(problem, cost, kept)
        found = built.model.solve(
            seconds=self.clock.left(share),
            gap=GAP,
            seed=self.seed,
            start=self.start(built),
            phase="median",
            watch=self.clock.watch,
        )
        if found.has_answer:
            self.take(built.chosen(found.x))
        if found.status is Status.IMPOSSIBLE and self.best is not None:
            self.bounds["median"] = self.upper
        elif found.bound > -INF:
            # What was left out costs at least as much as the plan that was known.
            self.bounds["median"] = max(bound.value, min(found.bound, upper))
        return found.status

    def radius(self, share: float, most: float) -> Status:
        """Find the smallest longest way, for a sum of at most `most`, by halving."""
        problem, n = self.problem, self.n
        km = np.unique(np.round(problem.km[np.isfinite(problem.cost[:, :n])], 6))
        low = int(np.searchsorted(km, shortest(problem) - TINY))
        high = len(km) - 1
        if self.best is not None:
            high = int(np.searchsorted(km, self.longest(self.best) - TINY))
        status = Status.NO_ANSWER
        is_proven = True
        while low < high or (self.best is None and low == high):
            middle = (low + high) // 2
            cost = cost_within(problem, km[middle])
            built = build(problem, cost, np.isfinite(cost), most=most)
            found = built.model.solve(
                seconds=self.clock.left(share),
                gap=1.0,
                seed=self.seed,
                phase="centre",
                watch=self.clock.watch,
            )
            status = found.status
            if found.has_answer:
                self.best = built.chosen(found.x)
                self.upper = total(problem, self.best)
                high = int(np.searchsorted(km, self.longest(self.best) - TINY))
            elif status is Status.IMPOSSIBLE:
                if low == high:
                    return status
                low = middle + 1
            else:
                is_proven = False
                break
            if low == high and self.best is not None:
                break
        least = km[low] if is_proven or low else shortest(problem)
        if self.best is not None:
            self.bounds["centre"] = min(float(least), self.longest(self.best))
        return status

    # -- plans ------------------------------------------------------------------------

    def look(self, opened: Ints) -> None:
        """Take the plan of a set of boards, if it keeps the limits and is better."""
        if opened.size <= self.problem.max_boards:
            chosen = assign(self.problem, opened)
            if chosen is not None:
                self.take(chosen)

    def take(self, chosen: Ints) -> None:
        """Take a plan that is better; the aim before the sum of ways is kept."""
        value = total(self.problem, chosen)
        if self.problem.first is First.CENTRE and "centre" in self.bounds:
            assert self.best is not None
            if self.longest(chosen) > self.longest(self.best) + TINY:
                return
        if value < self.upper - TINY:
            self.best, self.upper = chosen, value

    def opened(self) -> Ints:
        """Return the boards of the best plan."""
        assert self.best is not None
        boards = np.unique(self.best[self.best < self.n])
        return np.union1d(boards, np.flatnonzero(self.problem.must_open))

    def start(self, built: Built) -> Floats | None:
        """Return the best plan as values of every column."""
        return None if self.best is None else built.values(self.best, self.opened())

    def longest(self, chosen: Ints) -> float:
        """Return the longest way; who entrusts has none."""
        own = chosen < self.n
        rows = np.flatnonzero(own)
        return float(self.problem.km[rows, chosen[own]].max(initial=0.0))

    def ceiling(self, cost: Floats) -> float:
        """Return what no sensible plan costs more than."""
        finite = np.where(np.isfinite(cost), cost, -1.0).max(axis=1)
        return float(finite.sum() + self.problem.fixed.sum())

    # -- answers ----------------------------------------------------------------------

    def without(self, status: Status) -> Result[Move]:
        """Return that there is no plan."""
        return Result(status, (), (), (), self.clock.spent, self.seed)

    def result(self) -> Result[Move]:
        """Return the best plan with its aims, bounds and limits."""
        assert self.best is not None
        problem = self.problem
        values = {
            "median": total(problem, self.best),
            "centre": self.longest(self.best),
        }
        units = {"median": "weighted km", "centre": "km"}
        codes = [problem.first.value, *(c for c in values if c != problem.first.value)]
        terms = []
        for code in codes:
            bound = self.bounds.get(code, -INF)
            if code == "centre":
                bound = max(bound, shortest(problem))
            terms.append(
                Term(
                    code, values[code], max(0.0, min(values[code], bound)), units[code]
                )
            )
        is_proven = terms[0].gap <= PROVEN[terms[0].code] and terms[1].gap <= SECOND
        names = [unit.id for unit in problem.units]
        moves = tuple(
            Move(names[unit], AREA_BOARD if board == self.n else names[board])
            for unit, board in enumerate(self.best.tolist())
        )
        return Result(
            status=Status.OPTIMAL if is_proven else Status.FEASIBLE,
            terms=tuple(terms),
            moves=moves,
            binding=tuple(self.binding()),
            seconds=self.clock.spent,
            seed=self.seed,
        )

    def binding(self) -> list[Limit]:
        """Return the limits that are used up."""
        assert self.best is not None
        problem, limits = self.problem, []
        opened = self.opened()
        if opened.size >= problem.max_boards:
            words = Sentence(
                gettext_noop("All %(boards)s boards that are allowed are used."),
                {"boards": problem.max_boards},
            )
            most = float(problem.max_boards)
            limits.append(Limit("max_boards", "", float(opened.size), most, words))
        work = np.bincount(self.best, problem.load, minlength=self.n + 1)
        for at in opened.tolist():
            capacity = problem.conditions[at].capacity
            if work[at] + problem.load.min() > capacity and len(limits) < 20:
                words = Sentence(
                    gettext_noop(
                        "The board at %(unit)s is full: %(load)s of %(capacity)s."
                    ),
                    {
                        "unit": problem.units[at].name,
                        "load": Figure(work[at], ",.0f"),
                        "capacity": Figure(capacity, ",.0f"),
                    },
                )
                name = problem.units[at].id
                limits.append(Limit("capacity", name, float(work[at]), capacity, words))
        return limits


def by_hand(problem: Problem) -> Ints:
    """Return the boards of an office: where they are, then where most work is."""
    must = np.flatnonzero(problem.must_open)
    may = np.isfinite(problem.cost[:, : len(problem.units)]).any(axis=0)
    others = np.flatnonzero(~problem.must_open & may)
    room = max(0, problem.max_boards - must.size)
    busiest = others[np.argsort(-problem.load[others], kind="stable")[:room]]
    return np.concatenate([must, busiest]).astype(np.int64)


def cost_within(problem: Problem, km: float) -> Floats:
    """Return the cost with no way longer than so many km."""
    cost = problem.cost.copy()
    cost[:, :-1][problem.km > km + TINY] = np.inf
    return cost


def shortest(problem: Problem) -> float:
    """Return the longest of the ways that each unit has at best. Unit: km."""
    own = problem.cost[:, :-1]
    ways = np.where(np.isfinite(own), problem.km, np.inf).min(axis=1)
    must_go = np.isinf(problem.cost[:, -1]) & np.isfinite(ways)
    return float(ways[must_go].max(initial=0.0))


def _or_none(value: float) -> float | None:
    return value if np.isfinite(value) else None
