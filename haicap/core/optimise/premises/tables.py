"""A plan of premises as tables."""

from __future__ import annotations

from haicap.core.optimise.language import Result, Table, aims, gettext_noop, limits
from haicap.core.optimise.premises.check import given, spent
from haicap.core.optimise.premises.problem import AIMS, USE_WORDS, Move, Problem
from haicap.core.optimise.premises.why import explain


HAND_OVER = gettext_noop("hand over to the Land Development Centre")


def tables(problem: Problem, result: Result[Move]) -> tuple[Table, ...]:
    """Return the aims, every need, every building, the years, the limits that bind."""
    served = {move.need: move for move in result.moves}
    needs = []
    used: dict[str, float] = {}
    for need in problem.needs:
        move = served.get(need.id)
        needs.append(
            (
                need.id,
                problem.units[need.unit].name,
                USE_WORDS[need.use],
                need.m2,
                given(problem, move) if move else 0.0,
                move.building if move else "",
                str(move.year) if move else "",
                explain(problem, result, move) if move else "",
            )
        )
    for move in result.moves:
        used[move.building] = used.get(move.building, 0.0) + given(problem, move)
    buildings = tuple(
        (
            one.id,
            one.name,
            one.floor_m2,
            used.get(one.id, 0.0),
            "" if one.id in used else HAND_OVER,
        )
        for one in problem.buildings
    )
    years = tuple(
        (str(year), float(problem.budgets[year - problem.first_year]), paid)
        for year, paid in spent(problem, result.moves).items()
    )
    return (
        aims(result, AIMS),
        Table(
            gettext_noop("Needs"),
            (
                gettext_noop("Code"),
                gettext_noop("Unit"),
                gettext_noop("Use"),
                gettext_noop("Needed, m2"),
                gettext_noop("Served, m2"),
                gettext_noop("Building"),
                gettext_noop("Year"),
                gettext_noop("What it brings"),
            ),
            tuple(needs),
        ),
        Table(
            gettext_noop("Buildings"),
            (
                gettext_noop("Code"),
                gettext_noop("Building"),
                gettext_noop("Floor, m2"),
                gettext_noop("Used, m2"),
                gettext_noop("Otherwise"),
            ),
            buildings,
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
