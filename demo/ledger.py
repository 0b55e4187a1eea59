"""Money entries as columns of numpy arrays, and the words their codes stand for."""

import numpy as np

from demo.quarters import FIRST, LAST, QUARTERS_OF

STAGES = ("获批", "到账", "支出")
APPROVED, RECEIVED, SPENT = range(3)
SOURCES = ("社会捐赠", "自筹", "东西部协作", "港澳台侨捐赠", "其他财政", "中央财政", "福彩公益金")
GIFT, OWN, PAIRED, ABROAD, FISCAL, CENTRAL, LOTTERY = range(7)
FORMS = ("资金", "物资")
BASES, BASIS_SHARES = ("发票", "评估", "市场价", "捐赠方声明"), (0.4, 0.15, 0.25, 0.2)
DONORS = ("企业", "基金会", "个人", "社会组织", "港澳台同胞", "海外侨胞", "政府部门")
SOCIETY, GOVERNMENT, A_PERSON = 3, 6, 2  # places in DONORS
DONOR_SHARES = {  # by source
    GIFT: (0.55, 0.15, 0.15, 0.15, 0, 0, 0),
    OWN: (0, 0, 0, 1, 0, 0, 0),
    PAIRED: (0.6, 0.1, 0.1, 0.2, 0, 0, 0),
    ABROAD: (0, 0, 0, 0, 0.7, 0.3, 0),
    FISCAL: (0, 0, 0, 0, 0, 0, 1),
    CENTRAL: (0, 0, 0, 0, 0, 0, 1),
    LOTTERY: (0, 0, 0, 0, 0, 0, 1),
}
# Column -> value where an entry gives none; money is in 分, codes and numbers below zero mean none.
COLUMNS = {
    "date": 0, "stage": RECEIVED, "source": GIFT, "form": 0, "cents": 0, "basis": -1, "donor": -1, "donor_name": -1,
    "org": -1, "project": -1, "programme": -1, "unit": -1, "county": -1, "raised": -1,
}  # fmt: skip
Entries = dict[str, np.ndarray]


def entries(**columns: np.ndarray | list | int) -> Entries:
    """Entries from the columns given; a single value stands for every row."""
    unknown = columns.keys() - COLUMNS.keys()
    assert not unknown, f"no such columns: {unknown}"
    n = max(np.size(values) for values in columns.values())
    return {name: np.broadcast_to(np.asarray(columns.get(name, default), np.int64), n).copy()
            for name, default in COLUMNS.items()}  # fmt: skip


def joined(parts: list[Entries]) -> Entries:
    """All entries, in the order of the parts."""
    return {name: np.concatenate([part[name] for part in parts]) for name in COLUMNS}


def chosen(ledger: Entries, which: np.ndarray) -> Entries:
    """The entries selected by a mask or by row numbers."""
    return {name: values[which] for name, values in ledger.items()}


def in_period(ledger: Entries, period: str) -> np.ndarray:
    """Which entries fall into the period."""
    span = QUARTERS_OF[period]
    return (ledger["date"] >= FIRST[span[0]]) & (ledger["date"] <= LAST[span[-1]])


def purses(ledger: Entries) -> np.ndarray:
    """The number of each entry's purse: the money of one project, source, county and form is spent separately."""
    number = ledger["project"] + 1
    for name, most in (("source", len(SOURCES)), ("county", 200), ("form", len(FORMS))):
        number = number * (most + 1) + ledger[name] + 1
    return number
