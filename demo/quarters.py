"""The ten quarters of the demo, 2018Q1 to 2020Q2, numbered 0 to 9; dates are days since 1970."""

from datetime import date, timedelta

import numpy as np

EPOCH = date(1970, 1, 1)
COUNT = 10
NAMES = tuple(f"{2018 + number // 4}Q{number % 4 + 1}" for number in range(COUNT))
PERIODS = ("2018", "2019", "2020H1")
QUARTERS_OF = {"2018": range(4), "2019": range(4, 8), "2020H1": range(8, 10)}


def day(year: int, month: int, number: int) -> int:
    """A date as days since 1970."""
    return (date(year, month, number) - EPOCH).days


STARTS = np.array([day(2018 + n // 4, n % 4 * 3 + 1, 1) for n in range(COUNT + 1)])
FIRST, LAST = STARTS[:-1], STARTS[1:] - 1
END_2018, END_2019, END_2020H1 = int(LAST[3]), int(LAST[7]), int(LAST[9])


def quarter_of(dates: np.ndarray) -> np.ndarray:
    """The quarter number of each day."""
    return np.searchsorted(STARTS, dates, side="right") - 1


def number(asof: date) -> int:
    """The quarter that ends on this day. Raises ValueError if none does."""
    return NAMES.index(f"{asof.year}Q{(asof.month + 2) // 3}")


def to_date(days: int) -> date:
    """The date so many days after 1970-01-01."""
    return EPOCH + timedelta(days=int(days))
