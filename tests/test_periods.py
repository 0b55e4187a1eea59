"""Which periods there are on a day, and what each is compared with."""

from datetime import date

from yunnan import periods


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


def test_leap_day_is_an_end_of_month():
    assert known(date(2020, 2, 29))["2020Q1"].base_period is None  # January and February are no period of 2019
