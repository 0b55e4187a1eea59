"""The indicators: their cards are complete and true, and their numbers are what a slow second count finds.

tests/expected/indicators/ holds numbers worked out by hand from tests/snapshot/; the column `counted` says how.
"""

import re
from collections import Counter, defaultdict
from datetime import date
from decimal import Decimal
from pathlib import Path

import duckdb
import pandas as pd
import pyarrow as pa
import pytest

from tests import second_opinion
from tests.conftest import reference
from yunnan.data import queries, snapshot_connection
from yunnan.publication import derived_tables, people_cube

HERE = Path(__file__).parent
ASOF = date(2020, 6, 30)
PERIODS = {
    "2018": (date(2018, 1, 1), date(2018, 12, 31)),
    "2019": (date(2019, 1, 1), date(2019, 12, 31)),
    "2019H1": (date(2019, 1, 1), date(2019, 6, 30)),
    "2019Q3": (date(2019, 7, 1), date(2019, 9, 30)),
    "2020H1": (date(2020, 1, 1), date(2020, 6, 30)),
}
CARDS = {query["code"]: query for query in queries.folder("indicators")}
FIGURES = {query["code"]: query for query in queries.folder("figures")}
RETURNS = {
    "prefecture_code": "VARCHAR",
    "county_code": "VARCHAR",
    "grain": "INTEGER",
    "num": "DECIMAL(20,4)",
    "den": "DECIMAL(20,4)",
}
MAY_HAVE = ("check", "events", "headline", "judged", "leads", "protected")
YES_NO = ("is_ratio", "additive", "people", "scored")
LEVELS = {0: "county", 1: "prefecture", 3: "province"}


# Four provinces: the tiny one, the same one with everything that can go wrong, the same one with columns left empty by
# one prefecture or by all, and one where nothing happened.


def tiny(texts):
    return texts


def empty(texts):
    return {name: [] for name in texts}


def unfilled(texts):
    """昭通 has left two dates empty, and nobody has filled in the qualifications, but for somebody from outside."""
    for row in texts["organizations"]:
        if row["prefecture_code"] == "530600":
            row |= {"branch_standardized_date": "", "publicity_date": ""}
        if row["is_yunnan"] == "true":
            row |= {"charity_date": "", "public_fundraising_date": "", "tax_deduction_years": ""}
    return texts


def messy(texts):
    def change(table, key, **values):
        (row,) = [row for row in texts[table] if next(iter(row.values())) == key]
        row.update(values)

    def add(table, key, like, **values):
        (row,) = [row for row in texts[table] if next(iter(row.values())) == like]
        texts[table].append(row | {next(iter(row)): key} | values)

    correction = {"event_date": "2019-09-09", "report_period": "2019Q3", "is_reversal": "true"}
    add("funds", "F900001", "F000015", amount_yuan="10000.00", **correction)
    add("funds", "F900002", "F000006", is_reversal="true")
    add("funds", "F900003", "F000020", org_id="", project_id="", county_code="")
    change("organizations", "O000014", branch_standardized_date="2019-01-01")
    change("organizations", "O000013", rating="3A", rating_date="2020-02-02", sync_rating="true")
    change("organizations", "O000011", inspection_result="")
    change("organizations", "O000015", inspection_result="不适用")
    change("organizations", "O000018", status="注销", deregistered_date="2019-09-30")
    change("organizations", "O000020", status="注销", deregistered_date="2020-06-30")
    change("projects", "P00010", supervising_unit_code="")
    change("projects", "P00004", matched_date="", start_date="2019-09-30")
    change("projects", "P00012", status="已终止")
    change("projects", "P00001", actual_end_date="2019-07-01")
    add("beneficiaries", "B900001", "B000026", subject_key="f" * 16, poverty_category="其他")
    add("beneficiaries", "B900002", "B000009", service_date="2019-08-08", poverty_category="建档立卡未脱贫")
    change("policies", "M003", issue_date="")
    change("policies", "M001", status="失效")
    texts["reported_stats"] = [row for row in texts["reported_stats"] if row["report_period"] != "2019Q4"]
    return texts


