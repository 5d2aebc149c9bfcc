"""The map of the 129 units, and the same figures as a table beside it."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.cache import patch_vary_headers
from django.utils.http import urlencode
from django.views.decorators.http import condition, require_safe

from haicap.desk.boundaries import borders
from haicap.desk.queries_measures import (
    MEASURES,
    class_number,
    classes_of,
    figure,
    measure_words,
    sorted_by,
    total_of,
    unit_figures,
    unit_sentence,
)
from haicap.people import permissions
from haicap.people.guard import AuthenticatedRequest, open_to_all, sees
from haicap.ui.page import page


# Codes of the units whose names stand on the map, one in each corner of it.
ANCHORS = {
    "13285",
    "13669",
    "14329",
    "14428",
    "14362",
    "14167",
    "14215",
    "14638",
}


def stamp(request: HttpRequest) -> str:
    """Return the mark by which a browser knows the borders it has."""
    return f'"{borders().stamp}"'


@open_to_all
@require_safe
@condition(etag_func=stamp)
def boundaries(request: HttpRequest) -> HttpResponse:
    """Give the borders; the address holds their stamp, so a browser keeps them a year."""
    known = borders()
    packed = "gzip" in request.headers.get("Accept-Encoding", "")
    response = HttpResponse(
        known.packed if packed else known.plain, content_type="application/geo+json"
    )
    if packed:
        response["Content-Encoding"] = "gzip"
    response["Cache-Control"] = "public, max-age=31536000, immutable"
    patch_vary_headers(response, ["Accept-Encoding"])
    return response


@sees("see_own_dashboard")
def map_page(request: AuthenticatedRequest) -> HttpResponse:
    """Shade the units by a measure, with the same figures ranked beside it."""
    measure = request.GET.get("measure", "")
    measure = measure if measure in MEASURES else "recommendations"
    per_head = request.GET.get("per") == "head"
    sort = request.GET.get("sort", "")
    rows = unit_figures(request.user, on=timezone.localdate())
    values = {one.code: one.value(measure, per_head=per_head) for one in rows}
    classes = classes_of(values.values())
    words = measure_words()
    here: dict[str, str] = {"measure": measure}
    if per_head:
        here["per"] = "head"
    ranked = sorted_by(rows, sort, measure, per_head=per_head)
    data: dict[str, Any] = {
        "boundaries": f"{reverse('desk:boundaries')}?v={borders().stamp}",
        "units": {
            one.code: {
                "name": one.name,
                "url": one.url,
                "class": class_number(values[one.code], classes),
                "value": shown(values[one.code]),
                "words": unit_sentence(one),
            }
            for one in rows
        },
        "anchors": [
            {
                "name": one.name.split(" ", 1)[1],
                "at": [one.lon, one.lat],
            }
            for one in rows
            if one.code in ANCHORS and one.lon is not None
        ],
    }
    return page(
        request,
        "desk/map.html",
        {
            "data": data,
            "measure": measure,
            "measure_word": words[measure],
            "measures": [
                {"key": key, "word": word, "query": urlencode({**here, "measure": key})}
                for key, word in words.items()
            ],
            "per_head": per_head,
            "count_query": urlencode({"measure": measure}),
            "head_query": urlencode({"measure": measure, "per": "head"}),
            "here": urlencode(here),
            "sort": sort or measure,
            "classes": list(enumerate(classes)),
            "rows": [(one, shown(values[one.code])) for one in ranked],
            "total": total_of(rows),
            "n_silent": sum(one.tally is None for one in rows),
            "sees_all": permissions.has(request.user, "see_province_dashboard"),
        },
    )


def shown(value: float | None) -> str:
    """Return a value as it stands in the table; what is missing is never 0."""
    return "–" if value is None else figure(value)
