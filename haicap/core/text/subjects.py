"""Tells a bare list of subjects, which asks for nothing, from a statement."""

from __future__ import annotations

import re
from typing import Final

from haicap.core.text.glossary import WORK


#: Words of which the names of subjects are made, beside those of departments.
_MORE: Final = """
    an ninh biên bãi bồi bị chế chính quyền cho chứng thực công tác lĩnh vực ngành khối cấp các xã
    phường việc vấn đề về cán bộ chức viên đầu tư đất đai địa đoàn thể đảng dân dôi dư dịch vụ
    giải phóng mặt bằng bồi thường hạ tầng hành hộ tịch huấn luyện kinh phí sách tế lịch hội khu
    kiểm tra liệu dữ mạng máy môi trường tiện thiết nhà ở nước sạch ngân pháp luật phân phòng
    chống quản lý quốc rác thải sản tài số tập thông tin thoát thôn tổ thủ tục tiền lương trang
    bị trật tự trung tâm trụ sở tuyến xuyên xây dựng văn hóa và xóm đường
    """
SUBJECTS: Final = frozenset((*_MORE.split(), *re.findall(r"[^\W\d_]+", WORK.lower())))
PARTS: Final = re.compile(r"[,;:]| và ")
WORDS: Final = re.compile(r"\w+")
FEW: Final = 2  # parts; what names so few may yet be an ask for them


def is_bare_list(low: str) -> bool:
    """
    Return whether a text in lower case only lists subjects: nobody could grant or answer it.

    >>> is_bare_list("công tác cán bộ, tài chính ngân sách, đầu tư công, quy hoạch")
    True
    >>> is_bare_list("hỗ trợ vốn đầu tư trụ sở, hạ tầng giáo dục, thoát nước đô thị")
    False
    """
    parts = [part for part in PARTS.split(low) if part.strip()]
    return len(parts) > FEW and all(word in SUBJECTS for word in WORDS.findall(low))
