"""Forms of the review page: what a person says a statement is."""

from __future__ import annotations

from typing import Any

from django import forms
from django.http import QueryDict
from django.utils.translation import get_language, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from haicap.core.errors import BadInput
from haicap.core.text.marks import (
    Paragraph,
    paragraphs,
    tight,
    word_back,
    word_on,
)
from haicap.listen import policies
from haicap.listen.models import Statement
from haicap.listen.taxonomy import FIELDS
from haicap.ui.forms import DateField, Form
from haicap.ui.tones import KINDS


MANY = ("more_fields", "units")


class StatementForm(Form):
    """Everything of a statement that a person may correct."""

    kind = forms.ChoiceField(
        label=_("Kind"),
        choices=lambda: [(name, kind.word) for name, kind in KINDS.items()],
        widget=forms.RadioSelect,
    )
    start = forms.IntegerField(min_value=0, widget=forms.HiddenInput)
    end = forms.IntegerField(min_value=1, widget=forms.HiddenInput)
    speaker = forms.CharField(
        label=pgettext_lazy("statement", "Who says it"), max_length=300, required=False
    )
    addressee = forms.CharField(
        label=pgettext_lazy("statement", "To whom"), max_length=300, required=False
    )
    field = forms.ChoiceField(
        label=_("Main field"),
        required=False,
        choices=lambda: [("", _("not stated")), *field_choices()],
    )
    more_fields = forms.MultipleChoiceField(
        label=_("Other fields"),
        required=False,
        choices=lambda: field_choices(),
        widget=forms.CheckboxSelectMultiple,
    )
    units = forms.MultipleChoiceField(
        label=_("Units that say it"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    communes = forms.CharField(
        label=_("Communes it is about"),
        help_text=_("Names, with “;” between them."),
        max_length=4000,
        required=False,
    )
    deadline = DateField(label=_("Deadline"), required=False)
    deadline_text = forms.CharField(
        label=_("Deadline in words"), max_length=200, required=False
    )

    def __init__(
        self, *args: Any, text: str, units: dict[str, str], **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.text = text
        self.fields["units"].choices = list(units.items())  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        """Refuse a stretch that is not in the text."""
        data = super().clean() or {}
        if "start" in data and "end" in data:
            try:
                policies.check_span(self.text, data["start"], data["end"])
            except BadInput as error:
                self.add_error(None, str(error))
        return data

    def values(self) -> dict[str, Any]:
        """Return what the actions take."""
        data = self.cleaned_data
        main = [data["field"]] if data["field"] else []
        return {
            "kind": data["kind"],
            "start": data["start"],
            "end": data["end"],
            "speaker": " ".join(data["speaker"].split()),
            "addressee": " ".join(data["addressee"].split()),
            "fields": list(dict.fromkeys([*main, *data["more_fields"]])),
            "units": data["units"],
            "communes": names(data["communes"]),
            "deadline": data["deadline"],
            "deadline_text": data["deadline_text"].strip(),
        }

    @property
    def words(self) -> str:
        """Return the words of the stretch as the form holds it now."""
        start, end = number(self["start"].value()), number(self["end"].value())
        return self.text[start:end] if 0 <= start < end else ""


class MissedForm(StatementForm):
    """A statement that the machine missed: selected, or its words copied in."""

    start = forms.IntegerField(min_value=0, required=False, widget=forms.HiddenInput)
    end = forms.IntegerField(min_value=1, required=False, widget=forms.HiddenInput)
    quote = forms.CharField(
        label=_("Words of the statement"),
        help_text=_("Exactly as in the document."),
        max_length=4000,
        required=False,
    )
    paragraph = forms.IntegerField(label=_("Paragraph ¶"), min_value=1, required=False)

    def clean(self) -> dict[str, Any]:
        """Find the words in the text when nothing was selected."""
        data = self.cleaned_data
        if data.get("start") is None or data.get("end") is None:
            try:
                data["start"], data["end"] = found(
                    self.text, data.get("quote", ""), data.get("paragraph")
                )
            except BadInput as error:
                self.add_error("quote", str(error))
                data.pop("start", None)
        return super().clean()


def field_choices() -> list[tuple[str, str]]:
    """Return the 36 fields in the reader's language."""
    language = get_language() or "vi"
    return [(slug, each.label(language)) for slug, each in FIELDS.items()]


def names(said: str) -> list[str]:
    """Return the names in a line, without blanks and doubles."""
    parts = (" ".join(part.split()) for part in said.split(";"))
    return list(dict.fromkeys(part for part in parts if part))


def number(value: object) -> int:
    """Return a form's raw value as a number; -1 when it is none."""
    try:
        return int(str(value))
    except ValueError:
        return -1


def opened_on(statement: Statement) -> dict[str, Any]:
    """Return what the form shows first."""
    fields = [*statement.fields]
    return {
        "kind": statement.kind,
        "start": statement.start,
        "end": statement.end,
        "speaker": statement.speaker,
        "addressee": statement.addressee,
        "field": fields[0] if fields else "",
        "more_fields": fields[1:],
        "units": statement.units,
        "communes": "; ".join(statement.communes),
        "deadline": statement.deadline,
        "deadline_text": statement.deadline_text,
    }


def typed(data: QueryDict) -> dict[str, Any]:
    """Return what was typed, unchecked, to show the form again as it was."""
    said: dict[str, Any] = {name: data.get(name) for name in data}
    return said | {name: data.getlist(name) for name in MANY}


def stepped(text: str, start: int, end: int, step: str) -> tuple[int, int]:
    """Return the stretch one word longer or shorter at one end; never an empty one."""
    if not 0 <= start < end <= len(text):
        return start, end
    moved = {
        "start_back": (word_back(text, start), end),
        "start_on": (min(word_on(text, start), len(text)), end),
        "end_back": (start, word_back(text, end)),
        "end_on": (start, word_on(text, end)),
    }.get(step, (start, end))
    moved = tight(text, *moved) if moved[0] < moved[1] else moved
    return moved if moved[0] < moved[1] else (start, end)


def found(text: str, quote: str, paragraph: int | None) -> tuple[int, int]:
    """
    Return where the words stand in the text, or in one paragraph of it.

    Errors: BadInput when they are nowhere, or in several places and none was named.
    """
    words = quote.strip()
    places = paragraphs(text)
    if not words and paragraph and paragraph <= len(places):
        return tight(text, places[paragraph - 1].start, places[paragraph - 1].end)
    if not words:
        raise BadInput(_("Select the words in the document, or copy them in here."))
    inside: list[Paragraph] = [p for p in places if paragraph in (None, p.number)]
    hits = [
        (place.start + at, place.start + at + len(words))
        for place in inside
        for at in every(text[place.start : place.end], words)
    ]
    if not hits:
        raise BadInput(_("These words are not in the document as they stand here."))
    if len(hits) > 1:
        raise BadInput(
            _(
                "These words stand in %(count)s places. Say which paragraph, or take more words."
            ),
            count=len(hits),
        )
    return hits[0]


def every(text: str, words: str) -> list[int]:
    """Return every place of the words in the text."""
    places, at = [], text.find(words)
    while at >= 0:
        places.append(at)
        at = text.find(words, at + 1)
    return places
