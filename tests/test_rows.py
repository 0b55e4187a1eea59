"""Every figure opens: the rows of queries/rows/ add up to it, come page by page, and name the line they come from."""

import math
import re

import duckdb
import pandas as pd
import pytest

from tests.conftest import reference
from yunnan.data import queries, snapshots

CARDS = {card["code"]: card for card in queries.folder("indicators")}
PEOPLE = [code for code, card in CARDS.items() if card["people"] == "yes"]
REPORTED = {"organizations", "projects", "funds", "activities", "policies", "reported_stats"}
RETURNS = {
    "item_id": "VARCHAR",
    "item": "VARCHAR",
    "detail": "VARCHAR",
    "place_name": "VARCHAR",
    "num": "DOUBLE",
    "den": "DOUBLE",
    "source_file": "VARCHAR",
    "source_row": "INTEGER",
}
# What stands as the source of a row that nobody reported: a protected count, or what the definition finds missing.
UNREPORTED = {
    "P1-09": "受益人数立方（小数保护）",
    "P3-03": "口径：行业领域代码表",
    "P4-08": "贫困县名单",
    "P4-09": "受益人数立方（小数保护）",
}
# Asked for one place and period after another, all figures would take a quarter of an hour.
EVERYWHERE = """
    select w.period, w.region_code, t.num, t.den
    from (
        select p.period, r.region_code
        from periods as p cross join regions as r
        where r.level::varchar != 'unallocated'
    ) as w, lateral (select sum(num) as num, sum(den) as den from (
        {}
    )) as t
"""
PLACES = ["530000", "530600", "533300", "530621", "533301"]


@pytest.fixture(scope="module")
def published(tiny_data) -> dict:
    """(indicator, period, place) -> its row of indicator_values, read without the dashboard's own door."""
    (file,) = tiny_data.glob("snapshots/*/indicator_values.parquet")
    with duckdb.connect() as db:
        rows = db.execute(
            "select indicator_code, period, region_code, num::double, den::double, status"
            f" from read_parquet('{file}') where level::varchar != 'unallocated'"
        ).fetchall()
    return {(code, period, place): figure for code, period, place, *figure in rows}


def adds_up(code, figure, num, den) -> bool:
    """A blank figure promises nothing: the place has not reported, or a small count is hidden."""
    shown_num, shown_den, status = figure
    if status in ("未报送", "已隐去"):
        return True
    if shown_num is None:  # unknown: of the things that are due none is counted
        return zero(num) == zero(den) == 0
    if CARDS[code]["is_ratio"] == "yes":
        return same(shown_num, num) and same(shown_den, den)
    # Where a part is hidden the other parts are less than the whole.
    return pd.isna(den) and (same(shown_num, num) or (code in PEOPLE and zero(num) <= shown_num))


def same(figure, total) -> bool:
    return math.isclose(zero(figure), zero(total), rel_tol=1e-9, abs_tol=1e-3)


def zero(total) -> float:
    return 0.0 if pd.isna(total) else float(total)


def rows_of(snapshot, code, period="2019", place="530000") -> pd.DataFrame:
    return snapshot.table(queries.rows(code), period=period, place=place)


def test_every_indicator_opens_and_nothing_else_does():
    assert [n for n in queries.names() if n.startswith("rows/")] == [queries.rows(code) for code in CARDS]


@pytest.mark.parametrize("code", CARDS)
def test_the_rows_of_all_figures_look_alike(code, snapshot):
    query = queries.load(queries.rows(code))
    assert list(query.params) == ["period", "place"]
    assert list(query.returns.items()) == list(RETURNS.items())
    assert list(rows_of(snapshot, code).columns) == list(RETURNS)
    assert query.doc.startswith(f"Rows behind {code}: ")
    assert re.search(r"\brow\b", query.doc)


@pytest.mark.parametrize("code", CARDS)
def test_the_rows_add_up_to_the_figure_in_every_place_and_period(code, snapshot, published):
    behind = queries.load(queries.rows(code)).sql.replace("$period", "w.period").replace("$place", "w.region_code")
    with snapshots._open(snapshot.path, None).cursor() as cursor:
        totals = {(p, place): sums for p, place, *sums in cursor.execute(EVERYWHERE.format(behind)).fetchall()}
    figures = {(p, place): figure for (c, p, place), figure in published.items() if c == code}
    assert figures
    wrong = {at: (figure, totals[at]) for at, figure in figures.items() if not adds_up(code, figure, *totals[at])}
    assert not wrong


