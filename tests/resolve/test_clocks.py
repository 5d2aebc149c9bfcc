"""Promises of a case's clock: stopped, let run on, given more time, never by hand."""

from datetime import date, datetime, timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from haicap.core.errors import BadInput, NotNow, NotYours
from haicap.places.workdays import calendar
from haicap.resolve.actions import clocks, replies
from haicap.resolve.clocks import clock_of, histories, kept_of
from haicap.resolve.due import due_of
from haicap.resolve.integrity import differing_clocks
from haicap.resolve.models import Case, Extension, ExtensionVerdict, Pause
from haicap.resolve.queries_work import work_on
from haicap.resolve.states import CaseState
from tests.steps import LETTER, lines
from tests.world import NOON, key


LETTER_DOC = "Công văn số 9/SNV-VP"
DUE = date(2026, 1, 20)
DAY = timedelta(days=1)


def stop(case, by, at=NOON + DAY, reason="opinion", reference=LETTER_DOC):
    return clocks.stop(case=case, reason=reason, reference=reference, by=by, at=at)


def ask(case, by, until=date(2026, 1, 30), at=NOON + DAY, reason="Chờ số liệu"):
    return clocks.ask_extension(case=case, until=until, reason=reason, by=by, at=at)


def grant(case, by, at=NOON + DAY, reference="Công văn số 12/UBND", **values):
    return clocks.grant_extension(
        case=case, reference=reference, by=by, at=at, **values
    )


def kept(case):
    case.refresh_from_db()
    return case.due_on, case.paused_on, case.late_days


def faults():
    return list(differing_clocks(timezone.now()))


# Stop and run on


@pytest.mark.parametrize("role", ["dh", "po"])
def test_a_stopped_clock_has_no_last_day(people, steps, role):
    case = steps.assigned()
    stop(case, getattr(people, role))
    assert kept(case) == (None, date(2026, 1, 8), 0)
    (line,) = lines("clock_stopped")
    assert line.data["reference"] == LETTER_DOC
    assert line.data["due_on"] == "2026-01-20"


def test_what_was_left_at_the_stop_is_left_when_it_runs_on(people, steps):
    case = steps.assigned()
    stop(case, people.dh)
    clocks.resume(case=case, by=people.po, at=NOON + 6 * DAY)
    # 9, 12 and 13 January, and Saturday the 10th, which was worked: four days later.
    assert kept(case) == (date(2026, 1, 26), None, 0)
    assert len(lines("clock_resumed")) == 1


def test_a_stop_taken_back_the_same_day_has_changed_nothing(people, steps):
    case = steps.assigned()
    stop(case, people.dh)
    clocks.resume(case=case, by=people.dh, at=NOON + DAY + timedelta(minutes=3))
    assert kept(case) == (DUE, None, 0)


def test_a_stop_after_the_last_day_changes_nothing(people, steps):
    case = steps.assigned()
    stop(case, people.dh, at=NOON + 20 * DAY)
    assert kept(case) == (DUE, None, 0)
    assert case.is_overdue(on=date(2026, 1, 27))
    with pytest.raises(NotNow):
        stop(case, people.dh, at=NOON + 21 * DAY)


@pytest.mark.parametrize("bad", [{"reason": "weather"}, {"reference": "  "}])
def test_a_stop_says_why_and_by_which_document(people, steps, bad):
    case = steps.assigned()
    with pytest.raises(BadInput):
        stop(case, people.dh, **bad)
    assert not Pause.objects.exists()


def test_a_clock_is_not_stopped_twice(people, steps):
    case = steps.assigned()
    stop(case, people.dh)
    with pytest.raises(NotNow):
        stop(case, people.po)
    assert len(lines("clock_stopped")) == 1


def test_a_clock_that_runs_is_not_let_run_on(people, steps):
    with pytest.raises(NotNow):
        clocks.resume(case=steps.assigned(), by=people.dh, at=NOON)


def test_only_the_clock_of_a_case_with_an_agency_is_touched(people, steps):
    case, _reply = steps.answered()
    for act in (
        lambda: stop(case, people.dh),
        lambda: clocks.resume(case=case, by=people.dh, at=NOON),
        lambda: ask(case, people.dh),
        lambda: grant(case, people.pl),
        lambda: clocks.refuse_extension(
            case=case, answer="Không", by=people.pl, at=NOON
        ),
    ):
        with pytest.raises(NotNow):
            act()


