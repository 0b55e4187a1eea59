"""The places and reference lists the demo is built on, read from data/reference/*.csv."""

import csv
import functools
from pathlib import Path

import numpy as np

FOLDER = Path(__file__).parents[1] / "data" / "reference"
PROVINCE = "530000"  # 省本级: reports as a seventeenth unit


@functools.cache
def rows(name: str) -> tuple[dict[str, str], ...]:
    """One reference file, every value as text."""
    with (FOLDER / f"{name}.csv").open(encoding="utf-8-sig", newline="") as lines:
        return tuple(csv.DictReader(lines))


@functools.cache
def prefectures() -> tuple[dict[str, str], ...]:
    """The 16, in the order of provincial documents; their place in it is their unit number."""
    return tuple(sorted(rows("prefectures"), key=lambda row: int(row["order_prov"])))


@functools.cache
def unit_codes() -> tuple[str, ...]:
    """The codes of the 17 reporting units; 省本级 is the last."""
    return (*(row["prefecture_code"] for row in prefectures()), PROVINCE)


@functools.cache
def unit_names() -> tuple[str, ...]:
    """The 17 units as the names of their returns begin: 昆明市, 怒江州, 省本级."""
    ends = ("州" if row["is_autonomous"] == "1" else "市" for row in prefectures())
    return (*(row["short_zh"] + end for row, end in zip(prefectures(), ends, strict=True)), "省本级")


@functools.cache
def counties() -> tuple[dict[str, str], ...]:
    """The 129, in code order; their place in it is their county number."""
    return tuple(sorted(rows("counties"), key=lambda row: row["county_code"]))


@functools.cache
def county_codes() -> tuple[str, ...]:
    """The 129 codes."""
    return tuple(row["county_code"] for row in counties())


@functools.cache
def county_units() -> np.ndarray:
    """The unit number of each county's prefecture."""
    return np.array([unit_of(row["prefecture_code"]) for row in counties()])


@functools.cache
def county_weights() -> np.ndarray:
    """How much help goes to each county within its prefecture: poverty counties first, the deep ones most."""
    rows_ = counties()
    return np.array([1 + 3 * int(row["is_poverty_county"]) + 2 * int(row["is_deep_poverty"]) for row in rows_])


def unit_of(prefecture_code: str) -> int:
    """The unit number of a prefecture or of 530000."""
    return unit_codes().index(prefecture_code)


def county_of(county_code: str) -> int:
    """The county number of a code."""
    return county_codes().index(county_code)


@functools.cache
def cells() -> dict[tuple[int, str], tuple[int, int]]:
    """(unit, period 2018 2019 2020H1) -> (yuan received, distinct registered poor persons), exact."""
    figures = {}
    for row in rows("calibration_cells"):
        yuan, persons = round(float(row["received_yuan"])), int(row["poor_persons_distinct"] or 0)
        figures[unit_of(row["region_code"]), row["year"]] = (yuan, persons)
    return figures


def dimension(list_name: str) -> tuple[str, ...]:
    """The codes of one code list, in their order."""
    entries = [row for row in rows("code_lists") if row["list"] == list_name]
    return tuple(row["code"] for row in sorted(entries, key=lambda row: int(row["sort_order"])))
