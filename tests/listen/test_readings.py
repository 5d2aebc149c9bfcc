import io
import os
import unicodedata
from datetime import date, timedelta

import openpyxl
import pytest
from django.core.management import call_command
from django.utils import timezone
from django_tasks_db.models import DBTaskResult

from haicap.core.text.findings import Finding
from haicap.ledger.models import Event
from haicap.listen import storage, tasks
from haicap.listen.actions import documents, readings
from haicap.listen.models import Document, DocumentText, Statement
from haicap.listen.states import DocumentState
from tests.world import NOON


def events():
    """Return what the ledger says of files; loading the registry left a line too."""
    return Event.objects.filter(subject_type="document")


WORDS = "Các xã báo cáo.\nXã Bình Minh đề nghị tỉnh bổ sung công chức địa chính.\n"
ASK = "đề nghị tỉnh bổ sung công chức địa chính"


@pytest.fixture
def send(people, round_):
    def send(data, name="kien-nghi.txt", **values):
        values = {
            "round_": round_,
            "unit": people.binh_minh,
            "by": people.co,
            "at": NOON,
        } | values
        data = data.encode() if isinstance(data, str) else data
        return documents.receive(name=name, chunks=[data], **values).document

    return send


@pytest.fixture
def said(monkeypatch):
    """Replace the reader of texts by one that finds the ask, said by `said.speaker`."""

    class Said:
        speaker: str | None = "xã Bình Minh"

    def read(text, *, gazetteer, taxonomy, trained, written_on=None, seen_on=None):
        start = text.index(ASK)
        return [
            Finding(
                kind="recommendation",
                start=start,
                end=start + len(ASK),
                text=ASK,
                speaker=Said.speaker,
                addressee="tỉnh",
                fields=("staffing",),
                communes=("xã Bình Minh",),
                deadline=date(2026, 3, 31),
                deadline_text="trong quý I",
                confidence=0.82,
                rule="asks",
                why=(("cue", "đề nghị"),),
            )
        ]

    monkeypatch.setattr(tasks, "read", read)
    return Said


def run(document):
    """Read the file as the worker does; return its row as it stands then."""
    tasks.read_document.func(document.pk)
    return Document.objects.get(pk=document.pk)


def book(*rows):
    """Return the bytes of a workbook with these rows."""
    workbook = openpyxl.Workbook()
    for row in rows:
        workbook.active.append(row)
    file = io.BytesIO()
    workbook.save(file)
    return file.getvalue()


HEADER = ("STT", "Đơn vị", "Khó khăn, vướng mắc", "Nội dung kiến nghị", "Lĩnh vực")


def test_a_text_becomes_statements_that_wait_for_a_person(send, said):
    document = run(send(WORDS))
    assert document.state == DocumentState.READ
    text = document.body.text
    statement = document.statements.get()
    assert text[statement.start : statement.end] == statement.text == ASK
    assert statement.state == "proposed"
    assert statement.proposed == statement.content()
    assert statement.proposed["deadline"] == "2026-03-31"
    assert statement.units == [document.unit.code]
    assert statement.why == [["cue", "đề nghị"]]
    event = events().last()
    assert (event.kind, event.by_id) == ("document_read", None)
    assert event.data["statements"] == 1


def test_a_speaker_of_a_conference_is_found_in_the_register(send, said, people):
    said.speaker = "xã Kim Đông; xã Bình Minh"
    document = run(send(WORDS, unit=None, by=people.po))
    assert document.statements.get().units == [
        people.kim_dong.code,
        people.binh_minh.code,
    ]


def test_a_collective_of_a_conference_has_no_unit(send, said, people):
    said.speaker = "các xã, phường"
    document = run(send(WORDS, unit=None, by=people.po))
    assert document.statements.get().units == []


def test_the_same_job_twice_has_one_effect(send, said):
    document = send(WORDS)
    run(document)
    assert tasks.read_document.func(document.pk) == "nothing to read"
    assert Statement.objects.count() == 1
    assert Event.objects.filter(kind="document_read").count() == 1


