"""What a publication would change, in sentences: the ledger before the fact."""

from collections.abc import Iterator
from datetime import date

from yunnan import settings
from yunnan.data import due_dates, two_snapshots
from yunnan.data.snapshots import Snapshot
from yunnan.data.two_snapshots import Between
from yunnan.publication.outcome import Outcome
from yunnan.words import wording
from yunnan.words.geography import PROVINCE

MOST_PLACES = 20  # of one indicator: all prefectures and 省本级


def sentences(outcome: Outcome, asof: date) -> Iterator[str]:
    """Rows of each table, then each indicator of the year that changes at the province or anywhere, with the places."""
    if not outcome.base:
        yield "没有底本，没有可比的；全部是新的"
        return
    before, after = Snapshot(settings.snapshots_dir() / outcome.base), Snapshot(outcome.path)
    yield from _settings(before, after)
    pair = two_snapshots.between(before, after)
    for row in pair.table("changes/by_table").itertuples(index=False):
        parts = {"新增": row.rows_new, "撤去": row.rows_withdrawn, "更正": row.rows_revised, "更新": row.rows_updated}
        counts = {word: count for word, count in parts.items() if not wording.is_none(count) and count > 0}
        counted = "，".join(f"{word}{count:,.0f}行" for word, count in counts.items())
        if counted:
            yield f"{row.return_name}：{counted}"
    changed = list(_indicators(pair, str(asof.year)))
    yield f"{asof.year}年的指标（与 {outcome.base} 比）：{len(changed)}项有变化" if changed else "没有一项指标的数会变"
    for lines in changed:
        yield from lines


def _settings(before: Snapshot, after: Snapshot) -> Iterator[str]:
    """What else than rows is another: the stage with its words, the due dates and senders."""
    if before.stage != after.stage:
        yield f"阶段：{_stage(before)} → {_stage(after)}，名称、指标与标题的用词跟着变"
    old, new = (due_dates.from_facts(one.manifest.get("due_dates", {})).sentences for one in (before, after))
    if old != new:
        yield f"报送期限与报送单位：{'，'.join(old)} → {'，'.join(new)}"


def _stage(snapshot: Snapshot) -> str:
    return f"{snapshot.stage.name or '没有登记的阶段'}（{snapshot.title}）"


def _indicators(pair: Between, period: str) -> Iterator[list[str]]:
    """For each indicator that changes: the province's line, then a line for each place."""
    table = pair.table("changes/by_indicator", period=period, place=PROVINCE)
    for row in table.itertuples(index=False):
        places = pair.table("changes/by_place", period=period, indicator_code=row.indicator_code)
        moved = [one for one in places.itertuples(index=False) if _is_changed(one)]
        if moved or _is_changed(row):
            lines = [f"  {row.indicator_code} {row.indicator_name}：全省 {_movement(row, row.unit)}"]
            yield lines + [f"    {one.region_name} {_movement(one, row.unit)}" for one in moved[:MOST_PLACES]]


def _is_changed(row) -> bool:
    """Whether the value differs, or there was none and is one now, or the other way round; not what is protected."""
    if row.split_note == "小数保护":  # whether it changes is what may not be seen
        return False
    is_none = (wording.is_none(row.old_value), wording.is_none(row.new_value))
    return is_none[0] != is_none[1] or (not any(is_none) and row.old_value != row.new_value)


def _movement(row, unit: str) -> str:
    note = f"（{row.split_note}）" if row.split_note else ""
    return f"{wording.measure(row.old_value, unit)} → {wording.measure(row.new_value, unit)}{note}"
