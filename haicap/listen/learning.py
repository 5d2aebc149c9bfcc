"""
Trains the tagger of items on marked documents, and tells how good the result is.

    pack, unpack   marked documents as one small file; the package ships those it learned from
    look           a document as the tagger sees it
    train          the chain that fits some documents
    left_out       the spans that may be items, as chains that never saw them have them
    crossed        how the spans that are taken score, in documents left out
    calibrate      how often an item of a certain score was right, in documents left out
    measure        how well some weights read some documents
    learn          all of it, for documents that persons corrected

No Django and no database here: `tools/train_items.py` and `haicap learn` share it.
"""

from __future__ import annotations

import hashlib
import json
import lzma
import tempfile
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from importlib.resources import files
from pathlib import Path
from types import MappingProxyType
from typing import Any, Final, NamedTuple, TypeVar

import pycrfsuite

from haicap.core.text.candidates import KINDS, Run
from haicap.core.text.chunks import Chunk, chunks
from haicap.core.text.features import features
from haicap.core.text.gazetteer import Gazetteer
from haicap.core.text.patterns import propose
from haicap.core.text.plain import Plain
from haicap.core.text.reader import level_at
from haicap.core.text.scene import places
from haicap.core.text.segments import lines, shape
from haicap.core.text.tagger import (
    Tagged,
    chosen,
    labels_of,
    looked_at,
    place,
    tag_pieces,
)
from haicap.core.text.trees import Trees
from haicap.core.text.who import Who
from haicap.listen.weights import ItemWeights, Sure


PACKED: Final = "marked.jsonl.xz"
FOLDS: Final = 5
KNOTS: Final = 12
# The patterns were written with these documents in view: there they are too often right.
SEEN_BY_PATTERNS: Final = frozenset(f"{number:03}" for number in range(1, 41))
# Written to be hard: full of praise and half-asks, or each in another shape. They count half,
# so that the plain letters and reports of every day stay the measure.
HARD: Final = frozenset(
    f"{number:03}"
    for first, last in ((271, 299), (311, 346), (411, 418), (503, 542))
    for number in range(first, last + 1)
)
# Their marks are the measure of all others, so the trees heed them most.
FIRST: Final = SEEN_BY_PATTERNS
JUST: Final = 0.85  # of the characters in common: a span just as it was marked
EVEN: Final[Sure] = ((0.0, 0.0), (1.0, 1.0))
BINS: Final = 10  # of the calibration error
SETTINGS: Final[Mapping[str, Any]] = MappingProxyType(
    {
        "c1": 0.05,
        "c2": 0.7,
        "max_iterations": 120,
        "feature.minfreq": 2,
        "feature.possible_transitions": True,
    }
)
# What may get worse by chance when a few documents are measured: shares, 0-1.
TOLERATED: Final = MappingProxyType({"f1": 0.01, "calibration": 0.05})
Say = Callable[[str], object]
Fit = Callable[[Sequence["Spans"]], Trees]
T = TypeVar("T")


class Item(NamedTuple):
    """One statement that a person marked; offsets of the text as given."""

    kind: str
    start: int
    end: int


@dataclass(frozen=True)
class Sample:
    """A document in which every statement is marked."""

    name: str
    text: str
    items: tuple[Item, ...]


@dataclass(frozen=True)
class Marked:
    """One document with what is seen of its pieces and how they are labelled."""

    name: str
    plain: Plain
    pieces: list[Chunk]
    seen: list[list[str]]
    labels: list[str]
    items: tuple[Item, ...]


@dataclass(frozen=True)
class Score:
    """How well some weights read some documents: shares, 0-1."""

    found: float  # of the marked items, at their place
    kind: float  # of the marked items, at their place and with their kind
    f1: float  # with the kind right
    calibration: float  # how far the confidence is from how often it was right


