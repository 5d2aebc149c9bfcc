"""
Whole buildings as columns: each pattern is one building, from one year on, with its needs.

A model that chooses a building for each need lets a need be served by parts of several
buildings, and a repair be spread over years. Patterns know neither: what they reach with
parts of patterns is some per cent closer to the best plan. There are far too many to write
down, so those that the prices ask for are added until none is left that would help.

Source: Dantzig and Wolfe's decomposition; a knapsack for each building and year prices.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Final

import numpy as np

from haicap.core.optimise.clock import Clock
from haicap.core.optimise.language import Status
from haicap.core.optimise.mip import INF, Ints, Model
from haicap.core.optimise.premises.model import Ways
from haicap.core.optimise.premises.problem import Floats, Problem


TINY: Final = 1e-6
FEW: Final = 2_000  # patterns that are searched first, and for how much of the time
FEW_FIRST: Final = 0.6
MOST_TRIED: Final = 20_000  # choices that one knapsack looks at
MOST_NEAR: Final = 10_000  # patterns that are added because they are nearly as good


@dataclass(frozen=True)
class Proof:
    """
    What prices of the rows prove: no plan costs less than the bound in an aim.

    A plan with a pattern costs at least that pattern's price more.
    """

    code: str
    prices: Floats  # (n_rows,)
    bound: float


class Patterns:
    """The patterns so far, and the model over them; every aim is made small."""

    def __init__(
        self, problem: Problem, ways: Ways, costs: Mapping[str, Floats], repair: Floats
    ) -> None:
        """
        `costs`: of each way, by aim, shape (n_ways,); `repair`: of each building, paid once
        a pattern; shape (n_buildings,).
        """
        self._problem, self._ways, self._costs, self._repair = (
            problem,
            ways,
            costs,
            repair,
        )
        self._floor = np.array([one.floor_m2 for one in problem.buildings])
        self._is_split = np.array([one.can_split for one in problem.buildings])
        # A spot is a building in a year; ways by spot, and where each spot begins.
        self._n_spots = len(problem.buildings) * problem.n_years
        spot = ways.building * problem.n_years + ways.year
        self._by_spot = np.argsort(spot, kind="stable")
        self._first = np.searchsorted(spot[self._by_spot], np.arange(self._n_spots + 1))
        self._served: list[Ints] = []  # the ways of each pattern
        self._known: set[tuple[int, ...]] = set()
        self.model = model = Model()
        none = np.empty(0, dtype=np.int64)
        n_needs, n_buildings = len(problem.needs), len(problem.buildings)
        wanted = {problem.need_at[pin.need] for pin in problem.pins if pin.is_wanted}
        least = np.isin(np.arange(n_needs), list(wanted)) | problem.must_serve
        self._need = model.rows(
            none, none, lower=least.astype(float), upper=1.0, n=n_needs
        )
        self._building = model.rows(none, none, upper=1.0, n=n_buildings)
        budgets = problem.budgets
        self._budget = model.rows(none, none, upper=budgets, n=len(budgets))
        most = INF if problem.max_buildings is None else problem.max_buildings
        self._most = model.rows(none, none, upper=most, n=1)
        self._aim = {code: model.rows(none, none, n=1) for code in costs}
        # What has to be served may be left out at first, for more than any plan is worth.
        self._left_out = model.columns(int(least.sum()))
        model.entries(self._need[least], self._left_out)
        self._dear = 1e3 * max(1.0, *(float(np.abs(c).sum()) for c in costs.values()))
        self._dear /= max(1, ways.n)
        self._x: Ints = none
        self._is_open = np.ones(ways.n, dtype=bool)
        self._upper = np.empty(0)  # of each pattern: 0 when it is closed
        self._proof: Proof | None = None  # of the last look
        self._paid = {code: np.empty(0) for code in costs}  # of each pattern, by aim

    def take(self, x: Floats) -> None:
        """Add the patterns of a plan, shape (n_ways,)."""
        chosen = np.flatnonzero(x > 0.5)
        spot = self._ways.building[chosen] * self._problem.n_years
        spot += self._ways.year[chosen]
        self._add([(int(at), chosen[spot == at]) for at in np.unique(spot)])

    def limit(self, code: str, most: float) -> None:
        """
        Let an aim be no worse than this, while others are served.

        What is in no plan that good is closed: a pattern whose price at the last look was
        above what that leaves over the bound, and a way that only such patterns hold.
        """
        self.model.limit(self._aim[code], upper=most)
        proof = self._proof
        if proof is None or proof.code != code:
            return
        room = most - proof.bound + TINY * max(1.0, abs(most))
        self._aim_at(code)
        self._upper[self.model.price(proof.prices)[self._x] > room] = 0.0
        price, fixed = self._prices(code, proof.prices)
        for spot in range(self._n_spots):
            mine = slice(self._first[spot], self._first[spot + 1])
            if mine.start < mine.stop:
                _chosen, worth = self._best(spot, price)
                least = fixed[spot] - worth + np.maximum(0.0, price[mine])
                self._is_open[self._by_spot[mine][least > room]] = False

    def look(self, code: str, clock: Clock, share: float) -> Proof | None:
        """
        Add the patterns that help an aim; return the best proof of what no plan beats.

        None: there was no time for one look.
        """
        self._proof = None
        while True:
            self._aim_at(code)
            self.model.bound(self._x, upper=self._upper)
            found = self.model.solve(
                seconds=clock.left(share),
                relaxed=True,
                again=True,
                phase=code,
                watch=clock.watch,
            )
            if found.status is not Status.OPTIMAL:
                return self._proof
            new, better = self._ask(code, found.duals)
            bound = found.objective + better
            if self._proof is None or bound > self._proof.bound:
                self._proof = Proof(code, found.duals, bound)
            if not self._add(new):
                return self._proof

    def whole(
        self,
        proof: Proof,
        first: Floats | None,
        clock: Clock,
        share: float,
        *,
        gap: float,
        seed: int,
    ) -> tuple[Floats | None, float]:
        """
        Return the best plan of whole patterns so far, shape (n_ways,); None: nothing found.

        The second value is what no plan of the patterns that are there beats. `first` is a
        plan to begin with, whose patterns were added before. Those with the best prices
        are searched alone first.
        """
        model, code = self.model, proof.code
        self._aim_at(code)
        model.bound(self._left_out, upper=0.0)
        best = None
        if first is not None:
            best = np.zeros(model.n_columns)
            best[self._columns_of(first)] = 1.0
        dear = np.ones(self._x.size, dtype=bool)
        prices = model.price(proof.prices)[self._x] + np.where(
            self._upper > 0, 0.0, INF
        )
        dear[np.argsort(prices, kind="stable")[:FEW]] = False
        for part, closed in ((FEW_FIRST, dear), (1.0, np.zeros_like(dear))):
            if best is not None:
                closed = closed & (best[self._x] < 0.5)
            model.bound(self._x, upper=np.where(closed, 0.0, self._upper))
            found = model.solve(
                seconds=part * clock.left(share),
                gap=gap,
                seed=seed,
                start=best,
                phase=code,
                watch=clock.watch,
            )
            if found.has_answer:
                best = np.round(found.x)
        model.bound(self._left_out, upper=INF)
        if best is None:
            return None, found.bound
        plan = np.zeros(self._ways.n)
        for at in np.flatnonzero(best[self._x] > 0.5):
            plan[self._served[at]] = 1.0
        return plan, found.bound

    # -- columns ----------------------------------------------------------------------

    def _aim_at(self, code: str) -> None:
        columns = np.concatenate([self._x, self._left_out])
        dear = np.full(self._left_out.size, self._dear)
        self.model.cost(columns, np.concatenate([self._paid[code], dear]))

    def _columns_of(self, x: Floats) -> Ints:
        """Return the columns of a plan whose patterns were added before."""
        at = {
            tuple(served.tolist()): column
            for served, column in zip(self._served, self._x, strict=True)
        }
        chosen = np.flatnonzero(x > 0.5)
        building = self._ways.building[chosen]
        return np.array(
            [
                at[tuple(chosen[building == one].tolist())]
                for one in np.unique(building)
            ],
            dtype=np.int64,
        )

    def _add(self, new: list[tuple[int, Ints]]) -> bool:
        """Add patterns that are not there yet; whether there was one."""
        fresh = []
        for spot, served in new:
            served = np.sort(served)
            key = tuple(served.tolist())
            if key not in self._known:
                self._known.add(key)
                fresh.append((spot, served))
        if not fresh:
            return False
        model, n_years = self.model, self._problem.n_years
        x = model.columns(len(fresh), integer=True)
        spots = np.array([spot for spot, _served in fresh])
        ways = np.concatenate([served for _spot, served in fresh])
        of = np.repeat(x, [len(served) for _spot, served in fresh])
        building, year = np.divmod(spots, n_years)
        repair = self._repair[building]
        rows = [
            (self._need[self._ways.need[ways]], of, np.ones(ways.size)),
            (self._building[building], x, np.ones(x.size)),
            (self._budget[self._ways.year[ways]], of, self._ways.money[ways]),
            (self._budget[year], x, repair),
            (np.repeat(self._most, x.size), x, np.ones(x.size)),
        ]
        first = np.searchsorted(of, x)
        for code, costs in self._costs.items():
            paid = np.add.reduceat(costs[ways], first)
            paid += repair if code == "money" else 0.0
            self._paid[code] = np.concatenate([self._paid[code], paid])
            rows.append((np.repeat(self._aim[code], x.size), x, paid))
        row, column, value = (np.concatenate(part) for part in zip(*rows, strict=True))
        model.entries(*_summed(row, column, value))
        self._served += [served for _spot, served in fresh]
        self._x = np.concatenate([self._x, x])
        self._upper = np.concatenate([self._upper, np.full(x.size, INF)])
        return True

    # -- prices -----------------------------------------------------------------------

    def _prices(self, code: str, duals: Floats) -> tuple[Floats, Floats]:
        """
        Return what each way and each spot adds to the price of a pattern.

        Shapes: (n_ways,), in the order of the spots, and (n_spots,).
        """
        ways, n_years = self._ways, self._problem.n_years
        price = self._costs[code] - duals[self._need[ways.need]]
        price -= duals[self._budget[ways.year]] * ways.money
        for other, row in self._aim.items():
            price -= duals[row[0]] * self._costs[other]
        building, year = np.divmod(np.arange(self._n_spots), n_years)
        money = (
            (code == "money") - duals[self._budget[year]] - duals[self._aim["money"]]
        )
        fixed = self._repair[building] * money
        fixed -= duals[self._building[building]] + duals[self._most]
        price[~self._is_open] = INF
        return price[self._by_spot], fixed

    def _spots_within(self, price: Floats, fixed: Floats, most: float) -> Iterator[int]:
        """Yield the spots where some pattern could have a price of at most so much."""
        first = self._first[:-1]
        total = np.add.reduceat(np.append(np.minimum(0.0, price), 0.0), first)
        total[first == self._first[1:]] = 0.0
        yield from np.flatnonzero(total + fixed < most).tolist()

    def _ask(self, code: str, duals: Floats) -> tuple[list[tuple[int, Ints]], float]:
        """
        Return the best pattern of each building and year that helps at these prices.

        The second value, not above 0, is by how much they could help together at most: one
        pattern a building.
        """
        price, fixed = self._prices(code, duals)
        new, best = [], np.zeros(len(self._problem.buildings))
        for spot in self._spots_within(price, fixed, -TINY):
            chosen, at_most = self._best(spot, price)
            building = spot // self._problem.n_years
            best[building] = max(best[building], at_most - fixed[spot])
            at = np.arange(self._first[spot], self._first[spot + 1])[chosen]
            if -price[at].sum() - fixed[spot] > TINY:
                new.append((spot, self._by_spot[at]))
        return new, -float(best.sum())

    def _best(self, spot: int, price: Floats) -> tuple[list[int], float]:
        """Return what a spot takes at these prices, and what that is worth at most."""
        mine = slice(self._first[spot], self._first[spot + 1])
        helps = np.flatnonzero(price[mine] < -TINY)
        worth = -price[mine][helps]
        building = spot // self._problem.n_years
        if not helps.size:
            return [], 0.0
        if not self._is_split[building]:
            best = int(np.argmax(worth))
            return [int(helps[best])], float(worth[best])
        size = self._ways.m2[self._by_spot[mine][helps]]
        chosen, at_most = knapsack(worth, size, self._floor[building] + TINY)
        return helps[chosen].tolist(), at_most

    def add_near(self, proof: Proof, most: float) -> float:
        """
        Add every pattern up to a price, as near to `most` as few enough allow; return it.

        Of a plan that costs at most so much more than the bound, all patterns are then there.
        """
        price, fixed = self._prices(proof.code, proof.prices)
        for _try in range(12):
            near = self._within(price, fixed, most)
            if near is not None:
                self._add(near)
                return most
            most /= 2
        return 0.0

    def _within(
        self, price: Floats, fixed: Floats, most: float
    ) -> list[tuple[int, Ints]] | None:
        """Return every pattern whose price is at most so much; None: too many."""
        near: list[tuple[int, Ints]] = []
        for spot in self._spots_within(price, fixed, most):
            building = spot // self._problem.n_years
            mine = slice(self._first[spot], self._first[spot + 1])
            those = self._by_spot[mine]
            some = subsets(
                price[mine],
                self._ways.m2[those],
                self._floor[building] + TINY,
                most - fixed[spot],
                most_items=None if self._is_split[building] else 1,
                most_subsets=MOST_NEAR - len(near),
            )
            if some is None:
                return None
            near += [(spot, those[chosen]) for chosen in some]
        return near


def knapsack(worth: Floats, size: Floats, room: float) -> tuple[list[int], float]:
    """
    Return what to take for the most worth within the room, and what no choice beats.

    Both agree unless more than `MOST_TRIED` choices would have to be looked at.
    """
    order = np.argsort(-worth / size, kind="stable").tolist()
    values, sizes = worth[order].tolist(), size[order].tolist()
    best, n_tried = 0.0, 0
    chosen: tuple[int, ...] = ()
    open_: list[tuple[int, float, float, tuple[int, ...]]] = [(0, 0.0, room, ())]
    while open_:
        at, value, left, taken = open_.pop()
        if value > best:
            best, chosen = value, taken
        if _at_most(values, sizes, at, value, left) <= best + 1e-9:
            continue
        n_tried += 1
        if n_tried > MOST_TRIED:
            open_.append((at, value, left, taken))
            break
        open_.append((at + 1, value, left, taken))
        if sizes[at] <= left:
            open_.append((at + 1, value + values[at], left - sizes[at], (*taken, at)))
    beyond = [
        _at_most(values, sizes, at, value, left) for at, value, left, _taken in open_
    ]
    return [order[one] for one in chosen], max([best, *beyond])


def subsets(
    price: Floats,
    size: Floats,
    room: float,
    most: float,
    *,
    most_items: int | None,
    most_subsets: int,
) -> list[list[int]] | None:
    """Return all choices within the room whose price is at most so much; None: too many."""
    order = np.argsort(price, kind="stable").tolist()
    prices, sizes = price[order].tolist(), size[order].tolist()
    gain = np.append(np.cumsum(np.minimum(0.0, price[order])[::-1])[::-1], 0.0).tolist()
    found: list[list[int]] = []
    open_: list[tuple[int, float, float, list[int]]] = [(0, 0.0, room, [])]
    n_tried = 0
    while open_:
        at, paid, left, taken = open_.pop()
        n_tried += 1
        if n_tried > 20 * most_subsets:
            return None
        if taken and paid <= most:
            found.append([order[one] for one in taken])
            if len(found) > most_subsets:
                return None
        if most_items is not None and len(taken) >= most_items:
            continue
        for one in range(at, len(prices)):
            if paid + prices[one] + gain[one + 1] > most:
                break  # what follows costs more still
            if sizes[one] <= left:
                spare = left - sizes[one]
                open_.append((one + 1, paid + prices[one], spare, [*taken, one]))
    return found


def _at_most(
    values: list[float], sizes: list[float], at: int, value: float, left: float
) -> float:
    """Return the worth when the last thing may be taken in part."""
    for worth, size in zip(values[at:], sizes[at:], strict=True):
        if size > left:
            return value + worth * left / size
        value += worth
        left -= size
    return value


def _summed(row: Ints, column: Ints, value: Floats) -> tuple[Ints, Ints, Floats]:
    """Return the entries with those of the same place added up."""
    order = np.lexsort((row, column))
    row, column, value = row[order], column[order], value[order]
    is_first = np.append(True, (np.diff(row) != 0) | (np.diff(column) != 0))
    at = np.flatnonzero(is_first)
    return row[at], column[at], np.add.reduceat(value, at)
