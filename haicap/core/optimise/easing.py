"""The smallest set of limits that has to give way, over any linear model."""

from __future__ import annotations

import time
from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from haicap.core.optimise.language import Eased, Figure, Relaxation, Sentence, Status
from haicap.core.optimise.mip import Ints, Model


@dataclass(frozen=True)
class Elastic:
    """A limit that may give way: its words, and how large one unit of it is."""

    code: str
    where: str
    words: str  # English with %(by)s, gathered for translation where it stands
    params: Mapping[str, object]
    most: float  # by how much it can give way at all
    size: float = 1.0


class Easing:
    """Limits of a model that may give way, gathered one by one."""

    def __init__(self, model: Model) -> None:
        self._model = model
        self._limits: list[Elastic] = []
        self._by: list[Ints] = []

    def add(self, rows: Ints, value: float, limit: Elastic) -> None:
        """Let rows give way together: `value` times the amount is added to each."""
        column = self._model.columns(1, upper=limit.most)
        self._model.entries(rows, np.broadcast_to(column, rows.shape), value)
        self._limits.append(limit)
        self._by.append(column)

    def smallest(self, *, seconds: float, seed: int = 0) -> Relaxation:
        """
        Return a smallest set of limits to ease, then the least amounts.

        It is confirmed by trying: with any one of them kept there is no plan.
        """
        began = time.monotonic()
        model, n = self._model, len(self._limits)
        by = np.concatenate([np.empty(0, dtype=np.int64), *self._by])
        most = np.array([limit.most for limit in self._limits])
        is_used = model.columns(n, upper=1.0, integer=True)
        rows = model.rows(np.arange(n), by, upper=0.0, n=n)
        model.entries(rows, is_used, -most)
        model.cost(is_used, 1.0)

        def left() -> float:
            return max(0.05, seconds - (time.monotonic() - began))

        found = model.solve(seconds=left(), gap=0.0, seed=seed)
        if found.status is not Status.OPTIMAL:
            return Relaxation((), False, time.monotonic() - began)
        chosen = found.x[is_used] > 0.5
        model.bound(is_used, upper=chosen.astype(float))
        model.cost(by, 1.0 / np.array([limit.size for limit in self._limits]))
        least = model.solve(seconds=left(), gap=1e-6, seed=seed)
        amounts = (least if least.has_answer else found).x[by]
        model.cost(by, 0.0)
        is_minimal = True
        for one in np.flatnonzero(chosen):
            others = chosen.astype(float)
            others[one] = 0.0
            model.bound(is_used, upper=others)
            again = model.solve(seconds=left(), seed=seed)
            is_minimal &= again.status is Status.IMPOSSIBLE
        eased = tuple(
            _eased(self._limits[one], float(amounts[one]))
            for one in np.flatnonzero(chosen)
        )
        return Relaxation(eased, is_minimal, time.monotonic() - began)


def _eased(limit: Elastic, by: float) -> Eased:
    words = Sentence(limit.words, {**limit.params, "by": Figure(by, ",.4g")})
    return Eased(limit.code, limit.where, by, words)
