"""Rows -> a new snapshot, all or nothing.

Built beside the published ones, checked, synced to disk, renamed: the rename is the publication. A refused or
interrupted publication leaves nothing a reader could open.
"""

import hashlib
import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager, nullcontext
from datetime import date, datetime
from pathlib import Path
from types import MappingProxyType
from typing import NamedTuple

import duckdb
import pyarrow as pa

from yunnan import settings
from yunnan.data import due_dates, queries, snapshot_folders
from yunnan.publication import derived_tables, durable, misfits, people_counts, shipped_rows, stages

# Order on disk, chosen by measurement (docs/decisions.md): readers ask by time, then by place.
ORDER = {
    "funds": "report_period, prefecture_code, county_code, fund_id",
    "beneficiaries": "report_period, prefecture_code, county_code, record_id",
    "activities": "report_period, prefecture_code, activity_id",
    "organizations": "prefecture_code, county_code, org_id",
    "projects": "project_id",
}
Say = Callable[[str], None]


class Refused(Exception):
    """The rows break the contract or a rule: which, and where."""


class Published(NamedTuple):
    """Where the new snapshot is, and whether it is certain that a power failure leaves it there."""

    path: Path
    is_durable: bool


def publish(
    tables: Mapping[str, pa.Table],
    *,
    asof: date,
    revision: int,
    published_at: datetime,
    synthetic: bool,
    note: str = "",
    folder: Path | None = None,
    say: Say = lambda _: None,
) -> Path:
    """Publish the tables as <asof>.r<revision> and return its folder.

    Raises Refused, durable.Busy or durable.NotWritten, leaving all as it was.
    """
    folder = folder or settings.snapshots_dir()
    facts = {"published_at": published_at.isoformat(), "is_synthetic": synthetic, "note": note}
    with durable.locked(folder):
        return put_out(folder / f"{asof}.r{revision}", tables, facts, say=say).path


def put_out(
    target: Path,
    tables: Mapping[str, pa.Table | str],
    facts: Mapping,
    feedback: Mapping[str, bytes] | None = None,
    say: Say = lambda _: None,
    database: duckdb.DuckDBPyConnection | None = None,
    beside: Path | None = None,
) -> Published:
    """As publish(), for a caller that holds the lock: under the folder's name, with feedback workbooks by batch.

    Instead of rows, tables may give the name of a table of the database, which is emptied into the snapshot. People are
    protected beside what was published in the folder, or in another one that is given.
    """
    if target.exists():
        raise Refused(f"快照 {target.name} 已经发布，已发布的快照不可更改；请用新的修订号")
    day, _, revision = target.name.partition(".r")
    asof = date.fromisoformat(day)
    with nullcontext(database) if database else duckdb.connect(config={"threads": settings.THREADS}) as db:
        warnings = prepare(db, tables, asof, say, beside_in(beside or target.parent), facts)
        say("写入")
        manifest = {"id": target.name, "asof": day, "revision": int(revision), **facts, "warnings": warnings}
        return Published(target, write_out(db, target, manifest, feedback or {}))


def create(db: duckdb.DuckDBPyConnection) -> None:
    """The empty tables of the contract, unless they are there."""
    if not db.execute("select 1 from duckdb_tables() where schema_name = 'main' and table_name = 'funds'").fetchone():
        db.execute(queries.contract())


def prepare(
    db: duckdb.DuckDBPyConnection,
    tables: Mapping[str, pa.Table | str],
    asof: date,
    say: Say = lambda _: None,
    others: Sequence[Path] = (),
    facts: Mapping = MappingProxyType({}),
) -> list[dict]:
    """Load, compute and check everything, beside the other snapshots; the warnings. Raises Refused."""
    say("载入")
    load(db, tables, asof)
    due_dates.settle(db, facts)
    refuse_broken(db, asof, computed=False)  # before hours of computing
    say("计算指标")
    try:
        derived_tables.everything(db, asof, others)
    except people_counts.Unprotected as error:
        raise Refused(str(error)) from error
    say("检查")
    refuse_broken(db, asof, computed=True)
    return warned(db, asof)


def beside_in(folder: Path) -> list[Path]:
    """The snapshots ever published there that can be opened, newest first: what was read cannot be unread."""
    paths = [folder / name for name in snapshot_folders.ever_published(folder)]
    return [path for path in paths if not _is_damaged(path)]


def _is_damaged(path: Path) -> bool:
    try:
        return any(snapshot_folders.damage(path))
    except snapshot_folders.Damaged:
        return True


def write_out(db: duckdb.DuckDBPyConnection, target: Path, facts: Mapping, feedback: Mapping[str, bytes]) -> bool:
    """Write what the database holds under the target's name; whether that is certainly on the disk."""
    with durable.building(target) as made:
        stage = stages.facts(db, date.fromisoformat(facts["asof"]))
        manifest = {**facts, **stage, **write(db, made), "feedback": _write_feedback(made, feedback)}
        text = json.dumps(manifest, ensure_ascii=False, indent=1) + "\n"
        (made / "manifest.json").write_text(text, encoding="utf-8")
        return durable.commit(made, target)


def _write_feedback(made: Path, feedback: Mapping[str, bytes]) -> dict[str, dict]:
    if feedback:
        (made / "feedback").mkdir()
    for batch, data in sorted(feedback.items()):
        (made / "feedback" / f"{batch}.xlsx").write_bytes(data)
    return {
        batch: {"bytes": len(data), "sha256": hashlib.sha256(data).hexdigest()}
        for batch, data in sorted(feedback.items())
    }


