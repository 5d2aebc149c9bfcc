"""The gate names what is wrong with a file before anything parses it."""

import contextlib
import random
import struct
import subprocess
import sys
import zipfile

import pytest

from haicap.core.errors import BadInput
from haicap.listen.intake import gate, limits
from haicap.listen.samples import COMMUNE_XLSX, CONFERENCE_DOCX, CONFERENCE_TXT
from tests.listen.intake import files


def refusal(tmp_path, name, content):
    with pytest.raises(BadInput) as caught:
        gate.check(name, files.save(tmp_path, "upload", content))
    # Every refusal is a whole sentence with its figures filled in.
    assert str(caught.value).endswith(".")
    assert "%(" not in str(caught.value)
    return caught.value


def code(tmp_path, name, content):
    return refusal(tmp_path, name, content).params["code"]


@pytest.mark.parametrize("path", [CONFERENCE_DOCX, CONFERENCE_TXT, COMMUNE_XLSX])
def test_the_packaged_samples_pass(path):
    assert gate.check(path.name, path) == path.suffix[1:]


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("a.docx", files.word("Kiến nghị của xã.")),
        ("BÁO CÁO.DOCX", files.word("Kiến nghị của xã.")),
        ("a.xlsx", files.book([["STT", "Kiến nghị"]])),
        ("a.pdf", files.pdf(["Kien nghi"])),
        ("a.txt", "Kiến nghị".encode()),
        ("a.txt", "Kiến nghị".encode("utf-16")),
        ("a.md", b"# Kien nghi"),
        ("a.docx", files.archive(files.word_parts("x", **{"word/media/a.png": b"P"}))),
    ],
)
def test_good_files_pass(tmp_path, name, content):
    kind = gate.check(name, files.save(tmp_path, "upload", content))
    assert kind == name.rpartition(".")[2].lower()


def test_a_numbered_main_part_passes(tmp_path):
    parts = files.word_parts("")
    parts["word/document2.xml"] = parts.pop("word/document.xml")
    path = files.save(tmp_path, "upload", files.archive(parts))
    assert gate.check("a.docx", path) == "docx"


@pytest.mark.parametrize("name", ["a.docx", "a.xlsx", "a.pdf", "a.txt", "a.md"])
def test_an_empty_file_is_named_as_empty(tmp_path, name):
    assert code(tmp_path, name, b"") == "empty"


@pytest.mark.parametrize(
    "name", ["a.exe", "a", ".docx", "a.docx.zip", "a.html", "a.eml"]
)
def test_what_is_no_document_is_refused(tmp_path, name):
    assert code(tmp_path, name, b"hello") == "unknown_type"


@pytest.mark.parametrize("name", ["scan.jpg", "scan.PNG", "scan.tiff"])
def test_a_picture_is_told_apart(tmp_path, name):
    assert code(tmp_path, name, b"hello") == "picture"


@pytest.mark.parametrize(
    ("name", "wanted"),
    [
        ("a.doc", ".docx"),
        ("a.rtf", ".docx"),
        ("a.odt", ".docx"),
        ("a.xls", ".xlsx"),
        ("a.ods", ".xlsx"),
        ("a.docx", ".docx"),
        ("a.xlsx", ".xlsx"),
    ],
)
def test_an_old_office_file_is_asked_for_in_the_new_format(tmp_path, name, wanted):
    error = refusal(tmp_path, name, files.OLE + bytes(2000))
    assert error.params["code"] == "legacy"
    assert f"({wanted})" in str(error)


@pytest.mark.parametrize("name", ["a.docx", "a.xlsx"])
@pytest.mark.parametrize("before", [0, 3000, limits.MEGABYTE - 520])
def test_a_password_is_told_apart_from_an_old_file(tmp_path, name, before):
    content = files.OLE + bytes(before) + "EncryptedPackage".encode("utf-16-le")
    assert code(tmp_path, name, content + bytes(500)) == "password"


