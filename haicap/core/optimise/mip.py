"""
A linear model, with or without whole numbers, made of arrays and solved by HiGHS.

    model = Model()
    x = model.columns(n, cost=km, upper=1, integer=True)      # (n,) indices
    model.rows(row, x, 1.0, upper=capacity)                   # row: (n,) which row each entry is in
    found = model.solve(seconds=10, gap=1e-3)
    found.x[x]
"""

from __future__ import annotations

import math
import time
from dataclasses import dataclass, replace
from typing import Any, Final

import highspy
import numpy as np
from numpy.typing import ArrayLike, NDArray

from haicap.core.optimise.language import Status, Step, Watch


Floats = NDArray[np.float64]
Ints = NDArray[np.int64]

INF: Final = math.inf
_STATUS: Final = {
    highspy.HighsModelStatus.kOptimal: Status.OPTIMAL,
    highspy.HighsModelStatus.kModelEmpty: Status.OPTIMAL,
    highspy.HighsModelStatus.kInfeasible: Status.IMPOSSIBLE,
}


@dataclass(frozen=True)
class Solution:
    """
    What a model's search found.

    `x` has one value for each column and is empty without an answer; `bound` is what no
    answer can beat; `duals` are there for models without whole numbers.
    """

    status: Status
    x: Floats  # (n_columns,)
    objective: float
    bound: float
    seconds: float
    duals: Floats  # (n_rows,) change of the objective per unit of a row's limit

    @property
    def has_answer(self) -> bool:
        """Whether there are values."""
        return self.status in (Status.OPTIMAL, Status.FEASIBLE)

    @property
    def gap(self) -> float:
        """What may be missing, as a share of the objective."""
        missing = abs(self.objective - self.bound)
        return missing / max(abs(self.objective), 1e-9)


