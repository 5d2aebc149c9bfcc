"""Files of every kind, good and bad, built in the moment a test needs them."""

import io
import zipfile
from collections.abc import Callable, Sequence
from datetime import date, datetime
from pathlib import Path

import docx
import xlsxwriter
from xlsxwriter.worksheet import Worksheet


TYPES = (
    '<?xml version="1.0" encoding="UTF-8"?>'
    '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
    '<Default Extension="xml" ContentType="application/xml"/></Types>'
)
RELS = (
    '<?xml version="1.0"?><Relationships '
    'xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
    '<Relationship Id="r1" Target="word/document.xml" Type="http://schemas.'
    'openxmlformats.org/officeDocument/2006/relationships/officeDocument"/>'
    "</Relationships>"
)
W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"

OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"


def body(inner: str) -> str:
    """The main part of a Word document around some of its XML."""
    return (
        f'<?xml version="1.0" encoding="UTF-8"?><w:document xmlns:w="{W}" xmlns:mc="'
        'http://schemas.openxmlformats.org/markup-compatibility/2006">'
        f"<w:body>{inner}</w:body></w:document>"
    )


def paragraph(text: str) -> str:
    return f"<w:p><w:r><w:t>{text}</w:t></w:r></w:p>"


def archive(parts: dict[str, str | bytes]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as made:
        for name, content in parts.items():
            made.writestr(name, content)
    return out.getvalue()


def word_parts(inner: str, **more: str | bytes) -> dict[str, str | bytes]:
    return {
        "[Content_Types].xml": TYPES,
        "_rels/.rels": RELS,
        "word/document.xml": body(inner),
        **more,
    }


def word(*lines: str) -> bytes:
    """What python-docx writes for these paragraphs."""
    made = docx.Document()
    for line in lines:
        made.add_paragraph(line)
    out = io.BytesIO()
    made.save(out)
    return out.getvalue()


def book(
    rows: Sequence[Sequence[object]],
    dress: Callable[[Worksheet, xlsxwriter.Workbook], None] | None = None,
) -> bytes:
    """A workbook with these cells; `dress` merges, hides and calculates."""
    out = io.BytesIO()
    made = xlsxwriter.Workbook(out, {"in_memory": True})
    sheet = made.add_worksheet("Biểu 1")
    day = made.add_format({"num_format": "dd/mm/yyyy"})
    for at, row in enumerate(rows):
        for column, value in enumerate(row):
            if isinstance(value, date):
                moment = datetime.combine(value, datetime.min.time())
                sheet.write_datetime(at, column, moment, day)
            elif value not in ("", None):
                sheet.write(at, column, value)
    if dress:
        dress(sheet, made)
    made.close()
    return out.getvalue()


def pdf(
    pages: Sequence[str], *, with_picture: bool = False, encrypt: str = ""
) -> bytes:
    """A PDF with these lines of plain Latin text, written by hand."""
    objects: list[bytes] = []

    def add(content: str) -> int:
        objects.append(content.encode("latin-1"))
        return len(objects)

    catalog, tree = add(""), add("")
    font = add("<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>")
    picture = add(
        "<< /Type /XObject /Subtype /Image /Width 1 /Height 1 /ColorSpace /DeviceGray "
        "/BitsPerComponent 8 /Length 1 >>\nstream\n0\nendstream"
    )
    kids = []
    for text in pages:
        lines = "".join(
            f"1 0 0 1 72 {760 - 16 * at} Tm ({line}) Tj\n"
            for at, line in enumerate(text.split("\n"))
        )
        drawn = f"BT /F1 12 Tf\n{lines}ET\n" if text else ""
        drawn += "q 500 0 0 700 40 40 cm /Im1 Do Q\n" if with_picture else ""
        stream = add(f"<< /Length {len(drawn)} >>\nstream\n{drawn}endstream")
        kids.append(
            add(
                f"<< /Type /Page /Parent {tree} 0 R /MediaBox [0 0 595 842] /Contents "
                f"{stream} 0 R /Resources << /Font << /F1 {font} 0 R >> "
                f"/XObject << /Im1 {picture} 0 R >> >> >>"
            )
        )
    objects[catalog - 1] = f"<< /Type /Catalog /Pages {tree} 0 R >>".encode()
    listed = " ".join(f"{kid} 0 R" for kid in kids)
    objects[tree - 1] = (
        f"<< /Type /Pages /Kids [{listed}] /Count {len(kids)} >>".encode()
    )
    out = bytearray(b"%PDF-1.4\n")
    places = []
    for number, content in enumerate(objects, 1):
        places.append(len(out))
        out += b"%d 0 obj\n" % number + content + b"\nendobj\n"
    start = len(out)
    out += b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1)
    out += b"".join(b"%010d 00000 n \n" % place for place in places)
    out += b"trailer << /Size %d /Root 1 0 R %s >>\nstartxref\n%d\n%%%%EOF\n" % (
        len(objects) + 1,
        encrypt.encode("latin-1"),
        start,
    )
    return bytes(out)


#: A password nobody has: the marks of both passwords are made up.
ENCRYPTED = (
    "/Encrypt << /Filter /Standard /V 1 /R 2 /P -4 "
    f"/O <{'ab' * 32}> /U <{'cd' * 32}> >> /ID [<{'01' * 16}> <{'01' * 16}>]"
)


def save(folder: Path, name: str, content: bytes) -> Path:
    path = folder / name
    path.write_bytes(content)
    return path
