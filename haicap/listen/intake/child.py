"""
Reads one hostile file on standard input and prints one JSON object.

Runs only as the child process of `sandbox`: nothing else imports this module, so the
parsers never enter a process that holds a session, a secret or a database.
"""

import ctypes
import json
import posixpath
import re
import resource
import sys
import unicodedata
import zipfile
import zlib
from collections.abc import Callable, Iterator
from datetime import date, datetime, time, timedelta
from typing import IO, Any, Final
from xml.parsers import expat

import pypdfium2
from python_calamine import CalamineSheet, CalamineWorkbook

from haicap.core.text import legacy, secrecy
from haicap.listen.intake import limits
from haicap.listen.intake.table import column_letters


CLONE_NEWUSER: Final = 0x10000000
CLONE_NEWNET: Final = 0x40000000


class Refused(Exception):
    """The file cannot be read; `code` names the sentence in `sandbox`."""

    def __init__(self, code: str, **params: Any) -> None:
        super().__init__(code)
        self.code = code
        self.params = params


# --- the walls ------------------------------------------------------------------


def close_the_door() -> None:
    """Bound what this process may use, for good; shut the network where we may."""
    for what, most in (
        (resource.RLIMIT_AS, limits.MEMORY_BYTES),
        (resource.RLIMIT_CPU, limits.CPU_SECONDS),
        (resource.RLIMIT_FSIZE, limits.ANSWER_BYTES),
        (resource.RLIMIT_CORE, 0),
        (resource.RLIMIT_NPROC, 0),
    ):
        # A machine may already be stricter than we are; it may not be raised.
        hard = resource.getrlimit(what)[1]
        most = most if hard == resource.RLIM_INFINITY else min(most, hard)
        resource.setrlimit(what, (most, most))
    # An empty network namespace has no way out. Kernels that do not let an ordinary
    # user make one answer with an error, and the other walls stand alone.
    libc = ctypes.CDLL(None, use_errno=True)
    if libc.unshare(CLONE_NEWUSER | CLONE_NEWNET) != 0:
        libc.unshare(CLONE_NEWNET)


# --- text -----------------------------------------------------------------------

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


def note(code: str, **params: Any) -> dict[str, Any]:
    """One remark for the person, as `notes` words it."""
    return {"code": code, "params": params}


def tidy(lines: list[str]) -> str:
    """Lines without trailing blanks, and never more than one empty line in a row."""
    text = "\n".join(line.rstrip() for line in "\n".join(lines).split("\n"))
    return re.sub(r"\n{3,}", "\n\n", text).strip("\n")


# --- archives -------------------------------------------------------------------


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


# --- .docx ----------------------------------------------------------------------


class WordText:
    """
    The words of one WordprocessingML part in the order they are read.

    Written for streams: python-docx skips text inside content controls and text
    boxes, which official templates are made of, and holds the whole tree in memory.
    """

    def __init__(self) -> None:
        self.n_pictures = 0
        self.n_text_boxes = 0
        self.n_embedded = 0
        self._blocks: list[list[str]] = [[]]
        self._paragraphs: list[list[str]] = []
        self._rows: list[list[str]] = []
        self._boxes: list[list[str]] = []
        self._is_text = False
        self._skip = 0
        self._properties = 0

    def lines(self) -> list[str]:
        """Paragraphs and table rows, one each."""
        return self._blocks[0]

    def start(self, name: str, attributes: dict[str, str]) -> None:
        """An element begins."""
        # Fallback repeats what Choice said; moveFrom repeats what moveTo says.
        if self._skip or name in ("Fallback", "moveFrom"):
            self._skip += 1
            return
        match name:
            case "p":
                self._paragraphs.append([])
            case "t":
                self._is_text = True
            case "pPr" | "rPr":
                self._properties += 1
            case "tab" if not self._properties:
                self._say("\t")
            case "br" | "cr":
                self._say("\n")
            case "noBreakHyphen":
                self._say("-")
            case "tr":
                self._rows.append([])
            case "tc" | "txbxContent" | "footnote" | "endnote":
                self._blocks.append([])
            case "drawing" | "pict":
                self.n_pictures += 1
            case "OLEObject":
                self.n_embedded += 1

    def end(self, name: str) -> None:
        """An element ends."""
        if self._skip:
            self._skip -= 1
            return
        match name:
            case "p":
                self._end_paragraph()
            case "t":
                self._is_text = False
            case "pPr" | "rPr":
                self._properties -= 1
            case "tc":
                cell = " ".join(filter(None, map(str.strip, self._blocks.pop())))
                if self._rows:
                    self._rows[-1].append(cell.replace("\n", " "))
            case "tr":
                cells = self._rows.pop()
                if any(cells):
                    self._blocks[-1].append(" | ".join(cells))
            case "tbl":
                self._blocks[-1].append("")
            case "txbxContent":
                lines = [line for line in self._blocks.pop() if line.strip()]
                if lines:
                    self.n_text_boxes += 1
                    # A text box is drawn by the same element as a picture.
                    self.n_pictures -= 1
                    self._boxes.append(lines)
            case "footnote" | "endnote":
                said = self._blocks.pop()
                self._blocks[-1] += filter(str.strip, said)

    def data(self, text: str) -> None:
        """Characters."""
        if self._is_text and not self._skip:
            self._say(text)

    def _say(self, text: str) -> None:
        if self._paragraphs:
            self._paragraphs[-1].append(text)

    def _end_paragraph(self) -> None:
        self._blocks[-1].append("".join(self._paragraphs.pop()))
        if not self._paragraphs:
            for lines in self._boxes:
                self._blocks[-1] += lines
            self._boxes.clear()


