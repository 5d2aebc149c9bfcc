"""
Lists whose address is their filter: parsed once, paged by keyset, counted to a bound.

The last page costs what the first does: a page is found by the values of the row before it,
never by skipping rows.
"""

from __future__ import annotations

import base64
import binascii
import json
from collections.abc import Hashable, Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any, ClassVar, Generic, NamedTuple, TypeVar
from urllib.parse import urlencode

from django.core.exceptions import ValidationError
from django.db.models import Model, Q, QuerySet
from django.http import QueryDict
from django.utils.translation import gettext as _

from haicap.core.text.fold import fold_vi
from haicap.desk.kept import Kept
from haicap.people.models import SavedView, User


PAGE = 50
COUNTED_TO = 10_000  # beyond, the page says "more than"

Row = TypeVar("Row", bound=Model)


def containing(queryset: QuerySet[Any], words: str) -> QuerySet[Any]:
    """Return the rows whose search form holds every word, with or without marks."""
    for word in fold_vi(words).split()[:8]:
        queryset = queryset.filter(search__contains=word)
    return queryset


class ListFilter:
    """
    The filters of a list: for each of `names` a method `by_<name>` narrows the rows.

    Unknown names and values are passed over: an address that somebody typed is never an
    error. No form stands behind it, since building one was a tenth of a page.
    """

    names: ClassVar[tuple[str, ...]] = ("q", "field", "round")

    def __init__(self, params: QueryDict) -> None:
        self.params = params

    def narrow(self, rows: QuerySet[Any]) -> QuerySet[Any]:
        """Return those of the rows that the address asks for."""
        for name in self.names:
            chosen = self.chosen(name)
            if chosen:
                rows = getattr(self, f"by_{name}")(rows, chosen)
        return rows

    def chosen(self, name: str) -> list[str]:
        """Return every value of a filter that the address names."""
        values = (value.strip() for value in self.params.getlist(name))
        return [value for value in values if value and "\0" not in value]

    def by_q(self, rows: QuerySet[Any], chosen: list[str]) -> QuerySet[Any]:
        """Return the rows that hold every word."""
        return containing(rows, " ".join(chosen))

    def by_field(self, rows: QuerySet[Any], chosen: list[str]) -> QuerySet[Any]:
        """Return the rows whose main field is any of these."""
        return rows.filter(field__in=chosen)

    def by_round(self, rows: QuerySet[Any], chosen: list[str]) -> QuerySet[Any]:
        """Return the rows that came in with any of the rounds."""
        known = [value for value in chosen if value.isdecimal()]
        return rows.filter(round_id__in=known)


@dataclass(frozen=True)
class Order:
    """One order of a list: its keys, each with its direction, ending in the row number."""

    name: str
    label: str
    keys: tuple[str, ...]  # like order_by: "-id", "due_sort"

    def reversed(self) -> tuple[str, ...]:
        """Return the keys the other way round."""
        return tuple(key[1:] if key.startswith("-") else f"-{key}" for key in self.keys)


@dataclass(frozen=True)
class Chip:
    """A filter that is set: how it reads, and the address without it."""

    label: str
    remove: str


@dataclass(frozen=True)
class Slice(Generic[Row]):
    """One page of rows with the addresses of its neighbours; empty strings for none."""

    rows: list[Row]
    first: str
    previous: str
    next: str
    last: str


def seal(values: Sequence[Any]) -> str:
    """Return the keys of a row as one word for the address."""
    text = json.dumps([str(value) for value in values], separators=(",", ":"))
    return base64.urlsafe_b64encode(text.encode()).decode().rstrip("=")


def unseal(word: str, model: type[Model], keys: Sequence[str]) -> list[Any] | None:
    """Return the keys again, or None when the word is not one of ours."""
    try:
        padded = word + "=" * (-len(word) % 4)
        values = json.loads(base64.urlsafe_b64decode(padded))
        names: Any = model._meta
        return [
            names.get_field(key.removeprefix("-")).to_python(value)
            for key, value in zip(keys, values, strict=True)
        ]
    except (binascii.Error, ValueError, TypeError, AttributeError, ValidationError):
        return None


def after(keys: Sequence[str], values: Sequence[Any]) -> Q:
    """Return the condition of the rows that come after those values in that order."""
    condition, equal = Q(), Q()
    for key, value in zip(keys, values, strict=True):
        name = key.removeprefix("-")
        step = "lt" if key.startswith("-") else "gt"
        condition |= equal & Q(**{f"{name}__{step}": value})
        equal &= Q(**{name: value})
    return condition


def slice_of(
    queryset: QuerySet[Row], order: Order, params: QueryDict, *, size: int = PAGE
) -> Slice[Row]:
    """Return the page that the address asks for: one query, whatever its place."""
    back = "before" in params or params.get("page") == "last"
    keys = order.reversed() if back else order.keys
    word = params.get("before") or params.get("after") or ""
    values = unseal(word, queryset.model, keys) if word else None
    if values is not None:
        queryset = queryset.filter(after(keys, values))
    rows = list(queryset.order_by(*keys)[: size + 1])
    more = len(rows) > size
    rows = rows[:size]
    if back:
        rows.reverse()
    return Slice(
        rows=rows,
        first=address(params) if word or back else "",
        previous=_step(params, "before", order, rows[0])
        if rows and (more if back else bool(word))
        else "",
        next=_step(params, "after", order, rows[-1])
        if rows and (bool(word) if back else more)
        else "",
        last=address(params, page="last")
        if rows and (more or word) and not back
        else "",
    )


