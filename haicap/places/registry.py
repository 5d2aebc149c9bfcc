"""The packaged registry as frozen rows; plain Python, no Django, each file read once."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from importlib.resources import files


@dataclass(frozen=True)
class Former:
    """A commune before 1 July 2025; `is_partial` when only a part of it came here."""

    name: str
    code: str
    is_partial: bool


@dataclass(frozen=True)
class UnitRow:
    """One of the 129 communes and wards; areas in km2, centroid in degrees WGS 84."""

    code: str
    name: str
    kind: str
    former_province: str
    former_districts: tuple[str, ...]
    merged_from: tuple[Former, ...]
    area_km2: float
    population: int
    lon: float
    lat: float


@dataclass(frozen=True)
class AgencyRow:
    """One provincial body."""

    id: str
    name_vi: str
    name_en: str
    block: str
    fields: str
    evidence: str


@dataclass(frozen=True)
class ProvinceRow:
    """One of the 34 provinces and cities."""

    code: str
    name: str
    kind: str
    population: int
    area_km2: float


@dataclass(frozen=True)
class CommuneRow:
    """One of the country's 3,321 commune-level units."""

    code: str
    name: str
    kind: str
    province_code: str


def rows(name: str) -> Iterator[dict[str, str]]:
    """Yield the lines of one packaged table."""
    source = files("haicap.places").joinpath("data", name)
    with source.open(encoding="utf-8", newline="") as lines:
        yield from csv.DictReader(lines)


def several(cell: str) -> tuple[str, ...]:
    """Return the parts of a cell that holds a list."""
    return tuple(part.strip() for part in cell.split(";") if part.strip())


PARTIAL = " (một phần)"


def former(row: dict[str, str]) -> tuple[Former, ...]:
    """
    Return the former communes of a unit, names and codes side by side.

    Xã Kim Đông also took in a stretch of coast that was no commune and has no code.
    """
    names = [n for n in several(row["merged_from"]) if not n.startswith("Khu vực ")]
    codes = several(row["merged_from_codes"])
    return tuple(
        Former(name.removesuffix(PARTIAL), code, name.endswith(PARTIAL))
        for name, code in zip(names, codes, strict=True)
    )


@cache
def units() -> tuple[UnitRow, ...]:
    """Return the 129 communes and wards of Ninh Bình."""
    return tuple(
        UnitRow(
            code=row["code"],
            name=row["name"],
            kind=row["kind"],
            former_province=row["former_province"],
            former_districts=several(row["former_districts"]),
            merged_from=former(row),
            area_km2=float(row["area_km2"]),
            population=int(row["population"]),
            lon=float(row["lon"]),
            lat=float(row["lat"]),
        )
        for row in rows("units.csv")
    )


@cache
def agencies() -> tuple[AgencyRow, ...]:
    """Return the 42 provincial bodies."""
    return tuple(
        AgencyRow(
            id=row["id"],
            name_vi=row["name_vi"],
            name_en=row["name_en"],
            block=row["block"],
            fields=row["fields"],
            evidence=row["evidence"],
        )
        for row in rows("agencies.csv")
    )


@cache
def provinces() -> tuple[ProvinceRow, ...]:
    """Return the 34 provinces and cities."""
    return tuple(
        ProvinceRow(
            code=row["code"],
            name=row["name"],
            kind=row["kind"],
            population=int(row["population"]),
            area_km2=float(row["area_km2"]),
        )
        for row in rows("provinces.csv")
    )


@cache
def communes() -> tuple[CommuneRow, ...]:
    """Return every commune-level unit of the country."""
    return tuple(
        CommuneRow(
            code=row["code"],
            name=row["name"],
            kind=row["kind"],
            province_code=row["province_code"],
        )
        for row in rows("communes.csv")
    )
