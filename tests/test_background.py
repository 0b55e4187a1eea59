"""省情与资源流向: its queries by hand from the tiny province, parts that make the whole, the page as it opens."""

import io

import pandas as pd
import pytest

from tests.screens import INDICATORS, OF_PILLAR, assert_whole, chart, html, metric, numbers, open_page, table
from yunnan.front.province import background
from yunnan.front.province.background import LAYERS
from yunnan.words import wording

PAGE = "pages/province/background.py"
PROVINCE, NUJIANG, FUGONG = "530000", "533300", "533323"


def rows(found: pd.DataFrame, *columns: str) -> list[tuple]:
    return list(found[list(columns)].itertuples(index=False, name=None))


# Data period and time


def test_the_data_period_is_that_of_the_returns(snapshot):
    # snapshot_manifest.csv: 679 lines below the header, quarters 2018Q1 to 2020Q2, the last received 2020-07-10 09:00
    found = snapshot.row("background/data_period")
    assert (found.first_period, found.last_period, found.quarters_reported, found.files) == (
        "2018Q1",
        "2020Q2",
        10,
        679,
    )
    assert str(found.received_date)[:10] == "2020-07-10"


def test_the_spans_of_time_begin_with_the_congress_and_end_where_data_end(snapshot):
    found = snapshot.table("background/time_line", period="2019H2")
    told = [
        (name, str(start)[:10], str(end)[:10])
        for name, start, end in rows(found, "span_name", "begin_date", "end_date")
    ]
    assert told == [
        ("党的十八大以来", "2012-11-01", "2020-06-30"),  # to the as-of date
        ("贫困县分批退出", "2018-09-30", "2020-11-13"),  # first and last approval in data/reference/counties.csv
        ("数据期", "2018-01-01", "2020-06-30"),
        ("本报告期", "2019-07-01", "2019-12-31"),
    ]


# Money


def test_money_flows_from_source_over_sector_to_the_kind_of_place(snapshot):
    # 到账 of 2019: F15 15万 昭通 P2; F17 20万, F19 10万, F24 30万 怒江 P5, P4, P10; F20 10万, F26 7万 大理 P4, P12;
    # F23 12万 德宏 without a project; F28 5万 省本级. 昭通 has deep-poverty counties, 大理 and 德宏 have none.
    found = snapshot.table("background/flow", period="2019", place=PROVINCE)
    assert set(rows(found, "source", "sector", "place_kind", "received_yuan")) == {
        ("社会捐赠", "科技扶贫", "其他深度贫困州市", 150_000),
        ("社会捐赠", "金融扶贫", "三区三州", 300_000),
        ("社会捐赠", "产业扶贫", "其他州市", 70_000),
        ("中央财政", "社工服务", "三区三州", 200_000),
        ("福彩公益金", "生态扶贫", "三区三州", 100_000),
        ("自筹", "生态扶贫", "其他州市", 100_000),
        ("港澳台侨捐赠", "未关联项目", "其他州市", 120_000),
        ("其他财政", "未关联项目", "省本级", 50_000),
    }
    assert found.source.iloc[0] == "社会捐赠"  # 52万, the largest source first


def test_below_the_province_the_kinds_are_those_of_counties(snapshot):
    # 2018: F09 8万 for 怒江 names neither project nor county
    found = snapshot.table("background/flow", period="2018", place=NUJIANG)
    assert rows(found, "source", "sector", "place_kind", "received_yuan") == [
        ("港澳台侨捐赠", "未关联项目", "未分解到县", 80_000)
    ]
    # 2019: F17 福贡, F19 and F24 泸水, deep-poverty counties; F20 云龙 and F26 漾濞 are poverty counties, not deep ones
    found = snapshot.table("background/flow", period="2019", place=NUJIANG)
    assert set(found.place_kind) == {"深度贫困县"}
    found = snapshot.table("background/flow", period="2019", place="532900")
    assert rows(found, "sector", "place_kind", "received_yuan") == [
        ("生态扶贫", "其他贫困县", 100_000),
        ("产业扶贫", "其他贫困县", 70_000),
    ]


@pytest.mark.parametrize(
    ("period", "place", "expected"),
    [
        ("2019", PROVINCE, (1_090_000, 70_000, 5, 7)),  # P2 P4 P5 P10 P12; O1 O2 O3 O5 O12 O18 O19; goods F26
        ("2019", NUJIANG, (600_000, 0, 3, 3)),  # F17 F19 F24
        ("2019", FUGONG, (200_000, 0, 1, 1)),  # F17
        ("2018", PROVINCE, (650_000, 130_000, 4, 5)),  # P1 P2 P3 P9; O1 O2 O5 O7 O15; goods F06 5万, F09 8万
        ("2019", "530100", (0, 0, 0, 0)),
    ],
)
def test_what_the_flow_adds_up_to(snapshot, period, place, expected):
    found = snapshot.row("background/flow_totals", period=period, place=place)
    assert (found.received_yuan, found.received_goods_yuan, found.projects, found.organizations) == expected


