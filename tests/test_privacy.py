"""Whoever adds and subtracts all that is told about people cannot pin a count of 1 to 9.

The attack knows nothing of how the counts were protected. It reads the list 受益 as its files have it, and uses what
anybody knows: counties make a prefecture, quarters a year, and nobody is counted in a part and not in the whole.
"""

import math
from collections.abc import Iterator

import duckdb
import pandas as pd
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.test_records import some_of
from yunnan import records, snapshots
from yunnan import settings as house
from yunnan.records import Selection

Cell = tuple[str, str, str, str, str]  # counting base, group, member, period, region
Rule = tuple[Cell, list[Cell], bool]  # a whole, its parts, whether nobody is in two parts
PERSONS, TIMES = "人数（去重）", "人次"
ALL, POOR, CATEGORY, HELP = "全部对象", "建档立卡人口", "按对象类别", "按帮扶类型"
# How a year and its halves are made of other periods; nine months are told of the province alone.
MADE_OF = {
    "": (("Q1", "Q2", "Q3", "Q4"), ("H1", "H2"), ("M9", "Q4")),
    "M9": (("Q1", "Q2", "Q3"), ("H1", "Q3")),
    "H1": (("Q1", "Q2"),),
    "H2": (("Q3", "Q4"),),
}


def opened(folder) -> snapshots.Snapshot:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(house, "DATA_DIR", folder)
        return snapshots.find(snapshots.published()[0])


@pytest.fixture(scope="module")
def tiny(tiny_data) -> snapshots.Snapshot:
    return opened(tiny_data)


@pytest.fixture(scope="module", params=["tiny_data", "demo_data"])
def either(request) -> snapshots.Snapshot:
    return opened(request.getfixturevalue(request.param))


def told(snapshot: snapshots.Snapshot) -> pd.DataFrame:
    """All rows of the list, as every file of it has them."""
    asked = Selection("beneficiaries", shown=records.ALL)
    names = list(asked.columns)
    batches = snapshot.rows(asked.query, names, **asked.where)
    return pd.DataFrame([row for batch in batches for row in batch], columns=names)


class Attack:
    """Bounds of every cell, narrowed by every rule until nothing changes."""

    def __init__(self, rows: pd.DataFrame, regions: dict[str, list[str]]) -> None:
        keys = zip(rows.counting_base, rows.people_group, rows.member, rows.period, rows.region_code, strict=True)
        known = zip(keys, rows.people_value, rows.is_hidden, strict=True)
        self.bounds = {key: [1, math.inf] if hidden else [int(v), int(v)] for key, v, hidden in known}
        self.hidden = [key for key, hidden in zip(self.bounds, rows.is_hidden, strict=True) if hidden]
        self.regions = regions
        level = rows.level.map({"全省": 0, "州市": 1, "县": 2})
        self.levels = set(zip(rows.counting_base, rows.people_group, rows.period, level, strict=True))
        self.level = dict(zip(rows.region_code, level, strict=True))
        self.members = rows.groupby("people_group").member.unique().to_dict()

    def at(self, cell: Cell) -> list[float] | None:
        """Its bounds: what is not listed where others of its kind are is zero; None where the kind is not told."""
        base, group, _, period, region = cell
        if (base, group, period, self.level.get(region, 2)) not in self.levels:
            return None
        return self.bounds.setdefault(cell, [0, 0])

    def rules(self) -> Iterator[Rule]:
        for base, group, member, period, region in list(self.bounds):
            cell = (base, group, member, period, region)
            if region in self.regions:
                yield cell, [(base, group, member, period, part) for part in self.regions[region]], True
            for spans in MADE_OF.get(period[4:], ()):
                parts = [(base, group, member, f"{period[:4]}{span}", region) for span in spans]
                if all(self.at(part) for part in parts[:-1]):  # the last may not have begun
                    yield cell, [part for part in parts if self.at(part)], base == TIMES
            if base == PERSONS and group == ALL:
                yield cell, [(base, HELP, one, period, region) for one in self.members.get(HELP, ())], False
                for of in (CATEGORY, POOR):
                    yield from ((cell, [(base, of, one, period, region)], False) for one in self.members.get(of, ()))
            if base == TIMES:
                yield cell, [(PERSONS, group, member, period, region)], False

    def run(self) -> None:
        found = [(w, parts, exact) for w, parts, exact in self.rules() if parts and all(map(self.at, [w, *parts]))]
        found = [rule for rule in found if any(self.at(c)[0] != self.at(c)[1] for c in [rule[0], *rule[1]])]
        while sum(self.narrow(*rule) for rule in found):
            pass

    def narrow(self, whole: Cell, parts: list[Cell], exact: bool) -> bool:
        """Whether a rule has told anything new."""
        top, each = self.at(whole), [self.at(part) for part in parts]
        before = [list(bound) for bound in (top, *each)]
        low, high = sum(b[0] for b in each), sum(b[1] for b in each)
        covers = exact or len(parts) > 1
        top[0] = max(top[0], low if exact else max(b[0] for b in each))
        top[1] = min(top[1], high) if covers else top[1]
        for bound in each:
            bound[1] = min(bound[1], top[1] - (low - bound[0]) if exact else top[1])
            others = high - bound[1] if math.isfinite(high) else math.inf
            bound[0] = max(bound[0], top[0] - others) if covers else bound[0]
            low, high = sum(b[0] for b in each), sum(b[1] for b in each)
        return before != [list(bound) for bound in (top, *each)]


