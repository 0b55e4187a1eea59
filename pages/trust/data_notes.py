"""数据说明：数据从哪里来、经过哪里成为屏幕上的数、每个字段是什么。

Answers:  what is this snapshot, which rows did a return bring and what are they counted in, what does a column mean?
Filters:  as-of, period (frame); part, file, indicator
Reads:    lineage/files, lineage/indicators; rows/*; the manifest; queries/schema.sql
"""

import streamlit as st

from yunnan.front.address import frame
from yunnan.front.kit import page_frame, parts
from yunnan.front.trust import data_notes_parts

view = frame.view()
page_frame.head("数据说明", view, has_period=False)
opened = {"file": data_notes_parts.FILES, "indicator": data_notes_parts.FIGURES}
first = next((part for name, part in opened.items() if name in st.query_params), "")
parts.draw(data_notes_parts.PARTS, view, first=first)
