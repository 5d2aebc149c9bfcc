"""The page of one case: every name behind it, few questions, no more than one may see."""

import pytest
from django.urls import reverse
from django.utils.translation import override

from haicap.desk.queries_case import history
from haicap.ledger.models import Kind
from haicap.ledger.record import record
from haicap.places.models import Unit
from haicap.resolve.states import CaseState


@pytest.fixture
def wide_case(make_case):
    """Fourteen communes say the same."""
    units = list(Unit.objects.commune_level().exclude(name="Xã Bình Minh")[:13])
    own = Unit.objects.get(name="Xã Bình Minh")
    return make_case(units=[own, *units], state=CaseState.ASSIGNED)


@pytest.mark.parametrize("role", ["po", "pl", "do", "dh", "au"])
def test_the_page_names_every_commune_behind_the_case(role, people, wide_case, as_):
    page = as_(getattr(people, role)).get(wide_case.get_absolute_url())
    words = page.content.decode()
    for name in wide_case.units().values_list("name", flat=True):
        assert name in words


def test_a_commune_reads_how_many_others_say_so_not_what(people, wide_case, as_):
    words = as_(people.co).get(wide_case.get_absolute_url()).content.decode()
    others = wide_case.units().exclude(pk=people.binh_minh.pk)
    assert people.binh_minh.name in words
    assert not any(name in words for name in others.values_list("name", flat=True))


@pytest.mark.parametrize("role", ["po", "pl", "do", "dh", "co", "cl", "au"])
@pytest.mark.parametrize("state", ["assigned", "drafted", "sent", "answered"])
def test_a_case_asks_few_questions(
    role, state, people, steps, as_, django_assert_max_num_queries
):
    found = getattr(steps, state)(units=[people.binh_minh, people.kim_dong])
    case = found[0] if isinstance(found, tuple) else found
    client = as_(getattr(people, role))
    url = reverse("desk:case", args=[case.pk])
    client.get(url)
    with django_assert_max_num_queries(10):
        client.get(url)


def test_a_draft_saved_again_and_again_is_one_line_of_the_history(
    people, make_case, noon
):
    case = make_case(state=CaseState.ASSIGNED)
    for who in (people.do, people.do, people.do, people.dh):
        record(Kind.REPLY_DRAFTED, subject=case, by=who, at=noon)
    with override("vi"):
        titles = [line.title for line in history(case, everything=True)]
    assert titles == ["Lưu dự thảo trả lời", "Lưu dự thảo trả lời · 3 lần"]
