"""Forms of the person's own page."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib.auth.forms import AuthenticationForm
from django.utils.translation import gettext_lazy as _

from haicap.people.models import User


class SignInForm(AuthenticationForm):
    """Name and password; the same sentence for an unknown name and a wrong password."""

    error_messages = {
        "invalid_login": _("The name or the password is not right. Try again."),
        "inactive": _("The name or the password is not right. Try again."),
    }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["username"].label = _("Account name")
        self.fields["password"].label = _("Password")


class PreferencesForm(forms.ModelForm[User]):
    """How a person likes their pages; only what was sent is changed."""

    class Meta:
        model = User
        fields = ["language", "theme", "text_size", "has_wide_menu", "has_keys"]

    language = forms.ChoiceField(
        choices=[("vi", "Tiếng Việt"), ("en", "English")], required=False
    )
    theme = forms.ChoiceField(
        choices=[("system", ""), ("light", ""), ("dark", "")], required=False
    )
    text_size = forms.TypedChoiceField(
        choices=[(100, "100"), (112, "112"), (125, "125")], coerce=int, required=False
    )
    # A button's value, not a tick: "0" is a choice, its absence is none.
    has_wide_menu = forms.TypedChoiceField(
        choices=[("0", ""), ("1", "")], coerce=lambda v: v == "1", required=False
    )
    has_keys = forms.TypedChoiceField(
        choices=[("0", ""), ("1", "")], coerce=lambda v: v == "1", required=False
    )

    def changes(self) -> dict[str, Any]:
        """Return the preferences that this form really named."""
        return {
            name: self.cleaned_data[name]
            for name in self.Meta.fields
            if name in self.data and self.cleaned_data[name] != ""
        }
