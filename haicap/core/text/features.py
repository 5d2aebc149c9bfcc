"""What is seen of each piece of a text, for the tagger to learn from and to judge by."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise

from haicap.core.text.chunks import Chunk
from haicap.core.text.cues import BEGINS_ACTION
from haicap.core.text.lexicon import DOES, FIGURES, NAMES, told
from haicap.core.text.plain import Plain
from haicap.core.text.scene import WORD, Place, genre_of
from haicap.core.text.segments import Line


NAMED = re.compile(
    r"(?:xã|phường|đặc khu|thôn|ấp|buôn|bản|sở|ban|công ty)\s+(?=[^\W\d_])"
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
# How far a meeting is, by how a paragraph begins; the next ones go on with it.
PHASES: tuple[tuple[str, re.Pattern[str]], ...] = (
    ("conclude", re.compile(r"kết luận|bế mạc|phát biểu chỉ đạo")),
    ("open", re.compile(r"khai mạc|mục đích, yêu cầu|chương trình làm việc")),
    ("answer", re.compile(r"giải đáp|giải trình|trả lời|tiếp thu|làm rõ")),
    (
        "report",
        re.compile(
            r"(?:nghe|theo|qua)(?: [^,.;]{0,60})? báo cáo|báo cáo (?:tóm tắt|kết quả|tại|của)"
        ),
    ),
    (
        "discuss",
        re.compile(r"thảo luận|kiến nghị|đề xuất|khó khăn|vướng mắc|ý kiến|phản ánh"),
    ),
    ("speak", re.compile(r"phát biểu|nhấn mạnh|yêu cầu|đề nghị")),
)
BEGINNING = 160  # characters of a paragraph that tell
SPEAKING = {"say", "ask", "order", "answer"}
LEVELS = tuple(NAMES)
ALL_DOES = (*DOES, "act")
ALL_NAMES = (*LEVELS, "named")
VERBS = ("ask", "order", "say", "answer")
MAIN = frozenset({"ask", "order", "say", "answer", "trouble", "done"})
# What says too little about the piece that follows.
NO_PAIR = frozenset({"figure", "measure", "need", "chat", "contrast"})
TOP, BOTTOM = 0.12, 0.93  # of a document: its head and its signature
SHORT = 1_500  # characters: a shorter text has neither
END = "END"  # what stands after the last piece
SPEAKS = 6  # where it stands among what holds for a piece
MANY = 8_192  # combinations of names that are kept

VoiceAt = Callable[[int], str]


@dataclass(frozen=True, slots=True)
class Seen:
    """One piece as it is seen alone; nothing in it has an order by chance."""

    words: tuple[str, ...]
    once: tuple[str, ...]  # the same words, each once
    does: tuple[str, ...]
    names: tuple[str, ...]
    begins_with: str  # the level of the name it begins with


@dataclass(frozen=True, slots=True)
class Sentence:
    """What the pieces of one sentence share."""

    ids: range
    line: int
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
    seen = look(plain, pieces)
    phase = list(phases(plain, lines))
    whole = tuple(document(plain))
    ways = passed(plain, lines, pieces)
    found: list[list[str]] = []
    for sentence in sentences(plain, pieces, seen):
        does_before: dict[str, None] = {}
        names_before: dict[str, None] = {}
        last_verb = "-"
        ids = sentence.ids
        line, place = lines[sentence.line], places[sentence.line]
        before = each("ps=", found_in(pieces, seen, ids.start - 1))
        before += each("here=", sentence.announces)
        section = f"section={place.section}"
        shared = (
            *whole,
            f"subject={sentence.subject}",
            f"voice={sentence.voice}",
            f"stage={sentence.stage}",
            section,
        )
        reached = f"phase={phase[sentence.line]}"
        above = [f"h={word}" for word in place.heading]
        above += each("above=", place.announced)
        for n, (i, later) in enumerate(zip(ids, coming(seen, ids), strict=True)):
            cell, quoted = next(ways)
            here = seen[i]
            does = here.does
            own = alone(here)
            own += edges(
                pieces[i].mark, pieces[i + 1].mark if i + 1 < len(pieces) else END
            )
            own += around(pieces, seen, i)
            own += before
            own += [f"<x={x}" for x in does_before]
            own += [f">x={x}" for x in later]
            own += [f"<v={x}" for x in names_before]
            if does:
                own += [
                    f"<x&x={a}&{b}"
                    for a in does_before
                    if a not in NO_PAIR
                    for b in does
                ]
            own.append(f"p={size(n)}")
            own.append(f"r={size(len(ids) - 1 - n)}")
            own.append(f"lastv={last_verb}")
            speaks = f"speaks={voice_at(pieces[i].start)}"
            state = (*shared, speaks, reached, *columns(place, cell))
            own += state
            own += [f"{said}|{x}" for said in state for x in does]
            own += two_by_two(state)
            own.append(f"{section}|lastv={last_verb}")
            own += proposal(proposed[i], whole[0], speaks)
            own += above
            own += position(plain, line, pieces[i], place, quoted)
            found.append(own)
            does_before.update(dict.fromkeys(does))
            names_before.update(dict.fromkeys(here.names))
            last_verb = next((v for v in VERBS if v in does), last_verb)
    return found


# These are asked the same few things again and again: there are few names to each kind.


@lru_cache(MANY)
def each(said: str, names: tuple[str, ...]) -> tuple[str, ...]:
    """Return every name with what is said of it."""
    return tuple(f"{said}{name}" for name in names)


@lru_cache(MANY)
def two_by_two(state: tuple[str, ...]) -> tuple[str, ...]:
    """Return what holds where a piece stands, by the genre and by who speaks."""
    genre, speaks = state[0], state[SPEAKS]
    return (
        *(f"{genre}|{said}" for said in state[1:]),
        *(f"{speaks}|{said}" for said in state[:5]),
    )


def phases(plain: Plain, lines: Sequence[Line]) -> Iterator[str]:
    """Yield, for each line, how far the meeting is that it tells of; "" before all."""
    phase = ""
    for line in lines:
        end = min(line.end, line.start + BEGINNING)
        for name, words in PHASES:
            if words.search(plain.low, line.start, end):
                phase = name
                break
        yield phase


def coming(seen: Sequence[Seen], ids: range) -> list[dict[str, None]]:
    """Return, for each piece of a sentence, what the pieces after it do."""
    later: list[dict[str, None]] = [{}]
    for i in reversed(ids[1:]):
        later.append(dict.fromkeys(seen[i].does) | later[-1])
    return later[::-1]


def look(plain: Plain, pieces: Sequence[Chunk]) -> list[Seen]:
    """Return what each piece shows by itself."""
    low, text = plain.low, plain.text
    named = [m.end() for m in NAMED.finditer(low) if text[m.end()].isupper()]
    n = 0
    found = []
    for piece in pieces:
        said = low[piece.start : piece.end]
        told_of, first = told(said)
        if FIGURES["figure"].search(said):
            told_of.add("figure")
            if FIGURES["measure"].search(said):
                told_of.add("measure")
        if FIGURES["limit"].search(said):
            told_of.add("limit")
        if BEGINS_ACTION.match(said):
            told_of.add("act")
        while n < len(named) and named[n] <= piece.start:
            n += 1
        if n < len(named) and named[n] < piece.end:
            told_of.add("named")
        words = tuple(["0" if w.isdigit() else w for w in WORD.findall(said)])
        does, names = in_order(frozenset(told_of))
        begins_with = in_order(frozenset(first))[1] if first else ()
        found.append(
            Seen(
                words,
                tuple(dict.fromkeys(words)),
                does,
                names,
                begins_with[0] if begins_with else "",
            )
        )
    return found


@lru_cache(MANY)
def in_order(told_of: frozenset[str]) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Return what a piece does, and whom it names, in the order of the tables."""
    return (
        tuple(name for name in ALL_DOES if name in told_of),
        tuple(name for name in ALL_NAMES if name in told_of),
    )


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
        yield Sentence(ids, pieces[start].line, subject, voice, stage, announces)
        stage = announces[0] if announces else stage
        start = i


