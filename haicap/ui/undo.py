"""An act that can be taken back says so, on the next page and with one button."""

from __future__ import annotations

from django.contrib import messages
from django.contrib.messages.storage.base import Message
from django.http import HttpRequest
from django.utils.http import url_has_allowed_host_and_scheme


MARK = "undo:"


def offer(request: HttpRequest, words: str, url: str) -> None:
    """Say what was done, with a button that posts to `url` to take it back."""
    messages.success(request, words, extra_tags=f"{MARK}{url}")


def address(message: Message) -> str:
    """Return where the act of this message is taken back, or an empty string."""
    tags = message.extra_tags or ""
    if not tags.startswith(MARK):
        return ""
    url = tags.removeprefix(MARK)
    return url if url_has_allowed_host_and_scheme(url, allowed_hosts=None) else ""
