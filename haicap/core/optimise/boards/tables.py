"""A plan of boards as tables."""

from __future__ import annotations

from haicap.core.optimise.boards.check import boards
from haicap.core.optimise.boards.problem import AIMS, AREA_BOARD, Move, Problem
from haicap.core.optimise.boards.why import explain, form_of
from haicap.core.optimise.language import Result, Table, aims, gettext_noop, limits


#: What the forms are called.
FORMS = {
    "own_board": gettext_noop("own board"),
    "shared_board_of_several_communes": gettext_noop("shared board"),
    "entrusted_to_area_board": gettext_noop("entrusted to the area board"),
}


def tables(problem: Problem, result: Result[Move]) -> tuple[Table, ...]:
    """Return the aims, every commune, every board, the limits that bind."""
    rows = []
    for move in result.moves:
        at = problem.unit_at[move.unit]
        is_area = move.board == AREA_BOARD
        there = None if is_area else problem.unit_at[move.board]
        rows.append(
            (
                problem.units[at].name,
                FORMS[form_of(problem, result, move).value],
                "" if there is None else problem.units[there].name,
                None if there is None else float(problem.km[at, there]),
                problem.conditions[at].load,
                explain(problem, result, move),
            )
        )
    places = []
    for board, units in boards(problem, result.moves).items():
        at = problem.unit_at[board]
        one = problem.conditions[at]
        load = sum(problem.conditions[problem.unit_at[unit]].load for unit in units)
        places.append(
            (problem.units[at].name, len(units), load, one.capacity, one.fixed_cost)
        )
    return (
        aims(result, AIMS),
        Table(
            gettext_noop("Communes"),
            (
                gettext_noop("Unit"),
                gettext_noop("Form"),
                gettext_noop("Board at"),
                gettext_noop("Distance, km"),
                gettext_noop("Work"),
                gettext_noop("What it brings"),
            ),
            tuple(rows),
        ),
        Table(
            gettext_noop("Boards"),
            (
                gettext_noop("Board at"),
                gettext_noop("Communes served"),
                gettext_noop("Work"),
                gettext_noop("Capacity"),
                gettext_noop("Fixed cost, million VND a year"),
            ),
            tuple(places),
        ),
        limits(result),
    )
