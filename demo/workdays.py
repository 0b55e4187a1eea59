"""Working days: weekends, and the public holidays of 2018 to 2020 as the State Council announced them."""

import numpy as np

from demo.quarters import day

HOLIDAYS = (  # first day, number of days
    ((2018, 1, 1), 1), ((2018, 2, 15), 7), ((2018, 4, 5), 3), ((2018, 4, 29), 3), ((2018, 6, 16), 3),
    ((2018, 9, 22), 3), ((2018, 10, 1), 7), ((2018, 12, 30), 3),
    ((2019, 2, 4), 7), ((2019, 4, 5), 3), ((2019, 5, 1), 4), ((2019, 6, 7), 3), ((2019, 9, 13), 3), ((2019, 10, 1), 7),
    ((2020, 1, 1), 1), ((2020, 1, 24), 10), ((2020, 4, 4), 3), ((2020, 5, 1), 5), ((2020, 6, 25), 3),
)  # fmt: skip
WORKED = (  # days of a weekend that were worked instead
    (2018, 2, 11), (2018, 2, 24), (2018, 4, 8), (2018, 4, 28), (2018, 9, 29), (2018, 9, 30), (2018, 12, 29),
    (2019, 2, 2), (2019, 2, 3), (2019, 4, 28), (2019, 5, 5), (2019, 9, 29), (2019, 10, 12),
    (2020, 1, 19), (2020, 4, 26), (2020, 5, 9), (2020, 6, 28),
)  # fmt: skip


def _days() -> np.ndarray:
    """Every working day from 2001 to 2020, as days since 1970; 1970-01-01 was a Thursday."""
    every = np.arange(day(2001, 1, 1), day(2021, 1, 1))
    free = np.concatenate([day(*first) + np.arange(number) for first, number in HOLIDAYS])
    worked = np.array([day(*date) for date in WORKED])
    return every[((every + 3) % 7 < 5) & ~np.isin(every, free) | np.isin(every, worked)]


DAYS = _days()


def on_or_after(dates: np.ndarray | int) -> np.ndarray:
    """The first working day from each day on."""
    return DAYS[np.searchsorted(DAYS, dates)]


def on_or_before(dates: np.ndarray | int) -> np.ndarray:
    """The last working day up to each day."""
    return DAYS[np.searchsorted(DAYS, dates, side="right") - 1]


def working(rng: np.random.Generator, first: np.ndarray | int, last: np.ndarray | int, size: int,
            late: float = 1.0) -> np.ndarray:  # fmt: skip
    """Working days drawn from first to last, both included; the last day where there is none between them.

    They are spread evenly, or towards the end the more the smaller late is below 1.
    """
    first, last = np.broadcast_to(first, size), np.broadcast_to(last, size)
    low, high = np.searchsorted(DAYS, first), np.searchsorted(DAYS, last, side="right") - 1
    at = low + np.floor(rng.random(size) ** late * (high - low + 1)).astype(np.int64)
    return np.where(high < low, last, DAYS[np.minimum(at, high)])


def near(date: int, last: int) -> int:
    """The first working day from the day on, or where that is past the last day, the one before."""
    working_day = int(on_or_after(date))
    return working_day if working_day <= last else int(on_or_before(date))
