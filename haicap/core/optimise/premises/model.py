"""The linear model of premises: each need is served by one building from one year on."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from haicap.core.optimise.mip import Ints, Model
from haicap.core.optimise.premises.problem import Floats, Move, Problem, Use


@dataclass(frozen=True, eq=False)
class Ways:
    """Every way a need can be served, one entry each."""

    building: Ints  # (n_ways,)
    need: Ints  # (n_ways,)
    year: Ints  # (n_ways,) index from the first year
    m2: Floats  # (n_ways,) that are given
    served: Floats  # (n_ways,) weighted m2, less what they lose by waiting
    travel: Floats  # (n_ways,) person-km a visit
    money: Floats  # (n_ways,) million VND to convert, without the building's repair
    changes: Floats  # (n_ways,) 1 leaves an earlier plan, -1 keeps it

    @property
    def n(self) -> int:
        """Return how many ways there are."""
        return len(self.need)

    def moves(self, problem: Problem, x: Floats) -> tuple[Move, ...]:
        """Return the moves of a plan."""
        moves = [
            Move(
                problem.buildings[self.building[at]].id,
                problem.needs[self.need[at]].id,
                problem.first_year + int(self.year[at]),
            )
            for at in np.flatnonzero(x > 0.5)
        ]
        return tuple(sorted(moves, key=lambda move: move.need))

    def x(self, problem: Problem, moves: Sequence[Move]) -> Floats:
        """Return 1 for each way that is among these moves."""
        told = {(move.building, move.need, move.year) for move in moves}
        ids = zip(self.building, self.need, self.year, strict=True)
        return np.array(
            [
                float(
                    (
                        problem.buildings[b].id,
                        problem.needs[n].id,
                        problem.first_year + int(y),
                    )
                    in told
                )
                for b, n, y in ids
            ]
        )


@dataclass(frozen=True, eq=False)
class Built:
    """A model, and which of its columns and rows mean what."""

    model: Model
    x: Ints  # (n_ways,)
    used: Ints  # (n_buildings * n_years,) a building is repaired in that year
    budget: Ints  # (n_years,) rows
    serve: Ints  # (n_needs,) rows
    buildings: Ints  # (0 or 1,) row


def ways(problem: Problem) -> Ways:
    """Return all ways within the distance that suit, without those that a pin closes."""
    by_use: dict[Use, list[int]] = {}
    for at, one in enumerate(problem.buildings):
        for fit in one.fits:
            by_use.setdefault(fit.use, []).append(at)
    unit_of = np.array([one.unit for one in problem.buildings], dtype=np.int64)
    closed, only = _pinned(problem)
    rows: list[tuple[int, int, float, float]] = []
    for place, need in enumerate(problem.needs):
        able = np.array(by_use.get(need.use, []), dtype=np.int64)
        near = able[problem.km[unit_of[able], need.unit] <= problem.max_km]
        for at in near.tolist():
            there = problem.buildings[at]
            cost = problem.cost_of(there, need)
            if cost is None or (at, place) in closed or only.get(place, at) != at:
                continue
            rows.append((at, place, min(need.m2, there.floor_m2), cost))
    years = np.tile(np.arange(problem.n_years), len(rows))
    building = np.repeat(
        np.array([r[0] for r in rows], dtype=np.int64), problem.n_years
    )
    need_at = np.repeat(np.array([r[1] for r in rows], dtype=np.int64), problem.n_years)
    m2 = np.repeat(np.array([r[2] for r in rows]), problem.n_years)
    cost_m2 = np.repeat(np.array([r[3] for r in rows]), problem.n_years)
    weight = np.array([one.weight for one in problem.needs])
    users = np.array([one.users for one in problem.needs], dtype=float)
    unit = np.array([one.unit for one in problem.needs], dtype=np.int64)
    km = problem.km[unit_of[building], unit[need_at]] if rows else np.empty(0)
    return Ways(
        building,
        need_at,
        years,
        m2,
        weight[need_at] * m2 * problem.kept_a_year**years if rows else np.empty(0),
        users[need_at] * km if rows else np.empty(0),
        m2 * cost_m2,
        _changes(problem, building, need_at),
    )


def _pinned(problem: Problem) -> tuple[set[tuple[int, int]], dict[int, int]]:
    """Return the pairs that are forbidden, and the one building of a pinned need."""
    closed: set[tuple[int, int]] = set()
    only: dict[int, int] = {}
    for pin in problem.pins:
        need = problem.need_at[pin.need]
        if pin.is_wanted and pin.building is not None:
            only[need] = problem.building_at[pin.building]
        elif not pin.is_wanted and pin.building is not None:
            closed.add((problem.building_at[pin.building], need))
        elif not pin.is_wanted:
            only[need] = -1
    return closed, only


def _changes(problem: Problem, building: Ints, need: Ints) -> Floats:
    if problem.earlier is None:
        return np.zeros(len(need))
    before = {
        problem.need_at[move.need]: problem.building_at.get(move.building, -1)
        for move in problem.earlier.moves
        if move.need in problem.need_at
    }
    decided = np.array([before.get(int(at), -2) for at in need], dtype=np.int64)
    return np.where(decided == -2, 1.0, np.where(decided == building, -1.0, 0.0))


def build(problem: Problem, ways: Ways) -> Built:
    """Return the model, without an objective."""
    model = Model()
    n_years, n = problem.n_years, len(problem.buildings)
    x = model.columns(ways.n, upper=1.0, integer=True)
    used = model.columns(n * n_years, upper=1.0, integer=True)
    wanted = {problem.need_at[pin.need] for pin in problem.pins if pin.is_wanted}
    every = np.arange(len(problem.needs))
    least = np.isin(every, list(wanted)) | problem.must_serve
    serve = model.rows(ways.need, x, lower=least.astype(float), upper=1.0, n=every.size)
    model.rows(np.repeat(np.arange(n), n_years), used, upper=1.0, n=n)
    which = ways.building * n_years + ways.year
    floor = np.repeat([one.floor_m2 for one in problem.buildings], n_years)
    rows = model.rows(which, x, ways.m2, upper=0.0, n=n * n_years)
    model.entries(rows, used, -floor)
    undivided = [at for at, one in enumerate(problem.buildings) if not one.can_split]
    if undivided:
        mine = np.flatnonzero(np.isin(ways.building, undivided))
        _places, row = np.unique(ways.building[mine], return_inverse=True)
        model.rows(row, x[mine], upper=1.0, n=len(_places))
    # A part of a building cannot be used without the building.
    strong = model.rows(np.arange(ways.n), x, upper=0.0, n=ways.n)
    model.entries(strong, used[which], -1.0)
    limit = np.empty(0, dtype=np.int64)
    if problem.max_buildings is not None:
        row = np.zeros(used.size, dtype=int)
        limit = model.rows(row, used, upper=problem.max_buildings)
    budget = model.rows(ways.year, x, ways.money, upper=problem.budgets, n=n_years)
    repair = np.repeat([one.repair_cost for one in problem.buildings], n_years)
    model.entries(np.tile(budget, n), used, repair)
    return Built(model, x, used, budget, serve, limit)
