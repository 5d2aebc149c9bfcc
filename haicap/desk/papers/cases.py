"""The consolidated table of the cases that a filter asks for."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from haicap.core.errors import BadInput
from haicap.desk.papers.consolidated import FieldGroup, Line, Table
from haicap.listen.taxonomy import FIELDS
from haicap.people.models import COMMUNE_ROLES, Role, User
from haicap.resolve.models import Case, Reply, Voice
from haicap.resolve.states import ReplyState


AT_MOST = 5_000
PROVINCE = "Ủy ban nhân dân tỉnh Ninh Bình"
PLACE = "Ninh Bình"


def consolidated(
    cases: QuerySet[Case], *, by: User, as_of: datetime, asked: str
) -> Table:
    """
    Return the table of these cases, grouped by field in the order of the list.

    Four queries whatever its length. The paper is Vietnamese whatever the screen's
    language. Errors: BadInput beyond 5,000 rows.
    """
    rows = list(
        cases.order_by("field", "pk")
        .select_related("lead")
        .prefetch_related("coordinators")[: AT_MOST + 1]
    )
    if len(rows) > AT_MOST:
        raise BadInput(
            _("A table holds at most %(most)s matters. Narrow the filter."),
            most=AT_MOST,
        )
    units = units_of(rows)
    replies = replies_of(rows)
    groups: dict[str, list[Line]] = {slug: [] for slug in FIELDS}
    for case in rows:
        label = FIELDS[case.field].label_vi if case.field in FIELDS else case.field
        reply = replies.get(case.pk) if case.is_answered else None
        groups.setdefault(case.field, []).append(
            Line(
                units=units.get(case.pk, []),
                text=case.title,
                field=label,
                lead=case.lead.name if case.lead else None,
                coordinators=[each.name for each in case.coordinators.all()],
                due=case.due_on,
                answer=reply.text if reply else None,
                reply_ref=reference(reply) if reply else None,
                outcome=case.outcome_class or None if case.is_answered else None,
                note="Đơn vị nêu đã xác nhận" if case.verified_at else "",
            )
        )
    body, superior = issuer(by)
    return Table(
        body=body,
        superior=superior,
        place=PLACE,
        on=None,  # the clerk dates it with its number
        number=None,
        attached_to=None,
        filter_sentence=asked,
        is_demo=any(case.is_demo for case in rows),
        groups=[
            FieldGroup(label=lines[0].field, rows=lines)
            for lines in groups.values()
            if lines
        ],
        as_of=as_of,
    )


def issuer(by: User) -> tuple[str, str | None]:
    """Return the body that issues the paper and the one above it."""
    for post in by.posts_today:
        if post.role in COMMUNE_ROLES and post.unit:
            return f"Ủy ban nhân dân {post.unit.short}".upper(), None
        if post.role == Role.OFFICE or post.agency:
            return post.place.upper(), PROVINCE.upper()
    return PROVINCE.upper(), None


def units_of(cases: Iterable[Case]) -> dict[int, list[str]]:
    """Return the names of the communes behind each case, each once."""
    pairs = (
        Voice.objects.filter(case__in=[case.pk for case in cases])
        .order_by("recommendation__unit__name")
        .values_list("case_id", "recommendation__unit__name", "recommendation__said_by")
    )
    names: dict[int, dict[str, None]] = {}
    for case, name, said_by in pairs:
        names.setdefault(case, {})[name or said_by] = None
    return {case: [name for name in found if name] for case, found in names.items()}


def replies_of(cases: Iterable[Case]) -> dict[int, Reply]:
    """Return the confirmed reply that holds for each case."""
    rows = Reply.objects.filter(
        case__in=[case.pk for case in cases], state=ReplyState.CONFIRMED
    )
    return {reply.case_id: reply for reply in rows.order_by("pk")}


def reference(reply: Reply) -> str:
    """Return the number and date of a reply's document."""
    return f"{reply.number}, ngày {reply.issued_on:%d/%m/%Y}"
