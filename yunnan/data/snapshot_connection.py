"""Connections that can read the tables of one or two snapshots, within a viewer's scope, and nothing else."""

from collections.abc import Collection, Sequence
from pathlib import Path

import duckdb
import pyarrow as pa

from yunnan.access.viewer import Scope
from yunnan.data import contract, due_dates, engine, queries, snapshot_folders

NEVER_OPENED = {"beneficiaries"}
# Small tables that every page reads are copied into memory. The others are read from their files, column by column.
IN_MEMORY = {
    "indicator_values",
    "people_counts",
    "people_reached",
    "scores",
    "periods",
    "regions",
    "indicators",
    "published_figures",
}
# Small views that many queries of pages name, each after those it is made of. DuckDB puts a view together anew in each
# query that names it, and that takes longer than all the rest.
KEPT_VIEWS = ("place_names", "returns_checked", "returns_awaited")

EVENT_SUMS = pa.schema(
    dict.fromkeys(("indicator_code", "table_name", "stage", "source", "activity_types", "sums"), pa.string())
)


def opened(path: Path, scope: Scope, run_time: int, *, in_memory: bool) -> duckdb.DuckDBPyConnection:
    """A connection that can read only this snapshot, within the scope; a query ends after run_time ms.

    in_memory: copies the tables IN_MEMORY, for pages; a file reads each table only once. Raises OtherContract.
    """
    contract.refuse_other(path)
    connection = engine.connect()
    engine.shut_in(connection, run_time, list(_files(path).values()))
    _show(connection, path, scope, IN_MEMORY if in_memory and scope is None else set())
    connection.execute(queries.load("views").sql)
    due_dates.settle(connection, snapshot_folders.manifest(path))
    if in_memory:
        _keep_views(connection)
    connection.execute("set lock_configuration = true")
    return connection


def _keep_views(connection: duckdb.DuckDBPyConnection) -> None:
    """Put the rows of KEPT_VIEWS in their place."""
    for view in KEPT_VIEWS:
        connection.execute(f"create table rows_of_view as from {view}")
        connection.execute(f"drop view {view}")
        connection.execute(f"alter table rows_of_view rename to {view}")


def opened_together(newer: Path, older: Path, scope: Scope, run_time: int) -> duckdb.DuckDBPyConnection:
    """A connection that can read only these two snapshots, within the scope, and the rows that differ between them.

    The newer one's tables have their own names, the older one's are in a database named older. Only the rows that
    differ are copied (queries/between.sql): copying both snapshots took 220 MB and twice the time. Raises
    OtherContract.
    """
    contract.refuse_other(newer, older)
    connection = engine.connect()
    connection.execute("attach ':memory:' as older")
    engine.shut_in(connection, run_time, [*_files(newer).values(), *_files(older).values()])
    for database, path in (("older", older), ("memory", newer)):
        connection.execute(f"use {database}")
        _show(connection, path, scope, set())
    connection.register("incoming", pa.Table.from_pylist(queries.event_sums(), EVENT_SUMS))
    connection.execute("create table event_sums as from incoming")
    connection.unregister("incoming")
    for script in ("views", "between"):
        connection.execute(queries.load(script).sql)
    due_dates.settle(connection, snapshot_folders.manifest(newer))
    connection.execute("set lock_configuration = true")
    return connection


def _files(path: Path) -> dict[str, str]:
    """{table: file} of a snapshot's tables, without those that are never opened."""
    tables = snapshot_folders.manifest(path)["tables"]
    return {table: str((path / f"{table}.parquet").resolve()) for table in tables if table not in NEVER_OPENED}


def _show(connection: duckdb.DuckDBPyConnection, path: Path, scope: Scope, copied: Collection[str]) -> None:
    """Create a snapshot's tables in the database in use, limited to the scope; copied: tables to copy into memory."""
    connection.execute("create schema whole")
    for table, file in _files(path).items():
        quoted = file.replace("'", "''")
        kind = "table" if table in copied else "view"
        connection.execute(f"create {kind} whole.{table} as from read_parquet('{quoted}')")
    _narrow(connection, list(_files(path)), scope)


def _narrow(connection: duckdb.DuckDBPyConnection, tables: Sequence[str], scope: Scope) -> None:
    """Create the views that queries read: of the whole tables, or of the part that queries/scope.sql leaves."""
    if scope is None:
        for table in tables:
            connection.execute(f"create view {table} as from whole.{table}")
        return
    connection.execute("create table scope (prefecture_code varchar primary key)")
    for code in sorted(scope):
        connection.execute("insert into scope values (?)", [code])
    connection.execute(queries.load("scope").sql)
