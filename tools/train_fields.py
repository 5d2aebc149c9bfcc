"""
Train the weights of words for fields: `tools/train_fields.py [--check] CORPUS...`.

Each CORPUS is a folder with `documents/NNN.txt` and `gold/NNN.jsonl`. To their marked
statements come the phrases of `corpus/field_phrases.txt`, which name what a field is
about in many ways of speaking. The result is `haicap/listen/data/fields.json`: one
logistic regression a field over words and pairs of words. The same input gives the same
file. `--check` trains on four fifths of the documents and scores the fifth, five times.
"""

from __future__ import annotations

import argparse
import bisect
import json
import pathlib
import sys
from collections import Counter

import numpy as np


ROOT = pathlib.Path(__file__).parent.parent
sys.path.insert(0, str(ROOT))

from haicap.core.text.fields import (  # noqa: E402
    NEAR,
    FieldModel,
    features,
    fields_of,
    grams,
)
from haicap.core.text.plain import Plain  # noqa: E402
from haicap.core.text.segments import lines, unwrap  # noqa: E402
from haicap.listen.taxonomy import FIELDS  # noqa: E402


PHRASES = ROOT / "corpus" / "field_phrases.txt"
CORPUS = ROOT / "corpus" / "train"
OUT = ROOT / "haicap" / "listen" / "data" / "fields.json"
SLUGS = tuple(FIELDS)
COMMON = 400  # pairs of words found in most documents
SEEN = 2  # a word must be seen so often, or stand in a phrase
RIDGE = 0.15
STEPS = 200
SMALLEST = 0.2  # weights below it are left out of the file
SHARE, LEAST = 0.2, 0.12


def statements(corpus: pathlib.Path) -> list[dict]:
    """Return the marked statements of a corpus with what stands around them."""
    rows = []
    for gold in sorted((corpus / "gold").glob("*.jsonl")):
        path = corpus / "documents" / f"{gold.stem}.txt"
        plain = Plain(path.read_text(encoding="utf-8"))
        unwrap(plain)
        low = plain.low
        places = [plain.given(place) for place in range(len(low) + 1)]
        listed = list(lines(plain))
        earlier: list[str] = []
        for row in gold.read_text(encoding="utf-8").splitlines():
            if not row.strip():
                continue
            item = json.loads(row)
            start = bisect.bisect_left(places, item["start"])
            end = bisect.bisect_left(places, item["end"])
            above = [line for line in listed if line.start <= start]
            heads = [line for line in above if line.is_heading]
            line = above[-1] if above else None
            around = ""
            if line:
                around = low[max(line.start, start - NEAR) : min(line.end, end + NEAR)]
            said = low[start:end]
            rows.append(
                {
                    "document": f"{corpus.name}/{gold.stem}",
                    "low": said,
                    "fields": item["fields"],
                    "topic": low[heads[-1].start : heads[-1].end] if heads else "",
                    "around": around,
                    "before": tuple(earlier[-60:]),
                }
            )
            earlier.append(said)
    return rows


def phrases() -> list[tuple[str, list[str]]]:
    """Return the phrases with the fields that they name."""
    found = []
    for line in PHRASES.read_text(encoding="utf-8").splitlines():
        if line.strip() and not line.startswith("#"):
            slugs, _, said = line.partition(": ")
            found += [(one.strip(), slugs.split(",")) for one in said.split("|")]
    return found


def context(row: dict) -> dict:
    """Return what stands around a statement, as the reader passes it."""
    return {key: row[key] for key in ("topic", "around", "before")}


def train(rows: list[dict]) -> FieldModel:
    """Return the weights that fit the statements and the phrases."""
    pairs = Counter(g for row in rows for g in grams(row["low"]) if " " in g)
    ranked = sorted(pairs.items(), key=lambda pair: (-pair[1], pair[0]))
    common = frozenset(gram for gram, _count in ranked[:COMMON])
    examples = [
        (features(row["low"], **context(row), common=common), row["fields"])
        for row in rows
    ]
    examples += [(features(said), slugs) for said, slugs in phrases()]
    seen = Counter(g for row in rows for g in grams(row["low"]))
    seen.update(gram for said, _slugs in examples[len(rows) :] for gram in said)
    vocabulary = sorted(gram for gram, count in seen.items() if count >= SEEN)
    place = {gram: number for number, gram in enumerate(vocabulary)}
    weights, bias = fit(
        [
            {place[g]: say for g, say in said.items() if g in place}
            for said, _ in examples
        ],
        np.array([[slug in slugs for slug in SLUGS] for _, slugs in examples], float),
        len(vocabulary),
    )
    weights = np.where(np.abs(weights) >= SMALLEST, weights.round(2), 0.0)
    is_kept = weights.any(axis=1)
    kept = [gram for gram, stays in zip(vocabulary, is_kept, strict=True) if stays]
    return FieldModel(
        slugs=SLUGS,
        bias=tuple(round(float(b), 2) for b in bias),
        places={gram: row for row, gram in enumerate(kept)},
        weights=weights[is_kept],
        common=common,
        share=SHARE,
        least=LEAST,
    )


