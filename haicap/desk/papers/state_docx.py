"""
Building blocks of a State paper in Word: page, head, tables, foot.

Source: Decree 30/2020/NĐ-CP, annex I: margins, sizes and places of the parts.
Elements are built directly, because filling cells one by one through the library
grows with the square of the rows.
"""

import io
import re
import zipfile
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from docx import Document
from docx.document import Document as WordDocument
from docx.enum.section import WD_ORIENT
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Mm


FONT = "Times New Roman"
LANGUAGE = "vi-VN"
# Body of an A4 landscape page between its margins. Unit: millimetres.
BODY_WIDTH = 252.0

_SLOTS = ("w:ascii", "w:hAnsi", "w:eastAsia", "w:cs")
_THEME_SLOTS = ("w:asciiTheme", "w:hAnsiTheme", "w:eastAsiaTheme", "w:cstheme")
_NOT_XML = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_LONG_AGO = (1980, 1, 1, 0, 0, 0)


@dataclass(frozen=True, slots=True)
class Look:
    """How some words look. Unit of `size`: points."""

    size: float = 13
    bold: bool = False
    italic: bool = False
    missing: bool = False
    boxed: bool = False


def element(tag: str, *children: Any, **attributes: Any) -> Any:
    """Return a Word element with `children` and `w:` attributes."""
    made = OxmlElement(f"w:{tag}")
    for name, value in attributes.items():
        made.set(qn(f"w:{name}"), str(value))
    made.extend(children)
    return made


def run(text: str, look: Look) -> Any:
    """Return `text` as typed, line breaks kept, in the face of official papers."""
    fonts = element("rFonts")
    for slot in _SLOTS:
        fonts.set(qn(slot), FONT)
    half_points = round(look.size * 2)
    properties = element("rPr", fonts)
    if look.bold:
        properties.append(element("b"))
    if look.italic:
        properties.append(element("i"))
    if look.missing:
        properties.append(element("color", val="43555A"))
    properties.append(element("sz", val=half_points))
    properties.append(element("szCs", val=half_points))
    if look.missing:
        properties.append(element("u", val="dash"))
    if look.boxed:
        properties.append(element("bdr", val="single", sz=8, space=3, color="auto"))
    properties.append(element("lang", val=LANGUAGE, eastAsia=LANGUAGE))
    made = element("r", properties)
    for position, line in enumerate(_clean(text).split("\n")):
        if position:
            made.append(element("br"))
        words = element("t")
        words.set(qn("xml:space"), "preserve")
        words.text = line
        made.append(words)
    return made


def paragraph(
    *runs: Any,
    align: str = "left",
    before: float = 0,
    after: float = 0,
    keep_next: bool = False,
    heading: bool = False,
) -> Any:
    """Return a paragraph. Unit of `before` and `after`: points."""
    properties = element("pPr")
    if keep_next:
        properties.append(element("keepNext"))
    properties.append(
        element("spacing", before=_twentieths(before), after=_twentieths(after))
    )
    properties.append(element("jc", val=align))
    if heading:
        properties.append(element("outlineLvl", val=0))
    return element("p", properties, *runs)


def rule(cell_width: float, length: float) -> Any:
    """Return a centred line of `length`. Unit: millimetres."""
    side = _dxa(max(0.0, (cell_width - 2 * _CELL_SIDE - length) / 2))
    return element(
        "p",
        element(
            "pPr",
            element("pBdr", element("top", val="single", sz=6, space=1, color="auto")),
            element("spacing", before=20, after=0, line=80, lineRule="exact"),
            element("ind", left=side, right=side),
        ),
    )


def cell(
    content: Iterable[Any],
    *,
    width: float,
    span: int = 1,
    merge: str | None = None,
    shade: bool = False,
    middle: bool = False,
) -> Any:
    """Return a table cell; `merge` is "restart" or "continue" down the rows."""
    properties = element("tcPr", element("tcW", w=_dxa(width), type="dxa"))
    if span > 1:
        properties.append(element("gridSpan", val=span))
    if merge:
        properties.append(element("vMerge", val=merge))
    if shade:
        properties.append(element("shd", val="clear", color="auto", fill="EDEDED"))
    if middle:
        properties.append(element("vAlign", val="center"))
    return element("tc", properties, *content)


def row(cells: Iterable[Any], *, repeats: bool = False, may_split: bool = False) -> Any:
    """Return a table row; no page break splits it unless it may, heads repeat."""
    properties = element("trPr", *([] if may_split else [element("cantSplit")]))
    if repeats:
        properties.append(element("tblHeader"))
    return element("tr", properties, *cells)


