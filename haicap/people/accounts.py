"""Makes accounts with their posts from a table; all of them or none."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, datetime

from django.db import transaction
from django.utils import timezone

from haicap.core.errors import BadInput
from haicap.core.text.fold import fold_vi
from haicap.ledger.models import Kind
from haicap.ledger.record import record
from haicap.people.models import (
    AGENCY_ROLES,
    COMMUNE_ROLES,
    PROVINCIAL_ROLES,
    Post,
    Role,
    User,
)
from haicap.places.models import Agency, Unit, UnitKind


@transaction.atomic
def load(
    rows: Sequence[Mapping[str, str]], *, at: datetime, is_demo: bool = False
) -> int:
    """
    Return how many accounts the table names, all of them there with their posts.

    An account that is already there keeps its password; a post that it holds is not
    given twice. Errors: BadInput that names the line and the column; nothing is loaded.
    """
    today = timezone.localdate(at)
    for line, row in enumerate(rows, start=2):
        role = row.get("role", "")
        if role not in Role.values:
            raise BadInput(
                "Line %(line)s, column role: %(role)s is none of %(roles)s.",
                line=line,
                role=role or "–",
                roles=", ".join(Role.values),
            )
        unit = agency = None
        if role in COMMUNE_ROLES:
            unit = find_unit(row.get("unit", ""), line)
        elif role in PROVINCIAL_ROLES:
            unit = Unit.objects.filter(kind=UnitKind.PROVINCE).first()
        if role in AGENCY_ROLES or role == Role.OFFICE:
            agency = find_agency(row.get("agency", ""), line)
        user = User.objects.filter(username=row["username"]).first()
        if user is None:
            user = User.objects.create_user(
                row["username"],
                row["password"],
                full_name=row["full_name"],
                is_demo=is_demo,
            )
        held = Post.objects.held(on=today).filter(
            user=user, role=role, unit=unit, agency=agency
        )
        if not held.exists():
            Post.objects.create(
                user=user,
                role=role,
                unit=unit,
                agency=agency,
                starts_on=min(today, date(2025, 7, 1)) if is_demo else today,
            )
            record(
                Kind.REGISTRY_LOADED, subject=user, by=None, at=at, role=role, line=line
            )
    return len(rows)


def find_unit(name: str, line: int) -> Unit:
    """Return the commune with that name or code."""
    found = Unit.objects.commune_level()
    match = (
        found.filter(code=name).first() or found.filter(search=fold_vi(name)).first()
    )
    if match is None:
        raise BadInput(
            "Line %(line)s, column unit: no commune is named %(name)s.",
            line=line,
            name=name or "–",
        )
    return match


def find_agency(name: str, line: int) -> Agency:
    """Return the agency with that code or name."""
    match = (
        Agency.objects.filter(code=name).first()
        or Agency.objects.filter(search=fold_vi(name)).first()
    )
    if match is None:
        raise BadInput(
            "Line %(line)s, column agency: no agency is named %(name)s.",
            line=line,
            name=name or "–",
        )
    return match
