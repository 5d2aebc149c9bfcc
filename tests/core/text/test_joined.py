import pytest

from haicap.core.text.candidates import Stops
from haicap.core.text.chunks import chunks
from haicap.core.text.joined import parted, whole_end
from haicap.core.text.plain import Plain
from haicap.core.text.segments import lines
from haicap.core.text.tagger import items


def pieces_of(text):
    plain = Plain(text)
    return plain, list(chunks(plain, list(lines(plain))))


def parts(text, kind):
    """What is found when the chain took the whole text for one item of this kind."""
    plain, pieces = pieces_of(text)
    labelled = [f"{'I' if i else 'B'}-{kind}" for i in range(len(pieces))]
    found = items(Stops(plain.low, pieces), parted(plain, pieces, labelled))
    return [
        (
            run.kind,
            plain.text[pieces[run.first].start : pieces[run.last].end].rstrip("."),
        )
        for run in found
    ]


@pytest.mark.parametrize(
    ("text", "asked", "wrong"),
    [
        (
            "Đề nghị trang bị một xuồng tuần tra vì phương tiện hiện có là xuồng mượn.",
            "Đề nghị trang bị một xuồng tuần tra",
            "phương tiện hiện có là xuồng mượn",
        ),
        (
            "Đề nghị thay trạm bơm Cổ Đam, hiện 3/5 tổ máy không chạy.",
            "Đề nghị thay trạm bơm Cổ Đam",
            "hiện 3/5 tổ máy không chạy",
        ),
    ],
)
def test_what_is_wrong_is_parted_from_what_is_asked(text, asked, wrong):
    assert parts(text, "R") == [("R", asked), ("D", wrong)]


def test_a_verb_with_its_own_object_is_an_ask_of_its_own():
    text = "Đề nghị bố trí kinh phí số hóa hồ sơ và bàn giao tài khoản khai thác cho xã"
    other = "Đề nghị bố trí kinh phí số hóa hồ sơ và hỗ trợ thêm ba máy quét"

    assert parts(text, "R") == [("R", text)]  # handing over is the next step
    assert [found for _kind, found in parts(other, "R")] == [
        "Đề nghị bố trí kinh phí số hóa hồ sơ",
        "hỗ trợ thêm ba máy quét",
    ]


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("Đề nghị sửa chữa và nâng cấp đường trục xã", "R"),  # one object, two verbs
        ("Đề nghị thẩm định đồ án quy hoạch do xã lập từ đầu năm 2025", "R"),
        ("Giao Sở Xây dựng thẩm định đồ án do xã lập và trình trong tháng 12", "C"),
        ("Xã thiếu công chức địa chính do hai người đã nghỉ việc", "D"),
    ],
)
def test_what_is_one_matter_stays_one(text, kind):
    assert parts(text, kind) == [(kind, text)]


def test_a_semicolon_parts_asks_but_not_what_one_answer_says():
    text = "Sở ghi nhận đề xuất của xã; năm 2025 không còn nguồn"

    assert len(parts(text, "R")) == 2
    assert parts(text, "P") == [("P", text)]


def test_a_mark_before_a_word_that_parts_is_seen():
    _plain, pieces = pieces_of("Sở ghi nhận; đề nghị xã gửi hồ sơ, nhưng phải đủ")

    assert [piece.mark for piece in pieces] == ["^", ";", "", ",", ""]


def test_a_mark_that_parts_items_is_not_hidden_by_a_quotation_mark():
    _plain, pieces = pieces_of("Xã nêu ý kiến về cầu; “cầu Rào đã yếu lắm”")

    assert ";" in [piece.mark for piece in pieces]


def test_a_word_with_a_comma_in_it_stays_whole():
    plain, pieces = pieces_of(
        "Máy móc, thiết bị đủ, thiết bị mạng chậm; cơ chế, chính sách"
    )
    assert [plain.text[one.start : one.end] for one in pieces] == [
        "Máy móc, thiết bị đủ",
        "thiết bị mạng chậm",
        "cơ chế, chính sách",
    ]


def test_a_part_of_minutes_is_a_heading():
    plain = Plain("Phần thứ ba: Ý kiến của các địa phương\nPhần A. Kết quả")
    assert [(one.rank, one.is_heading) for one in lines(plain)] == [(1, True)] * 2


@pytest.mark.parametrize(
    ("text", "more"),
    [
        ("Bổ sung kinh phí cho nhiệm vụ mới| và các nhiệm vụ phát sinh.", True),
        ("Bổ sung kinh phí cho nhiệm vụ mới| và các xã tự cân đối.", False),
        ("Bổ sung kinh phí cho nhiệm vụ mới| và những việc này đã xong.", False),
        ("Bổ sung kinh phí cho nhiệm vụ mới| và mua máy quét.", False),
        ("Bổ sung kinh phí cho nhiệm vụ mới|. Xã cảm ơn.", False),
    ],
)
def test_the_last_object_of_a_list_belongs_to_the_statement(text, more):
    said, _bar, rest = text.partition("|")
    plain = Plain(said + rest)

    end = whole_end(plain, len(said))

    assert (end > len(said)) == more
    assert plain.text[:end] == (said + rest.rstrip(".") if more else said)
