"""
Words live in templates, in English, and in catalogues, in Vietnamese.

No Vietnamese letter in code or templates, no sentence of a template outside a translate
tag, no catalogue with a gap. Each reader is tried on what it must find.
"""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import polib
import pytest

from tools.messages import faults


ROOT = Path(__file__).resolve().parent.parent
HOUSE = ROOT / "haicap"

# Data speaks Vietnamese: official papers, lists of words, samples, catalogues.
DATA = {"data", "papers", "words", "samples", "locale", "migrations", "vendor"}
# Readers hold the words they look for; they show nothing on a screen.
# The demonstration writes rows, as a person would.
READERS = ("haicap/core", "haicap/listen/intake", "haicap/desk/demo")
# What else may stand in code, and why.
ALLOWED = {
    "Tiếng Việt",  # a language is named in itself
    "Việt Nam",  # so is a country
    "(một phần)",  # a mark inside the registry's data
    "CĐ",  # the letters that mark a directive, beside its translated word
}

NAME = "Hai Cấp"  # the product's name, the same in every language
MARKS = "Ằ Ẳ Ẵ Ữ Ộ ệ ậ ặ ỹ"  # the gallery shows that the typeface has them
# The name, the letters, and numbers of cases such as HS-0142 are no sentences.
CODE = re.compile(rf"{NAME}|{MARKS}|\b[A-Z]{{2}}-\d+")
VIETNAMESE = re.compile(
    "[ÀÁÂÃÈÉÊÌÍÒÓÔÕÙÚÝàáâãèéêìíòóôõùúýĂăĐđĨĩŨũƠơƯư\u1ea0-\u1ef9\u0300-\u0309\u0323]"
)
LETTERS = re.compile(r"[^\W\d_]+")

# Words that are the same in every language.
SAME = {
    "haicap",
    "xlsx",
    "docx",
    "pdf",
    "txt",
    "md",
    "csv",
    "km",
    "SHA",
    "N",
    "x",
    "px",
}
SAME |= {"Word", "Excel", "PDF"}
SAID = {"title", "placeholder", "alt", "label", "caption", "hint", "summary", "unit"}
SAID |= {"aria-label", "aria-description", "aria-roledescription", "aria-valuetext"}
KEPT = r"(comment|blocktranslate|blocktrans|verbatim)"
# The part of a page that is the name of a style, not a word.
CLASS = re.compile(r"{%-?\s*block \w+_class\b.*?{%-?\s*endblock\b.*?%}", re.S)
TRANSLATED = re.compile(r"{%-?\s*" + KEPT + r"\b.*?{%-?\s*end\1\b.*?%}", re.S)
TAG = re.compile(r"{%.*?%}|{{.*?}}|{#.*?#}", re.S)
# What is written on a key is on the key in English.
SILENT = re.compile(r"<!--.*?-->|<(script|style|kbd)\b.*?</\1>", re.S | re.I)
MARKUP = re.compile(r"<[a-zA-Z/!](?:[^>\"']|\"[^\"]*\"|'[^']*')*>", re.S)
ATTRIBUTE = re.compile(r"([\w:-]+)\s*=\s*(?:\"([^\"]*)\"|'([^']*)')", re.S)
SPOKEN_FILTER = re.compile(
    r"\|\s*(default|default_if_none|yesno|add)\s*:\s*([\"'])(.*?)\2"
)
SPOKEN_WITH = re.compile(r"\s(\w+)=([\"'])([^\"']*)\2")
# What `with` may pass as plain text: names for code and style, never for a reader.
PASSED = {"title", "label", "text", "hint", "heading", "message", "lead", "caption"}


def templates(house: Path) -> Iterator[Path]:
    """Yield every template that a person may see."""
    for path in sorted(house.glob("*/templates/**/*")):
        if path.suffix in {".html", ".txt", ".svg"} and not DATA & set(path.parts):
            yield path


def our_scripts(house: Path) -> Iterator[Path]:
    """Yield our own scripts and styles."""
    for path in sorted(house.glob("*/static/**/*")):
        if path.suffix in {".js", ".css"} and not DATA & set(path.parts):
            yield path


def our_modules(house: Path) -> Iterator[Path]:
    """Yield the modules of the apps."""
    for path in sorted(house.rglob("*.py")):
        if path.relative_to(house.parent).as_posix().startswith(READERS):
            continue
        inside = {*path.relative_to(house).parts[:-1], path.stem}
        if not DATA & inside:
            yield path


