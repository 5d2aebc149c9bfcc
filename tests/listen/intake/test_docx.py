"""What a Word document says comes out whole and in order."""

import pytest

from haicap.listen.intake import sandbox
from haicap.listen.samples import CONFERENCE_DOCX, CONFERENCE_TXT
from tests.listen.intake import files
from tests.listen.intake.reading import codes, extract


def test_the_sample_document_says_what_its_text_file_says():
    said = sandbox.extract(CONFERENCE_DOCX, "docx")
    assert said.text == CONFERENCE_TXT.read_text(encoding="utf-8").strip()
    assert said.notes == ()
    assert said.offsets == ()


def test_paragraphs_and_tables_come_in_their_order(tmp_path):
    cell = "<w:tc>{}</w:tc>"
    row = "<w:tr>" + cell * 2 + "</w:tr>"
    p = files.paragraph
    content = files.archive(
        files.word_parts(
            p("Trước")
            + "<w:tbl>"
            + row.format(p("STT"), p("Nội dung"))
            + row.format(p("1"), p("Thiếu") + p("người"))
            + "</w:tbl>"
            + p("Sau")
        )
    )
    said = extract(tmp_path, "a.docx", content)
    assert said.text == "Trước\nSTT | Nội dung\n1 | Thiếu người\n\nSau"


def test_empty_paragraphs_are_kept_as_one_empty_line(tmp_path):
    said = extract(tmp_path, "a.docx", files.word("Một", "", "", "", "Hai"))
    assert said.text == "Một\n\nHai"


@pytest.mark.parametrize(
    ("inner", "text"),
    [
        ("<w:r><w:t>a</w:t><w:tab/><w:t>b</w:t></w:r>", "a\tb"),
        ("<w:r><w:t>a</w:t><w:br/><w:t>b</w:t></w:r>", "a\nb"),
        ("<w:pPr><w:tabs><w:tab/></w:tabs></w:pPr><w:r><w:t>a</w:t></w:r>", "a"),
        ("<w:r><w:t>05</w:t><w:noBreakHyphen/><w:t>NQ</w:t></w:r>", "05-NQ"),
        # What was deleted with changes tracked is not said; what was added is.
        (
            "<w:del><w:r><w:delText>a</w:delText></w:r></w:del>"
            "<w:ins><w:r><w:t>b</w:t></w:r></w:ins>",
            "b",
        ),
        (
            "<w:moveFrom><w:r><w:t>a</w:t></w:r></w:moveFrom><w:r><w:t>b</w:t></w:r>",
            "b",
        ),
        ("<w:sdt><w:sdtContent><w:r><w:t>a</w:t></w:r></w:sdtContent></w:sdt>", "a"),
        ("<w:hyperlink><w:r><w:t>a</w:t></w:r></w:hyperlink>", "a"),
    ],
)
def test_a_paragraph_says_what_a_reader_sees(tmp_path, inner, text):
    content = files.archive(files.word_parts(f"<w:p>{inner}</w:p>"))
    assert extract(tmp_path, "a.docx", content).text == text


def test_a_text_box_is_read_once_and_said(tmp_path):
    box = f"<w:txbxContent>{files.paragraph('trong khung')}</w:txbxContent>"
    inner = (
        "<w:p><w:r><w:t>ngoài</w:t><mc:AlternateContent><mc:Choice><w:drawing>"
        f"{box}</w:drawing></mc:Choice><mc:Fallback><w:pict>{box}</w:pict>"
        "</mc:Fallback></mc:AlternateContent></w:r></w:p>"
    )
    said = extract(tmp_path, "a.docx", files.archive(files.word_parts(inner)))
    assert said.text == "ngoài\ntrong khung"
    assert codes(said) == ["text_boxes"]


def test_pictures_beside_text_are_left_aside_and_said(tmp_path):
    inner = files.paragraph("Chữ") + "<w:p><w:r><w:drawing/></w:r></w:p>"
    said = extract(tmp_path, "a.docx", files.archive(files.word_parts(inner)))
    assert codes(said) == ["pictures_ignored"]


def test_footnotes_stand_at_the_end(tmp_path):
    parts = files.word_parts(files.paragraph("Văn bản"))
    kind = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
    parts["word/_rels/document.xml.rels"] = files.RELS.replace(
        "word/document.xml", "footnotes.xml"
    ).replace(f"{kind}/officeDocument", f"{kind}/footnotes")
    parts["word/footnotes.xml"] = (
        f'<w:footnotes xmlns:w="{files.W}"><w:footnote>'
        f"{files.paragraph('Chú thích')}</w:footnote></w:footnotes>"
    )
    said = extract(tmp_path, "a.docx", files.archive(parts))
    assert said.text == "Văn bản\n\nChú thích"
    assert codes(said) == ["footnotes"]
