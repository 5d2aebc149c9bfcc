"""Stops asking a language model that does not answer, and tries again later."""

from __future__ import annotations

from dataclasses import dataclass


FAILURES = 5
REST_SECONDS = 300.0


@dataclass
class Circuit:
    """
    Open after five failures in a row: for five minutes nobody is asked.

    Then one question is let through; if that fails too, five more minutes begin.
    """

    failures: int = 0
    failed_at: float = 0.0

    def is_open(self, *, now: float) -> bool:
        """Return whether nobody is to be asked; `now` is of a monotonic clock."""
        return self.failures >= FAILURES and now - self.failed_at < REST_SECONDS

    def failed(self, *, now: float) -> None:
        """Count one more failure."""
        self.failures += 1
        self.failed_at = now

    def worked(self) -> None:
        """Forget the failures."""
        self.failures = 0
