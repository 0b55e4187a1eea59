"""A published snapshot, opened for reading. The only module of the dashboard that opens data/snapshots/.

A snapshot folder never changes after it is published, so path and scope are the whole key of the caches. If its files
were changed all the same, reading it raises Damaged until they are again those that were published.
"""

import functools
from collections.abc import Iterator, Sequence
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass
from pathlib import Path
from threading import Lock

import duckdb
import pandas as pd
import pyarrow as pa

from yunnan import settings
from yunnan.access.viewer import WHOLE_PROVINCE, Scope
from yunnan.data import (
    answer_cache,
    engine,
    held_connections,
    queries,
    query_clauses,
    snapshot_connection,
    snapshot_folders,
)
from yunnan.data.held_connections import Held
from yunnan.data.snapshot_connection import NEVER_OPENED
from yunnan.data.snapshot_folders import Damaged, NoSnapshot, Unlisted, damage, published
from yunnan.words import wording
from yunnan.words.geography import PROVINCE
from yunnan.words.stage_words import Stage, stage_of

__all__ = ["Damaged", "NoSnapshot", "Snapshot", "Unlisted", "damage", "find", "published"]

# Rows about persons are never opened: pages see persons only through people_counts, suppressed at publication.
RUN_TIME, EXPORT_TIME = 10_000, 600_000  # ms that may pass: for a page's query; for a file, at its reader's pace
MOST_OPEN = 48  # connections kept open: one for pages and one for files of the province and each prefecture, and more
ROWS = 1024  # single rows that are kept, some 400 bytes each
KEPT = 16 << 20  # bytes of query results in the cache; a page of the demo reads some 100 KB
TURNS = [Lock() for _ in range(16)]
RUN, BATCH = 60_000, 2_000  # rows of a file that are sorted at once; rows of these that are text in memory at once


