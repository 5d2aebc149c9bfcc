"""
Every view names its rule with exactly one of these three marks.

`sees` guards a page: who has no such right gets the 404 of a missing page. `acts` guards a
form: it opens the one transaction, and the receipt makes the same form twice one effect;
the action inside asks `permissions.check`. `open_to_all` opens a page to anybody.
"""

from __future__ import annotations

import hashlib
import uuid
from collections.abc import Callable
from functools import wraps
from typing import Any, cast

from django.contrib.auth.decorators import login_not_required
from django.db import OperationalError, connection, transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from haicap.core.errors import BadInput, NotNow, NotYours
from haicap.ledger.models import Receipt
from haicap.people import permissions
from haicap.people.models import User
from haicap.ui.middleware import refusal


class AuthenticatedRequest(HttpRequest):
    """A request of somebody who signed in."""

    user: User


View = Callable[..., HttpResponseBase]


def open_to_all(view: View) -> View:
    """Return the view, open to anybody, signed in or not."""
    marked: Any = login_not_required(view)
    marked.rule = "open_to_all"
    return cast("View", marked)


def sees(rule: str) -> Callable[[View], View]:
    """Return a decorator: a page for those who have `rule`; 404 for all others."""
    if rule not in permissions.RULES:
        raise LookupError(rule)

    def decorate(view: View) -> View:
        @never_cache
        @require_safe
        @wraps(view)
        def guarded(
            request: AuthenticatedRequest, *args: Any, **kwargs: Any
        ) -> HttpResponseBase:
            if not permissions.has(request.user, rule):
                raise Http404
            return view(request, *args, **kwargs)

        guarded.rule = rule  # type: ignore[attr-defined]
        return cast("View", guarded)

    return decorate


def acts(rule: str) -> Callable[[View], View]:
    """Return a decorator: a form, one transaction, answered once for each key."""
    if rule not in permissions.RULES:
        raise LookupError(rule)

    def decorate(view: View) -> View:
        @never_cache
        @require_POST
        @wraps(view)
        def guarded(
            request: AuthenticatedRequest, *args: Any, **kwargs: Any
        ) -> HttpResponse:
            return answer_once(request, lambda: view(request, *args, **kwargs), rule)

        guarded.rule = rule  # type: ignore[attr-defined]
        return cast("View", guarded)

    return decorate


def answer_once(
    request: AuthenticatedRequest, run: Callable[[], Any], rule: str
) -> HttpResponse:
    """
    Return the view's answer, or the stored one when this form was already answered.

    The receipt, the change and its ledger line commit together or not at all. Answers of
    400 and above are rolled back and forgotten, so a corrected form may keep its key.
    """
    key = idempotency_key(request)
    digest = body_hash(request)
    try:
        with transaction.atomic():
            if not lock(request.user, key):
                return busy(request)
            for known in Receipt.objects.filter(user_id=request.user.pk, key=key):
                return replay(request, known, digest)
            try:
                response: HttpResponse = run()
            except (BadInput, NotNow):
                # Who has no right hears that first, whatever else is wrong.
                check_rule(request.user, rule)
                raise
            if response.status_code >= 400:
                # A view that wants a refusal seen still has the rule's say: no right, no
                # form with errors either.
                check_rule(request.user, rule)
                transaction.set_rollback(True)
                return response
            store(request.user, key, digest, response)
            return response
    except OperationalError as error:
        if "locked" in str(error):
            return busy(request)
        raise


def check_rule(user: User, rule: str) -> None:
    """Return when any post held today has the rule, for some row; else NotYours."""
    if not permissions.has(user, rule):
        raise NotYours(_("This belongs to another unit or another post."))


def idempotency_key(request: HttpRequest) -> uuid.UUID:
    """Return the key that the form got when it was opened."""
    raw = request.headers.get("Idempotency-Key") or request.POST.get(
        "idempotency_key", ""
    )
    try:
        return uuid.UUID(raw)
    except ValueError:
        raise BadInput(
            _("This form was opened before an update. Open the page again, then send.")
        ) from None


def body_hash(request: HttpRequest) -> str:
    """Return the SHA-256 of what was sent: address, fields and files; not the tokens."""
    digest = hashlib.sha256(request.path.encode())
    for name in sorted(request.POST):
        if name in ("csrfmiddlewaretoken", "idempotency_key"):
            continue
        digest.update(repr((name, request.POST.getlist(name))).encode())
    for name in sorted(request.FILES):
        for upload in request.FILES.getlist(name):
            digest.update(repr((name, upload.name)).encode())
            for chunk in upload.chunks():
                digest.update(chunk)
            upload.seek(0)
    return digest.hexdigest()


def lock(user: User, key: uuid.UUID) -> bool:
    """
    Return whether this transaction alone now answers the key.

    SQLite's immediate transactions already stand in line; PostgreSQL needs to be told.
    """
    if connection.vendor != "postgresql":
        return True
    number = int.from_bytes(
        hashlib.sha256(f"{user.pk}:{key}".encode()).digest()[:8], "big", signed=True
    )
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_try_advisory_xact_lock(%s)", [number])
        return bool(cursor.fetchone()[0])


def busy(request: HttpRequest) -> HttpResponse:
    """Return 409: the same form is being answered right now."""
    response = refusal(
        request,
        _("This form is still being saved. Wait a moment, then open the page again."),
        status=409,
    )
    response["Retry-After"] = "2"
    return response


def replay(request: HttpRequest, known: Receipt, digest: str) -> HttpResponse:
    """Return the stored answer; 422 when the key comes back with another body."""
    if known.body_hash != digest:
        return refusal(
            request,
            _("This form was already sent with other words. Open the page again."),
            status=422,
        )
    response = HttpResponse(
        known.content, status=known.status, content_type=known.content_type or None
    )
    if known.location:
        response["Location"] = known.location
    response["Idempotent-Replay"] = "true"
    return response


def store(user: User, key: uuid.UUID, digest: str, response: HttpResponse) -> None:
    """Keep the answer beside the change it speaks of."""
    Receipt.objects.create(
        user_id=user.pk,
        key=key,
        body_hash=digest,
        at=timezone.now(),
        status=response.status_code,
        location=response.headers.get("Location", ""),
        content_type=response.headers.get("Content-Type", ""),
        content=response.content.decode() if response.content else "",
    )