def test_a_reply_ends_a_pause_for_nobody_is_waited_for(people, steps):
    case = steps.drafted()
    stop(case, people.dh)
    replies.send(case=case, version=1, by=people.dh, at=NOON + 2 * DAY, **LETTER)
    pause = Pause.objects.get()
    assert pause.resumed_at == NOON + 2 * DAY
    assert lines("reply_sent")[0].data["resumed"] == pause.pk
    assert kept(case)[1] is None


# More time


def test_more_time_is_asked_with_a_reason_and_waits(people, steps):
    case = steps.assigned()
    request = ask(case, people.dh)
    assert request.verdict == ExtensionVerdict.PENDING
    assert kept(case) == (DUE, None, 0)
    assert lines("extension_asked")[0].data["until"] == "2026-01-30"


def test_more_time_given_before_the_last_day_replaces_it(people, steps):
    case = steps.assigned()
    ask(case, people.dh)
    grant(case, people.pl)
    assert kept(case) == (date(2026, 1, 30), None, 0)
    (line,) = lines("extension_granted")
    assert (line.data["due_before"], line.data["due_on"]) == (
        "2026-01-20",
        "2026-01-30",
    )


def test_more_time_given_too_late_erases_no_late_day(people, steps):
    case = steps.assigned()
    ask(case, people.dh, at=NOON + 15 * DAY, until=date(2026, 1, 30))
    grant(case, people.pl, at=NOON + 15 * DAY)
    assert kept(case) == (date(2026, 1, 30), None, 2)
    words = due_of(case, on=date(2026, 1, 23), days=calendar()).words
    assert words == "Được gia hạn, từng quá hạn 2 ngày làm việc"


def test_a_refusal_leaves_the_last_day_and_says_why(people, steps):
    case = steps.assigned()
    ask(case, people.dh)
    clocks.refuse_extension(case=case, answer="Việc gấp", by=people.pl, at=NOON + DAY)
    assert kept(case) == (DUE, None, 0)
    assert lines("extension_refused")[0].data["answer"] == "Việc gấp"
    ask(case, people.dh)  # and it may be asked again


@pytest.mark.parametrize(
    "until", [None, DUE, date(2026, 1, 9), date(2090, 1, 10)], ids=str
)
def test_the_new_last_day_is_later_and_known_to_the_calendar(people, steps, until):
    case = steps.assigned()
    with pytest.raises(BadInput):
        ask(case, people.dh, until=until)
    assert not Extension.objects.exists()


def test_a_new_last_day_does_not_lie_behind_us(people, steps):
    case = steps.assigned()
    with pytest.raises(BadInput):
        ask(case, people.dh, until=date(2026, 1, 22), at=NOON + 20 * DAY)


def test_one_request_waits_at_a_time(people, steps):
    case = steps.assigned()
    ask(case, people.dh)
    with pytest.raises(NotNow):
        ask(case, people.dh)


def test_a_case_without_a_last_day_needs_no_more_time(people, steps, make_case):
    with pytest.raises(NotNow):
        ask(make_case(state=CaseState.ASSIGNED), people.dh)


def test_a_clock_that_stands_still_gets_no_more_time(people, steps):
    case = steps.assigned()
    ask(case, people.dh)
    stop(case, people.dh)
    with pytest.raises(NotNow):
        grant(case, people.pl)
    clocks.refuse_extension(case=case, answer="Đang dừng", by=people.pl, at=NOON + DAY)
    with pytest.raises(NotNow):
        ask(case, people.dh)


def test_a_decision_answers_the_request_that_was_read(people, steps):
    case = steps.assigned()
    first = ask(case, people.dh)
    clocks.refuse_extension(case=case, answer="Không", by=people.pl, at=NOON + DAY)
    ask(case, people.dh, until=date(2026, 2, 27))
    with pytest.raises(NotNow):
        grant(case, people.pl, read=first.pk)
    assert kept(case)[0] == DUE


def test_a_request_names_its_reason_and_a_decision_its_document(people, steps):
    case = steps.assigned()
    with pytest.raises(BadInput):
        ask(case, people.dh, reason=" ")
    ask(case, people.dh)
    with pytest.raises(BadInput):
        grant(case, people.pl, reference=" ")
    with pytest.raises(BadInput):
        clocks.refuse_extension(case=case, answer=" ", by=people.pl, at=NOON)


