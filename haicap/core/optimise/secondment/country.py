"""A country's plan: one province after another, since nobody is sent to another province."""

from __future__ import annotations

import os
from collections import defaultdict
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from threading import Lock

import numpy as np

from haicap.core.optimise.clock import Clock
from haicap.core.optimise.language import Limit, Result, Status, Term, Watch
from haicap.core.optimise.secondment.problem import Move, Problem
from haicap.core.optimise.secondment.search import PROVEN
from haicap.core.optimise.secondment.solve import solve


def solve_by_province(
    problem: Problem, *, seconds: float, seed: int = 0, watch: Watch | None = None
) -> Result[Move]:
    """
    Return one plan for all provinces, each with its share of the time by its people.

    Each core of the machine has one province at a time; `watch` is called from all of them.
    The worst shortage is that of the worst province. Limits of the whole (moves, budget)
    are not shared out here: give them by province.
    """
    clock = Clock(seconds)
    parts = by_province(problem)
    in_turn = _InTurn([len(part.people) for part in parts], clock)

    def one(part: Problem) -> Result[Move]:
        left = in_turn.share(len(part.people))
        return solve(part, seconds=left, seed=seed, watch=watch, n_cores=1)

    # The largest first, so that no core waits for it at the end.
    largest = sorted(range(len(parts)), key=lambda at: -len(parts[at].people))
    with ThreadPoolExecutor(in_turn.n_cores) as pool:
        found = dict(
            zip(largest, pool.map(one, (parts[at] for at in largest)), strict=True)
        )
    results = [found[at] for at in range(len(parts))]
    spent = clock.spent
    if not all(result.has_plan for result in results):
        worst = next(result.status for result in results if not result.has_plan)
        return Result(worst, (), (), (), spent, seed)
    terms = []
    for code in PROVEN:
        each = [result.term(code) for result in results]
        join = max if code == "worst_shortage" else sum
        terms.append(
            Term(
                code,
                float(join(term.value for term in each)),
                float(join(term.bound for term in each)),
                each[0].unit,
            )
        )
    is_proven = all(term.gap <= PROVEN[term.code] for term in terms)
    binding: list[Limit] = [one for result in results for one in result.binding]
    return Result(
        status=Status.OPTIMAL if is_proven else Status.FEASIBLE,
        terms=tuple(terms),
        moves=tuple(move for result in results for move in result.moves),
        binding=tuple(binding[:50]),
        seconds=spent,
        seed=seed,
    )


class _InTurn:
    """Shares out the time of all cores by people, one province after another."""

    def __init__(self, people: Sequence[int], clock: Clock) -> None:
        self.n_cores = max(1, min(len(people), os.cpu_count() or 1))
        self._left = sum(people)
        self._clock = clock
        self._lock = Lock()

    def share(self, people: int) -> float:
        """Return the seconds of the next province, which has so many people."""
        with self._lock:
            left = max(0.01, self._clock.left())
            part = self.n_cores * left * people / max(1, self._left)
            self._left -= people
        return min(left, part)


def by_province(problem: Problem) -> list[Problem]:
    """Return a problem for each province, in order of their ids."""
    places: dict[str, list[int]] = defaultdict(list)
    for at, unit in enumerate(problem.units):
        places[unit.province].append(at)
    people = defaultdict(list)
    province_of = [unit.province for unit in problem.units]
    for person in problem.people:
        people[province_of[person.home]].append(person)
    parts = []
    for province, units in sorted(places.items()):
        new = {old: at for at, old in enumerate(units)}
        known = {person.id for person in people[province]}
        chosen = np.array(units)
        parts.append(
            replace(
                problem,
                units=tuple(problem.units[at] for at in units),
                people=tuple(
                    replace(person, home=new[person.home])
                    for person in people[province]
                ),
                need=problem.need[chosen],
                present=problem.present[chosen],
                weight=problem.weight[chosen],
                floor=problem.floor[chosen],
                km=problem.km[np.ix_(chosen, chosen)],
                pins=tuple(pin for pin in problem.pins if pin.person in known),
            )
        )
    return parts
