"""Counts of people before they are protected: place x category x period, of new rows or of a published snapshot.

Axis 0 is a group (measure, dimension, member), axis 1 a period, axis 2 a region. Totals are told for every period and
place. Breakdowns by help type and by category are told for every period of the province, but below it for years only,
and categories down to prefectures only: a finer table would be little but holes. Nine months, which are there to be
compared with, are told as totals of the province.
"""

import functools
from pathlib import Path
from typing import NamedTuple

import duckdb
import numpy as np
import pandas as pd

from yunnan import settings
from yunnan.data import queries

PERSONS, TIMES = ("persons", "registered_poor", "全部"), ("person_times", "registered_poor", "全部")
ALL, HOUSEHOLDS = ("persons", "all", "全部"), ("households", "microcredit", "全部")

# Before categories and kinds of help were lists, they were these words.
SHIPPED_WORDS = """
insert into code_lists by name
from read_csv($file, all_varchar = true)
where list not in (select list from code_lists)
"""


class Unlike(Exception):
    """A published snapshot's rows are not as this program has them."""


class Cells(NamedTuple):
    """The cells of a snapshot by group, period and region: true counts, which are listed, which of these hidden.

    cell is each one's place among the cells of all snapshots: one that has the same days and the same count in two
    snapshots is one and the same cell. poor are the categories that are registered as poor.
    """

    groups: list[tuple[str, str, str]]
    spans: pd.DataFrame
    regions: pd.DataFrame
    cube: np.ndarray
    listed: np.ndarray
    hidden: np.ndarray
    cell: np.ndarray
    poor: list[str]


def counted(db: duckdb.DuckDBPyConnection) -> Cells:
    """The true counts of the database's rows; nothing hidden yet."""
    groups, spans, regions = _groups(db), _spans(db), _regions(db)
    cube = _cube(db, groups, spans, regions)
    listed = _listed_cells(groups, spans, regions)
    hidden, cell = np.zeros_like(listed), np.arange(cube.size).reshape(cube.shape)
    return Cells(groups, spans, regions, cube, listed, hidden, cell, _poor(db))


@functools.lru_cache(maxsize=16)
def published(path: Path) -> Cells:
    """The cells of a published snapshot: counted again from its rows, listed and hidden as published.

    Raises Unlike.
    """
    with duckdb.connect(config={"threads": settings.THREADS}) as db:
        db.execute(queries.contract())
        try:
            for table in ("beneficiaries", "periods", "regions", "people_counts", "code_lists"):
                file = {"file": str(path / f"{table}.parquet")}
                db.execute(f"insert into {table} by name from read_parquet($file)", file)
            db.execute(SHIPPED_WORDS, {"file": str(settings.REFERENCE_DIR / "code_lists.csv")})
        except duckdb.Error as error:
            raise Unlike(
                f"已发布的快照 {path.name} 与本程序的数据约定不同，不能与它一并作小数保护；请先把它移出快照文件夹"
            ) from error
        db.execute(queries.load("views").sql)
        recounted = counted(db)
        counts = db.execute("select * exclude (value, level) from people_counts").df()
    listed, hidden = np.zeros_like(recounted.listed), np.zeros_like(recounted.listed)
    at = _places(recounted.groups, recounted.spans, recounted.regions, counts)
    there = np.min(at, axis=0) >= 0
    at = tuple(axis[there] for axis in at)
    listed[at], hidden[at] = True, counts.is_hidden[there]
    return recounted._replace(listed=listed, hidden=hidden)


def _places(groups: list, spans: pd.DataFrame, regions: pd.DataFrame, rows: pd.DataFrame) -> tuple[np.ndarray, ...]:
    """Where in the cube each row's group, period and region are; -1 for what it has not."""
    keys = pd.MultiIndex.from_frame(rows[["measure", "dimension", "member"]])
    return (
        pd.Index(groups, tupleize_cols=True).get_indexer(keys),
        pd.Index(spans.period).get_indexer(rows.period),
        pd.Index(regions.region_code).get_indexer(rows.region_code),
    )


def _groups(db: duckdb.DuckDBPyConnection) -> list[tuple[str, str, str]]:
    groups = [ALL, PERSONS, TIMES, HOUSEHOLDS]
    words = "select code from code_lists where list = $kind order by sort_order, code"
    for kind in ("poverty_category", "help_type"):
        groups += [("persons", kind, word) for (word,) in db.execute(words, {"kind": kind}).fetchall()]
    return groups


def _poor(db: duckdb.DuckDBPyConnection) -> list[str]:
    sql = "select code from code_lists where list = 'poverty_category' and registered_poor(code) order by code"
    return [word for (word,) in db.execute(sql).fetchall()]


def _spans(db: duckdb.DuckDBPyConnection) -> pd.DataFrame:
    return db.execute("select period, kind, start_date, last_date from periods order by start_date, kind").df()


def _regions(db: duckdb.DuckDBPyConnection) -> pd.DataFrame:
    return db.execute(
        "select level::varchar as level, region_code, prefecture_code from regions"
        " where level != 'unallocated' order by level, region_code"
    ).df()


def _cube(db, groups: list, spans: pd.DataFrame, regions: pd.DataFrame) -> np.ndarray:
    """Counts by group, period, region; counties from the query, prefectures and the province as their sums."""
    cells = db.execute(queries.load("publish/people_cells").sql).df().rename(columns={"county_code": "region_code"})
    cube = np.zeros((len(groups), len(spans), len(regions)), dtype=np.int64)
    np.add.at(cube, _places(groups, spans, regions, cells), cells.value.to_numpy(np.int64))
    for parent, parts in children(regions):
        cube[:, :, parent] = cube[:, :, parts].sum(axis=2)
    return cube


def children(regions: pd.DataFrame) -> list[tuple[int, np.ndarray]]:
    """(prefecture, its counties) for each of the 16, then (province, the 16)."""
    level, own = regions.level.to_numpy(), regions.prefecture_code.to_numpy()
    prefectures = np.flatnonzero(level == "prefecture")
    pairs = [(int(p), np.flatnonzero((level == "county") & (own == regions.region_code[p]))) for p in prefectures]
    return [*pairs, (int(np.flatnonzero(level == "province")[0]), prefectures)]


def _listed_cells(groups: list, spans: pd.DataFrame, regions: pd.DataFrame) -> np.ndarray:
    """Which cells a snapshot lists at all, shown or hidden."""
    listed = np.ones((len(groups), len(spans), len(regions)), dtype=bool)
    is_year, is_months = ((spans.kind.astype(str) == kind).to_numpy() for kind in ("year", "months"))
    level = regions.level.to_numpy()
    for n, (_, dimension, _) in enumerate(groups):
        if dimension in ("help_type", "poverty_category"):
            listed[n] = is_year[:, None] | (level == "province")
        if dimension == "poverty_category":
            listed[n] &= level != "county"
        listed[n] &= ~is_months[:, None] | (
            (level == "province") & (dimension not in ("help_type", "poverty_category"))
        )
    return listed
