"""
Turn documents marked in their own text into a set of the corpus:
`tools/mark_documents.py [--check] CORPUS FILE.marked...`.

A marked file starts with `NNN|genre|date|title`; the rest is the document, in which each
statement stands between `⟦kind|speaker|addressee|fields|communes|deadline|deadline_text|group⟧`
and `⟦/⟧` (an empty part means none; several fields or communes are joined with `, `). Nothing is
written unless every file is sound; the rules are those of `corpus/GUIDELINES.md`.
"""

from __future__ import annotations

import argparse
import csv
import dataclasses
import datetime
import functools
import json
import pathlib
import re
import sys
import unicodedata
from collections.abc import Iterator


ROOT = pathlib.Path(__file__).parent.parent
KINDS = ("difficulty", "recommendation", "reply", "directive", "result")
ASKED = ("recommendation", "directive", "reply")
N_PARTS = 8
HEAD = re.compile(r"\d{3} *\|[^|]+\| *20\d\d-\d\d-\d\d *\|.")
MARK = re.compile(r"⟦([^⟧]*)⟧")


@dataclasses.dataclass
class Marked:
    """One document with its statements, and what is wrong with them."""

    id: str
    genre: str
    date: str
    title: str
    text: str
    items: list[dict[str, object]]
    groups: dict[str, str]  # item id -> group
    wrong: list[str]


def main() -> None:
    """Write the documents into the corpus, or say what is wrong and write nothing."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("corpus", type=pathlib.Path)
    parser.add_argument("files", nargs="+", type=pathlib.Path)
    parser.add_argument("--check", action="store_true")
    options = parser.parse_args()
    found = [
        marked(path.read_text(encoding="utf-8"), path.name) for path in options.files
    ]
    wrong = [f"{one.id}: {line}" for one in found for line in one.wrong]
    print("\n".join(wrong), file=sys.stderr)
    print(
        f"{len(found)} documents, {sum(len(one.items) for one in found)} statements, {len(wrong)} faults"
    )
    if wrong:
        sys.exit(1)
    if not options.check:
        write(options.corpus, found)


def marked(source: str, name: str) -> Marked:
    """Return a marked file's document with the places of its statements."""
    head, _, body = source.partition("\n")
    parts = [part.strip() for part in head.split("|", 3)]
    if not HEAD.match(head):
        return Marked(
            name, "", "", "", "", [], {}, ["the first line is not NNN|genre|date|title"]
        )
    one = Marked(*parts, text="", items=[], groups={}, wrong=[])
    opened: list[tuple[list[str], int]] = []
    written, last = [], 0
    length = 0
    spans: list[tuple[list[str], int, int]] = []
    body = body.strip("\n") + "\n"
    for mark in MARK.finditer(body):
        written.append(body[last : mark.start()])
        length += mark.start() - last
        last = mark.end()
        if mark[1] != "/":
            opened.append(([part.strip() for part in mark[1].split("|")], length))
        elif opened:
            told, start = opened.pop()
            spans.append((told, start, length))
        else:
            one.wrong.append(
                f"⟦/⟧ without a beginning near {body[mark.start() - 40 : mark.start()]!r}"
            )
    written.append(body[last:])
    one.text = "".join(written)
    one.wrong += [f"not ended: {'|'.join(told)}" for told, _ in opened]
    if "⟦" in one.text or "⟧" in one.text:
        one.wrong.append("a single ⟦ or ⟧ is left in the text")
    for number, (told, start, end) in enumerate(
        sorted(spans, key=lambda span: (span[1], -span[2])), 1
    ):
        _item(one, f"{one.id}-{number:02}", told, start, end)
    return one


