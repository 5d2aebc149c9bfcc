"""
Measures how well documents are read that were not trained on, and how quickly.

    python benchmarks/text.py                     the whole measurement
    python benchmarks/text.py --keep --into DIR   leaves text.md alone, writes what was read

Documents 001 to 040 are read with weights trained on four fifths of all training documents,
five times; the held-back documents with the weights that are shipped.
"""

from __future__ import annotations

import argparse
import json
import os
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime
from importlib.metadata import version
from pathlib import Path
from typing import Any


HERE = Path(__file__).resolve().parent
ROOT = HERE.parent
sys.path[:0] = [str(ROOT)]

from benchmarks import matters, report, text_score, unseen  # noqa: E402
from benchmarks.histories import memory_mb  # noqa: E402
from benchmarks.text_score import Tally  # noqa: E402
from benchmarks.unseen import HELD_BACK, TRAIN, Found, document, genres, told  # noqa: E402
from benchmarks.web import machine, say  # noqa: E402
from tools import postgres, train_fields  # noqa: E402
from tools.grow_trees import fit  # noqa: E402


PAGE = HERE / "text.md"
LIMITS = "time limit right, where there is one"
AIMS = {
    "kind right: F1": 0.85,
    "any kind: F1": 0.90,
    "fields: micro-F1": 0.85,
    "speaker right": 0.88,
    "addressee right": 0.85,
    "communes: micro-F1": 0.97,
    LIMITS: 0.97,
}
# Which documents a group of same matters was looked for in: one hand, one set.
SETS = (
    (TRAIN, "A", 1, 40),
    (TRAIN, "B1", 101, 110),
    (TRAIN, "B2", 111, 124),
    (TRAIN, "B3", 131, 144),
    (TRAIN, "B4", 151, 166),
    (TRAIN, "B5", 171, 186),
    (TRAIN, "B6", 251, 268),
    (TRAIN, "B7", 231, 244),
    (TRAIN, "C3", 311, 326),
    (TRAIN, "B11", 331, 346),
    (TRAIN, "N1", 271, 278),
    (TRAIN, "N2", 279, 286),
    (TRAIN, "P1", 292, 299),
    (TRAIN, "CN", 411, 418),
    (HELD_BACK, "C1", 201, 210),
    (HELD_BACK, "C2", 221, 230),
)


def folder_of(corpus: Path, name: str, first: int, last: int, place: Path) -> Path:
    """Return a folder with one set of the corpus, as the grouping's measurement reads it."""
    folder = place / name
    (folder / "gold").mkdir(parents=True)
    for path in sorted((corpus / "gold").glob("*.jsonl")):
        if first <= int(path.stem) <= last:
            (folder / "gold" / path.name).write_bytes(path.read_bytes())
    rows = (corpus / "duplicates.csv").read_text(encoding="utf-8-sig").splitlines()
    kept = [row for row in rows[1:] if row.startswith(f"{name}-")]
    (folder / "duplicates.csv").write_text(
        "\n".join([rows[0], *kept]), encoding="utf-8"
    )
    return folder


def same_matters() -> list[dict[str, Any]]:
    """Return how well asks are grouped, one row a set, beside the baselines."""
    out = []
    with tempfile.TemporaryDirectory(prefix="haicap-bench-") as place:
        for corpus, name, first, last in SETS:
            marked = matters.load(folder_of(corpus, name, first, last, Path(place)))
            row: dict[str, Any] = {
                "set": f"{name} ({len(marked.asks)} asks)",
                "ours": matters.ours(marked),
                "TF-IDF": matters.best(marked, matters.tf_idf),
            }
            if "DATABASE_URL" in os.environ:
                row["pg_trgm"] = matters.best(marked, matters.pg_trgm)
            out.append(row)
    return out


def alone() -> dict[str, float]:
    """Return words a second and peak memory, of a process of its own on one core."""
    done = subprocess.run(
        [sys.executable, __file__, "--alone"], stdout=subprocess.PIPE, check=True
    )
    figures: dict[str, float] = json.loads(done.stdout)
    return figures


