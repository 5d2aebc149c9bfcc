"""Judges a portfolio by counting everything anew from the problem's rows."""

from __future__ import annotations

from collections.abc import Iterator

from haicap.core.optimise.judge import CLOSE, without_plan, wrong_aims
from haicap.core.optimise.language import Figure, Result, Sentence, gettext_noop
from haicap.core.optimise.portfolio.problem import Move, Problem


CODES = ("benefit", "money")


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
        told = {"project": move.project, "year": move.year}
        if move.project not in problem.project_at:
            yield Sentence(gettext_noop("%(project)s is not in the problem."), told)
            continue
        if move.project in seen:
            yield Sentence(gettext_noop("%(project)s starts twice."), told)
        seen.add(move.project)
        project = problem.projects[problem.project_at[move.project]]
        place = move.year - problem.first_year
        if not project.earliest <= place < problem.n_years:
            yield Sentence(gettext_noop("%(project)s cannot start in %(year)s."), told)


def spent(problem: Problem, moves: tuple[Move, ...]) -> list[float]:
    """Return the money of each planned year. Unit: million VND."""
    paid = [0.0] * problem.n_years
    for move in moves:
        project = problem.projects[problem.project_at[move.project]]
        for later, cost in enumerate(project.cost):
            year = move.year - problem.first_year + later
            if year < problem.n_years:
                paid[year] += cost
    return paid


def _limits(problem: Problem, result: Result[Move]) -> Iterator[Sentence]:
    paid = spent(problem, result.moves)
    for at, (used, budget) in enumerate(zip(paid, problem.budgets, strict=True)):
        if used > budget * (1 + 1e-9) + CLOSE:
            yield Sentence(
                gettext_noop(
                    "%(year)s: %(used)s million VND; the budget is %(budget)s."
                ),
                {
                    "year": problem.first_year + at,
                    "used": Figure(used, ",.1f"),
                    "budget": Figure(budget, ",.1f"),
                },
            )
    begun = {move.project: move.year for move in result.moves}
    for rule in problem.precedence:
        if rule.after in begun and (
            rule.before not in begun
            or begun[rule.after] < begun[rule.before] + rule.years
        ):
            yield Sentence(
                gettext_noop("%(after)s does not wait for %(before)s."),
                {"after": rule.after, "before": rule.before},
            )
    for names in problem.alternatives:
        funded = [name for name in names if name in begun]
        if len(set(funded)) > 1:
            yield Sentence(
                gettext_noop("Alternatives are funded together: %(names)s."),
                {"names": ", ".join(funded)},
            )
    for floor in problem.floors:
        mine = tuple(
            move
            for move in result.moves
            if getattr(problem.projects[problem.project_at[move.project]], floor.kind)
            == floor.name
        )
        given = sum(spent(problem, mine))
        if given < floor.least * (1 - 1e-9) - CLOSE:
            yield Sentence(
                gettext_noop("%(name)s receives %(given)s; its floor is %(least)s."),
                {
                    "name": floor.name,
                    "given": Figure(given, ",.1f"),
                    "least": Figure(floor.least, ",.1f"),
                },
            )
    for pin in problem.pins:
        year = begun.get(pin.project)
        made = year is not None and pin.year in (None, year)
        if made != pin.is_wanted:
            yield Sentence(
                gettext_noop("%(project)s: what was pinned is not kept."),
                {"project": pin.project},
            )


def benefit(problem: Problem, move: Move) -> float:
    """Return the points of one start, at the published weights."""
    project = problem.projects[problem.project_at[move.project]]
    total = sum(one.weight for one in problem.criteria)
    points = sum(
        one.weight / total * score
        for one, score in zip(problem.criteria, project.scores, strict=True)
    )
    return float(points * problem.kept_a_year ** (move.year - problem.first_year))


def _terms(problem: Problem, result: Result[Move]) -> Iterator[Sentence]:
    points = sum(benefit(problem, move) for move in result.moves)
    if problem.earlier:
        before = {
            move for move in problem.earlier.moves if move.project in problem.project_at
        }
        changed = {move.project for move in before ^ set(result.moves)}
        points -= problem.earlier.price * len(changed)
    counted = {"benefit": points, "money": sum(spent(problem, result.moves))}
    yield from wrong_aims(result, counted, unproven=("money",))
