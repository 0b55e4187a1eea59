"""Front door: `make run`; also `streamlit run dashboard.py`, without files and keys.

Names the pages and draws the frame around them: menu, as-of date, period, place, freshness line.
"""

import streamlit as st

from yunnan.access import signed_links, viewer
from yunnan.data import snapshots
from yunnan.front.address import (
    appearance,
    code_links,
    entry,
    frame,
    menu,
    navigation,
    parameter_names,
    widget_values,
)
from yunnan.front.kit import code_panel, page_frame, tiles
from yunnan.front.province import agenda_views

navigation.begin()
widget_values.run_begins()
st.set_page_config(layout="wide", page_icon=page_frame.icon(), initial_sidebar_state="auto")
page_frame.style()
embedded = st.context.is_embedded or entry.looks_signed()
stage = frame.stage()
chosen = st.navigation(
    {
        section: [
            st.Page(
                page.file, title=stage.say(page.title), url_path=page.url, default=page.file == navigation.FRONT_PAGE
            )
            for page in pages
        ]
        for section, pages in menu.SECTIONS.items()
    },
    position="hidden" if embedded or appearance.look().is_screen else "top",
    expanded=True,
)
widget_values.page_is_chosen()
page = menu.page_at(chosen.url_path)
is_whole = page.place == menu.WHOLE

try:
    entry.check_access(chosen.url_path)
except (viewer.Unknown, signed_links.Refused, signed_links.NoKeys) as error:
    page_frame.refused(error, is_embedded=embedded)
    st.stop()
if wanted := navigation.pending():
    st.switch_page(wanted[0], query_params=wanted[1])
if cited := code_links.address_to_open():
    st.switch_page(menu.PAGES[cited.page].file, query_params=cited.params)
top = st.container()
try:
    view = frame.frame(draw=not embedded, stays=page.place == menu.STAYS, has_period=page.has_period)
except snapshots.NoSnapshot:
    page_frame.no_data()
    st.stop()
except snapshots.Damaged as error:
    page_frame.broken(error)
    st.stop()

if not embedded:
    with top:
        page_frame.masthead(view, is_whole=is_whole, has_period=page.has_period)
    agenda_views.meeting_bar(page.url, view, {one.title: one.url for one in menu.PAGES.values()})
st.set_page_config(page_title=f"{view.say(page.title)}·{view.snapshot.title}")
if is_whole and not entry.tile() and page.file != navigation.FRONT_PAGE:
    page_frame.whole_province(view)
code_panel.cited_figure()
parameter_names.warn()
try:
    if tile := entry.tile():
        tiles.tile(view, tile)
    else:
        chosen.run()
        with top:
            parameter_names.warn_of_part()
except snapshots.Damaged as error:  # since the frame was drawn; the foot would read it too
    page_frame.broken(error)
    st.stop()
page_frame.foot(view, has_period=page.has_period or bool(entry.tile()))
page_frame.wall_bar()
navigation.write_url()
widget_values.run_is_whole()