def read_docx(file: IO[bytes]) -> dict[str, Any]:
    """The text of a Word document."""
    archive = open_archive(file)
    main = main_part(archive, "word/document")
    body = _word_text(archive, main)
    lines = body.lines()
    notes: list[dict[str, Any]] = []
    for kind, _, path in relations(archive, main):
        if kind in ("footnotes", "endnotes"):
            extra = [line for line in _word_text(archive, path).lines() if line.strip()]
            if extra:
                lines += ["", *extra]
                notes.append(note("footnotes", n=len(extra)))
        elif kind in ("header", "footer"):
            # Not part of the text, but it is where a mark of secrecy may stand.
            refuse_secret(clean(tidy(_word_text(archive, path).lines()))[0])
        elif kind == "comments":
            notes.append(note("comments_ignored"))
    text = tidy(lines)
    if not text.strip() and body.n_pictures > 0:
        raise Refused("scan")
    if body.n_text_boxes:
        notes.append(note("text_boxes", n=body.n_text_boxes))
    if body.n_pictures > 0:
        notes.append(note("pictures_ignored", n=body.n_pictures))
    if body.n_embedded:
        notes.append(note("embedded_ignored", n=body.n_embedded))
    return settle(text, notes) | {"notes": notes}


def _word_text(archive: zipfile.ZipFile, part: str) -> WordText:
    words = WordText()
    walk(archive, part, words.start, words.end, words.data)
    return words


# --- .xlsx ----------------------------------------------------------------------


class SheetLook:
    """What the cells do not tell: hidden rows, formulas, and how far it reaches."""

    def __init__(self) -> None:
        self.hidden_rows: list[int] = []
        self.hidden_columns: list[int] = []
        self.n_formulas = 0
        self.formulas_without_value: list[str] = []
        self._row = 0
        self._column = 0
        self._has_formula = False
        self._has_value = False
        self._is_value = False
        self._is_hidden = False

    def start(self, name: str, attributes: dict[str, str]) -> None:
        """An element begins."""
        match name:
            case "row":
                self._row = int(attributes.get("r", self._row + 1))
                self._column = 0
                self._is_hidden = attributes.get("hidden") in ("1", "true")
            case "c":
                self._column = _column_of(attributes.get("r", ""), self._column + 1)
                self._has_formula = self._has_value = False
            case "f":
                self._has_formula = True
            case "v" | "is":
                self._is_value = True
            case "col" if attributes.get("hidden") in ("1", "true"):
                first = int(attributes.get("min", 1))
                last = min(int(attributes.get("max", first)), limits.COLUMNS)
                self.hidden_columns += range(first, last + 1)

    def end(self, name: str) -> None:
        """An element ends."""
        if name in ("v", "is"):
            self._is_value = False
        if name != "c":
            return
        if self._has_formula:
            self.n_formulas += 1
            if not self._has_value and len(self.formulas_without_value) < 1_000:
                place = f"{column_letters(self._column)}{self._row}"
                self.formulas_without_value.append(place)
        if not self._has_value:
            return
        # Checked here, before the parser sets aside a rectangle for a cell that
        # stands alone in row 1,048,576.
        if self._row > limits.ROWS:
            raise Refused("too_many_rows", limit=limits.ROWS)
        if self._column > limits.COLUMNS:
            raise Refused("too_many_columns", limit=limits.COLUMNS)
        if self._is_hidden and self.hidden_rows[-1:] != [self._row]:
            self.hidden_rows.append(self._row)

    def data(self, _text: str) -> None:
        """Characters: programs that do not calculate leave the element empty."""
        self._has_value = self._has_value or self._is_value


