"""Promises of the public page."""

import pytest

from haicap.core.errors import NotNow, NotYours
from haicap.resolve.actions import publishing
from tests.steps import lines
from tests.world import NOON


pytestmark = pytest.mark.usefixtures("in_english")


def test_an_answered_case_is_published_and_taken_back(people, steps):
    case, _reply = steps.answered()
    publishing.publish(case=case, by=people.po, at=NOON)
    case.refresh_from_db()
    assert case.published_at == NOON
    publishing.unpublish(case=case, by=people.po, at=NOON)
    case.refresh_from_db()
    assert case.published_at is None
    assert len(lines("case_published")) == len(lines("case_unpublished")) == 1


def test_an_unanswered_case_is_not_published(people, steps):
    case, _reply = steps.sent()
    with pytest.raises(NotNow, match="answered"):
        publishing.publish(case=case, by=people.po, at=NOON)


def test_publishing_twice_publishes_once(people, steps):
    case, _reply = steps.answered()
    publishing.publish(case=case, by=people.po, at=NOON)
    with pytest.raises(NotNow):
        publishing.publish(case=case, by=people.po, at=NOON)
    assert len(lines("case_published")) == 1


def test_what_is_not_public_is_not_taken_back(people, steps):
    case, _reply = steps.answered()
    with pytest.raises(NotNow):
        publishing.unpublish(case=case, by=people.po, at=NOON)


def test_only_the_office_publishes(people, steps, everybody):
    case, _reply = steps.answered()
    for person in everybody("po"):
        with pytest.raises(NotYours):
            publishing.publish(case=case, by=person, at=NOON)
    publishing.publish(case=case, by=people.po, at=NOON)
    for person in everybody("po"):
        with pytest.raises(NotYours):
            publishing.unpublish(case=case, by=person, at=NOON)
