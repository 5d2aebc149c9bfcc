"""A person settles what the machine proposed; both versions are kept, each step goes back."""

import datetime as dt
import itertools

import pytest
from django.utils import translation

from haicap.core.errors import BadInput, NotNow, NotYours
from haicap.ledger.models import Event
from haicap.ledger.record import faults
from haicap.listen.actions import statements
from haicap.listen.models import Document, Recommendation, Statement, StatementEdit
from haicap.listen.states import DocumentState, RecommendationState, StatementState
from haicap.resolve.models import Case, Voice
from tests.world import make_statement


ASK = "đề nghị tỉnh bổ sung công chức địa chính"
WANT = "thiếu công chức địa chính"
TEXT = f"Xã còn {WANT}; {ASK} cho xã.\nĐề nghị Sở Tài chính cấp kinh phí."


@pytest.fixture
def document(make_document, people):
    """A file of the whole conference with a difficulty, an ask and another ask."""
    made = make_document(text=TEXT)
    rows = [("difficulty", WANT), ("recommendation", ASK)]
    rows.append(("recommendation", "Đề nghị Sở Tài chính cấp kinh phí"))
    for (kind, words), confidence in zip(rows, (0.95, 0.9, 0.4), strict=True):
        make_statement(
            made,
            kind=kind,
            start=TEXT.index(words),
            text=words,
            confidence=confidence,
        )
    return made


@pytest.fixture
def ask(document):
    return document.statements.get(text=ASK)


@pytest.fixture
def in_english():
    with translation.override("en"):
        yield


def dump(model):
    """Return every row of a table, every column."""
    return list(model.objects.order_by("pk").values())


def in_a_case(recommendation, noon):
    case = Case.objects.create(
        title="Thiếu công chức",
        field="staffing",
        round=recommendation.round,
        opened_at=noon,
    )
    Voice.objects.create(case=case, recommendation=recommendation, joined_at=noon)
    return case


ACTS = {
    "accept": lambda d, s, **who: statements.accept(statement=s, **who),
    "accept_above": lambda d, s, **who: statements.accept_above(
        document=d, threshold=0.8, **who
    ),
    "correct": lambda d, s, **who: statements.correct(
        statement=s, speaker="đại diện các xã", **who
    ),
    "reject": lambda d, s, **who: statements.reject(statement=s, **who),
    "add": lambda d, s, **who: statements.add(
        document=d, kind="result", start=0, end=2, **who
    ),
    "undo": lambda d, s, **who: statements.undo(document=d, **who),
}


@pytest.mark.parametrize("act", ACTS)
def test_the_office_may_and_the_ledger_has_one_line(act, document, ask, people, noon):
    if act == "undo":
        statements.accept(statement=ask, by=people.po, at=noon)
    lines = Event.objects.count()
    ACTS[act](document, ask, by=people.po, at=noon)
    assert Event.objects.count() == lines + 1
    assert list(faults()) == []


@pytest.mark.parametrize("role", ["co", "cl", "do", "dh", "pl", "au", "sa"])
@pytest.mark.parametrize("act", ACTS)
def test_nobody_else_may_with_the_same_data(act, role, document, ask, people, noon):
    before = dump(Statement), dump(StatementEdit), Event.objects.count()
    with pytest.raises(NotYours):
        ACTS[act](document, ask, by=getattr(people, role), at=noon)
    assert (dump(Statement), dump(StatementEdit), Event.objects.count()) == before


@pytest.mark.parametrize("act", ["accept", "correct", "reject", "accept_above"])
def test_twice_is_one_effect(act, document, ask, people, noon):
    ACTS[act](document, ask, by=people.po, at=noon)
    before = [dump(m) for m in (Statement, StatementEdit, Recommendation, Event)]
    later = noon + dt.timedelta(minutes=1)
    if act == "correct":  # a second look is a new settling only when something changes
        later = noon
    ACTS[act](document, ask, by=people.po, at=later)
    after = [dump(m) for m in (Statement, StatementEdit, Recommendation, Event)]
    assert after == before


@pytest.mark.parametrize(
    "values", [{"submitted_at": None, "submitted_by": None}, {"state": "withdrawn"}]
)
def test_only_a_file_that_was_read_and_sent_is_checked(
    values, document, ask, people, noon
):
    Document.objects.filter(pk=document.pk).update(**values)
    ask.refresh_from_db()
    for act in ACTS.values():
        with pytest.raises(NotNow):
            act(Document.objects.get(pk=document.pk), ask, by=people.po, at=noon)


