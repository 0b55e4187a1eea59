"""The demo tells its stories, keeps the published figures exactly, and comes out the same every time."""

import itertools
import re
from datetime import date
from pathlib import Path

import duckdb
import numpy as np
import pyarrow as pa
import pytest

import demo
from demo import chance, credit, plan, quarters, reference, workdays
from yunnan.publication import derived_tables
from yunnan.publication.shipped_rows import REFERENCE

ROOT = Path(__file__).parents[2]
SNAPSHOTS = ("2018-12-31.r1", "2019-06-30.r1", "2019-12-31.r1", "2019-12-31.r2", "2020-06-30.r1")
STATEMENTS = re.split(r"(?m)^-- name: ", (Path(__file__).parent / "calibration_checks.sql").read_text(encoding="utf-8"))
CHECKS = {text.split()[0]: text.partition("\n")[2] for text in STATEMENTS[1:]}
ONLY_2020 = {"CAL-05a", "CAL-10"}  # spending up to 2020, and a document of 2020
# At publication; said by a return; the line of a return, which what ships has not.
COMPUTED = {"former_names", "known_date", "covers_province", "source_file", "source_row"}
YEARS = {2018: "2018-12-31.r1", 2019: "2019-12-31.r2", 2020: "2020-06-30.r1"}
ENDS = {2018: date(2018, 12, 31), 2019: date(2019, 12, 31), 2020: date(2020, 6, 30)}
WENSHAN, QUJING, DEHONG, YUXI, BANNA, NUJIANG, LINCANG = (
    "532600", "530300", "533100", "530400", "532800", "533300", "530900",
)  # fmt: skip


@pytest.fixture(scope="module")
def made() -> dict[str, demo.DemoSnapshot]:
    return {f"{one.asof}.r{one.revision}": one for one in demo.snapshots()}


@pytest.fixture(scope="module")
def loaded(made):
    """Every snapshot in a database of its own, through the contract, as publishing loads it."""
    found = {name: load(one.tables, one.asof) for name, one in made.items()}
    yield found
    for db in found.values():
        db.close()


def load(tables: dict[str, pa.Table], asof: date) -> duckdb.DuckDBPyConnection:
    db = duckdb.connect()
    db.execute((ROOT / "queries" / "schema.sql").read_text(encoding="utf-8"))
    for table in REFERENCE:
        insert(db, table, f"read_csv('{ROOT}/data/reference/{table}.csv', all_varchar = true)")
    for table, rows in tables.items():
        db.register("incoming", rows)
        insert(db, table, "incoming")
        db.unregister("incoming")
    db.execute((ROOT / "queries" / "views.sql").read_text(encoding="utf-8"))
    derived_tables.fill_periods(db, asof)
    db.execute((ROOT / "queries" / "publish" / "documents.sql").read_text(encoding="utf-8"), {"asof": asof})
    return db


def insert(db: duckdb.DuckDBPyConnection, table: str, source: str) -> None:
    wanted, given = ([name for name, *_ in db.execute(f"describe from {of}").fetchall()] for of in (table, source))
    columns = ", ".join(name for name in wanted if name in given or name not in COMPUTED)
    db.execute(f"insert into {table} by name select {columns} from {source}")


def one(db: duckdb.DuckDBPyConnection, sql: str):
    """The only value of a query."""
    return db.execute(sql).fetchone()[0]


def indicator(loaded, code: str, year: int) -> dict[str, float]:
    """An indicator by its own file: value by prefecture, the province under 省; none where nothing is to divide by."""
    sql = (ROOT / "queries" / "indicators" / f"{code.replace('-', '_')}.sql").read_text(encoding="utf-8")
    dates = {"start_date": date(year, 1, 1), "end_date": ENDS[year]}
    wanted = {name: value for name, value in dates.items() if f"${name}" in sql}
    rows = loaded[YEARS[year]].execute(sql, wanted).fetchall()
    return {
        ("省" if grain == 3 else prefecture): float(num) / float(den)
        for prefecture, _, grain, num, den in rows
        if grain in (1, 3) and num is not None and den
    }


