"""
Measures the grouping of asks that are one matter, beside two baselines.

    python benchmarks/matters.py FOLDER [FOLDER ...]
    python benchmarks/matters.py --fit FOLDER [FOLDER ...]

A folder holds marked documents: `gold/NNN.jsonl` and `duplicates.csv`, whose labels are
local to it. Groups are looked for within each folder among all its recommendations; an
ask that is in no group counts as one of its own. `rows()` gives the tables' lines to
whoever writes a larger report; on its own, the module prints a part in markdown.
"""

from __future__ import annotations

import argparse
import csv
import itertools
import json
import math
import os
import random
import re
import subprocess
import sys
import time
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path


ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

import numpy as np  # noqa: E402

from benchmarks.histories import memory_mb  # noqa: E402
from haicap.core.text import alike  # noqa: E402
from haicap.core.text.fields import fields_of  # noqa: E402
from haicap.core.text.group import Ask, MatterIndex, group  # noqa: E402
from haicap.core.text.matter_things import THINGS  # noqa: E402
from haicap.core.text.matter_words import ACTS  # noqa: E402
from haicap.core.text.matters import matter  # noqa: E402
from haicap.core.text.plain import Plain  # noqa: E402
from haicap.listen.taxonomy import FIELDS  # noqa: E402
from haicap.listen.trained import field_model  # noqa: E402
from tools import postgres  # noqa: E402


Pair = tuple[str, str]
Groups = list[tuple[str, ...]]
SEED = 7
BY_HAND = ("mode", "scale")  # weights for which the documents hold too few examples
SIZES = (1_000, 10_000, 100_000)


@dataclass(frozen=True)
class Marked:
    """The recommendations of one folder and the groups that people made of them."""

    name: str
    asks: list[Ask]
    group_of: dict[str, str]


@dataclass(frozen=True)
class Score:
    """How well groups agree with those of people."""

    precision: float
    recall: float
    pairwise: float
    b_cubed: float


def load(folder: Path, *, fields: str = "marked") -> Marked:
    """Return one folder; `fields` are those that people marked, the reader's or none."""
    asks = []
    for path in sorted((folder / "gold").glob("*.jsonl")):
        for line in path.read_text(encoding="utf-8").splitlines():
            item = json.loads(line) if line.strip() else {}
            if item.get("kind") == "recommendation":
                asks.append(ask_of(item, fields))
    with (folder / "duplicates.csv").open(encoding="utf-8-sig", newline="") as file:
        groups = {row["item_id"]: row["group"] for row in csv.DictReader(file)}
    return Marked(folder.name, asks, groups)


def ask_of(item: dict[str, object], fields: str) -> Ask:
    """Return a marked item as the grouping sees it."""
    text = str(item["text"])
    marked = tuple(map(str, item["fields"]))  # type: ignore[call-overload]
    if fields == "read":
        marked, _words = fields_of(
            Plain(text).low, taxonomy=FIELDS, model=field_model()
        )
    units = tuple(map(str, item.get("communes") or ()))  # type: ignore[call-overload]
    return Ask(str(item["id"]), text, marked if fields != "none" else (), units)


def score(marked: Marked, groups: Iterable[tuple[str, ...]]) -> Score:
    """Return pairwise precision, recall and F1, and B-cubed F1."""
    gold: dict[str, set[str]] = defaultdict(set)
    for ask in marked.asks:
        gold[marked.group_of.get(ask.key, ask.key)].add(ask.key)
    found = {key: frozenset(members) for members in groups for key in members}
    right = pairs_of(gold.values())
    said = pairs_of(set(found.values()))
    precision = len(right & said) / (len(said) or 1)
    recall = len(right & said) / (len(right) or 1)
    near = far = 0.0
    for ask in marked.asks:
        mine = found.get(ask.key, frozenset([ask.key]))
        theirs = gold[marked.group_of.get(ask.key, ask.key)]
        near += len(mine & theirs) / len(mine)
        far += len(mine & theirs) / len(theirs)
    n = len(marked.asks) or 1
    return Score(precision, recall, f1(precision, recall), f1(near / n, far / n))


