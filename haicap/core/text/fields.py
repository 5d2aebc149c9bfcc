"""Says which fields of work a statement is about, from trained weights of its words."""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Container, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from types import MappingProxyType

import numpy as np
from numpy.typing import NDArray

from haicap.core.text.field_words import WORDS


Floats = NDArray[np.float64]
TOKEN = re.compile(r"[^\W_]+|[^\w\s]")
# How much the words around a statement count beside its own.
OF_TOPIC = 0.4  # the heading above
OF_AROUND = 0.15  # the paragraph it stands in
OF_LAST = 0.1  # the statement before it
OF_SAME = 0.3  # the earlier statement that names the same rare things
EVENING = 0.3  # long statements have more words; this evens them out
NEAR = 300  # characters of the paragraph that are looked at, each way
LOOK_BACK = 60  # earlier statements that are compared
SAME = 0.9  # a pair of words that one earlier statement has is enough
MOST = 2
# Money and machines stand behind the subject that they are for, people behind a sector
# that has its own.
MEANS = frozenset({"budget", "public-investment", "equipment"})
HAVE_OWN_PEOPLE = frozenset({"education", "health", "security-defence"})


@dataclass(frozen=True, slots=True, eq=False)
class FieldModel:
    """
    Weights of words and pairs of words for each field, and where to stop.

    One is itself only, so that what it says of a text can be kept.
    """

    slugs: tuple[str, ...]
    bias: tuple[float, ...]
    places: Mapping[str, int]  # word -> its row
    weights: Floats  # of each word for each field; shape: (n_words, n_slugs)
    common: frozenset[str]  # pairs of words that say nothing about sameness
    share: float  # a second field needs this share of the first one's probability
    least: float  # and this probability of its own

    def rows(self, words: Iterable[str]) -> list[int]:
        """Return the rows of those words that are known."""
        places = self.places
        return [places[word] for word in words if word in places]


@lru_cache(maxsize=4 * LOOK_BACK)
def grams(low: str) -> Mapping[str, tuple[int, int]]:
    """
    Return the words and pairs of words of a text in lower case, each with its place.

    Numbers and punctuation part the pairs: they say nothing about the field.

    >>> list(grams("thiếu 02 giáo viên"))
    ['thiếu', 'giáo', 'giáo viên', 'viên']
    """
    found: dict[str, tuple[int, int]] = {}
    last, began = "", 0
    for match in TOKEN.finditer(low):
        word = match.group()
        if not word[0].isalpha():
            last = ""
            continue
        start, end = match.span()
        if last:
            found.setdefault(f"{last} {word}", (began, end))
        found.setdefault(word, (start, end))
        last, began = word, start
    return MappingProxyType(found)


def features(
    low: str,
    *,
    topic: str = "",
    around: str = "",
    before: Sequence[str] = (),
    common: Container[str] = (),
) -> dict[str, float]:
    """
    Return the words that speak for fields, each with its say.

    `around` is the paragraph, `before` the document's earlier statements, latest last.
    """
    said: dict[str, float] = {}
    for text, say in texts(low, topic, around, before, common):
        for gram in grams(text):
            said[gram] = said.get(gram, 0.0) + say
    scale = evened(sum(" " not in gram for gram in said))
    return {gram: say * scale for gram, say in said.items()}


def texts(
    low: str, topic: str, around: str, before: Sequence[str], common: Container[str]
) -> list[tuple[str, float]]:
    """Return a statement and what stands around it, each with its say."""
    found = [(low, 1.0), (topic, OF_TOPIC), (around, OF_AROUND)]
    if before:
        found.append((before[-1], OF_LAST))
        found.append((same_matter(low, before, common), OF_SAME))
    return [(text, say) for text, say in found if text]


def evened(n_words: int) -> float:
    """Return what a word counts among so many."""
    return float(max(1, n_words) ** -EVENING)


@lru_cache(maxsize=4 * LOOK_BACK)
def _single(low: str) -> frozenset[str]:
    """Return the words of a text, without the pairs."""
    return frozenset(gram for gram in grams(low) if " " not in gram)


@lru_cache(maxsize=4 * LOOK_BACK)
def _weighed(low: str, model: FieldModel) -> Floats | None:
    """Return what the words of one text weigh for each field; None: none is known."""
    rows = model.rows(grams(low))
    weighed: Floats | None = model.weights[rows].sum(axis=0) if rows else None
    return weighed