def rates() -> dict[str, float]:
    """Return how quickly this process reads the whole corpus when it is warm."""
    if hasattr(os, "sched_setaffinity"):
        os.sched_setaffinity(0, {min(os.sched_getaffinity(0))})
    texts = [
        document(corpus, name)
        for corpus in (TRAIN, HELD_BACK)
        for name in genres(corpus)
    ]
    words = sum(len(text.split()) for text in texts)
    weights = unseen.shipped()
    took, waited = [], []
    for _round in range(4):
        cpu, wall = time.process_time(), time.perf_counter()
        for text in texts:
            told(text, weights)
        took.append(time.process_time() - cpu)
        waited.append(time.perf_counter() - wall)
    return {
        "documents": len(texts),
        "words": words,
        "a second": words / min(took[1:]),
        "by the clock": words / min(waited[1:]),
        "peak MB": memory_mb(),
    }


def start_up() -> tuple[float, float]:
    """Return the seconds of `haicap read` on one short line: middle and best of seven."""
    took = []
    with tempfile.TemporaryDirectory(prefix="haicap-bench-") as place:
        path = Path(place) / "letter.txt"
        path.write_text("Xã Kim Sơn đề nghị tỉnh sửa cống.", encoding="utf-8")
        command = [str(Path(sys.executable).parent / "haicap"), "read", str(path)]
        for _round in range(7):
            started = time.perf_counter()
            subprocess.run(command, stdout=subprocess.DEVNULL, check=True)
            took.append(time.perf_counter() - started)
    return statistics.median(took), min(took)


def page(
    about: dict[str, Any],
    crossed: Found,
    held: Found,
    groups: list[dict[str, Any]],
    many: dict[str, float],
    quick: dict[str, float],
) -> str:
    """Return the figures of one run."""
    shared = {n: items for n, items in crossed.items() if int(n) <= unseen.SHARED}
    quiet = {
        name: items
        for name, items in crossed.items()
        if unseen.genres(TRAIN)[name] == unseen.NOTHING_ASKED
    }
    ours = unseen.tally(TRAIN, shared), unseen.tally(HELD_BACK, held)
    plain = (
        unseen.tally(TRAIN, unseen.cued(TRAIN, list(shared))),
        unseen.tally(HELD_BACK, unseen.cued(HELD_BACK, list(held))),
    )
    sure = text_score.calibration(unseen.judged(held))
    words = ", ".join(f"{name} {number}" for name, number in about["versions"].items())
    return "\n\n".join(
        [
            f"Measured on {about['at']} with `{about['command']}`.\n"
            f"Machine: {about['cores']} cores of {about['cpu']}, {about['memory_gb']}"
            f" GB, {about['system']}; load before {about['load_before']}.\n{words}.",
            "### Aims",
            table(
                ["aim", "001-040, cross-validated", "held back", "reached on both"],
                [
                    *aims(*(each.figures() for each in ours)),
                    told_the_day(shared, held),
                    *more_aims(groups, sure, quiet, many, quick),
                ],
            ),
            "### Beside the plain splitter",
            table(
                ["", "001-040", "cue words", "held back", "cue words"],
                beside(ours, plain),
            ),
            f"Documents: {ours[0].n['documents']} with {ours[0].n['gold']} marked"
            f" statements, {ours[0].n['found']} found; held back"
            f" {ours[1].n['documents']} with {ours[1].n['gold']},"
            f" {ours[1].n['found']} found.",
            "### Kinds, 001-040",
            table(*split(ours[0].confused())),
            "### Kinds, held back",
            table(*split(ours[1].confused())),
            "### By genre, 001-040",
            table(*by_genre(TRAIN, shared)),
            "### By genre, held back",
            table(*by_genre(HELD_BACK, held)),
            "### Documents in which nobody asks",
            table(
                ["document", "marked", "found", "false", "of them asks"],
                quiet_rows(quiet),
            ),
            "### Same matters",
            table(*grouped(groups)),
            "### Speed",
            f"{quick['words']:,.0f} words in {quick['documents']:.0f} documents, read on one core:"
            f" {quick['a second']:,.0f} words a second of the processor's time,"
            f" {quick['by the clock']:,.0f} by the clock of this shared machine;"
            f" {quick['peak MB']:.0f} MB at most, trained parts included."
            f"\n`haicap read` of one line: {quick['start']:.2f} s, at best"
            f" {quick['best start']:.2f} s.",
        ]
    )


