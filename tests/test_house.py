"""
The house map of CONTRIBUTING.md is true: imports walk down, and never in a circle.

The floors stand first, as data; the reading of imports follows; last come the tests, of
the house as it is and of small houses that break one rule each.
"""

import ast
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest


HOUSE = Path(__file__).resolve().parent.parent / "haicap"

FLOORS = {
    "haicap.core": 0,
    "haicap.ledger": 1,
    "haicap.ui": 1,
    "haicap.places": 2,
    "haicap.people": 3,
    "haicap.listen": 4,
    "haicap.synthesise": 5,
    "haicap.resolve": 6,
    "haicap.verify": 7,
    "haicap.desk": 8,
    "haicap.config": 9,
    "haicap.cli": 10,
    "haicap.__main__": 10,
}

# Where an import may stand inside a function: (module, function) and the reason. The
# star means every function of that module.
INSIDE = {
    ("haicap.cli", "*"): "`haicap --help` answers before Django is loaded",
}
# Django loads models only after the apps are known, so `ready` is the one place.
READY = "ready"

NOT_A_NAME = {"utils", "util", "helpers", "helper", "common", "misc"}


@dataclass(frozen=True)
class Import:
    """One import: who, whom, where, and inside which function."""

    module: str
    target: str
    line: int
    inside: str = ""
    is_for_types: bool = False


def modules(house: Path) -> dict[str, Path]:
    """Return every module of the package by its dotted name, migrations left out."""
    found = {}
    for path in sorted(house.rglob("*.py")):
        parts = [house.name, *path.relative_to(house).with_suffix("").parts]
        if "migrations" in parts:
            continue
        if parts[-1] == "__init__":
            parts.pop()
        found[".".join(parts)] = path
    return found


def imports(name: str, path: Path, known: dict[str, Path]) -> Iterator[Import]:
    """Yield the imports of one module, resolved to modules where they are ours."""

    def walk(node: ast.AST, inside: str, types: bool) -> Iterator[Import]:
        for child in ast.iter_child_nodes(node):
            if isinstance(child, ast.Import):
                for alias in child.names:
                    yield Import(name, alias.name, child.lineno, inside, types)
            elif isinstance(child, ast.ImportFrom):
                source = "." * child.level + (child.module or "")
                for alias in child.names:
                    longer = f"{source}.{alias.name}"
                    is_module = longer in known or longer in FLOORS
                    target = longer if is_module else source
                    yield Import(name, target, child.lineno, inside, types)
            elif isinstance(child, (ast.FunctionDef, ast.AsyncFunctionDef)):
                yield from walk(child, child.name, types)
            elif isinstance(child, ast.If):
                only = types or ast.unparse(child.test).endswith("TYPE_CHECKING")
                yield from walk(ast.Module(child.body, []), inside, only)
                yield from walk(ast.Module(child.orelse, []), inside, types)
            else:
                yield from walk(child, inside, types)

    yield from walk(ast.parse(path.read_text()), "", types=False)


def flat(module: str) -> str:
    """Return the flat a module lives in: `haicap.listen` for `haicap.listen.views`."""
    return ".".join(module.split(".")[:2])


def all_imports(house: Path) -> list[Import]:
    """Return every import of the house."""
    known = modules(house)
    return [each for name, path in known.items() for each in imports(name, path, known)]


def homeless(house: Path) -> Iterator[str]:
    """Yield modules that stand on no floor."""
    for name in modules(house):
        if name != house.name and flat(name) not in FLOORS:
            yield f"{name}: {flat(name)} stands on no floor of tests/test_house.py"


def arrows_upward(house: Path) -> Iterator[str]:
    """Yield imports that do not go down; rooms of one flat may use each other."""
    for each in all_imports(house):
        ours = each.target.startswith(f"{house.name}.")
        if not ours or flat(each.target) == flat(each.module):
            continue
        own, other = FLOORS.get(flat(each.module)), FLOORS.get(flat(each.target))
        if own is not None and other is not None and other >= own:
            yield f"{each.module}:{each.line} imports {each.target}: not a floor below"


