"""A document marked in its own text becomes a set, or one line for each fault."""

import csv
import json

import pytest

from tools import mark_documents


HEAD = "901|news|2025-11-12|Thử (số liệu minh họa)\n"
BODY = (
    "Xã kiến nghị ⟦recommendation|xã Gia Hưng|tỉnh|offices, budget|xã Gia Hưng|2025-11-30"
    "|trước 30/11|X-G1⟧tỉnh cấp tiền trước 30/11, ⟦difficulty|xã Gia Hưng||offices"
    "|xã Gia Hưng|||⟧nhà dột⟦/⟧, để sửa⟦/⟧.\n"
    "Xã đề nghị ⟦recommendation|xã Gia Hưng||offices|xã Gia Hưng|||X-G1⟧bố trí vốn sửa nhà⟦/⟧.\n"
)


def corpus(folder):
    """An empty set."""
    for name in ("documents", "gold"):
        (folder / name).mkdir()
    (folder / "index.csv").write_text("id,genre,date,title\n001,news,2025-01-01,Cũ\n")
    (folder / "duplicates.csv").write_text(
        "group,item_id\nA-G01,001-01\nA-G01,001-02\n"
    )
    return folder


def test_every_statement_stands_where_its_words_are():
    one = mark_documents.marked(HEAD + BODY, "901.marked")

    assert one.wrong == []
    assert "⟦" not in one.text
    assert [item["kind"] for item in one.items] == [
        "recommendation",
        "difficulty",
        "recommendation",
    ]
    for item in one.items:
        assert one.text[item["start"] : item["end"]] == item["text"]
    assert one.items[0]["fields"] == ["offices", "budget"]
    assert one.groups == {"901-01": "X-G1", "901-03": "X-G1"}


def test_a_set_gets_its_documents_its_index_and_its_groups(tmp_path):
    folder = corpus(tmp_path)

    mark_documents.write(folder, [mark_documents.marked(HEAD + BODY, "901.marked")])

    text = (folder / "documents" / "901.txt").read_bytes().decode()
    rows = (folder / "gold" / "901.jsonl").read_text(encoding="utf-8").splitlines()
    assert all(text[i["start"] : i["end"]] == i["text"] for i in map(json.loads, rows))
    with (folder / "index.csv").open(encoding="utf-8") as file:
        assert [row["id"] for row in csv.DictReader(file)] == ["001", "901"]
    with (folder / "duplicates.csv").open(encoding="utf-8") as file:
        assert [row["item_id"] for row in csv.DictReader(file)] == [
            "001-01",
            "001-02",
            "901-01",
            "901-03",
        ]


@pytest.mark.parametrize(
    "old, new, words",
    [
        ("|2025-11-30|trước 30/11|X-G1⟧tỉnh", "|2025-11-30|X-G1⟧tỉnh", "7 parts"),
        (
            "recommendation|xã Gia Hưng|tỉnh",
            "wish|xã Gia Hưng|tỉnh",
            "'wish' is no kind",
        ),
        ("offices, budget", "castles", "fields ['castles']"),
        ("budget|xã Gia Hưng|", "budget|xã Không Có|", "is in no register"),
        ("2025-11-30", "30/11/2025", "is no date"),
        ("|trước 30/11|", "|trước 1/12|", "is not in the statement"),
        (
            "difficulty|xã Gia Hưng||",
            "difficulty|xã Gia Hưng|tỉnh|",
            "with an addressee",
        ),
        ("|||⟧nhà dột", "|||X-G1⟧nhà dột", "a group on a difficulty"),
        ("sửa nhà⟦/⟧.", "sửa nhà.⟦/⟧", "a full stop at an end"),
        ("sửa nhà⟦/⟧", "sửa nhà", "not ended"),
        ("nhà dột⟦/⟧", "nhà dột⟦/⟧⟦/⟧⟦/⟧", "without a beginning"),
    ],
)
def test_what_cannot_be_right_is_told(old, new, words):
    assert old in BODY

    one = mark_documents.marked(HEAD + BODY.replace(old, new, 1), "901.marked")

    assert words in " ".join(one.wrong)


def test_a_file_without_its_first_line_is_told():
    assert "first line" in mark_documents.marked(BODY, "x").wrong[0]
