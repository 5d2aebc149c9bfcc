"""What is wrong with a file comes out as a sentence."""

import struct
import zipfile

import pytest

from haicap.core.errors import BadInput
from haicap.listen.intake import limits
from tests.listen.intake import files
from tests.listen.intake.reading import WORDS, codes, extract, refusal


@pytest.mark.parametrize("name", ["a.txt", "a.docx", "a.xlsx"])
def test_a_state_secret_is_refused_whatever_the_file(tmp_path, name):
    lines = ["ỦY BAN NHÂN DÂN TỈNH", "TUYỆT MẬT", "Báo cáo về tình hình địa phương."]
    content = {
        "a.txt": "\n".join(lines).encode(),
        "a.docx": files.word(*lines),
        "a.xlsx": files.book([[line] for line in lines]),
    }[name]
    assert refusal(tmp_path, name, content, BadInput) == "secret"


def test_a_mark_of_secrecy_in_the_header_counts(tmp_path):
    parts = files.word_parts(files.paragraph(WORDS))
    kind = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
    parts["word/_rels/document.xml.rels"] = files.RELS.replace(
        "word/document.xml", "header1.xml"
    ).replace(f"{kind}/officeDocument", f"{kind}/header")
    parts["word/header1.xml"] = (
        f'<w:hdr xmlns:w="{files.W}">{files.paragraph("TỐI MẬT")}</w:hdr>'
    )
    content = files.archive(parts)
    assert refusal(tmp_path, "a.docx", content, BadInput) == "secret"


def test_identity_numbers_are_warned_of(tmp_path):
    said = extract(tmp_path, "a.txt", f"{WORDS} Số định danh 037012345678.".encode())
    assert codes(said) == ["identity_numbers"]
    assert ": 1." in str(said.notes[0])
    assert "037012345678" not in str(said.notes[0])


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("a.txt", b" \n\t\n"),
        ("a.docx", files.word("", " ")),
        ("a.xlsx", files.book([[]])),
        ("a.pdf", files.pdf([""])),
    ],
)
def test_a_file_without_words_is_named_so(tmp_path, name, content):
    assert refusal(tmp_path, name, content) == "no_text"


def test_a_word_file_of_pictures_alone_is_a_scan(tmp_path):
    inner = "<w:p><w:r><w:drawing/></w:r></w:p>"
    content = files.archive(files.word_parts(inner))
    assert refusal(tmp_path, "a.docx", content) == "scan"


ENTITIES = '<!DOCTYPE x [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;&a;&a;">]>'


@pytest.mark.parametrize("encoding", ["UTF-8", "UTF-16"])
@pytest.mark.parametrize("part", ["word/document.xml", "docProps/app.xml"])
def test_definitions_of_entities_are_refused_in_any_encoding(tmp_path, encoding, part):
    document = files.body(files.paragraph("x"))
    hostile = document.replace("UTF-8", encoding).replace("?>", f"?>{ENTITIES}", 1)
    parts = files.word_parts("") | {part: hostile.encode(encoding)}
    assert refusal(tmp_path, "a.docx", files.archive(parts)) == "dtd"


def test_a_reference_to_a_file_of_the_machine_is_refused(tmp_path):
    document = files.body(files.paragraph("&leak;"))
    evil = '<!DOCTYPE x [<!ENTITY leak SYSTEM "file:///etc/passwd">]>'
    parts = files.word_parts("")
    parts["word/document.xml"] = document.replace("?>", f"?>{evil}", 1)
    assert refusal(tmp_path, "a.docx", files.archive(parts)) == "dtd"


def test_a_part_that_unpacks_to_more_than_it_declares_is_refused(tmp_path):
    content = bytearray(
        files.archive(files.word_parts(files.paragraph("x")) | {"z": bytes(10**7)})
    )
    at = content.rfind(b"PK\x01\x02")
    content[at + 24 : at + 28] = struct.pack("<I", 10)
    assert refusal(tmp_path, "a.docx", bytes(content)) == "corrupt"


def test_what_unpacks_to_too_much_is_refused_while_it_unpacks(tmp_path):
    parts = files.word_parts(files.paragraph("x"))
    parts |= {f"m{n}": bytes(60 * limits.MEGABYTE) for n in range(4)}
    assert refusal(tmp_path, "a.docx", files.archive(parts)) == "unpacks_too_big"


def test_damage_inside_an_archive_is_named_so(tmp_path):
    path = files.save(tmp_path, "a.docx", files.word(*[WORDS] * 50))
    content = bytearray(path.read_bytes())
    with zipfile.ZipFile(path) as archive:
        at = archive.getinfo("word/document.xml").header_offset + 200
    content[at : at + 8] = b"\xff" * 8
    assert refusal(tmp_path, "a.docx", bytes(content)) == "corrupt"


def test_broken_xml_is_named_so(tmp_path):
    content = files.archive(files.word_parts("<w:p><w:r>"))
    assert refusal(tmp_path, "a.docx", content) == "corrupt"
