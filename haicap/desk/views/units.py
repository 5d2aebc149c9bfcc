"""The communes: the list, and one commune with what became of what it asked."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.utils import timezone
from django.utils.translation import get_language

from haicap.core.text.fold import fold_vi
from haicap.desk.queries_measures import Tally, total_of, unit_figures
from haicap.listen.models import Document, Recommendation
from haicap.listen.taxonomy import field_label
from haicap.people import permissions
from haicap.people.guard import AuthenticatedRequest, sees
from haicap.places.models import FormerUnit, Unit
from haicap.places.workdays import calendar
from haicap.resolve.due import due_of
from haicap.ui.page import page


SHOWN = 50


@sees("see_own_dashboard")
def units(request: AuthenticatedRequest) -> HttpResponse:
    """Show the communes with their figures; old names find today's units."""
    words = request.GET.get("q", "").strip()
    rows = unit_figures(request.user, on=timezone.localdate())
    former: dict[str, str] = {}
    if words:
        asked = fold_vi(words)
        former = {
            row["unit__code"]: row["name"]
            for row in FormerUnit.objects.values("name", "unit__code")
            if asked in fold_vi(row["name"])
        }
        rows = [one for one in rows if asked in fold_vi(one.name) or one.code in former]
    return page(
        request,
        "desk/units.html",
        {
            "rows": [(one, former.get(one.code, "")) for one in rows],
            "q": words,
            "total": total_of(rows),
            "sees_all": permissions.has(request.user, "see_province_dashboard"),
        },
    )


@sees("see_own_dashboard")
def unit(request: AuthenticatedRequest, code: str) -> HttpResponse:
    """Show one commune: what it asked, the state of each, its files, where it came from."""
    row = get_object_or_404(Unit.objects.commune_level(), code=code)
    today = timezone.localdate()
    asks = (
        Recommendation.objects.visible_to(request.user)
        .standing()
        .filter(unit=row)
        .select_related("voice__case__lead")
        .order_by("-pk")
    )
    shown = list(asks[: SHOWN + 1])
    days = calendar()
    language = get_language() or "vi"
    lines = []
    for ask in shown[:SHOWN]:
        voice = getattr(ask, "voice", None)
        case = voice.case if voice else None
        lines.append(
            {
                "ask": ask,
                "case": case,
                "field": field_label(ask.field, language),
                "due": due_of(case, on=today, days=days) if case else None,
            }
        )
    figures = unit_figures(request.user, on=today, codes=[code])
    return page(
        request,
        "desk/unit.html",
        {
            "unit": row,
            "former": list(row.former.all()),
            "lines": lines,
            "more": len(shown) > SHOWN,
            "tally": (figures[0].tally if figures else None) or Tally(),
            "documents": Document.objects.visible_to(request.user)
            .filter(unit=row)
            .select_related("round")[:10],
            "is_own": row.pk in request.user.unit_ids,
            "may_read": row.pk in request.user.unit_ids
            or permissions.has(request.user, "read_other_unit"),
        },
    )
