"""A bare list of subjects is no statement: nobody could grant it."""

import pytest

from haicap.core.text.subjects import is_bare_list


@pytest.mark.parametrize(
    ("text", "is_bare"),
    [
        ("công tác cán bộ, tài chính ngân sách, đầu tư công, quy hoạch", True),
        ("biên chế khối đảng, khối chính quyền; biên chế ngành giáo dục", True),
        ("đất đai, xây dựng, tài chính, công nghệ thông tin", True),
        ("quy hoạch và đầu tư công", False),
        ("bổ sung biên chế cho công an, giáo viên, công chức cấp xã", False),
        ("thiếu phòng học, nhà vệ sinh, sân chơi", False),
        ("", False),
    ],
)
def test_only_a_list_of_subjects_is_bare(text, is_bare):
    assert is_bare_list(text) == is_bare
