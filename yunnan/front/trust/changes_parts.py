"""The parts of the page 变动账, each about two snapshots."""

from collections.abc import Callable

import streamlit as st

from yunnan.data.two_snapshots import Between
from yunnan.data.view import View
from yunnan.front.kit import sections
from yunnan.front.trust import changes

CAUSES, ROWS = "causes", "rows"  # the parts that an address with ?indicator= or ?items= opens


def parts(pair: Between) -> dict[str, tuple[str, Callable[[View], None]]]:
    """{?part=: (its title, what draws it for a view of the newer snapshot)}."""

    def indicators(view: View) -> None:
        changed = pair.table("changes/by_indicator", **view.params)
        cards = pair.now.table("definitions/cards")
        sections.section(f"{len(cards)}项指标的变化", "changes/by_indicator", view.params, base="实际＋修订＝变化")
        changes.changed_indicators(changed, view=view, part_of_one=CAUSES)
        with st.expander("拆分规则"):
            sections.rules("changes/by_indicator")

    def causes(view: View) -> None:
        row = changes.chosen_change(pair.table("changes/by_indicator", **view.params))
        one = {"period": view.period, "indicator_code": row.indicator_code}
        sections.section(f"{row.indicator_name}：变化的构成", "changes/by_cause", one | {"place": view.place})
        changes.bridge(row, pair.table("changes/by_cause", **one, place=view.place), view=view)
        places = pair.table("changes/by_place", **one)
        changes.contributors(row, places, pair.table("changes/by_file", **one, place=view.place), view=view)

    def tables(view: View) -> None:
        sections.section("各表变动的行", "changes/by_table", {}, base="全省")
        changes.changed_tables(pair.table("changes/by_table"), view=view)

    def rows(view: View) -> None:
        sections.section("逐行：原来是什么，现在是什么", "changes/rows", {"place": view.place})
        changes.changed_rows(pair, view=view)

    return {
        "indicators": ("全部指标", indicators),
        CAUSES: ("一项的构成", causes),
        "tables": ("各表", tables),
        ROWS: ("逐行", rows),
    }
