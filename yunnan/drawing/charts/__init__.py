"""Charts and maps: each function takes a table and returns a plotly figure; no query, no widget.

Every figure states its as-of date and, while the snapshot is synthetic, 演示数据 inside the picture.
"""
