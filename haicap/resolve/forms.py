"""Forms of a case: who leads, what is answered, what the office makes of it."""

from __future__ import annotations

import time
from collections.abc import Iterable, Iterator
from functools import lru_cache
from typing import Any

from django import forms
from django.utils.choices import BaseChoiceIterator
from django.utils.translation import gettext_lazy as _

from haicap.places.directory import KEPT_SECONDS
from haicap.places.models import Agency
from haicap.resolve import policies
from haicap.resolve.models import Reply, RoutingRule
from haicap.resolve.policies import LONGEST
from haicap.resolve.states import OutcomeClass
from haicap.ui.forms import DateField, Form, WordsField


BRIEF = {"rows": 2, "class": "hc-brief"}


def agencies() -> tuple[Agency, ...]:
    """Return the agencies that stand today, kept a minute as their names are."""
    return read_agencies(int(time.monotonic() // KEPT_SECONDS))


@lru_cache(maxsize=1)
def read_agencies(_minute: int) -> tuple[Agency, ...]:
    """Return the agencies as the database has them now."""
    return tuple(Agency.objects.filter(valid_to__isnull=True).order_by("name"))


class Offered(BaseChoiceIterator):
    """Agencies as choices, in the shape that Django would work out anew twice a form."""

    def __init__(self, rows: Iterable[Agency], *before: tuple[str, Any]) -> None:
        self.pairs = [*before, *((str(row.pk), row.name) for row in rows)]

    def __iter__(self) -> Iterator[tuple[str, Any]]:
        return iter(self.pairs)


class AgencyField(forms.ChoiceField):
    """One agency out of those the form was given."""

    def __init__(self, **kwargs: Any) -> None:
        self.known: dict[str, Agency] = {}
        super().__init__(**kwargs)

    def offer(self, rows: Iterable[Agency], empty: Any) -> None:
        """Make these the choices, after a line that stands for none."""
        self.known = {str(row.pk): row for row in rows}
        self.choices = Offered(self.known.values(), ("", empty))

    def clean(self, value: Any) -> Agency | None:
        """Return the agency behind a chosen value."""
        return self.known.get(super().clean(value))


class AgenciesField(forms.MultipleChoiceField):
    """Several agencies out of those the form was given."""

    widget = forms.CheckboxSelectMultiple

    def __init__(self, **kwargs: Any) -> None:
        self.known: dict[str, Agency] = {}
        super().__init__(**kwargs)

    def offer(self, rows: Iterable[Agency]) -> None:
        """Make these the boxes."""
        self.known = {str(row.pk): row for row in rows}
        self.choices = Offered(self.known.values())

    def clean(self, value: Any) -> list[Agency]:
        """Return the agencies behind the ticked values."""
        return [self.known[each] for each in super().clean(value)]


class LeadForm(Form):
    """A lead, those who coordinate, and a period; shared by proposals and routing."""

    lead = AgencyField(label=_("Leads"))
    coordinators = AgenciesField(label=_("Coordinate"), required=False)
    working_days = forms.IntegerField(
        label=_("Working days"), min_value=1, max_value=LONGEST
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        rows = agencies()
        self.fields["lead"].offer(rows, _("Choose an agency"))  # type: ignore[attr-defined]
        self.fields["coordinators"].offer(rows)  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        """Refuse a lead among those who coordinate, under the field itself."""
        values = super().clean() or {}
        lead = values.get("lead")
        others = [each.pk for each in values.get("coordinators") or []]
        if lead is not None:
            refusal = policies.why_not(policies.check_lead_apart, lead.pk, others)
            if refusal:
                self.add_error("coordinators", refusal)
        return values


class ProposeForm(LeadForm):
    """Who shall lead a case, as the office proposes it."""

    note = forms.CharField(
        label=_("Note to the leader"),
        required=False,
        widget=forms.Textarea(attrs=BRIEF),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        days = self.fields["working_days"]
        days.required = False
        days.help_text = _("Counted from the day the leader decides. Empty: no date.")


class RouteForm(LeadForm):
    """Who leads a field from a day on."""

    version = forms.IntegerField(widget=forms.HiddenInput, min_value=0)
    valid_from = DateField(label=_("Holds from"), help_text=_("Today or later."))
    basis = forms.CharField(label=_("Legal basis"), required=False, max_length=300)
    is_verified = forms.BooleanField(
        label=_("Compared with the document itself"), required=False
    )

    @classmethod
    def of(cls, rule: RoutingRule | None, **kwargs: Any) -> RouteForm:
        """Return the form filled with the rule that stands."""
        if rule is None:
            return cls(initial={"version": 0, **kwargs.pop("initial", {})}, **kwargs)
        initial = {
            "lead": rule.lead_id,
            "coordinators": [each.pk for each in rule.others()],
            "working_days": rule.working_days,
            "version": rule.version,
            "basis": rule.basis,
            "is_verified": rule.is_verified,
        }
        return cls(initial=initial | kwargs.pop("initial", {}), **kwargs)


class ReasonForm(Form):
    """Why something goes back."""

    reason = forms.CharField(label=_("Reason"), widget=forms.Textarea(attrs=BRIEF))


class SendBackForm(ReasonForm):
    """Why a proposal goes back, and which one was read."""

    proposal = forms.IntegerField(widget=forms.HiddenInput)


class DecideForm(Form):
    """Which proposal the leader read."""

    proposal = forms.IntegerField(widget=forms.HiddenInput)


# What a reply needs beside its words before it can be sent.
TO_SEND = ("number", "issued_on", "outcome_class")
BY_CLASS = ("products", "forwarded_to", "forwarding_document")


class DraftForm(Form):
    """The composer: everything may still be missing but the version."""

    version = forms.IntegerField(widget=forms.HiddenInput, min_value=0)
    text = WordsField(
        label=_("What was looked into, done and answered"), rows=12, required=False
    )
    next_steps = WordsField(label=_("Next steps"), rows=3, required=False)
    contact = forms.CharField(
        label=_("Whom to ask"),
        required=False,
        max_length=200,
        help_text=_("An office and its telephone, not a private number."),
    )
    outcome_class = forms.ChoiceField(
        label=_("What became of it"),
        required=False,
        choices=[("", _("Choose a class")), *OutcomeClass.choices],
        help_text=_("The provincial office confirms the class."),
    )
    products = forms.CharField(
        label=_("Products"),
        required=False,
        widget=forms.Textarea(attrs=BRIEF),
        help_text=_("What was issued, built or paid, one a line."),
    )
    forwarded_to = forms.CharField(
        label=_("Forwarded to"), required=False, max_length=200
    )
    forwarding_document = forms.CharField(
        label=_("Forwarding document"), required=False, max_length=200
    )
    number = forms.CharField(
        label=_("Number of the document"), required=False, max_length=60
    )
    issued_on = DateField(label=_("Date of the document"), required=False)

    @classmethod
    def of(cls, reply: Reply | None) -> DraftForm:
        """Return the composer with the last saved draft in it."""
        initial: dict[str, Any] = {"version": 0}
        if reply is not None:
            names = [name for name in cls.base_fields if name != "version"]
            initial = {name: getattr(reply, name) for name in names}
            initial["version"] = reply.version
        form = cls(initial=initial)
        # Shown without "if there is one": a draft may lack them, a sent reply may not.
        for name in ("text", *TO_SEND, *BY_CLASS):
            form.fields[name].required = True
        return form


class SendForm(DraftForm):
    """The composer when the head signs: the class decides what must be there."""

    def __init__(self, *args: Any, draft: Reply | None, **kwargs: Any) -> None:
        self.draft = draft
        super().__init__(*args, **kwargs)
        for name in ("text", *TO_SEND):
            self.fields[name].required = True

    def clean(self) -> dict[str, Any]:
        """Refuse words that nobody but the signer has seen, and a class without proof."""
        values = super().clean() or {}
        for name in ("text", "next_steps"):
            kept = getattr(self.draft, name, "")
            typed = values.get(name, "")
            if (
                typed.replace("\r\n", "\n").strip()
                != kept.replace("\r\n", "\n").strip()
            ):
                self.add_error(
                    name,
                    _("You changed these words. Save them; another person then signs."),
                )
        outcome_class = values.get("outcome_class", "")
        if outcome_class:
            refusal = policies.why_not(
                policies.check_class,
                outcome_class,
                products=values.get("products", ""),
                forwarded_to=values.get("forwarded_to", ""),
                forwarding_document=values.get("forwarding_document", ""),
            )
            if refusal:
                is_forwarded = outcome_class == OutcomeClass.OUT_OF_COMPETENCE
                self.add_error("forwarded_to" if is_forwarded else "products", refusal)
        return values


class ConfirmForm(Form):
    """The class as the office confirms it; another one needs a reason."""

    outcome_class = forms.ChoiceField(
        label=_("Class to confirm"), choices=OutcomeClass.choices
    )
    reason = forms.CharField(
        label=_("Reason for another class"),
        required=False,
        widget=forms.Textarea(attrs=BRIEF),
        help_text=_("Only when the class differs from the agency's. It is kept."),
    )
