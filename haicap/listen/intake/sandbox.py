"""
The only door to the parsers: each file is read in a child process with limits.

The child gets the open file and nothing else: no environment, no network where the
kernel allows it, little memory, little time. What comes back is checked JSON.
"""

import contextlib
import json
import os
import signal
import subprocess
import sys
import tempfile
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, BinaryIO, Final, NoReturn

from haicap.core.errors import BadInput, Unreadable
from haicap.listen.intake import gate, limits
from haicap.listen.intake.gate import Kind
from haicap.listen.intake.notes import SENTENCES, Note
from haicap.listen.intake.table import Table, as_text


def gettext_noop(message: str) -> str:
    """Mark a sentence for translation; it is translated where it is shown."""
    return message


#: Why a file could not be read: the code that the child gives, and its sentence.
REASONS: Final[Mapping[str, str]] = {
    "corrupt": gate.CUT_OFF,
    "password": gate.PASSWORD,
    "unpacks_too_big": gate.UNPACKS_TOO_BIG,
    "scan": gettext_noop(
        "The file is a scan: pictures of pages, without text. Send the Word, Excel or "
        "PDF file it was printed from."
    ),
    "no_text": gettext_noop("There is no text in the file. Check what you have sent."),
    "dtd": gettext_noop(
        "The inside of the file defines its own XML entities, which Word and Excel "
        "never do, so it is not read. Copy its text into a new document and send that."
    ),
    "too_heavy": gettext_noop(
        "The file needs more memory than one file may use. Split it and send the parts."
    ),
    "too_slow": gettext_noop(
        "Reading the file took too long. Split it and send the parts."
    ),
    "too_many_pages": gettext_noop(
        "The file has more than %(limit)s pages. Split it and send the parts."
    ),
    "too_many_rows": gettext_noop(
        "A sheet has more than %(limit)s rows. Split it and send the parts."
    ),
    "too_many_columns": gettext_noop(
        "A sheet has more than %(limit)s columns. Take out what is not needed."
    ),
}

SECRET: Final = gettext_noop(
    "The document bears the mark “%(mark)s”. State secrets must not be entered here: "
    "send it by the way that is laid down for secret documents. Nothing was kept."
)

#: What the reader says of itself when it is not the file's fault.
BROKEN: Final = gettext_noop(
    "The file could not be read because the reader did not start. "
    "Nothing is wrong with your file; please tell the administrator."
)


@dataclass(frozen=True)
class Extracted:
    """What a file says."""

    kind: Kind
    #: NFC, plain line ends. All spans of statements are offsets of this text.
    text: str
    n_pages: int | None = None
    #: Offset at which each page begins.
    pages: tuple[int, ...] = ()
    #: The rows, when the file is a workbook.
    table: Table | None = None
    notes: tuple[Note, ...] = ()
    #: Breakpoints (offset in `text`, offset in the text as it stood in the file);
    #: between two of them both run in step. Empty: they are the same.
    offsets: tuple[tuple[int, int], ...] = ()
    #: The text before an old encoding was converted, else None.
    original: str | None = None


def extract(path: Path, kind: Kind | str) -> Extracted:
    """
    What the file at `path` says, read behind the wall.

    Errors: Unreadable with a `code` and a sentence; BadInput for a secret.
    """
    kind = Kind(kind)
    with path.open("rb") as file:
        said = _ask_child(kind, file)
    if "read" not in said:
        _refuse(said)
    read = said["read"]
    table = Table.from_json(read["sheets"]) if kind == Kind.XLSX else None
    return Extracted(
        kind=kind,
        text=as_text(table) if table else read["text"],
        n_pages=read.get("n_pages"),
        pages=tuple(read.get("pages", ())),
        table=table,
        notes=tuple(
            Note(note["code"], note["params"])
            for note in read["notes"]
            if note["code"] in SENTENCES
        ),
        offsets=tuple((new, old) for new, old in read.get("offsets", ())),
        original=read.get("original"),
    )


def _refuse(said: Mapping[str, Any]) -> NoReturn:
    code = said.get("refused", "corrupt")
    params = dict(said.get("params", {}))
    if code == "secret":
        raise BadInput(SECRET, code=code, **params)
    if code == "unpacks_too_big":
        params["limit"] = limits.UNPACKED_BYTES // limits.MEGABYTE
    raise Unreadable(
        REASONS.get(code, BROKEN), code=code, detail=said.get("detail", ""), **params
    )


#: The child is started without site customisation and without our environment, so it
#: is told where the package lies.
START: Final = (
    "import sys; sys.path.append(sys.argv[1]); "
    "from haicap.listen.intake.child.run import main; main(sys.argv[2])"
)


def _ask_child(kind: Kind, file: BinaryIO) -> Mapping[str, Any]:
    root = str(Path(__file__).resolve().parents[3])
    # Files, not pipes: the kernel then holds the child to the size of its answer, and
    # nobody has to read along.
    with tempfile.TemporaryFile() as answer, tempfile.TemporaryFile() as complaint:
        child = subprocess.Popen(
            [sys.executable, "-I", "-c", START, root, kind.value],
            stdin=file,
            stdout=answer,
            stderr=complaint,
            env={"LC_ALL": "C.UTF-8"},
            cwd="/",
            start_new_session=True,
        )
        try:
            code = child.wait(timeout=limits.WALL_SECONDS)
        except subprocess.TimeoutExpired:
            return {"refused": "too_slow"}
        finally:
            # Also when we ourselves are interrupted, and also what it may have left.
            with contextlib.suppress(ProcessLookupError, PermissionError):
                os.killpg(child.pid, signal.SIGKILL)
            child.wait()
        return _understand(code, answer, complaint)


def _understand(code: int, answer: BinaryIO, complaint: BinaryIO) -> Mapping[str, Any]:
    if code == 0:
        answer.seek(0)
        with contextlib.suppress(ValueError):
            said = json.loads(answer.read(limits.ANSWER_BYTES))
            if isinstance(said, dict):
                return said
    complaint.seek(0, os.SEEK_END)
    complaint.seek(max(0, complaint.tell() - 500))
    detail = complaint.read().decode("utf-8", "replace").strip()
    match -code:
        case signal.SIGXCPU | signal.SIGKILL:
            return {"refused": "too_slow", "detail": detail}
        case signal.SIGXFSZ | signal.SIGABRT:
            return {"refused": "too_heavy", "detail": detail}
    if "MemoryError" in detail or "File too large" in detail:
        return {"refused": "too_heavy", "detail": detail}
    if code < 0:
        return {"refused": "corrupt", "detail": detail}
    return {"refused": "broken", "detail": detail}
