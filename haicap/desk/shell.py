"""What stands around every page: the menu, the person, the unit one acts for."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from haicap.people.models import COMMUNE_ROLES, User
from haicap.people.permissions import RULES


@dataclass(frozen=True)
class Item:
    """One line of the menu."""

    label: str
    url: str
    icon: str
    current: bool = False
    count: int | None = None
    waiting: int | None = None


Group = tuple[str, tuple[Item, ...]]


@dataclass(frozen=True)
class Shell:
    """Everything that the base template asks for."""

    person: str
    place: str
    initials: str
    is_demo: bool
    theme: str
    text_size: int
    wide_menu: bool
    at_home: bool
    has_keys: bool
    is_commune: bool
    search_url: str
    groups: tuple[Group, ...] = ()


# (group, label, url name, icon, rule): a person sees the lines they have the rule for.
def lines() -> list[tuple[str, str, str, str, str]]:
    """Return the whole menu in the language of this moment."""
    listen, synthesise = _("Listen"), _("Synthesise")
    resolve, verify = _("Resolve"), _("Verify")
    return [
        ("", _("Today's work"), "desk:home", "home", "own_profile"),
        (
            listen,
            _("Rounds"),
            "listen:rounds",
            "message-circle-question",
            "see_province_dashboard",
        ),
        (listen, _("Files"), "listen:documents", "file-text", "read_submitted"),
        (
            listen,
            _("Recommendations"),
            "desk:recommendations",
            "list-check",
            "read_submitted",
        ),
        (synthesise, _("Same matters"), "resolve:suggestions", "git-merge", "screen"),
        (synthesise, _("Map, units"), "desk:map", "map-pin", "see_own_dashboard"),
        (resolve, _("Cases"), "desk:cases", "stack-2", "read_submitted"),
        (
            resolve,
            _("Who leads what"),
            "resolve:routing",
            "route",
            "change_reference_data",
        ),
        (resolve, _("Working calendar"), "resolve:calendar", "calendar", "own_profile"),
        (
            verify,
            _("Outcomes"),
            "verify:outcomes",
            "rosette-discount-check",
            "decide_reopening",
        ),
        (verify, _("Ledger"), "desk:ledger", "history", "read_ledger"),
    ]


@lru_cache(maxsize=1024)
def menu(roles: frozenset[str], path: str, _language: str) -> tuple[Group, ...]:
    """Return the menu of whoever holds these roles, with the line of this address."""
    groups: dict[str, list[Item]] = {}
    for group, label, name, icon, rule in lines():
        if not roles & RULES[rule].reach.keys():
            continue
        url = reverse(name)
        current = path == url or (url != "/" and path.startswith(url))
        groups.setdefault(group, []).append(Item(label, url, icon, current))
    return tuple((group, tuple(items)) for group, items in groups.items())


def shell(request: HttpRequest) -> dict[str, Shell | None]:
    """Return the context of the base template; nothing for the anonymous."""
    user = getattr(request, "user", None)
    if not isinstance(user, User) or not user.is_active:
        return {"shell": None}
    at_home = request.path == reverse("desk:home")
    place = user.posts_today[0].place if user.posts_today else ""
    words = [word for word in user.full_name.split() if word[:1].isalpha()]
    return {
        "shell": Shell(
            person=user.full_name,
            place=place,
            initials="".join(word[0] for word in words[-2:]).upper(),
            is_demo=user.is_demo,
            theme=user.theme,
            text_size=user.text_size,
            # Words at home, icons where the work needs the width, unless one asks.
            wide_menu=user.has_wide_menu or at_home,
            at_home=at_home,
            has_keys=user.has_keys,
            is_commune=bool(user.roles & {str(role) for role in COMMUNE_ROLES}),
            search_url=reverse("desk:search"),
            groups=menu(user.roles, request.path, get_language() or ""),
        )
    }
