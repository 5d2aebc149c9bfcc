"""A mark of secrecy is seen; the word in a sentence is not a mark."""

import pytest

from haicap.core.text.secrecy import identity_numbers, secret_mark


@pytest.mark.parametrize(
    "text",
    [
        "UBND TỈNH\nMẬT\nBÁO CÁO",
        "TUYỆT MẬT",
        "  TỐI MẬT  \nSố: 12/BC",
        "Độ mật: Mật\nBáo cáo",
    ],
)
def test_a_stamp_is_a_mark(text):
    assert secret_mark(text)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "Giữ bí mật thông tin của công dân.",
        "Bảo mật hệ thống là việc hằng ngày.",
        "Hộ nuôi ong bán mật ở chợ.",
        "Mật độ dân số tăng",
    ],
)
def test_the_word_in_a_sentence_is_no_mark(text):
    assert secret_mark(text) is None


def test_a_personal_number_is_found_where_it_stands():
    text = "Ông A, CCCD 037185001234, tổ 5"
    (place,) = identity_numbers(text)
    assert text[slice(*place)] == "037185001234"


@pytest.mark.parametrize("text", ["1.234.567.890.123", "0371850012345", "12/2025", ""])
def test_other_numbers_are_not_of_persons(text):
    assert identity_numbers(text) == ()
