"""
The spans that may be statements, what is seen of each as a whole, and which are taken.

The chain judges piece after piece: it never sees that an item has neither a beginning nor an
end. Here each span that its odds leave possible is looked at whole, beside what the chain
would have read, and those are taken together that are likeliest to be right.
"""

from __future__ import annotations

import math
import re
from bisect import bisect_left
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType
from typing import Final

from haicap.core.text.chunks import HARD, Chunk


# The letter of each kind, as the chain's labels have it: "B-D" begins a difficulty.
KINDS: Final = MappingProxyType(
    {
        "D": "difficulty",
        "R": "recommendation",
        "P": "reply",
        "C": "directive",
        "K": "result",
    }
)
LETTERS: Final = tuple(KINDS)
Odds = Mapping[str, float]  # label -> probability
#: How likely a piece must begin an item, or go on with one, for a span to be looked at.
MAY: Final = 0.03
#: From which odds that an item goes on nobody looks whether it ends there.
GOES_ON: Final = 0.95
LONGEST: Final = 16  # pieces
LEAST: Final = 0.2  # odds of a span that is taken
#: In a long text without a span of these odds nobody asks or answers, it seems: there a
#: span needs more to be taken.
SURE: Final = 0.8
LEAST_IN_QUIET: Final = 0.6
LONG: Final = 1_500  # characters
BUT: Final = re.compile(r"(?:tuy nhiên|tuy vậy|thế nhưng)(?!\w)")
NONE: Final = 50  # pieces to an item that is not there
TINY: Final = 1e-6

#: What is seen of a span, in this order: how likely the chain finds it, piece by piece;
#: what stands before and after; its size and the marks around it; how it stands to what the
#: chain reads.
_COLUMNS: Final = """
    mean least most first last any_mean any_least other_most other_mean
    begins goes_on_first begins_log inside_log whole_log inside_least begins_inside ends_log
    next_goes_on next_begins next_any before_none before_kind
    pieces words characters words_first words_last commas
    kind mark_none mark_comma mark_start mark_hard
    next_mark_none next_mark_comma is_end to_start to_end
    is_read read_overlap n_over kind_over begins_by ends_by
    n_read read_mean read_share kind_share in_line
    left_kind right_kind left_far right_far left_same right_same place
    """
COLUMNS: Final = tuple(_COLUMNS.split())


@dataclass(frozen=True, slots=True)
class Run:
    """A span of pieces, from the first to the last, and the letter of its kind."""

    kind: str
    first: int
    last: int


def possible(
    pieces: Sequence[Chunk], odds: Sequence[Odds], read: Sequence[Run], stops: Stops
) -> list[Run]:
    """Return the spans that may be items, those that the chain reads among them."""
    found = set(read)
    for kind in KINDS:
        begins, goes_on = f"B-{kind}", f"I-{kind}"
        for first, table in enumerate(odds):
            odd = table.get(begins, 0.0)
            if first == 0 or stops.at(first, kind):
                odd += table.get(goes_on, 0.0)
            if odd < MAY:
                continue
            for last in range(first, min(first + LONGEST, len(pieces))):
                is_stop = last + 1 == len(pieces) or stops.at(last + 1, kind)
                odd = 0.0 if is_stop else odds[last + 1].get(goes_on, 0.0)
                if odd < GOES_ON:
                    found.add(Run(kind, first, last))
                if odd < MAY:
                    break
    # What "but" stands against is no trouble.
    found = {run for run in found if run.kind != "D" or not stops.is_but(run.last + 1)}
    return sorted(found, key=lambda run: (run.first, run.last, run.kind))


class Stops:
    """Where no item can run over from the piece before."""

    def __init__(self, low: str, pieces: Sequence[Chunk]) -> None:
        self._all = [False] * len(pieces)
        self._but_replies = [False] * len(pieces)
        self._but = [False] * (len(pieces) + 1)
        for i in range(1, len(pieces)):
            piece, before = pieces[i], pieces[i - 1]
            self._all[i] = piece.line != before.line or piece.mark == "|"
            is_over = piece.sentence != before.sentence or piece.mark in HARD
            # What stands before "tuy nhiên" and what stands after it are two things.
            self._but[i] = BUT.match(low, piece.start, piece.end) is not None
            is_over |= self._but[i] or self._but[i - 1]
            self._but_replies[i] = self._all[i] or is_over

    def at(self, i: int, kind: str) -> bool:
        """
        Return whether an item of this kind ends before a piece.

        Only a reply runs over sentences and semicolons: it is as long as what it answers.
        """
        return self._all[i] if kind == "P" else self._but_replies[i]

    def is_but(self, i: int) -> bool:
        """Return whether a piece says "tuy nhiên"."""
        return self._but[i]


