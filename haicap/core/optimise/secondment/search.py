"""
The aims in their order, each as a linear model over the ways.

Ways that prices show to be useless are left out, and the bound says what they could have
brought. The linear model is kept from look to look: it goes on where it was, so one more
look at another worst shortage costs some tenths of a second in a province.
"""

from __future__ import annotations

import copy
from collections.abc import Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from functools import cached_property
from typing import Final

import numpy as np
from numpy.typing import NDArray

from haicap.core.optimise.clock import Clock
from haicap.core.optimise.language import Result, Status, Term
from haicap.core.optimise.mip import INF, Solution
from haicap.core.optimise.secondment.greedy import first_plan
from haicap.core.optimise.secondment.measure import (
    TINY,
    alone,
    binding,
    gap_after,
    grain_of,
    keeps,
    possible_shares,
    worst_shortage,
)
from haicap.core.optimise.secondment.model import Built, build
from haicap.core.optimise.secondment.problem import (
    HUNDREDTHS,
    Floats,
    Ints,
    Move,
    Problem,
)
from haicap.core.optimise.secondment.ways import Ways


NEAREST: Final = 12  # ways a cell that the search begins with
MOST_ADDED: Final = 20_000  # ways that are added after one look at the prices
SIZES: Final = (3_000, 9_000)  # ways in a model with whole numbers, one after the other
FEW_FIRST: Final = 0.05  # of the time left, for the smaller model
BESIDE: Final = 12_000  # ways that a second core looks at meanwhile
HURRIED: Final = (0.25, 1 / 3, 0.5)  # worst shortages that are tried without a model
ROUGH: Final = 0.1  # gap of a plan that only has to reach a worst shortage
#: Until which share of the time the first two aims are served.
SHARE_LEAST, SHARE_WORST, SHARE_PROOF = 0.4, 0.6, 0.7
SHARE_BOUND, SHARE_MISSING = 0.75, 0.94
#: Kilometres that are gone for one weighted post, while the second aim is served.
KM_A_POST: Final = 1_000.0
#: What counts as proven, as a share of each aim.
PROVEN: Final = {"worst_shortage": 1e-9, "missing_posts": 1e-3, "travel": 2e-2}
UNITS: Final = {"worst_shortage": "ratio", "missing_posts": "posts", "travel": "km"}


