"""Reads an official text and says what is asked, answered, ordered and done in it."""

from __future__ import annotations

from collections.abc import Container
from datetime import date

from haicap.core.text.findings import Finding
from haicap.core.text.gazetteer import Gazetteer


def read(
    text: str,
    *,
    gazetteer: Gazetteer,
    taxonomy: Container[str],
    written_on: date | None = None,
) -> list[Finding]:
    """
    Return the statements of a text, in order of their places.

    Unit: offsets are Python `str` offsets in the text as given.
    `written_on` helps with "trong tháng 11"; without it the text's own date is used.
    """
    return []
