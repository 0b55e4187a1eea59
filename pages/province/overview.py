"""总览：一屏看全；其余分部分，一次看一部分。

Answers:  how much, for how many, how far from the targets, where, and what needs somebody?
Filters:  as-of, place (frame); period, measure (on the screen); part
Reads:    measures/of_period; values/of_place, values/by_quarter, scores/of_place, measures/by_prefecture (parts);
          the screen reads its resource, made by yunnan/drawing/cockpit/
"""

from yunnan.front.address import choices, frame, navigation
from yunnan.front.kit import page_frame
from yunnan.front.province import cockpit_screen, overview_parts

view = frame.view()
measures = view.snapshot.table("measures/of_period", period=view.period).set_index("measure")

page_frame.head("总览", view, has_period=False)
measure = choices.choose(
    "measure", "地图指标", list(measures.index), "P1-08", label_of=measures.measure_name.__getitem__, draw=False
)
if navigation.is_signed():  # a signed link shows what it says and nothing else can be chosen on it
    overview_parts.figures(view.at(navigation.PROVINCE))
    overview_parts.pillars(view.at(navigation.PROVINCE))
    overview_parts.places(view, measure)
else:
    cockpit_screen.screen(view, measure, parts=overview_parts.PARTS)
    overview_parts.part(view, measure)
