"""What waits for each kind of person this morning; each home asks a bounded number."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta

from django.db.models import Count, Min, OuterRef, Q, QuerySet, Subquery
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django_tasks_db.models import DBTaskResult

from haicap.core.deadlines.calendar import DayKind
from haicap.core.deadlines.working_days import working_days_between
from haicap.desk.queries_measures import AgencyFigures, Tally, agency_figures, total_of
from haicap.ledger.models import Event
from haicap.listen.models import Document, Recommendation, Round, Statement
from haicap.listen.queries import RoundPage, UnitSquare, round_page
from haicap.listen.states import UNSURE_BELOW, DocumentState, StatementState
from haicap.people.models import Role, User
from haicap.places import directory
from haicap.places.workdays import calendar
from haicap.resolve.due import Due, due_of
from haicap.resolve.models import Assignment, Case, Delivery, Reply, Voice
from haicap.resolve.states import ANSWERED, SOLVED, CaseState, ReplyState
from haicap.resolve.states import Verdict as LeaderVerdict
from haicap.synthesise.models import Suggestion, SuggestionState
from haicap.ui.templatetags.hc import d, dm, weekday_short
from haicap.verify.models import Decision, Outcome, Verdict


SHOWN = 5
WEEK = timedelta(days=7)
STUCK = timedelta(minutes=10)


@dataclass(frozen=True)
class Day:
    """One square of the strip of days."""

    on: date | None  # none: everything that is late
    label: str
    look: str  # late, today, makeup, off or plain
    n: int
    query: str
    is_chosen: bool = False


@dataclass(frozen=True)
class CaseLine:
    """One case in a short list: what it is, who has it, when it is due."""

    case: Case
    who: str
    due: Due
    n_units: int
    note: str = ""


@dataclass(frozen=True)
class Counts:
    """How many cases stand where, and how many moved in the last seven days."""

    total: int
    open: int
    oldest: datetime | None
    proposed: int
    replied: int
    late: int
    answered: int
    solved: int
    verified: int
    new_week: int
    answered_week: int
    solved_week: int
    closed_week: int
    late_before: int


@dataclass(frozen=True)
class Square:
    """One of the 129 squares."""

    name: str
    url: str
    state: str


@dataclass(frozen=True)
class Silent:
    """Who has not sent to the open round."""

    page: RoundPage

    @property
    def squares(self) -> list[Square]:
        """Return every unit, those who sent in time first, as the squares stand."""
        order = {"sent": 0, "late": 1, "none": 2}
        return [
            Square(one.name, reverse("desk:unit", args=[one.code]), one.state)
            for one in sorted(self.page.squares, key=lambda one: order[one.state])
        ]

    @property
    def first_none(self) -> list[UnitSquare]:
        """Return the first units that sent nothing."""
        return self.page.those("none")[:4]

    @property
    def round(self) -> Round:
        """Return the round."""
        return self.page.round

    @property
    def n_on_time(self) -> int:
        """Return how many sent in time."""
        return len(self.page.those("sent"))

    @property
    def n_late(self) -> int:
        """Return how many sent late."""
        return len(self.page.those("late"))

    @property
    def n_none(self) -> int:
        """Return how many sent nothing yet."""
        return len(self.page.those("none"))

    @property
    def n_sent(self) -> int:
        """Return how many sent something."""
        return self.n_on_time + self.n_late

    @property
    def n_units(self) -> int:
        """Return how many units there are."""
        return len(self.page.squares)


def counts(user: User, *, on: date) -> Counts:
    """Return how the cases stand; one query."""
    since = start_of(on - WEEK)
    answered = Q(state__in=ANSWERED)
    solved = answered & Q(outcome_class__in=SOLVED)
    week_ago = on - WEEK
    found = (
        Case.objects.visible_to(user)
        .standing()
        .order_by()
        .aggregate(
            total=Count("pk"),
            open=Count("pk", filter=Q(state=CaseState.OPEN)),
            oldest=Min("opened_at", filter=Q(state=CaseState.OPEN)),
            proposed=Count("pk", filter=Q(state=CaseState.PROPOSED)),
            replied=Count("pk", filter=Q(state=CaseState.REPLIED)),
            late=Count("pk", filter=Q(state=CaseState.ASSIGNED, due_on__lt=on)),
            answered=Count("pk", filter=answered),
            solved=Count("pk", filter=solved),
            verified=Count("pk", filter=answered & Q(verified_at__isnull=False)),
            new_week=Count("pk", filter=Q(opened_at__gte=since)),
            answered_week=Count("pk", filter=answered & Q(answered_at__gte=since)),
            solved_week=Count("pk", filter=solved & Q(answered_at__gte=since)),
            closed_week=Count("pk", filter=Q(closed_at__gte=since)),
            late_before=Count(
                "pk",
                filter=Q(due_on__lt=week_ago, assigned_at__lt=since)
                & (Q(answered_at__isnull=True) | Q(answered_at__gte=since)),
            ),
        )
    )
    return Counts(**found)


def start_of(day: date) -> datetime:
    """Return the first moment of the day in the office's time zone."""
    return timezone.make_aware(datetime.combine(day, time.min))


