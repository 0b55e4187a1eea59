"""The words of every column a query returns: label, unit, format, meaning. One line per column, in a file of their own.

data/reference/columns.csv; meaning is empty where queries/schema.sql says what the column means.
"""

import csv
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from yunnan.words import wording

FILE = Path(__file__).parents[2] / "data" / "reference" / "columns.csv"


def _text(value) -> str:
    if isinstance(value, bool):
        return "是" if value else "否"
    return wording.NONE if wording.is_none(value) else str(value)


def _day(value) -> str:
    return wording.NONE if wording.is_none(value) else str(value)[:10]


# how a value is written on screen, by the name it has in the file
WRITTEN: dict[str, Callable[[object], str]] = {
    "text": _text,
    "day": _day,
    "count": wording.fixed,
    "one": lambda v: wording.fixed(v, 1),
    "two": lambda v: wording.fixed(v, 2),
    "plain": wording.plain,
    "percent": wording.percent,
    "percent2": lambda v: wording.percent(v, 2),
    "attained": wording.attained,
}


@dataclass(frozen=True)
class Column:
    """What is said of one column: its name, the unit in its header, how a value is written, what it means."""

    label: str
    unit: str
    written: Callable[[object], str]
    meaning: str


def _read() -> dict[str, Column]:
    with FILE.open(encoding="utf-8-sig", newline="") as lines:
        return {
            row["column"]: Column(row["label"], row["unit"], WRITTEN[row["written"]], row["meaning"])
            for row in csv.DictReader(lines)
        }


COLUMNS = _read()


def label(column: str) -> str:
    """'到账（元）'. Raises KeyError for a column nobody has named."""
    told = COLUMNS[column]
    return f"{told.label}（{told.unit}）" if told.unit else told.label


def written(column: str, value) -> str:
    """The value as people read it; '—' when there is none."""
    return COLUMNS[column].written(value)
