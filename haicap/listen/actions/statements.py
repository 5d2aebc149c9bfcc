"""
A person settles what the machine proposed: right, corrected, dismissed, missed.

`proposed` is never touched; each step keeps what stood before, and a batch of steps goes
back together.
"""

from __future__ import annotations

import hashlib
import uuid
from collections.abc import Iterable, Sequence
from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from haicap.core.errors import BadInput
from haicap.core.text.marks import tight
from haicap.ledger.models import Kind, canonical
from haicap.ledger.record import record
from haicap.listen import policies
from haicap.listen.actions import asks
from haicap.listen.models import Document, Recommendation, Statement, StatementEdit
from haicap.listen.states import (
    STATEMENT_TRANSITIONS,
    DocumentState,
    StatementKind,
    StatementState,
)
from haicap.people import permissions
from haicap.people.models import User


CORRECTABLE = frozenset(Statement.CONTENT) - {"text", "state"}
Rows = dict[int, list[Recommendation]]


def stamp(statement: Statement) -> str:
    """
    Return the mark of what a form was opened on.

    The version alone would not do: an undo brings an old version back, and another
    correction may then reach the same number with other words.
    """
    text = canonical(statement.content() | {"version": statement.version})
    return f"{statement.version}-{hashlib.sha256(text.encode()).hexdigest()[:12]}"


@transaction.atomic
def accept(
    *, statement: Statement, by: User, at: datetime, seen: str = ""
) -> Statement:
    """Say that the machine was right; a recommendation becomes its units' asks."""
    document, statement = hold(statement, by=by, seen=seen)
    if statement.state == StatementState.ACCEPTED:
        return statement
    rows = asks.of(document)
    before = snapshot(statement, rows)
    settle(statement, StatementState.ACCEPTED, by=by, at=at)
    statement.save()
    n_asks = keep(document, [(statement, before)], rows, by=by, at=at)
    record(
        Kind.STATEMENT_ACCEPTED,
        subject=statement,
        by=by,
        at=at,
        document=document.pk,
        before=before["state"],
        asks=n_asks,
    )
    return statement


@transaction.atomic
def accept_above(
    *, document: Document, threshold: float, by: User, at: datetime
) -> list[Statement]:
    """Accept every proposed statement at least that sure (0-1), as one batch."""
    document = held(document, by=by)
    if not 0 <= threshold <= 1:
        raise BadInput(_("The confidence has to be between 0 and 100 per cent."))
    sure = list(
        document.statements.select_for_update(of=("self",)).filter(
            state=StatementState.PROPOSED, confidence__gte=threshold
        )
    )
    if not sure:
        return []
    rows = asks.of(document)
    steps = [(each, snapshot(each, rows)) for each in sure]
    for each in sure:
        settle(each, StatementState.ACCEPTED, by=by, at=at)
    Statement.objects.bulk_update(
        sure, ["state", "settled_by", "settled_at", "version"]
    )
    n_asks = keep(document, steps, rows, by=by, at=at)
    record(
        Kind.STATEMENTS_ACCEPTED,
        subject=document,
        by=by,
        at=at,
        threshold=threshold,
        statements=[each.pk for each in sure],
        asks=n_asks,
    )
    return sure


@transaction.atomic
def correct(
    *, statement: Statement, by: User, at: datetime, seen: str = "", **changes: Any
) -> Statement:
    """Make the statement what a person says it is; who corrects has also accepted."""
    document, statement = hold(statement, by=by, seen=seen)
    rows = asks.of(document)
    before = snapshot(statement, rows)
    put(statement, document, changes)
    settle(statement, StatementState.ACCEPTED, by=by, at=at)
    changed = [name for name in Statement.CONTENT if differs(statement, before, name)]
    if not changed:
        statement.refresh_from_db()
        return statement
    statement.save()
    n_asks = keep(document, [(statement, before)], rows, by=by, at=at)
    record(
        Kind.STATEMENT_CORRECTED,
        subject=statement,
        by=by,
        at=at,
        document=document.pk,
        changed=changed,
        asks=n_asks,
    )
    return statement


