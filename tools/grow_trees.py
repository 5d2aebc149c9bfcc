"""Grows trees that tell which spans are items, and which fields; all that needs LightGBM."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

import lightgbm
import numpy as np

from haicap.core.text.trees import Trees
from haicap.listen.learning import FIRST, HARD, Spans


TREES = {
    "objective": "binary",
    "num_leaves": 15,
    "learning_rate": 0.05,
    "min_data_in_leaf": 20,
    "bagging_fraction": 0.8,
    "bagging_freq": 1,
    "feature_fraction": 0.4,
    "lambda_l2": 5.0,
    "seed": 0,
    "num_threads": 1,
    "deterministic": True,
    "force_row_wise": True,
    "verbose": -1,
}
#: Of those that choose fields.
FIELD_TREES = TREES | {"feature_fraction": 0.3}
N_TREES = 200
DIGITS = 5  # of a number in the files
Grown = list[list[list[float]]]  # trees as `Trees.of` takes them


def grow(found: Sequence[Spans]) -> Grown:
    """Return trees that tell which spans are items."""
    rows = np.array([row for one in found for row in one.rows], dtype=np.float64)
    right = np.array([right for one in found for right in one.right()])
    counts = np.array([counted(one.document.name) for one in found])
    counts = np.repeat(counts, [len(one.rows) for one in found])
    return grown(rows, right, TREES, counts)


def grown(
    rows: np.ndarray,
    right: np.ndarray,
    options: Mapping[str, Any],
    counts: np.ndarray | None = None,
) -> Grown:
    """
    Return trees that tell how likely each row is right.

    Shapes: (n, n_columns), (n,), (n,). `counts`: how much each row counts.
    """
    data = lightgbm.Dataset(rows, right.astype(float), weight=counts)
    model = lightgbm.train(dict(options), data, N_TREES).dump_model()
    return [list(nodes(tree["tree_structure"])) for tree in model["tree_info"]]


def fit(found: Sequence[Spans]) -> Trees:
    """Return trees that tell which spans are items."""
    return Trees.of(grow(found))


def counted(name: str) -> float:
    """Return how much a document counts for the trees."""
    return 5.0 if name in FIRST else 0.5 if name in HARD else 1.0


def nodes(root: Mapping[str, Any]) -> Iterator[list[float]]:
    """Yield the nodes of a tree: column, threshold, left, right, value."""
    table: list[list[float]] = []

    def add(node: Mapping[str, Any]) -> int:
        at = len(table)
        if "leaf_value" in node:
            table.append([-1, 0, 0, 0, round(node["leaf_value"], DIGITS)])
            return at
        table.append([])
        left, right = add(node["left_child"]), add(node["right_child"])
        threshold = round(node["threshold"], DIGITS)
        table[at] = [node["split_feature"], threshold, left, right, 0]
        return at

    add(root)
    yield from table
