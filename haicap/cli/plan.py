"""Makes a plan from a problem in a file, without a database."""

from __future__ import annotations

import json
import math
import signal
import sys
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import asdict, is_dataclass
from datetime import date, datetime
from pathlib import Path
from types import FrameType
from typing import Any, Final

import numpy as np

from haicap.cli.terminal import complain, translate
from haicap.core.errors import BadInput
from haicap.core.optimise.language import (
    ABOUT,
    DEMONSTRATION,
    EXAMPLE,
    NO,
    PLAN,
    SEARCHED,
    STATUS_WORDS,
    YES,
    Figure,
    Result,
    Sentence,
    Status,
    Step,
    Table,
)
from haicap.core.optimise.planners import Planner, planner
from haicap.core.optimise.units import Unit
from haicap.places import registry
from haicap.ui.sheets import Column, Kind, Sheet, write_book


MOST_BYTES: Final = 200_000_000
#: The workbook is for offices, so it speaks Vietnamese whatever the terminal does.
OFFICE: Final = ("vi",)


def run(
    name: str,
    path: Path,
    *,
    seconds: float,
    seed: int,
    as_json: bool,
    folder: Path | None,
) -> bool:
    """Solve the problem and print or write the result; return whether there is a plan."""
    chosen = planner(name)
    problem = chosen.read(_load(path))
    with _interrupts() as watch:
        result = chosen.solve(problem, seconds=seconds, seed=seed, watch=watch)
    wrong = chosen.check(problem, result)
    if wrong:
        # A plan that does not pass is never shown as one.
        raise BadInput(
            "The plan did not pass its own check: %(what)s Please report the problem "
            "file.",
            what=" ".join(map(_said, wrong)),
        )
    told = as_dict(name, chosen, problem, result)
    if folder:
        _write(folder, name, chosen, problem, result, told)
    if as_json:
        print(json.dumps(told, ensure_ascii=False))
    else:
        print("\n".join(_lines(chosen, problem, result)))
    if not result.has_plan:
        for line in _what_gives_way(chosen, problem, result, seconds, seed):
            complain(line)
    return result.has_plan


def generate(name: str, *, n_units: int, seed: int, out: Path | None) -> None:
    """Write a made-up problem on the province's 129 units, or on the country's 3,321."""
    chosen = planner(name)
    units = of_province() if n_units == len(registry.units()) else of_country(seed)
    text = json.dumps(
        chosen.write(chosen.generate(units, seed=seed)), ensure_ascii=False, indent=1
    )
    if out is None:
        print(text)
        return
    try:
        out.write_text(text + "\n", encoding="utf-8")
    except OSError as error:
        raise BadInput(
            "%(name)s cannot be written: %(why)s.",
            name=str(out),
            why=error.strerror or "",
        ) from error


def of_province() -> list[Unit]:
    """Return the communes of the province where they are."""
    return [
        Unit(row.code, row.name, row.lon, row.lat, row.population, registry.PROVINCE)
        for row in registry.units()
    ]


def of_country(seed: int) -> list[Unit]:
    """
    Return the communes of the country.

    Only this province's places are known: those of the others are made up, on a disc as
    large as their province, and their people are shared out unevenly.
    """
    rng = np.random.default_rng(seed)
    known = {unit.id: unit for unit in of_province()}
    units = []
    provinces = registry.provinces()
    for at, province in enumerate(provinces):
        here = [c for c in registry.communes() if c.province_code == province.code]
        # Provinces stand on a grid, north to south as their codes do.
        east, north = 104.0 + at % 3 * 1.8, 22.5 - at // 3 * 1.2
        radius = math.sqrt(float(province.area_km2) / math.pi) / 111.0
        far = radius * np.sqrt(rng.random(len(here)))
        turn = rng.random(len(here)) * 2 * math.pi
        share = rng.lognormal(0.0, 0.5, len(here))
        people = np.maximum(500, province.population * share / share.sum()).astype(int)
        for which, commune in enumerate(here):
            units.append(
                known.get(commune.code)
                or Unit(
                    id=commune.code,
                    name=commune.name,
                    lon=round(east + far[which] * math.cos(turn[which]), 5),
                    lat=round(north + far[which] * math.sin(turn[which]), 5),
                    population=int(people[which]),
                    province=province.code,
                )
            )
    return units


