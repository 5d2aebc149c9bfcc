"""Asks for the same thing come together; near misses stay apart."""

from haicap.core.text.group import Ask, MatterIndex, group


ASKS = [
    Ask(
        "a1",
        "đề nghị tỉnh hỗ trợ tiền xăng xe, ăn trưa cho cán bộ làm việc xa nhà",
        ("staff-policy",),
    ),
    Ask(
        "a2",
        "có chính sách hỗ trợ chi phí đi lại và cơm trưa cho công chức xa nơi ở",
        ("staff-policy",),
    ),
    Ask("b1", "nạo vét kênh tiêu Cà Mau và sông Trại trước vụ mùa", ("agriculture",)),
    Ask(
        "b2",
        "đề nghị Sở Nông nghiệp và Môi trường nạo vét kênh cấp II, sông Đồi",
        ("agriculture",),
    ),
    Ask("c1", "bổ sung bác sĩ và máy siêu âm cho trạm y tế xã", ("health", "staffing")),
    Ask("d1", "hỗ trợ tiền thuê nhà cho cán bộ biệt phái", ("staff-policy",)),
]


def test_the_same_ask_in_other_words_is_one_matter():
    assert [g.members for g in group(ASKS)] == [("a1", "a2"), ("b1", "b2")]


def test_a_group_says_why_it_is_one():
    first = group(ASKS)[0]
    assert ("field", "staff-policy") in first.why
    assert any(what == "word" for what, _words in first.why)
    assert 0 < first.score <= 1


def test_nobody_is_in_two_groups_and_order_does_not_matter():
    one = {frozenset(g.members) for g in group(ASKS)}
    other = {frozenset(g.members) for g in group(reversed(ASKS))}
    assert one == other
    members = [key for g in group(ASKS) for key in g.members]
    assert len(members) == len(set(members))


def test_no_asks_make_no_groups():
    assert group([]) == []
    assert group(ASKS[:1]) == []


def test_a_new_ask_finds_those_like_it():
    index = MatterIndex(ASKS)
    new = Ask(
        "new",
        "Mong có tiền xăng xe đi lại cho người làm việc xa nhà",
        ("staff-policy",),
    )
    near = index.query(new)
    assert {n.key for n in near[:2]} == {"a1", "a2"}
    assert near[0].score >= near[-1].score


def test_an_ask_given_up_is_found_no_more():
    index = MatterIndex(ASKS)
    index.remove("a1")
    index.remove("a1")
    assert len(index) == len(ASKS) - 1
    assert "a1" not in {n.key for n in index.query(ASKS[0], least=0.0)}
    index.add(ASKS[0])
    index.add(ASKS[0])
    assert len(index) == len(ASKS)
