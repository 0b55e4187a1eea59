"""The donor, the form and the place of origin of each receipt, filled in once all receipts exist."""

import numpy as np

from demo import plan, reference
from demo.chance import pick, stream
from demo.ledger import (
    A_PERSON,
    ABROAD,
    BASIS_SHARES,
    CENTRAL,
    DONOR_SHARES,
    DONORS,
    FISCAL,
    GIFT,
    GOVERNMENT,
    LOTTERY,
    OWN,
    PAIRED,
    Entries,
    in_period,
)
from demo.project import Pools
from demo.quarters import PERIODS, quarter_of

REGIONS = (*reference.unit_codes(), "100000", "310000", "440000", "810000", "820000", "710000", "境外")
PER_PLACE = 40  # donors of each kind at most
ECO = [row["programme_code"] for row in reference.rows("programmes")].index("PG-STFP")


def finish(received: Entries, pools: Pools, special_rows: int) -> None:
    """Form, donor and place raised of all receipts, in place; the first rows are the special ones."""
    rng = stream("donors")
    for source, shares in DONOR_SHARES.items():
        rows = np.flatnonzero(received["source"] == source)
        received["donor"][rows] = pick(rng, np.array(shares), len(rows))
    received["raised"] = _raised(received, rng)
    _raised_by_yuxi(received, pools, special_rows, rng)
    received["donor_name"] = name_codes(received["donor"], received["raised"], rng)
    for period in PERIODS:
        for unit in range(17):
            _goods(received, np.flatnonzero((received["unit"] == unit) & in_period(received, period)), unit, rng)


def _raised(received: Entries, rng: np.random.Generator) -> np.ndarray:
    """Where the money came from, as a place in REGIONS."""
    n, source = len(received["cents"]), received["source"]
    home = np.array([*range(17), 0, 16])
    raised = np.where(rng.random(n) < 0.72, received["unit"], home[-2:][pick(rng, (0.6, 0.4), n)])
    paired = ["440000" if "广东" in row["pairing_2017_2020"] else "310000" for row in reference.prefectures()]
    paired_region = np.array([REGIONS.index(code) for code in [*paired, "310000"]])
    abroad = np.array([REGIONS.index(code) for code in ("810000", "820000", "710000", "境外")])
    raised = np.where(source == PAIRED, paired_region[received["unit"]], raised)
    raised = np.where(
        source == ABROAD, np.where(received["donor"] == 5, abroad[3], abroad[pick(rng, (0.7, 0.15, 0.15), n)]), raised
    )
    raised = np.where(source == CENTRAL, REGIONS.index("100000"), raised)
    return np.where(np.isin(source, (LOTTERY, FISCAL)), 16, raised)


def _raised_by_yuxi(received: Entries, pools: Pools, special_rows: int, rng: np.random.Generator) -> None:
    """Gifts to other prefectures that organizations of 玉溪 raised, up to the planned sum; in place."""
    unit = reference.unit_of("530400")
    able = np.isin(received["source"], (GIFT, OWN)) & ~np.isin(received["unit"], (unit, 16))
    period = np.minimum(quarter_of(received["date"]) // 4, 2)
    _, once = np.unique(received["org"] * 3 + period, return_index=True)
    able[:special_rows], able[once] = False, False  # every recipient keeps one receipt a period
    rows = rng.permutation(np.flatnonzero(able))
    rows = rows[np.cumsum(received["cents"][rows]) <= plan.RAISED_BY_YUXI * 100]
    received["raised"][rows] = unit
    received["org"][rows] = rng.choice(pools.participants(unit, PERIODS[0]), len(rows))


def _goods(received: Entries, rows: np.ndarray, unit: int, rng: np.random.Generator) -> None:
    """Mark receipts as goods until the unit's in-kind share is reached; 德宏 often lacks the valuation."""
    gifts = rows[np.isin(received["source"][rows], (GIFT, OWN, PAIRED, ABROAD))]
    gifts = gifts[received["programme"][gifts] != ECO]
    gifts = rng.permutation(gifts)
    limit = plan.PLAN["goods"][unit] * received["cents"][rows].sum()
    goods = gifts[np.cumsum(received["cents"][gifts]) <= limit]
    missing = 0.36 if reference.unit_codes()[unit] == plan.LATE_DEHONG else 0.015
    received["form"][goods] = 1
    basis = pick(rng, BASIS_SHARES, len(goods))
    received["basis"][goods] = np.where(rng.random(len(goods)) < missing, -1, basis)


def name_codes(donor: np.ndarray, raised: np.ndarray, rng: np.random.Generator) -> np.ndarray:
    """Which donor of a kind and a place it was: a few give often; none for persons and departments."""
    rank = pick(rng, 1 / np.arange(1, PER_PLACE + 1) ** 1.2, len(donor))
    nobody = np.isin(donor, (A_PERSON, GOVERNMENT)) | (donor < 0)
    return np.where(nobody, -1, (donor * len(REGIONS) + raised) * PER_PLACE + rank)


def names() -> list[str]:
    """The name of every donor by its code: of one kind and one place."""
    places = {"530000": "云南", "100000": "全国性", "310000": "上海", "440000": "广东", "810000": "香港",
              "820000": "澳门", "710000": "台湾", "境外": "境外"}  # fmt: skip
    places |= dict(zip(reference.unit_codes()[:16], (row["short_zh"] for row in reference.prefectures()), strict=True))
    return [f"（演示）{places[region]}{kind}{number + 1:02d}"
            for kind in DONORS for region in REGIONS for number in range(PER_PLACE)]  # fmt: skip
