"""Finds the mark of a State secret on a document: Mật, Tối mật, Tuyệt mật."""

from __future__ import annotations

import re

from haicap.core.text.fold import nfc


# A mark stands alone, as a stamp does: on its line, in a cell, or after "Độ mật".
_STAMP = re.compile(
    r"(?:^|[|\n])[ \t*\[(]*"
    r"(?:độ\s+mật\s*[:：]?\s*|chỉ\s+mức\s+độ\s+mật\s*[:：]?\s*)?"
    r"(tuyệt\s*mật|tối\s*mật|mật)[ \t*\])]*(?=$|[|\n])",
    re.IGNORECASE,
)


def secret_mark(text: str) -> str | None:
    """
    Return the mark as it stands there, or None.

    >>> secret_mark("UBND TỈNH\\nTUYỆT MẬT\\nBáo cáo")
    'TUYỆT MẬT'
    >>> secret_mark("Giữ bí mật công tác. Hộ nuôi ong lấy mật.") is None
    True
    """
    match = _STAMP.search(nfc(text))
    return " ".join(match[1].split()) if match else None
