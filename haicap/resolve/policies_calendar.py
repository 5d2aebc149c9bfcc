"""Rules that can speak: may this decision on working days be entered, now? And why not."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from haicap.core.deadlines.calendar import DayKind, Decision, SpecialDay, is_weekend
from haicap.core.errors import BadInput, NotNow
from haicap.places.announced import announced
from haicap.places.models import SpecialDayKind
from haicap.places.workdays import layers
from haicap.resolve.policies import Stale


def check_decision(rows: Sequence[Decision], standing: Iterable[Decision]) -> None:
    """Pass for days that fit each other, their weekdays, and what stands already."""
    if not rows:
        raise BadInput(_("Name a day off, a make-up day, or both."))
    seen = set()
    for row in rows:
        if row.day in seen:
            raise BadInput(_("A day cannot be off and made up for at the same time."))
        seen.add(row.day)
    standing = list(standing)
    for row in rows:
        check_day(row, standing)


def check_day(row: Decision, standing: Iterable[Decision]) -> None:
    """Pass for one day that the calendar covers and nothing contradicts."""
    check_covered(row)
    check_weekday(row)
    check_place(row)
    # What the office entered comes last: it is the nearer reason.
    known = [each for each in (*announced(), *standing) if each.active]
    same = [e for e in known if (e.day, e.place) == (row.day, row.place)]
    entered = [each for each in same if each in set(standing)]
    for other in reversed(same):
        if other.special.kind is not row.special.kind:
            raise BadInput(
                _(
                    "%(day)s already stands as “%(kind)s” (%(basis)s). Withdraw that"
                    " decision first."
                )
                if entered
                else _(
                    "%(day)s already stands in the calendar as “%(kind)s” (%(basis)s)."
                    " Check the day with the document."
                ),
                **named(other),
            )
        if entered or other.special.verified:
            raise BadInput(
                _(
                    "%(day)s already stands as “%(kind)s” (%(basis)s). Nothing to enter."
                ),
                **named(other),
            )


def check_covered(row: Decision) -> None:
    """Pass for a year of which the package's table knows the public holidays."""
    years = [each.day.year for each in announced()]
    first, last = min(years), max(years)
    if not first <= row.day.year <= last:
        raise BadInput(
            _(
                "The calendar covers %(first)s to %(last)s, not %(year)s. Type a day"
                " like 02/01/%(last)s."
            ),
            first=first,
            last=last,
            year=row.day.year,
        )


def check_weekday(row: Decision) -> None:
    """Pass for a kind that its weekday allows; `core` refuses the same ones."""
    kind, weekend = row.special.kind, is_weekend(row.day)
    if kind is DayKind.MAKE_UP_WORKING_DAY and not weekend:
        sentence = _(
            "%(day)s is worked anyway: only a Saturday or Sunday is a make-up day."
        )
    elif kind is DayKind.HALF_DAY and weekend:
        sentence = _("%(day)s is a weekend: only a working day can be a half day.")
    elif kind in (DayKind.SWAPPED_DAY_OFF, DayKind.SUBSTITUTE_DAY_OFF) and weekend:
        sentence = _("%(day)s is a weekend: nobody works then. Type the working day.")
    elif (kind is DayKind.HALF_DAY) != (row.special.until is not None):
        sentence = _("A half day, and nothing else, says at what time it ends.")
    else:
        return
    raise BadInput(sentence, day=f"{row.day:%d/%m/%Y}")


def check_place(row: Decision) -> None:
    """Pass for the whole country and for the province: there the clocks are counted."""
    if row.place not in layers(""):
        raise BadInput(_("Choose the whole country or the province."))


def check_unchanged(seal: str, seen: str) -> None:
    """Pass when what would move is what the person was shown."""
    if seal != seen:
        raise Stale(
            _(
                "Something changed since this was shown, so nothing was done yet. Look at"
                " the new list, then confirm again."
            )
        )


def check_stands(n_rows: int) -> None:
    """Pass for a decision that nobody withdrew yet."""
    if not n_rows:
        raise NotNow(_("This decision was withdrawn already."))


def named(row: Decision) -> dict[str, str]:
    """Return what a sentence says of a day that stands."""
    return {
        "day": f"{row.day:%d/%m/%Y}",
        "kind": str(SpecialDayKind(row.special.kind.value).label),
        "basis": row.special.legal_basis,
    }


def label(special: SpecialDay) -> str:
    """Return what a special day is called in the language of the page."""
    return special.label_en if get_language() == "en" else special.label_vi
