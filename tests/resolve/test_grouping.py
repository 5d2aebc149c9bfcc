"""Putting together and taking apart: nobody's voice is lost, every step can go back."""

import pytest
from django.forms.models import model_to_dict

from haicap.core.errors import BadInput, NotNow, NotYours
from haicap.ledger.models import Event
from haicap.resolve.actions import grouping
from haicap.resolve.integrity import lost_voices
from haicap.resolve.models import Case, Regrouping, Voice
from haicap.resolve.states import CaseState


def dump():
    """Every byte of the rows that grouping may touch."""
    cases = [row for row in Case.objects.order_by("pk").values()]
    voices = [row for row in Voice.objects.order_by("pk").values()]
    return cases, voices


def authors():
    return sorted(Voice.objects.values_list("recommendation__unit__name", flat=True))


def test_one_case_carries_every_voice(people, make_recommendation, noon):
    asks = [
        make_recommendation(unit=unit) for unit in (people.binh_minh, people.kim_dong)
    ]
    case = grouping.gather(
        recommendations=asks, title="Thiếu công chức", by=people.po, at=noon
    )
    assert {unit.pk for unit in case.units()} == {
        people.binh_minh.pk,
        people.kim_dong.pk,
    }
    assert case.field == "staffing"
    assert Event.objects.last().kind == "case_opened"


def test_a_case_without_a_title_is_named_after_the_words_of_the_first_ask(
    people, make_recommendation, noon
):
    ask = make_recommendation(text="bổ sung biên chế công chức địa chính")
    case = grouping.gather(recommendations=[ask], by=people.po, at=noon)
    assert case.title == "Bổ sung biên chế công chức địa chính"
    long = make_recommendation(text="đề nghị tỉnh hỗ trợ kinh phí " * 20)
    case = grouping.gather(recommendations=[long], by=people.po, at=noon)
    assert case.title.startswith("Đề nghị tỉnh hỗ trợ kinh phí đề nghị")
    assert set(case.title.removesuffix("…").split()[1:]) <= set(long.text.split())
    assert len(case.title) <= 300


def test_a_new_ask_joins_a_case(people, make_case, make_recommendation, noon):
    case = make_case()
    ask = make_recommendation(unit=people.kim_dong)
    grouping.gather(recommendations=[ask], case=case, by=people.po, at=noon)
    assert case.voices.count() == 2


def test_an_ask_is_in_one_case_only(people, make_case, noon):
    case = make_case()
    ask = case.voices.get().recommendation
    with pytest.raises(NotNow, match="KN-"):
        grouping.gather(recommendations=[ask], by=people.po, at=noon)


def test_merging_keeps_every_author(people, make_case, noon):
    first, second = make_case(), make_case(units=[people.kim_dong])
    before = authors()
    grouping.merge(into=first, others=[second], by=people.po, at=noon)
    second.refresh_from_db()
    assert authors() == before
    assert second.state == CaseState.MERGED
    assert second.merged_into == first
    assert first.voices.count() == 2
    assert not list(lost_voices())


def test_a_voice_may_leave_for_a_case_of_its_own(people, make_case, noon):
    case = make_case(units=[people.binh_minh, people.kim_dong])
    new = grouping.split(
        case=case,
        voices=[case.voices.last()],
        title="Máy đo địa chính",
        by=people.po,
        at=noon,
    )
    assert (case.voices.count(), new.voices.count()) == (1, 1)


def test_a_split_needs_words_and_leaves_somebody(people, make_case, noon):
    case = make_case(units=[people.binh_minh, people.kim_dong])
    voices = list(case.voices.all())
    with pytest.raises(BadInput):
        grouping.split(case=case, voices=voices, title="Khác", by=people.po, at=noon)
    with pytest.raises(BadInput):
        grouping.split(case=case, voices=voices[:1], title=" ", by=people.po, at=noon)


def test_a_voice_moves_to_another_case(people, make_case, noon):
    source = make_case(units=[people.binh_minh, people.kim_dong])
    target = make_case()
    grouping.move(voices=[source.voices.last()], to=target, by=people.po, at=noon)
    assert (source.voices.count(), target.voices.count()) == (1, 2)


@pytest.mark.parametrize("verb", ["gather", "join", "merge", "split", "move"])
def test_each_step_is_undone_to_the_byte(
    verb, people, make_case, make_recommendation, noon
):
    first = make_case(units=[people.binh_minh, people.kim_dong])
    second = make_case()
    ask = make_recommendation()
    before = dump()
    steps = {
        "gather": lambda: grouping.gather(recommendations=[ask], by=people.po, at=noon),
        "join": lambda: grouping.gather(
            recommendations=[ask], case=first, by=people.po, at=noon
        ),
        "merge": lambda: grouping.merge(
            into=first, others=[second], by=people.po, at=noon
        ),
        "split": lambda: grouping.split(
            case=first,
            voices=[first.voices.last()],
            title="Việc khác",
            by=people.po,
            at=noon,
        ),
        "move": lambda: grouping.move(
            voices=[first.voices.last()], to=second, by=people.po, at=noon
        ),
    }
    steps[verb]()
    assert dump() != before
    step = Regrouping.objects.get()
    grouping.undo(regrouping=step, by=people.po, at=noon)
    assert dump() == before
    assert Event.objects.last().kind == "regrouping_undone"
    with pytest.raises(NotNow):
        grouping.undo(regrouping=step, by=people.po, at=noon)


def test_an_earlier_step_waits_for_the_later_one(people, make_case, noon):
    first, second, third = make_case(), make_case(), make_case()
    grouping.merge(into=first, others=[second], by=people.po, at=noon)
    merge = Regrouping.objects.get()
    grouping.merge(into=third, others=[first], by=people.po, at=noon)
    with pytest.raises(NotNow):
        grouping.undo(regrouping=merge, by=people.po, at=noon)
    grouping.undo(regrouping=Regrouping.objects.first(), by=people.po, at=noon)
    grouping.undo(regrouping=merge, by=people.po, at=noon)
    assert second.voices.count() == 1


def test_a_case_with_a_reply_keeps_its_voices(people, make_case, noon):
    answered = make_case(
        state=CaseState.ANSWERED, answered_at=noon, outcome_class="explained"
    )
    with pytest.raises(NotNow, match=answered.code):
        grouping.merge(into=make_case(), others=[answered], by=people.po, at=noon)


@pytest.mark.parametrize("role", ["co", "cl", "do", "dh", "pl", "au", "sa"])
def test_only_the_office_groups(role, people, make_case, make_recommendation, noon):
    by = getattr(people, role)
    case = make_case(units=[people.binh_minh, people.kim_dong])
    other, voice = make_case(), case.voices.last()
    for verb in (
        lambda: grouping.gather(
            recommendations=[make_recommendation()], by=by, at=noon
        ),
        lambda: grouping.merge(into=case, others=[other], by=by, at=noon),
        lambda: grouping.split(case=case, voices=[voice], title="X", by=by, at=noon),
        lambda: grouping.move(voices=[voice], to=other, by=by, at=noon),
        lambda: grouping.rename(case=case, title="X", version=1, by=by, at=noon),
    ):
        before = dump()[0]
        with pytest.raises(NotYours):
            verb()
        assert dump()[0] == before


def test_the_search_form_follows_the_title(people, make_case, noon):
    case = make_case()
    case = grouping.rename(
        case=case, title="Đảng uỷ thiếu người", version=1, by=people.po, at=noon
    )
    assert model_to_dict(case)["title"] == "Đảng uỷ thiếu người"
    assert Case.objects.get(pk=case.pk).search == "dang uy thieu nguoi"
