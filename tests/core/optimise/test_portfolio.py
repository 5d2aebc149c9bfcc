"""Which projects are funded: the most benefit within the budgets, proven and judged."""

import itertools
import json
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from haicap.core.errors import BadInput
from haicap.core.optimise import portfolio
from haicap.core.optimise.language import Earlier, Status, Term
from haicap.core.optimise.portfolio import Choice, Move, check, solve, why_not
from haicap.core.optimise.portfolio.check import benefit, spent
from haicap.core.optimise.portfolio.problem import (
    Criterion,
    Floor,
    Precedence,
    Problem,
    Project,
)
from tests.core.optimise.places import scattered


def project(name, cost, points, **more):
    cost = cost if isinstance(cost, tuple) else (float(cost),)
    given = {"area": "X1", "former_province": "A"} | more
    return Project(id=name, name=f"Dự án {name}", cost=cost, scores=(points,), **given)


def problem_of(projects, budgets, **more):
    given = {
        "criteria": (Criterion("need", 1.0, 1.0, 1.0),),
        "projects": tuple(projects),
        "first_year": 2026,
        "budgets": np.array(budgets, dtype=float),
        "kept_a_year": 0.9,
        "is_demo": True,
    }
    return Problem(**given | more)


def small(seed, n=12):
    """A problem as the generator makes it, small enough for no floor to be out of reach."""
    problem = portfolio.generate(scattered(6, seed), seed=seed, n_projects=n)
    return replace(
        problem, floors=tuple(replace(f, least=f.least / 3) for f in problem.floors)
    )


def sound(problem, result):
    assert [str(line) for line in check(problem, result)] == []
    return result


def exact(problem):
    return sound(problem, solve(problem, seconds=20, gap=0.0))


def test_the_most_points_for_the_money_are_not_always_the_best_portfolio():
    problem = problem_of(
        [project("A", 6, 70), project("B", 5, 55), project("C", 5, 55)], [10]
    )

    result = exact(problem)

    assert {move.project for move in result.moves} == {"B", "C"}
    assert result.term("benefit").value == pytest.approx(110)
    assert result.status is Status.OPTIMAL


def test_what_does_not_fit_this_year_waits_and_loses_a_little():
    problem = problem_of([project("A", 8, 50), project("B", 8, 40)], [8, 8])

    result = exact(problem)

    assert result.moves == (Move("A", 2026), Move("B", 2027))
    assert result.term("benefit").value == pytest.approx(50 + 0.9 * 40)


def test_a_project_pays_in_each_year_of_its_life():
    problem = problem_of([project("A", (4.0, 6.0), 50)], [4, 5])

    assert exact(problem).moves == (Move("A", 2027),)


def test_what_follows_waits_for_what_goes_before():
    rule = Precedence("A", "B", 1)
    problem = problem_of(
        [project("A", 5, 1), project("B", 5, 90)], [10, 10], precedence=(rule,)
    )

    assert exact(problem).moves == (Move("A", 2026), Move("B", 2027))


def test_of_alternatives_one_is_funded():
    problem = problem_of(
        [project("A", 1, 10), project("B", 1, 20)], [9], alternatives=(("A", "B"),)
    )

    assert exact(problem).moves == (Move("B", 2026),)


def test_a_floor_sends_money_where_points_would_not():
    floor = Floor("former_province", "B", 4.0)
    problem = problem_of(
        [project("A", 5, 90), project("B", 5, 10, former_province="B")],
        [5],
        floors=(floor,),
    )

    assert exact(problem).moves == (Move("B", 2026),)


def test_without_money_nothing_is_funded():
    result = exact(problem_of([project("A", 5, 90)], [0]))

    assert result.moves == ()
    assert result.status is Status.OPTIMAL


def every_portfolio(problem):
    """Every portfolio of a tiny problem."""
    years = range(problem.first_year, problem.first_year + problem.n_years)
    for chosen in itertools.product((None, *years), repeat=len(problem.projects)):
        yield tuple(
            Move(project.id, year)
            for project, year in zip(problem.projects, chosen, strict=True)
            if year is not None
        )


