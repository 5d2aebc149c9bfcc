"""Who usually leads which field, as the page of the routing table shows it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.urls import reverse
from django.utils.translation import get_language

from haicap.listen.taxonomy import FIELDS
from haicap.resolve.forms import RouteForm
from haicap.resolve.models import RoutingRule


@dataclass(frozen=True)
class RouteRow:
    """One field with the rule that stands and the one that comes."""

    slug: str
    label: str
    rule: RoutingRule | None
    coming: RoutingRule | None
    form: RouteForm | None
    url: str


def routes(today: date, chosen: str = "") -> list[RouteRow]:
    """Return the fields with who leads them today; the chosen one with its form."""
    rules = RoutingRule.objects.select_related("lead").prefetch_related("coordinators")
    now: dict[str, RoutingRule] = {}
    coming: dict[str, RoutingRule] = {}
    for rule in rules.order_by("valid_from"):
        if rule.valid_from > today:
            coming[rule.field] = rule
        elif rule.valid_to is None or rule.valid_to >= today:
            now[rule.field] = rule
    rows = []
    language = get_language() or "vi"
    for slug, each in FIELDS.items():
        form = None
        if slug == chosen:
            last = coming.get(slug) or now.get(slug)
            start = max(today, last.valid_from) if last else today
            form = RouteForm.of(last, initial={"valid_from": start})
        rows.append(
            RouteRow(
                slug=slug,
                label=each.label(language),
                rule=now.get(slug),
                coming=coming.get(slug),
                form=form,
                url=reverse("resolve:change-route", args=[slug]),
            )
        )
    return rows
