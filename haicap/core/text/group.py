"""Puts together recommendations that ask for the same thing."""

from __future__ import annotations

import heapq
import math
from bisect import bisect_left, insort
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from haicap.core.text.alike import alike, chance
from haicap.core.text.matters import Matter, matter


NEAR = 0.50  # chance of one matter from which two groups become one
SEEN = 0.20  # chance from which an ask is shown beside another
NEIGHBOURS = 8  # kinds of asks that are tried for each kind
TRIED = 16  # of the likeliest by shared words, to find these
WINDOW = 96  # kinds that are read of one word's list, around one's own place
BUDGET = 600  # kinds that are read for one ask, whatever the size of the whole
STEADY = 60  # a small set is weighed as if it had this many kinds of asks
SAMPLE = 4  # of each group that are compared when two groups might become one
MOST_REASONS = 4

Facts = tuple[tuple[str, str], ...]


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
    why: Facts  # ("thing", "trụ sở làm việc"), ("act", "build"), ("field", "offices")
    score: float  # 0-1
    differs: Facts = ()  # what only some of them say, in the same form


@dataclass(frozen=True, slots=True)
class Near:
    """An ask that is like another one."""

    key: str
    score: float  # 0-1
    why: Facts
    differs: Facts


@dataclass(slots=True)
class _Kind:
    """Asks that say the same in the terms of the lists; they are compared as one."""

    sort: str
    matter: Matter
    keys: list[str] = field(default_factory=list)


