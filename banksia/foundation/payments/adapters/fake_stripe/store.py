"""The fake's memory: one SQLite file, so that it survives a restart as the real service does."""

import json
import secrets
import sqlite3
import string
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, TypeAlias

from banksia.foundation.payments.adapters.fake_stripe.errors import no_such

Object: TypeAlias = dict[str, Any]

_SCHEMA = """
CREATE TABLE IF NOT EXISTS objects (
    seq INTEGER PRIMARY KEY AUTOINCREMENT,
    id TEXT NOT NULL UNIQUE,
    kind TEXT NOT NULL,
    created INTEGER NOT NULL,
    body TEXT NOT NULL
);
CREATE INDEX IF NOT EXISTS objects_by_kind ON objects (kind, seq);
CREATE TABLE IF NOT EXISTS idempotency (
    key TEXT PRIMARY KEY,
    request TEXT NOT NULL,
    status INTEGER NOT NULL,
    body TEXT NOT NULL
);
CREATE TABLE IF NOT EXISTS deliveries (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    event_id TEXT NOT NULL,
    position INTEGER NOT NULL,
    due_at REAL NOT NULL,
    attempts INTEGER NOT NULL DEFAULT 0,
    copies INTEGER NOT NULL DEFAULT 1,
    concurrent INTEGER NOT NULL DEFAULT 0,
    signing TEXT NOT NULL DEFAULT 'right',
    state TEXT NOT NULL DEFAULT 'pending',
    last_answer TEXT
);
CREATE INDEX IF NOT EXISTS deliveries_due ON deliveries (state, due_at, position);
CREATE TABLE IF NOT EXISTS faults (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    kind TEXT NOT NULL,
    remaining INTEGER NOT NULL,
    options TEXT NOT NULL
);
"""
_ALPHABET = string.ascii_letters + string.digits


def new_id(prefix: str, length: int = 24) -> str:
    """An id that looks like Stripe's: ``pi_3f...``."""
    return f"{prefix}_" + "".join(secrets.choice(_ALPHABET) for _ in range(length))


class Transaction:
    """Reads and writes of one request; nothing of it stays if the request fails."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self.sql = connection

    def get(self, identifier: str, kind: str | None = None) -> Object | None:
        """The object, or None when there is none of that kind."""
        row = self.sql.execute("SELECT kind, body FROM objects WHERE id = ?", (identifier,)).fetchone()
        if row is None or (kind is not None and row[0] != kind):
            return None
        loaded: Object = json.loads(row[1])
        return loaded

    def needed(self, identifier: str, kind: str, *, param: str = "id") -> Object:
        """The object; raises the provider's 404, naming the parameter that said so, when there is none of that kind."""
        found = self.get(identifier, kind)
        if found is None:
            raise no_such(kind, identifier, param=param)
        return found

    def put(self, thing: Object) -> Object:
        """Insert or replace by id."""
        self.sql.execute(
            "INSERT INTO objects (id, kind, created, body) VALUES (?, ?, ?, ?) "
            "ON CONFLICT (id) DO UPDATE SET body = excluded.body",
            (thing["id"], thing["object"], thing["created"], json.dumps(thing)),
        )
        return thing

    def newest_first(
        self, kind: str, *, created_from: int = 0, created_to: int | None = None, after: str | None = None
    ) -> Iterator[Object]:
        """Every object of a kind in the window of creation times (seconds, both ends included), older than `after`."""
        rows = self.sql.execute(
            "SELECT body FROM objects WHERE kind = ? AND created >= ? AND created <= ?"
            " AND seq < coalesce((SELECT seq FROM objects WHERE id = ?), 9223372036854775807) ORDER BY seq DESC",
            (kind, created_from, created_to if created_to is not None else 2**62, after),
        )
        for (body,) in rows:
            yield json.loads(body)


class Store:
    """The SQLite file, used by one writer at a time."""

    def __init__(self, path: Path) -> None:
        path.parent.mkdir(parents=True, exist_ok=True)
        self._lock = threading.Lock()
        self._connection = sqlite3.connect(path, check_same_thread=False, isolation_level=None, timeout=30)
        self._connection.execute("PRAGMA journal_mode = WAL")
        self._connection.execute("PRAGMA synchronous = FULL")
        self._connection.executescript(_SCHEMA)

    @contextmanager
    def transaction(self) -> Iterator[Transaction]:
        """All or nothing; serialised, so two clicks on Pay are one payment."""
        with self._lock:
            self._connection.execute("BEGIN IMMEDIATE")
            try:
                yield Transaction(self._connection)
            except BaseException:
                self._connection.execute("ROLLBACK")
                raise
            self._connection.execute("COMMIT")

    def close(self) -> None:
        """Release the file."""
        with self._lock:
            self._connection.close()