@dataclass(frozen=True)
class Snapshot:
    """A published snapshot within a viewer's scope; pages read it by the names of queries."""

    path: Path
    scope: Scope = WHOLE_PROVINCE

    @property
    def id(self) -> str:
        """'2019-12-31.r2'."""
        return self.path.name

    @property
    def asof(self) -> str:
        """The as-of date of the data, '2019-12-31'."""
        return self.id.partition(".")[0]

    @property
    def revision(self) -> int:
        """1 for the first publication of that as-of date, 2 and more for corrections."""
        return int(self.id.partition(".r")[2])

    @property
    def sees_all(self) -> bool:
        """Whether it shows the whole province."""
        return self.scope is None

    @property
    def is_synthetic(self) -> bool:
        """Whether the data are the demo's."""
        return self.manifest["is_synthetic"]

    @property
    def nature(self) -> str:
        """The kind of data in words: '演示数据（合成）…' or '正式数据'."""
        return wording.DEMO if self.is_synthetic else "正式数据"

    @property
    def stage(self) -> Stage:
        """The stage of the work in which its as-of date is, with the words it uses."""
        return stage_of(snapshot_folders.manifest(self.path).get("stage"))

    @property
    def title(self) -> str:
        """What the dashboard is called while it shows this snapshot."""
        return settings.TITLE or self.stage.title

    @property
    def manifest(self) -> dict:
        """The manifest; without source files and control totals for a viewer who may not see the whole province."""
        facts = snapshot_folders.manifest(self.path)
        return facts if self.sees_all else facts | {"source_files": [], "control_totals": {}}

    def table(self, name: str, **params: object) -> pd.DataFrame:
        """All rows of queries/<name>.sql; the caller may change the frame.

        DuckDB refuses a parameter too many or too few, so that no figure can ignore a filter.
        Raises KeyError for a query that is only run at publication, Damaged when files were changed.
        """
        if name.partition("/")[0] in queries.BACK_OF_HOUSE:
            raise KeyError(f"{name} is run at publication, not on a snapshot")
        return _run(self.path, self.scope, name, _frozen(params)).copy()

    def page(self, name: str, *, size: int, start: int = 0, order: str = "", **params: object) -> pd.DataFrame:
        """At most size rows of queries/<name>.sql from row start (0) on.

        order: a column, '-column' for descending, '' for the query's own order.
        """
        inner = "{unordered}" if order else "{}"
        whole = f"select * from (\n{inner}\n){query_clauses.ordered(name, order)} limit $page_size offset $page_start"
        return _run(self.path, self.scope, name, _frozen(params | {"page_size": size, "page_start": start}), whole)

    def total(self, name: str, sums: Sequence[str] = ("num", "den"), **params: object):
        """A row about all rows of queries/<name>.sql: their number (rows) and the sum of each column in sums.

        A sum is null where the column has no value.
        """
        totals = _run(self.path, self.scope, name, _frozen(params), query_clauses.totals(name, sums))
        (row,) = totals.itertuples(index=False, name="Row")
        return row

    def counts(self, name: str, columns: Sequence[str], **params: object) -> dict[str, dict[str, int]]:
        """{column: {value: number of rows}} of queries/<name>.sql, most rows first; a list counts once per value."""
        value_counts = _run(self.path, self.scope, name, _frozen(params), query_clauses.counts(name, columns))
        return {part: dict(zip(rows.value, rows.rows, strict=True)) for part, rows in value_counts.groupby("part")}

    def lines(
        self, name: str, columns: Sequence[str], *, end: str, order: str = "", **params: object
    ) -> Iterator[bytes]:
        """The rows of queries/<name>.sql as lines of CSV in UTF-8, each with end as its end, in batches of many lines.

        They are never all in memory at once. DuckDB writes the lines, not Python, so that other readers need not wait.
        """
        for batch in self._batches(name, query_clauses.line(name, columns), order, params, line_end=end):
            yield engine.as_it_lies(batch.column(0))

    def rows(self, name: str, columns: Sequence[str], *, order: str = "", **params: object) -> Iterator[list[tuple]]:
        """The rows of queries/<name>.sql as tuples of typed values, in batches; never all in memory at once."""
        for batch in self._batches(
            name, ", ".join(query_clauses.column(name, column) for column in columns), order, params
        ):
            yield list(zip(*(column.to_pylist() for column in batch.columns), strict=True))

    def _batches(self, name: str, select_list: str, order: str, params: dict, **more: str) -> Iterator[pa.RecordBatch]:
        query = queries.load(name).unordered if order else queries.load(name).sql
        for part, ends in self._parts(name, order, params):
            sql = f"select {select_list} from (\n{query}\n) where {part}{query_clauses.ordered(name, order)}"
            with _reading(self.path, self.scope, EXPORT_TIME) as cursor:
                yield from cursor.sql(sql, params=params | ends | more).to_arrow_reader(BATCH)

    def _parts(self, name: str, order: str, params: dict) -> Iterator[tuple[str, dict]]:
        """(condition, its parameters) of each run of rows: a million rows sorted at once would fill the memory.

        A run has some RUN rows; equal values of the first column of the order are never split between two runs.
        """
        by = order or queries.load(name).header.get("order", "")
        if not by or self.total(name, (), **params).rows <= RUN:
            yield "true", {}
            return
        column, way = query_clauses.column(name, by.removeprefix("-")), "desc" if by.startswith("-") else "asc"
        unordered_sql = queries.load(name).unordered
        sql = f"select {column}, count(*) from (\n{unordered_sql}\n) group by all order by 1 {way} nulls last"
        with _reading(self.path, self.scope, EXPORT_TIME) as cursor:
            values = cursor.execute(sql, params).fetchall()
        for run in query_clauses.runs([(value, rows) for value, rows in values if value is not None], RUN):
            yield f"{column} between $run_low and $run_high", {"run_low": min(run), "run_high": max(run)}
        if values[-1][0] is None:
            yield f"{column} is null", {}

    def feedback(self, batch: str) -> bytes | None:
        """The feedback workbook of a return, whole; None if there is none or it is of a place outside the scope."""
        if batch not in self.manifest.get("feedback", {}) or self.table("returns/feedback", batch=batch).empty:
            return None
        return (self.path / "feedback" / f"{batch}.xlsx").read_bytes()

    @property
    def tables(self) -> list[str]:
        """The tables that may be opened."""
        return [table for table in self.manifest["tables"] if table not in NEVER_OPENED]

    def whole(self, table: str) -> pa.Table:
        """All rows of a table within the viewer's scope. Raises KeyError for one that may not be opened."""
        if table not in self.tables:
            raise KeyError(f"{table} is not opened")
        with _reading(self.path, self.scope) as cursor:
            return cursor.sql(f"from {table}").to_arrow_table()

    def row(self, name: str, **params: object):
        """The only row of queries/<name>.sql, columns as attributes. Raises ValueError unless there is one."""
        return _only_row(self, name, _frozen(params))

    def read_anew(self) -> None:
        """Run two queries of the first page without the cache. Raises whatever keeps the page from being drawn."""
        period = _run.make(self.path, self.scope, "frame/periods", ()).period.iloc[0]
        for name in ("values/of_place", "funds/by_source"):
            _run.make(self.path, self.scope, name, _frozen({"period": period, "place": PROVINCE}))

    def __repr__(self) -> str:
        return f"Snapshot({self.id})"


