"""A department's first screen."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta

from django.db.models import Count, Q
from django.utils import timezone

from haicap.desk.homes.lines import CaseLine, lines_of
from haicap.desk.homes.week import Day, strip
from haicap.desk.queries_measures import Tally, agency_figures, total_of
from haicap.people.models import Role, User
from haicap.resolve.models import Case, Extension, ExtensionVerdict, Reply
from haicap.resolve.states import CaseState, ReplyState
from haicap.ui.templatetags.hc import d


FRESH_DAYS = 14  # an answer older than this has been read


@dataclass(frozen=True)
class DepartmentHome:
    """Everything on a department's first screen."""

    led: list[CaseLine]
    n_led: int
    n_late: int
    n_paused: int
    answers: list[Extension]
    to_sign: list[CaseLine]
    drafts: list[CaseLine]
    returned: list[CaseLine]
    shared: list[CaseLine]
    replied: int
    tally: Tally
    days: list[Day]
    is_head: bool


def department_home(user: User, *, on: date) -> DepartmentHome:
    """Return a department's first screen; at most twelve queries."""
    mine = Case.objects.visible_to(user).filter(lead_id__in=user.agency_ids)
    working = mine.filter(state=CaseState.ASSIGNED).order_by("due_sort", "pk")
    led = list(working[:20])
    numbers = working.order_by().aggregate(
        n=Count("pk"),
        late=Count("pk", filter=Q(due_on__lt=on)),
        paused=Count("pk", filter=Q(paused_on__isnull=False)),
    )
    drafts = Reply.objects.filter(
        state=ReplyState.DRAFT,
        case__lead_id__in=user.agency_ids,
        case__state=CaseState.ASSIGNED,
    ).select_related("case", "drafted_by")
    by_case = {reply.case_id: reply for reply in drafts[:50]}
    returned = set(
        Reply.objects.filter(
            state=ReplyState.RETURNED,
            case__lead_id__in=user.agency_ids,
            case__state=CaseState.ASSIGNED,
        ).values_list("case_id", flat=True)[:50]
    )
    coordinated = (
        Case.objects.visible_to(user)
        .filter(state=CaseState.ASSIGNED, coordinators__in=user.agency_ids)
        .exclude(lead_id__in=user.agency_ids)
        .order_by("due_sort", "pk")
    )
    shown = {case.pk: case for case in led}
    shown.update({reply.case_id: reply.case for reply in by_case.values()})
    lines = {one.case.pk: one for one in lines_of(shown.values(), on=on)}
    codes = [post.agency.code for post in user.posts_today if post.agency]
    asked = "".join(f"&lead={code}" for code in dict.fromkeys(codes))
    own = [one for one in agency_figures(user, on=on) if one.pk in user.agency_ids]
    to_sign = [pk for pk, reply in by_case.items() if reply.handed_on_at]
    return DepartmentHome(
        led=[lines[case.pk] for case in led],
        n_led=numbers["n"],
        n_late=numbers["late"],
        n_paused=numbers["paused"],
        answers=answers_to(user, on=on),
        to_sign=[noted(lines[pk], by_case[pk]) for pk in to_sign],
        drafts=[noted(lines[pk], by_case[pk]) for pk in by_case if pk not in to_sign],
        returned=[lines[pk] for pk in returned if pk in lines],
        shared=lines_of(coordinated.distinct()[:10], on=on),
        replied=mine.filter(state=CaseState.REPLIED).count(),
        tally=total_of(own),
        days=strip(mine, on=on, chosen=None, asked=asked),
        is_head=str(Role.DEPARTMENT_HEAD.value) in user.roles,
    )


def answers_to(user: User, *, on: date) -> list[Extension]:
    """Return what the leader said to our requests these two weeks; one query."""
    since = timezone.make_aware(
        datetime.combine(on - timedelta(days=FRESH_DAYS), time.min)
    )
    return list(
        Extension.objects.exclude(verdict=ExtensionVerdict.PENDING)
        .filter(
            case__lead_id__in=user.agency_ids,
            case__state=CaseState.ASSIGNED,
            decided_at__gte=since,
        )
        .select_related("case")
        .order_by("-decided_at", "-pk")[:10]
    )


def noted(line: CaseLine, reply: Reply) -> CaseLine:
    """Return the line with who drafted the reply, and when."""
    at = reply.handed_on_at or reply.drafted_at
    return replace(line, note=f"{reply.drafted_by.full_name} · {d(at)}")
