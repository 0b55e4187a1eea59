"""Two published snapshots opened together: what changed from the older to the newer. Reads queries/changes/.

Both are copied into memory as whoever looks may see them; the connection then reads no file at all.
"""

import functools
from dataclasses import dataclass
from threading import Lock

import duckdb
import pandas as pd
import pyarrow as pa

from yunnan.data import answer_cache, engine, queries, snapshots
from yunnan.data.snapshots import Snapshot

MOST_OPEN = 2  # pairs held in memory: of the demo each takes some 90 MB
TURN = Lock()
KEPT = 8 << 20  # bytes of answers kept
# The tables read from the older snapshot; of the newer one all are.
THEN = (
    *("funds", "activities", "reported_stats", "projects", "organizations"),
    *("snapshot_manifest", "indicator_values", "periods"),
)
EVENT_SUMS = pa.schema(
    dict.fromkeys(("indicator_code", "table_name", "stage", "source", "activity_types", "sums"), pa.string())
)


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
    with _open(pair).cursor() as cursor:  # one connection serves many threads only by cursors
        cursor.execute("begin transaction read only")
        try:
            return cursor.execute(queries.load(name).sql, dict(params)).df()
        finally:
            cursor.execute("rollback")


def _open(pair: Between) -> duckdb.DuckDBPyConnection:
    with TURN:  # several who come at once wait for one copy of the two snapshots
        return _held(pair)


@functools.lru_cache(maxsize=MOST_OPEN)
def _held(pair: Between) -> duckdb.DuckDBPyConnection:
    connection = engine.connect()
    engine.shut_in(connection, snapshots.RUN_TIME, [])
    connection.execute("create schema older")
    for table in pair.now.tables:
        _fill(connection, f"main.{table}", pair.now.whole(table))
    for table in THEN:
        _fill(connection, f"older.{table}", pair.then.whole(table))
    connection.execute("create schema whole")
    for table in snapshots.NAMED:
        _fill(connection, f"whole.{table}", pair.now.names(table))
    _fill(connection, "main.event_sums", pa.Table.from_pylist(queries.event_sums(), EVENT_SUMS))
    for script in ("views", "between"):
        connection.execute(queries.load(script).sql)
    connection.execute("set lock_configuration = true")
    return connection


def _fill(connection: duckdb.DuckDBPyConnection, table: str, rows: pa.Table) -> None:
    connection.register("incoming", rows)
    connection.execute(f"create table {table} as from incoming")
    connection.unregister("incoming")