@dataclass(frozen=True)
class Part:
    """Documents that are measured, with the weights in use and with the new ones."""

    name: str
    n_documents: int
    n_items: int
    before: Score
    after: Score
    is_unseen: bool = True  # none of the weights was trained on them

    def worse(self) -> list[str]:
        """
        Return one sentence for each measure that got worse than chance explains.

        Confidence is about unseen documents: on others it is always too modest.
        """
        out = []
        fall = self.before.f1 - self.after.f1
        if fall > TOLERATED["f1"]:
            out.append(
                f"F1 on the {self.name} fell from {self.before.f1:.3f}"
                f" to {self.after.f1:.3f}."
            )
        rise = self.after.calibration - self.before.calibration
        if self.is_unseen and rise > TOLERATED["calibration"]:
            out.append(
                f"The calibration error on the {self.name} rose from"
                f" {self.before.calibration:.3f} to {self.after.calibration:.3f}."
            )
        return out


@dataclass(frozen=True)
class Lesson:
    """New weights, and what they changed."""

    chain: bytes
    sure: Sure
    n_learned: int  # corrected documents that it was trained on
    parts: tuple[Part, ...]

    def worse(self) -> list[str]:
        """Return one sentence for each measure that got worse, in any part."""
        return [sentence for part in self.parts for sentence in part.worse()]


def pack(samples: Iterable[Sample]) -> bytes:
    """Return the documents as one small file; the same documents, the same bytes."""
    rows = [
        json.dumps(
            {"name": one.name, "text": one.text, "items": one.items},
            ensure_ascii=False,
            separators=(",", ":"),
        )
        for one in samples
    ]
    text = "".join(f"{row}\n" for row in rows)
    return lzma.compress(text.encode("utf-8"), preset=9)


def unpack(data: bytes) -> list[Sample]:
    """Return the documents of a file that `pack` made."""
    # Not splitlines: it also splits at marks that may stand inside a text.
    packed = lzma.decompress(data).decode("utf-8").split("\n")
    rows = [json.loads(line) for line in packed if line]
    return [
        Sample(row["name"], row["text"], tuple(Item(*item) for item in row["items"]))
        for row in rows
    ]


def shipped_samples() -> list[Sample]:
    """Return the documents that the shipped weights were trained on."""
    data = files("haicap.listen").joinpath("data", PACKED).read_bytes()
    return unpack(data)


def look(sample: Sample, names: Gazetteer) -> Marked:
    """Return one document as the tagger sees it."""
    plain = Plain(sample.text)
    shape(plain)
    listed = list(lines(plain))
    pieces = list(chunks(plain, listed))
    who = Who(plain, names)
    proposed = ["?"] * len(pieces)
    if sample.name not in SEEN_BY_PATTERNS:
        proposals = propose(plain, listed, names)
        spans = [(each.kind, (each.start, each.end)) for each in proposals]
        proposed = labels_of(pieces, int, spans)
    seen = features(
        plain,
        listed,
        places(plain, listed),
        pieces,
        lambda place: level_at(who, place),
        proposed,
    )
    spans = [(kind, (start, end)) for kind, start, end in sample.items]
    labels = labels_of(pieces, plain.given, spans)
    return Marked(sample.name, plain, pieces, seen, labels, sample.items)


def train(documents: Sequence[Marked], settings: Mapping[str, Any] = SETTINGS) -> bytes:
    """Return the weights that fit these documents."""
    trainer = pycrfsuite.Trainer(verbose=False)
    for document in documents:
        for _time in range(weight(document)):
            if document.pieces:
                trainer.append(document.seen, document.labels)
    trainer.set_params(dict(settings))
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "items.crfsuite"
        trainer.train(str(path))
        return path.read_bytes()


def weight(document: Marked) -> int:
    """Return how often a document counts."""
    return 1 if document.name in HARD else 2


def folds(documents: Sequence[T]) -> Iterator[tuple[list[T], list[T]]]:
    """Yield the documents to train on and the fifth that is left out, five times."""
    for fold in range(FOLDS):
        out = [d for i, d in enumerate(documents) if i % FOLDS == fold]
        rest = [d for i, d in enumerate(documents) if i % FOLDS != fold]
        yield rest, out


