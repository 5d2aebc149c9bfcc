"""
The weights of the tagger: those that are shipped, and those that were learned here.

What was learned lies in the folder `learned` of HAICAP_VAR. `items.json` lists the
versions, the one in use last; the chain of each is a file named by its SHA-256. Renaming
`items.json` is all that changes what is in use. No Django here: `haicap read` comes by.
"""

from __future__ import annotations

import hashlib
import json
import os
from bisect import bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass
from functools import cache, lru_cache
from importlib.resources import files
from pathlib import Path

from haicap.core.text.candidates import COLUMNS, Odds
from haicap.core.text.chain import Chain
from haicap.core.text.trees import Trees


Sure = tuple[tuple[float, float], ...]  # a score, and how often items of it were right
MOST = 0.99  # nothing that a machine read is certain
KEPT = 5  # versions that one can go back to


class Broken(Exception):
    """What was learned cannot be used; the sentence says why and what to do."""


class ItemWeights:
    """
    Which pieces of a text are items, and which spans of them, and how sure that is.

    A linear chain tells the odds of each piece, boosted trees those of each span.
    """

    def __init__(
        self, chain: bytes, trees: Trees, sure: Sequence[tuple[float, float]]
    ) -> None:
        self.trees = trees
        self._chain = Chain.of(chain)
        self._sure = tuple(sure)

    def odds(self, seen: Sequence[Sequence[str]]) -> list[Odds]:
        """Return the odds of every label, one table a piece."""
        return [*self._chain.odds(seen)]

    def worth(self, rows: Iterable[Sequence[float]]) -> list[float]:
        """Return how likely each span is an item just as it stands."""
        return self.trees.odds_of(rows)

    def sure(self, score: float) -> float:
        """Return how often items of this score were right, between the nearest known."""
        known = self._sure
        place = bisect_right(known, (score, 2.0))
        if place in (0, len(known)):
            return min(known[min(place, len(known) - 1)][1], MOST)
        (low, a), (high, b) = known[place - 1], known[place]
        share = (score - low) / (high - low) if high > low else 0.0
        return round(min(a + share * (b - a), MOST), 3)


@dataclass(frozen=True)
class Version:
    """Weights that were learned here."""

    sha256: str  # of the chain
    shipped: str  # SHA-256 of the shipped chain that it was compared with
    sure: Sure


@cache
def shipped_chain() -> bytes:
    """Return the chain that the package brings (tools/train_items.py)."""
    return files("haicap.listen").joinpath("data", "items.crfsuite").read_bytes()


@cache
def shipped_trees() -> Trees:
    """
    Return the trees that the package brings; `haicap learn` leaves them as they are.

    Errors: ValueError when they were trained on other columns.
    """
    path = files("haicap.listen").joinpath("data", "spans.json")
    data = json.loads(path.read_text(encoding="utf-8"))
    if tuple(data["columns"]) != COLUMNS:
        raise ValueError("spans.json has other columns: run `make train`")
    return Trees.of(data["trees"])


@cache
def shipped_sha256() -> str:
    """Return the name of the shipped chain."""
    return hashlib.sha256(shipped_chain()).hexdigest()


@cache
def shipped() -> ItemWeights:
    """Return the weights that the package brings."""
    sure = _items()["sure"]
    return ItemWeights(shipped_chain(), shipped_trees(), pairs(sure))


def told() -> list[tuple[float, bool]]:
    """Return how items scored in documents that were left out, and which were right."""
    return [(score, bool(is_right)) for score, is_right in _items()["told"]]


def _items() -> dict[str, list[list[float]]]:
    path = files("haicap.listen").joinpath("data", "items.json")
    found: dict[str, list[list[float]]] = json.loads(path.read_text(encoding="utf-8"))
    return found


def pairs(sure: Sequence[Sequence[float]]) -> Sure:
    """Return the pairs of a list as JSON keeps it."""
    return tuple((float(score), float(share)) for score, share in sure)


def folder() -> Path:
    """Return where this installation keeps what it learned."""
    return Path(os.environ.get("HAICAP_VAR", "var")).absolute() / "learned"


def listed() -> Path:
    """Return the file that says which versions there are."""
    return folder() / "items.json"


def chain_file(sha256: str) -> Path:
    """Return the file of one version's chain."""
    return folder() / f"{sha256}.crfsuite"


def mark() -> tuple[str, int, int, int] | None:
    """Return what changes when other weights are taken into use; one look at the disk."""
    path = listed()
    try:
        stat = path.stat()
    except OSError:
        return None
    return str(path), stat.st_ino, stat.st_mtime_ns, stat.st_size


def versions() -> list[Version]:
    """
    Return what was learned here, the version in use last.

    Errors: Broken when the list cannot be read.
    """
    path = listed()
    try:
        rows = json.loads(path.read_text(encoding="utf-8"))["versions"]
        return [Version(r["sha256"], r["shipped"], pairs(r["sure"])) for r in rows]
    except FileNotFoundError:
        return []
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise Broken(
            f"The list of what was learned cannot be read, so the shipped weights read"
            f" instead: restore {path} from a backup or remove it."
        ) from error


def as_json(kept: Sequence[Version]) -> bytes:
    """Return the text of the list, which `versions` reads back."""
    return (json.dumps({"versions": [asdict(one) for one in kept]}) + "\n").encode()


def learned() -> ItemWeights | None:
    """
    Return the weights that were learned here; None when none are in use.

    Errors: Broken when they are there and cannot be used.
    """
    kept = versions()
    if not kept:
        return None
    last = kept[-1]
    path = chain_file(last.sha256)
    try:
        chain = path.read_bytes()
    except OSError as error:
        raise Broken(
            f"The learned weights {path} are missing, so the shipped ones read instead:"
            " restore the file from a backup, or run `haicap learn --back`."
        ) from error
    if hashlib.sha256(chain).hexdigest() != last.sha256 or not last.sure:
        raise Broken(
            f"The learned weights {path} are damaged, so the shipped ones read instead:"
            " restore the file from a backup, or run `haicap learn --back`."
        )
    if last.shipped != shipped_sha256():
        raise Broken(
            "The weights were learned beside an earlier version of haicap, so the"
            " shipped ones read instead: run `haicap learn --write` again, or"
            " `haicap learn --back`."
        )
    return ItemWeights(chain, shipped_trees(), last.sure)


def fault() -> str:
    """Return why what was learned is not in use; nothing when all is well."""
    try:
        learned()
    except Broken as error:
        return str(error)
    return ""


def name_in_use() -> str:
    """Return the SHA-256 of the chain in use: the learned one if whole, or the shipped."""
    try:
        return versions()[-1].sha256 if learned() else shipped_sha256()
    except Broken:
        return shipped_sha256()


def in_use() -> ItemWeights:
    """Return the learned weights when they are there and whole, else the shipped ones."""
    return _in_use(mark())


@lru_cache(maxsize=1)
def _in_use(_mark: object) -> ItemWeights:
    try:
        return learned() or shipped()
    except Broken:
        return shipped()  # `haicap check` tells why
