"""Organizations and projects are states: a row of a newer return takes the place of the same one in an older.

When the newer return is replaced by one without that row, the older return that stands says it again: its row is read
from what is staged, else from the newest snapshot that has it.
"""

from collections.abc import Iterator
from pathlib import Path

import duckdb

from yunnan import folders, staging

KEYS = {"organizations": "org_id", "projects": "project_id"}


def keys_of(db: duckdb.DuckDBPyConnection, table: str, file: str) -> set[tuple[str, str]]:
    """Table and key of each state that a return has given; none where the table holds no states."""
    if table not in KEYS:
        return set()
    found = db.execute(f"select {KEYS[table]} from {table} where source_file = $file", {"file": file}).fetchall()
    return {(table, key) for (key,) in found}


def say_again(db: duckdb.DuckDBPyConnection, withdrawn: set[tuple[str, str]], folder: Path) -> None:
    """Put in what older returns that stand say of the states withdrawn with a newer one."""
    for table, column in KEYS.items():
        held = {key for (key,) in db.execute(f"select {column} from {table}").fetchall()}
        lost = {key for of, key in withdrawn if of == table} - held
        for batch, file in _standing(db, table) if lost else ():
            for source, name in _sources(table, batch, file, folder):
                lost -= _put(db, table, lost, source, name, file)


def _standing(db: duckdb.DuckDBPyConnection, table: str) -> list[tuple[str, str]]:
    """Batch and file of the returns of a table that stand, the last received first."""
    sql = "select batch_id, source_file, received_at from snapshot_manifest where table_name = $table"
    found = db.execute(sql, {"table": table}).fetchall()
    ordered = sorted(found, key=lambda row: (staging.receipt(row[0]), row[2], row[0]), reverse=True)
    return [(batch, file) for batch, file, _ in ordered]


def _sources(table: str, batch: str, file: str, folder: Path) -> Iterator[tuple[Path, str]]:
    """Where a return's rows may be, and what its file is called there."""
    staged = staging.folder() / batch
    if staged.is_dir():
        one = staging.read(staged)
        one.verify()
        yield staged / "rows.parquet", one.file
        return
    for snapshot in folders.published(folder):
        yield folder / snapshot / f"{table}.parquet", file


def _put(db: duckdb.DuckDBPyConnection, table: str, lost: set[str], source: Path, name: str, file: str) -> set[str]:
    """Put the lost rows in that a file holds under this name of the return; their keys."""
    wanted = f"source_file = $name and list_contains($lost, {KEYS[table]})"
    told = f"select * replace ($file as source_file) from read_parquet($source) where {wanted}"
    values = {"name": name, "file": file, "lost": sorted(lost), "source": str(source)}
    try:
        found = db.execute(f"insert into {table} by name {told} returning {KEYS[table]}", values).fetchall()
    except duckdb.Error:  # a damaged snapshot, or one of an older contract: another may have it
        return set()
    return {key for (key,) in found}
