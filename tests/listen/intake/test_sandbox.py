"""What a file says comes out whole; what is wrong with it comes out as a sentence."""

import os
import struct
import subprocess
import sys
import time
import unicodedata
import zipfile

import pytest

from haicap.core.errors import BadInput, Unreadable
from haicap.listen.intake import limits, sandbox
from haicap.listen.samples import COMMUNE_XLSX, CONFERENCE_DOCX, CONFERENCE_TXT
from tests.listen.intake import files


WORDS = "Đề nghị tỉnh hỗ trợ vốn cải tạo trụ sở làm việc của xã."


def extract(tmp_path, name, content):
    kind = name.rpartition(".")[2]
    return sandbox.extract(files.save(tmp_path, name, content), kind)


def refusal(tmp_path, name, content, kind=Unreadable):
    with pytest.raises(kind) as caught:
        extract(tmp_path, name, content)
    assert "%(" not in str(caught.value)
    assert str(caught.value).endswith(".")
    return caught.value.params["code"]


def codes(extracted):
    assert all(str(note).endswith(".") for note in extracted.notes)
    return [note.code for note in extracted.notes]


# --- Word -------------------------------------------------------------------------


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


# --- workbooks --------------------------------------------------------------------


def test_a_workbook_is_read_row_by_row(tmp_path):
    content = files.book([["STT", "Nội dung"], [1, WORDS], [], [2, 3.5]])
    said = extract(tmp_path, "a.xlsx", content)
    assert said.text == f"STT | Nội dung\n1 | {WORDS}\n2 | 3,5"
    assert said.table.sheets[0].rows[1] == (1, WORDS)


def test_the_sample_workbook_is_read_without_a_remark():
    said = sandbox.extract(COMMUNE_XLSX, "xlsx")
    assert said.notes == ()
    assert "Xã Bình Minh" in said.text


def test_formulas_are_read_as_the_values_they_showed(tmp_path):
    def dress(sheet, _):
        sheet.write_formula(1, 0, '="Đề nghị"', None, "Đề nghị")

    said = extract(tmp_path, "a.xlsx", files.book([["Nội dung"]], dress))
    assert said.text == "Nội dung\nĐề nghị"
    assert codes(said) == ["formulas"]


def test_a_hidden_sheet_is_left_aside_and_said(tmp_path):
    def dress(_, book):
        hidden = book.add_worksheet("Nháp")
        hidden.write(0, 0, "không đọc")
        hidden.hide()

    said = extract(tmp_path, "a.xlsx", files.book([["đọc"]], dress))
    assert said.text == "đọc"
    assert codes(said) == ["hidden_sheet"]


@pytest.mark.parametrize(
    ("row", "column", "code"),
    [
        (limits.ROWS, 0, "too_many_rows"),
        (1_048_575, 0, "too_many_rows"),
        (0, limits.COLUMNS, "too_many_columns"),
        (1_048_575, 16_383, "too_many_rows"),
    ],
)
def test_a_cell_beyond_the_limits_is_refused(tmp_path, row, column, code):
    def dress(sheet, _):
        sheet.write(row, column, "x")

    assert refusal(tmp_path, "a.xlsx", files.book([["a"]], dress)) == code


def test_cells_up_to_the_limits_pass(tmp_path):
    def dress(sheet, _):
        sheet.write(limits.ROWS - 1, 2, "cuối")
        sheet.write(0, limits.COLUMNS - 1, "phải")

    said = extract(tmp_path, "a.xlsx", files.book([["", "a"]], dress))
    assert said.text == "a | phải\ncuối"
    rows = said.table.sheets[0].rows
    assert rows[0][1] == "a"
    assert rows[limits.ROWS - 1] == ("", "", "cuối")


def test_styled_empty_cells_far_away_do_no_harm(tmp_path):
    def dress(sheet, book):
        sheet.write_blank(1_048_575, 16_000, None, book.add_format({"bold": True}))

    assert extract(tmp_path, "a.xlsx", files.book([["a"]], dress)).text == "a"


# --- PDF --------------------------------------------------------------------------


def test_a_pdf_says_its_pages_and_where_each_begins(tmp_path):
    said = extract(tmp_path, "a.pdf", files.pdf(["Trang mot.", "Trang hai."]))
    assert said.text == "Trang mot.\n\nTrang hai."
    assert said.n_pages == 2
    assert [said.text[at:][:9] for at in said.pages] == ["Trang mot", "Trang hai"]


def test_lines_of_one_paragraph_are_joined_again(tmp_path):
    page = (
        "De nghi tinh ho tro von cai tao tru so lam viec va\n"
        "bo sung bien che cho xa.\n"
        "1. Viec thu nhat rat dai va chiem gan het mot dong:\n"
        "- viec nho"
    )
    said = extract(tmp_path, "a.pdf", files.pdf([page]))
    assert said.text.split("\n") == [
        "De nghi tinh ho tro von cai tao tru so lam viec va bo sung bien che cho xa.",
        "1. Viec thu nhat rat dai va chiem gan het mot dong:",
        "- viec nho",
    ]


