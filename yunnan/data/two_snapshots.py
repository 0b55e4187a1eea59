"""Two published snapshots opened together, to read what changed from the older to the newer with queries/changes/.

The rows that differ are found once and kept in memory; all else is read from the files of both.
"""

import functools
from contextlib import AbstractContextManager
from dataclasses import dataclass
from threading import Lock

import duckdb
import pandas as pd

from yunnan.data import answer_cache, held_connections, queries, snapshot_connection, snapshots
from yunnan.data.snapshots import Snapshot

MOST_OPEN = 2  # pairs kept in memory: the rows that differ within half a year of the demo take some 60 MB
TURN = Lock()
KEPT = 8 << 20  # bytes of query results in the cache


@dataclass(frozen=True)
class Between:
    """Two snapshots, the newer (now) and the older (then); pages read them by the names of queries."""

    now: Snapshot
    then: Snapshot

    def table(self, name: str, **params: object) -> pd.DataFrame:
        """All rows of queries/<name>.sql; the caller may change the frame. Raises Damaged when files were changed."""
        return _run(self, name, tuple(sorted(params.items()))).copy()

    def row(self, name: str, **params: object):
        """The only row of queries/<name>.sql, columns as attributes. Raises ValueError unless there is one."""
        (row,) = self.table(name, **params).itertuples(index=False, name="Row")
        return row


def between(first: Snapshot, second: Snapshot) -> Between:
    """The two snapshots in the order of their as-of dates and revisions."""
    then, now = sorted((first, second), key=lambda snapshot: (snapshot.asof, snapshot.revision))
    return Between(now, then)


@answer_cache.kept(KEPT)
def _run(pair: Between, name: str, params: tuple) -> pd.DataFrame:
    with _reading(pair) as cursor:
        return snapshots.answer(cursor, queries.load(name).sql, dict(params))


def _reading(pair: Between) -> AbstractContextManager[duckdb.DuckDBPyConnection]:
    """A cursor that reads both snapshots. Raises Damaged if reading fails because files of one of them were changed."""
    with TURN:  # so that several callers at once wait for one comparison of the two snapshots
        connection = _held(pair).for_one_query()
    return snapshots.cursor(connection, pair.now.path, pair.then.path)


@functools.lru_cache(maxsize=MOST_OPEN)
def _held(pair: Between) -> held_connections.Held:
    newer, older, scope = pair.now.path, pair.then.path, pair.now.scope
    return held_connections.Held(
        lambda: snapshot_connection.opened_together(newer, older, scope, snapshots.RUN_TIME), newer, older
    )