@pytest.mark.parametrize("name", ["a.docm", "a.xlsm", "A.XLSM"])
def test_a_file_for_macros_is_refused_by_its_name(tmp_path, name):
    assert code(tmp_path, name, b"hello") == "macros"


@pytest.mark.parametrize(
    "parts",
    [
        {"word/vbaProject.bin": b"x"},
        {"word/vbaData.xml": b"<x/>", "word/VBAPROJECT.BIN": b"x"},
        {
            "[Content_Types].xml": files.TYPES.replace(
                "application/xml",
                "application/vnd.ms-word.document.macroEnabled.main+xml",
            )
        },
        {
            "[Content_Types].xml": files.TYPES.replace("UTF-8", "UTF-16")
            .replace("application/xml", "application/x.macroEnabled.y")
            .encode("utf-16")
        },
    ],
)
def test_macros_are_refused_under_any_name(tmp_path, parts):
    content = files.archive(files.word_parts(files.paragraph("x")) | parts)
    assert code(tmp_path, "a.docx", content) == "macros"


@pytest.mark.parametrize("kind", list(limits.FILE_BYTES))
def test_a_file_over_its_limit_is_refused_with_both_figures(tmp_path, kind):
    path = tmp_path / "upload"
    with path.open("wb") as file:
        file.truncate(limits.FILE_BYTES[kind] + 1)
    with pytest.raises(BadInput) as caught:
        gate.check(f"a.{kind}", path)
    assert caught.value.params["code"] == "too_big"
    megabytes = limits.FILE_BYTES[kind] // limits.MEGABYTE
    assert f"{megabytes}.1 MB" in str(caught.value)
    assert f"at most {megabytes} MB" in str(caught.value)


@pytest.mark.parametrize("kind", ["txt", "md"])
def test_a_file_at_its_limit_passes(tmp_path, kind):
    content = b"a" * limits.FILE_BYTES[kind]
    assert gate.check(f"a.{kind}", files.save(tmp_path, "upload", content)) == kind


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("a.docx", b"just words"),
        ("a.docx", files.pdf(["x"])),
        ("a.docx", files.book([["x"]])),
        ("a.xlsx", files.word("x")),
        ("a.docx", files.archive({"hello.txt": "x"})),
        ("a.pdf", b"just words"),
        ("a.pdf", b" \n%PDF-1.4"),
        ("a.txt", files.word("x")),
        ("a.txt", files.pdf(["x"])),
        ("a.txt", b"abc\0def"),
        ("a.txt", b"a" * 5000 + b"\0"),
        ("a.md", b"\x89PNG\r\n"),
    ],
)
def test_a_name_that_does_not_fit_its_content_is_refused(tmp_path, name, content):
    assert code(tmp_path, name, content) == "misnamed"


@pytest.mark.parametrize("share", [0.1, 0.5, 0.9, 0.99])
def test_a_file_cut_off_on_the_way_is_named_so(tmp_path, share):
    whole = files.word("Kiến nghị của xã.")
    assert code(tmp_path, "a.docx", whole[: int(len(whole) * share)]) == "cut_off"


def test_damage_in_the_list_of_types_is_named_so(tmp_path):
    content = bytearray(files.archive(files.word_parts("x")))
    at = content.find(b"[Content_Types].xml") + len("[Content_Types].xml")
    content[at : at + 20] = b"\xff" * 20
    assert code(tmp_path, "a.docx", bytes(content)) == "cut_off"


@pytest.mark.parametrize("seed", range(200))
def test_damage_anywhere_is_answered_with_a_sentence(tmp_path, seed):
    chance = random.Random(seed)
    path = chance.choice([CONFERENCE_DOCX, COMMUNE_XLSX])
    content = bytearray(path.read_bytes())
    for _ in range(chance.choice([1, 5, 40])):
        content[chance.randrange(len(content))] = chance.randrange(256)
    with contextlib.suppress(BadInput):
        gate.check(path.name, files.save(tmp_path, "upload", bytes(content)))