@transaction.atomic
def reject(
    *, statement: Statement, by: User, at: datetime, seen: str = ""
) -> Statement:
    """Say that this is no statement; its row stays, its asks are withdrawn."""
    document, statement = hold(statement, by=by, seen=seen)
    if statement.state == StatementState.REJECTED:
        return statement
    rows = asks.of(document)
    before = snapshot(statement, rows)
    settle(statement, StatementState.REJECTED, by=by, at=at)
    statement.save()
    keep(document, [(statement, before)], rows, by=by, at=at)
    record(
        Kind.STATEMENT_REJECTED,
        subject=statement,
        by=by,
        at=at,
        document=document.pk,
        before=before["state"],
    )
    return statement


@transaction.atomic
def add(
    *,
    document: Document,
    kind: str,
    start: int,
    end: int,
    by: User,
    at: datetime,
    **content: Any,
) -> Statement:
    """Add a statement that the machine missed, accepted at once."""
    document = held(document, by=by)
    statement = Statement(document=document, state=StatementState.ACCEPTED)
    put(statement, document, {"kind": kind, "start": start, "end": end, **content})
    statement.settled_by, statement.settled_at = by, at
    statement.save()
    n_asks = keep(document, [(statement, None)], {}, by=by, at=at)
    record(
        Kind.STATEMENT_ADDED,
        subject=statement,
        by=by,
        at=at,
        document=document.pk,
        what=statement.kind,
        start=statement.start,
        end=statement.end,
        asks=n_asks,
    )
    return statement


@transaction.atomic
def undo(*, document: Document, by: User, at: datetime) -> list[Statement]:
    """
    Take back this person's last batch in the file; every row is again what it was.

    A statement that the batch added is dismissed: rows of people are never deleted.
    """
    document = held(document, by=by)
    last = last_edit(document, by=by)
    edits = list(
        StatementEdit.objects.select_for_update(of=("self",)).filter(
            batch=last.batch, undone_at__isnull=True
        )
        if last
        else []
    )
    policies.check_undo(edits)
    pks = [edit.statement_id for edit in edits]
    found = document.statements.select_for_update(of=("self",)).in_bulk(pks)
    rows = asks.of(document)
    for edit in edits:
        back(found[edit.statement_id], edit, by=by, at=at)
        edit.undone_at = at
    asks.restore(
        rows=rows,
        before={e.statement_id: (e.before or {}).get("asks", {}) for e in edits},
    )
    columns = restored(edits)
    Statement.objects.bulk_update(found.values(), columns)
    StatementEdit.objects.bulk_update(edits, ["undone_at"])
    follow(document)
    record(
        Kind.STATEMENT_UNDONE,
        subject=document,
        by=by,
        at=at,
        batch=str(edits[0].batch),
        statements=pks,
    )
    return [found[pk] for pk in pks]


def last_edit(document: Document, *, by: User) -> StatementEdit | None:
    """Return the person's last step in the file that still stands."""
    edits = StatementEdit.objects.filter(
        statement__document=document, by=by, undone_at__isnull=True
    )
    return edits.order_by("-pk").first()


def held(document: Document, *, by: User) -> Document:
    """Return the file, locked: all checking of one file stands in one line."""
    permissions.check(by, "screen")
    document = Document.objects.select_for_update(of=("self",)).get(pk=document.pk)
    policies.check_review(document)
    return document


def hold(statement: Statement, *, by: User, seen: str) -> tuple[Document, Statement]:
    """Return the file and the statement, locked, when the form was opened on both."""
    document = held(statement.document, by=by)
    statement = document.statements.select_for_update(of=("self",)).get(pk=statement.pk)
    policies.check_fresh(stamp(statement), seen)
    return document, statement