@pytest.mark.parametrize("seed", range(5))
def test_no_portfolio_of_a_tiny_problem_is_better(seed):
    problem = small(seed, n=6)
    problem = replace(problem, budgets=problem.budgets[:2] * 1.6, floors=())
    found = exact(problem)

    best = -1.0
    for moves in every_portfolio(problem):
        points = sum(benefit(problem, move) for move in moves)
        if points > best:
            money = sum(spent(problem, moves))
            terms = (
                Term("benefit", points, points, "points", is_gain=True),
                Term("money", money, 0.0, "million VND"),
            )
            if not check(problem, replace(found, moves=moves, terms=terms)):
                best = points
    assert found.term("benefit").value == pytest.approx(best)


def plain_problem():
    return problem_of(
        [
            project("A", (4.0, 2.0), 60),
            project("B", 5, 50),
            project("C", 6, 40, former_province="B"),
        ],
        [9, 8],
    )


def test_the_judge_finds_every_planted_fault():
    problem = plain_problem()
    result = exact(problem)
    first, *rest = result.moves
    gain, money = result.terms
    planted = {
        "starts twice": replace(result, moves=(*result.moves, first)),
        "not in the problem": replace(
            result, moves=(replace(first, project="?"), *rest)
        ),
        "cannot start in": replace(result, moves=(replace(first, year=2040), *rest)),
        "is said to be": replace(
            result, terms=(replace(gain, value=gain.value + 1, bound=999.0), money)
        ),
        "beyond the value": replace(result, terms=(replace(gain, bound=1.0), money)),
        "not those of this planner": replace(result, terms=(gain,)),
        "without a plan": replace(result, status=Status.IMPOSSIBLE),
        "gap above": replace(
            result, terms=(replace(gain, bound=gain.value * 2), money)
        ),
    }

    for words, wrong in planted.items():
        said = " ".join(str(line) for line in check(problem, wrong))
        assert words in said, words


@pytest.mark.parametrize(
    "words, limits",
    [
        ("the budget is", {"budgets": np.array([1.0, 8.0])}),
        ("does not wait for", {"precedence": (Precedence("C", "A", 2),)}),
        ("Alternatives are funded together", {"alternatives": (("A", "B"),)}),
        ("its floor is", {"floors": (Floor("former_province", "B", 50.0),)}),
        ("what was pinned", {"pins": (Choice("A", is_wanted=False),)}),
    ],
)
def test_the_judge_sees_every_limit_that_is_not_kept(words, limits):
    problem = plain_problem()
    result = exact(problem)
    assert {"A", "B"} <= {move.project for move in result.moves}

    said = " ".join(str(line) for line in check(replace(problem, **limits), result))

    assert words in said


@pytest.mark.parametrize("seed", range(6))
def test_the_price_of_a_choice_is_what_a_new_search_finds(seed):
    problem = small(seed)
    result = exact(problem)
    funded = {move.project for move in result.moves}
    names = [one.id for one in problem.projects]
    name = names[np.random.default_rng(seed).integers(len(names))]
    choice = Choice(name, is_wanted=name not in funded)

    price = why_not(problem, result, choice, seconds=20)

    cold = solve(replace(problem, pins=(choice,)), seconds=20)
    assert price.after.status is cold.status
    if cold.has_plan:
        assert price.after.term("benefit").value == pytest.approx(
            cold.term("benefit").value, rel=5e-4
        )
        assert price.change("benefit") <= 1e-6
    assert price.words


def impossible(seed):
    """Projects that must be funded, for more money than there is."""
    problem = small(seed)
    rng = np.random.default_rng(seed)
    alone = set(itertools.chain(*problem.alternatives)) | {
        name for rule in problem.precedence for name in (rule.before, rule.after)
    }
    free = [one for one in problem.projects if one.id not in alone]
    pins = tuple(Choice(one.id) for one in free[:3])
    if seed % 2:
        floors = tuple(replace(f, least=f.least * 60 + 1e6) for f in problem.floors[:2])
        return replace(problem, floors=floors)
    return replace(problem, pins=pins, budgets=problem.budgets * rng.uniform(0, 0.01))


