"""A trained linear chain as plain arrays: how likely each label is for each piece."""

from __future__ import annotations

import struct
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import chain, repeat

import numpy as np
from numpy.typing import NDArray


Floats = NDArray[np.float64]
AT_ONCE = 1_024  # pieces, so that a document of any length stays small in memory

# What CRFsuite writes: a head with the places of its parts; each weight with what it weighs;
# labels and features as numbered words.
_HEAD = struct.Struct("<4sI4s9I")
_WORDS = struct.Struct("<4s5I")
_WORD = struct.Struct("<II")
_FEATURE = np.dtype([("type", "<u4"), ("from", "<u4"), ("to", "<u4"), ("w", "<f8")])
_STEP = 1  # the type of a weight between two labels; 0: of a label for a feature


@dataclass(frozen=True, slots=True)
class Chain:
    """
    What each feature of a piece says for each label, and which label follows which.

    Shapes: `says`: (n_features + 1, n_labels), the last row for features that are not
    known; `follows`: (n_labels, n_labels), from a label to the next.
    """

    labels: tuple[str, ...]
    numbers: dict[str, int]  # feature -> its row
    says: Floats
    follows: Floats  # already as factors, not as their logarithms

    @classmethod
    def of(cls, model: bytes) -> Chain:
        """
        Return the chain that CRFsuite wrote: its labels in the order of the alphabet.

        Errors: ValueError when the bytes are no such model.
        """
        if len(model) < _HEAD.size or model[:4] != b"lCRF":
            raise ValueError("this is no model of CRFsuite")
        head = _HEAD.unpack_from(model)
        weights, labels, features = head[7:10]
        known = list(_words(model, labels))
        numbers = {word: row for row, word in enumerate(_words(model, features))}
        n_weights = struct.unpack_from("<I", model, weights + 8)[0]
        table = np.frombuffer(model, _FEATURE, n_weights, weights + 12)
        says = np.zeros((len(numbers) + 1, len(known)))
        follows = np.zeros((len(known), len(known)))
        for array, of_type in ((follows, _STEP), (says, 1 - _STEP)):
            some = table[table["type"] == of_type]
            array[some["from"], some["to"]] = some["w"]
        order = sorted(range(len(known)), key=known.__getitem__)
        return cls(
            labels=tuple(known[i] for i in order),
            numbers=numbers,
            says=np.ascontiguousarray(says[:, order]),
            follows=np.exp(follows[np.ix_(order, order)]),
        )

    def odds(self, seen: Sequence[Sequence[str]]) -> list[dict[str, float]]:
        """Return the odds of every label, one table a piece."""
        if not seen:
            return []
        states = self._states(seen)
        odds = self._forward(states) * self._backward(states)
        odds /= odds.sum(axis=1, keepdims=True)
        return [dict(zip(self.labels, row, strict=True)) for row in odds.tolist()]

    def _states(self, seen: Sequence[Sequence[str]]) -> Floats:
        """Return what each piece says for each label, as factors; the most is 1."""
        scores = np.empty((len(seen), len(self.labels)))
        unknown = len(self.numbers)
        for start in range(0, len(seen), AT_ONCE):
            some = seen[start : start + AT_ONCE]
            sizes = np.fromiter(map(len, some), np.intp, len(some))
            rows = np.fromiter(
                map(self.numbers.get, chain.from_iterable(some), repeat(unknown)),
                np.intp,
                sizes.sum(),
            )
            np.add.reduceat(
                self.says.take(rows, axis=0),
                sizes.cumsum() - sizes,
                out=scores[start : start + len(some)],
            )
        states: Floats = np.exp(scores - scores.max(axis=1, keepdims=True))
        return states

    def _forward(self, states: Floats) -> Floats:
        """Return how likely each label is after all that stands before; shape kept."""
        out = np.empty_like(states)
        last = states[0] / states[0].sum()
        out[0] = last
        for i in range(1, len(states)):
            # Each row is made to sum up to 1: long products would leave the floats.
            last = last @ self.follows * states[i]
            last /= np.add.reduce(last)
            out[i] = last
        return out

    def _backward(self, states: Floats) -> Floats:
        """Return how well each label goes with all that stands after; shape kept."""
        out = np.empty_like(states)
        last = np.ones(len(self.labels))
        out[-1] = last
        for i in range(len(states) - 1, 0, -1):
            last = self.follows @ (states[i] * last)
            last /= np.add.reduce(last)
            out[i - 1] = last
        return out


def _words(model: bytes, start: int) -> Iterator[str]:
    """Yield the numbered words of one part of a model, in order of their numbers."""
    *_head, n_words, table = _WORDS.unpack_from(model, start)
    for place in struct.unpack_from(f"<{n_words}I", model, start + table):
        _number, size = _WORD.unpack_from(model, start + place)
        first = start + place + _WORD.size
        yield model[first : first + size - 1].decode()  # it ends with a zero
