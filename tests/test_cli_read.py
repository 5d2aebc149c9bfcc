"""The console command keeps the contract that other tools rely on."""

import csv
import json
import subprocess
import sys
import unicodedata

import pytest

from haicap import cli
from haicap.core.text import group, reader
from haicap.core.text.findings import Finding
from haicap.listen.samples import COMMUNE_XLSX, CONFERENCE_DOCX, CONFERENCE_TXT


KEYS = [
    "kind",
    "start",
    "end",
    "text",
    "speaker",
    "addressee",
    "fields",
    "communes",
    "deadline",
    "deadline_text",
    "confidence",
    "rule",
]
ASK = "Xã đề nghị tỉnh hỗ trợ vốn sửa trụ sở."


@pytest.fixture(autouse=True)
def english(monkeypatch):
    monkeypatch.setenv("LANGUAGE", "en")


@pytest.fixture
def simple_reader(monkeypatch):
    """A reader that takes each line with "đề nghị" for a recommendation."""

    def read(text, *, gazetteer, taxonomy, trained, written_on=None, seen_on=None):
        found, at = [], 0
        for line in text.splitlines(keepends=True):
            said = line.rstrip("\n")
            if "đề nghị" in said.lower():
                found.append(
                    Finding(
                        kind="recommendation",
                        start=at,
                        end=at + len(said),
                        text=said,
                        speaker="xã Bình Minh",
                        fields=("offices",),
                    )
                )
            at += len(line)
        return found

    monkeypatch.setattr(reader, "read", read)


def lines(text):
    return [json.loads(line) for line in text.splitlines()]


def test_json_gives_one_object_a_statement(tmp_path, capsys, simple_reader):
    path = tmp_path / "a.txt"
    path.write_text(f"Tiêu đề\n{ASK}\n", encoding="utf-8")
    assert cli.main(["read", "--json", str(path)]) == 0
    out, err = capsys.readouterr()
    (item,) = lines(out)
    assert list(item) == KEYS
    assert item["text"] == ASK
    assert err == ""


@pytest.mark.parametrize("newline", ["\n", "\r\n"])
@pytest.mark.parametrize("form", ["NFC", "NFD"])
def test_offsets_are_those_of_the_text_as_python_reads_it(
    tmp_path, capsys, simple_reader, newline, form
):
    path = tmp_path / "a.txt"
    ask = unicodedata.normalize(form, "Ghi chú") + "\n" + ASK
    path.write_bytes(ask.replace("\n", newline).encode())
    assert cli.main(["read", "--json", str(path)]) == 0
    (item,) = lines(capsys.readouterr().out)
    assert path.read_text(encoding="utf-8")[item["start"] : item["end"]] == ASK


def test_jsonl_writes_a_file_for_each_document(tmp_path, capsys, simple_reader):
    for name in ("001.txt", "002.md"):
        (tmp_path / name).write_text(ASK, encoding="utf-8")
    out = tmp_path / "new" / "out"
    names = [str(tmp_path / "001.txt"), str(tmp_path / "002.md")]
    assert cli.main(["read", *names, "--jsonl", str(out)]) == 0
    assert sorted(path.name for path in out.iterdir()) == ["001.jsonl", "002.jsonl"]
    (item,) = lines((out / "002.jsonl").read_text(encoding="utf-8"))
    assert list(item) == KEYS
    assert "2/2 002.md" in capsys.readouterr().err


def test_a_document_without_a_statement_has_an_empty_file(tmp_path, simple_reader):
    (tmp_path / "040.txt").write_text("Không có gì.", encoding="utf-8")
    assert cli.main(["read", str(tmp_path / "040.txt"), "--jsonl", str(tmp_path)]) == 0
    assert (tmp_path / "040.jsonl").read_text() == ""


def test_two_files_of_one_stem_are_not_written_over_each_other(tmp_path, capsys):
    for name in ("a.txt", "a.md"):
        (tmp_path / name).write_text(ASK, encoding="utf-8")
    names = [str(tmp_path / "a.txt"), str(tmp_path / "a.md")]
    assert cli.main(["read", *names, "--jsonl", str(tmp_path / "out")]) == 2
    assert "a.jsonl" in capsys.readouterr().err
    assert not (tmp_path / "out").exists()