@pytest.mark.parametrize("seed", range(20))
def test_the_limits_to_ease_are_a_smallest_set(seed):
    problem = impossible(seed)
    assert solve(problem, seconds=10).status is Status.IMPOSSIBLE

    relaxation = portfolio.relax(problem, seconds=20)

    assert relaxation.eased
    assert relaxation.is_minimal


def test_easing_what_was_named_gives_a_portfolio():
    problem = problem_of([project("A", 7, 9)], [5], pins=(Choice("A"),))

    (eased,) = portfolio.relax(problem, seconds=5).eased

    assert (eased.code, eased.where) == ("budget", "2026")
    assert eased.by == pytest.approx(2)
    assert "2026: give 2 million VND more than 5" in str(eased.words)
    assert solve(replace(problem, budgets=np.array([7.0])), seconds=5).has_plan


def test_a_portfolio_is_kept_when_the_data_change_a_little():
    problem = small(3, n=40)
    before = exact(problem)
    rng = np.random.default_rng(3)
    projects = tuple(
        replace(one, cost=tuple(round(c * 1.05, 1) for c in one.cost))
        if rng.random() < 0.05
        else one
        for one in problem.projects
    )
    other = replace(problem, projects=projects)

    kept = replace(other, earlier=Earlier(before.moves, price=20.0))
    result = sound(kept, solve(kept, seconds=20))
    free = sound(other, solve(other, seconds=20))

    def n_changed(moves):
        return len(set(moves) ^ set(before.moves))

    assert n_changed(result.moves) <= n_changed(free.moves)
    assert n_changed(result.moves) <= 4


def test_deciding_the_doubtful_projects_first_is_proven_by_parts_of_projects():
    problem = portfolio.generate(scattered(40, 7), seed=7)

    rough = sound(problem, solve(problem, seconds=20, gap=5e-3))
    finer = sound(problem, solve(problem, seconds=20, gap=1e-3))

    assert rough.term("benefit").gap <= 5e-3
    assert finer.term("benefit").gap <= 1e-3
    assert rough.term("benefit").bound >= finer.term("benefit").value - 1e-6
    assert finer.term("benefit").bound >= rough.term("benefit").value - 1e-6


def test_more_money_never_brings_less():
    curve = portfolio.front(small(1, n=40), points=5, seconds=10)

    points = [one.terms[0].value for one in curve]
    assert all(b >= a * 0.999 for a, b in itertools.pairwise(points))


def test_ranks_hold_for_any_weights_within_their_intervals():
    problem = small(2, n=15)
    ranges = portfolio.ranks(problem)
    rng = np.random.default_rng(2)
    low = np.array([one.low for one in problem.criteria])
    high = np.array([one.high for one in problem.criteria])
    n_tried = 0
    while n_tried < 200:
        weights = rng.uniform(low, high)
        weights[-1] = 1 - weights[:-1].sum()
        if not low[-1] <= weights[-1] <= high[-1]:
            continue
        n_tried += 1
        points = problem.scores @ weights
        places = (-points).argsort().argsort() + 1
        for one, place in zip(ranges, places, strict=True):
            assert one.best <= place <= one.worst


def test_with_certain_weights_each_project_has_one_rank():
    problem = problem_of([project("A", 1, 10), project("B", 1, 20)], [9])

    assert [(one.best, one.worst) for one in portfolio.ranks(problem)] == [
        (2, 2),
        (1, 1),
    ]


def test_the_core_is_in_every_portfolio_that_was_tried():
    problem = small(4)
    core = portfolio.stable_core(problem, seconds=20)

    funded = {move.project for move in exact(problem).moves}
    everything = {one.id for one in problem.projects}
    assert core.n_tried == 11
    assert set(core.always) <= funded
    assert {*core.always, *core.sometimes, *core.never} == everything


def test_a_watch_can_end_the_search_with_the_best_portfolio():
    problem = small(2, n=60)

    result = sound(problem, solve(problem, seconds=60, watch=lambda step: False))

    assert result.has_plan and result.moves


