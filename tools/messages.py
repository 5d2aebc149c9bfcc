"""
Gathers the sentences of each app into its catalogues, and compiles them.

    python tools/messages.py            gather and compile, every app
    python tools/messages.py listen     only that app
    python tools/messages.py --check    change nothing; fail if gathering would

Each app of haicap that speaks has its own catalogues, and so has `core`. With --check the work
is done on a copy and compared.
"""

import os
import re
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

import polib


ROOT = Path(__file__).resolve().parent.parent
LANGUAGES = ("vi",)
GATHER = ["--no-location", "--no-obsolete", "--no-wrap", "--extension", "html,py,txt"]


def apps(package: Path) -> list[Path]:
    """Return the folders of apps that have something to translate, by name."""
    found = []
    for folder in sorted(package.iterdir()):
        is_app = (folder / "apps.py").exists() or (folder / "locale").exists()
        if is_app and speaks(folder):
            found.append(folder)
    return found


def speaks(app: Path) -> bool:
    """Return whether a template or module of the app asks for a translation."""
    if (app / "locale").exists():
        return True
    words = ("gettext", "{% translate", "{% blocktranslate")
    files = [*app.rglob("*.py"), *app.glob("templates/**/*.html")]
    return any(word in path.read_text() for path in files for word in words)


def gather(app: Path) -> str:
    """Renew the catalogues of one app; return gettext's words when it refuses."""
    env = {**os.environ, "DJANGO_SETTINGS_MODULE": ""}
    words = [sys.executable, "-m", "django", "makemessages", *GATHER]
    for language in LANGUAGES:
        (app / "locale" / language / "LC_MESSAGES").mkdir(parents=True, exist_ok=True)
        words += ["-l", language]
    done = subprocess.run(words, cwd=app, env=env, capture_output=True, text=True)
    if done.returncode != 0:
        return done.stdout + done.stderr
    for path in app.glob("locale/*/LC_MESSAGES/*.po"):
        tidy(path)
    return ""


def tidy(path: Path) -> None:
    """Take out dates (two runs must write the same bytes) and guessed translations."""
    catalogue = polib.pofile(str(path), wrapwidth=0)
    for entry in catalogue:
        if entry.fuzzy:
            entry.flags.remove("fuzzy")
            entry.msgstr = ""
            entry.msgstr_plural = dict.fromkeys(entry.msgstr_plural, "")
            entry.previous_msgid = None
    for key in ("POT-Creation-Date", "PO-Revision-Date", "Last-Translator"):
        catalogue.metadata.pop(key, None)
    catalogue.save(str(path))


def compile_all(app: Path) -> None:
    """Write the .mo beside each .po, with polib: the same bytes on every machine."""
    for path in app.glob("locale/*/LC_MESSAGES/*.po"):
        polib.pofile(str(path)).save_as_mofile(str(path.with_suffix(".mo")))


def faults(path: Path) -> list[str]:
    """Return one sentence for each entry that is not ready, and for an old .mo."""
    catalogue = polib.pofile(str(path))
    name = path.relative_to(ROOT) if path.is_relative_to(ROOT) else path
    found = []
    for entry in catalogue:
        if entry.obsolete:
            found.append(f"{name}: obsolete: {entry.msgid!r}")
        elif entry.fuzzy:
            found.append(f"{name}: fuzzy: {entry.msgid!r}")
        elif not entry.translated():
            found.append(f"{name}: no translation: {entry.msgid!r}")
        elif not entry.msgid_plural and blanks(entry.msgid) != blanks(entry.msgstr):
            found.append(f"{name}: other blanks to fill in: {entry.msgid!r}")
    compiled = path.with_suffix(".mo")
    if not compiled.exists():
        found.append(f"{name}: not compiled; run make messages")
    elif sentences(polib.mofile(str(compiled))) != sentences(catalogue):
        found.append(f"{name}: the compiled file is older; run make messages")
    return found


def blanks(text: str) -> set[str]:
    """Return the names that will be filled in."""
    return set(re.findall(r"%\(\w+\)[sd]|{\w*}", text))


def sentences(catalogue: polib.POFile | polib.MOFile) -> dict[tuple, tuple]:
    """Return what a catalogue says, key by key, whatever its order and comments."""
    return {
        (entry.msgctxt, entry.msgid): (
            entry.msgstr,
            tuple(sorted(entry.msgstr_plural.items())),
        )
        for entry in catalogue
        if not (entry.obsolete or "fuzzy" in entry.flags)
        and (entry.msgstr or any(entry.msgstr_plural.values()))
    }


def msgids(path: Path) -> set[tuple]:
    """Return the keys of a catalogue; the empty set when there is none."""
    if not path.exists():
        return set()
    return {
        (entry.msgctxt, entry.msgid, entry.msgid_plural)
        for entry in polib.pofile(str(path))
        if not entry.obsolete
    }


def out_of_step(chosen: list[Path]) -> list[str]:
    """Return one sentence for each message that gathering would add or remove."""
    found = []
    with tempfile.TemporaryDirectory() as folder:
        for app in chosen:
            copy = Path(folder) / app.name
            shutil.copytree(app, copy, ignore=shutil.ignore_patterns("static", "*.pyc"))
            refusal = gather(copy)
            if refusal:
                found.append(f"{app.name}: {refusal}")
            for language in LANGUAGES:
                inside = Path("locale") / language / "LC_MESSAGES" / "django.po"
                new, old = msgids(copy / inside), msgids(app / inside)
                found += [f"{app.name}: not gathered: {k[1]!r}" for k in new - old]
                found += [f"{app.name}: no longer said: {k[1]!r}" for k in old - new]
    return found


def main(arguments: list[str]) -> int:
    """Carry out the command line; return 1 when something is missing."""
    is_check = "--check" in arguments
    names = [word for word in arguments if not word.startswith("-")]
    chosen = [app for app in apps(ROOT / "haicap") if not names or app.name in names]
    problems: list[str] = []
    if not shutil.which("xgettext"):
        print("gettext is not installed: sentences cannot be gathered (apt: gettext)")
        problems += ["gettext is missing"] if os.environ.get("CI") == "true" else []
    elif is_check:
        problems += sorted(out_of_step(chosen))
    else:
        problems += [words for words in map(gather, chosen) if words]
    for app in chosen:
        if not is_check:
            compile_all(app)
        for path in sorted(app.glob("locale/*/LC_MESSAGES/*.po")):
            problems += faults(path)
    print(*problems, sep="\n", end="\n" if problems else "")
    print(f"{len(chosen)} catalogues, {len(problems)} faults")
    return int(bool(problems))


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
