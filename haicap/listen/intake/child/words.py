"""What the text of every file goes through: made clean, converted, judged."""

import re
import unicodedata
from typing import Any, Final

from haicap.core.text import legacy, secrecy
from haicap.listen.intake.child.said import Refused, note


#: Combining marks, and the Hangul letters that join what stands before them.
JOINING = (
    "\u0300-\u036f\u0483-\u0487\u0591-\u05bd\u064b-\u065f\u093c\u0e38-\u0e3a"
    "\u1160-\u11ff\u1ab0-\u1aff\u1dc0-\u1dff\u20d0-\u20ff\ufe20-\ufe2f"
)
#: What changes when text is taken in: line ends, controls, letters in two pieces.
CHANGES: Final = re.compile(
    rf"\r\n?|[\x85\u2028\u2029]|[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f\ufeff"
    rf"\ufffe\uffff\ud800-\udfff]|[^{JOINING}\r\n][{JOINING}]+"
)


def clean(text: str) -> tuple[str, list[tuple[int, int]]]:
    """
    The text in NFC with plain line ends and no controls, and where it moved.

    Shape: breakpoints (offset in the new text, offset in the given one); from one to
    the next, both run in step.
    """
    out: list[str] = []
    offsets: list[tuple[int, int]] = []
    length, at = 0, 0
    for match in CHANGES.finditer(text):
        found = match.group()
        if found[0] in "\r\x0c\x85\u2028\u2029":
            new = "\n"
        elif len(found) == 1:
            new = ""
        else:
            new = unicodedata.normalize("NFC", found)
        out += (text[at : match.start()], new)
        length += match.start() - at + len(new)
        at = match.end()
        if len(new) != len(found):
            offsets.append((length, at))
    out.append(text[at:])
    joined = "".join(out)
    whole = unicodedata.normalize("NFC", joined)
    # Letters outside the table above: the text is right, the way back is unknown.
    return (joined, offsets) if whole == joined else (whole, [])


IDENTITY: Final = re.compile(r"(?<!\d)0\d{11}(?!\d)")


def settle(text: str, notes: list[dict[str, Any]]) -> dict[str, Any]:
    """What every kind of file has in common once its words are out."""
    original = None
    if found := legacy.detect_legacy(text):
        original = text
        text = legacy.convert_legacy(text, found)
        notes.append(note("converted", encoding=legacy_name(found)))
    text, offsets = clean(text)
    judge(text, notes)
    return {
        "text": text,
        "offsets": [] if original else offsets,
        "original": original,
    }


def judge(text: str, notes: list[dict[str, Any]]) -> None:
    """Refuse what is secret or empty; warn of identity numbers."""
    if not re.search(r"\w", text):
        raise Refused("no_text")
    refuse_secret(text)
    if n := len(IDENTITY.findall(text)):
        notes.append(note("identity_numbers", n=n))


def refuse_secret(text: str) -> None:
    """Refuse a text that bears a mark of secrecy."""
    if mark := secrecy.secret_mark(text):
        raise Refused("secret", mark=str(mark))


def legacy_name(found: object) -> str:
    """How people call that old encoding."""
    name = str(getattr(found, "value", found))
    return {"tcvn3": "TCVN3", "vni": "VNI"}.get(name.lower(), name)


def tidy(lines: list[str]) -> str:
    """Lines without trailing blanks, and never more than one empty line in a row."""
    text = "\n".join(line.rstrip() for line in "\n".join(lines).split("\n"))
    return re.sub(r"\n{3,}", "\n\n", text).strip("\n")
