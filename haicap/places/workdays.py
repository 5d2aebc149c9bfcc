"""
The working calendar of this installation: the package's table, and what was decided since.

Django is not imported here, so the table answers on the command line too. Where there is
a database, `places.decided` lends its rows. Which rows stand is named by a stamp; the
calendar of a stamp is made once in a process, and a page learns the stamp with the person
who signed in, so it costs no question of its own.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from contextvars import ContextVar
from functools import lru_cache
from typing import Protocol

from haicap.core.deadlines.calendar import Calendar, Decision, calendar_of
from haicap.places.announced import announced
from haicap.places.registry import PROVINCE


NOTHING_DECIDED = ""  # the stamp while no decision was ever entered
_known: ContextVar[str | None] = ContextVar("stamp of the calendar", default=None)


class Source(Protocol):
    """Whoever keeps the decisions that were entered."""

    def stamp(self) -> str:
        """Return the name of the set of decisions that stands now."""

    def standing(self) -> Sequence[Decision]:
        """Return the decisions that stand now."""


_sources: list[Source] = []


def ask(source: Source) -> None:
    """Take decisions from this source from now on."""
    _sources[:] = [source]


def calendar(place: str = "") -> Calendar:
    """
    Return the calendar of the province's offices, or of one of its units by its code.

    Shape: covers every year that has a row in `data/calendar.csv`, without gaps.
    Source: data/CALENDAR_SOURCES.md, and the decisions that the office entered.
    """
    stamp = _known.get()
    if stamp is None:
        stamp = _sources[0].stamp() if _sources else NOTHING_DECIDED
    return made(stamp, layers(place))


@lru_cache(maxsize=64)
def made(stamp: str, places: tuple[str, ...]) -> Calendar:
    """Return the calendar of these places under this stamp, made once in a process."""
    decided = _sources[0].standing() if stamp != NOTHING_DECIDED else ()
    return calendar_of((*announced(), *decided), places=places)


def calendar_with(decided: Sequence[Decision], place: str = "") -> Calendar:
    """Return the calendar as it would be if just these decisions stood."""
    return calendar_of((*announced(), *decided), places=layers(place))


def layers(place: str) -> tuple[str, ...]:
    """
    Return the codes whose decisions count in a place, the widest first.

    >>> layers(""), layers("13285")
    (('', '37'), ('', '37', '13285'))
    """
    return ("", PROVINCE) if place in ("", PROVINCE) else ("", PROVINCE, place)


@contextmanager
def known(stamp: str | None) -> Iterator[None]:
    """Take the stamp as read while a page is answered; None: ask when it is needed."""
    token = _known.set(stamp)
    try:
        yield
    finally:
        _known.reset(token)


def refresh(stamp: str) -> None:
    """Take a stamp that was just read or written, in place of the one known before."""
    if _known.get() is not None:
        _known.set(stamp)