def scores(loaded, year: int) -> dict[str, dict[str, float]]:
    """Pillar and total scores by prefecture, by the method the sheets print: capped at the target, equal weights.

    An indicator without any value is left out: inspections are known of the year before alone.
    """
    targets = [row for row in reference.rows("targets") if int(row["year"]) == year and row["region_code"] != "530000"]
    reached: dict[str, dict[str, list[float]]] = {}
    for code in sorted({row["indicator_code"] for row in targets}):
        values = indicator(loaded, code, year)
        for row in (row for row in targets if row["indicator_code"] == code and values):
            due = [float(row[f"q{n}_share"] or 0) for n in range(1, 3 if year == 2020 else 5)]
            if not (goal := float(row["target_value"]) * (1 if row["phasing"] == "时点" else sum(due))):
                continue  # of what is judged in December alone
            pillars = reached.setdefault(row["region_code"], {})
            pillars.setdefault(code[:2], []).append(min(values.get(row["region_code"], 0) / goal, 1))
    pillar = {
        place: {name: 100 * float(np.mean(part)) for name, part in parts.items()} for place, parts in reached.items()
    }
    return {place: parts | {"ALL": float(np.mean(list(parts.values())))} for place, parts in pillar.items()}


def test_there_are_five_snapshots_in_the_order_of_the_story(made):
    assert tuple(made) == SNAPSHOTS
    published = [snapshot.published_at for snapshot in made.values()]
    assert published == sorted(published)
    assert all(snapshot.published_at.date() > snapshot.asof for snapshot in made.values())


@pytest.mark.parametrize("name", SNAPSHOTS)
def test_no_row_breaks_the_contract(made, loaded, name):
    for table, rows in made[name].tables.items():
        assert one(loaded[name], f"select count(*) from {table}") == rows.num_rows


@pytest.mark.parametrize("name", SNAPSHOTS)
def test_no_rule_refuses_the_rows(made, loaded, name):
    for rule in sorted((ROOT / "queries" / "checks").glob("fail_*.sql")):
        sql = rule.read_text(encoding="utf-8")
        if "indicator_values" not in sql:  # computed at publication
            asof = {"asof": made[name].asof} if "$asof" in sql else None
            assert loaded[name].execute(sql, asof).fetchall() == [], rule.stem


@pytest.mark.parametrize("check", CHECKS)
def test_every_published_figure_holds_in_2020(loaded, check):
    assert loaded["2020-06-30.r1"].execute(CHECKS[check]).fetchone()[2:] == (True, True)


@pytest.mark.parametrize("check", sorted(CHECKS.keys() - ONLY_2020))
def test_the_published_figures_of_2018_and_2019_hold_at_the_end_of_2019(loaded, check):
    assert loaded["2019-12-31.r2"].execute(CHECKS[check]).fetchone()[2:] == (True, True)


def test_the_first_look_at_2019_was_lower(loaded):
    received, persons = (loaded["2019-12-31.r1"].execute(CHECKS[check]).fetchone()[1] for check in ("CAL-01", "CAL-02"))
    assert (received, persons) == (431_000_000, 412_000)


@pytest.mark.parametrize("region", reference.unit_codes())
def test_the_cells_of_money_and_persons_are_exact(loaded, region):
    for period, first, last in (("2018", 2018, 2018), ("2019", 2019, 2019), ("2020H1", 2020, 2020)):
        money, persons = reference.cells()[reference.unit_of(region), period]
        db = loaded["2020-06-30.r1"]
        received = f"""select sum(amount_yuan) from funds where stage = '到账' and prefecture_code = '{region}'
            and year(event_date) between {first} and {last}"""
        reached = f"""select coalesce(sum(heads), 0) from (select max(headcount) as heads from beneficiaries
            where prefecture_code = '{region}' and year(service_date) = {first}
            and starts_with(poverty_category::varchar, '建档立卡') group by subject_key)"""
        assert (one(db, received), one(db, reached)) == (money, persons)


def test_two_runs_make_the_same_tables(made):
    for again in demo.snapshots():
        before = made[f"{again.asof}.r{again.revision}"]
        assert again.published_at == before.published_at
        for table, rows in again.tables.items():
            assert rows.equals(before.tables[table]), table


def test_a_scaled_set_multiplies_records_and_keeps_the_contract():
    (last,) = demo.snapshots(scale=2)
    assert str(last.asof) == "2020-06-30"
    with load(last.tables, last.asof) as db:
        assert (
            one(db, "select sum(amount_yuan) from funds where stage = '到账' and year(event_date) = 2019")
            == 880_000_000
        )
        assert one(db, "select count(*) - count(distinct record_id) from beneficiaries") == 0
        assert one(db, "select count(distinct subject_key) from beneficiaries where subject_type = '集体' "
                       "and help_type = '疾病筛查' and headcount in (1326, 921)") == 4  # fmt: skip
        assert unequal_totals(db) == []


