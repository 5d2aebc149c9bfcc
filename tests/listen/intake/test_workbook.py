"""A workbook becomes recommendations, one a row; a fault is named where it stands."""

import doctest
import unicodedata
from datetime import date
from types import SimpleNamespace

import openpyxl
import pytest

from haicap.listen.intake import days, sandbox, table, workbook
from haicap.listen.intake.table import SheetTable, Table
from haicap.listen.samples import COMMUNE_XLSX
from haicap.listen.taxonomy import FIELDS
from tests.listen.intake import files


class Names:
    """A small gazetteer with one name of each kind."""

    KNOWN = {
        "xã bình minh": (("14623",), "exact"),
        "xã kim đông": (("14620",), "exact"),
        "phường hoa lư": (("14329",), "exact"),
        "xã cồn thoi": (("14623",), "former"),
        "xã bình min": (("14623",), "near"),
        "xã yên thắng": (("1", "2"), "ambiguous"),
        "xã ba chẽ": (("06970",), "exact"),
    }
    TODAY = {"14623": "xã Bình Minh", "14620": "xã Kim Đông", "14329": "phường Hoa Lư"}

    def resolve(self, name):
        codes, how = self.KNOWN.get(name.lower(), ((), "unknown"))
        return SimpleNamespace(codes=codes, how=how)

    def name(self, code):
        return self.TODAY.get(code, f"xã {code}")

    def is_ours(self, code):
        return code != "06970"


HEADER = [
    "STT",
    "Đơn vị kiến nghị",
    "Nội dung ý kiến, kiến nghị",
    "Lĩnh vực",
    "Thời hạn",
]
ONE = [1, "Xã Bình Minh", "Hỗ trợ vốn sửa trụ sở", "Trụ sở làm việc", date(2026, 3, 31)]
TWO = [2, "Xã Kim Đông", "Bổ sung biên chế", "Biên chế và bố trí nhân lực", ""]


def made(*rows, merged=(), name="Biểu 1", **more):
    width = max(map(len, rows))
    filled = tuple(tuple(row) + ("",) * (width - len(row)) for row in rows)
    return SheetTable(name=name, rows=filled, merged=tuple(merged), **more)


LABELS = {slug: known.label_vi for slug, known in FIELDS.items()}


def parse_table(built, **more):
    return workbook.parse(built, gazetteer=Names(), fields=LABELS, **more)


def parse(*sheets, **more):
    return parse_table(Table(sheets), **more)


def faults(*sheets, **more):
    found = parse(*sheets, **more)
    assert found.faults and not found.rows
    assert all(str(fault).endswith(".") for fault in found.faults)
    return [(fault.line, fault.column) for fault in found.faults]


def notes(found):
    assert all(str(note).endswith(".") for note in found.notes)
    return [note.code for note in found.notes]


def test_one_row_becomes_one_recommendation():
    found = parse(made(HEADER, ONE, TWO))
    assert found.faults == ()
    assert [row.line for row in found.rows] == [2, 3]
    first, second = found.rows
    assert first.unit_said == "Xã Bình Minh"
    assert first.unit_codes == ("14623",)
    assert first.text == "Hỗ trợ vốn sửa trụ sở"
    assert (first.field_said, first.field_slug) == ("Trụ sở làm việc", "offices")
    assert first.deadline == date(2026, 3, 31)
    assert second.deadline is None


def test_each_recommendation_stands_where_its_span_says():
    built = Table((made(["Biểu"], HEADER, ONE, TWO), made(HEADER, ONE, name="Biểu 2")))
    text = table.as_text(built)
    found = parse_table(built)
    assert len(found.rows) == 3
    for row in found.rows:
        assert text[slice(*row.span)] == row.text
        assert row.difficulty_span is None


def test_a_difficulty_stands_where_its_span_says():
    built = Table(
        (made(["Kiến nghị", "Khó khăn", "Đơn vị"], ["A", "B", "Xã Bình Minh"]),)
    )
    (row,) = parse_table(built).rows
    assert table.as_text(built)[slice(*row.difficulty_span)] == row.difficulty == "B"


