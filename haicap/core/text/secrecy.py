"""Finds what must not be spread: marks of State secrets, numbers of persons."""

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


# The personal number: province (001-096), sex and century (0-9), year, six digits.
_PERSON = re.compile(r"(?<![\d.,/-])0\d{2}[ .]?\d{3}[ .]?\d{6}(?![\d/-]|[.,]\d)")


def identity_numbers(text: str) -> tuple[tuple[int, int], ...]:
    """
    Return the places of twelve-digit personal numbers.

    >>> identity_numbers("CCCD 037185001234, biên lai 1.234.567.890.123")
    ((5, 17),)
    """
    return tuple(match.span() for match in _PERSON.finditer(text))
