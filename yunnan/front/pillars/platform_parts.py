"""The parts of each topic of the page 平台搭建."""

from collections.abc import Callable
from functools import partial

from yunnan.data.view import View
from yunnan.front.pillars import exchange, pillar_head, plans, platform, programmes

Parts = dict[str, tuple[str, Callable[[View], None]]]


def _gap(view: View) -> None:
    table, near = view.snapshot.table, platform.around(view).params
    totals = view.snapshot.row("matching/totals", **view.params)
    platform.need_gap(totals, table("matching/gap_by_place", **near), view=view)


def _funnel(view: View) -> None:
    table, params = view.snapshot.table, view.params
    platform.need_funnel(table("matching/funnel", **params), table("matching/open_needs", **params), view=view)


def _channels(view: View) -> None:
    table, params = view.snapshot.table, view.params
    platform.money_channels(table("grants/channels", **params), table("grants/channels_by_place", **params), view=view)


def _approved(view: View) -> None:
    table, params = view.snapshot.table, view.params
    platform.grants_approved(table("grants/areas", **params), table("grants/approved", **params), view=view)


def _tilt(view: View) -> None:
    table = view.snapshot.table
    by_year = table("grants/tilt", period=view.period)
    platform.sqsz_tilt(by_year, table("grants/tilt_by_place", **view.params), view=view)


def _events(view: View) -> None:
    table, params = view.snapshot.table, view.params
    by_quarter, by_place = table("exchange/by_quarter", **params), table("exchange/by_place", **params)
    exchange.exchange_events(by_quarter, by_place, table("exchange/of_period", **params), view=view)


def _cases(view: View) -> None:
    table, params = view.snapshot.table, view.params
    leaders = table("exchange/case_organizations", **params)
    reached = table("people/reached_by_programme", programme_code="PG-CFGM")
    exchange.model_cases(table("exchange/model_cases", **params), leaders, reached, view=view)


def _partners(view: View) -> None:
    table, params = view.snapshot.table, view.params
    by_place, resources = table("pairing/by_place", **params), table("pairing/resources", **params)
    exchange.partners_outside(by_place, table("pairing/places", **params), resources, view=view)


def _agreements(view: View) -> None:
    exchange.agreements(view.snapshot.table("pairing/agreements", **view.params), view=view)


def _coverage(view: View) -> None:
    table, near = view.snapshot.table, platform.around(view).params
    counties = table("pairing/counties", **view.params)
    plans.plan_coverage(table("pairing/coverage_by_place", **near), counties, view=view)


def _pairs(view: View) -> None:
    table, params = view.snapshot.table, view.params
    plans.plan_pairs(table("pairing/pairs", **params), table("pairing/outside_organizations", **params), view=view)


def _journeys(view: View) -> None:
    table, params = view.snapshot.table, view.params
    schools = plans.screened(table("people/collectives", **params), table("pairing/pairs", **params))
    figures = table("pairing/published", place=view.place)
    plans.journeys(table("pairing/journeys", **params), schools, figures, view=view)


def _treated(view: View) -> None:
    table = view.snapshot.table
    reached = table("people/reached_by_programme", programme_code="PG-QIANSHOU")
    plans.treated(table("pairing/treated_by_place", **view.params), reached, view=view)


def _credit(view: View) -> None:
    table, params = view.snapshot.table, view.params
    by_quarter, counties = table("credit/by_quarter", **params), table("credit/counties", **params)
    plans.microcredit(view.snapshot.row("credit/totals", **params), by_quarter, counties, view=view)


def _programme(code: str, note: str = "") -> Callable[[View], None]:
    return partial(programmes.programme, code=code, note=note)


KITCHEN = "大理州女企业家协会的“爱心厨房”，“厨房革命”建设活动。"
# ?topic= -> ?part= -> (its title, what draws it)
PARTS: dict[str, Parts] = {
    pillar_head.INDICATORS: {pillar_head.INDICATORS: ("指标", partial(pillar_head.indicators, "P4"))},
    "needs": {"gap": ("资金缺口", _gap), "funnel": ("对接五步", _funnel)},
    "grants": {
        "channels": ("资金渠道", _channels),
        "approved": ("获批项目", _approved),
        "tilt": ("向三区三州倾斜", _tilt),
        "central": ("中央财政支持", _programme("PG-ZYCZ")),
        "lottery": ("福彩公益金", _programme("PG-FCGYJ")),
    },
    "exchange": {
        "events": ("交流对接", _events),
        "cases": ("典型案例", _cases),
        "kitchen": ("厨房革命", _programme("PG-CFGM", KITCHEN)),
    },
    "partners": {
        "places": ("对口支援", _partners),
        "agreements": ("合作协议", _agreements),
        "shanghai": ("沪滇协作", _programme("PG-HDXZ")),
        "guangdong": ("粤滇协作", _programme("PG-YDXZ")),
    },
    "plans": {
        "coverage": ("贫困县覆盖", _coverage),
        "pairs": ("援派与受援", _pairs),
        "journeys": ("专家行动", _journeys),
        "treated": ("救治人数", _treated),
        "three_areas": ("“三区”计划", _programme("PG-SANQU")),
        "hand_in_hand": ("“牵手”计划", _programme("PG-QIANSHOU")),
    },
    "credit": {"credit": ("小额信贷", _credit), "grameen": ("格莱珉模式", _programme("PG-GRAMEEN"))},
}


def titled(topic: str, view: View) -> Parts:
    """The parts of a topic, their titles in the words of the stage."""
    return {code: (view.say(title), part) for code, (title, part) in PARTS[topic].items()}
