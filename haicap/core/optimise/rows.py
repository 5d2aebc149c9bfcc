"""
A problem as JSON, read row by row.

What is wrong becomes one sentence that names the row and the key. Keys that nobody asked for
are wrong too: a limit with a typing error in its name would otherwise be no limit.

    record = Record(json.loads(text))
    for person in record.rows("people", most=200_000):
        person.number("km", least=0)
        person.done()
    record.done()
"""

from __future__ import annotations

import math
from collections.abc import Callable, Collection, Iterator, Mapping
from dataclasses import asdict
from datetime import date
from typing import Any, Final, TypeVar

import numpy as np
from numpy.typing import NDArray

from haicap.core.errors import BadInput
from haicap.core.optimise.language import Earlier, gettext_noop


_NEEDED: Final = object()
WHOLE: Final = "problem"  # where what is said of no row stands
LONGEST_TEXT: Final = 500


class Record:
    """One object of a problem, and where it stands in it."""

    def __init__(self, data: object, where: str = WHOLE) -> None:
        if not isinstance(data, Mapping):
            raise BadInput(
                gettext_noop("%(where)s: an object with keys is expected here."),
                where=where,
            )
        self._data: Mapping[str, Any] = data
        self._left = set(data)
        self.where = where

    def has(self, key: str) -> bool:
        """Whether the key is there and not null; a null key is as good as none."""
        if self._data.get(key) is None:
            self._left.discard(key)
            return False
        return True

    def text(self, key: str, default: Any = _NEEDED) -> str:
        """Return words that are not empty."""
        value = self._take(key, default)
        if value is default:
            return value  # type: ignore[no-any-return]  # the caller's own default
        if not isinstance(value, str) or not value.strip() or len(value) > LONGEST_TEXT:
            raise self.wrong(
                key, gettext_noop("%(where)s: %(key)s has to be a short text.")
            )
        return value.strip()

    def one_of(self, key: str, known: Collection[str], default: Any = _NEEDED) -> str:
        """Return one of some known words."""
        value = self.text(key, default)
        if value is not default and value not in known:
            raise self.wrong(
                key,
                gettext_noop(
                    "%(where)s: %(key)s is “%(value)s”, which is not known. "
                    "Known are: %(known)s."
                ),
                value=value,
                known=_short(known),
            )
        return value

    def known(self, key: str, names: Collection[str]) -> str:
        """Return a name that stands elsewhere in the problem."""
        name = self.text(key)
        if name not in names:
            raise not_known(self.where, key, name)
        return name

    def number(
        self,
        key: str,
        *,
        least: float = 0.0,
        most: float = 1e15,
        default: Any = _NEEDED,
    ) -> float:
        """Return a finite number between two bounds."""
        value = self._take(key, default)
        return value if value is default else self._number(key, value, least, most)

    def whole(
        self, key: str, *, least: int = 0, most: int = 10**9, default: Any = _NEEDED
    ) -> int:
        """Return a whole number between two bounds."""
        value = self._take(key, default)
        if value is default:
            return value  # type: ignore[no-any-return]  # the caller's own default
        number = self._number(key, value, least, most)
        if number != int(number):
            raise self.wrong(
                key,
                gettext_noop(
                    "%(where)s: %(key)s is %(value)s; a whole number is expected."
                ),
                value=value,
            )
        return int(number)

    def flag(self, key: str, default: Any = _NEEDED) -> bool:
        """Return true or false."""
        value = self._take(key, default)
        if not isinstance(value, bool):
            raise self.wrong(
                key, gettext_noop("%(where)s: %(key)s has to be true or false.")
            )
        return value

    def day(self, key: str, default: Any = _NEEDED) -> date:
        """Return a date, written 2026-11-25."""
        value = self._take(key, default)
        if value is default:
            return value  # type: ignore[no-any-return]  # the caller's own default
        try:
            return date.fromisoformat(value)
        except (TypeError, ValueError):
            raise self.wrong(
                key,
                gettext_noop(
                    "%(where)s: %(key)s is %(value)s; write a date as 2026-11-25."
                ),
                value=value,
            ) from None

    def texts(self, key: str, default: Any = _NEEDED) -> tuple[str, ...]:
        """Return a list of words."""
        values = self._list(key, default)
        if not all(isinstance(value, str) and value.strip() for value in values):
            raise self.wrong(
                key, gettext_noop("%(where)s: %(key)s has to be a list of texts.")
            )
        return tuple(value.strip() for value in values)

    def numbers(
        self,
        key: str,
        n: int | None = None,
        *,
        least: float = 0.0,
        most: float = 1e15,
        default: Any = _NEEDED,
    ) -> NDArray[np.float64]:
        """Return a list of numbers. Shape: (n,)."""
        values = self._list(key, default)
        if n is not None and len(values) != n:
            raise self.wrong(
                key,
                gettext_noop(
                    "%(where)s: %(key)s has %(found)s numbers; %(n)s are expected."
                ),
                found=len(values),
                n=n,
            )
        return np.array([self._number(key, each, least, most) for each in values])

    def years(self, key: str, *, n_most: int, most: float) -> NDArray[np.float64]:
        """Return a number for each of some years, at least one. Shape: (n_years,)."""
        numbers = self.numbers(key, most=most)
        if not 0 < len(numbers) <= n_most:
            raise self.wrong(
                key,
                gettext_noop("%(where)s: %(key)s has to name 1 to %(most)s years."),
                most=n_most,
            )
        return numbers

    def matrix(
        self,
        key: str,
        shape: tuple[int, int],
        *,
        least: float = 0.0,
        most: float = 1e15,
    ) -> NDArray[np.float64]:
        """Return a list of lists of numbers. A null is a number that is missing: refused."""
        values = self._list(key, _NEEDED)
        if len(values) != shape[0]:
            raise self.wrong(
                key,
                gettext_noop(
                    "%(where)s: %(key)s has %(found)s rows; %(n)s are expected."
                ),
                found=len(values),
                n=shape[0],
            )
        rows = [
            Record({key: row}, self._under(f"{key}, row {at}")).numbers(
                key, shape[1], least=least, most=most
            )
            for at, row in enumerate(values, 1)
        ]
        return np.array(rows).reshape(shape)

    def record(self, key: str) -> Record:
        """Return the object under a key."""
        return Record(self._take(key, _NEEDED), self._under(key))

    def rows(
        self, key: str, *, most: int, default: Any = _NEEDED, unique: str = "id"
    ) -> Iterator[Record]:
        """
        Yield the objects of a list, each with its number and id in `where`.

        Errors: BadInput when there are more than `most`, or two have the same `unique`
        (empty: not asked).
        """
        values = self._list(key, default)
        if len(values) > most:
            raise self.wrong(
                key,
                gettext_noop(
                    "%(where)s: %(key)s has %(found)s rows; at most %(most)s can be "
                    "planned at once. Divide the problem, by province for instance."
                ),
                found=len(values),
                most=most,
            )
        seen: dict[object, int] = {}
        for at, value in enumerate(values, 1):
            name = value.get(unique) if isinstance(value, Mapping) else None
            place = self._under(f"{key}, row {at}")
            place += f" ({name})" if name is not None else ""
            row = Record(value, place)
            if unique and name is not None:
                if name in seen:
                    raise BadInput(
                        gettext_noop(
                            "%(where)s: row %(first)s has the same %(key)s. "
                            "Each may stand only once."
                        ),
                        where=place,
                        first=seen[name],
                        key=unique,
                    )
                seen[name] = at
            yield row

    def done(self) -> None:
        """Refuse keys that were never asked for."""
        if self._left:
            raise BadInput(
                gettext_noop("%(where)s: %(keys)s is not known here. Is it misspelt?"),
                where=self.where,
                keys=_short(sorted(map(str, self._left))),
            )

    def wrong(self, key: str, sentence: str, **params: object) -> BadInput:
        """Return the error to raise about one key."""
        return BadInput(sentence, where=self.where, key=key, **params)

    def _under(self, key: str) -> str:
        return key if self.where == WHOLE else f"{self.where}, {key}"

    def _take(self, key: str, default: Any) -> Any:
        self._left.discard(key)
        value = self._data.get(key)
        if value is None:
            if default is _NEEDED:
                raise self.wrong(key, gettext_noop("%(where)s: %(key)s is missing."))
            return default
        return value

    def _list(self, key: str, default: Any) -> list[Any]:
        value = self._take(key, default)
        if not isinstance(value, (list, tuple)):
            raise self.wrong(key, gettext_noop("%(where)s: %(key)s has to be a list."))
        return list(value)

    def _number(self, key: str, value: object, least: float, most: float) -> float:
        if isinstance(value, bool) or not isinstance(value, (int, float)):
            raise self.wrong(
                key,
                gettext_noop("%(where)s: %(key)s is %(value)s; a number is expected."),
                value=_short([str(value)]),
            )
        if not math.isfinite(value) or not least <= value <= most:
            raise self.wrong(
                key,
                gettext_noop(
                    "%(where)s: %(key)s is %(value)s; it has to lie between %(least)s "
                    "and %(most)s."
                ),
                value=f"{value:g}" if isinstance(value, float) else value,
                least=f"{least:g}",
                most=f"{most:g}",
            )
        return float(value)


