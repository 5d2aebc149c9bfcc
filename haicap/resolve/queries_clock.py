"""The clock of one case, as its page shows it: its count, its pauses, its requests."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import FilteredRelation, Q
from django.urls import reverse
from django.utils import timezone

from haicap.core.deadlines.clock import Clock, replay
from haicap.core.errors import BadInput
from haicap.people import permissions
from haicap.people.models import User
from haicap.places.workdays import calendar
from haicap.resolve import policies_clock
from haicap.resolve.clocks import assemble, clock_of
from haicap.resolve.due_count import DueCount, count_of
from haicap.resolve.forms_clock import AskForm, GrantForm, RefuseForm, StopForm
from haicap.resolve.models import (
    Assignment,
    Case,
    Extension,
    ExtensionVerdict,
    Pause,
    Reply,
)
from haicap.resolve.policies import why_not
from haicap.resolve.states import LED, CaseState, ReplyState, Verdict


TOLD = (ReplyState.SENT, ReplyState.CONFIRMED)
OF_A_PAUSE = (
    *("id", "case_id", "reason", "reference", "stopped_at", "resumed_at"),
    *("stopped_by", "stopped_by__full_name"),
)
OF_AN_EXTENSION = (
    *("id", "case_id", "until", "reason", "asked_at", "verdict", "decided_at"),
    *("reference", "answer", "asked_by", "asked_by__full_name"),
    *("decided_by", "decided_by__full_name"),
)
OF_A_REPLY = ("id", "case_id", "state", "sent_at", "confirmed_at", "issued_on")


@dataclass(frozen=True)
class ClockWork:
    """What the page of a case says about its clock, and what this person may do to it."""

    due: DueCount | None
    pause: Pause | None  # the one that is open
    waiting: Extension | None  # the request that waits for the leader
    decided: list[Extension]  # newest first
    just_stopped: bool  # by this person, today: it is undone by running on
    is_past: bool  # a stop after the last day changes nothing
    can_stop: bool
    stop_why: str
    stop_form: StopForm | None
    can_ask: bool
    ask_why: str
    ask_form: AskForm | None
    can_decide: bool
    grant_why: str
    grant_form: GrantForm | None
    refuse_form: RefuseForm | None

    @property
    def has_news(self) -> bool:
        """Return whether the page has anything to show about the clock."""
        told = self.pause or self.waiting or self.decided
        return bool(told or self.can_stop or self.can_ask)


def clock_work(
    case: Case,
    user: User,
    today: date,
    *,
    assignments: Sequence[Assignment],
    replies: Sequence[Reply],
) -> ClockWork:
    """
    Return the clock as this person may see it today; one query.

    `assignments` are all those of the case, `replies` those this person may see.
    """
    pauses, extensions, unread = rows_of(case) if case.state in LED else ([], [], [])
    answers = [*unread, *(each for each in replies if each.state in TOLD)]
    clock = clock_from(assignments, answers, pauses, extensions)
    pause = next((each for each in pauses if each.resumed_at is None), None)
    waiting = next(
        (each for each in extensions if each.verdict == ExtensionVerdict.PENDING), None
    )
    works = case.state == CaseState.ASSIGNED
    can_stop = works and permissions.allows(user, "stop_clock", lead_id=case.lead_id)
    can_ask = works and permissions.allows(user, "ask_extension", lead_id=case.lead_id)
    can_decide = works and permissions.allows(user, "decide_extension")
    stop_why = why_not(policies_clock.check_stop, case, pause)
    ask_why = why_not(policies_clock.check_ask, case, waiting)
    decides = can_decide and waiting is not None
    read = {"read": waiting.pk} if waiting else {}
    return ClockWork(
        due=count_of(
            case,
            clock,
            today,
            extend_url="#ask-extension" if can_ask and not ask_why else "",
            print_url=reverse("desk:case-due", args=[case.pk]),
        ),
        pause=pause if works else None,
        waiting=waiting if works else None,
        decided=[each for each in extensions if each.verdict != "pending"],
        just_stopped=is_new(pause, user, today),
        is_past=case.is_overdue(on=today),
        can_stop=can_stop,
        stop_why=stop_why,
        stop_form=StopForm(prefix="stop") if can_stop and not stop_why else None,
        can_ask=can_ask,
        ask_why=ask_why,
        ask_form=AskForm(prefix="ask") if can_ask and not ask_why else None,
        can_decide=can_decide,
        grant_why=why_not(
            policies_clock.check_grant,
            case,
            waiting,
            today=today,
            calendar=calendar(),
        ),
        grant_form=GrantForm(prefix="grant", initial=read) if decides else None,
        refuse_form=RefuseForm(prefix="refuse", initial=read) if decides else None,
    )


def due_on_paper(case: Case, today: date) -> DueCount | None:
    """Return the last day with its count alone, as it is printed; four queries."""
    return count_of(case, clock_of(case, calendar()), today)


def is_new(pause: Pause | None, user: User, today: date) -> bool:
    """Return whether this person stopped the clock today: undone, nothing has changed."""
    if pause is None or pause.stopped_by_id != user.pk:
        return False
    return timezone.localdate(pause.stopped_at) == today


def clock_from(
    assignments: Sequence[Assignment],
    replies: Sequence[Reply],
    pauses: Sequence[Pause],
    extensions: Sequence[Extension],
) -> Clock | None:
    """Return the clock of the rows that a page has read; none when there is no history."""
    past = assemble(
        [each for each in assignments if each.verdict == Verdict.APPROVED],
        {each.pk: each for each in replies}.values(),
        pauses,
        [each for each in extensions if each.verdict == ExtensionVerdict.GRANTED],
    )
    try:
        return replay(past, calendar()) if past else None
    except BadInput:  # `haicap check` names such a history; the page still opens
        return None


def rows_of(case: Case) -> tuple[list[Pause], list[Extension], list[Reply]]:
    """
    Return the pauses, the extensions, newest first, and the reply that waits; one query.

    A commune may not read that reply, but its clock is the same. The three sorts are
    joined, and of the few rows' product each is kept once.
    """
    sent = FilteredRelation("replies", condition=Q(replies__state=ReplyState.SENT))
    found = Case.objects.filter(pk=case.pk).annotate(sent=sent).order_by()
    rows = list(
        found.values(
            *(f"pauses__{name}" for name in OF_A_PAUSE),
            *(f"extensions__{name}" for name in OF_AN_EXTENSION),
            *(f"sent__{name}" for name in OF_A_REPLY),
        )
    )
    pauses = {row["pauses__id"]: row for row in rows if row["pauses__id"]}
    asked = {row["extensions__id"]: row for row in rows if row["extensions__id"]}
    waiting = {row["sent__id"]: row for row in rows if row["sent__id"]}
    return (
        [Pause(**of(pauses[pk], "pauses", OF_A_PAUSE)) for pk in sorted(pauses)],
        [
            Extension(**of(asked[pk], "extensions", OF_AN_EXTENSION))
            for pk in sorted(asked, reverse=True)
        ],
        [Reply(**of(row, "sent", OF_A_REPLY)) for row in waiting.values()],
    )


def of(row: dict[str, Any], prefix: str, names: Sequence[str]) -> dict[str, Any]:
    """Return the values of one sort in a joined row; a person by the name to show."""
    values = {}
    for name in names:
        value = row[f"{prefix}__{name}"]
        if name.endswith("__full_name"):
            name = name.removesuffix("__full_name")
            value = (
                User(pk=row[f"{prefix}__{name}"], full_name=value) if value else None
            )
        values[name] = value
    return values
