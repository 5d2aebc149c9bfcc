"""A statement's recommendations: one row a unit, kept in step with what was accepted."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date, datetime
from typing import Any

from django.db.models import QuerySet

from haicap.core.text.fold import fold_vi
from haicap.core.text.marks import Paragraph, paragraph_at, paragraphs
from haicap.listen import policies
from haicap.listen.models import Document, Recommendation, Statement
from haicap.listen.states import (
    RecommendationState,
    Source,
    StatementKind,
    StatementState,
)
from haicap.places.models import Unit


# What follows the statement; everything else of a row is set once.
FOLLOWS = (
    "said_by",
    "text",
    "difficulty",
    "field",
    "fields",
    "addressee",
    "deadline",
    "source",
    "state",
)
KEPT = (*FOLLOWS, "version", "accepted_at")


def of(document: Document) -> dict[int, list[Recommendation]]:
    """Return the rows of the file's statements, locked, by statement."""
    rows: dict[int, list[Recommendation]] = {}
    found = Recommendation.objects.select_for_update(of=("self",))
    for row in found.filter(document=document).order_by("pk"):
        rows.setdefault(row.statement_id, []).append(row)
    return rows


def dump(rows: Iterable[Recommendation]) -> dict[str, dict[str, Any]]:
    """Return the rows as JSON keeps them, so that an undo can restore them."""
    return {str(row.pk): {name: plain(row, name) for name in KEPT} for row in rows}


def plain(row: Recommendation, name: str) -> Any:
    """Return one column of a row as JSON keeps it."""
    value = getattr(row, name)
    return value.isoformat() if isinstance(value, (date, datetime)) else value


def renew(
    *,
    document: Document,
    statements: Sequence[Statement],
    rows: dict[int, list[Recommendation]],
    at: datetime,
) -> int:
    """
    Make the rows say what these statements say now; return how many stand.

    One row for each unit that says it; no unit named: one row without a unit. A row that
    is no longer asked for is withdrawn, and comes back as the same row.
    Errors: NotNow when a row that would change is already in a case.
    """
    asking = [each for each in statements if asks(each)]
    units = by_code(asking)
    difficulties = near(document) if asking else []
    places = paragraphs(body(document)) if asking else []
    fresh: list[Recommendation] = []
    changed: list[Recommendation] = []
    for statement in statements:
        known = {row.unit_id: row for row in rows.get(statement.pk, ())}
        wanted = {units[code] for code in statement.units} if asks(statement) else set()
        targets: set[int | None] = set(wanted)
        if asks(statement) and not wanted:
            targets = {None}
        values = (
            words(statement, difficulties=difficulties, places=places)
            if targets
            else {}
        )
        for unit_id in sorted(targets, key=lambda pk: pk or 0):
            row = known.pop(unit_id, None)
            if row is None:
                fresh.append(new(document, statement, unit_id, values, at))
            elif changes(row, values):
                was_standing = row.state == RecommendationState.ACCEPTED
                row.accepted_at = row.accepted_at if was_standing else at
                changed.append(set_to(row, values))
        changed += [
            set_to(row, {"state": str(RecommendationState.WITHDRAWN)})
            for row in known.values()
            if row.state == RecommendationState.ACCEPTED
        ]
    save(fresh, changed)
    return sum(1 for row in (*fresh, *changed) if row.state == "accepted")


def restore(
    *, rows: dict[int, list[Recommendation]], before: dict[int, dict[str, Any]]
) -> None:
    """
    Make the rows of each statement what its `before` says; rows made since withdraw.

    Errors: NotNow when a row that would change is already in a case.
    """
    changed = []
    for statement_id, kept in before.items():
        for row in rows.get(statement_id, ()):
            values = kept.get(str(row.pk))
            if values is None:
                if row.state == RecommendationState.ACCEPTED:
                    changed.append(set_to(row, {"state": "withdrawn"}))
            elif values != {name: plain(row, name) for name in KEPT}:
                for name in KEPT:
                    setattr(row, name, lively(name, values[name]))
                changed.append(row)
    save([], changed)


