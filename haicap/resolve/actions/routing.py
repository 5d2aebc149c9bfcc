"""Who leads which field by default: loaded once, then changed with dates by the office."""

from __future__ import annotations

import csv
from collections.abc import Collection
from datetime import date, datetime, timedelta
from importlib.resources import files

from django.db import transaction
from django.utils import timezone

from haicap.core.errors import BadInput
from haicap.ledger.models import Kind
from haicap.ledger.record import Actor, record
from haicap.listen.taxonomy import FIELDS
from haicap.people import permissions
from haicap.people.models import User
from haicap.places.models import Agency
from haicap.resolve import policies
from haicap.resolve.models import RoutingRule


_YES_NO = {"yes": True, "no": False}


@transaction.atomic
def load(*, by: Actor | None, at: datetime) -> int:
    """
    Give every field without a rule the one of `data/routing.csv`; return how many.

    A field that has a rule, loaded or made by the office, is left alone.
    Errors: BadInput when the table names an agency that the register does not have.
    """
    known = set(RoutingRule.objects.values_list("field", flat=True))
    agencies = {agency.code: agency for agency in Agency.objects.all()}
    table = files("haicap.resolve").joinpath("data/routing.csv")
    made: list[RoutingRule] = []
    for row in csv.DictReader(table.read_text(encoding="utf-8").splitlines()):
        if row["field"] in known:
            continue
        codes = [row["lead"], *row["coordinators"].split()]
        missing = [code for code in codes if code not in agencies]
        if missing:
            raise BadInput(
                "The routing table names agencies that are not loaded: %(codes)s.",
                codes=", ".join(missing),
            )
        rule = RoutingRule.objects.create(
            field=row["field"],
            lead=agencies[codes[0]],
            working_days=int(row["working_days"]),
            valid_from=date.fromisoformat(row["valid_from"]),
            basis=row["basis"],
            is_verified=_YES_NO[row["verified"]],
        )
        rule.coordinators.set(agencies[code] for code in codes[1:])
        made.append(rule)
    if made:
        record(
            Kind.ROUTING_CHANGED,
            subject=made[0],
            by=by,
            at=at,
            loaded=[rule.field for rule in made],
        )
    return len(made)


@transaction.atomic
def change(
    *,
    field: str,
    lead: Agency,
    coordinators: Collection[Agency],
    working_days: int,
    version: int,
    by: User,
    at: datetime,
    valid_from: date | None = None,
    basis: str = "",
    is_verified: bool = False,
) -> RoutingRule:
    """
    Let another rule hold for the field from `valid_from`, today if not said.

    The old rule ends the day before and stays. A rule that begins on that very day is
    corrected instead: it has not held for any other day.
    """
    permissions.check(by, "change_reference_data")
    today = timezone.localdate(at)
    valid_from = valid_from or today
    if field not in FIELDS:
        raise BadInput("There is no field %(field)s.", field=field)
    policies.check_period(working_days)
    policies.check_lead_apart(lead.pk, [each.pk for each in coordinators])
    rules = RoutingRule.objects.select_for_update(of=("self",)).filter(field=field)
    old = rules.order_by("-valid_from").first()
    policies.check_route_version(old, version)
    policies.check_route_day(old, valid_from, today=today)
    before = told(old) if old else None
    if old is None or old.valid_from < valid_from:
        if old is not None:
            old.valid_to = valid_from - timedelta(days=1)
            old.save(update_fields=["valid_to"])
        rule = RoutingRule(field=field, valid_from=valid_from)
    else:
        rule = old
    rule.version = version + 1
    rule.lead, rule.working_days = lead, working_days
    rule.basis, rule.is_verified = basis.strip(), is_verified
    rule.save()
    rule.coordinators.set(coordinators)
    record(
        Kind.ROUTING_CHANGED,
        subject=rule,
        by=by,
        at=at,
        field=field,
        before=before,
        after=told(rule),
    )
    return rule


def told(rule: RoutingRule) -> dict[str, object]:
    """Return what a rule says, as the ledger keeps it."""
    return {
        "lead": rule.lead.code,
        "coordinators": [each.code for each in rule.others()],
        "working_days": rule.working_days,
        "valid_from": rule.valid_from.isoformat(),
        "basis": rule.basis,
        "is_verified": rule.is_verified,
    }