@pytest.mark.parametrize("period", ["2018", "2019", "2019Q3", "2020"])
@pytest.mark.parametrize("place", [PROVINCE, NUJIANG, FUGONG, "532900"])
def test_the_ribbons_the_totals_and_the_indicator_are_one_sum(snapshot, period, place):
    where = {"period": period, "place": place}
    flow = snapshot.table("background/flow", **where).received_yuan.sum()
    card = snapshot.table("values/of_place", **where).set_index("indicator_code").value["P1-08"]
    assert flow == snapshot.row("background/flow_totals", **where).received_yuan == card


# Counties


def test_the_layers_are_88_27_25_and_29_of_129_counties(snapshot):
    counties = snapshot.table("background/counties", period="2019", place=PROVINCE)
    assert len(counties) == counties.county_code.nunique() == 129
    assert {name: int(counties[column].sum()) for name, column in LAYERS.values()} == {
        "贫困县": 88,
        "深度贫困县": 27,
        "边境县": 25,
        "民族自治县": 29,
    }
    assert counties.is_chosen.all()


def test_a_place_marks_its_own_counties(snapshot):
    own = snapshot.table("background/counties", period="2019", place=NUJIANG).query("is_chosen")
    # data/reference/counties.csv: 泸水、福贡、兰坪 left with the batch of 2020, 贡山 with that of 2019
    assert rows(own, "place_name", "is_border", "is_autonomous_county", "poverty_batch_year") == [
        ("怒江州泸水市", True, False, 2020),
        ("怒江州福贡县", True, False, 2020),
        ("怒江州贡山县", True, True, 2019),
        ("怒江州兰坪县", False, True, 2020),
    ]
    assert own.is_deep_poverty.all()
    one = snapshot.table("background/counties", period="2019", place=FUGONG).query("is_chosen")
    assert list(one.county_code) == [FUGONG]


def test_a_county_has_left_poverty_from_the_day_of_its_approval(snapshot):
    # 贡山: 2020-05-16
    for period, expected in (("2020Q1", False), ("2020Q2", True), ("2019", False)):
        counties = snapshot.table("background/counties", period=period, place=PROVINCE).set_index("county_code")
        assert counties.has_left_poverty["533324"] == expected
        assert pd.isna(counties.has_left_poverty["530102"])  # 五华区 never was a poverty county


def test_the_counts_of_the_prefectures_make_the_counties(snapshot):
    counties = snapshot.table("background/counties", period="2019", place=PROVINCE)
    layers = snapshot.table("background/layers_by_prefecture", place=NUJIANG)
    assert len(layers) == 16 * 4
    sums = layers.groupby("layer").counties.sum()
    assert {name: sums[name] for name, _ in LAYERS.values()} == {n: counties[c].sum() for n, c in LAYERS.values()}
    own = layers[layers.is_chosen]
    assert rows(own, "region_name", "layer", "counties") == [
        ("怒江", "贫困县", 4),
        ("怒江", "深度贫困县", 4),
        ("怒江", "边境县", 3),
        ("怒江", "民族自治县", 2),
    ]


# The way out of poverty


def test_poor_people_by_year_end(snapshot):
    # data/reference/county_poverty_annual.csv; the year-end 2020 lies behind the as-of date
    found = snapshot.table("background/poverty_years", place=PROVINCE)
    assert rows(found, "year_end", "poor_population", "certainty") == [
        ("2017年末", 3_321_200, "公开数"),
        ("2018年末", 1_810_000, "推算"),
        ("2019年末", 442_000, "公开数"),
    ]
    found = snapshot.table("background/poverty_years", place=NUJIANG)
    assert rows(found, "year_end", "poor_population", "certainty") == [
        ("2018年末", 143_000, "演示"),
        ("2019年末", 40_800, "演示"),
    ]
    assert snapshot.table("background/poverty_years", place=FUGONG).empty


def test_88_counties_leave_in_batches_of_15_33_31_and_9(snapshot):
    found = snapshot.table("background/exits_by_batch", period="2019", place=PROVINCE)
    assert rows(found, "batch_name", "poverty_counties", "counties_remaining", "has_left_poverty") == [
        ("2017年批次", 15, 73, True),  # approved 2018-09-30
        ("2018年批次", 33, 40, True),  # 2019-04-30
        ("2019年批次", 31, 9, False),  # 2020-05-16, after the end of 2019
        ("2020年批次", 9, 0, False),
    ]
    found = snapshot.table("background/exits_by_batch", period="2018", place=NUJIANG)
    assert rows(found, "poverty_counties", "counties_remaining", "has_left_poverty") == [
        (0, 4, True),
        (0, 4, False),
        (1, 3, False),
        (3, 0, False),
    ]


