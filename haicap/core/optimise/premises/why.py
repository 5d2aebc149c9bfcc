"""What a building does for a need, and what another choice would cost."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from haicap.core.optimise.language import (
    Figure,
    Price,
    Result,
    Sentence,
    changed_aims,
    gettext_noop,
)
from haicap.core.optimise.premises.check import given
from haicap.core.optimise.premises.problem import (
    AIMS,
    USE_WORDS,
    Choice,
    Move,
    Problem,
    check_pins,
)
from haicap.core.optimise.premises.solve import solve


def explain(problem: Problem, result: Result[Move], move: Move) -> Sentence:
    """Return which building serves which need, how much of it, how far, for how much."""
    building = problem.buildings[problem.building_at[move.building]]
    need = problem.needs[problem.need_at[move.need]]
    m2 = given(problem, move)
    return Sentence(
        gettext_noop(
            "%(building)s becomes %(use)s of %(unit)s in %(year)s: %(m2)s of %(need)s m2, "
            "%(km)s km away, %(cost)s million VND."
        ),
        {
            "building": building.name,
            "use": Sentence(USE_WORDS[need.use]),
            "unit": problem.units[need.unit].name,
            "year": move.year,
            "m2": Figure(m2, ",.0f"),
            "need": Figure(need.m2, ",.0f"),
            "km": Figure(problem.km[building.unit, need.unit], ".1f"),
            "cost": Figure(m2 * (problem.cost_of(building, need) or 0.0), ",.0f"),
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
    after = solve(other, seconds=seconds, seed=seed, begin=result.moves)
    return Price(choice, result.terms, after, tuple(_words(result, after)))


def _words(result: Result[Move], after: Result[Move]) -> Iterator[Sentence]:
    yield from changed_aims(result, after, AIMS)
    if not after.has_plan:
        return
    now = {move.need for move in after.moves}
    before = {move.need for move in result.moves}
    yield Sentence(
        gettext_noop(
            "%(more)s needs would be served that wait now, %(fewer)s would wait."
        ),
        {"more": len(now - before), "fewer": len(before - now)},
    )
