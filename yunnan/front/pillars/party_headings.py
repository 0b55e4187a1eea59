"""The headings of the page 党建引领."""

from yunnan.data.view import View
from yunnan.front.kit import sections

# query of a section -> heading, badges with what its numbers count, note
HEADINGS = {
    "party/quality": (
        "组织质量：年检、评估与活动异常名录",
        "期末在册",
        "评估等级截至期末；年检结论、登记状态为数据截至日的最新结果，此后注销、撤销的单列为“此后退出”。",
    ),
    "party/in_step": (
        "“三同步”：登记、年检、评估与党建同步",
        "本期",
        "分母为新登记、参加年检（取最近一次）、期末前参加评估的事项，分子为其中同步落实党建的。",
    ),
    "party/coverage_by_place": (
        "“两个覆盖”：组织覆盖与工作覆盖",
        "期末在册 截至期末",
        "组织覆盖含五种方式，实体覆盖不含选派党建指导员，工作覆盖以工作覆盖日期为准；按登记地。",
    ),
    "party/rates": (
        "党组织集中组建：季度新增覆盖",
        "各季度末",
        "覆盖率以各季度末在册组织为分母；新增为当季新纳入覆盖、季末仍在册的组织。",
    ),
    "party/ways": (
        "“五个一批”组建方式",
        "期末在册 截至期末",
        "五种方式相加即组织覆盖数，与已发布的指标P1-01分子核对；实体覆盖不含选派党建指导员。",
    ),
    "party/documents": (
        "一抓规划：党建工作要点",
        "截至期末",
        "文号、日期未知的留“—”，视为已施行；要点任务按文献所述列出，不是文件原文。",
    ),
    "party/branches_by_place": (
        "一抓规划：党支部规范化建设",
        "截至期末",
        "单独、联合、功能型党组织中通过规范化验收的比例（指标P1-05）；没有党组织的地区无数据。",
    ),
    "party/education": (
        "二抓教育：“不忘初心、牢记使命”主题教育",
        "本期 人次",
        "场次、人次按举办地，不去重；参与率按登记地，为开展过的组织÷期末已有组织覆盖的组织。",
    ),
    "party/members": (
        "二抓教育：党员发挥自身专长",
        "本期 人次",
        "帮扶活动指党建以外的活动，人次不去重；党员社工由州市每半年上报，不分县，只含已报的。",
    ),
    "party/activities_by_quarter": (
        "三抓行动：党群活动",
        "各季度",
        "按举办日期、举办地。",
    ),
    "party/engaged_by_place": (
        "三抓行动：政府扶贫工作体系的有益补充",
        "本期 去重组织",
        "有资金记录或牵头实施项目的在册组织，按登记地去重（指标P1-07）。",
    ),
    "party/raised": (
        "成效：筹集款物",
        "到账 含物资",
        "全部来源，红冲冲减，按受益地。",
    ),
    "people/totals": (
        "成效：惠及贫困人口",
        "去重人数 人次",
        "建档立卡人口，含已脱贫。",
    ),
}


def section(query: str, view: View) -> None:
    """The heading of the section that shows this query's result for the view, in the words of its stage."""
    heading, base, note = HEADINGS[query]
    sections.section(view.say(heading), query, view.params, base=base, note=view.say(note))
