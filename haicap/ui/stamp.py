"""A short name for this very set of static files, so that browsers may keep them."""

from __future__ import annotations

import hashlib
from functools import cache
from pathlib import Path


@cache
def stamp() -> str:
    """Return eight hex digits that change when any static file of any floor changes."""
    package = Path(__file__).resolve().parent.parent
    digest = hashlib.sha256()
    for path in sorted(package.glob("*/static/**/*")):
        if path.is_file():
            state = path.stat()
            digest.update(f"{path.relative_to(package)}:{state.st_size}".encode())
            # Bytes decide, not dates: a fresh install has the same stamp.
            digest.update(path.read_bytes())
    return digest.hexdigest()[:8]
