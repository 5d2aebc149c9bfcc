"""Finds the statements in documents, without a database."""

import json
import os
import sys
import tempfile
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import IO, Any

from haicap.cli.table import print_table
from haicap.cli.terminal import Progress, complain, say, translate
from haicap.core.errors import BadInput, HaicapError
from haicap.core.text import reader, secrecy
from haicap.listen import taxonomy, trained
from haicap.listen.intake import gate, sandbox, workbook
from haicap.places import registry


Item = dict[str, Any]


def run(files: Sequence[Path], *, folder: Path | None, as_json: bool) -> int:
    """Read the files and write what they say; return how many could not be read."""
    if folder:
        _check_stems(files)
        _make_folder(folder)
    progress = Progress(len(files))
    n_bad = 0
    for path in files:
        progress.step(path.name)
        try:
            items, remarks = _statements(path)
        except HaicapError as error:
            progress.clear()
            complain(f"{path.name}: {say(error)}")
            n_bad += 1
            continue
        progress.clear()
        for remark in remarks:
            complain(f"{path.name}: {remark}")
        if folder:
            _write_lines(folder / f"{path.stem}.jsonl", items)
        if as_json:
            _print_lines(items, sys.stdout)
        elif not folder:
            print_table(path, items, several=len(files) > 1)
    progress.clear()
    if folder and not as_json:
        print(f"{len(files) - n_bad} of {len(files)} files read into {folder}")
    return n_bad


def _check_stems(files: Iterable[Path]) -> None:
    seen: dict[str, Path] = {}
    for path in files:
        other = seen.setdefault(path.stem, path)
        if other != path:
            raise BadInput(
                "%(one)s and %(other)s would both be written to %(name)s.jsonl: "
                "rename one of them.",
                one=str(other),
                other=str(path),
                name=path.stem,
            )


def _make_folder(folder: Path) -> None:
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise BadInput(
            "The folder %(name)s cannot be made: %(why)s.",
            name=str(folder),
            why=error.strerror or "",
        ) from error


def _statements(path: Path) -> tuple[list[Item], list[str]]:
    """The statements of one file, and what should be known about how it was read."""
    if not path.exists():
        raise BadInput("There is no such file.")
    if not path.is_file():
        raise BadInput("This is a folder, not a file.")
    try:
        kind = gate.check(path.name, path)
        gazetteer = registry.gazetteer()
        text = _plain_text(path) if kind in (gate.Kind.TXT, gate.Kind.MD) else None
        if text is not None:
            if mark := secrecy.secret_mark(text):
                raise BadInput(sandbox.SECRET, code="secret", mark=mark)
            remarks: list[str] = []
        else:
            extracted = sandbox.extract(path, kind)
            text = extracted.text
            remarks = [
                translate(note.sentence) % note.params for note in extracted.notes
            ]
            if extracted.table and workbook.looks_like_table(extracted.table):
                sheet = workbook.parse(
                    extracted.table,
                    gazetteer=gazetteer,
                    fields={
                        slug: one.label_vi for slug, one in taxonomy.FIELDS.items()
                    },
                )
                remarks += [translate(n.sentence) % n.params for n in sheet.notes]
                return _rows(sheet, text, gazetteer), remarks
    except OSError as error:
        raise BadInput(
            "The file cannot be opened: %(why)s.", why=error.strerror or ""
        ) from error
    found = reader.read(
        text,
        gazetteer=gazetteer,
        taxonomy=taxonomy.FIELDS,
        trained=trained.trained(),
    )
    return [finding.as_json() for finding in found], remarks


def _plain_text(path: Path) -> str | None:
    """
    The text as every other tool reads it, so that offsets mean the same to all.

    None when it is not plain UTF-8 or is empty: then the sandbox says what it is.
    """
    try:
        text = path.read_text(encoding="utf-8")
    except UnicodeDecodeError:
        return None
    return text if text.strip() else None


def _rows(sheet: Any, text: str, gazetteer: Any) -> list[Item]:
    """The rows of a table as statements; each fault on its own line, and no rows."""
    if sheet.faults:
        lines = [
            f"{fault.sheet}, {fault.column}{fault.line}: {_say_fault(fault)}"
            for fault in sheet.faults
        ]
        raise BadInput("\n  ".join(["the table was not taken in.", *lines]))
    items: list[Item] = []
    for row in sheet.rows:
        units = [gazetteer.name(code) for code in row.unit_codes]
        common = {
            "speaker": "; ".join(units) or None,
            "addressee": row.lead_said or None,
            "fields": [row.field_slug] if row.field_slug else [],
            "communes": units,
            "deadline": row.deadline.isoformat() if row.deadline else None,
            "deadline_text": row.deadline_said or None,
            "confidence": 1.0,
            "rule": "workbook-row",
        }
        spans = {"difficulty": row.difficulty_span, "recommendation": row.span}
        for kind, span in sorted(
            (pair for pair in spans.items() if pair[1]), key=lambda pair: pair[1]
        ):
            start, end = span
            words = {"kind": kind, "start": start, "end": end, "text": text[start:end]}
            if kind == "difficulty":
                none = {"addressee": None, "deadline": None, "deadline_text": None}
                items.append(words | common | none)
            else:
                items.append(words | common)
    return items


def _say_fault(fault: Any) -> str:
    sentence = translate(fault.sentence)
    return sentence % fault.params if fault.params else sentence


def _print_lines(items: Iterable[Item], out: IO[str]) -> None:
    for item in items:
        out.write(json.dumps(item, ensure_ascii=False) + "\n")


def _write_lines(path: Path, items: Iterable[Item]) -> None:
    """The file is there whole, or as it was before."""
    with tempfile.NamedTemporaryFile(
        "w",
        encoding="utf-8",
        newline="\n",
        dir=path.parent,
        suffix=".part",
        delete=False,
    ) as file:
        try:
            _print_lines(items, file)
        except BaseException:
            os.unlink(file.name)
            raise
    # Temporary files are private; these are results for others.
    os.chmod(file.name, 0o644)
    os.replace(file.name, path)
