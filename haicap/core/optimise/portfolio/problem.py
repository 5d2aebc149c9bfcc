"""Which projects could be funded, and when: the problem of the portfolio, and its JSON."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import asdict, dataclass
from functools import cached_property
from typing import Final

import numpy as np
from numpy.typing import NDArray

from haicap.core.errors import BadInput
from haicap.core.optimise.language import Earlier, gettext_noop
from haicap.core.optimise.rows import (
    Record,
    contradiction,
    not_known,
    read_earlier,
    write_earlier,
)


Floats = NDArray[np.float64]

#: What the aims are called.
AIMS: Final = {
    "benefit": gettext_noop("Benefit of the funded projects"),
    "money": gettext_noop("Money in the planned years"),
}
VERSION: Final = 1
MOST_PROJECTS: Final = 20_000
MOST_YEARS: Final = 15
MOST_CRITERIA: Final = 30
MOST_MONEY: Final = 1e9  # million VND


@dataclass(frozen=True, slots=True)
class Criterion:
    """What a project is judged by: its published weight, and how far that is certain."""

    name: str
    weight: float
    low: float
    high: float


@dataclass(frozen=True, slots=True)
class Project:
    """
    A project; `cost` is by year of its own life, the first being the year it starts in.

    Unit: million VND. Scores: 0 to 100, one for each criterion.
    """

    id: str
    name: str
    area: str  # a commune, or a field
    former_province: str
    cost: tuple[float, ...]
    scores: tuple[float, ...]
    earliest: int = 0  # index of the first year in which it may start


@dataclass(frozen=True, slots=True)
class Move:
    """One project is funded and starts in one year (2026, ...)."""

    project: str
    year: int


@dataclass(frozen=True, slots=True)
class Choice:
    """What somebody asks about: this project funded, or not; in that year, or in any."""

    project: str
    year: int | None = None
    is_wanted: bool = True


@dataclass(frozen=True, slots=True)
class Precedence:
    """`after` is funded only if `before` is, and starts at least so many years later."""

    before: str
    after: str
    years: int = 0


@dataclass(frozen=True, slots=True)
class Floor:
    """At least so much money goes to an area, or to a former province."""

    kind: str  # "area" or "former_province"
    name: str
    least: float  # million VND over all years


@dataclass(frozen=True, eq=False)
class Problem:
    """
    Projects, years with their budgets, weights, and what has to be kept.

    The benefit of a project is its weighted score, a little less for each year it waits.
    """

    criteria: tuple[Criterion, ...]
    projects: tuple[Project, ...]
    first_year: int
    budgets: Floats  # (n_years,) million VND
    kept_a_year: float = (
        0.97  # share of its benefit that a project keeps by waiting a year
    )
    precedence: tuple[Precedence, ...] = ()
    alternatives: tuple[tuple[str, ...], ...] = ()  # at most one of each
    floors: tuple[Floor, ...] = ()
    pins: tuple[Choice, ...] = ()
    earlier: Earlier[Move] | None = None
    is_demo: bool = False

    @cached_property
    def project_at(self) -> Mapping[str, int]:
        """Return the index of each project by its id."""
        return {project.id: at for at, project in enumerate(self.projects)}

    @cached_property
    def weights(self) -> Floats:
        """Return the published weights, made to add up to 1. Shape: (n_criteria,)."""
        given = np.array([one.weight for one in self.criteria])
        shares: Floats = given / given.sum()
        return shares

    @cached_property
    def scores(self) -> Floats:
        """Return the scores. Shape: (n_projects, n_criteria)."""
        rows = [project.scores for project in self.projects]
        return np.array(rows, dtype=float).reshape(len(rows), len(self.criteria))

    @property
    def n_years(self) -> int:
        """Return how many years are planned."""
        return len(self.budgets)

    def of_floor(self, floor: Floor) -> list[int]:
        """Return the projects that a floor speaks of."""
        return [
            at
            for at, project in enumerate(self.projects)
            if getattr(project, floor.kind) == floor.name
        ]


def read(data: object) -> Problem:
    """Return the problem that this JSON says. Errors: BadInput names the row."""
    record = Record(data)
    record.one_of("planner", ("portfolio",))
    record.whole("version", least=VERSION, most=VERSION)
    is_demo = record.flag("is_demo", False)
    criteria = tuple(_read_criteria(record))
    budgets = record.years("budgets", n_most=MOST_YEARS, most=MOST_MONEY)
    projects = tuple(_read_projects(record, criteria, len(budgets)))
    known = {project.id for project in projects}
    problem = Problem(
        criteria=criteria,
        projects=projects,
        first_year=record.whole("first_year", least=2000, most=2200),
        budgets=budgets,
        kept_a_year=record.number("kept_a_year", most=1.0, default=0.97),
        precedence=tuple(_read_precedence(record, known)),
        alternatives=tuple(_read_alternatives(record, known)),
        floors=tuple(_read_floors(record, projects)),
        pins=tuple(_read_pins(record)),
        earlier=read_earlier(record, _read_move, most=MOST_PROJECTS, unique="project"),
        is_demo=is_demo,
    )
    record.done()
    _check_circles(problem)
    check_pins(problem)
    return problem


def _read_criteria(record: Record) -> Iterator[Criterion]:
    total, n = 0.0, 0
    for row in record.rows("criteria", most=MOST_CRITERIA, unique="name"):
        weight = row.number("weight", most=1_000)
        low = row.number("low", most=1_000, default=weight)
        high = row.number("high", most=1_000, default=weight)
        if not low <= weight <= high:
            raise row.wrong(
                "weight",
                gettext_noop(
                    "%(where)s: %(key)s has to lie between its own low and high."
                ),
            )
        yield Criterion(row.text("name"), weight, low, high)
        row.done()
        total, n = total + weight, n + 1
    if not n or total <= 0:
        raise record.wrong(
            "criteria", gettext_noop("%(where)s: %(key)s needs a weight above 0.")
        )


def _read_projects(
    record: Record, criteria: tuple[Criterion, ...], n_years: int
) -> Iterator[Project]:
    for row in record.rows("projects", most=MOST_PROJECTS):
        cost = row.years("cost", n_most=MOST_YEARS, most=MOST_MONEY)
        yield Project(
            id=row.text("id"),
            name=row.text("name"),
            area=row.text("area"),
            former_province=row.text("former_province", ""),
            cost=tuple(float(each) for each in cost),
            scores=tuple(
                float(each) for each in row.numbers("scores", len(criteria), most=100.0)
            ),
            earliest=row.whole("earliest", most=n_years - 1, default=0),
        )
        row.done()


def _read_precedence(record: Record, known: set[str]) -> Iterator[Precedence]:
    for row in record.rows("precedence", most=100_000, default=[], unique=""):
        yield Precedence(
            row.known("before", known),
            row.known("after", known),
            row.whole("years", most=MOST_YEARS, default=0),
        )
        row.done()


def _read_alternatives(record: Record, known: set[str]) -> Iterator[tuple[str, ...]]:
    for row in record.rows("alternatives", most=20_000, default=[], unique=""):
        names = row.texts("projects")
        for name in names:
            if name not in known:
                raise not_known(row.where, "projects", name)
        row.done()
        yield names


def _read_floors(record: Record, projects: tuple[Project, ...]) -> Iterator[Floor]:
    kinds = ("area", "former_province")
    names = {kind: {getattr(one, kind) for one in projects} for kind in kinds}
    for row in record.rows("floors", most=10_000, default=[], unique=""):
        kind = row.one_of("kind", kinds)
        yield Floor(kind, row.known("name", names[kind]), row.number("least"))
        row.done()


def _read_pins(record: Record) -> Iterator[Choice]:
    for row in record.rows("pins", most=MOST_PROJECTS, default=[], unique=""):
        yield Choice(
            row.text("project"),
            row.whole("year", least=2000, most=2200, default=None),
            row.flag("is_wanted"),
        )
        row.done()


def _read_move(row: Record) -> Move:
    return Move(row.text("project"), row.whole("year", least=2000, most=2200))


def _check_circles(problem: Problem) -> None:
    """Refuse projects that wait for each other in a circle."""
    follow: dict[str, list[str]] = {}
    for rule in problem.precedence:
        follow.setdefault(rule.before, []).append(rule.after)
    done: set[str] = set()
    for first in list(follow):
        path: list[str] = []
        stack = [(first, iter(follow.get(first, ())))]
        path.append(first)
        while stack:
            here, rest = stack[-1]
            after = next(rest, None)
            if after is None:
                stack.pop()
                path.pop()
                done.add(here)
            elif after in path:
                raise BadInput(
                    gettext_noop(
                        "precedence: %(names)s wait for each other in a circle."
                    ),
                    names=" → ".join([*path[path.index(after) :], after]),
                )
            elif after not in done:
                stack.append((after, iter(follow.get(after, ()))))
                path.append(after)


def check_pins(problem: Problem) -> None:
    """Refuse pins of no project, of no year, or against each other."""
    wanted: dict[str, int] = {}
    years = range(problem.first_year, problem.first_year + problem.n_years)
    for number, pin in enumerate(problem.pins, 1):
        where = f"pins, row {number} ({pin.project})"
        if pin.project not in problem.project_at:
            raise not_known(where, "project", pin.project)
        first = problem.projects[problem.project_at[pin.project]].earliest
        if pin.year is not None and pin.is_wanted and pin.year not in years[first:]:
            raise BadInput(
                gettext_noop("%(where)s: this project cannot start in %(year)s."),
                where=where,
                year=pin.year,
            )
        if pin.is_wanted:
            wanted.setdefault(pin.project, number)
    for number, pin in enumerate(problem.pins, 1):
        other = problem.pins[wanted[pin.project] - 1] if pin.project in wanted else pin
        clash = other.is_wanted != pin.is_wanted and pin.year in (None, other.year)
        clash |= other.is_wanted and pin.is_wanted and other.year != pin.year
        if clash:
            raise contradiction(
                f"pins, row {number} ({pin.project})", wanted[pin.project]
            )


def write(problem: Problem) -> dict[str, object]:
    """Return the problem as `read` takes it."""
    return {
        "planner": "portfolio",
        "version": VERSION,
        "is_demo": problem.is_demo,
        "first_year": problem.first_year,
        "budgets": problem.budgets.tolist(),
        "kept_a_year": problem.kept_a_year,
        "criteria": [asdict(one) for one in problem.criteria],
        "projects": [
            {
                "id": one.id,
                "name": one.name,
                "area": one.area,
                "former_province": one.former_province or None,
                "cost": list(one.cost),
                "scores": list(one.scores),
                "earliest": one.earliest,
            }
            for one in problem.projects
        ],
        "precedence": [asdict(rule) for rule in problem.precedence],
        "alternatives": [{"projects": list(names)} for names in problem.alternatives],
        "floors": [asdict(floor) for floor in problem.floors],
        "pins": [asdict(pin) for pin in problem.pins],
        "earlier": write_earlier(problem.earlier),
    }