def aims(*told: dict[str, float | None]) -> Iterator[list[str]]:
    """Yield the aims of reading with their figures."""
    for name, aim in AIMS.items():
        figures = [each[name] for each in told]
        reached = all(figure is not None and figure >= aim for figure in figures)
        yield [f"{name} >= {aim:.2f}", *map(shown, figures), yes(reached)]


def told_the_day(shared: Found, held: Found) -> list[str]:
    """Return how many time limits are right when the document's day is told."""
    aim = AIMS[LIMITS]
    both = (
        unseen.tally(TRAIN, unseen.with_day(TRAIN, shared)),
        unseen.tally(HELD_BACK, unseen.with_day(HELD_BACK, held)),
    )
    figures = [each.figures()[LIMITS] or 0.0 for each in both]
    name = f"the same, when the document's day is told >= {aim:.2f}"
    return [name, *map(shown, figures), yes(min(figures) >= aim)]


def more_aims(
    groups: list[dict[str, Any]],
    sure: float,
    quiet: Found,
    many: dict[str, float],
    quick: dict[str, float],
) -> Iterator[list[str]]:
    """Yield the aims of grouping, confidence and speed."""
    names = [name for corpus, name, *_ in SETS if corpus == HELD_BACK]
    held = [row for row in groups if row["set"].split()[0] in names]
    first = groups[0]
    for name, key, aim in (
        ("pairwise F1", "pairwise", 0.85),
        ("B-cubed F1", "b_cubed", 0.90),
    ):
        mine = getattr(first["ours"], key)
        theirs = [getattr(row["ours"], key) for row in held]
        reached = min([mine, *theirs]) >= aim
        words = " / ".join(map(shown, theirs))
        yield [f"same matters: {name} >= {aim:.2f}", shown(mine), words, yes(reached)]
    ratios = [times(row) for row in (first, *held)]
    words = " / ".join(f"{ratio:.2f}" for ratio in ratios[1:])
    reached = min(ratios) >= 1.3
    yield [
        "same matters: times the better baseline >= 1.3",
        f"{ratios[0]:.2f}",
        words,
        yes(reached),
    ]
    yield ["calibration error <= 0.05", "", f"{sure:.3f}", yes(sure <= 0.05)]
    n_false = sum(int(row[3]) for row in quiet_rows(quiet))
    yield ["false items where nobody asks: 0", f"{n_false}", "", yes(n_false == 0)]
    rate, start, peak = quick["a second"], quick["start"], quick["peak MB"]
    yield ["words a second >= 20,000", "", f"{rate:,.0f}", yes(rate >= 20_000)]
    yield ["start of `haicap read` < 1.5 s", "", f"{start:.2f} s", yes(start < 1.5)]
    yield ["memory < 300 MB", "", f"{peak:.0f} MB", yes(peak < 300)]
    took, slow = many["seconds"], many["new ask, slowest of 200, ms"]
    words = f"{took:.0f} s, {many['MB']:.0f} MB, one more {slow:.0f} ms"
    reached = took < 60 and many["MB"] < 1000 and slow < 50
    yield ["100,000 asks: < 60 s, < 1 GB, one more < 50 ms", "", words, yes(reached)]


def times(row: dict[str, Any]) -> float:
    """Return haicap's pairwise F1 over that of the better baseline."""
    better = max(row[name].pairwise for name in ("TF-IDF", "pg_trgm") if name in row)
    return float(row["ours"].pairwise / (better or 1))


def beside(ours: Sequence[Tally], plain: Sequence[Tally]) -> Iterator[list[str]]:
    """Yield each figure of haicap and of the plain splitter."""
    columns = [ours[0], plain[0], ours[1], plain[1]]
    figures = [each.figures() for each in columns]
    for name in figures[0]:
        yield [name, *(shown(each[name]) for each in figures)]


