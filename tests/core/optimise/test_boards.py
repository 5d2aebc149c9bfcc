"""Which communes share a board: the plan is found, proven, judged and explained."""

import itertools
import json
from dataclasses import replace
from datetime import date
from pathlib import Path

import numpy as np
import pytest

from haicap.core.errors import BadInput
from haicap.core.optimise import boards
from haicap.core.optimise.boards import Choice, Move, check, solve, why_not
from haicap.core.optimise.boards.bound import lagrangian
from haicap.core.optimise.boards.problem import (
    AREA_BOARD,
    Condition,
    First,
    Problem,
)
from haicap.core.optimise.language import Earlier, Status, Term
from haicap.core.optimise.units import Road, road_km
from tests.core.optimise.places import row_of_units, scattered


ROAD = Road(1.0, date(2026, 1, 5))


def condition(**more):
    given = {
        "load": 10.0,
        "weight": 1.0,
        "may_host": True,
        "may_share": True,
        "may_entrust": False,
        "capacity": 1_000.0,
        "least_load": 0.0,
        "fixed_cost": 0.0,
    }
    return Condition(**(given | more))


def problem_of(n, max_boards, changes=None, **more):
    """Communes in a row, ten km apart; `changes` by their place."""
    units = row_of_units(n)
    changes = changes or {}
    given = {
        "units": units,
        "conditions": tuple(condition(**changes.get(at, {})) for at in range(n)),
        "km": np.round(road_km(units, ROAD), 3),
        "road": None,
        "max_boards": max_boards,
        "is_demo": True,
    }
    return Problem(**(given | more))


def small(seed, n=9, most=3):
    return replace(boards.generate(scattered(n, seed), seed=seed), max_boards=most)


def sound(problem, result):
    assert [str(line) for line in check(problem, result)] == []
    return result


def best(problem, seconds=20):
    return sound(problem, solve(problem, seconds=seconds))


def places(result):
    return {move.board for move in result.moves}


def test_one_board_stands_in_the_middle():
    result = best(problem_of(5, 1))

    assert places(result) == {"X2"}
    assert result.term("median").value == pytest.approx(60, abs=0.1)
    assert result.status is Status.OPTIMAL


def test_a_heavy_commune_draws_the_board_unless_the_longest_way_comes_first():
    heavy = {4: {"weight": 9.0}}

    assert places(best(problem_of(5, 1, heavy))) == {"X4"}
    assert places(best(problem_of(5, 1, heavy, first=First.CENTRE))) == {"X2"}


def test_a_full_board_sends_communes_to_the_next():
    problem = problem_of(5, 2, {at: {"capacity": 30.0} for at in range(5)})

    result = best(problem)

    counts = sorted(sum(m.board == b for m in result.moves) for b in places(result))
    assert counts == [2, 3]


def test_a_board_without_enough_work_makes_no_sense():
    lonely = {at: {"least_load": 20.0} for at in range(4)}

    result = best(problem_of(4, 4, lonely))

    counts = [sum(m.board == b for m in result.moves) for b in places(result)]
    assert counts == [2, 2]


def test_a_board_that_is_there_stays():
    result = best(problem_of(5, 1, {0: {"is_existing": True}}))

    assert places(result) == {"X0"}


def test_who_may_not_host_share_or_entrust_does_not():
    changes = {2: {"may_host": False}, 4: {"may_share": False}}

    result = best(problem_of(5, 2, changes))

    board_of = {move.unit: move.board for move in result.moves}
    assert board_of["X4"] == "X4"
    assert "X2" not in places(result)


def test_who_may_entrust_does_when_it_is_nearer():
    changes = {4: {"may_entrust": True}}

    result = best(problem_of(5, 1, changes, entrust_km=5.0))

    assert Move("X4", AREA_BOARD) in result.moves
    assert result.term("centre").value < 31


def test_a_board_has_its_price_when_the_number_is_free():
    dear = {at: {"fixed_cost": 100.0} for at in range(6)}

    few = best(problem_of(6, 6, dear, km_a_million=1.0))
    many = best(problem_of(6, 6, dear, km_a_million=0.001))

    assert len(places(few)) == 1
    assert len(places(many)) == 6


def test_too_far_is_impossible():
    problem = problem_of(5, 1, max_km=15.0)

    assert solve(problem, seconds=5).status is Status.IMPOSSIBLE


def every_plan(problem):
    names = [unit.id for unit in problem.units]
    for opened in itertools.chain.from_iterable(
        itertools.combinations(names, k) for k in range(1, problem.max_boards + 1)
    ):
        for chosen in itertools.product(opened, repeat=len(names)):
            yield tuple(Move(u, b) for u, b in zip(names, chosen, strict=True))


