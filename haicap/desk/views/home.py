"""Today's work: one address, one screen for each kind of person."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.http import HttpResponse
from django.utils import timezone
from django.utils.translation import get_language

from haicap.desk.homes.administrator import administrator_home
from haicap.desk.homes.commune import commune_home
from haicap.desk.homes.counts import counts
from haicap.desk.homes.department import department_home
from haicap.desk.homes.leader import leader_home
from haicap.desk.homes.office import office_home
from haicap.desk.queries_measures import agency_figures, total_of
from haicap.ledger.models import Event, Head
from haicap.listen.taxonomy import field_label
from haicap.people.guard import AuthenticatedRequest, sees
from haicap.people.models import AGENCY_ROLES, COMMUNE_ROLES, Role, User
from haicap.ui.page import page


# Who holds several posts sees the screen of the first of these.
ORDER = (
    ("office", {Role.OFFICE}),
    ("leader", {Role.LEADER}),
    ("department", set(AGENCY_ROLES)),
    ("commune", set(COMMUNE_ROLES)),
    ("auditor", {Role.AUDITOR}),
    ("administrator", {Role.ADMINISTRATOR}),
)


@sees("own_profile")
def home(request: AuthenticatedRequest) -> HttpResponse:
    """Show what waits for this person today."""
    today = timezone.localdate()
    kind = screen(request.user)
    context: dict[str, Any] = {"kind": kind, "today": today}
    if kind == "office":
        chosen = day_of(request.GET.get("day", ""))
        shown = office_home(request.user, on=today, chosen=chosen)
        context["fields"] = [(label(slug), n) for slug, n in shown.open_fields]
        context["home"] = shown
    elif kind == "leader":
        context["home"] = leader_home(request.user, on=today)
    elif kind == "department":
        context["home"] = department_home(request.user, on=today)
    elif kind == "commune":
        context["home"] = commune_home(request.user, on=today)
    elif kind == "auditor":
        agencies = agency_figures(request.user, on=today)
        context["counts"] = counts(request.user, on=today)
        context["agencies"], context["total"] = agencies, total_of(agencies)
        context["head"] = Head.objects.get(pk=1)
        context["events"] = Event.objects.order_by("-seq")[:8]
        context["n_reopen"] = context["total"].reopen
    elif kind == "administrator":
        context["home"] = administrator_home()
    return page(request, "desk/home.html", context)


def screen(user: User) -> str:
    """Return which home this person sees; nobody's without a post."""
    for name, roles in ORDER:
        if user.roles & {str(role.value) for role in roles}:
            return name
    return "nobody"


def day_of(text: str) -> date | None:
    """Return the day that the address names, if it is one."""
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None


def label(slug: str) -> str:
    """Return the field's name in the language of the page, small as in a sentence."""
    name = field_label(slug, get_language() or "vi")
    return name[:1].lower() + name[1:]