def strip(
    cases: QuerySet[Case], *, on: date, chosen: date | None, asked: str = ""
) -> list[Day]:
    """
    Return what of these is late or falls due on each of the next seven days; one query.

    `asked` is what the list's address needs beside the day.
    """
    last = on + WEEK - timedelta(days=1)
    rows = (
        cases.filter(state=CaseState.ASSIGNED, due_on__lte=last)
        .order_by()
        .values_list("due_on")
        .annotate(n=Count("pk"))
    )
    by_day = dict(rows)
    late = sum(n for day, n in by_day.items() if day < on)
    days = [Day(None, _("Late"), "late", late, f"?due=late{asked}")]
    for step in range(7):
        day = on + timedelta(days=step)
        label, look = day_words(day, on)
        days.append(
            Day(
                day,
                label,
                look,
                by_day.get(day, 0),
                f"?due={day.isoformat()}{asked}",
                is_chosen=day == (chosen or on),
            )
        )
    return days


def day_words(day: date, today: date) -> tuple[str, str]:
    """Return how a day is called on the strip, and its look."""
    short = weekday_short(day)
    special = calendar().special(day)
    if special and special.kind == DayKind.MAKE_UP_WORKING_DAY:
        return _("%(day)s make-up") % {"day": short}, "makeup"
    if day == today:
        return _("Today"), "today"
    if not calendar().is_working(day):
        return _("%(day)s off") % {"day": short}, "off"
    return f"{short} {dm(day)}", "plain"


def lines_of(cases: Iterable[Case], *, on: date) -> list[CaseLine]:
    """Return short lines of these cases; one query for the communes behind them."""
    cases = list(cases)
    if not cases:
        return []
    numbers = units_behind(cases)
    names = {agency.pk: agency.name for agency in directory.agencies()}
    days = calendar()
    return [
        CaseLine(
            case=case,
            who=names.get(case.lead_id or 0, ""),
            due=due_of(case, on=on, days=days),
            n_units=numbers.get(case.pk, 0),
        )
        for case in cases
    ]


def units_behind(cases: Sequence[Case]) -> dict[int, int]:
    """Return how many communes stand behind each case."""
    return dict(
        Voice.objects.filter(case__in=[case.pk for case in cases])
        .order_by()
        .values_list("case_id")
        .annotate(n=Count("recommendation__unit", distinct=True))
    )


@dataclass(frozen=True)
class ToCheck:
    """The files that wait for the office, and how much the machine is unsure of."""

    n: int
    oldest: datetime | None
    n_statements: int
    n_unsure: int

    @property
    def working_days(self) -> int:
        """Return for how many working days the oldest one has waited."""
        if self.oldest is None:
            return 0
        return working_days_between(
            timezone.localdate(self.oldest), timezone.localdate(), calendar()
        )


def to_check(user: User) -> ToCheck:
    """Return the files to check; two queries."""
    files = Document.objects.visible_to(user).to_check().order_by()
    head = files.aggregate(n=Count("pk"), oldest=Min("submitted_at"))
    said = Statement.objects.filter(
        document__in=files.values("pk"), state=StatementState.PROPOSED
    ).aggregate(
        n=Count("pk"), unsure=Count("pk", filter=Q(confidence__lt=UNSURE_BELOW))
    )
    return ToCheck(head["n"], head["oldest"], said["n"], said["unsure"])


def by_agency(cases: Iterable[tuple[int | None, int]]) -> str:
    """Return `Sở Nội vụ 2, Sở Tài chính 1`."""
    names = {agency.pk: agency.name for agency in directory.agencies()}
    parts = sorted(cases, key=lambda pair: -pair[1])[:3]
    return ", ".join(f"{names[pk]} {n}" for pk, n in parts if pk in names)


