"""Promises of the table that says who leads what."""

from datetime import date, timedelta

import pytest

from haicap.core.errors import BadInput, NotYours
from haicap.listen.taxonomy import FIELDS
from haicap.resolve.actions import routing
from haicap.resolve.models import RoutingRule
from haicap.resolve.policies import Stale
from tests.steps import lines
from tests.world import NOON


pytestmark = pytest.mark.usefixtures("in_english")
TODAY = date(2026, 1, 7)


@pytest.fixture
def loaded(people):
    routing.load(by=None, at=NOON)
    return people


def change(people, **values):
    return routing.change(
        **{
            "field": "staffing",
            "lead": people.finance,
            "coordinators": [people.home],
            "working_days": 12,
            "version": 1,
            "by": people.po,
            "at": NOON,
            **values,
        }
    )


def test_every_field_gets_a_lead_that_does_not_coordinate(loaded):
    rules = RoutingRule.objects.valid(on=TODAY)
    assert {rule.field for rule in rules} == set(FIELDS)
    assert not [rule for rule in rules if rule.lead in rule.others()]


def test_nothing_unverified_says_it_is_verified(loaded):
    assert not RoutingRule.objects.filter(is_verified=True).exists()


def test_loading_twice_is_loading_once(loaded):
    assert routing.load(by=None, at=NOON) == 0
    assert RoutingRule.objects.count() == len(FIELDS)
    assert len(lines("routing_changed")) == 1


def test_loading_leaves_what_the_office_changed(loaded):
    change(loaded)
    routing.load(by=None, at=NOON)
    assert RoutingRule.objects.standing("staffing", on=TODAY).lead == loaded.finance


def test_a_change_makes_a_new_rule_and_ends_the_old_one(loaded):
    change(loaded, basis="QĐ 15/QĐ-UBND", is_verified=True)
    old, new = RoutingRule.objects.filter(field="staffing").order_by("valid_from")
    assert (old.lead, old.valid_to) == (loaded.home, date(2026, 1, 6))
    assert (new.lead, new.valid_from, new.valid_to) == (loaded.finance, TODAY, None)
    assert (new.working_days, new.is_verified, new.version) == (12, True, 2)
    assert RoutingRule.objects.standing("staffing", on=date(2026, 1, 6)) == old
    assert RoutingRule.objects.standing("staffing", on=TODAY) == new


def test_a_change_ahead_leaves_today_as_it_is(loaded):
    change(loaded, valid_from=date(2026, 2, 1))
    assert RoutingRule.objects.standing("staffing", on=TODAY).lead == loaded.home


def test_a_change_of_the_same_day_corrects_the_row(loaded):
    change(loaded)
    change(loaded, working_days=20, version=2)
    assert RoutingRule.objects.filter(field="staffing").count() == 2
    assert RoutingRule.objects.standing("staffing", on=TODAY).working_days == 20
    assert len(lines("routing_changed")) == 3


def test_a_change_is_a_line_with_before_and_after(loaded):
    change(loaded)
    line = lines("routing_changed")[-1]
    assert line.data["before"]["lead"] == "so-noi-vu"
    assert line.data["after"]["lead"] == "so-tai-chinh"


def test_only_the_office_and_the_administrator_change_it(loaded, everybody):
    for person in everybody("po", "sa"):
        with pytest.raises(NotYours):
            change(loaded, by=person)
    change(loaded, by=loaded.sa)


def test_a_stale_change_overwrites_nothing(loaded):
    change(loaded)
    with pytest.raises(Stale):
        change(loaded, working_days=3)


@pytest.mark.parametrize(
    "bad",
    [
        {"valid_from": TODAY - timedelta(days=1)},
        {"working_days": 0},
        {"field": "no-such-field"},
    ],
)
def test_a_rule_that_makes_no_sense_is_refused(loaded, bad):
    with pytest.raises(BadInput):
        change(loaded, **bad)


def test_the_lead_does_not_coordinate(loaded):
    with pytest.raises(BadInput):
        change(loaded, coordinators=[loaded.finance])


def test_a_day_before_a_later_rule_is_refused(loaded):
    change(loaded, valid_from=date(2026, 2, 1))
    with pytest.raises(BadInput, match="later rule"):
        change(loaded, valid_from=date(2026, 1, 20), version=2)
