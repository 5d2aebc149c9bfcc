"""Which communes could share a board or a service centre: the problem, and its JSON."""

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
Bools = NDArray[np.bool_]

#: What the aims are called.
AIMS: Final = {
    "median": gettext_noop("Sum of ways, weighted"),
    "centre": gettext_noop("Longest way"),
}
VERSION: Final = 1
MOST_LOAD: Final = 1e9
#: The board of the province for an area, to which a commune may entrust its projects.
AREA_BOARD: Final = "area_board"


class Form(StrEnum):
    """In which form a commune has its work done."""

    OWN = "own_board"
    SHARED = "shared_board_of_several_communes"
    ENTRUSTED = "entrusted_to_area_board"


class First(StrEnum):
    """Which aim comes first: the sum of all ways, or the longest one."""

    MEDIAN = "median"
    CENTRE = "centre"


@dataclass(frozen=True, slots=True)
class Condition:
    """
    What holds for one commune: its work, and what it can and may.

    A board makes sense only from `least_load` on and can do at most `capacity`.
    """

    load: float  # projects a year, or dossiers a month
    weight: float  # how much a kilometre of this commune counts
    may_host: bool
    may_share: bool  # may be served by a board elsewhere
    may_entrust: bool
    capacity: float
    least_load: float
    fixed_cost: float  # million VND a year
    is_existing: bool = False  # a board is there and stays


@dataclass(frozen=True, slots=True)
class Move:
    """One commune is served by the board at one place, or by the area board."""

    unit: str
    board: str  # id of a unit, or "area_board"


@dataclass(frozen=True, slots=True)
class Choice:
    """What somebody asks about: this commune served there; without a unit: a board there."""

    board: str
    unit: str | None = None
    is_wanted: bool = True


@dataclass(frozen=True, eq=False)
class Problem:
    """
    Communes, the road between them, how many boards there may be, and what holds for each.

    A million VND of fixed cost counts as `km_a_million` weighted kilometres; a commune
    that entrusts its work counts as `entrust_km` away, and not in the longest way.
    """

    units: tuple[Unit, ...]
    conditions: tuple[Condition, ...]
    km: Floats  # (n_units, n_units) by road
    road: Road | None
    max_boards: int
    first: First = First.MEDIAN
    max_km: float | None = None
    km_a_million: float = 0.0
    entrust_km: float = 0.0
    pins: tuple[Choice, ...] = ()
    earlier: Earlier[Move] | None = None
    is_demo: bool = False

    @cached_property
    def unit_at(self) -> Mapping[str, int]:
        """Return the index of each unit by its id."""
        return {unit.id: at for at, unit in enumerate(self.units)}

    @cached_property
    def load(self) -> Floats:
        """Return the work of each unit. Shape: (n_units,)."""
        return np.array([one.load for one in self.conditions])

    @cached_property
    def cost(self) -> Floats:
        """
        Return what it costs that the board of column j serves the unit of row i.

        Shape: (n_units, n_units + 1) weighted km; infinite where it may not be. The last
        column is the area board.
        """
        n = len(self.units)
        weight = np.array([one.weight for one in self.conditions])
        cost = np.full((n, n + 1), np.inf)
        cost[:, :n] = weight[:, None] * self.km
        cost[:, n] = weight * self.entrust_km
        cost[:, :n][:, [not one.may_host for one in self.conditions]] = np.inf
        if self.max_km is not None:
            cost[:, :n][self.km > self.max_km] = np.inf
        stays = np.array([not one.may_share for one in self.conditions])
        away = ~np.eye(n, dtype=bool) & stays[:, None]
        cost[:, :n][away] = np.inf
        cost[[not one.may_entrust for one in self.conditions], n] = np.inf
        self._pin(cost)
        if self.earlier:
            self._keep(cost)
        return cost

    def _pin(self, cost: Floats) -> None:
        n = len(self.units)
        for pin in self.pins:
            if pin.unit is None:
                if not pin.is_wanted:
                    cost[:, self.unit_at[pin.board]] = np.inf
                continue
            board = n if pin.board == AREA_BOARD else self.unit_at[pin.board]
            unit = self.unit_at[pin.unit]
            if pin.is_wanted:
                others = np.arange(n + 1) != board
                cost[unit, others] = np.inf
            else:
                cost[unit, board] = np.inf

    def _keep(self, cost: Floats) -> None:
        """Make every change to an earlier plan as dear as it is said to be."""
        assert self.earlier is not None
        n = len(self.units)
        for move in self.earlier.moves:
            if move.unit in self.unit_at:
                board = (
                    n if move.board == AREA_BOARD else self.unit_at.get(move.board, -1)
                )
                others = np.arange(n + 1) != board
                cost[self.unit_at[move.unit], others] += self.earlier.price

    @cached_property
    def fixed(self) -> Floats:
        """Return what a board at each unit costs. Shape: (n_units,) weighted km."""
        return self.km_a_million * np.array([one.fixed_cost for one in self.conditions])

    @cached_property
    def must_open(self) -> Bools:
        """Return where there has to be a board. Shape: (n_units,)."""
        must = np.array([one.is_existing for one in self.conditions], dtype=bool)
        for pin in self.pins:
            if pin.is_wanted and pin.board != AREA_BOARD:
                must[self.unit_at[pin.board]] = True
        return must