class MatterIndex:
    """Asks by the terms they are compared by; takes in and gives up one at a time."""

    def __init__(self, asks: Iterable[Ask] = ()) -> None:
        self._home: dict[str, str] = {}  # ask -> kind
        self._kinds: dict[str, _Kind] = {}
        self._postings: dict[str, list[str]] = {}  # term -> kinds, sorted
        self._weighed: dict[str, dict[str, float]] = {}  # until the next change
        self.n_read = 0  # places of lists that were read: what bounds the work
        fresh: set[str] = set()
        for ask in asks:
            self._put(ask, fresh)
        for term in fresh:
            self._postings[term].sort()

    def __len__(self) -> int:
        return len(self._home)

    def add(self, ask: Ask) -> None:
        """Take in an ask; one with the same key is replaced."""
        self._put(ask, None)

    def _put(self, ask: Ask, unsorted: set[str] | None) -> None:
        """Take in an ask; with a set, lists that must be sorted are noted there."""
        if ask.key in self._home:
            if unsorted:
                for term in unsorted:
                    self._postings[term].sort()
                unsorted.clear()
            self.remove(ask.key)
        found = matter(ask.text, ask.fields, ask.units)
        sort = found.sort_key()
        kind = self._kinds.get(sort)
        self._home[ask.key] = sort
        if kind is not None:
            insort(kind.keys, ask.key)
            return
        self._weighed.clear()
        self._kinds[sort] = _Kind(sort, found, [ask.key])
        for term, _weight in found.terms:
            kinds = self._postings.setdefault(term, [])
            if unsorted is None:
                insort(kinds, sort)
            else:
                kinds.append(sort)
                unsorted.add(term)

    def remove(self, key: str) -> None:
        """Give up an ask; one that is not here changes nothing."""
        sort = self._home.pop(key, None)
        if sort is None:
            return
        kind = self._kinds[sort]
        kind.keys.remove(key)
        if kind.keys:
            return
        self._weighed.clear()
        del self._kinds[sort]
        for term, _weight in kind.matter.terms:
            kinds = self._postings[term]
            del kinds[bisect_left(kinds, sort)]
            if not kinds:
                del self._postings[term]

    def query(self, ask: Ask, *, most: int = 10, least: float = SEEN) -> list[Near]:
        """Return the asks most like this one, the likest first, itself left out."""
        found = matter(ask.text, ask.fields, ask.units)
        sort = found.sort_key()
        weights = self.weigh(found)
        near = []
        for other in {sort, *self._candidates(sort, weights)} & self._kinds.keys():
            kind = self._kinds[other]
            score = alike(found, kind.matter, weights, self._weights(other))
            if (sure := chance(score)) < least:
                continue
            why, differs = _reasons(
                (found, kind.matter), (weights, self._weights(other))
            )
            near += [
                Near(key, round(sure, 3), why, differs)
                for key in kind.keys[: most + 1]
                if key != ask.key
            ]
        near.sort(key=lambda n: (-n.score, n.key))
        return near[:most]

    def weigh(self, found: Matter) -> dict[str, float]:
        """Return the terms weighed by rarity, the whole of length 1."""
        counts = {term: len(self._postings.get(term, ())) for term, _w in found.terms}
        return _weigh(found, counts, len(self._kinds))

    def _weights(self, sort: str) -> dict[str, float]:
        """Return the weights of one kind, kept until the index changes."""
        weights = self._weighed.get(sort)
        if weights is None:
            weights = self._weighed[sort] = self.weigh(self._kinds[sort].matter)
        return weights

    def _candidates(self, sort: str, weights: Mapping[str, float]) -> list[str]:
        """
        Return the kinds that share the weightiest terms, the best first.

        Of a long list only the places around one's own are read: kinds are sorted by
        what they ask for, so the likest stand there. The work is bounded by BUDGET.
        """
        scores: dict[str, float] = {}
        left = BUDGET
        ranked = sorted(weights.items(), key=lambda pair: (-pair[1], pair[0]))
        for term, weight in ranked:
            kinds = self._postings.get(term)
            if not kinds:
                continue
            if len(kinds) > WINDOW:
                middle = bisect_left(kinds, sort)
                start = max(0, min(middle - WINDOW // 2, len(kinds) - WINDOW))
                kinds = kinds[start : start + WINDOW]
            if len(kinds) > left:
                break
            left -= len(kinds)
            for other in kinds:
                scores[other] = scores.get(other, 0.0) + weight
        self.n_read += BUDGET - left
        scores.pop(sort, None)
        best = heapq.nsmallest(
            TRIED, ((-score, other) for other, score in scores.items())
        )
        return [other for _score, other in best]

    def pairs(self, least: float) -> list[tuple[float, str, str]]:
        """Return pairs of kinds that may be one matter, the likest first."""
        found: dict[tuple[str, str], float] = {}
        kinds = self._kinds
        for sort, kind in kinds.items():
            mine = self._weights(sort)
            scored = []
            for other in self._candidates(sort, mine):
                pair = (sort, other) if sort < other else (other, sort)
                score = found.get(pair)
                if score is None:
                    score = alike(
                        kind.matter, kinds[other].matter, mine, self._weights(other)
                    )
                scored.append((score, pair))
            scored.sort(reverse=True)
            found.update(
                (pair, score) for score, pair in scored[:NEIGHBOURS] if score >= least
            )
        return sorted(((s, a, b) for (a, b), s in found.items()), key=_likest)

    def groups(self, near: float = NEAR) -> list[tuple[float, list[str]]]:
        """Return the kinds that are one matter, two and more asks in each."""
        least = math.log(near / (1 - near))
        home = {sort: sort for sort in self._kinds}
        members = {sort: [sort] for sort in self._kinds}
        refused: dict[tuple[str, str], int] = {}
        for _score, first, second in self.pairs(least):
            a, b = home[first], home[second]
            if a == b:
                continue
            pair = (a, b) if a < b else (b, a)
            size = len(members[a]) + len(members[b])
            if size < 2 * refused.get(pair, 0):
                continue  # hardly anything came in since they were found too far apart
            if self._mean(members[a], members[b]) < least:
                refused[pair] = size
                continue
            if len(members[a]) < len(members[b]):
                a, b = b, a
            for sort in members[b]:
                home[sort] = a
            members[a] += members.pop(b)
        return [
            (chance(self._inner(sorts)), sorts)
            for sorts in members.values()
            if len(sorts) > 1 or len(self._kinds[sorts[0]].keys) > 1
        ]

    def _mean(self, ones: list[str], others: list[str]) -> float:
        """Return how alike two groups are on average, by some of each."""
        scores = [
            self._alike(one, other) for one in _some(ones) for other in _some(others)
        ]
        return sum(scores) / len(scores)

    def _inner(self, sorts: list[str]) -> float:
        """Return how alike the members of a group are on average, by some of them."""
        some = _some(sorts)
        scores = [
            self._alike(one, other) for n, one in enumerate(some) for other in some[:n]
        ]
        return sum(scores) / len(scores) if scores else self._alike(some[0], some[0])

    def _alike(self, one: str, other: str) -> float:
        """Return how alike two kinds are."""
        return alike(
            self._kinds[one].matter,
            self._kinds[other].matter,
            self._weights(one),
            self._weights(other),
        )

    def keys(self, sorts: Iterable[str]) -> list[str]:
        """Return the asks of some kinds."""
        return [key for sort in sorts for key in self._kinds[sort].keys]

    def reasons(self, sorts: list[str]) -> tuple[Facts, Facts]:
        """Return what most of these kinds share, and what only some of them say."""
        return _reasons(
            [self._kinds[sort].matter for sort in sorts],
            [self._weights(sort) for sort in sorts],
        )


def group(asks: Iterable[Ask], *, near: float = NEAR) -> list[Group]:
    """
    Return the groups of two and more asks; who is alone is in none.

    Two groups become one while their members are alike on average, so a chain of
    neighbours does not pull far things together.
    """
    listed = list(asks)
    place = {ask.key: n for n, ask in enumerate(listed)}
    index = MatterIndex(listed)
    groups = []
    for score, sorts in index.groups(near):
        keys = sorted(index.keys(sorts), key=place.__getitem__)
        why, differs = index.reasons(sorts)
        groups.append(Group(tuple(keys), why, round(score, 3), differs))
    return sorted(groups, key=lambda g: place[g.members[0]])


def nearest(
    ask: Ask,
    others: Iterable[Ask],
    *,
    counts: Mapping[str, int],
    n: int,
    most: int = 10,
    least: float = SEEN,
) -> list[Near]:
    """
    Return those of a few others that are most like this ask, the likest first.

    For a caller who keeps the lists elsewhere: `counts` says in how many of all `n` asks
    each term of theirs stands; a term that it does not know counts as rare.
    """
    found = matter(ask.text, ask.fields, ask.units)
    weights = _weigh(found, counts, n)
    near = []
    for other in others:
        theirs = matter(other.text, other.fields, other.units)
        their_weights = _weigh(theirs, counts, n)
        sure = chance(alike(found, theirs, weights, their_weights))
        if sure >= least and other.key != ask.key:
            reasons = _reasons((found, theirs), (weights, their_weights))
            near.append(Near(other.key, round(sure, 3), *reasons))
    near.sort(key=lambda each: (-each.score, each.key))
    return near[:most]


def _weigh(found: Matter, counts: Mapping[str, int], n: int) -> dict[str, float]:
    """Return the terms weighed by rarity among `n`, the whole of length 1."""
    n = max(n, STEADY)
    weights = {
        term: weight * math.log(1 + n / (1 + counts.get(term, 0)))
        for term, weight in found.terms
    }
    length = math.sqrt(sum(w * w for w in weights.values())) or 1.0
    return {term: weight / length for term, weight in weights.items()}


def _likest(pair: tuple[float, str, str]) -> tuple[float, str, str]:
    """Return the order of pairs: the likest first, the same whatever came in first."""
    return -pair[0], pair[1], pair[2]


def _some(sorts: list[str]) -> list[str]:
    """Return a few of many, evenly spread."""
    if len(sorts) <= SAMPLE:
        return sorts
    return [sorts[n * len(sorts) // SAMPLE] for n in range(SAMPLE)]


def _reasons(
    matters: Iterable[Matter], weights: Iterable[Mapping[str, float]]
) -> tuple[Facts, Facts]:
    """Return what most share and what only some say, the weightiest first."""
    counts: dict[tuple[str, str], int] = {}
    total: dict[tuple[str, str], float] = {}
    n = 0
    for one, vector in zip(matters, weights, strict=True):
        n += 1
        said = {
            ("thing", term[2:]): vector[term]
            for term, _w in one.terms
            if term[0] == "c"
        }
        if not said:
            said = {("word", t[2:]): vector[t] for t, _w in one.terms if t[0] in "bw"}
        said |= {("act", act): 0.0 for act in one.acts}
        said |= {("name", name): 0.0 for name in one.names if one.named}
        if one.field:
            said["field", one.field] = 0.0
        for fact, weight in said.items():
            counts[fact] = counts.get(fact, 0) + 1
            total[fact] = total.get(fact, 0.0) + weight
    ranked = sorted(total, key=lambda fact: (-total[fact], fact))
    why = [f for f in ranked if 2 * counts[f] > n]
    rest = [f for f in ranked if counts[f] < n and f not in why]
    return _first(why), _first(rest)


def _first(facts: list[tuple[str, str]]) -> Facts:
    """Return the first few things, and what was asked and where."""
    things = [fact for fact in facts if fact[0] in ("thing", "word")]
    others = [fact for fact in facts if fact[0] not in ("thing", "word")]
    return (*things[:MOST_REASONS], *others[:MOST_REASONS])
