"""Connections to snapshots that are kept open, while their files are those that were published."""

import functools
import os
import weakref
from collections.abc import Callable
from contextlib import ExitStack
from pathlib import Path

import duckdb

from yunnan.data import snapshot_folders
from yunnan.data.snapshot_folders import Damaged, damage

# Queries of one connection: until it is closed, DuckDB keeps some kilobytes of each query, 40 MB after 8,000.
MOST_QUERIES = 1_000


def check(path: Path) -> None:
    """Raises Damaged unless the files are as published; they are only read again after a change of their metadata."""
    if faults := _faults(path, snapshot_folders.state(path)):
        raise Damaged(path.name, f"已损坏：{'；'.join(faults)}")


@functools.lru_cache(maxsize=256)
def _faults(path: Path, _state: tuple) -> tuple[str, ...]:
    return tuple(damage(path))


class Held:
    """A connection that is kept open and replaced after MOST_QUERIES; readers of the old one can finish."""

    def __init__(self, make: Callable[[], duckdb.DuckDBPyConnection], *paths: Path) -> None:
        self.make, self.paths = make, paths
        self.connection, self.queries = self._leased(), 0

    def for_one_query(self) -> duckdb.DuckDBPyConnection:
        """The connection, to be used for one query. Raises NoSnapshot or Damaged if it cannot be replaced."""
        if self.queries >= MOST_QUERIES:
            self.connection, self.queries = self._leased(), 0
        self.queries += 1
        return self.connection

    def _leased(self) -> duckdb.DuckDBPyConnection:
        """A new connection, with a lease on each of its snapshots that ends with the connection."""
        with ExitStack() as leases:
            for path in self.paths:
                leases.callback(os.close, snapshot_folders.lease(path))
                check(path)
            connection = self.make()
            weakref.finalize(connection, leases.pop_all().close)
        return connection
