"""
The one tree of errors; `str(exc)` is a sentence a clerk can act on.

    HaicapError
    ├── BadInput        what was sent cannot be taken; the sentence says what to do
    ├── NotAllowed      a rule says no
    │   ├── NotYours    another person may do this
    │   └── NotNow      this may be done at another moment
    ├── Unreadable      a file or text that could not be read to the end
    └── NoSolution      no plan satisfies the limits; the sentence names the one that binds
"""

from typing import Any


class HaicapError(Exception):
    """An error whose sentence may be shown to a person as it stands."""

    def __init__(self, sentence: Any, **params: Any) -> None:
        # The sentence may be a lazy translation: it is turned into words only
        # when somebody asks, in the language of the one who asks.
        super().__init__(sentence)
        self.sentence = sentence
        self.params = params

    def __str__(self) -> str:
        """The sentence with its parameters filled in."""
        return str(self.sentence) % self.params if self.params else str(self.sentence)


class BadInput(HaicapError):
    """What was sent cannot be taken."""


class NotAllowed(HaicapError):
    """A rule says no."""


class NotYours(NotAllowed):
    """Another person may do this."""


class NotNow(NotAllowed):
    """This may be done at another moment."""


class Unreadable(HaicapError):
    """A file or text that could not be read to the end."""


class NoSolution(HaicapError):
    """No plan satisfies the limits."""