class Looking:
    """What is seen of the spans of one document."""

    def __init__(
        self,
        low: str,
        pieces: Sequence[Chunk],
        odds: Sequence[Odds],
        read: Sequence[Run],
    ) -> None:
        self.pieces = pieces
        self.read = read
        self.n_words = [len(low[one.start : one.end].split()) for one in pieces]
        self.begin = {k: [table.get(f"B-{k}", 0.0) for table in odds] for k in KINDS}
        self.inner = {k: [table.get(f"I-{k}", 0.0) for table in odds] for k in KINDS}
        self.share = {
            k: [b + i for b, i in zip(self.begin[k], self.inner[k], strict=True)]
            for k in KINDS
        }
        self.other = {
            k: [*map(max, *(self.share[o] for o in KINDS if o != k))] for k in KINDS
        }
        self.any = [1.0 - table.get("O", 0.0) for table in odds]
        self.begins = [sum(self.begin[k][i] for k in KINDS) for i in range(len(odds))]
        self.firsts = [run.first for run in read]
        self.lasts = [run.last for run in read]
        self.mean = (
            sum(self._mean(self.share[run.kind], run) for run in read) / len(read)
            if read
            else 0.0
        )
        self.to_start, self.to_end = _in_sentence(pieces)
        self.in_line: dict[int, int] = {}
        for run in read:
            line = pieces[run.first].line
            self.in_line[line] = self.in_line.get(line, 0) + 1
        self.kinds = {k: sum(run.kind == k for run in read) for k in KINDS}

    def row(self, run: Run) -> list[float]:
        """Return what is seen of one span, in the order of `COLUMNS`."""
        return [
            *self._odds(run),
            *self._around(run),
            *self._shape(run),
            *self._beside(run),
            run.first / len(self.pieces),
        ]

    def _odds(self, run: Run) -> Iterator[float]:
        kind, first, stop = run.kind, run.first, run.last + 1
        n = stop - first
        share = self.share[kind][first:stop]
        some = self.any[first:stop]
        others = self.other[kind][first:stop]
        inner = self.inner[kind][first + 1 : stop]
        begins = math.log(max(self.begin[kind][first], TINY))
        inside = [math.log(max(odd, TINY)) for odd in inner]
        goes_on = self._goes_on(run)
        yield from (sum(share) / n, min(share), max(share), share[0], share[-1])
        yield from (sum(some) / n, min(some), max(others), sum(others) / n)
        yield from (self.begin[kind][first], self.inner[kind][first], begins)
        yield from (sum(inside), begins + sum(inside), min(inside, default=0.0))
        yield max(self.begins[first + 1 : stop], default=0.0)
        yield math.log(max(1.0 - goes_on, TINY))

    def _goes_on(self, run: Run) -> float:
        return self.inner[run.kind][run.last + 1] if self._has_next(run) else 0.0

    def _has_next(self, run: Run) -> bool:
        """Return whether the line goes on after the span."""
        after = run.last + 1
        pieces = self.pieces
        return after < len(pieces) and pieces[after].line == pieces[run.last].line

    def _around(self, run: Run) -> Iterator[float]:
        after, before = run.last + 1, run.first - 1
        has_next = self._has_next(run)
        pieces = self.pieces
        has_before = before >= 0 and pieces[before].line == pieces[run.first].line
        yield self._goes_on(run)
        yield self.begin[run.kind][after] if has_next else 0.0
        yield self.any[after] if has_next else 0.0
        yield 1.0 - self.any[before] if has_before else 1.0
        yield self.share[run.kind][before] if has_before else 0.0

    def _shape(self, run: Run) -> Iterator[float]:
        pieces, first, last = self.pieces, run.first, run.last
        words = self.n_words[first : last + 1]
        is_end = self.to_end[last] == 0
        mark = pieces[first].mark
        after = "" if is_end else pieces[last + 1].mark
        yield from (last - first + 1, sum(words))
        yield pieces[last].end - pieces[first].start
        yield from (words[0], words[-1])
        yield sum(one.mark == "," for one in pieces[first + 1 : last + 1])
        yield LETTERS.index(run.kind)
        yield from (mark == "", mark == ",", mark == "^", mark in HARD)
        yield from (not is_end and after == "", after == ",", is_end)
        yield from (self.to_start[first], self.to_end[last])

    def _beside(self, run: Run) -> Iterator[float]:
        read = self.read
        # The items of the chain are in order: those that overlap stand together.
        left = bisect_left(self.lasts, run.first)
        right = bisect_left(self.firsts, run.last + 1)
        over = read[left:right]
        yield run in over
        yield max((_overlap(run, one) for one in over), default=0.0)
        yield len(over)
        yield any(one.kind == run.kind for one in over)
        yield over[0].first - run.first if over else NONE
        yield over[-1].last - run.last if over else NONE
        n = len(self.pieces)
        yield from (len(read), self.mean, len(read) / n)
        yield self.kinds[run.kind] / max(1, len(read))
        pieces = self.pieces
        yield self.in_line.get(pieces[run.first].line, 0)
        before = read[left - 1] if left else None
        after = read[right] if right < len(read) else None
        yield before is not None and before.kind == run.kind
        yield after is not None and after.kind == run.kind
        yield run.first - before.last if before else NONE
        yield after.first - run.last if after else NONE
        yield (
            before is not None
            and pieces[before.last].sentence == pieces[run.first].sentence
        )
        yield (
            after is not None
            and pieces[after.first].sentence == pieces[run.last].sentence
        )

    @staticmethod
    def _mean(share: Sequence[float], run: Run) -> float:
        some = share[run.first : run.last + 1]
        return sum(some) / len(some)