def docstrings(tree: ast.AST) -> set[int]:
    """Return the ids of the nodes that are docstrings."""
    found = set()
    for node in ast.walk(tree):
        body = getattr(node, "body", None)
        if isinstance(body, list) and body and isinstance(body[0], ast.Expr):
            found.add(id(body[0].value))
    return found


def vietnamese_in_code(source: str) -> Iterator[tuple[int, str]]:
    """Yield line and text of each literal or name with a Vietnamese letter."""
    tree = ast.parse(source)
    skipped = docstrings(tree)
    for node in ast.walk(tree):
        if isinstance(node, ast.Constant) and id(node) not in skipped:
            words = node.value if isinstance(node.value, str) else ""
        elif isinstance(node, ast.Name):
            words = node.id
        elif isinstance(node, ast.Attribute):
            words = node.attr
        elif isinstance(node, (ast.FunctionDef, ast.ClassDef)):
            words = node.name
        else:
            continue
        if VIETNAMESE.search(words):
            yield node.lineno, words


def untranslated(source: str) -> Iterator[str]:
    """Yield each text of a template that no translate tag holds."""
    rest = TRANSLATED.sub(" ", CLASS.sub(" ", source))
    for tag in TAG.findall(rest):
        for name, _, words in SPOKEN_FILTER.findall(tag):
            if name != "yesno" and has_words(words) and " " in words.strip():
                yield words
        if re.match(r"{%-?\s*(include|with)\b", tag):
            for name, _, words in SPOKEN_WITH.findall(tag):
                if name in PASSED and has_words(words):
                    yield words
    # A tag leaves a mark, so that the words around it do not run together.
    rest = SILENT.sub(" ", TAG.sub("\x00", rest))
    for markup in MARKUP.findall(rest):
        for name, double, single in ATTRIBUTE.findall(markup):
            words = double or single
            if name.lower() in SAID and has_words(words):
                yield words
    for words in re.split("\x00|\x01", MARKUP.sub("\x01", rest)):
        if has_words(re.sub(r"&#?\w+;", " ", words)):
            yield words.strip()


def has_words(text: str) -> bool:
    """Return whether a reader would find a word in it."""
    words = LETTERS.findall(CODE.sub("", text))
    return any(word not in SAME for word in words)


def test_code_holds_no_vietnamese():
    found = []
    for path in our_modules(HOUSE):
        name = str(path.relative_to(ROOT))
        for line, words in vietnamese_in_code(path.read_text()):
            if words not in ALLOWED:
                found.append(f"{name}:{line} {words!r}")
    assert found == []


def test_templates_and_scripts_hold_no_vietnamese():
    found = []
    for path in [*templates(HOUSE), *our_scripts(HOUSE)]:
        for number, line in enumerate(path.read_text().splitlines(), 1):
            # A script may cite a word in a comment, as code may: that is no screen.
            is_script = path.suffix in {".js", ".css"}
            said = re.sub(r"//.*|/\*.*|^\s*\*.*", "", line) if is_script else line
            # Neither is an example that is quoted, nor the letter that has to be folded.
            said = re.sub(r"“[^”]*”|/[đĐ]/g", "", said)
            if VIETNAMESE.search(CODE.sub("", said)):
                found.append(f"{path.relative_to(ROOT)}:{number} {line.strip()}")
    assert found == []


def test_every_text_of_a_template_is_translated():
    found = []
    for path in templates(HOUSE):
        for words in untranslated(path.read_text()):
            found.append(f"{path.relative_to(ROOT)}: {' '.join(words.split())!r}")
    assert found == []


def test_every_blocktranslate_is_trimmed():
    found = []
    for path in templates(HOUSE):
        for tag in re.findall(r"{%-?\s*blocktrans(?:late)?\b.*?%}", path.read_text()):
            if "trimmed" not in tag.split():
                found.append(f"{path.relative_to(ROOT)}: {tag}")
    assert found == []


CATALOGUES = sorted(HOUSE.glob("*/locale/vi/LC_MESSAGES/django.po"))


@pytest.mark.parametrize("path", CATALOGUES, ids=lambda path: path.parts[-5])
def test_the_vietnamese_of_an_app_is_complete(path):
    assert faults(path) == []