def speaks_in(ids: range, seen: Sequence[Seen]) -> str:
    """Return the level of the first name in a sentence that says or asks something."""
    for i in ids[:4]:
        named = [level for level in LEVELS if level in seen[i].names]
        if not named:
            continue
        near = (*seen[i].does, *(seen[i + 1].does if i + 1 < len(seen) else ()))
        if SPEAKING.isdisjoint(near) and not seen[i].begins_with:
            continue
        if "commune" in named:
            return "commune"
        return "agency" if "agency" in named else named[-1]
    return ""


def alone(here: Seen) -> list[str]:
    """Return what a piece shows by itself."""
    words = here.words
    own = [f"w={word}" for word in here.once]
    own += [f"2={a}_{b}" for a, b in pairwise(words)]
    if words:
        own += (
            f"f1={words[0]}",
            f"f2={'_'.join(words[:2])}",
            f"f3={'_'.join(words[:3])}",
            f"l1={words[-1]}",
            f"l2={'_'.join(words[-2:])}",
        )
    own += each("x=", here.does)
    own += each("v=", here.names)
    if here.begins_with:
        own.append(f"v=1{here.begins_with}")
    own.append(f"n={size(len(words))}")
    return own


@lru_cache(MANY)
def edges(mark: str, after: str) -> tuple[str, ...]:
    """Return the marks on both sides of a piece."""
    return f"m={mark}", f"nm={after}", f"m={mark}|nm={after}"


