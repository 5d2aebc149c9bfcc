"""
One real document, from a commune's desk to its own word that it helped.

Every step is done on the page that offers it, by the person whose turn it is: the forms
are read from the pages, so a page that forgets its button breaks the journey.
"""

from __future__ import annotations

import re
from datetime import timedelta
from io import BytesIO, StringIO
from pathlib import Path

import openpyxl
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import call_command
from django.urls import reverse
from django.utils import timezone
from docx import Document as read_docx

from haicap.ledger.models import Event
from haicap.listen.models import Document, Recommendation, Round
from haicap.people.models import Post, Role
from haicap.resolve.actions import routing
from haicap.resolve.models import Case, Delivery
from haicap.synthesise.models import Suggestion
from haicap.verify.models import Outcome
from tests.journeys.reader import Visitor
from tests.world import person, unit


ROOT = Path(__file__).resolve().parents[2]
SAMPLE = ROOT / "haicap" / "listen" / "samples" / "hoi-nghi-129-xa.docx"
# Beside the repository, where the papers of the project are kept; not everybody has it.
CONFERENCE = ROOT.parent / "shared" / "inputs" / "conference-129-communes.txt"
FILES = [SAMPLE, *([CONFERENCE] if CONFERENCE.exists() else [])]
FIELD = "staff-policy"
ANSWER = "Sở đã trình phương án hỗ trợ chi phí đi lại, ăn trưa cho cán bộ, công chức."


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("path", FILES, ids=lambda path: path.suffix)
def test_a_file_goes_the_whole_way_to_the_verdict_of_its_author(path, people):
    routing.load(by=None, at=timezone.now())
    neighbour = unit("xã Kim Đông")
    kim_dong = Visitor(person("cl", unit=neighbour, name="Lãnh đạo xã Kim Đông"))
    office, officer = Visitor(people.po), Visitor(people.co)

    the_office_opens_a_round(office)
    document = the_commune_sends_the_file(officer, path, people.binh_minh)
    the_commune_sees_what_was_read(officer, document)
    nobody_else_sees_it_yet(office, document)
    the_leader_approves(Visitor(people.cl), document)
    asks = the_office_checks(office, document, [people.binh_minh, neighbour])
    case = the_office_puts_them_together(office, asks)
    the_office_proposes(office, case)
    the_leader_of_the_province_decides(Visitor(people.pl), case)
    the_department_answers(Visitor(people.do), Visitor(people.dh), case)
    the_office_confirms(office, case)
    one_accepts_and_one_asks_again(officer, kim_dong, case)
    the_office_reopens(office, case)
    the_department_answers(Visitor(people.do), Visitor(people.dh), case, "414/SNV")
    the_office_confirms(office, case)
    both_say_that_it_is_solved(Visitor(people.cl), kim_dong, case)
    the_office_publishes_and_closes(office, case)
    everybody_reads_it(case)
    the_table_is_printed(office, case)
    roles = roles_that_touched(case, document)
    assert {"co", "cl", "po", "pl", "do", "dh"} <= roles
    the_ledger_is_whole()


def the_office_opens_a_round(office):
    today = timezone.localdate()
    office.open(reverse("listen:open-round"))
    office.send(
        reverse("listen:rounds-add"),
        name="Hội nghị với 129 xã, phường",
        channel="party_conference",
        opens_on=f"{today - timedelta(days=1):%d/%m/%Y}",
        closes_on=f"{today + timedelta(days=5):%d/%m/%Y}",
    )
    assert Round.objects.get().is_open(on=today)


def the_commune_sends_the_file(officer, path, commune):
    officer.open(reverse("listen:send"))
    upload = SimpleUploadedFile(path.name, path.read_bytes())
    officer.send(reverse("listen:receive"), files=upload)
    document = Document.objects.get()
    assert (document.unit, document.name) == (commune, path.name)
    assert document.submitted_at is None
    # The worker of production, until nothing waits.
    call_command("haicap_worker", "--batch", "--verbosity=0")
    document.refresh_from_db()
    assert document.state == "read"
    return document


def the_commune_sees_what_was_read(officer, document):
    officer.open(document.get_absolute_url())
    assert document.statements.count() > 20
    for statement in document.statements.filter(kind="recommendation"):
        assert said_on(officer, statement.text)


