"""The province's targets divided among its prefectures: exact to the unit, nothing invented, and they come back."""

from decimal import Decimal
from fractions import Fraction
from pathlib import Path

import openpyxl
import pandas as pd
import pytest

from tests.command_line import assert_refused, run
from tests.office import FUNDS, MONEY, RATE, TARGETS, publish, rows
from tests.screens import DEFINITIONS, open_page, table, words_of
from yunnan.data import queries, target_split
from yunnan.words import geography
from yunnan.words.stage_words import UNNAMED

PLACES = {place.code: place.name_zh for place in geography.prefectures()}
SECTORS = ("P3-01", "2026", "云南省", "10", "", "", "", "", "", "2026年工作要点")
HELPED = ("P1-09", "2026", "云南省", "1001", "累计", "25%", "25%", "25%", "25%", "2026年工作要点")
# Yuan received in 2025, three to one to nothing; of a target of 1,000,001 these are 750,000.75, 250,000.25 and 0.
GIFTS = {"怒江州": ("泸水市", "300000"), "昆明市": ("西山区", "100000")}
DAYS = ("2025-02-03", "2025-05-03", "2025-08-03", "2025-11-03")  # one in each quarter
MONEY_TO_DIVIDE = (*MONEY[:3], "1000001", *MONEY[4:])


def gift(place: str, day: str) -> tuple:
    county, yuan = GIFTS[place]
    return (day, "到账", "社会捐赠", "资金", yuan, place, county, "")


@pytest.fixture
def year_of_all(office_send):
    """An office that knows of the money of all sixteen in 2025, and has targets for 2026."""
    for quarter, day in enumerate(DAYS, 1):
        gifts = (
            [gift(place, day) for place in GIFTS]
            if quarter == 1
            else [(day, "到账", "自筹", "资金", "1", "省本级", "", "")]
        )
        options = ("--period", f"2025Q{quarter}", "--prefecture", "530000", "--whole-province")
        office_send(FUNDS, *gifts, file=f"资金{quarter}.csv", options=options)
    office_send(TARGETS, MONEY_TO_DIVIDE, RATE, SECTORS, HELPED, file="目标.csv")
    return office_send


def propose(file: Path, *options: str) -> list[str]:
    result = run("targets", "--propose", str(file), *options)
    assert result.exit_code == 0, result.output
    return result.stdout.splitlines()


def write(file: Path, *targets: tuple) -> None:
    file.write_text("".join(",".join(row) + "\n" for row in (TARGETS, *targets)), encoding="utf-8-sig")


def line(lines: list[str], code: str) -> str:
    (one,) = (text for text in lines if text.startswith(code))
    return one


def cells(file: Path) -> list[tuple]:
    """Indicator, place and target of each row of the workbook."""
    sheet = openpyxl.load_workbook(file)["年度目标"]
    return [(row[0], row[2], row[3]) for row in sheet.iter_rows(min_row=4, values_only=True) if row[0]]


def test_the_rest_goes_to_the_largest_remainders_and_of_equal_ones_by_code():
    thirds = dict.fromkeys(("530300", "530100", "530400"), Fraction(1))
    assert target_split.largest_remainders(100, thirds) == {"530100": 34, "530300": 33, "530400": 33}
    weights = {"a": Fraction(47), "b": Fraction(16), "c": Fraction(158, 10), "d": Fraction(12), "e": Fraction(61, 10)}
    # quotas of 10 by 96.9: 4.85, 1.65, 1.63, 1.24, 0.63; whole 4, 1, 1, 1, 0, and the three left go to a, b, c
    assert target_split.largest_remainders(10, weights) == {"a": 5, "b": 2, "c": 2, "d": 1, "e": 0}
    assert target_split.largest_remainders(7, {"a": Fraction(0), "b": Fraction(2)}) == {"a": 0, "b": 7}


