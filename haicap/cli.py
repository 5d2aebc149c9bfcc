"""
The console command `haicap`.

`read` and `group` need no database and no settings; every other subcommand is a
management command of the same name and is loaded only when it is called.
"""

import argparse
import csv
import gettext
import json
import os
import shutil
import sys
import tempfile
import textwrap
import unicodedata
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path
from typing import IO, Any, Final

from haicap import __version__
from haicap.core.errors import BadInput, HaicapError


BAD_INPUT: Final = 2

KINDS: Final = ("difficulty", "recommendation", "reply", "directive", "result")

#: Subcommands that need the database, with the line that `haicap --help` shows.
DELEGATED: Final = {
    "demo": "set up a demonstration, read a document into it, and serve it",
    "serve": "serve the pages",
    "worker": "read waiting documents and do other jobs",
    "load": "load reference data: units, agencies, holidays, routing",
    "export": "write lists and tables as files",
    "check": "check the ledger, the files and the settings",
}

Item = dict[str, Any]


def main(argv: Sequence[str] | None = None) -> int:
    """Run one subcommand; what comes back is the exit code of the process."""
    arguments = list(sys.argv[1:] if argv is None else argv)
    if arguments and arguments[0] in DELEGATED:
        # Their options are their own: they are parsed where they are understood.
        return _guarded(lambda: _delegate(arguments[0], arguments[1:]))
    options = _parser().parse_args(arguments)
    return _guarded(lambda: options.run(options))


def _guarded(run: Callable[[], int]) -> int:
    try:
        return run()
    except HaicapError as error:
        _complain(_say(error))
        return BAD_INPUT
    except BrokenPipeError:
        # The reader of our output (head, less) has gone; there is nobody to tell.
        sys.stdout = open(os.devnull, "w", encoding="utf-8")  # noqa: SIM115
        return 0
    except KeyboardInterrupt:
        _complain("stopped")
        return 130


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="haicap",
        description="Listen, synthesise, resolve, verify: what communes recommend, "
        "followed to its answer.",
        epilog="`haicap COMMAND --help` tells more of each command.",
    )
    parser.add_argument("--version", action="version", version=f"haicap {__version__}")
    commands = parser.add_subparsers(metavar="COMMAND", required=True)

    read = commands.add_parser(
        "read",
        help="find the statements in documents; no database needed",
        description="Find difficulties, recommendations, replies, directives and "
        "results in .docx, .xlsx, .pdf, .txt and .md files.",
    )
    read.add_argument("files", nargs="+", metavar="FILE", type=Path)
    read.add_argument(
        "--jsonl", metavar="DIR", type=Path, help="write DIR/<stem>.jsonl for each file"
    )
    read.add_argument(
        "--json", action="store_true", help="print one JSON object a statement"
    )
    read.set_defaults(run=_read)

    group = commands.add_parser(
        "group",
        help="group recommendations that ask for the same; no database needed",
        description="Group the recommendations in the .jsonl files that `haicap read "
        "--jsonl DIR` wrote. Only groups of two or more are written.",
    )
    group.add_argument("folder", metavar="DIR", type=Path)
    group.add_argument("--csv", metavar="OUT", type=Path, required=True)
    group.set_defaults(run=_group)

    secret = commands.add_parser(
        "secret",
        help="make the secret of this installation",
        description="Make the secret that signs sessions, in the folder HAICAP_VAR "
        "(default: var), unless it is already there.",
    )
    secret.set_defaults(run=_secret)

    for name, line in DELEGATED.items():
        commands.add_parser(name, help=line, add_help=False)
    return parser


# --- read -----------------------------------------------------------------------


