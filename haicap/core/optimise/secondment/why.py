"""What a move brings, and what another choice would cost."""

from __future__ import annotations

import time
from collections.abc import Iterator, Sequence
from dataclasses import replace

from haicap.core.optimise.language import (
    Figure,
    Price,
    Result,
    Sentence,
    changed_aims,
    gettext_noop,
)
from haicap.core.optimise.secondment.problem import (
    AIMS,
    Choice,
    Move,
    Problem,
    check_pins,
)
from haicap.core.optimise.secondment.solve import solve, solve_from


def explain(problem: Problem, result: Result[Move], move: Move) -> Sentence:
    """Return who goes where, how far, and what that changes there."""
    person = problem.people[problem.person_at[move.person]]
    cell = problem.unit_at[move.unit], problem.field_at[move.field]
    lacks = _lacks(problem, result.moves, cell)
    skills = {skill.field: skill.posts for skill in person.skills}
    without = max(0.0, lacks + skills[cell[1]])
    with_all = max(0.0, lacks)
    return Sentence(
        gettext_noop(
            "%(person)s goes from %(home)s to %(unit)s, %(km)s km: %(field)s there lacks "
            "%(after)s of %(need)s posts instead of %(before)s."
        ),
        {
            "person": move.person,
            "home": problem.units[person.home].name,
            "unit": problem.units[cell[0]].name,
            "km": Figure(problem.km[person.home, cell[0]], ".0f"),
            "field": move.field,
            "after": Figure(with_all),
            "need": int(problem.need[cell]),
            "before": Figure(without),
        },
    )


def _lacks(problem: Problem, moves: Sequence[Move], cell: tuple[int, int]) -> float:
    """Return the posts that a cell lacks after these moves; below nothing: has more."""
    unit, name = problem.units[cell[0]].id, problem.fields[cell[1]]
    lacks = float(problem.need[cell] - problem.present[cell])
    for move in moves:
        person = problem.people[problem.person_at[move.person]]
        if move.unit == unit and move.field == name:
            lacks -= sum(s.posts for s in person.skills if s.field == cell[1])
        lacks += (person.home, person.skills[0].field) == cell
    return lacks


def with_choice(problem: Problem, choice: Choice) -> Problem:
    """Return the problem with one choice pinned. Errors: BadInput when it cannot stand."""
    other = replace(problem, pins=(*problem.pins, choice))
    check_pins(other)
    return other


def why_not(
    problem: Problem,
    result: Result[Move],
    choice: Choice,
    *,
    seconds: float,
    seed: int = 0,
) -> Price[Move]:
    """
    Return what a choice would cost: the best plan with it beside the plan without it.

    Errors: BadInput when the choice contradicts the problem.
    """
    began = time.monotonic()
    other = with_choice(problem, choice)
    left = seconds - (time.monotonic() - began)
    if result.has_plan:
        after = solve_from(other, result, seconds=left, seed=seed)
    else:
        after = solve(other, seconds=left, seed=seed)
    return Price(choice, result.terms, after, tuple(_words(result, after)))


def _words(result: Result[Move], after: Result[Move]) -> Iterator[Sentence]:
    yield from changed_aims(result, after, AIMS)
    if not after.has_plan:
        return
    now = {move.person for move in after.moves}
    before = {move.person for move in result.moves}
    yield Sentence(
        gettext_noop("%(more)s people would move who stay now, %(fewer)s would stay."),
        {"more": len(now - before), "fewer": len(before - now)},
    )
