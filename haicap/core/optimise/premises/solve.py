"""The most needed floor space served, near its people, for the least money."""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Final

import numpy as np
from numpy.typing import NDArray

from haicap.core.optimise.language import (
    Limit,
    Result,
    Sentence,
    Status,
    Step,
    Term,
    Watch,
    gettext_noop,
)
from haicap.core.optimise.mip import INF, Solution
from haicap.core.optimise.premises.model import Built, Ways, build, ways
from haicap.core.optimise.premises.problem import Floats, Move, Problem


#: Until which share of the time each aim is served, and to what gap.
STEPS: Final = (
    ("served", 0.6, 1e-4),
    ("travel", 0.85, 1e-3),
    ("money", 1.0, 1e-2),
)
PROVEN: Final = {"served": 3e-2, "travel": 5e-2, "money": 5e-2}
UNITS: Final = {"served": "weighted m2", "travel": "person-km", "money": "million VND"}
MOST_WHOLE: Final = 2_500  # ways in a model with whole numbers
TINY: Final = 1e-6


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
    every = ways(problem)
    search = _Search(problem, every, build(problem, every), seconds, seed, watch)
    return search.run(begin)


@dataclass
class _Search:
    """One search: the best plan and the bounds so far."""

    problem: Problem
    ways: Ways
    built: Built
    seconds: float
    seed: int
    watch: Watch | None
    bounds: dict[str, float] = field(default_factory=dict)
    is_stopped: bool = False

    def __post_init__(self) -> None:
        self.began = time.monotonic()
        n_years = self.problem.n_years
        repair = [one.repair_cost for one in self.problem.buildings]
        self.repair = np.repeat(repair, n_years)
        self.columns = np.concatenate([self.built.x, self.built.used])
        none = np.zeros(len(self.built.used))
        price = self.problem.earlier.price if self.problem.earlier else 0.0
        self.fixed = price * n_kept(self.problem)
        self.costs = {
            "served": np.concatenate(
                [price * self.ways.changes - self.ways.served, none]
            ),
            "travel": np.concatenate([self.ways.travel, none]),
            "money": np.concatenate([self.ways.money, self.repair]),
        }

    def run(self, begin: Sequence[Move]) -> Result[Move]:
        """Serve the aims in their order."""
        starts = [self.by_hand(), self.ways.x(self.problem, begin)]
        if self.problem.earlier:
            starts.append(self.ways.x(self.problem, self.problem.earlier.moves))
        full = [self.full(x) for x in starts]
        sound = [one for one in full if self.built.model.holds(one)]
        cost = self.costs["served"]
        best = min(sound, key=lambda one: float(cost @ one), default=None)
        for code, share, gap in STEPS:
            model, cost = self.built.model, self.costs[code]
            model.cost(self.columns, cost)
            model.bound(self.built.x, upper=1.0)
            loose = self.search(code, share, gap, relaxed=True)
            if loose.status is Status.IMPOSSIBLE:
                return Result(loose.status, (), (), (), self.spent, self.seed)
            beyond = INF
            if loose.status is Status.OPTIMAL:
                prices = model.price(loose.duals)[self.built.x]
                kept = self.useful(prices, loose.x[self.built.x], best)
                model.bound(self.built.x, upper=kept.astype(float))
                # A plan with a way that was left out costs at least its price more.
                beyond = loose.objective + prices[~kept].min(initial=INF)
                self.bounds[code] = loose.objective
            found = self.search(code, share, gap, start=best)
            if found.status is Status.IMPOSSIBLE and best is None:
                model.bound(self.built.x, upper=1.0)
                found = self.search(code, share, gap)
                if found.status is Status.IMPOSSIBLE:
                    return Result(found.status, (), (), (), self.spent, self.seed)
            if found.has_answer:
                # A building that serves nothing is not repaired.
                x = self.full(np.round(found.x[self.built.x]))
                if best is None or cost @ x < cost @ best - TINY:
                    best = x
            if found.bound > -INF and code in self.bounds:
                self.bounds[code] = max(self.bounds[code], min(found.bound, beyond))
            if best is None:
                return Result(found.status, (), (), (), self.spent, self.seed)
            most = float(cost @ best)
            row = np.zeros(self.columns.size, dtype=int)
            model.rows(row, self.columns, cost, upper=most + TINY * max(1.0, abs(most)))
        assert best is not None
        return self.result(best)

    def search(
        self,
        code: str,
        share: float,
        gap: float,
        *,
        relaxed: bool = False,
        start: Floats | None = None,
    ) -> Solution:
        """Look for less of the aim that is the objective, until a share of the time."""
        left = 0.0 if self.is_stopped else self.seconds * share - self.spent
        return self.built.model.solve(
            seconds=left,
            gap=gap,
            seed=self.seed,
            relaxed=relaxed,
            start=start,
            phase=code,
            watch=self.hear,
        )

    def useful(
        self, prices: Floats, loose: Floats, best: Floats | None
    ) -> NDArray[np.bool_]:
        """Return the ways with the best prices and those of the plans so far."""
        kept = loose > TINY
        kept[np.argsort(prices, kind="stable")[:MOST_WHOLE]] = True
        return kept if best is None else kept | (best[: self.ways.n] > 0.5)

    @property
    def spent(self) -> float:
        """Return the seconds since the search began."""
        return time.monotonic() - self.began

    @property
    def hear(self) -> Callable[[Step], bool] | None:
        """Return who listens, if anybody does."""
        if self.watch is None:
            return None
        watch = self.watch

        def hear(step: Step) -> bool:
            self.is_stopped |= not watch(step)
            return not self.is_stopped

        return hear

    def full(self, x: Floats) -> Floats:
        """Return the values of every column for the ways of a plan."""
        used = np.zeros(len(self.built.used))
        at = x > 0.5
        used[self.ways.building[at] * self.problem.n_years + self.ways.year[at]] = 1.0
        return np.concatenate([x, used])

    def by_hand(self) -> Floats:
        """Return the plan of an office: the weightiest need first, the nearest building."""
        ways, problem = self.ways, self.problem
        x = np.zeros(ways.n)
        free = np.array([one.floor_m2 for one in problem.buildings])
        money = problem.budgets.copy()
        done: set[int] = set()
        begun: dict[int, int] = {}
        wanted = {problem.need_at[pin.need] for pin in problem.pins if pin.is_wanted}
        first = np.array([need in wanted for need in ways.need.tolist()], dtype=bool)
        order = np.lexsort((ways.travel, -np.round(ways.served, 6), ~first))
        most = problem.max_buildings
        for at in order.tolist():
            building, need = int(ways.building[at]), int(ways.need[at])
            year = int(ways.year[at])
            is_new = building not in begun
            if need in done or begun.get(building, year) != year:
                continue
            if is_new and most is not None and len(begun) >= most:
                continue
            if not is_new and not problem.buildings[building].can_split:
                continue
            cost = ways.money[at]
            cost += problem.buildings[building].repair_cost if is_new else 0.0
            if ways.m2[at] > free[building] + TINY or cost > money[year]:
                continue
            x[at] = 1.0
            done.add(need)
            begun[building] = year
            free[building] -= ways.m2[at]
            money[year] -= cost
        return x

    def result(self, best: Floats) -> Result[Move]:
        """Return the best plan with its aims, bounds and limits."""
        terms = []
        for code, cost in self.costs.items():
            value, bound = float(cost @ best), self.bounds.get(code, -INF)
            if code == "served":
                most = -(bound if bound > -INF else float(np.minimum(cost, 0).sum()))
                value = -value - self.fixed
                bound = max(value, most - self.fixed)
            else:
                bound = max(0.0, min(value, bound))
            terms.append(Term(code, value, bound, UNITS[code], code == "served"))
        is_proven = all(term.gap <= PROVEN[term.code] for term in terms)
        x = best[: self.ways.n]
        return Result(
            status=Status.OPTIMAL if is_proven else Status.FEASIBLE,
            terms=tuple(terms),
            moves=self.ways.moves(self.problem, x),
            binding=tuple(self.binding(best)),
            seconds=self.spent,
            seed=self.seed,
        )

    def binding(self, best: Floats) -> list[Limit]:
        """Return the budgets that are used up, and the needs that nothing suits."""
        problem, limits = self.problem, []
        n = self.ways.n
        years = np.tile(np.arange(problem.n_years), len(problem.buildings))
        paid = np.bincount(
            self.ways.year, self.ways.money * best[:n], minlength=problem.n_years
        ) + np.bincount(years, self.repair * best[n:], minlength=problem.n_years)
        waiting = np.setdiff1d(self.ways.need, self.ways.need[best[:n] > 0.5])
        cheapest = self.ways.money[np.isin(self.ways.need, waiting)].min(initial=INF)
        for year, (spent, most) in enumerate(zip(paid, problem.budgets, strict=True)):
            if spent + cheapest > most and waiting.size:
                told = {
                    "year": problem.first_year + year,
                    "paid": f"{spent:,.0f}",
                    "budget": f"{most:,.0f}",
                }
                words = Sentence(
                    gettext_noop(
                        "%(year)s: %(paid)s of %(budget)s million VND are used; what is "
                        "left serves no other need."
                    ),
                    told,
                )
                name = str(problem.first_year + year)
                limits.append(Limit("budget", name, float(spent), float(most), words))
        able = set(self.ways.need.tolist())
        for at, need in enumerate(problem.needs):
            if at not in able and len(limits) < 20:
                told = {
                    "need": need.id,
                    "unit": problem.units[need.unit].name,
                    "km": f"{problem.max_km:g}",
                }
                words = Sentence(
                    gettext_noop(
                        "%(need)s in %(unit)s: no building within %(km)s km suits."
                    ),
                    told,
                )
                limits.append(Limit("max_km", need.id, 0.0, need.m2, words))
        return limits


def n_kept(problem: Problem) -> int:
    """Return how many needs of an earlier plan are still there."""
    if problem.earlier is None:
        return 0
    return sum(move.need in problem.need_at for move in problem.earlier.moves)
