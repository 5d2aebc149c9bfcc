"""Reads the head of a document: who wrote it, whose it is, who leads, to whom."""

from __future__ import annotations

import re

from haicap.core.text.bodies import Level, Voice
from haicap.core.text.named import HEAD, Named, names_of
from haicap.core.text.speech import (
    ANSWERS,
    CHAIR,
    CHANNEL,
    CITIZENS,
    CONCLUDES,
    DIRECTOR,
    FIRST_PERSON,
    LOUD,
    MINUTES,
    MOST_NAMED,
    REPORTS,
    REST,
    SIGNED,
    STORY,
    TITLE,
    UNIT_LINE,
    VOTERS,
)
from haicap.core.text.spelling import Spelling


LEADER = re.compile(r"(?:Phó )?(?:Bí thư|Chủ tịch)")
OFFICES = re.compile(r"các (?:sở|cơ quan|đơn vị|ngành|cấp|ban)(?!\w)")


COUNCIL_ABOVE = re.compile(
    r"^(?:hội đồng nhân dân|hđnd) (tỉnh|thành phố)[^\n]*\n\s*\Z", re.M
)
MEDIA = ("Báo ", "Đài ")  # they tell, others speak
UNIT_ALONE = re.compile(r"(?:XÃ|PHƯỜNG|ĐẶC KHU) [^.:;!?a-zà-ỹ]{2,40}")


