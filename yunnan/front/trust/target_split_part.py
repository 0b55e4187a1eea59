"""The part 目标拆分 of the page 指标口径: the province's target of a year as `targets --propose` would divide it."""

from collections.abc import Sequence

import pandas as pd
import streamlit as st

from yunnan.data import due_dates, queries, target_split
from yunnan.data.target_split import Target
from yunnan.data.view import View
from yunnan.front.kit import panels
from yunnan.words import geography

TITLE = "目标拆分"
# Columns of the table that no query returns: a proposal is computed, and held nowhere.
COMPUTED = ("target_registered", "target_proposed", "target_gap", "split_base", "split_share", "target_note")
_NUMBERS = COMPUTED[:-1]


def draw(view: View, code: str) -> None:
    """The part for the indicator of this code: of the newest year with a target of the province, and the period's."""
    st.subheader(TITLE, anchor=False)
    if not view.sees_all:
        sentence = f"拆分由全省各州市的数算成；您的可见范围为{view.visible_names}，无权查看全省的拆分。"
        st.info(sentence, icon=":material/lock:")
        return
    card = queries.indicator(code)
    registered = _registered(view, code)
    own = {target.year: target for target in registered if target.region_code == geography.PROVINCE}
    year = int(view.span.year)
    if year not in own:
        st.info(_without_target(year), icon=":material/info:")
    years = sorted({max(own, default=year), year} & set(own), reverse=True)
    if not years:
        return
    st.markdown("**“建议”一列是建议，不是登记的目标**：由本快照的公布数算出，什么也没有登记。")
    rule = target_split.rule(None)
    st.caption("拆分的规则：" + "".join(rule[:1] if card["is_ratio"] == "yes" else rule))
    st.caption("写成可以改、改好再收的工作簿：python -m yunnan targets --propose 目标拆分.xlsx，另一年的加 --year。")
    for one in years:
        _year(view, own[one], [target for target in registered if target.year == one], is_open=one == years[0])


def _registered(view: View, code: str) -> list[Target]:
    """The targets of an indicator that stand in the snapshot, of all years."""
    table = view.snapshot.table("intake/targets")
    rows = table[table.indicator_code == code].drop(columns=["batch_id", "report_period"])
    cells = rows.astype(object).where(rows.notna(), None)
    return [target_split.from_cells(row) for row in cells.itertuples(index=False, name=None)]


def _year(view: View, target: Target, registered: Sequence[Target], *, is_open: bool) -> None:
    """The sentence on a year and its table."""
    year, card = target.year, queries.indicator(target.indicator_code)
    rows = view.snapshot.table("intake/target_bases", target_year=str(year)).itertuples(index=False)
    bases, base_year = target_split.bases(rows)
    dates = due_dates.from_facts(view.snapshot.manifest.get("due_dates", {}))
    places = {place.code: place.name_zh for place in geography.prefectures() if dates.is_sender(place.code)}
    made = target_split.propose([target], places, bases, base_year, view.snapshot.stage)
    st.markdown(f"**{year}年**　{made.sentences[0]}。")
    table = compared(card, registered, made.rows, bases.get(target.indicator_code, {}), places)
    if made.rows or table.target_registered.notna().any():
        unit = card["unit"]
        basis = f"，依据{base_year}年" if base_year else ""
        name = f"{TITLE}建议（{year}年，{unit}{basis}）"
        panels.table_twin(table, name=name, view=view, unit=unit if unit == "%" else "", is_open=is_open)


def compared(
    card: queries.Query,
    registered: Sequence[Target],
    proposed: Sequence[Target],
    base: target_split.Base,
    places: dict[str, str],
) -> pd.DataFrame:
    """One row per prefecture: its target as registered and as proposed, and what the proposal rests on.

    places: those among which the target is divided, by code.
    """
    is_divided = bool(proposed) and card["is_ratio"] == "no"
    held = {target.region_code: target.target_value for target in registered}
    given = {target.region_code: target.target_value for target in proposed}
    published = {code: value for code, (value, _) in base.items() if value is not None and code in places}
    whole = sum(max(value, 0) for value in published.values())
    rows = []
    for place in geography.prefectures():
        code, value = place.code, base.get(place.code, (None, "没有值"))
        zero = 0 if is_divided and code in published else None
        own, share = given.get(code, zero), published.get(code)
        gap = None if own is None or code not in held else own - held[code]
        part = max(share, 0) / whole if is_divided and share is not None else None
        note = _note(value[1], own, is_sender=code in places) if proposed else ""
        rows.append((code, place.short_zh, held.get(code), own, gap, value[0], part, note))
    table = pd.DataFrame(rows, columns=["region_code", "region_name", *COMPUTED])
    return table.assign(**{column: _numbers(table[column]) for column in _NUMBERS})


def _numbers(values: pd.Series) -> pd.Series:
    """Exact amounts as whole numbers where all of them are."""
    numbers = values.astype("float64")
    return numbers.astype("Int64") if (numbers.dropna() % 1 == 0).all() else numbers


def _note(status: str, own: object, *, is_sender: bool) -> str:
    if not is_sender:
        return "不应报，不拆给"
    if own is None:
        return f"没有依据（{status}），由人补"
    return "" if own else "分到0，不登记"


def _without_target(year: int) -> str:
    return (
        f"全省{year}年无目标，没有可拆的。请先填报全省的目标：表样用 python -m yunnan template --table targets "
        f"--prefecture {geography.PROVINCE} --out 目标模板.xlsx，填好以后用 python -m yunnan ingest 目标模板.xlsx "
        f"--period {year}Q1，发布以后这里就有拆分。"
    )