@pytest.mark.parametrize("name", SNAPSHOTS)
def test_nothing_is_known_before_it_happened(made, loaded, name):
    asof = made[name].asof
    for table in ("organizations", "projects", "funds", "beneficiaries", "activities", "policies"):
        for column, kind, *_ in loaded[name].execute(f"describe {table}").fetchall():
            if kind == "DATE" and column != "planned_end_date":
                latest = one(loaded[name], f"select max({column}) from {table}")
                assert latest is None or latest <= asof, (table, column)


@pytest.mark.parametrize("name", SNAPSHOTS)
def test_control_totals_are_those_of_the_rows(loaded, name):
    assert unequal_totals(loaded[name]) == []


def unequal_totals(db: duckdb.DuckDBPyConnection) -> list:
    """Files whose rows or amounts differ from what the manifest tells; lists of state hold in their last quarter."""
    held = " union all ".join(
        f"select '{table}' as table_name, source_file, count(*) as rows_held, "
        f"{'sum(amount_yuan)' if table == 'funds' else 'null'} as amount, max(source_row) as last_row "
        f"from {table} group by source_file"
        for table in ("organizations", "projects", "funds", "beneficiaries", "activities", "reported_stats")
    )
    return db.execute(
        f"""select * from ({held}) as h left join snapshot_manifest as m using (table_name, source_file)
        where rows_held is distinct from rows_ok + rows_warn or amount is distinct from nullif(sum_amount_ok, 0)
        or last_row != rows_held + 1"""
    ).fetchall()


def test_a_return_sent_again_is_told_by_its_revision(loaded):
    again = "select distinct prefecture_code, report_period from snapshot_manifest where revision = 1 order by all"
    assert loaded["2019-12-31.r1"].execute(again).fetchall() == []
    expected = [("530600", "2019Q4"), ("530800", "2019Q4"), ("530900", "2019Q3"), ("532500", "2019Q4")]
    assert loaded["2019-12-31.r2"].execute(again).fetchall() == expected


def test_lincang_sent_its_third_quarter_again_with_other_categories_and_the_same_total(loaded):
    where = f"where prefecture_code = '{LINCANG}' and report_period = '2019Q3'"
    for table, mix, total in (
        ("funds", "source", "sum(amount_yuan)"),
        ("beneficiaries", "poverty_category", "count(*)"),
    ):
        first, second = (
            (one(loaded[name], f"select {total} from {table} {where}"),
             loaded[name].execute(f"select {mix}, count(*) from {table} {where} group by 1 order by 1").fetchall())
            for name in ("2019-12-31.r1", "2019-12-31.r2")
        )  # fmt: skip
        assert first[0] == second[0]
        assert first[1] != second[1]


def test_dehong_has_not_reported_the_second_quarter_of_2020(loaded):
    db = loaded["2020-06-30.r1"]
    for table in ("funds", "beneficiaries", "activities", "reported_stats", "snapshot_manifest"):
        rows = f"select count(*) from {table} where prefecture_code = '{DEHONG}' and report_period = "
        assert one(db, rows + "'2020Q2'") == 0
        assert one(db, rows + "'2020Q1'") > 0 or table == "reported_stats"
    assert one(db, f"select max(registered_date) from organizations where prefecture_code = '{DEHONG}'") <= date(
        2020, 3, 31
    )


def test_dehong_receives_half_in_goods_and_often_without_a_valuation(loaded):
    db = loaded["2019-12-31.r2"]
    goods = f"""select (sum(amount_yuan) filter (form = '物资') / sum(amount_yuan))::double from funds
        where stage = '到账' and prefecture_code = '{DEHONG}' and year(event_date) = 2019"""
    assert one(db, goods) == pytest.approx(0.48, abs=0.01)
    missing = """select prefecture_code, (count(*) filter (valuation_basis is null) / count(*))::double from funds
        where stage = '到账' and form = '物资' group by 1 order by 2 desc"""
    (first, rate), (_, second) = db.execute(missing).fetchmany(2)
    assert first == DEHONG
    assert rate > 0.25 > 0.06 > second


def test_wenshan_is_last_in_coverage_and_theme_education(loaded):
    for code, value in (("P1-01", 0.550), ("P1-06", 0.41)):
        values = indicator(loaded, code, 2019)
        assert min(values, key=lambda place: values[place]) == WENSHAN
        assert values[WENSHAN] == pytest.approx(value, abs=0.0005)


def test_wenshan_follows_up_one_policy_of_four(loaded):
    values = indicator(loaded, "P2-02", 2019)
    assert min(values, key=lambda place: values[place]) == WENSHAN
    assert values[WENSHAN] == 0.25


