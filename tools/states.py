"""
Draws docs/reference/states.md from the tables of states.py.

    python tools/states.py            write it
    python tools/states.py --check    change nothing; fail if it would change
"""

import os
import sys
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import django
from django.utils import translation


ROOT = Path(__file__).resolve().parent.parent
PAGE = ROOT / "docs" / "reference" / "states.md"
HEAD = """\
# States, and whose turn it is

Drawn from `haicap/listen/states.py` and `haicap/resolve/states.py` by
`python tools/states.py`; a test compares. A step that stands in no table is refused,
with a sentence from `policies.py`. The state of a recommendation is that of its case.
"""


@dataclass(frozen=True)
class Noun:
    """One noun with its table of steps; owners only where a turn belongs to somebody."""

    name: str
    steps: Mapping
    owners: Mapping
    notes: tuple[str, ...] = ()


def nouns() -> Iterator[Noun]:
    """Yield the nouns in the order of the story."""
    from haicap.listen import states as listen  # noqa: PLC0415  after django.setup
    from haicap.resolve import states as resolve  # noqa: PLC0415

    yield Noun("Document", listen.DOCUMENT_TRANSITIONS, listen.DOCUMENT_OWNER)
    yield Noun("Statement", listen.STATEMENT_TRANSITIONS, {})
    answered = ", ".join(f"`{each.value}`" for each in resolve.ANSWERED)
    led = ", ".join(f"`{each.value}`" for each in resolve.LED)
    solved = ", ".join(f"`{each.value}`" for each in resolve.SOLVED)
    yield Noun(
        "Case",
        resolve.CASE_TRANSITIONS,
        resolve.CASE_OWNER,
        (
            f"Exactly one agency leads in {led}.",
            f"*Answered* is {answered}; *solved* is answered with the class {solved}."
            " The two are never one number.",
            "*Verified* is no state: it is the day on which the last author accepted.",
            "Undoing a merge restores each case as it was, so it may leave `merged`.",
        ),
    )
    yield Noun("Reply", resolve.REPLY_TRANSITIONS, resolve.REPLY_OWNER)


def label(state: Any) -> str:
    """Return the state's own word, in English."""
    return str(state.label)


def drawn(noun: Noun) -> Iterator[str]:
    """Yield the lines of one noun: its picture, its table, its notes."""
    yield f"\n## {noun.name}\n\n```mermaid\nstateDiagram-v2"
    states = list(noun.steps)
    yield f"    [*] --> {states[0].value}"
    for state in states:
        yield f"    {state.value}: {label(state)}"
    for state in states:
        for after in sorted(noun.steps[state], key=states.index):
            yield f"    {state.value} --> {after.value}"
        if not noun.steps[state]:
            yield f"    {state.value} --> [*]"
    yield "```\n"
    turn = "| whose turn " if noun.owners else ""
    yield f"| state | word {turn}| may become |"
    yield "|---|---|" + ("---|" if noun.owners else "") + "---|"
    for state in states:
        after = ", ".join(
            f"`{each.value}`" for each in sorted(noun.steps[state], key=states.index)
        )
        owner = f"| {label(noun.owners[state])} " if noun.owners else ""
        yield f"| `{state.value}` | {label(state)} {owner}| {after or '–'} |"
    if noun.notes:
        yield ""
        yield from (f"- {note}" for note in noun.notes)


def page() -> str:
    """Return the whole page."""
    with translation.override("en"):
        lines = [line for noun in nouns() for line in drawn(noun)]
    return HEAD + "\n".join(lines) + "\n"


def main(arguments: list[str]) -> int:
    """Write the page, or with --check say whether it is the one that would be written."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "haicap.config.settings")
    os.environ.setdefault("HAICAP_NO_SECRET", "1")
    django.setup()
    words = page()
    if "--check" in arguments:
        if PAGE.exists() and PAGE.read_text(encoding="utf-8") == words:
            return 0
        print(
            f"{PAGE.relative_to(ROOT)} is not what the tables say: run tools/states.py"
        )
        return 1
    PAGE.parent.mkdir(parents=True, exist_ok=True)
    PAGE.write_text(words, encoding="utf-8")
    print(f"wrote {PAGE.relative_to(ROOT)}")
    return 0


if __name__ == "__main__":
    sys.path.insert(0, str(ROOT))
    sys.exit(main(sys.argv[1:]))
