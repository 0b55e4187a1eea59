"""What the value of a period is held against: by the kind of the indicator, from when, and in which words."""

import csv
from datetime import date

import duckdb
import pandas as pd
import pyarrow as pa
import pytest

from tests.conftest import known_on, publish_tiny, read_tiny
from yunnan import settings
from yunnan.data import queries, targets
from yunnan.publication import derived_tables
from yunnan.publication.publish import load
from yunnan.words.stage_words import UNNAMED

MONTH = {"": (1, 12), "H1": (1, 6), "H2": (7, 12), **{f"Q{n}": (3 * n - 2, 3 * n) for n in range(1, 5)}}
INSPECTED = "2019"  # the year whose inspections most organizations of the register carry


def yearly() -> list[dict[str, str]]:
    with (settings.REFERENCE_DIR / "targets.csv").open(encoding="utf-8-sig") as file:
        return list(csv.DictReader(file))


def expected(row: dict[str, str], first: int, last: int) -> float | None:
    """The part of a year's target that is due in the months from first to last."""
    if row["phasing"] == "时点":
        return float(row["target_value"])
    if row["phasing"] == "累计" and first != 1:
        return None
    shares = [float(row[f"q{n}_share"]) for n in range(1, 5) if first <= 3 * n - 2 and 3 * n <= last]
    return float(row["target_value"]) * sum(shares) or None


def test_every_target_of_every_kind_is_held_against_its_part_of_the_year(snapshot):
    held = pd.read_parquet(snapshot.path / "indicator_values.parquet").set_index(
        ["indicator_code", "period", "level", "region_code"]
    )
    for row in yearly():
        for part, (first, last) in MONTH.items():
            if row["year"] == "2020" and first > 6:
                continue
            period, last = f"{row['year']}{part}", min(last, 6 if row["year"] == "2020" else 12)
            level = "province" if row["region_code"] == "530000" else "prefecture"
            key = (row["indicator_code"], period, level, row["region_code"])
            told, due = held.loc[key], expected(row, first, last)
            if row["indicator_code"] == "P2-04" and row["year"] != INSPECTED:
                due = None
            assert told.target_value == float(row["target_value"]), key
            assert pd.isna(told.target_to_date) if due is None else told.target_to_date == pytest.approx(due), key
            if due is None:
                assert pd.isna(told.attainment), key
                assert told.status in ("本期不评", "未报送", "已隐去", "不适用"), key
            else:
                assert told.status not in ("本期不评", "无目标"), key


def test_distinct_organizations_are_judged_at_the_end_of_the_year_and_in_no_part_of_it(snapshot):
    for code in ("P1-06", "P1-07"):
        told = {
            period: set(snapshot.table("measures/by_prefecture", measure=code, period=period).status)
            for period in ("2019Q1", "2019Q2", "2019Q3", "2019Q4", "2019H1", "2019H2", "2019")
        }
        assert told.pop("2019") & {"达标", "接近", "滞后"}
        for period, status in told.items():
            assert status <= {"本期不评", "不适用", "无目标"}, (code, period)
    card = snapshot.table("values/of_place", period="2020", place="530000").set_index("indicator_code").loc["P1-07"]
    assert targets.progress(card)[0] == "年度目标 3,100个"
    assert not any("时序" in line for line in targets.progress(card)), "six months are not the whole year"


def test_distinct_persons_are_judged_since_january_only(snapshot):
    told = {p: snapshot.table("values/of_place", period=p, place="530000").set_index("indicator_code").loc["P1-09"]
            for p in ("2019Q1", "2019H1", "2019", "2019Q2", "2019H2")}  # fmt: skip
    assert [told[p].target_to_date / told[p].target_value for p in ("2019Q1", "2019H1", "2019")] == [0.25, 0.5, 1]
    for period in ("2019Q2", "2019H2"):
        assert told[period].status in ("本期不评", "已隐去")
        assert pd.isna(told[period].target_to_date)
        assert targets.progress(told[period]) == ["年度目标 40万人"]


