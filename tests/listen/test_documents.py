import threading
from datetime import timedelta

import pytest
from django.db import connections
from django_tasks_db.models import DBTaskResult

from haicap.core.errors import BadInput, NotNow, NotYours
from haicap.ledger.models import Event
from haicap.ledger.record import faults
from haicap.listen import storage
from haicap.listen.actions import documents
from haicap.listen.models import Document
from haicap.listen.states import DocumentState, StatementState
from tests.world import NOON


def events():
    """Return what the ledger says of files; loading the registry left a line too."""
    return Event.objects.filter(subject_type="document")


WORDS = "Xã Bình Minh đề nghị tỉnh bổ sung công chức địa chính.".encode()


@pytest.fixture
def send(people, round_):
    """Return a function that sends a small text file as the commune's officer."""

    def send(data=WORDS, **values):
        values = {
            "round_": round_,
            "unit": people.binh_minh,
            "name": "kien-nghi.txt",
            "chunks": [data],
            "by": people.co,
            "at": NOON,
        } | values
        return documents.receive(**values)

    return send


def test_a_file_is_kept_under_its_hash_and_queued(send, people):
    received = send()
    document = received.document
    assert received.is_new
    assert document.state == DocumentState.WAITING
    assert document.submitted_at is None
    with storage.open_file(document.sha256) as file:
        assert file.read() == WORDS
    assert DBTaskResult.objects.get().args_kwargs["args"] == [document.pk]
    event = Event.objects.get(subject_type="document")
    assert (event.kind, event.by_id) == ("document_received", people.co.pk)
    assert list(faults()) == []


def test_what_the_office_sends_is_submitted_at_once(send, people):
    document = send(by=people.po).document
    assert document.submitted_by == people.po
    assert document.is_entered_for


def test_the_office_sends_for_the_whole_conference(send, people):
    document = send(by=people.po, unit=None).document
    assert document.unit is None
    assert not document.is_entered_for


@pytest.mark.parametrize("who", ["other_co", "other_cl", "do", "dh", "pl", "au", "sa"])
def test_nobody_else_sends_for_the_commune(send, people, who):
    with pytest.raises(NotYours):
        send(by=getattr(people, who))
    assert not Document.objects.exists()


def test_a_commune_does_not_speak_for_the_conference(send):
    with pytest.raises(NotYours):
        send(unit=None)


def test_a_round_that_is_not_open_yet_takes_no_file(send, round_):
    with pytest.raises(NotNow, match="05/11/2025"):
        send(at=NOON - timedelta(days=100))


def test_a_late_file_is_taken(send):
    assert send(at=NOON + timedelta(days=100)).is_new


def test_the_same_file_twice_is_one_row(send):
    first = send()
    again = send(name="ten-khac.txt", at=NOON + timedelta(hours=1))
    assert not again.is_new
    assert again.document == first.document
    assert DBTaskResult.objects.count() == 1
    assert Event.objects.filter(subject_type="document").count() == 1


def test_the_same_file_of_the_whole_conference_twice_is_one_row(send, people):
    send(by=people.po, unit=None)
    assert not send(by=people.other_po, unit=None).is_new


def test_the_same_file_of_another_commune_is_another_row(send, people):
    send()
    assert send(unit=people.kim_dong, by=people.other_co).is_new


def test_a_withdrawn_file_may_be_sent_again(send, people):
    first = send().document
    documents.withdraw(document=first, by=people.cl, at=NOON)
    assert send().is_new
    assert Document.objects.count() == 2


def test_a_refused_file_leaves_nothing(send, own_files):
    with pytest.raises(BadInput):
        send(name="anh.png", data=b"\x89PNG....")
    assert not Document.objects.exists()
    assert not [path for path in own_files.rglob("*") if path.is_file()]


def test_a_file_that_the_disk_lost_is_healed_by_sending_it_again(send):
    document = send().document
    storage.remove(document.sha256)
    assert not send().is_new
    assert storage.place(document.sha256).exists()


def test_a_name_that_turns_its_direction_shows_it(send):
    document = send(name="../x/bao\u202ecao\x07.txt").document
    assert document.name == "bao[U+202E]cao[U+0007].txt"


def test_files_without_a_row_go_after_a_day(send, own_files, clock):
    kept = send().document
    with storage.arriving([b"nobody's"]) as arrival:
        arrival.keep()
    assert documents.sweep_files(at=NOON) == 0
    late = NOON.now(NOON.tzinfo) + timedelta(days=400_0)
    assert documents.sweep_files(at=late) == 1
    assert storage.place(kept.sha256).exists()


# --- approving ------------------------------------------------------------------


@pytest.fixture
def draft(make_document, people):
    return make_document(
        unit=people.binh_minh,
        by=people.co,
        submitted=False,
        spans=[("recommendation", "đề nghị tỉnh bổ sung công chức")],
    )


