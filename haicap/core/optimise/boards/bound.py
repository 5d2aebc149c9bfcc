"""
What no set of boards can beat: the Lagrangian bound of the p-median.

Each unit gets a price for being served; a board then takes the units that bring more than
they cost. The prices are moved until hardly anybody is served twice or not at all. Capacities
and least loads are left out, so the bound holds with them too.
Source: Cornuéjols, Fisher and Nemhauser 1977; subgradient steps after Held and Karp.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

import numpy as np

from haicap.core.optimise.boards.problem import Bools, Floats
from haicap.core.optimise.mip import Ints


NEAREST: Final = 200  # boards a unit that are looked at; the prices keep this exact
PATIENCE: Final = 12  # steps without a better bound before the steps are halved


@dataclass(frozen=True, eq=False)
class Bound:
    """The best bound, with the prices that give it."""

    value: float
    price: Floats  # (n_units,) of being served
    worth: Floats  # (n_boards,) what opening a board brings at these prices
    open: Ints  # boards that are worth most


def lagrangian(
    cost: Floats,
    fixed: Floats,
    must_open: Bools,
    most: int,
    upper: float,
    *,
    seconds: float,
    look: Callable[[Ints], float],
) -> Bound:
    """
    Return the bound for serving all units by at most `most` boards.

    `cost` (n_units, n_boards + 1) with the area board last; `upper` is what is known to
    be possible; `look` is shown each set of boards that seems good, and returns what it
    really costs, so that `upper` can fall.
    """
    began = time.monotonic()
    n, m = cost.shape[0], cost.shape[1] - 1
    k = min(m, NEAREST)
    near = np.argpartition(cost[:, :m], k - 1, axis=1)[:, :k]
    there = np.take_along_axis(cost[:, :m], near, axis=1)
    area = cost[:, m]
    # Beyond the nearest boards nothing is known, so no price may reach there.
    top = there.max(axis=1) if k < m else np.full(n, np.inf)
    ranked = np.sort(np.where(np.isinf(there), there.max(initial=0.0), there), axis=1)
    price = np.minimum(ranked[:, min(k - 1, max(1, m // max(1, most)))], top)
    price = np.where(np.isfinite(price), price, 0.0)
    best = Bound(-np.inf, price, fixed.copy(), np.flatnonzero(must_open))
    scale, waited, tried = 1.5, 0, 0
    while time.monotonic() - began < seconds and scale > 1e-4:
        gain = np.minimum(0.0, there - price[:, None])
        worth = fixed + np.bincount(near.ravel(), gain.ravel(), minlength=m)
        opened = _open(worth, must_open, most)
        entrusted = np.minimum(0.0, area - price)
        value = float(price.sum() + worth[opened].sum() + entrusted.sum())
        if value > best.value + 1e-9 * max(1.0, abs(value)):
            best, waited = Bound(value, price, worth, opened), 0
        else:
            waited += 1
        if tried % 10 == 0:
            upper = min(upper, look(opened))
        tried += 1
        if waited >= PATIENCE:
            scale, waited, price = scale / 2, 0, best.price
            continue
        is_open = np.zeros(m, dtype=bool)
        is_open[opened] = True
        served = ((gain < 0) & is_open[near]).sum(axis=1) + (entrusted < 0)
        missing = 1.0 - served
        length = float(missing @ missing)
        if length == 0 or upper - value <= 1e-9 * max(1.0, abs(upper)):
            break
        step = scale * max(upper - value, 1e-6 * abs(upper)) / length
        price = np.minimum(price + step * missing, top)
    return best


def _open(worth: Floats, must_open: Bools, most: int) -> Ints:
    """Return the boards that have to be there and those that bring more than they cost."""
    must = np.flatnonzero(must_open)
    free = np.flatnonzero(~must_open & (worth < 0))
    room = max(0, most - must.size)
    if free.size > room:
        free = free[np.argpartition(worth[free], room - 1)[:room]] if room else free[:0]
    return np.concatenate([must, free])


def useful(
    cost: Floats, bound: Bound, must_open: Bools, most: int, upper: float
) -> Bools:
    """
    Return which services can be part of a plan that costs less than `upper`.

    Shape: (n_units, n_boards + 1). The others would cost more than the bound leaves.
    """
    m = cost.shape[1] - 1
    able: Bools = np.isfinite(cost)
    if not np.isfinite(bound.value) or not np.isfinite(upper):
        return able
    is_open = np.zeros(m, dtype=bool)
    is_open[bound.open] = True
    free = ~must_open
    room = most - int(must_open.sum())
    taken = np.sort(bound.worth[free & (bound.worth < 0)])
    last = taken[room - 1] if room and taken.size >= room else 0.0
    extra = np.where(is_open, 0.0, np.maximum(0.0, bound.worth - min(0.0, last)))
    more = np.maximum(0.0, cost - bound.price[:, None])
    more[:, :m] += extra[None, :]
    kept: Bools = able & (bound.value + more <= upper + 1e-6 * abs(upper))
    return kept
