"""How alike two matters are: what they share weighed against what sets them apart."""

from __future__ import annotations

import math
from collections.abc import Mapping

from haicap.core.text.matter_words import ACTS, MODES, NEAR_ACTS
from haicap.core.text.matters import NAMED_KINDS, Matter


# Acts that many asks share whatever they want.
GENERIC = frozenset({"provide", "handle"})
# One of two asks has such an act and the other has not: probably two matters.
MARKING = frozenset(ACTS) - {
    "build",
    "repair",
    "provide",
    "handle",
    "approve",
    "collect",
}
# What each feature weighs, in log-odds: fitted on the marked documents, once with the
# fields that people marked and once with those that the reader found, by
# `python benchmarks/matters.py --fit`. "mode" and "scale" are set by hand, for want of
# examples.
WEIGHTS = {
    "words": 2.09,
    "whole": 2.93,
    "act": 2.13,
    "odd acts": -0.53,
    "mode": -1.0,
    "kind": 1.59,
    "named": 5.32,
    "scale": -1.5,
    "field": 0.62,
    "odd fields": -3.5,
}
BASE = -5.47  # two asks of which nothing is known
SURE = 6.0  # no pair speaks louder than this in the mean of a group


def alike(
    one: Matter, other: Matter, mine: Mapping[str, float], yours: Mapping[str, float]
) -> float:
    """Return the log-odds that two asks are one matter."""
    found = features(one, other, mine, yours)
    score = BASE + sum(w * f for w, f in zip(WEIGHTS.values(), found, strict=True))
    return max(-SURE, min(SURE, score))


def chance(log_odds: float) -> float:
    """Return the chance, 0-1."""
    return 1 / (1 + math.exp(-log_odds))


def features(
    one: Matter, other: Matter, mine: Mapping[str, float], yours: Mapping[str, float]
) -> tuple[float, ...]:
    """Return what speaks for and against one matter; in the order of WEIGHTS."""
    if len(mine) > len(yours):
        mine, yours = yours, mine
    words = of_mine = of_yours = 0.0
    for term, weight in mine.items():
        theirs = yours.get(term)
        if theirs is None:
            continue
        words += weight * theirs
        of_mine += weight * weight
        of_yours += theirs * theirs
    return (
        words,
        max(of_mine, of_yours),  # the smaller one is a part of the other
        _acts(one.acts, other.acts),
        len((one.acts ^ other.acts) & MARKING),
        _modes(one.acts, other.acts) + _modes(other.acts, one.acts),
        _agree(one.kinds, other.kinds),
        _named(one, other),
        float(one.scale * other.scale < 0),
        _fields(one, other),
        len(one.fields ^ other.fields) / (len(one.fields | other.fields) or 1),
    )


def _acts(mine: frozenset[str], yours: frozenset[str]) -> float:
    """Return 1 for the same act, -1 for acts that one answer cannot serve."""
    if not mine or not yours:
        return 0.0
    if both := mine & yours:
        return 1.0 if both - GENERIC else 0.5
    return 0.3 if any(near & mine and near & yours for near in NEAR_ACTS) else -1.0


def _modes(mine: frozenset[str], yours: frozenset[str]) -> int:
    """Return how often I want a kind of answer that you do not want."""
    return sum(act in mine and not served & yours for act, served in MODES.items())


def _agree(mine: frozenset[str], yours: frozenset[str]) -> float:
    """Return 1 when two sets meet, -1 when they do not, 0 when one is empty."""
    if not mine or not yours:
        return 0.0
    return 1.0 if mine & yours else -1.0


def _named(one: Matter, other: Matter) -> float:
    """Return whether a road or bridge is the same one; 0 where that does not matter."""
    if not one.kinds & other.kinds & NAMED_KINDS:
        return 0.0
    if one.names and other.names:
        least = min(len(one.names), len(other.names))
        return 1.0 if 2 * len(one.names & other.names) >= least else -1.0
    if one.units and other.units:
        return 0.0 if one.units & other.units else -1.0
    return -0.5


def _fields(one: Matter, other: Matter) -> float:
    """Return 1 for the same main field, -1 when none is shared."""
    if not one.field or not other.field:
        return 0.0
    if one.field == other.field:
        return 1.0
    if one.field in other.fields or other.field in one.fields:
        return 0.3
    return 0.0 if one.fields & other.fields else -1.0