def as_dict(
    name: str, chosen: Planner, problem: Any, result: Result[Any]
) -> dict[str, object]:
    """Return a result as JSON takes it; the format is in docs/reference/plans.md."""
    return {
        "planner": name,
        "version": 1,
        "is_demo": problem.is_demo,
        "status": result.status.value,
        "seconds": round(result.seconds, 3),
        "seed": result.seed,
        "terms": [
            {
                "code": term.code,
                "value": _finite(term.value),
                "bound": _finite(term.bound),
                "gap": _finite(term.gap),
                "unit": term.unit,
            }
            for term in result.terms
        ],
        "moves": [
            plain(move) | {"why": _said(chosen.explain(problem, result, move), OFFICE)}
            for move in result.moves
        ],
        "binding": [
            {
                "code": limit.code,
                "where": limit.where,
                "used": _finite(limit.used),
                "limit": _finite(limit.limit),
                "words": _said(limit.words, OFFICE),
            }
            for limit in result.binding
        ],
    }


def plain(move: Any) -> dict[str, Any]:
    """Return a move's fields as JSON takes them."""
    fields = asdict(move) if is_dataclass(move) and not isinstance(move, type) else {}
    return {key: _plain(value) for key, value in fields.items()}


def _plain(value: Any) -> Any:
    if isinstance(value, np.ndarray | np.generic):
        return value.tolist()
    return value.isoformat() if isinstance(value, date) else value


def _load(path: Path) -> object:
    try:
        if path.stat().st_size > MOST_BYTES:
            raise BadInput(
                "%(name)s is larger than %(most)s MB. Divide the problem, by province "
                "for instance.",
                name=path.name,
                most=MOST_BYTES // 1_000_000,
            )
        return json.loads(path.read_text(encoding="utf-8-sig"))
    except OSError as error:
        raise BadInput(
            "%(name)s cannot be read: %(why)s.",
            name=str(path),
            why=error.strerror or "",
        ) from error
    except UnicodeDecodeError as error:
        raise BadInput(
            "%(name)s is not UTF-8 text. Save it as UTF-8 and try again.",
            name=path.name,
        ) from error
    except json.JSONDecodeError as error:
        raise BadInput(
            "%(name)s is not JSON: something is wrong at line %(line)s, place %(at)s.",
            name=path.name,
            line=error.lineno,
            at=error.colno,
        ) from error
    except RecursionError as error:
        raise BadInput(
            "%(name)s nests too deeply to be a problem.", name=path.name
        ) from error


@contextmanager
def _interrupts() -> Iterator[Any]:
    """Let Ctrl-C end a search with the best plan so far; a second one ends haicap."""
    began = time.monotonic()
    asked = False
    shown = 0.0

    def stop(_number: int, _frame: FrameType | None) -> None:
        nonlocal asked
        if asked:
            raise KeyboardInterrupt
        asked = True
        complain("stopping; the best plan so far is kept (once more to give it up)")

    def watch(step: Step) -> bool:
        nonlocal shown
        now = time.monotonic()
        if sys.stderr.isatty() and now - shown >= 0.5:
            shown = now
            value = "–" if step.value is None else f"{step.value:,.2f}"
            line = f"{now - began:5.0f} s  {step.phase}: {value}"
            print(f"\r\x1b[K{line}", end="", file=sys.stderr, flush=True)
        return not asked

    before = signal.signal(signal.SIGINT, stop)
    try:
        yield watch
    finally:
        signal.signal(signal.SIGINT, before)
        if shown:
            print("\r\x1b[K", end="", file=sys.stderr, flush=True)


def _lines(chosen: Planner, problem: Any, result: Result[Any]) -> Iterator[str]:
    """Yield what the terminal shows of a result."""
    if problem.is_demo:
        yield translate(DEMONSTRATION)
    yield f"{result.status}: {translate(STATUS_WORDS[result.status])}"
    yield ""
    if result.terms:
        yield f"{'aim':<24}{'value':>16}{'bound':>16}{'gap':>9}  unit"
    for term in result.terms:
        bound = _number(term.bound) if term.is_bounded else "–"
        is_told = term.is_bounded and math.isfinite(term.gap)
        gap = f"{100 * term.gap:.2f} %" if is_told else "–"
        yield (
            f"{term.code:<24}{_number(term.value):>16}{bound:>16}{gap:>9}  {term.unit}"
        )
    yield ""
    for move in result.moves[:20]:
        yield _said(chosen.explain(problem, result, move))
    if len(result.moves) > 20:
        yield f"… {len(result.moves) - 20} more; --out DIR writes them all"
    for limit in result.binding[:10]:
        yield f"binds: {_said(limit.words)}"
    yield f"{len(result.moves)} moves, {result.seconds:.2f} s, seed {result.seed}"


