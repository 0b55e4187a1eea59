"""Scores by a second, plain computation from the published indicator values; ranks and bands with it."""

import math
from statistics import mean

import duckdb
import pandas as pd
import pytest

from yunnan.data import queries

PERIODS = ["2018", "2019", "2019H1", "2020H1", "2020Q2"]


@pytest.fixture
def values(snapshot):
    cards = pd.read_parquet(snapshot.path / "indicators.parquet").set_index("indicator_code")
    rows = pd.read_parquet(snapshot.path / "indicator_values.parquet")
    rows = rows[rows.indicator_code.map(cards.is_scored) & rows.level.isin(["province", "prefecture"])]
    return rows[rows.target_to_date > 0].assign(pillar=lambda t: t.indicator_code.str[:2])


def attainments(values, period, place):
    """{pillar: [capped attainment or None]} of one place."""
    own = values[(values.period == period) & (values.region_code == place)]
    return {
        pillar: [None if pd.isna(a) else min(a, 1.0) for a in rows.attainment] for pillar, rows in own.groupby("pillar")
    }


def score(parts, average=mean):
    known = [a for a in parts if a is not None]
    return 100 * average(known) if len(known) * 3 >= len(parts) * 2 else None


def geometric(parts):
    return math.exp(mean(math.log(max(a, 0.01)) for a in parts))


@pytest.mark.parametrize("period", PERIODS)
def test_scores_are_the_mean_of_capped_attainments_and_of_the_four_pillars(snapshot, values, period):
    told = pd.read_parquet(snapshot.path / "scores.parquet").set_index(["period", "region_code", "pillar_code"])
    places = sorted(set(values.region_code))
    assert len(places) == 17
    for place in places:
        parts = attainments(values, period, place)
        for average, column in ((mean, "score"), (geometric, "score_geometric")):
            pillars = {pillar: score(own, average) for pillar, own in parts.items()}
            whole = mean(pillars.values()) if len(pillars) == 4 and None not in pillars.values() else None
            for pillar, expected in {**pillars, "ALL": whole}.items():
                found = told.loc[(period, place, pillar), column]
                assert pd.isna(found) if expected is None else found == pytest.approx(expected), (place, pillar)


def test_a_place_without_any_return_has_no_score_and_one_with_some_is_not_ranked(snapshot):
    told = pd.read_parquet(snapshot.path / "scores.parquet").set_index(["period", "region_code", "pillar_code"])
    assert pd.isna(told.loc[("2020Q2", "533100", "ALL"), "score"])
    assert told.loc[("2020Q2", "533100", "P1"), "indicators_available"] == 0
    assert pd.isna(told.loc[("2020H1", "533100", "ALL"), "rank"])


def test_ranks_run_from_the_highest_score_and_lie_in_their_band(snapshot):
    told = pd.read_parquet(snapshot.path / "scores.parquet")
    for _, group in told[(told.level == "prefecture") & told["rank"].notna()].groupby(["period", "pillar_code"]):
        expected = group.score.round(6).rank(method="min", ascending=False)
        assert (group["rank"] == expected).all()
        assert (group.rank_high <= group["rank"]).all()
        assert (group["rank"] <= group.rank_low).all()


@pytest.mark.parametrize("period", PERIODS)
def test_a_band_spans_the_ranks_of_all_places_under_each_way_to_count(snapshot, values, period):
    """By the two means and without each indicator in turn; who lacks the indicator left out stays as it is."""
    told = pd.read_parquet(snapshot.path / "scores.parquet")
    told = told[(told.period == period) & told["rank"].notna()]
    rows = values[values.period == period]
    for pillar, ranked in told[told.pillar_code != "ALL"].groupby("pillar_code"):
        own = rows[rows.indicator_code.str.startswith(pillar)].dropna(subset="attainment").copy()
        own["a"] = own.attainment.clip(upper=1)
        ways = [lambda part: 100 * part.a.mean(), lambda part: 100 * geometric(part.a)]
        ways += [lambda part, code=code: 100 * _without(part, code).a.mean() for code in set(own.indicator_code)]
        parts = {place: own[own.region_code == place] for place in ranked.region_code}
        ranks = pd.DataFrame(
            [
                pd.Series({p: way(part) for p, part in parts.items()}).round(6).rank(method="min", ascending=False)
                for way in ways
            ]
        )
        bands = ranked.set_index("region_code")
        assert bands.rank_high.to_dict() == ranks.min().to_dict()
        assert bands.rank_low.to_dict() == ranks.max().to_dict()


def _without(part: pd.DataFrame, code: str) -> pd.DataFrame:
    rest = part[part.indicator_code != code]
    return rest if len(rest) else part