@pytest.mark.parametrize(
    ("target", "unit", "step"),
    [("420000000", "元", 10_000), ("420000001", "元", 1), ("1000000", "元", 1), ("420000000", "人", 1)],
)
def test_money_is_divided_by_the_myriad_where_it_is_large_and_even(target, unit, step):
    assert target_split.unit(Decimal(target), unit) == step


def test_what_is_proposed_is_edited_sent_published_and_adds_up(year_of_all, tmp_path):
    publish("2025-12-31")
    file = tmp_path / "拆分.xlsx"
    lines = propose(file)
    assert "最大余数法" in " ".join(lines)
    assert line(lines, "P1-08").startswith(
        "P1-08 筹集款物总额，全省1,000,001元：2个州市合计1,000,001元，等于全省目标；"
    )
    assert "分到0，没有列" in line(lines, "P1-08")
    assert "16个州市同全省" in line(lines, "P1-01")
    assert "州市相加不等于全省，没有拆" in line(lines, "P3-01")
    assert "没有一个州市有大于零的数，没有依据" in line(lines, "P1-09")
    money = {place: value for code, place, value in cells(file) if code == "P1-08"}
    assert money == {"530100": "250000", "533300": "750001"}
    assert {value for code, _, value in cells(file) if code == "P1-01"} == {"0.75"}
    book = openpyxl.load_workbook(file)
    assert "最大余数法" in " ".join(str(row[0]) for row in book["填报说明"].iter_rows(values_only=True))
    sheet = book["年度目标"]
    (cell,) = (row[3] for row in sheet.iter_rows(min_row=4) if (row[0].value, row[2].value) == ("P1-01", "533300"))
    cell.value = "70%"
    book.save(file)
    command = lines[-1].partition("python -m yunnan ")[2].split()
    result = run(*command)
    assert result.exit_code == 0, result.output
    assert "读到18行，接收18，拒收0" in result.stdout
    year_of_all(FUNDS, gift("怒江州", "2026-02-03"))
    snapshot = publish()
    given = "select region_code, target_value::bigint from {targets} where indicator_code = 'P1-08' order by 1"
    assert rows(snapshot, given) == [("530000", 1_000_001), ("530100", 250_000), ("533300", 750_001)]
    shares = "select distinct q1_share::double, phasing::varchar, basis from {targets} where region_code = '533300'"
    assert sorted(rows(snapshot, shares), key=str) == [
        (0.25, "时期", "2026年工作要点；按2025年实际数拆分"), (None, "时点", "2026年工作要点；同全省")
    ]  # fmt: skip
    rates = "select target_value::double from {targets} where indicator_code = 'P1-01' and region_code = '533300'"
    assert rows(snapshot, rates) == [(0.7,)]
    held = "select distinct region_code from {indicator_values} where indicator_code = 'P1-08' and target_value > 0"
    assert sorted(rows(snapshot, held)) == [("530000",), ("530100",), ("533300",)]
    again = propose(tmp_path / "再拆.xlsx", "--year", "2026")
    assert "登记表里已有州市2026年的目标18行" in again[-2]
    assert again[-1].endswith("--part 3")


