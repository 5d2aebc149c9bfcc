"""What the pages of the working calendar show: each special day, and who decided it."""

from __future__ import annotations

import uuid
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, time

from django.urls import reverse
from django.utils.translation import gettext as _

from haicap.core.deadlines.calendar import Decision
from haicap.ledger.models import Event, Kind
from haicap.people import permissions
from haicap.people.models import User
from haicap.places.announced import announced
from haicap.places.models import CalendarDecision, SpecialDayKind, Unit
from haicap.resolve.models import Case
from haicap.resolve.moves import Move, Moves
from haicap.resolve.policies_calendar import label
from haicap.ui.sheets import Cell, Column
from haicap.ui.sheets import Kind as CellKind
from haicap.ui.templatetags.hc import weekday


SHOWN = 200  # moves of one page; all of them are in the workbook
PART = 5_000  # rows of one workbook, as the rights matrix says


@dataclass(frozen=True)
class Tab:
    """A year of the calendar, as a tab."""

    label: str
    url: str
    current: bool
    count: int | None = None
    own: bool = False


@dataclass(frozen=True)
class Day:
    """One special day of a year."""

    day: date
    kind: str
    name: str
    basis: str
    place: str
    verified: bool
    counts: bool  # a switch that is off does not
    is_makeup: bool = False
    until: time | None = None
    group: uuid.UUID | None = None


@dataclass(frozen=True)
class Entered:
    """A decision that the office entered, with who and when."""

    group: uuid.UUID
    days: Sequence[CalendarDecision]
    entered_by: str
    withdrawn_by: str

    @property
    def first(self) -> CalendarDecision:
        """Return the day that speaks for all: they share document and name."""
        return self.days[0]


@dataclass(frozen=True)
class Year:
    """A year of the working calendar, as its page shows it."""

    year: int
    tabs: list[Tab]
    days: list[Day]
    entered: list[Entered]
    may_change: bool


@dataclass(frozen=True)
class Shown:
    """What would move, as far as the person may see it."""

    moves: Moves
    seal: str
    n_open: int
    n_others: int
    rows: list[tuple[Move, Case]] = field(default_factory=list)
    parts: list[int] = field(default_factory=list)
    hides_cases: bool = False


def year_page(year: int, user: User) -> Year:
    """Return one year: three queries, whatever it holds."""
    decisions = list(CalendarDecision.objects.order_by("day", "pk"))
    names = dict(
        Unit.objects.filter(code__in={d.place for d in decisions}).values_list(
            "code", "name"
        )
    )
    return Year(
        year,
        [
            Tab(str(each), f"{reverse('resolve:calendar')}?year={each}", each == year)
            for each in years()
        ],
        days_of(year, [d for d in decisions if d.withdrawn_at is None], names),
        entered(decisions, year),
        permissions.has(user, "change_reference_data"),
    )


def years() -> list[int]:
    """Return the years that the calendar covers."""
    return sorted({row.day.year for row in announced()})


def days_of(
    year: int, standing: Sequence[CalendarDecision], names: dict[str, str]
) -> list[Day]:
    """Return the special days of a year; what the office entered replaces the table's."""
    replaced = {(row.day, row.place) for row in standing}
    found = [
        shown(row, names)
        for row in announced()
        if row.day.year == year and (row.day, row.place) not in replaced
    ]
    found += [
        shown(row.decision(), names, row.group)
        for row in standing
        if row.day.year == year
    ]
    return sorted(found, key=lambda each: (each.day, each.place))


def shown(row: Decision, names: dict[str, str], group: uuid.UUID | None = None) -> Day:
    """Return one special day in words."""
    kind = SpecialDayKind(row.special.kind.value)
    return Day(
        row.day,
        str(kind.label),
        label(row.special),
        row.special.legal_basis,
        names.get(row.place, row.place) or _("The whole country"),
        row.special.verified,
        row.active,
        kind is SpecialDayKind.MAKE_UP_WORKING_DAY,
        row.special.until,
        group,
    )


def entered(rows: Sequence[CalendarDecision], year: int) -> list[Entered]:
    """Return the decisions with a day in that year, the newest first; one query."""
    groups: dict[uuid.UUID, list[CalendarDecision]] = defaultdict(list)
    for row in rows:
        groups[row.group].append(row)
    kinds = (Kind.CALENDAR_DECIDED, Kind.CALENDAR_WITHDRAWN)
    said = (
        {
            (subject, kind): by
            for subject, kind, by in Event.objects.filter(
                subject_type="calendardecision", kind__in=kinds
            ).values_list("subject_id", "kind", "by_name")
        }
        if groups
        else {}
    )
    found = []
    for group, days in groups.items():
        if not any(row.day.year == year for row in days):
            continue
        first = min(row.pk for row in days)
        found.append(
            Entered(
                group,
                days,
                said.get((first, Kind.CALENDAR_DECIDED.value), ""),
                said.get((first, Kind.CALENDAR_WITHDRAWN.value), ""),
            )
        )
    return sorted(found, key=lambda each: each.first.entered_at, reverse=True)


def shown_moves(moves: Moves, user: User) -> Shown:
    """Return the first rows of what moves; only figures for who reads no cases."""
    open_ = moves.open
    if not permissions.has(user, "read_submitted"):
        return Shown(moves, moves.seal, len(open_), moves.n_others, hides_cases=True)
    return Shown(
        moves,
        moves.seal,
        len(open_),
        moves.n_others,
        with_cases(in_order(open_)[:SHOWN], user),
        list(range(1, -(-len(open_) // PART) + 1)),
    )


def in_order(moves: Sequence[Move]) -> list[Move]:
    """Return the moves as a page lists them: what is due first stands first."""
    return sorted(moves, key=lambda each: (each.due_from or date.max, each.case))


def with_cases(moves: Sequence[Move], user: User) -> list[tuple[Move, Case]]:
    """Return each move with its case, of those that this person may see; one query."""
    keys = [each.case for each in moves]
    cases = Case.objects.visible_to(user).filter(pk__in=keys).select_related("lead")
    found = {case.pk: case for case in cases}
    return [(each, found[each.case]) for each in moves if each.case in found]


def move_columns() -> list[Column]:
    """Return the head of the workbook of what moves."""
    return [
        Column(_("Case"), 12),
        Column(_("Matter"), 60),
        Column(_("Leads"), 30),
        Column(_("Last day now"), 14, CellKind.DATE),
        Column(_("Last day after"), 14, CellKind.DATE),
    ]


def move_cells(rows: Sequence[tuple[Move, Case]]) -> list[list[Cell]]:
    """Return the rows of the workbook of what moves."""
    return [
        [
            case.code,
            case.title,
            case.lead.name if case.lead else None,
            move.due_from,
            move.due_to,
        ]
        for move, case in rows
    ]


def day_columns() -> list[Column]:
    """Return the head of the workbook of a year."""
    return [
        Column(_("Day"), 12, CellKind.DATE),
        Column(_("Weekday"), 12),
        Column(_("Kind"), 22),
        Column(_("Name"), 40),
        Column(_("Basis"), 50),
        Column(_("Where it holds"), 18),
        Column(_("Compared"), 16),
        Column(_("Counts"), 14),
    ]


def day_cells(days: Sequence[Day]) -> list[list[Cell]]:
    """Return the rows of the workbook of a year."""
    return [
        [
            each.day,
            weekday(each.day),
            each.kind,
            each.name,
            each.basis,
            each.place,
            _("compared") if each.verified else _("not compared"),
            _("counts") if each.counts else _("not yet clear"),
        ]
        for each in days
    ]
