"""Answers of services kept on disk: a request's key in, the stored reply out, until it is too old.

One SQLite file, safe for several threads and processes.  Failures are never stored.  The cache is a convenience:
where its folder cannot be written, or the file is damaged, the run goes on without what it held.
"""

from __future__ import annotations

import sqlite3
import threading
import time
import zlib
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from ..folders import cache_folder

FILE = "http.sqlite3"
_FORM = 1
_LARGEST = 256 * 2**20
_SCHEMA = """
CREATE TABLE IF NOT EXISTS replies (
  key TEXT PRIMARY KEY, status INTEGER NOT NULL, type TEXT NOT NULL, body BLOB NOT NULL,
  day TEXT NOT NULL, stored REAL NOT NULL, expires REAL NOT NULL) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS pace (service TEXT PRIMARY KEY, free REAL NOT NULL) WITHOUT ROWID;
"""


@dataclass(frozen=True, slots=True)
class Reply:
    """What a service sent: HTTP status, body (decompressed), content type, and the day (ISO 8601) it was sent."""

    status: int
    body: bytes
    content_type: str = ""
    day: str = ""


def cache_file() -> Path:
    """The file of the cache: in ``CITENORM_CACHE_DIR``, else in the user's cache folder of this system."""
    return cache_folder() / FILE


class Cache:
    """An open cache.  ``path=None`` keeps everything in memory, for this run alone."""

    def __init__(self, path: Path | None = None, clock: Callable[[], float] = time.time) -> None:
        self._clock = clock
        self._lock = threading.Lock()
        self.path = path
        self._base: sqlite3.Connection | None = _open(path) if path is not None else None
        if self._base is None:
            self.path = None
            self._base = _connect(":memory:")

    def get(self, key: str) -> Reply | None:
        """The reply stored for a key, None where there is none or it is too old."""
        row = self._run(
            "SELECT status, body, type, day FROM replies WHERE key = ? AND expires > ?",
            key,
            self._clock(),
        )
        if row is None:
            return None
        try:
            return Reply(int(row[0]), zlib.decompress(row[1]), str(row[2]), str(row[3]))
        except (zlib.error, TypeError, ValueError):
            return None

    def put(self, key: str, reply: Reply, lifetime: float) -> None:
        """Store a reply for ``lifetime`` seconds, replacing what was there."""
        now = self._clock()
        row = (
            key,
            reply.status,
            reply.content_type,
            zlib.compress(reply.body),
            reply.day,
            now,
            now + lifetime,
        )
        self._run("INSERT OR REPLACE INTO replies VALUES (?, ?, ?, ?, ?, ?, ?)", *row)

    def reserve(self, service: str, interval: float) -> float:
        """Take the next free moment to ask a service, shared by every process on this cache: seconds to wait for it."""
        now = self._clock()
        with self._lock:
            if self._base is None:
                return 0.0
            try:
                self._base.execute("BEGIN IMMEDIATE")
                row = self._base.execute(
                    "SELECT free FROM pace WHERE service = ?", (service,)
                ).fetchone()
                free = float(row[0]) if row else now
                # A moment far ahead is the work of a clock that was set back, not of a queue.
                turn = now if free - now > 600 else max(now, free)
                self._base.execute(
                    "INSERT OR REPLACE INTO pace VALUES (?, ?)", (service, turn + interval)
                )
                self._base.execute("COMMIT")
            except sqlite3.Error:
                _undo(self._base)
                return 0.0
        return turn - now

    def close(self) -> None:
        """Drop what is too old (and the oldest beyond 256 MB), and close."""
        self._run("DELETE FROM replies WHERE expires <= ?", self._clock())
        row = self._run("SELECT coalesce(sum(length(body)), 0) FROM replies")
        if row is not None and row[0] > _LARGEST:
            self._run(
                "DELETE FROM replies WHERE key IN (SELECT key FROM replies ORDER BY stored LIMIT (SELECT count(*) / 4 FROM replies))"
            )
        with self._lock:
            if self._base is not None:
                self._base.close()
                self._base = None

    def _run(self, statement: str, *values: object) -> tuple[Any, ...] | None:
        """One statement, one row back; a cache that fails is a cache that holds nothing."""
        with self._lock:
            if self._base is None:
                return None
            try:
                row: tuple[Any, ...] | None = self._base.execute(statement, values).fetchone()
                return row
            except sqlite3.Error:
                return None


def info(path: Path | None = None) -> dict[str, str | int]:
    """What the cache at ``path`` (default: the user's) holds; nothing is created.

    ``file``, ``answers``, ``bytes`` on disk, ``too old``, and the days (ISO 8601) of the first and the last answer.
    """
    path = path or cache_file()
    held: dict[str, str | int] = {
        "file": str(path),
        "answers": 0,
        "bytes": 0,
        "too old": 0,
        "first": "",
        "last": "",
    }
    if not path.is_file():
        return held
    held["bytes"] = path.stat().st_size
    base = None
    try:
        base = _connect(str(path))
        query = "SELECT count(*), coalesce(sum(expires <= ?), 0), coalesce(min(day), ''), coalesce(max(day), '') FROM replies"
        row = base.execute(query, (time.time(),)).fetchone()
        held |= zip(("answers", "too old", "first", "last"), row, strict=True)
    except sqlite3.Error:
        pass
    finally:
        if base is not None:
            base.close()
    return held


def clear(path: Path | None = None) -> int:
    """Forget every stored reply (the pace of the services is kept); the number forgotten."""
    path = path or cache_file()
    held = info(path)
    if not path.is_file():
        return 0
    base = None
    try:
        base = _connect(str(path))
        base.execute("DELETE FROM replies")
        base.execute("VACUUM")
    except sqlite3.Error:
        _remove(path)
    finally:
        if base is not None:
            base.close()
    return int(held["answers"])


def _open(path: Path) -> sqlite3.Connection | None:
    """The file opened for use, made anew once where it is damaged or of another form; None where that fails."""
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
    except OSError:
        return None
    for attempt in range(5):
        try:
            return _connect(str(path))
        except sqlite3.OperationalError as error:
            if "locked" not in str(error):
                return None
            # Another process is making the file; it takes milliseconds.
            time.sleep(0.05 * (attempt + 1))
        except sqlite3.DatabaseError:
            if not _remove(path):
                return None
    return None


def _connect(name: str) -> sqlite3.Connection:
    base = sqlite3.connect(name, timeout=10.0, isolation_level=None, check_same_thread=False)
    try:
        form = base.execute("PRAGMA user_version").fetchone()[0]
        if form not in (0, _FORM):
            raise sqlite3.DatabaseError("a cache of another form")
        base.execute("PRAGMA journal_mode = WAL")
        base.execute("PRAGMA synchronous = NORMAL")
        if not form:
            base.executescript(_SCHEMA)
            base.execute(f"PRAGMA user_version = {_FORM}")
        # A reading finds damage that opening does not.
        base.execute("SELECT count(*) FROM pace").fetchone()
    except BaseException:
        base.close()
        raise
    return base


def _undo(base: sqlite3.Connection) -> None:
    try:
        if base.in_transaction:
            base.execute("ROLLBACK")
    except sqlite3.Error:
        pass


def _remove(path: Path) -> bool:
    try:
        for name in (path, path.with_name(path.name + "-wal"), path.with_name(path.name + "-shm")):
            name.unlink(missing_ok=True)
    except OSError:
        return False
    return True