# Who may


def test_only_the_leads_head_and_the_office_stop_a_clock(people, steps, everybody):
    case = steps.assigned()
    for each in everybody("dh", "po"):
        with pytest.raises(NotYours):
            stop(case, each)
    stop(case, people.dh)
    for each in everybody("dh", "po"):
        with pytest.raises(NotYours):
            clocks.resume(case=case, by=each, at=NOON + DAY)


def test_only_the_leads_head_asks_for_more_time(people, steps, everybody):
    case = steps.assigned()
    for each in everybody("dh"):
        with pytest.raises(NotYours):
            ask(case, each)


def test_only_a_leader_of_the_province_decides_on_more_time(people, steps, everybody):
    case = steps.assigned()
    ask(case, people.dh)
    for each in everybody("pl"):
        with pytest.raises(NotYours):
            grant(case, each)
        with pytest.raises(NotYours):
            clocks.refuse_extension(case=case, answer="Không", by=each, at=NOON)


# What is kept


def test_what_a_case_keeps_is_what_its_history_comes_to(people, steps):
    case = steps.drafted()
    stop(case, people.dh)
    clocks.resume(case=case, by=people.dh, at=NOON + 3 * DAY)
    ask(case, people.dh)
    grant(case, people.pl, at=NOON + 4 * DAY)
    reply = replies.send(
        case=case, version=1, by=people.dh, at=NOON + 5 * DAY, **LETTER
    )
    replies.send_back(reply=reply, reason="Thiếu", by=people.po, at=NOON + 6 * DAY)
    case.refresh_from_db()
    told = kept_of(clock_of(case, calendar()))
    assert kept(case) == (told.due_on, told.paused_on, told.late_days)
    assert faults() == []


@pytest.mark.parametrize(
    "lie", [{"due_on": date(2026, 2, 2)}, {"paused_on": DUE}, {"late_days": 3}], ids=str
)
def test_the_check_names_a_case_that_keeps_another_thing(people, steps, lie):
    case = steps.assigned()
    assert faults() == []
    Case.objects.filter(pk=case.pk).update(**lie)
    (fault,) = faults()
    assert fault.startswith(case.code)


@pytest.mark.parametrize("how", ["stopped", "late", "reported"])
def test_the_check_knows_a_clock_that_is_not_done(people, steps, how, clock):
    case = steps.drafted()
    if how == "stopped":
        stop(case, people.dh, at=NOON)
    if how == "reported":
        replies.send(case=case, version=1, by=people.dh, at=NOON, **LETTER)
    clock.move_to(NOON + 30 * DAY)
    assert faults() == []
    Case.objects.filter(pk=case.pk).update(late_days=6)
    assert len(faults()) == 1


def test_a_case_that_no_agency_ever_had_keeps_nothing(people, make_case):
    case = make_case()
    assert faults() == []
    Case.objects.filter(pk=case.pk).update(late_days=1)
    assert len(faults()) == 1


def test_the_check_names_a_history_that_cannot_be(people, steps, clock):
    case = steps.assigned()
    Pause.objects.create(
        case=case,
        reason="opinion",
        reference=LETTER_DOC,
        stopped_by=people.dh,
        stopped_at=NOON - DAY,  # before anything had started
    )
    (fault,) = faults()
    assert fault.startswith(case.code)
    # The page of the case still opens, with what the case keeps.
    assert work_on(case, people.po, date(2026, 1, 7)).due.date == DUE


def test_histories_ask_four_questions_however_many_cases(
    people, steps, django_assert_num_queries
):
    cases = [steps.answered()[0].pk for _number in range(4)]
    with django_assert_num_queries(4):
        histories(cases)


@pytest.mark.parametrize("near", [0, 100])
def test_histories_are_those_of_the_cases_asked_for_alone(
    people, steps, monkeypatch, near
):
    first, between, last = (steps.answered()[0].pk for _number in range(3))
    monkeypatch.setattr("haicap.resolve.clocks.NEAR", near)
    assert set(histories([first, last])) == {first, last}
    assert histories([first, last])[last] == histories([last])[last] != []
    assert histories([between])[between] and histories([]) == {}


# Words


