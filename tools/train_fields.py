"""
Train what tells the fields of statements: `tools/train_fields.py [--check] [CORPUS...]`.

Each CORPUS is a folder with `documents/NNN.txt` and `gold/NNN.jsonl`; without one it is
`corpus/train`. To their marked statements come the phrases of `corpus/field_phrases.txt`,
which name what a field is about in many ways of speaking. The result is
`haicap/listen/data/fields.json`: one logistic regression a field over words and pairs of
words, and boosted trees that choose among the likeliest fields. The same input gives the
same file. `--check` only scores each fifth of the documents, trained on the other four.
"""

from __future__ import annotations

import argparse
import bisect
import dataclasses
import json
import pathlib
import sys
from collections import Counter
from collections.abc import Collection, Iterator, Mapping, Sequence

import numpy as np
import scipy.optimize
import scipy.sparse


ROOT = pathlib.Path(__file__).parent.parent
sys.path.insert(0, str(ROOT))

from haicap.core.text.bodies import Level, Voice  # noqa: E402
from haicap.core.text.fields import (  # noqa: E402
    COLUMNS,
    SAY,
    Choices,
    FieldModel,
    Told,
    choices,
    evened,
    fields_in,
    grams,
    texts,
)
from haicap.core.text.plain import Plain  # noqa: E402
from haicap.core.text.reader import Above, Said, told  # noqa: E402
from haicap.core.text.segments import lines, shape  # noqa: E402
from haicap.core.text.trees import Trees  # noqa: E402
from haicap.listen.learning import folds  # noqa: E402
from haicap.listen.taxonomy import FIELDS  # noqa: E402
from tools.grow_trees import FIELD_TREES, Grown, grown  # noqa: E402


PHRASES = ROOT / "corpus" / "field_phrases.txt"
CORPUS = ROOT / "corpus" / "train"
OUT = ROOT / "haicap" / "listen" / "data" / "fields.json"
SLUGS = tuple(FIELDS)
COMMON = 400  # pairs of words found in most documents
SEEN = 2  # a word must be seen so often, or stand in a phrase
RIDGE = 0.15
STEPS = 60
SMALLEST = 0.2  # weights below it are left out of the file
SHARE, LEAST = 0.45, 0.32
Phrase = tuple[str, Collection[str]]  # the words and their fields


@dataclasses.dataclass(frozen=True)
class Document:
    """The marked statements of one document in order, with the fields of each."""

    name: str
    told: Sequence[Told]
    fields: Sequence[Collection[str]]


def documents(corpus: pathlib.Path) -> list[Document]:
    """Return the documents of a corpus, in the order of their names."""
    found = []
    for gold in sorted((corpus / "gold").glob("*.jsonl")):
        text = gold.read_text(encoding="utf-8")
        items = [json.loads(row) for row in text.splitlines() if row.strip()]
        path = corpus / "documents" / f"{gold.stem}.txt"
        plain = Plain(path.read_text(encoding="utf-8"))
        shape(plain)
        places = [plain.given(place) for place in range(len(plain.low) + 1)]
        above = Above(list(lines(plain)))
        found.append(
            Document(
                gold.stem,
                [told(plain, above, _said(item, places)) for item in items],
                [item["fields"] for item in items],
            )
        )
    return found


def _said(item: Mapping, places: Sequence[int]) -> Said:
    """Return a marked statement as the reader has one that it found."""
    return Said(
        item["kind"],
        bisect.bisect_left(places, item["start"]),
        bisect.bisect_left(places, item["end"]),
        1.0,
        Voice(item["speaker"], Level.COMMUNE) if item["speaker"] else None,
    )


def phrases() -> list[Phrase]:
    """Return the phrases with the fields that they name."""
    found: list[Phrase] = []
    for line in PHRASES.read_text(encoding="utf-8").splitlines():
        if line.strip() and not line.startswith("#"):
            slugs, _, said = line.partition(": ")
            found += [(one.strip(), slugs.split(",")) for one in said.split("|")]
    return found


