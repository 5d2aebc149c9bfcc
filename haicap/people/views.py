"""Signing in and out, and how a person likes their pages."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.contrib.auth import login
from django.contrib.auth import views as auth
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_POST

from haicap.people import actions
from haicap.people.forms import PreferencesForm, SignInForm
from haicap.people.guard import AuthenticatedRequest, acts, open_to_all
from haicap.people.middleware import COOKIE
from haicap.people.models import Post, Role, User


# The doors of a demonstration, in the order in which the journey goes.
SHOWN_FIRST = (
    Role.OFFICE,
    Role.LEADER,
    Role.DEPARTMENT_OFFICER,
    Role.DEPARTMENT_HEAD,
    Role.COMMUNE_OFFICER,
    Role.COMMUNE_LEADER,
    Role.AUDITOR,
    Role.ADMINISTRATOR,
)


@dataclass(frozen=True)
class Door:
    """A demonstration account with its post, as a button of the sign-in page."""

    username: str
    name: str
    role: str


class SignIn(auth.LoginView):
    """One column, one question; in a demonstration also a door for every role."""

    template_name = "people/sign_in.html"
    authentication_form = SignInForm
    redirect_authenticated_user = True

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Return the page's context with the doors of a demonstration."""
        doors = demo_doors() if settings.DEMO else []
        return super().get_context_data(doors=doors, **kwargs)


def demo_doors() -> list[Door]:
    """Return the demonstration accounts in the order of the roles."""
    posts = Post.objects.held(on=timezone.localdate()).filter(
        user__is_demo=True, user__is_active=True
    )
    return [
        Door(post.user.username, post.user.full_name, post.get_role_display())
        for post in sorted(
            posts.select_related("user"),
            key=lambda post: (SHOWN_FIRST.index(Role(post.role)), post.pk),
        )
    ]


sign_in = open_to_all(SignIn.as_view())
sign_out = open_to_all(auth.LogoutView.as_view())


@open_to_all
@require_POST
def demo_sign_in(request: HttpRequest) -> HttpResponse:
    """Sign in as a demonstration account, without a password; else no such page."""
    if not settings.DEMO:
        raise Http404
    user = get_object_or_404(
        User, username=request.POST.get("username", ""), is_demo=True, is_active=True
    )
    login(request, user)
    return redirect(settings.LOGIN_REDIRECT_URL)


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
