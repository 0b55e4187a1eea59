"""变动账: what changed between two snapshots, real and revised told apart, added up by hand; nobody is given away."""

import csv
import shutil
from datetime import date
from pathlib import Path

import duckdb
import pandas as pd
import pyarrow as pa
import pytest
from hypothesis import HealthCheck, given
from hypothesis import settings as effort
from hypothesis import strategies as st

from tests.conftest import agreeing, publish_tiny, read_tiny
from tests.screens import INDICATORS, assert_whole, chart, html, metric, open_page, table, visible_text
from yunnan import settings
from yunnan.data import queries, snapshot_folders, snapshots, two_snapshots
from yunnan.front.trust import changes

PAGE = "pages/trust/changes.py"
PROVINCE, DALI, DEHONG = "530000", "532900", "533100"
CARDS = {card["code"]: card for card in queries.folder("indicators")}
BY_EVENT = [code for code, card in CARDS.items() if "events" in card.header]
WAN = 10_000


@pytest.fixture
def revised(revised_data, monkeypatch) -> Path:
    monkeypatch.setattr(settings, "DATA_DIR", revised_data)
    return revised_data


@pytest.fixture
def sent_again(revised) -> two_snapshots.Between:
    """2020-06-30 first and second revision."""
    return two_snapshots.between(snapshots.find("2020-06-30.r1"), snapshots.find("2020-06-30.r2"))


@pytest.fixture
def half_a_year(revised) -> two_snapshots.Between:
    """End of 2019 and June 2020."""
    return two_snapshots.between(snapshots.find("2020-06-30.r1"), snapshots.find("2019-12-31.r1"))


def of(pair: two_snapshots.Between, code: str, period: str, place: str = PROVINCE):
    found = pair.table("changes/by_indicator", period=period, place=place).set_index("indicator_code")
    assert len(found) == INDICATORS - (place not in (PROVINCE,))  # P4-05 is the province's alone
    return found.loc[code]


def parts(row) -> tuple[float, float, float]:
    return row.change, row.real_change, row.revised_change


# By hand; in 万: tests/conftest.py tells what was sent again


def test_a_correction_of_a_year_already_reported_is_revised(sent_again):
    row = of(sent_again, "P1-08", "2019")
    assert (row.old_value, row.new_value) == (109 * WAN, 111 * WAN)  # F000026: 9 instead of 7
    assert parts(row) == (2 * WAN, 0, 2 * WAN)
    assert parts(of(sent_again, "P1-08", "2018")) == (0, 0, 0)


def test_a_return_that_had_not_come_is_real_and_what_is_added_late_or_withdrawn_is_revised(sent_again):
    row = of(sent_again, "P1-08", "2020H1")
    assert (row.old_value, row.new_value) == (26 * WAN, 32 * WAN)  # 8 + 6 + 10 + 2; less 2, and 3 and 5 more
    assert parts(row) == (6 * WAN, 5 * WAN, 1 * WAN)
    assert parts(of(sent_again, "P1-08", "2020H1", DEHONG)) == (3 * WAN, 5 * WAN, -2 * WAN)
    assert parts(of(sent_again, "P1-08", "2020H1", DALI)) == (3 * WAN, 0, 3 * WAN)


def test_a_change_has_its_causes_its_places_and_its_files(sent_again):
    where = {"period": "2020H1", "indicator_code": "P1-08"}
    causes = sent_again.table("changes/by_cause", **where, place=PROVINCE)
    assert list(causes.itertuples(index=False, name=None)) == [
        ("新报季度", True, 1, 5.0 * WAN),
        ("补报", False, 1, 3.0 * WAN),
        ("撤回", False, 1, -2.0 * WAN),
    ]
    places = sent_again.table("changes/by_place", **where)
    assert len(places) == 17
    assert dict(zip(places.region_name[:2], places.change[:2], strict=True)) == {"大理州": 3 * WAN, "德宏州": 3 * WAN}
    files = sent_again.table("changes/by_file", **where, place=PROVINCE)
    assert list(files.source_file) == ["资金_德宏_2020Q2_2.xlsx", "资金_大理_2020Q1.xlsx", "资金_德宏_2020Q1.xlsx"]
    assert list(files.real_change) == [5 * WAN, 0, 0]
    assert list(files.revised_change) == [0, 3 * WAN, -2 * WAN]


