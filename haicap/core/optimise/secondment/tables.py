"""A plan of secondment as tables."""

from __future__ import annotations

from haicap.core.optimise.language import Result, Table, aims, gettext_noop, limits
from haicap.core.optimise.secondment.check import missing
from haicap.core.optimise.secondment.problem import AIMS, Move, Problem
from haicap.core.optimise.secondment.why import explain


def tables(problem: Problem, result: Result[Move]) -> tuple[Table, ...]:
    """Return the aims, the moves with their reasons, each cell before and after, limits."""
    lacks = missing(problem, result.moves)
    before = missing(problem, ())
    moves = []
    for move in result.moves:
        home = problem.people[problem.person_at[move.person]].home
        unit = problem.unit_at[move.unit]
        moves.append(
            (
                move.person,
                problem.units[home].name,
                problem.units[unit].name,
                move.field,
                float(problem.km[home, unit]),
                float(problem.cost[home, unit]),
                explain(problem, result, move),
            )
        )
    cells = tuple(
        (
            problem.units[unit].name,
            problem.fields[name],
            int(problem.need[unit, name]),
            int(problem.present[unit, name]),
            before[unit, name],
            lack,
        )
        for (unit, name), lack in lacks.items()
        if problem.need[unit, name] > 0 or problem.present[unit, name] > 0
    )
    return (
        aims(result, AIMS),
        Table(
            gettext_noop("Moves"),
            (
                gettext_noop("Person"),
                gettext_noop("From"),
                gettext_noop("To"),
                gettext_noop("Field"),
                gettext_noop("Distance, km"),
                gettext_noop("Allowance, VND a month"),
                gettext_noop("What it brings"),
            ),
            tuple(moves),
        ),
        Table(
            gettext_noop("Units and fields"),
            (
                gettext_noop("Unit"),
                gettext_noop("Field"),
                gettext_noop("Posts needed"),
                gettext_noop("People present"),
                gettext_noop("Missing today"),
                gettext_noop("Missing after the plan"),
            ),
            cells,
        ),
        limits(result),
    )
