"""Cuts a text into pieces, and finds where words that somebody quoted really stand."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator

from haicap.core.text.fold import one_tone_placement
from haicap.core.text.plain import Plain


# A mark that no letter took up stands alone, yet belongs to what is before it.
MARK = "[\u0300-\u036f]"


def pieces(text: str, *, longest: int) -> Iterator[tuple[int, int]]:
    """
    Yield the places of pieces that together are the text, none longer than `longest`.

    A piece ends with a line where one ends in time, else with a word. Blank pieces are
    left out.

    >>> list(pieces("Một hai.\\nBa bốn.", longest=10))
    [(0, 9), (9, 16)]
    """
    start = 0
    while start < len(text):
        end = min(start + longest, len(text))
        if end < len(text):
            end = (
                text.rfind("\n", start, end) + 1
                or text.rfind(" ", start, end) + 1
                or end
            )
        if not text[start:end].isspace():
            yield start, end
        start = end


def place_of_words(
    plain: Plain, words: str, *, start: int, end: int
) -> tuple[int, int] | None:
    """
    Return where the words first stand between two places of `plain.text`; None if nowhere.

    Every letter has to agree. Only blanks, the form of composition and the place of a
    tone (hoà, hòa) may differ, and no word is cut.

    >>> place_of_words(Plain("Xã đề\\nnghị tỉnh."), "đề nghị", start=0, end=15)
    (3, 10)
    """
    said = one_tone_placement(unicodedata.normalize("NFC", words)).split()
    if not said or sum(map(len, said)) > end - start:
        return None
    searched = r"\s+".join(map(re.escape, said))
    whole = re.compile(rf"(?<!\w)(?!{MARK}){searched}(?!\w|{MARK})")
    match = whole.search(plain.text, start, end)
    return match.span() if match else None
