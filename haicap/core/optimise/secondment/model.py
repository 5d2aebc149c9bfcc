"""The linear model of secondment over some of the ways."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from haicap.core.optimise.mip import Model
from haicap.core.optimise.secondment.problem import HUNDREDTHS, Floats, Ints, Problem
from haicap.core.optimise.secondment.ways import Ways, gaps, may_lack, spare


@dataclass(frozen=True, eq=False)
class Built:
    """
    A model, and which of its columns and rows mean what.
    """

    model: Model
    x: Ints  # (n_ways,) people on each way
    short: Ints  # (n_lacking,) hundredths of a post that stay missing
    cells: Ints  # (n_lacking,) the cell of each `short`
    cover: Ints  # (n_lacking,) rows: at least so many people have to come
    gap: Ints  # (n_lacking,) hundredths of a post missing today, less where there are more
    donors: Ints  # (n_donors,) cells that people leave
    floors: Ints  # (n_donors,) rows: so many may leave
    moves: Ints  # (0 or 1,) row
    budget: Ints  # (0 or 1,) row
    columns: Ints  # (n_ways + n_lacking,) `x`, then `short`
    weighted: Floats  # (n_ways + n_lacking,) posts of each, with the price of changes
    missing: Ints  # (1,) row: the weighted posts that stay missing, without a limit

    def allow(self, most: Floats) -> None:
        """Let each cell be short of at most so many hundredths."""
        self.model.bound(self.short, upper=most)
        people = np.ceil((self.gap - most) / HUNDREDTHS - 1e-9)
        self.model.limit(self.cover, lower=people)


def build(problem: Problem, ways: Ways) -> Built:
    """
    Return the model of these ways, without an objective.

    People are whole; what is missing in a cell is at least `need - present`, less what
    those who come fill, more those who leave. Rows of rounding keep fractions of people
    from filling the last tenth of a post.
    """
    model = Model()
    x = model.columns(ways.n, upper=ways.room[ways.group].astype(float), integer=True)
    least = np.array([float(group.must_move) for group in ways.groups])
    # Rows may be empty, so their number is said.
    model.rows(ways.group, x, lower=least, upper=ways.room.astype(float), n=len(least))
    donors, floors = _donors(problem, ways, model, x)
    cells = np.union1d(np.flatnonzero(may_lack(problem)), ways.cell)
    most = problem.need.ravel()[cells] * float(HUNDREDTHS)
    short = model.columns(len(cells), upper=most)
    gap = gaps(problem)[cells] * HUNDREDTHS
    row_of = np.full(problem.need.size, -1)
    row_of[cells] = np.arange(len(cells))
    to, given = row_of[ways.cell], row_of[ways.post]
    from_ = given >= 0
    rows = model.rows(np.arange(len(cells)), short, lower=gap.astype(float))
    model.entries(rows[to], x, ways.posts)
    model.entries(rows[given[from_]], x[from_], -float(HUNDREDTHS))
    # One person fills at most one post.
    cover = model.rows(to, x, n=len(cells))
    model.entries(cover[given[from_]], x[from_], -1.0)
    one = np.zeros(ways.n, dtype=int)
    moves = budget = np.empty(0, dtype=np.int64)
    if problem.max_moves is not None and ways.n:
        moves = model.rows(one, x, upper=problem.max_moves)
    if problem.budget is not None and ways.n:
        budget = model.rows(one, x, ways.cost, upper=problem.budget)
    columns = np.concatenate([x, short])
    price = problem.earlier.price if problem.earlier else 0.0
    weight = problem.weight.ravel()[cells] / HUNDREDTHS
    weighted = np.concatenate([price * ways.changes, weight])
    missing = model.rows(np.zeros(columns.size, dtype=int), columns, weighted, n=1)
    built = Built(
        model=model,
        x=x,
        short=short,
        cells=cells,
        cover=cover,
        gap=gap,
        donors=donors,
        floors=floors,
        moves=moves,
        budget=budget,
        columns=columns,
        weighted=weighted,
        missing=missing,
    )
    for posts in np.unique(ways.posts):
        _round_up(built, ways, to, given, int(posts))
    return built


def _donors(problem: Problem, ways: Ways, model: Model, x: Ints) -> tuple[Ints, Ints]:
    """No donor falls below its floor; return the donors and their rows."""
    donors, row = np.unique(ways.post, return_inverse=True)
    rows = model.rows(row, x, upper=spare(problem)[donors], n=len(donors))
    return donors, rows


def _round_up(built: Built, ways: Ways, to: Ints, given: Ints, posts: int) -> None:
    """
    Add the rounding row of `missing + sum(posts * x) >= gap`, divided by `posts`.

    Source: Nemhauser and Wolsey, mixed-integer rounding, in the form for `>=`.
    """
    need = built.gap / posts
    part = need - np.floor(need + 1e-9)
    chosen = (built.gap > 0) & (part > 1e-6)
    which = np.flatnonzero(chosen)
    if not which.size:
        return
    model = built.model
    steep = 1.0 / (posts * part[which])
    lower = np.ceil(need[which] - 1e-9)
    rows = model.rows(np.arange(which.size), built.short[which], steep, lower=lower)
    row_of = np.cumsum(chosen) - 1
    from_ = np.where(given >= 0, given, 0)
    for cell, is_mine, size in (
        (to, chosen[to], ways.posts),
        (from_, (given >= 0) & chosen[from_], np.full(ways.n, -HUNDREDTHS)),
    ):
        share = size[is_mine] / posts
        rest = share - np.floor(share + 1e-9)
        value = np.floor(share + 1e-9) + np.minimum(1.0, rest / part[cell[is_mine]])
        model.entries(rows[row_of[cell[is_mine]]], built.x[is_mine], value)
