"""The one list of fields of work, as data; plain Python, no Django."""

from __future__ import annotations

import csv
from dataclasses import dataclass
from functools import cache
from importlib.resources import files


@dataclass(frozen=True)
class Field:
    """One field of work; `lead_agencies` are the names of its usual leads."""

    slug: str
    label_vi: str
    label_en: str
    definition: str
    lead_agencies: tuple[str, ...]

    def label(self, language: str) -> str:
        """Return the label in that language, Vietnamese unless it is English."""
        return self.label_en if language.startswith("en") else self.label_vi


@cache
def load() -> dict[str, Field]:
    """Return the fields by slug, in the list's order."""
    source = files("haicap.listen").joinpath("data", "taxonomy.csv")
    with source.open(encoding="utf-8", newline="") as lines:
        return {
            row["slug"]: Field(
                slug=row["slug"],
                label_vi=row["label_vi"],
                label_en=row["label_en"],
                definition=row["definition"],
                lead_agencies=tuple(
                    part.strip() for part in row["lead_agency"].split(";")
                ),
            )
            for row in csv.DictReader(lines)
        }


FIELDS: dict[str, Field] = load()