class Opening(Spelling):
    """What the head of a text says about all that follows."""

    def speak(self, place: int, voice: Voice | None, *, leads: bool = False) -> None:
        """
        Let somebody speak from a place on.

        `leads`: who leads a commune answers for it; else its voters speak in their report.
        """
        if voice is None or voice.level is Level.AGENCY and OFFICES.match(voice.name):
            return  # "các sở" are told to speak, each speaks for itself
        profile = self.profile
        if (
            profile.of_voters
            and voice.level is Level.COMMUNE
            and self.mode != "reply"
            and voice.communes
            and not leads
        ) and not (profile.author and profile.author.level is Level.COMMUNE):
            voice = self._together(voice.communes, "cử tri", Level.CITIZEN) or voice
        self.voice = voice
        if (
            voice.level <= Level.COMMUNE
            and voice.communes
            and len(voice.communes) <= MOST_NAMED
        ):
            self.commune = voice.communes
            self.homes.append((place, voice.communes))
            if len(voice.communes) > 1:
                self.pair = voice.communes
        if voice.level is Level.AGENCY:
            self.agency = voice
        self.changes.append((place, voice))
        if leads and voice.level is Level.COMMUNE:
            self.led.add(place)

    def ask(self, place: int, names: tuple[str, ...], rank: int) -> None:
        """Let the section of a rank ask somebody from a place on."""
        while self.asking and self.asking[-1][0] >= rank:
            self.asking.pop()
        self.asking.append((rank, names))
        self.asked.append((place, names))

    def base(self) -> Voice | None:
        """Return who speaks where nobody is named."""
        profile = self.profile
        if self.mode == "bind" and profile.chair:
            return profile.chair
        if self.section:
            return self.section[1]
        if profile.concluded_by:
            return profile.concluded_by
        home = profile.home
        if profile.of_citizens and home:
            if self.mode == "reply":
                return Voice(home, Level.COMMUNE, (home,))
            who = "cử tri" if profile.of_voters else "người dân"
            return Voice(f"{who} {home}", Level.CITIZEN, (home,))
        if (
            profile.of_voters
            and profile.author
            and profile.author.level is Level.COMMUNE
            and self.mode != "reply"
            and home
        ):
            return Voice(f"cử tri {home}", Level.CITIZEN, (home,))
        return profile.author

    def _may_speak(self, voice: Voice, *, tells: bool = False) -> bool:
        """
        Return whether the text of an author can give the word to somebody.

        `tells`: the text says that he told something, not that he has to do something.
        """
        author = self.profile.author
        if self.profile.concluded_by and not self.profile.is_minutes:
            if self.mode == "bind":
                return voice.level is Level.COMMUNE and tells
            explains = voice.level is Level.AGENCY and (self.mode == "reply" or tells)
            return voice.level <= Level.COMMUNE or explains
        if (
            self.profile.of_citizens
            and self.profile.home
            and voice.level is Level.VILLAGE
            and not self.profile.is_minutes
        ):
            return False
        if (
            author is None
            or self.profile.is_minutes
            or self.profile.of_citizens
            or self.profile.of_voters
        ):
            return True
        if author.level <= Level.COMMUNE:
            loud = voice.name.split(" xã ")[0].split(" phường ")[
                0
            ] in LOUD or voice.name.startswith("các ")
            neighbour = (
                tells
                and len(voice.communes) == 1
                and voice.communes != author.communes
                and voice.name == voice.communes[0]
            )
            return (
                voice == author or neighbour or (voice.level <= Level.VILLAGE and loud)
            )
        leads = bool(LEADER.match(voice.name))
        return voice.level < author.level or voice.name.endswith(author.name) or leads

    def _is_asked(self, voice: Voice | None) -> bool:
        """Return whether somebody named under "Kiến nghị" is asked and does not ask."""
        if voice and voice.level is Level.CITIZEN:
            return False
        if self.mode == "bind" or voice is None:
            return True
        if (
            self.profile.of_voters
            and not self.profile.home
            and voice.level <= Level.COMMUNE
        ):
            return False
        author = self.profile.author
        if author is None:
            return voice.level >= Level.AGENCY
        return voice.level > author.level or (
            voice.level is author.level
            and voice.level > Level.COMMUNE
            and voice != author
        )

    def _forget(self, place: int) -> None:
        """Take back the changes since a place: who speaks there is named after it."""
        while self.changes and self.changes[-1][0] >= place:
            self.changes.pop()

    def _read_head(self) -> None:
        profile, low = self.profile, self.low
        head = low[:HEAD]
        title = TITLE.search(head)
        top = title.start() if title else min(300, len(head))
        profile.is_minutes = bool(MINUTES.search(head[:600]))
        profile.of_voters = bool(VOTERS.search(head[:700])) or (
            "cử tri" in head[:400] and low.count("cử tri") >= 3
        )
        profile.of_citizens = self._tells_of_citizens(head)
        author: Named | None = None
        team: Named | None = None
        for named in self.offices.within(0, max(top, 10)):
            line = self.text.rfind("\n", 0, named.start) + 1
            said = self.text[named.start : named.end]
            begins = not self.text[line : named.start].strip(" \t*#_|-–>")
            stop = self.text.find("\n", named.end)
            whole = self.text[line : stop if stop >= 0 else None].strip()
            rest = whole.strip(" *#_|")[len(said.strip()) :]
            if not begins or not (said.isupper() or REST.fullmatch(rest)):
                continue
            if named.sort == "commune" and profile.of_voters and self._heads_parts():
                continue
            if named.name.startswith(MEDIA):
                continue
            if named.sort == "chair" and said.isupper() and named.start > 0:
                team = named  # "ĐOÀN GIÁM SÁT" below the council that sent it
            if (
                named.sort == "commune"
                or (named.sort in ("body", "part") and named.level >= Level.AGENCY)
            ) and (author is None or named.level < author.level):
                author = named
        for match in UNIT_LINE.finditer(low):
            if author is None or match.start() < HEAD:
                near = self.offices.within(match.end(), match.end() + 60)
                if (
                    near
                    and near[0].start <= match.end() + 2
                    and near[0].sort == "commune"
                ):
                    author = author or near[0]
        if author is None and not profile.is_minutes and SIGNED.search(low):
            for match in REPORTS.finditer(low):
                near = self.offices.within(match.start(), match.end())[:1]
                if near and near[0].sort == "commune" and len(near[0].communes) == 1:
                    author = near[0]
                    break
        if author and author.sort == "commune":
            profile.home = author.communes[0]
        elif (not author or author.level >= Level.AGENCY) and not profile.of_voters:
            profile.home = self._sole_commune()
        if team and not profile.home:
            profile.author = Voice(team.name.capitalize(), Level.AGENCY)
        elif author:
            profile.author = self.compose(author, formal=True)
            of_council = COUNCIL_ABOVE.search(low, 0, author.start)
            if profile.author and of_council and author.name.startswith("Ban "):
                name = f"{profile.author.name} HĐND {of_council.group(1)}"
                profile.author = Voice(name, Level.AGENCY)
            if profile.author and re.match(
                r"\s*\n\s*thường trực\s*\n", low[author.end : author.end + 60]
            ):
                name = f"Thường trực {profile.author.name}"
                profile.author = Voice(name, profile.author.level)
        elif profile.home and (profile.of_citizens or profile.is_minutes):
            profile.author = Voice(profile.home, Level.COMMUNE, (profile.home,))
        if profile.author and profile.author.level >= Level.AGENCY:
            profile.home = None
        to = low.find("kính gửi")
        titled = [
            run
            for run in self.communes.runs
            if run[0][0] < 900 and len(run) > 1 and not 0 <= to < run[0][0] < to + 300
        ]
        story = STORY.search(head)
        if (
            titled
            and titled[0][0][0] < (story.start() if story else 0)
            and CONCLUDES.search(head[:700])
        ):
            profile.about = names_of(titled[0])
        runs = [
            run for run in self.communes.runs if run[0][0] < 2 * HEAD and len(run) > 1
        ]
        if runs:
            longest = max(runs, key=len)
            profile.group = names_of(longest)
        profile.chair = self._role_after(CHAIR, head)
        profile.concluded_by = self._role_after(CONCLUDES, head[:900])
        if director := DIRECTOR.search(head[:900]):
            profile.concluded_by = profile.concluded_by or self._director(director)
        to = low.find("kính gửi")
        if to >= 0 and to < 2 * HEAD:
            stop = low.find("\n\n", to)
            stop = min(stop if stop > 0 else to + 300, to + 400)
            profile.to = tuple(
                dict.fromkeys(
                    n.name
                    for n in self.offices.within(to, stop)
                    if n.sort == "body" and n.level >= Level.AGENCY and n.name != "tỉnh"
                )
            )

    def _heads_parts(self) -> bool:
        """Return whether communes are headings of parts: no one of them has written."""
        alone = {
            line
            for line in map(str.strip, self.text.split("\n"))
            if UNIT_ALONE.fullmatch(line)
        }
        return len(alone) > 1

    def _tells_of_citizens(self, head: str) -> bool:
        """Return whether citizens speak all through the text: messages, a dialogue."""
        if CITIZENS.search(head[:400]):
            return True
        words = len(self.low) // 5 + 1
        mine = len(FIRST_PERSON.findall(self.low))
        answers = len(ANSWERS.findall(self.low))
        return answers >= 3 and mine * 120 > words and bool(CHANNEL.search(head[:700]))

    def _sole_commune(self) -> str | None:
        """Return the commune of a text that names one, or whose head names one."""
        names = self.communes.within(0, len(self.low))
        if len(names) == 1:
            return names[0]
        if self.profile.of_citizens or self.profile.is_minutes:
            first = self.communes.within(0, 600)
            return (
                first[0]
                if len(first) == 1 or (first and self.profile.of_citizens)
                else None
            )
        return None

    def _director(self, said: re.Match[str]) -> Voice | None:
        """Return "Giám đốc Sở kết luận" with the name of the agency that writes."""
        author = self.profile.author
        if author is None or not author.name.startswith("Sở "):
            return None
        post = (
            (said.group(1) or said.group(2))
            .replace("phó giám", "Phó Giám")
            .replace("giám", "Giám")
        )
        return Voice(f"{post} {author.name}", author.level)

    def _role_after(self, pattern: re.Pattern[str], head: str) -> Voice | None:
        """Return the leader who is named after some words of the head."""
        for match in pattern.finditer(head):
            before = match.group() == ""
            span = (
                (max(0, match.start() - 80), match.start())
                if before
                else (match.end(), match.end() + 90)
            )
            found = [
                n for n in self.offices.within(*span) if n.role or n.sort == "body"
            ]
            if before:
                found = [n for n in found if n.level >= Level.AGENCY]
            found = (
                found[-1:]
                if before
                else [n for n in found[:1] if n.start <= match.end() + 12]
            )
            if found and (found[0].role or found[0].level >= Level.AGENCY):
                return self.compose(found[0], leader=True)
        return None
