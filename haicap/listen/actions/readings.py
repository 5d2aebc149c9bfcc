"""
The machine reads a file: begin, look, finish; or the reader dies and another begins.

A reading holds a lease, the number of its attempt. Only the holder of the newest lease
may finish, so the effect happens once however often the job runs.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any, Protocol

from django.db import transaction
from django.utils import timezone
from django_tasks.base import TaskResultStatus
from django_tasks_db.models import DBTaskResult

from haicap.core.errors import BadInput, Unreadable
from haicap.core.text.findings import Finding
from haicap.core.text.gazetteer import Gazetteer
from haicap.core.text.reader import Trained
from haicap.ledger.models import Kind
from haicap.ledger.record import record
from haicap.listen import storage
from haicap.listen.intake import sandbox, workbook
from haicap.listen.intake.notes import Note
from haicap.listen.intake.sandbox import Extracted
from haicap.listen.models import Document, DocumentText, Statement
from haicap.listen.states import DocumentState, StatementKind
from haicap.listen.taxonomy import FIELDS
from haicap.listen.trained import trained
from haicap.places.registry import gazetteer


STUCK_AFTER = timedelta(seconds=60)
MOST_ATTEMPTS = 3
TASK = "haicap.listen.tasks.read_document"


def gettext_noop(message: str) -> str:
    """Mark a sentence for translation; it is translated where it is shown."""
    return message


GAVE_UP = gettext_noop(
    "The machine tried to read this file three times and did not come to the end. "
    "Save it as a new Word or Excel file and send that, or call the office."
)
LOST = gettext_noop(
    "The file is no longer on the disk. Send it again, and tell the administrator."
)


class Reader(Protocol):
    """What proposes statements for a text."""

    def __call__(
        self,
        text: str,
        *,
        gazetteer: Gazetteer,
        taxonomy: Any,
        trained: Trained,
        written_on: date | None = None,
        seen_on: date | None = None,
    ) -> Sequence[Finding]:
        """Return the statements of the text."""


@dataclass(frozen=True)
class Proposed:
    """What somebody adds to the reader's findings, and what to know about it."""

    findings: Sequence[Finding] = ()
    notes: Sequence[Note] = ()


class Proposer(Protocol):
    """What may propose further statements; it never touches those that are known."""

    def __call__(
        self, text: str, known: Sequence[Finding], *, document_id: int
    ) -> Proposed:
        """Return further statements of the text, all of them checked against it."""


@dataclass(frozen=True)
class Lease:
    """The right to finish one attempt at reading one file."""

    document: Document
    attempt: int


@dataclass(frozen=True)
class Found:
    """What one look at a file gave: statements, or why there are none."""

    state: DocumentState
    extracted: Extracted | None = None
    statements: Sequence[Statement] = ()
    notes: Sequence[Note] = ()
    faults: Sequence[workbook.Fault] = ()
    reason: tuple[str, Mapping[str, Any]] | None = None
    is_secret: bool = False


@transaction.atomic
def begin(*, document_id: int, at: datetime) -> Lease | None:
    """Take the file for reading; None when somebody else has it, or it was withdrawn."""
    rows = Document.objects.select_for_update(of=("self",))
    document = rows.select_related("unit").filter(pk=document_id).first()
    if document is None or document.state != DocumentState.WAITING:
        return None
    document.move_to(DocumentState.READING)
    document.reading_started_at = at
    document.attempts += 1
    document.pages_read, document.pages_total = 0, None
    document.save(
        update_fields=[
            "state",
            "reading_started_at",
            "attempts",
            "pages_read",
            "pages_total",
        ]
    )
    return Lease(document, document.attempts)


def look(lease: Lease, *, read: Reader, propose: Proposer | None = None) -> Found:
    """Return what the file says; takes seconds, so no transaction is open meanwhile."""
    document = lease.document
    path = storage.place(document.sha256)
    try:
        extracted = sandbox.extract(path, document.kind)
    except BadInput as error:
        return Found(DocumentState.REFUSED, reason=said(error), is_secret=True)
    except Unreadable as error:
        return Found(DocumentState.UNREADABLE, reason=said(error))
    except FileNotFoundError:
        return without_file(document)
    if extracted.n_pages:
        tell_pages(lease, extracted.n_pages)
    if extracted.table and workbook.looks_like_table(extracted.table):
        return from_rows(document, extracted)
    findings = read(
        extracted.text,
        gazetteer=gazetteer(),
        taxonomy=FIELDS,
        trained=trained(),
        written_on=document.written_on,
        seen_on=timezone.localdate(document.received_at),
    )
    more = Proposed()
    if propose:
        more = propose(extracted.text, findings, document_id=document.pk)
    both = [*findings, *more.findings]
    statements = [from_finding(document, finding) for finding in both]
    notes = [*extracted.notes, *more.notes]
    return Found(DocumentState.READ, extracted, statements, notes)