def test_without_time_there_is_still_a_sound_portfolio():
    problem = small(2, n=60)

    assert sound(problem, solve(problem, seconds=0.0)).moves


def test_a_problem_comes_back_as_it_was_written():
    problem = replace(
        small(1),
        pins=(Choice("D0001", None, is_wanted=False), Choice("D0002", 2027)),
        earlier=Earlier((Move("D0003", 2026),), 2.0),
    )
    written = json.loads(json.dumps(portfolio.write(problem)))

    assert portfolio.write(portfolio.read(written)) == written


def test_the_same_seed_gives_the_same_problem():
    one, same, other = (portfolio.write(small(seed)) for seed in (1, 1, 2))

    assert one == same != other


def test_the_tables_hold_every_project_and_year():
    problem = plain_problem()
    aims, projects, years, _binds = portfolio.tables(problem, exact(problem))

    assert (len(aims.rows), len(projects.rows), len(years.rows)) == (2, 3, 2)


def test_a_start_is_explained_with_its_numbers():
    problem = plain_problem()
    result = exact(problem)

    said = str(portfolio.explain(problem, result, Move("A", 2026)))

    assert said.startswith("Dự án A starts in 2026: 60.0 points for 6 million VND, ")


def test_the_schema_tells_the_keys_that_are_read():
    path = Path(portfolio.__file__).parent / "schema.json"
    schema = json.loads(path.read_text(encoding="utf-8"))
    written = portfolio.write(small(1))

    assert set(schema["properties"]) == set(written)
    for key in ("projects", "criteria", "precedence", "floors"):
        properties = schema["properties"][key]["items"]["properties"]
        assert set(properties) == set(written[key][0])


def spoiled(change):
    data = json.loads(json.dumps(portfolio.write(small(1))))
    change(data)
    with pytest.raises(BadInput) as caught:
        portfolio.read(data)
    return str(caught.value)


def pin(**more):
    return {"project": "D0001", "year": None, "is_wanted": True} | more


@pytest.mark.parametrize(
    "words, change",
    [
        ("row 1 (D0001): cost is [1]", lambda d: d["projects"][0].update(cost=[[1]])),
        ("cost is -5", lambda d: d["projects"][0].update(cost=[-5])),
        ("scores has 1 numbers", lambda d: d["projects"][0].update(scores=[1])),
        (
            "scores is nan",
            lambda d: d["projects"][0]["scores"].__setitem__(0, float("nan")),
        ),
        ("has the same id", lambda d: d["projects"].append(d["projects"][0])),
        ("1 to 15 years", lambda d: d.update(budgets=[])),
        ("weight above 0", lambda d: d.update(criteria=[])),
        ("between its own low", lambda d: d["criteria"][0].update(low=0.9)),
        ("“D9” is not in", lambda d: d["precedence"][0].update(after="D9")),
        ("“D9” is not in", lambda d: d["alternatives"][0].update(projects=["D9"])),
        ("“Z” is not in", lambda d: d["floors"][0].update(name="Z")),
        ("“P” is not in", lambda d: d.update(pins=[pin(project="P")])),
        ("cannot start in 2050", lambda d: d.update(pins=[pin(year=2050)])),
        ("contradicts", lambda d: d.update(pins=[pin(), pin(is_wanted=False)])),
        ("contradicts", lambda d: d.update(pins=[pin(year=2027), pin(year=2028)])),
        ("at most 20000", lambda d: d.update(projects=[None] * 1_000_000)),
        ("Is it misspelt?", lambda d: d.update(budget=[1])),
    ],
)
def test_what_cannot_be_is_told_by_row(words, change):
    assert words in spoiled(change)


def test_projects_that_wait_in_a_circle_are_named():
    def change(data):
        names = [("D0001", "D0002"), ("D0002", "D0003"), ("D0003", "D0001")]
        data["precedence"] = [{"before": a, "after": b, "years": 0} for a, b in names]

    assert "D0001 → D0002 → D0003 → D0001 wait for each other" in spoiled(change)
