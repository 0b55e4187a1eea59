"""What the value of a period is held against, and how far it has come: for rows of values/of_place."""

from yunnan.words import wording

FLOWS = ("自年初", "本期")  # what a target is spread over that adds up from January to December


def of_period(row) -> str:
    """'4.20亿元', '70.0%（年末）': what the value of a period is held against, for a stock the end of the year."""
    text = wording.measure(row.target_to_date, row.unit)
    return f"{text}（年末）" if row.target_basis == "年末" else text


def of_year(row) -> str:
    """Share of the year's target that is reached; '—' where the period is not a part of the year that adds up."""
    if wording.is_none(row.value) or wording.is_none(row.target_value) or row.target_basis not in FLOWS:
        return wording.NONE
    return wording.attained(row.value / row.target_value)


def schedule(row) -> str:
    """The part of the year's target that is due: since January, or where the period begins later in the period."""
    due = None if row.target_basis not in FLOWS or wording.is_none(row.target_to_date) else row.target_to_date
    return wording.NONE if due is None else wording.percent(due / row.target_value, 0)


def progress(row) -> list[str]:
    """['年度目标 4.20亿元', '完成年度目标 104.7%', '时序进度 100%'] since January; ['年末目标 75.0%', '完成率 64.5%'].

    A period that begins later says 本期: its part of the year is not the schedule since January.
    """
    if wording.is_none(row.target_value):
        return ["无目标"]
    label = "年末目标" if row.target_basis == "年末" else "年度目标"
    lines = [f"{label} {wording.measure(row.target_value, row.unit)}"]
    if row.target_basis not in FLOWS:
        return lines if wording.is_none(row.target_to_date) else [*lines, f"完成率 {wording.attained(row.attainment)}"]
    done, due = ("完成年度目标", "时序进度") if row.target_basis == "自年初" else ("本期完成年度目标", "本期应完成")
    return [*lines, f"{done} {of_year(row)}", *([] if schedule(row) == wording.NONE else [f"{due} {schedule(row)}"])]
