"""
Train the tagger of items: `tools/train_items.py [--check] [CORPUS...]`.

Each CORPUS is a folder with `documents/NNN.txt` and `gold/NNN.jsonl`; without one it is
`corpus/train`. The result is `haicap/listen/data/items.crfsuite`, a linear chain over the
pieces of a text, and `items.json`, which says how often an item of a certain score was
right when its document was not trained on. The same input gives the same files.
"""

from __future__ import annotations

import argparse
import json
import pathlib
import sys
import tempfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import pycrfsuite


ROOT = pathlib.Path(__file__).parent.parent
sys.path.insert(0, str(ROOT))

from haicap.core.text.chunks import Chunk, chunks  # noqa: E402
from haicap.core.text.features import features  # noqa: E402
from haicap.core.text.patterns import propose  # noqa: E402
from haicap.core.text.plain import Plain  # noqa: E402
from haicap.core.text.reader import level_at  # noqa: E402
from haicap.core.text.scene import places  # noqa: E402
from haicap.core.text.segments import lines, unwrap  # noqa: E402
from haicap.core.text.tagger import labels_of, tag_pieces  # noqa: E402
from haicap.core.text.who import Who  # noqa: E402
from haicap.listen.trained import ItemWeights  # noqa: E402
from haicap.places.registry import gazetteer  # noqa: E402


CORPUS = ROOT / "corpus" / "train"
DATA = ROOT / "haicap" / "listen" / "data"
FOLDS = 5
KNOTS = 12
# The patterns were written with these documents in view: there they are too often right.
SEEN_BY_PATTERNS = frozenset(f"{number:03}" for number in range(1, 41))
EVEN = ((0.0, 0.0), (1.0, 1.0))
SETTINGS = {
    "c1": 0.05,
    "c2": 0.02,
    "max_iterations": 120,
    "feature.minfreq": 2,
    "feature.possible_transitions": True,
}


@dataclass(frozen=True)
class Marked:
    """One document with what is seen of its pieces and how they are labelled."""

    name: str
    plain: Plain
    pieces: list[Chunk]
    seen: list[list[str]]
    labels: list[str]
    gold: list[dict]


def marked(corpora: Sequence[pathlib.Path]) -> list[Marked]:
    """Return the documents of some corpora, in the order of their names."""
    names = gazetteer()
    return [
        look(path, path.parent.parent / "gold" / f"{path.stem}.jsonl", names)
        for corpus in corpora
        for path in sorted((corpus / "documents").glob("*.txt"))
    ]


def look(path: pathlib.Path, gold: pathlib.Path, names: object) -> Marked:
    """Return one document as the tagger sees it."""
    text = path.read_bytes().decode("utf-8")
    plain = Plain(text)
    unwrap(plain)
    listed = list(lines(plain))
    pieces = list(chunks(plain, listed))
    who = Who(plain, names)
    proposed = ["?"] * len(pieces)
    if path.stem not in SEEN_BY_PATTERNS:
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
    rows = [
        json.loads(row)
        for row in gold.read_text(encoding="utf-8").splitlines()
        if row.strip()
    ]
    spans = [(row["kind"], (row["start"], row["end"])) for row in rows]
    labels = labels_of(pieces, plain.given, spans)
    return Marked(path.stem, plain, pieces, seen, labels, rows)


def train(documents: Sequence[Marked]) -> bytes:
    """Return the weights that fit these documents."""
    trainer = pycrfsuite.Trainer(verbose=False)
    for document in documents:
        trainer.append(document.seen, document.labels)
    trainer.set_params(SETTINGS)
    with tempfile.TemporaryDirectory() as folder:
        path = pathlib.Path(folder) / "items.crfsuite"
        trainer.train(str(path))
        return path.read_bytes()


def folds(documents: Sequence[Marked]) -> Iterator[tuple[list[Marked], list[Marked]]]:
    """Yield the documents to train on and the fifth that is left out, five times."""
    for fold in range(FOLDS):
        out = [d for i, d in enumerate(documents) if i % FOLDS == fold]
        yield [d for d in documents if d not in out], out


def judged(weights: ItemWeights, document: Marked) -> list[tuple[float, bool]]:
    """Return the score of each item found, and whether it is right: place and kind."""
    left = [dict(row) for row in document.gold]
    out = []
    for item in tag_pieces(document.plain, document.pieces, document.seen, weights):
        start = document.plain.given(item.start)
        end = document.plain.given(item.end)
        best = max(left, key=lambda row: overlap(row, start, end), default=None)
        right = best is not None and overlap(best, start, end) >= 0.5
        if right and best is not None:
            left.remove(best)
            right = best["kind"] == item.kind
        out.append((item.confidence, right))
    return out


def overlap(row: dict, start: int, end: int) -> float:
    """Return the share of the characters that two spans have in common."""
    both = min(end, row["end"]) - max(start, row["start"])
    return max(both, 0) / (max(end, row["end"]) - min(start, row["start"]))


def calibrate(pairs: Sequence[tuple[float, bool]]) -> list[tuple[float, float]]:
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
    return [(round(score, 4), round(share, 4)) for score, share, _n in blocks]


def main() -> None:
    """Write both files, or with --check only say how good five-fold training is."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("corpora", nargs="*", type=pathlib.Path, metavar="CORPUS")
    parser.add_argument("--check", action="store_true")
    options = parser.parse_args()
    documents = marked(options.corpora or [CORPUS])
    pairs: list[tuple[float, bool]] = []
    for rest, out in folds(documents):
        weights = ItemWeights(train(rest), EVEN)
        pairs += [pair for document in out for pair in judged(weights, document)]
    n_gold = sum(len(document.gold) for document in documents)
    n_right = sum(right for _score, right in pairs)
    print(
        f"items: {len(documents)} documents, {n_gold} marked,"
        f" five-fold F1 with the kind right {2 * n_right / (n_gold + len(pairs)):.3f}"
    )
    if options.check:
        return
    (DATA / "items.crfsuite").write_bytes(train(documents))
    sure = {"sure": calibrate(pairs)}
    (DATA / "items.json").write_text(json.dumps(sure) + "\n", encoding="utf-8")
    print("items: weights written")


if __name__ == "__main__":
    main()