def test_wenshan_is_last_in_2019_on_the_first_two_pillars_and_in_all(loaded):
    found = scores(loaded, 2019)
    for name in ("P1", "P2", "ALL"):
        assert min(found, key=lambda place, name=name: found[place][name]) == WENSHAN


def test_qujing_is_last_on_the_fourth_pillar_only(loaded):
    found = scores(loaded, 2019)
    assert min(found, key=lambda place: found[place]["P4"]) == QUJING
    assert found[QUJING]["P4"] < 65 < 90 < min(found[QUJING][name] for name in ("P1", "P2", "P3"))
    assert indicator(loaded, "P4-01", 2019)[QUJING] == pytest.approx(0.36, abs=0.005)
    assert indicator(loaded, "P4-08", 2019)[QUJING] == 0


def test_scores_are_spread_but_believable(loaded):
    found = {place: parts["ALL"] for place, parts in scores(loaded, 2019).items() if place != WENSHAN}
    assert 80 < min(found.values()) < 90
    assert 95 < max(found.values()) < 100


@pytest.mark.parametrize("year", YEARS)
def test_tiers_tell_prefectures_apart(loaded, year):
    """优 from 95, 良 from 85: neither holds more than ten of the sixteen, and some are lower."""
    found = [parts["ALL"] for parts in scores(loaded, year).values()]
    best, good = sum(one >= 95 for one in found), sum(85 <= one < 95 for one in found)
    assert (3 <= best <= 7, 5 <= good <= 10, best + good <= 15) == (True, True, True)


@pytest.mark.parametrize("code", ["P1-03", "P1-07", "P1-08", "P1-09", "P2-09", "P3-02", "P3-04"])
@pytest.mark.parametrize("year", [2018, 2019])
def test_results_lie_around_targets_that_are_round_numbers(loaded, code, year):
    values, goals = indicator(loaded, code, year), {
        row["region_code"]: float(row["target_value"])
        for row in reference.rows("targets")
        if (row["indicator_code"], int(row["year"])) == (code, year) and row["region_code"] != "530000"
    }  # fmt: skip
    rates = [values[place] / goal for place, goal in goals.items()]
    assert 0.75 < min(rates) < 0.9 < 1.05 < max(rates) < 1.25
    assert all(goal == float(f"{goal:.2e}") for goal in goals.values())


def test_between_three_and_forty_of_a_hundred_organizations_take_part(loaded):
    took_part = indicator(loaded, "P1-07", 2019)
    there = "select prefecture_code, count(*) from act_orgs(date '2019-12-31') group by 1"
    shares = {place: took_part[place] / n for place, n in loaded["2019-12-31.r2"].execute(there).fetchall()}
    assert (len(shares), min(shares.values()) > 0.03, max(shares.values()) < 0.4) == (17, True, True)


def test_help_suits_the_age(loaded):
    ages = """select list(distinct age_band order by age_band) from beneficiaries
        where help_type = '{}' and age_band is not null"""
    for kind, suited in (
        ("助学", ["0-6", "7-15"]),
        ("救孤", ["0-6", "7-15"]),
        ("扶老", ["60+"]),
        ("技能培训", ["16-59"]),
    ):
        assert one(loaded["2020-06-30.r1"], ages.format(kind)) == suited


def test_a_model_case_has_a_story_in_its_name_and_money(loaded):
    cases = """select project_name, coalesce(sum(amount_yuan) filter (stage = '到账'), 0) as received
        from projects left join funds using (project_id)
        where is_model_case and projects.programme_code is distinct from 'PG-CFGM' group by all"""
    found = loaded["2020-06-30.r1"].execute(cases).fetchall()
    assert len(found) == 16
    assert [name for name, received in found if "、" not in name or not received] == []


def test_nujiang_spends_slowly_and_finishes_late(loaded):
    for code, value in (("P3-06", 0.57), ("P3-07", 0.66)):
        values = indicator(loaded, code, 2019)
        assert min(values, key=lambda place: values[place]) == NUJIANG
        assert values[NUJIANG] == pytest.approx(value, abs=0.01)


def test_two_thirds_of_banna_rest_on_party_instructors(loaded):
    shares = dict(loaded["2019-12-31.r2"].execute(
        """select prefecture_code, (count(*) filter (party_cover_mode = '选派党建指导员') / count(*))::double
        from act_orgs(date '2019-12-31') where party_cover_date is not null group by 1"""
    ).fetchall())  # fmt: skip
    assert shares.pop(BANNA) == pytest.approx(2 / 3, abs=0.01)
    assert max(shares.values()) < 0.3


