"""Says which fields of work a statement is about, from the words it uses."""

from __future__ import annotations

import re
from collections.abc import Container
from functools import cache

from haicap.core.text.field_words import WORDS


SECOND = 0.45  # a further field needs this share of the first one's weight
LEAST = 2.0  # and this weight of its own
FIRST_LEAST = 1.0
MOST = 2
# Money, staff and training stand behind the sector they are for.
BEHIND = {
    "budget": 0.7,
    "public-investment": 0.75,
    "equipment": 0.8,
    "other": 0.5,
    "science-technology": 0.8,
}


@cache
def _pattern() -> re.Pattern[str]:
    """Return one pattern for all words, the longest first."""
    words = sorted(_weights(), key=len, reverse=True)
    return re.compile(r"(?<!\w)(?:" + "|".join(map(re.escape, words)) + r")(?!\w)")


@cache
def _weights() -> dict[str, tuple[tuple[str, float], ...]]:
    """Return for each word the fields it speaks for, and how clearly."""
    found: dict[str, list[tuple[str, float]]] = {}
    for slug, by_weight in WORDS.items():
        for weight, words in by_weight.items():
            for word in words.split("|"):
                found.setdefault(" ".join(word.split()), []).append((slug, weight))
    return {word: tuple(pairs) for word, pairs in found.items()}


def weigh(low: str) -> dict[str, tuple[float, tuple[str, ...]]]:
    """Return the fields of a text in lower case: weight and the words that spoke."""
    scores: dict[str, float] = {}
    cues: dict[str, list[str]] = {}
    for match in _pattern().finditer(low):
        word = match.group()
        for slug, weight in _weights()[word]:
            if word in cues.get(slug, ()):
                weight *= 0.25  # said twice is hardly more than said once
            scores[slug] = scores.get(slug, 0.0) + weight * BEHIND.get(slug, 1.0)
            cues.setdefault(slug, []).append(word)
    return {
        slug: (score, tuple(dict.fromkeys(cues[slug])))
        for slug, score in scores.items()
    }


def weigh_words(low: str) -> dict[str, float]:
    """Return the field words of a text in lower case, each with its highest weight."""
    return {
        match.group(): max(weight for _slug, weight in _weights()[match.group()])
        for match in _pattern().finditer(low)
    }


def fields_of(
    low: str, *, topic: str = "", taxonomy: Container[str]
) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """
    Return up to two fields, the main one first, and the words that spoke for them.

    `topic` is the heading above the statement; it decides only between equals.
    """
    said = weigh(low)
    scores = {slug: score for slug, (score, _words) in said.items()}
    for slug, (score, _words) in weigh(topic).items():
        scores[slug] = scores.get(slug, 0.0) + 0.4 * score
    ranked = sorted(
        ((s, slug) for slug, s in scores.items() if slug in taxonomy), reverse=True
    )
    if not ranked or ranked[0][0] < FIRST_LEAST:
        return ("other",) if "other" in taxonomy else (), ()
    best = ranked[0][0]
    chosen = tuple(
        slug
        for rank, (score, slug) in enumerate(ranked[:MOST])
        if rank == 0 or (score >= SECOND * best and score >= LEAST)
    )
    words = tuple(w for slug in chosen for w in said.get(slug, (0.0, ()))[1])
    return chosen, tuple(dict.fromkeys(words))[:4]
