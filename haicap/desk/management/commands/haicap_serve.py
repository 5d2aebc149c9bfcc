"""`haicap serve`: the web server, with the worker unless told otherwise."""

from __future__ import annotations

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand

from haicap.desk.processes import (
    prepare_static,
    run_together,
    web_command,
    worker_command,
)
from haicap.ledger.checks import refuse_to_lose


class Command(BaseCommand):
    """See the module."""

    help = "Serve the pages, and read files beside them."
    requires_migrations_checks = True

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Say where to listen and with how many processes."""
        parser.add_argument("--address", default="127.0.0.1:8000")
        parser.add_argument("--workers", type=int, default=2)
        parser.add_argument(
            "--no-worker",
            action="store_true",
            help="do not read files here; `haicap worker` runs elsewhere",
        )

    def handle(self, **options: Any) -> None:
        """Serve until Ctrl+C."""
        refuse_to_lose()
        prepare_static()
        commands = [web_command(options["address"], workers=options["workers"])]
        if not options["no_worker"]:
            commands.append(worker_command())
        self.stdout.write(f"haicap: http://{options['address']} (Ctrl+C ends it)")
        code = run_together(commands)
        if code:
            raise SystemExit(code)
