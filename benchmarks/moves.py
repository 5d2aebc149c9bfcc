"""
Measures a decision on working days over 20,000 open cases, in a new SQLite file.

    python benchmarks/moves.py      some minutes, nearly all to fill the database
"""

from __future__ import annotations

import json
import os
import sys
import tempfile
import time
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from typing import Any

import django


sys.path.insert(0, str(Path(__file__).resolve().parents[1]))
os.environ["DJANGO_SETTINGS_MODULE"] = "haicap.config.settings"
os.environ.pop("DATABASE_URL", None)
FOLDER = tempfile.TemporaryDirectory(prefix="haicap-bench-")
os.environ["HAICAP_VAR"] = FOLDER.name  # never the data of this checkout
Path(FOLDER.name, "secret-key").write_text("measured-and-thrown-away-" * 3)
django.setup()

from django.core.management import call_command  # noqa: E402  after setup, like all below
from django.db import connection, transaction  # noqa: E402
from django.utils import timezone  # noqa: E402

from benchmarks.province import Builder  # noqa: E402
from haicap.core.deadlines.calendar import DayKind, Decision, SpecialDay  # noqa: E402
from haicap.core.deadlines.working_days import add_working_days  # noqa: E402
from haicap.people.models import User  # noqa: E402
from haicap.places.workdays import calendar  # noqa: E402
from haicap.resolve.actions.calendar import decide, withdraw  # noqa: E402
from haicap.resolve.actions.clocks import settle  # noqa: E402
from haicap.resolve.clocks import local  # noqa: E402
from haicap.resolve.models import (  # noqa: E402
    Case,
    Extension,
    ExtensionVerdict,
    Pause,
    PauseReason,
)
from haicap.resolve.moves import WAITED_FOR, preview  # noqa: E402
from haicap.resolve.states import CaseState  # noqa: E402


N_OPEN = 20_000
STATES = {CaseState.ASSIGNED: 8, CaseState.REPLIED: 2}
STOPPED = 10  # one case in so many stood still for a while, and one was given more time
N_LOOKS = 5


def timed(verb: Callable[[], Any]) -> tuple[float, float, Any]:
    """Return the seconds that it took, those of the processor, and what it returned."""
    begin, worked = time.perf_counter(), time.process_time()
    found = verb()
    return time.perf_counter() - begin, time.process_time() - worked, found


def measure() -> dict[str, Any]:
    """Return seconds and counts: looked at, entered, taken back."""
    call_command("migrate", verbosity=0)
    today = timezone.localdate()
    builder = Builder(
        n_asks=N_OPEN * 11 // 10, n_cases=N_OPEN + 1, today=today, states=STATES
    )
    office = builder.build().office
    happen(list(Case.objects.filter(state=CaseState.ASSIGNED)), office)
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE" if connection.vendor == "sqlite" else "VACUUM ANALYZE")
    now = timezone.now()
    off = Decision(
        add_working_days(today, 1, calendar()),
        SpecialDay(DayKind.HOLIDAY, "Ngày nghỉ thêm", "One more day off", "Made up"),
    )
    looks = [timed(lambda: preview([off], now=local(now))) for _ in range(N_LOOKS)]
    seconds = sorted(each for each, _processor, _found in looks)
    shown = looks[0][2]
    before = kept()
    enter_s, enter_cpu_s, done = timed(
        lambda: decide(decisions=[off], seen=shown.seal, by=office, at=now)
    )
    undo_s, undo_cpu_s, _done = timed(
        lambda: withdraw(group=done.group, by=office, at=now)
    )
    return {
        "n_open": Case.objects.filter(state__in=WAITED_FOR).count(),
        "n_moved": len(shown.open),
        "preview_s": seconds[N_LOOKS // 2],
        "slowest_s": seconds[-1],
        "cpu_s": sorted(each for _wall, each, _found in looks)[N_LOOKS // 2],
        "enter_s": enter_s,
        "enter_cpu_s": enter_cpu_s,
        "undo_s": undo_s,
        "undo_cpu_s": undo_cpu_s,
        "is_restored": kept() == before,
    }


@transaction.atomic
def happen(cases: list[Case], by: User) -> None:
    """Let some clocks stand still for a day and some be given more time."""
    Pause.objects.bulk_create(
        Pause(
            case=case,
            reason=PauseReason.OPINION,
            reference="12/SNV",
            stopped_by=by,
            stopped_at=case.assigned_at + timedelta(days=1),
            resumed_by=by,
            resumed_at=case.assigned_at + timedelta(days=2),
        )
        for case in cases[::STOPPED]
    )
    Extension.objects.bulk_create(
        Extension(
            case=case,
            until=case.due_on + timedelta(days=7),
            reason="Chờ số liệu",
            asked_by=by,
            asked_at=case.assigned_at,
            verdict=ExtensionVerdict.GRANTED,
            decided_by=by,
            decided_at=case.assigned_at + timedelta(days=1),
            reference="90/UBND",
        )
        for case in cases[5::STOPPED]
        if case.due_on is not None
    )
    for case in [*cases[::STOPPED], *cases[5::STOPPED]]:
        settle(case)


def kept() -> list[tuple[Any, ...]]:
    """Return what every case keeps of its clock."""
    rows = Case.objects.order_by("pk")
    return list(rows.values_list("pk", "due_on", "paused_on", "late_days"))


if __name__ == "__main__":
    print(json.dumps(measure(), indent=2))
    connection.close()
