"""Every form of a text has its length, whatever letters stand in it."""

import pytest

from haicap.core.text.plain import Plain


@pytest.mark.parametrize(
    ("text", "low"),
    [("ĐỀ NGHỊ", "đề nghị"), ("İ ĐÊ", "İ đê"), ("ΟΔΟΣ Đ", "οδοσ đ")],
)
def test_lower_case_keeps_the_length(text, low):
    assert Plain(text).low == low