@pytest.mark.parametrize("code", CARDS)
def test_what_a_page_is_told_of_the_rows_adds_up_to_the_figure(code, snapshot, published):
    for period in ("2019", "2019Q3", "2020H1"):
        for place in PLACES:
            total = snapshot.total(queries.rows(code), period=period, place=place)
            figure = published.get((code, period, place))
            assert figure is None or adds_up(code, figure, total.num, total.den), (period, place)


@pytest.mark.parametrize("code", CARDS)
def test_pages_put_together_are_all_rows_once_and_in_order(code, snapshot):
    whole = rows_of(snapshot, code)
    name, size = queries.rows(code), max(1, len(whole) // 3)
    starts = range(0, len(whole) + size, size)
    pages = [snapshot.page(name, size=size, start=start, period="2019", place="530000") for start in starts]
    assert pages[-1].empty
    assert all(len(page) == size for page in pages[: len(whole) // size])
    filled = [page for page in pages if len(page)] or pages
    pd.testing.assert_frame_equal(pd.concat(filled, ignore_index=True), whole)
    assert snapshot.total(name, period="2019", place="530000").rows == len(whole)


@pytest.mark.parametrize("code", CARDS)
def test_the_rows_that_count_come_first(code, snapshot):
    counts = rows_of(snapshot, code).num.fillna(0) > 0
    assert counts.any()
    assert counts.is_monotonic_decreasing


@pytest.mark.parametrize("code", CARDS)
def test_a_row_is_named_and_leads_to_the_line_it_was_read_from(code, snapshot):
    with snapshots._open(snapshot.path, None).cursor() as cursor:
        lines, known = set(), set()
        for table in REPORTED:
            lines |= set(cursor.execute(f"select source_file, source_row from {table}").fetchall())
        for table, key in (("projects", "project_id"), ("organizations", "org_id")):
            known |= {key for (key,) in cursor.execute(f"select {key} from {table}").fetchall()}
    for place in PLACES:
        for row in rows_of(snapshot, code, place=place).itertuples():
            assert row.item_id
            assert row.item
            assert row.detail
            assert row.place_name
            # A page links what looks like a project or an organization.
            assert row.item_id in known or row.item_id[0] not in "POX"
            if pd.isna(row.source_row):
                assert row.source_file == UNREPORTED[code]
            else:
                assert (row.source_file, row.source_row) in lines


@pytest.mark.parametrize("code", CARDS)
def test_rows_never_come_from_persons(code, snapshot):
    assert "beneficiaries" not in queries.load(queries.rows(code)).sql
    # A name in quotes is a word that a view tells, such as the kinds of return; what a view reads is never quoted.
    assert "beneficiaries" not in re.sub(r"--.*|'[^']*'", "", queries.load("views").sql)
    with snapshots._open(snapshot.path, None).cursor() as cursor, pytest.raises(duckdb.CatalogException):
        cursor.execute("from beneficiaries")


@pytest.mark.parametrize("code", PEOPLE)
def test_a_hidden_count_of_people_is_not_told(code, snapshot, published):
    hidden = {
        (period, place) for (c, period, place), (_, _, status) in published.items() if c == code and "隐" in status
    }
    for period, place in hidden:
        for row in rows_of(snapshot, code, period, place).itertuples():
            if row.item_id == place:
                assert pd.isna(row.num)
                assert row.detail.startswith("已隐去")
    assert hidden


def test_the_ten_sectors_are_those_of_the_list(snapshot):
    lists = reference("code_lists").to_pandas()
    sectors = set(lists.code[lists.list == "sector"])
    assert len(sectors) == 10
    assert set(rows_of(snapshot, "P3-03").item) == sectors


def test_a_county_counts_its_share_of_a_project_and_a_prefecture_the_whole(snapshot):
    by_place = {place: rows_of(snapshot, "P4-02", place=place).set_index("item_id") for place in PLACES}
    assert by_place["530600"].den["P00002"] == 500_000
    assert by_place["530621"].den["P00002"] == 300_000
    assert "本县分摊 60.00%" in by_place["530621"].detail["P00002"]
    assert "分摊" not in by_place["530600"].detail["P00002"]
