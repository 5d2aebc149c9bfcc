"""Measures many clocks and one explanation, alone in a process; prints figures as JSON."""

from __future__ import annotations

import json
import os
import random
import statistics
import sys
import time
from datetime import date, datetime, timedelta
from pathlib import Path


sys.path[:0] = [str(Path(__file__).resolve().parent.parent)]

from haicap.core.deadlines.calendar import (  # noqa: E402  the path is set only now
    Calendar,
    DayKind,
    Decision,
    SpecialDay,
    calendar_of,
)
from haicap.core.deadlines.clock import (  # noqa: E402
    Happening,
    Kind,
    Reason,
    replay,
)
from haicap.core.deadlines.explain import explain  # noqa: E402
from haicap.core.deadlines.many import (  # noqa: E402
    STATUSES,
    microseconds,
    pack,
    recompute,
)
from haicap.core.deadlines.period import Period, Unit  # noqa: E402
from haicap.core.deadlines.status import status_of  # noqa: E402
from haicap.places.announced import announced  # noqa: E402


N_HISTORIES, N_CHECKED, N_EXPLAINED = 100_000, 2_000, 5_000
NOW = datetime(2026, 11, 25, 9)  # noqa: DTZ001  the engine counts in local time
NEW_DAY = Decision(
    date(2026, 11, 24),
    SpecialDay(DayKind.HOLIDAY, "-", "Vietnam Culture Day", "a decision made up here"),
)
WHILE_RUNNING = (
    Kind.STOP,
    Kind.STOP,
    Kind.EXTEND,
    Kind.EXTEND,
    Kind.REASSIGN,
    Kind.REPORT,
    Kind.FINISH,
)


def history(dice: random.Random) -> list[Happening]:
    """Return what may have happened to one case: 1 to 12 things, a few weeks apart."""
    n = dice.randint(1, 12)
    at = NOW - timedelta(minutes=dice.randint(4_000 * n, 5_000 * n))
    past: list[Happening] = []
    state = Kind.FINISH
    for _ in range(n):
        if state is Kind.FINISH:
            kind = Kind.START
        elif state is Kind.STOP:
            kind = Kind.RESUME
        else:
            kind = dice.choice(WHILE_RUNNING)
        past.append(happening(kind, at, dice))
        if kind in (Kind.START, Kind.STOP, Kind.RESUME, Kind.FINISH):
            state = kind
        at += timedelta(minutes=dice.randint(600, 4_000))
    return past


def happening(kind: Kind, at: datetime, dice: random.Random) -> Happening:
    """Return one thing with what belongs to it."""
    if kind is Kind.START or (kind is Kind.EXTEND and dice.random() < 0.5):
        unit = dice.choices(list(Unit), [80, 10, 5, 5])[0]
        n = dice.randint(1, 3) if unit is Unit.MONTHS else dice.randint(2, 30)
        return Happening(kind, at, Period(n, unit))
    if kind is Kind.EXTEND:
        return Happening(kind, at, until=at.date() + timedelta(dice.randint(5, 60)))
    if kind is Kind.STOP:
        return Happening(kind, at, reason=Reason.OPINION)
    if kind is Kind.FINISH:
        return Happening(kind, at, issued_on=at.date() - timedelta(dice.randint(0, 3)))
    return Happening(kind, at)


def memory_mb() -> float:
    """Return the most memory that this process has held; not what its parent had."""
    status = Path("/proc/self/status").read_text()
    return int(status.split("VmHWM:")[1].split()[0]) / 1024


def one_by_one(past: list[Happening], calendar: Calendar) -> tuple[int, str, int]:
    """Return what the engine says of one clock alone."""
    clock = replay(past, calendar, now=NOW)
    due = microseconds(clock.due) if clock.due else 0
    return due, status_of(clock, NOW), clock.n_late(NOW.date())


def measure() -> dict[str, float]:
    """Return seconds, megabytes and counts."""
    found: dict[str, float] = {"bare_mb": memory_mb()}
    dice = random.Random(129)
    pasts = [history(dice) for _ in range(N_HISTORIES)]
    found["happenings"] = sum(map(len, pasts))
    found["objects_mb"] = memory_mb()
    begin = time.perf_counter()
    packed = pack(pasts)
    found["pack_s"] = time.perf_counter() - begin
    before = recompute(packed, calendar_of(announced()), NOW)
    seconds = []
    for _ in range(5):
        begin = time.perf_counter()
        # The change itself is in it: a new calendar from its rows.
        changed = calendar_of((*announced(), NEW_DAY))
        after = recompute(packed, changed, NOW)
        seconds.append(time.perf_counter() - begin)
    found["recompute_s"] = statistics.median(seconds)
    found["slowest_s"] = max(seconds)
    found["peak_mb"] = memory_mb()
    found["bad"] = int(after.is_bad.sum())
    found["moved"] = int((before.due != after.due).sum())
    found["unequal"] = sum(
        one_by_one(past, changed)
        != (after.due[row], STATUSES[after.status[row]], after.n_late[row])
        for row, past in enumerate(pasts[:N_CHECKED])
    )
    waits = []
    for past in pasts[:N_EXPLAINED]:
        begin = time.perf_counter()
        explain(replay(past, changed))
        waits.append(time.perf_counter() - begin)
    found["explain_ms"] = statistics.median(waits) * 1000
    found["explain_p99_ms"] = sorted(waits)[int(0.99 * len(waits))] * 1000
    return found


if __name__ == "__main__":
    os.sched_setaffinity(0, {min(os.sched_getaffinity(0))})
    print(json.dumps(measure()))