def by_genre(corpus: Path, found: Found) -> tuple[list[str], list[list[str]]]:
    """Return the figures of each genre."""
    names = ["any kind: F1", "kind right: F1", "fields: micro-F1", "speaker right"]
    names += ["addressee right", "communes: micro-F1"]
    rows = []
    for genre, counts in unseen.by_genre(corpus, found).items():
        figures = counts.figures()
        sizes = [str(counts.n[key]) for key in ("documents", "gold", "found")]
        rows.append([genre, *sizes, *(shown(figures[name]) for name in names)])
    return ["genre", "documents", "marked", "found", *names], rows


def quiet_rows(quiet: Found) -> list[list[str]]:
    """Return what was found in documents in which nobody asks."""
    rows = []
    for name, items in quiet.items():
        counts = unseen.tally(TRAIN, {name: items})
        false = {k: n for k, n in counts.confusion.items() if k[0] == text_score.FALSE}
        asks = false.get((text_score.FALSE, "recommendation"), 0)
        row = (counts.n["gold"], counts.n["found"], sum(false.values()), asks)
        rows.append([name, *map(str, row)])
    return rows


def grouped(groups: list[dict[str, Any]]) -> tuple[list[str], list[list[str]]]:
    """Return the agreement of groups, pairwise and B-cubed, by set."""
    names = [name for name in ("ours", "TF-IDF", "pg_trgm") if name in groups[0]]
    rows = [
        [
            row["set"],
            *(f"{row[n].pairwise:.2f} / {row[n].b_cubed:.2f}" for n in names),
            f"{times(row):.2f}",
        ]
        for row in groups
    ]
    return ["set", "haicap", *names[1:], "times the better"], rows


def split(rows: list[list[str]]) -> tuple[list[str], list[list[str]]]:
    """Return the head of a table and the rest."""
    return rows[0], rows[1:]


def shown(figure: float | None) -> str:
    """Return a figure for a cell."""
    return "" if figure is None else f"{figure:.3f}"


def yes(reached: bool) -> str:
    """Return whether an aim was reached."""
    return "yes" if reached else "**no**"


def table(heads: list[str], rows: Iterable[list[str]]) -> str:
    """Return a table in markdown."""
    return matters.lines_of(heads, list(rows))


def main(arguments: list[str]) -> int:
    """Measure, tell and write the page."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--keep", action="store_true", help="leave text.md alone")
    parser.add_argument("--into", type=Path, help="write what was read to this folder")
    parser.add_argument("--alone", action="store_true", help=argparse.SUPPRESS)
    options = parser.parse_args(arguments)
    if options.alone:
        print(json.dumps(rates()))
        return 0
    if postgres.programs() and "DATABASE_URL" not in os.environ:
        tool = [sys.executable, str(ROOT / "tools" / "postgres.py"), "run", "--"]
        command = [*tool, sys.executable, __file__, *arguments]
        return subprocess.run(command, check=False).returncode
    about: dict[str, Any] = machine()
    about["at"] = f"{datetime.now():%d/%m/%Y %H:%M}"  # noqa: DTZ005  a clock
    about["command"] = " ".join(["python benchmarks/text.py", *arguments])
    about["versions"] = {
        "Python": sys.version.split()[0],
        "python-crfsuite": version("python-crfsuite"),
        "LightGBM": version("lightgbm"),
    }
    crossed = unseen.crossed(
        fit, lambda corpus: train_fields.crossed(train_fields.documents(corpus))
    )
    say("the held-back documents")
    held = unseen.held_back()
    if options.into:
        for name, found in (("train", crossed), ("held-back", held)):
            unseen.write(options.into / name, found)
    say("same matters")
    groups = same_matters()
    say("100,000 asks")
    many = matters.alone(100_000)
    say("speed")
    quick = alone() | dict(zip(("start", "best start"), start_up(), strict=True))
    words = page(about, crossed, held, groups, many, quick)
    print(words)
    if not options.keep:
        report.into(PAGE, words)
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
