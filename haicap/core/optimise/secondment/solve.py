"""
From a first plan in some hundredths of a second to a proof.

Aims in order: the worst shortage of a cell as a share of its need; the weighted posts that
stay missing; the kilometres, with some for each move. Each is a linear model over the ways;
those that its prices show to be useless are left out, and the bound says what they could
have brought.
"""

from __future__ import annotations

import time
from dataclasses import dataclass, field
from typing import Final

import numpy as np
from numpy.typing import NDArray

from haicap.core.optimise.language import (
    Result,
    Status,
    Step,
    Term,
    Watch,
)
from haicap.core.optimise.mip import INF, Solution
from haicap.core.optimise.secondment.greedy import first_plan
from haicap.core.optimise.secondment.measure import (
    TINY,
    alone,
    binding,
    gap_after,
    grain_of,
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
from haicap.core.optimise.secondment.ways import Ways, ways


NEAREST: Final = 30  # ways a cell that the search begins with
MOST_ADDED: Final = 20_000  # ways that are added after one look at the prices
SIZES: Final = (3_000, 9_000)  # ways in a model with whole numbers, one after the other
#: How much of the time the first two aims may take.
SHARE_WORST, SHARE_MISSING, SHARE_BOUND = 0.5, 0.88, 0.92
#: Kilometres that are gone for one weighted post, while the second aim is served.
KM_A_POST: Final = 1_000.0
#: What counts as proven, as a share of each aim.
PROVEN: Final = {"worst_shortage": 1e-9, "missing_posts": 1e-3, "travel": 2e-2}
SHORTEST: Final = 0.1  # seconds; in fewer not even the model of a province is made


def solve(
    problem: Problem, *, seconds: float, seed: int = 0, watch: Watch | None = None
) -> Result[Move]:
    """
    Return the best plan found in so many seconds, with a bound for each aim.

    Without time for more it is the first plan: the most useful way first.
    """
    return solve_from(problem, None, seconds=seconds, seed=seed, watch=watch)


def solve_from(
    problem: Problem,
    known: Result[Move] | None,
    *,
    seconds: float,
    seed: int = 0,
    watch: Watch | None = None,
) -> Result[Move]:
    """
    Return the best plan, beginning with one that is known for fewer limits.

    What no plan could beat with fewer limits cannot be beaten with more of them.
    """
    clock = _Clock(seconds, watch)
    every = ways(problem)
    first = every.x(problem, known.moves) if known else first_plan(problem, every)
    search = _Search(problem, every, build(problem, every), clock, seed, first, known)
    if known and not search.mend():
        search.x = first_plan(problem, every)
    if not search.is_sound():
        return search.without_start()
    search.run()
    return search.result()


class _Clock:
    """The time that is left, and whether somebody asked to stop."""

    def __init__(self, seconds: float, watch: Watch | None) -> None:
        self.began = time.monotonic()
        self.seconds = seconds
        self.is_stopped = False
        self._watch = watch

    @property
    def spent(self) -> float:
        return time.monotonic() - self.began

    def left(self, share: float = 1.0) -> float:
        """Return the seconds until that share of the time is over."""
        left = 0.0 if self.is_stopped else self.seconds * share - self.spent
        return left if left > SHORTEST else 0.0

    def watch(self, step: Step) -> bool:
        if self._watch is not None and not self._watch(step):
            self.is_stopped = True
        return not self.is_stopped


@dataclass
class _Search:
    """One search: the best plan so far, the bounds so far, the ways that are looked at."""

    problem: Problem
    ways: Ways
    built: Built
    clock: _Clock
    seed: int
    x: Floats  # (n_ways,) the best plan
    known: Result[Move] | None = None  # of the problem with fewer limits
    bounds: dict[str, float] = field(default_factory=dict)
    kept: NDArray[np.bool_] = field(init=False)
    room: Floats = field(init=False)

    def __post_init__(self) -> None:
        self.room = self.ways.room[self.ways.group].astype(float)
        self.kept = _nearest(self.ways) | (self.x > 0)
        problem = self.problem
        weight = problem.weight.ravel()[self.built.cells] / HUNDREDTHS
        price = problem.earlier.price if problem.earlier else 0.0
        self.weighted = np.concatenate([price * self.ways.changes, weight])
        self.cost = self.ways.km + problem.km_per_move
        self.fixed = price * _n_earlier(self.ways)
        columns = np.concatenate([self.built.x, self.built.short])
        self.columns = columns
        self.enough = self.built.model.rows(
            np.zeros(columns.size, int), columns, self.weighted
        )

    def run(self) -> None:
        """Serve the aims in their order."""
        self.worst()
        self.missing()
        self.travel()

    def mend(self) -> bool:
        """Make a known plan keep the new limits, near where they changed it."""
        assert self.known is not None
        kept = self.x > 0
        told = {(move.person, move.unit, move.field) for move in self.known.moves}
        now = self.ways.moves(self.problem, self.x)
        told -= {(move.person, move.unit, move.field) for move in now}
        pins = self.problem.pins
        people = {one[0] for one in told} | {pin.person for pin in pins}
        places = {one[1] for one in told} | {pin.unit for pin in pins if pin.unit}
        units = {self.problem.unit_at[place] for place in places}
        for group, one in enumerate(self.ways.groups):
            if any(self.problem.people[p].id in people for p in one.people[:1]):
                kept |= self.ways.group == group
                units.add(one.home)
        unit = self.ways.cell // len(self.problem.fields)
        home = np.array([group.home for group in self.ways.groups])[self.ways.group]
        for place in units:
            kept |= (unit == place) & self.kept
            kept |= (home == place) & self.kept
        worst = self.known.term("worst_shortage").value
        for share in (worst, 1.0):
            self.built.allow(self.most(share))
            self.built.model.cost(self.columns, self.both())
            found = self.whole("missing_posts", kept, 0.5, gap=1e-4, begin=False)
            if found.has_answer:
                self.x = np.round(found.x[self.built.x])
                return True
        return False

    # -- the three aims ---------------------------------------------------------------

    def worst(self) -> None:
        """Find the least worst shortage, by halving the shares that are possible."""
        shares = possible_shares(self.problem)
        self.built.model.cost(self.built.x, 0.0)
        now = worst_shortage(self.problem, self.after(self.x))
        reached = int(np.searchsorted(shares, now - TINY))
        proven = at = self.least_share(shares, reached)
        now = worst_shortage(self.problem, self.after(self.x))
        reached = int(np.searchsorted(shares, now - TINY))
        every = np.ones(self.ways.n, dtype=bool)
        while at < reached and self.clock.left(SHARE_WORST) > 0:
            self.built.allow(self.most(shares[at]))
            found = self.whole("worst_shortage", self.kept, SHARE_WORST, begin=False)
            if found.status is Status.IMPOSSIBLE and not self.kept.all():
                found = self.whole("worst_shortage", every, SHARE_WORST, begin=False)
            if found.has_answer:
                self.x = np.round(found.x[self.built.x])
                now = worst_shortage(self.problem, self.after(self.x))
                reached = int(np.searchsorted(shares, now - TINY))
                if proven == at:
                    break
                at = (proven + reached) // 2
            elif found.status is Status.IMPOSSIBLE:
                proven = at + 1 if proven == at else proven
                at += 1
            else:
                at = (at + reached + 1) // 2
        if 0 < proven <= at and not self.is_beyond(shares[proven - 1]):
            proven = 0
        self.bounds["worst_shortage"] = min(now, float(shares[proven]))
        self.built.allow(self.most(now))

    def is_beyond(self, share: float) -> bool:
        """Whether no plan over any ways reaches a share, even with parts of people."""
        least = alone(self.problem, self.ways)
        if self.known:
            least = max(least, self.known.term("worst_shortage").bound)
        if share < least - TINY:
            return True
        while self.fits(share) is False:
            is_proven, weaker = self.built.model.refuted()
            missed = ~self.kept & (weaker[self.built.x] > 0)
            if not missed.any():
                return is_proven
            self.kept |= missed
        return False

    def least_share(self, shares: Floats, reached: int) -> int:
        """Return the first share that is possible with parts of people, by its index."""
        least = alone(self.problem, self.ways)
        if self.known:
            least = max(least, self.known.term("worst_shortage").bound)
        low, high = min(reached, int(np.searchsorted(shares, least - TINY))), reached
        # Often one lonely cell is all that stands in the way.
        if 0 < low < high:
            fits = self.fits(shares[low])
            if fits is not None:
                low, high = (low, low) if fits else (low + 1, high)
        is_first = True
        while low < high and self.clock.left(SHARE_WORST) > 0:
            middle = (low + high) // 2
            fits = self.fits(shares[middle])
            if fits is None:
                break
            if fits and is_first:
                # Should time run out, this much is reached.
                found = self.whole(
                    "worst_shortage", self.kept, SHARE_WORST, begin=False
                )
                if found.has_answer:
                    self.x = np.round(found.x[self.built.x])
                is_first = False
            low, high = (low, middle) if fits else (middle + 1, high)
        return low

    def fits(self, share: float) -> bool | None:
        """Return whether parts of people over the kept ways reach a share; None: no time."""
        self.built.allow(self.most(share))
        model = self.built.model
        model.bound(self.built.x, upper=np.where(self.kept, self.room, 0.0))
        found = model.solve(
            seconds=self.clock.left(SHARE_WORST),
            relaxed=True,
            again=True,
            phase="worst_shortage",
            watch=self.clock.watch,
        )
        return found.has_answer if found.status is not Status.NO_ANSWER else None

    def missing(self) -> None:
        """Find the fewest missing posts at that worst shortage, by ways that are short."""
        model = self.built.model
        both = self.both()
        model.cost(self.columns, both)
        loose, prices = self.relaxed("missing_posts", SHARE_MISSING)
        if prices is not None:
            self.keep(loose, prices, "missing_posts", SHARE_MISSING, both)
        model.cost(self.columns, self.weighted)
        bound, _prices = self.relaxed("missing_posts", SHARE_BOUND)
        known = bound.objective if _prices is not None else -self.fixed
        self.bounds["missing_posts"] = known + self.fixed
        most = self.value(self.weighted, self.x) + TINY
        model.limit(self.enough, upper=most)

    def both(self) -> Floats:
        """Return the cost of missing posts and of travel together."""
        both = self.weighted * KM_A_POST
        both[: self.ways.n] += self.cost
        return both

    def travel(self) -> None:
        """Find the shortest ways for as few missing posts."""
        self.built.model.cost(self.built.x, self.cost)
        loose, prices = self.relaxed("travel", 1.0)
        self.bounds["travel"] = 0.0
        if prices is None:
            return
        costs = np.concatenate([self.cost, np.zeros(self.columns.size - self.ways.n)])
        beyond = self.keep(loose, prices, "travel", 1.0, costs)
        self.bounds["travel"] = max(loose.objective, beyond)

    def keep(
        self, loose: Solution, prices: Floats, code: str, share: float, cost: Floats
    ) -> float:
        """Take a whole plan that costs less; return what no whole plan can beat."""
        beyond = -INF
        for most in SIZES:
            kept = _useful(self.ways, prices, most, self.x, loose.x[self.built.x])
            found = self.whole(code, kept, share, gap=1e-5)
            if found.has_answer:
                x = np.round(found.x[self.built.x])
                if self.value(cost, x) < self.value(cost, self.x):
                    self.x = x
            # A plan with a way that was left out costs at least that way's price more.
            price = prices[~kept].min(initial=INF)
            beyond = max(beyond, min(found.bound, loose.objective + price))
            if kept.all():
                break
        return beyond

    # -- models -----------------------------------------------------------------------

    def relaxed(self, code: str, share: float) -> tuple[Solution, Floats | None]:
        """
        Return the best plan with parts of people over all ways, and the price of each way.

        Ways are added as long as the prices say that they would help; the prices are None
        when time was over before that.
        """
        model, x = self.built.model, self.built.x
        while True:
            model.bound(x, upper=np.where(self.kept, self.room, 0.0))
            found = model.solve(
                seconds=self.clock.left(share),
                relaxed=True,
                again=True,
                phase=code,
                watch=self.clock.watch,
            )
            if not found.has_answer or found.status is not Status.OPTIMAL:
                if found.status is Status.IMPOSSIBLE and not self.kept.all():
                    self.kept[:] = True
                    continue
                return found, None
            prices = model.price(found.duals)[x]
            better = np.flatnonzero(~self.kept & (prices < -TINY))
            if not better.size:
                return found, prices
            self.kept[better[np.argsort(prices[better])[:MOST_ADDED]]] = True

    def whole(
        self,
        code: str,
        kept: NDArray[np.bool_],
        share: float,
        *,
        gap: float = 0.0,
        begin: bool = True,
    ) -> Solution:
        """Return the best plan with whole people over some ways."""
        model = self.built.model
        model.bound(self.built.x, upper=np.where(kept, self.room, 0.0))
        return model.solve(
            seconds=self.clock.left(share),
            gap=gap,
            seed=self.seed,
            start=self.start() if begin else None,
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

    def value(self, weighted: Floats, x: Floats) -> float:
        """Return what a plan costs, in the columns' order: ways, then `short`."""
        after = np.maximum(0, self.after(x)[self.built.cells])
        n = self.ways.n
        return float(weighted[:n] @ x + weighted[n : n + after.size] @ after)

    # -- answers ----------------------------------------------------------------------

    def known_bound(self, code: str, before: list[Term]) -> float:
        """Return a bound that is known, as long as the aims before are as good."""
        if self.known is None:
            return -INF
        for term in before:
            if term.value > self.known.term(term.code).value + TINY:
                return -INF
        return self.known.term(code).bound

    def is_sound(self) -> bool:
        """Whether the plan keeps every limit."""
        start = self.start()
        sound = self.built.model.holds(start)
        worst = self.problem.worst_allowed
        if worst is not None:
            sound &= worst_shortage(self.problem, self.after(self.x)) <= worst + TINY
        return bool(sound)

    def without_start(self) -> Result[Move]:
        """Look for any plan that keeps the limits, then for the best one."""
        model = self.built.model
        self.kept[:] = True
        worst = self.problem.worst_allowed
        self.built.allow(self.most(1.0 if worst is None else worst))
        model.cost(self.built.x, 0.0)
        found = model.solve(
            seconds=self.clock.left(),
            seed=self.seed,
            phase="worst_shortage",
            watch=self.clock.watch,
        )
        if not found.has_answer:
            return Result(found.status, (), (), (), self.clock.spent, self.seed)
        self.x = np.round(found.x[self.built.x])
        self.run()
        return self.result()

    def result(self) -> Result[Move]:
        """Return the best plan with its aims, bounds and limits."""
        problem = self.problem
        after = self.after(self.x)
        values = {
            "worst_shortage": worst_shortage(problem, after),
            "missing_posts": self.value(self.weighted, self.x) + self.fixed,
            "travel": float(self.cost @ self.x),
        }
        units = {"worst_shortage": "ratio", "missing_posts": "posts", "travel": "km"}
        terms: list[Term] = []
        for code, value in values.items():
            bound = max(self.bounds[code], self.known_bound(code, terms))
            terms.append(Term(code, value, max(0.0, min(value, bound)), units[code]))
        is_proven = all(term.gap <= PROVEN[term.code] for term in terms)
        return Result(
            status=Status.OPTIMAL if is_proven else Status.FEASIBLE,
            terms=tuple(terms),
            moves=self.ways.moves(problem, self.x),
            binding=binding(problem, self.ways, self.x, after),
            seconds=self.clock.spent,
            seed=self.seed,
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