def province(change) -> tuple[duckdb.DuckDBPyConnection, second_opinion.Row]:
    """The contract's tables and macros filled as publication fills them, and the same rows for the second count."""
    texts = {name: second_opinion.read(name) for name in second_opinion.TABLES}
    headers = {name: list(rows[0]) for name, rows in texts.items()}
    texts = change(texts)
    tables = {
        name: pa.table({c: pa.array([row[c] or None for row in rows], pa.string()) for c in headers[name]})
        for name, rows in texts.items()
    }
    db = duckdb.connect()
    db.execute(queries.load("schema").sql)
    for name in ("prefectures", "counties", "code_lists"):
        fill(db, name, f"read_csv('{second_opinion.REFERENCE / name}.csv', all_varchar = true)")
    for name, rows in tables.items():
        db.register("incoming", rows)
        fill(db, name, "incoming")
    db.unregister("incoming")
    db.execute(queries.load("views").sql)
    derived_tables.fill_periods(db, second_opinion.ASOF)
    db.execute(queries.load("publish/documents").sql, {"asof": second_opinion.ASOF})
    return db, second_opinion.tables(texts)


def fill(db, table, source):
    """Text into the contract's own types; columns the contract does not have stay behind."""
    given = {column for column, *_ in db.execute(f"describe from {source}").fetchall()}
    columns = ", ".join(c for c, *_ in db.execute(f"describe {table}").fetchall() if c in given)
    db.execute(f"insert into {table} ({columns}) select {columns} from {source}")


@pytest.fixture(scope="module", params=[tiny, messy, unfilled, empty], ids=lambda change: change.__name__)
def world(request):
    db, t = province(request.param)
    yield db, t
    db.close()


@pytest.fixture(scope="module")
def db():
    connection, _ = province(tiny)
    yield connection
    connection.close()


def params(query, period) -> dict[str, date]:
    start, end = PERIODS[period]
    return {name: {"start_date": start, "end_date": end}[name] for name in query.params}


def values(db, code, period) -> dict[tuple[str, str], tuple[Decimal, Decimal]]:
    """(level, code) -> (num, den), one entry per row of the indicator's query."""
    found = {}
    for prefecture, county, grain, num, den in db.execute(CARDS[code].sql, params(CARDS[code], period)).fetchall():
        level = "own" if grain == 0 and county is None else LEVELS[grain]
        place = (level, county or prefecture or "530000")
        assert place not in found, f"{code} has two rows for {place}"
        found[place] = (num, den)
    return found


def places(code, t) -> list[tuple[str, str]]:
    prefectures = [p.prefecture_code for p in t.prefectures] + ["530000"]
    found = [second_opinion.PROVINCE]
    if CARDS[code]["lowest"] != "province":
        found += [("prefecture", p) for p in prefectures]
    if CARDS[code]["lowest"] == "county":
        found += [("own", p) for p in prefectures]
        found += [("county", c.county_code) for c in t.counties]
    return found


def nothing(code, t) -> tuple[Decimal | None, Decimal]:
    """What a place without a row stands for."""
    is_unknown = code in second_opinion.OF_DOCUMENTS and not t.policies
    return (None if is_unknown else Decimal(0), Decimal(CARDS[code]["is_ratio"] == "no"))


# Numbers


@pytest.mark.parametrize("code", CARDS)
def test_a_second_count_agrees_for_every_place_and_period(world, code):
    db, t = world
    known = places(code, t)
    for period, (start, end) in PERIODS.items():
        found = values(db, code, period)
        assert set(found) <= set(known)
        first = {place: found.get(place, nothing(code, t)) for place in known}
        second = {place: second_opinion.opinion(code, t, place, start, end) for place in known}
        different = {place: (first[place], second[place]) for place in known if first[place] != second[place]}
        assert not different, period


@pytest.mark.parametrize("code", [code for code, card in CARDS.items() if card["additive"] == "yes"])
def test_prefectures_and_the_provincial_level_add_up_to_the_province(world, code):
    db, _ = world
    for period in PERIODS:
        found = values(db, code, period)
        whole = found.pop(second_opinion.PROVINCE)
        parts = [pair for (level, _), pair in found.items() if level == "prefecture"]
        if whole[0] is None:
            assert {num for num, _ in parts} <= {None}, "unknown of the province is unknown of each prefecture"
        else:  # what is unknown of a prefecture is in neither of the province's
            parts = [(num, den) for num, den in parts if num is not None]
            assert sum(num for num, _ in parts) == whole[0], period
        if CARDS[code]["is_ratio"] == "yes":
            assert sum(den for _, den in parts) == whole[1], period


@pytest.mark.parametrize("code", [code for code, card in CARDS.items() if card["additive"] == "no"])
def test_what_is_said_not_to_add_up_does_not(db, code):
    found = values(db, code, "2019")
    whole, _ = found.pop(second_opinion.PROVINCE)
    assert sum(num for (level, _), (num, _) in found.items() if level == "prefecture") != whole


