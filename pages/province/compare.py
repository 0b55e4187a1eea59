"""州市对比：几个州市、两个时期、两份快照，逐项并列。

Answers:  how do two to four prefectures, two periods or two snapshots differ, indicator by indicator and in score?
Filters:  as-of, period, place (frame); mode2, with, period2, asof2
Reads:    scores/by_prefecture, compare/scores, compare/places, compare/spans, compare/of_place, scores/of_place
"""

import streamlit as st

from yunnan.front.address import choices, frame
from yunnan.front.kit import page_frame, sections
from yunnan.front.province import comparison, pairs

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
    sections.section("得分对比", "compare/scores", base, note="得分为各计分指标完成率的等权平均×100；差以分计。")
    comparison.scores_beside(view.snapshot.table("compare/scores", **base), chosen, view=view)
    beside = view.snapshot.table("compare/places", **base)
    sections.section(
        f"{beside.indicator_code.nunique()}项指标对比", "compare/places", base, base="本期值",
        note="比率之差以百分点计，其余以本单位计；报送不全、未报送、已隐去的不相减；全省只并列，不作基准。",
    )  # fmt: skip
    comparison.places_beside(beside, chosen, view=view)
elif mode == "periods":
    pair = pairs.two_periods(view.snapshot.table("compare/spans"), view)
else:
    pair = pairs.two_snapshots(view)

if mode != "places" and pair:
    params = {"period": pair.period, "place": view.place}
    base = {"period": pair.base_period, "place": view.place}
    sections.section(
        f"{view.region.place_name}：{pair.name}与{pair.base_name}", "compare/of_place", params, base="逐项并列",
        note="时期指标按所含月份计，时点指标取期末；比率之差以百分点计，其余以本单位计；"
        "“三同步”只在有年检结论的年度计入年检，计与不计的不相减。",
    )  # fmt: skip
    now = pair.now.table("compare/of_place", **params)
    pairs.two_beside(pair, now, pair.base.table("compare/of_place", **base), view=view)
    sections.section("得分对比", "scores/of_place", params, note="得分为各计分指标完成率的等权平均×100。")
    scores = pair.now.table("scores/of_place", **params)
    pairs.two_scores(pair, scores, pair.base.table("scores/of_place", **base), view=view)