def test_the_sample_workbook_gives_ten_recommendations_with_their_fields():
    said = sandbox.extract(COMMUNE_XLSX, "xlsx")
    assert workbook.looks_like_table(said.table)
    found = parse_table(said.table)
    assert found.faults == ()
    assert found.notes == ()
    assert len(found.rows) == 10
    assert {row.unit_codes for row in found.rows} == {("14623",)}
    assert all(row.field_slug in FIELDS for row in found.rows)
    assert all(row.difficulty and row.lead_said for row in found.rows)
    assert [row.deadline for row in found.rows if row.deadline] == [
        date(2025, 12, 31),
        date(2025, 12, 15),
        date(2026, 3, 31),
    ]


def test_columns_may_stand_in_any_order():
    order = [4, 2, 0, 3, 1]
    rows = [[row[at] for at in order] for row in (HEADER, ONE, TWO)]
    found = parse(made(*rows))
    assert [row.unit_codes for row in found.rows] == [("14623",), ("14620",)]
    assert found.rows[0].deadline == date(2026, 3, 31)


@pytest.mark.parametrize(
    "header",
    [
        [
            "stt",
            "don vi kien nghi",
            "noi dung y kien, kien nghi",
            "linh vuc",
            "thoi han",
        ],
        ["TT", "ĐƠN VỊ", "KIẾN NGHỊ, ĐỀ XUẤT", "LĨNH VỰC", "HẠN XỬ LÝ"],
        [
            "Số TT",
            "Xã, phường",
            "Nội dung kiến nghị (ghi rõ)",
            "Lĩnh vực:",
            "Thời hạn *",
        ],
        [unicodedata.normalize("NFD", name) for name in HEADER],
    ],
)
def test_headers_are_known_with_and_without_marks_and_by_synonyms(header):
    found = parse(made(header, ONE, TWO))
    assert [row.unit_codes for row in found.rows] == [("14623",), ("14620",)]
    assert found.rows[0].field_slug == "offices"


def test_titles_above_and_column_numbers_below_the_header_are_passed_over():
    title = ["", "", "BIỂU TỔNG HỢP Ý KIẾN, KIẾN NGHỊ"]
    counter = ["(1)", "(2)", "(3)", "(4)", "(5)"]
    found = parse(made(["UBND XÃ"], title, [], HEADER, counter, ONE))
    assert [row.line for row in found.rows] == [6]


def test_a_header_below_the_twentieth_row_is_no_header():
    assert workbook.looks_like_table(Table((made(*[["x"]] * 19, HEADER, ONE),)))
    assert not workbook.looks_like_table(Table((made(*[["x"]] * 20, HEADER, ONE),)))


def test_a_header_merged_over_two_rows_is_understood(tmp_path):
    """Seen in a real file, from Excel's own bytes to the row."""

    def dress(sheet, book):
        for column, name in ((0, "STT"), (1, "Đơn vị"), (2, "Nội dung kiến nghị")):
            sheet.merge_range(2, column, 3, column, name)
        sheet.merge_range(2, 3, 2, 4, "Cơ quan")
        sheet.write_row(3, 3, ["chủ trì", "phối hợp"])
        sheet.write_row(
            4, 0, [1, "Xã Bình Minh", "Sửa trụ sở", "Sở Tài chính", "Sở Xây dựng"]
        )
        sheet.merge_range(0, 0, 0, 4, "BIỂU TỔNG HỢP")

    path = files.save(tmp_path, "a.xlsx", files.book([], dress))
    found = parse_table(sandbox.extract(path, "xlsx").table)
    assert found.faults == ()
    (row,) = found.rows
    assert (row.line, row.text) == (5, "Sửa trụ sở")
    assert (row.lead_said, row.coordinators_said) == ("Sở Tài chính", "Sở Xây dựng")


def test_rows_that_title_a_group_give_their_field_to_those_below():
    header = ["STT", "Đơn vị", "Nội dung kiến nghị"]
    found = parse(
        made(
            header,
            ["I", "Giáo dục"],
            [1, "Xã Bình Minh", "Bổ sung giáo viên"],
            ["II", "VỀ GIAO THÔNG"],
            [1, "Xã Kim Đông", "Mở rộng đường"],
            ["III", "Việc không tên"],
            [1, "Xã Kim Đông", "Việc khác"],
        )
    )
    assert [row.field_slug for row in found.rows] == ["education", "transport", None]
    assert notes(found) == ["unknown_field"]


def test_rows_that_title_a_unit_give_it_to_those_below():
    found = parse(
        made(
            ["STT", "Nội dung kiến nghị"],
            ["A", "Xã Bình Minh"],
            [1, "Bổ sung giáo viên"],
            ["B", "Xã Kim Đông"],
            [1, "Mở rộng đường"],
        )
    )
    assert [row.unit_codes for row in found.rows] == [("14623",), ("14620",)]


