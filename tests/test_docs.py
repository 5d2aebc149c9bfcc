"""The documents are true where a machine can tell: links, chores, settings, words."""

import re
from pathlib import Path
from urllib.parse import unquote

import pytest
from django.apps import apps


ROOT = Path(__file__).resolve().parent.parent
LINK = re.compile(r"!?\[[^\]]*\]\(\s*<?([^)\s>]+)>?[^)]*\)|<img[^>]+src=\"([^\"]+)\"")
FENCE = re.compile(r"^(```|~~~).*?^\1", re.S | re.M)

# Django's own tables, and those of packages, are not words of the field.
OURS = "haicap."


def documents() -> list[Path]:
    """Return every Markdown file that we wrote."""
    found = [*ROOT.glob("*.md")]
    for folder in ("docs", "benchmarks", "tests", "haicap"):
        found += (ROOT / folder).rglob("*.md")
    return sorted(path for path in found if "vendor" not in path.parts)


def anchors(text: str) -> set[str]:
    """Return the names that headings can be linked by."""
    found = set()
    for heading in re.findall(r"^#+\s+(.*)$", FENCE.sub("", text), re.M):
        plain = re.sub(r"[`*]|\[([^\]]*)\]\([^)]*\)", r"\1", heading).strip().lower()
        found.add(re.sub(r"[^\w\- ]", "", plain).replace(" ", "-"))
    return found | set(re.findall(r"<a (?:id|name)=\"([^\"]+)\"", text))


def broken_links(path: Path) -> list[str]:
    """Return the links of a document that lead to no file or heading beside it."""
    text = path.read_text(encoding="utf-8")
    found = []
    for first, second in LINK.findall(FENCE.sub("", text)):
        target = first or second
        if re.match(r"[a-z]+:", target):
            continue
        name, _, anchor = target.partition("#")
        other = (path.parent / unquote(name)).resolve() if name else path
        is_page = other.suffix == ".md" and other.exists()
        known = anchors(other.read_text(encoding="utf-8")) if anchor and is_page else ()
        if not other.exists() or (anchor and is_page and unquote(anchor) not in known):
            found.append(target)
    return found


@pytest.mark.parametrize("path", documents(), ids=lambda p: str(p.relative_to(ROOT)))
def test_every_link_leads_somewhere(path):
    assert broken_links(path) == []


def test_a_broken_link_is_found(tmp_path):
    page = tmp_path / "a.md"
    page.write_text(
        "# One two\n[a](b.md) ![c](d.png) [e](#f) [g](#one-two) [h](a.md)\n"
    )
    assert broken_links(page) == ["b.md", "d.png", "#f"]


def test_every_chore_named_in_a_document_exists():
    targets = set(re.findall(r"^([a-z][\w-]*):", (ROOT / "Makefile").read_text(), re.M))
    faults = []
    for path in documents():
        for chore in re.findall(r"`(?:\w+=\S+ )?make ([a-z][\w-]*)", path.read_text()):
            if chore not in targets:
                faults.append(f"{path.relative_to(ROOT)}: make {chore}")
    assert faults == []


def test_every_chore_of_the_makefile_is_explained_and_phony():
    text = (ROOT / "Makefile").read_text()
    targets = set(re.findall(r"^([a-z][\w-]*):", text, re.M))
    explained = set(re.findall(r"^([a-z][\w-]*):.*## \S", text, re.M))
    phony = set(re.search(r"^\.PHONY: (.*)$", text, re.M)[1].split())
    assert targets == explained == phony


def test_decisions_are_numbered_without_a_gap():
    files = sorted((ROOT / "docs" / "adr").glob("*.md"))
    assert [path.name[:5] for path in files] == [
        f"{number:04}-" for number in range(1, len(files) + 1)
    ]
    for path in files:
        text = path.read_text()
        assert text.startswith(f"# {path.name[:4]} "), path.name
        for part in ("Status:", "## Why", "## Decision", "## What follows"):
            assert part in text, f"{path.name}: {part}"


def pairs() -> dict[str, str]:
    """Return the glossary: code name to Vietnamese."""
    text = (ROOT / "GLOSSARY.md").read_text(encoding="utf-8")
    rows = re.findall(r"^\| ([^|]+?) \| ([^|]+?) \|", text, re.M)
    found = {}
    for names, vietnamese in rows:
        for name in re.findall(r"`([a-z_]+)`", names):
            assert name not in found, f"{name} stands twice in GLOSSARY.md"
            found[name] = vietnamese
    return found


def snake(name: str) -> str:
    """Return `SavedView` as `saved_view`."""
    return re.sub(r"(?<=[a-z0-9])(?=[A-Z])", "_", name).lower()


def test_every_noun_of_the_database_is_in_the_glossary():
    nouns = {
        snake(model.__name__)
        for model in apps.get_models()
        if model.__module__.startswith(OURS)
    }
    assert sorted(nouns - pairs().keys()) == []


def test_every_pair_of_the_glossary_has_its_vietnamese():
    assert len(pairs()) > 40
    assert [name for name, words in pairs().items() if not words.strip(" –-")] == []


def test_every_setting_is_documented():
    known = (ROOT / "docs" / "reference" / "settings.md").read_text()
    used = set()
    for path in (ROOT / "haicap").rglob("*.py"):
        used |= set(
            re.findall(r"[\"'](HAICAP_[A-Z_]+|DATABASE_URL)[\"']", path.read_text())
        )
    assert used
    assert sorted(name for name in used if f"`{name}`" not in known) == []
