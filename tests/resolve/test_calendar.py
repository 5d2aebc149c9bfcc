"""Promises of a decision on working days: seen first, then exactly that, and taken back whole."""

import threading
from datetime import UTC, date, datetime, time, timedelta

import pytest
from django.db import connection, connections

from haicap.core.deadlines.calendar import DayKind, Decision, SpecialDay
from haicap.core.deadlines.clock import replay
from haicap.core.errors import BadInput, HaicapError, NotNow, NotYours
from haicap.ledger.models import Event
from haicap.places.models import CalendarDecision
from haicap.places.workdays import calendar
from haicap.resolve import moves as reading
from haicap.resolve.actions import assignments, replies
from haicap.resolve.actions import calendar as actions
from haicap.resolve.clocks import clock_of, local
from haicap.resolve.models import Case, Pause
from haicap.resolve.moves import preview
from haicap.resolve.policies import Stale
from haicap.resolve.states import CaseState
from tests.steps import lines
from tests.world import NOON


pytestmark = pytest.mark.usefixtures("in_english")

# Ten working days from Wednesday 7 January 2026; Saturday the 10th is a make-up day.
DUE = date(2026, 1, 20)
FRIDAY = date(2026, 1, 16)
SATURDAY = date(2026, 1, 17)


def off(day=FRIDAY, kind=DayKind.SWAPPED_DAY_OFF, *, until=None, place=""):
    special = SpecialDay(kind, "Nghỉ", "Off", "15/QĐ-TTg, 08/01/2026", True, until)
    return Decision(day, special, place)


def made_up(day=SATURDAY):
    return off(day, DayKind.MAKE_UP_WORKING_DAY)


def seen(*decisions):
    return preview(decisions, now=local(NOON))


def decide(people, *decisions, **values):
    if "seen" not in values:
        values["seen"] = seen(*decisions).seal
    return actions.decide(
        **{"decisions": decisions, "by": people.po, "at": NOON, **values}
    )


def kept(case):
    row = Case.objects.get(pk=case.pk)
    return row.due_on, row.late_days, row.paused_on


def everything():
    return list(Case.objects.order_by("pk").values_list())


# Preview


def test_the_preview_shows_what_moves_from_when_to_when_and_writes_nothing(
    people, steps
):
    case, before = steps.assigned(), everything()
    (move,) = seen(off()).all
    assert (move.case, move.due_from, move.due_to) == (case.pk, DUE, date(2026, 1, 21))
    assert (everything(), CalendarDecision.objects.count()) == (before, 0)


def test_a_day_off_with_its_make_up_day_before_the_end_moves_nothing(people, steps):
    steps.assigned()
    assert seen(off(), made_up()).all == []


def test_a_clock_that_starts_after_the_days_does_not_move(people, steps):
    steps.assigned()
    assert seen(off(date(2026, 1, 7) - timedelta(days=1))).all == []


def test_a_paused_case_has_no_day_that_moves_but_counts_right_when_it_runs_on(
    people, steps
):
    case = steps.assigned()
    Pause.objects.create(
        case=case,
        reason="opinion",
        reference="12/CV",
        stopped_by=people.po,
        stopped_at=NOON,
    )
    Case.objects.filter(pk=case.pk).update(due_on=None, paused_on=date(2026, 1, 7))
    assert seen(off()).all == []
    decide(people, off())
    assert kept(case) == (None, 0, date(2026, 1, 7))


def test_a_case_that_nobody_has_does_not_move(people, make_case, steps):
    make_case()
    steps.proposed()
    assert seen(off()).all == []


def test_the_preview_takes_the_same_few_questions_for_any_number_of_cases(
    people, steps, django_assert_num_queries
):
    for _ in range(3):
        steps.assigned()
    with django_assert_num_queries(6):  # decisions, cases, and four of their histories
        seen(off())


def test_the_preview_looks_at_so_many_cases_at_a_time(people, steps, monkeypatch):
    cases = {steps.assigned().pk for _ in range(5)}
    looks = []
    real = reading.moved

    def watched(some, *rest):
        looks.append(len(some))
        return real(some, *rest)

    monkeypatch.setattr(reading, "BATCH", 2)
    monkeypatch.setattr(reading, "moved", watched)
    assert {move.case for move in seen(off()).all} == cases
    assert looks == [2, 2, 1]


# Decide


def test_confirming_moves_exactly_what_was_shown(people, steps):
    case = steps.assigned()
    other = steps.assigned()
    Case.objects.filter(pk=other.pk).update(due_on=DUE)
    shown = seen(off())
    done = decide(people, off(), seen=shown.seal)
    assert done.moves == shown
    for move in shown.all:
        assert kept(Case(pk=move.case)) == (move.due_to, move.late_to, None)
    assert Case.objects.get(pk=case.pk).due_on == date(2026, 1, 21)


