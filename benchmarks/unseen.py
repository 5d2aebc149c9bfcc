"""Reads documents with weights that never saw them, and counts how well."""

from __future__ import annotations

import csv
import json
from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from datetime import date
from pathlib import Path

from benchmarks import cue_words, text_score
from benchmarks.text_score import Item, Tally
from benchmarks.web import say
from haicap.core.text.dates import find_deadline
from haicap.core.text.fields import FieldModel
from haicap.core.text.plain import Plain
from haicap.core.text.reader import Trained, read
from haicap.core.text.trees import Trees
from haicap.listen import learning, weights
from haicap.listen.taxonomy import FIELDS
from haicap.listen.trained import field_model
from haicap.places.registry import gazetteer
from tools import marked


ROOT = Path(__file__).resolve().parent.parent
TRAIN, HELD_BACK = ROOT / "corpus" / "train", ROOT / "corpus" / "held-back"
SHARED = 40  # documents 001 to 040 are counted, and those in which nobody asks
NOTHING_ASKED = "no-recommendation"  # the genre of documents in which nobody asks
Found = dict[str, list[Item]]  # by document


def index(corpus: Path) -> dict[str, dict[str, str]]:
    """Return what is known of each document: its genre, its day, its title."""
    with (corpus / "index.csv").open(encoding="utf-8", newline="") as file:
        return {row["id"]: row for row in csv.DictReader(file)}


def genres(corpus: Path) -> dict[str, str]:
    """Return the genre of each document."""
    return {name: row["genre"] for name, row in index(corpus).items()}


def gold(corpus: Path, name: str) -> list[Item]:
    """Return what people marked in a document."""
    text = (corpus / "gold" / f"{name}.jsonl").read_text(encoding="utf-8")
    return [json.loads(row) for row in text.splitlines() if row.strip()]


def document(corpus: Path, name: str) -> str:
    """Return the text of a document, with its line ends as stored."""
    return (corpus / "documents" / f"{name}.txt").read_bytes().decode("utf-8")


def shipped() -> Trained:
    """Return the weights that are shipped, whatever was learned on this machine."""
    return Trained(items=weights.shipped(), fields=field_model())


def told(text: str, trained: Trained) -> list[Item]:
    """Return what haicap reads in a text."""
    found = read(text, gazetteer=gazetteer(), taxonomy=FIELDS, trained=trained)
    return [one.as_json() | {"confidence": one.confidence} for one in found]


def asked() -> list[str]:
    """Return the documents that are counted: the shared ones and those without asks."""
    kinds = genres(TRAIN)
    return [
        name
        for name, kind in kinds.items()
        if int(name) <= SHARED or kind == NOTHING_ASKED
    ]


def crossed(fit: learning.Fit, fit_fields: Callable[[Path], list[FieldModel]]) -> Found:
    """
    Return what is read in each document by weights that never saw it.

    A fifth of all training documents is left out at a time. The trees are trained on the
    spans of the other four fifths, each as a chain that never saw its document has them;
    `fit` does it. `fit_fields` returns what tells fields, for each fifth.
    """
    say("what is seen of the documents")
    documents = [
        learning.look(sample, gazetteer()) for sample in marked.samples([TRAIN])
    ]
    chains = []
    spans: dict[str, learning.Spans] = {}
    for number, (rest, out) in enumerate(learning.folds(documents), 1):
        say(f"training the chain {number} of {learning.FOLDS}")
        chains.append(learning.train(rest))
        chain = weights.ItemWeights(chains[-1], Trees.of([]), learning.EVEN)
        spans |= {one.name: learning.spans(chain, one) for one in out}
    say("training the fields")
    fields = fit_fields(TRAIN)
    wanted = set(asked())
    found: Found = {}
    for chain, model, (rest, out) in zip(
        chains, fields, learning.folds(documents), strict=True
    ):
        names = {one.name for one in out}
        say(f"training the trees without {len(names)} documents")
        trees = fit([spans[one.name] for one in rest])
        left = Trained(weights.ItemWeights(chain, trees, learning.EVEN), model)
        for name in names & wanted:
            found[name] = told(document(TRAIN, name), left)
    return dict(sorted(found.items()))


def held_back() -> Found:
    """Return what is read in the held-back documents by the weights that are shipped."""
    return {n: told(document(HELD_BACK, n), shipped()) for n in genres(HELD_BACK)}


def tally(corpus: Path, found: Mapping[str, Sequence[Item]]) -> Tally:
    """Return the counts over some documents."""
    counts = Tally()
    for name, items in found.items():
        counts.add(gold(corpus, name), items)
    return counts


def with_day(corpus: Path, found: Found) -> Found:
    """
    Return the same items with the time limits of who knows the document's day.

    A story in the news rarely names its own day; the person who hands it in may.
    """
    days = {
        name: date.fromisoformat(row["date"]) for name, row in index(corpus).items()
    }
    return {
        name: [_dated(item, days[name]) for item in items]
        for name, items in found.items()
    }


def _dated(item: Item, today: date) -> Item:
    if item["kind"] in ("difficulty", "result"):
        return item
    planned = item["kind"] == "reply"
    limit = find_deadline(Plain(item["text"]).low, today=today, planned=planned)
    day = limit.day.isoformat() if limit and limit.day else None
    return item | {"deadline": day}


def by_genre(corpus: Path, found: Found) -> dict[str, Tally]:
    """Return the counts of each genre."""
    kinds = genres(corpus)
    grouped: dict[str, Found] = defaultdict(dict)
    for name, items in found.items():
        grouped[kinds[name]][name] = items
    return {genre: tally(corpus, each) for genre, each in sorted(grouped.items())}


def judged(found: Found) -> list[tuple[float, bool]]:
    """Return each held-back item's confidence, and whether its place and kind are right."""
    out = []
    for name, items in found.items():
        marked = gold(HELD_BACK, name)
        right = {
            j
            for i, j in text_score.pairs(marked, items)
            if marked[i]["kind"] == items[j]["kind"]
        }
        out += [(item["confidence"], j in right) for j, item in enumerate(items)]
    return out


def cued(corpus: Path, names: Sequence[str]) -> Found:
    """Return what the plain baseline finds."""
    return {name: cue_words.read(document(corpus, name)) for name in names}


def write(folder: Path, found: Found) -> None:
    """Write what was read, one file a document."""
    folder.mkdir(parents=True, exist_ok=True)
    for name, items in found.items():
        rows = "".join(json.dumps(item, ensure_ascii=False) + "\n" for item in items)
        (folder / f"{name}.jsonl").write_text(rows, encoding="utf-8")
