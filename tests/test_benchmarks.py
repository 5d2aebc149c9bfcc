"""The measurement measures what it says: its data is whole, its forms are the pages' own."""

import json
from datetime import UTC, date, datetime

import pytest
from django.db import transaction
from django.urls import reverse

from benchmarks import load, matters, report
from benchmarks.forms import fields_of
from benchmarks.province import Builder
from haicap.ledger.record import faults
from haicap.listen.models import Recommendation
from haicap.people.models import User
from haicap.resolve.integrity import differing_clocks
from haicap.resolve.models import Case, Voice
from haicap.resolve.states import CaseState


TODAY = date(2026, 1, 7)


@pytest.fixture
def province(db):
    return Builder(n_asks=150, n_cases=30, today=TODAY).build()


def test_the_made_up_province_is_whole(province):
    assert province.counts["recommendations"] == 150
    assert province.counts["cases"] == 30
    assert list(faults()) == []
    assert list(differing_clocks(datetime(2026, 1, 7, 5, tzinfo=UTC))) == []
    assert Voice.objects.count() == 143
    assert not Case.objects.filter(state=CaseState.MERGED, voices__isnull=False)


@pytest.mark.django_db
def test_the_same_numbers_make_the_same_province():
    def story():
        with transaction.atomic():
            Builder(n_asks=60, n_cases=12, today=TODAY).build()
            asks = Recommendation.objects.order_by("pk").values_list("text", "field")
            cases = Case.objects.order_by("pk").values_list("title", "state", "due_on")
            found = list(asks), list(cases)
            transaction.set_rollback(True)
        return found

    assert story() == story()


def test_a_form_read_from_its_page_can_be_sent(province, as_):
    client = as_(User.objects.get(username="po-1"))
    case = Case.objects.filter(state=CaseState.OPEN)[0]
    action = reverse("resolve:propose", args=[case.pk])
    page = client.get(case.get_absolute_url()).content.decode()
    fields = fields_of(page, action)
    assert fields["idempotency_key"]
    assert client.post(action, fields).status_code == 302
    case.refresh_from_db()
    assert case.state == CaseState.PROPOSED


def test_a_page_without_the_form_is_no_silent_success():
    with pytest.raises(LookupError):
        fields_of("<form action='/other' method='post'><input name='a'></form>", "/x")


def test_waits_are_told_by_their_share():
    figures = load.Figures(waits=[n / 1000 for n in range(1, 101)], seconds=2.0)
    summary = figures.summary()
    assert (summary["p50"], summary["p90"], summary["p99"]) == (51.0, 91.0, 100.0)
    assert summary["per_second"] == 50


def test_a_run_with_an_error_page_is_a_failure():
    class Side:
        pages = {"cases": {"alone": {"statuses": {"200": 4, "500": 1}, "n": 5}}}

    assert report.failed(Side())
    Side.pages = {"cases": {"alone": {"statuses": {"200": 5}, "n": 5}}}
    assert not report.failed(Side())


def test_only_the_figures_of_the_page_are_replaced(tmp_path):
    page = tmp_path / "README.md"
    page.write_text(f"before {report.BEGIN} old {report.END} after")
    report.into(page, "new")
    assert page.read_text() == f"before {report.BEGIN}\n\nnew\n\n{report.END} after"


@pytest.fixture
def marked_folder(tmp_path):
    """Three marked asks; two of them are one matter."""
    texts = {
        "1-01": "đề nghị bổ sung công chức địa chính",
        "1-02": "xin thêm biên chế làm địa chính",
        "1-03": "trang bị máy đo địa chính",
    }
    (tmp_path / "gold").mkdir()
    lines = [
        json.dumps({"id": k, "kind": "recommendation", "text": t, "fields": ["land"]})
        for k, t in texts.items()
    ]
    (tmp_path / "gold" / "1.jsonl").write_text("\n".join(lines), encoding="utf-8")
    groups = "group,item_id\nG1,1-01\nG1,1-02\n"
    (tmp_path / "duplicates.csv").write_text(groups, encoding="utf-8")
    return tmp_path


def test_groups_are_scored_against_those_that_people_made(marked_folder):
    marked = matters.load(marked_folder)
    right = matters.score(marked, [("1-01", "1-02")])
    assert (right.pairwise, right.b_cubed) == (1.0, 1.0)
    one_for_all = matters.score(marked, [("1-01", "1-02", "1-03")])
    assert one_for_all.precision == pytest.approx(1 / 3)
    assert one_for_all.recall == 1.0
    assert matters.score(marked, []).pairwise == 0.0
    assert matters.ours(marked).pairwise == 1.0


def test_a_baseline_is_shown_at_its_best(marked_folder):
    (line,) = matters.rows([marked_folder], trigrams=False)
    assert line[0].endswith("(3)")
    assert line[1] == "1.00"


def test_made_up_asks_are_always_the_same():
    first, second = list(matters.made_up(50)), list(matters.made_up(50))
    assert first == second
    assert len({ask.text for ask in first}) > 30
