"""The linear model of a portfolio: each project starts in one year, or not at all."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from haicap.core.optimise.mip import Ints, Model
from haicap.core.optimise.portfolio.problem import Choice, Floats, Move, Problem


@dataclass(frozen=True, eq=False)
class Starts:
    """Every start that is possible, one entry each."""

    project: Ints  # (n_starts,) index
    year: Ints  # (n_starts,) index from the first year
    benefit: Floats  # (n_starts,) points
    money: Floats  # (n_starts, n_years) million VND
    changes: (
        Floats  # (n_starts,) 1 leaves an earlier plan, -1 keeps it, 0 neither counts
    )

    def moves(self, problem: Problem, x: Floats) -> tuple[Move, ...]:
        """Return the starts of a plan."""
        return tuple(
            Move(
                problem.projects[self.project[at]].id,
                problem.first_year + int(self.year[at]),
            )
            for at in np.flatnonzero(x > 0.5)
        )

    def x(self, problem: Problem, moves: Sequence[Move]) -> Floats:
        """Return 1 for each start that is among these moves."""
        told = {(move.project, move.year) for move in moves}
        return np.array(
            [
                float((problem.projects[p].id, problem.first_year + int(y)) in told)
                for p, y in zip(self.project, self.year, strict=True)
            ]
        )


@dataclass(frozen=True, eq=False)
class Built:
    """A model, and which of its columns and rows mean what."""

    model: Model
    x: Ints  # (n_starts,)
    once: Ints  # (n_projects,) rows
    budget: Ints  # (n_years,) rows
    floors: Ints  # (n_floors,) rows


def starts(problem: Problem, weights: Floats | None = None) -> Starts:
    """
    Return all starts, with the benefit at these weights (None: the published ones).

    Money that falls after the last planned year is not counted against any budget.
    """
    points = problem.scores @ (problem.weights if weights is None else weights)
    n = problem.n_years
    pairs = [
        (at, year)
        for at, project in enumerate(problem.projects)
        for year in range(project.earliest, n)
    ]
    project = np.array([pair[0] for pair in pairs], dtype=np.int64)
    year = np.array([pair[1] for pair in pairs], dtype=np.int64)
    money = np.zeros((len(pairs), n))
    for row, (at, begin) in enumerate(pairs):
        cost = problem.projects[at].cost[: n - begin]
        money[row, begin : begin + len(cost)] = cost
    return Starts(
        project,
        year,
        points[project] * problem.kept_a_year**year if pairs else np.empty(0),
        money,
        _changes(problem, project, year),
    )


def _changes(problem: Problem, project: Ints, year: Ints) -> Floats:
    if problem.earlier is None:
        return np.zeros(len(project))
    before = {move.project: move.year for move in problem.earlier.moves}
    told = []
    for at, begin in zip(project, year, strict=True):
        decided = before.get(problem.projects[at].id)
        same = decided == problem.first_year + int(begin)
        told.append(1.0 if decided is None else -1.0 if same else 0.0)
    return np.array(told)


def build(problem: Problem, every: Starts) -> Built:
    """Return the model, without an objective."""
    model = Model()
    n = len(every.project)
    x = model.columns(n, upper=1.0, integer=True)
    once = model.rows(every.project, x, upper=1.0, n=len(problem.projects))
    begin, year = np.nonzero(every.money)
    budget = model.rows(
        year,
        x[begin],
        every.money[begin, year],
        upper=problem.budgets,
        n=problem.n_years,
    )
    spent = every.money.sum(axis=1)
    floors = []
    for floor in problem.floors:
        mine = np.flatnonzero(np.isin(every.project, problem.of_floor(floor)))
        row = np.zeros(mine.size, dtype=int)
        floors.append(model.rows(row, x[mine], spent[mine], lower=floor.least, n=1))
    for names in problem.alternatives:
        places = [problem.project_at[name] for name in names]
        mine = np.flatnonzero(np.isin(every.project, places))
        model.rows(np.zeros(mine.size, dtype=int), x[mine], upper=1.0, n=1)
    _precede(problem, every, model, x)
    for pin in problem.pins:
        _pin(problem, every, model, x, pin)
    empty = np.empty(0, dtype=np.int64)
    return Built(model, x, once, budget, np.concatenate([empty, *floors]))


def _precede(problem: Problem, every: Starts, model: Model, x: Ints) -> None:
    """By any year, what follows has started only if what goes before had by then."""
    for rule in problem.precedence:
        before = np.flatnonzero(every.project == problem.project_at[rule.before])
        after = np.flatnonzero(every.project == problem.project_at[rule.after])
        for year in range(problem.n_years):
            late = after[every.year[after] <= year]
            early = before[every.year[before] <= year - rule.years]
            columns = np.concatenate([x[late], x[early]])
            value = np.concatenate([np.ones(late.size), -np.ones(early.size)])
            model.rows(
                np.zeros(columns.size, dtype=int), columns, value, upper=0.0, n=1
            )


def _pin(problem: Problem, every: Starts, model: Model, x: Ints, pin: Choice) -> None:
    mine = every.project == problem.project_at[pin.project]
    if pin.year is not None:
        mine &= every.year == pin.year - problem.first_year
    at = np.flatnonzero(mine)
    if pin.is_wanted:
        model.rows(np.zeros(at.size, dtype=int), x[at], lower=1.0, n=1)
    else:
        model.bound(x[at], upper=0.0)
