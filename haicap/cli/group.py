"""Groups the recommendations that `haicap read --jsonl` found."""

import csv
import json
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any

from haicap.cli.terminal import Progress
from haicap.core.errors import BadInput
from haicap.core.text import group


def run(folder: Path, *, out: Path) -> None:
    """Group what the .jsonl files of the folder ask for, and write it to `out`."""
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
    progress = Progress(len(files))
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
    _write_groups(out, [sorted(each.members) for each in groups])
    n_grouped = sum(len(each.members) for each in groups)
    print(
        f"{len(asks)} recommendations, {n_grouped} of them in {len(groups)} groups: "
        f"{out}"
    )


def _items(path: Path) -> list[dict[str, Any]]:
    items: list[dict[str, Any]] = []
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