def test_a_bad_file_among_good_ones_is_named_and_the_others_are_read(
    tmp_path, capsys, simple_reader
):
    (tmp_path / "good.txt").write_text(ASK, encoding="utf-8")
    (tmp_path / "bad.doc").write_bytes(b"x")
    names = [str(tmp_path / "bad.doc"), str(tmp_path / "good.txt")]
    assert cli.main(["read", "--json", *names]) == 2
    out, err = capsys.readouterr()
    assert len(lines(out)) == 1
    assert "haicap: bad.doc: " in err
    assert ".docx" in err


@pytest.mark.parametrize(
    ("name", "content", "words"),
    [
        ("missing.txt", None, "no such file"),
        ("a.txt", b"", "empty"),
        ("a.exe", b"x", "cannot read"),
        ("a.docx", b"PK\x03\x04", "cut off"),
        ("a.txt", "TUYỆT MẬT\nBáo cáo".encode(), "secret"),
        ("a.txt", b"  \n ", "no text"),
    ],
)
def test_bad_input_is_one_sentence_and_code_two(tmp_path, name, content, words):
    if content is not None:
        (tmp_path / name).write_bytes(content)
    found = subprocess.run(
        [sys.executable, "-m", "haicap.cli", "read", str(tmp_path / name)],
        capture_output=True,
        text=True,
        env={"LC_ALL": "C.UTF-8"},
    )
    assert found.returncode == 2
    assert found.stdout == ""
    assert words in found.stderr
    assert found.stderr.count("\n") == 1


def test_a_folder_is_not_a_file(tmp_path, capsys):
    assert cli.main(["read", str(tmp_path)]) == 2
    assert "folder" in capsys.readouterr().err


def test_the_table_fits_its_width_and_ends_with_a_summary(
    tmp_path, capsys, simple_reader, monkeypatch
):
    monkeypatch.setenv("COLUMNS", "110")
    path = tmp_path / "a.txt"
    path.write_text("\n".join([ASK, f"{ASK} " + "Rất dài. " * 60]), encoding="utf-8")
    assert cli.main(["read", str(path)]) == 0
    shown = capsys.readouterr().out.splitlines()
    assert all(len(line) <= 110 for line in shown)
    assert shown[0].split() == ["#", "kind", "conf", "speaker", "fields", "words"]
    assert "xã Bình Minh" in shown[2]
    assert shown[-1] == "2 statements: 2 recommendation"
    assert any(line.endswith("…") for line in shown)


def test_control_characters_do_not_reach_the_terminal(tmp_path, capsys, simple_reader):
    path = tmp_path / "a.txt"
    path.write_text(f"\x1b[31m{ASK}", encoding="utf-8")
    assert cli.main(["read", str(path)]) == 0
    assert "\x1b" not in capsys.readouterr().out


def test_a_word_file_and_its_text_give_the_same_statements(capsys, simple_reader):
    assert cli.main(["read", "--json", str(CONFERENCE_TXT)]) == 0
    plain = lines(capsys.readouterr().out)
    assert cli.main(["read", "--json", str(CONFERENCE_DOCX)]) == 0
    assert lines(capsys.readouterr().out) == plain
    assert plain


def test_a_table_of_recommendations_gives_its_rows(capsys):
    assert cli.main(["read", "--json", str(COMMUNE_XLSX)]) == 0
    found = lines(capsys.readouterr().out)
    assert [item["kind"] for item in found] == ["difficulty", "recommendation"] * 10
    assert {item["rule"] for item in found} == {"workbook-row"}
    assert {item["speaker"] for item in found} == {"xã Bình Minh"}
    assert list(found[0]) == KEYS or set(found[0]) == set(KEYS)
    assert found[1]["fields"] == ["alluvial-water-land"]
    assert found[1]["deadline"] == "2025-12-31"


