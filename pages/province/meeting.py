"""会议：选一个议程，按顺序放映。

Answers:  which agendas are there, what do they show, and what is wrong with one that does not open?
Filters:  as-of (frame)
Reads:    frame/places, frame/periods; agendas/*.toml
"""

import streamlit as st

from yunnan.front.address import frame
from yunnan.front.kit import page_frame
from yunnan.front.province import agenda_views

view = frame.view()
places, periods = view.snapshot.table("frame/places"), view.snapshot.table("frame/periods")

page_frame.head("会议", view, has_period=False)
st.markdown(
    "一个议程是数据文件夹的 `agendas/` 里的一个文件，依次列出画面：页面、地区、报告期、快照与讲者备注。"
    "放映时用页面上方的按钮或键盘左右键前后；画面的数字固定在议程所写的快照。备注默认不投影，按“备注”展开。"
)
agenda_views.agenda_list(places, periods)
