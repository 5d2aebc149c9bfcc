"""What is seen of a piece: how far a meeting is that the text tells of."""

from haicap.core.text.features import phases
from haicap.core.text.plain import Plain
from haicap.core.text.segments import lines


NEWS = """Làm việc với các xã, phường
Phát biểu khai mạc, đồng chí Bí thư nêu ý nghĩa của hội nghị.
Đồng chí tin tưởng các xã sẽ vượt khó.
Hội nghị đã nghe Ban Tổ chức báo cáo tóm tắt kết quả.
Đại diện các xã đã nêu nhiều khó khăn.
Lãnh đạo các sở đã giải đáp.
Kết luận hội nghị, đồng chí yêu cầu rà soát.
Cùng với đó, cần bố trí vốn."""


def test_each_paragraph_tells_how_far_the_meeting_is_or_goes_on_with_it():
    plain = Plain(NEWS)

    assert list(phases(plain, list(lines(plain)))) == [
        "",
        "open",
        "open",
        "report",
        "discuss",
        "answer",
        "conclude",
        "conclude",
    ]
