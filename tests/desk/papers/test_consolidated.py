import io
import zipfile
from dataclasses import replace
from datetime import date, datetime, timedelta, timezone

import openpyxl
import pytest
from docx import Document
from docx.oxml.ns import qn

from haicap.desk.papers import words
from haicap.desk.papers.consolidated import (
    FieldGroup,
    Line,
    Table,
    as_docx,
    as_xlsx,
)


HERE = timezone(timedelta(hours=7))
ANSWERED = Line(
    ["Xã A", "Xã B"],
    "=Sửa cống & <kè>",
    "Giao thông",
    "Sở Xây dựng",
    ["Sở Tài chính"],
    date(2026, 1, 7),
    "Đã bố trí vốn.",
    "15/SXD ngày 06/01/2026",
    "in_progress_roadmap",
)
OPEN = Line(["Xã C"], "Nâng định mức.\nCấp bù.", "Ngân sách")
TABLE = Table(
    body="VĂN PHÒNG",
    superior="ỦY BAN NHÂN DÂN TỈNH NINH BÌNH",
    place="Ninh Bình",
    on=date(2026, 2, 5),
    number="05/BTH-VP",
    attached_to="Báo cáo số 15/BC-UBND",
    filter_sentence="Đợt: hội nghị & tháng 01",
    is_demo=False,
    groups=[FieldGroup("Giao thông", [ANSWERED]), FieldGroup("Ngân sách", [OPEN])],
    as_of=datetime(2026, 1, 9, 9, 45, tzinfo=HERE),
    signing=("TL. CHỦ TỊCH", "CHÁNH VĂN PHÒNG"),
    recipients=("Thường trực Tỉnh ủy",),
)
DRAFT = replace(
    TABLE, number=None, on=None, attached_to=None, signing=(), recipients=()
)


def word(table):
    return Document(io.BytesIO(as_docx(table)))


def text_of(document):
    return "\n".join(x.text or "" for x in document.element.body.iter(qn("w:t")))


def rows_of(document, number):
    return [
        ["".join(t.text or "" for t in cell.iter(qn("w:t"))) for cell in row.tc_lst]
        for row in document.tables[number]._tbl.tr_lst
    ]


def sheet(table):
    return openpyxl.load_workbook(io.BytesIO(as_xlsx(table)))


def cell_texts(book):
    return [
        str(cell.value)
        for sheet in book.worksheets
        for row in sheet.rows
        for cell in row
        if cell.value is not None
    ]


@pytest.mark.parametrize("write", [as_docx, as_xlsx])
def test_the_same_table_gives_the_same_bytes(write):
    assert write(TABLE) == write(TABLE)
    assert write(DRAFT) == write(DRAFT)


@pytest.mark.parametrize("write", [as_docx, as_xlsx])
def test_no_part_of_the_file_tells_when_it_was_packed(write):
    parts = zipfile.ZipFile(io.BytesIO(write(TABLE))).infolist()
    assert {part.date_time for part in parts} == {(1980, 1, 1, 0, 0, 0)}


