"""
Scores what was read against what people marked.

Pairs of a marked and a found item whose characters overlap by half are taken greedily,
the closest first and each item once; the kind plays no part in that. Speaker, addressee,
fields, communes and time limit are judged on the pairs. Names are compared in lower case,
in one tone placement and with single spaces.
"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Iterable, Sequence
from typing import Any

from haicap.core.text.findings import KINDS
from haicap.core.text.fold import one_tone_placement


Item = dict[str, Any]
MISSED, FALSE = "missed", "false"


def name(said: str) -> str:
    """Return the comparable form of a name."""
    composed = unicodedata.normalize("NFC", said)
    return one_tone_placement(re.sub(r"\s+", " ", composed).strip().lower())


def names(said: str | Sequence[str] | None) -> list[str]:
    """Return the names in "A; B" or in a list."""
    parts = said.split(";") if isinstance(said, str) else said or []
    return [name(part) for part in parts if part.strip()]


def overlap(a: Item, b: Item) -> float:
    """Return the share of the characters that two items have in common."""
    both = min(a["end"], b["end"]) - max(a["start"], b["start"])
    if both <= 0:
        return 0.0
    return float(both / (a["end"] - a["start"] + b["end"] - b["start"] - both))


def pairs(gold: Sequence[Item], found: Sequence[Item]) -> list[tuple[int, int]]:
    """Return which marked item goes with which found one, by their places in the lists."""
    near = sorted(
        (-alike, g["kind"] != f["kind"], i, j)
        for i, g in enumerate(gold)
        for j, f in enumerate(found)
        if (alike := overlap(g, f)) >= 0.5
    )
    taken: set[int] = set()
    used: set[int] = set()
    chosen = []
    for _alike, _other, i, j in near:
        if i not in taken and j not in used:
            taken.add(i)
            used.add(j)
            chosen.append((i, j))
    return chosen


class Tally:
    """Counts over any number of documents."""

    def __init__(self) -> None:
        self.n: Counter[str] = Counter()
        self.confusion: Counter[tuple[str, str]] = Counter()  # (marked, found)

    def add(self, gold: Sequence[Item], found: Sequence[Item]) -> None:
        """Count one document."""
        n = self.n
        matched = pairs(gold, found)
        n["documents"] += 1
        n["gold"] += len(gold)
        n["found"] += len(found)
        n["matched"] += len(matched)
        for i, g in enumerate(gold):
            if i not in {a for a, _b in matched}:
                self.confusion[g["kind"], MISSED] += 1
        for j, f in enumerate(found):
            if j not in {b for _a, b in matched}:
                self.confusion[FALSE, f["kind"]] += 1
        for i, j in matched:
            self._pair(gold[i], found[j])

    def _pair(self, g: Item, f: Item) -> None:
        n = self.n
        self.confusion[g["kind"], f["kind"]] += 1
        n["kind"] += g["kind"] == f["kind"]
        n["first field"] += bool(f["fields"]) and f["fields"][0] in g["fields"]
        n["speaker"] += set(names(g["speaker"])) == set(names(f["speaker"]))
        n["addressee"] += names(g["addressee"]) == names(f["addressee"])
        for key, a, b in (
            ("fields", set(g["fields"]), set(f["fields"])),
            ("communes", set(names(g["communes"])), set(names(f["communes"]))),
        ):
            n[f"{key} right"] += len(a & b)
            n[f"{key} both"] += len(a) + len(b)
        if g["deadline"]:
            n["dated"] += 1
            n["date right"] += g["deadline"] == f["deadline"]
        n["date said"] += bool(f["deadline"])
        n["date said right"] += bool(f["deadline"]) and g["deadline"] == f["deadline"]

    def figures(self) -> dict[str, float | None]:
        """Return the figures of the aims, each 0-1; None: there was nothing to judge."""
        n = self.n
        both = n["gold"] + n["found"]
        return {
            "kind right: F1": part(2 * n["kind"], both),
            "any kind: F1": part(2 * n["matched"], both),
            "fields: micro-F1": part(2 * n["fields right"], n["fields both"]),
            "first field right": part(n["first field"], n["matched"]),
            "speaker right": part(n["speaker"], n["matched"]),
            "addressee right": part(n["addressee"], n["matched"]),
            "communes: micro-F1": part(2 * n["communes right"], n["communes both"]),
            "time limit right, where there is one": part(n["date right"], n["dated"]),
            "time limit right, where one was found": part(
                n["date said right"], n["date said"]
            ),
        }

    def confused(self) -> list[list[str]]:
        """Return the table of kinds: a row for what was marked, a column for what was found."""
        columns = [*KINDS, MISSED]
        rows = [["marked \\ found", *columns]]
        for kind in (*KINDS, FALSE):
            counts = [str(self.confusion[kind, other]) for other in columns]
            rows.append([kind, *counts[:-1], "" if kind == FALSE else counts[-1]])
        return rows


def part(right: int, of: int) -> float | None:
    """Return a share."""
    return right / of if of else None


def calibration(judged: Iterable[tuple[float, bool]], bins: int = 10) -> float:
    """
    Return the expected calibration error: how far a confidence is from being right.

    >>> calibration([(0.75, True), (0.75, True), (0.75, True), (0.75, False)])
    0.0
    """
    groups: dict[int, list[tuple[float, bool]]] = {}
    for sure, right in judged:
        groups.setdefault(min(int(sure * bins), bins - 1), []).append((sure, right))
    n = sum(map(len, groups.values())) or 1
    return sum(
        abs(sum(s for s, _r in group) - sum(r for _s, r in group)) / n
        for group in groups.values()
    )
