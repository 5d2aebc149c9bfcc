"""
Answers that hold until the ledger grows, kept in the memory of one process.

Every change writes a line, so the head's hash names the state of the whole database: a
figure computed under it is exact for as long as it stands, on every process, with no
time to live and nobody to tell. Reading the head costs one row.
"""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable, Hashable
from threading import Lock
from typing import Any, TypeVar

from django.db import connection

from haicap.ledger.models import Head
from haicap.people import permissions
from haicap.people.models import User


T = TypeVar("T")
MOST = 500  # small figures and short lists; the least used go first

_kept: OrderedDict[Hashable, tuple[str, Any]] = OrderedDict()
_lock = Lock()


class Kept:
    """The kept answers of one request; its head is read once, before any figure."""

    def __init__(self) -> None:
        # Inside a transaction one sees what may never be committed: nothing is kept.
        self.off = connection.in_atomic_block
        self.head = ""
        if not self.off:
            self.head = Head.objects.values_list("hash", flat=True).get(pk=1)

    def get(self, key: Hashable, ask: Callable[[], T]) -> T:
        """Return what `ask` returned under this head, asking when nobody has yet."""
        if self.off:
            return ask()
        with _lock:
            head, value = _kept.get(key, ("", None))
            if head == self.head:
                _kept.move_to_end(key)
                return value  # type: ignore[no-any-return]
        value = ask()
        with _lock:
            _kept[key] = (self.head, value)
            _kept.move_to_end(key)
            while len(_kept) > MOST:
                _kept.popitem(last=False)
        return value


def forget() -> None:
    """Keep nothing any more: for whoever writes rows without the ledger, as tests do."""
    with _lock:
        _kept.clear()


def scope(user: User) -> Hashable:
    """Return what decides which rows this person sees: people alike share figures."""
    if permissions.reaches_province(user, "read_submitted"):
        return "province"
    return (frozenset(user.unit_ids), frozenset(user.agency_ids))
