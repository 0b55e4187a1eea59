"""The figure that a 数字凭证 stands for: in the snapshot that the code names, and in the newest one."""

from dataclasses import dataclass

import pandas as pd

from yunnan.access.viewer import Scope
from yunnan.data import contract, snapshot_folders, snapshots
from yunnan.data.figure_codes import EVER, LISTS, Code
from yunnan.data.record_selection import Selection, facets, title_of
from yunnan.data.snapshots import Snapshot
from yunnan.words import wording


@dataclass(frozen=True)
class Figure:
    """A figure of a snapshot in words and as a number; value is None where there is no number."""

    name: str  # '筹集款物总额'
    place: str  # '怒江州'
    period: str  # '2019年'; empty for a figure that has no report period
    written: str  # '4,620万元', '（未报送）'
    value: float | None
    unit: str


def figure(snapshot: Snapshot, code: Code) -> Figure | None:
    """The code's figure in this snapshot; None where the snapshot has no such indicator, place or period."""
    places = snapshot.table("frame/places").set_index("place").short_name
    periods = snapshot.table("frame/periods").set_index("period").label
    if code.figure.startswith("CAL"):
        return _published(snapshot, code.figure)
    if code.figure in LISTS:
        return _list(snapshot, code, places)
    if code.place not in places.index or code.period not in periods.index:
        return None
    fields = (_score if code.figure.startswith("F") else _indicator)(snapshot, code)
    return Figure(fields[0], places[code.place], periods[code.period], *fields[1:]) if fields else None


def sentence(code: Code, scope: Scope) -> str:
    """A sentence with the code's figure in its own and in the newest snapshot. Raises NoSnapshot if there is none."""
    published = snapshots.published()
    if not published:
        raise snapshots.NoSnapshot("还没有已发布的快照")
    newest = figure(snapshots.find(published[0], scope), code)
    now = newest.written if newest else "没有值"
    if code.snapshot == published[0]:
        return f"数字凭证 {code}：{_named(newest)}{now}（{_asof(code.snapshot)}，最新快照）。"
    then, why = _then(code, published, scope)
    today = f"按最新快照（{_asof(published[0])}），{_named(newest) or '这个数'}为{now}{_moved(then, newest)}。"
    if why:
        return f"数字凭证 {code} 出自{_asof(code.snapshot)}的快照，{why}，原来的数不能再现。{today}"
    return f"数字凭证 {code}：{_named(then)}{then.written if then else '没有值'}（{_asof(code.snapshot)}）。{today}"


def _then(code: Code, published: list[str], scope: Scope) -> tuple[Figure | None, str]:
    """(the figure in the code's own snapshot, the reason why it cannot be read); one of the two is None or ''."""
    if code.snapshot not in published:
        return None, "该快照不在本看板（已清理，或从未发布）"
    try:
        return figure(snapshots.find(code.snapshot, scope), code), ""
    except contract.OtherContract:
        return None, f"该快照用的是第{contract.version_of(snapshot_folders.path_of(code.snapshot))}版数据约定"
    except snapshots.Damaged:
        return None, "该快照已损坏"


def _named(cited: Figure | None) -> str:
    return f"{cited.place}{cited.period}{cited.name}" if cited else ""


def _moved(then: Figure | None, now: Figure | None) -> str:
    """The change from one figure to the other: '，比当时增长0.4%'; empty where one of them has no value."""
    old, new = (cited.value if cited else None for cited in (then, now))
    if not now or old is None or new is None:
        return ""
    if old == new:
        return "，与当时相同"
    if now.unit == "分":
        points = wording.fixed(abs(new - old), 1)
        return "，与当时基本持平" if points == "0.0" else f"，比当时{'高' if new > old else '低'}{points}分"
    changed = wording.change(new, old, now.unit)
    return "" if changed == wording.NONE else "，与当时基本持平" if changed == "持平" else f"，比当时{changed}"


def _asof(snapshot_id: str) -> str:
    day, _, revision = snapshot_id.partition(".r")
    return f"数据截至{wording.day(day)}，第{revision}版"


def _indicator(snapshot: Snapshot, code: Code) -> tuple | None:
    cards = snapshot.table("definitions/card", indicator_code=code.figure)
    if cards.empty:
        return None
    card = cards.iloc[0]
    row = snapshot.row("values/figure", indicator_code=code.figure, period=code.period, place=code.place)
    value = None if wording.is_none(row.value) else float(row.value)
    return card.indicator_name, wording.measured(value, card.unit, row.status), value, card.unit


def _score(snapshot: Snapshot, code: Code) -> tuple | None:
    pillar = "ALL" if code.figure == "F0" else f"P{code.figure[1]}"
    scores = snapshot.table("scores/of_place", period=code.period, place=code.place).set_index("pillar_code")
    if pillar not in scores.index:
        return None
    row = scores.loc[pillar]
    name = "“四个突出”综合得分" if pillar == "ALL" else f"{snapshot.stage.pillars[pillar]}得分"
    value = None if wording.is_none(row.score) else float(row.score)
    return name, wording.measured(value, "分", wording.unscored(row.tier)), value, "分"


def of_list(snapshot: Snapshot, selection: Selection) -> str:
    """The 数字凭证 of a list of records; empty if it is filtered by more than a place and one year."""
    years = selection.chosen.get("year", ())
    if selection.search or set(selection.chosen) - {"year"} or len(years) > 1 or any(len(year) != 4 for year in years):
        return ""
    figure = next(figure for figure, table in LISTS.items() if table == selection.table)
    return str(Code(figure, selection.place, years[0] if years else EVER, snapshot.id))


def _list(snapshot: Snapshot, code: Code, places: pd.Series) -> Figure | None:
    table = LISTS[code.figure]
    is_year = len(code.period) == 4 and "year" in facets(table)
    if code.place not in places.index or not (code.period == EVER or is_year):
        return None
    chosen: dict[str, tuple[str, ...]] = {} if code.period == EVER else {"year": (code.period,)}
    rows = int(snapshot.total(f"records/{table}", (), **Selection(table, code.place, chosen=chosen).params).rows)
    period = "" if code.period == EVER else f"{code.period}年"
    return Figure(f"{title_of(table)}清单", places[code.place], period, f"{rows:,}条", rows, "条")


def _published(snapshot: Snapshot, figure_code: str) -> Figure | None:
    rows = snapshot.table("definitions/published_figures").set_index("figure_code")
    if figure_code not in rows.index:
        return None
    row = rows.loc[figure_code]
    value = None if wording.is_none(row.actual) else float(row.actual)
    written = "尚不能计算" if wording.is_none(row.computed) or row.computed == wording.NONE else str(row.computed)
    return Figure(f"文献公布数“{row.figure_label.replace('“', '').replace('”', '')}”", "", "", written, value, row.unit)
