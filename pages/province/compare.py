"""州市对比：几个州市、两个时期、两份快照，逐项并列。

Answers:  how do two to four prefectures, two periods or two snapshots differ, indicator by indicator and in score?
Filters:  as-of, period, place (frame); part; mode2, with, period2, asof2
Reads:    compare/preset, scores/by_prefecture, compare/scores, compare/places, compare/spans, compare/of_place,
          scores/of_place
"""

import streamlit as st

from yunnan.front.address import choices, frame
from yunnan.front.kit import page_frame, parts
from yunnan.front.province import comparison, comparison_parts, pairs

view = frame.view()
modes = comparison.modes(view)
page_frame.head("州市对比", view)
mode = choices.choose(
    "mode2", "比什么", modes, modes[0], label_of=comparison.MODES.__getitem__, widget=st.segmented_control,
    required=True,
)  # fmt: skip

if mode == "places":
    chosen = comparison.chosen_prefectures(view.snapshot.table("scores/by_prefecture", period=view.period), view)
    base = {"period": view.period, "place": chosen[0]}
    comparison.places_finding(view.snapshot.table("compare/scores", **base), chosen, view=view)
    parts.draw(comparison_parts.of_places(chosen, view.pillars), view)
    comparison.places_twin(view.snapshot.table("compare/places", **base), chosen, view=view)
elif mode == "periods":
    pair: pairs.Pair | None = pairs.two_periods(view.snapshot.table("compare/spans"), view)
else:
    pair = pairs.two_snapshots(view)

if mode != "places" and pair:
    now, then = comparison_parts.sides(pair, view)
    pairs.pair_finding(pair, now, then, view=view)
    parts.draw(comparison_parts.of_pair(pair, view.pillars), view)
    pairs.pair_twin(pair, now, then, view=view)
