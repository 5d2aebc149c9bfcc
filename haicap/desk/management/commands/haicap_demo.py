"""`haicap demo`: a province ready to look at, with a conference document read into it."""

from __future__ import annotations

import os
import socket
import time
from argparse import ArgumentParser
from collections.abc import Callable
from pathlib import Path
from typing import Any

from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from haicap.core.errors import HaicapError
from haicap.desk import demo
from haicap.desk.processes import (
    prepare_static,
    run_together,
    web_command,
    worker_command,
)
from haicap.ledger.checks import refuse_to_lose
from haicap.places.actions import load_registry
from haicap.resolve.actions import routing


class Command(BaseCommand):
    """See the module."""

    help = (
        "Prepare demonstration data once, then serve it; a second run keeps your work."
    )
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Take the documents to read instead of the packaged ones."""
        parser.add_argument("files", nargs="*", type=Path, metavar="FILE")
        parser.add_argument("--address", default="127.0.0.1:8000")
        parser.add_argument(
            "--no-serve", action="store_true", help="prepare only, do not serve"
        )

    def handle(self, **options: Any) -> None:
        """Do each step, say so, and end with the address."""
        for path in options["files"]:
            if not path.is_file():
                raise CommandError(f"There is no file {path}.", returncode=2)
        steps: list[tuple[str, Callable[[], str]]] = [
            ("database", self.database),
            ("places", lambda: counted(load_registry(by=None, at=timezone.now()))),
            ("who leads what", self.routes),
            ("accounts", demo.accounts),
            ("round", demo.open_round),
            ("documents", lambda: demo.documents(options["files"])),
        ]
        if not options["files"]:
            steps.append(("an earlier round", demo.earlier_round))
        for number, (name, step) in enumerate(steps, start=1):
            self.stdout.write(f"[{number}/{len(steps)}] {name} … ", ending="")
            self.stdout.flush()
            started = time.monotonic()
            try:
                said = step()
            except HaicapError as error:
                self.stdout.write("")
                raise CommandError(str(error), returncode=2) from error
            self.stdout.write(f"{said} ({time.monotonic() - started:.1f} s)")
        # The told rounds were read as they were told: their jobs find nothing to do.
        call_command("haicap_worker", "--batch", verbosity=0)
        refuse_to_lose()
        prepare_static()
        self.stdout.write(demo.how_to_sign_in())
        if not options["no_serve"]:
            self.serve(options["address"])

    def database(self) -> str:
        """Make or bring up to date the tables."""
        call_command("migrate", verbosity=0)
        return "ready"

    def routes(self) -> str:
        """Load who leads which field by default."""
        return f"{routing.load(by=None, at=timezone.now())} fields"

    def serve(self, address: str) -> None:
        """Serve until Ctrl+C."""

        def say() -> None:
            wait_for(address)
            self.stdout.write(f"\nhaicap: http://{address}/  (Ctrl+C ends it)")
            self.stdout.flush()

        # The server shows a door for every demonstration account.
        os.environ["HAICAP_DEMO"] = "1"
        code = run_together([web_command(address), worker_command()], when_up=say)
        if code:
            raise SystemExit(code)


def wait_for(address: str, seconds: float = 30.0) -> None:
    """Return when somebody answers at the address, or when the time is over."""
    host, _colon, port = address.rpartition(":")
    until = time.monotonic() + seconds
    while time.monotonic() < until:
        try:
            socket.create_connection((host.strip("[]"), int(port)), timeout=1).close()
        except OSError:
            time.sleep(0.1)
        else:
            return


def counted(counts: dict[str, int]) -> str:
    """Return `131 units, 404 former units, 42 agencies`."""
    return ", ".join(f"{n} {name.replace('_', ' ')}" for name, n in counts.items())