@pytest.mark.parametrize(
    "all_text", [lambda t: text_of(word(t)), lambda t: "\n".join(cell_texts(sheet(t)))]
)
class TestBothForms:
    def test_the_frame_is_that_of_a_state_paper(self, all_text):
        text = all_text(TABLE)
        for part in (
            words.NATION,
            words.MOTTO,
            "ỦY BAN NHÂN DÂN TỈNH NINH BÌNH",
            "VĂN PHÒNG",
            "Số: 05/BTH-VP",
            "Ninh Bình, ngày 05 tháng 02 năm 2026",
            words.TITLE,
            "(Kèm theo Báo cáo số 15/BC-UBND)",
            "TL. CHỦ TỊCH",
            "Nơi nhận:",
            "- Thường trực Tỉnh ủy;",
            "- Lưu: VT.",
            "giải quyết xong./.",
        ):
            assert part in text
        assert words.DRAFT not in text

    def test_a_paper_without_a_number_is_a_draft_and_invents_nothing(self, all_text):
        text = all_text(DRAFT)
        assert words.DRAFT in text
        assert words.NO_NUMBER in text
        assert "ngày … tháng … năm …" in text
        assert f"(Kèm theo {words.ATTACHED_TO_NOTHING_YET})" in text
        assert words.NO_SIGNER[0] in text

    def test_groups_are_numbered_and_counted(self, all_text):
        text = all_text(TABLE)
        assert "I. Giao thông (1 nội dung, 2 lượt đơn vị nêu; đã trả lời 1;" in text
        assert "II. Ngân sách (1 nội dung, 1 lượt đơn vị nêu; đã trả lời 0;" in text
        assert "Tổng số: 2 nội dung, 3 lượt đơn vị nêu; đã trả lời 1;" in text

    def test_missing_cells_say_so(self, all_text):
        text = all_text(TABLE)
        for missing in (words.NO_LEAD, words.NO_DUE, words.NO_ANSWER, words.NO_OUTCOME):
            assert missing in text

    @pytest.mark.parametrize("is_demo", [True, False])
    def test_made_up_data_is_marked(self, all_text, is_demo):
        assert (words.DEMO in all_text(replace(TABLE, is_demo=is_demo))) is is_demo


def test_the_word_table_holds_every_row_as_it_was_said():
    _head1, _head2, numbers, group, first, _group, second, _total = rows_of(
        word(TABLE), 1
    )
    assert numbers == [f"({n})" for n in range(1, 12)]
    assert len(group) == 1
    assert first[:3] == ["1", "Xã A; Xã B", "=Sửa cống & <kè>"]
    assert first[7:10] == [
        "Đã bố trí vốn.",
        "15/SXD ngày 06/01/2026",
        "Đang giải quyết: có lộ trình",
    ]
    assert second[0] == "2"


def test_every_word_row_stays_whole_and_heads_repeat():
    rows = word(TABLE).tables[1]._tbl.tr_lst
    repeated = [row.find(f".//{qn('w:tblHeader')}") is not None for row in rows]
    assert repeated == [True] * 3 + [False] * (len(rows) - 3)
    assert all(row.find(f".//{qn('w:cantSplit')}") is not None for row in rows)


def test_a_row_of_half_a_page_may_be_split_so_that_no_page_stays_white():
    tall = replace(OPEN, units=[f"Xã số {n}" for n in range(30)])
    paper = replace(TABLE, groups=[FieldGroup("Ngân sách", [tall, OPEN])])
    rows = word(paper).tables[1]._tbl.tr_lst
    whole = [row.find(f".//{qn('w:cantSplit')}") is not None for row in rows]
    assert whole == [True] * 4 + [False, True, True]


def test_every_run_names_the_face_in_all_four_slots_and_the_language():
    document = word(TABLE)
    for run in document.element.body.iter(qn("w:r")):
        fonts = run.find(f".//{qn('w:rFonts')}")
        slots = {fonts.get(qn(f"w:{x}")) for x in ("ascii", "hAnsi", "eastAsia", "cs")}
        assert slots == {"Times New Roman"}
        assert run.find(f".//{qn('w:lang')}").get(qn("w:val")) == "vi-VN"
    styles = document.styles.element
    for fonts in styles.iter(qn("w:rFonts")):
        assert fonts.get(qn("w:asciiTheme")) is None
        assert fonts.get(qn("w:cs")) == "Times New Roman"


def test_the_signature_never_stands_alone_on_a_page():
    document = word(TABLE)
    before = document.tables[3]._tbl.getprevious()
    assert words.END in "".join(x.text or "" for x in before.iter(qn("w:t")))
    assert before.find(f".//{qn('w:keepNext')}") is not None


