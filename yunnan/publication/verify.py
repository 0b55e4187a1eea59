"""Whether a published snapshot is still what was published, and still keeps every rule."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import duckdb

from yunnan.data import contract, due_dates, queries, snapshot_folders, snapshots
from yunnan.publication import publish, stages


@dataclass(frozen=True)
class Finding:
    """One sentence about a snapshot; a fault means its figures must not be used."""

    text: str
    is_fault: bool = False
    mark: str = "✓"


def findings(path: Path) -> Iterator[Finding]:
    """Hashes, contract, rules, warnings and published figures of one snapshot, in that order.

    Of a snapshot of another version of the contract only the hashes: its rules are those of its own time.
    """
    try:
        damage = list(snapshots.damage(path))
    except snapshots.Damaged as error:
        yield Finding(str(error), is_fault=True)
        return
    yield from (Finding(sentence, is_fault=True) for sentence in damage)
    if damage:
        return
    yield Finding("文件与发布时一致")
    if difference := contract.difference(path):
        yield Finding(f"{difference}；规则与公布数没有核验", mark="△")
        return
    with duckdb.connect() as db:
        yield from _contract(db, path)


def _contract(db: duckdb.DuckDBPyConnection, path: Path) -> Iterator[Finding]:
    try:
        db.execute(queries.contract())
        for (table,) in db.execute("select table_name from duckdb_tables() order by table_oid").fetchall():
            db.execute(
                f"insert into {table} by name from read_parquet($file)", {"file": str(path / f"{table}.parquet")}
            )
        db.execute(queries.load("views").sql)
        due_dates.settle(db, snapshot_folders.manifest(path))
    except duckdb.InterruptException:
        raise KeyboardInterrupt from None
    except duckdb.Error as error:
        yield Finding(f"不符合数据约定：{error}", is_fault=True)
        return
    yield Finding("符合数据约定 queries/schema.sql")
    try:
        asof = date.fromisoformat(path.name.partition(".")[0])
        for computed in (False, True):
            publish.refuse_broken(db, asof, computed=computed)
        for warning in publish.warned(db, asof):
            yield Finding(f"提示：{warning['message']}（{warning['rows']:,} 处）", mark="△")
    except publish.Refused as error:
        yield Finding(f"违反规则：{error}", is_fault=True)
        return
    yield Finding(f"通过 {len(queries.folder('checks'))} 条检查规则")
    if stages.facts(db, asof).get("stage") != snapshot_folders.manifest(path).get("stage"):
        yield Finding("清单里的阶段与登记表不符，名称与用词不可信", is_fault=True)
    yield from _returns(db, path)
    yield from _figures(db)


def _returns(db: duckdb.DuckDBPyConnection, path: Path) -> Iterator[Finding]:
    returns, issues = (
        db.execute(f"select count(*) from {t}").fetchall()[0][0] for t in ("returns_received", "quality_issues")
    )
    with_feedback = {
        batch for (batch,) in db.execute("select batch_id from returns_received where has_feedback").fetchall()
    }
    held = set(snapshots.Snapshot(path).manifest.get("feedback", {}))
    yield Finding(f"收到报表 {returns:,} 份，问题 {issues:,} 个，反馈工作簿 {len(held):,} 份")
    if with_feedback != held:
        yield Finding(f"提示：{len(with_feedback ^ held):,} 份报表所说的反馈工作簿与文件夹中的不一致", mark="△")


def _figures(db: duckdb.DuckDBPyConnection) -> Iterator[Finding]:
    rows = db.execute(
        "select figure_code, label, published, computed, holds from published_figures order by sort_order"
    ).fetchall()
    for code, label, published, computed, holds in rows:
        mark = {True: "✓", False: "≠", None: "…"}[holds]
        yield Finding(f"{code} {label}：公布 {published}，本快照 {computed}", mark=mark)
