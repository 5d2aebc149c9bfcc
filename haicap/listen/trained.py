"""Loads what was trained from marked documents, by `tools/` or by `haicap learn`."""

from __future__ import annotations

import json
from functools import cache
from importlib.resources import files

from haicap.core.text.fields import FieldModel
from haicap.core.text.reader import Trained
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
    return FieldModel(
        slugs=tuple(data["slugs"]),
        bias=tuple(data["bias"]),
        weights={
            gram: tuple(zip(flat[::2], (w / 100 for w in flat[1::2]), strict=True))
            for gram, flat in data["weights"].items()
        },
        common=frozenset(data["common"]),
        share=data["share"],
        least=data["least"],
    )
