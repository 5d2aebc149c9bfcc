"""
Train the tagger of items: `tools/train_items.py [--check] [CORPUS...]`.

Each CORPUS is a folder with `documents/NNN.txt` and `gold/NNN.jsonl`; without one it is
`corpus/train`. The result is `haicap/listen/data/items.crfsuite`, a linear chain over the
pieces of a text, `items.json`, which says how often an item of a certain score was right
when its document was not trained on, and `marked.jsonl.xz`, the documents themselves, so
that `haicap learn` can train anew elsewhere. The same input gives the same files.
"""

from __future__ import annotations

import argparse
import json
import pathlib
import sys
from collections.abc import Sequence


ROOT = pathlib.Path(__file__).parent.parent
sys.path.insert(0, str(ROOT))

from haicap.listen.learning import (  # noqa: E402
    PACKED,
    Item,
    Sample,
    calibrate,
    crossed,
    look,
    pack,
    train,
    weight,
)
from haicap.places.registry import gazetteer  # noqa: E402


CORPUS = ROOT / "corpus" / "train"
DATA = ROOT / "haicap" / "listen" / "data"


def samples(corpora: Sequence[pathlib.Path]) -> list[Sample]:
    """Return the documents of some corpora, in the order of their names."""
    return [
        sample(path, path.parent.parent / "gold" / f"{path.stem}.jsonl")
        for corpus in corpora
        for path in sorted((corpus / "documents").glob("*.txt"))
    ]


def sample(path: pathlib.Path, gold: pathlib.Path) -> Sample:
    """Return one document with what is marked in it."""
    rows = [
        json.loads(row)
        for row in gold.read_text(encoding="utf-8").splitlines()
        if row.strip()
    ]
    items = tuple(Item(row["kind"], row["start"], row["end"]) for row in rows)
    return Sample(path.stem, path.read_bytes().decode("utf-8"), items)


def main() -> None:
    """Write the files, or with --check only say how good five-fold training is."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("corpora", nargs="*", type=pathlib.Path, metavar="CORPUS")
    parser.add_argument("--check", action="store_true")
    options = parser.parse_args()
    found = samples(options.corpora or [CORPUS])
    names = gazetteer()
    documents = [look(one, names) for one in found]
    pairs = crossed(documents)
    n_gold = sum(weight(document) * len(document.items) for document in documents)
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
    (DATA / PACKED).write_bytes(pack(found))
    print("items: weights written")


if __name__ == "__main__":
    main()
