"""What every judge of a result asks; what is counted, each planner's own judge counts."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from typing import Any, Final

from haicap.core.optimise.language import Figure, Result, Sentence, Status, gettext_noop


CLOSE: Final = 1e-6
LARGEST_PROVEN_GAP: Final = 0.05


def without_plan(result: Result[Any]) -> tuple[Sentence, ...]:
    """Return what is wrong with a result that says that there is no plan."""
    if result.moves or result.terms:
        return (Sentence(gettext_noop("A result without a plan has moves.")),)
    return ()


def wrong_aims(
    result: Result[Any],
    counted: Mapping[str, float],
    *,
    unproven: Collection[str] = (),
) -> Iterator[Sentence]:
    """
    Yield the aims that are said otherwise than counted, or claim more than can be.

    `counted` has the aims in their order; those in `unproven` are only told.
    """
    if [term.code for term in result.terms] != list(counted):
        yield Sentence(gettext_noop("The aims are not those of this planner."))
        return
    for term in result.terms:
        near = CLOSE * max(1.0, abs(term.value))
        if abs(term.value - counted[term.code]) > near:
            yield Sentence(
                gettext_noop("%(aim)s is said to be %(said)s, but it is %(counted)s."),
                {
                    "aim": term.code,
                    "said": Figure(term.value, ".4f"),
                    "counted": Figure(counted[term.code], ".4f"),
                },
            )
        beyond = term.value - term.bound if term.is_gain else term.bound - term.value
        if beyond > near:
            yield Sentence(
                gettext_noop("%(aim)s: the bound is beyond the value."),
                {"aim": term.code},
            )
        is_proven = result.status is Status.OPTIMAL and term.code not in unproven
        if is_proven and term.gap > LARGEST_PROVEN_GAP:
            yield Sentence(gettext_noop("It is called proven with a gap above 5 %."))
