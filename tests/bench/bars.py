"""A measured value beside what is promised of it, in the words of the tables that a bench prints."""

import statistics
from collections.abc import Iterable, Sequence
from math import nan
from typing import NamedTuple


class Reading(NamedTuple):
    """A value and the most that it may be, in one unit; digits: after the point on the screen."""

    value: float
    bar: float
    digits: int = 0

    @property
    def is_met(self) -> bool:
        """Whether the promise holds; what could not be measured is not a number and meets nothing."""
        return self.value <= self.bar

    def __str__(self) -> str:
        return f"{self.value:.{self.digits}f} {'达到' if self.is_met else '未达到'}"


def tally(readings: Iterable[Reading]) -> str:
    """The line below all tables: how many bars are met and how many are not."""
    met = [reading.is_met for reading in readings]
    return f"共{len(met)}条：达到{met.count(True)}条，未达到{met.count(False)}条。"


def p50(values: Sequence[float]) -> float:
    """The value in the middle; not a number where there are no values."""
    return statistics.median(values) if values else nan


def p95(values: Sequence[float]) -> float:
    """The value that one in twenty is above; not a number for less than two values."""
    return statistics.quantiles(values, n=20, method="inclusive")[-1] if len(values) > 1 else nan
