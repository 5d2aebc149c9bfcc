"""The cells of a workbook come out as Excel shows them, within the limits."""

import pytest

from haicap.listen.intake import limits, sandbox
from haicap.listen.samples import COMMUNE_XLSX
from tests.listen.intake import files
from tests.listen.intake.reading import WORDS, codes, extract, refusal


def test_a_workbook_is_read_row_by_row(tmp_path):
    content = files.book([["STT", "Nội dung"], [1, WORDS], [], [2, 3.5]])
    said = extract(tmp_path, "a.xlsx", content)
    assert said.text == f"STT | Nội dung\n1 | {WORDS}\n2 | 3,5"
    assert said.table.sheets[0].rows[1] == (1, WORDS)


def test_the_sample_workbook_is_read_without_a_remark():
    said = sandbox.extract(COMMUNE_XLSX, "xlsx")
    assert said.notes == ()
    assert "Xã Bình Minh" in said.text


def test_formulas_are_read_as_the_values_they_showed(tmp_path):
    def dress(sheet, _):
        sheet.write_formula(1, 0, '="Đề nghị"', None, "Đề nghị")

    said = extract(tmp_path, "a.xlsx", files.book([["Nội dung"]], dress))
    assert said.text == "Nội dung\nĐề nghị"
    assert codes(said) == ["formulas"]


def test_a_hidden_sheet_is_left_aside_and_said(tmp_path):
    def dress(_, book):
        hidden = book.add_worksheet("Nháp")
        hidden.write(0, 0, "không đọc")
        hidden.hide()

    said = extract(tmp_path, "a.xlsx", files.book([["đọc"]], dress))
    assert said.text == "đọc"
    assert codes(said) == ["hidden_sheet"]


@pytest.mark.parametrize(
    ("row", "column", "code"),
    [
        (limits.ROWS, 0, "too_many_rows"),
        (1_048_575, 0, "too_many_rows"),
        (0, limits.COLUMNS, "too_many_columns"),
        (1_048_575, 16_383, "too_many_rows"),
    ],
)
def test_a_cell_beyond_the_limits_is_refused(tmp_path, row, column, code):
    def dress(sheet, _):
        sheet.write(row, column, "x")

    assert refusal(tmp_path, "a.xlsx", files.book([["a"]], dress)) == code


def test_cells_up_to_the_limits_pass(tmp_path):
    def dress(sheet, _):
        sheet.write(limits.ROWS - 1, 2, "cuối")
        sheet.write(0, limits.COLUMNS - 1, "phải")

    said = extract(tmp_path, "a.xlsx", files.book([["", "a"]], dress))
    assert said.text == "a | phải\ncuối"
    rows = said.table.sheets[0].rows
    assert rows[0][1] == "a"
    assert rows[limits.ROWS - 1] == ("", "", "cuối")


def test_styled_empty_cells_far_away_do_no_harm(tmp_path):
    def dress(sheet, book):
        sheet.write_blank(1_048_575, 16_000, None, book.add_format({"bold": True}))

    assert extract(tmp_path, "a.xlsx", files.book([["a"]], dress)).text == "a"
