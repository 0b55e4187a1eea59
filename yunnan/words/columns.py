"""Label, unit, format and meaning of every column that a query returns, read from data/reference/columns.csv.

A meaning is empty where queries/schema.sql states it.
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


# Name of a format in the file -> the function that writes a value so on screen.
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
    """One line of the file: a column's name on screen, its unit, how its values are written, and what it means."""

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
    """The column's header on screen: '到账（元）'. Raises KeyError for a column that the file does not list."""
    entry = COLUMNS[column]
    return f"{entry.label}（{entry.unit}）" if entry.unit else entry.label


def written(column: str, value) -> str:
    """The value as it is written on screen; '—' when there is none."""
    return COLUMNS[column].written(value)