def test_an_archive_that_declares_gigabytes_is_not_opened(tmp_path):
    parts = files.word_parts(files.paragraph("x"))
    parts |= {f"word/media/{n}.bin": bytes(50 * limits.MEGABYTE) for n in range(5)}
    content = files.archive(parts)
    assert len(content) < limits.MEGABYTE
    assert code(tmp_path, "a.docx", content) == "unpacks_too_big"


def test_an_archive_of_too_many_parts_is_not_opened(tmp_path):
    parts = files.word_parts(files.paragraph("x"))
    parts |= {f"p{n}": "" for n in range(limits.MEMBERS)}
    assert code(tmp_path, "a.docx", files.archive(parts)) == "too_many_members"


def test_a_list_of_parts_that_hides_its_length_is_not_read(tmp_path):
    parts = {f"{'x' * 600}{n}": "" for n in range(limits.MEMBERS)}
    content = bytearray(files.archive(files.word_parts("") | parts))
    end = content.rfind(b"PK\x05\x06")
    content[end + 8 : end + 12] = struct.pack("<HH", 3, 3)
    assert code(tmp_path, "a.docx", bytes(content)) == "too_many_members"


@pytest.mark.parametrize(
    "name",
    ["../evil", "word/../../evil", "/etc/evil", "C:/evil", "word\\evil", "..\\evil"],
)
def test_members_that_climb_are_refused(tmp_path, name):
    content = files.archive(files.word_parts(files.paragraph("x")) | {name: "x"})
    assert code(tmp_path, "a.docx", content) == "unsafe_members"


def test_two_members_of_one_name_are_refused(tmp_path):
    parts = files.word_parts(files.paragraph("x")) | {"Word/Document.xml": "x"}
    assert code(tmp_path, "a.docx", files.archive(parts)) == "unsafe_members"


def test_a_link_in_the_archive_is_refused(tmp_path):
    path = files.save(tmp_path, "upload", files.archive(files.word_parts("x")))
    with zipfile.ZipFile(path, "a") as archive:
        link = zipfile.ZipInfo("word/link")
        link.external_attr = 0o120777 << 16
        archive.writestr(link, "/etc/passwd")
    assert code(tmp_path, "a.docx", path.read_bytes()) == "unsafe_members"


def test_members_that_share_bytes_are_refused(tmp_path):
    content = bytearray(files.archive(files.word_parts("x") | {"z": "y" * 40}))
    entries = []
    at = content.find(b"PK\x01\x02")
    while at >= 0:
        entries.append(at)
        at = content.find(b"PK\x01\x02", at + 1)
    # The last entry now points at the bytes of the one before it.
    content[entries[-1] + 42 : entries[-1] + 46] = content[
        entries[-2] + 42 : entries[-2] + 46
    ]
    assert code(tmp_path, "a.docx", bytes(content)) in ("unsafe_members", "cut_off")


@pytest.mark.parametrize("flags", [0x01, 0x41])
def test_encrypted_members_are_refused(tmp_path, flags):
    content = bytearray(files.archive(files.word_parts("x")))
    at = content.rfind(b"PK\x01\x02")
    content[at + 8] |= flags
    assert code(tmp_path, "a.docx", bytes(content)) == "password"


@pytest.mark.parametrize("method", [zipfile.ZIP_BZIP2, zipfile.ZIP_LZMA])
def test_packing_that_office_never_uses_is_refused(tmp_path, method):
    path = files.save(tmp_path, "upload", files.archive(files.word_parts("x")))
    with zipfile.ZipFile(path, "a", method) as archive:
        archive.writestr("word/other.xml", "x" * 1000)
    assert code(tmp_path, "a.docx", path.read_bytes()) == "unsafe_members"


def test_the_web_side_loads_no_parser():
    code = (
        "import sys\n"
        "from haicap.listen.intake import gate, notes, sandbox, table, workbook\n"
        "bad = {'docx', 'lxml', 'pypdfium2', 'python_calamine', 'openpyxl', 'django'}\n"
        "sys.exit(' '.join(bad & set(sys.modules)) or 0)"
    )
    found = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True)
    assert (found.returncode, found.stderr) == (0, "")
