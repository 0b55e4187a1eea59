"""省情与资源流向：这是一个怎样的省，资源经过什么项目到了哪里、到了多少人。

Answers:  what is the model, since when are there data, where do the poor counties lie, how does money flow, who needs?
Filters:  as-of, period, place (frame); layer
Reads:    background/data_period, background/time_line, background/lights_by_pillar, scores/of_place, background/flow,
          background/flow_totals, people/totals, values/of_place, background/counties, background/layers_by_prefecture,
          background/poverty_years, background/exits_by_batch, people/by_category, people/by_help_type,
          background/needs_by_sector
"""

from yunnan.front.address import frame
from yunnan.front.kit import page_frame, parts
from yunnan.front.province import background_parts

view = frame.view()
page_frame.head(f"省情与资源流向·{view.region.short_name}", view)
parts.draw(background_parts.PARTS, view)
