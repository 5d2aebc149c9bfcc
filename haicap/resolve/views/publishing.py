"""Forms that put a case on the public page and take it off."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from haicap.people.guard import AuthenticatedRequest, acts
from haicap.resolve.actions import publishing
from haicap.resolve.models import Case
from haicap.ui import undo


@acts("screen")
def publish(request: AuthenticatedRequest, pk: int) -> HttpResponse:
    """Show the answered case to everybody."""
    case = get_object_or_404(Case.objects.visible_to(request.user), pk=pk)
    publishing.publish(case=case, by=request.user, at=timezone.now())
    words = _("%(code)s is on the public page.") % {"code": case.code}
    undo.offer(request, words, reverse("resolve:unpublish", args=[case.pk]))
    return redirect(case)


@acts("screen")
def unpublish(request: AuthenticatedRequest, pk: int) -> HttpResponse:
    """Take the case off the public page."""
    case = get_object_or_404(Case.objects.visible_to(request.user), pk=pk)
    publishing.unpublish(case=case, by=request.user, at=timezone.now())
    messages.success(
        request, _("%(code)s is off the public page.") % {"code": case.code}
    )
    return redirect(case)
