"""Judges a plan of premises by counting everything anew from the problem's rows."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator

from haicap.core.optimise.judge import CLOSE, without_plan, wrong_aims
from haicap.core.optimise.language import Figure, Result, Sentence, gettext_noop
from haicap.core.optimise.premises.problem import Move, Problem


CODES = ("served", "travel", "money")


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
        told = {"building": move.building, "need": move.need, "year": move.year}
        if move.building not in problem.building_at or move.need not in problem.need_at:
            yield Sentence(
                gettext_noop("%(building)s for %(need)s: not in the problem."), told
            )
            continue
        if move.need in seen:
            yield Sentence(gettext_noop("%(need)s is served twice."), told)
        seen.add(move.need)
        building = problem.buildings[problem.building_at[move.building]]
        need = problem.needs[problem.need_at[move.need]]
        if problem.cost_of(building, need) is None:
            yield Sentence(gettext_noop("%(building)s does not suit %(need)s."), told)
        km = float(problem.km[building.unit, need.unit])
        if km > problem.max_km + CLOSE:
            yield Sentence(
                gettext_noop(
                    "%(building)s is %(km)s km from %(need)s; %(most)s are allowed."
                ),
                told | {"km": Figure(km, ".1f"), "most": Figure(problem.max_km)},
            )
        if not 0 <= move.year - problem.first_year < problem.n_years:
            yield Sentence(gettext_noop("%(need)s: %(year)s is not planned."), told)


def given(problem: Problem, move: Move) -> float:
    """Return the square metres that a move gives."""
    building = problem.buildings[problem.building_at[move.building]]
    need = problem.needs[problem.need_at[move.need]]
    return min(building.floor_m2, need.m2)


def spent(problem: Problem, moves: tuple[Move, ...]) -> dict[int, float]:
    """Return the money of each planned year, repairs included. Unit: million VND."""
    paid = {problem.first_year + at: 0.0 for at in range(problem.n_years)}
    repaired: set[str] = set()
    for move in moves:
        building = problem.buildings[problem.building_at[move.building]]
        need = problem.needs[problem.need_at[move.need]]
        cost = problem.cost_of(building, need) or 0.0
        paid[move.year] += given(problem, move) * cost
        if move.building not in repaired:
            repaired.add(move.building)
            paid[move.year] += building.repair_cost
    return paid


def _limits(problem: Problem, result: Result[Move]) -> Iterator[Sentence]:
    parts: dict[str, list[Move]] = defaultdict(list)
    for move in result.moves:
        parts[move.building].append(move)
    for name, moves in sorted(parts.items()):
        building = problem.buildings[problem.building_at[name]]
        total = sum(given(problem, move) for move in moves)
        if total > building.floor_m2 + CLOSE:
            yield Sentence(
                gettext_noop("%(building)s: %(used)s m2 of %(floor)s would be used."),
                {
                    "building": name,
                    "used": Figure(total),
                    "floor": Figure(building.floor_m2),
                },
            )
        if len(moves) > 1 and not building.can_split:
            yield Sentence(
                gettext_noop("%(building)s cannot be divided."), {"building": name}
            )
        if len({move.year for move in moves}) > 1:
            yield Sentence(
                gettext_noop("%(building)s is converted in two years."),
                {"building": name},
            )
    for year, used in spent(problem, result.moves).items():
        budget = float(problem.budgets[year - problem.first_year])
        if used > budget * (1 + 1e-9) + CLOSE:
            yield Sentence(
                gettext_noop(
                    "%(year)s: %(used)s million VND; the budget is %(budget)s."
                ),
                {
                    "year": year,
                    "used": Figure(used, ",.1f"),
                    "budget": Figure(budget, ",.1f"),
                },
            )
    if problem.max_buildings is not None and len(parts) > problem.max_buildings:
        yield Sentence(
            gettext_noop("%(used)s buildings are used; %(most)s are allowed."),
            {"used": len(parts), "most": problem.max_buildings},
        )
    served = {move.need: move.building for move in result.moves}
    if problem.must_serve and len(served) < len(problem.needs):
        yield Sentence(gettext_noop("A need that has to be served is not."))
    for pin in problem.pins:
        building_of = served.get(pin.need)
        made = building_of is not None and pin.building in (None, building_of)
        if made != pin.is_wanted:
            yield Sentence(
                gettext_noop("%(need)s: what was pinned is not kept."),
                {"need": pin.need},
            )


def _terms(problem: Problem, result: Result[Move]) -> Iterator[Sentence]:
    served = travel = 0.0
    for move in result.moves:
        need = problem.needs[problem.need_at[move.need]]
        building = problem.buildings[problem.building_at[move.building]]
        kept = problem.kept_a_year ** (move.year - problem.first_year)
        served += need.weight * given(problem, move) * kept
        travel += need.users * float(problem.km[building.unit, need.unit])
    if problem.earlier:
        now = {move.need: move.building for move in result.moves}
        before = {
            move.need: move.building
            for move in problem.earlier.moves
            if move.need in problem.need_at
        }
        changed = [n for n in {*now, *before} if now.get(n) != before.get(n)]
        served -= problem.earlier.price * len(changed)
    money = sum(spent(problem, result.moves).values())
    counted = dict(zip(CODES, (served, travel, money), strict=True))
    yield from wrong_aims(result, counted)
