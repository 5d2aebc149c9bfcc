"""Which surplus building could serve which need: the problem of premises, and its JSON."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import asdict, dataclass
from enum import StrEnum
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
from haicap.core.optimise.units import (
    Road,
    Unit,
    read_km,
    read_units,
    write_km,
    write_units,
)


Floats = NDArray[np.float64]

#: What the aims are called.
AIMS: Final = {
    "served": gettext_noop("Floor space served, weighted"),
    "travel": gettext_noop("People's way to it"),
    "money": gettext_noop("Repair and conversion"),
}
VERSION: Final = 1
MOST_BUILDINGS: Final = 20_000
MOST_NEEDS: Final = 20_000
MOST_YEARS: Final = 15
MOST_M2: Final = 1_000_000.0
MOST_MONEY: Final = 1e9  # million VND


class Use(StrEnum):
    """What a building can become; what serves nothing is handed over instead."""

    OFFICE = "office"
    SERVICE_CENTRE = "service_centre"
    POLICE = "police"
    SCHOOL = "school"
    HEALTH_STATION = "health_station"
    CULTURE_HOUSE = "culture_house"


#: What a person reads of a use.
USE_WORDS: Final = {
    Use.OFFICE: gettext_noop("office"),
    Use.SERVICE_CENTRE: gettext_noop("public service centre"),
    Use.POLICE: gettext_noop("commune police"),
    Use.SCHOOL: gettext_noop("school"),
    Use.HEALTH_STATION: gettext_noop("health station"),
    Use.CULTURE_HOUSE: gettext_noop("culture house"),
}


@dataclass(frozen=True, slots=True)
class Fit:
    """A use that a building suits, and what a square metre of it costs to convert."""

    use: Use
    cost: float  # million VND per m2


@dataclass(frozen=True, slots=True)
class Building:
    """A surplus building. Grade: 1 (best) to 4, as the office's papers say."""

    id: str
    name: str
    unit: int  # index of the unit it stands in
    floor_m2: float
    land_m2: float
    grade: int
    has_papers: bool
    repair_cost: float  # million VND, once, if any part is used
    fits: tuple[Fit, ...]
    can_split: bool = True


@dataclass(frozen=True, slots=True)
class Need:
    """Square metres that are missing for one use in one unit."""

    id: str
    unit: int
    use: Use
    m2: float
    users: int  # people who come there
    weight: float = 1.0  # how much a missing m2 counts
    land_m2: float = 0.0  # the building's land has to be as large
    worst_grade: int = 4
    needs_papers: bool = False


@dataclass(frozen=True, slots=True)
class Move:
    """A building, or a part of it, serves a need from one year on."""

    building: str
    need: str
    year: int


@dataclass(frozen=True, slots=True)
class Choice:
    """What somebody asks about: this need served by that building, or by any; or not."""

    need: str
    building: str | None = None
    is_wanted: bool = True


@dataclass(frozen=True, eq=False)
class Problem:
    """
    Buildings, needs, what suits what, and the money of each year.

    A need is served by one building or not at all; one that is too small may serve it in
    part, from `least_share` of the need on.
    """

    units: tuple[Unit, ...]
    buildings: tuple[Building, ...]
    needs: tuple[Need, ...]
    km: Floats  # (n_units, n_units) by road
    road: Road | None
    max_km: float
    first_year: int
    budgets: Floats  # (n_years,) million VND
    kept_a_year: float = 0.95  # what a need's m2 are worth when it waits a year
    least_share: float = 0.6
    max_buildings: int | None = None  # that may be used at all
    pins: tuple[Choice, ...] = ()
    must_serve: bool = False  # every need has to be served
    earlier: Earlier[Move] | None = None
    is_demo: bool = False

    @cached_property
    def building_at(self) -> Mapping[str, int]:
        """Return the index of each building by its id."""
        return {one.id: at for at, one in enumerate(self.buildings)}

    @cached_property
    def need_at(self) -> Mapping[str, int]:
        """Return the index of each need by its id."""
        return {one.id: at for at, one in enumerate(self.needs)}

    @property
    def n_years(self) -> int:
        """Return how many years are planned."""
        return len(self.budgets)

    def cost_of(self, building: Building, need: Need) -> float | None:
        """Return what a m2 costs to convert, or None where the building does not suit."""
        if need.needs_papers and not building.has_papers:
            return None
        if building.grade > need.worst_grade or building.land_m2 < need.land_m2:
            return None
        if building.floor_m2 < self.least_share * need.m2:
            return None
        if not building.can_split and building.floor_m2 > 2 * need.m2:
            return None  # half of it would stand empty and could serve nothing else
        return next((fit.cost for fit in building.fits if fit.use == need.use), None)


def read(data: object) -> Problem:
    """Return the problem that this JSON says. Errors: BadInput names the row."""
    record = Record(data)
    record.one_of("planner", ("premises",))
    record.whole("version", least=VERSION, most=VERSION)
    is_demo = record.flag("is_demo", False)
    units = read_units(record)
    at = {unit.id: place for place, unit in enumerate(units)}
    km, road = read_km(record, units)
    budgets = record.years("budgets", n_most=MOST_YEARS, most=MOST_MONEY)
    problem = Problem(
        units=units,
        buildings=tuple(_read_buildings(record, at)),
        needs=tuple(_read_needs(record, at)),
        km=km,
        road=road,
        max_km=record.number("max_km", most=5_000),
        first_year=record.whole("first_year", least=2000, most=2200),
        budgets=budgets,
        kept_a_year=record.number("kept_a_year", most=1.0, default=0.95),
        least_share=record.number("least_share", least=0.05, most=1.0, default=0.6),
        max_buildings=record.whole("max_buildings", most=MOST_BUILDINGS, default=None),
        pins=tuple(_read_pins(record)),
        must_serve=record.flag("must_serve", False),
        earlier=read_earlier(record, _read_move, most=MOST_NEEDS, unique="need"),
        is_demo=is_demo,
    )
    record.done()
    check_pins(problem)
    return problem


