"""Sentences and what they say; the wording is ours, the places are real."""

import unicodedata
from datetime import date
from importlib.resources import files
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from haicap.core.text.findings import KINDS
from haicap.core.text.plain import Plain
from haicap.core.text.reader import read as read_text
from haicap.core.text.segments import shape
from haicap.listen.taxonomy import FIELDS
from haicap.listen.trained import trained
from haicap.places.registry import gazetteer


def read(text, **given):
    return read_text(
        text,
        gazetteer=gazetteer(),
        taxonomy=FIELDS,
        trained=trained(),
        **given,
    )


def brief(text):
    return [(f.kind, f.speaker, f.addressee, f.text) for f in read(text)]


COMMUNE_REPORT = """ỦY BAN NHÂN DÂN
XÃ KIM SƠN
Số: 15/BC-UBND
Kim Sơn, ngày 05 tháng 12 năm 2025

BÁO CÁO
Tình hình vận hành chính quyền địa phương 2 cấp

I. KẾT QUẢ
1. Về thủ tục: đã tiếp nhận 1.250 hồ sơ, trả đúng hạn 98%.
II. KHÓ KHĂN, VƯỚNG MẮC
1. Phòng Kinh tế thiếu 3 công chức địa chính; máy quét hỏng từ tháng 8.
III. KIẾN NGHỊ
1. Đối với UBND tỉnh
1.1. Ban hành quy định cho thuê đất bãi bồi ven biển trước ngày 31/3/2026.
2. Đối với các sở
2.1. Sở Nội vụ bổ sung biên chế công chức địa chính cho xã.
2.2. Sở Y tế: cử thêm bác sĩ về trạm y tế; trang bị một máy siêu âm.
"""


def test_a_report_of_a_commune_is_read_by_its_chapters():
    assert brief(COMMUNE_REPORT) == [
        ("result", "xã Kim Sơn", None, "đã tiếp nhận 1.250 hồ sơ, trả đúng hạn 98%"),
        ("difficulty", "xã Kim Sơn", None, "Phòng Kinh tế thiếu 3 công chức địa chính"),
        ("difficulty", "xã Kim Sơn", None, "máy quét hỏng từ tháng 8"),
        (
            "recommendation",
            "xã Kim Sơn",
            "UBND tỉnh",
            "Ban hành quy định cho thuê đất bãi bồi ven biển trước ngày 31/3/2026",
        ),
        (
            "recommendation",
            "xã Kim Sơn",
            "Sở Nội vụ",
            "Sở Nội vụ bổ sung biên chế công chức địa chính cho xã",
        ),
        ("recommendation", "xã Kim Sơn", "Sở Y tế", "cử thêm bác sĩ về trạm y tế"),
        ("recommendation", "xã Kim Sơn", "Sở Y tế", "trang bị một máy siêu âm"),
    ]


def test_a_time_limit_and_a_field_come_with_the_ask():
    ask = next(f for f in read(COMMUNE_REPORT) if "bãi bồi" in f.text)
    assert ask.deadline == date(2026, 3, 31)
    assert ask.deadline_text == "trước ngày 31/3/2026"
    assert ask.fields[0] == "alluvial-water-land"
    assert ask.communes == ("xã Kim Sơn",)
    assert 0 < ask.confidence < 1
    assert ("speaker-level", "commune") in ask.why


@pytest.mark.parametrize(
    "text, kind",
    [
        # The same verb binds or asks: it depends on who speaks to whom.
        (
            "Đồng chí Bí thư Tỉnh ủy đề nghị Sở Tài chính cấp đủ vốn sửa cống.",
            "directive",
        ),
        ("Xã Lai Thành đề nghị Sở Tài chính cấp đủ vốn sửa cống.", "recommendation"),
        (
            "Cử tri xã Lai Thành yêu cầu UBND tỉnh cấp đủ vốn sửa cống.",
            "recommendation",
        ),
        ("Sở Tài chính đề nghị các xã gửi báo cáo trước 20/12.", "directive"),
        ("UBND tỉnh kiến nghị Bộ Nội vụ giao thêm biên chế.", "recommendation"),
    ],
)
def test_authority_makes_a_directive_not_the_verb(text, kind):
    assert [f.kind for f in read(text)] == [kind]


