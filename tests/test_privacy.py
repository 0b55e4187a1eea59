"""Whoever adds and subtracts all that is told about people cannot pin a count of 1 to 9.

The attack knows nothing of how the counts were protected. It reads the list 受益 as its files have it, and uses what
anybody knows: counties make a prefecture, quarters a year, and nobody is counted in a part and not in the whole.
"""

import math
import shutil
from collections.abc import Iterator, Sequence
from datetime import date
from itertools import combinations
from pathlib import Path

import duckdb
import pandas as pd
import pyarrow as pa
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

import demo
from tests.conftest import agreeing, publish_tiny, read_tiny
from tests.selections import some_of
from yunnan import settings as house
from yunnan.data import queries, record_selection, snapshots
from yunnan.data.record_selection import Selection
from yunnan.publication import derived_tables, people_counts, publish

Cell = tuple[str, str, str, str, str]  # counting base, group, member, period, region
Rule = tuple[Cell, list[Cell], bool]  # a whole, its parts, whether nobody is in two parts
PERSONS, TIMES, HOUSEHOLDS = "人数（去重）", "人次", "户数"
ALL, POOR, CATEGORY, HELP = "全部对象", "建档立卡人口", "按对象类别", "按帮扶类型"
# How a year and its halves are made of other periods; nine months are told of the province alone.
MADE_OF = {
    "": (("Q1", "Q2", "Q3", "Q4"), ("H1", "H2"), ("M9", "Q4")),
    "M9": (("Q1", "Q2", "Q3"), ("H1", "Q3")),
    "H1": (("Q1", "Q2"),),
    "H2": (("Q3", "Q4"),),
}
SPANS = "select period, start_date, last_date from periods"


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
    asked = Selection("beneficiaries", column_set=record_selection.ALL)
    names = list(asked.columns)
    batches = snapshot.rows(asked.query, names, **asked.params)
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
    return places_of(snapshot.path)


def places_of(folder: Path) -> dict[str, list[str]]:
    with duckdb.connect() as db:
        rows = db.execute(f"select prefecture_code, county_code from '{folder}/counties.parquet'").fetchall()
    parts: dict[str, list[str]] = {"530000": sorted({prefecture for prefecture, _ in rows})}
    for prefecture, county in rows:
        parts.setdefault(prefecture, []).append(county)
    return parts


class Together:
    """Several snapshots attacked at once: what no return has changed in between is the same number in both."""

    def __init__(self, folders: list[Path]) -> None:
        self.places = {"530000": set()}
        for prefecture, county in read(folders[0], "select prefecture_code, county_code from counties"):
            self.places["530000"].add(prefecture)
            self.places.setdefault(prefecture, []).append(county)
        self.attacks = {folder: Attack(counted(folder), self.places) for folder in folders}
        self.same = [pair for two in combinations(folders, 2) for pair in self.unchanged(*two)]

    def unchanged(self, one: Path, other: Path) -> Iterator[tuple[list, list]]:
        """The bounds in both, of each cell that no changed return of its place and days can have changed."""
        returns = "select prefecture_code, report_period, source_sha256 from snapshot_manifest"
        sent, sent_again = (set(read(f, f"{returns} where table_name = 'beneficiaries'")) for f in (one, other))
        changed = {(unit, quarter_start(quarter)) for unit, quarter, _ in sent ^ sent_again}
        days, again = ({name: span for name, *span in read(f, SPANS)} for f in (one, other))
        home = {part: {whole} for whole, parts in self.places.items() for part in parts}
        touched = {}
        for cell, bounds in self.attacks[one].bounds.items():
            base, *group, period, region = cell
            (first, last), units = days[period], {region, *home.get(region, ())}
            key = (base == HOUSEHOLDS, period, region)
            if key not in touched:
                since = date.min if base == HOUSEHOLDS else first
                touched[key] = any(region == "530000" or unit in units for unit, at in changed if since <= at <= last)
            for name in [name for name, span in again.items() if span == [first, last] and not touched[key]]:
                if found := self.attacks[other].bounds.get((base, *group, name, region)):
                    yield bounds, found

    def run(self) -> dict[tuple[str, Cell], list[float]]:
        """Bounds of each hidden cell of each snapshot."""
        is_new = True
        while is_new:
            for attack in self.attacks.values():
                attack.run()
            is_new = False
            for one, other in self.same:
                both = [max(one[0], other[0]), min(one[1], other[1])]
                is_new |= one != both or other != both
                one[:] = other[:] = both
        return {(f.name, cell): a.bounds[cell] for f, a in self.attacks.items() for cell in a.hidden}