def pairs_of(groups: Iterable[Iterable[str]]) -> set[Pair]:
    """Return all pairs within groups."""
    found: set[Pair] = set()
    for members in groups:
        found.update(itertools.combinations(sorted(members), 2))
    return found


def f1(precision: float, recall: float) -> float:
    """Return the harmonic mean."""
    return 2 * precision * recall / (precision + recall) if precision + recall else 0.0


def average_link(alike_: dict[Pair, float], keys: list[str], least: float) -> Groups:
    """Return groups whose members are alike on average, by the same rule as haicap's."""
    home = {key: key for key in keys}
    members = {key: [key] for key in keys}
    for pair in sorted(alike_, key=lambda p: (-alike_[p], p)):
        if alike_[pair] < least:
            break
        a, b = home[pair[0]], home[pair[1]]
        if a == b:
            continue
        between = [
            alike_.get((x, y) if x < y else (y, x), 0.0)
            for x in members[a]
            for y in members[b]
        ]
        if sum(between) / len(between) >= least:
            for key in members[b]:
                home[key] = a
            members[a] += members.pop(b)
    return [tuple(m) for m in members.values() if len(m) > 1]


def tf_idf(asks: list[Ask]) -> dict[Pair, float]:
    """Return the cosine of every two asks by their words, weighed by rarity."""
    words = {a.key: Counter(re.findall(r"\w+", a.text.lower())) for a in asks}
    seen = Counter(word for said in words.values() for word in said)
    vectors = {}
    for key, said in words.items():
        weights = {
            word: n * (math.log((1 + len(asks)) / (1 + seen[word])) + 1)
            for word, n in said.items()
        }
        length = math.sqrt(sum(w * w for w in weights.values())) or 1.0
        vectors[key] = {word: w / length for word, w in weights.items()}
    return {
        (a, b): sum(w * vectors[b].get(word, 0.0) for word, w in vectors[a].items())
        for a, b in itertools.combinations(sorted(vectors), 2)
    }


def pg_trgm(asks: list[Ask]) -> dict[Pair, float]:
    """Return PostgreSQL's similarity of every two asks, in a throwaway cluster."""
    import psycopg  # noqa: PLC0415  only this baseline needs a server

    with psycopg.connect(os.environ["DATABASE_URL"]) as database:
        database.execute("CREATE EXTENSION IF NOT EXISTS pg_trgm")
        database.execute("CREATE TEMPORARY TABLE asks (key text, words text)")
        with database.cursor() as cursor:
            cursor.executemany(
                "INSERT INTO asks VALUES (%s, %s)",
                [(ask.key, " ".join(ask.text.split())) for ask in asks],
            )
        found = database.execute(
            "SELECT a.key, b.key, similarity(a.words, b.words) FROM asks a, asks b"
            ' WHERE a.key COLLATE "C" < b.key COLLATE "C"'
        ).fetchall()
    return {(a, b): float(s) for a, b, s in found}


def best(marked: Marked, similar: Callable[[list[Ask]], dict[Pair, float]]) -> Score:
    """Return the best score of a baseline over all its thresholds."""
    pairs, keys = similar(marked.asks), [ask.key for ask in marked.asks]
    scores = (
        score(marked, average_link(pairs, keys, step / 50)) for step in range(5, 45)
    )
    return max(scores, key=lambda each: each.pairwise)


def ours(marked: Marked) -> Score:
    """Return the score of haicap's grouping as it is shipped."""
    return score(marked, [found.members for found in group(marked.asks)])


def examples(folders: Iterable[Path]) -> tuple[np.ndarray, np.ndarray]:
    """Return the features of every pair, with marked and with read fields; same or not."""
    features, same = [], []
    for folder, fields in itertools.product(folders, ("marked", "read")):
        marked = load(folder, fields=fields)
        index = MatterIndex(marked.asks)
        matters = {a.key: matter(a.text, a.fields, a.units) for a in marked.asks}
        weights = {key: index.weigh(found) for key, found in matters.items()}
        for a, b in itertools.combinations(matters, 2):
            features.append(
                alike.features(matters[a], matters[b], weights[a], weights[b])
            )
            group_of = marked.group_of
            same.append(group_of.get(a, a) == group_of.get(b, b))
    return np.array(features), np.array(same, dtype=float)


