"""Every template of the house compiles, includes only what is there, and is used."""

import re
from pathlib import Path

import pytest
from django.template.loader import get_template


HOUSE = Path(__file__).resolve().parent.parent / "haicap"
ROOTS = sorted(HOUSE.glob("*/templates"))
# Django finds these by their own names.
BY_NAME = re.compile(r"^(\d{3}(_csrf)?\.html|django/.*|registration/.*)$")
NAMED = re.compile(r"[\"']([\w/-]+\.(?:html|txt|svg))[\"']")


def names() -> dict[str, Path]:
    """Return every template by the name it is asked for."""
    return {
        str(path.relative_to(root)): path
        for root in ROOTS
        for path in sorted(root.rglob("*"))
        if path.suffix in {".html", ".txt", ".svg"}
    }


def unused(known: dict[str, Path], sources: list[str]) -> list[str]:
    """Return the templates that no source names."""
    said: set[str] = set()
    parts: set[str] = set()
    for source in sources:
        said |= set(NAMED.findall(source))
        parts |= set(re.findall(r"<c-([\w.-]+)", source))
    # page() asks for the underscored part beside a page by itself.
    said |= {re.sub(r"([^/]+)$", r"_\1", name) for name in said}
    used = {f"cotton/{part.replace('-', '_').replace('.', '/')}.html" for part in parts}
    used |= {f"cotton/{part.replace('.', '/')}.html" for part in parts}
    used |= {f"cotton/{part.replace('.', '/')}/index.html" for part in parts}
    return [
        name for name in known if name not in said | used and not BY_NAME.match(name)
    ]


@pytest.mark.parametrize("name", names())
def test_it_compiles(name):
    get_template(name)


def test_every_template_that_is_named_exists():
    known = names()
    faults = []
    for name, path in known.items():
        for other in re.findall(
            r"{%-?\s*(?:include|extends)\s+[\"']([^\"']+)", path.read_text()
        ):
            # Django's own are named by their own folder.
            if other not in known and not other.startswith("django/"):
                faults.append(f"{name} names {other}")
    assert faults == []


def test_every_template_is_used():
    known = names()
    sources = [path.read_text() for path in HOUSE.rglob("*.py")]
    sources += [path.read_text() for path in known.values()]
    assert unused(known, sources) == []


def test_a_template_that_nobody_names_is_found():
    known = dict.fromkeys(
        ["a/b.html", "a/_b.html", "a/c.html", "cotton/pill.html", "404.html"], Path()
    )
    assert unused(known, ["page(request, 'a/b.html')", "<c-pill tone='x'>"]) == [
        "a/c.html"
    ]
