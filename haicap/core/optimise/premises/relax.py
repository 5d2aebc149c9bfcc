"""Which limits of premises have to give way when no plan keeps them all."""

from __future__ import annotations

import time

import numpy as np

from haicap.core.optimise.easing import Easing, Elastic
from haicap.core.optimise.language import Figure, Relaxation, gettext_noop
from haicap.core.optimise.premises.model import build, ways
from haicap.core.optimise.premises.problem import Problem


def relax(problem: Problem, *, seconds: float, seed: int = 0) -> Relaxation:
    """
    Return a smallest set of limits to ease, and the least by which.

    Budgets, the number of buildings, and that a need has to be served may give way; what
    suits what, the distance and the floor space never do.
    """
    began = time.monotonic()
    every = ways(problem)
    built = build(problem, every)
    easing = Easing(built.model)
    words = gettext_noop("%(year)s: give %(by)s million VND more than %(limit)s.")
    for year, row in enumerate(built.budget):
        budget = float(problem.budgets[year])
        told = {"year": problem.first_year + year, "limit": Figure(budget, ",.0f")}
        most = float(every.money.sum()) + sum(b.repair_cost for b in problem.buildings)
        where = str(problem.first_year + year)
        limit = Elastic("budget", where, words, told, most + 1.0, max(1.0, budget))
        easing.add(np.array([row]), -1.0, limit)
    if built.buildings.size:
        words = gettext_noop("Allow %(by)s more buildings than %(limit)s.")
        given = {"limit": problem.max_buildings}
        most = float(len(problem.buildings))
        easing.add(
            built.buildings, -1.0, Elastic("max_buildings", "", words, given, most)
        )
    words = gettext_noop("%(need)s in %(unit)s: let it wait.")
    wanted = {problem.need_at[pin.need] for pin in problem.pins if pin.is_wanted}
    for at, row in enumerate(built.serve):
        if problem.must_serve or at in wanted:
            need = problem.needs[at]
            named = {"need": need.id, "unit": problem.units[need.unit].name}
            easing.add(
                np.array([row]), 1.0, Elastic("must_serve", need.id, words, named, 1.0)
            )
    return easing.smallest(seconds=seconds - (time.monotonic() - began), seed=seed)