def test_a_reader_that_died_in_the_middle_is_replaced(send, said):
    document = send(WORDS)
    lost = readings.begin(document_id=document.pk, at=NOON)
    found = readings.look(lost, read=tasks.read)
    soon = NOON + timedelta(seconds=59)
    late = NOON + timedelta(seconds=61)
    enqueue = tasks.read_document.enqueue
    assert readings.rescue_stuck(at=soon, enqueue=enqueue) == 0
    assert readings.rescue_stuck(at=late, enqueue=enqueue) == 1
    assert run(document).state == DocumentState.READ
    # The first was only slow: it comes back, and may not write a second time.
    assert readings.finish(lease=lost, found=found, at=late) == "overtaken"
    assert Statement.objects.count() == 1
    assert DocumentText.objects.count() == 1
    assert Event.objects.filter(kind="document_read").count() == 1


def test_an_overtaken_reader_does_not_disturb_the_one_that_reads(send, said):
    document = send(WORDS)
    lost = readings.begin(document_id=document.pk, at=NOON)
    found = readings.look(lost, read=tasks.read)
    late = NOON + timedelta(seconds=61)
    readings.rescue_stuck(at=late, enqueue=tasks.read_document.enqueue)
    readings.begin(document_id=document.pk, at=late)
    assert readings.finish(lease=lost, found=found, at=late) == "overtaken"
    assert not Statement.objects.exists()


def test_after_three_lost_readers_the_file_is_given_up(send):
    document = send(WORDS)
    at = NOON
    for _ in range(3):
        assert readings.begin(document_id=document.pk, at=at)
        at += timedelta(seconds=61)
        readings.rescue_stuck(at=at, enqueue=tasks.read_document.enqueue)
    document.refresh_from_db()
    assert document.state == DocumentState.UNREADABLE
    assert document.reason == [readings.GAVE_UP, {}]
    assert events().last().kind == "document_unreadable"


def test_a_file_whose_job_was_lost_is_queued_again(send):
    send(WORDS)
    enqueue = tasks.read_document.enqueue
    assert readings.rescue_stuck(at=NOON, enqueue=enqueue) == 0
    DBTaskResult.objects.all().delete()
    assert readings.rescue_stuck(at=NOON, enqueue=enqueue) == 1
    assert DBTaskResult.objects.count() == 1


def test_a_withdrawn_file_is_not_read(send, people):
    document = send(WORDS)
    documents.withdraw(document=document, by=people.cl, at=NOON)
    assert readings.begin(document_id=document.pk, at=NOON) is None


def test_a_file_in_two_pieces_a_letter_is_read_in_one(send, said):
    document = run(send(unicodedata.normalize("NFD", WORDS)))
    assert document.body.text.strip() == WORDS.strip()
    assert document.body.offsets


def test_an_old_encoding_is_converted_and_said(send, monkeypatch):
    monkeypatch.setattr(tasks, "read", lambda text, **_: [])
    old = (
        "ñy ban nh©n d©n x· ®Ò nghÞ tØnh bæ sung c«ng chøc ®Þa chÝnh vµ kinh phÝ"
        " ho¹t ®éng, söa ch÷a trô së lµm viÖc ®· xuèng cÊp nghiªm träng."
    )
    document = run(send(old))
    assert document.state == DocumentState.READ
    assert "đề nghị tỉnh bổ sung công chức" in document.body.text
    sentences = [sentence % params for sentence, params in document.notes]
    assert any("TCVN3" in sentence for sentence in sentences)


def test_a_secret_is_refused_and_its_bytes_are_gone(send):
    document = send("MẬT\n\nỦY BAN NHÂN DÂN XÃ\nBáo cáo về tình hình.\n")
    document = run(document)
    assert document.state == DocumentState.REFUSED
    assert "%(mark)s" in document.reason[0]
    assert not storage.place(document.sha256).exists()
    assert not DocumentText.objects.exists()
    assert events().last().kind == "document_unreadable"


def test_the_same_secret_sent_elsewhere_is_refused_too(send, people):
    words = "MẬT\n\nỦY BAN NHÂN DÂN XÃ\nBáo cáo về tình hình.\n"
    first = send(words)
    second = send(words, unit=people.kim_dong, by=people.other_co)
    run(first)
    assert run(second).state == DocumentState.REFUSED