def open_round(on: date) -> Silent | None:
    """Return who has not sent to the newest open round; three queries."""
    round_ = Round.objects.filter(opens_on__lte=on, closes_on__gte=on).first()
    if round_ is None:
        round_ = Round.objects.filter(opens_on__lte=on).first()
    return Silent(round_page(round_)) if round_ else None


@dataclass(frozen=True)
class OfficeHome:
    """Everything on the office's first screen."""

    counts: Counts
    to_check: ToCheck
    open_fields: list[tuple[str, int]]
    replied_by: str
    n_reopen: int
    reopen_units: str
    n_suggestions: int
    days: list[Day]
    chosen: date
    due: list[CaseLine]
    n_due: int
    oldest_late: Case | None
    late_days: int
    late_agencies: int
    silent: Silent | None
    n_reopened_week: int

    @property
    def nothing_waits(self) -> bool:
        """Return whether the queue is empty."""
        return not (
            self.counts.open
            or self.to_check.n
            or self.counts.replied
            or self.n_reopen
            or self.n_suggestions
        )


def office_home(user: User, *, on: date, chosen: date | None) -> OfficeHome:
    """Return the office's first screen; at most sixteen queries."""
    cases = Case.objects.visible_to(user)
    fields = (
        cases.filter(state=CaseState.OPEN)
        .order_by()
        .values_list("field")
        .annotate(n=Count("pk"))
        .order_by("-n", "field")[:3]
    )
    replied = (
        cases.filter(state=CaseState.REPLIED)
        .order_by()
        .values_list("lead_id")
        .annotate(n=Count("pk"))
    )
    waiting = Outcome.objects.visible_to(user).waiting()
    reopen = list(waiting.values_list("delivery__unit__name", flat=True)[:50])
    day = chosen or on
    due = cases.filter(state=CaseState.ASSIGNED, due_on=day).order_by("pk")
    late = cases.overdue(on=on).select_related("lead").order_by("due_on", "pk").first()
    late_agencies = (
        cases.overdue(on=on).order_by().aggregate(n=Count("lead", distinct=True))["n"]
        if late
        else 0
    )
    days = strip(cases, on=on, chosen=chosen)
    return OfficeHome(
        counts=counts(user, on=on),
        to_check=to_check(user),
        open_fields=list(fields),
        replied_by=by_agency(replied),
        n_reopen=len(reopen) if len(reopen) < 50 else waiting.count(),
        reopen_units=", ".join(dict.fromkeys(reopen[:3])),
        n_suggestions=Suggestion.objects.filter(state=SuggestionState.OPEN).count(),
        days=days,
        chosen=day,
        due=lines_of(due[:SHOWN], on=on),
        n_due=next((one.n for one in days if one.on == day), 0),
        oldest_late=late,
        late_days=days_late(late, on),
        late_agencies=late_agencies,
        silent=open_round(on),
        n_reopened_week=reopened_since(on - WEEK),
    )


def days_late(case: Case | None, on: date) -> int:
    """Return by how many working days the case is late, at least one."""
    if case is None or case.due_on is None:
        return 0
    return max(working_days_between(case.due_on, on, calendar()), 1)


def reopened_since(day: date) -> int:
    """Return how many requests to reopen were granted since that day."""
    return Outcome.objects.filter(
        decision=Decision.REOPENED, decided_at__gte=start_of(day)
    ).count()


@dataclass(frozen=True)
class Shared:
    """A matter that many communes share."""

    case: Case
    lead: str
    n_units: int


@dataclass(frozen=True)
class ProposalLine:
    """A proposal that waits for the leader's word."""

    assignment: Assignment
    case: Case
    n_units: int


@dataclass(frozen=True)
class LeaderHome:
    """One page: how it runs this week, what got worse."""

    counts: Counts
    proposals: list[ProposalLine]
    n_reopen: int
    shared: list[Shared]
    n_units: int
    agencies: list[AgencyFigures]
    total: Tally
    silent: Silent | None
    oldest_late: Case | None
    late_days: int
    late_agencies: int
    upper: list[CaseLine]
    last_lines: list[Event] = field(default_factory=list)


