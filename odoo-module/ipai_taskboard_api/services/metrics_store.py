# Copyright 2025 Taskboard
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Counters that all worker processes of one machine share.

They are in a small SQLite file beside the filestore, and not in PostgreSQL: a
read is counted without making it a write, on a replica too. A count is there
for every worker as soon as it is made, and outlives the worker that made it.
"""

import logging
import os
import socket
import sqlite3
import threading
import time
from pathlib import Path

from odoo.tools import config

try:
    import fcntl
except ImportError:
    # Windows, where Odoo is one process.
    fcntl = None

_logger = logging.getLogger(__name__)

# Upper bounds of the histogram's buckets, in seconds; what is slower is beyond.
DURATIONS = (0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10)
ACTIVE_SECONDS = 300
_SCHEMA = (
    "CREATE TABLE IF NOT EXISTS requests (route TEXT, method TEXT, status INTEGER,"
    " bucket INTEGER, count INTEGER, seconds REAL, queries INTEGER,"
    " query_seconds REAL, PRIMARY KEY (route, method, status, bucket)) WITHOUT ROWID",
    "CREATE TABLE IF NOT EXISTS users (user_id INTEGER PRIMARY KEY, seen REAL)",
)
_stores = {}


def store(dbname):
    """This process's way to the counters of a database."""
    # A connection must not be carried over a fork.
    key = (os.getpid(), dbname)
    if key not in _stores:
        _stores.setdefault(key, MetricsStore(_folder() / _file_name(dbname)))
    return _stores[key]


def forget(dbname):
    """Remove the counters of a database, of whichever machine."""
    _stores.pop((os.getpid(), dbname), None)
    for path in _folder().glob(f"{dbname}@*"):
        path.unlink(missing_ok=True)


def _folder():
    return Path(config["data_dir"]) / "taskboard_metrics"


def _file_name(dbname):
    # The data folder may be shared over a network, where SQLite's locks do not
    # hold; so each machine has a file of its own. The number is the schema's.
    return f"{dbname}@{socket.gethostname()}.1.sqlite3"


class MetricsStore:
    """The counters in one file; for all threads of a process."""

    def __init__(self, path):
        self._path = path
        self._lock = threading.Lock()
        self._connection = None

    def record(self, route, method, status, seconds, queries, query_seconds, user_id):
        """Count one request; a failure is logged and breaks nothing."""
        bucket = sum(seconds > bound for bound in DURATIONS)
        request = (route, method, status, bucket, seconds, queries, query_seconds)
        try:
            with self._lock, self._transaction() as connection:
                connection.execute(
                    "INSERT INTO requests VALUES (?, ?, ?, ?, 1, ?, ?, ?)"
                    " ON CONFLICT DO UPDATE SET count = count + 1,"
                    " seconds = seconds + excluded.seconds,"
                    " queries = queries + excluded.queries,"
                    " query_seconds = query_seconds + excluded.query_seconds",
                    request,
                )
                if user_id:
                    connection.execute(
                        "INSERT INTO users VALUES (?, ?)"
                        " ON CONFLICT DO UPDATE SET seen = excluded.seen",
                        (user_id, time.time()),
                    )
        except (OSError, sqlite3.Error):
            _logger.warning("A request could not be counted", exc_info=True)

    def requests(self):
        """All rows, in order: (route, method, status, bucket, count, seconds,
        queries, query seconds)."""
        with self._lock, self._transaction() as connection:
            return connection.execute(
                "SELECT * FROM requests ORDER BY route, method, status, bucket"
            ).fetchall()

    def active_users(self):
        """How many users had a request answered in the last five minutes."""
        since = time.time() - ACTIVE_SECONDS
        with self._lock, self._transaction() as connection:
            [count] = connection.execute(
                "SELECT count(*) FROM users WHERE seen > ?", (since,)
            ).fetchone()
            return count

    def _transaction(self):
        """The connection, as the context manager that commits or rolls back."""
        if self._connection is None:
            self._connection = self._open()
        return self._connection

    def _open(self):
        self._path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        # In turn: SQLite refuses two changes to a write-ahead log at a time.
        with open(self._path.parent / "lock", "w") as lock:
            if fcntl:
                fcntl.flock(lock, fcntl.LOCK_EX)
            connection = sqlite3.connect(self._path, check_same_thread=False)
            connection.execute("PRAGMA journal_mode = WAL")
            # Safe with a write-ahead log, and waits for no disk.
            connection.execute("PRAGMA synchronous = NORMAL")
            for statement in _SCHEMA:
                connection.execute(statement)
        return connection
