"""Front door: `make run`, or `streamlit run dashboard.py`.

Names the pages and draws the frame around them: menu, as-of date, period, place, freshness line.
"""

import streamlit as st

from yunnan import blocks, filters, settings, snapshots

MENU = {
    "全省": [(filters.FRONT_PAGE, "总览", "overview"), ("pages/province/scorecard.py", "四个突出", "scorecard")],
    "地区": [(filters.PLACE_PAGE, "一个州市", "prefecture")],
    "可信": [
        ("pages/trust/reconciliation.py", "文献对照", "reconciliation"),
        ("pages/trust/definitions.py", "指标口径", "definitions"),
        ("pages/trust/data_notes.py", "数据说明", "data_notes"),
    ],
}

st.set_page_config(layout="wide", page_icon="static/favicon.png", initial_sidebar_state="auto")
blocks.style()
embedded = st.context.is_embedded
page = st.navigation(
    {
        section: [
            st.Page(path, title=title, url_path=url, default=path == filters.FRONT_PAGE) for path, title, url in pages
        ]
        for section, pages in MENU.items()
    },
    position="hidden" if embedded else "sidebar",
    expanded=True,
)

if wanted := filters.pending():
    st.switch_page(wanted[0], query_params=wanted[1])
top = st.container()
try:
    view = filters.frame(draw=not embedded)
except snapshots.NoSnapshot:
    blocks.no_data()
    st.stop()
except snapshots.Damaged as error:
    blocks.broken(error, st.query_params.get("asof", ""))
    st.stop()

if not embedded:
    with top:
        blocks.masthead(view)
st.set_page_config(page_title=f"{page.title}·{settings.TITLE}")
page.run()
blocks.foot(view)
