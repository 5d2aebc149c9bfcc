"""Puts together recommendations that ask for the same thing."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Ask:
    """A recommendation as the grouping sees it."""

    key: str
    text: str
    fields: tuple[str, ...] = ()
    units: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Group:
    """Asks that seem to be one matter, with the reasons and how sure we are."""

    members: tuple[str, ...]  # keys, in the order given
    why: tuple[tuple[str, str], ...]  # (what, words): ("word", "trụ sở")
    score: float  # 0-1


def group(asks: Iterable[Ask]) -> list[Group]:
    """Return the groups of two and more asks; who is alone is in none."""
    return []