def _read(options: argparse.Namespace) -> int:
    files: list[Path] = options.files
    if options.jsonl:
        _check_stems(files)
        _make_folder(options.jsonl)
    progress = _Progress(len(files))
    n_bad = 0
    for path in files:
        progress.step(path.name)
        try:
            items, remarks = _statements(path)
        except HaicapError as error:
            progress.clear()
            _complain(f"{path.name}: {_say(error)}")
            n_bad += 1
            continue
        progress.clear()
        for remark in remarks:
            _complain(f"{path.name}: {remark}")
        if options.jsonl:
            _write_lines(options.jsonl / f"{path.stem}.jsonl", items)
        if options.json:
            _print_lines(items, sys.stdout)
        elif not options.jsonl:
            _print_table(path, items, several=len(files) > 1)
    progress.clear()
    if options.jsonl and not options.json:
        print(f"{len(files) - n_bad} of {len(files)} files read into {options.jsonl}")
    return BAD_INPUT if n_bad else 0


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
    # The reader loads word lists: `haicap --help` need not wait for them.
    from haicap.core.text import reader, secrecy  # noqa: PLC0415 - light start-up
    from haicap.listen import taxonomy  # noqa: PLC0415 - light start-up
    from haicap.listen.intake import (  # noqa: PLC0415 - light start-up
        gate,
        sandbox,
        workbook,
    )
    from haicap.places import registry  # noqa: PLC0415 - light start-up

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
                _translate(note.sentence) % note.params for note in extracted.notes
            ]
            if extracted.table and workbook.looks_like_table(extracted.table):
                sheet = workbook.parse(
                    extracted.table,
                    gazetteer=gazetteer,
                    fields={
                        slug: one.label_vi for slug, one in taxonomy.FIELDS.items()
                    },
                )
                remarks += [_translate(n.sentence) % n.params for n in sheet.notes]
                return _rows(sheet, text, gazetteer), remarks
    except OSError as error:
        raise BadInput(
            "The file cannot be opened: %(why)s.", why=error.strerror or ""
        ) from error
    found = reader.read(text, gazetteer=gazetteer, taxonomy=taxonomy.FIELDS)
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
    sentence = _translate(fault.sentence)
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


# --- the table ------------------------------------------------------------------

COLUMNS: Final = ("#", "kind", "conf", "speaker", "fields", "words")
#: The last column takes what is left; a narrow terminal leaves more of it to the words.
WIDE: Final = (3, 14, 4, 24, 20)
NARROW: Final = (3, 14, 4, 16, 16)
LINES_A_STATEMENT: Final = 3


def _print_table(path: Path, items: Sequence[Item], *, several: bool) -> None:
    total = max(100, shutil.get_terminal_size((120, 40)).columns)
    first = WIDE if total >= 120 else NARROW
    widths = [*first, total - sum(first) - 2 * len(first)]
    if several:
        print(f"\n{path.name}")
    print(_line(COLUMNS, widths))
    print(_line(["─" * width for width in widths], widths))
    for number, item in enumerate(items, 1):
        cells = [
            str(number),
            item["kind"],
            f"{item['confidence']:.2f}",
            item["speaker"] or "–",
            ", ".join(item["fields"]) or "–",
            item["text"],
        ]
        columns = [
            _fold_lines(cell, width) for cell, width in zip(cells, widths, strict=True)
        ]
        for at in range(max(len(lines) for lines in columns)):
            print(
                _line([part[at] if at < len(part) else "" for part in columns], widths)
            )
    counts = Counter(item["kind"] for item in items)
    summary = ", ".join(f"{counts[kind]} {kind}" for kind in KINDS if counts[kind])
    print(f"{len(items)} statements" + (f": {summary}" if summary else ""))


def _fold_lines(text: str, width: int) -> list[str]:
    """A few lines of at most that width; what does not fit ends in "…"."""
    # One letter, one place: letters in two pieces would push the columns apart, and
    # control characters would reach the terminal.
    text = unicodedata.normalize("NFC", text)
    text = "".join(c if c.isprintable() else " " for c in text)
    return textwrap.wrap(text, width, max_lines=LINES_A_STATEMENT, placeholder="…") or [
        ""
    ]


def _line(cells: Sequence[str], widths: Sequence[int]) -> str:
    padded = (
        cell + " " * (width - _width(cell))
        for cell, width in zip(cells, widths, strict=True)
    )
    return "  ".join(padded).rstrip()


def _width(text: str) -> int:
    return sum(
        0
        if unicodedata.combining(c)
        else 2
        if unicodedata.east_asian_width(c) in "WF"
        else 1
        for c in text
    )


# --- group ----------------------------------------------------------------------


def _group(options: argparse.Namespace) -> int:
    from haicap.core.text import group  # noqa: PLC0415 - light start-up

    folder: Path = options.folder
    if not folder.is_dir():
        raise BadInput("There is no folder %(name)s.", name=str(folder))
    files = sorted(folder.glob("*.jsonl"))
    if not files:
        raise BadInput(
            "There is no .jsonl file in %(name)s: write some with `haicap read FILE... "
            "--jsonl %(name)s`.",
            name=str(folder),
        )
    asks = []
    progress = _Progress(len(files))
    for path in files:
        progress.step(path.name)
        for number, item in enumerate(_items(path), 1):
            if item["kind"] == "recommendation":
                asks.append(
                    group.Ask(
                        key=f"{path.stem}-{number:02d}",
                        text=item["text"],
                        fields=tuple(item.get("fields") or ()),
                        units=tuple(item.get("communes") or ()),
                    )
                )
    progress.clear()
    groups = [each for each in group.group(asks) if len(each.members) > 1]
    _write_groups(options.csv, [sorted(each.members) for each in groups])
    n_grouped = sum(len(each.members) for each in groups)
    print(
        f"{len(asks)} recommendations, {n_grouped} of them in {len(groups)} groups: "
        f"{options.csv}"
    )
    return 0


