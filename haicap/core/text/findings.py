"""What the reader gives back: a place in the text, and what stands there."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any


KINDS = ("difficulty", "recommendation", "reply", "directive", "result")


@dataclass(frozen=True, slots=True)
class Finding:
    """
    One statement of a document, with the reasons for taking it for one.

    `start` and `end` are offsets in the text as given; `text` is exactly what stands
    between them. Names (`speaker`, `addressee`, `communes`) are in one spelling; two
    speakers are joined by "; ". `fields` has the main one first.
    """

    kind: str  # one of KINDS
    start: int
    end: int
    text: str
    speaker: str | None = None
    addressee: str | None = None
    fields: tuple[str, ...] = ()
    communes: tuple[str, ...] = ()
    deadline: date | None = None
    deadline_text: str | None = None
    confidence: float = 0.5  # 0-1
    rule: str = ""
    why: tuple[tuple[str, str], ...] = ()  # (what, words): ("cue", "đề nghị")

    def as_json(self) -> dict[str, Any]:
        """Return the keys and values that other tools rely on."""
        return {
            "kind": self.kind,
            "start": self.start,
            "end": self.end,
            "text": self.text,
            "speaker": self.speaker,
            "addressee": self.addressee,
            "fields": list(self.fields),
            "communes": list(self.communes),
            "deadline": self.deadline.isoformat() if self.deadline else None,
            "deadline_text": self.deadline_text,
            "confidence": round(self.confidence, 2),
            "rule": self.rule,
        }
