"""A made-up problem of shared boards on given communes."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Final

import numpy as np

from haicap.core.optimise.boards.problem import Condition, Problem
from haicap.core.optimise.units import Road, Unit, road_km


AS_OF: Final = date(2026, 1, 5)
UNITS_A_BOARD: Final = 6.45  # 129 communes and 20 boards


def generate(units: Sequence[Unit], *, seed: int) -> Problem:
    """
    Return a made-up problem on these units; the same seed gives the same problem.

    Magnitudes: 3 to 25 projects a year in a commune; a board can do three to four times
    its fair share, and makes sense from half of it on.
    """
    rng = np.random.default_rng(seed)
    people = np.array([unit.population for unit in units], dtype=float)
    load = np.maximum(
        1, np.round(people / people.mean() * rng.uniform(5, 12, len(units)))
    )
    boards = max(1, round(len(units) / UNITS_A_BOARD))
    fair = float(load.sum()) / boards
    conditions = tuple(
        Condition(
            load=float(load[at]),
            weight=float(load[at]),
            may_host=True,
            may_share=True,
            may_entrust=False,
            capacity=float(round(fair * rng.uniform(3.0, 4.0))),
            least_load=float(round(fair * 0.35)),
            fixed_cost=float(round(rng.uniform(800, 2_000))),
        )
        for at in range(len(units))
    )
    road = Road(1.3, AS_OF)
    return Problem(
        units=tuple(units),
        conditions=conditions,
        km=road_km(units, road),
        road=road,
        max_boards=boards,
        is_demo=True,
    )
