"""Who has not sent to the open round."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.urls import reverse

from haicap.listen.models import Round
from haicap.listen.queries import RoundPage, UnitSquare, round_page


@dataclass(frozen=True)
class Square:
    """One of the 129 squares."""

    name: str
    url: str
    state: str


@dataclass(frozen=True)
class Silent:
    """Who has not sent to the open round."""

    page: RoundPage

    @property
    def squares(self) -> list[Square]:
        """Return every unit, those who sent in time first, as the squares stand."""
        order = {"sent": 0, "late": 1, "none": 2}
        return [
            Square(one.name, reverse("desk:unit", args=[one.code]), one.state)
            for one in sorted(self.page.squares, key=lambda one: order[one.state])
        ]

    @property
    def first_none(self) -> list[UnitSquare]:
        """Return the first units that sent nothing."""
        return self.page.those("none")[:4]

    @property
    def round(self) -> Round:
        """Return the round."""
        return self.page.round

    @property
    def n_on_time(self) -> int:
        """Return how many sent in time."""
        return len(self.page.those("sent"))

    @property
    def n_late(self) -> int:
        """Return how many sent late."""
        return len(self.page.those("late"))

    @property
    def n_none(self) -> int:
        """Return how many sent nothing yet."""
        return len(self.page.those("none"))

    @property
    def n_sent(self) -> int:
        """Return how many sent something."""
        return self.n_on_time + self.n_late

    @property
    def n_units(self) -> int:
        """Return how many units there are."""
        return len(self.page.squares)


def open_round(on: date) -> Silent | None:
    """Return who has not sent to the newest open round; three queries."""
    round_ = Round.objects.filter(opens_on__lte=on, closes_on__gte=on).first()
    if round_ is None:
        round_ = Round.objects.filter(opens_on__lte=on).first()
    return Silent(round_page(round_)) if round_ else None
