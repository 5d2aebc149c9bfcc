"""A receipt is kept for ninety days, then the worker lets it go."""

import uuid
from datetime import timedelta

import pytest
from django.core.management import call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext

from haicap.ledger import receipts
from haicap.ledger.models import Event, Kind, Receipt
from haicap.ledger.record import faults
from tests.world import NOON


DAY = timedelta(days=1)


@pytest.fixture
def kept(people):
    """Return a function that keeps receipts of forms answered so many days ago."""

    def keep(*days):
        return Receipt.objects.bulk_create(
            Receipt(
                user_id=people.co.pk,
                key=uuid.uuid4(),
                body_hash="0" * 64,
                at=NOON - day * DAY,
                status=302,
            )
            for day in days
        )

    return keep


def swept():
    return Event.objects.filter(kind=Kind.RECEIPTS_SWEPT)


def test_a_receipt_goes_after_ninety_days_and_not_before(kept):
    kept(0, 89, 90, 91, 400)
    assert receipts.sweep(at=NOON) == 2
    left = Receipt.objects.order_by("-at").values_list("at", flat=True)
    assert list(left) == [NOON - day * DAY for day in (0, 89, 90)]


def test_what_was_swept_stands_in_the_ledger_by_number_and_dates(kept):
    kept(91, 120)
    receipts.sweep(at=NOON)
    (line,) = swept()
    assert line.by_id is None
    assert line.data["n"] == 2
    assert line.data["first"] < line.data["last"]
    assert list(faults()) == []


def test_a_sweep_that_finds_nothing_leaves_no_line(kept):
    kept(1)
    assert receipts.sweep(at=NOON) == 0
    assert not swept().exists()


def test_a_sweep_takes_a_bounded_batch_the_oldest_first(kept, monkeypatch):
    monkeypatch.setattr(receipts, "BATCH", 3)
    kept(*range(100, 108))
    with CaptureQueriesContext(
        connection,
    ) as few:
        assert receipts.sweep(at=NOON) == 3
    assert Receipt.objects.order_by("at").first().at == NOON - 104 * DAY
    with CaptureQueriesContext(connection) as again:
        assert receipts.sweep(at=NOON) == 3
    assert len(few) == len(again) <= 10
    assert receipts.sweep(at=NOON) == 2
    assert receipts.sweep(at=NOON) == 0


def test_a_full_batch_goes_in_one_sweep(kept):
    kept(*[100] * (receipts.BATCH + 1))
    assert receipts.sweep(at=NOON) == receipts.BATCH
    assert Receipt.objects.count() == 1


@pytest.mark.django_db(transaction=True)
def test_the_worker_sweeps_receipts(kept, clock):
    kept(10, 91)
    call_command("haicap_worker", "--batch", "--verbosity=0")
    assert Receipt.objects.get().at == NOON - 10 * DAY
