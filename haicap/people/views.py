"""Signing in and out, and how a person likes their pages."""

from __future__ import annotations

from django.contrib.auth import views as auth
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_POST

from haicap.people import actions
from haicap.people.forms import PreferencesForm, SignInForm
from haicap.people.guard import AuthenticatedRequest, acts, open_to_all
from haicap.people.middleware import COOKIE


sign_in = open_to_all(
    auth.LoginView.as_view(
        template_name="people/sign_in.html",
        authentication_form=SignInForm,
        redirect_authenticated_user=True,
    )
)
sign_out = open_to_all(auth.LogoutView.as_view())


@acts("own_profile")
def preferences(request: AuthenticatedRequest) -> HttpResponse:
    """Keep theme, text size, language, menu and keys; go back to the page one was on."""
    form = PreferencesForm(request.POST, instance=request.user)
    if form.is_valid():
        actions.change_preferences(
            user=request.user, by=request.user, at=timezone.now(), **form.changes()
        )
    return redirect(back(request))


@open_to_all
@require_POST
def language(request: HttpRequest) -> HttpResponse:
    """Keep the language of somebody who did not sign in, in a cookie."""
    response = redirect(back(request))
    chosen = "en" if request.POST.get("language") == "en" else "vi"
    response.set_cookie(COOKIE, chosen, max_age=31_536_000, samesite="Lax")
    return response


def back(request: HttpRequest) -> str:
    """Return the page of ours that the form was on, else the home page."""
    target = request.POST.get("next", "")
    if url_has_allowed_host_and_scheme(target, {request.get_host()}):
        return target
    return "/"