def test_a_ratio_is_recomputed_for_the_days_already_counted(sent_again, half_a_year):
    # as much spent, of what was received up to the end of 2019 and F000026's two more
    old, new = (
        snapshots.find(name).row("values/figure", indicator_code="P3-06", period="2019", place=PROVINCE)
        for name in ("2020-06-30.r1", "2020-06-30.r2")
    )
    assert (new.num, new.den) == (old.num, old.den + 2 * WAN)
    row = of(sent_again, "P3-06", "2019")
    assert row.revised_change == pytest.approx(new.num / new.den - old.num / old.den)
    assert row.real_change == 0
    # nothing known at the end of 2019 has changed by June: what moved since is real
    row = of(half_a_year, "P3-06", "2020")
    assert row.old_period == "2019"
    assert row.revised_change == pytest.approx(0)
    assert row.real_change == pytest.approx(row.new_value - row.old_value)


def test_a_period_that_had_not_begun_is_real_and_a_ratio_of_it_has_nothing_to_be_compared_with(half_a_year):
    assert parts(of(half_a_year, "P1-08", "2020")) == (26 * WAN, 26 * WAN, 0)
    assert parts(of(half_a_year, "P1-08", "2019")) == (0, 0, 0)
    row = of(half_a_year, "P1-04", "2020")
    assert row.split_note == "较早快照没有本期"
    assert pd.isna(row.change)


def test_a_place_that_had_not_reported_has_no_older_value_and_says_so(sent_again):
    row = of(sent_again, "P1-08", "2020Q2", DEHONG)
    assert row.new_value == 5 * WAN
    assert pd.isna(row.old_value)
    assert row.split_note == "较早快照未报送"
    assert of(sent_again, "P3-06", "2020H1").split_note == "修订含原缺报季度补到的数"


def test_rows_are_told_with_old_and_new_content_and_where_both_stand(sent_again):
    rows = sent_again.table("changes/rows", table="funds", place=PROVINCE, causes=(), most=99).set_index("item_id")
    corrected = rows.loc["F000026"]
    assert (corrected.column_name, corrected.old_content, corrected.new_content) == (
        "amount_yuan",
        "70000.0",
        "90000.0",
    )
    assert (corrected.old_file, corrected.old_row, corrected.new_row) == ("资金_大理_2019Q3.xlsx", 3, 3)
    assert dict(rows.cause) == {"F000026": "更正", "F000037": "撤回", "F000101": "补报", "F000102": "新报季度"}
    assert pd.isna(rows.loc["F000037"].new_file)
    assert pd.isna(rows.loc["F000102"].old_file)
    only = sent_again.table("changes/rows", table="funds", place=DEHONG, causes=("撤回", "更正"), most=99)
    assert list(only.item_id) == ["F000037"]


def test_tables_are_counted_and_people_only_by_their_returns(sent_again, half_a_year):
    found = sent_again.table("changes/by_table").set_index("return_name")
    assert tuple(found.loc["资金", ["rows_then", "rows_now", "rows_new", "rows_withdrawn", "rows_revised"]]) == (
        37, 38, 2, 1, 1,
    )  # fmt: skip
    assert found.loc["受益"].filter(like="rows_").isna().all()
    assert found.returns_new["受益"] == 1  # 玉溪 2018Q1
    assert found.returns_new["资金"] == 1  # 德宏 2020Q2
    later = half_a_year.table("changes/by_table").set_index("return_name")
    assert later.rows_updated["组织"] > 0  # another inspection is another state, not a correction
    assert (later.rows_revised.dropna() == 0).all()