def _step(params: QueryDict, name: str, order: Order, row: Model) -> str:
    values = [getattr(row, key.removeprefix("-")) for key in order.keys]
    return address(params, **{name: seal(values)})


PLACE = ("before", "after", "page")


def address(params: QueryDict, *, without: Iterable[str] = (), **changes: str) -> str:
    """Return the list's address with the same filters, from its first page."""
    gone = {*PLACE, *without, *changes}
    pairs = [
        (name, value)
        for name, values in params.lists()
        if name not in gone
        for value in values
        if value
    ]
    return "?" + urlencode([*pairs, *changes.items()])


def without_value(params: QueryDict, name: str, value: str) -> str:
    """Return the address without one value of a filter that holds several."""
    pairs = [
        (key, each)
        for key, values in params.lists()
        if key not in PLACE
        for each in values
        if each and (key, each) != (name, value)
    ]
    return "?" + urlencode(pairs)


def query_of(params: QueryDict) -> str:
    """Return the filter part of the address, as a saved view keeps it."""
    return address(params).removeprefix("?")


def bounded(queryset: QuerySet[Any]) -> int:
    """Return the count, or COUNTED_TO + 1 when there are more."""
    return queryset.order_by().values("pk")[: COUNTED_TO + 1].count()


def size_of(
    queryset: QuerySet[Any],
    part: Slice[Any],
    params: QueryDict,
    tabs: Iterable[Tab],
    kept: Kept,
    key: Hashable,
) -> int:
    """
    Return how many rows the filter finds, counted to the bound.

    The only page of a list is its own count, and a view of the house has counted
    already; otherwise one count holds until something changes. `key` says whose rows of
    which list these are.
    """
    if not (part.first or part.previous or part.next or part.last):
        return len(part.rows)
    for tab in tabs:
        if tab.current and tab.count is not None:
            return tab.count
    return kept.get(("size", key, query_of(params)), lambda: bounded(queryset))


def how_many(n: int) -> str:
    """Return `612`, or `more than 10,000`."""
    if n > COUNTED_TO:
        return _("more than %(n)s") % {"n": f"{COUNTED_TO:,}".replace(",", ".")}
    return f"{n:,}".replace(",", ".")


@dataclass(frozen=True)
class Tab:
    """A saved view: the house's or one's own."""

    label: str
    url: str
    current: bool
    count: int | None = None
    late: bool = False
    own: bool = False
    pk: int | None = None


class Option(NamedTuple):
    """One choice of a filter as the page shows it."""

    value: str
    label: str
    chosen: bool


@dataclass(frozen=True)
class Choice:
    """One filter of a list with its options."""

    name: str
    label: str
    options: tuple[Option, ...] = ()
    is_rare: bool = False  # offered only while it is set: pages link to it

    @property
    def is_offered(self) -> bool:
        """Return whether the list shows the filter among those to choose from."""
        return not self.is_rare or self.n_chosen > 0

    @property
    def n_chosen(self) -> int:
        """Return how many options are set."""
        return sum(option.chosen for option in self.options)


def choice(
    params: QueryDict,
    name: str,
    label: str,
    options: Iterable[tuple[str, str]],
    *,
    is_rare: bool = False,
) -> Choice:
    """Return a filter with the options that the address sets marked."""
    shown = marked(tuple(options), frozenset(params.getlist(name)))
    return Choice(name, label, shown, is_rare=is_rare)


# A list offers 290 options, and hardly any differs from one page to the next.
@lru_cache(maxsize=64)
def marked(
    options: tuple[tuple[str, str], ...], chosen: frozenset[str]
) -> tuple[Option, ...]:
    """Return the options, those that are chosen marked."""
    return tuple(Option(value, text, value in chosen) for value, text in options)


def chips(params: QueryDict, choices: Iterable[Choice]) -> list[Chip]:
    """Return the set filters, readable aloud, each with the address without it."""
    found = []
    words = params.get("q", "").strip()
    if words:
        label = _("holds “%(words)s”") % {"words": words}
        found.append(Chip(label, address(params, without=["q"])))
    for one in choices:
        for option in one.options:
            if option.chosen:
                found.append(
                    Chip(
                        f"{one.label}: {option.label}",
                        without_value(params, one.name, option.value),
                    )
                )
    return found


def own_views(
    user: User, page: str, params: QueryDict, url: str, kept: Kept
) -> list[Tab]:
    """Return the views that this person saved for this list."""
    here = query_of(params)
    views = kept.get(
        ("views", user.pk, page),
        lambda: list(SavedView.objects.filter(user=user, page=page)),
    )
    return [
        Tab(
            label=view.name,
            url=f"{url}?{view.query}",
            current=view.query == here,
            own=True,
            pk=view.pk,
        )
        for view in views
    ]


def sentence(found: Iterable[Chip]) -> str:
    """Return the filters as one sentence for the head of an export."""
    words = "; ".join(chip.label for chip in found)
    return words or _("all rows")