def test_what_is_not_known_has_no_row_and_its_part_is_given_to_nobody(office_send, tmp_path):
    for quarter, day in enumerate(DAYS, 1):
        for place in GIFTS:
            office_send(FUNDS, gift(place, day), file=f"{place}{quarter}.csv", options=("--period", f"2025Q{quarter}"))
    office_send(FUNDS, ("2025-02-03", "到账", "社会捐赠", "资金", "5", "玉溪市", "", ""), file="玉溪.csv",
                options=("--period", "2025Q1"))  # fmt: skip
    office_send(TARGETS, ("P1-08", "2026", "云南省", "1000", *MONEY[4:]), file="目标.csv")
    publish("2025-12-31")
    lines = propose(tmp_path / "拆分.xlsx")
    # two of sixteen are known: 125 of 1,000, of which three quarters are 93.75 and a quarter 31.25
    assert cells(tmp_path / "拆分.xlsx") == [("P1-08", "530100", "31"), ("P1-08", "533300", "94")]
    said = line(lines, "P1-08")
    assert "2个州市合计125元；" in said
    assert "等于全省目标" not in said
    assert "玉溪市（数据不全）" in said
    assert "德宏傣族景颇族自治州（未报送）" in said
    assert "留出875元没有分" in said
    publish()  # with the targets, which are of 2026
    app = split_page("P1-08", "2025")
    name = "目标拆分建议（2026年，元，依据2025年）"
    assert proposed_on(app, name) == {"530100": 31, "533300": 94}
    assert said in "\n".join(words_of(app))
    drawn = table(app, name).set_index("地区")
    assert drawn.loc["玉溪", "说明"] == "没有依据（数据不全），由人补"
    assert drawn.loc["德宏", "说明"] == "没有依据（未报送），由人补"
    assert drawn.loc[["玉溪", "德宏"], [PROPOSED, "依据年度的数"]].isna().all(axis=None)


PREFECTURE_CODES = {place.short_zh: place.code for place in geography.prefectures()}
PROPOSED, REGISTERED = "建议（未登记）", "登记的目标"


def split_page(code: str, period: str):
    return open_page(DEFINITIONS, indicator=code, part="split", period=period)


def proposed_on(app, name: str) -> dict[str, Decimal]:
    """What the page proposes to a prefecture, by its code; nothing of those without a proposal or with zero."""
    drawn = table(app, name).set_index("地区")
    amounts = drawn[PROPOSED].dropna()
    return {PREFECTURE_CODES[place]: Decimal(str(amount)) for place, amount in amounts.items() if amount}


def test_the_page_proposes_what_the_command_writes_to_the_unit(year_of_all, tmp_path):
    publish()
    lines = propose(tmp_path / "拆分.xlsx")
    written = {
        code: {place: Decimal(value) for of, place, value in cells(tmp_path / "拆分.xlsx") if of == code}
        for code in ("P1-08", "P1-01")
    }
    money = "目标拆分建议（2026年，元，依据2025年）"
    app = split_page("P1-08", "2025")
    assert not app.exception
    assert proposed_on(app, money) == written["P1-08"] == {"530100": 250_000, "533300": 750_001}
    words = "\n".join(words_of(app))
    assert line(lines, "P1-08") in words
    assert "是建议，不是登记的目标" in words
    assert all(sentence in words for sentence in target_split.rule(None))
    assert "全省2025年无目标，没有可拆的" in words
    assert "--out 目标模板.xlsx" in words
    drawn = table(app, money).set_index("地区")
    assert drawn[REGISTERED].isna().all()
    assert drawn.loc[["怒江", "昆明", "玉溪"], "依据年度的数"].tolist() == [300_000, 100_000, 0]
    assert drawn.loc["怒江", "占比（有依据的州市合计）"] == 0.75
    assert drawn.loc["玉溪", [PROPOSED, "说明"]].tolist() == [0, "分到0，不登记"]
    rates = split_page("P1-01", "2025")
    assert proposed_on(rates, "目标拆分建议（2026年，%，依据2025年）") == written["P1-01"]
    assert "16个州市同全省" in "\n".join(words_of(rates))
    not_divided = split_page("P3-01", "2025")
    assert "州市相加不等于全省，没有拆" in "\n".join(words_of(not_divided))
    assert not not_divided.dataframe


def test_without_a_full_year_before_the_page_says_so_and_proposes_nothing(office_send):
    office_send(TARGETS, MONEY, RATE, file="目标.csv")
    office_send(FUNDS, gift("怒江州", "2026-02-03"))
    publish()
    app = split_page("P1-08", "2026")
    assert "快照里没有以前满的一年，没有依据，没有拆" in "\n".join(words_of(app))
    assert not app.dataframe


