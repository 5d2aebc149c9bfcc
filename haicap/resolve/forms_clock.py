"""Forms of a case's clock: stop it, ask for more time, give or refuse it."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

from haicap.resolve.forms import BRIEF
from haicap.resolve.models import PauseReason
from haicap.ui.forms import DateField, Form


class StopForm(Form):
    """Whom the agency waits for, and which document says so."""

    reason = forms.ChoiceField(
        label=_("What the agency waits for"),
        choices=[("", _("Choose a reason")), *PauseReason.choices],
    )
    reference = forms.CharField(
        label=_("Document that asks or decides"),
        max_length=200,
        help_text=_("Its number and date, as on paper."),
    )


class AskForm(Form):
    """Until when the lead needs, and why."""

    until = DateField(label=_("New last day"))
    reason = forms.CharField(label=_("Reason"), widget=forms.Textarea(attrs=BRIEF))


class GrantForm(Form):
    """Which request the leader read, and the document that gives more time."""

    read = forms.IntegerField(widget=forms.HiddenInput)
    reference = forms.CharField(
        label=_("Document that gives more time"), max_length=200
    )


class RefuseForm(Form):
    """Which request the leader read, and why there is no more time."""

    read = forms.IntegerField(widget=forms.HiddenInput)
    answer = forms.CharField(label=_("Reason"), widget=forms.Textarea(attrs=BRIEF))