@pytest.mark.parametrize("code", CARDS)
def test_the_province_has_its_row_in_every_period(world, code):
    db, t = world
    for period, (start, end) in PERIODS.items():
        num, den = values(db, code, period)[second_opinion.PROVINCE]
        assert den is not None
        assert (num is None) == (second_opinion.opinion(code, t, second_opinion.PROVINCE, start, end)[0] is None)


EXPECTED = [
    (path.stem.replace("_", "-"), row)
    for path in sorted((HERE / "expected" / "indicators").glob("*.csv"))
    for row in second_opinion.read(path.stem, path.parent)
]


@pytest.mark.parametrize(
    ("code", "row"), EXPECTED, ids=[f"{code} {r['period']} {r['level']} {r['region_code']}" for code, r in EXPECTED]
)
def test_the_number_worked_out_by_hand_is_found(db, code, row):
    found = values(db, code, row["period"])[row["level"], row["region_code"]]
    assert found == (Decimal(row["num"]), Decimal(row["den"]))


def test_eight_indicators_and_more_were_worked_out_by_hand_for_2019():
    by_hand = {code for code, row in EXPECTED if (row["level"], row["period"]) == ("province", "2019")}
    assert len(by_hand) >= 8


def test_an_opened_snapshot_gives_the_same_numbers_as_publication(db, tmp_path):
    opened = duckdb.connect()
    opened.execute("create schema whole")
    contract = "select table_name from duckdb_tables() where schema_name = 'main'"
    names = [name for (name,) in db.execute(contract).fetchall()]
    for table in names:
        db.execute(f"copy {table} to '{tmp_path / table}.parquet' (format parquet)")
        opened.execute(f"create view whole.{table} as from read_parquet('{tmp_path / table}.parquet')")
        opened.execute(f"create view {table} as from whole.{table}")
    opened.execute(queries.load("views").sql)
    for code in CARDS:
        assert values(opened, code, "2019") == values(db, code, "2019")
    opened.close()


# Cards


def test_the_codes_of_each_of_the_four_pillars_run_from_one_without_a_gap():
    numbers = Counter(card["pillar"] for card in CARDS.values())
    assert list(numbers) == ["P1", "P2", "P3", "P4"]
    assert list(CARDS) == [f"{pillar}-{n:02}" for pillar, last in numbers.items() for n in range(1, last + 1)]


def test_what_has_a_target_is_scored_and_nothing_else_is():
    targets = reference("targets")["indicator_code"].unique().to_pylist()
    assert {code for code, card in CARDS.items() if card["scored"] == "yes"} == set(targets)


def test_no_two_cards_have_the_same_short_name():
    files = defaultdict(list)
    for card in CARDS.values():
        files[card["short"]].append(f"queries/{card.name}.sql")
    twice = [f"{short}: {' '.join(both)}" for short, both in files.items() if len(both) > 1]
    assert not twice, f"the same -- short stands in two files: {twice}"


@pytest.mark.parametrize("query", CARDS.values(), ids=CARDS)
def test_a_card_is_complete(query):
    keys = [
        "name_zh",
        "name_en",
        "definition",
        "unit",
        "kind",
        "frequency",
        "target",
        "aggregation",
        "mechanism",
        "facts",
    ]
    assert all(query[key] for key in keys)
    assert set(query.header) <= {*keys, *YES_NO, *MAY_HAVE, "code", "pillar", "short", "lowest", "tables", "breaks"}
    assert {query[key] for key in YES_NO} <= {"yes", "no"}
    assert query["lowest"] in LEVELS.values()
    assert query.header.get("judged", "inspected") == "inspected"
    assert (query["is_ratio"] == "yes") == query["kind"].endswith("比率")
    assert query.doc.startswith(f"{query['name_zh']}，")
    assert query.name == f"indicators/{query['code'].replace('-', '_')}"
    assert query.returns == RETURNS
    assert re.fullmatch(r"CAL-\d\d", query.header.get("check", "CAL-00"))
    assert all(re.fullmatch(r"S\d{3}", fact) for fact in query["facts"].split())


@pytest.mark.parametrize("query", [*CARDS.values(), *FIGURES.values()], ids=[*CARDS, *FIGURES])
def test_header_names_exactly_the_parameters_and_columns(db, query):
    (statement,) = duckdb.extract_statements(query.sql)
    assert set(query.params) == set(statement.named_parameters)
    described = db.execute(f"describe {query.sql}", params(query, "2019")).fetchall()
    assert query.returns == {column: kind for column, kind, *_ in described}


