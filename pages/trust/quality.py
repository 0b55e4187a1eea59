"""数据质量：哪个州市该报的报了没有、按时没有、对不对得上，还有哪些问题没改。

Answers:  which returns were due, came, came late; are they whole, consistent, traceable; what is still to be mended?
Filters:  as-of, period, place (frame); part, batch
Reads:    returns/lights, returns/rates_by_quarter, returns/issues_by_rule, returns/issues_by_quarter,
          returns/control_totals, returns/files, returns/issues_of_file
"""

import streamlit as st

from yunnan.front.address import frame
from yunnan.front.kit import page_frame, parts
from yunnan.front.trust import quality, quality_parts

view = frame.view()
page_frame.head(f"数据质量·{view.region.short_name}", view)
quality.reports_with_prefecture(view)
parts.draw(quality_parts.PARTS, view, first=quality_parts.FILES if "batch" in st.query_params else "")
