"""What is left of a model's answer once it is held against the document."""

from __future__ import annotations

import json
from collections.abc import Container, Iterator
from dataclasses import dataclass, field
from typing import Any

from haicap.core.text.findings import KINDS, Finding
from haicap.core.text.plain import Plain
from haicap.core.text.quoted import place_of_words
from haicap.listen.language_model.endpoint import NoAnswer


RULE = "language-model"
# A constant: what a model says of its own certainty is worth nothing. It lies below
# every step at which many statements are accepted at once.
CONFIDENCE = 0.5
MOST_ITEMS = 40
MOST_FIELDS = 3
FEWEST_WORDS = 4
MOST_LETTERS = 1_500


@dataclass
class Checker:
    """
    Turns answers into findings of one text, and takes nothing on trust.

    `taken` are the places that already have a statement; each finding adds its own.
    """

    text: str
    fields: Container[str]
    taken: list[tuple[int, int]] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.plain = Plain(self.text)

    def findings(self, body: bytes, *, start: int, end: int) -> list[Finding]:
        """
        Return what an answer proposes for a piece of `plain.text`, as far as it is true.

        Errors: NoAnswer when it is not the JSON that was asked for.
        """
        found = (self._finding(item, start, end) for item in items(body))
        return [each for each in found if each]

    def _finding(self, item: Any, start: int, end: int) -> Finding | None:
        """Return one item as a finding; None when anything about it is wrong."""
        if not isinstance(item, dict):
            return None
        kind, quote, said = item.get("kind"), item.get("quote"), item.get("fields")
        if kind not in KINDS or not isinstance(quote, str):
            return None
        if len(quote) > MOST_LETTERS or len(quote.split()) < FEWEST_WORDS:
            return None
        place = place_of_words(self.plain, quote, start=start, end=end)
        if place is None:
            return None
        first, last = self.plain.given(place[0]), self.plain.given(place[1])
        if any(one < last and first < other for one, other in self.taken):
            return None
        self.taken.append((first, last))
        return Finding(
            kind=kind,
            start=first,
            end=last,
            text=self.text[first:last],
            fields=tuple(self._fields(said)),
            confidence=CONFIDENCE,
            rule=RULE,
            why=(("rule", RULE),),
        )

    def _fields(self, said: Any) -> list[str]:
        """Return those of the fields that exist, each once."""
        named = said if isinstance(said, list) else []
        known = [
            each for each in named if isinstance(each, str) and each in self.fields
        ]
        return list(dict.fromkeys(known))[:MOST_FIELDS]


def items(body: bytes) -> Iterator[Any]:
    """Yield the items of an answer, whatever they are; NoAnswer when there is no list."""
    try:
        said = json.loads(body)["choices"][0]["message"]["content"]
        # Many models put their JSON between fences or after a polite sentence.
        words = said[said.index("{") : said.rindex("}") + 1]
        listed = json.loads(words)["items"]
    except (ValueError, LookupError, TypeError, AttributeError, RecursionError):
        raise NoAnswer("not-json") from None
    if not isinstance(listed, list):
        raise NoAnswer("not-json")
    yield from listed[:MOST_ITEMS]
