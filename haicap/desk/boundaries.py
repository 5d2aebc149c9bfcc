"""The borders of the 129 units as the map draws them, made small once and kept."""

from __future__ import annotations

import gzip
import hashlib
import json
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any


# Four decimals are 11 metres here; the same point rounds the same way in both
# neighbours, so a shared border stays shared.
DECIMALS = 4


@dataclass(frozen=True)
class Borders:
    """The file in both forms that are sent, and the stamp of its content."""

    plain: bytes
    packed: bytes
    stamp: str


@cache
def borders() -> Borders:
    """
    Return the borders of today's units.

    Shape: GeoJSON, one feature a unit, `properties.code`. Unit: degrees, WGS 84.
    Source: haicap/places/data/SOURCES.md.
    """
    path = files("haicap.places").joinpath("data", "boundaries.geojson")
    data = json.loads(path.read_text("utf-8"))
    for feature in data["features"]:
        shape = feature["geometry"]
        shape["coordinates"] = rounded(shape["coordinates"])
    plain = json.dumps(data, separators=(",", ":"), ensure_ascii=False).encode()
    stamp = hashlib.sha256(plain).hexdigest()[:16]
    return Borders(plain, gzip.compress(plain, 9, mtime=0), stamp)


def rounded(nested: list[Any]) -> list[Any]:
    """Return points, rings or polygons rounded; a point that did not move is dropped."""
    if isinstance(nested[0], (int, float)):
        return [round(value, DECIMALS) for value in nested]
    points = [rounded(one) for one in nested]
    if not isinstance(points[0][0], (int, float)):
        return points
    return [
        point
        for number, point in enumerate(points)
        if number == 0 or point != points[number - 1]
    ]
