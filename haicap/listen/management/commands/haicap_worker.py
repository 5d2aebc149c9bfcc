"""`haicap worker`: reads the files that wait, and sweeps, until it is stopped."""

from __future__ import annotations

import random
import time
from argparse import ArgumentParser
from collections.abc import Callable
from typing import Any

from django.core.management.base import BaseCommand
from django.db import OperationalError
from django.utils import timezone
from django.utils.crypto import get_random_string
from django_tasks_db.management.commands.db_worker import Worker
from django_tasks_db.models import DBTaskResult

from haicap.ledger import receipts
from haicap.listen.actions import documents, readings
from haicap.listen.tasks import read_document


SWEEP_SECONDS = 60.0


class FileWorker(Worker):
    """The worker of the job table, which says a line a job and rescues stuck files."""

    def __init__(self, *, say: Callable[[str], None], **options: Any) -> None:
        super().__init__(**options)
        self.say = say
        self.swept_at = float("-inf")

    def run_task(self, db_task_result: DBTaskResult[..., Any]) -> None:
        """Run one job, then say how it ended."""
        started = time.monotonic()
        super().run_task(db_task_result)
        number = ", ".join(map(str, db_task_result.args_kwargs["args"]))
        how = db_task_result.return_value or db_task_result.exception_class_path
        seconds = time.monotonic() - started
        self.say(f"{db_task_result.task_name} {number}: {how} ({seconds:.1f} s)")

    def sweep(self) -> None:
        """
        Queue again what a dead worker left, and let go of what is no longer needed.

        At most once a minute: files without a row, a batch of old receipts.
        """
        if time.monotonic() - self.swept_at < SWEEP_SECONDS:
            return
        self.swept_at = time.monotonic()
        try:
            rescued = readings.rescue_stuck(
                at=timezone.now(), enqueue=read_document.enqueue
            )
            documents.sweep_files(at=timezone.now())
            receipts.sweep(at=timezone.now())
        except OperationalError as error:
            # Somebody else writes for long; the next sweep will do it.
            self.say(f"sweep put off: {error}")
            return
        if rescued:
            self.say(f"queued again: {rescued}")


class Command(BaseCommand):
    """See the module."""

    help = "Read the files that wait; SIGTERM or Ctrl+C ends it after the file in hand."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Take how to run: for ever, or until nothing waits."""
        parser.add_argument(
            "--batch", action="store_true", help="end when no file waits any more"
        )
        parser.add_argument(
            "--interval",
            type=float,
            default=1.0,
            metavar="SECONDS",
            help="pause before looking again when nothing waits (default: 1)",
        )

    def handle(self, **options: Any) -> None:
        """Sweep and work in turns."""

        def say(line: str) -> None:
            if options["verbosity"] > 0:
                self.stdout.write(f"{timezone.localtime():%H:%M:%S} {line}")
                self.stdout.flush()

        worker = FileWorker(
            say=say,
            queue_names=["*"],
            interval=options["interval"],
            # A batch ends when the table is empty; between two, the sweep has its turn.
            batch=True,
            backend_name="default",
            startup_delay=False,
            max_tasks=None,
            worker_id=get_random_string(32),
            excluded_queue_names=[],
        )
        if not options["batch"]:
            worker.configure_signals()
        say("worker is up")
        while worker.running:
            worker.sweep()
            try:
                worker.run()
            except OperationalError as error:
                if options["batch"]:
                    raise
                say(f"the database is busy: {error}")
            if options["batch"]:
                break
            # Several workers of one machine should not all ask at once.
            time.sleep(options["interval"] * random.uniform(0.8, 1.2))
        say("worker ends")