def test_targets_may_come_in_a_file_that_nobody_has_received(year_of_all, tmp_path):
    publish("2025-12-31")
    file = tmp_path / "下达.csv"
    write(file, (*MONEY[:3], "8", *MONEY[4:]))
    lines = propose(tmp_path / "拆分.xlsx", "--from", str(file))
    assert cells(tmp_path / "拆分.xlsx") == [("P1-08", "530100", "2"), ("P1-08", "533300", "6")]
    assert "--part" in lines[-1]
    write(file, ("P9-99", *MONEY[1:]))
    refused = run("targets", "--propose", str(tmp_path / "b.xlsx"), "--from", str(file))
    assert_refused(refused, "下达.csv", "没有拆", "--explain")
    assert not (tmp_path / "b.xlsx").exists()


def test_a_year_without_targets_and_a_file_that_is_there_are_one_sentence(year_of_all, tmp_path):
    assert_refused(run("targets", "--propose", str(tmp_path / "a.xlsx"), "--year", "2027"), "2027年", "没有拆")
    (tmp_path / "a.xlsx").write_text("改过的")
    assert_refused(run("targets", "--propose", str(tmp_path / "a.xlsx")), "没有覆盖")
    assert (tmp_path / "a.xlsx").read_text() == "改过的"
    assert_refused(run("targets", "--propose", str(tmp_path / "b.csv")), "b.csv 不是 .xlsx 的名称")
    assert not (tmp_path / "b.csv").exists()


def test_without_a_full_year_before_only_rates_are_proposed(office_send, tmp_path):
    office_send(TARGETS, MONEY, RATE, file="目标.csv")
    lines = propose(tmp_path / "a.xlsx")
    assert "快照里没有以前满的一年" in line(lines, "P1-08")
    assert len(cells(tmp_path / "a.xlsx")) == 16


def test_every_indicator_is_divided_exactly_or_not_at_all(snapshot):
    table = snapshot.table("intake/target_bases", target_year="2020")
    bases: dict = {}
    for row in table.itertuples(index=False):
        value = None if pd.isna(row.value) else row.value
        bases.setdefault(row.indicator_code, {})[row.prefecture_code] = (value, row.status)
    own = list(snapshot.table("intake/targets").itertuples(index=False))
    assert {row.base_year for row in table.itertuples()} == {2019}
    targets = of_province(own)
    made = target_split.propose(targets, PLACES, bases, 2019, UNNAMED)
    assert len(made.sentences) == len(targets)
    for target in targets:
        card = queries.indicator(target.indicator_code)
        shares = [row for row in made.rows if row.indicator_code == target.indicator_code]
        known = [value for value, _ in bases.get(target.indicator_code, {}).values() if value is not None]
        if card["is_ratio"] == "yes":
            assert {row.target_value for row in shares} <= {target.target_value}
        elif card["additive"] == "no" or not any(known):
            assert shares == []
        else:
            assert sum(row.target_value for row in shares) == int(target.target_value * len(known)) // 16


def of_province(register: list) -> list[target_split.Target]:
    """The province's targets of 2020 of a snapshot."""
    return [
        target_split.Target(
            row.indicator_code,
            2020,
            row.region_code,
            Decimal(row.target_value),
            row.phasing,
            None,
            None,
            None,
            None,
            "依据",
        )
        for row in register
        if (row.year, row.region_code) == (2020, "530000")
    ]


def test_values_of_a_year_are_those_published_and_only_where_all_four_quarters_came(snapshot):
    table = snapshot.table("intake/target_bases", target_year="2020")
    held = pd.read_parquet(snapshot.path / "indicator_values.parquet")
    held = held[(held.period == "2019") & (held.level == "prefecture")].set_index(["indicator_code", "region_code"])
    assert len(table) == len(held)
    for row in table.itertuples():
        one = held.loc[row.indicator_code, row.prefecture_code]
        if pd.isna(row.value):
            assert pd.isna(one.value) or one.quarters_reported < one.quarters_due
        else:
            assert (row.value, one.quarters_reported) == (one.value, one.quarters_due)