class Model:
    """Columns and rows, gathered block by block; the objective is made small."""

    def __init__(self) -> None:
        self._columns: list[tuple[Floats, Floats, Floats, NDArray[np.bool_]]] = []
        self._bounds: list[tuple[Floats, Floats]] = []
        self._entries: list[tuple[Ints, Ints, Floats]] = []
        self.n_columns = 0
        self.n_rows = 0
        self._loose: highspy.Highs | None = None
        self._loose_size = (0, 0, 0)

    def columns(
        self,
        n: int,
        *,
        cost: ArrayLike = 0.0,
        lower: ArrayLike = 0.0,
        upper: ArrayLike = INF,
        integer: ArrayLike = False,
    ) -> Ints:
        """Add `n` columns; numbers or arrays of `n`. Return their indices."""
        block = (_spread(cost, n), _spread(lower, n), _spread(upper, n))
        whole = np.broadcast_to(np.asarray(integer, dtype=bool), (n,))
        self._columns.append((*block, whole))
        self.n_columns += n
        return np.arange(self.n_columns - n, self.n_columns)

    def rows(
        self,
        row: ArrayLike,
        column: ArrayLike,
        value: ArrayLike = 1.0,
        *,
        lower: ArrayLike = -INF,
        upper: ArrayLike = INF,
        n: int | None = None,
    ) -> Ints:
        """
        Add rows `lower <= sum(value * x) <= upper`; return their indices.

        `row` (n_entries,) counts from 0 within this block; `n` is needed when the last
        rows may have no entry. More entries may follow with `entries`.
        """
        of = np.asarray(row, dtype=np.int64).reshape(-1)
        if n is None:
            n = int(of.max()) + 1 if of.size else 0
        self._bounds.append((_spread(lower, n), _spread(upper, n)))
        self.n_rows += n
        first = self.n_rows - n
        self.entries(of + first, column, value)
        return np.arange(first, self.n_rows)

    def entries(
        self, row: ArrayLike, column: ArrayLike, value: ArrayLike = 1.0
    ) -> None:
        """Add entries to rows that are there; `row` holds indices as `rows` gave them."""
        of = np.asarray(row, dtype=np.int64).reshape(-1)
        at = np.broadcast_to(np.asarray(column, dtype=np.int64), of.shape)
        self._entries.append((of, at, _spread(value, of.size)))

    def cost(self, column: Ints, cost: ArrayLike) -> None:
        """Replace the whole objective by this one; other columns cost nothing."""
        costs = np.zeros(self.n_columns)
        costs[column] = cost
        self._put_columns(cost=costs)

    def bound(
        self,
        column: Ints,
        *,
        lower: ArrayLike | None = None,
        upper: ArrayLike | None = None,
    ) -> None:
        """Give columns other bounds."""
        _costs, lowers, uppers, _whole = self._flat_columns()
        if lower is not None:
            lowers[column] = lower
        if upper is not None:
            uppers[column] = upper
        self._put_columns(lower=lowers, upper=uppers)

    def bounds(self, column: Ints) -> tuple[Floats, Floats]:
        """Return the lower and the upper bounds of columns."""
        _costs, lowers, uppers, _whole = self._flat_columns()
        return lowers[column], uppers[column]

    def limit(
        self,
        row: Ints,
        *,
        lower: ArrayLike | None = None,
        upper: ArrayLike | None = None,
    ) -> None:
        """Give rows other limits."""
        lowers, uppers = self._flat_bounds()
        if lower is not None:
            lowers[row] = lower
        if upper is not None:
            uppers[row] = upper
        self._bounds = [(lowers, uppers)]

    def solve(
        self,
        *,
        seconds: float,
        gap: float = 1e-4,
        seed: int = 0,
        relaxed: bool = False,
        again: bool = False,
        start: Floats | None = None,
        phase: str = "",
        watch: Watch | None = None,
        options: dict[str, Any] | None = None,
    ) -> Solution:
        """
        Look for the smallest objective.

        `relaxed` forgets that numbers are whole, and with `again` begins where the last such
        search ended, which pays when little has changed; `start` (n_columns,) is an answer to begin
        with; `options` are HiGHS's own. Unit: seconds; gap: a share of the objective.
        """
        began = time.monotonic()
        if seconds <= 0:
            return _nothing(Status.NO_ANSWER, 0.0)
        goes_on = relaxed and again
        used = None if goes_on else self._open()
        highs = self._again() if used is None else self._fresh(used, relaxed=relaxed)
        # The clock of a search that goes on counts what it has spent already.
        left = max(0.0, began + seconds - time.monotonic())
        highs.setOptionValue("time_limit", highs.getRunTime() + left)
        highs.setOptionValue("mip_rel_gap", float(gap))
        highs.setOptionValue("random_seed", int(seed) % 2**31)
        for name, value in (options or {}).items():
            highs.setOptionValue(name, value)
        if start is not None and used is not None and not relaxed:
            first = highspy.HighsSolution()
            first.col_value = start[used].tolist()
            highs.setSolution(first)
        heard = _listen(highs, phase, watch, began) if watch else None
        highs.run()
        if heard:
            highs.cbMipInterrupt.unsubscribe(heard)
            highs.cbSimplexInterrupt.unsubscribe(heard)
        every = np.arange(self.n_columns) if used is None else used
        is_whole = not relaxed and bool(self._flat_columns()[3][every].any())
        found = _read(highs, is_whole, time.monotonic() - began)
        if used is None or not found.has_answer:
            return found
        x = np.zeros(self.n_columns)
        x[used] = found.x
        return replace(found, x=x)

    def _open(self) -> Ints:
        """Return the columns that may be something else than 0, or the first alone."""
        _costs, lowers, uppers, _whole = self._flat_columns()
        used = np.flatnonzero((lowers != 0) | (uppers != 0))
        return used if used.size else np.arange(min(1, self.n_columns))

    def _fresh(self, used: Ints, *, relaxed: bool) -> highspy.Highs:
        highs = highspy.Highs()  # type: ignore[no-untyped-call]
        highs.setOptionValue("output_flag", False)
        highs.passModel(self._lp(used, relaxed))
        return highs

    def _again(self) -> highspy.Highs:
        """
        Return the search without whole numbers, which goes on where it was.

        Limits and costs may have changed since, and there may be new columns; it then begins
        with the last answer. After new rows, or new entries of old columns, it begins anew.
        """
        n_columns, n_rows, n_entries = self._loose_size
        new = self._entries[n_entries:]
        is_old = any(np.any(column < n_columns) for _row, column, _value in new)
        if self._loose is None or n_rows != self.n_rows or is_old:
            every = np.arange(self.n_columns)
            self._loose = self._fresh(every, relaxed=True)
        elif self.n_columns > n_columns:
            self._add_columns(self._loose, n_columns, new)
        self._loose_size = self.n_columns, self.n_rows, len(self._entries)
        costs, lowers, uppers, _whole = self._flat_columns()
        every = np.arange(self.n_columns, dtype=np.int32)
        self._loose.changeColsCost(self.n_columns, every, costs)
        self._loose.changeColsBounds(self.n_columns, every, lowers, uppers)
        row_lower, row_upper = self._flat_bounds()
        rows = np.arange(self.n_rows, dtype=np.int32)
        # The stubs of highspy forget this one.
        change = self._loose.changeRowsBounds  # type: ignore[attr-defined]
        change(self.n_rows, rows, row_lower, row_upper)
        return self._loose

    def _add_columns(
        self, highs: highspy.Highs, first: int, entries: list[tuple[Ints, Ints, Floats]]
    ) -> None:
        """Add the columns from the first on, to which all of these entries belong."""
        row, column, value = _joined(entries)
        order = np.lexsort((row, column))
        starts = np.searchsorted(column[order], np.arange(first, self.n_columns))
        costs, lowers, uppers, _whole = self._flat_columns()
        highs.addCols(
            self.n_columns - first,
            costs[first:],
            lowers[first:],
            uppers[first:],
            row.size,
            starts.astype(np.int32),
            row[order].astype(np.int32),
            value[order],
        )

    def price(self, duals: Floats) -> Floats:
        """
        Return what one more of each column would bring at these prices of the rows.

        Shape: (n_rows,) -> (n_columns,). Below nothing: the column would help.
        """
        return self._flat_columns()[0] - self._paid(duals)

    def _paid(self, duals: Floats) -> Floats:
        paid = np.zeros(self.n_columns)
        for row, column, value in self._entries:
            paid += np.bincount(column, value * duals[row], minlength=self.n_columns)
        return paid

    def refuted(self) -> tuple[bool, Floats]:
        """
        Return whether the last search that went on proves that there is no answer.

        The second value says by how much of a column's room each column weakens the proof,
        shape (n_columns,): those above nothing would have to stay closed.
        """
        unknown = np.full(self.n_columns, INF)
        if self._loose is None:
            return False, unknown
        _status, has_ray, ray = self._loose.getDualRay()  # type: ignore[attr-defined]
        if not has_ray:
            return False, unknown
        lowers, uppers = self._flat_bounds()
        _costs, low, up, _whole = self._flat_columns()
        ray = np.where(np.abs(ray) < 1e-9 * np.abs(ray).max(initial=1.0), 0.0, ray)
        for duals in (ray, -ray):
            side = np.where(duals > 0, lowers, uppers)
            asked = float(np.sum(duals * np.where(duals == 0, 0.0, side)))
            sums = self._paid(duals)
            sums[np.abs(sums) < 1e-9] = 0.0
            reach = np.where(sums > 0, up, low)
            got = float(np.sum(np.where(sums == 0, 0.0, sums * reach)))
            if got < asked - 1e-7 * max(1.0, abs(asked)):
                return True, sums
        return False, unknown

    def holds(self, x: Floats, *, tolerance: float = 1e-6) -> bool:
        """Whether these values keep every bound, row and whole number."""
        _costs, low, up, whole = self._flat_columns()
        lowers, uppers = self._flat_bounds()
        total = np.zeros(self.n_rows)
        for row, column, value in self._entries:
            np.add.at(total, row, value * x[column])
        return bool(
            np.all(x >= low - tolerance)
            and np.all(x <= up + tolerance)
            and np.all(total >= lowers - tolerance)
            and np.all(total <= uppers + tolerance)
            and np.all(np.abs(x[whole] - np.round(x[whole])) <= tolerance)
        )

    def _flat_columns(self) -> tuple[Floats, Floats, Floats, NDArray[np.bool_]]:
        if len(self._columns) != 1:
            parts = list(zip(*self._columns, strict=True)) or [(), (), (), ()]
            costs, lowers, uppers = (
                np.concatenate([np.empty(0), *part]) for part in parts[:3]
            )
            whole = np.concatenate([np.empty(0, dtype=bool), *parts[3]])
            self._columns = [(costs, lowers, uppers, whole)]
        costs, lowers, uppers, whole = self._columns[0]
        return costs, lowers.copy(), uppers.copy(), whole

    def _put_columns(
        self,
        cost: Floats | None = None,
        lower: Floats | None = None,
        upper: Floats | None = None,
    ) -> None:
        costs, lowers, uppers, whole = self._flat_columns()
        self._columns = [
            (
                costs if cost is None else cost,
                lowers if lower is None else lower,
                uppers if upper is None else upper,
                whole,
            )
        ]

    def _flat_bounds(self) -> tuple[Floats, Floats]:
        lowers = np.concatenate([np.empty(0), *(low for low, _ in self._bounds)])
        uppers = np.concatenate([np.empty(0), *(up for _, up in self._bounds)])
        return lowers, uppers

    def _lp(self, used: Ints, relaxed: bool) -> highspy.HighsLp:
        """Return the model of these columns, for HiGHS."""
        costs, lowers, uppers, is_whole = self._flat_columns()
        whole = is_whole[used]
        row_lower, row_upper = self._flat_bounds()
        row, column, value = _joined(self._entries)
        if used.size < self.n_columns:
            new = np.full(self.n_columns, -1)
            new[used] = np.arange(used.size)
            column = new[column]
            kept = column >= 0
            row, column, value = row[kept], column[kept], value[kept]
        order = np.lexsort((row, column))
        lp = highspy.HighsLp()
        lp.num_col_, lp.num_row_ = used.size, self.n_rows
        lp.col_cost_, lp.col_lower_ = costs[used], lowers[used]
        lp.col_upper_ = uppers[used]
        lp.row_lower_, lp.row_upper_ = row_lower, row_upper
        counts = np.bincount(column, minlength=used.size)
        lp.a_matrix_.format_ = highspy.MatrixFormat.kColwise
        lp.a_matrix_.start_ = np.concatenate([[0], np.cumsum(counts)]).astype(np.int32)
        lp.a_matrix_.index_ = row[order].astype(np.int32)
        lp.a_matrix_.value_ = value[order]
        if not relaxed and whole.any():
            kinds = np.array(
                [highspy.HighsVarType.kContinuous, highspy.HighsVarType.kInteger]
            )
            lp.integrality_ = kinds[whole.astype(int)].tolist()
        return lp


