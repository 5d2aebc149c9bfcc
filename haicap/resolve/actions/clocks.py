"""A case's clock: stopped, let run on, given more time; and what the case keeps of it."""

from __future__ import annotations

from datetime import date, datetime

from django.db import transaction
from django.utils import timezone

from haicap.ledger.models import Kind
from haicap.ledger.record import record
from haicap.people import permissions
from haicap.people.models import User
from haicap.places import decided
from haicap.places.workdays import calendar
from haicap.resolve import policies, policies_clock
from haicap.resolve.clocks import clock_of, kept_of
from haicap.resolve.models import Case, Extension, ExtensionVerdict, Pause


def settle(case: Case) -> None:
    """
    Make the kept columns of the case what its history comes to.

    Errors: BadInput when the calendar does not reach that far.
    """
    kept = kept_of(clock_of(case, calendar()))
    case.due_on, case.paused_on = kept.due_on, kept.paused_on
    case.late_days = kept.late_days
    case.save(update_fields=["due_on", "paused_on", "late_days"])


@transaction.atomic
def stop(*, case: Case, reason: str, reference: str, by: User, at: datetime) -> Pause:
    """Let the clock stand still from now, by a document that asks or decides."""
    case = locked(case.pk)
    permissions.check(by, "stop_clock", lead_id=case.lead_id)
    policies_clock.check_stop(case, pause_of(case))
    policies_clock.check_pause(reason, reference)
    pause = Pause.objects.create(
        case=case,
        reason=reason,
        reference=reference.strip(),
        stopped_by=by,
        stopped_at=at,
    )
    due_on = case.due_on
    settle(case)
    record(
        Kind.CLOCK_STOPPED,
        subject=case,
        by=by,
        at=at,
        pause=pause.pk,
        reason=reason,
        reference=pause.reference,
        due_on=due_on,
    )
    return pause


@transaction.atomic
def resume(*, case: Case, by: User, at: datetime) -> Pause:
    """Let the clock run on with what was left; on the same day nothing has changed."""
    case = locked(case.pk)
    permissions.check(by, "stop_clock", lead_id=case.lead_id)
    pause = policies_clock.check_resume(case, pause_of(case))
    end(pause, by=by, at=at)
    settle(case)
    record(
        Kind.CLOCK_RESUMED,
        subject=case,
        by=by,
        at=at,
        pause=pause.pk,
        due_on=case.due_on,
    )
    return pause


@transaction.atomic
def ask_extension(
    *, case: Case, until: date | None, reason: str, by: User, at: datetime
) -> Extension:
    """Put a later last day before the leader, with the reason."""
    case = locked(case.pk)
    permissions.check(by, "ask_extension", lead_id=case.lead_id)
    policies_clock.check_ask(case, waiting_of(case))
    policies.check_reason(reason)
    until = policies_clock.check_until(
        case, until, today=timezone.localdate(at), calendar=calendar()
    )
    extension = Extension.objects.create(
        case=case, until=until, reason=reason.strip(), asked_by=by, asked_at=at
    )
    record(
        Kind.EXTENSION_ASKED,
        subject=case,
        by=by,
        at=at,
        extension=extension.pk,
        until=until,
        due_on=case.due_on,
        reason=extension.reason,
    )
    return extension


@transaction.atomic
def grant_extension(
    *, case: Case, reference: str, by: User, at: datetime, read: int | None = None
) -> Extension:
    """
    Give the time that was asked for; what was late before stays late.

    `read` is the number of the request that the leader read; none takes the one that
    waits.
    """
    case = locked(case.pk)
    permissions.check(by, "decide_extension")
    extension = policies_clock.check_request(case, waiting_of(case), read)
    policies_clock.check_grant(
        case, extension, today=timezone.localdate(at), calendar=calendar()
    )
    policies_clock.check_grant_document(reference)
    extension.reference = reference.strip()
    decide(extension, ExtensionVerdict.GRANTED, by=by, at=at)
    before = case.due_on
    settle(case)
    record(
        Kind.EXTENSION_GRANTED,
        subject=case,
        by=by,
        at=at,
        extension=extension.pk,
        reference=extension.reference,
        due_before=before,
        due_on=case.due_on,
        late_days=case.late_days,
    )
    return extension


@transaction.atomic
def refuse_extension(
    *, case: Case, answer: str, by: User, at: datetime, read: int | None = None
) -> Extension:
    """Leave the last day as it is, and tell the agency why."""
    case = locked(case.pk)
    permissions.check(by, "decide_extension")
    extension = policies_clock.check_request(case, waiting_of(case), read)
    policies.check_reason(answer)
    extension.answer = answer.strip()
    decide(extension, ExtensionVerdict.REFUSED, by=by, at=at)
    record(
        Kind.EXTENSION_REFUSED,
        subject=case,
        by=by,
        at=at,
        extension=extension.pk,
        until=extension.until,
        answer=extension.answer,
    )
    return extension


def end(pause: Pause, *, by: User, at: datetime) -> None:
    """Close a pause; the caller settles the case and writes the line."""
    pause.resumed_by, pause.resumed_at = by, at
    pause.save(update_fields=["resumed_by", "resumed_at"])


def decide(
    extension: Extension, verdict: ExtensionVerdict, *, by: User, at: datetime
) -> None:
    """Keep what the leader said to a request."""
    extension.verdict = verdict
    extension.decided_by, extension.decided_at = by, at
    extension.save()


def locked(pk: int) -> Case:
    """Return the case as it stands; it and the calendar are held until the end."""
    # The calendar first: whoever changes it holds it and then takes the cases.
    decided.hold()
    return Case.objects.select_for_update(of=("self",)).get(pk=pk)


def pause_of(case: Case) -> Pause | None:
    """Return the pause that is open, if the clock stands still."""
    return case.pauses.filter(resumed_at__isnull=True).first()


def waiting_of(case: Case) -> Extension | None:
    """Return the request for more time that waits for the leader, if one does."""
    return case.extensions.filter(verdict=ExtensionVerdict.PENDING).first()
