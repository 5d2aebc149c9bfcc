"""The road between communes is the line through the air times a dated factor."""

from datetime import date

import numpy as np
import pytest

from haicap.core.errors import BadInput
from haicap.core.optimise.rows import Record
from haicap.core.optimise.units import (
    Road,
    Unit,
    read_km,
    read_units,
    road_km,
    write_km,
    write_units,
)


HERE = Unit("1", "Xã A", 105.97, 20.25, 12_000, "37")
THERE = Unit("2", "Xã B", 106.17, 20.42, 30_000, "37")


def test_a_degree_of_latitude_is_111_km():
    other = Unit("3", "Xã C", 105.97, 21.25, 1)

    km = road_km([HERE, other], Road(1.0, date(2026, 1, 1)))

    assert km[0, 1] == pytest.approx(111.195, abs=0.01)
    assert km[0, 0] == 0
    assert km.tolist() == km.T.tolist()


def test_the_factor_makes_the_road_longer():
    near, far = (road_km([HERE, THERE], Road(f, date(2026, 1, 1))) for f in (1.0, 1.3))

    assert far[0, 1] == pytest.approx(1.3 * near[0, 1])


def test_units_come_back_as_they_were_written():
    assert read_units(Record({"units": write_units([HERE, THERE])})) == (HERE, THERE)


def test_the_road_comes_back_as_it_was_written():
    road = Road(1.3, date(2026, 1, 1))

    km, told = read_km(Record(write_km(np.zeros(0), road)), [HERE, THERE])

    assert told == road
    assert km.tolist() == road_km([HERE, THERE], road).tolist()


def test_a_measured_matrix_is_taken_as_it_is():
    km, told = read_km(Record({"km": [[0, 31], [29, 0]]}), [HERE, THERE])

    assert told is None
    assert km.tolist() == [[0, 31], [29, 0]]


def test_a_commune_outside_the_world_is_named():
    row = write_units([HERE])[0] | {"lat": 2025}

    with pytest.raises(BadInput, match=r"units, row 1 \(1\): lat is 2025"):
        read_units(Record({"units": [row]}))
