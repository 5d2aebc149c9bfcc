"""Names of units and agencies for the choices of forms, kept a minute in memory."""

from __future__ import annotations

import time
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache

from haicap.core.text.fold import fold_vi, sort_key_vi
from haicap.places.models import Agency, Unit


KEPT_SECONDS = 60  # the registry changes a few times a year, a page is opened all day


@dataclass(frozen=True)
class Name:
    """One row of the registry as a choice: its key, its code, its name."""

    pk: int
    code: str
    name: str


def communes() -> tuple[Name, ...]:
    """Return today's communes in Vietnamese order."""
    return read_communes(int(time.monotonic() // KEPT_SECONDS))


def agencies() -> tuple[Name, ...]:
    """Return today's agencies in Vietnamese order."""
    return read_agencies(int(time.monotonic() // KEPT_SECONDS))


def agency_names() -> dict[int, str]:
    """Return the name of each of today's agencies by its key."""
    return {agency.pk: agency.name for agency in agencies()}


@lru_cache(maxsize=1)
def read_communes(_minute: int) -> tuple[Name, ...]:
    """Return the communes as the database has them now."""
    rows = Unit.objects.commune_level().values_list("pk", "code", "name")
    return ordered(Name(*row) for row in rows)


@lru_cache(maxsize=1)
def read_agencies(_minute: int) -> tuple[Name, ...]:
    """Return the agencies as the database has them now."""
    rows = Agency.objects.filter(valid_to__isnull=True).values_list(
        "pk", "code", "name"
    )
    return ordered(Name(*row) for row in rows)


def ordered(names: Iterable[Name]) -> tuple[Name, ...]:
    """Return the names in the order of the Vietnamese alphabet."""
    return tuple(sorted(names, key=lambda n: sort_key_vi(n.name)))


def matching(words: str) -> list[Name]:
    """Return the communes whose names hold the words, with or without marks."""
    folded = fold_vi(words)
    return [name for name in communes() if folded in fold_vi(name.name)]