def read(folder: Path, sql: str) -> list[tuple]:
    with duckdb.connect() as db:
        for file in folder.glob("*.parquet"):
            db.execute(f"create view {file.stem} as from read_parquet('{file}')")
        return db.execute(sql).fetchall()


def counted(folder: Path) -> pd.DataFrame:
    """The cube of a snapshot in the words of the list."""
    columns = ["counting_base", "people_group", "member", "period", "region_code", "level", "people_value", "is_hidden"]
    found = (
        "select measure, dimension, member, period, region_code, level::varchar, value, is_hidden from people_counts"
    )
    rows = pd.DataFrame(read(folder, found), columns=columns)
    names = {"persons": PERSONS, "person_times": TIMES, "households": HOUSEHOLDS}
    groups = {"all": ALL, "registered_poor": POOR, "poverty_category": CATEGORY, "help_type": HELP}
    levels = {"province": "全省", "prefecture": "州市", "county": "县"}
    return rows.replace({"counting_base": names, "people_group": groups, "level": levels})


def quarter_start(quarter: str) -> date:
    return date(int(quarter[:4]), 3 * int(quarter[5]) - 2, 1)


@pytest.fixture(scope="module")
def all_demo(tmp_path_factory) -> list[Path]:
    """What the demo's five snapshots tell about people, each protected after those before it."""
    made: list[Path] = []
    for one in demo.snapshots():
        folder = tmp_path_factory.mktemp(f"{one.asof}.r{one.revision}")
        made.append(protected(folder, one.tables, one.asof, made[::-1]))
    return made


READ_AGAIN = (
    "beneficiaries",
    "periods",
    "regions",
    "people_counts",
    "code_lists",
)  # read again beside a later snapshot


def protected(folder: Path, tables: dict[str, pa.Table], asof: date, others: Sequence[Path] = ()) -> Path:
    """What a snapshot of these tables tells about people, written into the folder."""
    with duckdb.connect() as db:
        publish.load(db, {name: tables[name] for name in ("funds", "beneficiaries", "snapshot_manifest")}, asof)
        derived_tables.fill_periods(db, asof)
        db.execute(queries.load("publish/regions").sql)
        people_counts.fill(db, others)
        for table in (*READ_AGAIN, "counties", "snapshot_manifest"):
            db.execute(f"copy {table} to '{folder}/{table}.parquet' (format parquet)")
    return folder


@pytest.mark.parametrize(
    ("asof", "alone"), [("2020-09-30", False), ("2020-09-30", True), ("2021-09-30", True)], ids=str
)
def test_a_province_of_almost_only_small_counts_is_protected_in_bounded_work(tmp_path, asof, alone):
    """Where almost no count is ten or more there is little to hide behind; also in the nine months."""
    tables = read_tiny()
    sent = tables["beneficiaries"].to_pandas()
    if alone:  # one person a row
        sent = sent.assign(headcount="1", times="1")
    tables["beneficiaries"] = pa.Table.from_pandas(sent, preserve_index=False).cast(tables["beneficiaries"].schema)
    folder = protected(tmp_path, tables, date.fromisoformat(asof))
    attack = Attack(counted(folder), places_of(folder))
    attack.run()
    assert any(cell[3].endswith("M9") for cell in attack.hidden)
    assert {cell: attack.bounds[cell] for cell in attack.hidden if attack.bounds[cell][1] < 10} == {}


