"""业务指导：主管单位怎样各管一行，项目怎样整合协作，品牌计划各做到哪里。

Answers:  who guides which sector, who works together, how are people helped, and what came of the programmes named?
Filters:  as-of, period, place (frame); indicator; aspect; field
Reads:    sectors/*, programmes/*, policies/library, definitions/published_figures;
          measures/*, scores/of_place, values/of_place, values/by_quarter
"""

from yunnan.front.address import frame
from yunnan.front.kit import sections
from yunnan.front.pillars import guidance, mechanism, pillar_head, programmes

view = frame.view()
params, table = view.params, view.snapshot.table
pillar_head.pillar("P3", view, switch="aspect")
theme = guidance.theme()

if theme == pillar_head.INDICATOR:
    pillar_head.one_indicator("P3", view)
elif theme == "units":
    units = table("sectors/units_by_sector", **params)
    note = "项目按主实施州市计1次，分县时计入各实施县；合计即指标P3-02，有项目的单位数即P3-01。"
    sections.section("业务主管单位×行业领域", "sectors/units_by_sector", params, note=note, base="期末在实施项目")
    name = "主管单位×领域"
    sections.matrix(units, rows="supervising_unit_code", over="sector", value="projects", name=name, view=view)
    note = "项目、组织为期末数，款物为本期发生额，按项目的主管单位归集；无主管单位的款物与组织另列一行。"
    sections.section("业务主管单位", "sectors/units", params, note=note, base="期末 本期款物含物资")
    guidance.unit_cards(table("sectors/units", **params), view=view)
    field = guidance.field()
    of_field = params | {"field": field}
    sections.section(f"{field}项目清单", "sectors/projects", of_field, base="截至期末已开工 累计款物")
    projects = table("sectors/projects", **of_field)
    sections.listing(projects, name=f"{field}项目", view=view, opens="project_id", hide=("project_id",))
elif theme == "together":
    note = "多渠道：截至期末到账来源两类及以上的项目÷有到账的项目（即P3-05）；合作：有合作组织的项目÷已开工项目。"
    sections.section("协同配合与资金整合", "sectors/working_together", params, note=note, base="截至期末")
    guidance.working_together(table("sectors/working_together", **params), view=view)
    guidance.partners(view)
elif theme == "help":
    guidance.help_types(view)
elif theme == "science":
    programmes.programme(view, "PG-KJZL")
    documents = table("policies/library", **params).query("policy_class == '业务指导'")
    sections.section("业务指导类文件", "policies/library", params, note="发文日期、文号未核者留空。", base="截至期末")
    mechanism.policy_library(documents, name="业务指导类文件", view=view)
elif theme == "industry":
    guidance.help_ways(view)
    programmes.programme(view, "PG-QNCY", note="受训青年人数未按品牌计划公布，技能培训的惠及人数见“帮扶类型”。")
elif theme == "brand":
    programmes.programme(view, "PG-YPCD", note="口径：一个项目计一个自主品牌；报表未分名、特、优，故不分列。")
elif theme == "arts":
    programmes.programme(view, "PG-WYFP", note="省文联所属三个协会的活动见“文艺扶贫足迹”。")
    guidance.arts(view)
elif theme == "united":
    programmes.programme(view, "PG-TXYM", note="按省委统战部统一部署实施，捐赠人与受益地见下。")
    guidance.donations(view, "PG-TXYM", name="同心圆梦")
else:
    programmes.programme(view, "PG-STFP", note="省林业厅2018年机构改革后为省林业和草原局。")
    guidance.covered(view, "PG-STFP", name="绿色生态")
