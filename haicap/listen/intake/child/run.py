"""Reads standard input behind the walls and prints one JSON object."""

import json
import sys
from collections.abc import Callable
from importlib import import_module
from typing import IO, Any, Final

from haicap.listen.intake.child.said import Refused
from haicap.listen.intake.child.walls import close_the_door


Read = Callable[[IO[bytes]], dict[str, Any]]

#: The module that reads each kind, by name: a parser is loaded only for its own files.
READERS: Final = {
    "docx": "docx",
    "xlsx": "xlsx",
    "pdf": "pdf",
    "txt": "plain",
    "md": "plain",
}


def answer(read: Read, file: IO[bytes]) -> dict[str, Any]:
    """What was read, or why it was not; never an exception."""
    try:
        return {"read": read(file)}
    except Refused as refusal:
        return {"refused": refusal.code, "params": refusal.params}
    except (MemoryError, OverflowError):
        return {"refused": "too_heavy", "params": {}}
    except BaseException as error:
        # Damage of every layer, archive, compression, XML; and parsers in other
        # languages raise what they like, also outside Exception.
        detail = f"{type(error).__name__}: {error}"
        return {"refused": "corrupt", "params": {}, "detail": detail[:500]}


def main(kind: str) -> None:
    """Read standard input as `kind` and print the answer."""
    reader = import_module(f"haicap.listen.intake.child.{READERS[kind]}")
    close_the_door()
    json.dump(answer(reader.read, sys.stdin.buffer), sys.stdout)
