"""Says which pieces of a text are items, of which kind, and how sure that is."""

from __future__ import annotations

import math
from bisect import bisect_left
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Protocol

import numpy as np

from haicap.core.text.candidates import (
    KINDS,
    Looking,
    Odds,
    Run,
    Stops,
    least,
    possible,
    taken,
)
from haicap.core.text.chunks import Chunk, chunks
from haicap.core.text.features import VoiceAt, features
from haicap.core.text.joined import OUTSIDE, parted, whole_end
from haicap.core.text.patterns import Proposal
from haicap.core.text.plain import Plain
from haicap.core.text.scene import places
from haicap.core.text.segments import Line, Span, trim
from haicap.core.text.subjects import is_bare_list


LEAST = 8  # characters of an item
TAIL = " \t\r\n.,;:!?…-–“”\"'"


class Weights(Protocol):
    """The trained part: the odds of each label for each piece of one document."""

    def odds(self, seen: Sequence[Sequence[str]]) -> list[Odds]:
        """Return the odds of every label, one table a piece."""

    def worth(self, rows: Iterable[Sequence[float]]) -> list[float]:
        """Return how likely each span is an item just as it stands; see `candidates`."""

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
    runs, rows = looked_at(plain, pieces, weights.odds(seen))
    return chosen(plain, pieces, runs, weights.worth(rows), weights.sure)


def chosen(
    plain: Plain,
    pieces: Sequence[Chunk],
    runs: Sequence[Run],
    worth: Sequence[float],
    sure: Callable[[float], float] = float,
) -> list[Tagged]:
    """Return the spans that are taken for items. `worth`: how likely each is one."""
    found = []
    numbers = taken(runs, worth, least(worth, len(plain.low)))
    places = [place(plain, pieces, runs[i]) for i in numbers]
    for n, (i, (start, end)) in enumerate(zip(numbers, places, strict=True), start=1):
        after = places[n][0] if n < len(places) else len(plain.low)
        if (whole := whole_end(plain, end)) <= after:
            end = whole
        if not is_bare_list(plain.low[start:end]):
            found.append(Tagged(KINDS[runs[i].kind], start, end, sure(worth[i])))
    return found


def looked_at(
    plain: Plain, pieces: Sequence[Chunk], odds: Sequence[Odds]
) -> tuple[list[Run], Iterator[list[float]]]:
    """Return the spans that may be items, and yield what is seen of each."""
    stops = Stops(plain.low, pieces)
    read = list(items(stops, parted(plain, pieces, labels(odds))))
    looking = Looking(plain.low, pieces, odds, read)
    runs = [
        run
        for run in possible(pieces, odds, read, stops)
        if _length(place(plain, pieces, run)) >= LEAST
    ]
    return runs, map(looking.row, runs)


def _length(span: Span) -> int:
    return span[1] - span[0]


def place(plain: Plain, pieces: Sequence[Chunk], run: Run) -> Span:
    """Return where a span begins and ends, without the marks at its end."""
    return trim(plain.text, pieces[run.first].start, pieces[run.last].end, TAIL)


def labels(odds: Sequence[Odds], lean: float = 0.3) -> list[str]:
    """
    Return the likeliest labels in which no item goes on before it begins.

    `lean`: how much an item is preferred to none; a person dismisses a false one more
    quickly than finds a missed one.
    """
    known = list(odds[0])
    # By number: quicker than names. `own`: the label that begins what each goes on with.
    own = [
        (n, known.index(f"B-{label[2:]}"))
        for n, label in enumerate(known)
        if label[0] == "I"
    ]
    leans = [0.0 if label == OUTSIDE else lean for label in known]
    told = np.array([[table[label] for label in known] for table in odds])
    near = (np.log(np.maximum(told, 1e-9)) + leans).tolist()
    scores = near[0]
    for n, _begins in own:
        scores[n] = -math.inf
    back: list[list[int]] = []
    for step in near[1:]:
        # Whatever begins here may follow anything: the best one so far serves all.
        most = max(scores)
        came = [scores.index(most)] * len(known)
        after = [most + score for score in step]
        for n, begins in own:
            came[n] = begins if scores[begins] >= scores[n] else n
            after[n] = scores[came[n]] + step[n]
        scores = after
        back.append(came)
    at = scores.index(max(scores))
    path = [known[at]]
    for came in reversed(back):
        at = came[at]
        path.append(known[at])
    return path[::-1]


def items(stops: Stops, labelled: Sequence[str]) -> Iterator[Run]:
    """Yield the items that labels say."""
    first, kind = 0, ""
    for i, label in enumerate(labelled):
        if kind and label == f"I-{kind}" and not stops.at(i, kind):
            continue
        if kind:
            yield Run(kind, first, i - 1)
        first, kind = i, "" if label == OUTSIDE else label[2:]
    if kind:
        yield Run(kind, first, len(labelled) - 1)


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
    begins = [given(piece.start) for piece in pieces]
    ends = [given(piece.end) for piece in pieces]
    taken: list[Span] = []
    for kind, (start, end) in sorted(spans, key=lambda x: (x[1][0], -x[1][1])):
        if any(a <= start and end <= b for a, b in taken):
            continue
        taken.append((start, end))
        first = True
        for i in range(bisect_left(ends, start), bisect_left(begins, end)):
            a, b = begins[i], ends[i]
            if 2 * (min(b, end) - max(a, start)) > b - a:
                out[i] = f"{'B' if first else 'I'}-{letter[kind]}"
                first = False
    return out