def test_a_scan_without_text_is_named_so(tmp_path):
    content = files.pdf(["", ""], with_picture=True)
    assert refusal(tmp_path, "a.pdf", content) == "scan"


def test_a_scanned_page_among_others_is_said_by_its_number(tmp_path):
    text = files.pdf(["Trang co chu day du ro rang.", ""], with_picture=True)
    said = extract(tmp_path, "a.pdf", text)
    assert codes(said) == ["pages_without_text"]
    assert str(said.notes[0]).endswith(": 2.")


def test_a_pdf_with_a_password_is_named_so(tmp_path):
    content = files.pdf(["x"], encrypt=files.ENCRYPTED)
    assert refusal(tmp_path, "a.pdf", content) == "password"


def test_a_pdf_of_too_many_pages_is_refused(tmp_path):
    content = files.pdf(["x"] * (limits.PAGES + 1))
    assert refusal(tmp_path, "a.pdf", content) == "too_many_pages"


def test_a_pdf_of_as_many_pages_as_allowed_passes(tmp_path):
    said = extract(tmp_path, "a.pdf", files.pdf(["Trang."] * limits.PAGES))
    assert said.n_pages == limits.PAGES


def test_a_broken_pdf_is_named_so(tmp_path):
    assert refusal(tmp_path, "a.pdf", b"%PDF-1.7\n" + bytes(500)) == "corrupt"


# --- plain text, and old encodings ------------------------------------------------


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
def test_plain_text_of_every_unicode_kind_is_read(tmp_path, encoding):
    said = extract(tmp_path, "a.txt", WORDS.encode(encoding))
    assert said.text == WORDS


def test_letters_in_two_pieces_are_joined_and_the_way_back_is_kept(tmp_path):
    pieces = unicodedata.normalize("NFD", WORDS)
    said = extract(tmp_path, "a.txt", pieces.encode())
    assert said.text == WORDS
    # Each place of the new text leads to the letter it came from.
    for at, letter in enumerate(said.text):
        new, old = max(
            (pair for pair in ((0, 0), *said.offsets) if pair[0] <= at),
        )
        source = pieces[old + at - new :]
        assert unicodedata.normalize("NFC", source).startswith(letter)


def test_tone_marks_stay_where_the_author_put_them(tmp_path):
    mixed = "Đảng uỷ và Đảng ủy, hoà và hòa"
    assert extract(tmp_path, "a.txt", mixed.encode()).text == mixed


def test_line_ends_of_windows_become_plain_and_the_way_back_is_kept(tmp_path):
    said = extract(tmp_path, "a.txt", "một\r\nhai\r\nba".encode())
    assert said.text == "một\nhai\nba"
    assert said.offsets == ((4, 5), (8, 10))


def test_control_characters_are_taken_out(tmp_path):
    said = extract(tmp_path, "a.txt", "mộ\u0001t\u0008 hai".encode())
    assert said.text == "một hai"


@pytest.fixture(params=["TCVN3", "VNI"])
def old_text(request):
    """The name of an old encoding, words as its font had them typed, and the words."""
    typed = {
        "TCVN3": "§Ò nghÞ tØnh hç trî vèn c¶i t¹o trô së lµm viÖc cña x·.",
        "VNI": "Ñeà nghò tænh hoã trôï voán caûi taïo truï sôû laøm vieäc cuûa xaõ.",
    }[request.param]
    return request.param, typed, WORDS


def test_the_words_of_an_old_font_are_converted_and_said(tmp_path, old_text):
    encoding, typed, meant = old_text
    said = extract(tmp_path, "a.txt", typed.encode("cp1252"))
    assert said.text == meant
    assert said.original == typed
    assert codes(said) == ["converted"]
    assert encoding in str(said.notes[0])


def test_an_old_font_in_a_word_file_is_converted_too(tmp_path, old_text):
    _, typed, meant = old_text
    said = extract(tmp_path, "a.docx", files.word(typed))
    assert said.text == meant
    assert codes(said) == ["converted"]


def test_an_old_font_in_a_workbook_is_converted_cell_by_cell(tmp_path, old_text):
    _, typed, meant = old_text
    said = extract(tmp_path, "a.xlsx", files.book([["STT", typed], [1, typed]]))
    assert said.text == f"STT | {meant}\n1 | {meant}"
    assert codes(said) == ["converted"]


def test_the_windows_code_page_is_understood_and_said(tmp_path):
    # That page has "ô" and "ơ" as letters and their tones as marks of their own.
    typed = "Ti\u0309nh Ninh Bi\u0300nh hô\u0303 trơ\u0323 xa\u0303"
    content = typed.encode("cp1258")
    said = extract(tmp_path, "a.txt", content)
    assert said.text == "Tỉnh Ninh Bình hỗ trợ xã"
    assert codes(said) == ["encoding"]


# --- what is refused --------------------------------------------------------------


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