def said(error: BadInput | Unreadable) -> tuple[str, dict[str, Any]]:
    """Return the error's sentence, untranslated, and its parameters."""
    # `detail` is for the log of the reader, not for a page.
    params = {key: value for key, value in error.params.items() if key != "detail"}
    return str(error.sentence), params


def without_file(document: Document) -> Found:
    """Return why the bytes are gone: the same secret sent elsewhere, or a lost file."""
    refused = Document.objects.filter(
        sha256=document.sha256, state=DocumentState.REFUSED
    ).first()
    if refused:
        sentence, params = refused.reason
        return Found(DocumentState.REFUSED, reason=(sentence, params), is_secret=True)
    return Found(DocumentState.UNREADABLE, reason=(LOST, {}))


def tell_pages(lease: Lease, total: int) -> None:
    """Let the page that waits know how long the file is."""
    Document.objects.filter(
        pk=lease.document.pk, state=DocumentState.READING, attempts=lease.attempt
    ).update(pages_total=total, pages_read=total)


def from_finding(document: Document, finding: Finding) -> Statement:
    """Return the unsaved statement that a finding of the reader proposes."""
    speaker = (finding.speaker or "")[:300]
    statement = Statement(
        document=document,
        kind=finding.kind,
        start=finding.start,
        end=finding.end,
        text=finding.text,
        speaker=speaker,
        addressee=(finding.addressee or "")[:300],
        fields=list(finding.fields),
        communes=list(finding.communes),
        units=speaking_units(speaker) or own_unit(document),
        deadline=finding.deadline,
        deadline_text=(finding.deadline_text or "")[:200],
        confidence=finding.confidence,
        rule=finding.rule[:60],
        why=[list(reason) for reason in finding.why],
    )
    statement.proposed = statement.content()
    return statement


def speaking_units(speaker: str) -> list[str]:
    """Return the codes of our communes that speak; none for "các xã, phường"."""
    names = gazetteer()
    codes: list[str] = []
    for part in speaker.split(";"):
        meant = names.resolve(part.strip())
        if meant.how in ("exact", "former") and len(meant.codes) == 1:
            codes += [code for code in meant.codes if names.is_ours(code)]
    return list(dict.fromkeys(codes))


def own_unit(document: Document) -> list[str]:
    """Return the code of the unit that the file is for, if it is for one."""
    return [document.unit.code] if document.unit else []


def from_rows(document: Document, extracted: Extracted) -> Found:
    """Return the recommendations of a workbook, one a row; its faults, if it has any."""
    if extracted.table is None:
        raise ValueError("no table")
    sheet = workbook.parse(
        extracted.table,
        gazetteer=gazetteer(),
        fields={slug: one.label_vi for slug, one in FIELDS.items()},
        default_unit=document.unit.code if document.unit else None,
    )
    notes = [*extracted.notes, *sheet.notes]
    if sheet.faults:
        return Found(DocumentState.FAULTY, extracted, notes=notes, faults=sheet.faults)
    statements: list[Statement] = []
    for row in sheet.rows:
        statements += from_row(document, extracted.text, row)
    return Found(DocumentState.READ, extracted, statements, notes)


def from_row(document: Document, text: str, row: workbook.Row) -> Iterable[Statement]:
    """Give the row's recommendation, and its difficulty where that column has words."""
    names = gazetteer()
    units = list(row.unit_codes) or own_unit(document)
    spoken = "; ".join(names.name(code) for code in units)
    start, end = row.span
    why = [["row", f"{row.sheet}, {row.line}"]]
    shared: dict[str, Any] = {
        "document": document,
        "speaker": spoken[:300],
        "fields": [row.field_slug] if row.field_slug else [],
        "communes": [names.name(code) for code in units],
        "units": units,
        "confidence": 1.0,
        "rule": "workbook-row",
        "line": row.line,
    }
    found = [
        Statement(
            kind=StatementKind.RECOMMENDATION,
            start=start,
            end=end,
            text=text[start:end],
            addressee=row.lead_said[:300],
            deadline=row.deadline,
            deadline_text=row.deadline_said[:200],
            why=why,
            **shared,
        )
    ]
    place = place_of(text, row.difficulty, near=start)
    if place is not None and place != start:
        until = place + len(row.difficulty)
        found.insert(
            0,
            Statement(
                kind=StatementKind.DIFFICULTY,
                start=place,
                end=until,
                text=text[place:until],
                why=why,
                **shared,
            ),
        )
    for statement in found:
        statement.proposed = statement.content()
    return found


