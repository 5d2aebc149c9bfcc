"""Which limits of shared boards have to give way when no plan keeps them all."""

from __future__ import annotations

import time
from dataclasses import replace

import numpy as np

from haicap.core.optimise.boards.model import Built, build
from haicap.core.optimise.boards.problem import Problem
from haicap.core.optimise.easing import Easing, Elastic
from haicap.core.optimise.language import Figure, Relaxation, gettext_noop


def relax(problem: Problem, *, seconds: float, seed: int = 0) -> Relaxation:
    """
    Return a smallest set of limits to ease, and the least by which.

    The number of boards, capacities, least loads and the distance, commune by commune,
    may give way; who may host, share or entrust never does.
    """
    began = time.monotonic()
    wide = replace(problem, max_km=None)
    cost = wide.cost
    built = build(wide, cost, np.isfinite(cost))
    easing = Easing(built.model)
    n = len(problem.units)
    words = gettext_noop("Allow %(by)s more boards than %(limit)s.")
    told = {"limit": problem.max_boards}
    easing.add(built.count, -1.0, Elastic("max_boards", "", words, told, float(n)))
    total = float(problem.load.sum())
    words = gettext_noop("The board at %(unit)s: let it do %(by)s more than %(limit)s.")
    less = gettext_noop("The board at %(unit)s: let it do %(by)s less than %(limit)s.")
    for at, (unit, one) in enumerate(
        zip(problem.units, problem.conditions, strict=True)
    ):
        if not one.may_host:
            continue
        given = {"unit": unit.name, "limit": Figure(one.capacity)}
        limit = Elastic(
            "capacity", unit.id, words, given, total, max(1.0, one.capacity)
        )
        easing.add(built.capacity[at : at + 1], -1.0, limit)
        if one.least_load > 0:
            given = {"unit": unit.name, "limit": Figure(one.least_load)}
            size = one.least_load
            limit = Elastic("least_load", unit.id, less, given, size, size)
            easing.add(built.least[at : at + 1], 1.0, limit)
    if problem.max_km is not None:
        _far(problem, built, easing, problem.max_km)
    return easing.smallest(seconds=seconds - (time.monotonic() - began), seed=seed)


def _far(problem: Problem, built: Built, easing: Easing, most: float) -> None:
    """Let each commune go farther than the limit, as one limit."""
    words = gettext_noop("%(unit)s: allow %(by)s km more than %(limit)s.")
    own = np.flatnonzero(built.board < len(problem.units))
    km = problem.km[built.unit[own], built.board[own]]
    beyond = np.maximum(0.0, km - most)
    for at in np.unique(built.unit[own][beyond > 0]):
        mine = (built.unit[own] == at) & (beyond > 0)
        row = np.zeros(int(mine.sum()), dtype=int)
        rows = built.model.rows(row, built.x[own[mine]], beyond[mine], upper=0.0)
        unit = problem.units[at]
        told = {"unit": unit.name, "limit": Figure(most)}
        limit = Elastic("max_km", unit.id, words, told, float(beyond[mine].max()))
        easing.add(rows, -1.0, limit)
