"""Makes the installation's secret before the settings ask for it; no Django here."""

from __future__ import annotations

import os
import secrets
from pathlib import Path


def var() -> Path:
    """Return the folder that holds what this installation made."""
    return Path(os.environ.get("HAICAP_VAR", "var")).absolute()


def ensure() -> Path:
    """Return the file with the secret, made readable by its owner only if missing."""
    folder = var()
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / "secret-key"
    if not path.exists():
        # Opened with its rights, not given them later: nobody reads it in between.
        handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(handle, "w") as file:
            file.write(secrets.token_urlsafe(60))
    return path
