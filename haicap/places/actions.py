"""Loads the registry of places; twice is the same as once."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from haicap.core.text.fold import fold_vi
from haicap.ledger.models import Kind
from haicap.ledger.record import Actor, record
from haicap.places import registry
from haicap.places.models import Agency, Block, FormerUnit, Unit, UnitKind
from haicap.places.registry import PROVINCE


KINDS = {
    "xa": UnitKind.COMMUNE,
    "phuong": UnitKind.WARD,
    "dac-khu": UnitKind.SPECIAL_ZONE,
}
BLOCKS = {
    "dang": Block.PARTY,
    "chinh-quyen": Block.STATE,
    "mat-tran": Block.FRONT,
    "nganh-doc": Block.VERTICAL,
}


@transaction.atomic
def load_registry(*, by: Actor | None, at: datetime) -> dict[str, int]:
    """
    Make the units, former units and agencies what the packaged data says.

    Returns how many rows of each there are. Rows that a person changed keep their own
    columns; the data's columns are set again. The ledger gets a line only for a change.
    """
    before = (Unit.objects.count(), FormerUnit.objects.count(), Agency.objects.count())
    country = unit("VN", {"name": "Việt Nam", "kind": UnitKind.COUNTRY, "parent": None})
    provinces = {
        row.code: unit(
            row.code,
            {
                "name": row.name,
                "kind": UnitKind.PROVINCE,
                "parent": country,
                "population": row.population,
                "area_km2": row.area_km2,
            },
        )
        for row in registry.provinces()
        if row.code == PROVINCE
    }
    for row in registry.units():
        commune = unit(
            row.code,
            {
                "name": row.name,
                "kind": KINDS[row.kind],
                "parent": provinces[PROVINCE],
                "former_province": row.former_province,
                "former_districts": "; ".join(row.former_districts),
                "area_km2": row.area_km2,
                "population": row.population,
                "lon": row.lon,
                "lat": row.lat,
            },
        )
        for former in row.merged_from:
            FormerUnit.objects.update_or_create(
                name=former.name,
                code=former.code,
                unit=commune,
                defaults={"is_partial": former.is_partial},
            )
    for agency in registry.agencies():
        values = {
            "name": agency.name_vi,
            "name_en": agency.name_en,
            "block": BLOCKS[agency.block],
            "fields": agency.fields,
            "evidence": agency.evidence,
            "search": fold_vi(agency.name_vi),
        }
        Agency.objects.update_or_create(code=agency.id, defaults=values)
    after = (Unit.objects.count(), FormerUnit.objects.count(), Agency.objects.count())
    if after != before:
        record(
            Kind.REGISTRY_LOADED,
            subject=provinces[PROVINCE],
            by=by,
            at=at,
            before=list(before),
            after=list(after),
        )
    return dict(zip(("units", "former_units", "agencies"), after, strict=True))


def unit(code: str, values: dict[str, object]) -> Unit:
    """Return the unit with that code, made or brought up to date."""
    row, _made = Unit.objects.update_or_create(
        code=code, defaults={**values, "search": fold_vi(str(values["name"]))}
    )
    return row
