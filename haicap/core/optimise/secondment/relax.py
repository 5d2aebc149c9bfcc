"""Which limits of a secondment have to give way when no plan keeps them all."""

from __future__ import annotations

import time

import numpy as np

from haicap.core.optimise.easing import Easing, Elastic
from haicap.core.optimise.language import Figure, Relaxation, gettext_noop
from haicap.core.optimise.secondment.model import Built, build
from haicap.core.optimise.secondment.problem import HUNDREDTHS, Problem
from haicap.core.optimise.secondment.ways import Ways, ways


def relax(problem: Problem, *, seconds: float, seed: int = 0) -> Relaxation:
    """
    Return a smallest set of limits to ease, and the least by which it does.

    Floors of donors, the number of moves, the budget, the worst shortage allowed in a cell
    and the distance of those who are pinned may give way; exemptions never do.
    """
    began = time.monotonic()
    every = ways(problem, is_far_pinned=True)
    built = build(problem, every)
    easing = Easing(built.model)
    _floors(problem, built, easing)
    _whole(problem, every, built, easing)
    _worst(problem, built, easing)
    _far(problem, every, built, easing)
    return easing.smallest(seconds=seconds - (time.monotonic() - began), seed=seed)


def _floors(problem: Problem, built: Built, easing: Easing) -> None:
    for cell, row in zip(built.donors, built.floors, strict=True):
        unit, name = divmod(int(cell), len(problem.fields))
        words = gettext_noop(
            "%(unit)s, %(field)s: lower the floor of %(floor)s people by %(by)s."
        )
        told = _told(problem, unit, name) | {"floor": int(problem.floor[unit, name])}
        most = float(problem.present[unit, name])
        where = _where(problem, unit, name)
        easing.add(np.array([row]), -1.0, Elastic("floor", where, words, told, most))


def _whole(problem: Problem, ways: Ways, built: Built, easing: Easing) -> None:
    if built.moves.size:
        words = gettext_noop("Allow %(by)s more moves than %(limit)s.")
        told = {"limit": problem.max_moves}
        most = float(len(problem.people))
        easing.add(built.moves, -1.0, Elastic("max_moves", "", words, told, most))
    if built.budget.size and problem.budget is not None:
        words = gettext_noop("Give %(by)s VND a month more than %(limit)s.")
        given = {"limit": Figure(problem.budget, ",.0f")}
        most = float(ways.cost.max(initial=0.0) * len(problem.people))
        limit = Elastic("budget", "", words, given, most, max(1.0, problem.budget))
        easing.add(built.budget, -1.0, limit)


def _worst(problem: Problem, built: Built, easing: Easing) -> None:
    if problem.worst_allowed is None:
        return
    need = problem.need.ravel()[built.cells]
    allowed = np.floor(need * HUNDREDTHS * problem.worst_allowed + 1e-6)
    every = np.arange(len(need))
    rows = built.model.rows(every, built.short, upper=allowed, n=len(need))
    words = gettext_noop(
        "%(unit)s, %(field)s: allow %(by)s hundredths of a post more to be missing."
    )
    for at in np.flatnonzero(need > 0):
        unit, name = divmod(int(built.cells[at]), len(problem.fields))
        told, where = _told(problem, unit, name), _where(problem, unit, name)
        most = float(need[at] * HUNDREDTHS)
        limit = Elastic("worst_allowed", where, words, told, most, HUNDREDTHS)
        easing.add(rows[at : at + 1], -1.0, limit)


def _far(problem: Problem, ways: Ways, built: Built, easing: Easing) -> None:
    """Let those who are pinned go farther than the limit, each as one limit."""
    beyond = np.maximum(0.0, ways.km - problem.max_km)
    words = gettext_noop("%(person)s: allow %(by)s km more than %(limit)s.")
    for group in np.unique(ways.group[beyond > 0]):
        mine = np.flatnonzero((ways.group == group) & (beyond > 0))
        row = np.zeros(mine.size, int)
        rows = built.model.rows(row, built.x[mine], beyond[mine], upper=0.0)
        person = problem.people[ways.groups[group].people[0]].id
        told = {"person": person, "limit": Figure(problem.max_km)}
        limit = Elastic("max_km", person, words, told, float(beyond[mine].max()))
        easing.add(rows, -1.0, limit)


def _told(problem: Problem, unit: int, name: int) -> dict[str, object]:
    return {"unit": problem.units[unit].name, "field": problem.fields[name]}


def _where(problem: Problem, unit: int, name: int) -> str:
    return f"{problem.units[unit].id}/{problem.fields[name]}"
