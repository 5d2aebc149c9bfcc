"""Behind the wall a hostile file can do nothing but fail."""

import os
import subprocess
import sys
import time

import pytest

from haicap.listen.intake import limits, sandbox
from tests.listen.intake.reading import extract, refusal


def run_behind_the_wall(code):
    """What a hostile parser could do: the wall is up, then `code` runs."""
    start = (
        f"from haicap.listen.intake.child import walls; walls.close_the_door()\n{code}"
    )
    return subprocess.run(
        [sys.executable, "-I", "-c", start], capture_output=True, text=True, timeout=60
    )


@pytest.mark.parametrize(
    ("kind", "parser"),
    [("txt", ""), ("docx", ""), ("xlsx", "python_calamine"), ("pdf", "pypdfium2")],
)
def test_behind_the_wall_only_the_parser_of_that_kind_is_loaded(kind, parser):
    code = (
        "import sys; from haicap.listen.intake.child import run; "
        f"run.main({kind!r}); "
        "print('\\n', *{'python_calamine', 'pypdfium2'} & sys.modules.keys())"
    )
    found = subprocess.run(
        [sys.executable, "-I", "-c", code],
        input="x",
        capture_output=True,
        text=True,
        timeout=60,
        check=True,
    )
    assert found.stdout.split("\n")[-2].strip() == parser


def test_the_process_that_asks_never_loads_a_parser_or_a_reader():
    code = (
        "import sys; from haicap.listen.intake import sandbox; "
        "print(*(n for n in sys.modules if n.startswith(('python_calamine', "
        "'pypdfium2', 'haicap.listen.intake.child'))))"
    )
    found = subprocess.run(
        [sys.executable, "-I", "-c", code], capture_output=True, text=True, check=True
    )
    assert found.stdout.strip() == ""


def test_behind_the_wall_memory_is_bounded():
    found = run_behind_the_wall("bytearray(600 * 1024 * 1024)")
    assert "MemoryError" in found.stderr


def test_behind_the_wall_no_process_outlives_its_time(tmp_path, monkeypatch):
    monkeypatch.setattr(limits, "WALL_SECONDS", 0.5)
    # The child and what it started are both gone when the answer is given.
    mark = tmp_path / "mark"
    code = (
        "import subprocess, sys, time; "
        f"subprocess.Popen([sys.executable, '-c', 'import time; time.sleep(3); "
        f'open("{mark}", "w")\']); time.sleep(60)'
    )
    monkeypatch.setattr(sandbox, "START", code)
    begun = time.monotonic()
    assert refusal(tmp_path, "a.txt", b"x") == "too_slow"
    assert time.monotonic() - begun < 2.5
    time.sleep(3)
    assert not mark.exists()


def test_behind_the_wall_processor_time_is_bounded(tmp_path, monkeypatch):
    code = (
        "import resource; resource.setrlimit(resource.RLIMIT_CPU, (1, 1))\n"
        "while True: pass"
    )
    monkeypatch.setattr(sandbox, "START", code)
    assert refusal(tmp_path, "a.txt", b"x") == "too_slow"


def test_behind_the_wall_an_endless_answer_is_cut(tmp_path, monkeypatch):
    code = (
        "from haicap.listen.intake import limits\n"
        "from haicap.listen.intake.child import walls\n"
        "limits.ANSWER_BYTES = 1000; walls.close_the_door()\n"
        "import sys; sys.stdout.write('x' * 100_000); sys.stdout.flush()"
    )
    monkeypatch.setattr(sandbox, "START", code)
    assert refusal(tmp_path, "a.txt", b"x") == "too_heavy"


def test_behind_the_wall_there_is_none_of_our_environment(tmp_path, monkeypatch):
    monkeypatch.setenv("HAICAP_SECRET_KEY", "not to be seen")
    code = (
        "import json, os, sys; assert 'HAICAP_SECRET_KEY' not in os.environ; "
        "print(json.dumps({'read': {'text': os.getcwd(), 'notes': []}}))"
    )
    monkeypatch.setattr(sandbox, "START", code)
    assert extract(tmp_path, "a.txt", b"x").text == "/"


def test_behind_the_wall_there_is_no_network():
    found = run_behind_the_wall(
        "import os\nprint(sorted(os.listdir('/sys/class/net')) or 'none')\n"
        "print(os.readlink('/proc/self/ns/net'))"
    )
    ours = os.readlink("/proc/self/ns/net")
    if found.stdout.split("\n")[1] == ours:
        pytest.skip("this kernel lets no ordinary user make a network of his own")
    code = (
        "import socket; s = socket.socket(); s.settimeout(1); "
        "s.connect(('127.0.0.1', 9))"
    )
    assert "unreachable" in run_behind_the_wall(code).stderr


@pytest.mark.parametrize(
    "code", ["raise SystemExit(3)", "import os; os.abort()", "print(1)"]
)
def test_a_child_that_dies_is_answered_with_a_sentence(tmp_path, monkeypatch, code):
    monkeypatch.setattr(sandbox, "START", code)
    assert refusal(tmp_path, "a.txt", b"x") in ("broken", "too_heavy", "corrupt")