def nobody_else_sees_it_yet(office, document):
    answer = office.client.get(document.get_absolute_url())
    assert answer.status_code == 404


def the_leader_approves(head, document):
    head.open(document.get_absolute_url())
    head.send(reverse("listen:submit", args=[document.pk]))
    document.refresh_from_db()
    assert document.submitted_by == head.user


def the_office_checks(office, document, units):
    """The office corrects one statement, accepts it, drops one, accepts the others."""
    review = reverse("listen:review", args=[document.pk])
    rows = document.statements.filter(kind="recommendation")
    said = next(each for each in rows if each.fields[0] == FIELD)
    office.open(f"{review}?statement={said.pk}&edit=1")
    correct = reverse("listen:correct", args=[said.pk])
    office.send(correct, units=[each.code for each in units])
    said.refresh_from_db()
    assert said.units == [each.code for each in units]
    assert said.proposed["units"] != said.units  # what the machine read is kept
    if said.state != "accepted":
        office.open(f"{review}?statement={said.pk}")
        office.send(reverse("listen:accept", args=[said.pk]))
    wrong = document.statements.filter(kind="difficulty", state="proposed").first()
    office.open(f"{review}?statement={wrong.pk}")
    office.send(reverse("listen:reject", args=[wrong.pk]))
    office.open(review)
    form = office.form(reverse("listen:accept-above", args=[document.pk]))
    office.send(form.action, percent=form.buttons[-1][1])
    asks = list(Recommendation.objects.filter(statement=said))
    assert {ask.unit for ask in asks} == set(units)
    assert Recommendation.objects.count() > len(asks)
    return asks


def the_office_puts_them_together(office, asks):
    office.open(reverse("resolve:suggestions"))
    office.send(reverse("resolve:look-again"))
    group = Suggestion.objects.get(members=asks[0], state="open")
    members = {each.pk for each in group.members.all()}
    assert {ask.pk for ask in asks} <= members
    forms = [form for form in office.forms() if form.fields.get("suggestion")]
    chosen = next(f for f in forms if f.fields["suggestion"] == [str(group.pk)])
    assert set(chosen.fields["recommendation"]) == {str(pk) for pk in members}
    chosen.fields["recommendation"] = [str(ask.pk) for ask in asks]
    chosen.fields["title"] = ["Hỗ trợ đi lại, ăn trưa cho người làm việc xa nhà"]
    office.arrive(
        office.client.post(reverse("resolve:gather"), chosen.fields, follow=True)
    )
    case = Case.objects.get(voices__recommendation=asks[0])
    assert {voice.recommendation for voice in case.voices.all()} == set(asks)
    return case


def the_office_proposes(office, case):
    office.open(case.get_absolute_url())
    form = office.form(reverse("resolve:propose", args=[case.pk]))
    assert form.fields["lead"][-1], "the routing table fills the lead in"
    office.send(form.action)


def the_leader_of_the_province_decides(leader, case):
    leader.open(case.get_absolute_url())
    leader.send(reverse("resolve:decide", args=[case.pk]))
    case.refresh_from_db()
    assert (case.state, case.lead.code) == ("assigned", "so-noi-vu")
    assert case.due_on > timezone.localdate()


def the_department_answers(clerk, head, case, number="412/SNV"):
    clerk.open(case.get_absolute_url())
    clerk.send(
        reverse("resolve:hand-on", args=[case.pk]),
        text=ANSWER,
        next_steps="Trình Hội đồng nhân dân tỉnh trong kỳ họp gần nhất.",
        contact="Phòng Công chức, viên chức",
        outcome_class="solved_execution",
        products="Tờ trình số 88/TTr-SNV",
    )
    head.open(case.get_absolute_url())
    today = f"{timezone.localdate():%d/%m/%Y}"
    head.send(
        reverse("resolve:send-reply", args=[case.pk]), number=number, issued_on=today
    )
    case.refresh_from_db()
    assert case.state == "replied"


def the_office_confirms(office, case):
    office.open(case.get_absolute_url())
    reply = case.replies.get(state="sent")
    office.send(reverse("resolve:confirm-reply", args=[reply.pk]))
    case.refresh_from_db()
    assert case.is_answered
    assert case.verified_at is None
    assert reply.deliveries.count() == 2


