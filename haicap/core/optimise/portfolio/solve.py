"""The most benefit within the budgets, then the least money for it."""

from __future__ import annotations

from collections.abc import Sequence
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
    Watch,
    gettext_noop,
)
from haicap.core.optimise.mip import Ints
from haicap.core.optimise.portfolio.model import Starts, build, starts
from haicap.core.optimise.portfolio.problem import Floats, Move, Problem
from haicap.core.optimise.portfolio.search import Search


GAP: Final = 5e-4  # of the benefit; half of what counts as proven
PROVEN: Final = 1e-3
TINY: Final = 1e-6


def solve(
    problem: Problem,
    *,
    seconds: float,
    seed: int = 0,
    watch: Watch | None = None,
    gap: float = GAP,
    begin: Sequence[Move] = (),
) -> Result[Move]:
    """
    Return the best portfolio found in so many seconds, with its bound.

    `begin`: a portfolio to begin with, if it keeps the limits.

    The money is that of plans with as much benefit; it is not proven to the end.
    """
    clock = Clock(seconds, watch)
    every = starts(problem)
    built = build(problem, every)
    price = problem.earlier.price if problem.earlier else 0.0
    gain = every.benefit - price * every.changes
    built.model.cost(built.x, -gain)
    tried = [every.x(problem, begin), _by_hand(problem, every)]
    if problem.earlier:
        tried.append(every.x(problem, problem.earlier.moves))
    sound = [x for x in tried if built.model.holds(x)]
    first = max(sound, key=lambda x: float(gain @ x), default=None)
    search = Search(built, every, gain, clock)
    status = search.run(first, gap=gap, seed=seed)
    x, bound = search.x, search.bound
    if x is None or status is Status.IMPOSSIBLE:
        return Result(status, (), (), (), clock.spent, seed)
    fixed = price * _n_kept(problem)
    value = search.value
    spent_money = every.money.sum(axis=1)
    terms = (
        Term(
            "benefit", value - fixed, max(value, bound) - fixed, "points", is_gain=True
        ),
        Term("money", float(spent_money @ x), 0.0, "million VND"),
    )
    return Result(
        status=Status.OPTIMAL if terms[0].gap <= PROVEN else Status.FEASIBLE,
        terms=terms,
        moves=every.moves(problem, x),
        binding=tuple(binding(problem, every, x)),
        seconds=clock.spent,
        seed=seed,
    )


def _n_kept(problem: Problem) -> int:
    """Return how many projects of an earlier plan are still there."""
    if problem.earlier is None:
        return 0
    return sum(move.project in problem.project_at for move in problem.earlier.moves)


def _by_hand(problem: Problem, every: Starts) -> Floats:
    """
    Return the portfolio an office makes: the most points for the money first.

    What is pinned comes before, then what a floor asks for.
    """
    hand = _Hand(problem, every)
    spent = every.money.sum(axis=1)
    order = np.lexsort((every.year, -every.benefit / np.maximum(spent, 1e-9)))
    wanted = {problem.project_at[pin.project] for pin in problem.pins if pin.is_wanted}
    hand.take(order[np.isin(every.project[order], list(wanted))])
    for floor in problem.floors:
        mine = order[np.isin(every.project[order], problem.of_floor(floor))]
        hand.take(mine, until=floor.least)
    for _pass in range(2):  # what waited for another may follow it
        hand.take(order)
    return hand.x


class _Hand:
    """A portfolio that is filled one start after another."""

    def __init__(self, problem: Problem, every: Starts) -> None:
        self.x = np.zeros(len(every.project))
        self._problem, self._every = problem, every
        self._free = problem.budgets.copy()
        self._closed = np.zeros(len(problem.projects), dtype=bool)
        self._begun: dict[int, int] = {}
        self._others: dict[int, list[int]] = {}
        for names in problem.alternatives:
            places = [problem.project_at[name] for name in names]
            for place in places:
                self._others.setdefault(place, []).extend(places)
        self._waits: dict[int, list[tuple[int, int]]] = {}
        for rule in problem.precedence:
            before = problem.project_at[rule.before]
            after = problem.project_at[rule.after]
            self._waits.setdefault(after, []).append((before, rule.years))
        self._open = np.ones(len(every.project), dtype=bool)
        for pin in problem.pins:
            mine = every.project == problem.project_at[pin.project]
            if pin.year is not None:
                there = every.year == pin.year - problem.first_year
                mine &= there if not pin.is_wanted else ~there
            elif pin.is_wanted:
                continue
            self._open &= ~mine

    def take(self, order: Ints, until: float = np.inf) -> None:
        """Start what fits, in this order, until so much money is spent on it."""
        every = self._every
        given = float((every.money[order] * self.x[order, None]).sum())
        for at in order:
            if given >= until:
                return
            if self._fits(int(at)):
                project = int(every.project[at])
                self.x[at] = 1.0
                self._free -= every.money[at]
                given += float(every.money[at].sum())
                self._begun[project] = int(every.year[at])
                self._closed[[project, *self._others.get(project, ())]] = True

    def _fits(self, at: int) -> bool:
        project, year = int(self._every.project[at]), int(self._every.year[at])
        if not self._open[at] or self._closed[project]:
            return False
        if (self._every.money[at] > self._free + TINY).any():
            return False
        return all(
            before in self._begun and self._begun[before] + years <= year
            for before, years in self._waits.get(project, ())
        )


def binding(problem: Problem, every: Starts, x: Floats) -> list[Limit]:
    """Return the budgets that leave no room for the cheapest project that waits."""
    used = x @ every.money
    limits = []
    waiting = np.setdiff1d(every.project, every.project[x > 0.5])
    cheapest = min((problem.projects[at].cost[0] for at in waiting), default=0.0)
    for year, (paid, most) in enumerate(zip(used, problem.budgets, strict=True)):
        if len(waiting) and paid + cheapest > most:
            words = Sentence(
                gettext_noop(
                    "%(year)s: %(paid)s of %(budget)s million VND are used; what is left "
                    "does not start another project."
                ),
                {
                    "year": problem.first_year + year,
                    "paid": Figure(paid, ",.0f"),
                    "budget": Figure(most, ",.0f"),
                },
            )
            name = str(problem.first_year + year)
            limits.append(Limit("budget", name, float(paid), float(most), words))
    spent = every.money.sum(axis=1)
    for floor in problem.floors:
        mine = np.isin(every.project, problem.of_floor(floor))
        paid = float(spent[mine] @ x[mine])
        if paid <= floor.least * 1.05:
            words = Sentence(
                gettext_noop(
                    "%(name)s receives %(paid)s million VND; its floor is %(least)s."
                ),
                {
                    "name": floor.name,
                    "paid": Figure(paid, ",.0f"),
                    "least": Figure(floor.least, ",.0f"),
                },
            )
            limits.append(Limit("floor", floor.name, paid, floor.least, words))
    return limits
