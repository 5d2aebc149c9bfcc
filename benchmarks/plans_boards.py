"""Shared boards: the province, the country, and who stands beside."""

from __future__ import annotations

import resource
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np

from benchmarks.plan_part import Figure, Part
from benchmarks.plan_peers import ask
from benchmarks.plans_secondment import a_few, timed
from haicap.cli.plan import of_country, of_province
from haicap.core.optimise import boards
from haicap.core.optimise.boards.problem import Choice, First, Problem
from haicap.core.optimise.language import Earlier, Status


def measure(peers: Path, say: Callable[[str], None]) -> Part:
    """Return the figures of shared boards."""
    problem = boards.generate(of_province(), seed=0)
    by_hand = boards.solve(problem, seconds=1e-9).term("median").value
    result, seconds = timed(lambda: boards.solve(problem, seconds=10.0))
    assert not boards.check(problem, result)
    median = result.term("median")
    centre_first = replace(problem, first=First.CENTRE)
    centre, centre_seconds = timed(lambda: boards.solve(centre_first, seconds=10.0))
    assert not boards.check(centre_first, centre)
    say(f"province: {median.value:.1f} ({median.bound:.1f}) in {seconds:.1f} s")
    same, ours, theirs = coincide(problem, peers, say)
    country, country_seconds, memory = the_country(say)
    kept = replanned(problem, result)
    equal, minimal = small_ones()
    worst = centre.term("centre")
    gap = country.term("median").gap
    figures = (
        Figure(
            "p-median, province (129 units, 20 boards, capacities)",
            "proved to 0.1 % in 10 s",
            f"{median.value:,.1f}, gap {100 * median.gap:.3f} %, {seconds:.1f} s with the longest way"
            " as second aim",
            f"hand {by_hand:,.1f} ({100 * (by_hand / median.value - 1):.0f} % more)",
            median.gap <= 1e-3 and seconds <= 10,
        ),
        Figure(
            "p-centre, province",
            "",
            f"{worst.value:.2f} km, gap {100 * worst.gap:.3f} %, {centre_seconds:.1f} s",
            f"longest way of the best median: {result.term('centre').value:.2f} km",
        ),
        Figure(
            "without capacities, beside spopt (CBC)",
            "the same",
            f"{ours[0]:,.3f} in {ours[1]:.1f} s",
            f"{theirs['value']:,.3f} in {theirs['seconds']:.1f} s ({theirs['status']})",
            same,
        ),
        Figure(
            "p-median, country (3,321 units, 500 boards)",
            "within 8 % of its bound in 5 minutes",
            f"gap {100 * gap:.1f} % in {country_seconds:.0f} s, {memory:.1f} GB",
            "",
            gap <= 0.08 and country_seconds <= 300,
        ),
        kept,
        Figure(
            "50 random prices, 20 impossible problems (small)",
            "all equal a new search; all minimal",
            f"{equal} of 50; {minimal} of 20",
            "",
            equal == 50 and minimal == 20,
        ),
    )
    notes = (
        "Tried: the bound by prices (Lagrangian) with a poor plan known stopped 68 % away on the country;"
        " with a plan by exchange first it comes within some per cent, for its steps are as long as the"
        " known plan is bad. In the province prices shut out most services, and the rest is closed by a"
        " small exact model, with capacities and least loads.",
    )
    return Part("Shared boards", figures, notes)


def coincide(
    problem: Problem, peers: Path, say: Callable[[str], None]
) -> tuple[bool, tuple[float, float], dict[str, Any]]:
    """Return whether spopt finds the same on the p-median without capacities."""
    free = tuple(
        replace(one, capacity=1e9, least_load=0.0) for one in problem.conditions
    )
    plain = replace(problem, conditions=free)
    result, seconds = timed(lambda: boards.solve(plain, seconds=20.0))
    data = {
        "km": problem.km.tolist(),
        "weights": [one.weight for one in problem.conditions],
        "p": problem.max_boards,
        "seconds": 120,
    }
    theirs = ask(peers, "plan_p_median.py", data)
    value = result.term("median").value
    say(f"spopt: {theirs}")
    same = abs(value - theirs["value"]) <= 5e-4 * value
    return same, (value, seconds), theirs


def the_country(say: Callable[[str], None]) -> tuple[Any, float, float]:
    """Return the p-median of the country."""
    problem = replace(boards.generate(of_country(0), seed=0), max_boards=500)
    result, seconds = timed(lambda: boards.solve(problem, seconds=240.0))
    assert not boards.check(problem, result)
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1e6
    median = result.term("median")
    say(f"country: {median.value:,.0f} ({median.bound:,.0f}) in {seconds:.0f} s")
    return result, seconds, memory


def replanned(problem: Problem, result: Any) -> Figure:
    """Return how much changes when the work of 5 % of the communes grows by a fifth."""
    rng = np.random.default_rng(5)
    conditions = tuple(
        replace(one, load=round(1.2 * one.load), weight=float(round(1.2 * one.weight)))
        if rng.random() < 0.05
        else one
        for one in problem.conditions
    )
    other = replace(problem, conditions=conditions)
    cold = boards.solve(other, seconds=10)
    kept = boards.solve(replace(other, earlier=Earlier(result.moves, 5.0)), seconds=10)
    before = set(result.moves)
    n_kept, n_cold = (len(before - set(one.moves)) for one in (kept, cold))
    ways = sum(
        other.conditions[other.unit_at[m.unit]].weight
        * other.km[other.unit_at[m.unit], other.unit_at[m.board]]
        for m in kept.moves
    )
    more = ways / cold.term("median").value - 1
    share = n_kept / len(before)
    return Figure(
        "re-plan after the work of 5 % of the communes grew",
        "at most 2 % of moves change at equal quality",
        f"{100 * share:.1f} % served elsewhere, ways {100 * more:+.2f} %",
        f"without a price for changes {100 * n_cold / len(before):.0f} %",
        share <= 0.02 and more <= 1e-3,
    )


def small_ones() -> tuple[int, int]:
    """Return how many prices equal a new search, and how many relaxations are minimal."""
    equal = minimal = 0
    for seed in range(25):
        problem = replace(boards.generate(a_few(20, seed), seed=seed), max_boards=4)
        result = boards.solve(problem, seconds=10)
        opened = {move.board for move in result.moves}
        other = next(u.id for u in problem.units if u.id not in opened)
        rng = np.random.default_rng(seed)
        closed = result.moves[rng.integers(len(result.moves))].board
        for choice in (Choice(other), Choice(closed, is_wanted=False)):
            price = boards.why_not(problem, result, choice, seconds=10)
            cold = boards.solve(replace(problem, pins=(choice,)), seconds=10)
            same = price.after.status is cold.status
            if same and cold.has_plan:
                a, b = (one.term("median").value for one in (price.after, cold))
                same = abs(a - b) <= 1e-3 * b
            equal += same
    for seed in range(20):
        problem = replace(
            boards.generate(a_few(8, seed), seed=seed), max_boards=seed % 2, max_km=1.0
        )
        assert boards.solve(problem, seconds=10).status is Status.IMPOSSIBLE
        minimal += boards.relax(problem, seconds=20).is_minimal
    return equal, minimal