def test_accepting_keeps_what_was_proposed_and_what_stands(ask, people, noon):
    proposed = ask.proposed
    statements.accept(statement=ask, by=people.po, at=noon)
    ask.refresh_from_db()
    edit = ask.edits.get()
    assert (ask.state, ask.settled_by, ask.settled_at) == ("accepted", people.po, noon)
    assert (edit.before["state"], edit.after["state"]) == ("proposed", "accepted")
    assert ask.proposed == proposed


def test_a_correction_accepts_and_keeps_the_machines_version(ask, people, noon):
    start = ask.start
    statements.correct(
        statement=ask,
        by=people.po,
        at=noon,
        start=start,
        end=start + len("đề nghị tỉnh bổ sung công chức"),
        speaker="đại diện các xã",
        fields=["land", "staffing", "land"],
        communes=["xã Bình Minh"],
        deadline=dt.date(2026, 3, 1),
        deadline_text="trong quý I",
    )
    ask.refresh_from_db()
    assert ask.text == "đề nghị tỉnh bổ sung công chức"
    assert ask.fields == ["land", "staffing"]
    assert ask.state == StatementState.ACCEPTED
    assert ask.proposed["text"] == ASK
    assert ask.proposed["speaker"] == "các xã, phường"
    assert ask.edits.get().before["text"] == ASK


def test_a_span_loses_its_outer_blanks_and_keeps_exact_words(ask, people, noon):
    statements.correct(
        statement=ask, by=people.po, at=noon, start=ask.start - 1, end=ask.end + 1
    )
    ask.refresh_from_db()
    assert ask.text == ASK
    assert TEXT[ask.start : ask.end] == ask.text


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"start": 0, "end": 10_000}, "not in the document"),
        ({"start": 5, "end": 5}, "not in the document"),
        ({"start": -1, "end": 5}, "not in the document"),
        ({"start": 2, "end": 3}, "Nothing is selected"),
        ({"fields": ["no-such-field"]}, "no-such-field"),
        ({"units": ["00000"]}, "00000"),
        ({"kind": "wish"}, "five kinds"),
    ],
)
def test_what_does_not_hold_together_is_refused(
    changes, words, ask, people, noon, in_english
):
    before = dump(Statement)
    with pytest.raises(BadInput, match=words):
        statements.correct(statement=ask, by=people.po, at=noon, **changes)
    assert dump(Statement) == before


def test_what_is_not_content_cannot_be_corrected(ask, people, noon):
    with pytest.raises(TypeError, match="proposed"):
        statements.correct(statement=ask, by=people.po, at=noon, proposed={})


def test_a_settled_statement_of_the_same_kind_is_not_crossed(
    document, ask, people, noon
):
    statements.accept(statement=ask, by=people.po, at=noon)
    who = {"document": document, "by": people.po, "at": noon}
    crossing = {"start": ask.start + 3, "end": ask.end + 3}
    with pytest.raises(BadInput):
        statements.add(kind="recommendation", **crossing, **who)
    with pytest.raises(BadInput):
        statements.add(kind="recommendation", start=ask.start, end=ask.end, **who)
    statements.add(kind="difficulty", **crossing, **who)
    inside = {"start": ask.start, "end": ask.start + 7}
    assert statements.add(kind="recommendation", **inside, **who).text == "đề nghị"


def test_a_missed_statement_is_added_accepted(document, people, noon):
    added = statements.add(
        document=document, kind="result", start=0, end=2, by=people.po, at=noon
    )
    added.refresh_from_db()
    assert (added.text, added.state) == ("Xã", "accepted")
    assert added.proposed is None
    assert added.confidence is None
    assert added.edits.get().before is None


# --- recommendations ------------------------------------------------------------------


def test_an_accepted_recommendation_becomes_one_ask_for_each_unit(ask, people, noon):
    codes = [people.binh_minh.code, people.kim_dong.code]
    statements.correct(statement=ask, by=people.po, at=noon, units=codes)
    rows = Recommendation.objects.standing().filter(statement=ask)
    assert {row.unit.code for row in rows} == set(codes)
    for row in rows:
        assert (row.text, row.said_by, row.field) == (ASK, ask.speaker, "staffing")
        assert (row.source, row.accepted_at) == ("document", noon)
        assert row.search.startswith("de nghi tinh bo sung")


def test_a_collective_becomes_one_ask_without_a_unit(ask, people, noon):
    statements.accept(statement=ask, by=people.po, at=noon)
    row = ask.recommendations.get()
    assert (row.unit, row.said_by) == (None, "các xã, phường")
    assert row.difficulty == WANT


def test_the_difficulty_behind_an_ask_is_the_same_speakers_in_the_same_paragraph(
    document, ask, people, noon
):
    other = document.statements.get(text__startswith="Đề nghị Sở")
    statements.accept(statement=other, by=people.po, at=noon)
    assert other.recommendations.get().difficulty == ""  # another paragraph
    document.statements.filter(text=WANT).update(speaker="xã khác")
    statements.accept(statement=ask, by=people.po, at=noon)
    assert ask.recommendations.get().difficulty == ""


