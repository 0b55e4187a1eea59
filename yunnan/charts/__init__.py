"""Figures. Pure: a table in, a plotly figure out; no query, no widget.

Every figure carries its date and, while the snapshot is synthetic, 演示数据 inside the picture.
"""

from yunnan.charts.bar_charts import ranking
from yunnan.charts.bridge_charts import bridge, stacks
from yunnan.charts.compositions import curves, stacked, steps, timeline
from yunnan.charts.line_charts import sensitivity, trend
from yunnan.charts.maps import choropleth, of_counties
from yunnan.charts.province_charts import beside, county_layer, flow, spans
from yunnan.charts.strip_charts import strips
from yunnan.charts.themes import suited

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
