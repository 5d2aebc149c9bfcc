"""Finds the communes that a text names, today's and yesterday's, and resolves a name."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from rapidfuzz import fuzz, process

from haicap.core.text.fold import fold_vi, nfc, one_tone_placement
from haicap.core.text.plain import Plain


KINDS = {
    "xa": ("xã", "x."),
    "phuong": ("phường", "p."),
    "thi tran": ("thị trấn", "tt."),
    "dac khu": ("đặc khu",),
}
# By the first word of a name: cheaper than folding it each time a place is weighed.
KIND_OF = {forms[0].split()[0]: kind for kind, forms in KINDS.items()}
PREFIX_OF = {said: kind for kind, forms in KINDS.items() for said in forms}
FOLDED_PREFIX = re.compile(
    r"^(?:ubnd |hdnd |dang uy )?(xa|phuong|thi tran|dac khu|x\.|p\.|tt\.)\s*(?=\S)"
)
SHORT = {"x.": "xa", "p.": "phuong", "tt.": "thi tran"}
SAID = re.compile(
    r"(?<!\w)(?:(xã|phường|thị trấn|đặc khu)(?: khu vực[^.;:\n]{0,40}? gồm)?\b[\s:]*"
    r"|(x\.|p\.|tt\.)\s*)"
)
MORE = re.compile(
    r"\s*(?:,|;|\+|-|và|với)\s*(?:các\s+|hai\s+)?(?:(xã|phường|thị trấn|đặc khu)\s+)?"
)
WORD = re.compile(r"[^\W\d_]+")
# Where a name without "xã" can stand; elsewhere it may be a dyke, a road, a market.
BARE_AFTER = re.compile(r"(?:^|[.;:,“()\n-]|\b(?:tại|ở|của|và|cho))\s*$")
LONGEST = 5  # words in the longest name
NEAR_ENOUGH = 88.0
CLEAR_LEAD = 4.0


@dataclass(frozen=True, slots=True)
class Place:
    """A commune as the gazetteer needs it: its code, its names, what it came from."""

    code: str
    name: str  # "Xã Bình Minh"
    former: tuple[str, ...] = ()
    districts: tuple[str, ...] = ()
    province: str = ""  # "Ninh Bình"

    @property
    def kind(self) -> str:
        """The kind of unit: xa, phuong, thi tran or dac khu."""
        return KIND_OF.get(self.name.split(" ", 1)[0].lower(), "")


@dataclass(frozen=True, slots=True)
class UnitMention:
    """A place in a text where communes are named, and which they may be."""

    start: int
    end: int
    said: str
    codes: tuple[str, ...]
    how: str  # exact, former, near, ambiguous or unknown


@dataclass(frozen=True, slots=True)
class Resolution:
    """The communes a name may mean, and how we know."""

    codes: tuple[str, ...]
    how: str  # exact, former, near, ambiguous or unknown


@dataclass(frozen=True, slots=True)
class _Entry:
    """One name of one place."""

    kind: str
    marked: str
    code: str


class _Names:
    """Names without their prefix, by search form."""

    def __init__(self) -> None:
        self.by_key: dict[str, list[_Entry]] = {}

    def add(self, name: str, code: str) -> None:
        kind, key = split_prefix(name)
        marked = one_tone_placement(nfc(name)).lower()
        marked = marked[len(KINDS[kind][0]) + 1 :] if kind in KINDS else marked
        self.by_key.setdefault(key, []).append(_Entry(kind, marked, code))

    def codes(self, kind: str, key: str, marked: str | None) -> tuple[str, ...]:
        """Return the codes under a key, of that kind if there are any; `marked`: so."""
        entries = self.by_key.get(key, [])
        if marked is not None:
            entries = [e for e in entries if e.marked == marked]
        entries = [e for e in entries if e.kind == kind] or entries
        return tuple(dict.fromkeys(e.code for e in entries))

    def has_kind(self, kind: str, key: str) -> bool:
        return any(e.kind == kind for e in self.by_key.get(key, ()))


def _has_marks(text: str) -> bool:
    return fold_vi(text) != text


def split_prefix(name: str) -> tuple[str, str]:
    """
    Return the kind of unit ("" when not said) and the search form of its bare name.

    >>> split_prefix("P. Nam Định")
    ('phuong', 'nam dinh')
    """
    folded = fold_vi(name)
    match = FOLDED_PREFIX.match(folded)
    if not match or (" " not in folded and "." not in folded):
        return "", folded
    kind = match.group(1)
    return SHORT.get(kind, kind), folded[match.end() :]


def bare_province(name: str) -> str:
    """
    Return the name of a province without its prefix.

    >>> bare_province("Tỉnh Lào Cai")
    'Lào Cai'
    """
    return name.removeprefix("Tỉnh ").removeprefix("Thành phố ")


def bare_name(name: str) -> str:
    """
    Return the name in lower case, with its marks and without its prefix.

    >>> bare_name("Phường Hoà Bình")
    'hòa bình'
    """
    marked = one_tone_placement(nfc(name)).lower()
    for said in PREFIX_OF:
        if marked.startswith(said) and len(marked) > len(said) + 1:
            return marked[len(said) :].strip()
    return marked


class Gazetteer:
    """The names of communes: `own` are those of the province, `others` second choice."""

    def __init__(self, own: Iterable[Place], others: Iterable[Place] = ()) -> None:
        self.own = tuple(own)
        self._today, self._former, self._others = _Names(), _Names(), _Names()
        self._names: dict[str, str] = {}
        self._districts: dict[str, list[str]] = {}
        for place in self.own:
            self._today.add(place.name, place.code)
            self._names[place.code] = place.name
            for name in place.former:
                self._former.add(name, place.code)
            for district in place.districts:
                key = fold_vi(district)
                self._districts.setdefault(key, []).append(place.code)
        self._called: dict[str, list[Place]] = {}
        others = tuple(others)
        for place in others:
            self._others.add(place.name, place.code)
            self._names[place.code] = place.name
        for place in (*self.own, *others):
            self._called.setdefault(bare_name(place.name), []).append(place)
        self._ours = {place.code for place in self.own}
        self.provinces = sorted({p.province for p in (*self.own, *others)} - {""})

    def name(self, code: str) -> str:
        """Return the name as it stands inside a sentence: `xã Bình Minh`."""
        name = one_tone_placement(nfc(self._names[code]))
        return name[:1].lower() + name[1:]

    def called(self, name: str) -> tuple[Place, ...]:
        """Return today's places of the country of that name: lower case, no prefix."""
        return tuple(self._called.get(name, ()))

    def is_ours(self, code: str) -> bool:
        """Return whether the code is one of the province's communes."""
        return code in self._ours

    def in_district(self, name: str) -> tuple[str, ...]:
        """Return today's communes that lie in a former district."""
        return tuple(self._districts.get(fold_vi(name), ()))

    def resolve(self, name: str) -> Resolution:
        """Return which communes a name typed by a person may mean."""
        kind, key = split_prefix(name)
        if not key:
            return Resolution((), "unknown")
        return self.exactly(name) or self._near(kind, key)

    def exactly(self, name: str) -> Resolution | None:
        """Return which communes bear or bore that name, as it is written."""
        kind, key = split_prefix(name)
        marked = one_tone_placement(nfc(" ".join(name.split()))).lower()
        for said in PREFIX_OF:
            if kind and marked.startswith(said):
                marked = marked[len(said) :].strip()
                break
        return self._exact(kind, key, marked)

    def _exact(self, kind: str, key: str, marked: str) -> Resolution | None:
        """Return what the name says: with its marks first, then whatever its marks."""
        # "Vũ Bản" and "Vụ Bản" fold to one key and are two places.
        found = self._as_typed(kind, key, marked) if _has_marks(marked) else None
        return found or self._as_typed(kind, key, None)

    def _as_typed(self, kind: str, key: str, marked: str | None) -> Resolution | None:
        """Return the place of that name: today's, then yesterday's, then others'."""
        today = self._today.codes(kind, key, marked)
        # "xã Yên Thắng" when only phường Yên Thắng exists today: the old xã is meant.
        old_kind = bool(kind) and not self._today.has_kind(kind, key)
        if today and not (old_kind and self._former.has_kind(kind, key)):
            return Resolution(today, "exact" if len(today) == 1 else "ambiguous")
        former = self._former.codes(kind, key, marked)
        if former:
            return Resolution(former, "former" if len(former) == 1 else "ambiguous")
        others = self._others.codes(kind, key, marked)
        if others:
            return Resolution(others, "exact" if len(others) == 1 else "ambiguous")
        return None

    def _near(self, kind: str, key: str) -> Resolution:
        """Return the commune of the province whose name is almost this one."""
        keys = [k for k in self._today.by_key if not kind or self._kind_fits(kind, k)]
        best = process.extract(key, keys, scorer=fuzz.ratio, limit=2)
        best = [b for b in best if b[1] >= NEAR_ENOUGH]
        if not best:
            return Resolution((), "unknown")
        codes = tuple(
            entry.code
            for name, score, _index in best
            if score > best[0][1] - CLEAR_LEAD
            for entry in self._today.by_key[name]
        )
        return Resolution(codes, "near" if len(codes) == 1 else "ambiguous")

    def _kind_fits(self, kind: str, key: str) -> bool:
        return self._today.has_kind(kind, key)

    def find(self, text: str) -> list[UnitMention]:
        """Return the places in a text that name communes, in order, none overlapping."""
        plain = Plain(text)
        return [
            UnitMention(
                start := plain.given(m.start),
                end := plain.given(m.end),
                text[start:end],
                m.codes,
                m.how,
            )
            for m in self.mentions(plain)
        ]

    def mentions(self, plain: Plain) -> list[UnitMention]:
        """Return the same in offsets of the plain forms."""
        found: list[UnitMention] = []
        place = 0
        low = plain.low
        while match := SAID.search(low, place):
            place = match.end()
            kind = split_prefix((match.group(1) or match.group(2)) + " x")[0]
            start = match.start()
            while (named := self._named(plain, kind, place)) is not None:
                end, found_here = named
                said = plain.text[start:end]
                found.append(UnitMention(start, end, said, *found_here))
                place = end
                more = MORE.match(low, end)
                if not more:
                    break
                kind = split_prefix(more.group(1) + " x")[0] if more.group(1) else kind
                place = start = more.end()
                if more.group(1):
                    start = more.start(1)
            place = max(place if named else match.end(), found[-1].end if found else 0)
        return sorted([*found, *self._bare(plain, found)], key=lambda m: m.start)

    def _named(
        self, plain: Plain, kind: str, place: int
    ) -> tuple[int, tuple[tuple[str, ...], str]] | None:
        """Return where the name at `place` ends and what it means, the longest first."""
        ends: list[int] = []
        for word in WORD.finditer(plain.text, place):
            gap = plain.text[ends[-1] if ends else place : word.start()]
            if len(ends) == LONGEST or (gap.strip() or (not ends and gap)):
                break
            if not word.group()[0].isupper():
                break
            ends.append(word.end())
        for end in reversed(ends):
            key = " ".join(plain.bare[place:end].split())
            marked = " ".join(plain.low[place:end].split())
            if found := self._exact(kind, key, marked):
                return end, (found.codes, found.how)
        return None

    def _bare(self, plain: Plain, known: list[UnitMention]) -> Iterator[UnitMention]:
        """Yield later mentions, without "xã", of communes named before with it."""
        if not known:
            return
        names: dict[str, tuple[tuple[str, ...], str]] = {}
        for mention in known:
            bare = PREFIXED.sub("", mention.said)
            names.setdefault(bare, (mention.codes, mention.how))
        pattern = re.compile(
            r"(?<!\w)(?:"
            + "|".join(map(re.escape, sorted(names, key=len)[::-1]))
            + r")(?!\w)"
        )
        taken = [(m.start, m.end) for m in known]
        index = 0
        for match in pattern.finditer(plain.text):
            while index < len(taken) and taken[index][1] <= match.start():
                index += 1
            if index < len(taken) and taken[index][0] < match.end():
                continue
            before = plain.low[max(0, match.start() - 6) : match.start()]
            if BARE_AFTER.search(before):
                yield UnitMention(
                    match.start(), match.end(), match.group(), *names[match.group()]
                )


PREFIXED = re.compile(
    r"^(?:(?:xã|phường|thị trấn|đặc khu)\b[\s:]*|(?:x\.|p\.|tt\.)\s*)", re.IGNORECASE
)