def test_what_is_not_judged_counts_in_no_score(snapshot):
    scores = pd.read_parquet(snapshot.path / "scores.parquet").set_index(["pillar_code", "period", "region_code"])
    all_scored = sum(card["pillar"] == "P1" and card["scored"] == "yes" for card in queries.folder("indicators"))
    for period, left_out, why in (
        ("2019", 0, "a whole year judges all"),
        ("2019H1", 2, "P1-06 and P1-07 have no target yet"),
        ("2019Q2", 3, "and P1-09 none of its own"),
    ):
        assert scores.indicators_scored[("P1", period, "530000")] == all_scored - left_out, why


@pytest.mark.parametrize(
    ("period", "code", "told"),
    [
        ("2019", "P1-08", ["年度目标 4.20亿元", "完成年度目标 0.2%", "时序进度 100%"]),
        ("2020", "P1-08", ["年度目标 4.60亿元", "完成年度目标 0.0%", "时序进度 50%"]),
        ("2020H1", "P1-08", ["年度目标 4.60亿元", "完成年度目标 0.0%", "时序进度 50%"]),
        ("2020Q1", "P1-08", ["年度目标 4.60亿元", "完成年度目标 0.0%", "时序进度 25%"]),
        ("2020Q2", "P1-08", ["年度目标 4.60亿元", "本期完成年度目标 0.0%", "本期应完成 25%"]),
        ("2019H2", "P1-08", ["年度目标 4.20亿元", "本期完成年度目标 0.1%", "本期应完成 50%"]),
        ("2019Q1", "P1-01", ["年末目标 73.0%", "完成率 80.5%"]),
        ("2019Q2", "P1-04", ["年度目标 95.0%", "完成率 83.1%"]),
        ("2019", "P2-01", ["无目标"]),
    ],
)
def test_the_words_say_what_is_held_against_what_and_since_when(snapshot, period, code, told):
    card = snapshot.table("values/of_place", period=period, place="530000").set_index("indicator_code").loc[code]
    assert targets.progress(card) == told


def test_a_stock_is_held_against_the_end_of_the_year_and_says_so(snapshot):
    values = snapshot.table("values/of_place", period="2019Q1", place="530000").set_index("indicator_code")
    assert targets.of_period(values.loc["P1-01"]) == "73.0%（年末）"
    assert targets.of_period(values.loc["P1-04"]) == "95.0%", "a rate of what happened is due in every period"
    assert targets.schedule(values.loc["P1-01"]) == "—"


def test_a_target_whose_phasing_contradicts_the_kind_is_refused(tmp_path):
    given = [("P1-07", "时点"), ("P1-09", "时期"), ("P1-08", "时点"), ("P1-01", "时期"), ("P2-09", "累计")]
    right = [("P1-04", "时点"), ("P1-06", "累计"), ("P2-04", "时点"), ("P3-07", "时点"), ("P4-07", "时期")]
    rows = [
        {"indicator_code": code, "year": "2019", "region_code": "530000", "target_value": "1", "phasing": phasing,
         **{f"q{n}_share": None if phasing == "时点" else "0.25" for n in range(1, 5)}, "basis": "演示"}
        for code, phasing in given + right
    ]  # fmt: skip
    with duckdb.connect() as db:
        load(db, read_tiny() | {"targets": pa.Table.from_pylist(rows)}, date(2020, 6, 30))
        derived_tables.fill_indicators(db, UNNAMED)
        rule = queries.load("checks/fail_targets_follow_the_kind")
        found = [(code, phasing) for code, _, _, phasing, _ in db.execute(rule.sql).fetchall()]
    assert found == sorted(given)
    assert rule.doc.startswith("目标的进度口径与指标类型不符")


def test_on_the_first_day_of_a_year_nothing_that_adds_up_is_due_or_judged(tmp_path):
    path = publish_tiny(tmp_path, asof=date(2020, 1, 1), **known_on(date(2019, 12, 31)))
    rows = pd.read_parquet(path / "indicator_values.parquet")
    told = rows[(rows.period == "2020") & (rows.level == "province")].set_index("indicator_code")
    assert told.status["P1-08"] == "本期不评"
    assert pd.isna(told.attainment["P1-08"])
    assert told.target_value["P1-08"] == 460_000_000