def fit(folders: list[Path], *, penalty: float = 0.3) -> dict[str, float]:
    """Return the weights of a logistic regression on all pairs, by Newton's method."""
    features, same = examples(folders)
    inputs = np.hstack([features, np.ones((len(features), 1))])
    weights = np.zeros(inputs.shape[1])
    held = np.eye(len(weights)) * penalty
    held[-1, -1] = 0
    for _round in range(60):
        chance = 1 / (1 + np.exp(-inputs @ weights))
        slope = inputs.T @ (chance - same) + held @ weights
        curve = (inputs * (chance * (1 - chance) + 1e-9)[:, None]).T @ inputs + held
        weights -= np.linalg.solve(curve, slope)
    return dict(
        zip([*alike.WEIGHTS, "base"], np.round(weights, 2).tolist(), strict=True)
    )


@contextmanager
def weighed(weights: dict[str, float]) -> Iterator[None]:
    """Let the grouping use other weights for a while; those set by hand stay."""
    shipped, base = dict(alike.WEIGHTS), alike.BASE
    alike.BASE = weights.pop("base")
    alike.WEIGHTS |= weights | {name: shipped[name] for name in BY_HAND}
    try:
        yield
    finally:
        alike.BASE = base
        alike.WEIGHTS |= shipped


def held_back(folders: list[Path]) -> list[Score]:
    """Return the score of each folder with weights that were fitted on the others."""
    scores = []
    for folder in folders:
        with weighed(fit([other for other in folders if other != folder])):
            scores.append(ours(load(folder)))
    return scores


def made_up(n: int, seed: int = SEED) -> Iterator[Ask]:
    """Yield asks of our own making: verbs, things, places and reasons, always the same."""
    rng = random.Random(seed)
    lines = [
        line.split("|")
        for kind, table in THINGS.items()
        if kind != "act"
        for line in table.strip().replace("\n|", "|").splitlines()
    ]
    verbs = [table.split("|") for table in ACTS.values()]
    wanted = [rng.sample(verbs, 3) for _line in lines]
    ranks = list(range(len(lines)))
    rng.shuffle(ranks)
    often = [1 / (1 + rank) for rank in ranks]  # a few matters fill most of a round
    heads = "Tân Phú Bình An Hòa Long Đông Tây Nam Bắc Kim Lai".split()  # noqa: SIM905
    tails = "Sơn Thành Lộc Thủy Minh Định Hải Giang Khê Phong".split()  # noqa: SIM905
    places = [f"{head} {tail}" for head in heads for tail in tails]
    opens = ["đề nghị", "kiến nghị UBND tỉnh", "mong", "đề nghị Sở Nội vụ", "xin", ""]
    ends = [
        *("", "", "để phục vụ nhân dân", "vì hiện nay đã xuống cấp"),
        *("do địa bàn rộng, dân đông", "trước mùa mưa bão", "trong năm 2026"),
        *("theo nguyện vọng của bà con", "để tháo gỡ vướng mắc kéo dài nhiều năm"),
    ]
    for key in range(n):
        at = rng.choices(range(len(lines)), often)[0]
        words = [rng.choice(opens), rng.choice(rng.choice(wanted[at]))]
        words.append(rng.choice(lines[at]))
        if rng.random() < 0.35:
            near = lines[(at * 7 + rng.randrange(4)) % len(lines)]
            words += [rng.choice(("và", ",", "cho")), rng.choice(near)]
        if rng.random() < 0.5:
            words.append(f"xã {rng.choice(places)}")
        words.append(rng.choice(ends))
        text = " ".join(word for word in words if word)
        yield Ask(str(key), text, (f"f{at % 36}",), (f"u{rng.randrange(3_300)}",))


