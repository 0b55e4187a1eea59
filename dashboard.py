"""Front door: `make run`; also `streamlit run dashboard.py`, without files and keys.

Names the pages and draws the frame around them: menu, as-of date, period, place, freshness line.
"""

import streamlit as st

from yunnan import settings
from yunnan.access import signed_links, viewer
from yunnan.data import record_selection, snapshots
from yunnan.front.address import appearance, code_links, entry, frame, navigation, parameter_names
from yunnan.front.kit import code_panel, page_frame, tiles
from yunnan.front.province import agenda_views

MENU = {
    "全省": [
        (navigation.FRONT_PAGE, "总览", "overview"),
        ("pages/province/scorecard.py", "四个突出评分", "scorecard"),
        ("pages/province/compare.py", "州市对比", "compare"),
        ("pages/province/background.py", "省情与资源流向", "background"),
        ("pages/province/meeting.py", "会议", "meeting"),
    ],
    "四个突出": [
        ("pages/pillars/party.py", "党建引领", "party"),
        ("pages/pillars/mechanism.py", "机制建设", "mechanism"),
        ("pages/pillars/guidance.py", "业务指导", "guidance"),
        ("pages/pillars/platform.py", "平台搭建", "platform"),
    ],
    "地区与项目": [
        (navigation.PLACE_PAGE, "一个州市", "prefecture"),
        (navigation.COUNTY_PAGE, "一个县", "county"),
        (navigation.PROJECT_PAGE, "一个项目", "project"),
        (navigation.ORG_PAGE, "一个社会组织", "organization"),
    ],
    "明细": [
        ("pages/records/projects.py", "项目", "projects"),
        ("pages/records/funds.py", "资金", "funds"),
        ("pages/records/beneficiaries.py", "受益", "beneficiaries"),
        ("pages/records/organizations.py", "组织", "organizations"),
        ("pages/records/activities.py", "活动", "activities"),
        ("pages/records/policies.py", "文件", "policies"),
    ],
    "可信": [
        ("pages/trust/reconciliation.py", "文献对照", "reconciliation"),
        ("pages/trust/definitions.py", "指标口径", "definitions"),
        ("pages/trust/quality.py", "数据质量", "quality"),
        ("pages/trust/changes.py", "变动账", "changes"),
        ("pages/trust/data_notes.py", "数据说明", "data_notes"),
    ],
}

# Pages about one place whose question stays the same for another place.
STAYS = {
    "party",
    "mechanism",
    "guidance",
    "platform",
    "compare",
    "background",
    "definitions",
    "quality",
    "changes",
    *record_selection.TABLES,
}
# Pages that are about the whole province whatever place is chosen; the front page has no path of its own.
WHOLE = {"", "scorecard", "meeting", "reconciliation", "data_notes"}

st.set_page_config(layout="wide", page_icon="static/favicon.png", initial_sidebar_state="auto")
page_frame.style()
embedded = st.context.is_embedded or entry.looks_signed()
page = st.navigation(
    {
        section: [
            st.Page(path, title=title, url_path=url, default=path == navigation.FRONT_PAGE)
            for path, title, url in pages
        ]
        for section, pages in MENU.items()
    },
    position="hidden" if embedded or appearance.look().is_screen else "sidebar",
    expanded=True,
)

try:
    entry.arrive(page.url_path)
except (viewer.Unknown, signed_links.Refused, signed_links.NoKeys) as error:
    page_frame.refused(error, is_embedded=embedded)
    st.stop()
if wanted := navigation.pending():
    st.switch_page(wanted[0], query_params=wanted[1])
if cited := code_links.to_open():
    paths = {url: path for pages in MENU.values() for path, _, url in pages}
    st.switch_page(paths[cited.page], query_params=cited.params)
top = st.container()
try:
    has_period = page.url_path not in record_selection.TABLES
    view = frame.frame(draw=not embedded, stays=page.url_path in STAYS, has_period=has_period)
except snapshots.NoSnapshot:
    page_frame.no_data()
    st.stop()
except snapshots.Damaged as error:
    page_frame.broken(error)
    st.stop()

if not embedded:
    with top:
        page_frame.masthead(view, is_whole=page.url_path in WHOLE, has_period=has_period)
    titles = {title: url for pages in MENU.values() for _, title, url in pages}
    agenda_views.meeting_bar(page.url_path or "overview", view, titles)
st.set_page_config(page_title=f"{page.title}·{settings.TITLE}")
if page.url_path in WHOLE and not entry.tile():
    page_frame.whole_province(view, marks_place=page.url_path == "")
code_panel.cited()
parameter_names.warn()
try:
    if tile := entry.tile():
        tiles.tile(view, tile)
    else:
        page.run()
except snapshots.Damaged as error:  # since the frame was drawn; the foot would read it too
    page_frame.broken(error)
    st.stop()
page_frame.foot(view, has_period=has_period)
page_frame.wall_bar()
navigation.tell()
