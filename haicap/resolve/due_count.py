"""A case's last day with its reason: every stretch of its clock, and what happened."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime, time

from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

from haicap.core.deadlines.clock import Clock, Effect, Happening, Kind, Late, replay
from haicap.core.deadlines.clock import Step as ClockStep
from haicap.core.deadlines.explain import Explanation, explain
from haicap.core.deadlines.lines import Line, Why
from haicap.core.deadlines.period import Period
from haicap.core.deadlines.status import Status, status_of
from haicap.core.errors import BadInput
from haicap.places.workdays import calendar
from haicap.resolve.clocks import kept_of
from haicap.resolve.due import TONES, due_of, words_of
from haicap.resolve.models import Assignment, Case, PauseReason
from haicap.resolve.states import LED
from haicap.ui.templatetags.hc import d, weekday


@dataclass(frozen=True)
class CountLine:
    """One line of the count."""

    text: str
    value: int | str | None
    tone: str = "plain"


@dataclass(frozen=True)
class StepLine:
    """One thing that happened to the clock, and the last day after it."""

    text: str
    due: date | None


@dataclass(frozen=True)
class DueCount:
    """A last day with its reason, as the due button shows it."""

    state: str  # late, soon, ahead, paused, done
    words: str
    date: date | None
    title: str
    lines: list[CountLine] = field(default_factory=list)
    total: int | None = None  # none: the stretches are counted in different units
    late: list[CountLine] = field(default_factory=list)
    basis: str = ""
    checked: bool = False
    steps: list[StepLine] = field(default_factory=list)
    extend_url: str = ""
    print_url: str = ""


def count_of(
    case: Case,
    clock: Clock | None,
    today: date,
    *,
    extend_url: str = "",
    print_url: str = "",
) -> DueCount | None:
    """
    Return the last day of the case with its count, or None when it has none.

    While an agency has it, the words say how many working days are left. Afterwards they
    say whether the document was in time: its own date counts, not that of the entry.
    Without a clock only what the case keeps is shown.
    """
    if case.state not in LED:
        return None
    if clock is None:
        if case.due_on is None:
            return None
        kept = due_of(case, on=today, days=calendar())
        return DueCount(kept.state, kept.words, case.due_on, title_of(case.due_on))
    status = status_of(clock, datetime.combine(today, time.min))
    if status is Status.NO_DUE or (clock.is_over and clock.stands is None):
        return None
    words = words_of(status, kept_of(clock), on=today, days=clock.calendar)
    return counted(
        clock,
        state=TONES[status],
        words=words,
        today=today,
        extend_url=extend_url,
        print_url=print_url,
    )


def preview(proposal: Assignment, today: date) -> DueCount | None:
    """Return the last day that a decision of today would give."""
    if proposal.working_days is None:
        return None
    period = Period(proposal.working_days)
    try:
        begun = datetime.combine(today, time.min)
        clock = replay([Happening(Kind.START, begun, period)], calendar())
    except BadInput:
        return None  # the decision itself says that the calendar ends too early
    return counted(clock, state="ahead", words=_("If decided today"), today=today)


def counted(
    clock: Clock,
    *,
    state: str,
    words: str,
    today: date,
    extend_url: str = "",
    print_url: str = "",
) -> DueCount:
    """Return a clock's last day with its count, line by line, and its steps."""
    why = explain(clock)
    mixed = any(line.why is Why.EXTENDED for line in why.lines)
    return DueCount(
        state=state,
        words=words,
        date=why.due_on,
        title=title_of(why.due_on),
        lines=lines_of(why),
        total=None if mixed or why.due_on is None else why.total,
        late=late_lines(clock, today),
        basis="; ".join(why.legal_bases),
        checked=why.is_verified,
        # A clock that only started has nothing to tell that the count does not.
        steps=[step_line(each) for each in why.steps] if len(why.steps) > 1 else [],
        extend_url=extend_url,
        print_url=print_url,
    )


def title_of(due_on: date | None) -> str:
    """Return the question that the count answers."""
    if due_on is None:
        return _("Why it has no last day")
    return _("Why %(weekday)s %(date)s") % {
        "weekday": weekday(due_on),
        "date": d(due_on),
    }


def lines_of(why: Explanation) -> list[CountLine]:
    """Return day 0, the period that was given, and each stretch after it."""
    lines = [CountLine(_("Received on %(date)s") % {"date": d(why.start)}, _("day 0"))]
    if why.period is not None:
        n = why.period.n
        given = ngettext(
            "Period given: %(n)s working day", "Period given: %(n)s working days", n
        ) % {"n": n}
        lines.append(CountLine(given, None, "given"))
    return [*lines, *(count_line(line) for line in why.lines)]


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
    if line.why is Why.STOPPED:
        words = _("%(days)s: the clock stood still, %(document)s") % {
            "days": days,
            "document": line.note,
        }
        return CountLine(words, 0, "off")
    if line.why is Why.EXTENDED:
        words = _("%(days)s: more time by %(document)s") % {
            "days": days,
            "document": line.note,
        }
        n = line.counted
        value = ngettext("%(n)s day", "%(n)s days", n) % {"n": n}
        return CountLine(words, value, "given")
    if line.why is Why.WEEKEND:
        label = _("weekend")
    if line.why is Why.MOVED:
        label = _("moved here, the last day was off")
    return CountLine(f"{days}: {label}", line.counted)


def late_lines(clock: Clock, today: date) -> list[CountLine]:
    """Return the stretches without an answer after a last day; nothing erases them."""
    stretches = list(clock.late)
    until = clock.reported_on or today
    if not clock.is_over and clock.due_on is not None and until > clock.due_on:
        stretches.append(Late(clock.due_on, until))
    return [
        CountLine(
            _("Late after %(due)s, until %(until)s")
            % {"due": d(each.due), "until": d(each.until)},
            each.working_days(clock.calendar),
            "late",
        )
        for each in stretches
    ]


def step_line(step: ClockStep) -> StepLine:
    """Return one thing that happened, in words, with its document."""
    what = step.happening
    words = {
        Effect.STARTED: _("The agency got it"),
        Effect.STOPPED: _("Stopped"),
        Effect.STOPPED_LATE: _("Stopped after the last day: it changes nothing"),
        Effect.RESUMED: _("Runs on"),
        Effect.RESUMED_LATE: _("Runs on: it was stopped after the last day"),
        Effect.EXTENDED: _("More time given"),
        Effect.EXTENDED_LATE: _("More time given after the last day: late days stay"),
        Effect.REASSIGNED: _("Given to another agency"),
        Effect.REPORTED: _("Answered by the agency"),
        Effect.RETURNED: _("Returned to the agency"),
        Effect.FINISHED_IN_TIME: _("Confirmed: done on time"),
        Effect.FINISHED_LATE: _("Confirmed: done late"),
        Effect.WITHDRAWN: _("No longer followed"),
    }[step.effect]
    notes = [what.reference] if what.reference else []
    if what.reason is not None:
        notes.insert(0, str(PauseReason(what.reason.value).label))
    if what.issued_on is not None and what.kind is Kind.REPORT:
        notes.append(_("document of %(day)s") % {"day": d(what.issued_on)})
    text = f"{d(what.at.date())}: {words}"
    if notes:
        text += f" ({'; '.join(notes)})"
    return StepLine(text, step.due.date() if step.due else None)