def lively(name: str, value: Any) -> Any:
    """Return what JSON kept of a column as the column holds it."""
    if value and name == "deadline":
        return date.fromisoformat(value)
    if value and name == "accepted_at":
        return datetime.fromisoformat(value)
    return value


def asks(statement: Statement) -> bool:
    """Return whether the statement stands as a recommendation."""
    return (
        statement.state == StatementState.ACCEPTED
        and statement.kind == StatementKind.RECOMMENDATION
    )


def by_code(statements: Iterable[Statement]) -> dict[str, int]:
    """Return the keys of the units that these statements name."""
    codes = {code for each in statements for code in each.units}
    if not codes:
        return {}
    return dict(Unit.objects.filter(code__in=codes).values_list("code", "pk"))


def near(document: Document) -> list[Statement]:
    """Return the difficulties of the file that were not dismissed."""
    rows: QuerySet[Statement] = document.statements.filter(
        kind=StatementKind.DIFFICULTY
    ).exclude(state=StatementState.REJECTED)
    return list(rows)


def body(document: Document) -> str:
    """Return the file's text."""
    text: str = document.body.text
    return text


def words(
    statement: Statement, *, difficulties: list[Statement], places: list[Paragraph]
) -> dict[str, Any]:
    """Return what a row takes from its statement."""
    return {
        "said_by": statement.speaker,
        "text": statement.text,
        "difficulty": behind(statement, difficulties, places),
        "field": statement.fields[0] if statement.fields else "other",
        "fields": list(statement.fields),
        "addressee": statement.addressee,
        "deadline": statement.deadline,
        "source": str(Source.WORKBOOK if statement.line else Source.DOCUMENT),
        "state": str(RecommendationState.ACCEPTED),
    }


def behind(
    statement: Statement, difficulties: list[Statement], places: list[Paragraph]
) -> str:
    """
    Return the words of the difficulty behind an ask, or nothing.

    In a workbook: the one of the same row. In a text: the nearest one of the same speaker
    in the same paragraph.
    """
    here = paragraph_at(places, statement.start)
    near_ones = [
        each
        for each in difficulties
        if each.pk != statement.pk
        and (
            each.line == statement.line
            if statement.line
            else each.speaker == statement.speaker
            and paragraph_at(places, each.start) == here
        )
    ]
    nearest = min(near_ones, key=lambda each: gap(each, statement), default=None)
    return nearest.text if nearest else ""


def gap(one: Statement, other: Statement) -> tuple[int, int]:
    """Return how far apart two statements stand; of two as near, the first one."""
    return max(one.start - other.end, other.start - one.end, 0), one.start


def changes(row: Recommendation, values: dict[str, Any]) -> bool:
    """Return whether the row says something else than `values`."""
    return any(getattr(row, name) != value for name, value in values.items())


def new(
    document: Document,
    statement: Statement,
    unit_id: int | None,
    values: dict[str, Any],
    at: datetime,
) -> Recommendation:
    """Return a row that is not saved yet."""
    return Recommendation(
        round_id=document.round_id,
        document=document,
        statement=statement,
        unit_id=unit_id,
        accepted_at=at,
        is_demo=document.is_demo,
        **values,
    )


def set_to(row: Recommendation, values: dict[str, Any]) -> Recommendation:
    """Return the row with `values`, one version further."""
    for name, value in values.items():
        setattr(row, name, value)
    row.version += 1
    return row


def save(fresh: list[Recommendation], changed: list[Recommendation]) -> None:
    """Write the rows, all in one go: a statement may speak for 129 units."""
    policies.check_asks_free(changed)
    for row in (*fresh, *changed):
        row.search = fold_vi(f"{row.text} {row.difficulty} {row.said_by}")
    Recommendation.objects.bulk_create(fresh)
    Recommendation.objects.bulk_update(changed, [*KEPT, "search"])
