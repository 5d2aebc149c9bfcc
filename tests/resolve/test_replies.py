"""Promises of drafting, signing, confirming and returning a reply."""

import threading
from datetime import date, timedelta

import pytest
from django.db import IntegrityError, connection, connections, transaction

from haicap.core.errors import BadInput, NotNow, NotYours
from haicap.people.models import Role
from haicap.resolve.actions import replies
from haicap.resolve.models import Case, Delivery, Reply, Voice
from haicap.resolve.policies import Stale
from haicap.resolve.states import SOLVED, CaseState, OutcomeClass, ReplyState
from tests.steps import LETTER, lines
from tests.world import NOON, person


pytestmark = pytest.mark.usefixtures("in_english")


def save(case, by, *, version=0, text="Tỉnh đang xem xét.", **values):
    return replies.save_draft(
        case=case, version=version, text=text, by=by, at=NOON, **values
    )


def send(case, by, *, version=1, **values):
    return replies.send(case=case, version=version, by=by, at=NOON, **LETTER | values)


# Draft


def test_a_draft_keeps_what_was_typed(people, steps):
    case = steps.assigned()
    reply = save(case, people.do, outcome_class="will_solve", contact="Phòng Tổ chức")
    assert (reply.state, reply.version) == (ReplyState.DRAFT, 1)
    assert (reply.text, reply.contact) == ("Tỉnh đang xem xét.", "Phòng Tổ chức")
    assert reply.drafted_by == people.do


def test_a_draft_may_still_lack_everything_but_words(people, steps):
    assert save(steps.assigned(), people.do, text="").outcome_class == ""


def test_a_saved_draft_is_a_line_without_its_words(people, steps):
    case = steps.assigned()
    save(case, people.do, text="chưa công khai")
    (line,) = lines("reply_drafted")
    assert line.subject_id == case.pk
    assert "chưa công khai" not in line.body


def test_the_same_draft_again_changes_nothing(people, steps):
    case = steps.assigned()
    save(case, people.do)
    assert save(case, people.do, version=1).version == 1
    assert len(lines("reply_drafted")) == 1


def test_a_stale_draft_overwrites_nothing(people, steps):
    case = steps.assigned()
    save(case, people.do)
    save(case, people.dh, version=1, text="Bản của lãnh đạo")
    with pytest.raises(Stale):
        save(case, people.do, version=1, text="Bản cũ sửa tiếp")
    assert Reply.objects.get().text == "Bản của lãnh đạo"


def test_a_second_first_draft_is_stale_too(people, steps):
    case = steps.assigned()
    save(case, people.do)
    with pytest.raises(Stale):
        save(case, people.dh, version=0, text="Bản thứ hai")


def test_only_the_lead_agency_drafts(people, steps, everybody):
    case = steps.assigned()
    for each in everybody("do", "dh"):
        with pytest.raises(NotYours):
            save(case, each)
    assert not Reply.objects.exists()


@pytest.mark.parametrize("state", [CaseState.REPLIED])
def test_a_case_that_is_not_with_an_agency_gets_no_draft(people, make_case, state):
    with pytest.raises(NotNow, match="Only a case that is with an agency"):
        save(make_case(state=state), people.do)


def test_who_hands_a_draft_on_stands_for_its_words(people, steps):
    case = steps.drafted(by=people.dh)
    with pytest.raises(NotYours):
        send(case, people.dh)
    reply = replies.hand_on(case=case, version=1, by=people.do, at=NOON)
    assert reply.handed_on_at == NOON
    send(case, people.dh, version=2)


def test_a_changed_draft_has_to_be_handed_on_again(people, steps):
    case = steps.drafted()
    replies.hand_on(case=case, version=1, by=people.do, at=NOON)
    assert save(case, people.do, version=2, text="Sửa lại").handed_on_at is None


def test_an_empty_draft_is_not_handed_on(people, steps):
    case = steps.assigned()
    with pytest.raises(NotNow):
        replies.hand_on(case=case, version=0, by=people.do, at=NOON)


