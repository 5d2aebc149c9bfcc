"""Turns a refusal into a page that says what happened to the person's work."""

from __future__ import annotations

import uuid
from collections.abc import Callable
from http import HTTPStatus

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.template.loader import render_to_string
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _

from haicap.core.errors import BadInput, HaicapError, NotAllowed, NotNow, NotYours


STATUS: dict[type[HaicapError], int] = {NotYours: 403, NotNow: 409, BadInput: 422}


class RefusalMiddleware:
    """One place that answers NotAllowed and BadInput, so views never catch them."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Answer; refusals come through process_exception, a wrong method here."""
        response = self.get_response(request)
        if response.status_code != HTTPStatus.METHOD_NOT_ALLOWED or response.content:
            return response
        page = refusal(request, "", status=response.status_code)
        page["Allow"] = response["Allow"]
        return page

    def process_exception(
        self, request: HttpRequest, error: Exception
    ) -> HttpResponse | None:
        """Return the refusal's page, or None for what is not a refusal."""
        if not isinstance(error, (NotAllowed, BadInput)):
            return None
        status = next(
            (code for kind, code in STATUS.items() if isinstance(error, kind)), 403
        )
        return refusal(request, str(error), status=status)


def refusal(request: HttpRequest, sentence: str, *, status: int) -> HttpResponse:
    """Return an error page, or for htmx just the sentence in a status line."""
    template = (
        "ui/_refusal.html" if getattr(request, "htmx", False) else "ui/error.html"
    )
    context = {"sentence": sentence, "status": status, "number": number()}
    return render(request, template, context, status=status)


def number() -> str:
    """Return a short number that a person can quote on the telephone."""
    return uuid.uuid4().hex[:7].upper()


def forged(request: HttpRequest, reason: str = "") -> HttpResponse:
    """Answer a form without its token: the page was too old, or not ours."""
    if getattr(request, "htmx", False):
        sentence = _(
            "This page was open too long. Copy what you typed, reload the page, send again."
        )
        return refusal(request, sentence, status=403)
    context = {
        "is_forged": True,
        "status": 403,
        "number": number(),
        "again": page_before(request),
    }
    return render(request, "ui/error.html", context, status=403)


def page_before(request: HttpRequest) -> str:
    """Return the page of ours that the form stood on, or nothing."""
    before = request.META.get("HTTP_REFERER", "")
    hosts = {request.get_host()}
    return before if url_has_allowed_host_and_scheme(before, hosts) else ""


def bad(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """Answer 400: a form too big or an address that says nothing to us."""
    context = {"sentence": "", "status": 400, "number": number()}
    # Without the request, which is what is wrong here.
    return HttpResponse(render_to_string("ui/error.html", context), status=400)


def missing(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """Answer 404 with the same bytes for a missing row and for one not yours."""
    context = {"sentence": "", "status": 404, "number": ""}
    return render(request, "ui/error.html", context, status=404)


def broken(request: HttpRequest) -> HttpResponse:
    """Answer 500: nothing was saved, nothing typed was sent on."""
    context = {"sentence": "", "status": 500, "number": number()}
    # Without the request: what stands around a page asks the database, which may be
    # the very thing that broke.
    return HttpResponse(render_to_string("ui/error.html", context), status=500)
