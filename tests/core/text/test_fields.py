"""Which fields a statement is about; the wording is ours."""

import json
from importlib.resources import files

import numpy as np
import pytest

from haicap.core.text.fields import (
    COLUMNS,
    FieldModel,
    Told,
    choices,
    fields_in,
    fields_of,
    grams,
    same_matter,
)
from haicap.listen.taxonomy import FIELDS
from haicap.listen.trained import field_model


def stored():
    """Return the text of what is shipped of the fields."""
    path = files("haicap.listen").joinpath("data", "fields.json")
    return path.read_text(encoding="utf-8")


def told(low, **beside):
    """Return the fields of a statement in a document of its own."""
    statement = Told(low, **{"around": low, **beside})
    return fields_in([statement], taxonomy=FIELDS, model=field_model())[0]


def told_in(*statements):
    """Return the fields of some statements that are each a paragraph of one document."""
    document = [Told(low, around=low) for low in statements]
    return fields_in(document, taxonomy=FIELDS, model=field_model())


@pytest.mark.parametrize(
    "low, first",
    [
        ("trạm y tế xã mới có một y sĩ, người dân phải đi 20 km khám bệnh", "health"),
        ("đường vào bản lầy lội, xe máy không đi được", "transport"),
        (
            "bãi rác của huyện cũ đã đầy, mùi hôi bay vào khu dân cư",
            "environment-waste",
        ),
        ("sóng di động ở ba thôn vùng cao rất yếu", "network"),
        ("đề nghị nâng phụ cấp cho trưởng thôn", "staff-policy"),
        ("trụ sở xã cũ khóa cửa hơn một năm, mái đã dột", "surplus-assets"),
        (
            "hộ dân chưa nhận tiền bồi thường nên chưa bàn giao mặt bằng",
            "site-clearance",
        ),
        ("xin nạo vét kênh tưới cho cánh đồng trước vụ đông xuân", "agriculture"),
        ("phần mềm hộ tịch hay treo, phải nhập lại dữ liệu", "information-systems"),
        ("điện yếu, máy biến áp quá tải vào giờ cao điểm", "other"),
    ],
)
def test_a_statement_tells_its_main_field(low, first):
    fields, words = told(low)
    assert fields[0] == first
    assert words


@pytest.mark.parametrize(
    "low, both",
    [
        ("trường tiểu học thiếu giáo viên tiếng anh", ("education", "staffing")),
        ("xin bố trí vốn xây thêm phòng học", ("education", "public-investment")),
        ("thiếu công chức địa chính", ("staffing", "land")),
    ],
)
def test_the_subject_stands_before_its_money_and_its_people(low, both):
    assert told(low)[0] == both


def test_the_words_that_spoke_stand_in_the_statement():
    low = "bãi rác quá tải, đề nghị đầu tư lò đốt rác"
    _fields, words = told(low)
    assert 1 <= len(words) <= 4
    assert all(word in low for word in words)


def test_the_heading_helps_where_a_statement_says_little():
    low = "đề nghị sớm quan tâm giải quyết"
    assert (
        told(low, topic="về rác thải, vệ sinh môi trường")[0][0] == "environment-waste"
    )
    assert told(low, topic="về trạm y tế")[0][0] == "health"


def test_an_answer_takes_its_field_from_the_ask_about_the_same_thing():
    asks = ["đề nghị nạo vét kênh bà phủ để tưới lúa", "xin thêm giáo viên mầm non"]
    answer = "kênh bà phủ đã ghi trong danh mục"
    assert same_matter(answer, asks, frozenset()) == asks[0]
    assert same_matter("sẽ xem xét", asks, frozenset()) == ""
    assert told_in(*asks, answer)[2][0][0] == "agriculture"


def test_statements_are_told_in_their_order_and_none_is_nothing():
    one, two = told_in("trạm y tế thiếu thuốc", "đường liên xã lầy lội")
    assert (one[0][0], two[0][0]) == ("health", "transport")
    assert fields_in([], taxonomy=FIELDS, model=field_model()) == []


def test_the_trees_see_as_many_numbers_as_they_were_trained_with():
    document = [Told("thiếu giáo viên"), Told("đường lầy lội", kind="difficulty")]
    seen = choices(document, field_model(), FIELDS)
    assert seen.rows.shape == (2, 6, len(COLUMNS))
    assert json.loads(stored())["columns"] == list(COLUMNS)
    assert (np.diff(seen.sums, axis=1) <= 0).all()


def test_only_fields_of_the_list_are_told():
    fields, _words = fields_of(
        "thiếu giáo viên", taxonomy={"staffing"}, model=field_model()
    )
    assert fields == ("staffing",)


@pytest.mark.parametrize("low", ["", "12/2025", "qwxz"])
def test_a_statement_without_a_known_word_is_about_something_else(low):
    assert told(low) == (("other",), ())


def test_a_second_field_needs_its_share_of_the_first():
    def model(share):
        return FieldModel(
            slugs=("land", "health"),
            bias=np.array([0.0, -1.0]),
            places={"đất": 0},
            weights=np.array([[2.0, 0.5]]),
            common=frozenset(),
            trees=None,
            share=share,
            least=0.1,
        )

    assert fields_of("đất", taxonomy=FIELDS, model=model(0.3))[0] == ("land", "health")
    assert fields_of("đất", taxonomy=FIELDS, model=model(0.9))[0] == ("land",)


def test_numbers_and_punctuation_part_the_words():
    assert set(grams("thiếu 02 giáo viên, bàn").all) == {
        "thiếu",
        "giáo",
        "viên",
        "giáo viên",
        "bàn",
    }


def test_the_weights_are_for_the_fields_of_the_list_and_stay_small():
    assert field_model().slugs == tuple(FIELDS)
    assert len(stored().encode()) < 1_500_000
