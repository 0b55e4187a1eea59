"""Targets and progress in words, for rows of values/of_place."""

from yunnan.words import wording

FLOWS = ("自年初", "本期")  # values of target_basis for indicators that add up over the year


def of_period(row) -> str:
    """The target of the period: '4.20亿元'; for a stock, that of the year's end: '70.0%（年末）'; '—' for none."""
    if wording.is_none(row.target_to_date):
        return wording.NONE
    text = wording.measure(row.target_to_date, row.unit)
    return f"{text}（年末）" if row.target_basis == "年末" else text


def of_year(row) -> str:
    """The share of the year's target that is reached; '—' where the indicator does not add up over the year."""
    if wording.is_none(row.value) or wording.is_none(row.target_value) or row.target_basis not in FLOWS:
        return wording.NONE
    return wording.attained(row.value / row.target_value)


def schedule(row) -> str:
    """The share of the year's target that is due since January, or, if the period begins later, in the period.

    '—' where the indicator does not add up over the year or has no target.
    """
    due = None if row.target_basis not in FLOWS or wording.is_none(row.target_to_date) else row.target_to_date
    return wording.NONE if due is None else wording.percent(due / row.target_value, 0)


def progress(row) -> list[str]:
    """['年度目标 4.20亿元', '完成年度目标 104.7%', '时序进度 100%'] since January; ['年末目标 75.0%', '完成率 64.5%'].

    A period that does not begin in January is labelled 本期, since its share is not the schedule since January.
    """
    if wording.is_none(row.target_value):
        return ["无目标"]
    label = "年末目标" if row.target_basis == "年末" else "年度目标"
    lines = [f"{label} {wording.measure(row.target_value, row.unit)}"]
    if row.target_basis not in FLOWS:
        return lines if wording.is_none(row.target_to_date) else [*lines, f"完成率 {wording.attained(row.attainment)}"]
    done, due = ("完成年度目标", "时序进度") if row.target_basis == "自年初" else ("本期完成年度目标", "本期应完成")
    return [*lines, f"{done} {of_year(row)}", *([] if schedule(row) == wording.NONE else [f"{due} {schedule(row)}"])]