def test_the_difficulty_of_a_workbook_is_in_the_same_row(document, ask, people, noon):
    document.statements.update(line=2)
    document.statements.filter(text=WANT).update(line=3, speaker="xã khác")
    ask.refresh_from_db()
    statements.accept(statement=ask, by=people.po, at=noon)
    row = ask.recommendations.get()
    assert (row.source, row.difficulty) == ("workbook", "")
    statements.undo(document=document, by=people.po, at=noon)
    document.statements.filter(text=WANT).update(line=2)
    ask.refresh_from_db()
    statements.accept(statement=ask, by=people.po, at=noon)
    row.refresh_from_db()
    assert (row.state, row.difficulty) == ("accepted", WANT)


def test_no_field_named_means_the_field_other(ask, people, noon):
    statements.correct(statement=ask, by=people.po, at=noon, fields=[])
    assert ask.recommendations.get().field == "other"


def test_only_recommendations_become_asks(document, people, noon):
    difficulty = document.statements.get(text=WANT)
    statements.accept(statement=difficulty, by=people.po, at=noon)
    assert not Recommendation.objects.exists()


def test_dismissing_withdraws_and_accepting_again_brings_the_same_row_back(
    ask, people, noon
):
    statements.accept(statement=ask, by=people.po, at=noon)
    row = ask.recommendations.get()
    statements.reject(statement=ask, by=people.po, at=noon)
    row.refresh_from_db()
    assert row.state == RecommendationState.WITHDRAWN
    statements.accept(statement=ask, by=people.po, at=noon)
    row.refresh_from_db()
    assert row.state == RecommendationState.ACCEPTED
    assert ask.recommendations.count() == 1


def test_changing_the_units_withdraws_who_did_not_say_it(ask, people, noon):
    statements.accept(statement=ask, by=people.po, at=noon)
    statements.correct(
        statement=ask, by=people.po, at=noon, units=[people.binh_minh.code]
    )
    states = dict(ask.recommendations.values_list("unit__code", "state"))
    assert states == {None: "withdrawn", people.binh_minh.code: "accepted"}


@pytest.mark.parametrize("act", ["reject", "correct", "undo"])
def test_an_ask_in_a_case_keeps_its_words_until_it_is_taken_out(
    act, document, ask, people, noon
):
    statements.accept(statement=ask, by=people.po, at=noon)
    row = ask.recommendations.get()
    case = in_a_case(row, noon)
    before = [dump(m) for m in (Statement, StatementEdit, Recommendation, Event)]
    with pytest.raises(NotNow, match=f"{row.code}.*{case.code}"):
        ACTS[act](document, ask, by=people.po, at=noon)
    after = [dump(m) for m in (Statement, StatementEdit, Recommendation, Event)]
    assert after == before
    case.voices.all().delete()
    ACTS[act](document, ask, by=people.po, at=noon)


# --- the file -------------------------------------------------------------------------


def test_a_file_is_checked_when_nothing_waits_in_it_and_back_by_undo(
    document, people, noon
):
    before = dump(Document)
    for each in document.statements.all():
        document.refresh_from_db()
        assert document.state == DocumentState.READ
        statements.accept(statement=each, by=people.po, at=noon)
    document.refresh_from_db()
    assert document.state == DocumentState.CHECKED
    statements.undo(document=document, by=people.po, at=noon)
    assert dump(Document) == before


# --- accepting many, undoing ----------------------------------------------------------


def test_all_above_a_confidence_are_one_batch_and_go_back_together(
    document, people, noon
):
    before = dump(Statement)
    done = statements.accept_above(
        document=document, threshold=0.9, by=people.po, at=noon
    )
    assert len(done) == 2
    assert document.statements.filter(state="accepted").count() == 2
    assert StatementEdit.objects.values("batch").distinct().count() == 1
    assert Recommendation.objects.standing().count() == 1
    assert len(statements.undo(document=document, by=people.po, at=noon)) == 2
    assert dump(Statement) == before
    assert not Recommendation.objects.standing().exists()


def test_nothing_that_sure_is_nothing_done(document, people, noon):
    lines = Event.objects.count()
    done = statements.accept_above(
        document=document, threshold=1.0, by=people.po, at=noon
    )
    assert done == []
    assert Event.objects.count() == lines


def test_a_confidence_beyond_all_is_refused(document, people, noon):
    with pytest.raises(BadInput):
        statements.accept_above(document=document, threshold=80, by=people.po, at=noon)


