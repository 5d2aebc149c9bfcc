"""What a plan of secondment leaves missing, and which limits it uses up."""

from __future__ import annotations

import math

import numpy as np

from haicap.core.optimise.language import Figure, Limit, Sentence, gettext_noop
from haicap.core.optimise.mip import INF
from haicap.core.optimise.secondment.problem import (
    HUNDREDTHS,
    Floats,
    Ints,
    Problem,
)
from haicap.core.optimise.secondment.ways import Ways, gaps, spare


TINY = 1e-6


def gap_after(problem: Problem, ways: Ways, x: Floats) -> Ints:
    """Return what each cell lacks after a plan, below nothing where there is more.

    Shape: (n_cells,). Unit: hundredths of a post.
    """
    n = problem.need.size
    gone = np.flatnonzero(x > 0.5)  # few of very many ways
    times = np.round(x[gone])
    come = np.bincount(ways.cell[gone], ways.posts[gone] * times, minlength=n)
    go = np.bincount(ways.post[gone], times, minlength=n)
    after = gaps(problem) * HUNDREDTHS - come + go * HUNDREDTHS
    return np.round(after).astype(np.int64)


def keeps(problem: Problem, ways: Ways, x: Floats) -> bool:
    """Whether a plan keeps every limit."""
    gone = np.bincount(ways.group, x, minlength=len(ways.groups))
    least = np.array([group.must_move for group in ways.groups], dtype=float)
    left = np.bincount(ways.post, x, minlength=problem.need.size)
    worst = worst_shortage(problem, gap_after(problem, ways, x))
    return bool(
        np.all((least <= gone) & (gone <= ways.room))
        and np.all(left <= spare(problem))
        and (problem.max_moves is None or x.sum() <= problem.max_moves)
        and (problem.budget is None or ways.cost @ x <= problem.budget + TINY)
        and (problem.worst_allowed is None or worst <= problem.worst_allowed + TINY)
    )


def worst_shortage(problem: Problem, after: Ints) -> float:
    """Return the largest share of its need that a cell lacks; 0 without any need."""
    need = problem.need.ravel()
    asked = need > 0
    if not asked.any():
        return 0.0
    return float(np.max(np.maximum(0, after[asked]) / (need[asked] * HUNDREDTHS)))


def alone(problem: Problem, ways: Ways) -> float:
    """Return the worst share that stays when each cell has all who can come to itself."""
    most = np.bincount(
        ways.cell, ways.posts * ways.room[ways.group], minlength=problem.need.size
    )
    return worst_shortage(problem, np.round(gaps(problem) * HUNDREDTHS - most))


def grain_of(problem: Problem) -> int:
    """Return the hundredths of which every shortage is a multiple."""
    sizes = {HUNDREDTHS}
    for person in problem.people:
        sizes.update(round(skill.posts * HUNDREDTHS) for skill in person.skills)
    return math.gcd(*sizes)


def possible_shares(problem: Problem) -> Floats:
    """Return every share of its need that a cell can lack, from 0 to 1."""
    grain = grain_of(problem)
    shares = [np.zeros(1), np.ones(1)]
    for need in np.unique(problem.need[problem.need > 0]):
        whole = int(need) * HUNDREDTHS
        shares.append(np.arange(0, whole + 1, grain) / whole)
    return np.unique(np.round(np.concatenate(shares), 12))


def binding(problem: Problem, ways: Ways, x: Floats, after: Ints) -> tuple[Limit, ...]:
    """Return the limits that are used up, the worst cells first."""
    limits: list[Limit] = []
    worst = worst_shortage(problem, after)
    k = len(problem.fields)
    need = problem.need.ravel()
    for cell in np.flatnonzero(need > 0):
        share = after[cell] / (need[cell] * HUNDREDTHS)
        if worst > 0 and share >= worst - TINY and len(limits) < 20:
            unit, name = divmod(int(cell), k)
            words = Sentence(
                gettext_noop(
                    "%(unit)s, %(field)s: still short of %(missing)s of %(need)s posts, "
                    "the worst share."
                ),
                {
                    "unit": problem.units[unit].name,
                    "field": problem.fields[name],
                    "missing": Figure(after[cell] / HUNDREDTHS),
                    "need": int(need[cell]),
                },
            )
            where = f"{problem.units[unit].id}/{problem.fields[name]}"
            limits.append(
                Limit(
                    "need",
                    where,
                    float(need[cell] - after[cell] / HUNDREDTHS),
                    float(need[cell]),
                    words,
                )
            )
    moves = int(round(x.sum()))
    if problem.max_moves is not None and moves >= problem.max_moves:
        words = Sentence(
            gettext_noop("All %(moves)s moves that are allowed are used."),
            {"moves": moves},
        )
        limits.append(Limit("max_moves", "", moves, problem.max_moves, words))
    if problem.budget is not None:
        paid = float(ways.cost @ x)
        least = ways.cost[ways.cost > 0].min(initial=INF)
        if paid + least > problem.budget:
            words = Sentence(
                gettext_noop(
                    "The budget is used up: %(paid)s of %(budget)s VND a month."
                ),
                {
                    "paid": Figure(paid, ",.0f"),
                    "budget": Figure(problem.budget, ",.0f"),
                },
            )
            limits.append(Limit("budget", "", paid, problem.budget, words))
    return tuple(limits)
