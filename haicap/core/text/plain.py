"""Same-length forms of a text that are easy to search, with the way back to the text."""

from __future__ import annotations

import re
import unicodedata
from functools import cached_property

from haicap.core.text.fold import one_tone_placement, strip_marks


class _OneToOne(dict[int, int]):
    """A translation table that is filled as characters come up."""

    def __init__(self, *, marks: bool) -> None:
        super().__init__()
        self.marks = marks

    def __missing__(self, code: int) -> int:
        char = chr(code).lower()
        if not self.marks:
            char = strip_marks(char).replace("đ", "d")
        # Length must not change: what becomes two letters (ß, İ) stays as it is.
        self[code] = ord(char) if len(char) == 1 else code
        return self[code]


LOWER = _OneToOne(marks=True)
BARE = _OneToOne(marks=False)
CLUSTER = re.compile("[^\u0300-\u036f][\u0300-\u036f]*|[\u0300-\u036f]+")


class Plain:
    """
    A text in composed form: `text`, `low` (lower case) and `bare` (no marks).

    The three have one length, so a place found in one is a place in all; `given(i)`
    says where that place is in the text that was handed in.
    """

    def __init__(self, given: str) -> None:
        self._at: list[int] | None = None
        if unicodedata.is_normalized("NFC", given):
            self.text = one_tone_placement(given)
            return
        parts: list[str] = []
        self._at = []
        for match in CLUSTER.finditer(given):
            composed = unicodedata.normalize("NFC", match.group())
            parts.append(composed)
            self._at.extend([match.start()] * len(composed))
        self._at.append(len(given))
        self.text = one_tone_placement("".join(parts))

    @cached_property
    def low(self) -> str:
        """The text in lower case."""
        low = self.text.lower()
        # Only İ becomes longer, and only Σ heeds its neighbours; both are rare here.
        if len(low) == len(self.text) and "Σ" not in self.text:
            return low
        return self.text.translate(LOWER)

    @cached_property
    def bare(self) -> str:
        """The text in lower case and without marks: what survives a bad scan."""
        return self.text.translate(BARE)

    def replace(self, text: str) -> None:
        """Put another text of the same length in place, before anything was found."""
        if len(text) != len(self.text):
            raise ValueError("the text must keep its length")
        self.text = text
        for form in ("low", "bare"):
            self.__dict__.pop(form, None)

    def given(self, place: int) -> int:
        """Return the offset in the text handed in for an offset in these forms."""
        return place if self._at is None else self._at[place]
