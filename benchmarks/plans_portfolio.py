"""The portfolio: 500 projects, a curve, prices, and who stands beside."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np

from benchmarks.plan_part import Figure, Part
from benchmarks.plan_peers import ask
from benchmarks.plans_secondment import a_few, timed
from haicap.cli.plan import of_province
from haicap.core.optimise import portfolio
from haicap.core.optimise.language import Earlier, Status
from haicap.core.optimise.portfolio.check import benefit
from haicap.core.optimise.portfolio.model import starts
from haicap.core.optimise.portfolio.problem import Choice, Problem


def measure(peers: Path, say: Callable[[str], None]) -> Part:
    """Return the figures of the portfolio."""
    problem = portfolio.generate(of_province(), seed=0)
    result, seconds = timed(lambda: portfolio.solve(problem, seconds=10.0, gap=1e-3))
    assert not portfolio.check(problem, result)
    benefit = result.term("benefit")
    by_hand = portfolio.solve(problem, seconds=1e-9).term("benefit").value
    cp_sat = ask(peers, "plan_cp_sat.py", for_cp_sat(problem), "10")
    cp_value = -cp_sat["value"] / 1000 if cp_sat["value"] is not None else None
    curve, curve_seconds = timed(
        lambda: portfolio.front(problem, points=20, seconds=10)
    )
    say(
        f"portfolio: {benefit.value:.1f} in {seconds:.2f} s, curve {curve_seconds:.1f} s"
    )
    gaps = [point.terms[0].gap for point in curve if point.terms]
    core, core_seconds = timed(lambda: portfolio.stable_core(problem, seconds=20))
    kept = replanned(problem, result)
    equal, minimal = small_ones()
    figures = (
        Figure(
            "500 projects, 3 years",
            "0.1 % in 1 s",
            f"{benefit.value:,.1f} points, gap {100 * benefit.gap:.3f} %, {seconds:.2f} s",
            f"hand {by_hand:,.1f} ({100 * (1 - by_hand / benefit.value):.1f} % less); CP-SAT"
            f" {cp_value:,.1f} in {cp_sat['seconds']:.1f} s ({cp_sat['status']})",
            benefit.gap <= 1e-3 and seconds <= 1.0,
        ),
        Figure(
            "a curve of 20 points",
            "10 s",
            f"{curve_seconds:.1f} s, {len(gaps)} points, largest gap {100 * max(gaps):.2f} %",
            "",
            curve_seconds <= 10 and len(gaps) == 20,
        ),
        Figure(
            "stable core",
            "",
            f"{len(core.always)} projects in all {core.n_tried} portfolios, {len(core.sometimes)} in"
            f" some, {core_seconds:.1f} s",
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
        "The hand method takes the most points for the money first, with what is pinned and what a floor"
        " asks for before; its plan is what the search begins with.",
    )
    return Part("Portfolio", figures, notes)


def for_cp_sat(problem: Problem) -> dict[str, Any]:
    """Return the model in whole numbers: thousandths of a point, tenths of a million."""
    every = starts(problem)
    rows: list[dict[str, Any]] = []

    def add(columns: Any, values: Any, low: float, high: float) -> None:
        rows.append(
            {
                "columns": [int(c) for c in columns],
                "values": [int(v) for v in values],
                "low": int(low),
                "high": int(high),
            }
        )

    for at in range(len(problem.projects)):
        mine = np.flatnonzero(every.project == at)
        add(mine, np.ones(mine.size), 0, 1)
    for year, budget in enumerate(problem.budgets):
        mine = np.flatnonzero(every.money[:, year] > 0)
        add(mine, np.round(10 * every.money[mine, year]), 0, 10 * budget)
    spent = every.money.sum(axis=1)
    for floor in problem.floors:
        mine = np.flatnonzero(np.isin(every.project, problem.of_floor(floor)))
        add(mine, np.round(10 * spent[mine]), 10 * floor.least, 10**12)
    for names in problem.alternatives:
        places = [problem.project_at[name] for name in names]
        mine = np.flatnonzero(np.isin(every.project, places))
        add(mine, np.ones(mine.size), 0, 1)
    for rule in problem.precedence:
        before, after = problem.project_at[rule.before], problem.project_at[rule.after]
        for year in range(problem.n_years):
            late = np.flatnonzero((every.project == after) & (every.year <= year))
            early = np.flatnonzero(
                (every.project == before) & (every.year <= year - rule.years)
            )
            values = [*[1] * late.size, *[-1] * early.size]
            add([*late, *early], values, -(10**6), 0)
    n = len(every.project)
    cost = (-1000 * every.benefit).round().astype(int).tolist()
    return {"low": [0] * n, "high": [1] * n, "cost": cost, "rows": rows}


def replanned(problem: Problem, result: Any) -> Figure:
    """Return how much changes when 5 % of the projects cost a tenth more."""
    rng = np.random.default_rng(5)
    projects = tuple(
        replace(one, cost=tuple(round(1.1 * c, 1) for c in one.cost))
        if rng.random() < 0.05
        else one
        for one in problem.projects
    )
    other = replace(problem, projects=projects)
    cold = portfolio.solve(other, seconds=10)
    kept = portfolio.solve(
        replace(other, earlier=Earlier(result.moves, 2.0)), seconds=10
    )
    before = set(result.moves)
    n_kept, n_cold = (len(before - set(one.moves)) for one in (kept, cold))
    points = sum(benefit(other, move) for move in kept.moves)
    lost = 1 - points / cold.term("benefit").value
    share = n_kept / len(before)
    return Figure(
        "re-plan after 5 % of the projects cost 10 % more",
        "at most 2 % of moves change at equal quality",
        f"{100 * share:.1f} % given up, {100 * lost:.2f} % fewer points",
        f"without a price for changes {100 * n_cold / len(before):.0f} %",
        share <= 0.02 and lost <= 1e-3,
    )


def small_ones() -> tuple[int, int]:
    """Return how many prices equal a new search, and how many relaxations are minimal."""
    equal = minimal = 0
    for seed in range(50):
        problem = portfolio.generate(a_few(6, seed), seed=seed, n_projects=25)
        result = portfolio.solve(problem, seconds=10)
        funded = {move.project for move in result.moves}
        names = [one.id for one in problem.projects]
        name = names[np.random.default_rng(seed).integers(len(names))]
        choice = Choice(name, is_wanted=name not in funded)
        price = portfolio.why_not(problem, result, choice, seconds=10)
        cold = portfolio.solve(replace(problem, pins=(choice,)), seconds=10)
        same = price.after.status is cold.status
        if same and cold.has_plan:
            a, b = (one.term("benefit").value for one in (price.after, cold))
            same = abs(a - b) <= 1e-3 * abs(b)
        equal += same
    for seed in range(20):
        problem = portfolio.generate(a_few(6, seed), seed=seed, n_projects=25)
        floors = tuple(replace(f, least=f.least * 60 + 1e6) for f in problem.floors[:2])
        problem = replace(problem, floors=floors)
        assert portfolio.solve(problem, seconds=10).status is Status.IMPOSSIBLE
        minimal += portfolio.relax(problem, seconds=20).is_minimal
    return equal, minimal