def _what_gives_way(
    chosen: Planner, problem: Any, result: Result[Any], seconds: float, seed: int
) -> Iterator[str]:
    """Yield why there is no plan, and which limits would have to give way."""
    yield translate(STATUS_WORDS[result.status])
    if result.status is Status.IMPOSSIBLE:
        for eased in chosen.relax(problem, seconds=seconds, seed=seed).eased:
            yield _said(eased.words)


def _write(
    folder: Path,
    name: str,
    chosen: Planner,
    problem: Any,
    result: Result[Any],
    told: dict[str, object],
) -> None:
    """Write the result as JSON and as a workbook."""
    book = workbook(name, chosen.tables(problem, result), result, problem.is_demo)
    try:
        folder.mkdir(parents=True, exist_ok=True)
        text = json.dumps(told, ensure_ascii=False, indent=1) + "\n"
        (folder / "result.json").write_text(text, encoding="utf-8")
        (folder / "plan.xlsx").write_bytes(book)
    except OSError as error:
        raise BadInput(
            "The folder %(name)s cannot be written: %(why)s.",
            name=str(folder),
            why=error.strerror or "",
        ) from error
    complain(f"{folder / 'result.json'}, {folder / 'plan.xlsx'}")


def workbook(
    name: str, tables: Sequence[Table], result: Result[Any], is_demo: bool
) -> bytes:
    """Return the tables of a result as an .xlsx file in Vietnamese."""
    searched = {"seconds": Figure(result.seconds, ".1f"), "seed": result.seed}
    notes = [
        translate(STATUS_WORDS[result.status], OFFICE),
        _said(Sentence(SEARCHED, searched), OFFICE),
        f"haicap plan {name}",
    ]
    if is_demo:
        notes.append(translate(DEMONSTRATION, OFFICE))
    return write_book(
        [_sheet(table) for table in tables],
        title=translate(PLAN, OFFICE),
        notes=notes,
        about=translate(ABOUT, OFFICE),
        as_of=datetime.now().astimezone(),
        unit="",
    )


def _sheet(table: Table) -> Sheet:
    rows = [tuple(_cell(cell) for cell in row) for row in table.rows]
    columns = []
    for at, head in enumerate(table.heads):
        cells = [row[at] for row in rows]
        is_number = all(isinstance(c, int | float | None) for c in cells) and cells
        longest = max((len(str(c)) for c in cells if c is not None), default=0)
        title = translate(head, OFFICE)
        columns.append(
            Column(
                title,
                width=min(60, max(10, longest + 2, min(24, len(title) + 3))),
                kind=Kind.NUMBER if is_number else Kind.TEXT,
            )
        )
    return Sheet(translate(table.name, OFFICE), columns, rows)


def _cell(value: object) -> Any:
    if isinstance(value, Sentence):
        return _said(value, OFFICE)
    if isinstance(value, np.generic):
        value = value.item()
    if isinstance(value, bool):
        return translate(YES if value else NO, OFFICE)
    if isinstance(value, float):
        return round(value, 3) if math.isfinite(value) else None
    return translate(value, OFFICE) if isinstance(value, str) and value else value


def _said(sentence: Sentence, languages: Sequence[str] | None = None) -> str:
    words = translate(sentence.words, languages)
    told = {key: _param(value, languages) for key, value in sentence.params.items()}
    return words % told if told else words


def _param(value: object, languages: Sequence[str] | None) -> object:
    if isinstance(value, Figure):
        return value.written(translate(EXAMPLE, languages))
    return _said(value, languages) if isinstance(value, Sentence) else value


def _finite(value: float) -> float | None:
    return round(float(value), 6) if math.isfinite(value) else None


def _number(value: float) -> str:
    return f"{value:,.3f}" if math.isfinite(value) else "–"
