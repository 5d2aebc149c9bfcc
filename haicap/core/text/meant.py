"""Says which communes a span of a text is about: named, counted, meant by what is answered."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import Counter

from haicap.core.text.bodies import Level, Voice
from haicap.core.text.named import Communes, names_of
from haicap.core.text.offices import Offices
from haicap.core.text.sayer import Sayer
from haicap.core.text.voices import Voices


FAR = 60  # speeches between an ask and its answer
LIKE = 1.5  # shared pairs of words, each by how rare it is
WIDE = re.compile(r"(?<!\w)(?:toàn|cả|khắp) tỉnh(?!\w)")
# What is so in all communes, or was so in the provinces before they were one.
OF_PROVINCE = re.compile(r"(?<!\w)(?:cấp xã|(?:hai|ba) tỉnh|của tỉnh|toàn tỉnh)(?!\w)")
EACH = re.compile(r"(?<!\w)(?:mỗi|từng) (?:xã|phường|địa phương)(?!\w)")
WORD = re.compile(r"[^\W\d_]{2,}")


class Meant:
    """Which communes are meant, anywhere in a text."""

    def __init__(
        self, communes: Communes, offices: Offices, voices: Voices, sayer: Sayer
    ) -> None:
        self.low = voices.low
        self.named_communes, self.offices = communes, offices
        self.voices, self.sayer = voices, sayer
        self.profile = voices.profile
        self._often: Counter[str] = Counter()
        self._spoken: list[tuple[Counter[str], tuple[str, ...], int]] | None = None

    def communes(
        self, start: int, end: int, kind: str, speaker: Voice | None
    ) -> tuple[str, ...]:
        """Return the communes a span is about: the speaker's, and those it names."""
        said = tuple(self.named_communes.within(start, end))
        if speaker and speaker.level <= Level.COMMUNE and speaker.communes:
            group = self.profile.group
            for named in self.offices.within(start, end):
                if named.sort == "many" and named.count == len(group) > 2:
                    return tuple(dict.fromkeys((*speaker.communes, *group)))
            if said and len(speaker.communes) > 4:
                return said  # "các xã" speak of two of them
            return tuple(dict.fromkeys((*speaker.communes, *said)))
        if said := said or self._counted(start, end):
            return said
        if self.profile.home:
            return (self.profile.home,)
        row = self.voices.row_at(start)
        if row and row.about:
            return row.about
        if WIDE.search(self.low, start, end):
            return ()
        if headed := self.voices.headed_by(start):
            near = self.named_communes.within(self.sayer.line_start(start), start)
            return tuple(name for name in near if name in headed) or headed
        return (
            self._at_meeting(start, end, kind)
            or self._about(start, end, kind)
            or (self.profile.about if kind != "difficulty" else ())
        )

    def _at_meeting(self, start: int, end: int, kind: str) -> tuple[str, ...]:
        """Return the communes of a meeting, or those of the point under discussion."""
        if kind == "difficulty":
            return self._counted(self.sayer.line_start(start), start)
        found: tuple[str, ...] = ()
        if kind in ("directive", "result"):
            found = self._group_asked(start, end)
        if not found and kind == "result":
            found = self._counted(self.sayer.line_start(start), start)
        if not found and EACH.search(self.low, start, end) and self.voices.meets_few:
            found = self.profile.group  # "cấp cho mỗi xã 1,2 tỷ đồng"
        author = self.profile.author
        led = author is not None and author.level >= Level.AGENCY
        if not found and led and not self._is_wide(start, end):
            found = self.voices.point_of(start)
        return found

    def _is_wide(self, start: int, end: int) -> bool:
        """Return whether a span speaks of more communes than any point: "129 xã"."""
        return any(
            n.sort == "many" and (n.count > 12 or n.name == "các xã, phường")
            for n in self.offices.within(start, end)
        )

    def _group_asked(self, start: int, end: int) -> tuple[str, ...]:
        """Return the communes of "các xã" when an order goes to those of a meeting."""
        begin = self.sayer.sentence_start(start)
        for named in self.offices.within(begin, start):
            if named.sort == "commune":
                return named.communes
        return self._counted(begin, start)

    def _counted(self, start: int, end: int) -> tuple[str, ...]:
        """Return the communes of the first "năm xã" between two places."""
        many = (n for n in self.offices.within(start, end) if n.sort == "many")
        told = (self._meant(n.start, number) for n in many if (number := n.count))
        return next(filter(None, told), ())

    def _meant(self, place: int, number: int) -> tuple[str, ...]:
        """Return the communes that "năm xã" means, as they were named before a place."""
        row = self.voices.row_at(place)
        runs = [(run[0][0], names_of(run)) for run in self.named_communes.runs]
        before = [one for one in (*runs, *self.voices.homes) if one[0] < place]
        before.sort(key=lambda one: one[0], reverse=True)
        for names in (
            self.voices.headed_by(place),
            row.about if row else (),
            *(names for _place, names in before),
            self.profile.group,
        ):
            if len(names) == number:
                return names
        singly = dict.fromkeys(n for _place, names in reversed(before) for n in names)
        return tuple(singly) if len(singly) == number else ()

    def _about(self, start: int, end: int, kind: str) -> tuple[str, ...]:
        """Return the communes of the matter that a span answers, by its words."""
        if kind in ("recommendation", "directive"):
            return ()
        begin = self.sayer.sentence_start(start)
        near = self.named_communes.within(begin, start)
        if near or kind == "difficulty":
            return tuple(near)
        if OF_PROVINCE.search(self.low, start, end):
            return ()
        return self._same_words(start, end)

    def _same_words(self, start: int, end: int) -> tuple[str, ...]:
        """Return the communes of the earlier speech that shares the rarest words."""
        if self._spoken is None:
            self._spoken = self._speeches()
            self._often = Counter(w for speech, _c, _p in self._spoken for w in speech)
        begin = self.sayer.sentence_start(start)
        words = _pairs(self.low[begin:end])
        often = self._often
        best: tuple[str, ...] = ()
        most = 0.0
        last = bisect_left(self._spoken, start, key=lambda speech: speech[2])
        for speech, communes, _place in self._spoken[max(0, last - FAR) : last]:
            score = sum(1.0 / often[w] for w in words if w in speech)
            if score > most:
                best, most = communes, score
        return best if most >= LIKE and len(best) <= 4 else ()

    def _speeches(self) -> list[tuple[Counter[str], tuple[str, ...], int]]:
        """Return the words of each commune's speech, with the communes."""
        changes = self.voices.changes
        found = []
        for index, (place, voice) in enumerate(changes):
            stop = changes[index + 1][0] if index + 1 < len(changes) else len(self.low)
            if voice and voice.level <= Level.COMMUNE and voice.communes:
                found.append((_pairs(self.low[place:stop]), voice.communes, place))
        return found


def _pairs(low: str) -> Counter[str]:
    """Return the pairs of words that follow each other."""
    words = WORD.findall(low)
    return Counter(f"{a} {b}" for a, b in zip(words, words[1:], strict=False))