def test_a_return_in_two_parts_is_one_return_and_unchanged_when_nothing_changed(tmp_path, monkeypatch):
    nothing = {name: rows.slice(0, 0) for name, rows in read_tiny().items()}
    told = {}
    for name in ("snapshot_manifest", "returns_received"):
        rows = read_tiny()[name].to_pandas()
        one = rows[rows.batch_id == "2018Q1-530100-activities"]
        other = one.assign(batch_id="second", source_file="活动_昆明_2018Q1_2.xlsx", source_sha256="b" * 64)
        told[name] = pa.Table.from_pandas(
            pd.concat([one, other]), preserve_index=False, schema=read_tiny()[name].schema
        )
    for revision in (1, 2):
        publish_tiny(tmp_path, asof=date(2018, 3, 31), revision=revision, **nothing | told)
    monkeypatch.setattr(settings, "DATA_DIR", tmp_path)
    pair = two_snapshots.between(snapshots.find("2018-03-31.r1"), snapshots.find("2018-03-31.r2"))
    row = pair.table("changes/by_table").set_index("return_name").loc["活动"]
    assert tuple(row[["returns_new", "returns_replaced", "returns_withdrawn"]]) == (0, 0, 0)


# People


def test_a_few_people_more_or_less_are_never_told(sent_again, half_a_year):
    """One of 昭通's people of 2019 is gone: 708 beside the 709 that is published would tell of one."""
    row = of(sent_again, "P1-09", "2019")
    assert row.split_note == "小数保护"
    assert row[["old_value", "new_value", "change", "real_change", "revised_change"]].isna().all()
    for pair in (sent_again, half_a_year):
        for period in pair.now.table("frame/periods").period:
            told = pair.table("changes/by_indicator", period=period, place=PROVINCE)
            told = told[told.indicator_code.isin(["P1-09", "P4-09"])]
            numbers = told[["change", "real_change", "revised_change"]].abs().stack()
            assert not numbers.between(1, 9).any()
            assert told.old_value[told.change.isna()].isna().all()


def test_no_place_below_the_province_tells_a_difference_of_people(sent_again):
    for code in ("P1-09", "P4-09"):
        for period in ("2019", "2020H1"):
            places = sent_again.table("changes/by_place", period=period, indicator_code=code)
            assert places[["old_value", "change", "real_change", "revised_change"]].isna().all(axis=None)
            assert sent_again.table("changes/by_cause", period=period, indicator_code=code, place=PROVINCE).empty


def test_person_rows_are_not_opened_of_either_snapshot(sent_again):
    with two_snapshots._reading(sent_again) as cursor:
        for schema in ("main", "older"):
            with pytest.raises(duckdb.CatalogException):
                cursor.execute(f"from {schema}.beneficiaries")
        assert (
            cursor.execute("select distinct table_name from changed where table_name = 'beneficiaries'").fetchall()
            == []
        )


def test_two_snapshots_are_seen_only_as_far_as_one_may_see(revised):
    scope = frozenset({DALI})
    pair = two_snapshots.between(snapshots.find("2020-06-30.r1", scope), snapshots.find("2020-06-30.r2", scope))
    rows = pair.table("changes/rows", table="funds", place=PROVINCE, causes=(), most=99)
    assert list(rows.item_id) == ["F000026", "F000101"]
    row = pair.table("changes/by_indicator", period="2020H1", place=DALI).set_index("indicator_code").loc["P1-08"]
    assert parts(row) == (3 * WAN, 0, 3 * WAN)


def test_two_snapshots_set_beside_each_other_are_not_cleared_away_and_a_damaged_one_is_refused_by_name(
    revised_data, tmp_path, monkeypatch
):
    shutil.copytree(revised_data / "snapshots", tmp_path / "snapshots")
    monkeypatch.setattr(settings, "DATA_DIR", tmp_path)
    older, newer = (snapshots.Snapshot(tmp_path / "snapshots" / name) for name in ("2020-06-30.r1", "2020-06-30.r2"))
    pair = two_snapshots.between(older, newer)
    assert not pair.table("changes/by_table").empty
    for one in (older, newer):
        with snapshot_folders.alone(one.path) as is_free:
            assert not is_free, one
    (older.path / "funds.parquet").chmod(0o644)
    (older.path / "funds.parquet").write_bytes(b"")
    with pytest.raises(snapshots.Damaged, match=r"2020-06-30\.r1.*funds\.parquet"):
        pair.table("changes/by_place", period="2019", indicator_code="P1-08")


