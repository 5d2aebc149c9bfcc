"""The consolidated table of any filter, on the page and from the command."""

from __future__ import annotations

import io
from datetime import date

import pytest
import time_machine
from django.core.management import CommandError, call_command
from django.utils import timezone
from docx import Document as Docx
from openpyxl import load_workbook

from haicap.core.errors import BadInput
from haicap.desk.papers import cases as papers_cases
from haicap.desk.papers.cases import consolidated
from haicap.desk.papers.consolidated import count
from haicap.resolve.models import Case, Reply
from haicap.resolve.states import CaseState, ReplyState
from tests.world import NOON


pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _wednesday():
    with time_machine.travel(NOON, tick=False):
        yield


@pytest.fixture
def cases(make_case, people):
    """Three matters of two fields: open, answered only, solved."""
    make_case(title="Thiếu người", units=[people.binh_minh, people.kim_dong])
    for title, outcome in (("Đường hỏng", "explained"), ("Cầu", "solved_execution")):
        case = make_case(
            title=title,
            field="transport",
            state=CaseState.ANSWERED,
            answered_at=NOON,
            outcome_class=outcome,
        )
        Reply.objects.create(
            case=case,
            state=ReplyState.CONFIRMED,
            text=f"Trả lời về {title}.",
            number="9/SNV",
            issued_on=date(2026, 1, 6),
            outcome_class=outcome,
            products="Biên bản" if outcome.startswith("solved") else "",
            drafted_by=people.do,
            drafted_at=NOON,
            sent_by=people.dh,
            sent_at=NOON,
            confirmed_by=people.po,
            confirmed_at=NOON,
        )
        Case.objects.filter(pk=case.pk).update(field="transport")


def table(people, rows=None):
    return consolidated(
        rows if rows is not None else Case.objects.all(),
        by=people.po,
        as_of=timezone.localtime(),
        asked="tất cả",
    )


def test_the_groups_add_up_to_the_total(people, cases):
    paper = table(people)
    tallies = [count(group.rows) for group in paper.groups]
    total = paper.tally
    assert sum(one.n_matters for one in tallies) == total.n_matters == 3
    assert sum(total.by_result.values()) == total.n_matters
    assert (total.n_answered, total.n_solved) == (2, 1)
    assert total.n_voices == 4 >= total.n_matters


def test_an_unanswered_matter_shows_no_reply(people, cases):
    (line,) = table(people, Case.objects.filter(title="Thiếu người")).groups[0].rows
    assert (line.answer, line.reply_ref, line.outcome) == (None, None, None)
    assert line.units == ["Xã Bình Minh", "Xã Kim Đông"]


def test_the_paper_takes_few_questions(people, cases, django_assert_max_num_queries):
    with django_assert_max_num_queries(5):
        table(people)


def test_too_many_rows_are_refused_with_a_sentence(people, cases, monkeypatch):
    monkeypatch.setattr(papers_cases, "AT_MOST", 2)
    with pytest.raises(BadInput, match="2"):
        table(people)


def test_word_and_excel_hold_exactly_what_the_list_asks_for(as_, people, cases):
    client = as_(people.po)
    word = client.get("/papers/consolidated?stage=solved&format=docx")
    text = "\n".join(
        cell.text
        for part in Docx(io.BytesIO(word.content)).tables
        for row in part.rows
        for cell in row.cells
    )
    assert "Cầu" in text and "Đường hỏng" not in text
    book = client.get("/papers/consolidated?format=xlsx")
    assert ".xlsx" in book["Content-Disposition"]
    sheets = load_workbook(io.BytesIO(book.content)).worksheets
    cells = {str(c.value) for sheet in sheets for row in sheet.rows for c in row}
    assert {"Cầu", "Đường hỏng", "Thiếu người"} <= cells


def test_a_commune_prints_only_its_own_matters(as_, people, cases, make_case):
    make_case(title="Việc của Kim Đông", units=[people.kim_dong])
    book = as_(people.co).get("/papers/consolidated?format=xlsx")
    sheets = load_workbook(io.BytesIO(book.content)).worksheets
    cells = {str(c.value) for sheet in sheets for row in sheet.rows for c in row}
    assert "Việc của Kim Đông" not in cells and "Cầu" in cells


def test_administrators_print_nothing(as_, people, cases):
    assert as_(people.sa).get("/papers/consolidated").status_code == 404


@pytest.mark.parametrize(
    ("what", "name"),
    [
        ("cases", "ho-so.xlsx"),
        ("cases", "ho-so.csv"),
        ("recommendations", "kien-nghi.xlsx"),
        ("paper", "bieu.docx"),
        ("paper", "bieu.xlsx"),
    ],
)
def test_the_command_writes_each_of_them(people, cases, tmp_path, capsys, what, name):
    out = tmp_path / name
    call_command("haicap_export", what, out=out, filter="stage=answered")
    assert out.stat().st_size > 100
    assert str(out) in capsys.readouterr().out


def test_the_command_exports_what_the_account_may_read(people, cases, tmp_path):
    out = tmp_path / "ho-so.csv"
    call_command("haicap_export", "cases", out=out, user=people.other_co.username)
    words = out.read_text("utf-8-sig")
    assert "Thiếu người" in words and "Cầu" not in words


@pytest.mark.parametrize(
    "wrong",
    [
        {"format": "docx"},
        {"user": "khong-co"},
        {"out_dir": "khong-co"},
    ],
)
def test_bad_wishes_are_refused_with_code_2(people, cases, tmp_path, wrong):
    out = tmp_path / wrong.pop("out_dir", "") / "ho-so.csv"
    with pytest.raises(CommandError) as refused:
        call_command("haicap_export", "cases", out=out, **wrong)
    assert refused.value.returncode == 2
    assert not out.exists()
