"""Ways that people can go: identical people as one group, each with the cells it may serve."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from haicap.core.optimise.secondment.problem import (
    HUNDREDTHS,
    Floats,
    Ints,
    Move,
    Problem,
    covers,
)


@dataclass(frozen=True)
class Group:
    """People between whom the problem sees no difference."""

    people: tuple[int, ...]  # indices into the problem's people
    home: int
    post: int  # the field of the post at home
    must_move: bool
    earlier: tuple[int, int] | None  # unit and field of an earlier plan


@dataclass(frozen=True, eq=False)
class Ways:
    """
    Every way a group can go, one entry each.

    A cell is `unit * n_fields + field`. `changes` is 1 where the way leaves an earlier plan,
    -1 where it keeps one (staying at home would leave it).
    """

    groups: tuple[Group, ...]
    group: Ints  # (n_ways,)
    cell: Ints  # (n_ways,)
    post: Ints  # (n_ways,) the cell that is left
    posts: Ints  # (n_ways,) hundredths of a post filled
    km: Floats  # (n_ways,)
    cost: Floats  # (n_ways,) VND a month
    changes: Floats  # (n_ways,)
    room: Ints  # (n_groups,) people

    @property
    def n(self) -> int:
        """Return how many ways there are."""
        return len(self.group)

    def of(self, kept: NDArray[np.bool_]) -> Ways:
        """Return only some of the ways."""
        return Ways(
            self.groups,
            self.group[kept],
            self.cell[kept],
            self.post[kept],
            self.posts[kept],
            self.km[kept],
            self.cost[kept],
            self.changes[kept],
            self.room,
        )

    def moves(
        self, problem: Problem, x: Floats, before: Sequence[Move] = ()
    ) -> tuple[Move, ...]:
        """
        Return the moves of a plan: whole numbers of each way, split back into people.

        Of identical people those go a way who went it `before`, then those who moved at all.
        """
        went = {(move.person, move.unit, move.field) for move in before}
        moved = {move.person for move in before}
        k = len(problem.fields)
        open_: dict[int, list[tuple[str, str]]] = defaultdict(list)
        times = np.round(x).astype(np.int64)
        gone = np.flatnonzero(times > 0)
        rows = (self.cell[gone], self.group[gone], times[gone])
        for cell, group, n in zip(*(row.tolist() for row in rows), strict=True):
            unit, name = divmod(cell, k)
            open_[group] += [(problem.units[unit].id, problem.fields[name])] * n
        moves = []
        for group, places in open_.items():
            people = [problem.people[at].id for at in self.groups[group].people]
            people.sort(key=lambda person: person not in moved)
            for person in tuple(people) if before else ():
                kept = [place for place in places if (person, *place) in went]
                if kept:
                    moves.append(Move(person, *kept[0]))
                    places.remove(kept[0])
                    people.remove(person)
            moves += [
                Move(person, *place)
                for person, place in zip(people, places, strict=False)
            ]
        return tuple(sorted(moves, key=lambda move: move.person))

    def x(self, problem: Problem, moves: Sequence[Move]) -> Floats:
        """Return how often each way is gone in these moves; unknown ways are left out."""
        group_of = {p: at for at, group in enumerate(self.groups) for p in group.people}
        ends = zip(self.group.tolist(), self.cell.tolist(), strict=True)
        way_of = {end: at for at, end in enumerate(ends)}
        x = np.zeros(self.n)
        for move in moves:
            person = problem.person_at.get(move.person)
            if move.unit not in problem.unit_at or move.field not in problem.field_at:
                continue
            unit, name = problem.unit_at[move.unit], problem.field_at[move.field]
            way = way_of.get(
                (group_of.get(person, -1), unit * len(problem.fields) + name)  # type: ignore[arg-type]
            )
            if way is not None:
                x[way] += 1
        return x


def gaps(problem: Problem) -> Ints:
    """Return `need - present`, below nothing where there are more. Shape: (n_cells,)."""
    return (problem.need - problem.present).ravel()


def may_lack(problem: Problem) -> NDArray[np.bool_]:
    """Return the cells that can be short, before or after people left. (n_cells,)"""
    least = np.minimum(problem.present, problem.floor)
    return ((problem.need > problem.present) | (problem.need > least)).ravel()


def spare(problem: Problem) -> Ints:
    """Return how many people each cell can give. Shape: (n_cells,)."""
    more: Ints = np.maximum(0, problem.present - problem.floor).ravel()
    return more


def ways(problem: Problem, *, is_far_pinned: bool = False) -> Ways:
    """
    Return all ways within the distance, the exemptions and the pins.

    `is_far_pinned`: who is pinned may go farther; that tells what a pin would need.
    """
    groups = _groups(problem)
    home = np.array([group.home for group in groups], dtype=np.int64)
    post = np.array([group.post for group in groups], dtype=np.int64)
    pinned = np.array([group.must_move for group in groups], dtype=bool)
    k = len(problem.fields)
    lacks = may_lack(problem).reshape(-1, k)
    is_near = problem.km <= problem.max_km
    np.fill_diagonal(is_near, False)
    parts: list[tuple[Ints, Ints, Ints]] = []
    by_skill: dict[tuple[int, int], list[int]] = defaultdict(list)
    for at, one in enumerate(groups):
        for skill in problem.people[one.people[0]].skills:
            by_skill[skill.field, round(skill.posts * HUNDREDTHS)].append(at)
    for (name, posts), able in sorted(by_skill.items()):
        from_ = np.array(able)
        # Where nobody is missing only those are sent who are pinned.
        is_pinned = pinned[from_][:, None]
        to = np.flatnonzero(lacks[:, name] | is_pinned.any())
        near = is_near[np.ix_(home[from_], to)]
        if is_far_pinned:
            near |= is_pinned
        if is_pinned.any():
            near &= lacks[to, name][None] | is_pinned
            near &= home[from_][:, None] != to[None]
        first, second = np.nonzero(near)
        parts.append(
            (
                from_[first],
                to[second] * k + name,
                np.full(first.size, posts, dtype=np.int64),
            )
        )
    empty = np.empty(0, dtype=np.int64)
    group = np.concatenate([empty, *(part[0] for part in parts)])
    cell = np.concatenate([empty, *(part[1] for part in parts)])
    posts_ = np.concatenate([empty, *(part[2] for part in parts)])
    unit = cell // k
    found = Ways(
        groups=tuple(groups),
        group=group,
        cell=cell,
        post=(home * k + post)[group],
        posts=posts_,
        km=problem.km[home[group], unit] if group.size else np.empty(0),
        cost=problem.cost[home[group], unit] if group.size else np.empty(0),
        changes=_changes(groups, group, cell, k)
        if problem.earlier
        else np.zeros(group.size),
        room=np.array([len(group.people) for group in groups], dtype=np.int64),
    )
    return found.of(_allowed(problem, found)) if problem.pins else found


def _groups(problem: Problem) -> list[Group]:
    named = {pin.person for pin in problem.pins}
    wanted = {pin.person for pin in problem.pins if pin.is_wanted}
    earlier = {}
    if problem.earlier:
        for move in problem.earlier.moves:
            if move.unit in problem.unit_at and move.field in problem.field_at:
                place = problem.unit_at[move.unit], problem.field_at[move.field]
                earlier[move.person] = place
    alike: dict[object, list[int]] = defaultdict(list)
    has_spare = (problem.present > problem.floor).tolist()
    for at, person in enumerate(problem.people):
        may_go = has_spare[person.home][person.skills[0].field] or person.id in wanted
        if may_go and problem.is_free(person):
            own = person.id if person.id in named else ""
            alike[person.home, person.skills, earlier.get(person.id), own].append(at)
    groups = []
    for people in alike.values():
        first = problem.people[people[0]]
        groups.append(
            Group(
                tuple(people),
                first.home,
                first.skills[0].field,
                first.id in wanted,
                earlier.get(first.id),
            )
        )
    return groups


def _changes(groups: Sequence[Group], group: Ints, cell: Ints, k: int) -> Floats:
    target = np.array(
        [g.earlier[0] * k + g.earlier[1] if g.earlier else -1 for g in groups]
    )[group]
    return np.where(target < 0, 1.0, np.where(target == cell, -1.0, 0.0))


def _allowed(problem: Problem, found: Ways) -> NDArray[np.bool_]:
    """Return the ways that no pin closes."""
    kept = np.ones(found.n, dtype=bool)
    group_of = {
        problem.people[group.people[0]].id: at for at, group in enumerate(found.groups)
    }
    k = len(problem.fields)
    for pin in problem.pins:
        if pin.person not in group_of:
            continue
        for way in np.flatnonzero(found.group == group_of[pin.person]):
            unit, name = divmod(int(found.cell[way]), k)
            move = Move(pin.person, problem.units[unit].id, problem.fields[name])
            if covers(pin, move) != pin.is_wanted:
                kept[way] = False
    return kept