def leader_home(user: User, *, on: date) -> LeaderHome:
    """Return the leader's first screen; at most sixteen queries."""
    agencies = agency_figures(user, on=on)
    waiting = list(
        Assignment.objects.filter(
            verdict=LeaderVerdict.PENDING, case__state=CaseState.PROPOSED
        )
        .select_related("case", "lead")
        .order_by("proposed_at", "pk")[:SHOWN]
    )
    behind = units_behind([one.case for one in waiting]) if waiting else {}
    late = (
        Case.objects.visible_to(user)
        .overdue(on=on)
        .select_related("lead")
        .order_by("due_on", "pk")
        .first()
    )
    upper = Case.objects.visible_to(user).filter(
        state__in=ANSWERED,
        outcome_class__in=[
            "out_of_competence_forwarded",
            "in_progress_upper_rule",
            "in_progress_submitted",
        ],
    )
    shared, n_units = most_shared()
    return LeaderHome(
        counts=counts(user, on=on),
        proposals=[
            ProposalLine(one, one.case, behind.get(one.case_id, 0)) for one in waiting
        ],
        n_reopen=Outcome.objects.visible_to(user).waiting().count(),
        shared=shared,
        n_units=n_units,
        agencies=agencies,
        total=total_of(agencies),
        silent=open_round(on),
        oldest_late=late,
        late_days=days_late(late, on),
        late_agencies=sum(bool(one.tally.overdue) for one in agencies),
        upper=lines_of(upper.order_by("-answered_at")[:SHOWN], on=on),
    )


def most_shared() -> tuple[list[Shared], int]:
    """Return the five standing matters with most communes, and how many communes spoke."""
    top = list(
        Voice.objects.filter(recommendation__unit__isnull=False)
        .exclude(case__state=CaseState.CLOSED)
        .order_by()
        .values_list("case_id")
        .annotate(n=Count("recommendation__unit", distinct=True))
        .order_by("-n", "case_id")[:SHOWN]
    )
    names = {agency.pk: agency.name for agency in directory.agencies()}
    cases = Case.objects.in_bulk([pk for pk, _n in top])
    spoke = (
        Recommendation.objects.standing()
        .order_by()
        .aggregate(n=Count("unit", distinct=True))["n"]
    )
    rows = [
        Shared(cases[pk], names.get(cases[pk].lead_id or 0, ""), n) for pk, n in top
    ]
    return rows, spoke


@dataclass(frozen=True)
class DepartmentHome:
    """Everything on a department's first screen."""

    led: list[CaseLine]
    n_led: int
    n_late: int
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
        n=Count("pk"), late=Count("pk", filter=Q(due_on__lt=on))
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
        to_sign=[noted(lines[pk], by_case[pk]) for pk in to_sign],
        drafts=[noted(lines[pk], by_case[pk]) for pk in by_case if pk not in to_sign],
        returned=[lines[pk] for pk in returned if pk in lines],
        shared=lines_of(coordinated.distinct()[:10], on=on),
        replied=mine.filter(state=CaseState.REPLIED).count(),
        tally=total_of(own),
        days=strip(mine, on=on, chosen=None, asked=asked),
        is_head=str(Role.DEPARTMENT_HEAD.value) in user.roles,
    )


def noted(line: CaseLine, reply: Reply) -> CaseLine:
    """Return the line with who drafted the reply, and when."""
    at = reply.handed_on_at or reply.drafted_at
    return CaseLine(
        case=line.case,
        who=line.who,
        due=line.due,
        n_units=line.n_units,
        note=f"{reply.drafted_by.full_name} · {d(at)}",
    )


@dataclass(frozen=True)
class Asked:
    """A reply on which the province waits for the commune's word."""

    delivery: Delivery
    case: Case
    reply: Reply
    lead: str


@dataclass(frozen=True)
class WaitingMatter:
    """A matter of the commune that is on its way: which of the four steps, who has it."""

    case: Case
    at: int
    who: str
    due: Due
    n_others: int


@dataclass(frozen=True)
class CommuneHome:
    """Everything on a commune's first screen, in the order of a phone."""

    n_asks: int
    n_answered: int
    n_seen: int
    n_waiting: int
    to_submit: list[Document]
    with_faults: list[Document]
    being_read: int
    asked: list[Asked]
    n_asked: int
    waiting: list[WaitingMatter]
    loose: int
    is_leader: bool
    round: Round | None
    has_sent: bool
    unit_code: str