def latest(case, visitor):
    """Return the last reply as it reached the unit of this person."""
    rows = Delivery.objects.filter(reply__case=case, unit__in=visitor.user.unit_ids)
    return rows.order_by("-pk").first()


def one_accepts_and_one_asks_again(accepting, asking, case):
    accepting.open(case.get_absolute_url())
    assert said_on(accepting, ANSWER)
    accepting.send(reverse("verify:accept", args=[latest(case, accepting).pk]))
    asking.open(case.get_absolute_url())
    mine = latest(case, asking)
    reason = {f"ask-{mine.pk}-reason": "Đến nay chưa ai nhận được tiền hỗ trợ."}
    asking.send(reverse("verify:ask-reopen", args=[mine.pk]), **reason)
    case.refresh_from_db()
    assert case.verified_at is None


def the_office_reopens(office, case):
    request = Outcome.objects.get(verdict="reopen_asked", decision="")
    office.open(reverse("verify:outcomes"))
    assert said_on(office, request.reason)
    office.open(case.get_absolute_url())
    decide = reverse("verify:decide-reopen", args=[request.pk])
    form = next(f for f in office.forms() if any("working_days" in n for n in f.fields))
    assert form.action == decide
    office.arrive(
        office.client.post(decide, form.fields | {"decision": "reopen"}, follow=True)
    )
    case.refresh_from_db()
    assert case.state == "assigned"
    assert not case.is_answered


def both_say_that_it_is_solved(head, other, case):
    for visitor in (head, other):
        visitor.open(case.get_absolute_url())
        visitor.send(reverse("verify:accept", args=[latest(case, visitor).pk]))
    case.refresh_from_db()
    assert case.verified_at is not None


def the_office_publishes_and_closes(office, case):
    office.open(case.get_absolute_url())
    office.send(reverse("resolve:publish", args=[case.pk]))
    office.send(reverse("verify:close", args=[case.pk]))
    case.refresh_from_db()
    assert (case.state, case.is_solved) == ("closed", True)


def everybody_reads_it(case):
    anybody = Visitor()
    anybody.open(reverse("desk:public"))
    assert said_on(anybody, case.title)
    anybody.open(reverse("desk:public-case", args=[case.pk]))
    assert said_on(anybody, ANSWER)


def the_table_is_printed(office, case):
    paper = reverse("desk:paper")
    answer = office.client.get(paper, {"format": "xlsx"})
    assert answer.status_code == 200
    sheet = openpyxl.load_workbook(BytesIO(b"".join(answer))).worksheets[0]
    cells = [
        str(value or "") for row in sheet.iter_rows(values_only=True) for value in row
    ]
    assert any(ANSWER[:40] in value for value in cells)
    answer = office.client.get(paper, {"format": "docx"})
    assert answer.status_code == 200
    printed = read_docx(BytesIO(b"".join(answer)))
    cells = [
        cell.text
        for table in printed.tables
        for row in table.rows
        for cell in row.cells
    ]
    assert any(ANSWER[:40] in value for value in cells)


def roles_that_touched(case, document):
    """Return the roles of everybody whom the ledger names on this matter."""
    asks = [voice.recommendation for voice in case.voices.all()]
    replies = list(case.replies.all())
    deliveries = list(Delivery.objects.filter(reply__in=replies))
    rows = [
        case,
        document,
        *asks,
        *(ask.statement for ask in asks),
        *case.assignments.all(),
        *replies,
        *deliveries,
        *Outcome.objects.filter(delivery__in=deliveries),
    ]
    subjects = {(row._meta.model_name, row.pk) for row in rows}
    by = {
        event.by_id
        for event in Event.objects.filter(by_id__isnull=False)
        if (event.subject_type, event.subject_id) in subjects
    }
    roles = set(Post.objects.filter(user_id__in=by).values_list("role", flat=True))
    assert roles <= set(Role.values)
    return roles


def the_ledger_is_whole():
    said = StringIO()
    call_command("haicap_check", stdout=said)
    assert "chain whole" in said.getvalue()
    assert "every hash as received" in said.getvalue()


def said_on(visitor, words):
    """Return whether the words stand on the page, whatever marks are around them."""
    plain = re.sub(r"<[^>]+>", "", visitor.html)
    return " ".join(words.split()) in " ".join(plain.split())
