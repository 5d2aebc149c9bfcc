"""The way of a case, step by step, for tests that begin in its middle."""

from __future__ import annotations

from datetime import date
from types import SimpleNamespace

import pytest
from django.utils import translation

from haicap.ledger.models import Event
from haicap.resolve.actions import assignments, replies
from tests.world import NOON


LETTER = {
    "number": "412/SNV-CCVC",
    "issued_on": date(2026, 1, 7),
    "outcome_class": "in_progress_roadmap",
}


def lines(kind):
    """Return the ledger's lines of this kind."""
    return list(Event.objects.filter(kind=kind))


@pytest.fixture
def steps(people, make_case):
    """Functions that take a case one step further, by the right person each time."""

    def proposed(**values):
        case = make_case(**values)
        assignments.propose(
            case=case,
            lead=people.home,
            coordinators=[people.finance],
            working_days=10,
            by=people.po,
            at=NOON,
        )
        case.refresh_from_db()
        return case

    def assigned(**values):
        case = proposed(**values)
        assignments.decide(case=case, by=people.pl, at=NOON)
        case.refresh_from_db()
        return case

    def drafted(text="Tỉnh bổ sung hai người trong quý một.", by=None, **values):
        case = assigned(**values)
        replies.save_draft(case=case, version=0, text=text, by=by or people.do, at=NOON)
        return case

    def sent(letter=None, **values):
        case = drafted(**values)
        reply = replies.send(
            case=case, version=1, by=people.dh, at=NOON, **{**LETTER, **(letter or {})}
        )
        case.refresh_from_db()
        return case, reply

    def answered(letter=None, **values):
        case, reply = sent(letter, **values)
        reply = replies.confirm(reply=reply, by=people.po, at=NOON)
        case.refresh_from_db()
        return case, reply

    return SimpleNamespace(
        proposed=proposed,
        assigned=assigned,
        drafted=drafted,
        sent=sent,
        answered=answered,
    )


@pytest.fixture
def everybody(people):
    """Return a function: everyone of the world but those named."""

    def but(*names):
        roles = [
            "co",
            "cl",
            "other_co",
            "do",
            "dh",
            "other_do",
            "other_dh",
            "po",
            "pl",
            "au",
            "sa",
        ]
        return [getattr(people, name) for name in roles if name not in names]

    return but


@pytest.fixture
def in_english():
    """Let sentences be matched by their msgids."""
    with translation.override("en"):
        yield