@pytest.mark.parametrize("first", list(First))
@pytest.mark.parametrize("seed", range(3))
def test_no_plan_of_a_tiny_problem_is_better(seed, first):
    problem = replace(small(seed, n=5, most=2), first=first)
    found = best(problem)

    aims = []
    for moves in every_plan(problem):
        median = centre = 0.0
        for move in moves:
            at, there = problem.unit_at[move.unit], problem.unit_at[move.board]
            km = float(problem.km[at, there])
            median += problem.conditions[at].weight * km
            centre = max(centre, km)
        values = {"median": median, "centre": centre}
        terms = tuple(
            Term(term.code, values[term.code], 0.0, term.unit) for term in found.terms
        )
        one = replace(found, moves=moves, terms=terms, status=Status.FEASIBLE)
        if not check(problem, one):
            aims.append(tuple(term.value for term in terms))
    assert found.terms[0].value == pytest.approx(min(aims)[0], rel=1e-3)


@pytest.mark.parametrize("seed", range(4))
def test_the_bound_is_never_above_a_plan(seed):
    problem = small(seed, n=20, most=4)
    found = best(problem)

    bound = lagrangian(
        problem.cost,
        problem.fixed,
        problem.must_open,
        problem.max_boards,
        found.term("median").value,
        seconds=5,
        look=lambda opened: np.inf,
    )

    assert bound.value <= found.term("median").value + 1e-6
    assert bound.value >= 0.85 * found.term("median").value


def plain_problem():
    return problem_of(5, 2)


def test_the_judge_finds_every_planted_fault():
    problem = plain_problem()
    result = best(problem)
    first, *rest = result.moves
    median, centre = result.terms
    planted = {
        "served twice": replace(result, moves=(*result.moves, first)),
        "not in the problem": replace(result, moves=(replace(first, board="?"), *rest)),
        "may not entrust": replace(
            result, moves=(replace(first, board=AREA_BOARD), *rest)
        ),
        "is not served": replace(result, moves=tuple(rest)),
        "is said to be": replace(
            result, terms=(replace(median, value=1.0, bound=0.0), centre)
        ),
        "beyond the value": replace(result, terms=(replace(median, bound=1e9), centre)),
        "not those of this planner": replace(result, terms=(centre, median)),
        "without a plan": replace(result, status=Status.IMPOSSIBLE),
        "gap above": replace(result, terms=(replace(median, bound=0.0), centre)),
    }

    for words, wrong in planted.items():
        said = " ".join(str(line) for line in check(problem, wrong))
        assert words in said, words


@pytest.mark.parametrize(
    "words, limits",
    [
        ("boards; 1 are allowed", {"max_boards": 1}),
        ("are allowed", {"max_km": 1.0}),
        ("it can do", {"conditions": {"capacity": 5.0}}),
        ("it makes sense from", {"conditions": {"least_load": 500.0}}),
        ("may not host", {"conditions": {"may_host": False}}),
        ("may not share", {"conditions": {"may_share": False}}),
        ("what was pinned", {"pins": (Choice("X0", "X4"),)}),
    ],
)
def test_the_judge_sees_every_limit_that_is_not_kept(words, limits):
    problem = plain_problem()
    result = best(problem)
    if "conditions" in limits:
        limits = {
            "conditions": tuple(condition(**limits["conditions"]) for _ in range(5))
        }

    said = " ".join(str(line) for line in check(replace(problem, **limits), result))

    assert words in said


@pytest.mark.parametrize("seed", range(5))
def test_the_price_of_a_choice_is_what_a_new_search_finds(seed):
    problem = small(seed, n=12)
    result = best(problem)
    board = result.moves[seed].board
    other = next(u.id for u in problem.units if u.id not in places(result))
    for choice in (Choice(board, is_wanted=False), Choice(other)):
        price = why_not(problem, result, choice, seconds=20)
        cold = solve(replace(problem, pins=(choice,)), seconds=20)

        assert price.after.status.value == cold.status.value
        if cold.has_plan:
            assert price.after.term("median").value == pytest.approx(
                cold.term("median").value, rel=5e-4
            )
            assert price.change("median") >= -1e-6
        assert price.words


def impossible(seed):
    problem = small(seed, n=7, most=2)
    kinds = [
        {"max_km": 0.5},
        {"max_boards": 0},
        {
            "conditions": tuple(
                replace(one, capacity=one.load * 1.5, least_load=0.0)
                for one in problem.conditions
            )
        },
    ]
    return replace(problem, **kinds[seed % 3])


@pytest.mark.parametrize("seed", range(20))
def test_the_limits_to_ease_are_a_smallest_set(seed):
    problem = impossible(seed)
    assert solve(problem, seconds=10).status is Status.IMPOSSIBLE

    relaxation = boards.relax(problem, seconds=20)

    assert relaxation.eased
    assert relaxation.is_minimal


def test_easing_what_was_named_gives_a_plan():
    problem = problem_of(3, 1, max_km=12.0, pins=(Choice("X0"),))
    assert solve(problem, seconds=5).status is Status.IMPOSSIBLE

    (eased,) = boards.relax(problem, seconds=5).eased

    assert eased.code in ("max_boards", "max_km")
    more = {"max_boards": {"max_boards": 2}, "max_km": {"max_km": 12.0 + eased.by}}
    assert solve(replace(problem, **more[eased.code]), seconds=5).has_plan