def _items(path: Path) -> list[Item]:
    items: list[Item] = []
    try:
        lines = path.read_text(encoding="utf-8").split("\n")
    except (OSError, UnicodeDecodeError) as error:
        raise BadInput(
            "%(name)s cannot be read as UTF-8 text.", name=path.name
        ) from error
    for number, line in enumerate(lines, 1):
        if not line.strip():
            continue
        try:
            item = json.loads(line)
        except ValueError:
            item = None
        if (
            not isinstance(item, dict)
            or not isinstance(item.get("kind"), str)
            or not isinstance(item.get("text"), str)
        ):
            raise BadInput(
                "%(name)s, line %(line)s: this is not a statement as `haicap read "
                "--jsonl` writes it.",
                name=path.name,
                line=number,
            )
        items.append(item)
    return items


def _write_groups(path: Path, groups: Iterable[Sequence[str]]) -> None:
    try:
        with path.open("w", encoding="utf-8", newline="") as file:
            writer = csv.writer(file, lineterminator="\n")
            writer.writerow(("group", "item_id"))
            for number, members in enumerate(groups, 1):
                writer.writerows((f"G{number:02d}", key) for key in members)
    except OSError as error:
        raise BadInput(
            "%(name)s cannot be written: %(why)s.",
            name=str(path),
            why=error.strerror or "",
        ) from error


# --- the rest -------------------------------------------------------------------


def _secret(options: argparse.Namespace) -> int:
    from haicap.config import secret  # noqa: PLC0415 - light start-up

    print(secret.ensure())
    return 0


def _delegate(name: str, arguments: list[str]) -> int:
    from haicap.config import secret  # noqa: PLC0415 - light start-up

    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "haicap.config.settings")
    if {"-h", "--help"} & set(arguments):
        os.environ.setdefault("HAICAP_NO_SECRET", "1")
    elif name == "demo":
        secret.ensure()
    import django  # noqa: PLC0415 - light start-up
    from django.core.exceptions import (  # noqa: PLC0415 - light start-up
        ImproperlyConfigured,
    )
    from django.core.management import (  # noqa: PLC0415 - light start-up
        get_commands,
        load_command_class,
    )

    try:
        django.setup()
    except ImproperlyConfigured as error:
        raise BadInput(str(error).replace("%", "%%"), name=name) from error
    command = f"haicap_{name}"
    app = get_commands().get(command)
    if app is None:
        raise BadInput("`haicap %(name)s` is not part of this installation.", name=name)
    loaded = load_command_class(app, command) if isinstance(app, str) else app
    try:
        # With these two words its usage and its errors read "haicap demo".
        loaded.run_from_argv(["haicap", name, *arguments])
    except SystemExit as end:
        # Django ends with 1 for what it was told wrongly; our contract says 2.
        return BAD_INPUT if end.code == 1 else int(end.code or 0)
    return 0


class _Progress:
    """Says on stderr which of several files is being read."""

    def __init__(self, total: int) -> None:
        self._total = total
        self._done = 0
        self._is_shown = False

    def step(self, name: str) -> None:
        """Show that this file is next."""
        self._done += 1
        if self._total < 2:
            return
        share = 20 * self._done // self._total
        bar = "█" * share + "░" * (20 - share)
        line = f"{bar} {self._done}/{self._total} {name[:40]}"
        if sys.stderr.isatty():
            print(f"\r\x1b[K{line}", end="", file=sys.stderr, flush=True)
            self._is_shown = True
        else:
            print(line, file=sys.stderr)

    def clear(self) -> None:
        """Leave the terminal as it was."""
        if self._is_shown:
            print("\r\x1b[K", end="", file=sys.stderr, flush=True)
            self._is_shown = False


def _complain(sentence: str) -> None:
    print(f"haicap: {sentence}", file=sys.stderr)


def _say(error: HaicapError) -> str:
    sentence = _translate(str(error.sentence))
    return sentence % error.params if error.params else sentence


def _translate(sentence: str) -> str:
    """The sentence in the language of the terminal, as far as it was translated."""
    folder = Path(__file__).parent / "listen" / "locale"
    return gettext.translation("django", folder, fallback=True).gettext(sentence)


if __name__ == "__main__":
    sys.exit(main())