def around(pieces: Sequence[Chunk], seen: Sequence[Seen], i: int) -> list[str]:
    """Return what the neighbours show: two on each side, the nearer with their words."""
    own: list[str] = []
    piece = pieces[i]
    for step in (-2, -1, 1, 2):
        j = i + step
        is_near = -2 < step < 2
        if not 0 <= j < len(pieces) or not (is_near or pieces[j].line == piece.line):
            own.append(f"{step}=none")
            continue
        side = f"{step}{'s' if pieces[j].sentence == piece.sentence else 'd'}"
        other = seen[j]
        if other.does:
            own += each(f"{side}x=", other.does)
        if other.names:
            own += each(f"{side}v=", other.names)
        if is_near and other.words:
            own += (
                f"{side}f={other.words[0]}",
                f"{side}l={other.words[-1]}",
                f"{side}l2={'_'.join(other.words[-2:])}",
            )
            side_word = f"{side}w="
            own += [f"{side_word}{word}" for word in other.once]
    return own


def found_in(
    pieces: Sequence[Chunk], seen: Sequence[Seen], last: int
) -> tuple[str, ...]:
    """Return what the sentence that ends with this piece does."""
    did: dict[str, None] = {}
    i = last
    while i >= 0 and pieces[i].sentence == pieces[last].sentence:
        did.update(dict.fromkeys(seen[i].does))
        i -= 1
    return tuple(name for name in did if name in MAIN)


def passed(
    plain: Plain, lines: Sequence[Line], pieces: Sequence[Chunk]
) -> Iterator[tuple[int, bool]]:
    """Yield, for each piece, the cells before it in its line and whether it is quoted."""
    low, at, line, cells, depth = plain.low, 0, -1, 0, 0
    for piece in pieces:
        if piece.line != line:
            line, at, cells, depth = piece.line, lines[piece.line].start, 0, 0
        cells += low.count("|", at, piece.start)
        depth += low.count("“", at, piece.start) - low.count("”", at, piece.start)
        at = piece.start
        yield cells, depth > 0


@lru_cache(MANY)
def proposal(label: str, genre: str, speaks: str) -> tuple[str, ...]:
    """Return what the patterns said of a piece, and where that is worth more or less."""
    if label == "?":
        return ("rule=?",)
    rule = f"rule={label}"
    return rule, f"{rule}|{genre}", f"{rule}|{speaks}"


def columns(place: Place, cell: int) -> tuple[str, ...]:
    """Return the column of a table that a piece stands in."""
    if place.columns is None:
        return ()
    name = place.columns[cell] if cell < len(place.columns) else "?"
    return (f"column={name or '-'}",)


def position(
    plain: Plain, line: Line, piece: Chunk, place: Place, quoted: bool
) -> list[str]:
    """Return where a piece stands: the rank of its line, head or foot, in a quotation."""
    own = [f"rank={line.rank}"]
    if place.is_head:
        own.append("HEAD")
    length = len(plain.low)
    if length > SHORT:
        if piece.end < length * TOP:
            own.append("top")
        if piece.end > length * BOTTOM:
            own.append("bottom")
    if quoted:
        own.append("quoted")
    return own


def size(n: int) -> str:
    """Return a count in few classes."""
    return str(n) if n < 4 else "4-6" if n < 7 else "7+"
