"""Each page in the language that its reader chose, under the calendar that stands."""

from __future__ import annotations

from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils import translation

from haicap.places import workdays


COOKIE = "haicap-language"


class PreferencesMiddleware:
    """Set the language: the account's, else the cookie's, else Vietnamese."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Answer in the language of the person."""
        language = request.COOKIES.get(COOKIE, "")
        stamp = None
        if request.user.is_authenticated:
            language = request.user.language
            stamp = request.user.calendar_stamp
        if language not in dict(settings.LANGUAGES):
            language = settings.LANGUAGE_CODE
        with translation.override(language), workdays.known(stamp):
            request.LANGUAGE_CODE = language
            response = self.get_response(request)
            response.headers.setdefault("Content-Language", language)
            return response