def test_a_plan_is_kept_when_the_data_change_a_little():
    problem = small(1, n=25, most=5)
    before = best(problem)
    changed = tuple(
        replace(one, load=one.load + 1, weight=one.weight + 1) if at % 20 == 0 else one
        for at, one in enumerate(problem.conditions)
    )
    other = replace(problem, conditions=changed)

    result = best(replace(other, earlier=Earlier(before.moves, price=20.0)))

    was = {move.unit: move.board for move in before.moves}
    assert sum(was[move.unit] != move.board for move in result.moves) <= 1


def test_more_boards_never_make_ways_longer():
    curve = boards.front(small(2, n=15, most=4), points=4, seconds=10)

    sums = [point.terms[0].value for point in curve]
    assert all(b <= a * 1.001 for a, b in itertools.pairwise(sums))


def test_without_time_there_is_still_a_sound_plan():
    problem = small(2, n=30, most=5)

    assert sound(problem, solve(problem, seconds=0.0)).moves


def test_a_watch_can_end_the_search_with_the_best_plan():
    problem = small(2, n=30, most=5)

    assert sound(problem, solve(problem, seconds=60, watch=lambda step: False)).moves


def test_a_problem_comes_back_as_it_was_written():
    problem = replace(
        small(1),
        pins=(Choice("X001", is_wanted=False), Choice("X002", "X003")),
        earlier=Earlier((Move("X001", "X002"),), 5.0),
        max_km=99.0,
    )
    written = json.loads(json.dumps(boards.write(problem)))

    assert boards.write(boards.read(written)) == written


def test_the_same_seed_gives_the_same_problem():
    one, same, other = (boards.write(small(seed)) for seed in (1, 1, 2))

    assert one == same != other


def test_every_service_is_explained_and_stands_in_the_tables():
    problem = problem_of(5, 2, {4: {"may_share": False, "capacity": 10.0}})
    result = best(problem)

    _aims, communes, at, _binds = boards.tables(problem, result)

    forms = [row[1] for row in communes.rows]
    assert forms.count("shared board") == 4
    assert forms.count("own board") == 1
    assert len(at.rows) == 2
    said = str(boards.explain(problem, result, result.moves[4]))
    assert said == (
        "Xã 4 is served at Xã 4, 0 km away; the board there serves 1 communes with 10 "
        "of its 10."
    )


def test_the_schema_tells_the_keys_that_are_read():
    path = Path(boards.__file__).parent / "schema.json"
    schema = json.loads(path.read_text(encoding="utf-8"))
    written = boards.write(small(1))

    assert set(schema["properties"]) == set(written) | {"km"}
    properties = schema["properties"]["conditions"]["items"]["properties"]
    assert set(properties) == set(written["conditions"][0])


def spoiled(change):
    data = json.loads(json.dumps(boards.write(small(1))))
    change(data)
    with pytest.raises(BadInput) as caught:
        boards.read(data)
    return str(caught.value)


def pin(**more):
    return {"board": "X001", "unit": None, "is_wanted": True} | more


@pytest.mark.parametrize(
    "words, change",
    [
        ("load is -1", lambda d: d["conditions"][0].update(load=-1)),
        ("weight is nan", lambda d: d["conditions"][0].update(weight=float("nan"))),
        ("more than the capacity", lambda d: d["conditions"][0].update(least_load=9e8)),
        ("has the same unit", lambda d: d["conditions"].append(d["conditions"][0])),
        ("says nothing of X000", lambda d: d["conditions"].pop(0)),
        ("“Z” is not in", lambda d: d["conditions"][0].update(unit="Z")),
        (
            "cannot be served",
            lambda d: d["conditions"][0].update(may_host=False, may_share=False),
        ),
        (
            "may_host has to be true",
            lambda d: d["conditions"][0].update(may_host=False, is_existing=True),
        ),
        ("max_boards is 999", lambda d: d.update(max_boards=999)),
        ("first is “last”", lambda d: d.update(first="last")),
        ("“Z” is not in", lambda d: d.update(pins=[pin(board="Z")])),
        ("“Z” is not in", lambda d: d.update(pins=[pin(unit="Z")])),
        ("contradicts", lambda d: d.update(pins=[pin(), pin(is_wanted=False)])),
        (
            "contradicts",
            lambda d: d.update(pins=[pin(unit="X003"), pin(board="X002", unit="X003")]),
        ),
        ("units has 1000000 rows", lambda d: d.update(units=[None] * 1_000_000)),
        ("Is it misspelt?", lambda d: d.update(boards=3)),
    ],
)
def test_what_cannot_be_is_told_by_row(words, change):
    assert words in spoiled(change)
