"""
A plan that is known for fewer limits is made to keep some more.

A question about one person should not stir up a whole province: everything far from it stays
as it is, and what no plan could beat with fewer limits cannot be beaten with more of them.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import Final

import numpy as np
from numpy.typing import NDArray

from haicap.core.optimise.language import Result, Term
from haicap.core.optimise.secondment.measure import TINY, alone, possible_shares
from haicap.core.optimise.secondment.problem import Ints, Move
from haicap.core.optimise.secondment.search import Search


#: Kilometres that keeping a known move is worth, so that of two plans as good it is kept.
STAY: Final = 0.01
SHARE_MEND: Final = 0.8  # until which share of the time the plan is mended
#: By how much another choice may be less well proven than the plan it is compared with.
AS_WELL: Final = 1e-3


@dataclass
class Mending(Search):
    """A search that begins with a known plan, and keeps its moves and its bounds."""

    known: Result[Move] = field(kw_only=True)

    def __post_init__(self) -> None:
        super().__post_init__()
        self.before = self.known.moves

    def hurry(self) -> None:
        """Leave the plan as it is: it was mended."""

    def mend(self) -> bool:
        """
        Make a known plan keep the new limits: near where they changed it, else anywhere.

        Whoever lives or goes elsewhere keeps the known move at first, so that a small
        question does not stir up a whole province.
        """
        known, near = self.x, self.near()
        kept = (known > 0) | (near & self.kept)
        wide = kept | (self.touching(near) & self.kept)
        both = self.both.copy()
        both[: self.ways.n][known > 0] -= STAY
        model, x = self.built.model, self.built.x
        model.cost(self.built.columns, both)
        model.bound(x, lower=np.where(near, 0.0, known))
        is_mended = self.ease(kept)
        model.bound(x, lower=0.0)
        if is_mended and self.is_settled():
            return True
        is_mended |= self.ease(kept)
        if is_mended and not self.is_settled():
            self.ease(wide)
        return is_mended

    def ease(self, kept: NDArray[np.bool_]) -> bool:
        """
        Take the best plan over some ways: as fair as the known one, else nearly so.

        Return whether there is one that keeps the limits; the shares between are halved.
        """
        shares = possible_shares(self.problem)
        worst = max(self.least, self.known_value("worst_shortage"))
        low = int(np.searchsorted(shares, worst - TINY))
        if self.take(float(shares[low]), kept):
            return True
        if not self.is_sound() and not self.take(1.0, kept):
            return False
        low, high = low + 1, self.reached(shares)
        while low < high and self.clock.left(SHARE_MEND) > 0:
            at = (low + high) // 2
            is_fairer = self.take(float(shares[at]), kept)
            low, high = (low, self.reached(shares)) if is_fairer else (at + 1, high)
        return True

    def take(self, worst: float, kept: NDArray[np.bool_]) -> bool:
        """Take the best plan over some ways that keeps a worst shortage, if there is one."""
        self.built.allow(self.most(worst))
        is_fair = self.values()["worst_shortage"] <= worst + TINY
        start = self.start() if is_fair and self.is_sound() else None
        found = self.whole("missing_posts", kept, SHARE_MEND, 1e-7, start)
        if found.has_answer:
            self.x = np.round(found.x[self.built.x])
        return found.has_answer

    def near(self) -> NDArray[np.bool_]:
        """Return the ways from and to where a known plan breaks the new limits."""
        told = {(move.person, move.unit, move.field) for move in self.known.moves}
        now = self.ways.moves(self.problem, self.x, self.known.moves)
        told -= {(move.person, move.unit, move.field) for move in now}
        pins = self.problem.pins
        people = {one[0] for one in told} | {pin.person for pin in pins}
        places = {one[1] for one in told} | {pin.unit for pin in pins if pin.unit}
        asked = [
            self.problem.people[one.people[0]].id in people for one in self.ways.groups
        ]
        homes = [
            one.home
            for one, is_asked in zip(self.ways.groups, asked, strict=True)
            if is_asked
        ]
        from_, to = self.ends()
        units = np.zeros(len(self.problem.units), dtype=bool)
        units[[self.problem.unit_at[place] for place in places]] = True
        units[homes] = True  # whoever may go nowhere any more leaves a gap at home, too
        is_theirs = np.array(asked, dtype=bool)[self.ways.group]
        near: NDArray[np.bool_] = units[from_] | units[to] | is_theirs
        return near

    def touching(self, some: NDArray[np.bool_]) -> NDArray[np.bool_]:
        """Return the ways from and to where some ways begin and end."""
        from_, to = self.ends()
        units = np.zeros(len(self.problem.units), dtype=bool)
        units[from_[some]] = units[to[some]] = True
        touching: NDArray[np.bool_] = units[from_] & units[to]
        return touching

    def ends(self) -> tuple[Ints, Ints]:
        """Return the units where each way begins and ends."""
        n_fields = len(self.problem.fields)
        return self.ways.post // n_fields, self.ways.cell // n_fields

    def known_value(self, code: str) -> float:
        """Return an aim of the known plan."""
        return self.known.term(code).value

    def is_settled(self) -> bool:
        """Whether each aim is as well proven as in the known plan."""
        for term in self.terms():
            known = self.known.term(term.code).gap
            if term.gap > (known + AS_WELL if known else 0.0):
                return False
        return True

    # -- bounds -----------------------------------------------------------------------

    @cached_property
    def least(self) -> float:
        """No plan has a smaller worst shortage."""
        least = alone(self.problem, self.ways)
        return max(least, self.known.term("worst_shortage").bound)

    def bound_of(self, code: str, before: Sequence[Term]) -> float:
        """Return what no plan beats that is as good in the aims before."""
        bound = super().bound_of(code, before)
        if all(t.value <= self.known_value(t.code) + TINY for t in before):
            bound = max(bound, self.known.term(code).bound)
        return bound

    def best_joint(self, worst: float) -> float:
        """Return what no plan with that worst shortage beats in the last two aims."""
        joint = super().best_joint(worst)
        if worst <= self.known_value("worst_shortage") + TINY:
            joint = max(joint, self.known.joint_bound)
        return joint
