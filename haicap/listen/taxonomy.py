"""The fields of work that a statement can be about, read from the packaged list."""

from __future__ import annotations

import csv
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from types import MappingProxyType


@dataclass(frozen=True, slots=True)
class Field:
    """One field of work and the agencies that usually lead in it."""

    slug: str
    label_vi: str
    label_en: str
    definition: str
    lead_agencies: tuple[str, ...]  # names as in the register of agencies

    def label(self, language: str) -> str:
        """Return the label in that language, Vietnamese unless it is English."""
        return self.label_en if language.startswith("en") else self.label_vi


@cache
def fields() -> Mapping[str, Field]:
    """Return the fields by slug, in the order of the list."""
    path = files("haicap.listen").joinpath("data", "taxonomy.csv")
    lines = path.read_text(encoding="utf-8").splitlines()
    found = {row["slug"]: _field(row) for row in csv.DictReader(lines)}
    return MappingProxyType(found)


def _field(row: dict[str, str]) -> Field:
    """Return one line of the list as a field."""
    leads = tuple(name.strip() for name in row["lead_agency"].split(";"))
    return Field(
        slug=row["slug"],
        label_vi=row["label_vi"],
        label_en=row["label_en"],
        definition=row["definition"],
        lead_agencies=tuple(name for name in leads if name),
    )


FIELDS: Mapping[str, Field] = fields()


def field_label(slug: str, language: str) -> str:
    """Return a field's label, or the slug of one that the list no longer has."""
    field = FIELDS.get(slug)
    return field.label(language) if field else slug