def commune_home(user: User, *, on: date) -> CommuneHome:
    """Return a commune's first screen; at most fourteen queries."""
    asks = Recommendation.objects.standing().filter(unit_id__in=user.unit_ids)
    numbers = asks.order_by().aggregate(
        total=Count("pk"),
        answered=Count("pk", filter=Q(voice__case__state__in=ANSWERED)),
        loose=Count("pk", filter=Q(voice__isnull=True)),
    )
    files = Document.objects.filter(unit_id__in=user.unit_ids)
    drafts = list(
        files.filter(submitted_at__isnull=True)
        .exclude(state__in=[DocumentState.WITHDRAWN, DocumentState.REFUSED])
        .select_related("sent_by")
        .annotate(n=Count("statements"))
        .order_by("pk")[:20]
    )
    # An older reply of a case that was reopened holds no more.
    newest = Reply.objects.filter(
        case=OuterRef("reply__case"), state=ReplyState.CONFIRMED
    ).order_by("-pk")
    asked = list(
        Delivery.objects.filter(
            unit_id__in=user.unit_ids,
            reply=Subquery(newest.values("pk")[:1]),
            reply__case__state__in=ANSWERED,
            outcome__isnull=True,
        )
        .select_related("reply__case", "unit")
        .order_by("-pk")[:20]
    )
    seen = Outcome.objects.filter(
        delivery__unit_id__in=user.unit_ids, verdict=Verdict.ACCEPTED
    ).count()
    moving = list(
        Case.objects.visible_to(user)
        .standing()
        .exclude(state__in=ANSWERED)
        .order_by("due_sort", "pk")[:20]
    )
    names = {agency.pk: agency.name for agency in directory.agencies()}
    behind = units_behind(moving) if moving else {}
    days = calendar()
    unit_code = next((p.unit.code for p in user.posts_today if p.unit), "")
    round_ = Round.objects.filter(opens_on__lte=on, closes_on__gte=on).first()
    has_sent = bool(round_) and files.submitted().filter(round=round_).exists()
    return CommuneHome(
        n_asks=numbers["total"],
        n_answered=numbers["answered"],
        n_seen=seen,
        n_waiting=numbers["total"] - numbers["answered"],
        to_submit=[one for one in drafts if one.state == DocumentState.READ],
        with_faults=[
            one
            for one in drafts
            if one.state in (DocumentState.FAULTY, DocumentState.UNREADABLE)
        ],
        being_read=sum(
            one.state in (DocumentState.WAITING, DocumentState.READING)
            for one in drafts
        ),
        asked=[
            Asked(
                one,
                one.reply.case,
                one.reply,
                names.get(one.reply.case.lead_id or 0, ""),
            )
            for one in asked
        ],
        n_asked=len(asked),
        waiting=[
            WaitingMatter(
                case=case,
                at=1 if case.lead_id is None else 3 if case.state == "replied" else 2,
                who=names.get(case.lead_id or 0, ""),
                due=due_of(case, on=on, days=days),
                n_others=max(behind.get(case.pk, 1) - 1, 0),
            )
            for case in moving
        ],
        loose=numbers["loose"],
        is_leader=str(Role.COMMUNE_LEADER.value) in user.roles,
        round=round_,
        has_sent=has_sent,
        unit_code=unit_code,
    )


@dataclass(frozen=True)
class AdministratorHome:
    """Accounts and machines; no contents."""

    n_accounts: int
    n_disabled: int
    n_stuck: int
    n_failed: int
    n_queued: int


def administrator_home() -> AdministratorHome:
    """Return what the administrator looks after; three queries."""
    accounts = User.objects.order_by().aggregate(
        on=Count("pk", filter=Q(is_active=True)),
        off=Count("pk", filter=Q(is_active=False)),
    )
    jobs = DBTaskResult.objects.order_by().aggregate(
        failed=Count("pk", filter=Q(status="FAILED")),
        queued=Count("pk", filter=Q(status="READY")),
    )
    stuck = Document.objects.filter(
        state__in=[DocumentState.WAITING, DocumentState.READING],
        received_at__lt=timezone.now() - STUCK,
    ).count()
    return AdministratorHome(
        accounts["on"], accounts["off"], stuck, jobs["failed"], jobs["queued"]
    )


def in_days(n: int) -> str:
    """Return `4 working days`."""
    return ngettext("%(n)s working day", "%(n)s working days", n) % {"n": n}
