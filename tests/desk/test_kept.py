"""A list's figures hold exactly as long as the ledger does not grow."""

import pytest
from django.db import transaction
from django.urls import reverse

from haicap.desk import kept
from haicap.desk.kept import Kept, scope
from haicap.ledger.models import Kind
from haicap.ledger.record import record
from tests.world import NOON


@pytest.fixture(autouse=True)
def nothing_kept():
    kept.forget()
    yield
    kept.forget()


def shown(client):
    """The count of the tab `All` on the list of cases."""
    shell = client.get(reverse("desk:cases")).context["shown"]
    return shell.tabs[-1].count


@pytest.mark.django_db(transaction=True)
def test_a_figure_is_new_the_moment_the_ledger_grows(people, make_case, as_):
    client = as_(people.po)
    case = make_case()
    assert shown(client) == 1
    make_case()  # without the ledger, as only a test can
    assert shown(client) == 1
    with transaction.atomic():
        record(Kind.CASE_OPENED, subject=case, by=people.po, at=NOON)
    assert shown(client) == 2


def test_inside_a_transaction_nothing_is_kept(db):
    answers = iter([1, 2])
    now = Kept()
    assert now.get("key", lambda: next(answers)) == 1
    assert now.get("key", lambda: next(answers)) == 2


def test_people_who_see_other_rows_share_no_figure(people):
    assert scope(people.po) == scope(people.pl)
    seen = {
        scope(people.po),
        scope(people.co),
        scope(people.other_co),
        scope(people.dh),
    }
    assert len(seen) == 4


@pytest.mark.django_db(transaction=True)
def test_memory_is_bounded():
    now = Kept()
    for number in range(kept.MOST + 20):
        now.get(number, lambda number=number: number)
    assert len(kept._kept) == kept.MOST
