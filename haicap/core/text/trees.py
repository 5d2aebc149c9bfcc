"""Boosted trees as plain arrays: what they say of rows of numbers."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import islice

import numpy as np
from numpy.typing import NDArray


Floats = NDArray[np.float64]
Ints = NDArray[np.int64]
AT_ONCE = 2_048  # rows, so that a document of nothing but doubts stays small in memory


@dataclass(frozen=True, slots=True)
class Trees:
    """
    Many small decision trees, node after node, their leaves included.

    A row goes left where its column is at most the threshold. A leaf leads to itself.
    Shape of each array: (n_nodes,); `roots`: (n_trees,).
    """

    roots: Ints
    column: Ints
    threshold: Floats
    left: Ints
    right: Ints
    value: Floats  # of a leaf: what it adds to the log-odds
    depth: int

    @classmethod
    def of(cls, trees: Sequence[Sequence[Sequence[float]]]) -> Trees:
        """
        Return the trees of their rows: column, threshold, left, right, value.

        A leaf has the column -1; left and right count within the tree.
        """
        rows: list[tuple[float, ...]] = []
        roots = []
        for tree in trees:
            start = len(rows)
            roots.append(start)
            for at, (column, threshold, left, right, value) in enumerate(tree):
                if column < 0:
                    rows.append((0, np.inf, start + at, start + at, value))
                else:
                    rows.append((column, threshold, start + left, start + right, 0.0))
        table = np.array(rows, dtype=np.float64).reshape(len(rows), 5)
        depth = max((_depth(tree) for tree in trees), default=0)
        whole = np.where(np.isinf(table), 0, table).astype(np.int64)
        return cls(
            roots=np.array(roots, dtype=np.int64),
            column=whole[:, 0],
            threshold=table[:, 1],
            left=whole[:, 2],
            right=whole[:, 3],
            value=table[:, 4],
            depth=depth,
        )

    def odds_of(self, rows: Iterable[Sequence[float]]) -> list[float]:
        """Return the odds, 0-1, of each row of numbers, one for each column."""
        odds: list[float] = []
        left = iter(rows)
        while some := list(islice(left, AT_ONCE)):
            odds += self.odds_in(np.array(some, dtype=np.float64)).tolist()
        return odds

    def odds_in(self, table: Floats) -> Floats:
        """Return the odds of the rows of a table. Shapes: (n, n_columns) -> (n,)."""
        parts = [
            self._scores(table[start : start + AT_ONCE])
            for start in range(0, len(table), AT_ONCE)
        ]
        scores = np.concatenate(parts) if parts else np.zeros(0)
        odds: Floats = 1.0 / (1.0 + np.exp(-scores))
        return odds

    def _scores(self, rows: Floats) -> Floats:
        """Return the log-odds. Shapes: (n, n_columns) -> (n,)."""
        # Flat arrays with computed places: `take` is quicker than two indices.
        n_rows, n_columns = rows.shape
        numbers = rows.ravel()
        begins = np.arange(n_rows)[:, None] * n_columns
        next_of = np.stack([self.right, self.left], axis=1).ravel()
        at = np.tile(self.roots, (n_rows, 1))
        for _step in range(self.depth):
            number = numbers.take(begins + self.column.take(at))
            at = next_of.take(2 * at + (number <= self.threshold.take(at)))
        scores: Floats = self.value.take(at).sum(axis=1)
        return scores


def _depth(tree: Sequence[Sequence[float]]) -> int:
    """Return how many steps the farthest leaf is from the root."""
    deep = [0] * len(tree)
    for at, (column, _threshold, left, right, _value) in enumerate(tree):
        if column >= 0:
            deep[int(left)] = deep[int(right)] = deep[at] + 1
    return max(deep, default=0)
