"""Asks for the same thing come together; near misses stay apart."""

import random

import pytest

from haicap.core.text import group as grouping
from haicap.core.text.group import Ask, MatterIndex, group
from haicap.core.text.matter_things import THINGS
from haicap.core.text.matters import matter


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

SAME = [
    (
        "xin thêm hai suất biên chế làm địa chính",
        "bổ sung công chức địa chính còn thiếu",
        "staffing",
    ),
    (
        "nâng phụ cấp cho trưởng thôn",
        "tăng mức khoán phụ cấp của tổ trưởng tổ dân phố",
        "staff-policy",
    ),
    (
        "xây nhà máy xử lý rác cho cả vùng",
        "đầu tư khu xử lý rác thải tập trung",
        "environment-waste",
    ),
    (
        "giao thêm giáo viên mầm non",
        "tuyển đủ người đứng lớp cho các trường",
        "education",
    ),
    (
        "kéo cáp quang về trụ sở xã",
        "nâng tốc độ đường truyền của phường",
        "network",
    ),
    (
        "vét dùm con kinh trước mùa mưa",
        "khơi thông kênh cấp II qua xã",
        "agriculture",
    ),
    (
        "số hóa sổ địa chính của huyện cũ",
        "bố trí kinh phí số hóa bản đồ địa chính",
        "land",
    ),
    (
        "mua cho xã một chiếc ô tô dùng chung",
        "trang bị xe ô tô phục vụ công tác",
        "equipment",
    ),
    (
        "bán đấu giá các trụ sở xã cũ",
        "thanh lý trụ sở dôi dư sau sắp xếp",
        "surplus-assets",
    ),
    (
        "mở rộng đường từ ngã ba Thia đi Đồng Bãi",
        "nâng cấp tuyến đường Thia - Đồng Bãi",
        "transport",
    ),
]

APART = [
    # The same words, another kind of thing.
    ("bổ sung công chức địa chính", "trang bị máy đo địa chính", "land"),
    ("bổ sung bác sĩ cho trạm y tế", "sửa chữa trạm y tế xã", "health"),
    ("tuyển giáo viên tiểu học", "xây thêm phòng học tiểu học", "education"),
    # The same thing, another act.
    (
        "bán đấu giá trụ sở xã cũ",
        "hướng dẫn trình tự bán đấu giá trụ sở xã cũ",
        "surplus-assets",
    ),
    (
        "chi trả phụ cấp còn nợ cho trưởng thôn",
        "nâng mức phụ cấp cho trưởng thôn",
        "staff-policy",
    ),
    (
        "phân cấp cấp phép xây dựng cho xã",
        "tập huấn về cấp phép xây dựng cho xã",
        "construction",
    ),
    (
        "thẩm định sớm quy hoạch chung xã",
        "công khai quy hoạch chung xã",
        "planning-zoning",
    ),
    # The guidelines' own near misses, in words of ours.
    (
        "chuyển trụ sở dôi dư thành nhà ở công vụ",
        "hỗ trợ tiền thuê nhà cho cán bộ biệt phái",
        "staff-policy",
    ),
    (
        "phân cấp khâu thẩm định thiết kế",
        "nâng hạn mức quyết định chủ trương đầu tư",
        "decentralisation",
    ),
    (
        "tăng chuyến thu gom rác trong tuần",
        "xây nhà máy xử lý rác liên xã",
        "environment-waste",
    ),
    (
        "làm lại rãnh thoát nước ngõ 5",
        "đầu tư đồng bộ hệ thống thoát nước khu đô thị",
        "drainage-infrastructure",
    ),
    # Named works must be the same.
    (
        "mở rộng đường từ ngã ba Thia đi Đồng Bãi",
        "mở rộng đường Quất Lâm - Cồn Nhất",
        "transport",
    ),
    ("sửa cầu Ngòi Móng", "sửa cầu Khe Lánh", "transport"),
]


def pair(first, second, field):
    return [Ask("1", first, (field,), ("x",)), Ask("2", second, (field,), ("y",))]


@pytest.mark.parametrize(("first", "second", "field"), SAME)
def test_one_matter_in_other_words_is_found(first, second, field):
    assert [g.members for g in group(pair(first, second, field))] == [("1", "2")]


@pytest.mark.parametrize(("first", "second", "field"), APART)
def test_a_near_miss_stays_apart(first, second, field):
    assert group(pair(first, second, field)) == []


def test_the_same_ask_in_other_words_is_one_matter():
    assert [g.members for g in group(ASKS)] == [("a1", "a2"), ("b1", "b2")]


def test_a_group_says_why_it_is_one():
    first = group(ASKS)[0]
    assert ("field", "staff-policy") in first.why
    assert ("thing", "đi lại") in first.why
    assert ("thing", "ăn trưa") in first.why
    assert ("act", "provide") in first.why
    assert 0 < first.score <= 1


