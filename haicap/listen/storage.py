"""
Files as they came, named by their SHA-256; what is said to be kept survives a power cut.

A file is written under a temporary name, synced, renamed, and its folder synced, all
before its row is committed. A file without a row is swept after a day; a row without its
file is a fault.
"""

from __future__ import annotations

import contextlib
import hashlib
import os
import tempfile
from collections.abc import Container, Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from typing import BinaryIO

from django.conf import settings


ARRIVING = "arriving"
SWEPT_AFTER = timedelta(days=1)


@dataclass
class Arrival:
    """Bytes that are on the disk under a temporary name."""

    path: Path
    sha256: str
    size: int  # bytes

    def keep(self) -> Path:
        """Give the file its lasting name; return it once the disk has it for good."""
        final = place(self.sha256)
        make_folder(final.parent)
        os.replace(self.path, final)
        sync_folder(final.parent)
        return final


@contextlib.contextmanager
def arriving(chunks: Iterable[bytes]) -> Iterator[Arrival]:
    """Give the bytes under a temporary name, which is gone afterwards unless kept."""
    folder = Path(settings.FILES_ROOT) / ARRIVING
    make_folder(folder)
    digest, size = hashlib.sha256(), 0
    descriptor, name = tempfile.mkstemp(dir=folder)
    path = Path(name)
    try:
        with os.fdopen(descriptor, "wb") as file:
            for chunk in chunks:
                digest.update(chunk)
                size += len(chunk)
                file.write(chunk)
            file.flush()
            os.fsync(file.fileno())
        yield Arrival(path, digest.hexdigest(), size)
    finally:
        path.unlink(missing_ok=True)


def place(sha256: str) -> Path:
    """Return where the file with that hash lies; two levels keep folders small."""
    return Path(settings.FILES_ROOT) / sha256[:2] / sha256[2:4] / sha256


def open_file(sha256: str) -> BinaryIO:
    """
    Return the file with that hash, open for reading.

    Errors: FileNotFoundError when it is not there.
    """
    return place(sha256).open("rb")


def remove(sha256: str) -> None:
    """Take the bytes away: only for what must not be kept, such as a secret."""
    path = place(sha256)
    path.unlink(missing_ok=True)
    if path.parent.exists():
        sync_folder(path.parent)


def sweep(*, known: Container[str], at: datetime) -> int:
    """Remove files older than a day that no row knows; return how many went."""
    root = Path(settings.FILES_ROOT)
    old = (at - SWEPT_AFTER).timestamp()
    removed = 0
    for pattern in (f"{ARRIVING}/*", "??/??/*"):
        for path in root.glob(pattern):
            if path.name not in known and path.stat().st_mtime < old:
                path.unlink(missing_ok=True)
                removed += 1
    return removed


def write_whole(path: Path, data: bytes) -> None:
    """Give the file these bytes: it is there whole, or as it was before."""
    make_folder(path.parent)
    descriptor, name = tempfile.mkstemp(dir=path.parent, suffix=".part")
    part = Path(name)
    try:
        with os.fdopen(descriptor, "wb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        os.replace(part, path)
    finally:
        part.unlink(missing_ok=True)
    sync_folder(path.parent)


def make_folder(folder: Path) -> None:
    """Make the folder and those above it, each entry on the disk."""
    if folder.exists():
        return
    make_folder(folder.parent)
    folder.mkdir(exist_ok=True)
    sync_folder(folder.parent)


def sync_folder(folder: Path) -> None:
    """Return when the names in this folder are on the disk."""
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
