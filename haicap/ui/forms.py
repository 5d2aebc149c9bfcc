"""Forms as this house draws them; the markup is in templates/django/forms."""

from __future__ import annotations

import calendar
import re
from datetime import date
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy


DJANGOS_WORDS = forms.Field.default_error_messages["required"]
REQUIRED = gettext_lazy("Please fill this in.")
TYPED_DAY = re.compile(r"\s*(\d{1,2})[/.-](\d{1,2})[/.-](\d{4})\s*")
N_MONTHS = 12


class Form(forms.Form):
    """
    A form whose labels carry no colon and whose faults the server words.

    The browser's own bubbles are left out: they speak the browser's language, vanish, and
    cannot be read twice.
    """

    use_required_attribute = False

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs.setdefault("label_suffix", "")
        super().__init__(*args, **kwargs)
        for field in self.fields.values():
            if field.error_messages["required"] is DJANGOS_WORDS:
                field.error_messages["required"] = REQUIRED


class DateField(forms.DateField):
    """A day, typed as 13/01/2026; a phone shows its figures."""

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault(
            "widget",
            forms.DateInput(
                attrs={"inputmode": "numeric", "autocomplete": "off", "size": 12}
            ),
        )
        super().__init__(**kwargs)

    def to_python(self, value: Any) -> date | None:
        """Return the day, or say what is wrong with it and how one is typed."""
        try:
            return super().to_python(value)
        except ValidationError:
            raise ValidationError(self.why_not(str(value)), code="invalid") from None

    @staticmethod
    def why_not(typed: str) -> str:
        """Return the sentence for a day that does not exist."""
        found = TYPED_DAY.fullmatch(typed)
        if found:
            month, year = int(found[2]), int(found[3])
            if 1 <= month <= N_MONTHS and year >= 1:
                n_days = calendar.monthrange(year, month)[1]
                return _(
                    "Month %(month)s has %(n)s days. Type a day like 13/01/2026."
                ) % {"month": month, "n": n_days}
        return _("This is not a day. Type one like 13/01/2026.")


class WordsField(forms.CharField):
    """Words of a person, set in the document face, kept as typed."""

    def __init__(self, *, rows: int = 6, **kwargs: Any) -> None:
        kwargs.setdefault("strip", False)
        kwargs.setdefault(
            "widget", forms.Textarea(attrs={"rows": rows, "class": "hc-document"})
        )
        super().__init__(**kwargs)
