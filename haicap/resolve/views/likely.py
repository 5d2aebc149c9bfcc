"""Parts that say what is like this: before a case is named, and before it is answered."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import get_object_or_404

from haicap.listen.models import Statement
from haicap.people.guard import AuthenticatedRequest, sees
from haicap.resolve.models import Case
from haicap.resolve.queries_likely import answered_before, likely_cases
from haicap.ui.page import page


@sees("screen")
def likely(request: AuthenticatedRequest) -> HttpResponse:
    """Show the cases that may be what is typed, or what a statement says."""
    words, fields = request.GET.get("title", ""), ()
    number = request.GET.get("statement", "")
    if number.isdecimal() and len(number) < 15:
        said = get_object_or_404(Statement.objects.visible_to(request.user), pk=number)
        words, fields = said.text, tuple(said.fields)
    but = request.GET.get("but", "")
    found = likely_cases(
        request.user,
        words,
        fields=fields,
        but=int(but) if but.isdecimal() and len(but) < 15 else None,
    )
    return page(request, "resolve/likely.html", {"found": found, "words": words})


@sees("read_other_unit")
def before(request: AuthenticatedRequest, pk: int) -> HttpResponse:
    """Show what was answered before on the matter of this case."""
    case = get_object_or_404(Case.objects.visible_to(request.user), pk=pk)
    found = answered_before(request.user, case)
    return page(request, "resolve/answered_before.html", {"case": case, "found": found})