@pytest.mark.parametrize("query", [card for card in CARDS.values() if "events" in card.header], ids=lambda q: q["code"])
def test_the_events_that_a_card_names_are_those_of_its_formula(query):
    events = queries.events_of(query)
    assert {"indicator_code", *events} <= set(snapshot_connection.EVENT_SUMS.names)
    assert events.pop("table_name") in query["tables"].split()
    chosen = {text for name, texts in events.items() if name != "sums" for text in texts.split(",")}
    formula = re.sub(r"meaning\('\w+', ", "(", query.sql)  # without the names of the lists that say what a word means
    assert chosen == set(re.findall(r"'(\w+)'", formula))
    assert f"sum({events['sums']})" in query.sql if "sums" in events else "participants" not in query.sql


def test_headlines_have_a_place_each_and_one_indicator_leads_each_pillar_and_the_whole():
    headlines = [card.header["headline"] for card in CARDS.values() if "headline" in card.header]
    assert sorted(int(headline.split()[0]) for headline in headlines) == list(range(1, len(headlines) + 1))
    assert list(queries.headlines().values()) == [
        "筹集款物",
        "惠及贫困人口",
        "参与社会组织",
        "在实施项目",
        "资金执行率",
    ]
    assert {pillar: queries.lead(pillar) for pillar in ("", "P1", "P2", "P3", "P4")} == {
        "": "P1-08", "P1": "P1-08", "P2": "P2-03", "P3": "P3-02", "P4": "P4-01",
    }  # fmt: skip


@pytest.mark.parametrize("code", CARDS)
def test_a_formula_goes_down_to_the_lowest_level_of_its_card(db, code):
    levels = {level for period in PERIODS for level, _ in values(db, code, period)} - {"own"}
    assert levels == set(list(LEVELS.values())[list(LEVELS.values()).index(CARDS[code]["lowest"]) :])


@pytest.mark.parametrize("query", CARDS.values(), ids=CARDS)
def test_only_a_definition_counting_people_reads_beneficiaries(query):
    assert (query["people"] == "yes") == ("beneficiaries" in query.sql)


@pytest.mark.parametrize("query", CARDS.values(), ids=CARDS)
def test_a_definition_counting_people_names_the_protected_count_and_no_other_does(query):
    protected = {" ".join(group[:2]) for group in (people_cube.PERSONS, people_cube.HOUSEHOLDS)}
    assert (query["people"] == "yes") == (query.header.get("protected") in protected)
    assert (query["people"] == "yes") == ("protected" in query.header)


# Published figures


def test_there_are_13_published_figures_and_two_lists_of_places():
    assert len(FIGURES) == 15
    assert [code for code, figure in FIGURES.items() if figure["qualifier"] == "列举"] == ["CAL-04-places", "CAL-09"]


@pytest.mark.parametrize("query", FIGURES.values(), ids=FIGURES)
def test_a_figure_is_complete(query):
    assert all(query[key] for key in ("label", "published", "note", "filter"))
    assert query["qualifier"] in ("约", "近", "多", "准确", "列举")
    assert query["unit"] in ("元", "人", "个", "次", "所", "名", "州市", "县市")
    assert date.fromisoformat(query["needs"]) in (date(2019, 12, 31), ASOF)
    assert re.fullmatch(r"S\d{3}", query["fact"])
    assert query.name == f"figures/{query['code'].replace('-', '_')}"
    assert query.params == {}


@pytest.mark.parametrize("query", FIGURES.values(), ids=FIGURES)
def test_a_figure_is_one_row_even_where_nothing_happened(world, query):
    db, _ = world
    ((actual, detail, holds),) = db.execute(query.sql).fetchall()
    assert actual >= 0
    assert (detail is not None) == (query["qualifier"] == "列举")
    assert holds is False


@pytest.mark.parametrize("query", [f for f in FIGURES.values() if f["unit"] == "元"], ids=lambda q: q["code"])
def test_the_rows_a_money_figure_points_to_add_up_to_it(world, query):
    db, _ = world
    chosen = dict(pair.split("=") for pair in query["rows"].split())
    total = Decimal(0)
    rows = db.execute("select *, stage::varchar as stage, source::varchar as source from funds").fetchall()
    columns = [column for column, *_ in db.description]
    for row in (dict(zip(columns, row, strict=True)) for row in rows):
        is_meant = (
            row["stage"] == chosen["stage"]
            and date.fromisoformat(chosen["start"]) <= row["event_date"] <= date.fromisoformat(chosen["end"])
            and row["source"] == chosen.get("source", row["source"])
            and row["form"] == chosen.get("form", row["form"])
            and row["programme_code"] == chosen.get("programme", row["programme_code"])
            and row["prefecture_code"] in chosen.get("prefectures", row["prefecture_code"]).split(",")
        )
        if is_meant:
            total += -row["amount_yuan"] if row["is_reversal"] else row["amount_yuan"]
    ((actual, _, _),) = db.execute(query.sql).fetchall()
    assert actual == float(total)


