"""The time that a search has, and whether somebody asked it to stop."""

from __future__ import annotations

import time
from typing import Final

from haicap.core.optimise.language import Step, Watch


SHORTEST: Final = 0.1  # seconds; in fewer not even the model of a province is made


class Clock:
    """Counts from the moment it is made; `watch` may stop it early."""

    def __init__(self, seconds: float, watch: Watch | None = None) -> None:
        self.began = time.monotonic()
        self.seconds = seconds
        self.is_stopped = False
        self._watch = watch

    @property
    def spent(self) -> float:
        """The seconds since the search began."""
        return time.monotonic() - self.began

    def left(self, share: float = 1.0) -> float:
        """Return the seconds until that share of the time is over; 0 when too few are left."""
        left = 0.0 if self.is_stopped else self.seconds * share - self.spent
        return left if left > SHORTEST else 0.0

    def watch(self, step: Step) -> bool:
        """Tell how far the search is; whether it may go on."""
        if self._watch is not None and not self._watch(step):
            self.is_stopped = True
        return not self.is_stopped
