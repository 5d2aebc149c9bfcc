"""
Train the tagger of items: `tools/train_items.py [--check] [CORPUS...]`.

Each CORPUS is a folder with `documents/NNN.txt` and `gold/NNN.jsonl`; without one it is
`corpus/train`. The result, in `haicap/listen/data`, is `items.crfsuite`, a linear chain over
the pieces of a text; `spans.json`, boosted trees over the spans that the chain leaves
possible; `items.json`, which says how often an item of a certain score was right when its
document was not trained on; and `marked.jsonl.xz`, the documents themselves, so that
`haicap learn` can train the chain anew elsewhere. The same input gives the same files.
"""

from __future__ import annotations

import argparse
import json
import pathlib
import sys
from collections.abc import Mapping
from typing import Any


ROOT = pathlib.Path(__file__).parent.parent
sys.path.insert(0, str(ROOT))

from haicap.core.text.candidates import COLUMNS  # noqa: E402
from haicap.listen.learning import (  # noqa: E402
    PACKED,
    calibrate,
    crossed,
    left_out,
    look,
    pack,
    train,
    weight,
)
from haicap.places.registry import gazetteer  # noqa: E402
from tools.grow_trees import fit, grow  # noqa: E402
from tools.marked import CORPUS, DATA, samples  # noqa: E402


def main() -> None:
    """Write the files, or with --check only say how good five-fold training is."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("corpora", nargs="*", type=pathlib.Path, metavar="CORPUS")
    parser.add_argument("--check", action="store_true")
    options = parser.parse_args()
    found = samples(options.corpora or [CORPUS])
    names = gazetteer()
    documents = [look(one, names) for one in found]
    spans = left_out(documents)
    pairs = crossed(spans, fit)
    n_gold = sum(weight(document) * len(document.items) for document in documents)
    n_right = sum(right for _score, right in pairs)
    print(
        f"items: {len(documents)} documents, {n_gold} marked,"
        f" five-fold F1 with the kind right {2 * n_right / (n_gold + len(pairs)):.3f}"
    )
    if options.check:
        return
    (DATA / "items.crfsuite").write_bytes(train(documents))
    write("spans.json", {"columns": COLUMNS, "trees": grow(spans)})
    told = [[round(score, 3), int(right)] for score, right in pairs]
    write("items.json", {"sure": calibrate(pairs), "told": told})
    (DATA / PACKED).write_bytes(pack(found))
    print("items: weights written")


def write(name: str, data: Mapping[str, Any]) -> None:
    """Write what was trained as one line of JSON."""
    text = json.dumps(data, separators=(",", ":"))
    (DATA / name).write_text(text + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
