"""The parts of the page 四个突出评分."""

import streamlit as st

from yunnan.data.view import View
from yunnan.front.address import choices
from yunnan.front.province import scorecard

HEAT = "heat"  # the code of the part that an address with ?pillar= opens


def _scores(view: View) -> None:
    st.subheader("得分与档次", anchor=False)
    scorecard.score_table(view.snapshot.table("scores/by_prefecture", period=view.period), view=view)
    st.caption(
        "得分＝各计分指标完成率（封顶100%）的等权平均×100；综合＝四支柱等权平均；不插补。"
        "档次：≥95优，85—95良，75—85中，<75需关注。"
        "名次区间为算术平均、几何平均与逐项剔除各算法下的最好至最差名次；数据不全者不排名，各州市都相等的也不排名。"
    )


def _heat(view: View) -> None:
    st.subheader("指标完成情况", anchor=False)
    pillar = choices.choose(
        "pillar", "支柱", list(view.pillars), "P1", label_of=view.pillars.__getitem__, widget=st.segmented_control
    )
    heat = view.snapshot.table("values/heat", period=view.period)
    scorecard.heat_table(heat[heat.pillar_code == pillar], view=view, name=view.pillars[pillar])


def _sensitivity(view: View) -> None:
    st.subheader("得分的稳健性", anchor=False)
    scores = view.snapshot.table("scores/by_prefecture", period=view.period)
    scorecard.sensitivity(scores[scores.pillar_code == "ALL"], view=view)


# ?part= -> (its title, what draws it)
PARTS = {
    "scores": ("得分与档次", _scores),
    HEAT: ("指标完成情况", _heat),
    "sensitivity": ("得分的稳健性", _sensitivity),
}