def _item(one: Marked, id_: str, told: list[str], start: int, end: int) -> None:
    text = one.text[start:end]
    if len(told) != N_PARTS:
        one.wrong.append(f"{len(told)} parts instead of {N_PARTS} at {text[:60]!r}")
        return
    kind, speaker, addressee, fields, communes, deadline, deadline_text, group = told
    item = {
        "id": id_,
        "kind": kind,
        "start": start,
        "end": end,
        "text": text,
        "speaker": speaker or None,
        "addressee": addressee or None,
        "fields": [part.strip() for part in fields.split(",") if part.strip()],
        "communes": [part.strip() for part in communes.split(",") if part.strip()],
        "deadline": deadline or None,
        "deadline_text": deadline_text or None,
    }
    one.wrong += [f"{line} at {text[:60]!r}" for line in faults(item)]
    one.items.append(item)
    if group:
        one.groups[id_] = group
        if kind != "recommendation":
            one.wrong.append(f"a group on a {kind} at {text[:60]!r}")


def faults(item: dict[str, object]) -> Iterator[str]:
    """Say what cannot be right about one statement."""
    text, kind = str(item["text"]), item["kind"]
    if kind not in KINDS:
        yield f"{kind!r} is no kind"
    if kind not in ASKED and (item["addressee"] or item["deadline_text"]):
        yield f"a {kind} with an addressee or a time limit"
    if text != text.strip() or text[-1:] in ".;,:":
        yield "space or a full stop at an end"
    if not item["speaker"]:
        yield "no speaker"
    if not item["fields"] or not set(item["fields"]) <= _slugs():  # type: ignore[call-overload]
        yield f"fields {item['fields']}"
    for name in item["communes"]:  # type: ignore[attr-defined]
        if name not in _communes():
            yield f"{name!r} is in no register"
    if item["deadline_text"] and str(item["deadline_text"]) not in text:
        yield f"{item['deadline_text']!r} is not in the statement"
    if item["deadline"]:
        try:
            datetime.date.fromisoformat(str(item["deadline"]))
        except ValueError:
            yield f"{item['deadline']!r} is no date"
        if not item["deadline_text"]:
            yield "a date without its words"


def write(corpus: pathlib.Path, found: list[Marked]) -> None:
    """Write documents, statements, the index and the groups; a set that is there is replaced."""
    for one in found:
        (corpus / "documents" / f"{one.id}.txt").write_bytes(one.text.encode("utf-8"))
        lines = [json.dumps(item, ensure_ascii=False) + "\n" for item in one.items]
        (corpus / "gold" / f"{one.id}.jsonl").write_bytes(
            "".join(lines).encode("utf-8")
        )
    ours = {one.id for one in found}
    index = [row for row in _rows(corpus / "index.csv") if row["id"] not in ours]
    index += [
        {"id": o.id, "genre": o.genre, "date": o.date, "title": o.title} for o in found
    ]
    columns = ["id", "genre", "date", "title"]
    _save(corpus / "index.csv", columns, sorted(index, key=lambda row: row["id"]))
    pairs = [
        row
        for row in _rows(corpus / "duplicates.csv")
        if row["item_id"].split("-")[0] not in ours
    ]
    pairs += [
        {"group": group, "item_id": id_}
        for one in found
        for id_, group in one.groups.items()
    ]
    size: dict[str, int] = {}
    for row in pairs:
        size[row["group"]] = size.get(row["group"], 0) + 1
    pairs = [row for row in pairs if size[row["group"]] > 1]
    _save(
        corpus / "duplicates.csv",
        ["group", "item_id"],
        sorted(pairs, key=lambda row: (row["group"], row["item_id"])),
    )


def _rows(path: pathlib.Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def _save(path: pathlib.Path, columns: list[str], rows: list[dict[str, str]]) -> None:
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, columns, lineterminator="\n")
        writer.writeheader()
        writer.writerows(rows)


@functools.cache
def _slugs() -> set[str]:
    return {row["slug"] for row in _rows(ROOT / "haicap/listen/data/taxonomy.csv")}


@functools.cache
def _communes() -> set[str]:
    rows = _rows(ROOT / "haicap/places/data/communes.csv")
    names = (unicodedata.normalize("NFC", row["name"]) for row in rows)
    return {name[0].lower() + name[1:] for name in names}


if __name__ == "__main__":
    main()
