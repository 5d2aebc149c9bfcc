"""The page of same matters, and the forms that group voices."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from haicap.core.errors import BadInput
from haicap.listen.models import Recommendation
from haicap.people.guard import AuthenticatedRequest, acts, sees
from haicap.resolve import queries_grouping
from haicap.resolve.actions import grouping
from haicap.resolve.models import Case, Regrouping
from haicap.synthesise import actions as suggestion_actions
from haicap.synthesise.actions_looks import look
from haicap.synthesise.models import Suggestion, SuggestionState
from haicap.ui import undo
from haicap.ui.page import page


@sees("screen")
def suggestions(request: AuthenticatedRequest) -> HttpResponse:
    """Show the groups that may be one matter, likeliest first, each with its reason."""
    shown = queries_grouping.suggestions(request.user)
    return page(request, "resolve/suggestions.html", {"shown": shown})


@acts("screen")
def look_again(request: AuthenticatedRequest) -> HttpResponse:
    """Let the machine look for same matters among all asks without a case."""
    if look(by=request.user, at=timezone.now()):
        messages.info(
            request,
            _(
                "All recommendations are being looked at; groups appear in a few minutes."
            ),
        )
    return redirect("resolve:suggestions")


@acts("screen")
def gather(request: AuthenticatedRequest) -> HttpResponse:
    """Put the ticked asks into a new case, or into the one that was named."""
    now = timezone.now()
    asks = list(
        Recommendation.objects.visible_to(request.user).filter(
            pk__in=numbers(request, "recommendation")
        )
    )
    named = case_named(request, "case")
    loose = [ask for ask in asks if not hasattr(ask, "voice")] if named else asks
    case = grouping.gather(
        recommendations=loose,
        case=named,
        title=request.POST.get("title", ""),
        by=request.user,
        at=now,
    )
    settle(request)
    offer_undo(
        request,
        case,
        ngettext(
            "%(n)s recommendation is now in %(code)s.",
            "%(n)s recommendations are now in %(code)s.",
            len(loose),
        )
        % {"n": len(loose), "code": case.code},
    )
    if request.POST.get("suggestion"):
        return redirect("resolve:suggestions")
    return redirect(case)


@acts("screen")
def gather_each(request: AuthenticatedRequest) -> HttpResponse:
    """Open a case of its own for each ticked ask."""
    asks = Recommendation.objects.visible_to(request.user).filter(
        pk__in=numbers(request, "recommendation")
    )
    opened = [
        grouping.gather(recommendations=[ask], by=request.user, at=timezone.now())
        for ask in asks
    ]
    if not opened:
        raise BadInput(_("Choose at least one recommendation."))
    undo.offer(
        request,
        ngettext("%(n)s case opened.", "%(n)s cases opened.", len(opened))
        % {"n": len(opened)},
        "",
    )
    return redirect("desk:cases")


@acts("screen")
def dismiss(request: AuthenticatedRequest, pk: int) -> HttpResponse:
    """Keep that these are different matters."""
    row = get_object_or_404(Suggestion, pk=pk, state=SuggestionState.OPEN)
    suggestion_actions.dismiss(suggestion=row, by=request.user, at=timezone.now())
    undo.offer(
        request,
        _("Kept as different matters."),
        reverse("resolve:restore", args=[row.pk]),
    )
    return redirect("resolve:suggestions")


@acts("screen")
def restore(request: AuthenticatedRequest, pk: int) -> HttpResponse:
    """Bring a dismissed group back."""
    row = get_object_or_404(Suggestion, pk=pk, state=SuggestionState.DISMISSED)
    suggestion_actions.restore(suggestion=row, by=request.user, at=timezone.now())
    return redirect("resolve:suggestions")


@acts("screen")
def merge(request: AuthenticatedRequest, pk: int) -> HttpResponse:
    """Merge other cases into this one."""
    into = visible_case(request, pk)
    others = list(
        Case.objects.visible_to(request.user).filter(pk__in=numbers(request, "other"))
    )
    named = case_named(request, "other_code")
    if named:
        others.append(named)
    grouping.merge(into=into, others=others, by=request.user, at=timezone.now())
    codes = ", ".join(other.code for other in others)
    offer_undo(
        request,
        into,
        _("%(codes)s merged into %(code)s.") % {"codes": codes, "code": into.code},
    )
    return redirect(into)


@acts("screen")
def merge_many(request: AuthenticatedRequest) -> HttpResponse:
    """Merge the ticked cases of the list into the one with the lowest number."""
    cases = list(
        Case.objects.visible_to(request.user)
        .filter(pk__in=numbers(request, "row"))
        .order_by("pk")
    )
    if len(cases) < 2:
        raise BadInput(_("Tick at least two cases to merge them."))
    into = grouping.merge(
        into=cases[0], others=cases[1:], by=request.user, at=timezone.now()
    )
    codes = ", ".join(case.code for case in cases[1:])
    offer_undo(
        request,
        into,
        _("%(codes)s merged into %(code)s.") % {"codes": codes, "code": into.code},
    )
    return redirect(into)


@acts("screen")
def split(request: AuthenticatedRequest, pk: int) -> HttpResponse:
    """Let the ticked voices leave: for a new case, or for the case that was named."""
    case = visible_case(request, pk)
    voices = list(case.voices.filter(pk__in=numbers(request, "voice")))
    named = case_named(request, "to_code")
    if named:
        target = grouping.move(
            voices=voices, to=named, by=request.user, at=timezone.now()
        )
    else:
        target = grouping.split(
            case=case,
            voices=voices,
            title=request.POST.get("title", ""),
            by=request.user,
            at=timezone.now(),
        )
    offer_undo(
        request,
        target,
        ngettext(
            "%(n)s voice moved to %(code)s.",
            "%(n)s voices moved to %(code)s.",
            len(voices),
        )
        % {"n": len(voices), "code": target.code},
    )
    return redirect(case)


@acts("screen")
def undo_regrouping(request: AuthenticatedRequest, pk: int) -> HttpResponse:
    """Take the step back; go to a case that still stands."""
    visible = Case.objects.visible_to(request.user).values("pk")
    step = get_object_or_404(
        Regrouping.objects.filter(cases__in=visible).distinct(), pk=pk
    )
    grouping.undo(regrouping=step, by=request.user, at=timezone.now())
    left = step.cases.order_by("pk").first()
    return redirect(left) if left else redirect("resolve:suggestions")


@acts("screen")
def rename(request: AuthenticatedRequest, pk: int) -> HttpResponse:
    """Give the matter plainer words, unless somebody else did since."""
    case = visible_case(request, pk)
    title = request.POST.get("title", "")
    if request.POST.get("version") != str(case.version):
        context = {"case": case, "mine": title}
        return page(request, "resolve/rename_conflict.html", context, status=409)
    grouping.rename(
        case=case,
        title=title,
        version=case.version,
        by=request.user,
        at=timezone.now(),
    )
    return redirect(case)


def visible_case(request: AuthenticatedRequest, pk: int) -> Case:
    """Return the case, or 404 when this person may not see it."""
    return get_object_or_404(Case.objects.visible_to(request.user), pk=pk)


def numbers(request: AuthenticatedRequest, name: str) -> list[int]:
    """Return the ticked row numbers of a form; other words are passed over."""
    return [int(raw) for raw in request.POST.getlist(name) if raw.isdecimal()]


def case_named(request: AuthenticatedRequest, name: str) -> Case | None:
    """
    Return the case whose number was typed, `HS-0142` or just `142`; None for nothing.

    Errors: BadInput when there is no such case.
    """
    raw = request.POST.get(name, "").strip().upper().removeprefix("HS-").lstrip("0")
    if not raw:
        return None
    found = None
    if raw.isdecimal() and len(raw) < 15:
        visible = Case.objects.visible_to(request.user)
        found = visible.filter(pk=int(raw)).first()
    if found is None:
        raise BadInput(
            _("There is no case %(code)s. Type its number, such as HS-0142."),
            code=request.POST[name].strip(),
        )
    return found


def settle(request: AuthenticatedRequest) -> None:
    """Keep that a person called the suggested group one matter."""
    raw = request.POST.get("suggestion", "")
    if raw.isdecimal():
        row = get_object_or_404(Suggestion, pk=int(raw), state=SuggestionState.OPEN)
        suggestion_actions.confirm(suggestion=row, by=request.user, at=timezone.now())


def offer_undo(request: AuthenticatedRequest, case: Case, words: str) -> None:
    """Say what was done, with the button that takes the last step on this case back."""
    step = case.regroupings.filter(undone_at__isnull=True).first()
    url = reverse("resolve:undo-regrouping", args=[step.pk]) if step else ""
    undo.offer(request, words, url)
