"""The calendar that counts is the package's table with the decisions that stand."""

import subprocess
import sys
import uuid
from datetime import date, datetime, time

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse

from haicap.core.deadlines.calendar import DayKind
from haicap.core.errors import BadInput
from haicap.people.backend import PostsBackend
from haicap.places import decided, workdays
from haicap.places.models import CalendarDecision, CalendarEdition
from tests.world import NOON


FRIDAY = date(2026, 1, 9)
SATURDAY = date(2026, 1, 17)


def row(day=FRIDAY, kind=DayKind.SWAPPED_DAY_OFF, **values):
    return CalendarDecision(
        **{
            "group": uuid.uuid4(),
            "day": day,
            "kind": kind.value,
            "label_vi": "Nghỉ hoán đổi",
            "label_en": "Swapped",
            "legal_basis": "15/QĐ-TTg, 05/01/2026",
            "entered_at": NOON,
            **values,
        }
    )


def entered_elsewhere(**values):
    """A decision as another process enters it: rows and a stamp, and nobody told us."""
    found = row(**values)
    found.save()
    CalendarEdition.objects.update(stamp=uuid.uuid4().hex)
    return found


def test_a_decision_counts_and_a_withdrawn_one_does_not(db):
    assert workdays.calendar().is_working(FRIDAY)
    found = entered_elsewhere()
    assert not workdays.calendar().is_working(FRIDAY)
    CalendarDecision.objects.filter(pk=found.pk).update(withdrawn_at=NOON)
    CalendarEdition.objects.update(stamp=uuid.uuid4().hex)
    assert workdays.calendar().is_working(FRIDAY)


def test_a_make_up_day_is_worked(db):
    entered_elsewhere(day=SATURDAY, kind=DayKind.MAKE_UP_WORKING_DAY)
    assert workdays.calendar().is_working(SATURDAY)


def test_a_decision_of_the_province_counts_and_one_of_a_commune_only_there(db):
    entered_elsewhere(place="37")
    entered_elsewhere(day=date(2026, 1, 8), place="13285")
    assert not workdays.calendar().is_working(FRIDAY)
    assert workdays.calendar().is_working(date(2026, 1, 8))
    assert not workdays.calendar("13285").is_working(date(2026, 1, 8))


def test_a_half_day_ends_when_the_decision_says(db):
    entered_elsewhere(kind=DayKind.HALF_DAY, until=time(11, 30))
    special = workdays.calendar().special(FRIDAY)
    assert (special.until, special.is_working) == (time(11, 30), True)


def test_the_process_that_writes_counts_anew_at_once(db):
    with workdays.known(decided.stamp()), transaction.atomic():
        assert workdays.calendar().is_working(FRIDAY)
        decided.begin_change()
        row().save()
        decided.end_change()
        assert not workdays.calendar().is_working(FRIDAY)


def test_what_was_rolled_back_never_counts(db):
    with transaction.atomic():
        decided.begin_change()
        row().save()
        decided.end_change()
        assert not workdays.calendar().is_working(FRIDAY)
        transaction.set_rollback(True)
    assert workdays.calendar().is_working(FRIDAY)
    entered_elsewhere(day=date(2026, 1, 8))
    assert workdays.calendar().is_working(FRIDAY)


def test_another_process_counts_anew_at_its_next_page(
    db, people, make_case, as_, clock
):
    case = make_case(state="assigned", due_on=date(2026, 1, 12))
    client, address = as_(people.po), reverse("desk:case", args=[case.pk])
    assert "Còn 4 ngày làm việc" in client.get(address).content.decode()
    entered_elsewhere()
    assert "Còn 3 ngày làm việc" in client.get(address).content.decode()


def test_a_page_learns_the_stamp_with_the_person_who_signed_in(
    db, people, as_, django_assert_num_queries
):
    entered_elsewhere()
    with django_assert_num_queries(1):
        user = PostsBackend().get_user(people.po.pk)
    assert user.calendar_stamp == decided.stamp()
    with workdays.known(user.calendar_stamp):
        workdays.calendar()
        with django_assert_num_queries(0):
            workdays.calendar()


def test_whoever_counts_to_store_reads_the_stamp_that_stands(db):
    with workdays.known(decided.stamp()), transaction.atomic():
        entered_elsewhere()
        assert workdays.calendar().is_working(FRIDAY)  # as the page was opened
        decided.hold()
        assert not workdays.calendar().is_working(FRIDAY)


@pytest.mark.parametrize(
    "bad",
    [
        {"kind": DayKind.MAKE_UP_WORKING_DAY},
        {"day": SATURDAY},
        {"day": SATURDAY, "kind": DayKind.HALF_DAY, "until": time(11)},
        {"kind": DayKind.HALF_DAY},
        {"until": time(11)},
    ],
)
def test_a_day_that_makes_no_sense_is_not_stored(db, bad):
    with pytest.raises(BadInput):
        row(**bad).save()


@pytest.mark.parametrize(
    "bad",
    [
        {"until": time(11)},
        {"legal_basis": ""},
        {"label_vi": ""},
        {"withdrawn_at": datetime(2025, 1, 1, tzinfo=NOON.tzinfo)},
    ],
)
def test_the_database_refuses_it_too(db, bad):
    with pytest.raises(IntegrityError), transaction.atomic():
        CalendarDecision.objects.bulk_create([row(**bad)])


def test_one_decision_stands_for_a_day_and_place(db):
    first = entered_elsewhere()
    with pytest.raises(IntegrityError), transaction.atomic():
        row(kind=DayKind.HOLIDAY).save()
    entered_elsewhere(place="37")
    first.withdrawn_at = NOON
    first.save()
    row(kind=DayKind.HOLIDAY).save()


def test_the_table_answers_without_django():
    code = (
        "import sys; from datetime import date; from haicap.places import workdays;"
        "assert not workdays.calendar().is_working(date(2026, 9, 2));"
        "assert 'django' not in sys.modules"
    )
    assert subprocess.run([sys.executable, "-c", code]).returncode == 0