def hidden_arrows(house: Path) -> Iterator[str]:
    """Yield names of models written as text, "resolve.Case", that point upward."""
    for name, path in modules(house).items():
        own = FLOORS.get(flat(name), 0)
        if flat(name) == f"{house.name}.config":
            continue
        for node in ast.walk(ast.parse(path.read_text())):
            if not isinstance(node, ast.Constant) or not isinstance(node.value, str):
                continue
            app, _, model = node.value.partition(".")
            other = FLOORS.get(f"{house.name}.{app}")
            is_model = model.isidentifier() and model[:1].isupper()
            if is_model and other is not None and other > own:
                yield f"{name}:{node.lineno} names {node.value!r}: a floor above"


def ui_knows_only_core(house: Path) -> Iterator[str]:
    """Yield imports of ui that lead elsewhere than into core."""
    for each in all_imports(house):
        if flat(each.module) != f"{house.name}.ui":
            continue
        allowed = {f"{house.name}.ui", f"{house.name}.core", house.name}
        if each.target.startswith(house.name) and flat(each.target) not in allowed:
            yield f"{each.module}:{each.line} imports {each.target}"


def core_is_plain(house: Path) -> Iterator[str]:
    """Yield what core may not know: Django, and today."""
    core = {n: p for n, p in modules(house).items() if flat(n) == f"{house.name}.core"}
    for each in all_imports(house):
        root = each.target.split(".")[0]
        if each.module in core and root.startswith("django"):
            yield f"{each.module}:{each.line} imports {each.target}"
    for name, path in core.items():
        for node in ast.walk(ast.parse(path.read_text())):
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute):
                clock = node.func.attr in {"today", "now", "utcnow", "localdate"}
                if clock:
                    yield f"{name}:{node.lineno} asks the clock; take it as an argument"


def circles(house: Path) -> Iterator[str]:
    """
    Yield each group of modules that import one another, inside a floor or across.

    An import for types alone is no part of a circle: it never runs, and a noun has to
    name the type of its reverse relations. Going up it is still an arrow.
    """
    known = modules(house)
    graph: dict[str, set[str]] = {name: set() for name in known}
    for each in all_imports(house):
        runs = not each.is_for_types
        if runs and each.target in graph and each.target != each.module:
            graph[each.module].add(each.target)
    for group in knots(graph):
        yield "a circle: " + " ↔ ".join(sorted(group))


def knots(graph: dict[str, set[str]]) -> Iterator[set[str]]:
    """Yield the strongly connected groups of two or more (Tarjan's way)."""
    index: dict[str, int] = {}
    low: dict[str, int] = {}
    stack: list[str] = []

    def visit(node: str) -> Iterator[set[str]]:
        index[node] = low[node] = len(index)
        stack.append(node)
        for other in sorted(graph[node]):
            if other not in index:
                yield from visit(other)
                low[node] = min(low[node], low[other])
            elif other in stack:
                low[node] = min(low[node], index[other])
        if low[node] == index[node]:
            cut = stack.index(node)
            group = set(stack[cut:])
            del stack[cut:]
            if len(group) > 1:
                yield group

    for node in sorted(graph):
        if node not in index:
            yield from visit(node)


def imports_inside(house: Path) -> Iterator[str]:
    """Yield imports inside functions that have no reason written above."""
    for each in all_imports(house):
        if not each.inside:
            continue
        is_ready = each.inside == READY and each.module.endswith(".apps")
        listed = {(each.module, each.inside), (each.module, "*")} & INSIDE.keys()
        if not is_ready and not listed:
            yield f"{each.module}:{each.line} imports inside {each.inside}()"


def relative(house: Path) -> Iterator[str]:
    """Yield imports that begin with a dot."""
    for each in all_imports(house):
        if each.target.startswith("."):
            yield f"{each.module}:{each.line} imports {each.target}"


def names_without_meaning(house: Path) -> Iterator[str]:
    """Yield modules and folders named after nothing in particular."""
    for name in modules(house):
        if NOT_A_NAME & set(name.split(".")):
            yield f"{name}: name it after what it holds"


RULES = [
    homeless,
    arrows_upward,
    hidden_arrows,
    ui_knows_only_core,
    core_is_plain,
    circles,
    imports_inside,
    relative,
    names_without_meaning,
]


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.__name__)
def test_the_house_keeps_its_rule(rule):
    assert list(rule(HOUSE)) == []


def test_the_house_was_read():
    """An empty walk would keep every rule."""
    known = modules(HOUSE)
    assert {"haicap.core.errors", "haicap.config.settings"} <= known.keys()
    ours = [each for each in all_imports(HOUSE) if each.target in known]
    assert len(ours) > 5


