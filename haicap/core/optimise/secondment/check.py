"""Judges a plan of secondment by counting everything anew from the problem's rows."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from haicap.core.optimise.judge import CLOSE, without_plan, wrong_aims
from haicap.core.optimise.language import Figure, Result, Sentence, gettext_noop
from haicap.core.optimise.secondment.problem import Move, Person, Problem, covers


CODES = ("worst_shortage", "missing_posts", "travel")


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
    """Yield what is wrong with single moves."""
    seen: set[str] = set()
    for move in result.moves:
        where = {"person": move.person, "unit": move.unit, "field": move.field}
        if move.person not in problem.person_at or move.unit not in problem.unit_at:
            yield Sentence(
                gettext_noop("%(person)s to %(unit)s: not in the problem."), where
            )
            continue
        person = problem.people[problem.person_at[move.person]]
        if move.person in seen:
            yield Sentence(gettext_noop("%(person)s moves twice."), where)
        seen.add(move.person)
        if _share(problem, person, move) == 0:
            yield Sentence(gettext_noop("%(person)s cannot work in %(field)s."), where)
        if not problem.is_free(person):
            yield Sentence(
                gettext_noop("%(person)s is exempt or already seconded."), where
            )
        to = problem.unit_at[move.unit]
        if to == person.home:
            yield Sentence(gettext_noop("%(person)s would stay at home."), where)
        km = float(problem.km[person.home, to])
        if km > problem.max_km + CLOSE:
            yield Sentence(
                gettext_noop("%(person)s would go %(km)s km; %(most)s are allowed."),
                where | {"km": Figure(km, ".1f"), "most": Figure(problem.max_km)},
            )


def _share(problem: Problem, person: Person, move: Move) -> float:
    for skill in person.skills:
        if problem.fields[skill.field] == move.field:
            return skill.posts
    return 0.0


def _limits(problem: Problem, result: Result[Move]) -> Iterator[Sentence]:
    """Yield the limits of the whole plan that are not kept."""
    left: Counter[tuple[int, int]] = Counter()
    paid = 0.0
    for move in result.moves:
        person = problem.people[problem.person_at[move.person]]
        left[person.home, person.skills[0].field] += 1
        km = float(problem.km[person.home, problem.unit_at[move.unit]])
        rules = [
            rule
            for rule in problem.allowances
            if rule.valid_from <= problem.as_of and km >= rule.from_km
        ]
        if rules:
            paid += max(rules, key=lambda rule: rule.from_km).vnd_a_month
    for (unit, name), gone in sorted(left.items()):
        stay = int(problem.present[unit, name]) - gone
        if stay < int(problem.floor[unit, name]):
            yield Sentence(
                gettext_noop(
                    "%(unit)s, %(field)s: %(stay)s people would stay; the floor is "
                    "%(floor)s."
                ),
                {
                    "unit": problem.units[unit].id,
                    "field": problem.fields[name],
                    "stay": stay,
                    "floor": int(problem.floor[unit, name]),
                },
            )
    if problem.max_moves is not None and len(result.moves) > problem.max_moves:
        yield Sentence(
            gettext_noop("%(moves)s moves; %(most)s are allowed."),
            {"moves": len(result.moves), "most": problem.max_moves},
        )
    if problem.budget is not None and paid > problem.budget * (1 + 1e-9):
        yield Sentence(
            gettext_noop("%(paid)s VND a month; the budget is %(budget)s."),
            {"paid": Figure(paid, ",.0f"), "budget": Figure(problem.budget, ",.0f")},
        )
    for pin in problem.pins:
        made = any(covers(pin, move) for move in result.moves)
        if made != pin.is_wanted:
            yield Sentence(
                gettext_noop("%(person)s: what was pinned is not kept."),
                {"person": pin.person},
            )


def missing(problem: Problem, moves: tuple[Move, ...]) -> dict[tuple[int, int], float]:
    """Return the posts that each cell lacks after these moves, by unit and field."""
    have: dict[tuple[int, int], float] = {}
    for unit in range(len(problem.units)):
        for name in range(len(problem.fields)):
            have[unit, name] = float(problem.present[unit, name])
    for move in moves:
        person = problem.people[problem.person_at[move.person]]
        have[person.home, person.skills[0].field] -= 1
        place = problem.unit_at[move.unit], problem.field_at[move.field]
        have[place] += _share(problem, person, move)
    return {
        cell: max(0.0, float(problem.need[cell]) - there)
        for cell, there in have.items()
    }


def _terms(problem: Problem, result: Result[Move]) -> Iterator[Sentence]:
    """Yield the aims that were counted wrong, or claim more than can be."""
    lacks = missing(problem, result.moves)
    worst = max(
        (
            lack / float(problem.need[cell])
            for cell, lack in lacks.items()
            if problem.need[cell] > 0
        ),
        default=0.0,
    )
    weighted = sum(lack * float(problem.weight[cell]) for cell, lack in lacks.items())
    weighted += _price(problem, result)
    travel = 0.0
    for move in result.moves:
        home = problem.people[problem.person_at[move.person]].home
        travel += float(problem.km[home, problem.unit_at[move.unit]])
        travel += problem.km_per_move
    counted = dict(zip(CODES, (worst, weighted, travel), strict=True))
    yield from wrong_aims(result, counted)
    if problem.worst_allowed is not None and worst > problem.worst_allowed + CLOSE:
        yield Sentence(
            gettext_noop("The worst shortage is %(worst)s; %(most)s is allowed."),
            {"worst": Figure(worst, ".3f"), "most": Figure(problem.worst_allowed)},
        )


def _price(problem: Problem, result: Result[Move]) -> float:
    """Return what the changes to an earlier plan cost, in weighted posts."""
    if problem.earlier is None:
        return 0.0
    now = {move.person: move for move in result.moves}
    before = {move.person: move for move in problem.earlier.moves}
    # Who can no longer be sent has not been changed by this plan.
    able = {
        person.id
        for person in problem.people
        if problem.is_free(person)
        and problem.present[person.home, person.skills[0].field]
        > problem.floor[person.home, person.skills[0].field]
    }
    changed = [p for p in able if now.get(p) != before.get(p)]
    return problem.earlier.price * len(changed)