def test_a_reason_that_states_a_problem_is_a_difficulty_of_its_own():
    text = "Xã Lai Thành đề nghị tỉnh sửa cầu Rào vì mặt cầu hư hỏng, xe tải không qua được."
    assert brief(text) == [
        ("recommendation", "xã Lai Thành", "tỉnh", "đề nghị tỉnh sửa cầu Rào"),
        ("difficulty", "xã Lai Thành", None, "mặt cầu hư hỏng, xe tải không qua được"),
    ]


def test_two_asks_share_one_frame():
    text = "Xã Lai Thành đề nghị tỉnh bố trí kinh phí sửa nhà văn hóa và trang bị thêm 3 máy quét."
    first, second = [f.text for f in read(text)]
    assert first.endswith("bố trí kinh phí sửa nhà văn hóa")
    assert second == "trang bị thêm 3 máy quét"
    assert {f.addressee for f in read(text)} == {"tỉnh"}


def test_an_answer_follows_the_ask_in_a_table():
    text = (
        "TỔNG HỢP KIẾN NGHỊ CỦA CỬ TRI\n\n"
        "TT | Nội dung kiến nghị | Cử tri | Cơ quan giải quyết | Trả lời\n"
        "1 | Đề nghị nạo vét kênh tiêu thôn Đông | Xã Kim Sơn | Sở Xây dựng"
        " | Sở đang lập hồ sơ, dự kiến làm trong quý II/2026.\n"
    )
    ask, answer = read(text)
    assert (ask.kind, ask.speaker, ask.addressee) == (
        "recommendation",
        "cử tri xã Kim Sơn",
        "Sở Xây dựng",
    )
    assert (answer.kind, answer.speaker) == ("reply", "Sở Xây dựng")
    assert answer.communes == ("xã Kim Sơn",)
    assert answer.deadline == date(2026, 6, 30)


TABLE = (
    "BẢNG TỔNG HỢP KIẾN NGHỊ CỦA CỬ TRI\n\n"
    "STT|Cử tri|Nội dung kiến nghị|Cơ quan trả lời|Trả lời\n"
    "1|Cử tri xã Gia Hưng|Đề nghị sớm nạo vét kênh tiêu|Sở Xây dựng|Sở đã đưa kênh vào kế hoạch năm 2026\n"
    "2|Cử tri xã Gia Vân|Đề nghị lắp đèn đường liên xã|Sở Công Thương|Chưa có vốn, xem xét trong năm 2027\n"
)


def test_a_table_copied_with_tabs_reads_as_one_with_bars():
    barred, tabbed = read(TABLE), read(TABLE.replace("|", "\t"))

    assert [f.kind for f in barred] == ["recommendation", "reply"] * 2
    assert tabbed == barred
    assert all(TABLE.replace("|", "\t")[f.start : f.end] == f.text for f in tabbed)


def test_tabs_in_a_letterhead_or_before_a_line_make_no_table():
    plain = Plain("UBND XÃ\t\tCỘNG HÒA\nSố: 1\t\tĐộc lập\n\tMột\tđoạn văn")
    before = plain.text

    shape(plain)

    assert plain.text == before


@pytest.mark.parametrize(
    "text",
    [
        "",
        "\n\n  \n",
        "Trân trọng cảm ơn các đồng chí.",
        "Đồng chí Bí thư Tỉnh ủy đề nghị đại biểu đi thẳng vào việc.",
        "Các xã đã nêu nhiều khó khăn, vướng mắc trong quá trình vận hành.",
        "UBND xã trân trọng đề nghị Sở quan tâm xem xét, giải quyết.",
        "BÁO CÁO\nVề việc đề nghị bổ sung kinh phí\n",
    ],
)
def test_talk_about_items_procedure_and_titles_are_no_items(text):
    assert read(text) == []


def test_a_broken_scan_is_read_across_its_lines():
    text = (
        "ỦY BAN NHÂN DÂN\nXÃ KIM SƠN\n\nII. KHÓ KHĂN\n1. Hệ thống kênh tiêu của xã đã bồi\n"
        "lắng, mỗi trận mưa lớn đều làm ngập\n                 2\nhơn 40 ha lúa của\n"
        "người dân trong xã và gây\nthiệt hại.\n"
    )
    (found,) = read(text)
    assert found.kind == "difficulty"
    assert found.text.startswith("Hệ thống kênh") and found.text.endswith("thiệt hại")
    assert text[found.start : found.end] == found.text


