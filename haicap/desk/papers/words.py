"""
The fixed words of official papers.

A paper is Vietnamese whatever language the screen has, so these are data of the
form and not sentences of the interface.
Source: Decree 30/2020/NĐ-CP, annex I (form); the outcome classes are those of
replies to voters' petitions.
"""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum


NATION = "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM"
MOTTO = "Độc lập - Tự do - Hạnh phúc"
DRAFT = "DỰ THẢO"
DEMO = "Dữ liệu minh họa"
END = "./."
TITLE = "BIỂU TỔNG HỢP Ý KIẾN, KIẾN NGHỊ VÀ KẾT QUẢ GIẢI QUYẾT"
SUMMARY_TITLE = "SỐ LIỆU THEO LĨNH VỰC"
COUNTING = (
    "Ghi chú: một nội dung do nhiều đơn vị nêu được tính một lần; đã trả lời chưa có"
    " nghĩa là đã giải quyết xong"
)
RECIPIENTS = "Nơi nhận:"
FILED = "- Lưu: VT."
NO_NUMBER = "Số: ……/……"
ATTACHED_TO_NOTHING_YET = "Báo cáo số …/BC-… ngày …/…/… của …"
NO_PLACE = "……"
NO_SIGNER = ("(QUYỀN HẠN, CHỨC VỤ CỦA NGƯỜI KÝ)",)

# What stands in a cell when nobody has said it; shown as missing, never guessed.
NO_UNITS = "không nêu"
NO_FIELD = "chưa xếp lĩnh vực"
NO_LEAD = "chưa có"
NO_COORDINATORS = "không có"
NO_DUE = "chưa có hạn"
NO_ANSWER = "chưa trả lời"
NO_REPLY_REF = "chưa có"
NO_OUTCOME = "chưa có kết quả"


class Result(StrEnum):
    """The few classes that the table counts; every row is in exactly one."""

    SOLVED = "solved"
    IN_PROGRESS = "in_progress"
    WILL_SOLVE = "will_solve"
    EXPLAINED = "explained"
    FORWARDED = "forwarded"
    OTHER = "other"
    NONE = "none"


RESULT_WORDS = {
    Result.SOLVED: "Đã giải quyết xong",
    Result.IN_PROGRESS: "Đang giải quyết",
    Result.WILL_SOLVE: "Sẽ giải quyết",
    Result.EXPLAINED: "Giải trình, cung cấp thông tin",
    Result.FORWARDED: "Chuyển cấp trên, cơ quan khác",
    Result.OTHER: "Trùng, trả lại",
    Result.NONE: "Chưa có kết quả",
}


@dataclass(frozen=True, slots=True)
class Outcome:
    """How one outcome class is written, counted, and whether it is an answer."""

    words: str
    result: Result
    is_answer: bool = True


OUTCOMES = {
    "solved_legal_doc": Outcome(
        "Đã giải quyết xong: ban hành, sửa đổi văn bản", Result.SOLVED
    ),
    "solved_inspection": Outcome(
        "Đã giải quyết xong: thanh tra, kiểm tra", Result.SOLVED
    ),
    "solved_execution": Outcome("Đã giải quyết xong: tổ chức thực hiện", Result.SOLVED),
    "in_progress_roadmap": Outcome("Đang giải quyết: có lộ trình", Result.IN_PROGRESS),
    "in_progress_submitted": Outcome(
        "Đang giải quyết: đã trình cấp có thẩm quyền", Result.IN_PROGRESS
    ),
    "in_progress_no_roadmap": Outcome(
        "Đang giải quyết: chưa có lộ trình", Result.IN_PROGRESS
    ),
    "in_progress_no_resources": Outcome(
        "Đang giải quyết: chưa có nguồn lực", Result.IN_PROGRESS
    ),
    "in_progress_not_yet_possible": Outcome(
        "Đang giải quyết: chưa thể giải quyết ngay", Result.IN_PROGRESS
    ),
    "in_progress_upper_rule": Outcome(
        "Đang giải quyết: liên quan văn bản cấp trên", Result.IN_PROGRESS
    ),
    "will_solve": Outcome("Sẽ giải quyết", Result.WILL_SOLVE),
    "explained": Outcome("Giải trình, cung cấp thông tin", Result.EXPLAINED),
    "out_of_competence_forwarded": Outcome(
        "Không thuộc thẩm quyền, đã chuyển", Result.FORWARDED
    ),
    "duplicate": Outcome("Kiến nghị trùng", Result.OTHER),
    "returned": Outcome("Trả lại", Result.OTHER, is_answer=False),
}


def place_and_date(place: str, on: date | None) -> str:
    """
    Return the line of place and date; days below 10 and months 1, 2 get a zero.

    >>> place_and_date("Ninh Bình", date(2026, 2, 5))
    'Ninh Bình, ngày 05 tháng 02 năm 2026'
    >>> place_and_date("Ninh Bình", date(2026, 3, 15))
    'Ninh Bình, ngày 15 tháng 3 năm 2026'
    >>> place_and_date("Ninh Bình", None)
    'Ninh Bình, ngày … tháng … năm …'
    """
    where = place or NO_PLACE
    if on is None:
        return f"{where}, ngày … tháng … năm …"
    month = f"{on.month:02d}" if on.month <= 2 else str(on.month)
    return f"{where}, ngày {on.day:02d} tháng {month} năm {on.year}"


def roman(number: int) -> str:
    """
    Return `number` in Roman numerals.

    >>> [roman(n) for n in (1, 4, 9, 14, 40)]
    ['I', 'IV', 'IX', 'XIV', 'XL']
    """
    signs = (
        (1000, "M"),
        (900, "CM"),
        (500, "D"),
        (400, "CD"),
        (100, "C"),
        (90, "XC"),
        (50, "L"),
        (40, "XL"),
        (10, "X"),
        (9, "IX"),
        (5, "V"),
        (4, "IV"),
        (1, "I"),
    )
    text = ""
    for worth, sign in signs:
        times, number = divmod(number, worth)
        text += sign * times
    return text
