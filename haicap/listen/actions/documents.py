"""A file is received, approved, withdrawn, tried again."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import PurePosixPath

from django.db import IntegrityError, transaction
from django.utils import timezone

from haicap.ledger.models import Kind
from haicap.ledger.record import record
from haicap.listen import policies, storage
from haicap.listen.intake import gate
from haicap.listen.models import Document, Round
from haicap.listen.states import DocumentState
from haicap.listen.tasks import read_document
from haicap.people import permissions
from haicap.people.models import User
from haicap.places.models import Unit


@dataclass(frozen=True)
class Received:
    """A file that is here, and whether it came just now."""

    document: Document
    is_new: bool


@transaction.atomic
def receive(
    *,
    round_: Round,
    unit: Unit | None,
    name: str,
    chunks: Iterable[bytes],
    by: User,
    at: datetime,
    written_on: date | None = None,
    is_demo: bool | None = None,
) -> Received:
    """
    Keep the file and queue its reading; the same file again gives the row that is there.

    No `unit`: it speaks for the whole conference. What the office sends is submitted at
    once; what a commune sends waits for its leader.
    Errors: BadInput with what to do when the file cannot be taken; nothing is kept then.
    """
    permissions.check(by, "draft", unit_id=unit.pk if unit else None)
    policies.check_receive(round_, on=timezone.localdate(at))
    is_office = permissions.reaches_province(by, "draft") and not (
        unit and unit.pk in by.unit_ids
    )
    with storage.arriving(chunks) as arrival:
        kind = gate.check(name, arrival.path)
        if known := same_file(round_, unit, arrival.sha256):
            lost = not storage.place(arrival.sha256).exists()
            if lost and known.state != DocumentState.REFUSED:
                arrival.keep()  # the disk lost it; now the row has its file again
            return Received(known, is_new=False)
        arrival.keep()
        try:
            with transaction.atomic():
                document = Document.objects.create(
                    round=round_,
                    unit=unit,
                    name=shown_name(name),
                    kind=kind,
                    size=arrival.size,
                    sha256=arrival.sha256,
                    received_at=at,
                    sent_by=by,
                    is_entered_for=is_office and unit is not None,
                    submitted_at=at if is_office else None,
                    submitted_by=by if is_office else None,
                    written_on=written_on,
                    is_demo=by.is_demo if is_demo is None else is_demo,
                )
        except IntegrityError:
            # Another connection sent the same file in the meantime: the constraint
            # chose the first, and both are told the same.
            known = same_file(round_, unit, arrival.sha256)
            if known is None:
                raise
            return Received(known, is_new=False)
    read_document.enqueue(document.pk)
    record(
        Kind.DOCUMENT_RECEIVED,
        subject=document,
        by=by,
        at=at,
        round=round_.pk,
        unit=unit.code if unit else None,
        file_kind=document.kind,
        size=document.size,
        sha256=document.sha256,
        entered_for=document.is_entered_for,
        submitted=is_office,
    )
    return Received(document, is_new=True)


def same_file(round_: Round, unit: Unit | None, sha256: str) -> Document | None:
    """Return the standing row of the same bytes for the same round and unit, if any."""
    rows = Document.objects.filter(round=round_, unit=unit, sha256=sha256)
    standing = rows.exclude(state=DocumentState.WITHDRAWN)
    return standing.select_related("sent_by", "unit", "round").first()


def shown_name(name: str) -> str:
    """
    Return the sender's name of the file, at most 255 characters, with nothing hidden.

    A name that turns the reading direction can make "fdp.exe" look like "exe.pdf": such
    characters are shown by their numbers.
    """
    name = PurePosixPath(name.replace("\\", "/")).name
    plain = "".join(
        f"[U+{ord(letter):04X}]"
        if unicodedata.category(letter) in ("Cc", "Cf", "Zl", "Zp")
        else letter
        for letter in unicodedata.normalize("NFC", name)
    )
    return plain if len(plain) <= 255 else f"{plain[:200]}…{plain[-50:]}"


@transaction.atomic
def submit(*, document: Document, by: User, at: datetime) -> Document:
    """Approve the commune's file: from now on the province sees it."""
    document = Document.objects.select_for_update(of=("self",)).get(pk=document.pk)
    permissions.check(
        by, "submit", unit_id=document.unit_id, author_id=document.sent_by_id
    )
    policies.check_submit(document)
    document.submitted_at, document.submitted_by = at, by
    document.version += 1
    document.save(update_fields=["submitted_at", "submitted_by", "version"])
    record(Kind.DOCUMENT_SUBMITTED, subject=document, by=by, at=at)
    return document


@transaction.atomic
def withdraw(*, document: Document, by: User, at: datetime) -> Document:
    """Take the file back before anything in it was accepted; its row and bytes stay."""
    document = Document.objects.select_for_update(of=("self",)).get(pk=document.pk)
    permissions.check(by, "withdraw", unit_id=document.unit_id)
    policies.check_withdraw(document)
    before = document.state
    document.move_to(DocumentState.WITHDRAWN)
    document.version += 1
    document.save(update_fields=["state", "version"])
    record(Kind.DOCUMENT_WITHDRAWN, subject=document, by=by, at=at, before=str(before))
    return document


@transaction.atomic
def retry(*, document: Document, by: User, at: datetime) -> Document:
    """Let the machine try the same file again, with all its tries before it."""
    document = Document.objects.select_for_update(of=("self",)).get(pk=document.pk)
    permissions.check(by, "draft", unit_id=document.unit_id)
    policies.check_retry(document)
    document.move_to(DocumentState.WAITING)
    document.attempts, document.reason = 0, []
    document.version += 1
    document.save(update_fields=["state", "attempts", "reason", "version"])
    read_document.enqueue(document.pk)
    record(Kind.DOCUMENT_RECEIVED, subject=document, by=by, at=at, again=True)
    return document


def sweep_files(*, at: datetime) -> int:
    """Remove files that came more than a day ago and belong to no row."""
    known = set(Document.objects.values_list("sha256", flat=True))
    return storage.sweep(known=known, at=at)
