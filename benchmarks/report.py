"""Turns the figures of a run into the tables of README.md, each beside its aim."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any


BEGIN, END = "<!-- figures: begin -->", "<!-- figures: end -->"
NAMES = {
    "cases": "cases, first page, 50 rows",
    "cases-filtered": "cases, three filters (words, lead, stage)",
    "cases-last": "cases, last page",
    "asks": "recommendations, first page, 50 rows",
    "asks-words": "recommendations holding three words",
    "asks-last": "recommendations, last page",
    "case": "one case",
    "save": "saving a decision",
}
PEER_NAMES = {
    "cases": "tickets: frame and 50 rows",
    "cases-last": "tickets, last page",
    "case": "one ticket",
    "save": "creating a ticket",
}
WELL = {"200", "302"}


def failed(side: Any) -> bool:
    """Return whether any page answered something else than its page."""
    return any(
        set(run["statuses"]) - WELL or not run["n"]
        for page in side.pages.values()
        for run in page.values()
    )


def text(about: dict[str, Any], sides: list[Any]) -> str:
    """Return the tables of one run."""
    parts = [head(about)]
    for database in dict.fromkeys(side.database for side in sides):
        here = {side.name: side for side in sides if side.database == database}
        parts.append(f"### {'SQLite' if database == 'sqlite' else 'PostgreSQL'}")
        for name, side in here.items():
            parts.append(table(name, side))
        if len(here) == 2:
            parts.append(aims(here["haicap"], here["peer"]))
    return "\n\n".join(parts)


def head(about: dict[str, Any]) -> str:
    """Return when, where and with what it was measured."""
    words = ", ".join(f"{name} {number}" for name, number in about["versions"].items())
    sizes = about["options"]
    return (
        f"Measured on {about['at']} in {about['minutes']} minutes with"
        f" `{about['command']}`:\n"
        f"{sizes['recommendations']:,} recommendations in {sizes['cases']:,} cases;"
        f" {sizes['seconds']:g} seconds a figure after a warm-up.\n"
        f"Machine: {about['cores']} cores of {about['cpu']}, {about['memory_gb']} GB,"
        f" {about['system']}; load before {about['load_before']},"
        f" after {about['load_after']}.\n"
        f"{words}."
    )


def table(name: str, side: Any) -> str:
    """Return the figures of one side, a line a page."""
    names = NAMES if name == "haicap" else PEER_NAMES
    title = "haicap" if name == "haicap" else "the peer, django-helpdesk"
    held = ", ".join(f"{n:,} {what}" for what, n in side.counts.items())
    lines = [
        f"**{title}** ({held}; filled in {side.fill_seconds:.0f} s; one web process at"
        f" most {side.memory_mb:.0f} MB)",
        "",
        "| page | queries | processor ms | alone, p50 ms | a second | p50 ms | p90 ms"
        " | p99 ms | kB |",
        "|---|---|---|---|---|---|---|---|---|",
    ]
    for key, page in side.pages.items():
        alone, many = page["alone"], page["together"]
        size = f"{many['bytes'] / 1000:.1f}" if many["bytes"] else "–"
        bad = {code: n for code, n in many["statuses"].items() if code not in WELL}
        lines.append(
            f"| {names.get(key, key)}{f' (answers {bad})' if bad else ''}"
            f" | {side.queries.get(key, '–')} | {side.processor_ms[key]:.1f}"
            f" | {alone['p50']:.1f}"
            f" | {many['per_second']:.1f} | {many['p50']:.0f} | {many['p90']:.0f}"
            f" | {many['p99']:.0f} | {size} |"
        )
    return "\n".join(lines)


def aims(ours: Any, peer: Any) -> str:
    """Return each aim with its figure and whether it was reached."""
    lines = ["**Aims**", "", "| aim | figure | reached |", "|---|---|---|"]
    lines += [
        f"| {words} | {figure} | {'yes' if reached else '**no**'} |"
        for words, figure, reached in judged(ours, peer)
    ]
    spent = ", ".join(
        f"{words} {peer.processor_ms[key] / ours.processor_ms[key]:.1f} times less"
        for key, words in (
            ("cases", "a list"),
            ("case", "one case"),
            ("save", "saving"),
        )
        if ours.processor_ms[key]
    )
    lines += ["", f"Processor's time of the web processes, beside the peer: {spent}."]
    return "\n".join(lines)


def judged(ours: Any, peer: Any) -> Iterable[tuple[str, str, bool]]:
    """Yield each aim, its figure, and whether the figure reaches it."""

    def alone(side: Any, page: str) -> float:
        return float(side.pages[page]["alone"]["p50"])

    def rate(side: Any, page: str) -> float:
        return float(side.pages[page]["together"]["per_second"])

    def times(value: float, base: float, least: float) -> tuple[str, bool]:
        ratio = value / base if base else 0.0
        return f"{ratio:.1f} times", ratio >= least

    lists = [key for key in ours.pages if key not in ("case", "save")]
    most: Callable[[Iterable[str]], int] = lambda keys: max(  # noqa: E731
        ours.queries[key] for key in keys
    )
    n = most(lists)
    yield "a list: at most 8 queries", f"{n}", n <= 8
    for key in ("cases", "cases-filtered"):
        words, reached = times(alone(peer, "cases"), alone(ours, key), 50)
        yield f"{NAMES[key]}: alone at least 50 times quicker", words, reached
        words, reached = times(rate(ours, key), rate(peer, "cases"), 100)
        yield f"{NAMES[key]}: at least 100 times as many a second", words, reached
    for first, last in (("cases", "cases-last"), ("asks", "asks-last")):
        ratio = alone(ours, last) / alone(ours, first)
        # Two figures of the same thing differ by as much.
        words = f"{ratio:.2f} of the first page's time"
        yield f"{NAMES[last]}: as quick as the first", words, ratio <= 1.1
    n = ours.queries["case"]
    yield "one case: at most 10 queries", f"{n}", n <= 10
    words, reached = times(alone(peer, "case"), alone(ours, "case"), 10)
    yield "one case: alone at least 10 times quicker", words, reached
    words, reached = times(alone(peer, "save"), alone(ours, "save"), 1)
    yield "saving: alone at least as quick as creating a ticket", words, reached
    words, reached = times(rate(ours, "save"), rate(peer, "save"), 1)
    yield "saving: at least as many a second", words, reached
    p99 = ours.pages["save"]["together"]["p99"]
    yield "saving: p99 under 150 ms at 16 connections", f"{p99:.0f} ms", p99 < 150
    yield (
        "one web process under 250 MB",
        f"{ours.memory_mb:.0f} MB",
        ours.memory_mb < 250,
    )


def into(path: Path, words: str) -> None:
    """Put the tables between the two marks of the page; all else stays."""
    page = path.read_text(encoding="utf-8")
    before, rest = page.split(BEGIN, 1)
    _old, after = rest.split(END, 1)
    path.write_text(f"{before}{BEGIN}\n\n{words}\n\n{END}{after}", encoding="utf-8")
