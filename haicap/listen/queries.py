"""What the pages of LISTEN ask, across several nouns; each returns frozen rows."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, time
from typing import Any

from django.db.models import Count, Min, Q
from django.utils import timezone

from haicap.listen.models import Document, Round, Statement
from haicap.listen.states import UNSURE_BELOW, DocumentState, StatementState
from haicap.people import permissions
from haicap.people.models import User
from haicap.places.models import Unit


PAGE = 50

# Each tab of the list of files: its key, and the files that it shows.
OFFICE_TABS: dict[str, Q] = {
    "check": Q(state=DocumentState.READ, submitted_at__isnull=False),
    "reading": Q(state__in=[DocumentState.WAITING, DocumentState.READING]),
    "trouble": Q(state__in=[DocumentState.FAULTY, DocumentState.UNREADABLE]),
    "checked": Q(state=DocumentState.CHECKED),
    "left": Q(state__in=[DocumentState.REFUSED, DocumentState.WITHDRAWN]),
}
COMMUNE_TABS: dict[str, Q] = {
    "all": Q(),
    "approve": Q(state=DocumentState.READ, submitted_at__isnull=True),
    "sent": Q(submitted_at__isnull=False)
    & ~Q(state__in=[DocumentState.WITHDRAWN, DocumentState.REFUSED]),
    "trouble": Q(state__in=[DocumentState.FAULTY, DocumentState.UNREADABLE]),
}

AGENCY_TABS: dict[str, Q] = {"all": Q()}


@dataclass(frozen=True)
class DocumentRow:
    """A file in a list, with how much the machine read in it."""

    document: Document
    total: int
    unsure: int
    open: int


@dataclass(frozen=True)
class DocumentPage:
    """One page of files, the oldest or the newest first, and where the next begins."""

    rows: Sequence[DocumentRow]
    counts: dict[str, int]
    next_after: int | None


def tabs_for(user: User) -> dict[str, Q]:
    """Return the tabs that this person's list of files has."""
    if permissions.reaches_province(user, "read_submitted"):
        return OFFICE_TABS
    return COMMUNE_TABS if user.unit_ids else AGENCY_TABS


def documents(
    user: User,
    *,
    tab: str,
    after: int | None = None,
    round_id: int | None = None,
    unit_code: str = "",
) -> DocumentPage:
    """
    Return a page of the files that the person may see, four queries whatever its size.

    What waits stands oldest first, what is done newest first; `after` is the last file
    of the page before, so that the last page is as fast as the first.
    """
    tabs = tabs_for(user)
    files = Document.objects.visible_to(user)
    if round_id is not None:
        files = files.filter(round_id=round_id)
    if unit_code:
        files = files.filter(unit__code=unit_code)
    counts = files.order_by().aggregate(
        **{
            name: Count("pk", filter=q) if q else Count("pk")
            for name, q in tabs.items()
        }
    )
    is_queue = tab in ("check", "reading", "trouble", "approve")
    files = files.filter(tabs[tab]).order_by("pk" if is_queue else "-pk")
    if after is not None:
        files = files.filter(pk__gt=after) if is_queue else files.filter(pk__lt=after)
    found = list(files.select_related("round", "unit", "sent_by")[: PAGE + 1])
    shown = found[:PAGE]
    tallies = statement_counts(document.pk for document in shown)
    rows = [DocumentRow(one, *tallies.get(one.pk, (0, 0, 0))) for one in shown]
    more = shown[-1].pk if len(found) > PAGE else None
    return DocumentPage(rows, counts, more)


def statement_counts(document_ids: Iterable[int]) -> dict[int, tuple[int, int, int]]:
    """Return, a file: its statements, the unsure open ones, and the open ones."""
    proposed = Q(state=StatementState.PROPOSED)
    rows = (
        Statement.objects.filter(document_id__in=list(document_ids))
        .order_by()
        .values("document_id")
        .annotate(
            total=Count("pk"),
            unsure=Count("pk", filter=proposed & Q(confidence__lt=UNSURE_BELOW)),
            open=Count("pk", filter=proposed),
        )
    )
    return {
        row["document_id"]: (row["total"], row["unsure"], row["open"]) for row in rows
    }


# --- rounds ---------------------------------------------------------------------


@dataclass(frozen=True)
class RoundRow:
    """A round in a list, with how many of the communes have sent something."""

    round: Round
    n_sent: int
    n_units: int
    n_documents: int
    is_open: bool


def rounds(*, today: Any, limit: int = 100) -> list[RoundRow]:
    """Return the newest rounds, two queries."""
    standing = Q(documents__submitted_at__isnull=False) & ~Q(
        documents__state__in=[DocumentState.WITHDRAWN, DocumentState.REFUSED]
    )
    n_units = Unit.objects.commune_level().count()
    found = Round.objects.annotate(
        n_sent=Count("documents__unit", filter=standing, distinct=True),
        n_documents=Count("documents", filter=standing, distinct=True),
    )[:limit]
    return [
        RoundRow(one, one.n_sent, n_units, one.n_documents, one.is_open(on=today))
        for one in found
    ]


@dataclass(frozen=True)
class UnitSquare:
    """A commune and whether it sent something to the round: sent, late or none."""

    code: str
    name: str
    state: str
    first_at: datetime | None


@dataclass(frozen=True)
class RoundPage:
    """Who has sent to a round and who has not."""

    round: Round
    squares: Sequence[UnitSquare]

    def those(self, state: str) -> list[UnitSquare]:
        """Return the communes in that state."""
        return [one for one in self.squares if one.state == state]


def round_page(round_: Round) -> RoundPage:
    """Return each commune with its first file for the round; two queries."""
    first = dict(
        Document.objects.submitted()
        .filter(round=round_, unit__isnull=False)
        .order_by()
        .values_list("unit_id")
        .annotate(Min("submitted_at"))
    )
    closes = timezone.make_aware(datetime.combine(round_.closes_on, time.max))
    squares = []
    for unit in Unit.objects.commune_level():
        at = first.get(unit.pk)
        state = "none" if at is None else "late" if at > closes else "sent"
        squares.append(UnitSquare(unit.code, unit.name, state, at))
    return RoundPage(round_, squares)
