"""A made-up portfolio on given communes."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

import numpy as np

from haicap.core.optimise.portfolio.problem import (
    Criterion,
    Floor,
    Precedence,
    Problem,
    Project,
)
from haicap.core.optimise.units import Unit


#: (name, published weight, lowest, highest)
CRITERIA: Final = (
    ("số người hưởng lợi", 0.30, 0.20, 0.40),
    ("tính cấp thiết", 0.25, 0.15, 0.35),
    ("mặt bằng sẵn sàng", 0.20, 0.10, 0.30),
    ("tác động đến dịch vụ", 0.15, 0.05, 0.25),
    ("bảo đảm kinh phí vận hành", 0.10, 0.05, 0.15),
)
KINDS: Final = (
    "Trụ sở",
    "Trung tâm phục vụ hành chính công",
    "Trường học",
    "Trạm y tế",
    "Đường giao thông",
    "Tuyến thoát nước",
)
PARTS: Final = ("A", "B", "C")  # stand for the three former provinces
FIRST_YEAR: Final = 2026
N_YEARS: Final = 3
SHARE: Final = 0.35  # of all that is asked for, the money of the three years


def generate(units: Sequence[Unit], *, seed: int, n_projects: int = 500) -> Problem:
    """Return a made-up problem on these units; the same seed gives the same problem."""
    rng = np.random.default_rng(seed)
    east = np.argsort(np.argsort([unit.lon for unit in units]))
    projects = []
    for number in range(n_projects):
        at = int(rng.integers(len(units)))
        kind = KINDS[rng.integers(len(KINDS))]
        size = float(np.clip(rng.lognormal(9.2, 0.9), 500, 200_000))  # million VND
        n = int(rng.choice([1, 2, 3], p=[0.4, 0.4, 0.2]))
        parts = rng.dirichlet(np.full(n, 4.0)) * size
        # Larger projects serve more, though not in proportion.
        base = 20 + 14 * np.log10(size / 500)
        scores = np.clip(base + rng.normal(0, 16, len(CRITERIA)), 0, 100)
        projects.append(
            Project(
                id=f"D{number + 1:04}",
                name=f"{kind} {number + 1}, {units[at].name}",
                area=units[at].name,
                former_province=PARTS[int(east[at]) * len(PARTS) // len(units)],
                cost=tuple(round(float(part), 1) for part in parts),
                scores=tuple(round(float(score), 1) for score in scores),
                earliest=int(rng.choice([0, 1], p=[0.85, 0.15])),
            )
        )
    asked = sum(sum(project.cost) for project in projects)
    drawn = rng.permutation(n_projects)
    half = max(1, n_projects // 20)
    pairs, sets = drawn[: 2 * half].reshape(-1, 2), drawn[2 * half : 4 * half]
    floors = []
    for part in PARTS:
        mine = sum(sum(p.cost) for p in projects if p.former_province == part)
        floors.append(Floor("former_province", part, round(0.4 * SHARE * mine, 1)))
    return Problem(
        criteria=tuple(Criterion(*one) for one in CRITERIA),
        projects=tuple(projects),
        first_year=FIRST_YEAR,
        budgets=np.round(asked * SHARE * np.array([0.30, 0.36, 0.34]), 1),
        precedence=tuple(
            Precedence(projects[a].id, projects[b].id, int(rng.integers(0, 2)))
            for a, b in pairs
        ),
        alternatives=tuple(
            tuple(projects[at].id for at in pair) for pair in sets.reshape(-1, 2)
        ),
        floors=tuple(floors),
        is_demo=True,
    )