@pytest.mark.parametrize("form", ["NFC", "NFD"])
def test_the_composition_of_a_text_changes_only_the_places(form):
    text = unicodedata.normalize(form, COMMUNE_REPORT)
    found = read(text)
    assert [f.kind for f in found] == [f.kind for f in read(COMMUNE_REPORT)]
    assert [f.speaker for f in found] == ["xã Kim Sơn"] * len(found)
    assert all(text[f.start : f.end] == f.text for f in found)
    assert all(f.deadline_text is None or f.deadline_text in text for f in found)


PIECES = [
    "Xã Kim Sơn", "đề nghị", "Sở Y tế", "bố trí", "kinh phí", "vì", "thiếu", ";", ".", ":",
    "“", "”", "\n", "1. ", "- ", "|", "(", ")", "trước ngày 15/12", "và", ",", "chưa có",
    "KIẾN NGHỊ", "Trả lời:", "e\u0302\u0323", "người dân", "sẽ", "đã", "45%",
]  # fmt: skip


@settings(max_examples=150, deadline=None)
@given(
    st.lists(st.sampled_from(PIECES), max_size=60).map(" ".join) | st.text(max_size=200)
)
def test_a_finding_is_exactly_what_stands_in_its_place(text):
    found = read(text)
    for finding in found:
        assert text[finding.start : finding.end] == finding.text
        assert finding.text
        assert finding.kind in KINDS
        assert 0 <= finding.confidence <= 1
        assert set(finding.fields) <= set(FIELDS)
    starts = [finding.start for finding in found]
    assert starts == sorted(starts)


def test_the_keys_other_tools_rely_on():
    (found,) = read("Xã Lai Thành đề nghị tỉnh sửa cầu Rào trước ngày 15/12/2025.")
    assert list(found.as_json()) == [
        "kind", "start", "end", "text", "speaker", "addressee", "fields", "communes",
        "deadline", "deadline_text", "confidence", "rule",
    ]  # fmt: skip
    assert found.as_json()["deadline"] == "2025-12-15"


SAMPLE = Path(__file__).parents[4] / "shared" / "inputs" / "conference-129-communes.txt"


@pytest.mark.skipif(
    not SAMPLE.is_file(), reason="the text of the conference is not beside this clone"
)
def test_the_conference_of_129_communes_is_read_in_full():
    found = read(SAMPLE.read_text(encoding="utf-8"))
    counts = {kind: sum(f.kind == kind for f in found) for kind in KINDS}
    assert 6 <= counts["difficulty"] <= 12
    assert 8 <= counts["recommendation"] <= 13
    assert 8 <= counts["directive"] <= 12
    assert counts["result"] + counts["reply"] <= 1
    sure = {
        f.speaker for f in found if f.kind == "recommendation" and f.confidence > 0.9
    }
    assert sure == {"các xã, phường"}


def test_a_chapter_in_capitals_lasts_until_the_next():
    text = (
        "UBND XÃ KIM SƠN\nKim Sơn, ngày 12 tháng 3 năm 2026\n\nTỒN TẠI, KHÓ KHĂN\n"
        "- Đội ngũ công chức văn hóa mỏng, một người phụ trách năm mảng việc.\n\n"
        "ĐỀ XUẤT, KIẾN NGHỊ\n1. Đề nghị UBND tỉnh:\n- Cho phép xã cải tạo chợ cũ.\n"
        "2. Sở Công Thương hỗ trợ xã quy hoạch lại điểm bán hàng.\n"
    )
    assert [(f.kind, f.addressee) for f in read(text)][:2] == [
        ("difficulty", None),
        ("recommendation", "UBND tỉnh"),
    ]


def test_who_answers_is_not_who_is_answered():
    text = (
        "Trả lời các xã, Giám đốc Sở Y tế cho biết Sở sẽ điều chuyển bác sĩ về ba trạm."
    )
    (found,) = read(text)
    assert (found.kind, found.speaker) == ("reply", "Sở Y tế")


def test_the_sample_of_the_package_is_read_from_troubles_to_orders():
    path = files("haicap.listen").joinpath("samples", "hoi-nghi-129-xa.txt")
    kinds = {finding.kind for finding in read(path.read_text(encoding="utf-8"))}
    assert {"difficulty", "recommendation", "directive"} <= kinds


@pytest.mark.parametrize("text", ["đề nghị 1. ", "đề nghị a", "kiến nghị: 1."])
def test_an_ask_of_a_few_letters_is_none(text):
    assert read(text) == []
