import csv
import doctest
import io
import zipfile
from datetime import UTC, date, datetime, timedelta, timezone
from decimal import Decimal

import openpyxl
import pytest
from django.utils import translation
from hypothesis import given
from hypothesis import strategies as st

from haicap.core.errors import BadInput
from haicap.ui import sheets
from haicap.ui.sheets import Column, Kind, from_csv_text, write_csv, write_sheet


HERE = timezone(timedelta(hours=7))
NOON = datetime(2026, 1, 7, 12, 0, tzinfo=HERE)
COLUMNS = [
    Column("Mã", 12),
    Column("Nội dung", 60),
    Column("Số xã", 8, Kind.NUMBER),
    Column("Hạn", 12, Kind.DATE),
    Column("Gửi lúc", 16, Kind.MOMENT),
]
ROWS = [
    ("HS-0117", "Kinh phí & định mức <chi>", 38, date(2026, 1, 7), NOON),
    ("HS-0118", "dòng một\ndòng hai", Decimal("2.5"), None, None),
    ("HS-0119", "-5", 0, None, None),
]
LIVE = ["=1+1", "+84 229", "-5", "@SUM(A1)", "\t=1", "\r=1", "＝1+1", "＠x", " =1"]


def clock(text):
    """A sheet holds clock times without a zone."""
    return datetime.fromisoformat(text)


def sheet(columns=COLUMNS, rows=ROWS, **changes):
    says = {
        "title": "Hồ sơ xử lý: hạn trong tuần",
        "filter_sentence": "Hạn từ 07/01 đến 10/01/2026; chủ trì: Sở A & Sở B",
        "as_of": NOON,
        "unit": "Văn phòng UBND tỉnh",
        "is_demo": False,
    }
    return write_sheet(columns, rows, **says | changes)


def opened(data):
    return openpyxl.load_workbook(io.BytesIO(data), data_only=False)


def values(data):
    return [
        tuple(cell.value for cell in row) for row in opened(data).worksheets[0].rows
    ]


def test_what_was_exported_comes_back_equal():
    head, first, second, third = values(sheet())
    assert head == ("Mã", "Nội dung", "Số xã", "Hạn", "Gửi lúc")
    assert first[:3] == ROWS[0][:3]
    assert first[3] == clock("2026-01-07")
    assert first[4] == clock("2026-01-07T12:00")
    assert second == ("HS-0118", "dòng một\ndòng hai", 2.5, None, None)
    assert third[1:3] == ("-5", 0)


@pytest.mark.parametrize("text", LIVE)
def test_text_that_looks_like_a_formula_stays_text(text):
    cell = opened(sheet([Column("Tên")], [[text]])).worksheets[0]["A2"]
    assert cell.data_type != "f"
    assert cell.value.replace("_x000D_", "\r") == text
    assert cell.quotePrefix


def test_a_formula_in_a_title_stays_text():
    assert values(sheet([Column("=1+1")], [])) == [("=1+1",)]


@given(st.lists(st.integers(-(10**12), 10**12), min_size=1, max_size=5))
def test_numbers_stay_numbers(numbers):
    got = values(sheet([Column("n", kind=Kind.NUMBER)], [[n] for n in numbers]))
    assert [row[0] for row in got[1:]] == numbers


def test_a_moment_is_written_in_the_clock_of_the_table():
    moment = datetime(2026, 1, 7, 5, 30, tzinfo=UTC)
    got = values(sheet([Column("lúc", kind=Kind.MOMENT)], [[moment]]))
    assert got[1][0] == clock("2026-01-07T12:30")


def test_the_sheet_prints_on_a4_landscape_under_a_repeated_head():
    table = opened(sheet()).worksheets[0]
    assert table.page_setup.orientation == "landscape"
    assert table.page_setup.paperSize == 9
    assert table.sheet_properties.pageSetUpPr.fitToPage
    assert int(table.page_setup.fitToHeight) == 0
    assert table.print_title_rows == "$1:$1"
    assert table.freeze_panes == "B2"
    assert table.auto_filter.ref == "A1:E4"