def _column_of(reference: str, otherwise: int) -> int:
    letters = re.match(r"[A-Za-z]{1,3}", reference)
    if not letters:
        return otherwise
    number = 0
    for letter in letters.group().upper():
        number = number * 26 + ord(letter) - 64
    return number


def read_xlsx(file: IO[bytes]) -> dict[str, Any]:
    """The cells of every visible sheet of a workbook."""
    archive = open_archive(file)
    main = main_part(archive, "xl/workbook")
    parts = {key: path for _, key, path in relations(archive, main)}
    listed: list[tuple[str, str, str]] = []

    def start(name: str, attributes: dict[str, str]) -> None:
        if name == "sheet":
            part = parts.get(attributes.get("id", ""), "")
            state = attributes.get("state", "visible")
            listed.append((attributes.get("name", ""), part, state))

    walk(archive, main, start)
    looks: dict[str, SheetLook] = {}
    for name, part, _ in listed:
        looks[name] = look = SheetLook()
        if "/worksheets/" in part:
            walk(archive, part, look.start, look.end, look.data)
    n_pictures = sum(
        name.startswith("xl/media/") for name in map(str.lower, archive.namelist())
    )
    file.seek(0)
    workbook = CalamineWorkbook.from_filelike(file)
    notes: list[dict[str, Any]] = []
    sheets: list[dict[str, Any]] = []
    for name, part, state in listed:
        if "/worksheets/" not in part:
            continue
        if state != "visible":
            notes.append(note("hidden_sheet", sheet=clean(name)[0]))
            continue
        sheet = workbook.get_sheet_by_name(name)
        look = looks[name]
        rows = _rows(sheet)
        sheets.append(
            {
                "name": clean(name)[0],
                "rows": rows,
                "merged": sheet.merged_cell_ranges or [],
                "hidden_rows": look.hidden_rows,
                "hidden_columns": look.hidden_columns,
                "without_value": look.formulas_without_value,
            }
        )
        if look.n_formulas:
            notes.append(note("formulas", sheet=clean(name)[0], n=look.n_formulas))
    if n_pictures:
        notes.append(note("pictures_ignored", n=n_pictures))
    whole = "\n".join(_strings(sheets))
    if not whole.strip():
        raise Refused("scan" if n_pictures else "no_text")
    if found := legacy.detect_legacy(whole):
        for sheet_rows in (sheet["rows"] for sheet in sheets):
            for row in sheet_rows:
                row[:] = [
                    clean(legacy.convert_legacy(cell, found))[0]
                    if isinstance(cell, str)
                    else cell
                    for cell in row
                ]
        notes.append(note("converted", encoding=legacy_name(found)))
    judge("\n".join(_strings(sheets)), notes)
    return {"sheets": sheets, "notes": notes}


def _rows(sheet: CalamineSheet) -> list[list[Any]]:
    """Rows from row 1 on, without the empty cells and rows at their ends."""
    rows: list[list[Any]] = []
    if sheet.start is None:
        return rows
    # The parser leaves out the empty columns on the left, not the rows above.
    margin: list[Any] = [""] * sheet.start[1]
    # Row by row: a rectangle with one cell in each far corner has millions of others.
    for at, values in enumerate(sheet.iter_rows()):
        while values and values[-1] == "":
            values.pop()
        if values:
            rows += ([] for _ in range(at - len(rows)))
            rows.append(margin + [_cell(value) for value in values])
    return rows


def _strings(sheets: list[dict[str, Any]]) -> Iterator[str]:
    """Every cell as characters, for the judges of text."""
    for sheet in sheets:
        for row in sheet["rows"]:
            for cell in row:
                if cell != "":
                    yield cell if isinstance(cell, str) else str(cell)


def _cell(value: object) -> str | int | float | dict[str, str]:
    match value:
        case str():
            return clean(value)[0].strip()
        case bool():
            return "TRUE" if value else "FALSE"
        case float() if value.is_integer():
            return int(value)
        case int() | float():
            return value
        case datetime():
            return {"date": value.date().isoformat()}
        case date():
            return {"date": value.isoformat()}
        case time() | timedelta():
            return str(value)
    return ""


# --- .pdf -----------------------------------------------------------------------


