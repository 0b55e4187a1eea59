"""Counts of people for the standing cube, protected before they are stored, together with all that is published.

What a reader knows is one system of all snapshots: what they show, and how their cells hang together. A cell that has
the same days and the same count in two snapshots is one cell, for whoever knows which returns have changed knows it
to be the same. What any snapshot shows protects nothing in another.
"""

from collections.abc import Iterator, Sequence
from itertools import pairwise
from pathlib import Path
from typing import NamedTuple

import duckdb
import numpy as np
import pandas as pd

from yunnan.publication import people_cube
from yunnan.publication.people_cube import ALL, HOUSEHOLDS, PERSONS, TIMES, Cells
from yunnan.publication.suppress import audit, protection
from yunnan.publication.witnesses import Relations

SAME = ["group", "start_date", "last_date", "region_code", "value"]


class Unprotected(Exception):
    """A small count could still be derived from what would be published."""


class Union(NamedTuple):
    """The cells of all snapshots, those to be published first; whether any snapshot lists, shows or hides them."""

    values: np.ndarray
    listed: np.ndarray
    public: np.ndarray
    before: np.ndarray


def fill(db: duckdb.DuckDBPyConnection, others: Sequence[Path] = ()) -> None:
    """Count, protect, audit, store into people_counts. Raises Unprotected, which refuses the publication.

    others are the snapshots already published beside this one: what they show and this one would is taken together.
    """
    own = people_cube.counted(db)
    try:
        apart = [people_cube.published(path) for path in others]
    except people_cube.Unlike as error:
        raise Unprotected(str(error)) from error
    union, layers = _united([own, *apart])
    relations = _relations(layers, union.listed)
    hidden, witnesses = protection(
        union.values, relations, cost=_cost(layers, len(union.values)), before=union.before, public=union.public
    )
    if len(derivable := audit(union.values, hidden, relations, public=union.public, witnesses=witnesses)):
        raise Unprotected(f"小数保护未通过：仍有 {len(derivable)} 个小于10的数可以推得")
    _store(db, own._replace(hidden=hidden[own.cell]))


def _united(layers: list[Cells]) -> tuple[Union, list[Cells]]:
    """The cells of all snapshots together, and each snapshot's with their places among them."""
    first, *others = layers
    number = {group: n for n, group in enumerate(dict.fromkeys(group for layer in layers for group in layer.groups))}
    cell_keys = _keys(first, number).drop_duplicates(SAME)
    count, placed = first.cube.size, [first]
    for layer in others:
        rows = _keys(layer, number).drop(columns="cell").merge(cell_keys, on=SAME, how="left")
        new = rows.cell.isna()
        rows.loc[new, "cell"] = np.arange(count, count + new.sum())
        count += int(new.sum())
        cell_keys = pd.concat([cell_keys, rows[new]]).drop_duplicates(SAME)
        placed.append(layer._replace(cell=rows.cell.to_numpy(np.int64).reshape(layer.cube.shape)))
    values, (listed, public, before) = np.zeros(count, np.int64), np.zeros((3, count), bool)
    for layer in placed:
        values[layer.cell] = layer.cube
        listed[layer.cell[layer.listed]] = True
    for layer in placed[1:]:
        public[layer.cell[layer.listed & ~layer.hidden]] = True
        before[layer.cell[layer.hidden]] = True
    return Union(np.where(listed, values, 0), listed, public, before & ~public), placed


def _keys(layer: Cells, number: dict[tuple[str, str, str], int]) -> pd.DataFrame:
    """One row per cell: what makes it the same as that of another snapshot, whose lists may be longer."""
    group, span, region = (axis.ravel() for axis in np.indices(layer.cube.shape))
    return pd.DataFrame(
        {
            "group": np.array([number[one] for one in layer.groups])[group],
            "start_date": layer.spans.start_date.to_numpy()[span],
            "last_date": layer.spans.last_date.to_numpy()[span],
            "region_code": layer.regions.region_code.to_numpy()[region],
            "value": layer.cube.ravel(),
            "cell": layer.cell.ravel(),
        }
    )


def _relations(layers: Sequence[Cells], listed: np.ndarray) -> Relations:
    """The sums, inequalities and covers among the cells that a reader can derive from the tables' layout."""
    equal: list[tuple] = []
    larger: list[tuple] = []
    covers: list[tuple] = []
    since = layers[0].cube.size  # a relation among the first layer's cells must be added only once
    for layer in layers:
        if layer is layers[0] or layer.cell.max() >= since:
            for pairs, more in zip((equal, larger, covers), _of_layer(layer), strict=True):
                pairs += more if layer is layers[0] else [pair for pair in more if _reaches(pair, since)]
    return _packed(equal, larger, covers, listed)