def test_lists_and_the_page_say_the_same(people, steps):
    today = date(2026, 1, 23)
    running, paused, late = steps.assigned(), steps.assigned(), steps.assigned()
    stop(paused, people.dh)
    ask(late, people.dh, at=NOON + 15 * DAY)
    grant(late, people.pl, at=NOON + 15 * DAY)
    done, _reply = steps.answered()
    done_late, _reply = steps.answered({"issued_on": date(2026, 1, 7)})
    sent, _reply = steps.sent()
    for case in (running, paused, late, done, done_late, sent):
        case.refresh_from_db()
        listed = due_of(case, on=today, days=calendar())
        shown = work_on(case, people.po, today).due
        assert (listed.state, listed.words) == (shown.state, shown.words)


def test_the_count_names_stops_and_late_days(people, steps):
    case = steps.assigned()
    stop(case, people.dh)
    clocks.resume(case=case, by=people.dh, at=NOON + 6 * DAY)
    ask(case, people.dh, at=NOON + 20 * DAY, until=date(2026, 2, 6))
    grant(case, people.pl, at=NOON + 20 * DAY)
    due = work_on(case, people.pl, date(2026, 1, 28)).due
    assert any(LETTER_DOC in line.text for line in due.lines)
    assert any("12/UBND" in line.text for line in due.lines)
    assert [line.value for line in due.late] == [1]
    assert len(due.steps) == 4
    assert due.total is None  # days of two kinds are not added


# Through the addresses


FORMS = {
    "stop-clock": {"stop-reason": "opinion", "stop-reference": LETTER_DOC},
    "ask-extension": {"ask-until": "30/01/2026", "ask-reason": "Chờ số liệu"},
}


@pytest.mark.parametrize("name", sorted(FORMS))
def test_the_same_form_twice_has_one_effect(people, steps, as_, clock, name):
    case, client = steps.assigned(), as_(people.dh)
    form = {**FORMS[name], **key()}
    url = reverse(f"resolve:{name}", args=[case.pk])
    first, second = client.post(url, form), client.post(url, form)
    assert first.status_code == second.status_code == 302
    assert second.headers["Idempotent-Replay"] == "true"
    assert Pause.objects.count() + Extension.objects.count() == 1


def test_the_leader_gives_more_time_by_the_form(people, steps, as_, clock):
    case = steps.assigned()
    request = ask(case, people.dh, at=NOON)
    client = as_(people.pl)
    form = {"grant-read": request.pk, "grant-reference": "Công văn số 12", **key()}
    url = reverse("resolve:grant-extension", args=[case.pk])
    for _time in range(2):
        assert client.post(url, form).status_code == 302
    assert kept(case)[0] == date(2026, 1, 30)
    assert len(lines("extension_granted")) == 1


def test_the_leader_refuses_by_the_form_and_a_reason_is_asked_for(
    people, steps, as_, clock
):
    case = steps.assigned()
    request = ask(case, people.dh, at=NOON)
    client = as_(people.pl)
    url = reverse("resolve:refuse-extension", args=[case.pk])
    empty = client.post(url, {"refuse-read": request.pk, **key()})
    assert empty.status_code == 422
    form = {"refuse-read": request.pk, "refuse-answer": "Việc gấp", **key()}
    for _time in range(2):
        assert client.post(url, form).status_code == 302
    assert len(lines("extension_refused")) == 1


def test_a_clock_runs_on_by_the_form_once(people, steps, as_, clock):
    case = steps.assigned()
    stop(case, people.po, at=NOON)
    form, client = key(), as_(people.po)
    url = reverse("resolve:resume-clock", args=[case.pk])
    for _time in range(2):
        assert client.post(url, form).status_code == 302
    assert len(lines("clock_resumed")) == 1


def test_a_form_with_a_fault_keeps_what_was_typed(people, steps, as_, clock):
    case, client = steps.assigned(), as_(people.dh)
    url = reverse("resolve:ask-extension", args=[case.pk])
    form = {"ask-until": "19/01/2026", "ask-reason": "Chờ số liệu", **key()}
    answer = client.post(url, form)
    assert answer.status_code == 422
    assert "Chờ số liệu" in answer.text
    assert "phải sau ngày 20/01/2026" in answer.text
    url = reverse("resolve:stop-clock", args=[case.pk])
    answer = client.post(url, {"stop-reason": "opinion", **key()})
    assert answer.status_code == 422


# Pages


