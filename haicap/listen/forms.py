"""What people fill in: which file for which round, and a new round."""

from __future__ import annotations

from datetime import date
from typing import Any

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from haicap.listen.models import Round
from haicap.listen.models.round import Channel
from haicap.people import permissions
from haicap.people.models import User
from haicap.places.models import Unit
from haicap.ui.forms import DateField, Form


WHOLE = "all"
MOST_FILES = 20
MOST_ROUNDS = 30


class FilesInput(forms.ClearableFileInput):
    """A file field that takes several files."""

    allow_multiple_selected = True


class FilesField(forms.FileField):
    """Several files; what each of them is, the gate finds out later."""

    widget = FilesInput

    def clean(self, data: Any, initial: Any = None) -> list[UploadedFile[Any]]:
        """Return the files; at least one, at most twenty."""
        files = [one for one in data or [] if one]
        if not files:
            raise forms.ValidationError(_("Choose a file first."))
        if len(files) > MOST_FILES:
            raise forms.ValidationError(
                _("Send at most %(n)s files at a time.") % {"n": MOST_FILES}
            )
        return files


class SendForm(Form):
    """A file that somebody has, for which round and which unit it speaks."""

    round = forms.ModelChoiceField(
        label=gettext_lazy("For which round"),
        queryset=Round.objects.none(),
        empty_label=None,
        error_messages={"required": gettext_lazy("Choose the round.")},
    )
    unit = forms.ChoiceField(
        label=gettext_lazy("Who speaks in the file"),
        error_messages={"required": gettext_lazy("Choose the unit.")},
    )
    files = FilesField(  # type: ignore[assignment]  # the form's own name for them
        label=gettext_lazy("Files")
    )

    def __init__(self, *args: Any, user: User, today: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        rounds = list(Round.objects.filter(opens_on__lte=today)[:MOST_ROUNDS])
        rounds.sort(key=lambda one: not one.is_open(on=today))
        self.rounds = {str(one.pk): one for one in rounds}
        field = self.fields["round"]
        field.queryset = Round.objects.filter(opens_on__lte=today)  # type: ignore[attr-defined]
        field.choices = round_choices(rounds, today)  # type: ignore[attr-defined]
        units = Unit.objects.commune_level().order_by("search")
        choices: list[tuple[str, Any]] = []
        if permissions.reaches_province(user, "draft"):
            choices = [
                ("", _("choose")),
                (WHOLE, _("The whole conference (several units speak)")),
            ]
        else:
            units = units.filter(pk__in=user.unit_ids)
        self.units = {unit.code: unit for unit in units}
        choices += [(unit.code, unit.name) for unit in self.units.values()]
        self.fields["unit"].choices = choices  # type: ignore[attr-defined]
        self.only_unit = next(iter(self.units.values())) if len(choices) == 1 else None

    def clean_unit(self) -> Unit | None:
        """Return the unit, or None for the whole conference."""
        return self.units.get(self.cleaned_data["unit"])


def round_choices(rounds: list[Round], today: date) -> list[Any]:
    """Return the open rounds, then those whose day has passed."""
    open_: list[tuple[str, str]] = []
    closed: list[tuple[str, str]] = []
    for one in rounds:
        if one.is_open(on=today):
            words = _("%(name)s (until %(day)s)")
            group = open_
        else:
            words = _("%(name)s (closed on %(day)s)")
            group = closed
        day = f"{one.closes_on:%d/%m/%Y}"
        group.append((str(one.pk), words % {"name": one.name, "day": day}))
    groups = [(_("Open now"), open_), (_("Closed: counts as late"), closed)]
    return [(label, rows) for label, rows in groups if rows]


class RoundForm(Form):
    """A new conference or call for opinions."""

    name = forms.CharField(
        label=gettext_lazy("Name of the round"),
        max_length=200,
        help_text=gettext_lazy("As people call it, with its month and year."),
    )
    channel = forms.ChoiceField(
        label=gettext_lazy("Where the opinions come from"), choices=Channel.choices
    )
    opens_on = DateField(
        label=gettext_lazy("Opens on"), help_text=gettext_lazy("Like 13/01/2026.")
    )
    closes_on = DateField(
        label=gettext_lazy("Closes on"),
        help_text=gettext_lazy("What comes later is taken and counts as late."),
    )
    held_on = DateField(label=gettext_lazy("Day of the conference"), required=False)

    def clean_name(self) -> str:
        """Return the name; each round has its own."""
        name = " ".join(self.cleaned_data["name"].split())
        if Round.objects.filter(name=name).exists():
            raise forms.ValidationError(
                _("A round with this name is already there. Add the month or the year.")
            )
        return name

    def clean(self) -> dict[str, Any]:
        """Return the days in their order."""
        cleaned = super().clean() or self.cleaned_data
        opens, closes = cleaned.get("opens_on"), cleaned.get("closes_on")
        if opens and closes and closes < opens:
            self.add_error("closes_on", _("The round closes before it opens."))
        return cleaned
