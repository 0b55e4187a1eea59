"""Rows of registers are states: of the returns that stand, that of the latest period counts, row by row.

Of one period the later receipt counts. When the return that counts is replaced by one without that row, the next one
says it again: its row is read from what is staged, else from the newest snapshot that has it.
"""

from collections.abc import Iterator
from pathlib import Path

import duckdb

from yunnan.data import snapshot_folders
from yunnan.publication import partial_lists, staging
from yunnan.publication.staging import Batch

KEYS = {
    "organizations": "org_id",
    "projects": "project_id",
    "policies": "policy_id",
    "targets": "concat_ws(' ', indicator_code, year, region_code)",
    "programmes": "programme_code",
    "county_poverty_annual": "concat_ws(' ', region_code, year)",
    "code_lists": "concat_ws(' ', list, code)",
    "stages": "stage",
    "office_figures": "figure_code",
    "pairings": "concat_ws(' ', region_code, kind, partner)",
    "county_names": "concat_ws(' ', region_code, name_zh)",
    "indicator_spans": "indicator_code",
    "place_traits": "concat_ws(' ', trait, region_code)",
}


def keys_of(db: duckdb.DuckDBPyConnection, table: str, file: str) -> set[tuple[str, str]]:
    """Table and key of each state that a return has given; none where the table holds no states."""
    if table not in KEYS:
        return set()
    key_rows = db.execute(f"select {KEYS[table]} from {table} where source_file = $file", {"file": file}).fetchall()
    return {(table, key) for (key,) in key_rows}


def make_way(db: duckdb.DuckDBPyConnection, batch: Batch) -> list[str]:
    """Take out the rows whose place the batch takes; the keys of those that stay, since a later period gives them."""
    table, _, period = batch.key
    if table not in KEYS:
        return []
    key, values = KEYS[table], {"file": str(batch.rows), "table": table, "period": period}
    later = "select source_file from snapshot_manifest where table_name = $table and report_period > $period"
    same = f"from {table} where {key} in (select {key} from read_parquet($file))"
    kept = db.execute(f"select {key} {same} and source_file in ({later})", values).fetchall()
    db.execute(f"delete {same} and source_file not in ({later})", values)
    return [code for (code,) in kept]


def take_out(db: duckdb.DuckDBPyConnection, batch: Batch, file: str, kept: list[str]) -> list[str]:
    """Take the batch's rows out again where a later period's stay; a sentence about them."""
    if not kept:
        return []
    table, _, period = batch.key
    wanted = f"source_file = $file and list_contains($kept, {KEYS[table]})"
    db.execute(f"delete from {table} where {wanted}", {"file": file, "kept": kept})
    return [f"{batch.file} 有{len(kept):,}行没有改变登记：{period}以后的报表里已有它们更新的状态，以后报的为准"]


def restore_withdrawn(db: duckdb.DuckDBPyConnection, withdrawn: set[tuple[str, str]], folder: Path) -> None:
    """Put back states withdrawn with a newer return, from the older returns that still count."""
    for table, column in KEYS.items():
        held = {key for (key,) in db.execute(f"select {column} from {table}").fetchall()}
        lost = {key for withdrawn_table, key in withdrawn if withdrawn_table == table} - held
        sources = ((one, file) for batch, file in _standing(db, table) for one in _sources(table, batch, file, folder))
        open_keys: set[str] = set()  # what a list with only some columns has put back
        while (lost or open_keys) and (candidate := next(sources, None)):
            (source, name), file = candidate
            if open_keys:
                partial_lists.complete(db, str(source), name, sorted(open_keys))
            again = _put(db, table, lost, source, name, file)
            lost -= again
            open_keys |= again if partial_lists.is_original_file(source) else set()


def _standing(db: duckdb.DuckDBPyConnection, table: str) -> list[tuple[str, str]]:
    """Batch and file of the returns of a table that stand, the one that counts before others first."""
    sql = "select batch_id, source_file, report_period, received_at from snapshot_manifest where table_name = $table"
    manifest_rows = db.execute(sql, {"table": table}).fetchall()
    ordered = sorted(manifest_rows, key=lambda row: (row[2], staging.receipt(row[0]), row[3], row[0]), reverse=True)
    return [(batch, file) for batch, file, *_ in ordered]


def _sources(table: str, batch: str, file: str, folder: Path) -> Iterator[tuple[Path, str]]:
    """Where a return's rows may be, and what its file is called there."""
    staged = staging.folder() / batch
    if staged.is_dir():
        one = staging.read(staged)
        one.verify()
        yield staged / "rows.parquet", one.file
        return
    for snapshot in snapshot_folders.ever_published(folder):
        yield folder / snapshot / f"{table}.parquet", file


def _put(db: duckdb.DuckDBPyConnection, table: str, lost: set[str], source: Path, name: str, file: str) -> set[str]:
    """Put the lost rows in that a file holds under this name of the return; their keys."""
    wanted = f"source_file = $name and list_contains($lost, {KEYS[table]})"
    select = f"select * replace ($file as source_file) from read_parquet($source) where {wanted}"
    values = {"name": name, "file": file, "lost": sorted(lost), "source": str(source)}
    try:
        key_rows = db.execute(f"insert into {table} by name {select} returning {KEYS[table]}", values).fetchall()
    except duckdb.Error:  # a damaged snapshot, or one of an older contract: another may have it
        return set()
    return {key for (key,) in key_rows}
