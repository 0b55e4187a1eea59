"""平台搭建：供需对接与资金缺口、民政项目资源、行业与区域交流、“三区”与“牵手”计划、小额信贷。

Answers:  are needs matched and paid for, where is too little, who comes to help from outside, whom does it reach?
Filters:  as-of, period, place (frame); indicator; topic
Reads:    matching/funnel, matching/open_needs, matching/totals, matching/gap_by_place, grants/channels, grants/areas,
          grants/channels_by_place, grants/approved, grants/tilt, grants/tilt_by_place, exchange/by_quarter,
          exchange/by_place, exchange/of_period, exchange/model_cases, exchange/case_organizations, pairing/by_place,
          pairing/places, pairing/resources, pairing/agreements, pairing/coverage_by_place, pairing/counties,
          pairing/pairs, pairing/outside_organizations, pairing/journeys, pairing/published, pairing/treated_by_place,
          people/collectives, people/reached_by_programme, credit/totals, credit/by_quarter, credit/counties
"""

from yunnan.front.address import frame
from yunnan.front.pillars import exchange, pillar_head, plans, platform, programmes

view = frame.view()
where, near, table, row = view.where, platform.around(view).where, view.snapshot.table, view.snapshot.row
pillar_head.pillar("P4", view)
topic = platform.topic()

if topic == "needs":
    platform.need_gap(row("matching/totals", **where), table("matching/gap_by_place", **near), view=view)
    platform.need_funnel(table("matching/funnel", **where), table("matching/open_needs", **where), view=view)
elif topic == "grants":
    platform.money_channels(table("grants/channels", **where), table("grants/channels_by_place", **where), view=view)
    platform.grants_approved(table("grants/areas", **where), table("grants/approved", **where), view=view)
    by_year = table("grants/tilt", period=view.period)
    platform.sqsz_tilt(by_year, table("grants/tilt_by_place", **where), view=view)
    programmes.programme(view, "PG-ZYCZ")
    programmes.programme(view, "PG-FCGYJ")
elif topic == "exchange":
    by_quarter, by_place = table("exchange/by_quarter", **where), table("exchange/by_place", **where)
    exchange.exchange_events(by_quarter, by_place, table("exchange/of_period", **where), view=view)
    leaders = table("exchange/case_organizations", **where)
    reached = table("people/reached_by_programme", programme_code="PG-CFGM")
    exchange.model_cases(table("exchange/model_cases", **where), leaders, reached, view=view)
    programmes.programme(view, "PG-CFGM", note="大理州女企业家协会的“爱心厨房”，“厨房革命”建设活动。")
elif topic == "partners":
    by_place, resources = table("pairing/by_place", **where), table("pairing/resources", **where)
    exchange.partners_outside(by_place, table("pairing/places", **where), resources, view=view)
    exchange.agreements(table("pairing/agreements", **where), view=view)
    for code in ("PG-HDXZ", "PG-YDXZ"):
        programmes.programme(view, code)
elif topic == "plans":
    plans.plan_coverage(table("pairing/coverage_by_place", **near), table("pairing/counties", **where), view=view)
    pairs, groups = table("pairing/pairs", **where), table("people/collectives", **where)
    plans.plan_pairs(pairs, table("pairing/outside_organizations", **where), view=view)
    figures = table("pairing/published", place=view.place)
    plans.journeys(table("pairing/journeys", **where), plans.screened(groups, pairs), figures, view=view)
    reached = table("people/reached_by_programme", programme_code="PG-QIANSHOU")
    plans.treated(table("pairing/treated_by_place", **where), reached, view=view)
    for code in ("PG-SANQU", "PG-QIANSHOU"):
        programmes.programme(view, code)
else:
    by_quarter, counties = table("credit/by_quarter", **where), table("credit/counties", **where)
    plans.microcredit(row("credit/totals", **where), by_quarter, counties, view=view)
    programmes.programme(view, "PG-GRAMEEN")
