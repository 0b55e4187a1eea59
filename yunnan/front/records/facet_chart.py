"""How the rows of a selection spread over one of their facets: a picture of the rows that table and file hold."""

from collections.abc import Mapping

import pandas as pd

from yunnan.data import record_selection
from yunnan.data.record_selection import Selection
from yunnan.drawing.charts import bar_charts
from yunnan.front.address import choices
from yunnan.front.address.frame import View
from yunnan.front.kit.panels import footnote, show, table_twin
from yunnan.front.kit.sections import bars_text

MOST = 20  # bars; the table beneath has every value
TOO_MANY = {"organization"}  # thousands of values: the list is their table


def spread(view: View, selection: Selection, names: Mapping[str, str]) -> None:
    """Rows by the values of a facet the reader chooses, most rows first; a row of several values counts for each."""
    known = {name: column for name, column in record_selection.facets(selection.table).items() if name not in TOO_MANY}
    facet = choices.choose(
        f"by_{selection.table}",
        "分布按",
        list(known),
        next(iter(known)),
        label_of=lambda name: record_selection.title(selection.table, name),
        width=300,
    )
    counted = view.snapshot.counts(selection.query, [known[facet]], **selection.where).get(known[facet], {})
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
        drawn, unit="行", title=f"{title}（所选各行{rest}）", footnote=footnote(view), height=110 + 30 * len(drawn)
    )
    show(figure, name=f"spread_{selection.table}", alt=bars_text(drawn, title, "行"))
    table_twin(table, name=title, view=view, unit="行")
