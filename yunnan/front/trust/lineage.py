"""Lineage: from a return file to the indicators it feeds, and from an indicator to the files behind it."""

import pandas as pd
import streamlit as st

from yunnan.data import queries, record_selection
from yunnan.data.view import View
from yunnan.front.address import choices, navigation
from yunnan.front.kit.clicks import of_rows
from yunnan.front.kit.grids import grid
from yunnan.front.kit.panels import rows_high, table_twin
from yunnan.front.kit.place_parts import evidence_link
from yunnan.words import columns, wording

PROTECTED = "人数由受保护的汇总得出"
QUARTERLY = ("funds", "activities")  # record lists with a filter by quarter
TALLEST = 12  # rows of a list that are visible without scrolling


def file_lineage(files: pd.DataFrame, indicators: pd.DataFrame, *, view: View) -> None:
    """A chosen return file: its rows in their table, and the indicators of its quarter that count them.

    files: lineage/files; indicators: lineage/indicators.
    """
    if files.empty:
        st.caption("本快照没有收到过报表。")
        return
    named = files.set_index("batch_id", drop=False)
    label_of = named.source_file.__getitem__
    batch = choices.choose(
        "file", "报表文件", list(named.index), named.index[0], label_of=label_of, writes_default=False, width=460
    )
    file = named.loc[batch]
    held = "从不逐行打开" if wording.is_none(file.rows_held) else f"快照中现有 **{wording.fixed(file.rows_held)}** 行"
    count = "不足10" if wording.is_none(file.rows_accepted) else wording.fixed(file.rows_accepted)
    st.markdown(
        f"{wording.literal(file.source_file)} → 接收 **{count}** 行 → "
        f"表“{file.return_name}”（`{file.table_name}`），{held}。"
    )
    if not wording.is_none(file.rows_held) and file.rows_held < file.rows_accepted:
        st.caption("现有行少于接收行：组织、项目是现状表，后来的报表带来了新的现状。")
    st.caption(f"文件指纹 sha256　{file.source_sha256}")
    _records(file)
    counted_in = indicators_of_file(file, indicators, view)
    if counted_in.empty:
        st.caption(f"{file.period}：没有指标由这张表算出。")
        return
    key = "fed_indicators"

    def open_evidence(code: str) -> None:
        navigation.open_page(
            navigation.EVIDENCE_PAGE,
            indicator=code,
            evidence="true",
            place=navigation.PROVINCE,
            period=str(file.period),
        )

    display = counted_in.assign(items=[_counted(row) for row in counted_in.itertuples()])[
        ["indicator_code", "indicator_name", "items", "check_id"]
    ].rename(columns=columns.label)
    doors = of_rows(list(counted_in.indicator_code), open_evidence)
    grid(
        doors.beside(display), hide_index=True, height=rows_high(len(display)), key=key, doors=doors,
        alt="由这份报表的行算出的指标",
    )  # fmt: skip
    st.caption(f"行数为本份报表计入该指标{file.period}全省值的行。点“打开”，看该指标该季度的口径、SQL与明细行。")


def indicators_of_file(file: pd.Series, indicators: pd.DataFrame, view: View) -> pd.DataFrame:
    """The rows of indicators that read the file's table, with the column items: how many of its rows each counts in the
    file's quarter, null for people.
    """
    read = [
        code for code in indicators.indicator_code if file.table_name in queries.sources(queries.indicator(code).name)
    ]
    fed = indicators[indicators.indicator_code.isin(read)]
    rows = [_files_of(view, code, str(file.period)).get(file.source_file, 0) for code in fed.indicator_code]
    return fed.assign(items=pd.Series(rows, index=fed.index, dtype="Int64").mask(fed.counts_people))


def figure_lineage(files: pd.DataFrame, indicators: pd.DataFrame, *, view: View, part_of_files: str) -> None:
    """A chosen indicator: the return files behind its provincial value, with numbers of rows.

    files: lineage/files; indicators: lineage/indicators. part_of_files: the part of the page that shows one file.
    """
    named = dict(
        zip(indicators.indicator_code, indicators.indicator_code + " " + indicators.indicator_name, strict=True)
    )
    code = choices.choose("indicator", "指标", list(named), "P1-08", label_of=named.__getitem__, width=460)
    counted = _files_of(view, code, view.period)
    tables = "、".join(f"`{table}`" for table in sorted(queries.sources(queries.indicator(code).name)))
    st.markdown(
        f"{named[code]} ← 表 {tables} ← {len(counted):,} 个来源，{sum(counted.values()):,} 行"
        f"（{view.span.label}，全省）"
    )
    if not counted:
        st.caption("本期没有构成它的行。")
        return
    by_name = files.drop_duplicates("source_file").set_index("source_file")
    table = pd.DataFrame({"source_file": list(counted), "items": list(counted.values())})
    table = table.join(by_name[["place_name", "return_name", "period", "source_sha256"]], on="source_file")
    batches = list(table.source_file.map(by_name.batch_id))
    key = "files_of_figure"

    def open_file(batch: str) -> None:
        navigation.keep_all({"file": batch, "part": part_of_files})  # one step of the browser's Back

    display = table.assign(source_sha256=table.source_sha256.str[:12]).rename(columns=columns.label)
    doors = of_rows(batches, open_file)  # none for a file that is not in the list
    grid(
        doors.beside(display), hide_index=True, height=rows_high(min(len(display), TALLEST)), key=key, doors=doors,
        alt="构成该指标的报表文件",
    )  # fmt: skip
    st.caption("点“打开”看这份报表。人数的来源是受保护的汇总，不指向单份报表；文件库不由季度报表报送。")
    evidence_link(code, navigation.PROVINCE, "打开口径、SQL与明细行")
    table_twin(table, name=f"{code} 的来源报表", view=view)


def _files_of(view: View, code: str, period: str) -> dict[str, int]:
    """{source file: number of rows} behind the provincial value of an indicator."""
    counts = view.snapshot.counts(queries.rows(code), ("source_file",), period=period, place=navigation.PROVINCE)
    return counts.get("source_file", {})


def _counted(row) -> str:
    return PROTECTED if wording.is_none(row.items) else wording.fixed(row.items)


def _records(file: pd.Series) -> None:
    """A link to the records of the file's table, filtered by prefecture and, where possible, by quarter."""
    if file.table_name not in record_selection.TABLES:
        return
    filters = {"prefecture": file.prefecture_code} if file.prefecture_code != navigation.PROVINCE else {}
    filters |= {"quarter": str(file.period)} if file.table_name in QUARTERLY else {}
    st.page_link(
        f"pages/records/{file.table_name}.py",
        label=f"打开“{file.return_name}”明细（{file.place_name}）",
        query_params={name: value for name, value in navigation.params().items() if name == "asof"} | filters,
    )
