"""`haicap learn`: trains the reader on what persons corrected, and says what changed."""

from __future__ import annotations

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from haicap.core.errors import BadInput, NotNow
from haicap.listen import weights
from haicap.listen.actions import lessons
from haicap.listen.learning import (
    SETTINGS,
    TOLERATED,
    Part,
    Score,
    learn,
    shipped_samples,
)
from haicap.listen.queries_learning import corrected
from haicap.places.registry import gazetteer


LEAST = 5  # documents; below, neither learning nor measuring means anything


class Command(BaseCommand):
    """See the module."""

    help = (
        "Train the reader on the documents that persons have checked, and measure it on"
        " those held back. Nothing is written without --write, nor what reads worse."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Say what becomes of the new weights, or that the old ones come back."""
        which = parser.add_mutually_exclusive_group()
        which.add_argument(
            "--write", action="store_true", help="use the new weights from now on"
        )
        which.add_argument(
            "--back", action="store_true", help="use the weights before the last ones"
        )

    def handle(self, **options: Any) -> None:
        """Go back, or learn; exit code 1 when the new weights read worse."""
        try:
            if options["back"]:
                name = lessons.back(by=None, at=timezone.now())
                self.stdout.write(f"weights in use: {name[:16]}")
            else:
                self.learn(write=options["write"])
        except NotNow as error:
            raise CommandError(f"Nothing was written. {error}", returncode=1) from error
        except BadInput as error:
            raise CommandError(str(error), returncode=2) from error

    def learn(self, *, write: bool) -> None:
        """Train, print both measures, and write the weights if told so."""
        documents = corrected()
        if len(documents) < LEAST:
            raise BadInput(
                f"There are {len(documents)} documents in which every statement is"
                f" settled: check {LEAST - len(documents)} more, then learn."
            )
        before = weights.name_in_use()
        lesson = learn(
            documents,
            shipped_samples(),
            names=gazetteer(),
            before=weights.in_use(),
            told=weights.told(),
            say=self.tell,
            settings=SETTINGS,
        )
        self.stdout.write(f"Learned from {lesson.n_learned} corrected documents.\n\n")
        self.table(lesson.parts)
        self.stdout.write(
            f"\nTolerated: F1 {TOLERATED['f1']} lower, calibration error"
            f" {TOLERATED['calibration']} higher."
        )
        if sentences := lesson.worse():
            raise NotNow(" ".join(sentences))
        if not write:
            self.stdout.write("Nothing was written: --write takes them into use.")
            return
        version = lessons.keep(
            lesson=lesson, instead_of=before, by=None, at=timezone.now()
        )
        self.stdout.write(f"weights in use: {version.sha256[:16]}")

    def tell(self, line: str) -> None:
        """Say how far it is, beside what is printed."""
        self.stderr.write(line)
        self.stderr.flush()

    def table(self, parts: tuple[Part, ...]) -> None:
        """Print each part, before and after."""
        columns = ("found", "kind right", "F1", "calibration error")
        width = max(len(part.name) for part in parts)
        head = "".join(f"{name:>19}" for name in columns)
        self.stdout.write(f"{'':{width}} {'':6}{head}")
        for part in parts:
            self.row(f"{part.name:{width}} before", part.before)
            size = f"({part.n_documents}, {part.n_items} statements)"
            self.row(f"{size:{width}} after ", part.after)

    def row(self, name: str, score: Score) -> None:
        """Print one line of shares."""
        shares = (score.found, score.kind, score.f1, score.calibration)
        self.stdout.write(name + "".join(f"{share:19.3f}" for share in shares))
