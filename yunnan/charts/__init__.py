"""Figures. Pure: a table in, a plotly figure out; no query, no widget.

Every figure carries its date and, while the snapshot is synthetic, 演示数据 inside the picture.
"""

from yunnan.charts.bars import ranking
from yunnan.charts.bridges import bridge, stacks
from yunnan.charts.ground import suited
from yunnan.charts.lines import sensitivity, trend
from yunnan.charts.maps import choropleth
from yunnan.charts.parts import curves, stacked, steps, timeline
from yunnan.charts.province import beside, county_layer, flow, spans
from yunnan.charts.strips import strips

__all__ = [
    "beside",
    "bridge",
    "choropleth",
    "county_layer",
    "curves",
    "flow",
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
