"""What is seen of each piece of a text, for the tagger to learn from and to judge by."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from haicap.core.text.chunks import Chunk
from haicap.core.text.cues import BEGINS_ACTION
from haicap.core.text.lexicon import DOES, NAMES
from haicap.core.text.plain import Plain
from haicap.core.text.scene import WORD, Place, genre_of
from haicap.core.text.segments import Line


NAMED = re.compile(
    r"(?:xã|phường|đặc khu|thôn|ấp|buôn|bản|sở|ban|công ty)\s+(?=[^\W\d_])", re.I
)
STAGES: tuple[tuple[str, re.Pattern[str]], ...] = (
    (
        "conclude",
        re.compile(
            r"kết luận|phát biểu chỉ đạo|chỉ đạo|giao nhiệm vụ|yêu cầu các|nhấn mạnh"
        ),
    ),
    (
        "answer",
        re.compile(
            r"trả lời|tiếp thu|giải trình|đáp lời|phản hồi|giải đáp|trao đổi, làm rõ"
            r"|thông tin thêm|hồi âm"
        ),
    ),
    ("ask", re.compile(r"kiến nghị|đề xuất|đề nghị|mong muốn|nguyện vọng")),
    (
        "trouble",
        re.compile(r"khó khăn|vướng mắc|hạn chế|tồn tại|bất cập|phản ánh|trăn trở"),
    ),
    ("result", re.compile(r"kết quả|đạt được|ưu điểm|thành tích|nổi bật")),
)
SPEAKING = {"say", "ask", "order", "answer"}
LEVELS = tuple(NAMES)
TOP, BOTTOM = 0.12, 0.93  # of a document: its head and its signature
SHORT = 1_500  # characters: a shorter text has neither

VoiceAt = Callable[[int], str]


@dataclass(frozen=True, slots=True)
class Seen:
    """One piece as it is seen alone."""

    words: tuple[str, ...]
    does: frozenset[str]
    names: frozenset[str]
    begins_with: str  # the level of the name it begins with


@dataclass(frozen=True, slots=True)
class Sentence:
    """What the pieces of one sentence share."""

    ids: range
    subject: str  # the level that speaks in it, "" when nobody is named
    voice: str  # the level that spoke last, this sentence included
    stage: str  # what was announced last before it
    announces: tuple[str, ...]


def features(
    plain: Plain,
    lines: Sequence[Line],
    places: Sequence[Place],
    pieces: Sequence[Chunk],
    voice_at: VoiceAt,
    proposed: Sequence[str],
) -> list[list[str]]:
    """
    Return what is seen of each piece, as words that the tagger weighs.

    Shape: one list a piece. `voice_at` says who speaks at a place: a level, or "".
    `proposed` is the label that fixed patterns give each piece, "?" when not asked.
    """
    seen = [look(plain, piece) for piece in pieces]
    whole = [*document(plain)]
    found: list[list[str]] = []
    for sentence in sentences(plain, pieces, seen):
        does_before: set[str] = set()
        names_before: set[str] = set()
        last_verb = "-"
        before = found_in(pieces, seen, sentence.ids.start - 1)
        for i in sentence.ids:
            piece, place = pieces[i], places[pieces[i].line]
            after: set[str] = set()
            for later in range(i + 1, sentence.ids.stop):
                after |= seen[later].does
            here = seen[i]
            does = here.does
            own = [*alone(here), *edges(pieces, i)]
            own += around(pieces, seen, i)
            own += [f"<x={x}" for x in does_before] + [f">x={x}" for x in after]
            own += [f"<v={x}" for x in names_before]
            own += [
                f"<x&x={a}&{b}"
                for a in does_before
                if a not in ("figure", "measure", "need", "chat", "contrast")
                for b in does
            ]
            own += [f"ps={x}" for x in before]
            n = i - sentence.ids.start
            own += [f"p={size(n)}", f"r={size(sentence.ids.stop - 1 - i)}"]
            own.append(f"lastv={last_verb}")
            state = [
                *whole,
                f"subject={sentence.subject}",
                f"voice={sentence.voice}",
                f"stage={sentence.stage}",
                f"section={place.section}",
                f"speaks={voice_at(piece.start)}",
                *columns(plain, lines[piece.line], piece, place),
            ]
            own += state + [f"{s}|{x}" for s in state for x in does]
            own += [f"{whole[0]}|{s}" for s in state[1:]]
            own += [f"speaks={voice_at(piece.start)}|{s}" for s in state[:5]]
            own.append(f"section={place.section}|lastv={last_verb}")
            own += proposal(proposed[i], whole[0], voice_at(piece.start))
            own += [f"here={x}" for x in sentence.announces]
            own += [f"h={word}" for word in place.heading]
            own += [f"above={x}" for x in place.announced]
            own += position(plain, lines[piece.line], piece, place)
            found.append(own)
            does_before |= does
            names_before |= here.names
            last_verb = next(
                (v for v in ("ask", "order", "say", "answer") if v in does), last_verb
            )
    return found


def look(plain: Plain, piece: Chunk) -> Seen:
    """Return what one piece shows by itself."""
    low = plain.low[piece.start : piece.end]
    does = {name for name, words in DOES.items() if words.search(low)}
    if BEGINS_ACTION.match(low):
        does.add("act")
    names = {name for name, words in NAMES.items() if words.search(low)}
    first = next((name for name, words in NAMES.items() if words.match(low)), "")
    if any(
        plain.text[m.end() : m.end() + 1].isupper()
        for m in NAMED.finditer(plain.text, piece.start, piece.end)
    ):
        names.add("named")
    words = tuple("0" if w.isdigit() else w for w in WORD.findall(low))
    return Seen(words, frozenset(does), frozenset(names), first)


def document(plain: Plain) -> Iterator[str]:
    """Yield what is true of the whole document."""
    yield f"genre={genre_of(plain)}"
    head = plain.low[:250]
    named = [
        (match.start(), level)
        for level in ("province", "agency", "commune")
        if (match := NAMES[level].search(head))
    ]
    yield f"author={min(named)[1] if named else ''}"


def sentences(
    plain: Plain, pieces: Sequence[Chunk], seen: Sequence[Seen]
) -> Iterator[Sentence]:
    """Yield the sentences, with who speaks and what was announced before each."""
    stage, voice, start = "", "", 0
    for i in range(1, len(pieces) + 1):
        if i < len(pieces) and pieces[i].sentence == pieces[start].sentence:
            continue
        ids = range(start, i)
        subject = speaks_in(ids, seen)
        voice = subject or voice
        low = plain.low[pieces[start].start : pieces[i - 1].end]
        announces = tuple(name for name, words in STAGES if words.search(low))
        yield Sentence(ids, subject, voice, stage, announces)
        stage = announces[0] if announces else stage
        start = i


def speaks_in(ids: range, seen: Sequence[Seen]) -> str:
    """Return the level of the first name in a sentence that says or asks something."""
    for i in ids[:4]:
        named = [level for level in LEVELS if level in seen[i].names]
        if not named:
            continue
        near = seen[i].does | (seen[i + 1].does if i + 1 < len(seen) else set())
        if not (near & SPEAKING or seen[i].begins_with):
            continue
        if "commune" in named:
            return "commune"
        return "agency" if "agency" in named else named[-1]
    return ""


def alone(here: Seen) -> Iterator[str]:
    """Yield what a piece shows by itself."""
    words = here.words
    yield from (f"w={word}" for word in set(words))
    yield from (f"2={a}_{b}" for a, b in zip(words, words[1:], strict=False))
    if words:
        yield f"f1={words[0]}"
        yield f"f2={'_'.join(words[:2])}"
        yield f"f3={'_'.join(words[:3])}"
        yield f"l1={words[-1]}"
        yield f"l2={'_'.join(words[-2:])}"
    yield from (f"x={name}" for name in here.does)
    yield from (f"v={name}" for name in here.names)
    if here.begins_with:
        yield f"v=1{here.begins_with}"
    yield f"n={size(len(words))}"


def edges(pieces: Sequence[Chunk], i: int) -> Iterator[str]:
    """Yield the marks on both sides of a piece."""
    mark = pieces[i].mark
    after = pieces[i + 1].mark if i + 1 < len(pieces) else "END"
    yield f"m={mark}"
    yield f"nm={after}"
    yield f"m={mark}|nm={after}"


def around(pieces: Sequence[Chunk], seen: Sequence[Seen], i: int) -> Iterator[str]:
    """Yield what the neighbours show: two on each side, the nearer with their words."""
    for step in (-2, -1, 1, 2):
        j = i + step
        if not 0 <= j < len(pieces) or (
            abs(step) == 2 and pieces[j].line != pieces[i].line
        ):
            yield f"{step}=none"
            continue
        same = "s" if pieces[j].sentence == pieces[i].sentence else "d"
        other = seen[j]
        yield from (f"{step}{same}x={name}" for name in other.does)
        yield from (f"{step}{same}v={name}" for name in other.names)
        if abs(step) == 1 and other.words:
            yield f"{step}{same}f={other.words[0]}"
            yield f"{step}{same}l={other.words[-1]}"
            yield f"{step}{same}l2={'_'.join(other.words[-2:])}"
            yield from (f"{step}{same}w={word}" for word in set(other.words))


def found_in(pieces: Sequence[Chunk], seen: Sequence[Seen], last: int) -> set[str]:
    """Return what the sentence that ends with this piece does."""
    if last < 0:
        return set()
    did: set[str] = set()
    i = last
    while i >= 0 and pieces[i].sentence == pieces[last].sentence:
        did |= seen[i].does
        i -= 1
    return did & {"ask", "order", "say", "answer", "trouble", "done"}


def proposal(label: str, genre: str, voice: str) -> list[str]:
    """Return what the patterns said of a piece, and where that is worth more or less."""
    if label == "?":
        return ["rule=?"]
    rule = f"rule={label}"
    return [rule, f"{rule}|{genre}", f"{rule}|speaks={voice}"]


def columns(plain: Plain, line: Line, piece: Chunk, place: Place) -> list[str]:
    """Return the column of a table that a piece stands in."""
    if place.columns is None:
        return []
    cell = plain.low.count("|", line.start, piece.start)
    name = place.columns[cell] if cell < len(place.columns) else "?"
    return [f"column={name or '-'}"]


def position(plain: Plain, line: Line, piece: Chunk, place: Place) -> Iterator[str]:
    """Yield where a piece stands: the rank of its line, head or foot, in a quotation."""
    yield f"rank={line.rank}"
    if place.is_head:
        yield "HEAD"
    if len(plain.low) > SHORT:
        if piece.end < len(plain.low) * TOP:
            yield "top"
        if piece.end > len(plain.low) * BOTTOM:
            yield "bottom"
    before = plain.low[line.start : piece.start]
    if before.count("“") > before.count("”"):
        yield "quoted"


def size(n: int) -> str:
    """Return a count in few classes."""
    return str(n) if n < 4 else "4-6" if n < 7 else "7+"