def test_a_draft_is_not_handed_on_unread(people, steps):
    case = steps.drafted()
    save(case, people.dh, version=1, text="Bản của lãnh đạo")
    with pytest.raises(Stale):
        replies.hand_on(case=case, version=1, by=people.do, at=NOON)


def test_a_sent_reply_is_not_handed_on_again(people, steps):
    case, _reply = steps.sent()
    with pytest.raises(NotNow, match="Only a case that is with an agency"):
        replies.hand_on(case=case, version=2, by=people.do, at=NOON)


def test_only_the_lead_agency_hands_on(steps, everybody):
    case = steps.drafted()
    for each in everybody("do", "dh"):
        with pytest.raises(NotYours):
            replies.hand_on(case=case, version=1, by=each, at=NOON)


# Send


def test_a_reply_hands_the_case_back_to_the_office(people, steps):
    case = steps.drafted()
    reply = send(case, people.dh)
    case.refresh_from_db()
    assert case.state == CaseState.REPLIED
    assert (reply.state, reply.sent_by, reply.sent_at) == ("sent", people.dh, NOON)
    assert not Delivery.objects.exists()


def test_a_sent_reply_is_one_line_of_the_ledger(people, steps):
    case, reply = steps.sent()
    (line,) = lines("reply_sent")
    assert line.subject_id == case.pk
    assert line.by_id == people.dh.pk
    assert line.data["number"] == reply.number


def test_only_the_head_of_the_lead_agency_sends(steps, everybody):
    case = steps.drafted()
    for each in everybody("dh"):
        with pytest.raises(NotYours):
            send(case, each)
    case.refresh_from_db()
    assert case.state == CaseState.ASSIGNED


def test_who_wrote_a_reply_does_not_sign_it(people, steps):
    case = steps.drafted(by=people.dh)
    with pytest.raises(NotYours, match="Another person"):
        send(case, people.dh)


def test_sending_twice_sends_once(people, steps):
    case, _reply = steps.sent()
    with pytest.raises(NotNow, match="Only a case that is with an agency"):
        send(case, people.dh, version=2)
    assert len(lines("reply_sent")) == 1


def test_a_head_never_signs_words_he_did_not_read(people, steps):
    case = steps.drafted()
    save(case, people.do, version=1, text="Đổi vào phút cuối")
    with pytest.raises(Stale):
        send(case, people.dh, version=1)


@pytest.mark.parametrize(
    "missing",
    [
        {"number": " "},
        {"issued_on": None},
        {"issued_on": date(2026, 1, 8)},
        {"outcome_class": ""},
        {"outcome_class": "duplicate"},
    ],
)
def test_a_reply_needs_a_number_a_date_and_a_class(people, steps, missing):
    case = steps.drafted()
    with pytest.raises(BadInput):
        send(case, people.dh, **missing)
    assert Reply.objects.get().state == ReplyState.DRAFT


@pytest.mark.parametrize("outcome_class", SOLVED)
def test_solved_needs_its_product(people, steps, outcome_class):
    case = steps.drafted()
    with pytest.raises(BadInput, match="product"):
        send(case, people.dh, outcome_class=outcome_class)
    reply = send(case, people.dh, outcome_class=outcome_class, products="QĐ 12/QĐ-UBND")
    assert reply.products == "QĐ 12/QĐ-UBND"


def test_forwarded_needs_the_body_and_the_document(people, steps):
    case = steps.drafted()
    forwarded = {"outcome_class": OutcomeClass.OUT_OF_COMPETENCE}
    for part in ({}, {"forwarded_to": "Bộ Nội vụ"}, {"forwarding_document": "12/TTr"}):
        with pytest.raises(BadInput, match="Forwarded"):
            send(case, people.dh, **forwarded, **part)
    send(
        case,
        people.dh,
        **forwarded,
        forwarded_to="Bộ Nội vụ",
        forwarding_document="12/TTr-UBND",
    )