def build(root: Path, files: dict[str, str]) -> Path:
    """Return a small house made of these files, each folder a package."""
    house = root / "haicap"
    for name, source in {"__init__.py": "", **files}.items():
        path = house / name
        path.parent.mkdir(parents=True, exist_ok=True)
        for folder in path.parents:
            if folder == root:
                break
            (folder / "__init__.py").touch()
        path.write_text(source)
    return house


SOUND = {
    "core/errors.py": "class Error(Exception): ...",
    "places/models.py": "from django.db import models\nfrom haicap.core import errors",
    "people/models.py": "from haicap.places.models import Unit",
    "listen/models.py": "from haicap.people.models import User\nO = 'people.User'",
    "listen/apps.py": "class A:\n    def ready(self):\n        import haicap.listen.x",
    "listen/y.py": "from haicap.listen import x",
    "listen/x.py": "from typing import TYPE_CHECKING\n"
    "if TYPE_CHECKING:\n    from haicap.listen import y\nfrom haicap.core.errors import Error\nimport datetime",
    "ui/page.py": "from haicap.core.errors import Error",
    "desk/views.py": "from haicap.listen import models\nfrom haicap.ui import page",
    "cli.py": "def main():\n    from haicap.desk import views",
    "config/settings.py": "AUTH = 'people.User'\nX = 'desk.Thing'",
}

BROKEN = [
    (homeless, {"cellar/wine.py": ""}),
    (arrows_upward, {"listen/up.py": "from haicap.resolve import models"}),
    (arrows_upward, {"listen/up.py": "from haicap.resolve.models import Case"}),
    (arrows_upward, {"listen/up.py": "import haicap.desk.views"}),
    (arrows_upward, {"listen/up.py": "from haicap import verify"}),
    (arrows_upward, {"people/up.py": "from haicap.config import settings"}),
    (arrows_upward, {"core/up.py": "from haicap.places.models import Unit"}),
    (arrows_upward, {"ledger/side.py": "from haicap.places.models import Unit"}),
    (arrows_upward, {"listen/up.py": "def f():\n    import haicap.desk.views"}),
    (
        arrows_upward,
        {
            "listen/up.py": "from typing import TYPE_CHECKING\n"
            "if TYPE_CHECKING:\n    from haicap.resolve.models import Case"
        },
    ),
    (hidden_arrows, {"listen/up.py": "CASE = 'resolve.Case'"}),
    (ui_knows_only_core, {"ui/up.py": "from haicap.ledger import models"}),
    (ui_knows_only_core, {"ui/up.py": "from haicap.people.models import User"}),
    (core_is_plain, {"core/d.py": "from django.utils import timezone"}),
    (core_is_plain, {"core/d.py": "import django_filters"}),
    (core_is_plain, {"core/d.py": "from datetime import date\nd = date.today()"}),
    (
        circles,
        {
            "listen/a.py": "from haicap.listen import b",
            "listen/b.py": "from haicap.listen.c import x",
            "listen/c.py": "from haicap.listen.a import y",
        },
    ),
    (
        circles,
        {
            "listen/nouns/__init__.py": "from haicap.listen.nouns.a import A",
            "listen/nouns/a.py": "from haicap.listen.nouns import A",
        },
    ),
    (imports_inside, {"desk/f.py": "def f():\n    import json"}),
    (imports_inside, {"desk/f.py": "class A:\n    def ready(self):\n        import x"}),
    (imports_inside, {"desk/f.py": "async def f():\n    from x import y"}),
    (relative, {"desk/r.py": "from . import views"}),
    (relative, {"desk/r.py": "from .views import home"}),
    (names_without_meaning, {"desk/utils.py": ""}),
    (names_without_meaning, {"desk/common/dates.py": ""}),
    (names_without_meaning, {"core/helpers.py": ""}),
]


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.__name__)
def test_a_sound_house_has_no_fault(rule, tmp_path):
    assert list(rule(build(tmp_path, SOUND))) == []


@pytest.mark.parametrize(
    ("rule", "files"),
    BROKEN,
    ids=[f"{n}-{b[0].__name__}" for n, b in enumerate(BROKEN)],
)
def test_a_broken_house_is_found_out(rule, files, tmp_path):
    assert list(rule(build(tmp_path, {**SOUND, **files})))


def test_every_rule_has_a_house_that_breaks_it():
    assert {rule for rule, files in BROKEN} == set(RULES)
