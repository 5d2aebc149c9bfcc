"""
Readies the environment before Django's settings are read.

Loaded with `-p` from pyproject.toml, since pytest-django reads the settings before any
conftest.py. A run never touches a real database or folder: everything lives in a
temporary HAICAP_VAR that goes with the process that made it.
"""

import atexit
import os
import shutil
import tempfile


def ready() -> None:
    """Point the settings at a temporary folder, once for a run and its workers."""
    os.environ["HAICAP_NO_SECRET"] = "1"
    for name in (
        "HAICAP_SECRET_KEY",
        "HAICAP_DEBUG",
        "HAICAP_DEMO",
        "HAICAP_MANIFEST",
        "HAICAP_MODEL_URL",
    ):
        os.environ.pop(name, None)
    if "PYTEST_XDIST_WORKER" not in os.environ:
        var = tempfile.mkdtemp(prefix="haicap-test-")
        os.environ["HAICAP_VAR"] = var
        atexit.register(shutil.rmtree, var, ignore_errors=True)


ready()