def test_all_snapshots_of_the_demo_together_give_no_hidden_count_away(all_demo):
    together = Together(all_demo)
    assert len(together.same) > 50_000
    assert any(one[0] != one[1] for one, _ in together.same)
    found = together.run()
    assert all(low <= high for attack in together.attacks.values() for low, high in attack.bounds.values())
    assert {cell: bounds for cell, bounds in found.items() if bounds[1] < 10 or bounds[0] == bounds[1]} == {}


def test_what_the_province_says_of_all_and_of_the_poor_is_shown_in_every_snapshot_of_the_demo(all_demo):
    for folder in all_demo:
        with duckdb.connect() as db:
            told = db.execute(
                f"select is_hidden from '{folder}/people_counts.parquet' where level = 'province'"
                " and (dimension = 'all' or member like '建档立卡%')"
            ).fetchall()
        assert len(told) > 20
        assert not any(hidden for (hidden,) in told)


def test_what_a_correction_adds_does_not_follow_from_what_was_published_before_it(tmp_path):
    """200 people in 大理 and 昭通 are public; then one person in 德宏 is sent, and no total may say so."""
    tables = read_tiny()
    rows = tables["beneficiaries"].to_pandas().set_index("record_id", drop=False)
    dali, zhaotong, dehong = (rows.loc[name].copy() for name in ("B000018", "B000008", "B000025"))
    for one, name in ((dali, "大理"), (zhaotong, "昭通")):
        quarter = ["report_period", "service_date", "source_file"]
        one[quarter] = "2019Q4", "2019-10-20", f"受益_{name}_2019Q4.xlsx"
    folders = []
    for revision, there in ((1, [dali, zhaotong]), (2, [dali, zhaotong, dehong])):
        manifest = tables["snapshot_manifest"].to_pandas()
        sent = (manifest.table_name == "beneficiaries") & (manifest.report_period == "2019Q4")
        manifest.loc[sent & (manifest.prefecture_code == "533100"), "source_sha256"] = f"{revision:064x}"
        changed = tables | {
            name: pa.Table.from_pandas(one, preserve_index=False).cast(tables[name].schema)
            for name, one in (("beneficiaries", pd.DataFrame(there)), ("snapshot_manifest", manifest))
        }
        folders.append(publish_tiny(tmp_path, revision=revision, **agreeing(changed)))
    together = Together(folders)
    found = together.run()
    assert any(name == "2020-06-30.r2" for name, _ in found)
    assert {cell: bounds for cell, bounds in found.items() if bounds[1] < 10} == {}


def test_a_snapshot_of_another_contract_is_named_and_refuses_the_publication(tiny_data, tmp_path):
    shutil.copytree(tiny_data / "snapshots" / "2020-06-30.r1", tmp_path / "2019-12-31.r1")
    with duckdb.connect() as db:
        db.execute(f"copy (select 1 as people) to '{tmp_path}/2019-12-31.r1/beneficiaries.parquet' (format parquet)")
    with duckdb.connect() as db:
        publish.load(db, {}, date(2020, 6, 30))
        derived_tables.fill_periods(db, date(2020, 6, 30))
        db.execute(queries.load("publish/regions").sql)
        with pytest.raises(people_counts.Unprotected, match=r"2019-12-31\.r1 与本程序的数据约定不同.*移出快照文件夹"):
            people_counts.fill(db, [tmp_path / "2019-12-31.r1"])


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
    name = data.draw(st.sampled_from(sorted(record_selection.facets("beneficiaries"))))
    column = record_selection.facets("beneficiaries")[name]
    every = sorted(tiny.counts(asked.query, [column], **Selection("beneficiaries").params).get(column, {}))
    value, rest = data.draw(st.sampled_from(every)), data.draw(st.lists(st.sampled_from(every), unique=True))
    fewer = asked.with_facet(name, [one for one in rest if one != value] or ["没有"])
    more = asked.with_facet(name, [*fewer.chosen[name], value])
    less, much = (
        tiny.page(one.query, size=100_000, **one.params).fillna({"people_value": -1}) for one in (fewer, more)
    )
    between = pd.concat([less, much]).drop_duplicates(keep=False)
    assert len(between) == len(much) - len(less) == tiny.total(more.query, (), **more.params).rows - len(less)
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
