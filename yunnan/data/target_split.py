"""The province's targets of a year divided among its prefectures: a proposal that people edit and send.

A share is what a prefecture did in the last full year; what does not divide evenly goes by largest remainders. What is
not known of a prefecture is no zero: it has no row, and its part of the target by number is given to nobody.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from decimal import Decimal
from fractions import Fraction

from yunnan.data import queries
from yunnan.words import wording
from yunnan.words.stage_words import Stage

BASIS_LIMIT = 80  # characters that the form lets a row give as its basis
LARGE, MYRIAD = Decimal(10_000_000), Decimal(10_000)
Base = Mapping[str, tuple[float | None, str]]  # prefecture -> value of the base year, and the status it has there


@dataclass(frozen=True)
class Target:
    """One row of the register."""

    indicator_code: str
    year: int
    region_code: str
    target_value: Decimal
    phasing: str
    q1_share: Decimal | None
    q2_share: Decimal | None
    q3_share: Decimal | None
    q4_share: Decimal | None
    basis: str


@dataclass
class Proposal:
    """The rows of the prefectures, and a sentence on each indicator."""

    rows: list[Target] = field(default_factory=list)
    sentences: list[str] = field(default_factory=list)


def from_cells(values: Sequence) -> Target:
    """From the cells of a row in the order of Target, numbers as numbers or text; None is no share."""
    code, year, region, value, phasing, *shares, basis = values
    q1, q2, q3, q4 = (None if share is None else Decimal(str(share)) for share in shares)
    return Target(code, int(year), region, Decimal(str(value)), phasing, q1, q2, q3, q4, basis)


def bases(rows: Iterable) -> tuple[dict[str, dict[str, tuple[float | None, str]]], int | None]:
    """What a snapshot knows of the last full year before, by indicator and prefecture; and that year, if there is one.

    rows: of intake/target_bases.
    """
    held: dict[str, dict[str, tuple[float | None, str]]] = {}
    base_year = None
    for row in rows:
        value = None if row.value != row.value else row.value  # NaN is no value
        held.setdefault(row.indicator_code, {})[row.prefecture_code] = (value, row.status)
        base_year = int(row.base_year)
    return held, base_year


def rule(base_year: int | None) -> list[str]:
    """The rule in words."""
    of_year = f"{base_year}年" if base_year else "上一个满的一年"
    return [
        "比率不拆：各州市与全省同一个目标。",
        f"其余的按各州市{of_year}的实际数分：先按比例分整数，剩下的一个单位一个单位给余数最大的（最大余数法），余数一样大的按州市代码；"
        "省本级自己做到的不扣除。",
        "单位：人、户、个、件、场是1；金额是1元，整万元而且不少于1,000万元的是1万元。",
        f"不知道不是零：{of_year}没有值或数据不全的州市没有依据，不列，由人补；按个数给它留出的那一份，不分给别的州市。",
        "州市相加不等于全省的（如去重个数）不拆。",
    ]


def propose(
    targets: Sequence[Target],
    places: Mapping[str, str],
    bases: Mapping[str, Base],
    base_year: int | None,
    stage: Stage,
) -> Proposal:
    """Divide targets of the province among places, name by code, by the bases of each; in the words of the stage."""
    made = Proposal()
    for target in targets:
        card = queries.indicator(target.indicator_code)
        rows, what = _divided(target, card, places, bases.get(target.indicator_code, {}), base_year)
        made.rows += rows
        made.sentences.append(
            f"{target.indicator_code} {stage.say(card['name_zh'])}，全省{_words(target.target_value, card)}：{what}"
        )
    return made


def largest_remainders(total: int, weights: Mapping[str, Fraction]) -> dict[str, int]:
    """Whole numbers in proportion to the weights that add up to the total; equal remainders go by key."""
    whole = sum(weights.values())
    quotas = {key: total * weight / whole for key, weight in weights.items()}
    given = {key: int(quota) for key, quota in quotas.items()}
    by_remainder = sorted(quotas, key=lambda key: (given[key] - quotas[key], key))
    for key in by_remainder[: total - sum(given.values())]:
        given[key] += 1
    return given


def unit(value: Decimal, of_indicator: str) -> Decimal:
    """The smallest amount in which a target is divided."""
    is_large = of_indicator == "元" and value >= LARGE and value % MYRIAD == 0
    return MYRIAD if is_large else Decimal(1)


def _divided(
    target: Target, card: queries.Query, places: Mapping[str, str], base: Base, base_year: int | None
) -> tuple[list[Target], str]:
    if card["lowest"] == "province":
        return [], "只算到全省，没有拆"
    if card["is_ratio"] == "yes":
        same = f"{target.basis}；同全省"
        rows = [_row(target, code, target.target_value, same) for code in sorted(places)]
        return rows, f"比率，{len(places)}个州市同全省"
    if card["additive"] == "no":
        return [], "州市相加不等于全省，没有拆；请逐个定，在表末加行"
    step = unit(target.target_value, card["unit"])
    if target.target_value % step:
        return [], f"不是整数，不能分到1{card['unit']}，没有拆"
    weights = {code: Fraction(value) for code in places if (value := base.get(code, (None, ""))[0]) is not None}
    weights = {code: max(weight, Fraction(0)) for code, weight in weights.items()}
    unknown = [
        f"{places[code]}（{base.get(code, (None, '没有值'))[1]}）" for code in sorted(places) if code not in weights
    ]
    if base_year is None:
        return [], "快照里没有以前满的一年，没有依据，没有拆"
    if not any(weights.values()):
        return [], f"{base_year}年没有一个州市有大于零的数，没有依据，没有拆"
    units = int(target.target_value / step)
    given = largest_remainders(units * len(weights) // len(places), weights)
    why = f"{target.basis}；按{base_year}年实际数拆分"
    rows = [_row(target, code, count * step, why) for code, count in sorted(given.items()) if count]
    total = sum(given.values()) * step
    empty = [places[code] for code, count in sorted(given.items()) if not count]
    parts = [f"{len(rows)}个州市合计{_words(total, card)}" + ("" if unknown else "，等于全省目标")]
    if empty:
        parts.append(f"{'、'.join(empty)}分到0，没有列")
    if unknown:
        rest = _words(target.target_value - total, card)
        parts.append(f"{'、'.join(unknown)}没有依据，没有列，由人补；留出{rest}没有分")
    return rows, "；".join(parts)


def _row(target: Target, place: str, value: Decimal, basis: str) -> Target:
    return replace(
        target, region_code=place, target_value=value, basis=basis if len(basis) <= BASIS_LIMIT else target.basis
    )


def _words(value: Decimal, card: queries.Query) -> str:
    """An exact amount in the words of its unit."""
    if card["unit"] == "元":
        return f"{wording.plain(value / MYRIAD)}万元" if value % 100 == 0 and value else f"{wording.plain(value)}元"
    return (
        wording.measure(value, card["unit"]) if card["is_ratio"] == "yes" else f"{wording.plain(value)}{card['unit']}"
    )
