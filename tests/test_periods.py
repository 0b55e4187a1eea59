"""Which periods there are on a day, and what each is compared with."""

from datetime import date
from pathlib import Path

import pandas as pd
import pytest

from tests.conftest import agreeing, known_on, publish_tiny, read_tiny
from yunnan import settings
from yunnan.data import snapshots
from yunnan.publication import people_counts, periods


def known(asof, first=2018):
    return {p.period: p for p in periods.known_on(asof, first)}


def test_a_finished_year_has_all_its_parts():
    assert list(known(date(2018, 12, 31))) == ["2018", "2018H1", "2018H2", "2018Q1", "2018Q2", "2018Q3", "2018Q4"]


def test_an_unfinished_year_is_compared_with_the_same_months():
    year = known(date(2020, 6, 30))["2020"]
    assert (year.label, year.base_period, year.is_complete, year.quarters) == ("2020年（1—6月）", "2019H1", False, 2)
    assert year.last_date == date(2020, 6, 30)
    assert year.previous_period is None


def test_a_finished_period_is_compared_with_its_namesake_and_its_predecessor():
    found = known(date(2020, 6, 30))
    assert (found["2020H1"].base_period, found["2020H1"].previous_period) == ("2019H1", "2019H2")
    assert (found["2020Q1"].base_period, found["2020Q1"].previous_period) == ("2019Q1", "2019Q4")
    assert found["2018"].base_period is None


def test_a_day_within_a_quarter_has_no_like_period_to_compare_with():
    found = known(date(2019, 2, 10))
    assert found["2019"].label == "2019年（1—2月）"
    assert found["2019"].base_period is None
    assert found["2019"].quarters == 0
    assert "2019Q2" not in found


def test_nine_months_are_compared_with_the_nine_months_of_the_year_before():
    found = known(date(2020, 9, 30))
    year, before = found["2020"], found["2019M9"]
    assert (year.label, year.base_period) == ("2020年（1—9月）", "2019M9")
    assert (before.label, before.kind, before.is_complete, before.quarters) == ("2019年（1—9月）", "months", True, 3)
    assert (before.start_date, before.last_date) == (date(2019, 1, 1), date(2019, 9, 30))
    assert (before.base_period, before.previous_period) == (None, None)
    assert found["2020H2"].base_period == "2019Q3", "its three months"
    assert [p for p in found if "M" in p] == ["2019M9"]


def test_nine_months_have_no_base_where_the_year_before_is_not_there_or_the_day_is_within_a_quarter():
    assert known(date(2018, 9, 30))["2018"].base_period is None
    assert known(date(2020, 8, 31))["2020"].base_period is None
    assert not [p for asof in (date(2020, 9, 29), date(2020, 12, 31)) for p in known(asof) if "M" in p]


@pytest.fixture(scope="module")
def of_september(tmp_path_factory) -> Path:
    """The tiny province without people, as of September 2019."""
    folder = tmp_path_factory.mktemp("september")
    known_then = known_on(date(2019, 9, 30))
    nobody = {"beneficiaries": known_then["beneficiaries"].slice(0, 0)}
    return publish_tiny(folder, asof=date(2019, 9, 30), **agreeing(read_tiny() | known_then | nobody))


def test_the_first_nine_months_have_the_nine_months_before_beside_them(of_september, monkeypatch):
    monkeypatch.setattr(settings, "DATA_DIR", of_september.parent.parent)
    snapshot = snapshots.find(of_september.name)
    told, before, half, quarter = (
        snapshot.table("values/of_place", period=p, place="530000").set_index("indicator_code")
        for p in ("2019", "2018M9", "2018H1", "2018Q3")
    )
    assert told.base_value["P1-08"] == before.value["P1-08"] == half.value["P1-08"] + quarter.value["P1-08"] > 0
    assert before.target_to_date["P1-08"] == 0.75 * before.target_value["P1-08"]
    assert snapshot.table("frame/periods").set_index("period").base_label["2019"] == "2018年（1—9月）"
    place = snapshot.table("values/of_place", period="2018M9", place="530600").set_index("indicator_code")
    assert place.status["P1-09"] == "已隐去", "nine months of people are told of the province alone"
    assert before.status["P1-09"] != "已隐去"


def test_nine_months_are_made_of_quarters_and_a_year_of_them_and_the_last_quarter():
    spans = pd.DataFrame([vars(p) for p in periods.known_on(date(2020, 9, 30), 2019)])
    code = dict(enumerate(spans.period))
    made = {
        whole: [{code[part] for part in parts} for parts in people_counts.divisions(spans, n)]
        for n, whole in code.items()
    }
    assert {"2019M9", "2019Q4"} in made["2019"]
    assert made["2019M9"] == [{"2019H1", "2019Q3"}, {"2019Q1", "2019Q2", "2019Q3"}]
    assert made["2020"] == [{"2020H1", "2020H2"}, {"2020Q1", "2020Q2", "2020Q3"}]
    assert made["2019H2"] == [{"2019Q3", "2019Q4"}]


def test_leap_day_is_an_end_of_month():
    assert known(date(2020, 2, 29))["2020Q1"].base_period is None  # January and February are no period of 2019
