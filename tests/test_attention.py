"""需要关注: what needs somebody, counted by hand on the tiny province; never from what is hidden or did not come."""

import pandas as pd
import pytest

from tests.conftest import publish_tiny, read_tiny
from tests.screens import replaced
from yunnan import settings
from yunnan.data import snapshots
from yunnan.data.view import View
from yunnan.drawing.findings import attention
from yunnan.words import lacks

NUJIANG, KUNMING = "533300", "530100"


def of(snapshot, period: str, place: str, kind: str) -> dict[str, str]:
    """{indicator or '': sentence} of one place and kind."""
    return {
        m.params.get("indicator", ""): m.text
        for m in attention.matters(snapshot, period)
        if (m.place, m.kind) == (place, kind)
    }


def published(folder, monkeypatch, **changed) -> snapshots.Snapshot:
    publish_tiny(folder, **changed)
    monkeypatch.setattr(settings, "DATA_DIR", folder)
    return snapshots.find(snapshots.published()[0])


@pytest.mark.parametrize(
    ("lack", "unit", "sentence"),
    [
        (20_920_000, "元", "差2,092万元"),
        (2.1, "场", "差3场"),
        (16.25, "个", "差17个"),
        (0.2298, "%", "差23.0个百分点"),
        (0.0001, "%", "差0.1个百分点"),
        (0.42, "分", "差0.4分"),
        (None, "元", "—"),
    ],
)
def test_what_is_lacking_is_said_in_the_unit_and_never_rounded_to_nothing(lack, unit, sentence):
    assert lacks.lacking(lack, unit) == sentence


def test_a_place_behind_its_target_is_named_with_what_it_lacks(snapshot):
    """怒江 2019: 60万元 of 5,100万元 and 3 of 4 matched partners; 1.17 % is written 1.1 %, rounded down."""
    late = of(snapshot, "2019", NUJIANG, "滞后")
    assert late["P1-08"] == "筹集款物差5,040万元（完成1.1%）"


def test_every_matter_of_a_target_is_late_in_the_table_of_the_place_and_the_other_way_round(snapshot):
    for place in ("530000", NUJIANG, KUNMING):
        values = snapshot.table("values/of_place", period="2019", place=place).set_index("indicator_code")
        late = values[values.status == "滞后"]
        assert set(of(snapshot, "2019", place, "滞后")) == set(late.index)
        rows = attention.table(snapshot, "2019")
        rows = rows[(rows.region_code == place) & (rows.kind == "滞后")].set_index("indicator_code")
        for code, row in rows.iterrows():
            assert row.lack == pytest.approx(late.target_to_date[code] - late.value[code])


def test_the_most_pressing_comes_first(snapshot):
    rows = attention.table(snapshot, "2019")
    order = ["未收到", "不符", "超过100%", "滞后", "逾期"]
    assert list(rows.kind) == sorted(rows.kind, key=order.index)
    late = rows[rows.kind == "滞后"]
    assert late.attainment.is_monotonic_increasing
    of_2018 = attention.table(snapshot, "2018")
    assert next(iter(of_2018[of_2018.kind == "滞后"].region_code)) == "530000"  # of equal ones the province is first


def test_a_return_that_did_not_come_is_named_only_when_it_was_due(tmp_path, monkeypatch):
    """昆明 sent in money alone for 2020Q2, due on 15 July at 18:00: in the morning of that day nothing is late."""
    snapshot = published(tmp_path, monkeypatch)
    assert of(snapshot, "2020Q2", KUNMING, "未收到") == {}
    (text,) = of(snapshot, "2020Q1", KUNMING, "未收到").values()
    assert text.startswith("2张报表未收到，逾期")
    assert "2020年一季度组织、2020年一季度项目" in text


def test_a_control_total_that_does_not_agree_is_named(tmp_path, monkeypatch):
    """昭通's return of money of 2018Q1 has two rows; here it declares three."""
    manifest = replaced(read_tiny()["snapshot_manifest"], "batch_id", "2018Q1-530600-funds", "declared_rows", "3")
    snapshot = published(tmp_path, monkeypatch, snapshot_manifest=manifest)
    assert of(snapshot, "2018Q1", "530600", "不符") == {"": "1张报表申报的与收到的不符（2018年一季度资金）"}
    assert of(snapshot, "2018Q2", "530600", "不符") == {}


def test_a_project_is_overdue_only_at_the_end_of_the_snapshot(tmp_path, monkeypatch):
    """项目五 in 怒江 was planned to end on 20 June 2020 and is under way on the 30th: ten days."""
    projects = replaced(read_tiny()["projects"], "project_id", "P00005", "planned_end_date", "2020-06-20")
    snapshot = published(tmp_path, monkeypatch, projects=projects)
    assert of(snapshot, "2020Q2", NUJIANG, "逾期") == {"": "1个项目逾期未完成，最久10天"}
    assert of(snapshot, "2020Q1", NUJIANG, "逾期") == {}
    assert of(snapshot, "2019", NUJIANG, "逾期") == {}


def test_on_the_last_day_of_the_plan_nothing_is_overdue(snapshot):
    """项目五 is planned to end on 30 June 2020, the last day of the snapshot."""
    assert of(snapshot, "2020Q2", NUJIANG, "逾期") == {}


def test_a_hidden_number_and_one_that_did_not_come_are_in_no_list(snapshot):
    for period in ("2018", "2019", "2020"):
        rows = attention.table(snapshot, period)
        indicators = rows[rows.indicator_code.notna()]
        assert indicators.value.notna().all()
        for row in indicators.itertuples():
            figure = snapshot.row(
                "values/figure", indicator_code=row.indicator_code, period=period, place=row.region_code
            )
            assert figure.status in ("滞后", "达标", "接近", "观察", "无目标")
            assert not pd.isna(figure.value)


def test_a_province_without_rows_has_no_matter_of_a_target(empty_data, monkeypatch):
    monkeypatch.setattr(settings, "DATA_DIR", empty_data)
    snapshot = snapshots.find(snapshots.published()[0])
    assert set(attention.table(snapshot, "2018").kind) <= {"未收到"}


def test_each_matter_opens_the_page_that_proves_it_and_names_its_code(snapshot):
    for matter in attention.matters(snapshot, "2019"):
        if matter.kind == "滞后":
            view = View(snapshot, "2019", matter.place)
            assert matter.page == "definitions"
            assert matter.code == view.code(matter.params["indicator"])
            assert matter.params["place"] == matter.place
        elif matter.kind in ("未收到", "不符"):
            assert (matter.page, matter.code) == ("quality", "")


def test_the_table_is_the_query_asked_for_the_day_of_publication(snapshot):
    rows = snapshot.table("attention/of_period", period="2019", published_at=snapshot.manifest["published_at"])
    assert rows.equals(attention.table(snapshot, "2019"))


def test_the_rule_of_the_order_is_printed():
    assert all(kind in attention.rule() for kind in ("未收到", "不符", "超过100%", "滞后", "逾期"))
