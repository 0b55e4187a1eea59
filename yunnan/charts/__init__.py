"""Figures. Pure: a table in, a plotly figure out; no query, no widget.

Every figure carries its date and, while the snapshot is synthetic, 演示数据 inside the picture.
"""

from yunnan.charts.bars import ranking
from yunnan.charts.lines import sensitivity, trend
from yunnan.charts.maps import choropleth

__all__ = ["choropleth", "ranking", "sensitivity", "trend"]