def test_yuxi_raises_twenty_million_for_others(loaded):
    raised = f"""select sum(amount_yuan) from funds where stage = '到账' and raise_region_code = '{YUXI}'
        and prefecture_code != '{YUXI}'"""
    assert float(one(loaded["2020-06-30.r1"], raised)) == pytest.approx(20_300_000, rel=0.01)
    by_others = f"""select count(*) from funds inner join organizations using (org_id) where stage = '到账'
        and raise_region_code = '{YUXI}' and funds.prefecture_code != '{YUXI}'
        and organizations.prefecture_code != '{YUXI}'"""
    assert one(loaded["2020-06-30.r1"], by_others) == 0


def test_party_training_and_exchange_fell_by_61_per_cent_in_the_first_quarter_of_2020(loaded):
    held = """select report_period, count(*) from activities where category in ('党建', '培训', '交流推进', '协议签署')
        and report_period in ('2019Q1', '2020Q1') group by 1"""
    assert dict(loaded["2020-06-30.r1"].execute(held).fetchall()) == {"2019Q1": 161, "2020Q1": 63}


def test_a_third_of_the_year_is_received_in_its_last_quarter_and_little_at_the_start_of_2020(loaded):
    share = """select (sum(amount_yuan) filter (report_period = '{}') / sum(amount_yuan))::double from funds
        where stage = '到账' and year(event_date) = {} and prefecture_code != '533100'"""
    assert one(loaded["2019-12-31.r2"], share.format("2019Q4", 2019)) == pytest.approx(0.335, abs=0.005)
    assert one(loaded["2020-06-30.r1"], share.format("2020Q1", 2020)) == pytest.approx(0.28, abs=0.01)


@pytest.mark.parametrize(("code", "year", "value", "within"), [
    ("P1-01", 2018, 0.586, 0.003), ("P1-01", 2019, 0.723, 0.003), ("P1-01", 2020, 0.773, 0.003),
    ("P1-02", 2019, 0.92, 0.01), ("P1-06", 2019, 0.725, 0.01), ("P1-07", 2019, 2950, 60),
    ("P2-03", 2019, 0.68, 0.015), ("P2-08", 2019, 13.77, 0.01),
    ("P2-09", 2019, 16_900, 0), ("P3-02", 2019, 410, 6), ("P3-05", 2019, 0.52, 0.02), ("P3-06", 2019, 0.78, 0.01),
    ("P4-01", 2019, 0.69, 0.02), ("P4-02", 2019, 0.57, 0.02), ("P4-05", 2019, 0.447, 0.001),
    ("P1-09", 2020, 187_000, 0), ("P2-05", 2019, 113, 3), ("P2-07", 2019, 27, 0), ("P3-09", 2019, 20, 0),
])  # fmt: skip
def test_the_province_stands_where_the_plan_says(loaded, code, year, value, within):
    assert indicator(loaded, code, year)["省"] == pytest.approx(value, abs=within)


@pytest.mark.parametrize(("year", "name"), [(2018, "2019-12-31.r2"), (2019, "2020-06-30.r1")])
def test_what_inspections_found_is_known_in_the_year_after(loaded, year, name):
    sql = (ROOT / "queries" / "indicators" / "P2_04.sql").read_text(encoding="utf-8")
    rows = loaded[name].execute(sql, {"end_date": date(year, 12, 31)}).fetchall()
    ((num, den),) = [(num, den) for *_, grain, num, den in rows if grain == 3]
    assert float(num / den) == pytest.approx(0.915, abs=0.01)
    assert indicator(loaded, "P2-04", year) == {}


def test_all_seven_counties_of_nujiang_and_diqing_have_social_workers(loaded):
    values = indicator(loaded, "P4-08", 2018)
    assert (values["533300"], values["533400"]) == (1, 1)


def test_paired_projects_are_with_the_paired_place(loaded):
    wrong = """select p.cross_province, f.partner from projects as p inner join pairings as f
        on p.prefecture_code = f.region_code where p.cross_province in ('上海', '广东')
        and p.programme_code in ('PG-HDXZ', 'PG-YDXZ')
        and not contains(f.partner, p.cross_province::varchar)"""
    assert loaded["2020-06-30.r1"].execute(wrong).fetchall() == []


def test_approved_money_is_received_in_the_same_year(loaded):
    unequal = """select project_id from funds where source in ('中央财政', '福彩公益金')
        group by project_id, year(event_date)
        having sum(amount_yuan) filter (stage = '获批') is distinct from sum(amount_yuan) filter (stage = '到账')"""
    assert loaded["2020-06-30.r1"].execute(unequal).fetchall() == []


