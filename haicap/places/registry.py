"""The register of provinces, communes and agencies, as packaged; no database."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from functools import cache
from importlib.resources import files
from itertools import zip_longest

from haicap.core.text.gazetteer import Gazetteer, Place, bare_province


PARTIAL = "(một phần)"
PROVINCE = "37"  # Ninh Bình in the national code list


@dataclass(frozen=True, slots=True)
class FormerRow:
    """A commune of before July 2025 that went into a unit of today, whole or in part."""

    name: str
    code: str
    is_partial: bool


@dataclass(frozen=True, slots=True)
class UnitRow:
    """A commune or ward of the province."""

    code: str
    name: str  # "Xã Bình Minh"
    kind: str  # "xa", "phuong" or "dac-khu"
    former_province: str
    former_districts: tuple[str, ...]
    merged_from: tuple[FormerRow, ...]
    area_km2: Decimal
    population: int
    lon: float
    lat: float


@dataclass(frozen=True, slots=True)
class AgencyRow:
    """A body of the province that can lead or coordinate."""

    id: str
    name_vi: str
    name_en: str
    block: str  # "dang", "chinh-quyen", "mat-tran" or "nganh-doc"
    fields: str
    fields_basis: str
    evidence: str
    source: str
    note: str


@dataclass(frozen=True, slots=True)
class ProvinceRow:
    """A province or city of the country."""

    code: str
    name: str
    kind: str  # "tinh" or "thanh-pho"
    n_communes: int
    population: int
    area_km2: Decimal
    merged_from: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class CommuneRow:
    """A commune of the country, with the province it lies in."""

    code: str
    name: str
    kind: str
    province_code: str


@cache
def units() -> tuple[UnitRow, ...]:
    """Return the communes and wards of the province, in order of their codes."""
    return tuple(
        UnitRow(
            code=row["code"],
            name=row["name"],
            kind=row["kind"],
            former_province=row["former_province"],
            former_districts=_list(row["former_districts"]),
            merged_from=_former(row["merged_from"], row["merged_from_codes"]),
            area_km2=Decimal(row["area_km2"]),
            population=int(row["population"]),
            lon=float(row["lon"]),
            lat=float(row["lat"]),
        )
        for row in _rows("units.csv")
    )


@cache
def agencies() -> tuple[AgencyRow, ...]:
    """Return the agencies of the province."""
    return tuple(AgencyRow(**row) for row in _rows("agencies.csv"))


@cache
def provinces() -> tuple[ProvinceRow, ...]:
    """Return the provinces and cities of the country."""
    return tuple(
        ProvinceRow(
            code=row["code"],
            name=row["name"],
            kind=row["kind"],
            n_communes=int(row["n_total"]),
            population=int(row["population"]),
            area_km2=Decimal(row["area_km2"]),
            merged_from=_list(row["merged_from"]),
        )
        for row in _rows("provinces.csv")
    )


@cache
def communes() -> tuple[CommuneRow, ...]:
    """Return every commune of the country."""
    return tuple(
        CommuneRow(row["code"], row["name"], row["kind"], row["province_code"])
        for row in _rows("communes.csv")
    )


@cache
def gazetteer() -> Gazetteer:
    """Return the names by which a text can mean a commune, ours before others'."""
    province_of = {row.code: row.province_code for row in communes()}
    called = {row.code: bare_province(row.name) for row in provinces()}
    own = tuple(
        Place(
            code=unit.code,
            name=unit.name,
            former=tuple(former.name for former in unit.merged_from),
            districts=unit.former_districts,
            province=called[province_of[unit.code]],
        )
        for unit in units()
    )
    ours = {place.code for place in own}
    others = tuple(
        Place(code=row.code, name=row.name, province=called[row.province_code])
        for row in communes()
        if row.code not in ours
    )
    return Gazetteer(own, others)


def _rows(name: str) -> Iterator[dict[str, str]]:
    """Yield the lines of a packaged file."""
    path = files("haicap.places").joinpath("data", name)
    yield from csv.DictReader(path.read_text(encoding="utf-8").splitlines())


def _list(cell: str) -> tuple[str, ...]:
    """Return the parts of a cell that holds several."""
    return tuple(part.strip() for part in cell.split(";") if part.strip())


def _former(names: str, codes: str) -> tuple[FormerRow, ...]:
    """Return the former communes of one unit, with their old codes."""
    # A stretch of coast that no commune administered has a name and no code.
    pairs = zip_longest(_list(names), _list(codes), fillvalue="")
    return tuple(
        FormerRow(name.replace(PARTIAL, "").strip(), code, PARTIAL in name)
        for name, code in pairs
    )