def speed(n: int) -> dict[str, float]:
    """Return seconds, megabytes and milliseconds for `n` asks; best in its own process."""
    asks = list(made_up(n))
    before = memory_mb()
    started = time.perf_counter()
    groups = group(asks)
    took = time.perf_counter() - started
    index = MatterIndex(asks)
    index.query(asks[0])
    waits = []
    for ask in made_up(200, seed=SEED + 1):
        new = Ask(f"new{ask.key}", ask.text, ask.fields, ask.units)
        started = time.perf_counter()
        index.query(new)
        index.add(new)
        waits.append(1000 * (time.perf_counter() - started))
    waits.sort()
    after = memory_mb()
    return {
        "asks": n,
        "groups": len(groups),
        "seconds": round(took, 1),
        "MB": round(after),
        "of these before": round(before),
        "new ask, middle, ms": round(waits[len(waits) // 2], 1),
        "new ask, slowest of 200, ms": round(waits[-1], 1),
    }


def rows(folders: list[Path], *, trigrams: bool = True) -> list[list[str]]:
    """Return a line for each folder: haicap's scores and the better baseline's."""
    table = []
    others = held_back(folders) if len(folders) > 1 else [None] * len(folders)
    for folder, held in zip(folders, others, strict=True):
        marked, read = load(folder), load(folder, fields="read")
        mine = ours(marked)
        baselines = [("TF-IDF", best(marked, tf_idf))]
        if trigrams:
            baselines.append(("pg_trgm", best(marked, pg_trgm)))
        _name, better = max(baselines, key=lambda each: each[1].pairwise)
        table.append(
            [
                f"{folder.name} ({len(marked.asks)})",
                f"{mine.pairwise:.2f}",
                f"{mine.b_cubed:.2f}",
                f"{held.pairwise:.2f} / {held.b_cubed:.2f}" if held else "",
                f"{ours(read).pairwise:.2f}",
                *(f"{s.pairwise:.2f} / {s.b_cubed:.2f}" for _n, s in baselines),
                f"{mine.pairwise / (better.pairwise or 1):.2f}",
            ]
        )
    return table


def part(folders: list[Path], *, trigrams: bool = True) -> str:
    """Return the part of a report: agreement, then speed."""
    heads = ["set (asks)", "pairwise F1", "B-cubed F1", "weights fitted without it"]
    heads += ["pairwise, fields as read"]
    heads += ["TF-IDF", *(["pg_trgm"] if trigrams else []), "times the better"]
    speeds = [alone(n) for n in SIZES]
    return "\n\n".join(
        [
            "### Same matters",
            lines_of(heads, rows(folders, trigrams=trigrams)),
            lines_of(list(speeds[0]), [[f"{v:,}" for v in s.values()] for s in speeds]),
        ]
    )


def alone(n: int) -> dict[str, float]:
    """Return the speed for `n` asks, measured in a process of its own."""
    command = [sys.executable, __file__, "--speed", str(n)]
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    found: dict[str, float] = json.loads(done.stdout)
    return found


def lines_of(heads: list[str], table: list[list[str]]) -> str:
    """Return a table in markdown."""
    ruled = [heads, ["---"] * len(heads), *table]
    return "\n".join(f"| {' | '.join(line)} |" for line in ruled)


def main() -> int:
    """Print the part, the weights or one speed."""
    asked = argparse.ArgumentParser(description=(__doc__ or "").split("\n\n")[0])
    asked.add_argument("folders", nargs="*", type=Path)
    asked.add_argument("--fit", action="store_true", help="print fitted weights")
    asked.add_argument("--speed", type=int, metavar="N", help="time N made-up asks")
    given = asked.parse_args()
    if given.speed:
        print(json.dumps(speed(given.speed)))
    elif given.fit:
        print(json.dumps(fit(given.folders), indent=1))
    elif postgres.programs() and "DATABASE_URL" not in os.environ:
        tool = [sys.executable, str(ROOT / "tools" / "postgres.py"), "run", "--"]
        return subprocess.run(
            [*tool, sys.executable, *sys.argv], check=False
        ).returncode
    else:
        print(part(given.folders, trigrams="DATABASE_URL" in os.environ))
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
