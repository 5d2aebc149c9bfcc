"""Which limits have to give way when no plan keeps them all."""

from __future__ import annotations

import time
from dataclasses import dataclass

import numpy as np

from haicap.core.optimise.language import (
    Eased,
    Relaxation,
    Sentence,
    Status,
    gettext_noop,
)
from haicap.core.optimise.secondment.model import Built, build
from haicap.core.optimise.secondment.problem import HUNDREDTHS, Floats, Ints, Problem
from haicap.core.optimise.secondment.ways import Ways, ways


@dataclass(frozen=True)
class _Limit:
    """A limit that may give way: its words, and how large one unit of it is."""

    code: str
    where: str
    words: str
    params: dict[str, object]
    size: float = 1.0


def relax(problem: Problem, *, seconds: float, seed: int = 0) -> Relaxation:
    """
    Return a smallest set of limits to ease, and the least by which it does.

    Floors of donors, the number of moves, the budget, the worst shortage allowed in a cell
    and the distance of those who are pinned may give way; exemptions never do.
    """
    began = time.monotonic()
    every = ways(problem, is_far_pinned=True)
    built = build(problem, every)
    limits, by, is_used = _elastic(problem, every, built)
    model = built.model
    left = seconds - (time.monotonic() - began)
    model.cost(is_used, 1.0)
    found = model.solve(seconds=left, gap=0.0, seed=seed)
    if found.status is not Status.OPTIMAL:
        return Relaxation((), False, time.monotonic() - began)
    chosen = found.x[is_used] > 0.5
    model.bound(is_used, upper=chosen.astype(float))
    sizes = np.array([limit.size for limit in limits])
    model.cost(by, 1.0 / sizes)
    least = model.solve(seconds=max(0.1, left), gap=1e-6, seed=seed)
    amounts = (least if least.has_answer else found).x[by]
    model.cost(by, 0.0)
    is_minimal = least.has_answer
    for one in np.flatnonzero(chosen):
        upper = chosen.astype(float)
        upper[one] = 0.0
        model.bound(is_used, upper=upper)
        again = model.solve(seconds=max(0.1, left), seed=seed)
        is_minimal &= again.status is Status.IMPOSSIBLE
    eased = tuple(
        Eased(
            limits[one].code,
            limits[one].where,
            float(amounts[one]),
            Sentence(
                limits[one].words, limits[one].params | {"by": f"{amounts[one]:,.4g}"}
            ),
        )
        for one in np.flatnonzero(chosen)
    )
    return Relaxation(eased, is_minimal, time.monotonic() - began)


def _elastic(
    problem: Problem, ways: Ways, built: Built
) -> tuple[list[_Limit], Ints, Ints]:
    """Add to each limit by how much it gives way, and whether it does."""
    model = built.model
    k = len(problem.fields)
    limits: list[_Limit] = []
    columns: list[Ints] = []
    most: list[float] = []

    def add(rows: Ints, value: float, limit: _Limit, at_most: float) -> None:
        column = model.columns(1, upper=at_most)
        model.entries(rows, column, value)
        limits.append(limit)
        columns.append(column)
        most.append(at_most)

    for cell, row in zip(built.donors, built.floors, strict=True):
        unit, name = divmod(int(cell), k)
        words = gettext_noop(
            "%(unit)s, %(field)s: lower the floor of %(floor)s people by %(by)s."
        )
        params = _cell(problem, unit, name) | {"floor": int(problem.floor[unit, name])}
        where = f"{problem.units[unit].id}/{problem.fields[name]}"
        limit = _Limit("floor", where, words, params)
        add(np.array([row]), -1.0, limit, float(problem.present[unit, name]))
    if built.moves.size:
        words = gettext_noop("Allow %(by)s more moves than %(limit)s.")
        limit = _Limit("max_moves", "", words, {"limit": problem.max_moves})
        add(built.moves, -1.0, limit, float(len(problem.people)))
    if built.budget.size:
        words = gettext_noop("Give %(by)s VND a month more than %(limit)s.")
        params = {"limit": f"{problem.budget:,.0f}"}
        limit = _Limit("budget", "", words, params, max(1.0, problem.budget or 1.0))
        add(
            built.budget, -1.0, limit, float(ways.cost.sum() * ways.room.max(initial=1))
        )
    if problem.worst_allowed is not None:
        need = problem.need.ravel()[built.cells]
        allowed = np.floor(need * HUNDREDTHS * problem.worst_allowed + 1e-6)
        lacks = model.rows(
            np.arange(len(need)), built.short, upper=allowed, n=len(need)
        )
        words = gettext_noop(
            "%(unit)s, %(field)s: allow %(by)s hundredths of a post more to be missing."
        )
        for at in np.flatnonzero(need > 0):
            unit, name = divmod(int(built.cells[at]), k)
            where = f"{problem.units[unit].id}/{problem.fields[name]}"
            limit = _Limit(
                "worst_allowed", where, words, _cell(problem, unit, name), HUNDREDTHS
            )
            add(lacks[at : at + 1], -1.0, limit, float(need[at] * HUNDREDTHS))
    _far(problem, ways, built, add)
    by = np.concatenate([np.empty(0, dtype=np.int64), *columns])
    at_most = np.array(most)
    is_used = model.columns(len(limits), upper=1.0, integer=True)
    rows = model.rows(np.arange(len(limits)), by, upper=0.0, n=len(limits))
    model.entries(rows, is_used, -at_most)
    return limits, by, is_used


def _far(problem: Problem, ways: Ways, built: Built, add: object) -> None:
    """Let those who are pinned go farther than the limit, each as one limit."""
    beyond: Floats = np.maximum(0.0, ways.km - problem.max_km)
    words = gettext_noop("%(person)s: allow %(by)s km more than %(limit)s.")
    for group in np.unique(ways.group[beyond > 0]):
        mine = np.flatnonzero((ways.group == group) & (beyond > 0))
        rows = built.model.rows(
            np.zeros(mine.size, int), built.x[mine], beyond[mine], upper=0.0
        )
        person = problem.people[ways.groups[group].people[0]].id
        limit = _Limit(
            "max_km", person, words, {"person": person, "limit": f"{problem.max_km:g}"}
        )
        add(rows, -1.0, limit, float(beyond[mine].max()))  # type: ignore[operator]


def _cell(problem: Problem, unit: int, name: int) -> dict[str, object]:
    return {"unit": problem.units[unit].name, "field": problem.fields[name]}
