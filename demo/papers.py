"""Policy documents, the article's and the prefectures' own, and the half-yearly statistics of social workers."""

import numpy as np
import pyarrow as pa

from demo import plan, reference
from demo.chance import split, stream
from demo.columns import days, labels, money
from demo.quarters import COUNT, END_2018, END_2019, NAMES, day

KINDS = ("省", "州市")
# Which of the four key documents (L002 L003 L004 L005) a prefecture follows up by each of three ends.
FOLLOWED = {"default": ("L003 L005", "L003 L005 L002 L004", "L003 L005 L002 L004"),
            "532600": ("L003", "L003", "L003 L005"),
            "530100": ("L003 L005 L002", "L003 L005 L002 L004", "L003 L005 L002 L004"),
            "530300": ("L003 L005", "L003 L005 L004", "L003 L005 L004 L002"),
            "532800": ("L003 L002", "L003 L002 L004", "L003 L002 L004"),
            "533100": ("L003 L005", "L003 L005 L002", "L003 L005 L002"),
            "533300": ("L003 L005", "L003 L005 L004", "L003 L005 L002 L004"),
            "533400": ("L003", "L003 L005 L004", "L003 L005 L002 L004"),
            "530900": ("L003 L002", "L003 L005 L002 L004", "L003 L005 L002 L004")}  # fmt: skip
SPANS = ((day(2018, 3, 1), END_2018 - 10), (day(2019, 7, 20), END_2019 - 10), (END_2019 + 20, day(2020, 3, 25)))
TEXTS = ("policy_id", "title", "doc_no", "issuer", "level", "policy_class", "relation", "parent_policy_id",
         "prefecture_code", "status", "provenance")  # fmt: skip
ITEMS = ("SW_STOCK", "SW_CERT", "SW_POST", "SW_PARTY", "VOL")
STOCKS = {1: 57_600, 3: 60_200, 5: 62_400, 7: 65_000, 9: 67_600}  # social workers of the province by quarter
SHARES = {"SW_CERT": 0.17, "SW_POST": 0.31, "SW_PARTY": 0.24, "VOL": 42.0}  # per social worker
# Social workers per resident, relative to the province.
DENSITY = (1.06, 0.98, 0.99, 1.06, 1.00, 1.03, 1.00, 0.84, 0.99, 1.02, 1.04, 0.96, 1.02, 0.95, 0.96, 0.98)


def policies(asof: int) -> pa.Table:
    """The documents in the library on a day: a document without an issue date enters when the plan says."""
    library = [row for row in reference.rows("policies") if _known_from(row) <= asof]
    own = [row for row in _followed_up() if int(row["issue_date"]) <= asof]
    columns = {name: [row.get(name) or None for row in [*library, *own]] for name in TEXTS}
    together = [row.get("co_issuers", "").split(";") for row in [*library, *own]]
    issued = [_day(row.get("issue_date", "")) for row in [*library, *own]]
    files = [row.get("source_file", "policies.csv") for row in [*library, *own]]
    rows = [*range(2, len(library) + 2), *range(2, len(own) + 2)]
    return pa.table({
        **{name: pa.array(values, pa.string()) for name, values in columns.items()},
        "co_issuers": pa.array([names if names[0] else None for names in together], pa.list_(pa.string())),
        "issue_date": days(np.array(issued)),
        "source_file": pa.array(files, pa.string()), "source_row": pa.array(rows, pa.int32()),
    })  # fmt: skip


def _day(text: str) -> int:
    return (int(text) if text.isdigit() else day(*map(int, text.split("-")))) if text else 2**30


def _known_from(row: dict[str, str]) -> int:
    if row["policy_id"] in plan.POLICY_KNOWN:
        return day(*plan.POLICY_KNOWN[row["policy_id"]])
    return _day(row["issue_date"]) if row["issue_date"] else 0


def _followed_up() -> list[dict[str, str]]:
    """The prefectures' own documents (demo), in the order of issue."""
    rng = stream("policies")
    titles = {row["policy_id"]: row for row in reference.rows("policies")}
    documents = []
    for unit, code in enumerate(reference.unit_codes()[:16]):
        name, done = reference.unit_names()[unit], set()
        for span, followed in zip(SPANS, FOLLOWED.get(code, FOLLOWED["default"]), strict=True):
            for parent in followed.split():
                if parent in done:
                    continue
                done.add(parent)
                documents.append({
                    "title": f"{name}配套落实“{titles[parent]['title']}”的实施方案（演示）",
                    "issuer": f"{name}民政局（演示）",
                    "level": "州市级", "policy_class": titles[parent]["policy_class"], "relation": "配套",
                    "parent_policy_id": parent, "prefecture_code": code, "status": "现行", "provenance": "演示",
                    "issue_date": str(rng.integers(*span)), "source_file": "州市配套文件（演示数据生成器）",
                })  # fmt: skip
    documents.sort(key=lambda row: (int(row["issue_date"]), row["prefecture_code"]))
    return [{**row, "policy_id": f"D{number:03d}"} for number, row in enumerate(documents, start=1)]


def statistics() -> dict[str, np.ndarray]:
    """Half-yearly stocks: unit, quarter, item, value; awards are not reported, nor 德宏 in 2020Q2."""
    rng = stream("statistics")
    people = np.array([int(row["pop_census_2020"]) for row in reference.prefectures()])
    noise = rng.uniform(0.97, 1.03, (len(ITEMS), 16))
    stock_rows = []
    for quarter, total in STOCKS.items():
        stock = split(total, people * np.array(DENSITY))
        for at, item in enumerate(ITEMS):
            values = np.round(stock * SHARES[item] * noise[at]).astype(np.int64) if at else stock
            late = quarter == COUNT - 1
            stock_rows += [(unit, quarter, at, int(value)) for unit, value in enumerate(values)
                      if not (late and unit == reference.unit_of(plan.LATE_DEHONG))]  # fmt: skip
    columns = [np.array(column) for column in zip(*sorted(stock_rows, key=lambda row: (row[1], row[0])), strict=True)]
    return dict(zip(("unit", "quarter", "item", "value"), columns, strict=True))


def statistics_table(stocks: dict[str, np.ndarray]) -> pa.Table:
    """reported_stats without source columns."""
    n = len(stocks["unit"])
    return pa.table({
        "report_period": labels(stocks["quarter"], NAMES),
        "prefecture_code": labels(stocks["unit"], reference.unit_codes()),
        "item_code": labels(stocks["item"], ITEMS), "value": money(stocks["value"] * 100),
        "unit": labels(np.zeros(n, np.int64), ("人",)),
    })  # fmt: skip
