"""The returns of 2020Q2 that came after 2020-06-30.r1: ten good ones, and one for each of seventeen rules of receipt.

A return takes the place of the older one, so a faulty one holds all of the older one's rows and the fault besides.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc

from demo import letters, reference
from demo.chance import hashed_keys, stream

PERIOD = "2020Q2"
FIRST_POST, SECOND_POST = datetime(2020, 7, 21, 10), datetime(2020, 7, 24, 16)
PUBLISHED_AT = datetime(2020, 7, 27, 10)
NOTE = "2020年上半年修订：德宏补报二季度，怒江、昆明、大理等重报"
Row = dict[str, Any]
Tables = dict[str, pa.Table]
DEHONG, NUJIANG, KUNMING, YUXI, BANNA, CHUXIONG, HONGHE, PUER = (
    "533100", "533300", "530100", "530400", "532800", "532300", "532500", "530800",
)  # fmt: skip


@dataclass(frozen=True)
class Letter:
    """One return: its file name, its time of receipt, its table and rows, and the function that writes them."""

    file: str
    received_at: datetime
    table: str
    rows: list[Row]
    write: Callable[[Path, list[list], str], None] = letters.plain

    def save(self, folder: Path) -> Path:
        """Write it as a real file; the same bytes each time."""
        labels = letters.labels(self.table)
        names = [name for name in labels if any(row.get(name) is not None for row in self.rows)]
        grid: list[list] = [[labels[name] for name in names]]
        grid += [[row.get(name) for name in names] for row in self.rows]
        self.write(folder / self.file, grid, self.file.partition(".")[0])
        return folder / self.file


def all_letters(tables: Tables) -> Iterator[Letter]:
    """All returns, in the order in which they came; tables are those of 2020-06-30.r1."""
    yield from _faulty(tables)
    yield from _good(tables)


def _good(tables: Tables) -> Iterator[Letter]:
    funds, help_given, meetings, stats = _of_dehong(tables)
    again = held(tables, "activities", NUJIANG)
    more = [again[0] | {"activity_id": f"A{990060 + n}", "activity_date": date(2020, 6, 10 + n)} for n in range(2)]
    for name, table, rows, write in (
        ("德宏州_资金_2020Q2.xlsx", "funds", funds, letters.titled),
        ("德宏州_受益_2020Q2.csv", "beneficiaries", help_given, letters.csv_utf8),
        ("德宏州_活动_2020Q2.xlsx", "activities", meetings, letters.plain),
        ("德宏州_统计_2020Q2.csv", "reported_stats", stats, letters.csv_gbk),
        ("昆明市_资金_2020Q2_更正.xlsx", "funds", held(tables, "funds", KUNMING), letters.titled),
        ("怒江州_资金_2020Q2_重报.xlsx", "funds", held(tables, "funds", NUJIANG), letters.plain),
        ("怒江州_活动_2020Q2_补充.csv", "activities", [*again, *more], letters.csv_gbk),
        ("临沧市_统计_2020Q2_迟报.xlsx", "reported_stats", held(tables, "reported_stats", "530900"), letters.plain),
        ("大理州_活动_2020Q2.txt", "activities", held(tables, "activities", "532900"), letters.tabs_utf16),
        ("玉溪市_受益_2020Q2_重报.csv", "beneficiaries", held(tables, "beneficiaries", YUXI), letters.csv_semicolons),
    ):
        yield Letter(name, SECOND_POST, table, rows, write)


def _of_dehong(tables: Tables) -> tuple[list[Row], list[Row], list[Row], list[Row]]:
    """(funds, beneficiaries, activities, statistics) that 德宏州 had not reported before 2020-06-30.r1."""
    rng = stream("dehong late")
    county = [row["county_code"] for row in reference.counties() if row["prefecture_code"] == DEHONG]
    orgs = [row["org_id"] for row in held(tables, "organizations", DEHONG, "") if row["status"] == "正常"][:6]
    days = [date(2020, 4 + int(n) % 3, 1 + int(n)) for n in rng.integers(1, 27, 60)]
    funds = [
        {"fund_id": f"F{990001 + n}", "event_date": days[n], "stage": "到账", "source": "社会捐赠",
         "form": "物资" if n % 2 else "资金",
         "amount_yuan": int(rng.integers(10, 120)) * 1000,
         "valuation_basis": "发票" if n % 2 else None, "org_id": orgs[n % 6], "prefecture_code": DEHONG,
         "county_code": county[n % len(county)], "donor_type": "企业", "is_reversal": False}
        for n in range(16)
    ]  # fmt: skip
    keys = [key.decode() for key in hashed_keys(rng.integers(900_000_000, 950_000_000, 60))]
    help_given = [
        {"record_id": f"B{99000001 + n}", "service_date": days[n], "org_id": orgs[n % 6], "subject_type": "个人",
         "subject_key": keys[n], "headcount": 1, "times": 1, "prefecture_code": DEHONG,
         "county_code": county[n % len(county)], "poverty_category": "建档立卡已脱贫", "help_type": "技能培训",
         "sex_code": str(1 + n % 2), "age_band": "16-59", "ethnic_code": "01"}
        for n in range(60)  # twelve a county: fewer than ten would hide the quarter of the whole province
    ]  # fmt: skip
    meetings = [
        row | {"activity_id": f"A{990001 + n}", "activity_date": days[n]}
        for n, row in enumerate(held(tables, "activities", DEHONG, "2020Q1")[:12])
    ]
    return funds, help_given, meetings, held(tables, "reported_stats", DEHONG, "2019Q4")


def _faulty(tables: Tables) -> Iterator[Letter]:
    """One return for each rule, named by it."""
    for rule, place, table, fault, write in (
        ("DQ-03", YUXI, "activities", {"county_code": "澄江县"}, letters.plain),
        ("DQ-05", HONGHE, "activities", {"activity_id": "A990031", "county_code": "红河"}, letters.plain),
        ("DQ-06", "530500", "activities", {"activity_id": "A990032", "activity_date": "2020-13-05"}, letters.csv_utf8),
        ("DQ-08", BANNA, "funds", {"fund_id": "F990041", "amount_yuan": "约5万"}, letters.titled),
        ("DQ-10", YUXI, "funds", {"fund_id": "F990042", "amount_yuan": 12000, "form": "物资", "valuation_basis": None,
                                  "stage": "到账", "programme_code": None}, letters.two_lines),
        ("DQ-21", BANNA, "beneficiaries", {"record_id": "B99000101", "subject_type": "家庭", "headcount": 48,
                                           "subject_key": "00000000000000d1"}, letters.csv_gbk),
        ("DQ-29", PUER, "activities", {"activity_id": "A990033", "title": '=HYPERLINK("http://example.invalid","看")'},
         letters.csv_utf8),
        ("DQ-26", "530300", "activities", {"activity_id": "A990034", "activity_date": date(2020, 6, 30)},
         letters.plain),
        ("DQ-25", "532600", "activities", {"activity_id": "A990035"}, letters.misdeclared),
    ):  # fmt: skip
        rows = held(tables, table, place)
        yield _named(rule, place, table, [*rows, rows[0] | fault], write)
    yield from _of_money(tables)
    yield from _of_lists(tables)


def _of_money(tables: Tables) -> Iterator[Letter]:
    kunming = held(tables, "funds", KUNMING)
    small = [row | {"amount_yuan": Decimal(str(row["amount_yuan"])) / 10_000} for row in kunming]
    yield _named("DQ-09", KUNMING, "funds", small, letters.plain)
    province = held(tables, "funds", reference.PROVINCE)
    poor = _without_money(tables)
    spent = next(row for row in province if row["stage"] == "到账") | {
        "fund_id": "F990043", "stage": "支出", "amount_yuan": 30_000, "project_id": poor["project_id"],
        "programme_code": None, "source": "自筹", "prefecture_code": reference.PROVINCE, "county_code": None,
    }  # fmt: skip
    yield _named("DQ-12", reference.PROVINCE, "funds", [*province, spent], letters.plain)
    chuxiong = held(tables, "funds", CHUXIONG)
    given = next(row for row in chuxiong if row["stage"] == "到账" and not row["programme_code"])
    twice = [given | {"fund_id": f"F{990044 + n}", "amount_yuan": 10_000} for n in range(2)]
    yield _named("DQ-17", CHUXIONG, "funds", [*chuxiong, *twice], letters.plain)


def _of_lists(tables: Tables) -> Iterator[Letter]:
    lijiang = held(tables, "activities", "530700")
    twice = [lijiang[0] | {"activity_id": "A990036"}, lijiang[1] | {"activity_id": "A990036"}]
    yield _named("DQ-16", "530700", "activities", [*lijiang, *twice], letters.csv_utf8)
    orgs = [row for row in held(tables, "organizations", DEHONG, "") if row["uscc"]][:4]
    new = {name: None for name in orgs[0] if name.endswith(("_date", "_count", "_years")) or name.startswith("sync_")}
    new = orgs[0] | new | {  # registered this quarter: no other facts yet
        "registered_date": date(2020, 5, 20), "status": "正常", "party_cover_mode": "未覆盖", "rating": "未评估",
        "inspection_year": None, "inspection_result": None, "tax_deduction_level": None, "publicity_occasion": None,
    }  # fmt: skip
    lost = new | {"org_id": "O990001", "org_name": "（演示）德宏州第一新设协会", "uscc": "5.153E+17"}
    yield _named("DQ-13", DEHONG, "organizations", [*orgs, lost], letters.plain)
    code = str(orgs[0]["uscc"])
    wrong = code[:-1] + ("0" if code[-1] != "0" else "1")
    misread = new | {"org_id": "O990002", "org_name": "（演示）德宏州第二新设协会", "uscc": wrong}
    yield _named("DQ-14", DEHONG, "organizations", [*orgs, misread], letters.csv_utf8)
    projects = [row for row in held(tables, "projects", DEHONG, "") if row["status"] == "已完成"][:3]
    late = projects[0] | {"actual_end_date": projects[0]["start_date"] - timedelta(days=10)}
    yield _named("DQ-19", DEHONG, "projects", [*projects[1:], late], letters.plain)
    people = held(tables, "beneficiaries", HONGHE)[:3]
    yield _named("DQ-20", HONGHE, "beneficiaries", people, letters.with_identity_numbers)


def _named(rule: str, place: str, table: str, rows: list[Row], write: Callable) -> Letter:
    name = dict(zip(reference.unit_codes(), reference.unit_names(), strict=True))[place]
    kind = "csv" if write in (letters.csv_utf8, letters.csv_gbk) else "xlsx"
    file = f"{name}_{letters.TITLES[table]}_{PERIOD}_{rule}.{kind}"
    later = rule in ("DQ-14",)  # sent after the one of DQ-13
    return Letter(file, SECOND_POST if later else FIRST_POST, table, rows, write)


def held(tables: Tables, name: str, place: str, period: str = PERIOD) -> list[Row]:
    """The rows of a table of one place; of one period, or of all where period is empty."""
    table = tables[name]
    chosen = pc.equal(pc.cast(table["prefecture_code"], pa.string()), place)
    if period:
        chosen = pc.and_(chosen, pc.equal(pc.cast(table["report_period"], pa.string()), period))
    return table.filter(chosen).to_pylist()


def _without_money(tables: Tables) -> Row:
    """A project that runs and has not received anything yet."""
    paid = set(pc.cast(tables["funds"]["project_id"], pa.string()).to_pylist())
    running = (row for row in tables["projects"].to_pylist() if row["status"] == "实施中" and not row["programme_code"])
    return next(row for row in running if row["project_id"] not in paid)