def test_a_unit_merged_over_rows_speaks_for_all_of_them():
    found = parse(
        made(
            HEADER,
            ONE,
            [2, "", "Việc hai"],
            [3, "Xã Kim Đông", "Việc ba"],
            merged=[((1, 1), (2, 1))],
        )
    )
    assert [row.unit_codes for row in found.rows] == [
        ("14623",),
        ("14623",),
        ("14620",),
    ]


def test_a_row_without_a_unit_does_not_take_the_one_above():
    assert faults(made(HEADER, ONE, [2, "", "Việc hai"])) == [(3, "B")]


def test_the_sender_speaks_where_no_unit_is_named():
    found = parse(
        made(["STT", "Kiến nghị"], [1, "Việc một"], [2, "Việc hai"]),
        default_unit="14620",
    )
    assert [row.unit_codes for row in found.rows] == [("14620",), ("14620",)]


def test_several_units_in_one_cell_are_all_authors():
    found = parse(
        made(HEADER, [1, "Xã Bình Minh, xã Kim Đông và phường Hoa Lư", "Việc"])
    )
    assert found.rows[0].unit_codes == ("14623", "14620", "14329")


def test_an_old_name_is_today_s_unit_and_is_said():
    found = parse(made(HEADER, [1, "Xã Cồn Thoi", "Việc"]))
    assert found.rows[0].unit_codes == ("14623",)
    assert found.rows[0].unit_said == "Xã Cồn Thoi"
    assert notes(found) == ["former_unit"]
    assert "xã Bình Minh" in str(found.notes[0])


def test_a_name_almost_right_is_taken_and_said():
    assert notes(parse(made(HEADER, [1, "Xã Bình Min", "Việc"]))) == ["near_unit"]


@pytest.mark.parametrize("name", ["Xã Không Có", "Xã Yên Thắng", "Xã Ba Chẽ"])
def test_a_unit_that_is_unknown_or_ambiguous_or_elsewhere_is_a_fault(name):
    found = parse(made(HEADER, ONE, [2, name, "Việc"]))
    (fault,) = found.faults
    assert (fault.sheet, fault.line, fault.column) == ("Biểu 1", 3, "B")
    assert name in str(fault)


def test_an_ambiguous_unit_names_its_choices():
    found = parse(made(HEADER, [1, "Xã Yên Thắng", "Việc"]))
    assert "xã 1, xã 2" in str(found.faults[0])


def test_while_one_row_has_a_fault_no_row_counts_and_all_faults_are_named():
    found = faults(
        made(
            HEADER,
            ONE,
            [2, "Xã Không Có", ""],
            [3, "Xã Kim Đông", "Việc", "", "31/02/2026"],
        )
    )
    assert found == [(3, "C"), (3, "B"), (4, "E")]


@pytest.mark.parametrize("value", ["#REF!", "#N/A", "#NAME?", "#DIV/0!"])
def test_an_error_of_excel_is_no_recommendation(value):
    assert faults(made(HEADER, [1, "Xã Bình Minh", value])) == [(2, "C")]


def test_a_formula_never_calculated_is_a_fault_that_says_so(tmp_path):
    # openpyxl does not calculate; so do many programs that export workbooks.
    book = openpyxl.Workbook()
    book.active.append(HEADER)
    book.active.append([1, "Xã Bình Minh", '="Việc"'])
    book.save(tmp_path / "a.xlsx")
    built = sandbox.extract(tmp_path / "a.xlsx", "xlsx").table
    (fault,) = parse_table(built).faults
    assert (fault.line, fault.column) == (2, "C")
    assert "calculated" in str(fault)


def test_hidden_rows_are_read_and_said(tmp_path):
    def dress(sheet, _):
        sheet.set_row(2, None, None, {"hidden": True})
        sheet.set_column(3, 3, None, None, {"hidden": True})

    path = files.save(tmp_path, "a.xlsx", files.book([HEADER, ONE, TWO], dress))
    found = parse_table(sandbox.extract(path, "xlsx").table)
    assert len(found.rows) == 2
    assert notes(found) == ["hidden_rows", "hidden_columns"]
    assert str(found.notes[0]).endswith(": 3.")
    assert str(found.notes[1]).endswith(": D.")