# Needs


def test_needs_of_the_period_by_sector(snapshot):
    # posted in 2019: P4 80万 生态, P6 25万 教育 (not matched), P14 16万 科技, P7 15万 社工 (not matched),
    # P8 12万 扶贫济困 (matched 2019-12-20), P12 7万 产业, P11 6万 健康
    found = snapshot.table("background/needs_by_sector", period="2019", place=PROVINCE)
    assert len(found) == 10
    assert rows(found[found.needs > 0], "sector", "needs", "need_amount_yuan", "needs_matched") == [
        ("生态扶贫", 1, 800_000, 1),
        ("教育扶贫", 1, 250_000, 0),
        ("科技扶贫", 1, 160_000, 1),
        ("社工服务", 1, 150_000, 0),
        ("扶贫济困", 1, 120_000, 1),
        ("产业扶贫", 1, 70_000, 1),
        ("健康扶贫", 1, 60_000, 1),
    ]
    # P8 is posted 2019-10-01 and matched 2019-12-20; of the third quarter is P14 alone
    autumn = snapshot.table("background/needs_by_sector", period="2019Q3", place=PROVINCE)
    assert rows(autumn[autumn.needs > 0], "sector", "needs_matched") == [("科技扶贫", 1)]


def test_a_need_of_several_counties_counts_once_in_the_prefecture_and_by_share_in_a_county(snapshot):
    # P4, 80万: 泸水 0.5 (its main county), 福贡 0.3, 云龙 0.2 in 大理
    for place, expected in ((NUJIANG, 800_000), ("533301", 400_000), (FUGONG, 240_000), ("532929", 160_000)):
        found = snapshot.table("background/needs_by_sector", period="2019", place=place).set_index("sector")
        assert found.need_amount_yuan["生态扶贫"] == expected
    found = snapshot.table("background/needs_by_sector", period="2019", place="532900").set_index("sector")
    assert found.needs["生态扶贫"] == 0


def test_the_prefectures_needs_make_the_provinces(snapshot):
    whole = snapshot.table("background/needs_by_sector", period="2018", place=PROVINCE)
    codes = ("530600", "532900", "533100", NUJIANG)
    parts = [snapshot.table("background/needs_by_sector", period="2018", place=code) for code in codes]
    assert whole.need_amount_yuan.sum() == sum(p.need_amount_yuan.sum() for p in parts) == 1_590_000  # P1 2 3 5 9 10
    assert whole.needs.sum() == sum(p.needs.sum() for p in parts) == 6


# The four pillars


@pytest.mark.parametrize("place", [PROVINCE, NUJIANG, FUGONG, "533100"])
def test_every_pillars_lights_are_its_indicators(snapshot, place):
    where = {"period": "2020H1", "place": place}
    found = snapshot.table("background/lights_by_pillar", **where)
    assert found.groupby("pillar_code").indicators.sum().to_dict() == OF_PILLAR
    values = snapshot.table("values/of_place", **where)
    told = values.status.where(values.status.isin(["达标", "接近", "滞后", "观察"]), "未评价").value_counts()
    sums = found.groupby("light").indicators.sum()
    assert {light: n for light, n in sums.items() if n} == told.to_dict()


def test_a_county_is_not_judged(snapshot):
    # targets are the province's and the prefectures'; what is only observed is observed in a county too
    found = snapshot.table("background/lights_by_pillar", period="2019", place=FUGONG).groupby("light").indicators.sum()
    assert found["达标"] == found["接近"] == found["滞后"] == 0


@pytest.mark.parametrize(
    ("numbers", "said"),
    [
        ([9, 9, 9, 9], "每根支柱九项指标，共36项"),
        ([9, 9, 9, 10], "四根支柱的指标为党建引领九项、机制建设九项、业务指导九项、平台搭建十项，共37项"),
    ],
)
def test_the_method_counts_each_pillar_only_where_they_differ(numbers, said):
    assert background._counted(pd.Series(numbers, index=list(wording.PILLARS.values()))) == said


# The page


