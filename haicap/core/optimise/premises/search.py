"""The aims in their order: by need where ways are few, by patterns where they are many."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Final

import numpy as np

from haicap.core.optimise.clock import Clock
from haicap.core.optimise.language import (
    Figure,
    Limit,
    Result,
    Sentence,
    Status,
    Term,
    gettext_noop,
)
from haicap.core.optimise.mip import INF
from haicap.core.optimise.premises.model import Built, Ways
from haicap.core.optimise.premises.patterns import Patterns
from haicap.core.optimise.premises.problem import Floats, Move, Problem


#: Until which share of the time each aim is served, and to what gap.
STEPS: Final = (
    ("served", 0.75, 1e-4),
    ("travel", 0.9, 1e-3),
    ("money", 1.0, 1e-3),
)
PROVEN: Final = {"served": 1e-3, "travel": 5e-2, "money": 1e-2}
UNITS: Final = {"served": "weighted m2", "travel": "person-km", "money": "million VND"}
#: By how much of an aim a plan is likely to miss its bound; patterns are gathered up to there.
WITHIN: Final = {"served": 1e-3, "travel": 5e-2, "money": 1e-3}
MOST_WHOLE: Final = 2_500  # ways in a model that chooses a building for each need
TINY: Final = 1e-6


@dataclass
class Search:
    """One search: the best plan and the bounds so far."""

    problem: Problem
    ways: Ways
    built: Built
    clock: Clock
    seed: int
    bounds: dict[str, float] = field(default_factory=dict)

    def __post_init__(self) -> None:
        n_years = self.problem.n_years
        repair = np.array([one.repair_cost for one in self.problem.buildings])
        self.repair = np.repeat(repair, n_years)
        self.columns = np.concatenate([self.built.x, self.built.used])
        none = np.zeros(len(self.built.used))
        price = self.problem.earlier.price if self.problem.earlier else 0.0
        self.fixed = price * n_kept(self.problem)
        by_way = {
            "served": price * self.ways.changes - self.ways.served,
            "travel": self.ways.travel,
            "money": self.ways.money,
        }
        self.costs = {
            code: np.concatenate([cost, self.repair if code == "money" else none])
            for code, cost in by_way.items()
        }
        self.patterns = Patterns(self.problem, self.ways, by_way, repair)

    def run(self, begin: Sequence[Move]) -> Result[Move]:
        """Serve the aims in their order."""
        best = self.first(begin)
        serve = self.exactly if self.ways.n <= MOST_WHOLE else self.by_patterns
        for code, share, gap in STEPS:
            status, plan = serve(code, best, share, gap)
            if plan is not None:
                # A building that serves nothing is not repaired.
                plan = self.full(plan)
                cost = self.costs[code]
                if best is None or cost @ plan < cost @ best - TINY:
                    best = plan
            if status is Status.IMPOSSIBLE or best is None:
                return Result(status, (), (), (), self.clock.spent, self.seed)
            most = float(self.costs[code] @ best)
            self.keep(code, most + TINY * max(1.0, abs(most)))
        assert best is not None
        return self.result(best)

    def first(self, begin: Sequence[Move]) -> Floats | None:
        """Return the best plan that is known before the search, if one keeps the limits."""
        none = np.zeros(self.ways.n)
        starts = [self.by_hand(none), self.ways.x(self.problem, begin)]
        if self.problem.earlier:
            earlier = self.ways.x(self.problem, self.problem.earlier.moves)
            starts += [earlier, self.by_hand(earlier)]
        sound = [x for x in map(self.full, starts) if self.built.model.holds(x)]
        cost = self.costs["served"]
        return min(sound, key=lambda one: float(cost @ one), default=None)

    def keep(self, code: str, most: float) -> None:
        """Let an aim be no worse than it is, while those after it are served."""
        row = np.zeros(self.columns.size, dtype=int)
        self.built.model.rows(row, self.columns, self.costs[code], upper=most)
        self.patterns.limit(code, most)

    def exactly(
        self, code: str, best: Floats | None, share: float, gap: float
    ) -> tuple[Status, Floats | None]:
        """Choose a building for each need; that is proven to the end for few ways."""
        model = self.built.model
        model.cost(self.columns, self.costs[code])
        found = model.solve(
            seconds=self.clock.left(share),
            gap=gap,
            seed=self.seed,
            start=best,
            phase=code,
            watch=self.clock.watch,
        )
        if found.bound > -INF:
            self.bounds[code] = found.bound
        return found.status, np.round(
            found.x[self.built.x]
        ) if found.has_answer else None

    def by_patterns(
        self, code: str, best: Floats | None, share: float, gap: float
    ) -> tuple[Status, Floats | None]:
        """Choose a pattern for each building; without any plan, a building for each need."""
        plan = None if best is None else best[: self.ways.n]
        if plan is not None:
            self.patterns.take(plan)
        proof = self.patterns.look(code, self.clock, share)
        if proof is None:
            return Status.NO_ANSWER, None
        cost, bound = self.costs[code], proof.bound
        self.bounds[code] = bound
        within = WITHIN[code] * abs(bound)
        for _look in range(2):
            near = self.patterns.add_near(proof, within)
            plan, least = self.patterns.whole(
                proof, plan, self.clock, share, gap=gap, seed=self.seed
            )
            if plan is None:
                return self.exactly(code, None, share, gap)
            value = float(cost @ self.full(plan))
            # A plan of other patterns costs more than the bound by more than `near`.
            self.bounds[code] = max(bound, min(least, bound + near, value))
            within = value - bound
            if within <= max(near, gap * abs(bound)):
                break
        return Status.FEASIBLE, plan

    def full(self, x: Floats) -> Floats:
        """Return the values of every column for the ways of a plan."""
        used = np.zeros(len(self.built.used))
        at = x > 0.5
        used[self.ways.building[at] * self.problem.n_years + self.ways.year[at]] = 1.0
        return np.concatenate([x, used])

    def by_hand(self, before: Floats) -> Floats:
        """
        Return the plan of an office: the weightiest need first, the nearest building.

        What another plan holds comes before, as far as it still fits.
        """
        ways, problem = self.ways, self.problem
        x = np.zeros(ways.n)
        free = np.array([one.floor_m2 for one in problem.buildings])
        money = problem.budgets.copy()
        done: set[int] = set()
        begun: dict[int, int] = {}
        wanted = {problem.need_at[pin.need] for pin in problem.pins if pin.is_wanted}
        first = np.array([need in wanted for need in ways.need.tolist()], dtype=bool)
        order = np.lexsort((ways.travel, -np.round(ways.served, 6), -before, ~first))
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
            seconds=self.clock.spent,
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
                    "paid": Figure(spent, ",.0f"),
                    "budget": Figure(most, ",.0f"),
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
                    "km": Figure(problem.max_km),
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