def test_the_page_offers_what_a_person_may_do(people, steps, as_, clock):
    case = steps.assigned()
    page = as_(people.dh).get(case.get_absolute_url()).text
    assert 'id="stop-clock"' in page
    assert 'id="ask"' in page
    assert 'id="stop-clock"' not in as_(people.co).get(case.get_absolute_url()).text
    ask(case, people.dh, at=NOON)
    assert 'id="grant"' in as_(people.pl).get(case.get_absolute_url()).text
    again = as_(people.dh).get(case.get_absolute_url()).text
    assert "Đã có một đề nghị gia hạn đang chờ lãnh đạo." in again
    stop(case, people.dh, at=NOON)
    page = as_(people.dh).get(case.get_absolute_url()).text
    assert "data-haicap-undo" in page  # taken back the same day
    assert "Tạm dừng từ" in page


@pytest.mark.parametrize("role", ["dh", "co", "pl", "po"])
def test_a_case_with_stops_and_requests_asks_no_more_questions(
    people, steps, as_, clock, django_assert_max_num_queries, role
):
    case = steps.drafted()
    stop(case, people.dh, at=NOON)
    clocks.resume(case=case, by=people.po, at=NOON)
    ask(case, people.dh, at=NOON)
    grant(case, people.pl, at=NOON)
    client = as_(getattr(people, role))
    client.get(case.get_absolute_url())
    with django_assert_max_num_queries(10):
        client.get(case.get_absolute_url())


@pytest.mark.parametrize("language", ["vi", "en"])
def test_the_count_is_printed_with_its_documents(people, steps, as_, clock, language):
    case = steps.assigned()
    stop(case, people.dh, at=NOON + timedelta(minutes=1))
    clocks.resume(case=case, by=people.po, at=NOON + 2 * DAY)
    clock.move_to(NOON + 3 * DAY)
    people.co.language = language
    people.co.save()
    client = as_(people.co)
    page = client.get(reverse("desk:case-due", args=[case.pk])).text
    assert LETTER_DOC in page
    words = {"vi": "Cách tính ngày cuối", "en": "How the last day is counted"}
    assert words[language] in page


def test_the_leaders_home_shows_requests_and_the_departments_its_answers(
    people, steps, as_, clock
):
    case, paused = steps.assigned(), steps.assigned()
    stop(paused, people.dh, at=NOON)
    ask(case, people.dh, at=NOON)
    assert "Đề nghị gia hạn chờ quyết định" in as_(people.pl).get("/").text
    clocks.refuse_extension(case=case, answer="Việc gấp", by=people.pl, at=NOON)
    assert "Đề nghị gia hạn chờ quyết định" not in as_(people.pl).get("/").text
    home = as_(people.dh).get("/").text
    assert "Việc gấp" in home
    assert "Hồ sơ đang tạm dừng tính hạn" in home


def test_lists_find_the_paused_and_those_that_ask(people, steps, as_, clock):
    asked, paused, plain = steps.assigned(), steps.assigned(), steps.assigned()
    stop(paused, people.dh, at=NOON)
    ask(asked, people.dh, at=NOON)
    clock.move_to(NOON + 30 * DAY)
    url = reverse("desk:cases")

    def found(due):
        page = as_(people.po).get(url, {"due": due}).text
        return {each for each in (asked, paused, plain) if each.code in page}

    assert found("paused") == {paused}
    assert found("asked") == {asked}
    assert found("late") == {asked, plain}
    assert found("none") == set()


def test_an_agencys_page_says_how_much_was_on_time(people, steps, as_, clock):
    url = reverse("desk:agency", args=[people.home.code])
    assert "chưa có việc nào đến hạn" in as_(people.po).get(url).text
    steps.answered()
    steps.answered()
    late, _reply = steps.answered()
    Case.objects.filter(pk=late.pk).update(late_days=2)
    steps.assigned()
    clock.move_to(NOON + 30 * DAY)
    page = as_(people.po).get(url).text
    assert "50 %" in page
    assert "2 đúng hạn, 1 xong muộn, 1 đang quá hạn" in page


def test_a_moment_is_taken_in_the_provinces_own_time(people, steps):
    case = steps.assigned()
    stop(case, people.dh, at=datetime(2026, 1, 8, 18, 0, tzinfo=NOON.tzinfo))
    assert kept(case)[1] == date(2026, 1, 9)