@dataclass(frozen=True)
class Spans:
    """The spans of one document that may be items, and what is seen of each."""

    document: Marked
    runs: list[Run]
    rows: list[list[float]]

    def right(self) -> list[bool]:
        """Return which spans are an item just as it was marked, or nearly so."""
        document = self.document
        out = []
        for run in self.runs:
            start, end = place(document.plain, document.pieces, run)
            span = document.plain.given(start), document.plain.given(end)
            out.append(
                any(
                    item.kind == KINDS[run.kind] and overlap(item, *span) >= JUST
                    for item in document.items
                )
            )
        return out


def spans(weights: ItemWeights, document: Marked) -> Spans:
    """Return the spans that some weights leave possible."""
    if not document.pieces:
        return Spans(document, [], [])
    odds = weights.odds(document.seen)
    runs, rows = looked_at(document.plain, document.pieces, odds)
    return Spans(document, runs, list(rows))


def left_out(
    documents: Sequence[Marked],
    known: Sequence[Marked] = (),
    settings: Mapping[str, Any] = SETTINGS,
    say: Say | None = None,
) -> list[Spans]:
    """
    Return the spans of each document, as a chain that never saw it leaves them possible.

    The chains are trained on the other documents, and on all that are `known`.
    """
    found: dict[int, Spans] = {}
    for number, (rest, out) in enumerate(folds(documents), 1):
        if say:
            say(f"training {number} of {FOLDS + 1}: to tell how sure it may be")
        if out:
            chain = train([*known, *rest], settings)
            weights = ItemWeights(chain, Trees.of([]), EVEN)
            found |= {id(document): spans(weights, document) for document in out}
    return [found[id(document)] for document in documents]


def crossed(found: Sequence[Spans], fit: Fit) -> list[tuple[float, bool]]:
    """
    Return how items score in documents left out of training, and which are right.

    `fit` trains trees on the spans of some documents. Those of a document stand there as
    often as it counts.
    """
    pairs: list[tuple[float, bool]] = []
    for rest, out in folds(found):
        trees = fit(rest)
        for one in out:
            pairs += judged(one, trees) * weight(one.document)
    return pairs


def judged(found: Spans, trees: Trees) -> list[tuple[float, bool]]:
    """Return the score of each item found, and whether it is right: place and kind."""
    document = found.document
    items = chosen(
        document.plain, document.pieces, found.runs, trees.odds_of(found.rows)
    )
    return [
        (item.confidence, gold is not None and gold.kind == item.kind)
        for item, gold in matched(items, document)
    ]


def matched(
    items: Sequence[Tagged], document: Marked
) -> Iterator[tuple[Tagged, Item | None]]:
    """Yield each item found with the marked one at its place, if there is one."""
    left = list(document.items)
    for item in items:
        start = document.plain.given(item.start)
        end = document.plain.given(item.end)
        best = max(left, key=lambda gold: overlap(gold, start, end), default=None)
        if best is not None and overlap(best, start, end) >= 0.5:
            left.remove(best)
            yield item, best
        else:
            yield item, None


def overlap(gold: Item, start: int, end: int) -> float:
    """Return the share of the characters that two spans have in common."""
    both = min(end, gold.end) - max(start, gold.start)
    return max(both, 0) / (max(end, gold.end) - min(start, gold.start))