@pytest.mark.parametrize(
    ("code", "actual", "detail"),
    [
        ("CAL-01", 1_090_000, None),  # the eight 到账 lines of 2019: 15 17 19 20 23 24 26 28
        ("CAL-02", 709, None),  # as in expected/indicators/P1_09.csv
        ("CAL-03", 3, None),  # 组织甲 乙 癸; 组织丙 is 国家级
        ("CAL-04", 200_000, None),  # 8万 in 2018, 12万 in 2019
        ("CAL-04-places", 2, "德宏、怒江"),
        ("CAL-05a", 180_000, None),  # 6万 4万 8万
        ("CAL-05b", 3, None),  # 德宏 怒江 大理
        ("CAL-05c", 4, None),  # 芒市 泸水 福贡 云龙
        ("CAL-06a", 1, None),  # 项目五; 项目二 is in 昭通
        ("CAL-06b", 200_000, None),
        ("CAL-07", 100_000, None),  # 项目四
        ("CAL-08a", 0, None),
        ("CAL-08b", 1, None),  # one school, screened twice
        ("CAL-08c", 300, None),  # the larger of 300 and 280
        ("CAL-09", 2, "昭通、怒江"),
    ],
)
def test_figures_worked_out_by_hand(db, code, actual, detail):
    assert db.execute(FIGURES[code].sql).fetchall() == [(actual, detail, False)]


@pytest.mark.parametrize("code", CARDS)
def test_a_card_names_the_tables_that_the_database_reads_for_it(code):
    """As DuckDB itself opens views and macros: only what it names is asked for, and what it lacks is unknown."""
    with duckdb.connect() as db:
        for script in ("schema", "views"):
            db.execute(queries.load(script).sql)
        db.execute("pragma disable_optimizer")  # which leaves out tables that are empty
        given = dict(zip(("start_date", "end_date"), PERIODS["2019"], strict=True))
        wanted = {name: given[name] for name in CARDS[code].params}
        ((_, plan),) = db.execute(f"explain (format json) {CARDS[code].sql}", wanted).fetchall()
    scanned = {name.rpartition(".")[2] for name in re.findall(r'"Table": "([\w.]+)"', plan)}
    assert scanned == set(CARDS[code]["tables"].split()) == queries.sources(CARDS[code].name)


@pytest.mark.parametrize("period", ["2018", "2018Q3", "2020", "2020H1"])
def test_a_year_whose_inspections_are_not_in_the_register_has_no_rate_of_them(snapshot, period):
    values = snapshot.table("values/of_place", period=period, place="530000").set_index("indicator_code")
    assert values.status["P2-04"] == "本期不评", "O000009 alone carries 2018, all others 2019"
    assert snapshot.table("rows/P2_04", period=period, place="530000").empty
    matters = snapshot.table("party/in_step", period=period, place="530000").set_index("matter").matters_due
    assert pd.isna(matters["年检同步"]), "not known, and not none"
    assert values.value["P1-04"] > 0, "what was registered and rated is known of every year"


def test_matters_with_inspections_are_not_compared_with_matters_without_wherever_a_change_is_shown(snapshot):
    values = snapshot.table("values/of_place", period="2019", place="530000").set_index("indicator_code")
    assert values[["value", "base_value"]].loc["P1-04"].notna().all()
    assert not values.is_comparable["P1-04"], "2019 counts inspections and 2018 does not"
    assert values.is_comparable["P1-08"]
    for code, alike in (("P1-04", False), ("P1-08", True)):
        measures = snapshot.table("measures/by_prefecture", measure=code, period="2019")
        assert measures.is_comparable.any() == alike, code


def test_the_inspections_of_the_year_the_register_is_of_have_a_rate_in_each_of_its_periods(snapshot):
    for period in ("2019", "2019H1", "2019Q3"):
        values = snapshot.table("values/of_place", period=period, place="530000").set_index("indicator_code")
        assert values.value["P2-04"] > 0, period