def test_a_group_says_what_only_some_of_it_ask_for():
    found = group(
        [
            Ask("1", "bổ sung bác sĩ, máy siêu âm cho trạm y tế xã", ("health",)),
            Ask("2", "đề nghị điều thêm bác sĩ về trạm y tế", ("health",)),
        ]
    )
    assert [g.members for g in found] == [("1", "2")]
    assert ("thing", "bác sĩ") in found[0].why
    assert ("thing", "thiết bị y tế") in found[0].differs
    assert not set(found[0].why) & set(found[0].differs)


def test_nobody_is_in_two_groups_and_order_does_not_matter():
    one = {frozenset(g.members) for g in group(ASKS)}
    other = {frozenset(g.members) for g in group(reversed(ASKS))}
    assert one == other
    members = [key for g in group(ASKS) for key in g.members]
    assert len(members) == len(set(members))


def test_no_asks_make_no_groups():
    assert group([]) == []
    assert group(ASKS[:1]) == []


@pytest.mark.parametrize(
    "text", ["", " ", "x", "?!", "ok " * 5_000, "\x00\x01", "a" * 9_999]
)
def test_words_that_say_nothing_break_nothing(text):
    asks = [Ask("1", text), Ask("2", text), *ASKS]
    members = {g.members for g in group(asks)}
    assert ("a1", "a2") in members
    MatterIndex(asks).query(Ask("new", text))


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


def many(n, seed=1):
    """Asks from the lists' own words: a verb, a thing, sometimes another one."""
    rng = random.Random(seed)
    lines = [
        line.split("|")
        for kind, table in THINGS.items()
        if kind != "act"
        for line in table.strip().replace("\n|", "|").splitlines()
    ]
    verbs = ["bổ sung", "sửa chữa", "xây mới", "hướng dẫn", "phân cấp", "bán"]
    for key in range(n):
        line = rng.choice(lines)
        text = f"đề nghị {rng.choice(verbs)} {rng.choice(line)}"
        if rng.random() < 0.3:
            text += f" cho {rng.choice(rng.choice(lines))}"
        yield Ask(str(key), text, (rng.choice(["land", "health", "budget"]),))


def test_one_after_another_is_the_same_as_all_at_once():
    asks = list(many(300))
    whole = MatterIndex(asks)
    step_by_step = MatterIndex()
    for ask in [*many(40, seed=2), *random.Random(3).sample(asks, len(asks))]:
        step_by_step.add(ask)
    for ask in asks[:60]:
        step_by_step.remove(ask.key)
        step_by_step.add(ask)
    assert len(whole) == len(step_by_step)
    for ask in many(30, seed=4):
        new = Ask("new", ask.text, ask.fields)
        assert whole.query(new) == step_by_step.query(new)
    assert sorted(map(sorted, (s for _n, s in whole.groups()))) == sorted(
        map(sorted, (s for _n, s in step_by_step.groups()))
    )


def test_an_ask_among_many_reads_no_more_than_its_budget():
    index = MatterIndex(many(3_000))
    for ask in many(50, seed=5):
        before = index.n_read
        index.query(Ask("new", ask.text, ask.fields))
        assert index.n_read - before <= grouping.BUDGET


def test_twice_the_asks_are_hardly_more_than_twice_the_work():
    some, more = MatterIndex(many(1_500)), MatterIndex(many(3_000))
    some.groups()
    more.groups()
    assert some.n_read <= 1_500 * grouping.BUDGET
    assert more.n_read <= 2.5 * some.n_read


def test_asks_said_alike_are_compared_as_one():
    index = MatterIndex(
        Ask(str(n), f"đề nghị bổ sung bác sĩ cho trạm y tế xã, đợt {n}", ("health",))
        for n in range(500)
    )
    (found,) = index.groups()
    assert len(index.keys(found[1])) == 500
    assert index.n_read < 10


def test_an_ask_is_read_as_acts_things_and_those_they_serve():
    found = matter("Đề nghị Sở Y tế bổ sung bác sĩ, máy siêu âm cho trạm y tế xã")
    assert dict(found.terms) == {
        "c:bác sĩ": 1.0,
        "c:thiết bị y tế": 1.0,
        "c:trạm y tế": 0.5,
    }
    assert found.acts == {"provide"}
    assert found.kinds == {"people", "equipment"}


def test_lists_kept_elsewhere_find_the_same():
    first, *others = ASKS
    near = grouping.nearest(first, others, counts={}, n=0)
    assert near[0].key == "a2"
    assert ("thing", "đi lại") in near[0].why
    assert first.key not in {each.key for each in near}
