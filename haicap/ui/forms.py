"""Forms as this house draws them; the markup is in templates/django/forms."""

from __future__ import annotations

from typing import Any

from django import forms


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


class WordsField(forms.CharField):
    """Words of a person, set in the document face, kept as typed."""

    def __init__(self, *, rows: int = 6, **kwargs: Any) -> None:
        kwargs.setdefault("strip", False)
        kwargs.setdefault(
            "widget", forms.Textarea(attrs={"rows": rows, "class": "hc-document"})
        )
        super().__init__(**kwargs)
