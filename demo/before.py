"""The data of 2019-12-31.r1, published in January 2020: the first version of returns that were sent again later."""

from collections import Counter

import numpy as np

from demo import donors, reference
from demo.chance import split, stream
from demo.ledger import ABROAD, GIFT, OWN, PAIRED, RECEIVED, SOCIETY, SPENT, purses
from demo.quarters import quarter_of
from demo.returns import RESUBMITTED

Rows = dict[str, np.ndarray]
RECEIVED_THEN = 43_100_000_000  # 分 in 2019
RECEIVED_NOW = 44_000_000_000
MISSING, DOUBLED, CORRECTED = 1_300_000_000, 450_000_000, 40  # 分, 分, rows
MISSING_PERSONS, WITHDRAWN_PERSONS = 9_500, 1_500  # registered poor


def funds(rows: Rows) -> Rows:
    """The first version of the funds: some receipts, and what was paid from them, missing; some twice; some too low.

    In 临沧's third quarter some gifts are classified as own money.
    """
    rng = stream("funds before")
    early = {name: values.copy() for name, values in rows.items()}
    unspent = ~np.isin(purses(early), purses(early)[early["stage"] == SPENT])
    mixed = _sent_again(early, third=True) & (early["source"] == GIFT) & (early["stage"] == RECEIVED) & unspent
    early["source"][mixed], early["donor"][mixed] = OWN, SOCIETY
    early["donor_name"][mixed] = donors.name_codes(early["donor"][mixed], early["raised"][mixed], rng)
    gifts = np.isin(early["source"], (GIFT, OWN, PAIRED, ABROAD)) & (early["stage"] == RECEIVED)
    codes = [row["programme_code"] for row in reference.rows("programmes")]
    published = np.isin(early["programme"], [codes.index("PG-TXYM"), codes.index("PG-STFP")])
    able = rng.permutation(np.flatnonzero(_sent_again(early) & gifts & ~published))
    sums = np.cumsum(early["cents"][able])
    missing = able[sums <= MISSING]
    doubled = able[(sums > MISSING) & (sums <= MISSING + DOUBLED)]
    rest = able[sums > MISSING + DOUBLED]
    low = rest[np.argsort(-early["cents"][rest], kind="stable")[:CORRECTED]]
    now = RECEIVED_NOW - int(early["cents"][missing].sum()) + int(early["cents"][doubled].sum())
    cut = split(now - RECEIVED_THEN, early["cents"][low])
    early["cents"][low] -= cut
    assert now > RECEIVED_THEN
    assert early["cents"][low].min() > 0
    short = np.isin(purses(early), purses(early)[np.concatenate([missing, low])])
    unpaid = _unpaid(early, missing, np.flatnonzero(short))
    return _changed(early, np.concatenate([missing, unpaid]), doubled, {})


def _unpaid(early: Rows, missing: np.ndarray, rows: np.ndarray) -> np.ndarray:
    """The payments among the rows that could not have been made on their day without the missing receipts."""
    rows = rows[np.lexsort((early["stage"][rows], early["date"][rows]))]
    purse, again, gone = purses(early), _sent_again(early), set(missing.tolist())
    held: Counter[int] = Counter()
    unpaid = []
    for row in rows:
        cents, own = int(early["cents"][row]), int(purse[row])
        if early["stage"][row] == SPENT and held[own] < cents and again[row]:
            unpaid.append(row)
        elif row not in gone:
            held[own] += cents if early["stage"][row] == RECEIVED else -cents if early["stage"][row] == SPENT else 0
    return np.array(unpaid, np.int64)


def beneficiaries(rows: Rows) -> Rows:
    """The first version of the beneficiaries: some records missing, some persons later withdrawn.

    In 临沧's third quarter the poverty categories differ.
    """
    rng = stream("beneficiaries before")
    early = {name: values.copy() for name, values in rows.items()}
    mixed = _sent_again(early, third=True) & (early["category"] == 1) & (rng.random(len(early["unit"])) < 0.35)
    early["category"][mixed] = 0
    in_2019 = np.flatnonzero((quarter_of(early["date"]) // 4 == 1) & (early["category"] <= 1))
    _, inverse, counts = np.unique(early["subject"][in_2019], return_inverse=True, return_counts=True)
    once = np.zeros(len(early["unit"]), bool)
    once[in_2019[counts[inverse] == 1]] = True
    able = rng.permutation(np.flatnonzero(once & _sent_again(early) & (early["cents"] < 0)))
    sums = np.cumsum(early["heads"][able])
    missing = able[sums <= MISSING_PERSONS]
    short = MISSING_PERSONS - int(sums[len(missing) - 1])
    rest = able[len(missing) :]
    singles = rest[early["heads"][rest] == 1]
    missing = np.concatenate([missing, singles[:short]])
    withdrawn = singles[short : short + WITHDRAWN_PERSONS]
    return _changed(early, missing, withdrawn, {"subject": 800_000_000 + np.arange(len(withdrawn))})


def _sent_again(rows: Rows, third: bool = False) -> np.ndarray:
    """Which rows are of returns sent again: the fourth quarters, or the third of 临沧."""
    quarter, resent = quarter_of(rows["date"]), np.zeros(len(rows["unit"]), bool)
    for code, resent_quarter in RESUBMITTED:
        if (resent_quarter == 6) == third:
            resent |= (rows["unit"] == reference.unit_of(code)) & (quarter == resent_quarter)
    return resent


def _changed(early: Rows, missing: np.ndarray, again: np.ndarray, new: Rows) -> Rows:
    """The rows without the missing ones and with copies of others under new identifiers; new: columns that differ."""
    last = int(early["number"].max())
    extra = {name: values[again] for name, values in early.items()} | new
    extra["number"] = last + 1 + np.arange(len(again))
    keep = np.ones(len(early["unit"]), bool)
    keep[missing] = False
    whole = {name: np.concatenate([values[keep], extra[name]]) for name, values in early.items()}
    order = np.lexsort((whole["number"], whole["date"], whole["unit"], quarter_of(whole["date"])))
    return {name: values[order] for name, values in whole.items()}
