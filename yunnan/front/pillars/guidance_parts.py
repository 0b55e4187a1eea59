"""The parts of each aspect of the page 业务指导."""

from collections.abc import Callable
from functools import partial

import streamlit as st

from yunnan.data.view import View
from yunnan.front.kit import sections
from yunnan.front.pillars import guidance, guidance_choices, mechanism, pillar_head, programmes

Parts = dict[str, tuple[str, Callable[[View], None]]]


def _sectors(view: View) -> None:
    units = view.snapshot.table("sectors/units_by_sector", **view.params)
    note = "项目按主实施州市计1次，分县时计入各实施县；合计即指标P3-02，有项目的单位数即P3-01。"
    sections.section("业务主管单位×行业领域", "sectors/units_by_sector", view.params, note=note, base="期末在实施项目")
    name = "主管单位×领域"
    sections.matrix(units, rows="supervising_unit_code", over="sector", value="projects", name=name, view=view)


def _units(view: View) -> None:
    note = "项目、组织为期末数，款物为本期发生额，按项目的主管单位归集；无主管单位的款物与组织另列一行。"
    sections.section("业务主管单位", "sectors/units", view.params, note=note, base="期末 本期款物含物资")
    guidance.unit_cards(view.snapshot.table("sectors/units", **view.params), view=view)


def _projects(view: View) -> None:
    field = guidance_choices.field(view)
    of_field = view.params | {"field": field}
    sections.section(f"{field}项目清单", "sectors/projects", of_field, base="截至期末已开工 累计款物")
    projects = view.snapshot.table("sectors/projects", **of_field)
    sections.listing(projects, name=f"{field}项目", view=view, opens="project_id", hide=("project_id",))


def _together(view: View) -> None:
    note = "多渠道：截至期末到账来源两类及以上的项目÷有到账的项目（即P3-05）；合作：有合作组织的项目÷已开工项目。"
    sections.section("协同配合与资金整合", "sectors/working_together", view.params, note=note, base="截至期末")
    guidance.working_together(view.snapshot.table("sectors/working_together", **view.params), view=view)


def _documents(view: View) -> None:
    documents = view.snapshot.table("policies/library", **view.params).query("policy_class == '业务指导'")
    note = "发文日期、文号未核者留空。"
    sections.section("业务指导类文件", "policies/library", view.params, note=note, base="截至期末")
    mechanism.policy_library(documents, name="业务指导类文件", view=view)


def _registered(view: View) -> None:
    if code := guidance_choices.programme(view):
        programmes.programme(view, code)
    else:
        st.info("没有登记品牌计划：用“品牌计划”登记表报来、发布以后，这里逐个列出。")


def _programme(code: str, note: str = "") -> Callable[[View], None]:
    return partial(programmes.programme, code=code, note=note)


# ?aspect= -> ?part= -> (its title, what draws it)
PARTS: dict[str, Parts] = {
    pillar_head.INDICATORS: {pillar_head.INDICATORS: ("指标", partial(pillar_head.indicators, "P3"))},
    "units": {
        "sectors": ("单位×领域", _sectors),
        "units": ("各主管单位", _units),
        "projects": ("各领域项目", _projects),
    },
    "together": {"rates": ("协同与整合", _together), "partners": ("合作网络", guidance.partners)},
    "help": {"help": ("帮扶类型", guidance.help_types)},
    "programmes": {"programme": ("品牌计划", _registered), "documents": ("业务指导类文件", _documents)},
    "science": {"programme": ("科技扶贫", _programme("PG-KJZL")), "documents": ("业务指导类文件", _documents)},
    "arts": {
        "programme": ("文艺扶贫", _programme("PG-WYFP", "省文联所属三个协会的活动见“文艺扶贫足迹”。")),
        "footprint": ("文艺扶贫足迹", guidance.arts),
    },
    "united": {
        "programme": ("同心圆梦", _programme("PG-TXYM", "按省委统战部统一部署实施，捐赠人与受益地见下一部分。")),
        "donations": ("捐赠与受益地", partial(guidance.donations, code="PG-TXYM", name="同心圆梦")),
    },
    "industry": {
        "ways": ("造血与其他", guidance.help_ways),
        "programme": (
            "青年创业",
            _programme("PG-QNCY", "受训青年人数未按品牌计划公布，技能培训的惠及人数见“帮扶类型”。"),
        ),
    },
    "brand": {
        "programme": ("云品出滇", _programme("PG-YPCD", "口径：一个项目计一个自主品牌；报表未分名、特、优，故不分列。"))
    },
    "green": {
        "programme": ("绿色生态", _programme("PG-STFP", "省林业厅2018年机构改革后为省林业和草原局。")),
        "covered": ("覆盖的县", partial(guidance.covered, code="PG-STFP", name="绿色生态")),
    },
}
