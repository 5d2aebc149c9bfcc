"""
The strict parent: what every test gets, whether it asks or not.

Warnings are errors, an undefined template variable fails, sockets lead nowhere but to
this machine (all three in pyproject.toml, proved in tests/test_guards.py).
"""

import os
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
import time_machine
from django.conf import settings as django_settings
from django.db import connections
from django.test import override_settings


# A Wednesday, far from any holiday.
NOON = datetime(2026, 3, 11, 12, 0, tzinfo=ZoneInfo("Asia/Ho_Chi_Minh"))

QUICK = {
    # Argon2 is slow on purpose; a test of the real hasher overrides this again.
    "PASSWORD_HASHERS": ["django.contrib.auth.hashers.MD5PasswordHasher"],
    # Finding every static file anew for each client would be most of a run.
    "WHITENOISE_USE_FINDERS": False,
    "WHITENOISE_AUTOREFRESH": False,
    # Jobs stay rows, as in production: a test runs them itself, through the worker's
    # own door. Change TASKS here if every test should do otherwise.
}


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Give rows made by migrations back to tests whose transactions are real."""
    for item in items:
        marker = item.get_closest_marker("django_db")
        names = getattr(item, "fixturenames", ())
        is_real = marker is not None and marker.kwargs.get("transaction")
        if is_real or "live_server" in names or "transactional_db" in names:
            kwargs = {**(marker.kwargs if marker else {})}
            kwargs |= {"transaction": True, "serialized_rollback": True}
            item.add_marker(pytest.mark.django_db(**kwargs), append=False)


@pytest.fixture(scope="session", autouse=True)
def quick_settings() -> Iterator[None]:
    """Leave out what is slow on purpose."""
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


@pytest.fixture(autouse=True)
def own_files(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Path]:
    """Give each test a folder of its own for what people send."""
    folder = tmp_path / "files"
    folder.mkdir()
    with override_settings(FILES_ROOT=folder, MEDIA_ROOT=folder):
        yield folder


@pytest.fixture
def noon() -> datetime:
    """Return a moment to pass as `at`; the clock itself goes on."""
    return NOON


@pytest.fixture
def clock() -> Iterator[time_machine.Traveller]:
    """Stop the clock at noon; `clock.move_to(...)` and `clock.shift(...)` set it."""
    with time_machine.travel(NOON, tick=False) as traveller:
        yield traveller