def test_every_app_that_speaks_has_a_catalogue():
    silent = []
    for app in sorted(path.parent for path in HOUSE.glob("*/apps.py")):
        sources = [*app.rglob("*.py"), *app.glob("templates/**/*.html")]
        speaks = re.compile(r"\bgettext(_lazy)?\b|{%-? (block)?translate\b")
        if any(speaks.search(source.read_text()) for source in sources):
            catalogue = app / "locale" / "vi" / "LC_MESSAGES" / "django.po"
            silent += [] if catalogue.exists() else [app.name]
    assert silent == []


@pytest.mark.parametrize(
    "source",
    [
        "<p>Good morning</p>",
        "Good {% if a %}{{ b }}{% endif %}",
        '<a title="More">{{ x }}</a>',
        '<input placeholder="{{ a }} and more">',
        "<p>{% translate 'One' %} two</p>",
        "{{ name|default:'no name given' }}",
        '{% include "ui/empty.html" with title="Nothing here" %}',
        "<c-empty label='Nothing here' />",
        "<b\n  class='x'>Bold</b>",
        "{% blocktranslate trimmed %}Yes{% endblocktranslate %} no",
    ],
)
def test_a_text_without_translation_is_found(source):
    assert list(untranslated(source))


@pytest.mark.parametrize(
    "source",
    [
        "<p>{% translate 'Good morning' %}</p>",
        "{# a note #}{% comment %}more notes{% endcomment %}",
        "{% blocktranslate trimmed with a=b %}Good {{ a }}{% endblocktranslate %}",
        '<a class="btn btn-primary" href="{% url "desk:home" %}">{{ x }}</a>',
        '<a title="{% translate "More" %}">·</a>&nbsp;129 / 5,0 %',
        "<script src='x.js'>let a = 1 > 0</script>",
        "<p>{{ date|date:'d/m/Y' }} – {{ n|default:'–' }}</p>",
        '{% include "ui/empty.html" with tone="warn" title=_("Nothing here") %}',
        "<input placeholder='HS-0142'>Word (.docx), Excel (.xlsx)",
        "{% block main_class %}hc-send{% endblock %}",
        "<title>{{ x }} · Hai Cấp</title><kbd>Space</kbd>",
        "<!-- the head --><i data-count='{{ a }}'></i>",
    ],
)
def test_what_is_translated_or_silent_is_left_alone(source):
    assert list(untranslated(source)) == []


@pytest.mark.parametrize(
    "source", ["x = 'Kiến nghị'", "def f():\n    return f'{n} hồ sơ'", "đợt = 1"]
)
def test_vietnamese_in_code_is_found(source):
    assert list(vietnamese_in_code(source))


@pytest.mark.parametrize(
    "source", ['"""A case ("hồ sơ")."""', "x = 'Case'  # \"hồ sơ\"", "x = '– × ÷ ·'"]
)
def test_a_citation_in_a_comment_is_left_alone(source):
    assert list(vietnamese_in_code(source)) == []


@pytest.mark.parametrize(
    "entry",
    [
        {"msgid": "Case", "msgstr": ""},
        {"msgid": "Case", "msgstr": "Hồ sơ", "flags": ["fuzzy"]},
        {"msgid": "Case", "msgstr": "Hồ sơ", "obsolete": True},
        {"msgid": "Case %(n)s", "msgstr": "Hồ sơ"},
    ],
)
def test_a_gap_in_a_catalogue_is_found(entry, tmp_path):
    path = tmp_path / "django.po"
    catalogue = polib.POFile()
    catalogue.append(polib.POEntry(**entry))
    catalogue.save(str(path))
    catalogue.save_as_mofile(str(path.with_suffix(".mo")))
    assert faults(path)


def test_a_compiled_file_that_is_behind_is_found(tmp_path):
    path = tmp_path / "django.po"
    catalogue = polib.POFile()
    catalogue.append(polib.POEntry(msgid="Case", msgstr="Hồ sơ"))
    catalogue.save(str(path))
    assert faults(path)
    catalogue.save_as_mofile(str(path.with_suffix(".mo")))
    assert faults(path) == []
    catalogue[0].msgstr = "Hồ sơ xử lý"
    catalogue.save(str(path))
    assert faults(path)
