"""
What every planner speaks: a problem goes in, a result comes out, both frozen.

A planner is a package with `Problem`, `Move` and these functions:

    solve(problem, *, seconds, seed=0, watch=None) -> Result
    check(problem, result) -> tuple[Sentence, ...]      written apart from `solve`
    why_not(problem, result, choice, *, seconds, seed=0) -> Price
    relax(problem, *, seconds, seed=0) -> Relaxation
    front(problem, *, points, seconds, seed=0) -> tuple[Point, ...]

Aims are served in the order in which they stand: a later one never makes an earlier one worse.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Final, Generic, TypeVar


def gettext_noop(message: str) -> str:
    """Return the message as it is; it is gathered for translation by this name."""
    return message


@dataclass(frozen=True, slots=True)
class Figure:
    """A number in a sentence; it is written as the language of the reader does."""

    value: float
    form: str = "g"  # as Python formats it: ",.0f" parts thousands and rounds

    def __str__(self) -> str:
        """The number as English writes it."""
        return format(self.value, self.form)

    def written(self, example: str) -> str:
        """Return the number with the marks of an example, "1,000.5" or "1.000,5"."""
        return str(self).translate({ord(","): example[1], ord("."): example[5]})


#: How a language parts thousands and decimals.
EXAMPLE: Final = gettext_noop("1,000.5")


@dataclass(frozen=True, slots=True)
class Sentence:
    """Words with numbers in them; they become one language's when somebody reads them."""

    words: str  # English, with %(name)s for each of `params`
    params: Mapping[str, object] = field(default_factory=dict)

    def __str__(self) -> str:
        """The English sentence."""
        return self.words % self.params if self.params else self.words


class Status(StrEnum):
    """How far a search came."""

    OPTIMAL = "optimal"  # proven: no plan is better by more than the gap asked for
    FEASIBLE = "feasible"  # stopped before the proof; the gap says what may be missing
    IMPOSSIBLE = "impossible"  # proven: no plan keeps all limits
    NO_ANSWER = "no_answer"  # stopped before there was any plan


#: What a person reads of a status.
STATUS_WORDS: Final = {
    Status.OPTIMAL: gettext_noop(
        "Proven: no plan is better by more than the gap that stands beside each aim."
    ),
    Status.FEASIBLE: gettext_noop(
        "Stopped before the proof; the gap beside each aim says what may be missing."
    ),
    Status.IMPOSSIBLE: gettext_noop("No plan keeps all limits."),
    Status.NO_ANSWER: gettext_noop(
        "Stopped before a plan was found; give it more seconds."
    ),
}

#: Words on every sheet of a plan.
DEMONSTRATION: Final = gettext_noop("Demonstration data")
PLAN: Final = gettext_noop("Plan")
ABOUT: Final = gettext_noop("About this plan")
YES: Final = gettext_noop("yes")
NO: Final = gettext_noop("no")
SEARCHED: Final = gettext_noop("Searched for %(seconds)s seconds, seed %(seed)s.")
#: Units of the aims, gathered here for translation.
UNITS: Final = (
    gettext_noop("ratio"),
    gettext_noop("posts"),
    gettext_noop("points"),
    gettext_noop("million VND"),
    gettext_noop("weighted m2"),
    gettext_noop("weighted km"),
    gettext_noop("person-km"),
)


@dataclass(frozen=True, slots=True)
class Term:
    """
    One aim of a plan: how far the plan came, and how far any plan can.

    `bound` holds for plans that are as good in the aims before this one.
    """

    code: str
    value: float
    bound: float
    unit: str  # "ratio", "posts", "km", "million VND", ...
    is_gain: bool = False  # more is better

    @property
    def is_bounded(self) -> bool:
        """Whether more is known than that nothing costs less than nothing."""
        return math.isfinite(self.bound) and (
            self.is_gain or self.bound > 0 or self.value <= 0
        )

    @property
    def gap(self) -> float:
        """What may be missing, as a share of the value; 0 when it is proven."""
        missing = self.bound - self.value if self.is_gain else self.value - self.bound
        if missing <= 1e-9 * max(1.0, abs(self.value)):
            return 0.0
        return missing / abs(self.value) if self.value else math.inf


@dataclass(frozen=True, slots=True)
class Limit:
    """A limit of the problem, where it stands, and how much of it is used."""

    code: str  # "floor", "budget", "max_moves", ...
    where: str  # the row it belongs to, as the problem names it; "" for the whole
    used: float
    limit: float
    words: Sentence


AnyMove = TypeVar("AnyMove")