def calibrate(pairs: Sequence[tuple[float, bool]]) -> Sure:
    """Return how often items were right, by score: never less for a higher score."""
    ranked = sorted(pairs)
    size = max(len(ranked) // KNOTS, 1)
    groups = [ranked[i : i + size] for i in range(0, len(ranked), size)]
    if len(groups) > 1 and len(groups[-1]) < size // 2:
        groups[-2] += groups.pop()
    blocks: list[tuple[float, float, int]] = []
    for group in groups:
        score = sum(s for s, _right in group) / len(group)
        block = (score, sum(right for _s, right in group) / len(group), len(group))
        while blocks and blocks[-1][1] > block[1]:
            # A pool of two neighbours: scores that do not tell right from wrong.
            other = blocks.pop()
            n = other[2] + block[2]
            block = (
                (other[0] * other[2] + block[0] * block[2]) / n,
                (other[1] * other[2] + block[1] * block[2]) / n,
                n,
            )
        blocks.append(block)
    return tuple((round(score, 4), round(share, 4)) for score, share, _n in blocks)


def measure(weights: ItemWeights, documents: Sequence[Marked]) -> Score:
    """Return how well these weights read these documents."""
    n_marked = sum(len(document.items) for document in documents)
    pairs = [
        pair
        for one in documents
        for pair in matched(tag_pieces(one.plain, one.pieces, one.seen, weights), one)
    ]
    n_found = sum(gold is not None for _item, gold in pairs)
    said = [
        (item.confidence, gold is not None and gold.kind == item.kind)
        for item, gold in pairs
    ]
    n_right = sum(right for _sure, right in said)
    return Score(
        found=n_found / n_marked if n_marked else 1.0,
        kind=n_right / n_marked if n_marked else 1.0,
        f1=2 * n_right / (n_marked + len(pairs)) if n_marked + len(pairs) else 1.0,
        calibration=calibration_error(said),
    )


def calibration_error(said: Sequence[tuple[float, bool]]) -> float:
    """Return how far confidence is from how often it was right, in ten even bins."""
    bins: dict[int, list[tuple[float, bool]]] = {}
    for sure, right in said:
        bins.setdefault(min(int(sure * BINS), BINS - 1), []).append((sure, right))
    far = sum(
        abs(sum(sure for sure, _right in each) - sum(right for _sure, right in each))
        for each in bins.values()
    )
    return far / len(said) if said else 0.0


def parted(samples: Sequence[Sample]) -> tuple[list[Sample], list[Sample]]:
    """
    Return what may be learned from, and the fifth that is held back.

    The hash of the text decides, so that what was once held back still is when more
    documents come; when no hash falls into that fifth, the lowest one is held back.
    """
    ranked = sorted(samples, key=lottery)
    n_held = max(sum(lottery(one) < 1 / FOLDS for one in ranked), min(1, len(ranked)))
    held = {id(one) for one in ranked[:n_held]}
    return (
        [one for one in samples if id(one) not in held],
        [one for one in samples if id(one) in held],
    )


def lottery(sample: Sample) -> float:
    """Return a number from 0 to 1 that the text alone decides."""
    digest = hashlib.sha256(sample.text.encode("utf-8")).digest()
    return int.from_bytes(digest[:8], "big") / 2**64


def learn(
    corrected: Sequence[Sample],
    known: Sequence[Sample],
    *,
    names: Gazetteer,
    before: ItemWeights,
    told: Sequence[tuple[float, bool]],
    say: Say,
    settings: Mapping[str, Any] = SETTINGS,
) -> Lesson:
    """
    Return weights trained on known documents and on four fifths of the corrected ones.

    The trees stay as they are; `told` is how items of the known documents scored with them
    when left out, and which were right. Both are then measured, with the weights before
    and after: the corrected documents that were held back, and a fifth of the known ones,
    to see that none was unlearned.
    """
    rest, held = parted(corrected)
    _most, again = parted(known)
    n_all = len(known) + len(corrected)
    say(f"looking at {n_all} documents")
    seen = {id(one): look(one, names) for one in [*known, *corrected]}
    shipped, learned = ([seen[id(one)] for one in some] for some in (known, rest))
    found = left_out(learned, shipped, settings, say)
    pairs = [
        pair
        for one in found
        for pair in judged(one, before.trees) * weight(one.document)
    ]
    sure = calibrate([*told, *pairs]) or EVEN
    say(f"training {FOLDS + 1} of {FOLDS + 1}: on all documents that are not held back")
    chain = train([*shipped, *learned], settings)
    after = ItemWeights(chain, before.trees, sure)
    say("measuring")
    parts = tuple(
        Part(
            name,
            len(samples),
            sum(len(one.items) for one in samples),
            measure(before, [seen[id(one)] for one in samples]),
            measure(after, [seen[id(one)] for one in samples]),
            is_unseen,
        )
        for name, samples, is_unseen in (
            ("corrected documents held back", held, True),
            ("shipped documents", again, False),
        )
    )
    return Lesson(chain, sure, len(rest), parts)
