"""Which budgets and floors have to give way when no portfolio keeps them all."""

from __future__ import annotations

import time

import numpy as np

from haicap.core.optimise.easing import Easing, Elastic
from haicap.core.optimise.language import Figure, Relaxation, gettext_noop
from haicap.core.optimise.portfolio.model import build, starts
from haicap.core.optimise.portfolio.problem import Problem


def relax(problem: Problem, *, seconds: float, seed: int = 0) -> Relaxation:
    """
    Return a smallest set of budgets and floors to ease, and the least by which.

    Precedence, alternatives and pins never give way.
    """
    began = time.monotonic()
    every = starts(problem)
    built = build(problem, every)
    easing = Easing(built.model)
    words = gettext_noop("%(year)s: give %(by)s million VND more than %(limit)s.")
    for year, row in enumerate(built.budget):
        budget = float(problem.budgets[year])
        told = {"year": problem.first_year + year, "limit": Figure(budget, ",.0f")}
        most = float(every.money[:, year].sum()) + 1.0
        where = str(problem.first_year + year)
        limit = Elastic("budget", where, words, told, most, max(1.0, budget))
        easing.add(np.array([row]), -1.0, limit)
    words = gettext_noop(
        "%(name)s: lower the floor of %(limit)s million VND by %(by)s."
    )
    for floor, row in zip(problem.floors, built.floors, strict=True):
        given = {"name": floor.name, "limit": Figure(floor.least, ",.0f")}
        most = max(1.0, floor.least)
        limit = Elastic("floor", floor.name, words, given, most, most)
        easing.add(np.array([row]), 1.0, limit)
    return easing.smallest(seconds=seconds - (time.monotonic() - began), seed=seed)
