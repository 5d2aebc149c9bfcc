"""A portfolio as tables."""

from __future__ import annotations

from haicap.core.optimise.language import Result, Table, aims, gettext_noop, limits
from haicap.core.optimise.portfolio.check import benefit, spent
from haicap.core.optimise.portfolio.problem import AIMS, Move, Problem
from haicap.core.optimise.portfolio.robust import ranks
from haicap.core.optimise.portfolio.why import explain


def tables(problem: Problem, result: Result[Move]) -> tuple[Table, ...]:
    """Return the aims, every project with its place, the years, the limits that bind."""
    begun = {move.project: move for move in result.moves}
    places = {one.project: one for one in ranks(problem)}
    rows = []
    for project in problem.projects:
        move = begun.get(project.id)
        place = places[project.id]
        rows.append(
            (
                project.id,
                project.name,
                project.area,
                project.former_province,
                float(sum(project.cost)),
                benefit(problem, Move(project.id, problem.first_year)),
                place.best,
                place.worst,
                str(move.year) if move else "",
                explain(problem, result, move) if move else "",
            )
        )
    years = tuple(
        (str(problem.first_year + at), float(budget), paid)
        for at, (budget, paid) in enumerate(
            zip(problem.budgets, spent(problem, result.moves), strict=True)
        )
    )
    return (
        aims(result, AIMS),
        Table(
            gettext_noop("Projects"),
            (
                gettext_noop("Code"),
                gettext_noop("Project"),
                gettext_noop("Area"),
                gettext_noop("Former province"),
                gettext_noop("Cost, million VND"),
                gettext_noop("Points"),
                gettext_noop("Best rank"),
                gettext_noop("Worst rank"),
                gettext_noop("Starts in"),
                gettext_noop("What it brings"),
            ),
            tuple(rows),
        ),
        Table(
            gettext_noop("Years"),
            (
                gettext_noop("Year"),
                gettext_noop("Budget, million VND"),
                gettext_noop("Used, million VND"),
            ),
            years,
        ),
        limits(result),
    )
