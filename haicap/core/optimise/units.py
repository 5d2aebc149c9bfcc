"""Communes as planners see them, and the road between them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final

import numpy as np
from numpy.typing import NDArray

from haicap.core.optimise.language import gettext_noop
from haicap.core.optimise.rows import Record


Floats = NDArray[np.float64]

EARTH_KM: Final = 6371.0088  # mean radius, IUGG
MOST_UNITS: Final = 5_000  # the country has 3,321


@dataclass(frozen=True, slots=True)
class Unit:
    """A commune or ward, or another place that plans speak of."""

    id: str
    name: str
    lon: float  # degrees
    lat: float  # degrees
    population: int
    province: str = ""


@dataclass(frozen=True, slots=True)
class Road:
    """
    How much longer the road is than the line through the air, and since when that is held.

    It is an assumption of the plan until somebody measures it, so it has a date.
    """

    factor: float
    as_of: date


def straight_km(lon: Floats, lat: Floats, to_lon: Floats, to_lat: Floats) -> Floats:
    """
    Return great-circle distances by the haversine formula.

    Shapes: (n,), (n,), (m,), (m,) -> (n, m). Unit: degrees in, km out.

    >>> one, other = np.array([105.97]), np.array([106.17])
    >>> straight_km(one, np.array([20.25]), other, np.array([20.42])).round(1).tolist()
    [[28.1]]
    """
    east, north = np.radians(lon)[:, None], np.radians(lat)[:, None]
    to_east, to_north = np.radians(to_lon)[None], np.radians(to_lat)[None]
    half = (
        np.sin((to_north - north) / 2) ** 2
        + np.cos(north) * np.cos(to_north) * np.sin((to_east - east) / 2) ** 2
    )
    km: Floats = 2 * EARTH_KM * np.arcsin(np.sqrt(np.clip(half, 0, 1)))
    return km


def road_km(units: Sequence[Unit], road: Road) -> Floats:
    """Return the road between all units. Shape: (n_units, n_units). Unit: km."""
    lon = np.array([unit.lon for unit in units])
    lat = np.array([unit.lat for unit in units])
    return straight_km(lon, lat, lon, lat) * road.factor


def read_units(problem: Record) -> tuple[Unit, ...]:
    """Return the units of a problem. Errors: BadInput names the row."""
    units = []
    for row in problem.rows("units", most=MOST_UNITS):
        units.append(
            Unit(
                id=row.text("id"),
                name=row.text("name"),
                lon=row.number("lon", least=-180, most=180),
                lat=row.number("lat", least=-90, most=90),
                population=row.whole("population", most=50_000_000),
                province=row.text("province", ""),
            )
        )
        row.done()
    if not units:
        raise problem.wrong("units", gettext_noop("%(where)s: %(key)s is empty."))
    return tuple(units)


def write_units(units: Sequence[Unit]) -> list[dict[str, object]]:
    """Return units as `read_units` takes them."""
    return [
        {
            "id": unit.id,
            "name": unit.name,
            "lon": unit.lon,
            "lat": unit.lat,
            "population": unit.population,
            "province": unit.province or None,
        }
        for unit in units
    ]


def read_km(problem: Record, units: Sequence[Unit]) -> tuple[Floats, Road | None]:
    """
    Return the road between all units, (n_units, n_units) km, and the assumption behind it.

    A problem gives either `km`, a matrix, or `road`: a factor with its date.
    """
    if problem.has("km"):
        return problem.matrix("km", (len(units), len(units)), most=5_000), None
    given = problem.record("road")
    road = Road(given.number("factor", least=1.0, most=5.0), given.day("as_of"))
    given.done()
    return road_km(units, road), road


def write_km(km: Floats, road: Road | None) -> dict[str, object]:
    """Return the keys that `read_km` reads."""
    if road is None:
        return {"km": np.round(km, 3).tolist()}
    return {"road": {"factor": road.factor, "as_of": road.as_of.isoformat()}}
