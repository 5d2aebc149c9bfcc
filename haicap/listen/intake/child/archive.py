"""The archive of XML parts that a .docx or .xlsx is, read as a stream and bounded."""

import posixpath
import zipfile
from collections.abc import Callable
from typing import IO, Any
from xml.parsers import expat

from haicap.listen.intake import limits
from haicap.listen.intake.child.said import Refused


def open_archive(file: IO[bytes]) -> zipfile.ZipFile:
    """The archive, after every member was really inflated, counted and looked at."""
    archive = zipfile.ZipFile(file)
    total = 0
    for member in archive.infolist():
        is_xml = member.filename.lower().endswith((".xml", ".rels"))
        parser = _Guard() if is_xml else None
        with archive.open(member) as part:
            while block := part.read(65_536):
                total += len(block)
                if total > limits.UNPACKED_BYTES:
                    raise Refused("unpacks_too_big")
                if parser and not parser.has_seen_root:
                    parser.feed(block)
    return archive


class _Guard:
    """Reads the beginning of an XML part, in whatever encoding it declares."""

    def __init__(self) -> None:
        self.has_seen_root = False
        self._parser = new_parser()
        self._parser.StartElementHandler = self._saw_root

    def _saw_root(self, name: str, attributes: dict[str, str]) -> None:
        self.has_seen_root = True

    def feed(self, block: bytes) -> None:
        """Look at more bytes, until the root element has begun."""
        self._parser.Parse(block, False)


def new_parser() -> expat.XMLParserType:
    """A parser that names elements `namespace name` and refuses every DTD."""
    parser = expat.ParserCreate(namespace_separator=" ")
    parser.buffer_text = True
    parser.StartDoctypeDeclHandler = _refuse_doctype
    parser.EntityDeclHandler = _refuse_doctype
    return parser


def _refuse_doctype(*_: Any) -> None:
    raise Refused("dtd")


Start = Callable[[str, dict[str, str]], None]


def walk(
    archive: zipfile.ZipFile,
    part: str,
    start: Start,
    end: Callable[[str], None] | None = None,
    data: Callable[[str], None] | None = None,
) -> None:
    """Call back for each element of a part, by its local name; nothing is kept."""
    parser = new_parser()
    parser.StartElementHandler = lambda name, attributes: start(
        _local(name), {_local(key): value for key, value in attributes.items()}
    )
    if end:
        parser.EndElementHandler = lambda name: end(_local(name))
    if data:
        parser.CharacterDataHandler = data
    with archive.open(part) as stream:
        parser.ParseFile(stream)


def _local(name: str) -> str:
    return name.rpartition(" ")[2]


def relations(archive: zipfile.ZipFile, part: str) -> list[tuple[str, str, str]]:
    """What a part refers to inside the archive: (type, id, part name)."""
    folder, _, name = part.rpartition("/")
    rels = posixpath.join(folder, "_rels", name + ".rels")
    found: list[tuple[str, str, str]] = []
    names = set(archive.namelist())
    if rels not in names:
        return found

    def start(name: str, attributes: dict[str, str]) -> None:
        if name != "Relationship" or attributes.get("TargetMode") == "External":
            return
        target = attributes.get("Target", "")
        path = posixpath.normpath(posixpath.join("/", folder, target)).lstrip("/")
        if path in names:
            kind = attributes.get("Type", "").rpartition("/")[2]
            found.append((kind, attributes.get("Id", ""), path))

    walk(archive, rels, start)
    return found


def main_part(archive: zipfile.ZipFile, beginning: str) -> str:
    """The part that the archive declares as its document."""
    for kind, _, path in relations(archive, ""):
        if kind == "officeDocument":
            return path
    for name in sorted(archive.namelist()):
        if name.startswith(beginning) and name.endswith(".xml"):
            return name
    raise Refused("corrupt")
