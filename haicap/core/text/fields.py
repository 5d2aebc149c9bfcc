"""
Says which fields of work a statement is about, from trained weights of its words.

The words of a statement and of what stands around it are weighed for each field. Boosted
trees then look at the likeliest few of them, beside what the document is about.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Container, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache, reduce
from itertools import pairwise
from types import MappingProxyType
from typing import Final

import numpy as np
from numpy.typing import NDArray

from haicap.core.text.findings import KINDS
from haicap.core.text.trees import Trees


Floats = NDArray[np.float64]
Ints = NDArray[np.int64]
Bools = NDArray[np.bool_]
Fields = tuple[
    tuple[str, ...], tuple[str, ...]
]  # the main field first; words that spoke
#: What parts the words that may make a pair: marks, and what begins with a digit.
PARTS: Final = re.compile(r"[^\w\s]+|(?<!\w)\d\w*|_+")
#: The texts that speak for a field, and how much: the statement, the heading above it, the
#: paragraph it stands in, the statement before it, the earlier one that names the same things.
SAY: Final = MappingProxyType(
    {"own": 1.0, "topic": 0.4, "around": 0.3, "last": 0.2, "same": 0.4}
)
#: What the trees see besides: the words before it in its paragraph, and who says it.
ASIDE: Final = ("left", "speaker")
EVENING: Final = 0.3  # long texts have more words; this evens them out
LOOK_BACK: Final = 60  # earlier statements that are compared
SAME: Final = 0.9  # a pair of words that one earlier statement has is enough
MOST: Final = 2  # fields that are told
LIKELY: Final = 6  # fields that the trees look at
LEAST: Final = -30.0  # the score of a field that may not be told
#: What the trees see of one field of one statement, in this order.
_COLUMNS: Final = """
    all rank first second margin field first_field own_rank own_margin
    own topic around last same left speaker
    kind words others before before_2 statements
    """
COLUMNS: Final = tuple(_COLUMNS.split())
# Money and machines stand behind the subject that they are for, people behind a sector
# that has its own.
MEANS: Final = frozenset({"budget", "public-investment", "equipment"})
HAVE_OWN_PEOPLE: Final = frozenset({"education", "health", "security-defence"})


@dataclass(frozen=True, slots=True)
class Grams:
    """The words of a text and the pairs that follow each other, each once."""

    words: tuple[str, ...]
    all: tuple[str, ...]  # words, then pairs: sums over them have one order
    pairs: frozenset[str]


@dataclass(frozen=True, slots=True)
class Told:
    """A statement and what stands around it, in lower case."""

    low: str
    topic: str = ""  # the heading above
    around: str = ""  # the paragraph
    left: str = ""  # of the paragraph, the words before it
    speaker: str = ""
    kind: str = ""


@dataclass(frozen=True, slots=True, eq=False)
class FieldModel:
    """
    Weights of words and pairs of words for each field, and the trees that choose.

    One is itself only, so that what it says of a text can be kept.
    """

    slugs: tuple[str, ...]
    bias: Floats  # shape: (n_slugs,)
    places: Mapping[str, int]  # word -> its row
    weights: Floats  # of each word for each field; shape: (n_words, n_slugs)
    common: frozenset[str]  # pairs of words that say nothing about sameness
    trees: Trees | None  # None: the words alone choose
    share: float  # a second field needs this share of the first one's probability
    least: float  # and this probability of its own

    def rows(self, words: Iterable[str]) -> list[int]:
        """Return the rows of those words that are known."""
        places = self.places
        return [places[word] for word in words if word in places]


@dataclass(frozen=True, slots=True)
class Choices:
    """
    The likeliest fields of each statement of a document, and what the trees see of them.

    Shapes: `fields` (n, LIKELY), as numbers of slugs, the likeliest first; `sums` the same:
    the log-odds by the words alone; `rows` (n, LIKELY, n_columns); `known` (n,): whether
    any word was known.
    """

    fields: Ints
    sums: Floats
    rows: Floats
    known: Bools


@lru_cache(maxsize=4 * LOOK_BACK)
def grams(low: str) -> Grams:
    """
    Return the words of a text in lower case, and the pairs of them, in their order.

    Numbers and punctuation part the pairs: they say nothing about the field.

    >>> grams("thiếu 02 giáo viên").words
    ('thiếu', 'giáo', 'viên')
    >>> grams("thiếu 02 giáo viên").pairs
    frozenset({'giáo viên'})
    """
    words: dict[str, None] = {}
    pairs: dict[str, None] = {}
    for run in PARTS.split(low):
        said = run.split()
        words.update(dict.fromkeys(said))
        pairs.update(dict.fromkeys(map(" ".join, pairwise(said))))
    return Grams((*words,), (*words, *pairs), frozenset(pairs))


def evened(low: str) -> float:
    """Return what a word of a text counts: the less, the more words there are."""
    return float(max(1, len(grams(low).words)) ** -EVENING)


@lru_cache(maxsize=4 * LOOK_BACK)
def weighed(low: str, model: FieldModel) -> Floats:
    """Return what the words of one text weigh for each field."""
    rows = np.array(model.rows(grams(low).all), dtype=np.intp)
    sums: Floats = np.add.reduce(model.weights.take(rows, axis=0)) * evened(low)
    return sums


def texts(
    document: Sequence[Told], at: int, common: Container[str]
) -> tuple[str, str, str, str, str, str, str]:
    """Return the texts that are weighed for a statement, in the order of `SAY`, `ASIDE`."""
    one = document[at]
    before = [each.low for each in document[max(0, at - LOOK_BACK) : at]]
    last = before[-1] if before else ""
    same = same_matter(one.low, before, common)
    return one.low, one.topic, one.around, last, same, one.left, one.speaker


def same_matter(low: str, before: Sequence[str], common: Container[str]) -> str:
    """
    Return the earlier statement that shares rare pairs of words, or nothing.

    An answer often names only the thing: the ask it answers says what was wrong with it.
    """
    own = {pair for pair in grams(low).pairs if pair not in common}
    if not own:
        return ""
    shared = [(text, both) for text in before if (both := own & grams(text).pairs)]
    known = Counter(pair for _text, pairs in shared for pair in pairs)
    best, answer = SAME, ""
    for text, pairs in shared:
        alike = sum(1 / known[pair] for pair in sorted(pairs))
        if alike >= best:
            best, answer = alike, text
    return answer


def choices(
    document: Sequence[Told], model: FieldModel, taxonomy: Container[str]
) -> Choices:
    """Return the likeliest fields of the statements of a document, in their order."""
    parts = np.array(
        [
            [weighed(text, model) for text in texts(document, at, model.common)]
            for at in range(len(document))
        ]
    )
    sums = model.bias + np.tensordot(parts, _says(), axes=(1, 0))
    sums[:, [slug not in taxonomy for slug in model.slugs]] = LEAST
    order = np.argsort(-sums, axis=1, kind="stable")[:, :LIKELY]

    def of(table: Floats) -> Floats:
        taken: Floats = np.take_along_axis(table, order, axis=1)
        return taken

    odds = _odds(sums)
    n = len(document)
    tops = of(sums)
    own = parts[:, 0]
    own_rank = np.argsort(np.argsort(-own, axis=1, kind="stable"), axis=1)
    kinds = [KINDS.index(one.kind) if one.kind else -1 for one in document]
    columns = [
        tops,
        np.arange(order.shape[1]),
        tops[:, :1],
        tops[:, 1:2] if tops.shape[1] > 1 else tops[:, :1],
        tops - tops[:, :1],
        order,
        order[:, :1],
        of(own_rank.astype(float)),
        of(own - own.max(axis=1, keepdims=True)),
        *(of(parts[:, number]) for number in range(parts.shape[1])),
        np.array(kinds)[:, None],
        np.array([len(one.low.split()) for one in document])[:, None],
        of((odds.sum(axis=0) - odds) / max(1, n - 1)),
        of(_shifted(odds, 1)),
        of(_shifted(odds, 2)),
        np.array(n),
    ]
    rows = np.stack([np.broadcast_to(one, order.shape) for one in columns], axis=2)
    known: Bools = np.any(parts, axis=(1, 2))
    return Choices(order, tops, rows.astype(float), known)


def _says() -> Floats:
    """Return how much each text says, in the order of `texts`."""
    return np.array([*SAY.values(), *(0.0 for _name in ASIDE)])


def _odds(scores: Floats) -> Floats:
    """Return the probabilities of log-odds."""
    odds: Floats = 1.0 / (1.0 + np.exp(-scores))
    return odds


def _shifted(table: Floats, by: int) -> Floats:
    """Return a table of which each row is the one so many before it, or zeros."""
    out = np.zeros_like(table)
    out[by:] = table[:-by]
    return out


def fields_in(
    document: Sequence[Told], *, taxonomy: Container[str], model: FieldModel
) -> list[Fields]:
    """
    Return up to two fields of each statement of a document, and the words that spoke for them.

    The main field stands first. `document`: its statements in order.
    """
    if not document:
        return []
    found = choices(document, model, taxonomy)
    if model.trees is None:
        odds = _odds(found.sums)
    else:
        flat = found.rows.reshape(-1, len(COLUMNS))
        odds = model.trees.odds_in(flat).reshape(found.fields.shape)
    out: list[Fields] = []
    for at, one in enumerate(document):
        if not found.known[at]:
            out.append(((("other",) if "other" in taxonomy else ()), ()))
            continue
        ranked = sorted(
            (-odd, place)
            for place, odd in enumerate(odds[at].tolist())
            if found.sums[at, place] > LEAST
        )
        chosen = [
            model.slugs[found.fields[at, place]]
            for minus, place in ranked[:MOST]
            if place == ranked[0][1]
            or -minus >= max(model.share * -ranked[0][0], model.least)
        ]
        told = _subject_first(chosen)
        out.append((told, _words(one.low, told, model)))
    return out


def fields_of(low: str, *, taxonomy: Container[str], model: FieldModel) -> Fields:
    """Return the fields of a statement that stands alone, and the words that spoke."""
    (found,) = fields_in([Told(low, around=low)], taxonomy=taxonomy, model=model)
    return found


def _subject_first(chosen: Sequence[str]) -> tuple[str, ...]:
    """
    Return the fields with the subject before what it needs.

    >>> _subject_first(["staffing", "education"])
    ('education', 'staffing')
    """
    match chosen:
        case [first, second] if (first in MEANS and second not in MEANS) or (
            first == "staffing" and second in HAVE_OWN_PEOPLE
        ):
            return (second, first)
    return tuple(chosen)


def _words(low: str, chosen: Sequence[str], model: FieldModel) -> tuple[str, ...]:
    """Return up to four of the statement's words that spoke loudest for its fields."""
    known = [word for word in grams(low).all if word in model.places]
    rows, zero = model.rows(known), np.zeros(len(known))
    columns = (model.slugs.index(slug) for slug in chosen)
    most_of = reduce(np.maximum, (model.weights[rows, c] for c in columns), zero)
    most = float(most_of.max(initial=0.0))
    if most <= 0:
        return ()
    phrases: list[tuple[int, int, float]] = []
    for start, end, weight in sorted(
        (*place, weight)
        for word, weight in zip(known, most_of.tolist(), strict=True)
        if weight >= most / 3 and (place := _place(low, word))
    ):
        if phrases and start <= phrases[-1][1]:
            first, last, before = phrases[-1]
            phrases[-1] = (first, max(last, end), before + weight)
        else:
            phrases.append((start, end, weight))
    phrases.sort(key=lambda phrase: -phrase[2])
    # One syllable alone says little to a person, unless it is the loudest ("rác").
    said = (
        low[start:end]
        for start, end, weight in phrases
        if weight >= most or " " in low[start:end]
    )
    return tuple(dict.fromkeys(said))[:4]


def _place(low: str, words: str) -> tuple[int, int] | None:
    """Return where some words stand first, not as part of others."""
    start = low.find(words)
    while start >= 0:
        end = start + len(words)
        is_part = (
            low[max(0, start - 1) : start].isalnum() or low[end : end + 1].isalnum()
        )
        if not is_part:
            return start, end
        start = low.find(words, end)
    return None
