"""A published snapshot, opened for reading. The only module of the dashboard that opens data/snapshots/.

    data/snapshots/2019-12-31.r2/<table>.parquet + manifest.json

A snapshot folder never changes after it is published, so path and scope are the whole cache key.
"""

import functools
import hashlib
import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import duckdb
import pandas as pd

from yunnan import queries, settings
from yunnan.access import WHOLE_PROVINCE, Scope

ID = re.compile(r"\d{4}-\d{2}-\d{2}\.r\d+")
# Person rows stay on disk: a page sees people only through people_counts, which is suppressed at publication.
NEVER_OPENED = {"beneficiaries"}
# Read again and again and small: held in memory. The others are read from their files, column by column.
IN_MEMORY = {
    "indicator_values",
    "people_counts",
    "scores",
    "periods",
    "regions",
    "indicators",
    "published_figures",
}


class NoSnapshot(Exception):
    """There is no such published snapshot."""


class Damaged(Exception):
    """A snapshot's files are not those its manifest names."""


@dataclass(frozen=True)
class Snapshot:
    """What a page may ask of the data: tables and rows, by query name."""

    path: Path
    scope: Scope = WHOLE_PROVINCE

    @property
    def id(self) -> str:
        """'2019-12-31.r2'."""
        return self.path.name

    @property
    def asof(self) -> str:
        """The day the data is true for, '2019-12-31'."""
        return self.id.partition(".")[0]

    @property
    def revision(self) -> int:
        """1 for the first publication of that day, more for corrections."""
        return int(self.id.partition(".r")[2])

    @property
    def manifest(self) -> dict:
        """What was written at publication: rows, hashes, control totals, warnings."""
        return _manifest(self.path)

    def table(self, name: str, **params: object) -> pd.DataFrame:
        """All rows of queries/<name>.sql; the frame is the caller's own.

        DuckDB refuses a parameter the SQL does not use and one it lacks, so no figure can ignore a filter.
        Raises KeyError for a query that is only run at publication, Damaged when files were changed.
        """
        if name.partition("/")[0] in queries.BACK_OF_HOUSE:
            raise KeyError(f"{name} is run at publication, not on a snapshot")
        frozen = tuple((k, tuple(v) if isinstance(v, list) else v) for k, v in sorted(params.items()))
        return _run(self.path, self.scope, name, frozen).copy()

    def row(self, name: str, **params: object):
        """The only row of queries/<name>.sql, columns as attributes. Raises ValueError unless there is one."""
        (row,) = self.table(name, **params).itertuples(index=False, name="Row")
        return row

    def __repr__(self) -> str:
        return f"Snapshot({self.id})"


def published() -> list[str]:
    """Ids of all published snapshots, newest first."""
    folder = settings.snapshots_dir()
    found = [p.parent.name for p in folder.glob("*/manifest.json") if ID.fullmatch(p.parent.name)]
    return sorted(found, key=lambda i: (i.partition(".")[0], int(i.partition(".r")[2])), reverse=True)


def find(snapshot_id: str, scope: Scope = WHOLE_PROVINCE) -> Snapshot:
    """The snapshot of that id, its files checked against their hashes. Raises NoSnapshot, Damaged."""
    path = settings.snapshots_dir() / snapshot_id
    if not ID.fullmatch(snapshot_id) or not (path / "manifest.json").is_file():
        raise NoSnapshot(f"没有编号为 {snapshot_id} 的快照")
    _open(path, scope)
    return Snapshot(path, scope)


def damage(path: Path) -> Iterator[str]:
    """One sentence per file that is missing or is not the one published."""
    for table, facts in _manifest(path)["tables"].items():
        file = path / f"{table}.parquet"
        if not file.is_file():
            yield f"缺少文件 {file.name}"
        elif hashlib.sha256(file.read_bytes()).hexdigest() != facts["sha256"]:
            yield f"文件 {file.name} 的内容与发布时不一致"


def dictionary() -> pd.DataFrame:
    """Table, its grain, column, type and meaning, as queries/schema.sql states them."""
    with duckdb.connect() as memory:
        memory.execute(queries.load("schema").sql)
        return memory.execute(
            "select t.table_name, t.comment as table_comment, c.column_name,"
            " if(starts_with(c.data_type, 'ENUM'), 'ENUM', c.data_type) as data_type, c.comment"
            " from duckdb_columns() c join duckdb_tables() t using (table_oid)"
            " order by t.table_oid, c.column_index"
        ).df()


def _manifest(path: Path) -> dict:
    try:
        return json.loads((path / "manifest.json").read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:
        raise Damaged(f"快照 {path.name} 的清单 manifest.json 无法读取") from error


@functools.lru_cache(maxsize=1024)
def _run(path: Path, scope: Scope, name: str, params: tuple) -> pd.DataFrame:
    # Keyed by the snapshot's folder, which never changes: nothing to invalidate.
    bound = {k: list(v) if isinstance(v, tuple) else v for k, v in params}
    sql = queries.load(name).sql
    with _open(path, scope).cursor() as cursor:  # one connection serves many threads only by cursors
        cursor.execute("begin transaction read only")
        try:
            return cursor.execute(sql, bound).df()
        finally:
            cursor.execute("rollback")


@functools.lru_cache(maxsize=16)
def _open(path: Path, scope: Scope) -> duckdb.DuckDBPyConnection:
    if found := list(damage(path)):
        raise Damaged(f"快照 {path.name} 已损坏：{'；'.join(found)}")
    tables = [t for t in _manifest(path)["tables"] if t not in NEVER_OPENED]
    connection = duckdb.connect(":memory:", config={"threads": settings.THREADS})
    _lock(connection, [str((path / f"{table}.parquet").resolve()) for table in tables])
    for table in tables:
        _expose(connection, table, str((path / f"{table}.parquet").resolve()), scope)
    connection.execute(queries.load("views").sql)
    connection.execute("set lock_configuration = true")
    return connection


def _lock(connection: duckdb.DuckDBPyConnection, files: list[str]) -> None:
    """Nothing but these files can be read, and nothing written. The order is forced: see docs/decisions.md."""
    connection.execute(f"set memory_limit = '{settings.MEMORY_LIMIT}'")
    connection.execute("set temp_directory = ''")
    connection.execute("set global max_execution_time = 10000")  # ms; a plain SET does not reach cursors
    connection.execute("set autoinstall_known_extensions = false")
    connection.execute("set autoload_known_extensions = false")
    connection.execute("set global python_enable_replacements = false")
    quoted = ", ".join("'" + file.replace("'", "''") + "'" for file in files)
    connection.execute(f"set allowed_paths = [{quoted}]")
    connection.execute("set enable_external_access = false")


def _expose(connection: duckdb.DuckDBPyConnection, table: str, file: str, scope: Scope) -> None:
    quoted = file.replace("'", "''")
    source = f"read_parquet('{quoted}')"
    columns = [c for c, *_ in connection.execute(f"describe from {source}").fetchall()]
    seen = f"select * from {source}"
    if scope is not None and "prefecture_code" in columns and table not in ("prefectures", "counties", "regions"):
        codes = ", ".join(f"'{code}'" for code in sorted(scope) if re.fullmatch(r"53\d{4}", code))
        # Rows without a prefecture are the province's published totals.
        own = f"prefecture_code in ({codes})" if codes else "false"
        seen += f" where {own} or (prefecture_code is null and {str(table in IN_MEMORY).lower()})"
    kind = "table" if table in IN_MEMORY else "view"
    connection.execute(f"create {kind} {table} as {seen}")