def _read_buildings(record: Record, at: Mapping[str, int]) -> Iterator[Building]:
    for row in record.rows("buildings", most=MOST_BUILDINGS):
        fits = []
        for fit in row.rows("fits", most=len(Use), unique="use"):
            use = Use(fit.one_of("use", tuple(Use)))
            fits.append(Fit(use, fit.number("cost", most=MOST_MONEY)))
            fit.done()
        yield Building(
            id=row.text("id"),
            name=row.text("name"),
            unit=at[row.known("unit", at)],
            floor_m2=row.number("floor_m2", most=MOST_M2),
            land_m2=row.number("land_m2", most=100 * MOST_M2),
            grade=row.whole("grade", least=1, most=4),
            has_papers=row.flag("has_papers"),
            repair_cost=row.number("repair_cost", most=MOST_MONEY),
            fits=tuple(fits),
            can_split=row.flag("can_split", True),
        )
        row.done()


def _read_needs(record: Record, at: Mapping[str, int]) -> Iterator[Need]:
    for row in record.rows("needs", most=MOST_NEEDS):
        yield Need(
            id=row.text("id"),
            unit=at[row.known("unit", at)],
            use=Use(row.one_of("use", tuple(Use))),
            m2=row.number("m2", least=1.0, most=MOST_M2),
            users=row.whole("users", most=50_000_000),
            weight=row.number("weight", most=1_000, default=1.0),
            land_m2=row.number("land_m2", most=100 * MOST_M2, default=0.0),
            worst_grade=row.whole("worst_grade", least=1, most=4, default=4),
            needs_papers=row.flag("needs_papers", False),
        )
        row.done()


def _read_pins(record: Record) -> Iterator[Choice]:
    for row in record.rows("pins", most=MOST_NEEDS, default=[], unique=""):
        yield Choice(
            row.text("need"), row.text("building", None), row.flag("is_wanted")
        )
        row.done()


def _read_move(row: Record) -> Move:
    year = row.whole("year", least=2000, most=2200)
    return Move(row.text("building"), row.text("need"), year)


def check_pins(problem: Problem) -> None:
    """Refuse pins of nothing, of what does not suit, or against each other."""
    wanted: dict[str, tuple[int, Choice]] = {}
    for number, pin in enumerate(problem.pins, 1):
        where = f"pins, row {number} ({pin.need})"
        for key, value, known in (
            ("need", pin.need, problem.need_at),
            ("building", pin.building, problem.building_at),
        ):
            if value is not None and value not in known:
                raise not_known(where, key, value)
        if not pin.is_wanted:
            continue
        if pin.building is not None:
            building = problem.buildings[problem.building_at[pin.building]]
            need = problem.needs[problem.need_at[pin.need]]
            if problem.cost_of(building, need) is None:
                raise BadInput(
                    gettext_noop(
                        "%(where)s: building %(building)s does not suit this need (use, "
                        "papers, grade, land or size)."
                    ),
                    where=where,
                    building=pin.building,
                )
        first = wanted.setdefault(pin.need, (number, pin))
        if first[1] != pin:
            raise contradiction(where, first[0])
    for number, pin in enumerate(problem.pins, 1):
        if not pin.is_wanted and pin.need in wanted:
            row, other = wanted[pin.need]
            if pin.building in (None, other.building):
                raise contradiction(f"pins, row {number} ({pin.need})", row)


def write(problem: Problem) -> dict[str, object]:
    """Return the problem as `read` takes it."""
    return {
        "planner": "premises",
        "version": VERSION,
        "is_demo": problem.is_demo,
        "units": write_units(problem.units),
        **write_km(problem.km, problem.road),
        "max_km": problem.max_km,
        "first_year": problem.first_year,
        "budgets": problem.budgets.tolist(),
        "kept_a_year": problem.kept_a_year,
        "least_share": problem.least_share,
        "max_buildings": problem.max_buildings,
        "must_serve": problem.must_serve,
        "buildings": [
            {
                "id": one.id,
                "name": one.name,
                "unit": problem.units[one.unit].id,
                "floor_m2": one.floor_m2,
                "land_m2": one.land_m2,
                "grade": one.grade,
                "has_papers": one.has_papers,
                "repair_cost": one.repair_cost,
                "can_split": one.can_split,
                "fits": [{"use": fit.use.value, "cost": fit.cost} for fit in one.fits],
            }
            for one in problem.buildings
        ],
        "needs": [
            {
                "id": one.id,
                "unit": problem.units[one.unit].id,
                "use": one.use.value,
                "m2": one.m2,
                "users": one.users,
                "weight": one.weight,
                "land_m2": one.land_m2,
                "worst_grade": one.worst_grade,
                "needs_papers": one.needs_papers,
            }
            for one in problem.needs
        ],
        "pins": [asdict(pin) for pin in problem.pins],
        "earlier": write_earlier(problem.earlier),
    }