def _reaches(pair: tuple, since: int) -> bool:
    first, rest = pair
    return bool((rest >= since).any() or (first >= since).any())


def _of_layer(layer: Cells) -> tuple[list[tuple], list[tuple], list[tuple]]:
    """Wholes that equal their parts, pairs of larger and smaller, wholes that their parts cover."""
    groups, spans, regions, counts, _, _, cell, poor = layer
    equal: list[tuple] = []
    larger: list[tuple] = []
    covers: list[tuple] = []
    for parent, children in people_cube.children(regions):
        for flat in cell.reshape(-1, len(regions)):
            equal.append((flat[parent], flat[children]))
    _category_relations(groups, poor, cell, counts, equal, larger, covers)
    _period_relations(groups, spans, cell, counts, equal, larger, covers)
    return equal, larger, covers


def _category_relations(groups, poor_words, cell, counts, equal, larger, covers) -> None:
    at = {group: n for n, group in enumerate(groups)}
    categories = [n for n, g in enumerate(groups) if g[1] == "poverty_category"]
    poor = [n for n in categories if groups[n][2] in poor_words]
    helps = [n for n, g in enumerate(groups) if g[1] == "help_type"]
    for whole, parts in ((at[ALL], categories), (at[PERSONS], poor)):
        # A sum that holds is known to hold; where a subject changed category it does not.
        for p, r in np.argwhere(np.equal(counts[whole], counts[parts].sum(axis=0))).tolist():
            equal.append((cell[whole, p, r], cell[parts, p, r]))
    covers += [
        (whole, parts)
        for whole, parts in zip(cell[at[ALL]].ravel(), cell[helps].reshape(len(helps), -1).T, strict=True)
    ]
    for big, small in [(at[ALL], n) for n in (at[PERSONS], *categories, *helps)]:
        larger.append((cell[big].ravel(), cell[small].ravel()))
    larger.append((cell[at[TIMES]].ravel(), cell[at[PERSONS]].ravel()))


def _period_relations(groups, spans: pd.DataFrame, cell, counts, equal, larger, covers) -> None:
    """Years, halves and quarters: person-times add up, persons do not, households accumulate."""
    distinct = [n for n, g in enumerate(groups) if g[0] == "persons"]
    times, households = groups.index(TIMES), groups.index(HOUSEHOLDS)
    for whole in range(len(spans)):
        for parts in divisions(spans, whole):
            equal += list(zip(cell[times, whole], cell[times][parts].T, strict=True))
            for n in distinct:
                if len(parts) == 1:  # the same days: the same number
                    equal += list(zip(cell[n, whole], cell[n][parts].T, strict=True))
                    continue
                # A subject may change its category within the year; where its parts cover a whole, readers will know.
                holds = counts[n, whole] <= counts[n][parts].sum(axis=0)
                covers += list(zip(cell[n, whole, holds], cell[n][parts][:, holds].T, strict=True))
                if groups[n][1] != "poverty_category":
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


def _packed(equal: list, larger: list, covers: list, listed: np.ndarray) -> Relations:
    """The relations as arrays; those with a cell that no snapshot lists are left out."""
    big, small = np.concatenate([b for b, _ in larger]), np.concatenate([s for _, s in larger])
    both = listed[big] & listed[small] & (big != small)
    whole = [
        [(head, parts) for head, parts in pairs if listed[head] and listed[parts].all()] for pairs in (equal, covers)
    ]
    return Relations(*_csr(whole[0]), big[both], small[both], *_csr(whole[1]))


def _csr(pairs: list) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    heads = np.array([head for head, _ in pairs], dtype=np.int64)
    indptr = np.concatenate([[0], np.cumsum([len(parts) for _, parts in pairs])]).astype(np.int64)
    return heads, indptr, np.concatenate([parts for _, parts in pairs]).astype(np.int64)


def _cost(layers: Sequence[Cells], count: int) -> np.ndarray:
    """Hide a county before a prefecture, and a prefecture before the province."""
    costs = np.zeros(count, np.int64)
    for layer in layers:
        costs[layer.cell] = layer.regions.level.map({"county": 1, "prefecture": 2, "province": 4}).to_numpy()
    return costs


def _store(db: duckdb.DuckDBPyConnection, cells: Cells) -> None:
    groups, spans, regions, counts, listed, hidden, _, _ = cells
    group, period, region = np.nonzero(listed)
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
            "value": pd.array(counts[listed], dtype="Int64"),
            "is_hidden": hidden[listed],
        }
    )
    rows.loc[rows.is_hidden, "value"] = pd.NA
    db.register("incoming", rows)
    db.execute("insert into people_counts by name from incoming")
    db.unregister("incoming")
