"""One planner's part of `plans.md`, as `plans.py` asks for it."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Figure:
    """One line of the table: what was aimed at, what was reached, and what stands beside."""

    name: str
    aim: str
    ours: str
    beside: str = ""
    is_reached: bool | None = None  # None: no aim was set


@dataclass(frozen=True)
class Part:
    """
    The figures of one planner.

    `notes` are paragraphs in Markdown: the instance, what was tried, why an aim is missed.
    """

    title: str
    figures: tuple[Figure, ...]
    notes: tuple[str, ...] = ()
