"""
Puts a whole test database back as it was.

Django empties every table after a test that commits. Here that would take the registry
with it, and the ledger refuses: its lines are only added. So the database is copied once
and copied back, below the reach of any trigger.
"""

import sqlite3
from contextlib import closing
from pathlib import Path

from django.db.backends.base.base import BaseDatabaseWrapper


class Snapshot:
    """A copy of one test database, taken when it is made."""

    def __init__(self, connection: BaseDatabaseWrapper) -> None:
        self.connection = connection
        self.name = str(connection.settings_dict["NAME"])
        self.copy = f"{self.name}_copy"
        if connection.vendor == "sqlite":
            self.pour(self.name, self.copy)
        else:
            self.clone(self.name, self.copy)

    def restore(self) -> None:
        """Make the database what it was; every connection to it is closed."""
        self.connection.close()
        if self.connection.vendor == "sqlite":
            self.pour(self.copy, self.name)
        else:
            self.clone(self.copy, self.name)

    def drop(self) -> None:
        """Remove the copy."""
        if self.connection.vendor == "sqlite":
            Path(self.copy).unlink(missing_ok=True)
        else:
            self.administer(f'DROP DATABASE IF EXISTS "{self.copy}" WITH (FORCE)')

    def pour(self, source: str, target: str) -> None:
        """Copy all pages of one SQLite file over another, through SQLite's own door."""
        with (
            closing(sqlite3.connect(source, timeout=10)) as full,
            closing(sqlite3.connect(target, timeout=10)) as other,
        ):
            full.backup(other)

    def clone(self, source: str, target: str) -> None:
        """Make one PostgreSQL database anew as a copy of another."""
        self.connection.close()
        self.administer(
            f'DROP DATABASE IF EXISTS "{target}" WITH (FORCE)',
            f'CREATE DATABASE "{target}" TEMPLATE "{source}"',
        )

    def administer(self, *statements: str) -> None:
        """Carry out statements from outside the database that they are about."""
        with self.connection._nodb_cursor() as cursor:
            for statement in statements:
                cursor.execute(statement)
