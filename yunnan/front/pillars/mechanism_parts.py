"""The parts of the page 机制建设."""

from collections.abc import Callable
from functools import partial

from yunnan.data.view import View
from yunnan.front.kit import sections
from yunnan.front.pillars import mechanism, pillar_head


def _policies(view: View) -> None:
    params, table, row = view.params, view.snapshot.table, view.snapshot.row
    sections.section(
        "政策文件：从中央到州市",
        "policies/chains",
        params,
        base="截至期末",
        note="一行一条链，左边是上位文件；文号、日期未知的留“—”，不编造；日期不详的按文号、标题的年份"
        "或最早的落实文件计，都没有的只计入最近一期。",
    )
    mechanism.documents(row("policies/totals", **params), table("policies/by_class", **params), view=view)
    mechanism.policy_chain(table("policies/chains", **params), name="政策文件链", view=view)
    sections.section(
        "政策文件库",
        "policies/library",
        params,
        base="截至期末",
        note="含适用于全省的文件，县列所属州市的；状态、出处逐件列明；标题含“税”的标“税收”。",
    )
    mechanism.policy_library(table("policies/library", **params), name="政策文件", view=view)


def _follow_up(view: View) -> None:
    params, table = view.params, view.snapshot.table
    sections.section(
        "重点文件的州市配套",
        "policies/follow_up_by_place",
        params,
        base="截至期末",
        note="省级4项重点文件（含云南省的实施意见）应由各州市配套；合计即指标P2-02。",
    )
    mechanism.policy_follow_up(table("policies/follow_up_by_place", **params), name="州市配套落实", view=view)


def _publicity(view: View) -> None:
    params, table = view.params, view.snapshot.table
    sections.section(
        "政策宣传：年检、抽查、评估、换届四个时机",
        "publicity/by_place",
        params,
        base="在册社会组织 截至期末",
        note="每个组织记一次宣传；四个时机相加÷在册组织数即触达率（指标P2-03）。",
    )
    mechanism.publicity(table("publicity/by_occasion", **params), table("publicity/by_place", **params), view=view)


def _meetings(view: View) -> None:
    params, table = view.params, view.snapshot.table
    sections.section(
        view.say("省扶贫开发领导小组成员单位的协调机制"),
        "meetings/by_quarter",
        params,
        note="走势为各季度协调会议场次，名单为本报告期召开的会议；文献未列成员单位名单，此处不列。",
    )
    mechanism.meetings(table("meetings/by_quarter", **params), table("meetings/of_period", **params), view=view)


def _charities(view: View) -> None:
    params, table, row = view.params, view.snapshot.table, view.snapshot.row
    sections.section(
        "慈善组织认定",
        "qualifications/charities",
        params,
        base="截至期末",
        note="登记在本地、期末在册的社会组织；走势为各年末数，未满的年度计至报告期末。",
    )
    held = row("qualifications/totals", **params)
    mechanism.qualifications(held, table("qualifications/by_year", **params), view=view)
    mechanism.holders(table("qualifications/charities", **params), held.charities, name="慈善组织名单", view=view)
    sections.section(
        "公开募捐资格审核", "qualifications/fundraisers", params, base="截至期末", note="须先认定为慈善组织。"
    )
    mechanism.holders(
        table("qualifications/fundraisers", **params), held.fundraisers, name="公开募捐资格名单", view=view
    )
    sections.section(
        "公益性捐赠税前扣除资格：税收优惠",
        "qualifications/tax_deduction",
        params,
        base="年度名单 省级",
        note="省民政厅联合财政部门认定；列入当年度省级名单、期末在册（指标P2-07）；地区为登记地。",
    )
    mechanism.holders(
        table("qualifications/tax_deduction", **params), held.tax_deductible, name="税前扣除资格名单", view=view
    )


def _workers(view: View) -> None:
    params, table = view.params, view.snapshot.table
    sections.section(
        "社会工作岗位开发与人才激励保障",
        "talent/by_half",
        params,
        base="州市上报 截至期末",
        note="由州市每半年上报，不分县；合计只含已报州市，未报送留空，不以零代替。",
    )
    mechanism.social_workers(table("talent/by_half", **params), table("talent/by_place", **params), view=view)
    sections.section(
        "“兴滇人才”奖",
        "talent/awards",
        params,
        base="州市上报",
        note="评选范围纳入社会工作人才，办法见文件库；获奖数由州市上报，没有上报则不列，不补零。",
    )
    sections.listing(table("talent/awards", **params), name="兴滇人才奖获奖社工", view=view, opens="region_code")


def _training(view: View) -> None:
    params, table, row = view.params, view.snapshot.table, view.snapshot.row
    sections.section(
        "“领头雁”培训：“带不走”的农村社会工作人才队伍",
        "talent/trainings_by_place",
        params,
        base="人次 本期",
        note="本土社工、少数民族骨干、志愿者、党员会有重合，不相加；本土占比＝本土社工÷参训人次。",
    )
    mechanism.training(
        row("talent/training_totals", **params),
        table("talent/training_groups", **params),
        table("talent/trainings_by_place", **params),
        view=view,
    )


# ?part= -> (its title, what draws it)
PARTS: dict[str, tuple[str, Callable[[View], None]]] = {
    pillar_head.INDICATORS: ("指标", partial(pillar_head.indicators, "P2")),
    "policies": ("政策文件", _policies),
    "follow_up": ("州市配套", _follow_up),
    "publicity": ("政策宣传", _publicity),
    "meetings": ("协调机制", _meetings),
    "charities": ("慈善组织与资格", _charities),
    "workers": ("社工人才", _workers),
    "training": ("领头雁培训", _training),
}
