"""
Who may: the rights matrix as data, and the one question that actions ask of it.

A rule names, for each role, the rows it reaches: its own unit's, those its agency leads,
those it leads or coordinates, or the whole province. Several roles are a union; where the
matrix asks for a second person, the author is refused whatever else they are.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, field
from enum import Enum
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from haicap.core.errors import NotYours
from haicap.people.models import Role


if TYPE_CHECKING:
    from haicap.people.models import User


class Reach(Enum):
    """Which rows a role reaches with an action."""

    OWN = "own unit's rows"
    LEADS = "rows the own agency leads"
    LEADS_OR_COORDINATES = "rows the own agency leads or coordinates"
    PROVINCE = "every row of the province"


@dataclass(frozen=True)
class Rule:
    """One line of the matrix; `second` asks for another person than the author."""

    reach: dict[str, Reach] = field(default_factory=dict)
    second: bool = False


O, L, C, P = (  # noqa: E741  the letters of the matrix
    Reach.OWN,
    Reach.LEADS,
    Reach.LEADS_OR_COORDINATES,
    Reach.PROVINCE,
)
CO, CL, DO, DH, PO, PL, AU, SA = (role.value for role in Role)

RULES: dict[str, Rule] = {
    "own_profile": Rule(dict.fromkeys((CO, CL, DO, DH, PO, PL, AU, SA), O)),
    "draft": Rule({CO: O, CL: O, PO: P}),
    "submit": Rule({CL: O}, second=True),
    "withdraw": Rule({CL: O}),
    "read_submitted": Rule({CO: O, CL: O, DO: C, DH: C, PO: P, PL: P, AU: P}),
    "read_other_unit": Rule({DO: C, DH: C, PO: P, PL: P, AU: P}),
    "screen": Rule({PO: P}),
    "propose_assignment": Rule({PO: P}),
    "decide_assignment": Rule({PL: P}),
    "stop_clock": Rule({DH: L, PO: P}),
    "ask_extension": Rule({DH: L}),
    "decide_extension": Rule({PL: P}),
    "draft_reply": Rule({DO: L, DH: L}),
    "send_reply": Rule({DH: L}, second=True),
    "confirm_outcome": Rule({PO: P}, second=True),
    "give_feedback": Rule({CO: O, CL: O}),
    "ask_reopening": Rule({CL: O}),
    "decide_reopening": Rule({PO: P, PL: P}),
    "see_own_dashboard": Rule({CO: O, CL: O, DO: C, DH: C, PO: P, PL: P, AU: P}),
    "see_province_dashboard": Rule({PO: P, PL: P, AU: P}),
    "export": Rule({CO: O, CL: O, DO: C, DH: C, PO: P, PL: P, AU: P}),
    "change_reference_data": Rule({PO: P, SA: P}),
    "read_ledger": Rule({CL: O, DH: O, PL: P, AU: P}),
    "read_whole_ledger": Rule({PL: P, AU: P}),
}


def has(user: User, action: str) -> bool:
    """Return whether any role held today has the action, for some row."""
    return any(role in RULES[action].reach for role in user.roles)


def reaches_province(user: User, action: str) -> bool:
    """Return whether a role held today has the action for every row."""
    reach = RULES[action].reach
    return any(reach.get(role) is Reach.PROVINCE for role in user.roles)


def allows(
    user: User,
    action: str,
    *,
    unit_id: int | None = None,
    lead_id: int | None = None,
    coordinator_ids: Collection[int] = (),
    author_id: int | None = None,
) -> bool:
    """Return whether `user` may do `action` to a row with these owners."""
    rule = RULES[action]
    if rule.second and author_id is not None and author_id == user.pk:
        return False
    for post in user.posts_today:
        reach = rule.reach.get(post.role)
        if reach is Reach.PROVINCE:
            return True
        if reach is Reach.OWN and unit_id is not None and post.unit_id == unit_id:
            return True
        if post.agency_id is None or reach not in (L, C):
            continue
        if post.agency_id == lead_id:
            return True
        if reach is C and post.agency_id in coordinator_ids:
            return True
    return False


def check(
    user: User,
    action: str,
    *,
    unit_id: int | None = None,
    lead_id: int | None = None,
    coordinator_ids: Collection[int] = (),
    author_id: int | None = None,
) -> None:
    """
    Return when `user` may do `action` to a row with these owners.

    Errors: NotYours with the sentence that the person will read.
    """
    if allows(
        user,
        action,
        unit_id=unit_id,
        lead_id=lead_id,
        coordinator_ids=coordinator_ids,
        author_id=author_id,
    ):
        return
    if RULES[action].second and author_id == user.pk:
        raise NotYours(_("Another person than the author has to do this."))
    raise NotYours(_("This belongs to another unit or another post."))