def test_what_is_kept_is_what_the_clock_says(people, steps):
    cases = [steps.assigned(), steps.sent()[0], steps.answered()[0]]
    decide(people, off())
    for case in cases:
        clock = clock_of(case, calendar())
        assert kept(case)[0] == clock.due_on


def test_what_was_told_on_the_day_of_the_decision_stays(people, steps):
    case = steps.assigned()
    decide(people, off())
    assert case.assignments.get().due_on == DUE


def test_a_decision_is_one_line_with_document_days_and_figures(people, steps):
    steps.assigned()
    decide(people, off(), made_up(date(2026, 1, 24)))
    (line,) = lines("calendar_decided")
    assert line.data["document"] == "15/QĐ-TTg, 08/01/2026"
    assert [each["day"] for each in line.data["days"]] == ["2026-01-16", "2026-01-24"]
    assert (line.data["n_moved"], line.by_name) == (1, people.po.full_name)


def test_late_days_that_are_over_are_counted_anew(people, steps):
    case = steps.assigned()
    later = datetime(2026, 1, 26, 5, tzinfo=UTC)
    replies.save_draft(case=case, version=0, text="Đã làm.", by=people.do, at=later)
    replies.send(
        case=case,
        version=1,
        by=people.dh,
        at=later,
        number="1/SNV",
        issued_on=date(2026, 1, 23),
        outcome_class="in_progress_roadmap",
    )
    reply = case.replies.get()
    replies.confirm(reply=reply, by=people.po, at=later)
    (move,) = preview([off(date(2026, 1, 22))], now=local(later)).all
    assert (move.late_from, move.late_to, move.is_open) == (3, 2, False)


def test_a_stop_that_was_too_late_is_in_time_when_the_day_moves(people, steps):
    case = steps.assigned()
    stopped_at = datetime(2026, 1, 21, 3, tzinfo=UTC)
    Pause.objects.create(
        case=case,
        reason="opinion",
        reference="12/CV",
        stopped_by=people.po,
        stopped_at=stopped_at,
    )
    now = local(stopped_at)
    shown = preview([off()], now=now)
    actions.decide(decisions=[off()], seen=shown.seal, by=people.po, at=stopped_at)
    assert kept(case) == (None, 0, date(2026, 1, 21))


def test_what_changed_in_between_is_shown_and_not_done(people, steps):
    steps.assigned()
    shown = seen(off())
    steps.assigned()
    with pytest.raises(Stale):
        decide(people, off(), seen=shown.seal)
    assert not CalendarDecision.objects.exists()
    assert lines("calendar_decided") == []


def test_another_decision_in_between_is_a_change_too(people, steps):
    shown = seen(off())
    decide(people, off(date(2026, 1, 22)))
    with pytest.raises(Stale):
        decide(people, off(), seen=shown.seal)


def test_only_the_office_and_the_administrator_decide(people, everybody):
    for person in everybody("po", "sa"):
        with pytest.raises(NotYours):
            decide(people, off(), by=person)
    group = decide(people, off(), by=people.sa).group
    for person in everybody("po", "sa"):
        with pytest.raises(NotYours):
            actions.withdraw(group=group, by=person, at=NOON)
    actions.withdraw(group=group, by=people.sa, at=NOON)


@pytest.mark.parametrize(
    ("bad", "words"),
    [
        ([], "Name a day off"),
        ([made_up(FRIDAY)], "worked anyway"),
        ([off(SATURDAY)], "nobody works then"),
        ([off(SATURDAY, DayKind.HALF_DAY, until=time(11))], "weekend"),
        ([off(kind=DayKind.HALF_DAY)], "at what time"),
        ([off(until=time(11))], "at what time"),
        ([off(date(2035, 1, 5))], "covers"),
        ([off(date(1999, 1, 5))], "covers"),
        ([off(date(2026, 9, 2))], "already stands in the calendar"),
        ([off(date(2026, 1, 2))], "Nothing to enter"),
        ([off(), off(kind=DayKind.HOLIDAY)], "same time"),
        ([off(place="13285")], "whole country or the province"),
    ],
)
def test_a_decision_that_cannot_be_is_refused_whole(people, steps, bad, words):
    steps.assigned()
    before = everything()
    with pytest.raises(BadInput, match=words):
        decide(people, *[off(date(2026, 1, 22)), *bad] if bad else [], seen="")
    assert not CalendarDecision.objects.exists()
    assert everything() == before


def test_a_day_that_was_only_expected_may_be_confirmed_by_its_document(people):
    decide(people, off(date(2027, 2, 4), DayKind.HOLIDAY))
    assert calendar().special(date(2027, 2, 4)).verified


