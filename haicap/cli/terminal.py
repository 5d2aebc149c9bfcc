"""What is said to the person at the terminal, on standard error and in their language."""

import gettext
import sys
from collections.abc import Sequence
from pathlib import Path

from haicap.core.errors import HaicapError


class Progress:
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


def complain(sentence: str) -> None:
    """Print one sentence on standard error."""
    print(f"haicap: {sentence}", file=sys.stderr)


def say(error: HaicapError) -> str:
    """The sentence of an error, with its parameters filled in."""
    sentence = translate(str(error.sentence))
    return sentence % error.params if error.params else sentence


def translate(sentence: str, languages: Sequence[str] | None = None) -> str:
    """The sentence in the language of the terminal, or another, if it was translated."""
    for app in ("listen", "core"):
        folder = Path(__file__).parents[1] / app / "locale"
        catalogue = gettext.translation("django", folder, languages, fallback=True)
        if (words := catalogue.gettext(sentence)) != sentence:
            return words
    return sentence
