"""A database that reads the tables of one snapshot as whoever looks may see them, and nothing else."""

from collections.abc import Sequence
from pathlib import Path

import duckdb

from yunnan.access.viewer import Scope
from yunnan.data import engine, queries, snapshot_folders

NEVER_OPENED = {"beneficiaries"}
# Read again and again and small: held in memory. The others are read from their files, column by column.
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


def opened(path: Path, scope: Scope, run_time: int, *, in_memory: bool) -> duckdb.DuckDBPyConnection:
    """A connection that reads this snapshot and nothing else, as the scope may see it; a query ends after run_time ms.

    in_memory: what is small and read by every page is copied; a file reads what it needs once.
    """
    tables = [t for t in snapshot_folders.manifest(path)["tables"] if t not in NEVER_OPENED]
    connection = engine.connect()
    files = {table: str((path / f"{table}.parquet").resolve()) for table in tables}
    engine.shut_in(connection, run_time, list(files.values()))
    connection.execute("create schema whole")
    for table, file in files.items():
        held = in_memory and scope is None and table in IN_MEMORY
        quoted = file.replace("'", "''")
        connection.execute(f"create {'table' if held else 'view'} whole.{table} as from read_parquet('{quoted}')")
    _narrow(connection, tables, scope)
    connection.execute(queries.load("views").sql)
    connection.execute("set lock_configuration = true")
    return connection


def _narrow(connection: duckdb.DuckDBPyConnection, tables: Sequence[str], scope: Scope) -> None:
    """Puts before the queries what may be seen of the whole tables: everything, or what queries/scope.sql leaves."""
    if scope is None:
        for table in tables:
            connection.execute(f"create view {table} as from whole.{table}")
        return
    connection.execute("create table scope (prefecture_code varchar primary key)")
    for code in sorted(scope):
        connection.execute("insert into scope values (?)", [code])
    connection.execute(queries.load("scope").sql)