def find(snapshot_id: str, scope: Scope = WHOLE_PROVINCE) -> Snapshot:
    """The snapshot of that id, its files checked against their hashes. Raises NoSnapshot, Damaged."""
    path = snapshot_folders.path_of(snapshot_id)
    _open(path, scope)
    held_connections.check(path)  # also what has been open for long: its files may have been damaged since
    return Snapshot(path, scope)


def _frozen(params: dict) -> tuple:
    return tuple((k, tuple(v) if isinstance(v, list) else v) for k, v in sorted(params.items()))


@functools.lru_cache(maxsize=ROWS)
def _only_row(snapshot: Snapshot, name: str, params: tuple):
    (row,) = snapshot.table(name, **dict(params)).itertuples(index=False, name="Row")
    return row


@answer_cache.kept(KEPT)
def _run(path: Path, scope: Scope, name: str, params: tuple, whole: str = "{}") -> pd.DataFrame:
    # The key has the snapshot's folder, which never changes, so no result in the cache can become wrong.
    bound = {k: list(v) if isinstance(v, tuple) else v for k, v in params}
    query = queries.load(name)
    sql = whole.format(query.sql, unordered=query.unordered)
    with _reading(path, scope) as cursor:
        return answer(cursor, sql, bound)


@contextmanager
def cursor(connection: duckdb.DuckDBPyConnection, *paths: Path) -> Iterator[duckdb.DuckDBPyConnection]:
    """A cursor of the connection, since several threads cannot share the connection itself.

    Raises Damaged if reading fails because the files in paths were changed.
    """
    for path in paths:
        held_connections.check(path)
    with connection.cursor() as child:
        try:
            yield child
        except duckdb.Error:
            for path in paths:
                held_connections.check(path)
            raise


def answer(cursor: duckdb.DuckDBPyConnection, sql: str, params: dict) -> pd.DataFrame:
    """The rows that a query returns, run in a transaction that cannot write."""
    cursor.execute("begin transaction read only")
    try:
        return cursor.execute(sql, params).df()
    finally:
        cursor.execute("rollback")


def _reading(path: Path, scope: Scope, run_time: int = RUN_TIME) -> AbstractContextManager[duckdb.DuckDBPyConnection]:
    return cursor(_open(path, scope, run_time), path)


def _open(path: Path, scope: Scope, run_time: int = RUN_TIME) -> duckdb.DuckDBPyConnection:
    key = path, scope, run_time
    with TURNS[hash(key) % len(TURNS)]:  # a hundred callers at once must open one connection, not a hundred
        return _held(*key).for_one_query()


@functools.lru_cache(maxsize=MOST_OPEN)
def _held(path: Path, scope: Scope, run_time: int) -> Held:
    in_memory = run_time == RUN_TIME
    return Held(lambda: snapshot_connection.opened(path, scope, run_time, in_memory=in_memory), path)
