"""Two people at once on one file: one effect, no lost edit, a whole ledger."""

import threading

import pytest
from django.db import connections

from haicap.core.errors import NotNow
from haicap.ledger.models import Event
from haicap.ledger.record import faults
from haicap.listen.actions import statements
from haicap.listen.models import Recommendation, StatementEdit


pytestmark = pytest.mark.django_db(transaction=True)
ASK = "đề nghị tỉnh bổ sung công chức địa chính"


def at_once(*acts):
    """Run the acts in threads that start together; return what each gave or raised."""
    barrier = threading.Barrier(len(acts))
    given = [None] * len(acts)

    def run(place, act):
        try:
            barrier.wait(timeout=10)
            given[place] = act()
        except Exception as error:
            given[place] = error
        finally:
            connections.close_all()

    threads = [
        threading.Thread(target=run, args=(place, act))
        for place, act in enumerate(acts)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=30)
    return given


@pytest.mark.parametrize("time", range(5))
def test_two_who_accept_at_once_make_one_step(time, make_document, people, noon):
    document = make_document(spans=[("recommendation", ASK)])
    ask = document.statements.get()
    lines = Event.objects.count()

    def accept(by):
        return lambda: statements.accept(statement=ask, by=by, at=noon)

    given = at_once(accept(people.po), accept(people.other_po))
    assert not [each for each in given if isinstance(each, Exception)]
    assert StatementEdit.objects.count() == 1
    assert Recommendation.objects.count() == 1
    assert Event.objects.count() == lines + 1
    assert list(faults()) == []


@pytest.mark.parametrize("time", range(5))
def test_of_two_corrections_at_once_the_second_is_told(
    time, make_document, people, noon
):
    document = make_document(spans=[("recommendation", ASK)])
    ask = document.statements.get()
    seen = statements.stamp(ask)

    def correct(by, speaker):
        return lambda: statements.correct(
            statement=ask, by=by, at=noon, seen=seen, speaker=speaker
        )

    given = at_once(correct(people.po, "bản một"), correct(people.other_po, "bản hai"))
    refused = [each for each in given if isinstance(each, Exception)]
    assert len(refused) == 1
    assert isinstance(refused[0], NotNow)
    ask.refresh_from_db()
    assert ask.speaker in ("bản một", "bản hai")
    assert StatementEdit.objects.count() == 1
