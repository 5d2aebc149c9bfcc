"""Loads what was trained from marked documents, by `tools/` or by `haicap learn`."""

from __future__ import annotations

import json
from functools import cache
from importlib.resources import files

import numpy as np

from haicap.core.text.fields import FieldModel
from haicap.core.text.reader import Trained
from haicap.core.text.trees import Trees
from haicap.listen import weights


def trained() -> Trained:
    """
    Return everything the reader learned from marked documents.

    Ask anew for each document: `haicap learn` may have put other weights into use.
    """
    return Trained(items=weights.in_use(), fields=field_model())


@cache
def field_model() -> FieldModel:
    """Return the weights of words for the fields of work (tools/train_fields.py)."""
    path = files("haicap.listen").joinpath("data", "fields.json")
    data = json.loads(path.read_text(encoding="utf-8"))
    words, slugs = data["weights"], tuple(data["slugs"])
    hundredths = np.zeros((len(words), len(slugs)))
    for row, flat in enumerate(words.values()):
        hundredths[row, flat[::2]] = flat[1::2]
    return FieldModel(
        slugs=slugs,
        bias=np.array(data["bias"]),
        places={word: row for row, word in enumerate(words)},
        weights=hundredths / 100,
        common=frozenset(data["common"]),
        trees=Trees.of(data["trees"]),
        share=data["share"],
        least=data["least"],
    )