@dataclass
class Search:
    """One search: the best plan so far, the bounds so far, the ways that are looked at."""

    problem: Problem
    ways: Ways
    clock: Clock
    seed: int
    x: Floats  # (n_ways,) the best plan
    n_cores: int = 2
    before: Sequence[Move] = ()  # moves that identical people keep
    bounds: dict[str, float] = field(default_factory=dict)
    joint: float = -INF  # of the last two aims, a post as so many kilometres

    def __post_init__(self) -> None:
        self.room = self.ways.room[self.ways.group].astype(float)
        self.cost = self.ways.km + self.problem.km_per_move
        self.price = self.problem.earlier.price if self.problem.earlier else 0.0
        self.fixed = self.price * _n_earlier(self.ways)

    # -- what is made when there is time for it ---------------------------------------

    @cached_property
    def built(self) -> Built:
        """The model over all ways."""
        return build(self.problem, self.ways)

    @cached_property
    def kept(self) -> NDArray[np.bool_]:
        """The ways that the linear model looks at. Shape: (n_ways,)."""
        return _nearest(self.ways) | (self.x > 0)

    @cached_property
    def both(self) -> Floats:
        """The cost of missing posts and of travel together."""
        both = self.built.weighted * KM_A_POST
        both[: self.ways.n] += self.cost
        return both

    # -- the three aims ---------------------------------------------------------------

    def run(self) -> None:
        """Serve the aims in their order."""
        self.hurry()
        self.worst()
        if self.missing():
            self.travel()

    def hurry(self) -> None:
        """Take a first plan with a smaller worst shortage, if there is one that is sound."""
        for share in HURRIED:
            x = first_plan(self.problem, self.ways, share)
            after = worst_shortage(self.problem, self.after(x))
            now = worst_shortage(self.problem, self.after(self.x))
            if after < now - TINY and keeps(self.problem, self.ways, x):
                self.x = x
        self.lift(HURRIED[-1])

    def lift(self, worst: float) -> None:
        """
        Bring cells that lack more than a share near to it, by halving the shares between.

        Whoever can do nothing about them goes where he goes in the plan so far.
        """
        shares = possible_shares(self.problem)
        low, high = int(np.searchsorted(shares, worst - TINY)), self.reached(shares)
        model, x = self.built.model, self.built.x
        model.cost(self.built.columns, self.both)
        while low < high and self.clock.left(SHARE_LEAST) > 0:
            at = (low + high) // 2
            near = self.about(shares[at])
            model.bound(x, lower=np.where(near, 0.0, self.x))
            self.built.allow(self.most(shares[at]))
            kept = (self.x > 0) | (near & self.kept)
            found = self.whole("worst_shortage", kept, SHARE_LEAST, ROUGH)
            if found.has_answer:
                self.x = np.round(found.x[x])
                high = self.reached(shares)
            else:
                low = at + 1
        model.bound(x, lower=0.0)

    def about(self, worst: float) -> NDArray[np.bool_]:
        """Return the ways of those who could serve cells that lack more than a share, and
        the ways to where they go now. Shape: (n_ways,)."""
        ways = self.ways
        is_short = self.after(self.x) > worst * self.problem.need.ravel() * HUNDREDTHS
        is_able = np.zeros(len(ways.groups), dtype=bool)
        is_able[ways.group[is_short[ways.cell] & self.kept]] = True
        is_served = np.zeros(is_short.size, dtype=bool)
        is_served[ways.cell[is_able[ways.group] & (self.x > 0)]] = True
        about: NDArray[np.bool_] = is_able[ways.group] | is_served[ways.cell]
        return about

    def worst(self) -> None:
        """
        Find the least worst shortage, by halving the shares that are possible.

        The linear model serves the next aims too meanwhile, so that its answers are near
        the plan that is looked for. First comes a plan near what parts of people reach,
        then the shares between are tried.
        """
        shares = possible_shares(self.problem)
        self.built.model.cost(self.built.columns, self.both)
        reached = self.reached(shares)
        proven, at = self.least_share(shares, reached)
        step = 1
        sizes: tuple[int, ...] = SIZES
        while at < reached and self.clock.left(SHARE_WORST) > 0:
            if self.reach(shares[at], sizes) is Status.FEASIBLE:
                reached = self.reached(shares)
            at, step, sizes = at + step, 4 * step, SIZES[:1]
        while proven < reached and self.clock.left(SHARE_WORST) > 0:
            at = (proven + reached) // 2
            status = self.reach(shares[at], (*SIZES, self.ways.n))
            if status is Status.FEASIBLE:
                reached = self.reached(shares)
            elif status is Status.IMPOSSIBLE:
                proven = at + 1
            else:
                break
        proven = min(proven, reached)
        if proven > 0 and not self.is_beyond(shares[proven - 1]):
            proven = 0
        now = worst_shortage(self.problem, self.after(self.x))
        self.bounds["worst_shortage"] = min(now, float(shares[proven]))
        self.built.allow(self.most(now))

    def reached(self, shares: Floats) -> int:
        """Return the share that the plan reaches, by its index."""
        now = worst_shortage(self.problem, self.after(self.x))
        return int(np.searchsorted(shares, now - TINY))

    def reach(self, worst: float, sizes: Sequence[int]) -> Status:
        """
        Look for a plan that keeps a worst shortage, over more and more ways.

        FEASIBLE: it is the plan now. IMPOSSIBLE: no plan over any ways does.
        """
        self.built.allow(self.most(worst))
        loose, prices = self.relaxed("worst_shortage", SHARE_WORST)
        if prices is None:
            return loose.status
        for most in sizes:
            kept = _useful(self.ways, prices, most, loose.x[self.built.x])
            found = self.whole("worst_shortage", kept, SHARE_WORST, ROUGH)
            if found.has_answer:
                self.x = np.round(found.x[self.built.x])
                return Status.FEASIBLE
            if found.status is not Status.IMPOSSIBLE or kept.all():
                return found.status
        return Status.NO_ANSWER

    def least_share(self, shares: Floats, reached: int) -> tuple[int, int]:
        """
        Return the first share that is possible with parts of people, by its index.

        It is at least the first and at most the second index; with enough time they agree.
        """
        low, high = int(np.searchsorted(shares, self.least - TINY)), reached
        low = min(low, high)
        if low < high:
            self.built.allow(self.most(shares[high]))
            _loose, prices = self.relaxed("worst_shortage", SHARE_LEAST)
            if prices is None:
                return low, high
        # Often one lonely cell is all that stands in the way.
        if 0 < low < high and self.fits(shares[low]):
            high = low
        while low < high:
            middle = (low + high) // 2
            fits = self.fits(shares[middle])
            if fits is None:
                break
            low, high = (low, middle) if fits else (middle + 1, high)
        return low, high

    @cached_property
    def least(self) -> float:
        """No plan has a smaller worst shortage: what a cell lacks that all serve alone."""
        return alone(self.problem, self.ways)

    def fits(self, worst: float, share: float = SHARE_LEAST) -> bool | None:
        """Return whether parts of people over the kept ways reach a worst shortage.

        None: there was no time.
        """
        self.built.allow(self.most(worst))
        found = self.loose("worst_shortage", share)
        return found.has_answer if found.status is not Status.NO_ANSWER else None

    def is_beyond(self, worst: float) -> bool:
        """Whether no plan over any ways reaches it, even with parts of people."""
        if worst < self.least - TINY:
            return True
        while self.fits(worst, SHARE_PROOF) is False:
            is_proven, weaker = self.built.model.refuted()
            missed = ~self.kept & (weaker[self.built.x] > 0)
            if not missed.any():
                return is_proven
            self.kept |= missed
        return False

    def missing(self) -> bool:
        """
        Find the fewest missing posts at that worst shortage, by ways that are short.

        Return whether there was time to look at all ways.
        """
        model = self.built.model
        weighted = self.built.weighted
        loose, prices = self.relaxed("missing_posts", SHARE_MISSING)
        if prices is None:
            return False
        model.cost(self.built.columns, weighted)
        least, least_prices = self.relaxed("missing_posts", SHARE_BOUND)
        if least_prices is not None:
            self.bounds["missing_posts"] = least.objective + self.fixed
        model.cost(self.built.columns, self.both)
        beyond = self.keep(loose, prices, "missing_posts", SHARE_MISSING, self.both)
        joint = float(max(loose.objective, beyond))
        self.joint = joint + KM_A_POST * self.fixed
        if least_prices is not None and self.terms()[1].gap > PROVEN["missing_posts"]:
            model.cost(self.built.columns, weighted)
            code = "missing_posts"
            beyond = self.keep(least, least_prices, code, SHARE_MISSING, weighted)
            self.bounds[code] = max(self.bounds[code], beyond + self.fixed)
        most = self.value(weighted, self.x) + TINY
        model.limit(self.built.missing, upper=most)
        return True

    def travel(self) -> None:
        """Find the shortest ways for as few missing posts."""
        costs = np.concatenate(
            [self.cost, np.zeros(self.built.columns.size - self.ways.n)]
        )
        self.built.model.cost(self.built.columns, costs)
        loose, prices = self.relaxed("travel", 1.0)
        if prices is None:
            return
        beyond = self.keep(loose, prices, "travel", 1.0, costs)
        self.bounds["travel"] = float(max(loose.objective, beyond))

    def keep(
        self, loose: Solution, prices: Floats, code: str, share: float, cost: Floats
    ) -> float:
        """Take a whole plan that costs less; return what no whole plan can beat."""
        beyond = -INF
        sizes = (*SIZES, BESIDE)[: 1 + self.n_cores]
        if SIZES[0] >= self.ways.n:
            rounds = [(1.0, sizes[:1])]
        else:
            rounds = [(FEW_FIRST, sizes[:1]), (1.0, sizes[1:])]
        for part, these in rounds:
            some = [
                _useful(self.ways, prices, most, self.x, loose.x[self.built.x])
                for most in these
            ]
            answers = self.beside(code, some, part * self.clock.left(share))
            for kept, found in zip(some, answers, strict=True):
                if found.has_answer:
                    x = np.round(found.x[self.built.x])
                    if self.value(cost, x) < self.value(cost, self.x) - TINY:
                        self.x = x
                # A plan with a way that was left out costs at least its price more.
                price = prices[~kept].min(initial=INF)
                beyond = max(beyond, min(found.bound, loose.objective + price))
        return beyond

    def beside(
        self, code: str, some: list[NDArray[np.bool_]], seconds: float
    ) -> list[Solution]:
        """Return the best plan over each choice of ways, one core for each."""
        start = self.start()

        def one(kept: NDArray[np.bool_]) -> Solution:
            model = copy.copy(self.built.model)
            model.bound(self.built.x, upper=np.where(kept, self.room, 0.0))
            return model.solve(
                seconds=seconds,
                gap=1e-5,
                seed=self.seed,
                start=start,
                phase=code,
                watch=self.clock.watch,
            )

        if len(some) == 1:
            return [one(some[0])]
        with ThreadPoolExecutor(len(some)) as pool:
            return list(pool.map(one, some))

    # -- models -----------------------------------------------------------------------

    def loose(self, code: str, share: float) -> Solution:
        """Return the best plan with parts of people over the kept ways."""
        model, x = self.built.model, self.built.x
        model.bound(x, upper=np.where(self.kept, self.room, 0.0))
        return model.solve(
            seconds=self.clock.left(share),
            relaxed=True,
            again=True,
            phase=code,
            watch=self.clock.watch,
        )

    def relaxed(self, code: str, share: float) -> tuple[Solution, Floats | None]:
        """
        Return the best plan with parts of people over all ways, and the price of each way.

        Ways are added as long as the prices say that they would help; the prices are None
        when time was over before that, or when there is no such plan.
        """
        while True:
            found = self.loose(code, share)
            if found.status is Status.IMPOSSIBLE and not self.kept.all():
                self.kept[:] = True
                continue
            if found.status is not Status.OPTIMAL:
                return found, None
            prices = self.built.model.price(found.duals)[self.built.x]
            better = np.flatnonzero(~self.kept & (prices < -TINY))
            if not better.size:
                return found, prices
            self.kept[better[np.argsort(prices[better])[:MOST_ADDED]]] = True

    def whole(
        self,
        code: str,
        kept: NDArray[np.bool_],
        share: float,
        gap: float,
        start: Floats | None = None,
    ) -> Solution:
        """Return the best plan with whole people over some ways."""
        model = self.built.model
        model.bound(self.built.x, upper=np.where(kept, self.room, 0.0))
        return model.solve(
            seconds=self.clock.left(share),
            gap=gap,
            seed=self.seed,
            start=start,
            phase=code,
            watch=self.clock.watch,
        )

    def start(self) -> Floats:
        """Return the best plan so far as values of every column."""
        start = np.zeros(self.built.model.n_columns)
        start[self.built.x] = self.x
        after = self.after(self.x)[self.built.cells]
        start[self.built.short] = np.maximum(0, after)
        return start

    def most(self, share: float) -> Floats:
        """Return by how many hundredths each cell may be short at that share."""
        grain = grain_of(self.problem)
        need = self.problem.need.ravel()[self.built.cells] * HUNDREDTHS
        return np.floor((share * need + TINY) / grain) * grain

    def after(self, x: Floats) -> Ints:
        """Return what is missing in each cell, below nothing where there is more."""
        return gap_after(self.problem, self.ways, x)

    def value(self, cost: Floats, x: Floats) -> float:
        """Return what a plan costs, in the columns' order."""
        after = np.maximum(0, self.after(x)[self.built.cells])
        n = self.ways.n
        return float(cost[:n] @ x + cost[n:] @ after)

    # -- answers ----------------------------------------------------------------------

    def is_sound(self) -> bool:
        """Whether the plan keeps every limit."""
        return keeps(self.problem, self.ways, self.x)

    def without_start(self) -> Result[Move]:
        """Look for any plan that keeps the limits, then for the best one."""
        model = self.built.model
        self.kept[:] = True
        worst = self.problem.worst_allowed
        self.built.allow(self.most(1.0 if worst is None else worst))
        model.cost(self.built.x, 0.0)
        # Unless cells have to be served, nobody else needs to go.
        must = np.array([group.must_move for group in self.ways.groups], dtype=bool)
        needed = must[self.ways.group] if worst is None else np.ones(self.ways.n, bool)
        found = self.whole("worst_shortage", needed, 1.0, 1.0)
        if not found.has_answer:
            return Result(found.status, (), (), (), self.clock.spent, self.seed)
        self.x = np.round(found.x[self.built.x])
        self.run()
        return self.result()

    def values(self) -> Mapping[str, float]:
        """Return the aims of the plan, in their order."""
        after = self.after(self.x)
        weight = self.problem.weight.ravel() / HUNDREDTHS
        missing = float(weight @ np.maximum(0, after))
        changes = self.price * float(self.ways.changes @ self.x) + self.fixed
        return {
            "worst_shortage": worst_shortage(self.problem, after),
            "missing_posts": missing + changes,
            "travel": float(self.cost @ self.x),
        }

    def terms(self) -> tuple[Term, ...]:
        """Return the aims of the plan with what no plan can beat."""
        terms: list[Term] = []
        for code, value in self.values().items():
            bound = self.bound_of(code, terms)
            if code == "travel":
                # Who misses as few posts and goes less would beat both together.
                worst, missing = terms
                joint = self.best_joint(worst.value) - KM_A_POST * missing.value
                bound = max(bound, joint)
            terms.append(Term(code, value, max(0.0, min(value, bound)), UNITS[code]))
        return tuple(terms)

    def bound_of(self, code: str, before: Sequence[Term]) -> float:
        """Return what no plan beats that is as good in the aims before."""
        return self.bounds.get(code, 0.0)

    def best_joint(self, worst: float) -> float:
        """Return what no plan with that worst shortage beats in the last two aims."""
        return self.joint

    def result(self) -> Result[Move]:
        """Return the best plan with its aims, bounds and limits."""
        terms = self.terms()
        is_proven = all(term.gap <= PROVEN[term.code] for term in terms)
        return Result(
            status=Status.OPTIMAL if is_proven else Status.FEASIBLE,
            terms=terms,
            moves=self.ways.moves(self.problem, self.x, self.before),
            binding=binding(self.problem, self.ways, self.x, self.after(self.x)),
            seconds=self.clock.spent,
            seed=self.seed,
            joint_bound=self.best_joint(terms[0].value),
        )


def _n_earlier(ways: Ways) -> int:
    return sum(len(group.people) for group in ways.groups if group.earlier)


def _nearest(ways: Ways) -> NDArray[np.bool_]:
    """Return the nearest ways of each cell."""
    kept = np.zeros(ways.n, dtype=bool)
    order = np.lexsort((ways.km, ways.cell))
    cell = ways.cell[order]
    first = np.searchsorted(cell, cell, side="left")
    kept[order[np.arange(ways.n) - first < NEAREST]] = True
    return kept


def _useful(ways: Ways, prices: Floats, most: int, *plans: Floats) -> NDArray[np.bool_]:
    """Return the ways of some plans and those with the best prices, near before far."""
    kept = np.zeros(ways.n, dtype=bool)
    kept[np.lexsort((ways.km, np.round(prices, 9)))[:most]] = True
    for plan in plans:
        kept |= plan > TINY
    return kept
