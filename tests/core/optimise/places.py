"""A few made-up communes in a row, ten kilometres of road apart."""

import numpy as np

from haicap.core.optimise.units import Unit


KM_A_DEGREE = 111.195


def row_of_units(n, *, provinces=1):
    return tuple(
        Unit(
            id=f"X{at}",
            name=f"Xã {at}",
            lon=106.0,
            lat=20.0 + at * 10 / KM_A_DEGREE,
            population=10_000 + 1_000 * at,
            province=str(at * provinces // n),
        )
        for at in range(n)
    )


def scattered(n, seed):
    rng = np.random.default_rng(seed)
    return tuple(
        Unit(
            id=f"X{at:03}",
            name=f"Xã {at}",
            lon=round(105.7 + rng.random() * 0.6, 4),
            lat=round(20.0 + rng.random() * 0.6, 4),
            population=int(rng.integers(8_000, 60_000)),
        )
        for at in range(n)
    )
