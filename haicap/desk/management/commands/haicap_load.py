"""`haicap load`: reference data and accounts; twice is the same as once."""

from __future__ import annotations

import csv
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from haicap.core.errors import HaicapError
from haicap.people import accounts
from haicap.places.actions import load_registry
from haicap.resolve.actions import routing


class Command(BaseCommand):
    """See the module."""

    help = "Load the registry of places, the routing table, or accounts from a CSV."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Say what to load."""
        parser.add_argument("what", choices=["registry", "routing", "accounts"])
        parser.add_argument(
            "file",
            nargs="?",
            type=Path,
            help="accounts: username,full_name,role,unit,agency,password (CSV, UTF-8)",
        )

    def handle(self, **options: Any) -> None:
        """Load it whole or not at all, and say how many rows there are."""
        now = timezone.now()
        try:
            if options["what"] == "registry":
                counts = load_registry(by=None, at=now)
            elif options["what"] == "routing":
                counts = {"routes": routing.load(by=None, at=now)}
            else:
                counts = {"accounts": self.accounts(options["file"])}
        except HaicapError as error:
            raise CommandError(str(error), returncode=2) from error
        for name, count in counts.items():
            self.stdout.write(f"{name}: {count}")

    def accounts(self, path: Path | None) -> int:
        """Load accounts from a CSV file."""
        if path is None or not path.is_file():
            raise CommandError("Name the CSV file with the accounts.", returncode=2)
        with path.open(encoding="utf-8-sig", newline="") as lines:
            rows = list(csv.DictReader(lines))
        return accounts.load(rows, at=timezone.now())
