"""A bar chart of the number of selected rows by the values of one facet."""

from collections.abc import Mapping

import pandas as pd

from yunnan.data import record_selection
from yunnan.data.record_selection import Selection
from yunnan.data.view import View
from yunnan.drawing.charts import bar_charts
from yunnan.front.address import choices
from yunnan.front.kit.panels import show, table_twin
from yunnan.front.kit.sections import bars_text

MOST = 20  # bars in the chart; the table below has every value
TOO_MANY = {"organization"}  # facets with thousands of values, not offered for the chart


def spread(view: View, selection: Selection, names: Mapping[str, str]) -> None:
    """Bars of rows by value of a chosen facet, most rows first; a row with several values counts for each of them.

    names: {code: name}.
    """
    facet_columns = {
        name: column for name, column in record_selection.facets(selection.table).items() if name not in TOO_MANY
    }
    facet = choices.choose(
        f"by_{selection.table}",
        "分布按",
        list(facet_columns),
        next(iter(facet_columns)),
        label_of=lambda name: record_selection.title(selection.table, name),
        width=300,
    )
    column = facet_columns[facet]
    counted = view.snapshot.counts(selection.query, [column], **selection.params).get(column, {})
    if not counted:
        return
    title = f"{record_selection.title_of(selection.table)}行数按{record_selection.title(selection.table, facet)}"
    table = pd.DataFrame(
        {
            "item": [record_selection.value_name(value, names) for value in counted],
            "value": [float(n) for n in counted.values()],
        }
    )
    drawn = table.head(MOST).set_axis(["region_name", "value"], axis=1).assign(status="", region_code=table.item)
    rest = f"；前{MOST}项，共{len(table)}项" if len(table) > MOST else ""
    figure = bar_charts.ranking(
        drawn, unit="行", title=f"{title}（所选各行{rest}）", footnote=view.footnote, height=110 + 30 * len(drawn)
    )
    show(figure, name=f"spread_{selection.table}", alt=bars_text(drawn, title, "行"))
    table_twin(table, name=title, view=view, unit="行")
