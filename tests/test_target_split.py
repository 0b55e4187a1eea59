"""The split of a target on the page 指标口径: beside what is registered, and nothing of what is hidden."""

import io

import pandas as pd
import pytest

from tests.screens import DEFINITIONS, open_page, table, words_of
from yunnan.words import geography

MONEY = "目标拆分建议（2020年，元，依据2019年）"
PROPOSED, REGISTERED, BASE, SHARE = "建议（未登记）", "登记的目标", "依据年度的数", "占比（有依据的州市合计）"
PLACES = {place.short_zh: place.code for place in geography.prefectures()}


def split(code: str, **url: str):
    app = open_page(DEFINITIONS, indicator=code, part="split", **url)
    assert not app.exception
    return app


def test_a_proposal_stands_beside_the_registered_targets_and_adds_up(snapshot):
    register = snapshot.table("intake/targets").query("indicator_code == 'P1-08' and year == 2020")
    held = register.set_index("region_code").target_value.astype(float)
    values = pd.read_parquet(snapshot.path / "indicator_values.parquet")
    base = values.query("indicator_code == 'P1-08' and period == '2019' and level == 'prefecture'")
    drawn = table(split("P1-08", period="2020"), MONEY).set_index("地区").rename(index=PLACES)
    assert len(drawn) == 16
    assert drawn[PROPOSED].sum() == held["530000"]
    assert (drawn[REGISTERED] == held[drawn.index]).all()
    assert (drawn["建议减登记"] == drawn[PROPOSED] - drawn[REGISTERED]).all()
    assert (drawn[BASE] == base.set_index("region_code").value[drawn.index]).all()
    assert abs(drawn[SHARE].sum() - 1) < 1e-9


@pytest.mark.parametrize(("code", "unit"), [("P1-08", "元"), ("P1-01", "%"), ("P1-09", "人")])
def test_the_file_has_the_numbers_of_the_table(snapshot, files, code, unit):
    name = f"目标拆分建议（2020年，{unit}，依据2019年）"
    drawn = table(split(code, period="2020"), name).set_index("地区")
    (file,) = (content for title, content in files.items() if name in title)
    taken = pd.read_csv(io.BytesIO(file)).set_index("地区")
    assert taken.index[:16].equals(drawn.index)
    for column in (REGISTERED, PROPOSED, "建议减登记", BASE, SHARE):
        there, here = (pd.to_numeric(one[column]).astype("float64") for one in (taken.loc[drawn.index], drawn))
        assert there.equals(here), column


def test_the_newest_year_stands_first_and_the_year_of_the_period_below(snapshot):
    names = [frame.proto.alt for frame in split("P1-08", period="2019").dataframe]
    assert names == [MONEY, "目标拆分建议（2019年，元，依据2018年）"]
    assert [frame.proto.alt for frame in split("P1-08", period="2020H1").dataframe] == [MONEY]


def test_a_hidden_value_is_unknown_and_has_no_part_in_the_proposal(snapshot):
    values = pd.read_parquet(snapshot.path / "indicator_values.parquet")
    base = values.query("indicator_code == 'P1-09' and period == '2019' and level == 'prefecture'")
    (hidden,) = base[base.status == "已隐去"].region_code
    app = split("P1-09", period="2020")
    drawn = table(app, "目标拆分建议（2020年，人，依据2019年）").set_index("地区").rename(index=PLACES)
    assert drawn.loc[hidden, [PROPOSED, BASE, SHARE]].isna().all()
    assert drawn.loc[hidden, "说明"] == "没有依据（已隐去），由人补"
    known = base[base.region_code != hidden].set_index("region_code").value
    assert (drawn.loc[known.index, SHARE] - known / known.sum()).abs().max() < 1e-9
    assert drawn[PROPOSED].sum() == 450_000 * 15 // 16, "the same whatever the hidden value is"
    assert "留出28,125人没有分" in "\n".join(words_of(app))


def test_an_indicator_without_a_target_says_what_to_do(snapshot):
    app = split("P2-01", period="2019")
    assert any("全省2019年无目标" in info.value and "template --table targets" in info.value for info in app.info)
    assert not app.dataframe
