"""Judges a plan of boards by counting everything anew from the problem's rows."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator

from haicap.core.optimise.boards.problem import AREA_BOARD, Move, Problem
from haicap.core.optimise.judge import CLOSE, without_plan, wrong_aims
from haicap.core.optimise.language import Figure, Result, Sentence, gettext_noop


def check(problem: Problem, result: Result[Move]) -> tuple[Sentence, ...]:
    """Return what is wrong with a result; nothing when it is sound."""
    if not result.has_plan:
        return without_plan(result)
    wrong = list(_moves(problem, result))
    if not wrong:
        wrong += _limits(problem, result)
        wrong += _terms(problem, result)
    return tuple(wrong)


def _moves(problem: Problem, result: Result[Move]) -> Iterator[Sentence]:
    seen: set[str] = set()
    for move in result.moves:
        told = {"unit": move.unit, "board": move.board}
        known = move.board == AREA_BOARD or move.board in problem.unit_at
        if move.unit not in problem.unit_at or not known:
            yield Sentence(
                gettext_noop("%(unit)s at %(board)s: not in the problem."), told
            )
            continue
        if move.unit in seen:
            yield Sentence(gettext_noop("%(unit)s is served twice."), told)
        seen.add(move.unit)
        at = problem.unit_at[move.unit]
        if move.board == AREA_BOARD:
            if not problem.conditions[at].may_entrust:
                yield Sentence(gettext_noop("%(unit)s may not entrust its work."), told)
            continue
        there = problem.unit_at[move.board]
        if not problem.conditions[there].may_host:
            yield Sentence(gettext_noop("%(board)s may not host a board."), told)
        if at != there and not problem.conditions[at].may_share:
            yield Sentence(gettext_noop("%(unit)s may not share a board."), told)
        km = float(problem.km[at, there])
        if problem.max_km is not None and km > problem.max_km + CLOSE:
            yield Sentence(
                gettext_noop(
                    "%(unit)s is %(km)s km from its board; %(most)s are allowed."
                ),
                told | {"km": Figure(km, ".1f"), "most": Figure(problem.max_km)},
            )
    for unit in problem.units:
        if unit.id not in seen:
            yield Sentence(gettext_noop("%(unit)s is not served."), {"unit": unit.id})


def boards(problem: Problem, moves: tuple[Move, ...]) -> dict[str, list[str]]:
    """Return the units that each board serves; boards that stay serve perhaps none."""
    served: dict[str, list[str]] = defaultdict(list)
    for unit, one in zip(problem.units, problem.conditions, strict=True):
        if one.is_existing:
            served[unit.id] = []
    for pin in problem.pins:
        if pin.is_wanted and pin.board != AREA_BOARD:
            served[pin.board] = []
    for move in moves:
        if move.board != AREA_BOARD:
            served[move.board].append(move.unit)
    return dict(served)


def _limits(problem: Problem, result: Result[Move]) -> Iterator[Sentence]:
    served = boards(problem, result.moves)
    if len(served) > problem.max_boards:
        yield Sentence(
            gettext_noop("%(used)s boards; %(most)s are allowed."),
            {"used": len(served), "most": problem.max_boards},
        )
    for board, units in sorted(served.items()):
        one = problem.conditions[problem.unit_at[board]]
        load = sum(problem.conditions[problem.unit_at[unit]].load for unit in units)
        told = {"board": board, "load": Figure(load)}
        if load > one.capacity + CLOSE:
            yield Sentence(
                gettext_noop(
                    "The board at %(board)s has %(load)s; it can do %(most)s."
                ),
                told | {"most": Figure(one.capacity)},
            )
        if load < one.least_load - CLOSE:
            yield Sentence(
                gettext_noop(
                    "The board at %(board)s has %(load)s; it makes sense from %(least)s on."
                ),
                told | {"least": Figure(one.least_load)},
            )
    board_of = {move.unit: move.board for move in result.moves}
    for pin in problem.pins:
        if pin.unit is None:
            made = pin.board in served
        else:
            made = board_of.get(pin.unit) == pin.board
        if made != pin.is_wanted:
            yield Sentence(
                gettext_noop("%(board)s: what was pinned is not kept."),
                {"board": pin.board},
            )


def _terms(problem: Problem, result: Result[Move]) -> Iterator[Sentence]:
    median = centre = 0.0
    for move in result.moves:
        at = problem.unit_at[move.unit]
        weight = problem.conditions[at].weight
        if move.board == AREA_BOARD:
            median += weight * problem.entrust_km
        else:
            km = float(problem.km[at, problem.unit_at[move.board]])
            median += weight * km
            centre = max(centre, km)
    for board in boards(problem, result.moves):
        fixed = problem.conditions[problem.unit_at[board]].fixed_cost
        median += problem.km_a_million * fixed
    if problem.earlier:
        before = {move.unit: move.board for move in problem.earlier.moves}
        changed = sum(
            move.unit in before and before[move.unit] != move.board
            for move in result.moves
        )
        median += problem.earlier.price * changed
    values = {"median": median, "centre": centre}
    first = problem.first.value
    counted = {first: values[first]} | values
    yield from wrong_aims(result, counted)