def fit(
    examples: list[dict[int, float]], wanted: np.ndarray, size: int
) -> tuple[np.ndarray, np.ndarray]:
    """Return weights and bias of one logistic regression a column, by full gradients."""
    row = np.array([n for n, said in enumerate(examples) for _ in said])
    column = np.array([g for said in examples for g in said])
    value = np.array([v for said in examples for v in said.values()])
    by_column = np.argsort(column, kind="stable")
    columns, starts = np.unique(column[by_column], return_index=True)
    firsts = np.searchsorted(row, np.arange(len(examples)))
    empty = np.array([not said for said in examples])
    firsts = np.minimum(firsts, len(row) - 1)
    weights, bias = np.zeros((size, wanted.shape[1])), np.zeros(wanted.shape[1])
    speed_w, speed_b = np.zeros_like(weights), np.zeros_like(bias)
    size_w, size_b = np.zeros_like(weights), np.zeros_like(bias)
    for step in range(1, STEPS + 1):
        scores = np.add.reduceat(value[:, None] * weights[column], firsts) + bias
        scores[empty] = bias
        error = 1 / (1 + np.exp(-scores)) - wanted
        slope = RIDGE * weights
        slope[columns] += np.add.reduceat(
            (value[:, None] * error[row])[by_column], starts
        )
        slope_b = error.sum(0)
        rate = 0.1 * (1 - step / (STEPS + 1))
        for point, grad, speed, square in (
            (weights, slope, speed_w, size_w),
            (bias, slope_b, speed_b, size_b),
        ):
            speed += 0.1 * (grad - speed)
            square += 0.01 * (grad * grad - square)
            fair = np.sqrt(square / (1 - 0.99**step)) + 1e-8
            point -= rate * (speed / (1 - 0.9**step)) / fair
    return weights, bias


def score(rows: list[dict], model: FieldModel) -> tuple[int, int, int, int]:
    """Return right fields, fields said, fields wanted, and right first fields."""
    right = said = wanted = first = 0
    for row in rows:
        slugs, _words = fields_of(
            row["low"], **context(row), taxonomy=FIELDS, model=model
        )
        right += len(set(slugs) & set(row["fields"]))
        said, wanted = said + len(slugs), wanted + len(row["fields"])
        first += slugs[0] in row["fields"]
    return right, said, wanted, first


def report(name: str, rows: int, counts: tuple[int, int, int, int]) -> None:
    """Print one line of figures."""
    right, said, wanted, first = counts
    f1 = 2 * right / (said + wanted)
    print(
        f"{name}: micro-F1 {f1:.3f}, precision {right / said:.3f},"
        f" recall {right / wanted:.3f}, first right {first / rows:.3f} ({rows} items)"
    )


def check(rows: list[dict]) -> None:
    """Print how well documents are told that were not trained on."""
    documents = sorted({row["document"] for row in rows})
    counts = np.zeros(4, int)
    for fold in range(5):
        held = set(documents[fold::5])
        model = train([row for row in rows if row["document"] not in held])
        counts += score([row for row in rows if row["document"] in held], model)
    report("five folds by document", len(rows), tuple(counts))


def write(model: FieldModel) -> None:
    """Write the weights as whole hundredths."""
    data = {
        "slugs": model.slugs,
        "bias": model.bias,
        "share": model.share,
        "least": model.least,
        "common": sorted(model.common),
        "weights": {
            gram: [
                x for i in np.flatnonzero(row) for x in (int(i), round(100 * row[i]))
            ]
            for gram, row in zip(model.places, model.weights, strict=True)
        },
    }
    text = json.dumps(data, ensure_ascii=False, separators=(",", ":"))
    # One word a line, so that a change shows what changed.
    text = text.replace("],", "],\n")
    OUT.write_text(text + "\n", encoding="utf-8")
    print(f"{OUT.relative_to(ROOT)}: {len(model.places)} words, {len(text) // 1024} kB")


def main() -> None:
    """Read the corpora, then check or write."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[1])
    parser.add_argument("corpus", nargs="*", type=pathlib.Path)
    parser.add_argument("--check", action="store_true", help="score by document")
    parser.add_argument(
        "--on", nargs="*", type=pathlib.Path, default=(), help="score on"
    )
    options = parser.parse_args()
    rows = [row for corpus in options.corpus or [CORPUS] for row in statements(corpus)]
    if options.check:
        check(rows)
        return
    model = train(rows)
    for corpus in options.on:
        others = statements(corpus)
        report(corpus.name, len(others), score(others, model))
    if not options.on:
        write(model)


if __name__ == "__main__":
    main()