def weigh(found: Sequence[Document]) -> FieldModel:
    """Return the weights of words that fit the statements and the phrases, without trees."""
    short = phrases()
    statements = [one.low for document in found for one in document.told]
    alone = [*statements, *(said for said, _slugs in short)]
    pairs = Counter(pair for low in statements for pair in grams(low).pairs)
    ranked = sorted(pairs.items(), key=lambda pair: (-pair[1], pair[0]))
    common = frozenset(gram for gram, _count in ranked[:COMMON])
    seen = Counter(gram for low in alone for gram in grams(low).all)
    vocabulary = sorted(gram for gram, count in seen.items() if count >= SEEN)
    place = {gram: number for number, gram in enumerate(vocabulary)}
    # A word that few statements have says more than one that most of them have.
    rare = np.log(len(alone) / np.array([seen[gram] for gram in vocabulary]))
    rare /= rare.mean()
    rows = []
    for document in found:
        for at in range(len(document.told)):
            said = texts(document.told, at, common)
            rows.append(_bag(zip(said, SAY.values(), strict=False), place))
    rows += [_bag([(said, 1.0)], place) for said, _slugs in short]
    wanted = [slugs for document in found for slugs in document.fields]
    wanted += [slugs for _said, slugs in short]
    weights, bias = fit(
        _matrix(rows, len(vocabulary)) @ scipy.sparse.diags(rare),
        np.array([[slug in slugs for slug in SLUGS] for slugs in wanted], float),
    )
    weights *= rare[:, None]
    weights = np.where(np.abs(weights) >= SMALLEST, weights.round(2), 0.0)
    is_kept = weights.any(axis=1)
    kept = [gram for gram, stays in zip(vocabulary, is_kept, strict=True) if stays]
    return FieldModel(
        slugs=SLUGS,
        bias=bias.round(2),
        places={gram: row for row, gram in enumerate(kept)},
        weights=weights[is_kept],
        common=common,
        trees=None,
        share=SHARE,
        least=LEAST,
    )


def _bag(said: Collection[tuple[str, float]], place: Mapping[str, int]) -> dict:
    """Return the known words of some texts, each with what it counts in all."""
    found: dict[int, float] = {}
    for low, say in said:
        for gram in grams(low).all:
            if gram in place:
                number = place[gram]
                found[number] = found.get(number, 0.0) + say * evened(low)
    return found


def _matrix(rows: Sequence[Mapping[int, float]], width: int) -> scipy.sparse.csr_array:
    """Return rows of numbers as a matrix. Shape: (n_rows, width)."""
    values = [value for row in rows for value in row.values()]
    columns = [column for row in rows for column in row]
    ends = np.cumsum([0, *map(len, rows)])
    return scipy.sparse.csr_array((values, columns, ends), shape=(len(rows), width))


def fit(seen: scipy.sparse.csr_array, wanted: np.ndarray) -> tuple:
    """
    Return weights and bias of one logistic regression a column.

    Shapes: (n, n_words), (n, n_slugs) -> (n_words, n_slugs), (n_slugs,).
    """
    shape = seen.shape[1], wanted.shape[1]
    turned = seen.T.tocsr()

    def loss(flat: np.ndarray) -> tuple[float, np.ndarray]:
        weights, bias = flat[: -shape[1]].reshape(shape), flat[-shape[1] :]
        scores = seen @ weights + bias
        off = 1 / (1 + np.exp(-scores)) - wanted
        slope = turned @ off + RIDGE * weights
        cost = (np.logaddexp(0, scores) - wanted * scores).sum()
        cost += RIDGE / 2 * (weights**2).sum()
        return cost, np.concatenate([slope.ravel(), off.sum(axis=0)])

    found = scipy.optimize.minimize(
        loss,
        np.zeros((shape[0] + 1) * shape[1]),
        jac=True,
        method="L-BFGS-B",
        options={"maxiter": STEPS},
    ).x
    return found[: -shape[1]].reshape(shape), found[-shape[1] :]


@dataclasses.dataclass(frozen=True)
class Weighed:
    """A document, and its choices by weights that never saw it."""

    document: Document
    choices: Choices

    @property
    def name(self) -> str:
        """Return the document's name."""
        return self.document.name

    def right(self) -> np.ndarray:
        """Return whether each choice is one of the marked fields. Shape: (n, LIKELY)."""
        return np.array(
            [
                [SLUGS[field] in slugs for field in row]
                for row, slugs in zip(
                    self.choices.fields.tolist(), self.document.fields, strict=True
                )
            ]
        )