def test_a_place_that_lacks_the_indicator_left_out_keeps_its_score_and_its_rank():
    """甲 1.0 and 0.5, 乙 0.9 and 0.8, 丙 only 0.6 of the second: without the first 丙 is second and 甲 last."""
    attained = {("A", "甲"): 1.0, ("B", "甲"): 0.5, ("A", "乙"): 0.9, ("B", "乙"): 0.8, ("B", "丙"): 0.6}
    rows = [(i, "2019", "prefecture", place, place, a, 1.0, "达标", 4, 4) for (i, place), a in attained.items()]
    with duckdb.connect() as db:
        db.execute(queries.load("schema").sql)
        for table, columns, values in (
            ("indicators", "indicator_code, pillar_code, is_scored", [("A", "P1", True), ("B", "P1", True)]),
            ("periods", "period", [("2019",)]),
            ("regions", "level, region_code, prefecture_code", [("prefecture", p, p) for p in "甲乙丙"]),
            ("indicator_values", "indicator_code, period, level, region_code, prefecture_code, attainment,"
             " target_to_date, status, quarters_due, quarters_reported", rows),
        ):  # fmt: skip
            db.execute(f"create or replace table {table} as from (values {str(values)[1:-1]}) as t({columns})")
        db.execute(queries.load("publish/scores").sql)
        sql = "select region_code, rank, rank_high, rank_low from scores where pillar_code = 'P1'"
        found = {place: tuple(ranks) for place, *ranks in db.execute(sql).fetchall()}
    assert found == {"甲": (2, 1, 3), "乙": (1, 1, 2), "丙": (3, 2, 3)}


EQUAL, DIFFERENT, SWAPPED = (tuple(zip("AB", two, strict=True)) for two in ((0.5, 0.5), (0.5, 0.9), (0.9, 0.5)))


@pytest.mark.parametrize(
    ("attained", "told"),
    [
        ({"甲": EQUAL, "乙": EQUAL}, {"甲": (None, None, None), "乙": (None, None, None)}),
        ({"甲": EQUAL}, {"甲": (None, None, None)}),
        ({"甲": EQUAL, "乙": DIFFERENT}, {"甲": (2, 1, 2), "乙": (1, 1, 1)}),
        # equal by one way to count and not by others: no rank, and the band says so
        ({"甲": DIFFERENT, "乙": SWAPPED}, {"甲": (None, 1, 2), "乙": (None, 1, 2)}),
    ],
)
def test_a_score_has_no_rank_where_all_are_equal(attained, told):
    rows = [
        (code, "2019", "prefecture", place, place, a, 1.0, "达标", 4, 4)
        for place in attained
        for code, a in attained[place]
    ]
    with duckdb.connect() as db:
        db.execute(queries.load("schema").sql)
        db.execute(queries.load("views").sql)
        for table, columns, values in (
            ("indicators", "indicator_code, pillar_code, is_scored", [("A", "P1", True), ("B", "P1", True)]),
            ("periods", "period", [("2019",)]),
            ("regions", "level, region_code, prefecture_code", [("prefecture", p, p) for p in attained]),
            ("indicator_values", "indicator_code, period, level, region_code, prefecture_code, attainment,"
             " target_to_date, status, quarters_due, quarters_reported", rows),
        ):  # fmt: skip
            values = ", ".join("(" + ", ".join(map(repr, row)) + ")" for row in values)
            db.execute(f"create or replace table {table} as from (values {values}) as t({columns})")
        db.execute(queries.load("publish/scores").sql)
        sql = "select region_code, place_rank, rank_high, rank_low from scores_told where pillar_code = 'P1'"
        found = {place: tuple(ranks) for place, *ranks in db.execute(sql).fetchall()}
        kept = db.execute("select count(*) from scores where pillar_code = 'P1' and rank is not null").fetchall()
    assert found == told
    assert kept == [(len(attained),)]


def test_tiers_follow_their_printed_bounds(snapshot):
    told = pd.read_parquet(snapshot.path / "scores.parquet")
    for row in told.itertuples():
        if pd.isna(row.score):
            assert row.tier == "数据不足"
        else:
            bounds = ((95, "优"), (85, "良"), (75, "中"), (-1, "需关注"))
            assert row.tier == next(tier for bound, tier in bounds if row.score >= bound)


@pytest.mark.parametrize("place", ["530000", "533300", "532900"])
def test_a_score_is_compared_over_the_indicators_that_count_in_both_periods_and_no_others(snapshot, values, place):
    whole = values[(values.region_code == place) & (values.quarters_reported == values.quarters_due)]
    now, base = (whole[whole.period == period].set_index("indicator_code").attainment for period in ("2019", "2018"))
    both = pd.DataFrame({"now": now, "base": base}).dropna().clip(upper=1)
    both = both.drop(index="P1-04", errors="ignore")  # its inspections are known of 2019 alone
    told = snapshot.table("scores/of_place", period="2019", place=place).set_index("pillar_code")
    for pillar in told.index.drop("ALL"):
        own = both[both.index.str.startswith(pillar)]
        if len(own) and told.base_score.notna()[pillar] and told.score.notna()[pillar]:
            assert told.indicators_compared[pillar] == len(own)
            assert told.score_change[pillar] == pytest.approx(100 * (own.now.mean() - own.base.mean()))
        else:
            assert pd.isna(told.score_change[pillar])


def test_an_incomplete_place_has_a_score_and_no_change_of_it(snapshot):
    told = snapshot.table("scores/of_place", period="2020H1", place="533100")
    assert told.score_change.isna().all()
    assert told.score.notna().any()
