"""May this be done to it, now? Each refusal is the sentence that the person reads."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date
from typing import Any

from django.utils.translation import gettext as _

from haicap.core.errors import BadInput, NotAllowed, NotNow
from haicap.core.text.marks import tight
from haicap.listen.models import (
    Document,
    Recommendation,
    Round,
    Statement,
    StatementEdit,
)
from haicap.listen.states import (
    DOCUMENT_TRANSITIONS,
    DocumentState,
    StatementState,
)
from haicap.listen.taxonomy import FIELDS
from haicap.places.models import Unit


def why_not(check: Callable[..., None], *args: Any, **kwargs: Any) -> str:
    """Return the sentence with which `check` refuses, or nothing when it does not."""
    try:
        check(*args, **kwargs)
    except NotAllowed as refusal:
        return str(refusal)
    return ""


def check_receive(round_: Round, *, on: date) -> None:
    """Return when a file may be sent to the round; a late one may, and is seen as late."""
    if on < round_.opens_on:
        raise NotNow(
            _(
                "This round opens on %(day)s. Send the file then, or choose another round."
            ),
            day=f"{round_.opens_on:%d/%m/%Y}",
        )


def check_submit(document: Document) -> None:
    """Return when the file may be approved and sent to the province."""
    if document.submitted_at:
        raise NotNow(_("This file has already been sent to the province."))
    if document.state in (DocumentState.WAITING, DocumentState.READING):
        raise NotNow(_("The machine is still reading this file. Wait a moment."))
    if document.state != DocumentState.READ:
        raise NotNow(_("Only a file that could be read can be sent to the province."))


def check_withdraw(document: Document) -> None:
    """Return when the file may be taken back: nothing in it was accepted yet."""
    if document.state == DocumentState.WITHDRAWN:
        raise NotNow(_("This file has already been withdrawn."))
    if document.state == DocumentState.READING:
        raise NotNow(_("The machine is still reading this file. Wait a moment."))
    accepted = document.statements.filter(state=StatementState.ACCEPTED)
    if document.state == DocumentState.CHECKED or accepted.exists():
        raise NotNow(
            _(
                "The office has already accepted something from this file. Call the office."
            )
        )
    if (
        DocumentState.WITHDRAWN
        not in DOCUMENT_TRANSITIONS[DocumentState(document.state)]
    ):
        raise NotNow(_("Nothing was taken from this file, so nothing is to withdraw."))


def check_retry(document: Document) -> None:
    """Return when the machine may try the same file again."""
    if document.state != DocumentState.UNREADABLE:
        raise NotNow(_("Only a file that could not be read can be tried again."))


# --- statements -----------------------------------------------------------------------


def check_review(document: Document) -> None:
    """Return when the statements of the file may be settled."""
    if document.state not in (DocumentState.READ, DocumentState.CHECKED):
        raise NotNow(_("Only a file that the machine has read can be checked."))
    if not document.submitted_at:
        raise NotNow(_("The commune has not sent this file to the province yet."))


def check_fresh(now: str, seen: str) -> None:
    """Return when the form was opened on what stands now; no `seen` asks nothing."""
    if seen and seen != now:
        raise NotNow(
            _(
                "Someone else has just changed this statement. Open it again, then decide."
            )
        )


def check_span(text: str, start: int, end: int) -> None:
    """Return when the stretch lies in the text and says something."""
    if not 0 <= start < end <= len(text):
        raise BadInput(_("These words are not in the document. Select them again."))
    start, end = tight(text, start, end)
    if start == end:
        raise BadInput(_("Nothing is selected. Select the words of the statement."))


def check_content(statement: Statement) -> None:
    """Return when the fields and units are known and no settled statement is crossed."""
    if unknown := [slug for slug in statement.fields if slug not in FIELDS]:
        raise BadInput(
            _("There is no such field: %(names)s."), names=", ".join(unknown)
        )
    known = set(
        Unit.objects.filter(code__in=statement.units).values_list("code", flat=True)
        if statement.units
        else ()
    )
    if missing := [code for code in statement.units if code not in known]:
        raise BadInput(_("There is no such unit: %(names)s."), names=", ".join(missing))
    others = Statement.objects.filter(
        document_id=statement.document_id,
        kind=statement.kind,
        state=StatementState.ACCEPTED,
        start__lt=statement.end,
        end__gt=statement.start,
    ).exclude(pk=statement.pk)
    for other in others:
        if is_crossing(statement, other):
            raise BadInput(
                _(
                    "These words cross another accepted statement of the same kind: “%(words)s”."
                ),
                words=other.text[:80],
            )


def is_crossing(one: Statement, other: Statement) -> bool:
    """Return whether two stretches are the same or overlap without one holding the other."""
    if (one.start, one.end) == (other.start, other.end):
        return True
    holds = one.start <= other.start and other.end <= one.end
    is_held = other.start <= one.start and one.end <= other.end
    return not (holds or is_held)


def check_undo(edits: Sequence[StatementEdit]) -> None:
    """Return when this batch is the last thing that happened to its statements."""
    if not edits:
        raise NotNow(_("There is nothing of yours to undo in this file."))
    later = StatementEdit.objects.filter(
        statement__in=[edit.statement_id for edit in edits],
        pk__gt=min(edit.pk for edit in edits),
        undone_at__isnull=True,
    ).exclude(batch=edits[0].batch)
    if other := later.select_related("by").first():
        raise NotNow(
            _("%(name)s has changed the same statement since. Correct it instead."),
            name=other.by.get_full_name(),
        )


def check_asks_free(changed: Sequence[Recommendation]) -> None:
    """Return when none of these asks is in a case: a case's voices do not change."""
    held = Recommendation.objects.filter(
        pk__in=[ask.pk for ask in changed], voice__isnull=False
    )
    ask = held.first() if changed else None
    if ask is not None:
        case = ask.voice.case
        raise NotNow(
            _("%(ask)s is already a voice of %(case)s. Take it out of the case first."),
            ask=ask.code,
            case=case.code,
        )
