"""Rules that can speak about a case's clock: may it stop, run on, be given more time?"""

from __future__ import annotations

from datetime import date

from django.utils.translation import gettext as _

from haicap.core.deadlines.calendar import Calendar
from haicap.core.deadlines.working_days import first_working_day
from haicap.core.errors import BadInput, NotNow
from haicap.resolve.models import Case, Extension, Pause, PauseReason
from haicap.resolve.policies import Stale
from haicap.resolve.states import CaseState


def check_runs(case: Case) -> None:
    """Pass for a matter that an agency has."""
    if case.state != CaseState.ASSIGNED:
        raise NotNow(_("Only the clock of a case that is with an agency runs."))


def check_stop(case: Case, pause: Pause | None) -> None:
    """Pass when the clock runs; `pause` is the one that is open."""
    check_runs(case)
    if pause is not None:
        raise NotNow(_("The clock already stands still. Let it run on first."))


def check_pause(reason: str, reference: str) -> None:
    """Pass when a stop says whom it waits for, and which document says so."""
    if reason not in PauseReason.values:
        raise BadInput(_("Say whom or what the agency waits for."))
    if not reference.strip():
        raise BadInput(_("Name the document that asks or decides, with its number."))


def check_resume(case: Case, pause: Pause | None) -> Pause:
    """Return the pause that is open, for a matter that an agency has."""
    check_runs(case)
    if pause is None:
        raise NotNow(_("The clock does not stand still."))
    return pause


def check_ask(case: Case, waiting: Extension | None) -> None:
    """Pass when the case has a last day and no request for a later one waits."""
    check_runs(case)
    if case.paused_on is not None:
        raise NotNow(
            _("The clock stands still. Let it run on, then ask for more time.")
        )
    if case.due_on is None:
        raise NotNow(_("This case has no last day, so it needs no more time."))
    if waiting is not None:
        raise NotNow(_("A request for more time already waits for the leader."))


def check_until(
    case: Case, until: date | None, *, today: date, calendar: Calendar
) -> date:
    """Return the day, after the last one, from today on, that the calendar knows."""
    if until is None:
        raise BadInput(_("Give the new last day."))
    if case.due_on is not None and until <= case.due_on:
        raise BadInput(
            _("The new last day has to be after %(day)s."),
            day=f"{case.due_on:%d/%m/%Y}",
        )
    if until < today:
        raise BadInput(_("The new last day cannot lie before today."))
    try:
        first_working_day(until, calendar)
    except BadInput:
        raise BadInput(
            _(
                "Nobody has announced the working days of %(year)s. Give an earlier day."
            ),
            year=until.year,
        ) from None
    return until


def check_request(
    case: Case, waiting: Extension | None, read: int | None = None
) -> Extension:
    """Return the request that waits; `read` is the one the leader has read, if told."""
    check_runs(case)
    if waiting is None:
        raise NotNow(_("No request for more time waits for a decision."))
    if read not in (None, waiting.pk):
        raise Stale(_("The agency has asked anew. Please read that request."))
    return waiting


def check_grant(
    case: Case, waiting: Extension | None, *, today: date, calendar: Calendar
) -> None:
    """Pass when the day that was asked for still gives more time."""
    asked = check_request(case, waiting)
    if case.paused_on is not None:
        raise NotNow(_("The clock stands still. It has to run on before it gets more."))
    check_until(case, asked.until, today=today, calendar=calendar)


def check_grant_document(reference: str) -> None:
    """Pass when the decision names its document."""
    if not reference.strip():
        raise BadInput(_("Name the document that gives more time, with its number."))
