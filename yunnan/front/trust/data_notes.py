"""Published figures and their check, the snapshot's manifest, the data dictionary."""

import pandas as pd
import streamlit as st

from yunnan.front.address import entry
from yunnan.front.kit.grids import grid
from yunnan.front.kit.panels import rows_high
from yunnan.front.kit.written_tables import once
from yunnan.words import wording

VERDICT = {True: "✓ 一致", False: "✗ 不一致"}


def figures_table(figures: pd.DataFrame) -> None:
    """One row for each published figure: its words, computed words, exact value, verdict.

    figures: definitions/published_figures.
    """
    display = pd.DataFrame(
        {
            "编号": figures.figure_code,
            "公布数": figures.figure_label,
            "公布写法": figures.published,
            "本快照计算": figures.computed,
            "准确值": [
                wording.NONE
                if wording.is_none(v)
                else wording.percent(v)
                if unit == "%"
                else f"{wording.fixed(v)}{unit}"
                for v, unit in zip(figures.actual, figures.unit, strict=True)
            ],
            "核对": [VERDICT.get(h, "… 尚不能核对") for h in figures.holds],
        }
    )
    widths = dict(zip(display.columns, (100, 350, 215, 215, 110, 80), strict=True))
    grid(
        display,
        hide_index=True,
        height=rows_high(len(display)),
        key="figures",
        column_config={name: st.column_config.Column(width=width) for name, width in widths.items()},
        alt="公布数核对",
    )


def manifest(facts: dict) -> None:
    """The snapshot's manifest: when it was published, from what, its tables, control totals and warnings.

    facts: the manifest as parsed JSON.
    """
    kind = "演示（合成）" if facts["is_synthetic"] else "正式"
    st.markdown(
        f"快照 **{facts['id']}**（{kind}），{wording.day(facts['published_at'])} {facts['published_at'][11:16]} 发布，"
        f"数据约定版本 {facts['contract_version']}，"
        f"{_files(facts)}通过检查规则 {len(facts['checks_passed'])} 条。{facts['note']}"
    )
    tables = pd.DataFrame(
        {"表": name, "行数": t["rows"], "字节": t["bytes"], "sha256": t["sha256"]}
        for name, t in facts["tables"].items()
    )
    grid(
        once(("files", tables), lambda: tables.style.format({"行数": "{:,}", "字节": "{:,}"})),
        hide_index=True,
        height=rows_high(len(tables)),
        key="manifest",
        alt="快照清单",
    )
    if facts["control_totals"]:
        _totals(facts)
    for warning in facts["warnings"]:
        st.caption(f"△ {warning['message']}：{warning['rows']:,} 处")


def _files(facts: dict) -> str:
    return f"来源报表 {len(facts['source_files']):,} 份，" if facts["source_files"] else ""


def _totals(facts: dict) -> None:
    totals = pd.DataFrame(
        {"环节": stage, "笔数": wording.fixed(t["rows"]), "金额（元）": wording.fixed(t["amount_yuan"], 2)}
        for stage, t in facts["control_totals"].items()
    )
    grid(totals, hide_index=True, key="totals", alt="资金控制总数")


@entry.fragment
def dictionary(table: pd.DataFrame) -> None:
    """The columns of a chosen table of the data contract. table: contract.dictionary()."""
    titles = dict(zip(table.table_name, table.table_comment, strict=True))
    name = st.selectbox("选择数据表", list(titles), format_func=lambda t: f"{t}：{titles[t]}", key="dictionary_table")
    fields = table[table.table_name == name]
    display = pd.DataFrame({"字段": fields.column_name, "类型": fields.data_type, "含义": fields.comment})
    grid(display, hide_index=True, height=rows_high(len(display)), key="dictionary", alt=f"{name} 的字段")