def place_of(text: str, words: str, *, near: int) -> int | None:
    """Return where the words stand: in the line of `near`, else last before it."""
    if not words:
        return None
    line_end = text.find("\n", near)
    line_end = len(text) if line_end < 0 else line_end
    place = text.find(words, text.rfind("\n", 0, near) + 1, line_end)
    if place < 0:
        place = text.rfind(words, 0, line_end)
    return place if place >= 0 else None


@transaction.atomic
def finish(*, lease: Lease, found: Found, at: datetime) -> str:
    """
    Keep what was found, all of it or nothing; return in a word how it ended.

    A reader that was overtaken writes nothing: its lease is no longer the newest.
    """
    rows = Document.objects.select_for_update(of=("self",))
    document = rows.get(pk=lease.document.pk)
    if document.state != DocumentState.READING or document.attempts != lease.attempt:
        return "overtaken"
    document.move_to(found.state)
    document.notes = [[note.sentence, dict(note.params)] for note in found.notes]
    document.reason = [found.reason[0], dict(found.reason[1])] if found.reason else []
    document.faults = [
        {
            "sheet": fault.sheet,
            "line": fault.line,
            "column": fault.column,
            "sentence": fault.sentence,
            "params": dict(fault.params),
        }
        for fault in found.faults
    ]
    document.version += 1
    document.save(update_fields=["state", "notes", "reason", "faults", "version"])
    if found.is_secret:
        storage.remove(document.sha256)
    if found.state == DocumentState.READ and found.extracted:
        DocumentText.objects.create(
            document=document,
            text=found.extracted.text,
            offsets=[list(pair) for pair in found.extracted.offsets],
        )
        Statement.objects.bulk_create(found.statements, batch_size=500)
    read = found.state == DocumentState.READ
    record(
        Kind.DOCUMENT_READ if read else Kind.DOCUMENT_UNREADABLE,
        subject=document,
        by=None,
        at=at,
        state=str(found.state.value),
        statements=len(found.statements),
        faults=len(found.faults),
        attempt=lease.attempt,
    )
    return str(found.state.value)


@transaction.atomic
def rescue_stuck(*, at: datetime, enqueue: Callable[[int], object]) -> int:
    """
    Queue again what no reader has in hand any more; return how many files that were.

    A reading older than a minute has lost its reader (its own limit is shorter). After
    three attempts the file is given up with a sentence. A file that waits without a job
    lost it together with the worker that had taken the job.
    """
    stuck = (
        Document.objects.select_for_update(of=("self",), skip_locked=True)
        .filter(state=DocumentState.READING, reading_started_at__lt=at - STUCK_AFTER)
        .order_by("pk")
    )
    rescued = 0
    for document in stuck:
        if document.attempts >= MOST_ATTEMPTS:
            give_up(document, at=at)
            continue
        document.move_to(DocumentState.WAITING)
        document.save(update_fields=["state"])
        enqueue(document.pk)
        rescued += 1
    lost = DBTaskResult.objects.filter(task_path=TASK).running()
    lost.filter(started_at__lt=at - STUCK_AFTER).update(
        status=TaskResultStatus.FAILED, finished_at=at
    )
    queued = queued_documents(at=at)
    waiting = Document.objects.filter(state=DocumentState.WAITING)
    for number in waiting.order_by("pk").values_list("pk", flat=True):
        if number not in queued:
            enqueue(number)
            rescued += 1
    return rescued


def give_up(document: Document, *, at: datetime) -> None:
    """Say that the file could not be read, after the last attempt."""
    document.move_to(DocumentState.UNREADABLE)
    document.reason = [GAVE_UP, {}]
    document.version += 1
    document.save(update_fields=["state", "reason", "version"])
    record(
        Kind.DOCUMENT_UNREADABLE,
        subject=document,
        by=None,
        at=at,
        state=str(document.state),
        attempt=document.attempts,
    )


def queued_documents(*, at: datetime) -> set[int]:
    """Return the files that have a job: one that is ready, or was taken just now."""
    jobs = DBTaskResult.objects.filter(task_path=TASK)
    live = jobs.ready() | jobs.running().filter(started_at__gte=at - STUCK_AFTER)
    return {job["args"][0] for job in live.values_list("args_kwargs", flat=True)}
