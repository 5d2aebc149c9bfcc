"""The planners by name; each package is loaded only when it is asked for."""

from __future__ import annotations

from collections.abc import Sequence
from importlib import import_module
from typing import Any, Final, Protocol, cast

from haicap.core.optimise.language import (
    Point,
    Price,
    Relaxation,
    Result,
    Sentence,
    Table,
    Watch,
)
from haicap.core.optimise.units import Unit


PLANNERS: Final = ("secondment", "premises", "boards", "portfolio")


class Planner(Protocol):
    """What a planner's package gives; `problem` and `choice` are of its own types."""

    def read(self, data: object) -> Any:
        """Return the problem that this JSON says. Errors: BadInput names the row."""

    def write(self, problem: Any) -> dict[str, object]:
        """Return the problem as `read` takes it."""

    def solve(
        self,
        problem: Any,
        *,
        seconds: float,
        seed: int = 0,
        watch: Watch | None = None,
    ) -> Result[Any]:
        """Return the best plan found in so many seconds."""

    def check(self, problem: Any, result: Result[Any]) -> tuple[Sentence, ...]:
        """Return what is wrong with a result, counted anew from the problem's rows."""

    def explain(self, problem: Any, result: Result[Any], move: Any) -> Sentence:
        """Return what one move brings, with its numbers."""

    def why_not(
        self,
        problem: Any,
        result: Result[Any],
        choice: Any,
        *,
        seconds: float,
        seed: int = 0,
    ) -> Price[Any]:
        """Return what another choice would cost."""

    def relax(self, problem: Any, *, seconds: float, seed: int = 0) -> Relaxation:
        """Return a smallest set of limits that has to give way."""

    def front(
        self, problem: Any, *, points: int, seconds: float, seed: int = 0
    ) -> tuple[Point, ...]:
        """Return a trade-off curve."""

    def tables(self, problem: Any, result: Result[Any]) -> tuple[Table, ...]:
        """Return a result as tables, for a workbook."""

    def generate(self, units: Sequence[Unit], *, seed: int) -> Any:
        """Return a made-up problem on these units; the same seed gives the same problem."""


def planner(name: str) -> Planner:
    """Return the planner of this name. Errors: ModuleNotFoundError when there is none."""
    return cast(Planner, import_module(f"haicap.core.optimise.{name}"))
