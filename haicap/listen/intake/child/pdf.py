"""Reads the text of each page of a PDF."""

import re
from typing import IO, Any, Final

import pypdfium2

from haicap.core.text import legacy
from haicap.listen.intake import limits
from haicap.listen.intake.child.said import Refused, note
from haicap.listen.intake.child.words import clean, judge, legacy_name, tidy


def read(file: IO[bytes]) -> dict[str, Any]:
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
