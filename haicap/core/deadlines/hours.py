"""At what times an office works, for the few periods that are given in hours."""

from dataclasses import dataclass
from datetime import time

from haicap.core.errors import BadInput


@dataclass(frozen=True, slots=True)
class OfficeHours:
    """
    The stretches of one full working day, in order, in local time.

    Each installation sets its own; `verified` says whether the decision of the
    province on its hours was compared with them.
    """

    stretches: tuple[tuple[time, time], ...]
    legal_basis: str = ""
    verified: bool = False

    def __post_init__(self) -> None:
        edges = [edge for stretch in self.stretches for edge in stretch]
        if not edges or edges != sorted(set(edges)):
            raise BadInput("Office hours must follow each other within one day.")

    def of(self, until: time | None) -> list[tuple[int, int]]:
        """
        Return the stretches of a day that ends at `until`, as minutes of the day.

        >>> OFFICE_HOURS.of(time(9, 0))
        [(450, 540)]
        """
        last = minutes(until) if until else 24 * 60
        return [
            (minutes(opens), min(minutes(closes), last))
            for opens, closes in self.stretches
            if minutes(opens) < last
        ]


def minutes(at: time) -> int:
    """Return the minutes since midnight."""
    return at.hour * 60 + at.minute


#: The usual eight hours; no decision of the province was at hand.
OFFICE_HOURS = OfficeHours(((time(7, 30), time(11, 30)), (time(13, 30), time(17, 30))))
