"""The demonstration: made by the real actions, the same twice, whole in the ledger."""

from __future__ import annotations

import json
from datetime import date, timedelta
from importlib.resources import files

import pytest
import time_machine
from django.utils import timezone

from haicap.desk import demo, demo_story
from haicap.ledger.models import Event
from haicap.ledger.record import faults
from haicap.listen.models import Document, Recommendation
from haicap.places.workdays import calendar
from haicap.resolve.actions import routing
from haicap.resolve.due import due_of
from haicap.resolve.integrity import differing_clocks, lost_voices
from haicap.resolve.models import Case, Extension
from haicap.resolve.states import CaseState
from haicap.verify.models import Outcome
from tests.world import NOON


pytestmark = pytest.mark.django_db


@pytest.fixture
def province(settings, tmp_path):
    """The accounts, the routing table and the open round of the demonstration."""
    settings.FILES_ROOT = tmp_path / "files"
    with time_machine.travel(NOON, tick=False):
        routing.load(by=None, at=NOON)
        demo.accounts()
        demo.open_round()
        yield


def test_the_story_reaches_every_state_and_breaks_no_rule(province):
    demo.earlier_round()
    states = set(Case.objects.values_list("state", flat=True))
    assert states == {str(s) for s in CaseState} - {str(CaseState.MERGED)}
    assert Case.objects.overdue(on=timezone.localdate()).exists()
    assert Case.objects.filter(verified_at__isnull=False).exists()
    assert Case.objects.filter(published_at__isnull=False).exists()
    assert Outcome.objects.waiting().exists()
    answered, solved = Case.objects.answered(), Case.objects.solved()
    assert 0 < solved.count() < answered.count()
    assert list(faults()) == []
    assert list(lost_voices()) == []
    assert list(differing_clocks(timezone.now())) == []


def test_the_story_shows_every_thing_a_clock_can_say(province):
    demo.earlier_round()
    today = timezone.localdate()
    words = {
        due_of(case, on=today, days=calendar()).words for case in Case.objects.all()
    }
    for told in (
        "Tạm dừng từ",
        "Được gia hạn, từng quá hạn",
        "Quá hạn",
        "Còn",
        "Hạn hôm",
    ):
        assert any(each.startswith(told) for each in words), told
    for told in ("Hoàn thành đúng hạn", "Chờ xác nhận", "Chưa có hạn"):
        assert told in words
    assert any(each.startswith("Hoàn thành quá hạn") for each in words)
    verdicts = set(Extension.objects.values_list("verdict", flat=True))
    assert verdicts == {"pending", "granted"}


def test_everything_in_it_is_marked_as_demonstration(province):
    demo.earlier_round()
    for model in (Document, Recommendation, Case):
        assert not model.objects.filter(is_demo=False).exists()


def test_the_story_told_twice_is_told_once(province):
    demo.earlier_round()
    before = Event.objects.count()
    assert demo.earlier_round() == "already there"
    assert Event.objects.count() == before


def test_nothing_in_it_happens_after_now_and_time_never_runs_back(province):
    demo.earlier_round()
    moments = list(
        Event.objects.filter(by_id__isnull=False)
        .exclude(subject_type__in=["user", "round"])
        .order_by("seq")
        .values_list("at", flat=True)
    )
    assert moments == sorted(moments)
    assert moments[-1] <= timezone.now()


@pytest.mark.parametrize("due_in", [-4, 0, 5])
def test_a_period_begins_so_that_it_ends_when_the_story_says(due_in):
    today = date(2026, 1, 7)
    begins = demo_story.begins(today, due_in, 20, calendar())
    due = demo_story.add_working_days(begins, 20, calendar())
    assert (due < today) == (due_in < 0) and (due == today) == (due_in == 0)


def test_the_story_keeps_its_order_on_whatever_day_it_is_told():
    # Around Tết, two working days lie eleven days apart.
    source = json.loads(
        files("haicap.desk").joinpath("data", "demo_story.json").read_text("utf-8")
    )
    days = calendar()
    for number in range(0, 640, 3):
        today = date(2026, 1, 1) + timedelta(days=number)
        for place, matter in enumerate(source["matters"]):
            story = demo_story.Story(today=today, source=source)
            story.days = days
            demo_story.follow(story, matter, place)
            moments = [at for at, _number, _do in story.steps]
            journey, after = moments[:7], moments[7:]
            assert journey == sorted(journey), (today, matter["slug"])
            assert all(at > journey[-1] for at in after), (today, matter["slug"])
