"""
What is this file, and may it come in? Answered without parsing it.

A type is three things that agree: the extension, the first bytes, and, for the
archives that Word and Excel write, the names of their parts. Whatever else is wrong
is found later, behind the wall of `sandbox`.
"""

import stat
import struct
import zipfile
import zlib
from enum import StrEnum
from pathlib import Path, PurePosixPath
from typing import BinaryIO, Final, NoReturn

from haicap.core.errors import BadInput
from haicap.listen.intake import limits


class Kind(StrEnum):
    """What haicap reads."""

    DOCX = "docx"
    XLSX = "xlsx"
    PDF = "pdf"
    TXT = "txt"
    MD = "md"


def gettext_noop(message: str) -> str:
    """Mark a sentence for translation; it is translated where it is shown."""
    return message


ZIP_MAGIC: Final = b"PK\x03\x04"
PDF_MAGIC: Final = b"%PDF-"
OLE_MAGIC: Final = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
UTF16_MARKS: Final = (b"\xff\xfe", b"\xfe\xff")

#: First bytes of things that are not text, whatever their name says.
OTHER_MAGIC: Final = (
    ZIP_MAGIC,
    b"PK\x05\x06",
    PDF_MAGIC,
    OLE_MAGIC,
    b"{\\rtf",
    b"\x89PNG",
    b"\xff\xd8\xff",
    b"GIF8",
    b"II*\x00",
    b"MM\x00*",
    b"BM",
    b"MZ",
    b"\x7fELF",
    b"Rar!",
    b"7z\xbc\xaf",
    b"\x1f\x8b",
    b"ID3",
    b"RIFF",
)

#: Extensions we know and do not read, with what to do instead.
OLD_WORD: Final = {".doc", ".dot", ".rtf", ".odt", ".wps"}
OLD_EXCEL: Final = {".xls", ".xlt", ".xlsb", ".ods", ".csv"}
MACRO: Final = {".docm", ".dotm", ".xlsm", ".xltm", ".xlam"}
PICTURES: Final = {".jpg", ".jpeg", ".png", ".gif", ".tif", ".tiff", ".bmp", ".heic"}

EMPTY = gettext_noop(
    "The file is empty. Check that it opens on your computer, then send it again."
)
UNKNOWN = gettext_noop(
    "haicap cannot read this kind of file. Send a .docx, .xlsx, .pdf, .txt or .md file."
)
PICTURE = gettext_noop(
    "This is a picture, and haicap reads text only. "
    "Send the Word, Excel or PDF file it was printed from."
)
LEGACY_WORD = gettext_noop(
    "This is an old or foreign text format. Open it in Word, "
    "choose “Save as”, “Word document (.docx)”, and send the new file."
)
LEGACY_EXCEL = gettext_noop(
    "This is an old or foreign workbook format. Open it in Excel, "
    "choose “Save as”, “Excel workbook (.xlsx)”, and send the new file."
)
MACROS = gettext_noop(
    "The file contains macros (small programs), which are not accepted. "
    "Save it as a plain .docx or .xlsx and send that."
)
PASSWORD = gettext_noop(
    "The file is protected by a password. Remove the password and send it again."
)
TOO_BIG = gettext_noop(
    "The file has %(size)s MB; a .%(kind)s file may have at most %(limit)s MB. "
    "Take out pictures or split it, and send it again."
)
MISNAMED = gettext_noop(
    "The name ends in .%(kind)s but the content is something else. "
    "Open the file, save it as .%(kind)s and send the new file."
)
CUT_OFF = gettext_noop(
    "The file is damaged or was cut off on the way. "
    "Check that it opens on your computer, then send it again."
)
UNPACKS_TOO_BIG = gettext_noop(
    "The file unpacks to more than %(limit)s MB, so it is not opened. "
    "Copy its text into a new document and send that."
)
TOO_MANY_MEMBERS = gettext_noop(
    "The file consists of more than %(limit)s parts, so it is not opened. "
    "Copy its text into a new document and send that."
)
UNSAFE_MEMBERS = gettext_noop(
    "The inside of the file is built in a way that Word and Excel never write, "
    "so it is not opened. Copy its text into a new document and send that."
)


