"""Forms of the author's word and of the office's answer to it."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

from haicap.resolve.forms import BRIEF
from haicap.resolve.policies import LONGEST
from haicap.ui.forms import Form


class AskReopenForm(Form):
    """What is still missing, in the commune's words."""

    reason = forms.CharField(
        label=_("What is still missing"), widget=forms.Textarea(attrs=BRIEF)
    )


class ReopenForm(Form):
    """How long the lead has this time, and a word to the commune."""

    working_days = forms.IntegerField(
        label=_("Working days"),
        min_value=1,
        max_value=LONGEST,
        initial=10,
        help_text=_("Counted from today."),
    )
    reason = forms.CharField(
        label=_("Word to the commune and the agency"),
        required=False,
        widget=forms.Textarea(attrs=BRIEF),
    )


class DeclineForm(Form):
    """Why the case stays answered."""

    reason = forms.CharField(label=_("Reason"), widget=forms.Textarea(attrs=BRIEF))