def _joined(entries: list[tuple[Ints, Ints, Floats]]) -> tuple[Ints, Ints, Floats]:
    none = np.empty(0, dtype=np.int64)
    return (
        np.concatenate([none, *(row for row, _column, _value in entries)]),
        np.concatenate([none, *(column for _row, column, _value in entries)]),
        np.concatenate([np.empty(0), *(value for _row, _column, value in entries)]),
    )


def _spread(value: ArrayLike, n: int) -> Floats:
    return np.broadcast_to(np.asarray(value, dtype=np.float64), (n,))


def _nothing(status: Status, seconds: float) -> Solution:
    empty = np.empty(0)
    return Solution(status, empty, INF, -INF, seconds, empty)


def _listen(highs: highspy.Highs, phase: str, watch: Watch, began: float) -> Any:
    """Let `watch` see how the search goes, and stop it; return who listens."""

    def tell(event: Any) -> None:
        data = event.data_out
        value = data.objective_function_value
        if not math.isfinite(value) or abs(value) >= highspy.kHighsInf / 10:
            value = (
                data.mip_primal_bound if abs(data.mip_primal_bound) < 1e200 else None
            )
        bound = data.mip_dual_bound if abs(data.mip_dual_bound) < 1e200 else None
        if not watch(Step(phase, time.monotonic() - began, value, bound)):
            event.interrupt()

    highs.cbMipInterrupt.subscribe(tell)
    highs.cbSimplexInterrupt.subscribe(tell)
    return tell


def _read(highs: highspy.Highs, is_whole: bool, seconds: float) -> Solution:
    status = highs.getModelStatus()
    if status == highspy.HighsModelStatus.kUnboundedOrInfeasible:
        status = highspy.HighsModelStatus.kInfeasible  # our costs are bounded
    info = highs.getInfo()
    found = highs.getSolution()
    state = _STATUS.get(status, Status.NO_ANSWER)
    if state is Status.IMPOSSIBLE:
        return _nothing(state, seconds)
    if state is Status.NO_ANSWER:
        if (
            not found.value_valid
            or info.primal_solution_status
            != highspy.SolutionStatus.kSolutionStatusFeasible
        ):
            bound = info.mip_dual_bound if is_whole else -INF
            return replace(_nothing(state, seconds), bound=float(bound))
        state = Status.FEASIBLE
    objective = float(info.objective_function_value)
    bound = (
        float(info.mip_dual_bound)
        if is_whole
        else (objective if state is Status.OPTIMAL else -INF)
    )
    return Solution(
        status=state,
        x=np.asarray(found.col_value, dtype=np.float64),
        objective=objective,
        bound=bound,
        seconds=seconds,
        duals=np.asarray(found.row_dual, dtype=np.float64),
    )
