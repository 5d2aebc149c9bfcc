"""Reads the marked documents of a corpus as samples to train on."""

from __future__ import annotations

import json
import pathlib
from collections.abc import Sequence

from haicap.listen.learning import Item, Sample


ROOT = pathlib.Path(__file__).parent.parent
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
