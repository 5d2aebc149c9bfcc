"""A deadline's clock, replayed from what happened; nothing of it is stored as truth."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import IntEnum, StrEnum

from haicap.core.deadlines import office_time
from haicap.core.deadlines.calendar import Calendar
from haicap.core.deadlines.period import Period, Unit, end_of, moved
from haicap.core.deadlines.working_days import (
    first_working_day,
    working_days_between,
)
from haicap.core.errors import BadInput


class Kind(IntEnum):
    """
    What can happen to a clock; of two things at the same moment the smaller is first.

    A start after an end begins anew (reopened). A reassignment with a period begins
    anew too; without one the due date stays.
    """

    START = 0
    REASSIGN = 1
    EXTEND = 2
    STOP = 3
    RESUME = 4
    RETURN = 5  # the report was not accepted
    REPORT = 6  # the lead says that it is done
    FINISH = 7  # whoever tracks it confirms
    WITHDRAW = 8


class Reason(StrEnum):
    """Why a clock stands still."""

    OPINION = "opinion"  # a coordinator was asked
    SUPPLEMENT = "supplement"  # the sender was asked
    UPPER_LEVEL = "upper_level"  # a level above has it
    DECISION = "decision"  # paused by a decision, which is named


@dataclass(frozen=True, slots=True)
class Happening:
    """
    One thing that happened, at a local moment without a zone.

    `period`: given by a start, a reassignment or an extension. `until`: the date that
    an extension, or a start with a fixed date, names. `issued_on`: the date of the
    product that a report or an end refers to; that date counts, not the entry's.
    """

    kind: Kind
    at: datetime
    period: Period | None = None
    until: date | None = None
    reason: Reason | None = None
    issued_on: date | None = None
    reference: str = ""


class Effect(StrEnum):
    """What one happening did to the clock."""

    STARTED = "started"
    STOPPED = "stopped"
    STOPPED_LATE = "stopped_late"  # after the due date: it changes nothing
    RESUMED = "resumed"
    RESUMED_LATE = "resumed_late"
    EXTENDED = "extended"
    EXTENDED_LATE = "extended_late"  # the late days before it stay
    REASSIGNED = "reassigned"
    REPORTED = "reported"
    RETURNED = "returned"
    FINISHED_IN_TIME = "finished_in_time"
    FINISHED_LATE = "finished_late"
    WITHDRAWN = "withdrawn"


@dataclass(frozen=True, slots=True)
class Step:
    """One happening with what it did; `due` is the last moment after it, if any."""

    happening: Happening
    effect: Effect
    due: datetime | None


@dataclass(frozen=True, slots=True)
class Late:
    """One stretch without an answer after a due date, until an end or an extension."""

    due: date
    until: date

    def working_days(self, calendar: Calendar) -> int:
        """Return how long it was; at least 1, for late is late on a weekend too."""
        return max(working_days_between(self.due, self.until, calendar), 1)


class Sort(StrEnum):
    """What a stretch of a clock is made of."""

    GIVEN = "given"
    EXTENDED = "extended"
    STOPPED = "stopped"
    MOVED = "moved"  # nobody works on the last day


@dataclass(frozen=True, slots=True)
class Stretch:
    """What lies after `start` up to `end`, itself included, counted in `unit`."""

    start: datetime
    end: datetime
    sort: Sort
    unit: Unit
    happening: Happening


@dataclass(slots=True)
class Clock:
    """
    What a history comes to: the due date that stands and how it came about.

    `due` is the last moment, None without a period and while the clock stands still;
    `stands` is the due date as it stood when the clock was stopped.
    """

    calendar: Calendar
    started: Happening
    day_0: date
    stands: datetime | None = None
    first_due: datetime | None = None
    unit: Unit = Unit.WORKING_DAYS
    stopped: Happening | None = None
    late: list[Late] = field(default_factory=list)
    reported_on: date | None = None
    finished_on: date | None = None
    withdrawn: bool = False
    stretches: list[Stretch] = field(default_factory=list)
    steps: list[Step] = field(default_factory=list)

    @property
    def is_stopped(self) -> bool:
        """Return whether it stands still: stopped in time and not yet resumed."""
        if self.stopped is None or self.stands is None:
            return self.stopped is not None
        return not after(self.stopped.at, self.stands)

    @property
    def due(self) -> datetime | None:
        """Return the last moment, or None without one."""
        return None if self.is_stopped else self.stands

    @property
    def due_on(self) -> date | None:
        """Return the last day, or None without one."""
        return self.due.date() if self.due else None

    @property
    def is_over(self) -> bool:
        """Return whether nothing is waited for any more."""
        return self.finished_on is not None or self.withdrawn

    def n_late(self, on: date) -> int:
        """
        Return the working days without an answer after a due date, seen on a day.

        Unit: working days of all late stretches together; 0 means never late.
        """
        stretches, until = list(self.late), self.reported_on or on
        if not self.is_over and self.due_on and until > self.due_on:
            stretches.append(Late(self.due_on, until))
        return sum(each.working_days(self.calendar) for each in stretches)


def replay(
    happenings: Iterable[Happening],
    calendar: Calendar,
    *,
    now: datetime | None = None,
) -> Clock:
    """
    Return the clock that these happenings come to, whatever order they are given in.

    Errors: BadInput for a history that cannot be: no start, two stops at once, a
    resume without a stop, anything after the end, a moment after `now` or with a zone.
    """
    ordered = sorted(happenings, key=lambda each: (naive(each.at), each.kind))
    if not ordered:
        raise BadInput("Nothing has started this clock: its history is empty.")
    clock: Clock | None = None
    for each in ordered:
        if now is not None and (
            each.at > now or (each.issued_on and each.issued_on > now.date())
        ):
            raise BadInput(
                "%(day)s lies in the future. Enter it when it has happened.",
                day=f"{max(each.at.date(), each.issued_on or each.at.date()):%d/%m/%Y}",
            )
        clock = step(clock, each, calendar)
    assert clock is not None
    return clock


def step(clock: Clock | None, what: Happening, calendar: Calendar) -> Clock:
    """Return the clock after one more happening; only a start makes a new one."""
    if what.kind is Kind.START:
        if clock is not None and not clock.is_over:
            raise refusal("The clock already runs; it cannot start at %(at)s.", what)
        return begin(clock, what, calendar, Effect.STARTED)
    if clock is None:
        raise refusal("Nothing has started this clock before %(at)s.", what)
    if clock.is_over:
        raise refusal("The clock had ended before %(at)s.", what)
    if what.kind is Kind.REASSIGN and (what.period or what.until):
        return begin(clock, what, calendar, Effect.REASSIGNED)
    effect = VERBS[what.kind](clock, what)
    clock.steps.append(Step(what, effect, clock.due))
    return clock


def begin(
    clock: Clock | None, what: Happening, calendar: Calendar, effect: Effect
) -> Clock:
    """Return a clock that starts now; of an earlier one it keeps what it was late."""
    day_0 = what.period.day_0(what.at, calendar) if what.period else what.at.date()
    if what.until is not None and what.until < day_0:
        raise refusal("What started at %(at)s is due before it is received.", what)
    fresh = Clock(calendar, what, day_0)
    if clock is not None:
        if not clock.is_over:
            note_late(clock, what.at.date())
        fresh.late, fresh.steps = clock.late, clock.steps
    if what.period is not None:
        count(fresh, what, what.period, Sort.GIVEN, what.at)
    elif what.until is not None:
        fresh.unit = Unit.CALENDAR_DAYS
        run(fresh, what, Sort.GIVEN, end_of(day_0), end_of(what.until))
    fresh.first_due = fresh.stands
    fresh.steps.append(Step(what, effect, fresh.due))
    return fresh


def count(
    clock: Clock, what: Happening, period: Period, sort: Sort, start: datetime
) -> None:
    """Let the clock run for a period from `start` on."""
    calendar, clock.unit = clock.calendar, period.unit
    if period.unit is Unit.HOURS:
        begin_at = period.begin(start, calendar)
        clock.stands = period.end(start, calendar)
        clock.stretches.append(Stretch(begin_at, clock.stands, sort, period.unit, what))
        return
    day_0 = period.day_0(start, calendar)
    run(clock, what, sort, end_of(day_0), end_of(period.raw_end(day_0, calendar)))


def run(
    clock: Clock, what: Happening, sort: Sort, start: datetime, raw: datetime
) -> None:
    """Let the clock run after `start` to the day `raw`, or the next worked one."""
    due = end_of(first_working_day(raw.date(), clock.calendar))
    if raw > start:
        clock.stretches.append(Stretch(start, raw, sort, clock.unit, what))
    if due > raw:
        clock.stretches.append(
            Stretch(max(raw, start), due, Sort.MOVED, clock.unit, what)
        )
    clock.stands = due


def reassign(clock: Clock, what: Happening) -> Effect:
    """Hand the clock to another lead as it runs."""
    return Effect.REASSIGNED


def extend(clock: Clock, what: Happening) -> Effect:
    """Give more time; asked for too late it does not erase the late days."""
    if clock.stands is None:
        raise refusal("There is no due date to extend on %(at)s.", what)
    old = clock.stands
    is_late = not clock.is_stopped and after(what.at, old)
    if is_late:
        note_late(clock, what.at.date())
    if what.period is not None and what.period.n:
        start = old if what.period.unit is Unit.HOURS else end_of(old.date())
        count(
            clock, what, Period(what.period.n, what.period.unit), Sort.EXTENDED, start
        )
    elif what.until is not None:
        if end_of(what.until) > old:
            clock.unit = Unit.CALENDAR_DAYS
            run(clock, what, Sort.EXTENDED, old, end_of(what.until))
        # A calendar that moved the old date beyond the new one does not shorten it.
        clock.unit = Unit.CALENDAR_DAYS
    else:
        raise refusal("An extension on %(at)s names neither a date nor a period.", what)
    return Effect.EXTENDED_LATE if is_late else Effect.EXTENDED


def stop(clock: Clock, what: Happening) -> Effect:
    """Let the clock stand still; after the due date that changes nothing."""
    if clock.stopped is not None:
        raise refusal(
            "The clock already stands still since %(since)s; it cannot be stopped"
            " again at %(at)s.",
            what,
            since=f"{clock.stopped.at:%d/%m/%Y}",
        )
    if what.reason is None:
        raise refusal("A stop at %(at)s says no reason.", what)
    if what.reason is Reason.DECISION and not what.reference.strip():
        raise refusal("A pause at %(at)s names no decision.", what)
    clock.stopped = what
    return Effect.STOPPED if clock.is_stopped else Effect.STOPPED_LATE


def resume(clock: Clock, what: Happening) -> Effect:
    """Let it run on: what was left when it was stopped is left now."""
    if clock.stopped is None:
        raise refusal("The clock was not stopped before %(at)s.", what)
    was_stopped, since = clock.is_stopped, clock.stopped
    clock.stopped = None
    if not was_stopped:
        return Effect.RESUMED_LATE
    if clock.stands is not None:
        stand_still(clock, clock.stands, since, what)
    return Effect.RESUMED


def stand_still(clock: Clock, due: datetime, since: Happening, what: Happening) -> None:
    """Move the due date by the time between a stop and its end."""
    halted, running_on = since.at, what.at
    if clock.unit is not Unit.HOURS:
        day_0 = end_of(clock.day_0)
        halted = max(end_of(halted.date()), day_0)
        running_on = max(end_of(running_on.date()), day_0)
    elif clock.stretches:
        # What was received after the cut-off is counted from the next opening on.
        begin = clock.stretches[0].start
        halted, running_on = max(halted, begin), max(running_on, begin)
    if halted == running_on:
        return
    rest = cut(clock, halted)
    clock.stretches.append(Stretch(halted, running_on, Sort.STOPPED, clock.unit, since))
    end = as_much_later(due, halted, running_on, clock)
    if clock.unit is not Unit.HOURS:
        run(clock, rest.happening, rest.sort, running_on, end)
        return
    if end > running_on:
        clock.stretches.append(
            Stretch(running_on, end, rest.sort, clock.unit, rest.happening)
        )
    clock.stands = end


def as_much_later(
    due: datetime, halted: datetime, running_on: datetime, clock: Clock
) -> datetime:
    """Return the end of a count of which as much is left as when it was halted."""
    calendar = clock.calendar
    if clock.unit is Unit.HOURS:
        left = office_time.worked_minutes(due, calendar)
        left -= office_time.worked_minutes(halted, calendar)
        return (
            office_time.add_minutes(running_on, left, calendar) if left else running_on
        )
    if clock.unit is Unit.WORKING_DAYS:
        left = working_days_between(halted.date(), due.date(), calendar)
        if left == 0:
            return running_on
        return end_of(
            calendar.worked_day(calendar.worked_until(running_on.date()) + left)
        )
    return moved(running_on, due - halted)


def cut(clock: Clock, at: datetime) -> Stretch:
    """Keep of the stretches what lies up to `at`; return the one that went on."""
    kept = [each for each in clock.stretches if each.start < at]
    rest = next((each for each in clock.stretches if each.end > at), None)
    if kept and kept[-1].end > at:
        last = kept.pop()
        kept.append(Stretch(last.start, at, last.sort, last.unit, last.happening))
    clock.stretches = kept
    return rest or Stretch(at, at, Sort.MOVED, clock.unit, clock.started)


def report(clock: Clock, what: Happening) -> Effect:
    """Note that the lead says it is done, by the date of its product."""
    clock.reported_on = what.issued_on or what.at.date()
    return Effect.REPORTED


def send_back(clock: Clock, what: Happening) -> Effect:
    """Note that the report was not accepted: it is waited for again."""
    if clock.reported_on is None:
        raise refusal("Nothing was reported before %(at)s.", what)
    clock.reported_on = None
    return Effect.RETURNED


def finish(clock: Clock, what: Happening) -> Effect:
    """End it by the date of the product; only what was late by then stays late."""
    done = what.issued_on or clock.reported_on or what.at.date()
    clock.late = [
        Late(each.due, min(each.until, done)) for each in clock.late if each.due < done
    ]
    note_late(clock, done)
    clock.finished_on = done
    return Effect.FINISHED_LATE if clock.late else Effect.FINISHED_IN_TIME


def withdraw(clock: Clock, what: Happening) -> Effect:
    """End it without an answer: nobody waits for it."""
    note_late(clock, what.at.date())
    clock.withdrawn = True
    return Effect.WITHDRAWN


def note_late(clock: Clock, until: date) -> None:
    """Keep that it was late until that day, if it was."""
    if clock.due_on is not None and until > clock.due_on:
        clock.late = [*clock.late, Late(clock.due_on, until)]


def after(at: datetime, due: datetime) -> bool:
    """Return whether a moment lies after a due date, or after an hour that is due."""
    return at > due


def naive(at: datetime) -> datetime:
    """Return a local moment; one with a zone is refused, for no zone is known here."""
    if at.tzinfo is not None:
        raise BadInput(
            "%(at)s carries a time zone. Give the local time of the office.",
            at=at.isoformat(),
        )
    return at


def refusal(sentence: str, what: Happening, **params: str) -> BadInput:
    """Return the refusal of one happening, with its moment."""
    return BadInput(sentence, at=f"{what.at:%d/%m/%Y %H:%M}", **params)


VERBS = {
    Kind.REASSIGN: reassign,
    Kind.EXTEND: extend,
    Kind.STOP: stop,
    Kind.RESUME: resume,
    Kind.REPORT: report,
    Kind.RETURN: send_back,
    Kind.FINISH: finish,
    Kind.WITHDRAW: withdraw,
}
