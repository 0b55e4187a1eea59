"""Two published snapshots opened together: what changed from the older to the newer. Reads queries/changes/.

What changed is worked out once and held in memory; all else is read from the files of both.
"""

import functools
from contextlib import AbstractContextManager
from dataclasses import dataclass
from threading import Lock

import duckdb
import pandas as pd

from yunnan.data import answer_cache, queries, snapshot_connection, snapshots
from yunnan.data.snapshots import Snapshot

MOST_OPEN = 2  # pairs held in memory: what changed in half a year of the demo takes some 60 MB
TURN = Lock()
KEPT = 8 << 20  # bytes of answers kept


@dataclass(frozen=True)
class Between:
    """What a page may ask of two snapshots: tables and rows, by query name."""

    now: Snapshot
    then: Snapshot

    def table(self, name: str, **params: object) -> pd.DataFrame:
        """All rows of queries/<name>.sql; the frame is the caller's own. Raises Damaged when files were changed."""
        return _run(self, name, tuple(sorted(params.items()))).copy()

    def row(self, name: str, **params: object):
        """The only row of queries/<name>.sql, columns as attributes. Raises ValueError unless there is one."""
        (row,) = self.table(name, **params).itertuples(index=False, name="Row")
        return row


def between(one: Snapshot, other: Snapshot) -> Between:
    """The two in the order of their days and revisions."""
    then, now = sorted((one, other), key=lambda snapshot: (snapshot.asof, snapshot.revision))
    return Between(now, then)


@answer_cache.kept(KEPT)
def _run(pair: Between, name: str, params: tuple) -> pd.DataFrame:
    with _reading(pair) as cursor:
        return snapshots.answer(cursor, queries.load(name).sql, dict(params))


def _reading(pair: Between) -> AbstractContextManager[duckdb.DuckDBPyConnection]:
    """A cursor on the two. Raises Damaged where files of one of them are why reading fails."""
    with TURN:  # several who come at once wait for one comparison of the two snapshots
        connection = _held(pair).for_one_query()
    return snapshots.cursor(connection, pair.now.path, pair.then.path)


@functools.lru_cache(maxsize=MOST_OPEN)
def _held(pair: Between) -> snapshots.Held:
    newer, older, scope = pair.now.path, pair.then.path, pair.now.scope
    return snapshots.Held(
        lambda: snapshot_connection.opened_together(newer, older, scope, snapshots.RUN_TIME), newer, older
    )
