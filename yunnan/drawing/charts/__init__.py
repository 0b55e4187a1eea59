"""Figures. Pure: a table in, a plotly figure out; no query, no widget.

Every figure carries its date and, while the snapshot is synthetic, 演示数据 inside the picture.
"""