# The split always adds up

CHANGES = st.lists(
    st.tuples(
        st.sampled_from(["drop", "amount", "day", "reverse", "copy"]),
        st.integers(0, 36),
        st.integers(1, 5_000),
        st.integers(0, 89),
    ),
    min_size=3,
    max_size=12,
)


def changed_at_random(edits: list[tuple[str, int, int, int]]) -> dict[str, pa.Table]:
    """The tiny province with fund entries dropped, corrected, moved within their quarter, reversed, added."""
    tables = read_tiny()
    funds = tables["funds"].to_pandas()
    for number, (what, which, hundreds, days) in enumerate(edits):
        at = funds.index[which % len(funds)]
        quarter = pd.Period(funds.report_period[at])
        day = min(quarter.start_time.date() + pd.Timedelta(days=days), quarter.end_time.date())
        if what == "drop":
            funds = funds.drop(at).reset_index(drop=True)
        elif what == "copy":
            copy = funds.loc[[at]].assign(fund_id=f"F9{number:05d}", event_date=str(day))
            funds = pd.concat([funds, copy.assign(source_row=str(1000 + number))], ignore_index=True)
        else:
            column, value = {
                "amount": ("amount_yuan", f"{hundreds * 100}.00"), "day": ("event_date", str(day)),
                "reverse": ("is_reversal", "true"),
            }[what]  # fmt: skip
            funds.loc[at, column] = value
    told = pa.Table.from_pandas(funds, preserve_index=False).cast(tables["funds"].schema)
    return agreeing(tables | {"funds": told})


@given(edits=CHANGES)
@effort(max_examples=2, deadline=None, suppress_health_check=list(HealthCheck))
def test_real_and_revised_always_add_up_to_the_change(revised_data, tmp_path_factory, edits):
    folder = tmp_path_factory.mktemp("random")
    changed = snapshots.Snapshot(publish_tiny(folder, revision=2, **changed_at_random(edits)))
    published = revised_data / "snapshots"
    for older in ("2020-06-30.r1", "2019-12-31.r1"):
        pair = two_snapshots.Between(changed, snapshots.Snapshot(published / older))
        for period in ("2018", "2019", "2019Q3", "2020", "2020H1", "2020Q2"):
            with two_snapshots._reading(pair) as cursor:
                told = cursor.execute("from splits($p)", {"p": period}).df()
            assert_adds_up(told)
            places = pair.table("changes/by_place", period=period, indicator_code="P1-08").change
            whole = of(pair, "P1-08", period).change
            assert places.sum() == pytest.approx(whole) or places.isna().any()
    shutil.rmtree(folder)


def assert_adds_up(told: pd.DataFrame) -> None:
    """Every change that is told is new less old, and real and revised make it up; only what says why is not split."""
    known = told.dropna(subset="change")
    assert len(known) > 1000
    assert known.change.to_numpy() == pytest.approx((known.new_value - known.old_value).to_numpy(), abs=1e-6)
    split = known.dropna(subset="real_change")
    added = (split.real_change + split.revised_change).to_numpy()
    assert added == pytest.approx(split.change.to_numpy(), abs=1e-6)
    assert known[known.indicator_code.isin(BY_EVENT)].real_change.notna().all()
    unsplit = told[told.real_change.isna()]
    assert (unsplit.split_note != "").all()


def test_what_is_added_up_by_event_is_what_the_indicators_of_events_say(half_a_year):
    found = half_a_year.table("changes/by_indicator", period="2020", place=PROVINCE)
    assert {"P1-08", "P2-09"} <= set(BY_EVENT)
    assert found[found.split_rule == "逐条"].indicator_code.tolist() == BY_EVENT
    assert f"逐条相加的{len(BY_EVENT)}项" in queries.load("changes/by_indicator")["rule"]
    sums = {code for code, card in CARDS.items() if card["kind"] in ("时期·求和", "时期·计数")}
    assert sums >= set(BY_EVENT)
    recomputed = {code: CARDS[code]["tables"] for code in sorted(sums - set(BY_EVENT))}
    states = {"organizations", "code_lists"}
    assert all(set(tables.split()) <= states for tables in recomputed.values()), f"states, not events: {recomputed}"


