"""Counts of people for the standing cube, protected before they are stored: place x category x period.

Axis 0 is a group (measure, dimension, member), axis 1 a period, axis 2 a region. Totals are told for every period and
place. Breakdowns by help type and by category are told for every period of the province, but below it for years only,
and categories down to prefectures only: a finer table would be little but holes. Nine months, which are there to be
compared with, are told as totals of the province.
"""

from collections.abc import Iterator
from itertools import pairwise

import duckdb
import numpy as np
import pandas as pd

from yunnan import queries
from yunnan.suppress import Relations, audit, hidden_cells

PERSONS, TIMES = ("persons", "registered_poor", "全部"), ("person_times", "registered_poor", "全部")
ALL, HOUSEHOLDS = ("persons", "all", "全部"), ("households", "microcredit", "全部")


class Unprotected(Exception):
    """A small count could still be derived from what would be published."""


def fill(db: duckdb.DuckDBPyConnection) -> None:
    """Count, protect, audit, store into people_counts. Raises Unprotected, which refuses the publication."""
    groups, spans, regions = _groups(db), _spans(db), _regions(db)
    cube = _cube(db, groups, spans, regions)
    told = _told(groups, spans, regions)
    values = np.where(told, cube, 0).ravel()
    relations = _relations(groups, spans, regions, cube, told)
    hidden = hidden_cells(values, relations, cost=_cost(cube, regions))
    if len(found := audit(values, hidden, relations)):
        raise Unprotected(f"小数保护未通过：仍有 {len(found)} 个小于10的数可以推得")
    _store(db, cube, hidden.reshape(cube.shape), told, groups, spans, regions)


def _groups(db: duckdb.DuckDBPyConnection) -> list[tuple[str, str, str]]:
    found = [ALL, PERSONS, TIMES, HOUSEHOLDS]
    for kind in ("poverty_category", "help_type"):
        ((members,),) = db.execute(f"select enum_range(null::{kind})").fetchall()
        found += [("persons", kind, member) for member in members]
    return found


def _spans(db: duckdb.DuckDBPyConnection) -> pd.DataFrame:
    return db.execute("select period, kind, start_date, last_date from periods order by start_date, kind").df()


def _regions(db: duckdb.DuckDBPyConnection) -> pd.DataFrame:
    return db.execute(
        "select level::varchar as level, region_code, prefecture_code from regions"
        " where level != 'unallocated' order by level, region_code"
    ).df()


def _cube(db, groups: list, spans: pd.DataFrame, regions: pd.DataFrame) -> np.ndarray:
    """Counts by group, period, region; counties from the query, prefectures and the province as their sums."""
    cells = db.execute(queries.load("publish/people_cells").sql).df()
    axes = [pd.Index(groups, tupleize_cols=True), pd.Index(spans.period), pd.Index(regions.region_code)]
    keys = pd.MultiIndex.from_frame(cells[["measure", "dimension", "member"]])
    cube = np.zeros([len(axis) for axis in axes], dtype=np.int64)
    at = (
        axes[0].get_indexer(keys),
        axes[1].get_indexer(cells.period),
        axes[2].get_indexer(cells.county_code),
    )
    np.add.at(cube, at, cells.value.to_numpy(np.int64))
    for parent, children in _children(regions):
        cube[:, :, parent] = cube[:, :, children].sum(axis=2)
    return cube


def _children(regions: pd.DataFrame) -> list[tuple[int, np.ndarray]]:
    """(prefecture, its counties) for each of the 16, then (province, the 16)."""
    level, own = regions.level.to_numpy(), regions.prefecture_code.to_numpy()
    prefectures = np.flatnonzero(level == "prefecture")
    found = [(int(p), np.flatnonzero((level == "county") & (own == regions.region_code[p]))) for p in prefectures]
    return [*found, (int(np.flatnonzero(level == "province")[0]), prefectures)]


def _told(groups: list, spans: pd.DataFrame, regions: pd.DataFrame) -> np.ndarray:
    """Which cells are told at all."""
    told = np.ones((len(groups), len(spans), len(regions)), dtype=bool)
    is_year, is_months = ((spans.kind.astype(str) == kind).to_numpy() for kind in ("year", "months"))
    level = regions.level.to_numpy()
    for n, (_, dimension, _) in enumerate(groups):
        if dimension in ("help_type", "poverty_category"):
            told[n] = is_year[:, None] | (level == "province")
        if dimension == "poverty_category":
            told[n] &= level != "county"
        told[n] &= ~is_months[:, None] | ((level == "province") & (dimension not in ("help_type", "poverty_category")))
    return told


def _relations(groups, spans: pd.DataFrame, regions: pd.DataFrame, cube: np.ndarray, told: np.ndarray) -> Relations:
    """All that a reader knows about how the cells hang together."""
    cell = np.arange(cube.size).reshape(cube.shape)
    equal: list[tuple] = []
    larger: list[tuple] = []
    covers: list[tuple] = []
    for parent, children in _children(regions):
        for flat in cell.reshape(-1, len(regions)):
            equal.append((flat[parent], flat[children]))
    _category_relations(groups, cell, cube, equal, larger, covers)
    _period_relations(groups, spans, cell, equal, larger, covers)
    return _packed(equal, larger, covers, told.ravel())