def read_pdf(file: IO[bytes]) -> dict[str, Any]:
    """The text of each page of a PDF."""
    data = file.read()
    try:
        document = pypdfium2.PdfDocument(data)
    except pypdfium2.PdfiumError as error:
        code = "password" if "password" in str(error).lower() else "corrupt"
        raise Refused(code) from error
    n_pages = len(document)
    if n_pages > limits.PAGES:
        raise Refused("too_many_pages", limit=limits.PAGES)
    texts: list[str] = []
    scanned: list[int] = []
    n_pictures = 0
    for number in range(n_pages):
        page = document[number]
        text = page.get_textpage().get_text_range()
        pictures = sum(
            1 for _ in page.get_objects(filter=[pypdfium2.raw.FPDF_PAGEOBJ_IMAGE])
        )
        n_pictures += pictures
        if pictures and len(re.findall(r"\w", text)) < 10:
            scanned.append(number + 1)
        texts.append(text)
        page.close()
    if scanned and not re.search(r"\w{2}", "".join(texts)):
        raise Refused("scan")
    notes: list[dict[str, Any]] = []
    if scanned:
        notes.append(note("pages_without_text", pages=", ".join(map(str, scanned))))
    elif n_pictures:
        notes.append(note("pictures_ignored", n=n_pictures))
    # The marks of old fonts are looked for in the whole, then each page is settled
    # alone, so that it is known where each page begins.
    whole = "\n\n".join(texts)
    found = legacy.detect_legacy(whole)
    pages: list[int] = []
    parts: list[str] = []
    at = 0
    for text in texts:
        if found:
            text = legacy.convert_legacy(text, found)
        part = unwrap(clean(text)[0])
        pages.append(at)
        parts.append(part)
        at += len(part) + 2
    if found:
        notes.append(note("converted", encoding=legacy_name(found)))
    text = "\n\n".join(parts)
    judge(text, notes)
    return {
        "text": text,
        "pages": pages,
        "n_pages": n_pages,
        "original": whole if found else None,
        "notes": notes,
    }


#: A line that begins a paragraph of its own: a bullet, a number, a heading.
BEGINS: Final = re.compile(
    r"\s*(?:[-–—•*+]\s|\d{1,3}[.)]\s|[a-zđ][.)]\s|[IVXLC]+[.)-]\s)"
)


def unwrap(text: str) -> str:
    """The text of a page with the lines of one paragraph joined again."""
    lines = [line.strip() for line in text.split("\n")]
    lengths = sorted(len(line) for line in lines if line)
    # A line that nearly reaches the right margin goes on in the next one.
    full = lengths[len(lengths) * 9 // 10] * 0.8 if lengths else 0
    out: list[str] = []
    previous = ""
    for line in lines:
        goes_on = (
            previous
            and line
            and not BEGINS.match(line)
            and not previous.endswith((".", ":", ";", "!", "?", "…", "./.", "”"))
            and (line[0].islower() or previous.endswith(",") or len(previous) >= full)
        )
        if goes_on:
            out[-1] = f"{out[-1]} {line}"
        else:
            out.append(line)
        previous = line
    return tidy(out)


# --- plain text -----------------------------------------------------------------


def read_plain(file: IO[bytes]) -> dict[str, Any]:
    """The text of a .txt or .md file, whatever encoding it was saved in."""
    text, encoding = decode(file.read())
    notes: list[dict[str, Any]] = []
    answer = settle(text, notes)
    if encoding != "utf-8" and not answer["original"]:
        notes.append(note("encoding", encoding=encoding))
    return answer | {"notes": notes}


READERS: Final[dict[str, Callable[[IO[bytes]], dict[str, Any]]]] = {
    "docx": read_docx,
    "xlsx": read_xlsx,
    "pdf": read_pdf,
    "txt": read_plain,
    "md": read_plain,
}


def answer(kind: str, file: IO[bytes]) -> dict[str, Any]:
    """What was read, or why it was not; never an exception."""
    try:
        return {"read": READERS[kind](file)}
    except Refused as refusal:
        return {"refused": refusal.code, "params": refusal.params}
    except (MemoryError, OverflowError):
        return {"refused": "too_heavy", "params": {}}
    except expat.ExpatError as error:
        return {"refused": "corrupt", "params": {}, "detail": str(error)}
    except (zipfile.BadZipFile, zlib.error, EOFError) as error:
        return {"refused": "corrupt", "params": {}, "detail": str(error)}
    except BaseException as error:
        # Parsers in other languages raise what they like, also outside Exception.
        detail = f"{type(error).__name__}: {error}"
        return {"refused": "corrupt", "params": {}, "detail": detail[:500]}


def main(kind: str) -> None:
    """Read standard input as `kind` and print the answer."""
    close_the_door()
    json.dump(answer(kind, sys.stdin.buffer), sys.stdout)
