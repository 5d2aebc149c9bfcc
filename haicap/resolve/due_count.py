"""A case's last day with its reason: from when, how long, and which days did not count."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date

from django.utils import timezone
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

from haicap.core.deadlines.explain import explain_period
from haicap.core.deadlines.lines import Line, Why
from haicap.core.deadlines.period import Period
from haicap.core.deadlines.working_days import add_working_days
from haicap.core.errors import BadInput
from haicap.places.workdays import calendar
from haicap.resolve.due import left
from haicap.resolve.models import Assignment, Case, Reply
from haicap.resolve.states import LED, CaseState
from haicap.ui.templatetags.hc import d, weekday


@dataclass(frozen=True)
class CountLine:
    """One line of the count."""

    text: str
    value: int | str | None
    tone: str = "plain"


@dataclass(frozen=True)
class DueCount:
    """A last day with its reason, as the due button shows it."""

    state: str  # late, soon, ahead, done
    words: str
    date: date
    title: str
    lines: list[CountLine] = field(default_factory=list)
    total: int | None = None
    basis: str = ""
    checked: bool = False
    extend_url: str = ""


def count_of(
    case: Case,
    holding: Assignment | None,
    today: date,
    replies: Sequence[Reply] = (),
) -> DueCount | None:
    """
    Return the last day of the case with its count, or None when it has none.

    While an agency has it, the words say how many working days are left. Afterwards they
    say whether the document was in time: its own date counts, not that of the entry.
    """
    if case.due_on is None or case.state not in LED:
        return None
    if case.state == CaseState.ASSIGNED:
        state, words = left(case.due_on, on=today, days=calendar())
    else:
        last = next((each for each in replies if each.issued_on), None)
        issued = last.issued_on if last else None
        if issued is None:
            state, words = "done", _("Last day")
        elif issued > case.due_on:
            state, words = "late", _("Answered late")
        else:
            state, words = "done", _("Answered in time")
    begun = timezone.localdate(holding.decided_at) if holding else None
    return counted(
        case.due_on,
        state=state,
        words=words,
        begun=begun,
        working_days=holding.working_days if holding else None,
    )


def preview(proposal: Assignment, today: date) -> DueCount | None:
    """Return the last day that a decision of today would give."""
    if proposal.working_days is None:
        return None
    try:
        due_on = add_working_days(today, proposal.working_days, calendar())
    except BadInput:
        return None  # the decision itself says that the calendar ends too early
    return counted(
        due_on,
        state="ahead",
        words=_("If decided today"),
        begun=today,
        working_days=proposal.working_days,
    )


def counted(
    due_on: date,
    *,
    state: str,
    words: str,
    begun: date | None,
    working_days: int | None,
) -> DueCount:
    """Return a last day with its count, line by line."""
    title = _("Why %(weekday)s %(date)s") % {
        "weekday": weekday(due_on),
        "date": d(due_on),
    }
    if begun is None or working_days is None:
        return DueCount(state, words, due_on, title)
    why = explain_period(begun, Period(working_days), calendar())
    lines = [
        CountLine(_("Received on %(date)s") % {"date": d(begun)}, _("day 0")),
        CountLine(
            ngettext(
                "Period given: %(n)s working day",
                "Period given: %(n)s working days",
                working_days,
            )
            % {"n": working_days},
            None,
            "given",
        ),
        *(count_line(line) for line in why.lines),
    ]
    return DueCount(
        state,
        words,
        due_on,
        title,
        lines,
        why.total,
        "; ".join(why.legal_bases),
        why.is_verified,
    )


def count_line(line: Line) -> CountLine:
    """Return one stretch of the count in words."""
    days = d(line.first)
    if line.first != line.last:
        days = f"{d(line.first)[:5]} – {d(line.last)}"
    label = line.label_en if get_language() == "en" else line.label_vi
    if line.why is Why.WORKING:
        off = line.n_saturdays + line.n_sundays
        words = days
        if off:
            words += ", " + _("weekends left out: %(n)s days") % {"n": off}
        return CountLine(words, line.counted)
    if line.why is Why.MAKE_UP_WORKING_DAY:
        words = _("%(day)s worked: %(label)s") % {"day": days, "label": label}
        return CountLine(words, line.counted, "makeup")
    if line.why is Why.WEEKEND:
        label = _("weekend")
    if line.why is Why.MOVED:
        label = _("moved here, the last day was off")
    return CountLine(f"{days}: {label}", line.counted)
