"""`haicap check`: is every line of the ledger there, and every file as it was sent?"""

from __future__ import annotations

import hashlib
from argparse import ArgumentParser
from itertools import chain
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from haicap.ledger.models import Event, Head
from haicap.ledger.record import faults
from haicap.listen import storage, weights
from haicap.listen.models import Document
from haicap.listen.states import DocumentState
from haicap.resolve.integrity import differing_clocks, lost_voices


class Command(BaseCommand):
    """See the module."""

    help = "Verify the ledger's chain, the files' hashes and that no voice is lost."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Allow to leave out the files, which may be many."""
        parser.add_argument("--no-files", action="store_true")

    def handle(self, **options: Any) -> None:
        """Print what was verified; exit code 1 and one line a fault otherwise."""
        found = list(
            chain(
                faults(),
                [] if options["no_files"] else file_faults(),
                lost_voices(),
                differing_clocks(timezone.now()),
                [fault] if (fault := weights.fault()) else [],
            )
        )
        for sentence in found:
            self.stderr.write(sentence)
        if found:
            raise CommandError(f"{len(found)} faults found.")
        head = Head.objects.get(pk=1)
        self.stdout.write(
            f"Ledger: {Event.objects.count()} lines, chain whole,"
            f" head {head.hash[:16]}."
        )
        if not options["no_files"]:
            self.stdout.write(
                f"Files: {Document.objects.count()} rows, every hash as received."
            )
        self.stdout.write("Voices: every case carries each of its authors.")
        self.stdout.write("Clocks: every case keeps what its history comes to.")
        self.stdout.write(f"Reader: weights {weights.name_in_use()[:16]}, whole.")


def file_faults() -> list[str]:
    """Return one sentence for each row whose bytes are missing or changed."""
    sentences = []
    kept = Document.objects.exclude(state=DocumentState.REFUSED)
    for name, sha256 in kept.values_list("name", "sha256").iterator():
        path = storage.place(sha256)
        if not path.exists():
            sentences.append(f"The bytes of {name} are missing.")
        elif hashlib.sha256(path.read_bytes()).hexdigest() != sha256:
            sentences.append(f"The bytes of {name} changed.")
    return sentences