# --- the wall ---------------------------------------------------------------------


def run_behind_the_wall(code):
    """What a hostile parser could do: the wall is up, then `code` runs."""
    start = (
        f"from haicap.listen.intake.child import walls; walls.close_the_door()\n{code}"
    )
    return subprocess.run(
        [sys.executable, "-I", "-c", start], capture_output=True, text=True, timeout=60
    )


@pytest.mark.parametrize(
    ("kind", "parser"),
    [("txt", ""), ("docx", ""), ("xlsx", "python_calamine"), ("pdf", "pypdfium2")],
)
def test_behind_the_wall_only_the_parser_of_that_kind_is_loaded(kind, parser):
    code = (
        "import sys; from haicap.listen.intake.child import run; "
        f"run.main({kind!r}); "
        "print('\\n', *{'python_calamine', 'pypdfium2'} & sys.modules.keys())"
    )
    found = subprocess.run(
        [sys.executable, "-I", "-c", code],
        input="x",
        capture_output=True,
        text=True,
        timeout=60,
        check=True,
    )
    assert found.stdout.split("\n")[-2].strip() == parser


def test_the_process_that_asks_never_loads_a_parser_or_a_reader():
    code = (
        "import sys; from haicap.listen.intake import sandbox; "
        "print(*(n for n in sys.modules if n.startswith(('python_calamine', "
        "'pypdfium2', 'haicap.listen.intake.child'))))"
    )
    found = subprocess.run(
        [sys.executable, "-I", "-c", code], capture_output=True, text=True, check=True
    )
    assert found.stdout.strip() == ""


def test_behind_the_wall_memory_is_bounded():
    found = run_behind_the_wall("bytearray(600 * 1024 * 1024)")
    assert "MemoryError" in found.stderr


def test_behind_the_wall_no_process_outlives_its_time(tmp_path, monkeypatch):
    monkeypatch.setattr(limits, "WALL_SECONDS", 0.5)
    # The child and what it started are both gone when the answer is given.
    mark = tmp_path / "mark"
    code = (
        "import subprocess, sys, time; "
        f"subprocess.Popen([sys.executable, '-c', 'import time; time.sleep(3); "
        f'open("{mark}", "w")\']); time.sleep(60)'
    )
    monkeypatch.setattr(sandbox, "START", code)
    begun = time.monotonic()
    assert refusal(tmp_path, "a.txt", b"x") == "too_slow"
    assert time.monotonic() - begun < 2.5
    time.sleep(3)
    assert not mark.exists()


def test_behind_the_wall_processor_time_is_bounded(tmp_path, monkeypatch):
    code = (
        "import resource; resource.setrlimit(resource.RLIMIT_CPU, (1, 1))\n"
        "while True: pass"
    )
    monkeypatch.setattr(sandbox, "START", code)
    assert refusal(tmp_path, "a.txt", b"x") == "too_slow"


def test_behind_the_wall_an_endless_answer_is_cut(tmp_path, monkeypatch):
    code = (
        "from haicap.listen.intake import limits\n"
        "from haicap.listen.intake.child import walls\n"
        "limits.ANSWER_BYTES = 1000; walls.close_the_door()\n"
        "import sys; sys.stdout.write('x' * 100_000); sys.stdout.flush()"
    )
    monkeypatch.setattr(sandbox, "START", code)
    assert refusal(tmp_path, "a.txt", b"x") == "too_heavy"


def test_behind_the_wall_there_is_none_of_our_environment(tmp_path, monkeypatch):
    monkeypatch.setenv("HAICAP_SECRET_KEY", "not to be seen")
    code = (
        "import json, os, sys; assert 'HAICAP_SECRET_KEY' not in os.environ; "
        "print(json.dumps({'read': {'text': os.getcwd(), 'notes': []}}))"
    )
    monkeypatch.setattr(sandbox, "START", code)
    assert extract(tmp_path, "a.txt", b"x").text == "/"


def test_behind_the_wall_there_is_no_network():
    found = run_behind_the_wall(
        "import os\nprint(sorted(os.listdir('/sys/class/net')) or 'none')\n"
        "print(os.readlink('/proc/self/ns/net'))"
    )
    ours = os.readlink("/proc/self/ns/net")
    if found.stdout.split("\n")[1] == ours:
        pytest.skip("this kernel lets no ordinary user make a network of his own")
    code = (
        "import socket; s = socket.socket(); s.settimeout(1); "
        "s.connect(('127.0.0.1', 9))"
    )
    assert "unreachable" in run_behind_the_wall(code).stderr


@pytest.mark.parametrize(
    "code", ["raise SystemExit(3)", "import os; os.abort()", "print(1)"]
)
def test_a_child_that_dies_is_answered_with_a_sentence(tmp_path, monkeypatch, code):
    monkeypatch.setattr(sandbox, "START", code)
    assert refusal(tmp_path, "a.txt", b"x") in ("broken", "too_heavy", "corrupt")
