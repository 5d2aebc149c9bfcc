"""The form of a decision on working days: its document, and the days it names."""

from __future__ import annotations

from datetime import date, time
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from haicap.core.deadlines.calendar import DayKind, Decision, SpecialDay
from haicap.core.errors import BadInput
from haicap.places import decided
from haicap.places.models import SpecialDayKind, Unit
from haicap.places.registry import PROVINCE
from haicap.resolve import policies_calendar
from haicap.ui.forms import DateField, Form


COUNTRY = "VN"  # as the register calls it; a decision for it names no place
OFF = (
    SpecialDayKind.SWAPPED_DAY_OFF,
    SpecialDayKind.HOLIDAY,
    SpecialDayKind.SUBSTITUTE_DAY_OFF,
    SpecialDayKind.HALF_DAY,
)


class HourField(forms.TimeField):
    """An hour, typed as 11:30 or 11h30."""

    input_formats = ("%H:%M", "%Hh%M", "%H.%M")
    default_error_messages = {
        "invalid": gettext_lazy("This is not an hour. Type one like 11:30.")
    }


class DecisionForm(Form):
    """One document with a day off, its make-up day, or both."""

    document = forms.CharField(
        label=gettext_lazy("Number and date of the document"),
        max_length=300,
        help_text=gettext_lazy("For example: 12729/VPCP-KGVX, 25/12/2025"),
    )
    title = forms.CharField(
        label=gettext_lazy("What the days are called"),
        max_length=200,
        help_text=gettext_lazy("The explanation of a last day says it in these words."),
    )
    place = forms.ChoiceField(label=gettext_lazy("Where it holds"))
    kind = forms.ChoiceField(
        label=gettext_lazy("Kind of day off"),
        choices=[(kind.value, kind.label) for kind in OFF],
    )
    day_off = DateField(
        label=gettext_lazy("Day off, or half day"),
        required=False,
        help_text=gettext_lazy("For example: 02/01/2026"),
    )
    until = HourField(
        label=gettext_lazy("The half day ends at"),
        required=False,
        help_text=gettext_lazy("Only for a half day. For example: 11:30"),
        widget=forms.TextInput(attrs={"inputmode": "numeric", "size": 8}),
    )
    make_up = DateField(
        label=gettext_lazy("Make-up day"),
        required=False,
        help_text=gettext_lazy("A Saturday or Sunday. For example: 10/01/2026"),
    )
    verified = forms.BooleanField(
        label=gettext_lazy("Compared with the document itself"), required=False
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["place"].choices = places()  # type: ignore[attr-defined]
        self.decisions: list[Decision] = []

    def clean_place(self) -> str:
        """Return the code that decisions carry: none for the whole country."""
        chosen: str = self.cleaned_data["place"]
        return "" if chosen == COUNTRY else chosen

    def clean(self) -> dict[str, Any]:
        """Make the days of the decision; refuse each one under its own field."""
        values = super().clean() or {}
        days: dict[str, tuple[date, DayKind, time | None]] = {}
        until = values.get("until")
        if values.get("day_off") and values.get("kind"):
            days["day_off"] = (values["day_off"], DayKind(values["kind"]), until)
        if values.get("make_up"):
            days["make_up"] = (values["make_up"], DayKind.MAKE_UP_WORKING_DAY, None)
        if values.get("kind") == DayKind.HALF_DAY:
            if not until and "until" not in self.errors:
                self.add_error(
                    "until", _("Say at what time the half day ends. For example: 11:30")
                )
                days.pop("day_off", None)
        elif until:
            self.add_error(
                "until", _("Only a half day ends at an hour. Leave this empty.")
            )
            days.pop("day_off", None)
        if not self.errors and not days:
            self.add_error(
                "day_off",
                _(
                    "Name a day off, a make-up day, or both. Type a day like 02/01/2026."
                ),
            )
        standing = decided.standing()
        for name, (day, kind, hour) in days.items():
            title = values.get("title", "")
            special = SpecialDay(
                kind,
                title,
                title,
                values.get("document", ""),
                values["verified"],
                hour,
            )
            row = Decision(day, special, values.get("place", ""))
            try:
                policies_calendar.check_day(row, standing)
            except BadInput as refusal:
                self.add_error(name, str(refusal))
            else:
                self.decisions.append(row)
        if not self.errors:
            try:
                policies_calendar.check_decision(self.decisions, standing)
            except BadInput as refusal:
                self.add_error("make_up", str(refusal))
        return values


def places() -> list[tuple[str, str]]:
    """Return where a decision may hold: the country, or the province."""
    names = Unit.objects.filter(code=PROVINCE).values_list("name", flat=True)
    return [(COUNTRY, _("The whole country")), *((PROVINCE, name) for name in names)]
