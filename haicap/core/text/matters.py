"""What an ask is about: the acts it wants, the things it wants them for, named works."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from haicap.core.text.cues import REQUEST
from haicap.core.text.matter_things import THINGS
from haicap.core.text.matter_words import (
    ACTS,
    EMPTY,
    LARGE,
    MEANS,
    MODES,
    OTHER_SENSE,
    SKILLS,
    SMALL,
    TRAILING,
    TURNS,
)
from haicap.core.text.plain import Plain


OBJECT, CONTEXT = 1.0, 0.5  # what is asked for; whom and what it serves
MEANS_WEIGHT, ACT_NOUN = 0.15, 0.3
PAIR, WORD = 0.5, 0.2  # words that no list knows
TOKEN = re.compile(r"[^\W_]+")
CODE = re.compile(r"[a-z]{1,3}\d+[a-z]?$|\d+[a-z]$")
NAMED_KINDS = frozenset({"road"})  # a named road is one road; a dredging is a dredging
SAYS_NOTHING = frozenset(EMPTY.split())
NUMBERED = ("lộ", "số")  # "quốc lộ 6", "đường số 3": the figure is a name
LONGEST = 60  # words of an ask that are read: more is a story
SYLLABLE = 20  # letters; nothing longer is a word
LONGEST_TEXT = 2_000  # characters, before they are cut into words

# An entry of the tree of words: ("thing", kind, name) and the like.
Entry = tuple[str, str, str]


@dataclass(frozen=True, slots=True)
class Matter:
    """An ask as it is compared: nothing of it is shown but the names of its terms."""

    terms: tuple[tuple[str, float], ...]  # ("c:trạm y tế", 0.5), sorted
    acts: frozenset[str]
    kinds: frozenset[str]  # of the things asked for: people, road, equipment
    names: frozenset[str]  # of roads and bridges
    scale: int  # -1 a lane, 1 a town, 0 not said
    units: frozenset[str]  # whose ask it is
    field: str  # the main one, or nothing
    fields: frozenset[str]

    @property
    def named(self) -> bool:
        """Return whether this is about a work that has a name of its own."""
        return bool(self.kinds & NAMED_KINDS)

    def sort_key(self) -> str:
        """Return one text for all asks that say the same in the terms of the lists."""
        said = [
            term for term, weight in self.terms if term[0] == "c" and weight == OBJECT
        ]
        rest = [term for term, _weight in self.terms if term not in said]
        if said:  # words that no list knows do not make another matter
            rest = [term for term in rest if term[0] in "ca"]
        place = sorted(self.names | self.units) if self.named else []
        parts = (said, sorted(self.acts), sorted(self.fields), rest, place)
        return "|".join(
            [*("&".join(part) for part in parts), self.field, str(self.scale)]
        )


class _Node(dict[str, "_Node"]):
    """A word of the tree with the words that may follow it."""

    __slots__ = ("entries",)

    def __init__(self) -> None:
        super().__init__()
        self.entries: tuple[Entry, ...] = ()


def _ways(table: str) -> Iterator[tuple[str, ...]]:
    """Yield each way of a table as its words."""
    for way in table.split("|"):
        yield tuple(TOKEN.findall(way))


@cache
def _tree() -> _Node:
    """Return all words of the lists as one tree, each end with what it means."""
    root = _Node()

    def plant(words: tuple[str, ...], entry: Entry) -> None:
        node = root
        for word in words:
            node = node.setdefault(word, _Node())
        if entry not in node.entries:
            node.entries += (entry,)

    acts: dict[tuple[str, ...], list[str]] = {}
    for act, table in ACTS.items():
        for words in _ways(table):
            acts.setdefault(words, []).append(act)
            plant(words, ("act", act, ""))
    for kind, lines in THINGS.items():
        for line in lines.strip().replace("\n|", "|").splitlines():
            name = line.split("|", 1)[0]
            for words in _ways(line):
                plant(words, ("thing", kind, name))
                for end in range(1, len(words)):
                    for act in acts.get(words[:end], ()):
                        if act != "provide":  # "cấp phép" provides nothing
                            plant(words, ("act", act, ""))  # "sửa đường" repairs
    for words in _ways(TURNS):
        plant(words, ("turn", "", ""))
    for words in _ways(MEANS):
        plant(words, ("means", "money", " ".join(words)))
    for words in _ways(OTHER_SENSE):
        plant(words, ("none", "", ""))
    for words in _ways(SMALL):
        plant(words, ("scale", "-1", ""))
    for words in _ways(LARGE):
        plant(words, ("scale", "1", ""))
    return root


def _found(words: list[str]) -> Iterator[tuple[int, int, tuple[Entry, ...]]]:
    """Yield the longest known words: where they begin and end, and what they mean."""
    root = _tree()
    at = 0
    while at < len(words):
        node, best, ahead = root, 0, at
        entries: tuple[Entry, ...] = ()
        while ahead < len(words) and words[ahead] in node:
            node = node[words[ahead]]
            ahead += 1
            if node.entries:
                best, entries = ahead, node.entries
        if best:
            yield at, best, entries
        else:
            yield at, at + 1, ()
        at = best or at + 1


class _Hearing:
    """What was made out so far of the words of one ask, read from left to right."""

    def __init__(self) -> None:
        self.terms: dict[str, float] = {}
        self.acts: set[str] = set()
        self.kinds: dict[str, float] = {}
        self.names: set[str] = set()
        self.scale = 0
        self.means: list[str] = []
        self.loose: list[tuple[int, str]] = []  # words that no list knows
        self.ends: dict[str, int] = {}  # where each thing was said last
        self.role = OBJECT
        self.joined = False  # after "và" an act asks for something again
        self.content_from = 0  # acts beyond this are what guidance is about

    def unknown(self, at: int, word: str, *, name: bool) -> None:
        """Hear a word that no list knows."""
        if word in TRAILING:
            before, changed, reach = TRAILING[word]
            if at - self.ends.get(before, -reach) < reach:
                self.terms["c:" + changed] = self.terms["c:" + before]
        if word == "và":
            self.joined = True
        elif name:
            self.names.add(word)
        elif word.isalpha() and len(word) <= SYLLABLE and word not in SAYS_NOTHING:
            self.loose.append((at, word))

    def known(self, at: int, end: int, what: str, kind: str, name: str) -> None:
        """Hear words that a list knows."""
        if what == "turn" and self.ends:
            self.role = CONTEXT
        elif what == "act":
            self.act(at, end, kind)
        elif what == "thing" and kind == "act":
            self.terms["a:" + name] = ACT_NOUN
        elif what == "thing":
            self.thing(kind, name)
            self.ends[name] = end
        elif what == "means":
            self.means.append("m:" + name)
        elif what == "scale":
            self.scale = self.scale or int(kind)

    def act(self, at: int, end: int, kind: str) -> None:
        """Hear an act, unless it is only what guidance or a power is about."""
        if self.joined:
            self.role, self.content_from = OBJECT, 0
        if self.acts and (self.role != OBJECT or 0 < self.content_from < at):
            return
        self.acts.add(kind)
        if kind in MODES:
            self.content_from = end

    def thing(self, kind: str, name: str) -> None:
        """Hear a thing in the role that things have at this place."""
        term = "c:" + name
        self.terms[term] = max(self.terms.get(term, 0.0), self.role)
        self.kinds[kind] = max(self.kinds.get(kind, 0.0), self.role)

    def fall_back(self) -> None:
        """Compare by plain words when no list knows what is asked for."""
        if OBJECT in self.terms.values():
            return
        self.terms |= dict.fromkeys(self.means, MEANS_WEIGHT)
        for n, (at, word) in enumerate(self.loose):
            self.terms["w:" + word] = WORD
            if n and self.loose[n - 1][0] == at - 1:
                self.terms[f"b:{self.loose[n - 1][1]} {word}"] = PAIR


def matter(
    text: str, fields: tuple[str, ...] = (), units: tuple[str, ...] = ()
) -> Matter:
    """Return what an ask is compared by."""
    plain = Plain(" ".join(text[:LONGEST_TEXT].split()))
    request = REQUEST.match(plain.low)
    start = request.end() if request else 0
    spans = [m.span() for m in TOKEN.finditer(plain.low, start)][:LONGEST]
    words = [plain.low[a:b] for a, b in spans]
    heard = _Hearing()
    for begin, end, entries in _found(words):
        skill = SKILLS.get(" ".join(words[begin:end]))
        if skill and "people" in heard.kinds:
            heard.thing("skill", skill)
        elif entries:
            for entry in entries:
                heard.known(begin, end, *entry)
            heard.joined = False
        else:
            word = words[begin]
            of_a_road = begin > 0 and words[begin - 1] in NUMBERED
            name = begin > 0 and plain.text[spans[begin][0]].isupper()
            name = name or bool(CODE.match(word)) or (of_a_road and word.isdigit())
            heard.unknown(begin, word, name=name)
    heard.fall_back()
    heads = frozenset(k for k, role in heard.kinds.items() if role == OBJECT)
    return Matter(
        tuple(sorted(heard.terms.items())),
        frozenset(heard.acts),
        heads or frozenset(heard.kinds),
        frozenset(heard.names),
        heard.scale,
        frozenset(units),
        fields[0] if fields else "",
        frozenset(fields),
    )