def same_matter(low: str, before: Sequence[str], common: Container[str]) -> str:
    """
    Return the earlier statement that shares rare pairs of words, or nothing.

    An answer often names only the thing: the ask it answers says what was wrong with it.
    """
    own = {pair for pair in _pairs(low) if pair not in common}
    if not own:
        return ""
    shared = [(text, own & _pairs(text)) for text in before[-LOOK_BACK:]]
    known = Counter(pair for _text, pairs in shared for pair in pairs)
    best, answer = SAME, ""
    for text, pairs in shared:
        alike = sum(1 / known[pair] for pair in sorted(pairs))
        if alike >= best:
            best, answer = alike, text
    return answer


@lru_cache(maxsize=4 * LOOK_BACK)
def _pairs(low: str) -> frozenset[str]:
    """Return the pairs of words of a text."""
    return frozenset(gram for gram in grams(low) if " " in gram)


def fields_of(
    low: str,
    *,
    topic: str = "",
    around: str = "",
    before: Sequence[str] = (),
    taxonomy: Container[str],
    model: FieldModel,
) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """
    Return up to two fields, the main one first, and the words that spoke for them.

    `topic` is the heading above the statement, `around` the paragraph, `before` the
    earlier statements of the document: they help where the statement itself says little.
    """
    # The weights are added up text by text: one that comes again is not weighed again.
    said = texts(low, topic, around, before, model.common)
    scale = evened(len(frozenset[str]().union(*(_single(text) for text, _say in said))))
    weighed = [(_weighed(text, model), say * scale) for text, say in said]
    known = [weights * share for weights, share in weighed if weights is not None]
    if not known:
        return (("other",) if "other" in taxonomy else ()), ()
    scores: Floats = np.array(model.bias) + sum(known)
    ranked = sorted(
        (
            (score, slug)
            for score, slug in zip(scores.tolist(), model.slugs, strict=True)
            if slug in taxonomy
        ),
        reverse=True,
    )
    if not ranked:
        return (), ()
    first = _probability(ranked[0][0])
    chosen = [ranked[0][1]]
    for score, slug in ranked[1:MOST]:
        if _probability(score) >= max(model.share * first, model.least):
            chosen.append(slug)
    return _subject_first(chosen), _words(low, chosen, model)


def _subject_first(chosen: Sequence[str]) -> tuple[str, ...]:
    """
    Return the fields with the subject before what it needs.

    >>> _subject_first(["staffing", "education"])
    ('education', 'staffing')
    """
    first, *more = chosen
    if more and (
        (first in MEANS and more[0] not in MEANS)
        or (first == "staffing" and more[0] in HAVE_OWN_PEOPLE)
    ):
        return (more[0], first, *more[1:])
    return tuple(chosen)


def _probability(score: float) -> float:
    """Return the probability that a score stands for."""
    return 1 / (1 + math.exp(-max(-30.0, min(30.0, score))))


def _words(low: str, chosen: Sequence[str], model: FieldModel) -> tuple[str, ...]:
    """Return up to four of the statement's words that spoke loudest for its fields."""
    columns = [model.slugs.index(slug) for slug in chosen]
    known = {word: at for word, at in grams(low).items() if word in model.places}
    most_of = model.weights[model.rows(known)][:, columns].max(axis=1, initial=0.0)
    loud = [
        (start, end, weight)
        for (start, end), weight in zip(known.values(), most_of.tolist(), strict=True)
        if weight > 0
    ]
    if not loud:
        return ()
    most = max(weight for *_place, weight in loud)
    phrases: list[tuple[int, int, float]] = []
    for start, end, weight in sorted(loud):
        if weight < most / 3:
            continue
        if phrases and start <= phrases[-1][1]:
            first, last, before = phrases[-1]
            phrases[-1] = (first, max(last, end), before + weight)
        else:
            phrases.append((start, end, weight))
    phrases.sort(key=lambda phrase: -phrase[2])
    # One syllable alone says little to a person, unless it is the loudest ("rác").
    said = (
        " ".join(low[start:end].split())
        for start, end, weight in phrases
        if weight >= most or " " in low[start:end]
    )
    return tuple(dict.fromkeys(said))[:4]


@cache
def _pattern() -> re.Pattern[str]:
    """Return one pattern for all words of the lists, the longest first."""
    words = sorted(_weights(), key=len, reverse=True)
    return re.compile(r"(?<!\w)(?:" + "|".join(map(re.escape, words)) + r")(?!\w)")


@cache
def _weights() -> dict[str, float]:
    """Return each word of the lists with the highest weight that a field gives it."""
    found: dict[str, float] = {}
    for by_weight in WORDS.values():
        for weight, words in by_weight.items():
            for word in words.split("|"):
                word = " ".join(word.split())
                found[word] = max(weight, found.get(word, 0.0))
    return found


def weigh_words(low: str) -> dict[str, float]:
    """Return the field words of a text in lower case, each with its highest weight."""
    return {m.group(): _weights()[m.group()] for m in _pattern().finditer(low)}
