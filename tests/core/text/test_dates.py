"""Time limits in the words of official texts."""

from datetime import date

import pytest

from haicap.core.text.dates import find_deadline, written_on


FRIDAY_WEEK = date(2025, 11, 5)  # a Wednesday


@pytest.mark.parametrize(
    "text, said, day",
    [
        (
            "hoàn thành trước ngày 15/12/2025",
            "trước ngày 15/12/2025",
            date(2025, 12, 15),
        ),
        (
            "chậm nhất ngày 20/12/2025 phải xong",
            "chậm nhất ngày 20/12/2025",
            date(2025, 12, 20),
        ),
        ("gửi về sở trước 30/11", "trước 30/11", date(2025, 11, 30)),
        ("làm xong trong tháng 11", "trong tháng 11", date(2025, 11, 30)),
        ("trình trong quý i/2026", "trong quý i/2026", date(2026, 3, 31)),
        ("bố trí vốn trong năm 2026", "trong năm 2026", date(2026, 12, 31)),
        ("báo cáo trong tuần này", "trong tuần này", date(2025, 11, 7)),
        ("lập danh sách, hoàn thành 20/11", "20/11", date(2025, 11, 20)),
        ("trước ngày 3l/01/2026", "trước ngày 3l/01/2026", date(2026, 1, 31)),
        ("trả lời trong 10 ngày làm việc", "trong 10 ngày làm việc", None),
        ("thẩm định không quá 15 ngày", "không quá 15 ngày", None),
        ("mười ngày nữa báo cáo lại", "mười ngày nữa", None),
        ("công bố trong tuần tới", "trong tuần tới", None),
        ("giao ban hằng tháng", "hằng tháng", None),
        ("báo cáo định kỳ thứ sáu hằng tuần", "định kỳ thứ sáu hằng tuần", None),
        ("sửa đường trước tết", "trước tết", None),
        ("trình kỳ họp giữa năm 2026", "kỳ họp giữa năm 2026", None),
        ("nạo vét trước vụ mùa 2026", "trước vụ mùa 2026", None),
    ],
)
def test_a_limit_keeps_its_words_and_its_last_day(text, said, day):
    found = find_deadline(text, today=FRIDAY_WEEK, planned=False)
    assert found is not None
    assert (text[found.start : found.end], found.day) == (said, day)


@pytest.mark.parametrize(
    "text",
    [
        "thu gom từ 15/12",
        "thí điểm đến hết tháng 6",
        "giai đoạn 2026 - 2030",
        "kế hoạch năm 2026",
        "nghị định số 178/2024/nđ-cp",
        "",
    ],
)
def test_a_start_a_duration_and_a_plan_are_no_limits(text):
    assert find_deadline(text, today=FRIDAY_WEEK, planned=False) is None


def test_a_promise_names_its_time_without_a_preposition():
    text = "khởi công quý ii/2026"
    assert find_deadline(text, today=None, planned=False) is None
    found = find_deadline(text, today=None, planned=True)
    assert found is not None and found.day == date(2026, 6, 30)


def test_without_a_year_there_is_no_day():
    found = find_deadline("xong trước 30/11", today=None, planned=False)
    assert found is not None and found.day is None


@pytest.mark.parametrize("text", ["trước ngày 31/02/2026", "trước 99/99"])
def test_an_impossible_day_is_no_day(text):
    found = find_deadline(text, today=FRIDAY_WEEK, planned=False)
    assert found is None or found.day is None


@pytest.mark.parametrize(
    "text, day",
    [
        (
            "ninh bình, ngày 05 tháng 02 năm 2026\nhoàn thành trước 1/1/2027",
            date(2026, 2, 5),
        ),
        ("sáng 9/12, hội nghị bàn. xong trước 30/6/2026", date(2025, 12, 9)),
        ("không có ngày nào", None),
    ],
)
def test_a_text_tells_when_it_was_written(text, day):
    assert written_on(text) == day
