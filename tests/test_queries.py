"""The SQL of the pages: headers tell the truth, every column has a word, numbers agree with each other."""

import re
from datetime import date

import duckdb
import pandas as pd
import pytest

from tests.query_params import params_of
from yunnan import settings
from yunnan.data import queries, query_clauses, snapshots, two_snapshots
from yunnan.drawing.exports.risky import RISKY
from yunnan.front.trust import target_split_part
from yunnan.publication import derived_tables
from yunnan.words import columns
from yunnan.words.stage_words import UNNAMED

PERIODS = ["2018", "2019", "2019H1", "2019Q4", "2020", "2020H1", "2020Q2"]


@pytest.mark.parametrize("name", queries.names())
def test_the_header_names_exactly_the_parameters_used(name):
    (statement,) = duckdb.extract_statements(queries.load(name).sql)
    assert set(queries.load(name).params) == set(statement.named_parameters)


def test_every_indicator_that_a_query_names_has_a_card():
    cards = {card["code"] for card in queries.folder("indicators")}
    files = sorted(queries.FOLDER.rglob("*.sql"))
    named = {str(f.relative_to(queries.FOLDER)): set(re.findall(r"P\d-\d\d", f.read_text("utf-8"))) for f in files}
    assert {"P1-01", "P1-07"} <= named["party/tasks.sql"]
    assert {file: codes - cards for file, codes in named.items() if codes - cards} == {}


@pytest.mark.parametrize("name", queries.names())
def test_the_header_names_exactly_the_columns_returned(name, snapshot):
    query = queries.load(name)
    # What changed between two snapshots is asked of two; here the second is the first.
    both = name.startswith("changes/")
    with (
        two_snapshots._reading(two_snapshots.between(snapshot, snapshot))
        if both
        else snapshots._reading(snapshot.path, None)
    ) as cursor:
        described = cursor.execute("describe " + query.sql, params_of(name)).fetchall()
    assert query.returns == {column: kind for column, kind, *_ in described}


@pytest.mark.parametrize("name", [name for name in queries.names() if name.startswith(("records/", "rows/"))])
def test_what_is_only_counted_is_not_sorted_first(name, snapshot):
    query = queries.load(name)
    assert "order by" in query.sql.removeprefix(query.unordered)
    with snapshots._open(snapshot.path, None).cursor() as cursor:
        told = query_clauses.totals(name, ()).format(unordered=query.unordered)
        ((_, plan),) = cursor.execute(f"explain {told}", params_of(name)).fetchall()
        ((counted,),) = cursor.execute(told, params_of(name)).fetchall()
        rows = cursor.execute(query.sql, params_of(name)).fetchall()
    assert "Order By" not in plan
    assert counted == len(rows)


def test_an_order_that_decides_which_rows_there_are_stays():
    assert queries.load("funds/rows").unordered == queries.load("funds/rows").sql


PLAIN = [name for name in queries.names() if "plain" in queries.load(name).header]
# Made by the query itself, or a key of a table that is shipped with the project.
OF_OURS = {"year", "quarter", "programme_code", "programme_name", "prefecture_code", "county_code", "place_name"}


@pytest.mark.parametrize("name", PLAIN)
def test_columns_called_plain_are_held_to_a_list_or_a_pattern_by_the_contract(name):
    contract = queries.load("schema").sql
    lists = set(re.findall(r"^create type (\w+) as enum", contract, re.MULTILINE))
    tables = re.findall(r"^create table (?:funds|projects) \((.*?)^\);", contract, re.MULTILINE | re.DOTALL)
    kinds = dict(re.findall(r"^    (\w+) (\w+)", "".join(tables), re.MULTILINE))
    patterns = set(re.findall(r"regexp_full_match\((\w+), '[\w\[\]{},-]+'\)", contract))
    wanted = set(queries.load(name)["plain"].split())
    assert wanted <= set(queries.load(name).returns)
    assert {column for column in wanted - OF_OURS if kinds[column] not in lists and column not in patterns} == set()


def test_no_word_of_a_closed_list_or_of_a_shipped_table_needs_care_in_a_spreadsheet():
    words = re.findall(r"'([^']+)'", " ".join(re.findall(r"as enum \(([^)]*)\)", queries.load("schema").sql)))
    for table, columns_read in {
        "programmes": ["programme_code", "name_zh"],
        "prefectures": ["prefecture_code", "short_zh"],
        "counties": ["county_code", "short_zh"],
    }.items():
        words += pd.read_csv(settings.REFERENCE_DIR / f"{table}.csv", dtype=str)[columns_read].stack().tolist()
    assert len(words) > 400
    assert [word for word in words if RISKY.match(word) or '"' in word] == []


@pytest.mark.parametrize("name", PLAIN)
def test_a_column_called_plain_is_written_as_the_rule_for_every_text_writes_it(name, snapshot):
    plain = queries.load(name)["plain"].split()
    cells = ", ".join(f"concat({query_clauses.cell(name, column)}), csv_text({column})" for column in plain)
    with snapshots._open(snapshot.path, None).cursor() as cursor:
        rows = cursor.execute(f"select {cells} from (\n{queries.load(name).sql}\n)", params_of(name)).fetchall()
    assert rows
    assert all(row[::2] == row[1::2] for row in rows)