def test_rows_that_lack_what_their_class_needs_cannot_exist(steps):
    _case, reply = steps.sent()
    for values in (
        {"outcome_class": "solved_execution"},
        {"outcome_class": "out_of_competence_forwarded"},
        {"number": ""},
        {"issued_on": None},
    ):
        with pytest.raises(IntegrityError), transaction.atomic():
            Reply.objects.filter(pk=reply.pk).update(**values)


@pytest.mark.django_db(transaction=True)
def test_two_heads_who_send_at_once_send_one_reply(people, steps):
    if connection.vendor != "postgresql":
        pytest.skip("SQLite lets one transaction write at a time by itself")
    second = person(Role.DEPARTMENT_HEAD, agency=people.home)
    # Unguarded, one race in three passed: so six.
    for number in range(1, 7):
        case = steps.drafted()
        results, gate = [], threading.Barrier(2)

        def run(by, case=case, results=results, gate=gate):
            gate.wait()
            try:
                results.append(send(Case.objects.get(pk=case.pk), by).pk)
            except (NotNow, Stale) as refusal:
                results.append(refusal)
            finally:
                connections.close_all()

        heads = (people.dh, second)
        threads = [threading.Thread(target=run, args=(by,)) for by in heads]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        assert sum(isinstance(each, int) for each in results) == 1
        assert Reply.objects.filter(state=ReplyState.SENT).count() == number
        assert len(lines("reply_sent")) == number


# Confirm


def test_a_confirmed_reply_reaches_every_author_exactly_once(
    people, steps, make_recommendation
):
    case, reply = steps.sent(units=[people.binh_minh, people.kim_dong])
    again = make_recommendation("đề nghị thêm người", unit=people.binh_minh)
    Voice.objects.create(case=case, recommendation=again, joined_at=NOON)
    replies.confirm(reply=reply, by=people.po, at=NOON)
    reached = Delivery.objects.values_list("unit_id", flat=True)
    assert sorted(reached) == sorted([people.binh_minh.pk, people.kim_dong.pk])


def test_words_of_no_unit_in_particular_reach_nobody_by_mistake(
    people, steps, make_recommendation
):
    case, reply = steps.sent()
    collective = make_recommendation("các xã đề nghị")
    collective.unit = None
    collective.save()
    Voice.objects.create(case=case, recommendation=collective, joined_at=NOON)
    replies.confirm(reply=reply, by=people.po, at=NOON)
    assert Delivery.objects.get().unit == people.binh_minh


def test_a_confirmed_reply_answers_the_case(people, steps):
    case, reply = steps.answered()
    assert case.state == CaseState.ANSWERED
    assert (case.answered_at, case.outcome_class) == (NOON, "in_progress_roadmap")
    assert (reply.state, reply.confirmed_by) == (ReplyState.CONFIRMED, people.po)
    (line,) = lines("reply_confirmed")
    assert line.data["delivered_to"] == [people.binh_minh.code]


def test_answered_is_not_solved(steps):
    case, _reply = steps.answered()
    assert (case.is_answered, case.is_solved) == (True, False)
    assert Case.objects.answered().contains(case)
    assert not Case.objects.solved().contains(case)


def test_solved_is_answered_as_well(steps):
    done = {"outcome_class": "solved_execution", "products": "Đã cấp 2 máy quét"}
    case, _reply = steps.answered(done)
    assert (case.is_answered, case.is_solved) == (True, True)


def test_only_the_office_confirms_or_returns(steps, everybody):
    _case, reply = steps.sent()
    for each in everybody("po"):
        with pytest.raises(NotYours):
            replies.confirm(reply=reply, by=each, at=NOON)
        with pytest.raises(NotYours):
            replies.send_back(reply=reply, reason="Thiếu", by=each, at=NOON)


def test_who_sent_a_reply_does_not_confirm_it(people, steps):
    people.dh.posts.create(
        role=Role.OFFICE, agency=people.home, starts_on=date(2025, 7, 1)
    )
    _case, reply = steps.sent()
    with pytest.raises(NotYours, match="Another person"):
        replies.confirm(reply=reply, by=people.dh, at=NOON)