AnyMove = TypeVar("AnyMove")


def read_earlier(
    problem: Record, read: Callable[[Record], AnyMove], *, most: int, unique: str
) -> Earlier[AnyMove] | None:
    """Return the plan that was decided, if any; `read` reads one of its moves."""
    if not problem.has("earlier"):
        return None
    given = problem.record("earlier")
    moves = []
    for row in given.rows("moves", most=most, unique=unique):
        moves.append(read(row))
        row.done()
    earlier = Earlier(tuple(moves), given.number("price", most=1e9))
    given.done()
    return earlier


def write_earlier(earlier: Earlier[Any] | None) -> dict[str, object] | None:
    """Return an earlier plan as `read_earlier` takes it."""
    if earlier is None:
        return None
    return {"price": earlier.price, "moves": [asdict(move) for move in earlier.moves]}


def not_known(where: str, key: str, value: str) -> BadInput:
    """Return the error of a name that stands nowhere else in the problem."""
    sentence = gettext_noop("%(where)s: %(key)s “%(value)s” is not in the problem.")
    return BadInput(sentence, where=where, key=key, value=value)


def contradiction(where: str, first: int) -> BadInput:
    """Return the error of two pins that cannot both stand."""
    return BadInput(
        gettext_noop(
            "%(where)s: it contradicts what row %(first)s pins. Take one of the two out."
        ),
        where=where,
        first=first,
    )


def _short(words: Collection[str]) -> str:
    line = ", ".join(words)
    return line if len(line) <= 200 else line[:199] + "…"
