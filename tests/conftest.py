"""
The strict parent: what every test gets, whether it asks or not.

Warnings are errors, an undefined template variable fails, sockets lead nowhere but to
this machine (all three in pyproject.toml, proved in tests/test_guards.py).
"""

import os
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path

import pytest
import time_machine
from django.conf import settings as django_settings
from django.db import connections
from django.test import TransactionTestCase, override_settings
from hypothesis import settings as hypothesis_settings
from pytest_django import DjangoDbBlocker

from haicap.desk import kept
from haicap.places import workdays
from tests.snapshot import Snapshot


# Two cores shared with a browser: no test asserts a time, not even by accident.
hypothesis_settings.register_profile("patient", deadline=None)
hypothesis_settings.load_profile("patient")

# The province of tests: units, agencies, people, documents, cases.
pytest_plugins = ["tests.world", "tests.steps"]

QUICK = {
    # Argon2 is slow on purpose; a test of the real hasher overrides this again.
    "PASSWORD_HASHERS": ["django.contrib.auth.hashers.MD5PasswordHasher"],
    # Finding every static file anew for each client would be most of a run.
    "WHITENOISE_USE_FINDERS": False,
    "WHITENOISE_AUTOREFRESH": False,
    # Jobs stay rows, as in production: a test runs them itself, through the worker's
    # own door. Change TASKS here if every test should do otherwise.
}


def is_real(item: pytest.Item) -> bool:
    """Return whether the test commits, so that others could see what it leaves."""
    marker = item.get_closest_marker("django_db")
    names = set(getattr(item, "fixturenames", ()))
    commits = marker is not None and marker.kwargs.get("transaction")
    return bool(commits or names & {"live_server", "transactional_db"})


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Let tests that commit run last, whatever the random order."""
    items.sort(key=is_real)


@pytest.fixture(scope="session", autouse=True)
def quick_settings() -> Iterator[None]:
    """Leave out what is slow on purpose."""
    # WhiteNoise warns of a missing folder, and warnings are errors.
    Path(django_settings.STATIC_ROOT).mkdir(parents=True, exist_ok=True)
    with override_settings(**QUICK):
        yield


@pytest.fixture(scope="session")
def django_db_modify_db_settings(
    django_db_modify_db_settings_parallel_suffix: None,
) -> None:
    """Put the SQLite of a test into a file: in memory it knows neither WAL nor races."""
    database = connections.settings["default"]
    if database["ENGINE"].endswith("sqlite3"):
        worker = os.environ.get("PYTEST_XDIST_WORKER", "main")
        path = Path(django_settings.VAR) / f"test-{worker}.sqlite3"
        database["TEST"]["NAME"] = str(path)


@pytest.fixture(scope="session")
def django_db_setup(
    django_db_setup: None, django_db_blocker: DjangoDbBlocker
) -> Iterator[None]:
    """Copy the database with its registry back after each test that commits."""
    with django_db_blocker.unblock():
        snapshot = Snapshot(connections["default"])

    def restore(case: TransactionTestCase) -> None:
        connections.close_all()
        snapshot.restore()
        kept.forget()  # tests write rows without the ledger

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(TransactionTestCase, "_fixture_teardown", restore)
        yield
    with django_db_blocker.unblock():
        snapshot.drop()


@pytest.fixture(autouse=True)
def own_files(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Path]:
    """Give each test a folder of its own for what people send."""
    folder = tmp_path / "files"
    folder.mkdir()
    with override_settings(FILES_ROOT=folder, MEDIA_ROOT=folder):
        yield folder


@pytest.fixture(autouse=True)
def calendar_of_the_package(request: pytest.FixtureRequest) -> Iterator[None]:
    """Let a test without a database count with the package's own table of days."""
    names = {"db", "transactional_db", "live_server"} & set(request.fixturenames)
    has_rows = names or request.node.get_closest_marker("django_db")
    with workdays.known(None if has_rows else workdays.NOTHING_DECIDED):
        yield


@pytest.fixture
def clock(noon: datetime) -> Iterator[time_machine.Traveller]:
    """Stop the clock at noon; `clock.move_to(...)` and `clock.shift(...)` set it."""
    with time_machine.travel(noon, tick=False) as traveller:
        yield traveller
