"""One sentence that says what the figures say: chosen by rule from the data, never a cause."""

import pandas as pd

from yunnan import words

SCORED = ("达标", "接近", "滞后")


def of_province(values: pd.DataFrame, scores: pd.DataFrame, span) -> str:
    """The finding of 总览: money, people, score, lights. values: values/of_place, scores: scores/of_place."""
    money, people = (_with_change(values, code) for code in ("P1-08", "P1-09"))
    return (
        f"{span.label}，全省社会组织筹集款物{money}；惠及贫困人口{people}。{_score(scores)}{_lights(values)}。"
        "（据不完全统计）"
    )


def of_place(values: pd.DataFrame, scores: pd.DataFrame, span, name: str, quarters_missing: int) -> str:
    """The finding of one place; incomplete returns come first."""
    warning = f"{name}本期有{quarters_missing}个季度未报送，以下数字不完整。" if quarters_missing else ""
    weakest = scores[scores.pillar_code != "ALL"].dropna(subset="weakest_attainment")
    lagging = ""
    if len(weakest):
        row = weakest.loc[weakest.weakest_attainment.idxmin()]
        lagging = f"；完成率最低的是{row.weakest_indicator}（{words.attained(row.weakest_attainment)}）"
    money, people = (_with_change(values, code) for code in ("P1-08", "P1-09"))
    return (
        f"{warning}{span.label}，{name}筹集款物{money}；惠及贫困人口{people}。"
        f"{_score(scores)}{_lights(values)}{lagging}。"
    )


def _with_change(values: pd.DataFrame, code: str) -> str:
    row = values[values.indicator_code == code].iloc[0]
    changed = words.change(row.value, row.base_value, row.unit)
    compared = "" if changed == words.NONE else f"，同比{changed}"
    return f"{words.headline(row.value, row.unit, row.published, row.status)}{compared}"


def _score(scores: pd.DataFrame) -> str:
    row = scores[scores.pillar_code == "ALL"].iloc[0]
    if words.is_none(row.score):
        return "“四个突出”数据不足，不出综合得分，"
    return f"“四个突出”综合得分{words.measure(row.score, '分')}（{row.tier}），"


def _lights(values: pd.DataFrame) -> str:
    scored = values[values.is_scored]
    counts = [f"{n}项{status}" for status in SCORED if (n := (scored.status == status).sum())]
    return f"{len(scored)}项计分指标中{'、'.join(counts) or '没有可评价的'}"
