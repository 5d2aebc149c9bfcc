"""Reads a Word document."""

import zipfile
from typing import IO, Any

from haicap.listen.intake.child.archive import main_part, open_archive, relations, walk
from haicap.listen.intake.child.said import Refused, note
from haicap.listen.intake.child.words import clean, refuse_secret, settle, tidy


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


def read(file: IO[bytes]) -> dict[str, Any]:
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
