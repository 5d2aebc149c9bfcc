"""Time limits in the words of official texts."""

from datetime import date

import pytest

from haicap.core.text.dates import find_deadline
from haicap.core.text.writing_day import written_on


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
        ("chậm nhất là ngày 05/02", "chậm nhất là ngày 05/02", date(2026, 2, 5)),
        ("hạn 15-3", "hạn 15-3", date(2026, 3, 15)),
        ("nộp trước 15.3.2026", "trước 15.3.2026", date(2026, 3, 15)),
        ("nộp trước 17h ngày 20/11", "trước 17h ngày 20/11", date(2025, 11, 20)),
        ("trước ngày mồng 5 báo cáo", "trước ngày mồng 5", date(2025, 11, 5)),
        ("từ 10/11 đến 20/11 xuống giống", "từ 10/11 đến 20/11", date(2025, 11, 20)),
        ("nội tháng 12 trình", "nội tháng 12", date(2025, 12, 31)),
        ("ngay trong tháng mười hai", "trong tháng mười hai", date(2025, 12, 31)),
        ("có kết quả hết quý i", "hết quý i", date(2026, 3, 31)),
        ("làm xong cuối tháng này", "cuối tháng này", date(2025, 11, 30)),
        ("xong trong năm nay", "trong năm nay", date(2025, 12, 31)),
        ("trước tháng 3/2026", "trước tháng 3/2026", date(2026, 2, 28)),
        ("trong 6 tháng đầu năm 2026", "trong 6 tháng đầu năm 2026", date(2026, 6, 30)),
        ("trung tuần tháng 12 họp", "trung tuần tháng 12", date(2025, 12, 20)),
        ("chậm nhất thứ sáu nộp", "chậm nhất thứ sáu", date(2025, 11, 7)),
        ("sửa ngay trong hôm nay", "trong hôm nay", date(2025, 11, 5)),
        ("20/11 phải có mặt", "20/11", date(2025, 11, 20)),
        ("đến 31/12/2025 phải xong", "đến 31/12/2025", date(2025, 12, 31)),
        ("làm đầu tháng sau", "đầu tháng sau", None),
        ("xong trước mùa mưa", "trước mùa mưa", None),
        ("trước mùa mưa lũ năm 2026", "trước mùa mưa lũ năm 2026", None),
        ("trong vòng nửa tháng", "trong vòng nửa tháng", None),
        ("trong 05 (năm) ngày làm việc", "trong 05 (năm) ngày làm việc", None),
        ("trong hai mươi ngày", "trong hai mươi ngày", None),
        ("nộp trước ngày 25 hằng tháng", "trước ngày 25 hằng tháng", None),
        ("họp mỗi tuần một lần", "mỗi tuần một lần", None),
        ("sửa xong trước 28 tết", "trước 28 tết", None),
        ("trình phương án | 25/01/2026", "25/01/2026", date(2026, 1, 25)),
        ("mở lớp vào ngày 12 và 13/12", "vào ngày 12 và 13/12", date(2025, 12, 13)),
        ("báo cáo trước ngày o5/12/2025", "trước ngày o5/12/2025", date(2025, 12, 5)),
        ("dọn xong ngay trong ngày", "trong ngày", None),
        ("báo cáo cuối mỗi quý", "cuối mỗi quý", None),
        ("tuần sau cử người xuống", "tuần sau", None),
        ("phải trình kỳ họp cuối năm 2025", "kỳ họp cuối năm 2025", None),
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
        "nâng phụ cấp hằng tháng cho trưởng thôn",
        "trong 9/11 xã",
        "trong 3 năm qua",
        "sau 3 tháng vận hành",
        "biệt phái hai viên chức trong sáu tháng",
        "kể từ ngày 01/01/2026",
        "từ nay đến cuối năm",
        "từ thứ hai tuần sau xe chạy lại",
        "đến hôm nay chưa được trả lời",
        "chưa bố trí được vốn trong năm 2026",
        "kiểm tra kỹ trước khi trình",
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


def test_what_a_reply_tells_of_the_past_is_no_promise():
    text = "sở đã trình trong tháng 10/2025"
    assert find_deadline(text, today=FRIDAY_WEEK, planned=True) is None


def test_a_month_that_is_long_over_is_meant_for_the_next_year():
    text = "xong trong tháng 2"
    found = find_deadline(text, today=date(2025, 12, 10), planned=False)
    assert found is not None and found.day == date(2026, 2, 28)
    found = find_deadline(text, today=date(2025, 3, 10), planned=False)
    assert found is not None and found.day == date(2025, 2, 28)


def test_a_line_break_does_not_part_a_limit():
    text = "gửi trước\nngày 15/12/2025"
    found = find_deadline(text, today=None, planned=False)
    assert found is not None
    assert text[found.start : found.end] == "trước\nngày 15/12/2025"


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
        # A page without a year is no older than the two tiers.
        ("phường mới\n\n(phủ lý, 21-10) - mưa suốt đêm", date(2025, 10, 21)),
        ("trong hai ngày 29 và 30/10, ban vh-xh giám sát", date(2025, 10, 30)),
        ("hôm 22 tháng 1 trời mù. nộp trước ngày 15/2", date(2026, 1, 22)),
        ("tuần từ 20/7 đến 26/7/2026", date(2026, 7, 26)),
        # What a report is about tells more than a day in the middle of it.
        ("sổ phản ánh tháng 10/2026\n[01] ngày 05/10: mất nước", date(2026, 10, 31)),
        ("nộp trước ngày 15/11", None),
        ("xong trước 30/6/2026", None),
        ("không có ngày nào", None),
    ],
)
def test_a_text_tells_when_it_was_written(text, day):
    assert written_on(text) == day


@pytest.mark.parametrize(
    "text",
    ["ghi nhận sự chủ động trong bốn tháng qua", "đã làm trong 10 ngày vừa qua"],
)
def test_what_is_over_is_no_limit(text):
    assert find_deadline(text, today=FRIDAY_WEEK, planned=False) is None


def test_the_day_it_was_handed_in_tells_the_year():
    assert written_on("sáng 9/12, hội nghị bàn", date(2028, 1, 5)) == date(2028, 12, 9)


@pytest.mark.parametrize(
    "text, day",
    [
        ("xong trước 30/11", date(2025, 11, 30)),
        ("gửi trước ngày 15/2", date(2026, 2, 15)),
        ("hoàn thành trong tháng 8", date(2025, 8, 31)),
        ("xong trong quý ii", date(2026, 6, 30)),
        # A week and "this month" need the day itself.
        ("xong trong tuần này", None),
        ("xong trong tháng này", None),
        ("xong trong năm nay", None),
    ],
)
def test_in_a_text_without_a_day_a_limit_is_the_first_of_its_name(text, day):
    since = date(2025, 7, 1)

    found = find_deadline(text, today=None, planned=False, since=since)

    assert found is not None and found.day == day
