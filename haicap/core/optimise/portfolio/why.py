"""What a project brings, and what another choice would cost."""

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
from haicap.core.optimise.portfolio.check import benefit
from haicap.core.optimise.portfolio.problem import (
    AIMS,
    Choice,
    Move,
    Problem,
    check_pins,
)
from haicap.core.optimise.portfolio.solve import solve


def explain(problem: Problem, result: Result[Move], move: Move) -> Sentence:
    """Return what a start brings, what it costs, and its place by points for the money."""
    project = problem.projects[problem.project_at[move.project]]
    points, cost = benefit(problem, move), sum(project.cost)
    total = result.term("benefit").value
    return Sentence(
        gettext_noop(
            "%(name)s starts in %(year)s: %(points)s points for %(cost)s million VND, "
            "%(share)s %% of all points."
        ),
        {
            "name": project.name,
            "year": move.year,
            "points": Figure(points, ".1f"),
            "cost": Figure(cost, ",.0f"),
            "share": Figure(100 * points / total if total else 0, ".2f"),
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
    Return what a choice would cost: the best portfolio with it beside the one without.

    Errors: BadInput when the choice contradicts the problem.
    """
    other = replace(problem, pins=(*problem.pins, choice))
    check_pins(other)
    after = solve(other, seconds=seconds, seed=seed)
    return Price(choice, result.terms, after, tuple(_words(result, after)))


def _words(result: Result[Move], after: Result[Move]) -> Iterator[Sentence]:
    yield from changed_aims(result, after, AIMS)
    if not after.has_plan:
        return
    now = {move.project for move in after.moves}
    before = {move.project for move in result.moves}
    yield Sentence(
        gettext_noop("Then funded: %(more)s. No longer funded: %(fewer)s."),
        {
            "more": ", ".join(sorted(now - before)[:10]) or "–",
            "fewer": ", ".join(sorted(before - now)[:10]) or "–",
        },
    )