def read(data: object) -> Problem:
    """Return the problem that this JSON says. Errors: BadInput names the row."""
    record = Record(data)
    record.one_of("planner", ("boards",))
    record.whole("version", least=VERSION, most=VERSION)
    is_demo = record.flag("is_demo", False)
    units = read_units(record)
    km, road = read_km(record, units)
    problem = Problem(
        units=units,
        conditions=_read_conditions(record, units),
        km=km,
        road=road,
        max_boards=record.whole("max_boards", least=0, most=len(units)),
        first=First(record.one_of("first", tuple(First), First.MEDIAN)),
        max_km=record.number("max_km", most=5_000, default=None),
        km_a_million=record.number("km_a_million", most=1e9, default=0.0),
        entrust_km=record.number("entrust_km", most=5_000, default=0.0),
        pins=tuple(_read_pins(record)),
        earlier=read_earlier(record, _read_move, most=100_000, unique="unit"),
        is_demo=is_demo,
    )
    record.done()
    check_pins(problem)
    return problem


def _read_conditions(record: Record, units: tuple[Unit, ...]) -> tuple[Condition, ...]:
    known = {unit.id for unit in units}
    found: dict[str, Condition] = {}
    for row in record.rows("conditions", most=len(units) + 1, unique="unit"):
        name = row.known("unit", known)
        capacity = row.number("capacity", most=MOST_LOAD)
        least = row.number("least_load", most=MOST_LOAD, default=0.0)
        if least > capacity:
            raise row.wrong(
                "least_load",
                gettext_noop("%(where)s: %(key)s is more than the capacity."),
            )
        found[name] = Condition(
            load=row.number("load", most=MOST_LOAD),
            weight=row.number("weight", most=1e9),
            may_host=row.flag("may_host", True),
            may_share=row.flag("may_share", True),
            may_entrust=row.flag("may_entrust", False),
            capacity=capacity,
            least_load=least,
            fixed_cost=row.number("fixed_cost", most=1e9, default=0.0),
            is_existing=row.flag("is_existing", False),
        )
        one = found[name]
        if not (one.may_host or one.may_share or one.may_entrust):
            raise row.wrong(
                "unit",
                gettext_noop(
                    "%(where)s: a commune that may neither host nor share nor entrust "
                    "cannot be served."
                ),
            )
        if one.is_existing and not one.may_host:
            raise row.wrong(
                "is_existing",
                gettext_noop(
                    "%(where)s: a board is there, so may_host has to be true."
                ),
            )
        row.done()
    for unit in units:
        if unit.id not in found:
            raise record.wrong(
                "conditions",
                gettext_noop("%(where)s: %(key)s says nothing of %(unit)s."),
                unit=unit.id,
            )
    return tuple(found[unit.id] for unit in units)


def _read_pins(record: Record) -> Iterator[Choice]:
    for row in record.rows("pins", most=100_000, default=[], unique=""):
        yield Choice(row.text("board"), row.text("unit", None), row.flag("is_wanted"))
        row.done()


def _read_move(row: Record) -> Move:
    return Move(row.text("unit"), row.text("board"))


def check_pins(problem: Problem) -> None:
    """Refuse pins of nothing, of what may not be, or against each other."""
    wanted: dict[str | None, tuple[int, Choice]] = {}
    closed: dict[str, int] = {}
    for number, pin in enumerate(problem.pins, 1):
        where = f"pins, row {number} ({pin.board})"
        named = [("unit", pin.unit)]
        if pin.board != AREA_BOARD:
            named.append(("board", pin.board))
        for key, value in named:
            if value is not None and value not in problem.unit_at:
                raise not_known(where, key, value)
        if pin.unit is None and not pin.is_wanted:
            closed[pin.board] = number
        if not pin.is_wanted:
            continue
        if pin.board != AREA_BOARD:
            host = problem.conditions[problem.unit_at[pin.board]]
            if not host.may_host:
                raise BadInput(
                    gettext_noop("%(where)s: this commune may not host a board."),
                    where=where,
                )
        if pin.unit is not None:
            first = wanted.setdefault(pin.unit, (number, pin))
            if first[1].board != pin.board:
                raise contradiction(where, first[0])
    for number, pin in enumerate(problem.pins, 1):
        where = f"pins, row {number} ({pin.board})"
        if pin.is_wanted and pin.board in closed:
            raise contradiction(where, closed[pin.board])
        other = wanted.get(pin.unit) if pin.unit else None
        if other and not pin.is_wanted and other[1].board == pin.board:
            raise contradiction(where, other[0])


def write(problem: Problem) -> dict[str, object]:
    """Return the problem as `read` takes it."""
    return {
        "planner": "boards",
        "version": VERSION,
        "is_demo": problem.is_demo,
        "units": write_units(problem.units),
        **write_km(problem.km, problem.road),
        "max_boards": problem.max_boards,
        "first": problem.first.value,
        "max_km": problem.max_km,
        "km_a_million": problem.km_a_million,
        "entrust_km": problem.entrust_km,
        "conditions": [
            {
                "unit": unit.id,
                "load": one.load,
                "weight": one.weight,
                "may_host": one.may_host,
                "may_share": one.may_share,
                "may_entrust": one.may_entrust,
                "capacity": one.capacity,
                "least_load": one.least_load,
                "fixed_cost": one.fixed_cost,
                "is_existing": one.is_existing,
            }
            for unit, one in zip(problem.units, problem.conditions, strict=True)
        ],
        "pins": [asdict(pin) for pin in problem.pins],
        "earlier": write_earlier(problem.earlier),
    }