def test_a_lost_file_says_so(send):
    document = send(WORDS)
    storage.remove(document.sha256)
    document = run(document)
    assert document.state == DocumentState.UNREADABLE
    assert document.reason[0] == readings.LOST


def test_a_file_without_words_says_what_to_do(send):
    document = run(send(" \n \n", name="trong.txt"))
    assert document.state == DocumentState.UNREADABLE
    assert "text" in document.reason[0]


def test_a_workbook_becomes_one_recommendation_a_row(send, people):
    data = book(
        HEADER,
        (1, "Xã Bình Minh", "Thiếu người", "Bổ sung công chức địa chính", "Đất đai"),
        (2, "xã Kim Đông", None, "Sửa trụ sở", None),
    )
    document = run(send(data, name="bang.xlsx", unit=None, by=people.po))
    assert document.state == DocumentState.READ, (document.reason, document.faults)
    text = document.body.text
    rows = list(document.statements.order_by("line", "kind"))
    assert [(row.line, row.kind, row.text) for row in rows] == [
        (2, "difficulty", "Thiếu người"),
        (2, "recommendation", "Bổ sung công chức địa chính"),
        (3, "recommendation", "Sửa trụ sở"),
    ]
    for row in rows:
        assert text[row.start : row.end] == row.text
        assert row.rule == "workbook-row"
        assert row.confidence == 1.0
        assert row.proposed == row.content()
    assert rows[1].units == [people.binh_minh.code]
    assert rows[2].units == [people.kim_dong.code]
    assert rows[2].speaker == "xã Kim Đông"


def test_a_row_without_a_unit_is_the_senders(send, people):
    data = book(("STT", "Nội dung kiến nghị"), (1, "Bổ sung công chức địa chính"))
    document = run(send(data, name="bang.xlsx"))
    assert document.statements.get().units == [people.binh_minh.code]


def test_one_bad_row_of_a_workbook_keeps_all_of_it_out(send, people):
    data = book(
        HEADER,
        (1, "Xã Bình Minh", None, "Bổ sung công chức địa chính", None),
        (2, "Xã Không Có Thật", None, "Sửa trụ sở", None),
    )
    document = run(send(data, name="bang.xlsx", unit=None, by=people.po))
    assert document.state == DocumentState.FAULTY
    assert not Statement.objects.exists()
    assert not DocumentText.objects.exists()
    (fault,) = document.faults
    assert (fault["line"], fault["column"]) == (3, "B")
    assert "Xã Không Có Thật" in fault["sentence"] % fault["params"]


def test_an_old_name_of_a_unit_is_todays_unit_and_says_so(send, people):
    data = book(HEADER, (1, "xã Kim Tân", None, "Sửa trụ sở", None))
    document = run(send(data, name="bang.xlsx", unit=None, by=people.po))
    if document.state == DocumentState.READ:
        assert any("old name" in sentence for sentence, _ in document.notes)
    else:
        assert document.faults


@pytest.mark.django_db(transaction=True)
def test_the_worker_reads_what_waits_and_says_a_line_a_job(send, said, capsys):
    document = send(WORDS)
    call_command("haicap_worker", "--batch")
    assert Document.objects.get(pk=document.pk).state == DocumentState.READ
    assert "read_document" in capsys.readouterr().out
    assert DBTaskResult.objects.get().status == "SUCCESSFUL"


@pytest.mark.django_db(transaction=True)
def test_the_worker_removes_files_without_a_row_after_a_day(send, said, own_files):
    kept = send(WORDS)
    paths = {"old": timedelta(days=2), "new": timedelta(hours=23)}
    for name, age in paths.items():
        with storage.arriving([name.encode()]) as arrival:
            paths[name] = arrival.keep()
        at = (timezone.now() - age).timestamp()
        os.utime(paths[name], (at, at))
    call_command("haicap_worker", "--batch", "--verbosity=0")
    assert storage.place(kept.sha256).exists()
    assert paths["new"].exists()
    assert not paths["old"].exists()
