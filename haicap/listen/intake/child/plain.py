"""Reads a plain text, whatever encoding it was saved in."""

import re
from typing import IO, Any

from haicap.core.text import legacy
from haicap.listen.intake.child.said import Refused, note
from haicap.listen.intake.child.words import settle


def decode(data: bytes) -> tuple[str, str]:
    """The text of a plain file, and the encoding it turned out to have."""
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        try:
            return data.decode("utf-16"), "utf-16"
        except UnicodeDecodeError as error:
            raise Refused("corrupt") from error
    try:
        return data.decode("utf-8"), "utf-8"
    except UnicodeDecodeError:
        pass
    # The two byte fonts (TCVN3, VNI) look like western text until they are converted.
    western = data.decode("cp1252", errors="replace")
    if legacy.detect_legacy(western):
        return western, "cp1252"
    try:
        text = data.decode("cp1258")
    except UnicodeDecodeError:
        text = ""
    if re.search("[\u0300\u0301\u0303\u0309\u0323]", text):
        return text, "cp1258"
    return western, "cp1252"


def read(file: IO[bytes]) -> dict[str, Any]:
    """The text of a .txt or .md file, whatever encoding it was saved in."""
    text, encoding = decode(file.read())
    notes: list[dict[str, Any]] = []
    answer = settle(text, notes)
    if encoding != "utf-8" and not answer["original"]:
        notes.append(note("encoding", encoding=encoding))
    return answer | {"notes": notes}