def test_the_sheet_says_what_was_asked_and_when():
    with translation.override("en"):
        book = opened(sheet())
    about = [row[0].value for row in book.worksheets[1].rows]
    assert about[1:3] == [
        "Văn phòng UBND tỉnh",
        "Hạn từ 07/01 đến 10/01/2026; chủ trì: Sở A & Sở B",
    ]
    assert "07/01/2026 12:00" in about[3]
    footer = zipfile.ZipFile(io.BytesIO(sheet())).read("xl/worksheets/sheet1.xml")
    assert "Sở A &amp;&amp; Sở B" in footer.decode()


@pytest.mark.parametrize("is_demo", [True, False])
def test_made_up_data_is_marked_as_such(is_demo):
    with translation.override("en"):
        data = sheet(is_demo=is_demo)
    about = [row[0].value for row in opened(data).worksheets[1].rows]
    assert ("Demonstration data" in about) is is_demo
    xml = zipfile.ZipFile(io.BytesIO(data)).read("xl/worksheets/sheet1.xml").decode()
    assert ("Demonstration data" in xml) is is_demo


def test_the_same_table_gives_the_same_bytes():
    assert sheet() == sheet()


def test_an_empty_list_is_still_a_sheet():
    assert values(sheet(rows=[])) == [tuple(column.title for column in COLUMNS)]


def test_a_text_too_long_for_a_cell_ends_with_a_visible_cut():
    got = values(sheet([Column("t")], [["a" * 40_000]]))[1][0]
    assert len(got) == 32_767
    assert got.endswith("[…]")


def test_a_long_head_gets_the_height_to_be_read():
    narrow = Column("Không phương án nào vượt được", 14)
    table = opened(sheet([narrow], [["một"]])).worksheets[0]
    assert table.row_dimensions[1].height > 40


def test_a_long_text_gets_the_height_to_be_read():
    table = opened(sheet([Column("t", 20)], [["chữ " * 50], ["ngắn"]])).worksheets[0]
    assert table.row_dimensions[2].height > 150 > 20 > table.row_dimensions[3].height


def test_too_many_rows_are_refused_not_lost(monkeypatch):
    monkeypatch.setattr(sheets, "_MAX_ROWS", 2)
    with pytest.raises(BadInput, match="thu hẹp bộ lọc"):
        sheet()


def test_a_long_filter_never_breaks_the_print_foot():
    xml = zipfile.ZipFile(io.BytesIO(sheet(filter_sentence="&" * 500))).read(
        "xl/worksheets/sheet1.xml"
    )
    foot = xml.decode().split("<oddFooter>")[1].split("</oddFooter>")[0]
    foot = foot.replace("&amp;", "&").replace("&quot;", '"')
    assert len(foot) <= 255
    assert foot.endswith("&P/&N")
    assert "…" in foot


@pytest.mark.parametrize("title", ["[a]/b:c*?", "'", "", "x" * 40])
def test_any_title_makes_a_sheet(title):
    assert opened(sheet(title=title)).worksheets[0].title


def parsed(data):
    assert data.startswith(b"\xef\xbb\xbf")
    return list(csv.reader(io.StringIO(data.decode("utf-8-sig")), delimiter=";"))


def test_csv_opens_as_vietnamese_offices_write():
    assert parsed(write_csv(COLUMNS, ROWS))[1:] == [
        ["HS-0117", ROWS[0][1], "38", "07/01/2026", "07/01/2026 12:00"],
        ["HS-0118", "dòng một\ndòng hai", "2,5", "", ""],
        ["HS-0119", "'-5", "0", "", ""],
    ]


def test_a_negative_number_is_not_taken_for_text():
    assert parsed(write_csv([Column("n", kind=Kind.NUMBER)], [[-5]]))[1] == ["-5"]


words = st.one_of(
    st.text(st.sampled_from("'=+-@＝\t ab"), max_size=6), st.sampled_from(LIVE)
)


@given(words)
def test_csv_text_is_inert_and_comes_back_equal(text):
    cell = sheets.to_csv_text(text)
    assert not sheets.looks_live(cell)
    assert from_csv_text(cell) == text


def test_the_examples_in_the_docstrings_are_true():
    assert doctest.testmod(sheets).failed == 0