def left_out(found: Sequence[Document]) -> tuple[list[FieldModel], list[Weighed]]:
    """Return the weights without each fifth, and the documents as those see them."""
    models, seen = [], []
    for rest, out in folds(found):
        models.append(weigh(rest))
        seen += [
            Weighed(one, choices(one.told, models[-1], FIELDS))
            for one in out
            if one.told
        ]
    return models, seen


def choose(seen: Sequence[Weighed]) -> Grown:
    """Return trees that tell which of the likeliest fields are right."""
    rows = np.concatenate([one.choices.rows.reshape(-1, len(COLUMNS)) for one in seen])
    right = np.concatenate([one.right().ravel() for one in seen])
    return grown(rows, right, FIELD_TREES)


def grown_without(
    found: Sequence[Document], seen: Sequence[Weighed]
) -> Iterator[Grown]:
    """Yield the trees that never saw a fifth of the documents, for each fifth."""
    for rest, _out in folds(found):
        names = {one.name for one in rest}
        yield choose([one for one in seen if one.name in names])


def with_trees(model: FieldModel, trees: Grown) -> FieldModel:
    """Return the same weights with trees that choose."""
    return dataclasses.replace(model, trees=Trees.of(trees))


def crossed(found: Sequence[Document]) -> list[FieldModel]:
    """Return weights and trees that never saw a fifth of the documents, for each fifth."""
    models, seen = left_out(found)
    trees = grown_without(found, seen)
    return [with_trees(*pair) for pair in zip(models, trees, strict=True)]


def check(found: Sequence[Document]) -> None:
    """Print how well documents are told that were not trained on."""
    chosen = crossed(found)
    models = [dataclasses.replace(model, trees=None) for model in chosen]
    for name, used in (("by words alone", models), ("with the trees", chosen)):
        counts = np.zeros(4, int)
        for model, (_rest, out) in zip(used, folds(found), strict=True):
            for one in out:
                counts += score(one, model)
        right, said, wanted, first = counts.tolist()
        print(
            f"fields, {name}: micro-F1 {2 * right / (said + wanted):.3f},"
            f" precision {right / said:.3f}, recall {right / wanted:.3f},"
            f" first right {first / sum(len(one.told) for one in found):.3f}"
        )


def score(one: Document, model: FieldModel) -> np.ndarray:
    """Return right fields, fields said, fields wanted, and right first fields."""
    counts = np.zeros(4, int)
    told_of = fields_in(one.told, taxonomy=FIELDS, model=model)
    for (slugs, _words), wanted in zip(told_of, one.fields, strict=True):
        counts += (
            len(set(slugs) & set(wanted)),
            len(slugs),
            len(wanted),
            slugs[0] in wanted,
        )
    return counts


def write(model: FieldModel, trees: Grown) -> None:
    """Write the weights as whole hundredths, and the trees."""
    data = {
        "slugs": model.slugs,
        "bias": model.bias.tolist(),
        "share": model.share,
        "least": model.least,
        "common": sorted(model.common),
        "columns": COLUMNS,
        "trees": trees,
        "weights": {
            gram: [
                x for i in np.flatnonzero(row) for x in (int(i), round(100 * row[i]))
            ]
            for gram, row in zip(model.places, model.weights, strict=True)
        },
    }
    text = json.dumps(data, ensure_ascii=False, separators=(",", ":"))
    # One word a line, so that a change shows what changed.
    text = text.replace('],"', '],\n"')
    OUT.write_text(text + "\n", encoding="utf-8")
    print(f"{OUT.relative_to(ROOT)}: {len(model.places)} words, {len(text) // 1024} kB")


def main() -> None:
    """Read the corpora, then check or write."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[1])
    parser.add_argument("corpora", nargs="*", type=pathlib.Path, metavar="CORPUS")
    parser.add_argument("--check", action="store_true", help="score by document")
    options = parser.parse_args()
    found = [one for corpus in options.corpora or [CORPUS] for one in documents(corpus)]
    if options.check:
        check(found)
        return
    _models, seen = left_out(found)
    write(weigh(found), choose(seen))


if __name__ == "__main__":
    main()
