"""一个州市：它的数字，与全省、与同类比。

Answers:  who is it, how does it stand on every indicator, which of its counties, whose money, which people?
Filters:  as-of, period, place (frame); measure
Reads:    places/profile, values/of_place, values/by_quarter, values/by_county, scores/of_place, measures/of_period,
          funds/by_source, people/by_help_type, people/by_category, people/totals
"""

import streamlit as st

from yunnan import blocks, filters, findings

view = filters.view()
if view.region.level == "province":
    blocks.head("一个州市", view)
    blocks.place_links(view)
else:
    prefecture = view.region.prefecture_code
    where = {"period": view.period, "place": prefecture}
    profile = view.snapshot.row("places/profile", place=prefecture)
    values = view.snapshot.table("values/of_place", **where)
    quarters = view.snapshot.table("values/by_quarter", place=prefecture)
    scores = view.snapshot.table("scores/of_place", **where)
    measures = view.snapshot.table("measures/of_period", period=view.period)
    by_source = view.snapshot.table("funds/by_source", **where)

    blocks.head(profile.prefecture_name, view)
    blocks.place_profile(profile)
    blocks.missing_returns(values, profile.short_name)
    blocks.finding(findings.of_place(values, scores, view.span, profile.short_name, blocks.quarters_missing(values)))
    blocks.kpi_cards(values, view=view, quarters=quarters)
    blocks.pillar_cards(scores)

    st.subheader("县（市、区）", anchor=False)
    cards = blocks.measures_with_counties(measures)
    measure = filters.choose(
        "measure",
        "地图指标",
        list(cards.index),
        "P1-08",
        said=cards.measure_name.__getitem__,
        known=list(measures.measure),
        width=420,
    )
    by_county = view.snapshot.table("values/by_county", indicator_code=measure, **where)
    blocks.map_and_ranking(by_county, cards.loc[measure], view=view, prefecture=prefecture)

    st.subheader("三十六项指标", anchor=False)
    st.caption(f"同类州市：{profile.size_class}，即{profile.peers}；同类中位数不含本州市。")
    blocks.indicator_table(values, view=view, name=f"{profile.short_name}三十六项指标")

    st.subheader("钱从哪里来，帮了哪些人", anchor=False)
    blocks.table_twin(by_source, name="资金来源", view=view, is_open=True, is_of_place=True)
    blocks.people_panel(view, where)