# The page


def test_the_page_tells_the_headlines_the_split_and_the_rows(revised):
    app = open_page(PAGE, asof="2020-06-30.r2", period="2020H1")
    assert_whole(app, "2020年上半年")
    assert app.query_params["asof2"] == "2020-06-30.r1"  # the one before
    (said,) = html(app, "finding")
    assert "筹集款物+6万元（实际+5万元、修订+1万元）" in said
    assert metric(app, "筹集款物").value == "32万元"
    shown = table(app, "各项指标的变化：实际与修订").set_index("指标代码")
    assert tuple(shown.loc["P1-08", ["较早快照", "变化", "其中实际变化", "其中修订"]]) == (
        "26万元", "+6万元", "+5万元", "+1万元",
    )  # fmt: skip
    assert tuple(shown.loc["P1-09", ["较早快照", "变化"]]) == (changes.PROTECTED, changes.PROTECTED)
    drawn = chart(app, "bridge")["data"][0]
    assert list(drawn["x"]) == ["较早快照", "新报季度（1条）", "补报（1条）", "撤回（1条）", "较新快照"]
    assert list(table(app, "变动的行")["变动原因"]) == ["更正", "撤回", "补报", "新报季度"]
    assert table(app, "变动的行")["字段"].iloc[0] == "金额"


def test_the_screen_lists_the_first_rows_and_the_file_has_all(revised, files, monkeypatch):
    monkeypatch.setattr(changes, "ON_SCREEN", 2)
    app = open_page(PAGE, asof="2020-06-30.r2", period="2020H1")
    assert list(table(app, "变动的行")["变动原因"]) == ["更正", "撤回"]
    assert "屏幕上列前2行，文件里是全部4行。" in visible_text(app)
    (rows,) = [data.decode("utf-8-sig") for name, data in files.items() if "资金变动明细" in name]
    kinds = [line["变动原因"] for line in csv.DictReader(rows.splitlines()) if line["编号"].startswith("F0")]
    assert kinds == ["更正", "撤回", "补报", "新报季度"]


def test_the_page_narrows_to_a_place_an_indicator_a_table_and_a_cause(revised):
    app = open_page(
        PAGE, asof="2020-06-30.r2", period="2020H1", place=DEHONG, indicator="P3-06", items="funds", cause="revised"
    )
    assert_whole(app, "2020年上半年")
    assert list(chart(app, "bridge")["data"][0]["x"]) == ["较早快照", "实际变化", "修订", "较新快照"]
    assert list(table(app, "变动的行")["编号"]) == ["F000037"]
    app.selectbox(key="w_items").set_value("projects").run()
    assert "项目：德宏州没有这样的变动" in visible_text(app)
    assert app.query_params["items"] == "projects"


def test_the_older_of_the_two_is_the_base_whichever_the_frame_shows(revised):
    app = open_page(PAGE, asof="2020-06-30.r1", asof2="2020-06-30.r2", period="2019")
    assert_whole(app, "2019年")
    assert "较早：2020年6月30日第1版　较新：2020年6月30日第2版" in [c.value for c in app.caption]
    assert metric(app, "筹集款物").value == "111万元"


def test_a_single_snapshot_has_nothing_to_be_compared_with(snapshot):
    app = open_page(PAGE)
    assert [e.message for e in app.exception] == []
    assert "只有一份快照" in app.info[0].value


def test_a_difference_of_people_is_nowhere_on_the_page(revised):
    app = open_page(PAGE, asof="2020-06-30.r2", period="2019", indicator="P1-09")
    assert "人数已作小数保护，不画变化的构成" in app.info[0].value
    assert "709" not in visible_text(app)
    assert metric(app, "惠及贫困人口").value == "—"
    assert metric(app, "惠及贫困人口").delta == ""
    assert date.fromisoformat(app.query_params["asof"].partition(".")[0]) == date(2020, 6, 30)
