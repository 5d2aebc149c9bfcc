"""A made-up secondment problem on given communes."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Final

import numpy as np

from haicap.core.optimise.secondment.problem import (
    Allowance,
    Exemption,
    Person,
    Problem,
    Skill,
)
from haicap.core.optimise.units import Road, Unit, road_km


FIELDS: Final = (
    "land",
    "construction",
    "transport",
    "finance_accounting",
    "it_digital",
    "justice_civil_status",
    "health",
    "education",
    "culture",
    "agriculture",
    "environment",
    "labour_social",
)
#: What the fields are called in the problem, as a Vietnamese office calls them.
NAMES: Final = {
    "land": "Đất đai",
    "construction": "Xây dựng",
    "transport": "Giao thông",
    "finance_accounting": "Tài chính - kế toán",
    "it_digital": "Công nghệ thông tin và chuyển đổi số",
    "justice_civil_status": "Tư pháp - hộ tịch",
    "health": "Y tế",
    "education": "Giáo dục",
    "culture": "Văn hóa",
    "agriculture": "Nông nghiệp",
    "environment": "Môi trường",
    "labour_social": "Lao động và xã hội",
}
#: The fields that the communes named as short in the conference of November 2025.
WEIGHT: Final = {
    "land": 3.0,
    "construction": 3.0,
    "finance_accounting": 3.0,
    "it_digital": 3.0,
    "transport": 2.0,
    "health": 2.0,
    "education": 2.0,
}
#: Fields that a person of the first one may also know.
NEAR: Final = (
    ("land", "environment", "agriculture"),
    ("construction", "transport", "land"),
    ("transport", "construction", "finance_accounting"),
    ("finance_accounting", "labour_social", "it_digital"),
    ("it_digital", "finance_accounting", "culture"),
    ("justice_civil_status", "labour_social", "culture"),
    ("health", "labour_social", "education"),
    ("education", "culture", "health"),
    ("culture", "education", "labour_social"),
    ("agriculture", "environment", "land"),
    ("environment", "agriculture", "construction"),
    ("labour_social", "justice_civil_status", "health"),
)
AS_OF: Final = date(2026, 1, 5)
MEAN_NEED: Final = 2.6  # posts a unit and field; about 32 a unit
MEAN_PRESENT: Final = 2.44  # people; about 30 a unit
SECOND, THIRD = 0.8, 0.5  # of a post
FLOOR: Final = 0.75  # of its need that a donor keeps


def generate(units: Sequence[Unit], *, seed: int) -> Problem:
    """
    Return a made-up problem on these units; the same seed gives the same problem.

    Magnitudes: about 32 posts needed and 30 people present in a unit, unevenly; the
    allowance is that of Ninh Bình's Council of 2025, in round words of its source.
    """
    rng = np.random.default_rng(seed)
    n, k = len(units), len(FIELDS)
    people_of = np.array([unit.population for unit in units], dtype=float)
    size = np.clip((people_of / people_of.mean()) ** 0.3, 0.6, 1.6)[:, None]
    scarce = rng.uniform(0.85, 1.15, (1, k))
    need = np.maximum(1, rng.poisson(MEAN_NEED * size * np.ones((1, k))))
    drawn = rng.gamma(1.2, 1 / 1.2, (n, k))  # as unevenly as after a merger
    present = rng.poisson(MEAN_PRESENT * size * scarce * drawn)
    weight = np.array([[WEIGHT.get(name, 1.0) for name in FIELDS]]).repeat(n, axis=0)
    people: list[Person] = []
    for unit in range(n):
        for name in range(k):
            for _each in range(int(present[unit, name])):
                people.append(_person(rng, len(people) + 1, unit, name))
    road = Road(1.3, AS_OF)
    return Problem(
        units=tuple(units),
        fields=tuple(NAMES[name] for name in FIELDS),
        people=tuple(people),
        need=need.astype(np.int64),
        present=present.astype(np.int64),
        weight=weight,
        floor=np.ceil(FLOOR * need).astype(np.int64),
        km=road_km(units, road),
        road=road,
        as_of=AS_OF,
        max_km=60.0,
        allowances=(
            Allowance(
                25.0, 1_200_000.0, date(2025, 11, 1), "HĐND tỉnh Ninh Bình, 2025"
            ),
        ),
        is_demo=True,
    )


def _person(rng: np.random.Generator, number: int, home: int, name: int) -> Person:
    others = [FIELDS.index(other) for other in NEAR[name][1:]]
    skills = [Skill(name, 1.0)]
    if rng.random() < 0.9:
        skills.append(Skill(others[0], SECOND))
        if rng.random() < 0.7:
            skills.append(Skill(others[1], THIRD))
    drawn = rng.random()
    exemption = Exemption.OK
    if drawn < 0.06:
        exemption = Exemption.BLOCKED
    elif drawn < 0.14:
        exemption = Exemption.BLOCKED_UNLESS_REQUESTED
    return Person(
        id=f"P{number:06}",
        home=home,
        skills=tuple(skills),
        exemption=exemption,
        has_requested=bool(rng.random() < 0.15),
        seconded_until=date(2026, 9, 30) if rng.random() < 0.02 else None,
    )