@pytest.mark.parametrize(
    ("said", "meant"),
    [
        ("31/12/2025", date(2025, 12, 31)),
        ("1-3-2026", date(2026, 3, 1)),
        ("05.02.2026", date(2026, 2, 5)),
        ("2026-02-05", date(2026, 2, 5)),
        ("Trước ngày 15/11/2025", date(2025, 11, 15)),
        ("ngày 05 tháng 02 năm 2026", date(2026, 2, 5)),
        ("Tháng 2/2026", date(2026, 2, 28)),
        ("trong tháng 12 năm 2025", date(2025, 12, 31)),
        ("Quý IV/2025", date(2025, 12, 31)),
        ("quý 1 năm 2026", date(2026, 3, 31)),
        ("Năm 2026", date(2026, 12, 31)),
    ],
)
def test_dates_typed_as_text_are_day_month_year(said, meant):
    found = parse(made(HEADER, [1, "Xã Bình Minh", "Việc", "", said]))
    assert found.rows[0].deadline == meant
    assert found.rows[0].deadline_said == said
    assert notes(found) == ["text_dates"]


def test_a_deadline_without_a_date_keeps_its_words_and_invents_none():
    found = parse(made(HEADER, [1, "Xã Bình Minh", "Việc", "", "Thường xuyên"]))
    assert found.rows[0].deadline is None
    assert found.rows[0].deadline_said == "Thường xuyên"
    assert notes(found) == ["open_deadline"]


@pytest.mark.parametrize("said", ["31/02/2026", "tháng 13/2026", "0/1/2026"])
def test_a_day_that_is_in_no_calendar_is_a_fault(said):
    sheet = made(HEADER, [1, "Xã Bình Minh", "Việc", "", said])
    assert faults(sheet) == [(2, "E")]


def test_a_field_that_is_not_in_the_list_is_left_to_a_person():
    found = parse(made(HEADER, [1, "Xã Bình Minh", "Việc", "Chuyện lạ"]))
    assert (found.rows[0].field_said, found.rows[0].field_slug) == ("Chuyện lạ", None)
    assert notes(found) == ["unknown_field"]


def test_who_signs_under_the_table_is_no_recommendation():
    found = parse(
        made(
            HEADER,
            ONE,
            [],
            ["", "", "TM. ỦY BAN NHÂN DÂN"],
            ["", "Người lập biểu", "CHỦ TỊCH"],
        )
    )
    assert [row.line for row in found.rows] == [2]


def test_a_long_sentence_under_the_table_is_not_lost_in_silence():
    long = "Đề nghị tỉnh xem xét hỗ trợ kinh phí cho các nhiệm vụ phát sinh."
    assert faults(made(HEADER, ONE, [], ["", "", long])) == [(4, "B")]


def test_two_columns_of_one_name_are_a_fault():
    header = ["STT", "Đơn vị", "Nội dung kiến nghị", "Nội dung kiến nghị"]
    assert faults(made(header, [1, "Xã Bình Minh", "Việc", "Việc khác"])) == [(1, "D")]


def test_of_two_similar_columns_the_more_exact_is_taken():
    header = ["STT", "Đơn vị", "Nội dung", "Nội dung kiến nghị"]
    found = parse(made(header, [1, "Xã Bình Minh", "Thông tin chung", "Việc"]))
    assert found.rows[0].text == "Việc"


def test_several_sheets_are_read_and_one_without_a_table_is_said():
    found = parse(
        made(HEADER, ONE),
        made(HEADER, TWO, name="Biểu 2"),
        made(["Hướng dẫn"], name="Hướng dẫn"),
    )
    assert [row.sheet for row in found.rows] == ["Biểu 1", "Biểu 2"]
    assert notes(found) == ["sheet_without_table"]


def test_a_table_without_a_row_says_so():
    assert faults(made(HEADER)) == [(1, "")]


@pytest.mark.parametrize(
    "rows",
    [
        [["Báo cáo tình hình"], ["Xã Bình Minh kiến nghị sửa trụ sở."]],
        [["STT", "Họ tên", "Chức vụ"], [1, "A", "B"]],
        [["Kiến nghị"], ["Sửa trụ sở"]],
        [[]],
    ],
)
def test_a_workbook_of_another_kind_is_read_as_prose(rows):
    assert not workbook.looks_like_table(Table((made(*rows),)))


def test_the_examples_of_days_hold():
    assert doctest.testmod(days).failed == 0