def _in_sentence(pieces: Sequence[Chunk]) -> tuple[list[int], list[int]]:
    """Return how many pieces of its sentence stand before and after each piece."""
    before = [0] * len(pieces)
    for i in range(1, len(pieces)):
        if pieces[i].sentence == pieces[i - 1].sentence:
            before[i] = before[i - 1] + 1
    after = [0] * len(pieces)
    for i in reversed(range(len(pieces) - 1)):
        if pieces[i].sentence == pieces[i + 1].sentence:
            after[i] = after[i + 1] + 1
    return before, after


def _overlap(one: Run, other: Run) -> float:
    """Return the share of the pieces that two spans have in common."""
    both = min(one.last, other.last) - max(one.first, other.first) + 1
    return max(0, both) / (max(one.last, other.last) - min(one.first, other.first) + 1)


def least(odds: Sequence[float], length: int) -> float:
    """Return the odds that a span needs in a text of some length, in characters."""
    is_quiet = length > LONG and max(odds, default=0.0) < SURE
    return LEAST_IN_QUIET if is_quiet else LEAST


def taken(
    runs: Sequence[Run], odds: Sequence[float], needed: float = LEAST
) -> list[int]:
    """
    Return which spans are taken, in order: none overlaps another, and together they are
    likeliest to be right.

    `odds`: how likely each is an item just as it stands. Shape: as many as there are spans.
    `needed`: the odds that a span needs.
    """
    ranked = sorted(
        (i for i, odd in enumerate(odds) if odd > needed),
        key=lambda i: (runs[i].last, runs[i].first, runs[i].kind),
    )
    lasts = [runs[i].last for i in ranked]
    # best[n]: the most that the first n of them are worth; came[n]: how.
    best, came = [0.0], [(0, False)]
    for n, i in enumerate(ranked):
        free = bisect_left(lasts, runs[i].first, 0, n)
        worth = best[free] + odds[i] - needed
        is_taken = worth > best[n]
        best.append(worth if is_taken else best[n])
        came.append((free, True) if is_taken else (n, False))
    out = []
    n = len(ranked)
    while n:
        before, is_taken = came[n]
        if is_taken:
            out.append(ranked[n - 1])
        n = before
    return out[::-1]