@dataclass(frozen=True)
class Result(Generic[AnyMove]):
    """What a planner answers; it carries its own proof."""

    status: Status
    terms: tuple[Term, ...]  # in the order of the aims
    moves: tuple[AnyMove, ...]
    binding: tuple[Limit, ...]  # limits that are used up
    seconds: float
    seed: int
    #: What no plan beats in aims that the planner weighs together; `why_not` builds on it.
    joint_bound: float = -math.inf

    @property
    def has_plan(self) -> bool:
        """Whether there is a plan; one without moves is a plan too."""
        return self.status in (Status.OPTIMAL, Status.FEASIBLE)

    def term(self, code: str) -> Term:
        """Return the aim of this code. Errors: KeyError."""
        for term in self.terms:
            if term.code == code:
                return term
        raise KeyError(code)


@dataclass(frozen=True)
class Earlier(Generic[AnyMove]):
    """A plan that was decided, and what each change to it has to bring to be made."""

    moves: tuple[AnyMove, ...]
    price: float  # in the unit of the aim that it is charged to


@dataclass(frozen=True)
class Price(Generic[AnyMove]):
    """What another choice would cost: the best plan with it, beside the plan without."""

    choice: object
    before: tuple[Term, ...]
    after: Result[AnyMove]  # IMPOSSIBLE when no plan has that choice
    words: tuple[Sentence, ...]

    def change(self, code: str) -> float:
        """How much the aim of this code changes, after less before."""
        before = next(term for term in self.before if term.code == code)
        return self.after.term(code).value - before.value


def changed_aims(
    result: Result[AnyMove], after: Result[AnyMove], names: Mapping[str, str]
) -> Iterator[Sentence]:
    """
    Yield how the aims of another plan differ; that there is none, when there is none.

    `names` says what each aim is called.
    """
    if not after.has_plan:
        yield Sentence(gettext_noop("No plan has that choice and keeps all limits."))
        return
    for term in result.terms:
        other = after.term(term.code)
        if abs(other.value - term.value) > 1e-6:
            yield Sentence(
                gettext_noop("%(aim)s: %(before)s becomes %(after)s %(unit)s."),
                {
                    "aim": Sentence(names[term.code]),
                    "before": Figure(term.value, ",.3f"),
                    "after": Figure(other.value, ",.3f"),
                    "unit": Sentence(term.unit),
                },
            )


@dataclass(frozen=True, slots=True)
class Eased:
    """A limit that has to give way, and by how much."""

    code: str
    where: str
    by: float
    words: Sentence


@dataclass(frozen=True, slots=True)
class Relaxation:
    """
    A smallest set of limits to ease so that there is a plan; empty when there is one.

    `is_minimal` tells that it was tried: with any one of them kept there is no plan.
    """

    eased: tuple[Eased, ...]
    is_minimal: bool
    seconds: float


@dataclass(frozen=True, slots=True)
class Point:
    """One point of a trade-off curve: what was allowed, and what it brings."""

    allowed: float
    terms: tuple[Term, ...]
    status: Status


@dataclass(frozen=True, slots=True)
class Step:
    """What a search says on its way."""

    phase: str  # the code of the aim that is being served
    seconds: float  # since the search began
    value: float | None  # the best plan so far
    bound: float | None


#: Called some times a second; False asks the search to stop, and the best plan is kept.
Watch = Callable[[Step], bool]


@dataclass(frozen=True, slots=True)
class Table:
    """A part of a result as rows, for a sheet or a terminal; heads are sentences to translate."""

    name: str
    heads: tuple[str, ...]
    rows: tuple[tuple[object, ...], ...]


def aims(result: Result[AnyMove], names: Mapping[str, str]) -> Table:
    """Return the aims of a result as a table; `names` says what each is called."""
    return Table(
        gettext_noop("Aims"),
        (
            gettext_noop("Aim"),
            gettext_noop("Reached"),
            gettext_noop("No plan can beat"),
            gettext_noop("Gap, %"),
            gettext_noop("Unit of measure"),
        ),
        tuple(
            (
                names[term.code],
                term.value,
                term.bound if term.is_bounded else None,
                100 * term.gap if term.is_bounded else None,
                term.unit,
            )
            for term in result.terms
        ),
    )


def limits(result: Result[AnyMove]) -> Table:
    """Return the limits that bind as a table."""
    return Table(
        gettext_noop("What binds"),
        (
            gettext_noop("Limit"),
            gettext_noop("Used"),
            gettext_noop("Allowed"),
        ),
        tuple((limit.words, limit.used, limit.limit) for limit in result.binding),
    )
