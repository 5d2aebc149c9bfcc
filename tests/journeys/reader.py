"""A reader of pages without a browser: follows links, fills forms, sees refusals."""

from __future__ import annotations

from dataclasses import dataclass, field
from html.parser import HTMLParser
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client


@dataclass
class PageForm:
    """One form of a page as it was served."""

    action: str
    method: str
    fields: dict[str, list[str]] = field(default_factory=dict)
    buttons: list[tuple[str, str, str]] = field(default_factory=list)

    def addresses(self) -> list[str]:
        """Return every address that a button of it may send to."""
        return [self.action, *(button[2] for button in self.buttons if button[2])]


class Forms(HTMLParser):
    """Gathers the forms of a page with what a browser would send of them."""

    def __init__(self) -> None:
        super().__init__()
        self.forms: list[PageForm] = []
        self.open: PageForm | None = None
        self.select = ""
        self.first: str | None = None
        self.area = ""
        self.words = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        at = {name: value or "" for name, value in attrs}
        if tag == "form":
            self.open = PageForm(at.get("action", ""), at.get("method", "get"))
            self.forms.append(self.open)
        if self.open is None:
            return
        name = at.get("name", "")
        if tag == "button":
            if "disabled" not in at and at.get("type", "submit") == "submit":
                action = at.get("formaction", "")
                self.open.buttons.append((name, at.get("value", ""), action))
        elif tag == "select":
            self.select = name
            self.open.fields.setdefault(name, [])
            self.first = "" if "multiple" in at else None
        elif tag == "option" and self.select:
            if "selected" in at:
                self.put(self.select, at.get("value", ""))
            elif self.first is None:
                self.first = at.get("value", "")
        elif tag == "textarea":
            self.area, self.words = name, ""
        elif tag == "input" and name:
            kind = at.get("type", "text")
            if kind in ("checkbox", "radio") and "checked" not in at:
                self.open.fields.setdefault(name, [])
            elif kind != "file":
                self.put(name, at.get("value", "on" if kind == "checkbox" else ""))

    def put(self, name: str, value: str) -> None:
        """Keep one value of a field."""
        assert self.open is not None
        self.open.fields.setdefault(name, []).append(value)

    def handle_data(self, data: str) -> None:
        if self.area:
            self.words += data

    def handle_endtag(self, tag: str) -> None:
        if tag == "textarea" and self.area and self.open is not None:
            # A browser drops the one line break that follows the tag.
            self.put(self.area, self.words.removeprefix("\n"))
            self.area = ""
        elif tag == "select" and self.select and self.open is not None:
            # A browser sends the first choice when none is chosen.
            if not self.open.fields[self.select] and self.first:
                self.put(self.select, self.first)
            self.select = ""
        elif tag == "form":
            self.open = None


class Visitor:
    """Somebody who is signed in and goes from page to page."""

    def __init__(self, user: Any = None) -> None:
        self.user = user
        self.client = Client()
        if user is not None:
            self.client.force_login(user)
        self.url = ""
        self.html = ""

    def open(self, url: str) -> Visitor:
        """Open a page; anything but 200 at its end fails."""
        return self.arrive(self.client.get(url, follow=True))

    def arrive(self, answer: Any) -> Visitor:
        """Stand on the page that an answer leads to."""
        assert answer.status_code == 200, (
            answer.status_code,
            answer.request["PATH_INFO"],
            answer.content.decode()[:2000],
        )
        self.url = answer.request["PATH_INFO"]
        self.html = answer.content.decode()
        return self

    def forms(self) -> list[PageForm]:
        """Return all forms of this page."""
        reader = Forms()
        reader.feed(self.html)
        return reader.forms

    def form(self, action: str) -> PageForm:
        """Return the form of this page that sends to an address."""
        for found in self.forms():
            if action in found.addresses():
                return found
        offered = sorted({one for form in self.forms() for one in form.addresses()})
        raise AssertionError(f"{self.url} has no form for {action}, only {offered}")

    def send(self, action: str, **values: Any) -> Visitor:
        """Fill the form with this address on the page, send it, and follow."""
        found = self.form(action)
        data = {name: all_ for name, all_ in found.fields.items() if all_}
        for name, value in values.items():
            known = name in found.fields or any(b[0] == name for b in found.buttons)
            assert known or isinstance(value, SimpleUploadedFile), (
                f"the form has no field {name}: {sorted(found.fields)}"
            )
            data[name] = value
        return self.arrive(self.client.post(action, data, follow=True))