def test_the_word_page_is_a4_landscape_with_the_margins_of_the_state():
    section = word(TABLE).sections[0]
    assert (round(section.page_width.mm), round(section.page_height.mm)) == (297, 210)
    assert round(section.left_margin.mm) == 30
    assert round(section.right_margin.mm) == 15


def test_pages_are_numbered_from_the_second_on():
    section = word(TABLE).sections[0]
    assert section.different_first_page_header_footer
    assert "PAGE" in section.header._element.xml
    assert "PAGE" not in section.first_page_header._element.xml


def test_the_foot_says_what_was_asked_and_when():
    section = word(TABLE).sections[0]
    said = "Đợt: hội nghị & tháng 01 · Số liệu lúc 09:45 ngày 09/01/2026"
    assert section.footer.paragraphs[0].text == said
    assert section.first_page_footer.paragraphs[0].text == said


def test_text_that_word_cannot_hold_is_shown_not_dropped():
    line = replace(OPEN, text="a\x00b\x0bc")
    text = text_of(word(replace(TABLE, groups=[FieldGroup("x", [line])])))
    assert "a�b�c" in text


def test_the_word_file_carries_no_trace_of_its_template():
    data = as_docx(TABLE)
    names = zipfile.ZipFile(io.BytesIO(data)).namelist()
    assert not any("thumbnail" in name for name in names)
    facts = word(TABLE).core_properties
    assert (facts.author, facts.comments, facts.title) == (
        "VĂN PHÒNG",
        "",
        words.TITLE,
    )


def test_the_sheet_keeps_numbers_dates_and_text_apart():
    table = sheet(TABLE).worksheets[0]
    row = next(row for row in table.rows if row[1].value == "Xã A; Xã B")
    assert row[0].value == 1
    assert row[2].value == "=Sửa cống & <kè>"
    assert row[2].data_type == "s"
    assert row[6].value.date() == date(2026, 1, 7)


def test_the_sheet_prints_like_the_paper():
    table = sheet(TABLE).worksheets[0]
    assert table.page_setup.orientation == "landscape"
    assert table.page_setup.paperSize == 9
    first, last = (int(x) for x in table.print_title_rows.replace("$", "").split(":"))
    assert table.cell(last, 11).value == "(11)"
    assert last - first == 2


def test_the_figures_by_field_end_with_their_total():
    sheet_rows = sheet(TABLE).worksheets[1].iter_rows(max_row=6, values_only=True)
    rows = list(sheet_rows)
    assert rows[-1][1:5] == ("Tổng số", 2, 3, 1)
    assert [row[0] for row in rows[3:5]] == ["I", "II"]
    word_rows = rows_of(word(TABLE), 2)
    assert word_rows[-1] == [str(x) if x is not None else "" for x in rows[-1]]


@pytest.mark.parametrize("write", [as_docx, as_xlsx])
def test_an_empty_table_is_still_a_paper(write):
    assert write(replace(TABLE, groups=[]))


@pytest.mark.parametrize("write", [as_docx, as_xlsx])
def test_a_body_without_a_superior_stands_alone(write):
    data = write(replace(TABLE, superior=None))
    names = zipfile.ZipFile(io.BytesIO(data))
    text = "".join(names.read(n).decode("utf-8", "ignore") for n in names.namelist())
    assert "ỦY BAN NHÂN DÂN TỈNH NINH BÌNH" not in text
    assert "VĂN PHÒNG" in text


def test_a_long_filter_never_breaks_the_print_foot():
    data = as_xlsx(replace(TABLE, filter_sentence="&" * 500, as_of=None))
    xml = zipfile.ZipFile(io.BytesIO(data)).read("xl/worksheets/sheet1.xml").decode()
    foot = xml.split("<oddFooter>")[1].split("</oddFooter>")[0]
    foot = foot.replace("&amp;", "&").replace("&quot;", '"')
    assert "…" in foot
    assert len(foot) <= 255
