"""What a service means, and what another choice would cost."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from haicap.core.optimise.boards.check import boards
from haicap.core.optimise.boards.problem import (
    AIMS,
    AREA_BOARD,
    Choice,
    Form,
    Move,
    Problem,
    check_pins,
)
from haicap.core.optimise.boards.solve import solve
from haicap.core.optimise.language import (
    Figure,
    Price,
    Result,
    Sentence,
    changed_aims,
    gettext_noop,
)


def form_of(problem: Problem, result: Result[Move], move: Move) -> Form:
    """Return in which form a commune has its work done."""
    if move.board == AREA_BOARD:
        return Form.ENTRUSTED
    served = boards(problem, result.moves)[move.board]
    return Form.OWN if served == [move.unit] == [move.board] else Form.SHARED


def explain(problem: Problem, result: Result[Move], move: Move) -> Sentence:
    """Return which board serves a commune, how far it is, and how full the board is."""
    at = problem.unit_at[move.unit]
    unit = problem.units[at].name
    if move.board == AREA_BOARD:
        return Sentence(
            gettext_noop("%(unit)s entrusts its work of %(load)s to the area board."),
            {"unit": unit, "load": Figure(problem.conditions[at].load)},
        )
    there = problem.unit_at[move.board]
    served = boards(problem, result.moves)[move.board]
    load = sum(problem.conditions[problem.unit_at[name]].load for name in served)
    return Sentence(
        gettext_noop(
            "%(unit)s is served at %(board)s, %(km)s km away; the board there serves "
            "%(n)s communes with %(load)s of its %(capacity)s."
        ),
        {
            "unit": unit,
            "board": problem.units[there].name,
            "km": Figure(problem.km[at, there], ".0f"),
            "n": len(served),
            "load": Figure(load),
            "capacity": Figure(problem.conditions[there].capacity),
        },
    )


def why_not(
    problem: Problem,
    result: Result[Move],
    choice: Choice,
    *,
    seconds: float,
    seed: int = 0,
) -> Price[Move]:
    """
    Return what a choice would cost: the best plan with it beside the one without.

    Errors: BadInput when the choice contradicts the problem.
    """
    other = replace(problem, pins=(*problem.pins, choice))
    check_pins(other)
    after = solve(other, seconds=seconds, seed=seed)
    return Price(choice, result.terms, after, tuple(_words(problem, result, after)))


def _words(
    problem: Problem, result: Result[Move], after: Result[Move]
) -> Iterator[Sentence]:
    yield from changed_aims(result, after, AIMS)
    if not after.has_plan:
        return
    before = {move.unit: move.board for move in result.moves}
    moved = sum(before.get(move.unit) != move.board for move in after.moves)
    yield Sentence(
        gettext_noop("%(n)s of %(all)s communes would be served elsewhere."),
        {"n": moved, "all": len(problem.units)},
    )
