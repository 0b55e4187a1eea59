"""A ranking of places: one horizontal bar per row."""

import pandas as pd
import plotly.graph_objects as go

from yunnan.drawing.charts import style
from yunnan.words import palette, wording


@style.cached
def ranking(
    table: pd.DataFrame, *, unit: str, title: str, footnote: str, chosen: str | None = None, height: int = 600
) -> go.Figure:
    """One bar per row of region_code, region_name, value, status, in the table's order from the top.

    A place with a null value has no bar; its status stands in its place. chosen: the region_code of a bar drawn in red.
    """
    texts = [wording.measured(*row) for row in zip(table.value, [unit] * len(table), table.status, strict=True)]
    figure = go.Figure(
        go.Bar(
            x=table.value.fillna(0),
            y=table.region_name,
            customdata=table.region_code,
            text=texts,
            textposition="outside",
            cliponaxis=False,
            orientation="h",
            marker={"color": [palette.RED if code == chosen else palette.BLUES[3] for code in table.region_code]},
            hovertemplate="%{y}：%{text}<extra></extra>",
            selected={"marker": {"opacity": 1}},
            unselected={"marker": {"opacity": 1}},
        )
    )
    top = table.value.max() if table.value.notna().any() else 1
    figure.update_layout(showlegend=False, bargap=0.3)
    figure.update_xaxes(visible=False, fixedrange=True, range=[0, top * 1.3 or 1])
    figure.update_yaxes(autorange="reversed", ticks="", fixedrange=True, automargin=True, dtick=1)
    return style.frame(figure, title=title, footnote=footnote, height=height)