def snapshot(statement: Statement, rows: Rows) -> dict[str, Any]:
    """Return everything that an undo restores."""
    settled = statement.settled_at
    return statement.content() | {
        "version": statement.version,
        "settled_by": statement.settled_by_id,
        "settled_at": settled.isoformat() if settled else None,
        "asks": asks.dump(rows.get(statement.pk, ())),
    }


def settle(
    statement: Statement, state: StatementState, *, by: User, at: datetime
) -> None:
    """Set the state and who said so, or fail loudly on a step that the table lacks."""
    known = STATEMENT_TRANSITIONS[StatementState(statement.state)]
    if state != statement.state and state not in known:
        raise ValueError(f"statement {statement.pk}: {statement.state} -> {state}")
    statement.state = state
    statement.settled_by, statement.settled_at = by, at
    statement.version += 1


def put(statement: Statement, document: Document, changes: dict[str, Any]) -> None:
    """Write what a person corrected into the row, when it holds together."""
    if unknown := set(changes) - CORRECTABLE:
        raise TypeError(f"not to be corrected: {', '.join(sorted(unknown))}")
    for name, value in changes.items():
        setattr(statement, name, value)
    if statement.kind not in StatementKind.values:
        raise BadInput(_("Choose one of the five kinds."))
    for name in ("fields", "communes", "units"):
        setattr(statement, name, list(dict.fromkeys(getattr(statement, name))))
    text = asks.body(document)
    if {"start", "end"} & set(changes):
        policies.check_span(text, statement.start, statement.end)
        statement.start, statement.end = tight(text, statement.start, statement.end)
        statement.text = text[statement.start : statement.end]
    policies.check_content(statement)


def differs(statement: Statement, before: dict[str, Any], name: str) -> bool:
    """Return whether a column of the content is another one than before."""
    return bool(statement.content()[name] != before[name])


def keep(
    document: Document,
    steps: Sequence[tuple[Statement, dict[str, Any] | None]],
    rows: Rows,
    *,
    by: User,
    at: datetime,
) -> int:
    """Keep one batch: both versions of each statement, its asks, the file's state."""
    batch = uuid.uuid4()
    StatementEdit.objects.bulk_create(
        StatementEdit(
            statement=statement,
            batch=batch,
            by=by,
            at=at,
            before=before,
            after=statement.content() | {"version": statement.version},
        )
        for statement, before in steps
    )
    statements = [statement for statement, _before in steps]
    n_asks = asks.renew(document=document, statements=statements, rows=rows, at=at)
    follow(document)
    return n_asks


def follow(document: Document) -> None:
    """Let the file be checked when nothing waits in it, and to be checked when it does."""
    waiting = document.statements.filter(state=StatementState.PROPOSED).exists()
    state = DocumentState.READ if waiting else DocumentState.CHECKED
    if document.state != state:
        document.move_to(state)
        document.save(update_fields=["state"])


def back(statement: Statement, edit: StatementEdit, *, by: User, at: datetime) -> None:
    """Make the row what it was before the edit."""
    before = edit.before
    if before is None:
        settle(statement, StatementState.REJECTED, by=by, at=at)
        return
    for name in Statement.CONTENT:
        setattr(statement, name, before[name])
    due, settled = before["deadline"], before["settled_at"]
    statement.deadline = date.fromisoformat(due) if due else None
    statement.settled_at = datetime.fromisoformat(settled) if settled else None
    statement.settled_by_id = before["settled_by"]
    statement.version = before["version"]


def restored(edits: Iterable[StatementEdit]) -> list[str]:
    """Return the columns that undoing these edits changes: fewer columns, fewer queries."""
    columns = {"state", "settled_by", "settled_at", "version"}
    for edit in edits:
        before = edit.before or {}
        columns |= {n for n in Statement.CONTENT if before.get(n) != edit.after[n]}
    return sorted(columns)