def test_who_wrote_a_reply_does_not_confirm_it(people, steps):
    people.do.posts.create(
        role=Role.OFFICE, agency=people.home, starts_on=date(2025, 7, 1)
    )
    _case, reply = steps.sent()
    with pytest.raises(NotYours, match="Another person"):
        replies.confirm(reply=reply, by=people.do, at=NOON)


def test_the_office_may_change_the_class_with_a_reason(people, steps):
    case, reply = steps.sent()
    with pytest.raises(BadInput):
        replies.confirm(
            reply=reply, outcome_class="explained", reason="", by=people.po, at=NOON
        )
    replies.confirm(
        reply=reply,
        outcome_class="explained",
        reason="Không có mốc thời gian",
        by=people.po,
        at=NOON,
    )
    case.refresh_from_db()
    assert case.outcome_class == "explained"
    (line,) = lines("reply_confirmed")
    assert line.data["class_before"] == "in_progress_roadmap"
    assert line.data["reason"] == "Không có mốc thời gian"


def test_the_office_cannot_call_it_solved_without_a_product(people, steps):
    _case, reply = steps.sent()
    with pytest.raises(BadInput, match="product"):
        replies.confirm(
            reply=reply,
            outcome_class="solved_execution",
            reason="Đã xong",
            by=people.po,
            at=NOON,
        )


def test_confirming_twice_delivers_once(people, steps):
    _case, reply = steps.answered()
    with pytest.raises(NotNow):
        replies.confirm(reply=reply, by=people.po, at=NOON)
    assert Delivery.objects.count() == 1


# Return


def test_a_returned_reply_becomes_a_fresh_draft_of_the_same_words(people, steps):
    case, reply = steps.sent()
    draft = replies.send_back(
        reply=reply, reason="Thiếu mốc thời gian", by=people.po, at=NOON
    )
    case.refresh_from_db()
    reply.refresh_from_db()
    assert case.state == CaseState.ASSIGNED
    assert reply.state == ReplyState.RETURNED
    assert reply.returned_reason == "Thiếu mốc thời gian"
    assert (draft.state, draft.text, draft.number) == (
        "draft",
        reply.text,
        reply.number,
    )
    (line,) = lines("reply_returned")
    assert line.data["reason"] == "Thiếu mốc thời gian"


def test_returning_needs_a_reason(people, steps):
    _case, reply = steps.sent()
    with pytest.raises(BadInput):
        replies.send_back(reply=reply, reason="", by=people.po, at=NOON)


def test_a_returned_reply_is_not_confirmed_any_more(people, steps):
    _case, reply = steps.sent()
    replies.send_back(reply=reply, reason="Thiếu", by=people.po, at=NOON)
    with pytest.raises(NotNow):
        replies.confirm(reply=reply, by=people.po, at=NOON)


def test_a_returned_case_keeps_its_last_day(people, steps):
    case, reply = steps.sent()
    before = case.due_on
    replies.send_back(
        reply=reply, reason="Thiếu", by=people.po, at=NOON + timedelta(days=30)
    )
    case.refresh_from_db()
    assert case.due_on == before


# Who sees


def test_a_draft_is_seen_by_its_agency_alone(people, steps):
    steps.drafted()
    seers = [people.do, people.dh]
    others = [people.co, people.cl, people.other_do, people.po, people.pl, people.au]
    assert all(Reply.objects.visible_to(each).exists() for each in seers)
    assert not any(Reply.objects.visible_to(each).exists() for each in others)


def test_an_unconfirmed_reply_has_not_reached_the_communes(people, steps):
    steps.sent()
    assert Reply.objects.visible_to(people.po).exists()
    assert Reply.objects.visible_to(people.other_do).exists()  # coordinates
    assert not Reply.objects.visible_to(people.co).exists()


def test_a_confirmed_reply_is_seen_by_its_authors_and_no_other_commune(people, steps):
    steps.answered()
    assert Reply.objects.visible_to(people.co).exists()
    assert not Reply.objects.visible_to(people.other_co).exists()
