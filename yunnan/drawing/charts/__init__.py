"""Figures. Pure: a table in, a plotly figure out; no query, no widget.

Every figure carries its date and, while the snapshot is synthetic, 演示数据 inside the picture.
"""

from yunnan.drawing.charts.bar_charts import ranking
from yunnan.drawing.charts.bridge_charts import bridge, stacks
from yunnan.drawing.charts.compositions import curves, stacked, steps, timeline
from yunnan.drawing.charts.line_charts import sensitivity, trend
from yunnan.drawing.charts.maps import choropleth, of_counties
from yunnan.drawing.charts.province_charts import beside, county_layer, flow, spans
from yunnan.drawing.charts.strip_charts import strips
from yunnan.drawing.charts.themes import suited

__all__ = [
    "beside",
    "bridge",
    "choropleth",
    "county_layer",
    "curves",
    "flow",
    "of_counties",
    "ranking",
    "sensitivity",
    "spans",
    "stacked",
    "stacks",
    "steps",
    "strips",
    "suited",
    "timeline",
    "trend",
]