_CELL_SIDE = 0.9


def table(rows: Iterable[Any], widths: Sequence[float], *, lines: bool = True) -> Any:
    """Return a table of fixed columns. Unit of `widths`: millimetres."""
    style = "single" if lines else "nil"
    edges = ("top", "left", "bottom", "right", "insideH", "insideV")
    side = _dxa(_CELL_SIDE)
    properties = element(
        "tblPr",
        element("tblW", w=_dxa(sum(widths)), type="dxa"),
        element("jc", val="center"),
        element(
            "tblBorders",
            *(element(edge, val=style, sz=4, space=0, color="auto") for edge in edges),
        ),
        element("tblLayout", type="fixed"),
        element(
            "tblCellMar",
            element("left", w=side, type="dxa"),
            element("right", w=side, type="dxa"),
        ),
    )
    grid = element("tblGrid", *(element("gridCol", w=_dxa(w)) for w in widths))
    return element("tbl", properties, grid, *rows)


def new_document(*, title: str, author: str, stamp: datetime) -> WordDocument:
    """Return an empty A4 landscape paper with the State's margins and typeface."""
    document = Document()
    _set_typeface(document)
    # The library's template brings a thumbnail of another document.
    package = document.part.package
    for key, relation in list(package.rels.items()):
        if relation.reltype.endswith("/thumbnail"):
            del package.rels[key]
    section = document.sections[0]
    section.orientation = WD_ORIENT.LANDSCAPE
    section.page_width, section.page_height = Mm(297), Mm(210)
    section.top_margin = section.bottom_margin = Mm(20)
    section.left_margin, section.right_margin = Mm(30), Mm(15)
    section.header_distance = section.footer_distance = Mm(10)
    facts = document.core_properties
    facts.title, facts.author, facts.language = title, author, LANGUAGE
    facts.created = facts.modified = stamp
    facts.comments = facts.last_modified_by = facts.keywords = ""
    return document


def set_head_and_foot(document: WordDocument, foot: str) -> None:
    """Number the pages from the second on, top centre, and say `foot` on each."""
    section = document.sections[0]
    section.different_first_page_header_footer = True
    _fill(section.header, paragraph(*_page_number(Look(13)), align="center"))
    for part in (section.footer, section.first_page_footer):
        _fill(part, paragraph(run(foot, Look(9))))


def append(document: WordDocument, content: Iterable[Any]) -> None:
    """Put elements at the end of the paper, before its page set-up."""
    body = document.element.body
    for made in content:
        body.insert(len(body) - 1, made)


def saved(document: WordDocument) -> bytes:
    """Return the file; the same paper gives the same bytes."""
    first = io.BytesIO()
    document.save(first)
    second = io.BytesIO()
    with (
        zipfile.ZipFile(first) as source,
        zipfile.ZipFile(second, "w", zipfile.ZIP_DEFLATED) as target,
    ):
        for name in source.namelist():
            entry = zipfile.ZipInfo(name, date_time=_LONG_AGO)
            entry.compress_type = zipfile.ZIP_DEFLATED
            target.writestr(entry, source.read(name))
    return second.getvalue()


def _set_typeface(document: WordDocument) -> None:
    """Put the one typeface into all four slots of every style."""
    styles = document.styles.element
    for fonts in styles.iter(qn("w:rFonts")):
        for slot in _THEME_SLOTS:
            fonts.attrib.pop(qn(slot), None)
        for slot in _SLOTS:
            fonts.set(qn(slot), FONT)
    for language in styles.iter(qn("w:lang")):
        language.set(qn("w:val"), LANGUAGE)
        language.set(qn("w:eastAsia"), LANGUAGE)


def _page_number(look: Look) -> list[Any]:
    made = []
    for kind in ("begin", None, "separate", "end"):
        piece = run("", look)
        piece.remove(piece[-1])
        if kind is None:
            code = element("instrText")
            code.text = "PAGE"
            piece.append(code)
        else:
            piece.append(element("fldChar", fldCharType=kind))
        made.append(piece)
    made.insert(3, run("2", look))
    return made


def _fill(part: Any, content: Any) -> None:
    part.is_linked_to_previous = False
    for old in list(part._element):
        part._element.remove(old)
    part._element.append(content)


def _clean(text: str) -> str:
    """Return `text` with what Word cannot hold shown as the replacement sign."""
    return _NOT_XML.sub("�", text.replace("\r\n", "\n").replace("\r", "\n"))


def _dxa(millimetres: float) -> int:
    return round(millimetres * 1440 / 25.4)


def _twentieths(points: float) -> int:
    return round(points * 20)