@pytest.mark.parametrize("name", SNAPSHOTS)
@pytest.mark.parametrize("purse", ["prefecture_code, source", "county_code, source, form", "county_code"])
def test_on_no_day_was_more_spent_than_received(loaded, name, purse):
    """By source in every prefecture and county, and in every county: no 资金执行率 is over 100 %."""
    overdrawn = f"""select {purse}, event_date from (
            select {purse}, event_date, sum(if(stage = '到账', amount_yuan, -amount_yuan)) as flow
            from funds where stage in ('到账', '支出') group by all)
        qualify sum(flow) over (partition by {purse} order by event_date) < 0"""
    assert loaded[name].execute(overdrawn).fetchall() == []


def test_money_moves_on_working_days_of_every_month(loaded):
    db = loaded["2020-06-30.r1"]
    moved = db.execute("select distinct event_date from funds").fetchall()
    days = {quarters.day(day.year, day.month, day.day) for (day,) in moved}
    assert days <= set(workdays.DAYS.tolist())
    for stage in ("到账", "支出"):
        months = f"select count(distinct date_trunc('month', event_date)) from funds where stage = '{stage}'"
        assert one(db, months) >= 29


def test_offices_post_match_and_rate_on_working_days(loaded):
    db, days = loaded["2020-06-30.r1"], set(workdays.DAYS.tolist())
    for asked in ("posted_date from projects", "matched_date from projects", "rating_date from organizations",
                  "start_date from projects where programme_code is null"):  # fmt: skip
        found = {day for (day,) in db.execute(f"select distinct {asked}").fetchall() if day}
        assert len(found) > 100
        assert {quarters.day(day.year, day.month, day.day) for day in found} <= days, asked


def test_spring_festival_and_the_days_worked_for_it_are_known():
    days = set(workdays.DAYS.tolist())
    for (*when,), is_worked in (((2019, 2, 3), True), ((2019, 2, 4), False), ((2020, 1, 30), False),
                                ((2020, 6, 28), True), ((2018, 10, 1), False), ((2018, 10, 8), True)):  # fmt: skip
        assert (quarters.day(*when) in days) == is_worked, when


def test_every_prefecture_has_a_rhythm_of_its_own(loaded):
    shares = """select prefecture_code, round(sum(amount_yuan) filter (quarter(event_date) = 4) / sum(amount_yuan), 2)
        from funds where stage = '到账' and year(event_date) = 2019 group by 1"""
    found = [share for _, share in loaded["2019-12-31.r2"].execute(shares).fetchall()]
    assert len(set(found)) >= 12
    assert max(found) - min(found) > 0.15


def test_amounts_are_heaped_at_round_numbers_and_some_are_odd(loaded):
    for stage, least in (("到账", 0.4), ("支出", 0.2)):
        shares = f"""select (count(*) filter (amount_yuan % 1000 = 0) / count(*))::double,
            (count(*) filter (amount_yuan % 100 != 0) / count(*))::double,
            (count(*) filter (amount_yuan % 1 != 0) / count(*))::double from funds where stage = '{stage}'"""
        round_, odd, cents = loaded["2020-06-30.r1"].execute(shares).fetchone()
        assert (least < round_ < 0.7, 0.1 < odd < 0.4, 0.03 < cents < 0.2) == (True, True, True), stage


@pytest.mark.parametrize("name", SNAPSHOTS)
def test_a_donor_is_of_one_kind_and_one_place(loaded, name):
    several = """select donor_name from funds where donor_name is not null group by 1
        having count(distinct donor_type) > 1 or count(distinct raise_region_code) > 1"""
    assert loaded[name].execute(several).fetchall() == []