def check(name: str, path: Path) -> Kind:
    """
    The kind of the file at `path`, which its sender calls `name`.

    Errors: BadInput with one sentence that says what to do, and a `code`.
    """
    kind = _kind_by_name(name)
    size = path.stat().st_size
    if size == 0:
        _refuse("empty", EMPTY)
    limit = limits.FILE_BYTES[kind]
    with path.open("rb") as file:
        head = file.read(4096)
        if head.startswith(OLE_MAGIC):
            # Word and Excel wrap a protected .docx in the container of the old
            # formats: the password has to be told apart from an old file.
            _refuse_ole(file, size, kind)
        if size > limit:
            _refuse(
                "too_big",
                TOO_BIG,
                kind=kind,
                size=_megabytes(size),
                limit=limit // limits.MEGABYTE,
            )
        if kind in (Kind.DOCX, Kind.XLSX):
            _check_archive(file, size, head, kind)
        elif kind == Kind.PDF:
            if not head.startswith(PDF_MAGIC):
                _refuse("misnamed", MISNAMED, kind=kind)
        else:
            _check_plain_text(file, head, kind)
    return kind


def _refuse(code: str, sentence: str, **params: object) -> NoReturn:
    raise BadInput(sentence, code=code, **params)


def _megabytes(size: int) -> str:
    """One decimal, rounded up, so that 20.04 does not look like an allowed 20."""
    return f"{-(-size * 10 // limits.MEGABYTE) / 10:.1f}"


def _kind_by_name(name: str) -> Kind:
    suffix = PurePosixPath(name.strip().replace("\\", "/")).suffix.lower()
    if suffix in MACRO:
        _refuse("macros", MACROS)
    if suffix in OLD_WORD:
        _refuse("legacy", LEGACY_WORD)
    if suffix in OLD_EXCEL:
        _refuse("legacy", LEGACY_EXCEL)
    if suffix in PICTURES:
        _refuse("picture", PICTURE)
    try:
        return Kind(suffix.removeprefix("."))
    except ValueError:
        _refuse("unknown_type", UNKNOWN)


def _refuse_ole(file: BinaryIO, size: int, kind: Kind) -> NoReturn:
    # Names in this container are UTF-16; its directory may stand anywhere, and a
    # file longer than our largest limit is not searched further.
    wanted = "EncryptedPackage".encode("utf-16-le")
    file.seek(0)
    tail = b""
    while size > 0 and (block := file.read(limits.MEGABYTE)):
        if wanted in tail + block:
            _refuse("password", PASSWORD)
        tail = block[-len(wanted) :]
        if file.tell() > max(limits.FILE_BYTES.values()):
            break
    if kind == Kind.XLSX:
        _refuse("legacy", LEGACY_EXCEL)
    _refuse("legacy", LEGACY_WORD)


def _check_plain_text(file: BinaryIO, head: bytes, kind: Kind) -> None:
    if head.startswith(OTHER_MAGIC):
        _refuse("misnamed", MISNAMED, kind=kind)
    if head.startswith(UTF16_MARKS):
        return
    file.seek(0)
    while block := file.read(limits.MEGABYTE):
        if b"\0" in block:
            _refuse("misnamed", MISNAMED, kind=kind)


def _check_archive(file: BinaryIO, size: int, head: bytes, kind: Kind) -> None:
    if head.startswith((b"{\\rtf", b"<html", b"<!DOC", b"\xef\xbb\xbf<html")):
        _refuse("legacy", LEGACY_EXCEL if kind == Kind.XLSX else LEGACY_WORD)
    if not head.startswith(ZIP_MAGIC):
        _refuse("misnamed", MISNAMED, kind=kind)
    _check_directory_size(file, size)
    try:
        with zipfile.ZipFile(file) as archive:
            members = archive.infolist()
            _check_members(archive, members)
            _check_layout(file, members, archive.start_dir)
            _check_parts(archive, members, kind)
    except (zipfile.BadZipFile, zlib.error, struct.error, EOFError, OSError):
        _refuse("cut_off", CUT_OFF)
    except (NotImplementedError, RuntimeError, ValueError):
        _refuse("unsafe_members", UNSAFE_MEMBERS)