def places(snapshot: snapshots.Snapshot) -> dict[str, list[str]]:
    """{place: the places it is made of}."""
    with duckdb.connect() as db:
        rows = db.execute(f"select prefecture_code, county_code from '{snapshot.path}/counties.parquet'").fetchall()
    parts: dict[str, list[str]] = {"530000": sorted({prefecture for prefecture, _ in rows})}
    for prefecture, county in rows:
        parts.setdefault(prefecture, []).append(county)
    return parts


def test_subtracting_parts_from_wholes_pins_no_hidden_count_below_ten(either):
    attack = Attack(told(either), places(either))
    assert len(attack.hidden) > 20
    attack.run()
    assert all(low <= high for low, high in attack.bounds.values())  # what the attack takes for granted does hold
    assert {cell: attack.bounds[cell] for cell in attack.hidden if attack.bounds[cell][1] < 10} == {}


def test_the_attack_finds_a_small_count_that_only_its_neighbours_give_away(tiny):
    """A single hidden county among shown ones: where the protection fails, the test above does too."""
    rows = told(tiny)
    (county,) = rows[(rows.level == "县") & rows.is_hidden & (rows.counting_base == TIMES)].head(1).itertuples()
    same = (rows.people_group == county.people_group) & (rows.member == county.member) & (rows.period == county.period)
    group = same & (rows.counting_base == TIMES) & (rows.prefecture_code == county.prefecture_code)
    rows.loc[group, "is_hidden"] = False
    rows.loc[group, "people_value"] = 20
    wholes = group & (rows.level == "州市")
    rows.loc[wholes, "people_value"] = 20 * (group & (rows.level == "县")).sum() - 15
    rows.loc[county.Index, ["is_hidden", "people_value"]] = True, None
    attack = Attack(rows, places(tiny))
    attack.run()
    cell = (county.counting_base, county.people_group, county.member, county.period, county.region_code)
    assert attack.bounds[cell][1] == 5


@settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large])
@given(data=st.data())
def test_two_filters_that_differ_by_one_value_differ_by_whole_rows_of_that_value(tiny, data):
    """So their difference is rows of the list, shown or hidden as everywhere, and never a number of its own."""
    asked = some_of(data, tiny, "beneficiaries")
    name = data.draw(st.sampled_from(sorted(records.facets("beneficiaries"))))
    column = records.facets("beneficiaries")[name]
    every = sorted(tiny.counts(asked.query, [column], **Selection("beneficiaries").where).get(column, {}))
    value, rest = data.draw(st.sampled_from(every)), data.draw(st.lists(st.sampled_from(every), unique=True))
    fewer = asked.with_facet(name, [one for one in rest if one != value] or ["没有"])
    more = asked.with_facet(name, [*fewer.chosen[name], value])
    less, much = (tiny.page(one.query, size=100_000, **one.where).fillna({"people_value": -1}) for one in (fewer, more))
    between = pd.concat([less, much]).drop_duplicates(keep=False)
    assert len(between) == len(much) - len(less) == tiny.total(more.query, (), **more.where).rows - len(less)
    assert set(between[column]) <= {value}
    assert not between.people_value.between(1, 9).any()
    assert (between.is_hidden == (between.people_value == -1)).all()


def test_an_indicator_of_people_is_hidden_with_its_count_and_with_all_that_would_tell_it(either):
    with duckdb.connect() as db:
        found = db.execute(
            f"""
            select v.*, c.value as count_value, c.is_hidden as is_count_hidden
            from '{either.path}/indicator_values.parquet' as v
            inner join '{either.path}/people_counts.parquet' as c
                on
                    c.period = v.period and c.region_code = v.region_code and c.level = v.level
                    and (v.indicator_code, c.measure, c.dimension) in (
                        ('P1-09', 'persons', 'registered_poor'), ('P4-09', 'households', 'microcredit')
                    )
            """
        ).df()
    assert len(found) > 500
    assert set(found.indicator_code) == {"P1-09", "P4-09"}
    hidden = found[found.is_count_hidden]
    assert hidden.is_hidden.all()
    assert hidden[["num", "den", "value", "attainment"]].isna().all().all()
    assert set(hidden.status) <= {"已隐去"}
    shown = found[~found.is_count_hidden & found.num.notna()]
    assert (shown.num.astype(float) == shown.count_value).all()
    assert not shown.num.astype(float).between(1, 9).any()
