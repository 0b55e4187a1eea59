"""The data contract queries/schema.sql: its version, and a table with one row for each column of a snapshot."""

import functools
from pathlib import Path

import pandas as pd

from yunnan.data import engine, queries, snapshot_folders


class OtherContract(snapshot_folders.Damaged):
    """A snapshot is of another version of the contract than this program reads; it is as it was published."""

    remedy = "请通知维护人员"


@functools.cache
def version() -> int:
    """The version of the tables that this program reads and writes."""
    with engine.connect() as memory:
        memory.execute(queries.contract())
        ((number,),) = memory.execute("select contract_version()").fetchall()
    return number


def version_of(path: Path) -> int:
    """The version of the tables of a snapshot. Raises Damaged."""
    return snapshot_folders.manifest(path)["contract_version"]


def difference(path: Path) -> str:
    """What to do about a snapshot of another version; '' for one of this version. Raises Damaged."""
    number = version_of(path)
    if number == version():
        return ""
    what = f"用的是第{number}版数据约定，本程序用的是第{version()}版"
    if number > version():
        return f"{what}；请用与它相配的程序"
    same_day = (
        name
        for name in snapshot_folders.published(path.parent)
        if snapshot_folders.day(name) == snapshot_folders.day(path.name)
    )
    newest = next(same_day, path.name)
    if newest == path.name:
        return f"{what}；请先运行 python -m yunnan migrate {path.name} 把它迁移过来"
    return f"{what}；这个截至日请看 {newest}（旧的约定由 python -m yunnan migrate 迁移）"


def refuse_other(*paths: Path) -> None:
    """Raises OtherContract for the first of these snapshots that is of another version, Damaged."""
    for path in paths:
        if sentence := difference(path):
            raise OtherContract(path.name, sentence)


def dictionary() -> pd.DataFrame:
    """A row per column of queries/schema.sql: table_name, table_comment, column_name, data_type, comment.

    The caller may change the frame.
    """
    return _contract().copy()


@functools.cache
def _contract() -> pd.DataFrame:
    with engine.connect() as memory:
        memory.execute(queries.load("schema").sql)
        return memory.execute(
            "select t.table_name, t.comment as table_comment, c.column_name,"
            " if(starts_with(c.data_type, 'ENUM'), 'ENUM', c.data_type) as data_type, c.comment"
            " from duckdb_columns() c join duckdb_tables() t using (table_oid)"
            " order by t.table_oid, c.column_index"
        ).df()


def same_version(names: list[str]) -> list[str]:
    """Of these published snapshots those that are not of another version; a damaged one is left for who opens it."""
    return [name for name in names if not _is_other(snapshot_folders.path_of(name))]


def _is_other(path: Path) -> bool:
    try:
        return version_of(path) != version()
    except snapshot_folders.Damaged:
        return False