def test_the_leader_sends_it_to_the_province(draft, people):
    documents.submit(document=draft, by=people.cl, at=NOON)
    draft.refresh_from_db()
    assert (draft.submitted_by, draft.submitted_at) == (people.cl, NOON)
    assert events().get().kind == "document_submitted"


@pytest.mark.parametrize(
    "who", ["co", "other_co", "other_cl", "do", "dh", "po", "pl", "au", "sa"]
)
def test_nobody_else_sends_it_to_the_province(draft, people, who):
    with pytest.raises(NotYours):
        documents.submit(document=draft, by=getattr(people, who), at=NOON)
    draft.refresh_from_db()
    assert draft.submitted_at is None
    assert not events().exists()


def test_who_sent_the_file_does_not_approve_it(make_document, people):
    own = make_document(
        unit=people.binh_minh, by=people.cl, submitted=False, text="Một câu."
    )
    with pytest.raises(NotYours, match="(?i)another|khác"):
        documents.submit(document=own, by=people.cl, at=NOON)


def test_a_file_is_sent_to_the_province_once(draft, people):
    documents.submit(document=draft, by=people.cl, at=NOON)
    with pytest.raises(NotNow):
        documents.submit(document=draft, by=people.cl, at=NOON)
    assert events().count() == 1


@pytest.mark.parametrize("state", sorted(set(DocumentState) - {DocumentState.READ}))
def test_only_what_was_read_is_sent_to_the_province(draft, people, state):
    Document.objects.filter(pk=draft.pk).update(state=state)
    with pytest.raises(NotNow):
        documents.submit(document=draft, by=people.cl, at=NOON)


# --- taking back, trying again --------------------------------------------------


def test_the_leader_takes_a_file_back(draft, people):
    documents.withdraw(document=draft, by=people.cl, at=NOON)
    draft.refresh_from_db()
    assert draft.state == DocumentState.WITHDRAWN
    assert draft.statements.count() == 1
    assert events().get().kind == "document_withdrawn"


@pytest.mark.parametrize(
    "who", ["co", "other_co", "other_cl", "do", "dh", "po", "pl", "au", "sa"]
)
def test_nobody_else_takes_a_file_back(draft, people, who):
    with pytest.raises(NotYours):
        documents.withdraw(document=draft, by=getattr(people, who), at=NOON)


def test_what_was_accepted_is_not_taken_back(draft, people):
    draft.statements.update(
        state=StatementState.ACCEPTED, settled_by=people.po, settled_at=NOON
    )
    with pytest.raises(NotNow):
        documents.withdraw(document=draft, by=people.cl, at=NOON)


@pytest.mark.parametrize(
    "state",
    sorted(set(DocumentState) - {DocumentState.READ, DocumentState.WAITING}),
)
def test_other_files_are_not_taken_back(draft, people, state):
    Document.objects.filter(pk=draft.pk).update(state=state)
    with pytest.raises(NotNow):
        documents.withdraw(document=draft, by=people.cl, at=NOON)


@pytest.mark.parametrize("who", ["co", "cl", "po"])
def test_an_unreadable_file_is_tried_again(draft, people, who):
    Document.objects.filter(pk=draft.pk).update(
        state=DocumentState.UNREADABLE, reason=["x", {}], attempts=3
    )
    documents.retry(document=draft, by=getattr(people, who), at=NOON)
    draft.refresh_from_db()
    assert (draft.state, draft.attempts, draft.reason) == ("waiting", 0, [])
    assert DBTaskResult.objects.count() == 1
    assert events().count() == 1


@pytest.mark.parametrize("who", ["other_co", "other_cl", "do", "dh", "pl", "au", "sa"])
def test_nobody_else_has_it_tried_again(draft, people, who):
    Document.objects.filter(pk=draft.pk).update(state=DocumentState.UNREADABLE)
    with pytest.raises(NotYours):
        documents.retry(document=draft, by=getattr(people, who), at=NOON)


def test_a_file_that_was_read_is_not_tried_again(draft, people):
    with pytest.raises(NotNow):
        documents.retry(document=draft, by=people.co, at=NOON)


# --- at once in two connections -------------------------------------------------


@pytest.mark.django_db(transaction=True)
def test_the_same_file_at_once_from_two_places_is_one_row(people, round_):
    """SQLite lets one in after the other; PostgreSQL lets the constraint choose."""
    runs = 50
    start = threading.Barrier(2)
    results, errors = [], []

    def one():
        try:
            for number in range(runs):
                start.wait(timeout=10)
                received = documents.receive(
                    round_=round_,
                    unit=people.binh_minh,
                    name="kien-nghi.txt",
                    chunks=[WORDS, str(number).encode()],
                    by=people.co,
                    at=NOON,
                )
                results.append(received.is_new)
        except Exception as error:
            start.abort()
            errors.append(error)
        finally:
            connections.close_all()

    threads = [threading.Thread(target=one) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=60)
    assert errors == []
    assert sorted(results) == [False] * runs + [True] * runs
    assert Document.objects.count() == runs
    assert DBTaskResult.objects.count() == runs
    assert list(faults()) == []