@pytest.mark.parametrize("name", queries.names())
def test_the_first_line_says_what_one_row_is(name):
    assert "row" in queries.load(name).doc


def test_every_column_has_a_word_and_every_word_a_column():
    returned = {column for name in queries.names() for column in queries.load(name).returns}
    assert returned | set(target_split_part.COMPUTED) == set(columns.COLUMNS)
    assert returned.isdisjoint(target_split_part.COMPUTED)


@pytest.mark.parametrize("period", PERIODS)
def test_prefectures_and_the_provincial_level_add_up_to_the_province(snapshot, period):
    cards = snapshot.table("definitions/cards")
    whole = snapshot.table("values/of_place", period=period, place="530000").set_index("indicator_code")
    for code in cards[cards.is_additive & cards.unit.isin(["元", "个", "人次", "场", "件"])].indicator_code:
        parts = snapshot.table("measures/by_prefecture", measure=code, period=period)
        if parts.value.notna().all():
            assert parts.value.sum() == pytest.approx(whole.loc[code].value), code


@pytest.mark.parametrize("place", ["530000", "533300", "532500", "533323"])
@pytest.mark.parametrize("period", ["2019", "2020H1"])
def test_the_card_equals_the_rows_behind_it(snapshot, place, period):
    value = snapshot.table("values/of_place", period=period, place=place).set_index("indicator_code").value["P1-08"]
    by_source = snapshot.table("funds/by_source", period=period, place=place)
    assert by_source.received_yuan.sum() == pytest.approx(value)


def test_the_map_the_scorecard_and_the_place_say_the_same(snapshot):
    heat = snapshot.table("values/heat", period="2019").set_index(["region_code", "indicator_code"]).value
    for code in ("P1-01", "P1-08", "P1-09", "P4-02"):
        drawn = snapshot.table("measures/by_prefecture", measure=code, period="2019").set_index("region_code").value
        for place in ("533300", "532500", "530100"):
            card = snapshot.table("values/of_place", period="2019", place=place).set_index("indicator_code").value[code]
            pd.testing.assert_series_equal(
                pd.Series([heat[place, code], drawn[place]]), pd.Series([card, card]), check_names=False
            )


def test_every_measure_has_all_sixteen(snapshot):
    for measure in snapshot.table("measures/of_period", period="2019").measure:
        table = snapshot.table("measures/by_prefecture", measure=measure, period="2019")
        sixteen = table[table.region_code != "530000"]
        assert len(sixteen) in (0, 16), measure
        assert len(sixteen) or measure == "P4-05"


def test_class_breaks_grow_and_fit_the_length_of_the_period(snapshot):
    year, quarter = (snapshot.table("measures/of_period", period=p).set_index("measure") for p in ("2019", "2019Q4"))
    for measure, breaks in year.breaks.items():
        assert list(breaks) == sorted(set(breaks)), measure
        factor = 4 if year.is_flow[measure] else 1
        assert [b * factor for b in quarter.breaks[measure]] == pytest.approx(list(breaks))


def test_the_same_months_have_the_same_class_breaks_under_every_name(snapshot):
    so_far, half = (snapshot.table("measures/of_period", period=p) for p in ("2020", "2020H1"))
    pd.testing.assert_frame_equal(so_far, half)


@pytest.mark.parametrize(("day", "months"), [("2018-01-01", 1), ("2018-09-30", 9), ("2018-12-31", 12)])
def test_class_breaks_grow_with_the_months_of_the_year_from_the_first_day(day, months):
    with duckdb.connect() as db:
        db.execute(queries.load("schema").sql)
        db.execute(queries.load("views").sql)
        derived_tables.fill_periods(db, date.fromisoformat(day))
        derived_tables.fill_indicators(db, UNNAMED)
        found = db.execute(queries.load("measures/of_period").sql, {"period": "2018"}).df().set_index("measure")
    whole = [float(b) for b in queries.load("indicators/P1_08")["breaks"].split()]
    assert list(found.breaks["P1-08"]) == pytest.approx([b * months / 12 for b in whole])


def test_a_place_that_has_not_reported_has_no_value_and_no_rank(snapshot):
    table = snapshot.table("measures/by_prefecture", measure="P1-08", period="2020Q2").set_index("region_code")
    assert table.status["533100"] == "未报送"
    assert pd.isna(table.value["533100"])
    assert pd.isna(table.place_rank["533100"])
    half = snapshot.table("measures/by_prefecture", measure="P1-08", period="2020H1").set_index("region_code")
    assert half.status["533100"] == "数据不全"
    assert pd.notna(half.value["533100"])
    assert pd.isna(half.place_rank["533100"])


def test_a_filter_cannot_be_ignored_or_forgotten(snapshot):
    with pytest.raises(duckdb.Error):
        snapshot.table("frame/periods", period="2019")
    with pytest.raises(duckdb.Error):
        snapshot.table("funds/by_source", period="2019")
