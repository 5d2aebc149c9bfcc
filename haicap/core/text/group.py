"""Puts together recommendations that ask for the same thing."""

from __future__ import annotations

import heapq
import math
from collections.abc import Iterable
from dataclasses import dataclass

from haicap.core.text.matters import terms


NEAR = 0.40  # mean likeness of two groups that become one
SEEN = 0.30  # likeness of an ask to one it is shown beside
NEIGHBOURS = 8  # that are looked at for each ask
BUDGET = 1_500  # postings that are read for one ask: keeps 10,000 asks fast
STEADY = 60  # a small set is weighed as if it were this large
MOST_REASONS = 4

Vector = dict[str, float]


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
    why: tuple[
        tuple[str, str], ...
    ]  # ("word", "trụ sở làm việc"), ("field", "offices")
    score: float  # 0-1


@dataclass(frozen=True, slots=True)
class Near:
    """An ask that is like another one."""

    key: str
    score: float  # 0-1
    why: tuple[tuple[str, str], ...]


class MatterIndex:
    """Asks by the words they are compared by; takes in and gives up one at a time."""

    def __init__(self, asks: Iterable[Ask] = ()) -> None:
        self._terms: dict[str, Vector] = {}
        self._postings: dict[str, set[str]] = {}
        for ask in asks:
            self.add(ask)

    def __len__(self) -> int:
        return len(self._terms)

    def add(self, ask: Ask) -> None:
        """Take in an ask; one with the same key is replaced."""
        self.remove(ask.key)
        found = terms(ask.text, ask.fields)
        self._terms[ask.key] = found
        for term in found:
            self._postings.setdefault(term, set()).add(ask.key)

    def remove(self, key: str) -> None:
        """Give up an ask; one that is not here changes nothing."""
        for term in self._terms.pop(key, {}):
            keys = self._postings[term]
            keys.discard(key)
            if not keys:
                del self._postings[term]

    def query(self, ask: Ask, *, most: int = 10, least: float = SEEN) -> list[Near]:
        """Return the asks most like this one, the likest first, itself left out."""
        vector = self._weighed(terms(ask.text, ask.fields))
        near = []
        for key in self._candidates(ask.key, vector):
            other = self.vector(key)
            score = _dot(vector, other)
            if score >= least:
                near.append(Near(key, round(score, 3), _why(_shared(vector, other))))
        near.sort(key=lambda n: (-n.score, n.key))
        return near[:most]

    def vector(self, key: str) -> Vector:
        """Return the weights of one ask, of length 1."""
        return self._weighed(self._terms[key])

    def terms_of(self, key: str) -> tuple[str, ...]:
        """Return what one ask is compared by."""
        return tuple(self._terms[key])

    def _weighed(self, found: Vector) -> Vector:
        """Return the terms weighed by rarity, the whole of length 1."""
        n = max(len(self._terms), STEADY)
        weighed = {
            term: weight * math.log(1 + n / (1 + len(self._postings.get(term, ()))))
            for term, weight in found.items()
        }
        length = math.sqrt(sum(w * w for w in weighed.values())) or 1.0
        return {term: weight / length for term, weight in weighed.items()}

    def _candidates(self, key: str, vector: Vector) -> list[str]:
        """Return the asks that share the weightiest terms, the best first."""
        scores: dict[str, float] = {}
        left = BUDGET
        by_weight = sorted(vector.items(), key=lambda pair: (-pair[1], pair[0]))
        for term, weight in by_weight:
            keys = self._postings.get(term, ())
            if len(keys) > left:
                continue
            left -= len(keys)
            for other in keys:
                scores[other] = scores.get(other, 0.0) + weight
        scores.pop(key, None)
        ranked = heapq.nsmallest(
            NEIGHBOURS * 3, ((-score, other) for other, score in scores.items())
        )
        return [other for _score, other in ranked]

    def pairs(self) -> list[tuple[float, str, str]]:
        """Return pairs that are alike enough to be one matter, the likest first."""
        found: dict[tuple[str, str], float] = {}
        vectors = {key: self.vector(key) for key in self._terms}
        for key, vector in vectors.items():
            for other in self._candidates(key, vector)[:NEIGHBOURS]:
                pair = (key, other) if key < other else (other, key)
                if pair not in found:
                    found[pair] = _dot(vector, vectors[other])
        alike = [(s, a, b) for (a, b), s in found.items() if s >= NEAR]
        return sorted(alike, key=lambda pair: (-pair[0], pair[1], pair[2]))


def group(asks: Iterable[Ask], *, near: float = NEAR) -> list[Group]:
    """
    Return the groups of two and more asks; who is alone is in none.

    Two groups become one while their members are alike on average, so a chain of
    neighbours does not pull far things together.
    """
    listed = list(asks)
    index = MatterIndex(listed)
    home = {ask.key: ask.key for ask in listed}
    members = {ask.key: [ask.key] for ask in listed}
    sums = {ask.key: index.vector(ask.key) for ask in listed}
    for score, first, second in index.pairs():
        if score < near:
            break
        a, b = home[first], home[second]
        if a == b:
            continue
        mean = _dot(sums[a], sums[b]) / (len(members[a]) * len(members[b]))
        if mean < near:
            continue
        if len(members[a]) < len(members[b]):
            a, b = b, a
        for key in members[b]:
            home[key] = a
        members[a] += members.pop(b)
        for term, weight in sums.pop(b).items():
            sums[a][term] = sums[a].get(term, 0.0) + weight
    place = {ask.key: n for n, ask in enumerate(listed)}
    groups = [
        _group(sorted(keys, key=place.__getitem__), sums[root], index)
        for root, keys in members.items()
        if len(keys) > 1
    ]
    return sorted(groups, key=lambda g: place[g.members[0]])


def _group(keys: list[str], total: Vector, index: MatterIndex) -> Group:
    """Return one group with its reasons: what most of its members share."""
    n = len(keys)
    alike = (sum(w * w for w in total.values()) - n) / (n * (n - 1))
    counts: dict[str, int] = {}
    for key in keys:
        for term in index.terms_of(key):
            counts[term] = counts.get(term, 0) + 1
    shared = {t: w for t, w in total.items() if counts.get(t, 0) > n / 2}
    return Group(tuple(keys), _why(shared), round(min(1.0, max(0.0, alike)), 3))


def _dot(one: Vector, other: Vector) -> float:
    """Return how alike two vectors are."""
    if len(one) > len(other):
        one, other = other, one
    return sum(weight * other[term] for term, weight in one.items() if term in other)


def _shared(one: Vector, other: Vector) -> Vector:
    """Return what two vectors have in common."""
    return {term: w * other[term] for term, w in one.items() if term in other}


def _why(shared: Vector) -> tuple[tuple[str, str], ...]:
    """Return the weightiest shared words and the shared field."""
    ranked = sorted(shared.items(), key=lambda pair: (-pair[1], pair[0]))
    words = [t for t, _w in ranked if t[0] != "f"]
    said = [t for t in words if t[0] in "cw"] or words
    why = [("word", term[2:]) for term in said[:MOST_REASONS]]
    field = next((t for t, _w in ranked if t[0] == "f"), None)
    return (*why, ("field", field[2:])) if field else tuple(why)
