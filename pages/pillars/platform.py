"""平台搭建：供需对接与资金缺口、民政项目资源、行业与区域交流、“三区”与“牵手”计划、小额信贷。

Answers:  are needs matched and paid for, where is too little, who comes to help from outside, whom does it reach?
Filters:  as-of, period, place (frame); indicator; topic
Reads:    matching/*, grants/*, exchange/*, pairing/*, credit/*, people/collectives,
          people/reached_by_programme, programmes/card, programmes/places, programmes/projects,
          programmes/organizations, programmes/money; measures/*, scores/of_place, values/of_place, values/by_quarter
"""

from yunnan.front.address import frame
from yunnan.front.pillars import exchange, pillar_head, plans, platform, programmes

view = frame.view()
params, near, table, row = view.params, platform.around(view).params, view.snapshot.table, view.snapshot.row
pillar_head.pillar("P4", view, switch="topic")
topic = platform.topic()

if topic == pillar_head.INDICATOR:
    pillar_head.one_indicator("P4", view)
elif topic == "needs":
    platform.need_gap(row("matching/totals", **params), table("matching/gap_by_place", **near), view=view)
    platform.need_funnel(table("matching/funnel", **params), table("matching/open_needs", **params), view=view)
elif topic == "grants":
    platform.money_channels(table("grants/channels", **params), table("grants/channels_by_place", **params), view=view)
    platform.grants_approved(table("grants/areas", **params), table("grants/approved", **params), view=view)
    by_year = table("grants/tilt", period=view.period)
    platform.sqsz_tilt(by_year, table("grants/tilt_by_place", **params), view=view)
    programmes.programme(view, "PG-ZYCZ")
    programmes.programme(view, "PG-FCGYJ")
elif topic == "exchange":
    by_quarter, by_place = table("exchange/by_quarter", **params), table("exchange/by_place", **params)
    exchange.exchange_events(by_quarter, by_place, table("exchange/of_period", **params), view=view)
    leaders = table("exchange/case_organizations", **params)
    reached = table("people/reached_by_programme", programme_code="PG-CFGM")
    exchange.model_cases(table("exchange/model_cases", **params), leaders, reached, view=view)
    programmes.programme(view, "PG-CFGM", note="大理州女企业家协会的“爱心厨房”，“厨房革命”建设活动。")
elif topic == "partners":
    by_place, resources = table("pairing/by_place", **params), table("pairing/resources", **params)
    exchange.partners_outside(by_place, table("pairing/places", **params), resources, view=view)
    exchange.agreements(table("pairing/agreements", **params), view=view)
    for code in ("PG-HDXZ", "PG-YDXZ"):
        programmes.programme(view, code)
elif topic == "plans":
    plans.plan_coverage(table("pairing/coverage_by_place", **near), table("pairing/counties", **params), view=view)
    pairs, groups = table("pairing/pairs", **params), table("people/collectives", **params)
    plans.plan_pairs(pairs, table("pairing/outside_organizations", **params), view=view)
    figures = table("pairing/published", place=view.place)
    plans.journeys(table("pairing/journeys", **params), plans.screened(groups, pairs), figures, view=view)
    reached = table("people/reached_by_programme", programme_code="PG-QIANSHOU")
    plans.treated(table("pairing/treated_by_place", **params), reached, view=view)
    for code in ("PG-SANQU", "PG-QIANSHOU"):
        programmes.programme(view, code)
else:
    by_quarter, counties = table("credit/by_quarter", **params), table("credit/counties", **params)
    plans.microcredit(row("credit/totals", **params), by_quarter, counties, view=view)
    programmes.programme(view, "PG-GRAMEEN")