def test_the_page_of_the_province(snapshot, files):
    app = open_page(PAGE)
    assert_whole(app, "2019年")
    assert app.title[0].value == "省情与资源流向·全省　2019年"
    assert [w.value for w in app.warning] == []
    assert metric(app, "资源：到账款物").value == "109万元"
    assert metric(app, "资源：其中物资折价").value == "7万元"
    assert metric(app, "项目：得到款物的项目").value == "5个"
    assert metric(app, "人：惠及贫困人口（去重人数）").value == "（已隐去）"
    assert metric(app, "民族自治县").value == "29个"
    told = "\n".join([*(m.value for m in app.markdown), *(c.value for c in app.caption)])
    assert f"共{INDICATORS}项；有年度目标的计分" in told
    assert "332.12万人（2017年末，公开数）→181万人（2018年末，推算）→44.20万人（2019年末，公开数）→0（2020年末" in told
    assert "2017年批次15个、2018年批次33个、2019年批次31个、2020年批次9个" in told
    assert "演示数据期 **2018Q1—2020Q2**" in told
    assert "本期发布需求 **7** 项、**161万元**，其中期末已对接 **5** 项。" in told
    assert {link.proto.label for link in app.get("page_link")} >= {"打开党建引领", "打开平台搭建"}
    assert len(table(app, "贫困县名单")) == 88
    data = next(text for name, text in files.items() if name.startswith("云南模式_资源流向_"))
    filed = pd.read_csv(io.BytesIO(data))
    assert filed["到账（元）"].sum() == 1_090_000


def test_the_ribbons_are_as_wide_as_the_money(snapshot):
    (sankey,) = chart(open_page(PAGE), "money_flow")["data"]
    assert sum(numbers(sankey["link"]["value"])) == 2 * 1_090_000  # into the sectors and out of them
    assert {"社会捐赠　52万元", "生态扶贫　20万元", "三区三州　60万元", "省本级　5万元"} <= set(sankey["node"]["label"])


def test_the_map_has_all_counties_and_the_layer_dark(snapshot):
    app = open_page(PAGE, layer="border", place=NUJIANG)
    drawn = [t for t in chart(app, "county_layer")["data"] if t["type"] == "choropleth" and "counties_" in t["geojson"]]
    assert len(drawn) == 16
    codes = [code for trace in drawn for code in trace["locations"]]
    dark = [code for t in drawn for code, z in zip(t["locations"], numbers(t["z"]), strict=True) if z]
    assert len(codes) == len(set(codes)) == 129
    assert len(dark) == 25
    assert "533323" in dark
    assert "533325" not in dark  # 兰坪 does not reach the border
    texts = [text for trace in drawn for text in trace["text"]]
    assert "怒江州贡山县：贫困县（2019年批次）、深度贫困县、边境县、民族自治县" in texts
    assert metric(app, "边境县").value == "25个（怒江州3个）"
    assert list(table(app, "边境县名单").地区) == ["怒江州泸水市", "怒江州福贡县", "怒江州贡山县"]
    app.segmented_control(key="w_layer").set_value("deep").run()
    assert app.query_params["layer"] == "deep"
    assert len(table(app, "深度贫困县名单")) == 4


def test_the_page_of_a_county_shows_its_prefectures_scores_and_says_so(snapshot):
    app = open_page(PAGE, place=FUGONG)
    assert_whole(app, "2019年")
    assert any(c.value.startswith("县不计得分；以下为福贡县所属州市的得分") for c in app.caption)
    assert metric(app, "P1 党建引领").value == "33.9分"  # 怒江's
    assert any("没有县级数" in c.value for c in app.caption)
    assert metric(app, "资源：到账款物").value == "20万元"
    assert "全省 › 怒江州 › 福贡县" in html(app, "masthead")[0]


def test_a_period_without_data_is_calm(snapshot):
    app = open_page(PAGE, place="530100", period="2018Q1")
    assert_whole(app, "2018年一季度")
    assert metric(app, "资源：到账款物").value == "0元"
    told = [c.value for c in app.caption]
    assert "资源流向：本报告期、本地区没有到账款物。" in told
    assert "各领域发布的需求：本报告期、本地区没有发布需求。" in told
    assert "各类对象惠及人数：2018年本地区没有记录，或只公布到州市。" in told
    assert "各帮扶类型惠及人数：2018年本地区没有记录，或只公布到州市。" in told


def test_a_layer_that_does_not_exist_is_said_and_replaced(snapshot):
    app = open_page(PAGE, layer="山区")
    assert [w.value for w in app.warning] == ["网址中的图层“`山区`”不存在，已改用“贫困县”。"]
    assert app.query_params["layer"] == "poverty"


def test_the_pillar_cards_of_the_front_page_open_the_pillars(snapshot):
    app = open_page("pages/province/overview.py", place=NUJIANG)
    links = {link.proto.label: link.proto for link in app.get("page_link")}
    assert links["打开党建引领"].page == "party"
    assert links["打开平台搭建"].page == "platform"
    assert "place=530000" in links["打开机制建设"].query_string  # the cards are the province's