def test_a_few_donors_give_often_and_most_seldom(loaded):
    gifts = "select count(*) from funds where donor_name is not null group by donor_name order by 1 desc"
    number = [count for (count,) in loaded["2020-06-30.r1"].execute(gifts).fetchall()]
    assert sum(number[: len(number) // 10]) > 0.4 * sum(number)
    assert sorted(number)[len(number) // 2] <= 4


@pytest.mark.parametrize("name", SNAPSHOTS)
def test_every_source_that_has_received_has_spent_some_of_it_and_not_all(loaded, name):
    rates = """select sum(amount_yuan) filter (stage = '支出') / sum(amount_yuan) filter (stage = '到账') as rate
        from funds group by source having rate is null or rate not between 0.3 and 0.99"""
    assert loaded[name].execute(rates).fetchall() == []


def test_in_january_what_was_paid_out_of_late_receipts_was_not_known_either(loaded):
    paid = """select fund_id, prefecture_code, report_period from funds where stage = '支出'"""
    then, now = (loaded[name].execute(paid).fetchall() for name in ("2019-12-31.r1", "2019-12-31.r2"))
    assert then
    assert {row[1:] for row in set(now) - set(then)} == {(code, "2019Q4") for code in ("530600", "530800", "532500")}
    assert set(then) <= set(now)


def test_few_projects_spend_more_than_they_received(loaded):
    over = """select count(*) from (select project_id from funds where project_id is not null group by 1 having
        sum(amount_yuan) filter (stage = '支出') > coalesce(sum(amount_yuan) filter (stage = '到账'), 0))"""
    assert 0 < one(loaded["2020-06-30.r1"], over) < 10


def test_a_subject_has_one_home_and_one_size_everywhere(loaded):
    two = """select count(*) from (select subject_key from beneficiaries group by 1
        having count(distinct county_code) > 1 or count(distinct headcount) > 1 or count(distinct ethnic_code) > 1)"""
    assert one(loaded["2020-06-30.r1"], two) == 0


def test_person_times_are_more_than_persons_and_other_people_are_few(loaded):
    db = loaded["2020-06-30.r1"]
    times = """select sum(headcount) from beneficiaries where year(service_date) = 2019
        and registered_poor(poverty_category)"""
    assert one(db, times) == 530_628
    others = """select (count(*) filter (not registered_poor(poverty_category)) / count(*))::double
        from beneficiaries"""
    assert 0.06 < one(db, others) < 0.08


def test_little_is_unknown_about_the_persons_helped(loaded):
    for column in ("sex_code", "age_band", "ethnic_code"):
        unknown = f"""select (count(*) filter ({column} is null or {column} = '9') / count(*))::double
            from beneficiaries where subject_type = '个人'"""
        assert one(loaded["2020-06-30.r1"], unknown) < 0.1


def test_microcredit_is_lent_to_households_in_the_pilot_counties(loaded):
    lent = """select distinct county_code, subject_type from beneficiaries where help_type = '小额信贷' order by 1"""
    rows = loaded["2020-06-30.r1"].execute(lent).fetchall()
    assert rows == [(county, "家庭") for county in sorted(plan.MICROCREDIT_COUNTIES)]


def test_named_organizations_carry_nothing_invented(loaded):
    db = loaded["2020-06-30.r1"]
    told = """select distinct party_cover_date, party_work_date, party_member_count, inspection_result,
        rating, rating_date, charity_date, public_fundraising_date, tax_deduction_years, publicity_date,
        staff_count, activity_field
        from organizations where is_seed_named"""
    assert db.execute(told).fetchall() == [(None, None, None, None, "未评估", *(None,) * 7)]
    assert one(db, "select count(*) from organizations where is_seed_named") == 10
    beyond = """select count(*) from funds inner join organizations using (org_id)
        where is_seed_named and coalesce(programme_code, '') not in ('PG-TXYM', 'PG-STFP')"""
    assert one(db, beyond) == 0


def test_every_other_organization_and_project_says_that_it_is_demo(loaded):
    db = loaded["2020-06-30.r1"]
    assert one(db, "select count(*) from organizations where not is_seed_named and not contains(org_name, '演示')") == 0
    assert one(db, "select count(*) from projects where not contains(project_name, '演示')") == 0
    assert one(db, "select count(*) from funds where donor_name not like '（演示）%'") == 0
    assert (
        one(db, "select count(*) from funds where donor_type in ('个人', '政府部门') and donor_name is not null") == 0
    )
    assert one(db, "select count(*) - count(distinct (reg_authority_code, org_name)) from organizations") == 0


def test_no_name_of_an_organization_says_a_word_twice_and_few_need_a_number(loaded):
    names = [name for (name,) in loaded["2020-06-30.r1"].execute("select org_name from organizations").fetchall()]
    assert [name for name in names if re.search(r"([一-龥]{2,})\1", name)] == []
    assert sum(name.endswith("）") for name in names) < len(names) / 10


def test_provincial_departments_supervise_only_what_the_province_registers(loaded):
    supervised = """select supervising_unit_code, count(*) from organizations
        where starts_with(supervising_unit_code, '省') group by 1
        having count(*) > 200 or count(*) filter (reg_level != '省级') > 0"""
    assert loaded["2020-06-30.r1"].execute(supervised).fetchall() == []


def test_credit_codes_have_valid_digits_and_a_body_no_real_one_has(loaded):
    rows = loaded["2020-06-30.r1"].execute(
        "select uscc, org_type, reg_authority_code from organizations where uscc is not null"
    )
    codes, types, places = zip(*rows.fetchall(), strict=True)
    assert len(set(codes)) == len(codes)
    kinds = {"社会团体": "1", "社会服务机构": "2", "基金会": "3"}
    starts = [f"5{kinds[kind]}{place}YND" for kind, place in zip(types, places, strict=True)]
    assert all(code.startswith(start) for code, start in zip(codes, starts, strict=True))
    letters = np.array([list(code) for code in codes])
    assert (credit.body_check(letters[:, 8:16]) == letters[:, 16]).all()
    assert (credit.check(letters[:, :17]) == letters[:, 17]).all()


def test_the_check_digit_is_that_of_the_published_codes():
    for code, digit in (("91350100M0001TGQX", "1"), ("91350211M0000XUF4", "R"), ("91350203M0001FUE2", "J")):
        assert credit.check(np.array([list(code)]))[0] == digit


@pytest.mark.parametrize("name", SNAPSHOTS)
def test_no_text_looks_like_an_identity_or_telephone_number(made, name):
    personal = re.compile(r"(?<![0-9A-Z])(?:[1-9]\d{5}(?:19|20)\d{9}[\dX]|1[3-9]\d{9})(?!\d)")
    for table, rows in made[name].tables.items():
        for column in rows.column_names:
            if column in ("uscc", "source_sha256", "subject_key"):  # hashes and codes, checked above
                continue
            for text in distinct_texts(rows[column]):
                assert not personal.search(text), (table, column, text)


def distinct_texts(column: pa.ChunkedArray) -> list[str]:
    kind = column.type.value_type if pa.types.is_dictionary(column.type) else column.type
    return [text for text in column.unique().to_pylist() if text] if pa.types.is_string(kind) else []


def test_splitting_loses_nothing():
    for total, size in itertools.product((0, 1, 7, 999_999_937), (1, 2, 16, 1000)):
        parts = chance.split(total, np.arange(1, size + 1))
        assert parts.sum() == total
        assert parts.min() >= 0


@pytest.mark.parametrize("name", SNAPSHOTS)
def test_every_return_was_received_and_its_issues_are_as_many_as_its_rows_tell(loaded, name):
    counted = """select m.batch_id from snapshot_manifest as m left join returns_received as r using (batch_id)
        left join (select batch_id, count(*) filter (severity = '错误') as refused,
            count(*) filter (rule_id = 'DQ-10') as warned, count(*) filter (rule_id = 'DQ-25') as mistold,
            count(*) filter (rule_id = 'DQ-26') as late, count(*) filter (severity = '警告') as warnings
            from quality_issues group by 1) as q using (batch_id)
        where r.batch_id is null or r.warnings != coalesce(q.warnings, 0)
        or (m.rows_reject, m.rows_warn, (m.declared_rows != m.rows_in)::int, (m.received_at > m.due_date)::int)
            != (coalesce(refused, 0), coalesce(warned, 0), coalesce(mistold, 0), coalesce(late, 0))"""
    assert loaded[name].execute(counted).fetchall() == []
    assert one(loaded[name], "select count(*) from quality_issues where rule_id not in "
                             "(select rule_id from validation_rules)") == 0  # fmt: skip


def test_an_issue_about_a_row_points_at_that_row(loaded):
    pointed = """select m.source_file, row_no from quality_issues inner join snapshot_manifest as m using (batch_id)
        where rule_id = 'DQ-10' order by all"""
    held = """select source_file, source_row from funds where form = '物资' and valuation_basis is null order by all"""
    for db in loaded.values():
        assert db.execute(pointed).fetchall() == db.execute(held).fetchall()
    accepted = """select count(*) from quality_issues inner join snapshot_manifest using (batch_id)
        where severity = '错误' and row_no <= rows_ok + rows_warn + 1"""
    assert one(loaded["2020-06-30.r1"], accepted) == 0


def test_a_return_that_was_replaced_stays_among_the_received_with_its_issues_mended(loaded):
    gone = """select table_name, prefecture_code, report_period, source_file not like '%修订%',
            coalesce(bool_and(q.status = '已更正'), true)
        from returns_received as r left join quality_issues as q using (batch_id)
        where batch_id not in (select batch_id from snapshot_manifest) group by all order by 1 desc, 2"""
    assert loaded["2019-12-31.r1"].execute(gone).fetchall() == []
    expected = [
        (table, code, period, True, True)
        for table in ("funds", "beneficiaries")
        for code, period in (("530600", "2019Q4"), ("530800", "2019Q4"), ("530900", "2019Q3"), ("532500", "2019Q4"))
    ]
    assert loaded["2020-06-30.r1"].execute(gone).fetchall() == expected
