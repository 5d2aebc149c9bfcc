"""A made-up premises problem on given communes."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Final

import numpy as np

from haicap.core.optimise.premises.problem import Building, Fit, Need, Problem, Use
from haicap.core.optimise.units import Road, Unit, road_km


AS_OF: Final = date(2026, 1, 5)
FIRST_YEAR: Final = 2026
BUILDINGS_A_UNIT: Final = 1_000 / 129
#: (use, share of units that need it, mean m2, weight, land m2, worst grade, papers)
NEEDS: Final = (
    (Use.OFFICE, 0.7, 900, 3.0, 0, 3, True),
    (Use.SERVICE_CENTRE, 0.6, 350, 3.0, 0, 3, True),
    (Use.POLICE, 0.5, 400, 2.0, 0, 3, False),
    (Use.SCHOOL, 0.4, 1_200, 2.0, 3_000, 3, True),
    (Use.HEALTH_STATION, 0.5, 450, 2.0, 500, 2, False),
    (Use.CULTURE_HOUSE, 0.6, 300, 1.0, 0, 4, False),
)
COST: Final = {1: 0.8, 2: 1.5, 3: 2.6, 4: 4.5}  # million VND per m2, by grade
SHARE: Final = 0.45  # of what all needs would cost, the money of the three years


def generate(units: Sequence[Unit], *, seed: int) -> Problem:
    """
    Return a made-up problem on these units; the same seed gives the same problem.

    Magnitudes: about eight surplus buildings a unit, of 150 to 6,000 m2.
    """
    rng = np.random.default_rng(seed)
    buildings = []
    n = max(1, round(BUILDINGS_A_UNIT * len(units)))
    for number, unit in enumerate(rng.integers(len(units), size=n)):
        floor = float(np.clip(rng.lognormal(6.3, 0.7), 150, 6_000).round())
        grade = int(rng.choice([1, 2, 3, 4], p=[0.1, 0.35, 0.4, 0.15]))
        chosen = [use for use in Use if rng.random() < 0.6] or [Use.CULTURE_HOUSE]
        fits = [
            Fit(use, round(COST[grade] * float(rng.uniform(0.7, 1.4)), 3))
            for use in chosen
        ]
        buildings.append(
            Building(
                id=f"N{number + 1:04}",
                name=f"Trụ sở cũ {number + 1}, {units[unit].name}",
                unit=int(unit),
                floor_m2=floor,
                land_m2=float(round(floor * float(rng.uniform(1.0, 6.0)))),
                grade=grade,
                has_papers=bool(rng.random() < 0.8),
                repair_cost=float(round(floor * COST[grade] * 0.15, 1)),
                fits=tuple(fits),
                can_split=bool(rng.random() < 0.7),
            )
        )
    needs: list[Need] = []
    for at, unit_ in enumerate(units):
        for use, share, mean, weight, land, grade, papers in NEEDS:
            if rng.random() >= share:
                continue
            size = (unit_.population / 30_000) ** 0.4 * rng.uniform(0.5, 1.5)
            needs.append(
                Need(
                    id=f"C{len(needs) + 1:04}",
                    unit=at,
                    use=use,
                    m2=float(max(60, round(mean * size))),
                    users=int(unit_.population * rng.uniform(0.05, 0.4)),
                    weight=weight,
                    land_m2=float(land),
                    worst_grade=grade,
                    needs_papers=papers,
                )
            )
    total = sum(need.m2 * 2.0 for need in needs)
    road = Road(1.3, AS_OF)
    return Problem(
        units=tuple(units),
        buildings=tuple(buildings),
        needs=tuple(needs),
        km=road_km(units, road),
        road=road,
        max_km=15.0,
        first_year=FIRST_YEAR,
        budgets=np.round(total * SHARE * np.array([0.3, 0.35, 0.35]), 1),
        is_demo=True,
    )