def test_reading_needs_neither_django_nor_a_setting():
    code = (
        "import sys\nfrom haicap import cli\n"
        f"code = cli.main(['read', '--json', {str(CONFERENCE_TXT)!r}])\n"
        "sys.exit(code or ('django' in sys.modules))"
    )
    found = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, env={}
    )
    assert found.returncode == 0, found.stderr


# --- group ------------------------------------------------------------------------


def item(text, kind="recommendation", **more):
    return json.dumps({"kind": kind, "text": text} | more, ensure_ascii=False)


@pytest.fixture
def read_files(tmp_path):
    folder = tmp_path / "read"
    folder.mkdir()
    first = [item("Sửa trụ sở"), item("Thiếu người", "difficulty"), item("Thêm người")]
    second = [item("Thêm người"), item("Mở đường")]
    (folder / "001.jsonl").write_text("\n".join(first) + "\n", encoding="utf-8")
    (folder / "002.jsonl").write_text("\n".join(second) + "\n", encoding="utf-8")
    return folder


def test_groups_name_items_by_file_and_order(tmp_path, read_files, monkeypatch):
    def same_words(asks):
        by_text = {}
        for ask in asks:
            by_text.setdefault(ask.text, []).append(ask.key)
        return [group.Group(tuple(keys), (), 1.0) for keys in by_text.values()]

    monkeypatch.setattr(group, "group", same_words)
    out = tmp_path / "groups.csv"
    assert cli.main(["group", str(read_files), "--csv", str(out)]) == 0
    with out.open(encoding="utf-8", newline="") as file:
        rows = list(csv.reader(file))
    assert rows == [["group", "item_id"], ["G01", "001-03"], ["G01", "002-01"]]


@pytest.mark.parametrize("line", ["{", "[]", '{"kind": 1}', '{"kind": "reply"}'])
def test_a_line_that_is_no_statement_is_named(tmp_path, read_files, capsys, line):
    (read_files / "003.jsonl").write_text(f"\n{line}\n", encoding="utf-8")
    out = tmp_path / "groups.csv"
    assert cli.main(["group", str(read_files), "--csv", str(out)]) == 2
    assert "003.jsonl, line 2" in capsys.readouterr().err
    assert not out.exists()


def test_a_folder_without_statements_says_how_to_make_some(tmp_path, capsys):
    assert cli.main(["group", str(tmp_path), "--csv", str(tmp_path / "g")]) == 2
    assert "haicap read" in capsys.readouterr().err
    assert cli.main(["group", str(tmp_path / "no"), "--csv", str(tmp_path / "g")]) == 2


# --- the others -------------------------------------------------------------------


@pytest.mark.parametrize("command", ["read", "group", "secret"])
def test_every_command_of_its_own_has_help(command, capsys):
    with pytest.raises(SystemExit) as end:
        cli.main([command, "--help"])
    assert end.value.code == 0
    assert command in capsys.readouterr().out


@pytest.mark.parametrize("arguments", [[], ["nonsense"], ["read"], ["group", "x"]])
def test_a_wrong_command_line_ends_with_two(arguments, capsys):
    with pytest.raises(SystemExit) as end:
        cli.main(arguments)
    assert end.value.code == 2


def test_a_missing_secret_is_one_sentence_and_code_two(tmp_path):
    found = subprocess.run(
        [sys.executable, "-m", "haicap.cli", "check"],
        capture_output=True,
        text=True,
        env={"HAICAP_VAR": str(tmp_path)},
    )
    assert found.returncode == 2
    assert "HAICAP_SECRET_KEY" in found.stderr
    assert found.stderr.count("\n") == 1


def test_the_secret_is_made_once(tmp_path, monkeypatch, capsys):
    monkeypatch.setenv("HAICAP_VAR", str(tmp_path))
    assert cli.main(["secret"]) == 0
    made = (tmp_path / "secret-key").read_text()
    assert cli.main(["secret"]) == 0
    assert (tmp_path / "secret-key").read_text() == made
    assert len(made) >= 40
    assert made not in capsys.readouterr().out
