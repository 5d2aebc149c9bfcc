"""Says which pieces of a text are items, of which kind, and how sure that is."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Protocol

from haicap.core.text.chunks import HARD, Chunk, chunks
from haicap.core.text.features import VoiceAt, features
from haicap.core.text.joined import OUTSIDE, parted
from haicap.core.text.patterns import Proposal
from haicap.core.text.plain import Plain
from haicap.core.text.scene import places
from haicap.core.text.segments import Line, Span, trim


# B begins an item, I goes on with it; the letter is its kind.
KINDS = {
    "D": "difficulty",
    "R": "recommendation",
    "P": "reply",
    "C": "directive",
    "K": "result",
}
LEAST = 8  # characters of an item
TAIL = " \t\r\n.,;:!?…-–“”\"'"
Odds = dict[str, float]  # label -> probability


class Weights(Protocol):
    """The trained part: the odds of each label for each piece of one document."""

    def odds(self, seen: Sequence[Sequence[str]]) -> list[Odds]:
        """Return the odds of every label, one table a piece."""

    def sure(self, score: float) -> float:
        """Return how often items of this score were right."""


@dataclass(frozen=True, slots=True)
class Tagged:
    """An item before anybody is named in it; offsets of the plain forms."""

    kind: str
    start: int
    end: int
    confidence: float  # 0-1


def tag(
    plain: Plain,
    lines: list[Line],
    weights: Weights,
    voice_at: VoiceAt,
    proposals: Sequence[Proposal],
) -> list[Tagged]:
    """Return the items of a text, in order, none overlapping another."""
    pieces = list(chunks(plain, lines))
    spans = [(each.kind, (each.start, each.end)) for each in proposals]
    proposed = labels_of(pieces, int, spans)
    seen = features(plain, lines, places(plain, lines), pieces, voice_at, proposed)
    return tag_pieces(plain, pieces, seen, weights)


def tag_pieces(
    plain: Plain,
    pieces: Sequence[Chunk],
    seen: Sequence[Sequence[str]],
    weights: Weights,
) -> list[Tagged]:
    """Return the items among pieces that were looked at before."""
    if not pieces:
        return []
    odds = weights.odds(seen)
    found = []
    for kind, ids in items(pieces, parted(plain, pieces, labels(odds))):
        start, end = trim(plain.text, pieces[ids[0]].start, pieces[ids[-1]].end, TAIL)
        if end - start >= LEAST:
            score = sum(share(odds[i], kind) for i in ids) / len(ids)
            found.append(Tagged(KINDS[kind], start, end, weights.sure(score)))
    return found


def share(odds: Odds, kind: str) -> float:
    """Return the odds that a piece belongs to an item of this kind."""
    return odds.get(f"B-{kind}", 0.0) + odds.get(f"I-{kind}", 0.0)


def labels(odds: Sequence[Odds], lean: float = 0.3) -> list[str]:
    """
    Return the likeliest labels in which no item goes on before it begins.

    `lean`: how much an item is preferred to none; a person dismisses a false one more
    quickly than finds a missed one.
    """
    known = list(odds[0])
    inner = [x for x in known if x[0] == "I"]
    begins = {x: [b for b in known if b != OUTSIDE and b[2:] == x[2:]] for x in inner}
    leans = {x: 0.0 if x == OUTSIDE else lean for x in known}
    log = math.log
    scores = {
        x: log(max(odds[0][x], 1e-9)) + leans[x] for x in known if x not in begins
    }
    back: list[dict[str, str]] = []
    for table in odds[1:]:
        # Whatever begins here may follow anything: the best one so far serves all.
        best = max(scores, key=scores.__getitem__)
        step: dict[str, float] = {}
        came: dict[str, str] = {}
        for label in known:
            if label not in begins:
                came[label] = best
            elif own := [b for b in begins[label] if b in scores]:
                came[label] = max(own, key=scores.__getitem__)
            else:
                continue
            odd = table[label]
            near = log(odd if odd > 1e-9 else 1e-9) + leans[label]
            step[label] = scores[came[label]] + near
        scores = step
        back.append(came)
    label = max(scores, key=scores.__getitem__)
    path = [label]
    for came in reversed(back):
        label = came[label]
        path.append(label)
    return path[::-1]


def items(
    pieces: Sequence[Chunk], labelled: Sequence[str]
) -> Iterator[tuple[str, list[int]]]:
    """Yield the kind and the pieces of each item."""
    ids: list[int] = []
    kind = ""
    for i, label in enumerate(labelled):
        goes_on = bool(ids) and label == f"I-{kind}" and not parts(pieces, i, kind)
        if goes_on:
            ids.append(i)
            continue
        if ids:
            yield kind, ids
        ids, kind = ([i], label[2:]) if label != OUTSIDE else ([], "")
    if ids:
        yield kind, ids


def parts(pieces: Sequence[Chunk], i: int, kind: str) -> bool:
    """
    Return whether no item can run over from the piece before this one.

    Only a reply runs over sentences and semicolons: it is as long as what it answers.
    """
    piece, before = pieces[i], pieces[i - 1]
    if piece.line != before.line or piece.mark == "|":
        return True
    is_over = piece.sentence != before.sentence or piece.mark in HARD
    return is_over and kind != "P"


def labels_of(
    pieces: Sequence[Chunk],
    given: Callable[[int], int],
    spans: Sequence[tuple[str, Span]],
) -> list[str]:
    """
    Return the labels that say these items: what is marked, or what patterns propose.

    `spans`: the kind and the place of each item, in the offsets that `given` turns a
    place into; an item inside another one is left out.
    """
    letter = {kind: short for short, kind in KINDS.items()}
    out = [OUTSIDE] * len(pieces)
    taken: list[Span] = []
    for kind, (start, end) in sorted(spans, key=lambda x: (x[1][0], -x[1][1])):
        if any(a <= start and end <= b for a, b in taken):
            continue
        taken.append((start, end))
        first = True
        for i, piece in enumerate(pieces):
            a, b = given(piece.start), given(piece.end)
            if 2 * (min(b, end) - max(a, start)) > b - a:
                out[i] = f"{'B' if first else 'I'}-{letter[kind]}"
                first = False
    return out