def test_a_switch_counts_once_a_decision_is_entered(people):
    assert calendar().is_working(date(2026, 11, 24))
    decide(people, off(date(2026, 11, 24), DayKind.HOLIDAY))
    assert not calendar().is_working(date(2026, 11, 24))


def test_the_same_decision_twice_stands_once(people):
    decide(people, off())
    with pytest.raises(BadInput, match="Nothing to enter"):
        decide(people, off(), seen="")
    with pytest.raises(BadInput, match="Withdraw that decision first"):
        decide(people, off(kind=DayKind.HOLIDAY), seen="")
    assert CalendarDecision.objects.count() == 1


def test_a_last_day_beyond_the_calendar_is_refused_with_its_case(people, make_case):
    case = make_case(state=CaseState.PROPOSED)
    last = calendar().covers[1]
    assignments.Assignment.objects.create(
        case=case,
        lead=people.home,
        working_days=1,
        verdict="approved",
        proposed_by=people.po,
        proposed_at=NOON,
        decided_by=people.pl,
        decided_at=datetime(last, 12, 30, 5, tzinfo=UTC),
    )
    case.state, case.lead, case.assigned_at = CaseState.ASSIGNED, people.home, NOON
    case.save()
    days = [date(last, 12, 31)]
    found = [off(day) for day in days if calendar().is_working(day)]
    with pytest.raises(BadInput, match=case.code):
        preview(found, now=local(datetime(last, 12, 31, 5, tzinfo=UTC)))


# Withdraw


def test_withdrawing_takes_back_every_day_and_every_move(people, steps):
    steps.assigned()
    steps.answered()
    before = everything()
    done = decide(people, off(), made_up(date(2026, 1, 24)))
    assert everything() != before
    actions.withdraw(group=done.group, by=people.po, at=NOON)
    assert everything() == before
    assert not CalendarDecision.objects.standing().exists()
    assert CalendarDecision.objects.count() == 2
    assert calendar().is_working(FRIDAY)
    (line,) = lines("calendar_withdrawn")
    assert line.data["n_moved"] == 1


def test_what_is_withdrawn_is_not_withdrawn_again(people):
    done = decide(people, off())
    actions.withdraw(group=done.group, by=people.po, at=NOON)
    with pytest.raises(NotNow):
        actions.withdraw(group=done.group, by=people.po, at=NOON)
    decide(people, off())  # and may be entered anew


def test_withdrawing_does_only_what_was_shown(people, steps):
    steps.assigned()
    done = decide(people, off())
    shown = actions.without(done.group, now=local(NOON))
    steps.assigned()
    with pytest.raises(Stale):
        actions.withdraw(group=done.group, by=people.po, at=NOON, seen=shown.seal)
    assert CalendarDecision.objects.standing().exists()


def test_a_case_given_out_afterwards_counts_with_the_decision(people, steps):
    decide(people, off())
    case = steps.assigned()
    assert case.due_on == date(2026, 1, 21)
    past = reading.histories([case.pk])[case.pk]
    assert replay(past, calendar()).due_on == case.due_on


# Races


def at_once(*runs):
    """Let these run at the same time; return what each gave or refused with."""
    results, gate = [], threading.Barrier(len(runs))

    def run(act):
        gate.wait()
        try:
            results.append(act())
        except HaicapError as refusal:
            results.append(refusal)
        finally:
            connections.close_all()

    threads = [threading.Thread(target=run, args=(act,)) for act in runs]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return results


@pytest.mark.django_db(transaction=True)
def test_two_people_who_confirm_at_once_enter_one_decision(people, steps):
    steps.assigned()
    for number in range(1, 4):
        day = date(2026, 1, 11 + number)
        shown = seen(off(day))

        def confirm(by, day=day, shown=shown):
            return lambda: actions.decide(
                decisions=[off(day)], seen=shown.seal, by=by, at=NOON
            )

        results = at_once(confirm(people.po), confirm(people.other_po))
        assert sum(isinstance(each, actions.Done) for each in results) == 1
        assert sum(isinstance(each, BadInput) for each in results) == 1
        assert CalendarDecision.objects.count() == number
        assert Event.objects.filter(kind="calendar_decided").count() == number


@pytest.mark.django_db(transaction=True)
def test_a_case_given_out_at_that_moment_is_counted_once_and_right(people, steps):
    if connection.vendor != "postgresql":
        pytest.skip("SQLite lets one transaction write at a time by itself")
    for number in range(4):
        case, day = steps.proposed(), off(date(2026, 1, 12 + number))
        shown = seen(day)
        at_once(
            lambda day=day, shown=shown: actions.decide(
                decisions=[day], seen=shown.seal, by=people.po, at=NOON
            ),
            lambda case=case: assignments.decide(case=case, by=people.pl, at=NOON),
        )
        clock = clock_of(case, calendar())
        assert kept(case)[0] == clock.due_on
