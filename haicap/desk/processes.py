"""Starts the web server and the worker, and ends both together."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Sequence

from django.conf import settings
from django.core.management import call_command
from django.db import connection


def web_command(address: str, *, workers: int = 2) -> list[str]:
    """
    Return the command of the web server.

    One thread a worker on SQLite, where writers stand in line anyway; a few threads on
    PostgreSQL, where a request mostly waits for the database.
    """
    command = [
        sys.executable,
        "-m",
        "gunicorn",
        "haicap.config.wsgi",
        f"--bind={address}",
        f"--workers={workers}",
        "--timeout=60",
        "--graceful-timeout=10",
        "--log-level=warning",
        "--max-requests=20000",
        "--max-requests-jitter=2000",
    ]
    if connection.vendor == "postgresql":
        command += ["--worker-class=gthread", "--threads=4"]
    return command


def prepare_static() -> None:
    """Compress the static files once for each set of them; old sets are left alone."""
    if not settings.STATIC_ROOT.exists():
        call_command("collectstatic", interactive=False, verbosity=0)


def worker_command() -> list[str]:
    """Return the command of the worker that reads files."""
    return [sys.executable, "-m", "django", "haicap_worker"]


def run_together(
    commands: Sequence[Sequence[str]], *, when_up: Callable[[], None] | None = None
) -> int:
    """
    Run the commands until one ends or somebody presses Ctrl+C; then end them all.

    Returns the exit code of the first that ended, 0 after Ctrl+C or SIGTERM.
    """
    env = os.environ | {"DJANGO_SETTINGS_MODULE": "haicap.config.settings"}
    children = [
        subprocess.Popen(command, env=env, start_new_session=True)
        for command in commands
    ]
    stopping = False

    def stop(_signal: int, _frame: object) -> None:
        nonlocal stopping
        stopping = True

    previous = {s: signal.signal(s, stop) for s in (signal.SIGINT, signal.SIGTERM)}
    try:
        if when_up:
            when_up()
        while not stopping and all(child.poll() is None for child in children):
            time.sleep(0.2)
        codes = [child.poll() for child in children]
        return 0 if stopping else next(code for code in codes if code is not None)
    finally:
        for child in children:
            if child.poll() is None:
                child.terminate()
        for child in children:
            try:
                child.wait(timeout=15)
            except subprocess.TimeoutExpired:
                child.kill()
        for number, handler in previous.items():
            signal.signal(number, handler)
