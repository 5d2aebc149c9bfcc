"""Reads the head of a document: who wrote it, to whom, and what kind it is."""

from __future__ import annotations

import re
from dataclasses import dataclass

from haicap.core.text.bodies import Level, Voice
from haicap.core.text.speakers import Names


HEAD = 1600  # characters that can hold a head
ISSUER = 420  # the issuer stands before this place
COMMUNE_HEAD = re.compile(
    r"^\s*(?:đảng ủy - )?(?:ubnd |đảng ủy |hđnd |ủy ban nhân dân )?(?:xã|phường) ", re.M
)
AGENCY_HEAD = re.compile(r"^\s*(sở [a-zà-ỹ ]+?)\s*$", re.M)
PROVINCE_HEAD = re.compile(
    r"^\s*(?:(ubnd tỉnh|(?:ủy ban nhân dân)\s+tỉnh)|(tỉnh ủy)|(hội đồng nhân dân tỉnh)) ?",
    re.M,
)
CONCLUSION = re.compile(
    r"kết luận(?: chỉ đạo)? của (?:đồng chí |đ/c )?"
    r"((?:phó )?(?:bí thư|chủ tịch)(?: thường trực)? (?:tỉnh ủy|đảng ủy|ubnd|hđnd)[^,.;:\n]{0,40})"
)
TO = re.compile(r"kính gửi:?\s*")
CHAIR = re.compile(r"(?:chủ trì|chủ tọa):\s*(?:đồng chí |đ/c )?")
VOTERS = re.compile(r"kiến nghị (?:của )?cử tri|ý kiến, kiến nghị của cử tri")
CITIZENS = re.compile(
    r"phản ánh[^\n]{0,40}người dân|đối thoại[^\n]{0,80}nhân dân|với nhân dân"
    r"|(?:xã|phường) lắng nghe"
)
ROLE_HERE = re.compile(
    r"^((?:phó )?(?:bí thư|chủ tịch))(?: thường trực)? (đảng ủy|ubnd|hđnd|tỉnh ủy)"
)


@dataclass(frozen=True, slots=True)
class Profile:
    """What the head of a document says about all that follows."""

    author: Voice | None  # the body that signs
    home: str | None  # the commune whose document it is
    chair: Voice | None  # who leads the meeting that minutes tell of
    concluded_by: Voice | None  # whose orders a notice passes on
    to: str | None  # "Kính gửi"
    to_level: Level | None
    of_voters: bool
    of_citizens: bool
    group: tuple[str, ...]  # communes that "các xã" means


def profile(names: Names) -> Profile:
    """Return what the head of a text says."""
    low = names.plain.low
    head = low[:HEAD]
    top = head[: min(ISSUER, _first_number(head))]
    author: Voice | None = None
    home: str | None = None
    voters = bool(VOTERS.search(head))
    if COMMUNE_HEAD.search(top) and not voters:
        communes = names.communes_in(0, len(top) + 20)
        if communes:
            home = communes[0].name
            author = Voice(home, Level.COMMUNE, (home,))
    elif match := AGENCY_HEAD.search(top):
        author = names.voice(match.start(1), match.end(1))
    elif match := PROVINCE_HEAD.search(top):
        said = "UBND tỉnh" if match.group(1) else "Thường trực HĐND tỉnh"
        said = "Tỉnh ủy" if match.group(2) else said
        author = Voice(said, Level.PROVINCE)
    if home is None and CITIZENS.search(head[:500]):
        communes = names.communes_in(0, HEAD)
        home = communes[0].name if communes else None
    to, to_level = _addressee(names, head)
    names.home = home
    chair = CHAIR.search(head)
    group = tuple(dict.fromkeys(b.name for b in names.communes_in(0, 1200)))
    return Profile(
        author=author,
        home=home,
        chair=names.voice(chair.end(), chair.end() + 60) if chair else None,
        concluded_by=_concluded_by(names, head[:700], home),
        to=to,
        to_level=to_level,
        of_voters=voters,
        of_citizens=bool(CITIZENS.search(head[:500])),
        group=group if len(group) > 2 and not author else (),
    )


def _first_number(head: str) -> int:
    """Return where "Kính gửi" or the first section begins."""
    found = re.search(r"kính gửi|^\s*(?:i|1)\.\s", head, re.M)
    return found.start() if found else len(head)


def _addressee(names: Names, head: str) -> tuple[str | None, Level | None]:
    """Return to whom a letter or report is sent."""
    match = TO.search(head)
    if not match:
        return None, None
    stop = head.find("\n\n", match.end())
    bodies = names.bodies_in(match.end(), stop if stop > 0 else match.end() + 200)
    bodies = [body for body in bodies if body.name != "tỉnh"]
    if len(bodies) != 1:
        return None, None
    return bodies[0].name, bodies[0].level


def _concluded_by(names: Names, head: str, home: str | None) -> Voice | None:
    """Return the leader whose conclusion a notice passes on."""
    match = CONCLUSION.search(head)
    if not match:
        return None
    voice = names.voice(match.start(1), match.end(1))
    if voice and ROLE_HERE.match(voice.name.lower()):
        return voice
    role = ROLE_HERE.match(match.group(1))
    if role and home:
        office = role.group(2).upper() if role.group(2) != "đảng ủy" else "Đảng ủy"
        name = f"{role.group(1).capitalize()} {office} {home}"
        return Voice(name, Level.COMMUNE, (home,))
    return None
