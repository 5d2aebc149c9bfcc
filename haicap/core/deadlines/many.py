"""The same clocks, a hundred thousand at once: for lists and for a changed calendar."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

import numpy as np
from numpy.typing import NDArray

from haicap.core.deadlines.calendar import Calendar
from haicap.core.deadlines.clock import Happening, Kind, Reason, naive
from haicap.core.deadlines.hours import minutes
from haicap.core.deadlines.period import Unit
from haicap.core.deadlines.status import SOON, Status


Days = NDArray[np.int64]  # ordinals; 0 is none
Moments = NDArray[np.int64]  # microseconds since year 1; 0 is none
Rows = NDArray[np.intp]

DAY = 86_400_000_000  # microseconds
MINUTE = 60_000_000
UNITS = tuple(Unit)
WORKING, HOURS = UNITS.index(Unit.WORKING_DAYS), UNITS.index(Unit.HOURS)
CALENDAR, MONTHS = UNITS.index(Unit.CALENDAR_DAYS), UNITS.index(Unit.MONTHS)
STATUSES = tuple(Status)
NOTHING = -1


@dataclass(frozen=True, slots=True)
class Histories:
    """
    What happened to many clocks, a row each, in order of time.

    Shape: every array is (n_clocks, n_happenings); shorter histories end in
    `kind` -1. Unit: `at` microseconds, `until` and `issued` ordinals, 0 for none; `n`
    of a period -1 for none; `cutoff` minutes of the day, -1 for none.
    """

    kind: NDArray[np.int8]
    at: Moments
    n: NDArray[np.int64]
    unit: NDArray[np.int8]
    cutoff: NDArray[np.int16]
    until: Days
    issued: Days
    is_lawful: NDArray[np.bool_]  # a stop says why, a pause names its decision


@dataclass(frozen=True, slots=True)
class Clocks:
    """
    What many clocks come to at one moment.

    Shape: (n_clocks,) each. Unit: `due` microseconds, 0 for none; `due_on` ordinals;
    `status` a place in `STATUSES`; `n_late` working days, of which `n_late_ended` lie in
    stretches that are over. A row that `is_bad` has a history that `replay` refuses with
    a sentence; its other values mean nothing.
    """

    due: Moments
    due_on: Days
    status: NDArray[np.int8]
    n_late: NDArray[np.int64]
    n_late_ended: NDArray[np.int64]
    is_bad: NDArray[np.bool_]


def pack(histories: Sequence[Sequence[Happening]]) -> Histories:
    """Return the histories as arrays; each row is put into the order of time."""
    width = max((len(each) for each in histories), default=0)
    shape = (len(histories), width)
    packed = Histories(
        kind=np.full(shape, NOTHING, np.int8),
        at=np.zeros(shape, np.int64),
        n=np.full(shape, NOTHING, np.int64),
        unit=np.zeros(shape, np.int8),
        cutoff=np.full(shape, NOTHING, np.int16),
        until=np.zeros(shape, np.int64),
        issued=np.zeros(shape, np.int64),
        is_lawful=np.ones(shape, np.bool_),
    )
    for row, history in enumerate(histories):
        ordered = sorted(history, key=lambda each: (naive(each.at), each.kind))
        for place, each in enumerate(ordered):
            packed.kind[row, place] = each.kind
            packed.at[row, place] = microseconds(each.at)
            if each.period is not None:
                packed.n[row, place] = each.period.n
                packed.unit[row, place] = UNITS.index(each.period.unit)
                if each.period.cutoff is not None:
                    packed.cutoff[row, place] = minutes(each.period.cutoff)
            if each.until is not None:
                packed.until[row, place] = each.until.toordinal()
            if each.issued_on is not None:
                packed.issued[row, place] = each.issued_on.toordinal()
            if each.kind is Kind.STOP:
                named = each.reason is not Reason.DECISION or each.reference.strip()
                packed.is_lawful[row, place] = bool(each.reason and named)
    return packed


def microseconds(at: datetime) -> int:
    """Return a local moment as microseconds since year 1."""
    seconds = at.toordinal() * 86_400 + at.hour * 3_600 + at.minute * 60 + at.second
    return seconds * 1_000_000 + at.microsecond


def recompute(
    histories: Histories, calendar: Calendar, now: datetime, *, soon: int = SOON
) -> Clocks:
    """
    Return what `replay` and `status_of` say of each history, all at once.

    Every row is equal to the one-by-one engine's; a test proves it on random ones.
    """
    clocks = Running(Table(calendar), *histories.kind.shape)
    for place in range(histories.kind.shape[1]):
        clocks.step(histories, place)
    clocks.bad |= histories.kind.shape[1] == 0 or ~clocks.has_started
    at = microseconds(now)
    clocks.bad |= (histories.at > at).any(axis=1)
    clocks.bad |= (histories.issued > now.toordinal()).any(axis=1)
    return clocks.result(at, soon)


class Table:
    """A calendar as arrays: days worked up to each day, and minutes of work."""

    def __init__(self, calendar: Calendar) -> None:
        self.first = calendar.first_ordinal
        self.until = np.asarray(calendar.until, np.int64)
        self.nth = np.asarray(calendar.nth, np.int64)
        self.worked = np.diff(self.until, prepend=0) > 0
        stretches = calendar.hours.of(None)
        ends = np.full(len(self.until), 24 * 60, np.int64)
        for number, until in calendar.half_days:
            ends[self.nth[number - 1]] = minutes(until)
        self.opens = [opens for opens, _ in stretches]
        # Of each stretch: when it closes on each day; as it opens where nobody works.
        self.closes = [
            np.where(self.worked, np.clip(ends, opens, closes), opens)
            for opens, closes in stretches
        ]
        of_day = sum(
            closes - opens
            for opens, closes in zip(self.opens, self.closes, strict=True)
        )
        self.minutes_until = np.cumsum(of_day)
        self.minutes_before = self.minutes_until - of_day

    def knows(self, day: Days) -> NDArray[np.bool_]:
        """Return which days the calendar covers."""
        return (day >= self.first) & (day < self.first + len(self.until))

    def place(self, day: Days) -> Days:
        """Return the places in the tables; of an unknown day the nearest."""
        return np.clip(day - self.first, 0, len(self.until) - 1)

    def worked_until(self, day: Days) -> Days:
        """Return how many days are worked up to each day."""
        return self.until[self.place(day)]

    def worked_day(self, number: Days) -> Days:
        """Return the days worked as these numbers; beyond the calendar 0."""
        known = number <= len(self.nth)
        days = self.first + self.nth[np.clip(number - 1, 0, len(self.nth) - 1)]
        return np.where(known, days, 0)

    def first_working_day(self, day: Days) -> Days:
        """Return each day, or the next one that is worked; unknown ones are 0."""
        place = self.place(day)
        following = self.worked_day(self.until[place] + 1)
        found = np.where(self.worked[place], day, following)
        return np.where(self.knows(day), found, 0)

    def worked_minutes(self, at: Moments) -> NDArray[np.int64]:
        """Return the minutes of work up to each moment."""
        place, now = self.place(at // DAY), at % DAY // MINUTE
        done = self.minutes_before[place]
        for opens, closes in zip(self.opens, self.closes, strict=True):
            done = done + np.clip(now - opens, 0, closes[place] - opens)
        return done

    def moment(self, worked: NDArray[np.int64]) -> Moments:
        """Return when so many minutes are worked; beyond the calendar 0."""
        place = np.searchsorted(self.minutes_until, worked, side="left")
        known = place < len(self.minutes_until)
        place = np.minimum(place, len(self.minutes_until) - 1)
        left = worked - self.minutes_before[place]
        found = np.zeros_like(worked)
        for opens, closes in zip(self.opens, self.closes, strict=True):
            length = closes[place] - opens
            here = (left <= length) & (found == 0) & (length > 0)
            found = np.where(here, opens + left, found)
            left = np.where(found == 0, left - length, left)
        return np.where(known, ((self.first + place) * DAY) + found * MINUTE, 0)


class Running:
    """The state of many clocks between two happenings."""

    def __init__(self, table: Table, n_clocks: int, n_happenings: int) -> None:
        self.table = table
        self.has_started = np.zeros(n_clocks, np.bool_)
        self.bad = np.zeros(n_clocks, np.bool_)
        self.withdrawn = np.zeros(n_clocks, np.bool_)
        self.day_0 = np.zeros(n_clocks, np.int64)
        self.stands = np.zeros(n_clocks, np.int64)
        self.unit = np.zeros(n_clocks, np.int8)
        self.stopped = np.zeros(n_clocks, np.int64)
        self.reported = np.zeros(n_clocks, np.int64)
        self.finished = np.zeros(n_clocks, np.int64)
        # One late stretch at most for each happening; 0 in `late_due` is none.
        self.late_due = np.zeros((n_clocks, n_happenings + 1), np.int64)
        self.late_until = np.zeros((n_clocks, n_happenings + 1), np.int64)

    def step(self, past: Histories, place: int) -> None:
        """Let the next happening of every row happen."""
        kind = past.kind[:, place]
        over = (self.finished > 0) | self.withdrawn
        start = kind == Kind.START
        self.bad |= start & self.has_started & ~over
        self.bad |= (kind != NOTHING) & ~start & (~self.has_started | over)
        again = (kind == Kind.REASSIGN) & (
            (past.n[:, place] >= 0) | (past.until[:, place] > 0)
        )
        verbs = (
            (start | again, self.begin),
            (kind == Kind.EXTEND, self.extend),
            (kind == Kind.STOP, self.stop),
            (kind == Kind.RESUME, self.resume),
            (kind == Kind.REPORT, self.report),
            (kind == Kind.RETURN, self.send_back),
            (kind == Kind.FINISH, self.finish),
            (kind == Kind.WITHDRAW, self.withdraw),
        )
        for which, verb in verbs:
            rows = np.flatnonzero(which & ~self.bad)
            if len(rows):
                verb(rows, past, place)

    def due(self, rows: Rows) -> Moments:
        """Return the last moments; 0 without one and while a clock stands still."""
        stands, stopped = self.stands[rows], self.stopped[rows]
        still = (stopped > 0) & ((stopped <= stands) | (stands == 0))
        return np.where(still, 0, stands)

    def note_late(self, rows: Rows, place: int, until: Days) -> NDArray[np.bool_]:
        """Keep which of these rows were late until these days; return them."""
        due = self.due(rows) // DAY
        late = (due > 0) & (until > due)
        self.late_due[rows[late], place] = due[late]
        self.late_until[rows[late], place] = until[late]
        return late

    def begin(self, rows: Rows, past: Histories, place: int) -> None:
        """Start, or start anew with what was late kept."""
        at, n, unit = past.at[rows, place], past.n[rows, place], past.unit[rows, place]
        running = rows[self.has_started[rows] & (self.finished[rows] == 0)]
        running = running[~self.withdrawn[running]]
        self.note_late(running, place, past.at[running, place] // DAY)
        self.has_started[rows] = True
        for state in (self.stands, self.stopped, self.reported, self.finished):
            state[rows] = 0
        self.withdrawn[rows] = False
        day_0, begin = self.receipt(at, past.cutoff[rows, place], rows)
        self.day_0[rows] = day_0
        self.unit[rows] = WORKING
        given = n >= 0
        self.count(rows[given], begin[given], day_0[given], n[given], unit[given])
        until = past.until[rows, place]
        self.bad[rows] |= (until > 0) & (until < day_0)
        dated = ~given & (until > 0)
        self.unit[rows[dated]] = CALENDAR
        self.run(rows[dated], until[dated])

    def receipt(
        self, at: Moments, cutoff: NDArray[np.int16], rows: Rows
    ) -> tuple[Days, Moments]:
        """Return the days of receipt, and the moments from which hours count."""
        day = at // DAY
        too_late = (cutoff >= 0) & (at % DAY > cutoff.astype(np.int64) * MINUTE)
        following = self.table.first_working_day(day + 1)
        day_0 = np.where(too_late, following, day)
        self.bad[rows] |= day_0 == 0
        return day_0, np.where(day_0 == day, at, day_0 * DAY)

    def count(
        self,
        rows: Rows,
        begin: Moments,
        day_0: Days,
        n: NDArray[np.int64],
        unit: NDArray[np.int8],
    ) -> None:
        """Let clocks run for periods, each in its unit."""
        self.unit[rows] = unit
        by_hour = unit == HOURS
        worked = self.table.worked_minutes(begin) + n * 60
        unknown = ~self.table.knows(begin // DAY)
        due = np.where(unknown, 0, self.table.moment(worked))
        self.set_due(rows[by_hour], due[by_hour])
        days = ~by_hour
        number = self.table.worked_until(day_0) + n
        working = np.where(self.table.knows(day_0), self.table.worked_day(number), 0)
        later = np.where(unit == MONTHS, months_later(day_0, n), day_0 + n)
        raw = np.where((unit == WORKING) & (n > 0), working, later)
        self.run(rows[days], np.where(n == 0, day_0, raw)[days])

    def run(self, rows: Rows, raw: Days) -> None:
        """Let clocks run to these days, or to the next worked ones."""
        last = self.table.first_working_day(raw)
        self.set_due(rows, np.where(last > 0, (last + 1) * DAY - 1, 0))

    def set_due(self, rows: Rows, due: Moments) -> None:
        """Set the last moments; a date that the calendar does not know is bad."""
        self.bad[rows] |= due == 0
        self.stands[rows] = due

    def extend(self, rows: Rows, past: Histories, place: int) -> None:
        """Give more time; what was late before stays late."""
        n, until = past.n[rows, place], past.until[rows, place]
        old = self.stands[rows]
        self.bad[rows] |= (old == 0) | ((n <= 0) & (until == 0))
        self.note_late(rows, place, self.late_day(rows, past.at[rows, place]))
        by = n > 0
        unit = past.unit[rows, place]
        begin = np.where(unit == HOURS, old, old // DAY * DAY)
        self.count(rows[by], begin[by], old[by] // DAY, n[by], unit[by])
        dated = rows[~by]
        self.unit[dated] = CALENDAR
        further = ~by & ((until + 1) * DAY - 1 > old)
        self.run(rows[further], until[further])

    def late_day(self, rows: Rows, at: Moments) -> Days:
        """Return the day of each moment that is after the due one; else 0."""
        due = self.due(rows)
        return np.where((due > 0) & (at > due), at // DAY, 0)

    def stop(self, rows: Rows, past: Histories, place: int) -> None:
        """Let clocks stand still."""
        self.bad[rows] |= (self.stopped[rows] > 0) | ~past.is_lawful[rows, place]
        self.stopped[rows] = past.at[rows, place]

    def resume(self, rows: Rows, past: Histories, place: int) -> None:
        """Let clocks run on with what was left."""
        since, at, due = self.stopped[rows], past.at[rows, place], self.stands[rows]
        self.bad[rows] |= since == 0
        self.stopped[rows] = 0
        stood = (since > 0) & (due > 0) & (since <= due)
        unit, day_0 = self.unit[rows], self.day_0[rows]
        # What was received after the cut-off is counted from the next opening on.
        begun, goes_on = np.maximum(since, day_0 * DAY), np.maximum(at, day_0 * DAY)
        by_hour = stood & (unit == HOURS) & (goes_on > begun)
        left = self.table.worked_minutes(due) - self.table.worked_minutes(begun)
        end = self.table.moment(self.table.worked_minutes(goes_on) + left)
        end = np.where(left > 0, end, goes_on)
        self.set_due(rows[by_hour], end[by_hour])
        halted, on = np.maximum(since // DAY, day_0), np.maximum(at // DAY, day_0)
        moves = stood & (unit != HOURS) & (on > halted)
        left = self.table.worked_until(due // DAY) - self.table.worked_until(halted)
        working = self.table.worked_day(self.table.worked_until(on) + left)
        working = np.where(left > 0, working, on)
        raw = np.where(unit == WORKING, working, on + due // DAY - halted)
        self.bad[rows[moves]] |= ~self.table.knows(on[moves])
        self.run(rows[moves], raw[moves])

    def report(self, rows: Rows, past: Histories, place: int) -> None:
        """Note what the leads say is done."""
        issued, at = past.issued[rows, place], past.at[rows, place]
        self.reported[rows] = np.where(issued > 0, issued, at // DAY)

    def send_back(self, rows: Rows, past: Histories, place: int) -> None:
        """Note which reports were not accepted."""
        self.bad[rows] |= self.reported[rows] == 0
        self.reported[rows] = 0

    def finish(self, rows: Rows, past: Histories, place: int) -> None:
        """End clocks by the dates of their products."""
        done = past.issued[rows, place]
        done = np.where(done > 0, done, self.reported[rows])
        done = np.where(done > 0, done, past.at[rows, place] // DAY)
        due, until = self.late_due[rows], self.late_until[rows]
        self.late_due[rows] = np.where(due < done[:, None], due, 0)
        self.late_until[rows] = np.minimum(until, done[:, None])
        self.note_late(rows, place, done)
        self.finished[rows] = done

    def withdraw(self, rows: Rows, past: Histories, place: int) -> None:
        """End clocks that nobody waits for."""
        self.note_late(rows, place, past.at[rows, place] // DAY)
        self.withdrawn[rows] = True

    def result(self, now: int, soon: int) -> Clocks:
        """Return the status of every clock at one moment."""
        rows = np.arange(len(self.stands))
        due = self.due(rows)
        due_on, today = due // DAY, np.int64(now // DAY)
        over = (self.finished > 0) | self.withdrawn
        until = np.where(self.reported > 0, self.reported, today)
        waits_late = ~over & (due > 0) & (until > due_on)
        self.late_due[waits_late, -1] = due_on[waits_late]
        self.late_until[waits_late, -1] = until[waits_late]
        was_late = (self.late_due[:, :-1] > 0).any(axis=1)
        days = self.table.worked_until(self.late_until)
        days = days - self.table.worked_until(self.late_due)
        days = np.where(self.late_due > 0, np.maximum(days, 1), 0)
        n_late, n_late_ended = days.sum(axis=1), days[:, :-1].sum(axis=1)
        left = self.table.worked_until(due_on)
        left = left - self.table.worked_until(np.full_like(due_on, today))
        still = (self.stopped > 0) & (due == 0)
        # The first that holds is the one, in the order of `status_of`.
        conditions = (
            (self.withdrawn, Status.CANCELLED),
            ((self.finished > 0) & was_late, Status.DONE_LATE),
            (self.finished > 0, Status.DONE_ON_TIME),
            (self.reported > 0, Status.REPORTED),
            (still, Status.PAUSED),
            (due == 0, Status.NO_DUE),
            (now > due, Status.OVERDUE),
            (was_late, Status.EXTENDED_AFTER_LATE),
            (left <= soon, Status.DUE_SOON),
        )
        status = np.select(
            [which for which, _ in conditions],
            [np.int8(STATUSES.index(code)) for _, code in conditions],
            default=np.int8(STATUSES.index(Status.NOT_DUE)),
        )
        status = status.astype(np.int8)
        return Clocks(due, due_on, status, n_late, n_late_ended, self.bad)


def months_later(day: Days, n: NDArray[np.int64]) -> Days:
    """Return the same day number of later months, or the last day of shorter ones."""
    dates = (day - _EPOCH).astype("datetime64[D]")
    months = dates.astype("datetime64[M]") + n.astype("timedelta64[M]")
    first = months.astype("datetime64[D]")
    of_month = dates - dates.astype("datetime64[M]").astype("datetime64[D]")
    last = (months + np.timedelta64(1, "M")).astype("datetime64[D]")
    found = np.minimum(first + of_month, last - np.timedelta64(1, "D"))
    return np.asarray(found.astype(np.int64) + _EPOCH, np.int64)


_EPOCH = date(1970, 1, 1).toordinal()