def _category_relations(groups, cell, cube, equal, larger, covers) -> None:
    at = {group: n for n, group in enumerate(groups)}
    categories = [n for n, g in enumerate(groups) if g[1] == "poverty_category"]
    poor = [n for n in categories if groups[n][2].startswith("建档立卡")]
    helps = [n for n, g in enumerate(groups) if g[1] == "help_type"]
    for whole, parts in ((at[ALL], categories), (at[PERSONS], poor)):
        # A sum that holds is known to hold; where a subject changed category it does not.
        for p, r in np.argwhere(np.equal(cube[whole], cube[parts].sum(axis=0))).tolist():
            equal.append((cell[whole, p, r], cell[parts, p, r]))
    covers += [
        (whole, parts)
        for whole, parts in zip(cell[at[ALL]].ravel(), cell[helps].reshape(len(helps), -1).T, strict=True)
    ]
    for big, small in [(at[ALL], n) for n in (at[PERSONS], *categories, *helps)]:
        larger.append((cell[big].ravel(), cell[small].ravel()))
    larger.append((cell[at[TIMES]].ravel(), cell[at[PERSONS]].ravel()))


def _period_relations(groups, spans: pd.DataFrame, cell, equal, larger, covers) -> None:
    """Years, halves and quarters: person-times add up, persons do not, households accumulate."""
    distinct = [n for n, g in enumerate(groups) if g[0] == "persons"]
    times, households = groups.index(TIMES), groups.index(HOUSEHOLDS)
    for whole in range(len(spans)):
        for parts in divisions(spans, whole):
            equal += list(zip(cell[times, whole], cell[times][parts].T, strict=True))
            for n in distinct:
                if len(parts) == 1:  # the same days: the same number
                    equal += list(zip(cell[n, whole], cell[n][parts].T, strict=True))
                elif groups[n][1] != "poverty_category":  # a subject may change its category within the year
                    covers += list(zip(cell[n, whole], cell[n][parts].T, strict=True))
                    larger += [(cell[n, whole], cell[n, part]) for part in parts]
    last = spans.last_date.to_numpy()
    by_end = np.argsort(last, kind="stable")
    for earlier, later in pairwise(by_end):
        larger.append((cell[households, later], cell[households, earlier]))
        if last[earlier] == last[later]:
            larger.append((cell[households, earlier], cell[households, later]))


def divisions(spans: pd.DataFrame, whole: int) -> Iterator[np.ndarray]:
    """Each way in which a period is made of others: by nine months, halves, quarters; quarters fill what is left."""
    start, last, kinds = spans.start_date.to_numpy(), spans.last_date.to_numpy(), spans.kind.to_numpy()
    inside = (start >= start[whole]) & (last <= last[whole]) & (spans.index != whole)
    for kind in ("months", "half", "quarter"):
        parts = np.flatnonzero(inside & (kinds == kind))
        if not len(parts) or kinds[whole] == kind:
            continue
        taken = ((start >= start[parts][:, None]) & (last <= last[parts][:, None])).any(axis=0)
        rest = inside & (kinds == "quarter") & ~taken
        yield parts if kind == "quarter" else np.concatenate([parts, np.flatnonzero(rest)])


def _packed(equal: list, larger: list, covers: list, told: np.ndarray) -> Relations:
    """Only relations among cells that are all told."""
    big, small = np.concatenate([b for b, _ in larger]), np.concatenate([s for _, s in larger])
    both = told[big] & told[small]
    whole = [[(head, parts) for head, parts in pairs if told[head] and told[parts].all()] for pairs in (equal, covers)]
    return Relations(*_csr(whole[0]), big[both], small[both], *_csr(whole[1]))


def _csr(pairs: list) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    heads = np.array([head for head, _ in pairs], dtype=np.int64)
    indptr = np.concatenate([[0], np.cumsum([len(parts) for _, parts in pairs])]).astype(np.int64)
    return heads, indptr, np.concatenate([parts for _, parts in pairs]).astype(np.int64)


def _cost(cube: np.ndarray, regions: pd.DataFrame) -> np.ndarray:
    """Hide a county before a prefecture, and a prefecture before the province."""
    by_level = regions.level.map({"county": 1, "prefecture": 2, "province": 4}).to_numpy()
    return np.broadcast_to(by_level, cube.shape).ravel()


def _store(db, cube, hidden, told, groups, spans, regions) -> None:
    group, period, region = np.nonzero(told)
    names = np.array(groups, dtype=object)
    rows = pd.DataFrame(
        {
            "measure": names[group, 0],
            "dimension": names[group, 1],
            "member": names[group, 2],
            "period": spans.period.to_numpy()[period],
            "level": regions.level.to_numpy()[region],
            "region_code": regions.region_code.to_numpy()[region],
            "prefecture_code": regions.prefecture_code.to_numpy()[region],
            "value": pd.array(cube[told], dtype="Int64"),
            "is_hidden": hidden[told],
        }
    )
    rows.loc[rows.is_hidden, "value"] = pd.NA
    db.register("incoming", rows)
    db.execute("insert into people_counts by name from incoming")
    db.unregister("incoming")