STEPS = ["accept", "correct", "reject", "accept_above"]
# What is accepted already is not accepted again: nothing to take back.
NOTHING = [("correct", "accept"), ("accept_above", "accept")]
PATHS = [path for path in itertools.permutations(STEPS, 2) if path not in NOTHING]


@pytest.mark.parametrize("path", PATHS)
def test_undo_restores_every_row_to_the_byte(path, document, ask, people, noon):
    first, second = path
    ACTS[first](document, ask, by=people.po, at=noon)
    before = [dump(m) for m in (Statement, Document, Recommendation)]
    later = noon + dt.timedelta(minutes=5)
    ask.refresh_from_db()
    ACTS[second](document, ask, by=people.po, at=later)
    assert [dump(m) for m in (Statement, Document, Recommendation)] != before
    statements.undo(document=document, by=people.po, at=later)
    after = [dump(m) for m in (Statement, Document, Recommendation)]
    assert after[:2] == before[:2]
    known = {row["id"] for row in before[2]}
    assert [row for row in after[2] if row["id"] in known] == before[2]
    assert all(
        row["state"] == "withdrawn" for row in after[2] if row["id"] not in known
    )


def test_undo_walks_back_step_by_step(document, ask, people, noon):
    start = dump(Statement)
    statements.correct(statement=ask, by=people.po, at=noon, kind="difficulty")
    middle = dump(Statement)
    statements.reject(statement=ask, by=people.po, at=noon)
    statements.undo(document=document, by=people.po, at=noon)
    assert dump(Statement) == middle
    statements.undo(document=document, by=people.po, at=noon)
    assert dump(Statement) == start
    assert StatementEdit.objects.filter(undone_at=noon).count() == 2
    with pytest.raises(NotNow):
        statements.undo(document=document, by=people.po, at=noon)


def test_undoing_an_addition_dismisses_it_and_deletes_nothing(document, people, noon):
    added = statements.add(
        document=document, kind="recommendation", start=0, end=6, by=people.po, at=noon
    )
    statements.undo(document=document, by=people.po, at=noon)
    added.refresh_from_db()
    assert added.state == StatementState.REJECTED
    assert added.recommendations.get().state == RecommendationState.WITHDRAWN


def test_undo_takes_back_ones_own_step_only(document, ask, people, noon):
    statements.accept(statement=ask, by=people.po, at=noon)
    with pytest.raises(NotNow):
        statements.undo(document=document, by=people.other_po, at=noon)


def test_undo_never_overwrites_what_another_person_did_since(
    document, ask, people, noon
):
    statements.accept(statement=ask, by=people.po, at=noon)
    ask.refresh_from_db()
    statements.correct(statement=ask, by=people.other_po, at=noon, speaker="tỉnh")
    before = dump(Statement)
    with pytest.raises(NotNow, match="Chuyên viên Văn phòng thứ hai"):
        statements.undo(document=document, by=people.po, at=noon)
    assert dump(Statement) == before


def test_a_form_opened_on_older_words_is_refused(document, ask, people, noon):
    seen = statements.stamp(ask)
    statements.correct(statement=ask, by=people.other_po, at=noon, speaker="tỉnh")
    for act in (statements.accept, statements.reject, statements.correct):
        with pytest.raises(NotNow):
            act(statement=ask, by=people.po, at=noon, seen=seen)


def test_an_old_number_with_other_words_is_seen_as_old(document, ask, people, noon):
    statements.correct(statement=ask, by=people.other_po, at=noon, speaker="tỉnh")
    ask.refresh_from_db()
    seen, version = statements.stamp(ask), ask.version
    statements.undo(document=document, by=people.other_po, at=noon)
    statements.correct(statement=ask, by=people.other_po, at=noon, speaker="sở")
    ask.refresh_from_db()
    assert ask.version == version
    with pytest.raises(NotNow):
        statements.accept(statement=ask, by=people.po, at=noon, seen=seen)


def test_settling_hundreds_takes_a_bounded_number_of_queries(
    make_document, people, noon, django_assert_max_num_queries
):
    text = "\n".join(f"Đề nghị tỉnh cấp kinh phí cho việc số {n}." for n in range(300))
    document = make_document(text=text)
    start = 0
    rows = []
    for line in text.split("\n"):
        rows.append(
            Statement(
                document=document,
                kind="recommendation",
                start=start,
                end=start + len(line),
                text=line,
                confidence=0.9,
            )
        )
        start += len(line) + 1
    Statement.objects.bulk_create(rows)
    with django_assert_max_num_queries(40):
        statements.accept_above(document=document, threshold=0.5, by=people.po, at=noon)
    assert Recommendation.objects.count() == 300
    with django_assert_max_num_queries(60):
        statements.undo(document=document, by=people.po, at=noon)