def _check_directory_size(file: BinaryIO, size: int) -> None:
    """Refuse a huge list of members before anything builds a list of it."""
    length = min(size, 22 + 65_535)
    file.seek(size - length)
    tail = file.read(length)
    at = tail.rfind(b"PK\x05\x06")
    if at < 0 or len(tail) < at + 22:
        _refuse("cut_off", CUT_OFF)
    entries, directory_size = struct.unpack("<HI", tail[at + 10 : at + 16])
    # 0xFFFF and 0xFFFFFFFF announce a zip64 archive: more than we take, either way.
    if entries > limits.MEMBERS or directory_size > limits.DIRECTORY_BYTES:
        _refuse("too_many_members", TOO_MANY_MEMBERS, limit=limits.MEMBERS)
    file.seek(0)


def _check_members(archive: zipfile.ZipFile, members: list[zipfile.ZipInfo]) -> None:
    if len(members) > limits.MEMBERS:
        _refuse("too_many_members", TOO_MANY_MEMBERS, limit=limits.MEMBERS)
    if any(member.flag_bits & 0x41 for member in members):
        _refuse("password", PASSWORD)
    if sum(member.file_size for member in members) > limits.UNPACKED_BYTES:
        limit = limits.UNPACKED_BYTES // limits.MEGABYTE
        _refuse("unpacks_too_big", UNPACKS_TOO_BIG, limit=limit)
    # Windows and Word compare part names without case.
    names = [member.filename.lower() for member in members]
    if len(set(names)) != len(names) or any(_is_unsafe(member) for member in members):
        _refuse("unsafe_members", UNSAFE_MEMBERS)


def _is_unsafe(member: zipfile.ZipInfo) -> bool:
    # `orig_filename` still has what zipfile cuts off or turns round.
    name = member.orig_filename
    return (
        "\\" in name
        or "\0" in name
        or name.startswith("/")
        or ":" in name.split("/")[0]
        or ".." in name.split("/")
        or stat.S_ISLNK(member.external_attr >> 16)
        or member.compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED)
    )


def _check_layout(
    file: BinaryIO, members: list[zipfile.ZipInfo], directory_at: int
) -> None:
    """Refuse members that share bytes: a few kilobytes can pretend to be terabytes."""
    ordered = sorted(members, key=lambda member: member.header_offset)
    ends = [member.header_offset for member in ordered[1:]] + [directory_at]
    for member, end in zip(ordered, ends, strict=True):
        file.seek(member.header_offset)
        header = file.read(30)
        if len(header) < 30 or not header.startswith(ZIP_MAGIC):
            _refuse("cut_off", CUT_OFF)
        name_length, extra_length = struct.unpack("<HH", header[26:30])
        data_at = member.header_offset + 30 + name_length + extra_length
        if data_at + member.compress_size > end:
            _refuse("unsafe_members", UNSAFE_MEMBERS)


def _check_parts(
    archive: zipfile.ZipFile, members: list[zipfile.ZipInfo], kind: Kind
) -> None:
    names = [member.filename.lower() for member in members]
    if "mimetype" in names and "[content_types].xml" not in names:
        _refuse("legacy", LEGACY_EXCEL if kind == Kind.XLSX else LEGACY_WORD)
    if any(name.startswith("xl/workbook") and name.endswith(".bin") for name in names):
        _refuse("legacy", LEGACY_EXCEL)
    # Some editors number the main part (word/document2.xml).
    main = "word/document" if kind == Kind.DOCX else "xl/workbook"
    if "[content_types].xml" not in names or not any(
        name.startswith(main) and name.endswith(".xml") for name in names
    ):
        _refuse("misnamed", MISNAMED, kind=kind)
    if any(name.rpartition("/")[2].startswith("vbaproject") for name in names):
        _refuse("macros", MACROS)
    types = members[names.index("[content_types].xml")]
    with archive.open(types) as part:
        declared = part.read(limits.MEGABYTE)
    # The part may be in UTF-16, in which every second byte of these words is zero.
    if b"macroenabled" in declared.replace(b"\0", b"").lower():
        _refuse("macros", MACROS)