def load(db: duckdb.DuckDBPyConnection, tables: Mapping[str, pa.Table | str], asof: date) -> None:
    """Fill the source tables of the contract from the given ones and data/reference. Raises Refused.

    A table given by its name in the database is emptied: the rows of years need not be held twice.
    """
    create(db)
    for table in shipped_rows.REFERENCE:
        if table not in tables:
            with _refusing(db, table, shipped_rows.source(table)):
                _insert(db, table, shipped_rows.source(table))
    for table, rows in tables.items():
        source = rows if isinstance(rows, str) else "incoming"
        if source == "incoming":
            db.register(source, rows)
        with _refusing(db, table, source):
            _insert(db, table, source)
        if source == "incoming":
            db.unregister(source)
        else:
            db.execute(f"drop table {source}")
    for table in (name for name in shipped_rows.SHIPPED if name in tables):
        with _refusing(db, table, shipped_rows.source(table)):
            _insert(db, table, f"(from {shipped_rows.source(table)} as s where {shipped_rows.SHIPPED[table]})")
    db.execute(queries.load("publish/names_of_edition").sql)
    for query in ("county_names", "place_traits", "tilted_prefectures"):
        db.execute(queries.load(f"publish/{query}").sql, {"asof": asof})
    db.execute("delete from county_poverty_annual where make_date(year, 12, 31) > $asof", {"asof": asof})
    db.execute(queries.load("views").sql)


def refuse_broken(db: duckdb.DuckDBPyConnection, asof: date, *, computed: bool) -> None:
    """Raises Refused where a rule fail_ of queries/checks finds rows: one of what was computed, or of what was sent."""
    for rule in queries.folder("checks"):
        if "/fail_" in rule.name and ("computed" in rule.header) == computed and (rows := _rows_of(db, rule, asof)):
            raise Refused(f"{rule.doc}：{len(rows)} 处不符，例如 {'、'.join(map(str, rows[0]))}{_whence(db, rows[0])}")


def warned(db: duckdb.DuckDBPyConnection, asof: date) -> list[dict]:
    """The rules warn_ of queries/checks that find rows: rule, message, rows (how many)."""
    rules = [rule for rule in queries.folder("checks") if "/warn_" in rule.name]
    return [
        {"rule": rule.name.partition("warn_")[2], "message": rule.doc, "rows": len(rows)}
        for rule in rules
        if (rows := _rows_of(db, rule, asof))
    ]


def _rows_of(db: duckdb.DuckDBPyConnection, rule: queries.Query, asof: date) -> list[tuple]:
    return db.execute(rule.sql, {"asof": asof} if "asof" in rule.params else None).fetchall()


def _whence(db: duckdb.DuckDBPyConnection, row: tuple) -> str:
    """The lines of returns that hold the rows a rule complains of; empty if they are of none."""
    params = {"ids": [value for value in row if isinstance(value, str)]}
    sources = db.execute(queries.load("publish/whence").sql, params).fetchall()
    lines = [file if line is None else f"{file} 第{line}行" for file, line in sources]
    return f"（见 {'；'.join(lines)}）" if lines else ""


def write(db: duckdb.DuckDBPyConnection, building: Path) -> dict:
    """Write every table as parquet; return the manifest's part about them."""
    db.execute("set threads = 1")  # row groups must not depend on which thread was faster
    own = "select table_name from duckdb_tables() where schema_name = 'main' and not temporary order by table_name"
    names = [name for (name,) in db.execute(own).fetchall()]
    names.sort(key=lambda table: table != "beneficiaries")  # the longest first
    with ThreadPoolExecutor(settings.THREADS) as pool:
        written = {t: pool.submit(_write_table, db.cursor(), t, building / f"{t}.parquet") for t in names}
        tables = {table: written[table].result() for table in sorted(names)}
    ((version,),) = db.execute("select contract_version()").fetchall()
    totals = db.execute(
        "select stage::varchar, count(*), sum(amount_yuan)::varchar from funds group by all order by 1"
    ).fetchall()
    rules = queries.folder("checks")
    return {
        "contract_version": version,
        "tables": tables,
        "control_totals": {stage: {"rows": rows, "amount_yuan": total} for stage, rows, total in totals},
        "source_files": _source_files(db),
        "checks_passed": [rule.name.partition("/")[2] for rule in rules],
    }


def _write_table(db: duckdb.DuckDBPyConnection, table: str, file: Path) -> dict:
    order = ORDER.get(table)
    rows = f"(from {table} order by {order})" if order else table
    ((count,),) = db.execute(f"copy {rows} to '{file}' (format parquet, compression zstd)").fetchall()
    data = file.read_bytes()
    return {"rows": count, "bytes": len(data), "sha256": hashlib.sha256(data).hexdigest()}


def _insert(db: duckdb.DuckDBPyConnection, table: str, source: str) -> None:
    """Only the contract's columns; what else a file carries stays behind."""
    wanted = [c for c, *_ in db.execute(f"describe {table}").fetchall()]
    given = {c for c, *_ in db.execute(f"describe from {source}").fetchall()}
    columns = ", ".join(c for c in wanted if c in given)
    db.execute(f"insert into {table} ({columns}) select {columns} from {source}")


def _source_files(db: duckdb.DuckDBPyConnection) -> list[dict]:
    rows = db.execute(
        "select source_file, source_sha256, rows_ok from snapshot_manifest order by source_file"
    ).fetchall()
    return [{"file": file, "sha256": sha, "rows": count} for file, sha, count in rows]


@contextmanager
def _refusing(db: duckdb.DuckDBPyConnection, table: str, source: str) -> Iterator[None]:
    try:
        yield
    except duckdb.InterruptException:
        raise KeyboardInterrupt from None  # Ctrl+C is no fault of the rows
    except duckdb.Error as error:
        why = misfits.sentence(db, table, source) or error
        raise Refused(f"表 {table} 不符合数据约定（queries/schema.sql）：{why}") from error
