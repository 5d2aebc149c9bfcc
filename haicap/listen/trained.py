"""Loads what was trained: weights that `tools/` built from marked documents."""

from __future__ import annotations

import json
from bisect import bisect_right
from collections.abc import Sequence
from functools import cache
from importlib.resources import files

import pycrfsuite

from haicap.core.text.fields import FieldModel
from haicap.core.text.reader import Trained
from haicap.core.text.tagger import Odds


MOST = 0.99  # nothing that a machine read is certain


class ItemWeights:
    """Which pieces of a text are items: a linear chain and how sure its odds are."""

    def __init__(self, chain: bytes, sure: Sequence[tuple[float, float]]) -> None:
        self._chain = chain  # the tagger reads these bytes for as long as it lives
        self._tagger = pycrfsuite.Tagger()
        self._tagger.open_inmemory(chain)
        self._labels: tuple[str, ...] = tuple(sorted(self._tagger.labels()))
        self._sure = tuple(sure)

    def odds(self, seen: Sequence[Sequence[str]]) -> list[Odds]:
        """Return the odds of every label, one table a piece."""
        tagger, labels = self._tagger, self._labels
        tagger.set(pycrfsuite.ItemSequence(seen))
        return [
            {label: tagger.marginal(label, place) for label in labels}
            for place in range(len(seen))
        ]

    def sure(self, score: float) -> float:
        """Return how often items of this score were right, between the nearest known."""
        known = self._sure
        place = bisect_right(known, (score, 2.0))
        if place in (0, len(known)):
            return min(known[min(place, len(known) - 1)][1], MOST)
        (low, a), (high, b) = known[place - 1], known[place]
        share = (score - low) / (high - low) if high > low else 0.0
        return round(min(a + share * (b - a), MOST), 3)


@cache
def trained() -> Trained:
    """Return everything the reader learned from the marked documents."""
    return Trained(items=item_weights(), fields=field_model())


@cache
def item_weights() -> ItemWeights:
    """Return the weights of the tagger (tools/train_items.py)."""
    data = files("haicap.listen").joinpath("data")
    sure = json.loads(data.joinpath("items.json").read_text(encoding="utf-8"))["sure"]
    chain = data.joinpath("items.crfsuite").read_bytes()
    return ItemWeights(chain, [(score, share) for score, share in sure])


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
