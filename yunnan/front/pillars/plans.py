"""The plans that send people to poor counties (三区, 牵手), and microcredit. The page runs the queries."""

import pandas as pd
import streamlit as st

from yunnan.data import queries
from yunnan.data.view import View
from yunnan.front.kit.panels import table_twin
from yunnan.front.kit.place_parts import doubt
from yunnan.front.kit.sections import curves, figures_line, listing, section
from yunnan.front.pillars.exchange import dated
from yunnan.front.pillars.platform import around, place_map, ranking
from yunnan.words import wording

COUNTY_BREAKS = (1, 2, 3, 4)  # counties reached, on a map of prefectures or of counties
ONLY_REGISTERED = "fail_microcredit_only_for_registered_households"


def plan_coverage(by_place: pd.DataFrame, counties: pd.DataFrame, *, view: View) -> None:
    """Counties that the two plans reach: numbers, map, the deeply poor ones, all.

    by_place: pairing/coverage_by_place for platform.around(view); counties: pairing/counties. Reads places/lists: of a
    kind of county whose list nobody has registered it says so.
    """
    lists = set(view.snapshot.table("places/lists").counts_as)
    note = view.say("有已开工项目的县即为覆盖；贫困县覆盖率即指标P4-08。") + (
        "深度贫困县名单只有部分有出处，待核。" if view.snapshot.stage.is_articles else ""
    )
    section(
        "“三区”计划与“牵手计划”覆盖的县", "pairing/coverage_by_place", around(view).params, note=note, base="截至期末"
    )
    deep = counties[counties.is_deep_poverty]
    poor = counties[counties.is_poverty_county]
    figures_line(
        {
            view.say("覆盖贫困县"): _covered(poor, "重点县" in lists),
            view.say("覆盖深度贫困县"): _covered(deep, "最困难县" in lists),
            "“三区”计划覆盖县": wording.measure((counties.sanqu_projects > 0).sum(), "个"),
            "“牵手计划”覆盖县": wording.measure((counties.qianshou_projects > 0).sum(), "个"),
        }
    )
    left, right = st.columns([2, 3], gap="medium")
    with left:
        place_map(
            by_place,
            value="covered_counties",
            unit="个",
            breaks=COUNTY_BREAKS,
            name="两计划覆盖县",
            view=view,
        )
        table_twin(by_place, name="各地覆盖县", view=view)
    with right:
        st.markdown(view.say("**深度贫困县图层**") + doubt(view))
        hidden = ("region_code", "is_poverty_county", "is_deep_poverty", "first_start_date")
        listing(deep, name=view.say("深度贫困县"), view=view, opens="region_code", hide=hidden)
    listing(counties, name=view.say("贫困县与计划覆盖"), view=view, opens="region_code", hide=("region_code",))


def _covered(counties: pd.DataFrame, is_listed: bool) -> str:
    return wording.place(counties.is_covered.sum(), len(counties)) if is_listed else "没有登记名单"


def plan_pairs(table: pd.DataFrame, outside: pd.DataFrame, *, view: View) -> None:
    """Pairs of sending and receiving organizations of the 牵手 plan; then organizations from outside the province.

    table: pairing/pairs; outside: pairing/outside_organizations.
    """
    note = "项目的牵头与合作组织中，省外的为援派，省内的为受援；机构没有报的，只写合作方所在地。"
    section("牵手计划：援派—受援配对", "pairing/pairs", view.params, note=note, base="截至期末")
    listing(table, name="援派—受援配对", view=view, opens="project_id", hide=("project_id",))
    note = "不计入省内组织数；复旦大学附属儿科医院社工部是医院部门，不是社会组织。"
    section("省外机构", "pairing/outside_organizations", view.params, note=note, base="截至期末")
    listing(outside, name="省外机构名录", view=view, opens="org_id", hide=("org_id",))


def journeys(table: pd.DataFrame, schools: pd.DataFrame, published: pd.DataFrame, *, view: View) -> None:
    """Published figures, journeys of experts on a time line and in a list, schools that were screened.

    table: pairing/journeys; schools: screened(); published: pairing/published.
    """
    note = "组织专家赴藏区、为学校儿童筛查疾病。学校名称不入库；每所人数按10取整，与个人或家庭同格的隐去。"
    section("牵手计划：专家行动与学校筛查", "pairing/journeys", view.params, note=note, base="累计至期末")
    if len(published):
        figures_line(dict(zip(published.figure_label, published.computed, strict=True)))
        st.caption(
            "文献公布数：" + "；".join(f"{row.figure_label}——{row.note}" for row in published.itertuples()) + "。"
        )
    until = f"截至{wording.day(view.span.last_date)}"
    dated(table, what="journey", lane="org_name", name="专家赴藏区行动", view=view, when=until)
    listing(table, name="专家行动清单", view=view, opens="project_id", hide=("project_id", "region_code"))
    st.markdown("**疾病筛查的学校**")
    listing(schools, name="筛查学校清单", view=view, opens="project_id", hide=("project_id", "help_type"))


def screened(groups: pd.DataFrame, pairs: pd.DataFrame) -> pd.DataFrame:
    """The rows of people/collectives that projects of the 牵手 plan (pairing/pairs) screened for diseases."""
    return groups[(groups.help_type == "疾病筛查") & groups.project_id.isin(pairs.project_id)]


def treated(table: pd.DataFrame, reached: pd.DataFrame, *, view: View) -> None:
    """Persons treated and in rehabilitation by place, for all projects; persons reached by the 牵手 plan.

    table: pairing/treated_by_place; reached: people/reached_by_programme.
    """
    note = "按常住地统计全部项目（不只牵手计划）；各地相加即上级数，两类之间不可相加。"
    section(
        "免费治疗与康复服务", "pairing/treated_by_place", view.params, note=note, base=f"去重人数 {view.span.year}年"
    )
    kinds = table.groupby("help_type", sort=False)
    for slot, (kind, rows) in zip(st.columns(2, gap="medium"), kinds, strict=False):
        with slot:
            ranking(rows, value="persons", unit="人", name=f"{kind}人数", view=view, empty="已隐去")
    table_twin(table, name="免费治疗与康复服务人数", view=view)
    listing(reached, name="“牵手计划”惠及人数", view=view)
    st.caption("全省，截至快照日，按10取整；各帮扶类型不可相加，“—”为已隐去。")


def microcredit(totals, by_quarter: pd.DataFrame, counties: pd.DataFrame, *, view: View) -> None:
    """Microcredit: counties, households, money; by quarter; the check at publication of who may borrow.

    totals: credit/totals; by_quarter: credit/by_quarter; counties: credit/counties.
    """
    note = "户数累计去重，即指标P4-09；款物为项目的到账与支出，不是放款额（放款只在受益记录中，页面不读）。"
    section(view.say("针对建档立卡户的小额信贷"), "credit/counties", view.params, note=note, base="累计至期末")
    figures_line(
        {
            "试点县": wording.measure(totals.counties, "个"),
            view.say("贷款建档立卡户"): wording.measured(totals.households, "户", "已隐去"),
            "项目款物到账": wording.amount(totals.received_yuan),
            "项目款物支出": wording.amount(totals.spent_yuan),
        }
    )
    if ONLY_REGISTERED in view.snapshot.manifest["checks_passed"]:
        st.success(
            view.say(
                "对象合规性校验：● 已通过。小额信贷只面向建档立卡户；"
                "有一条记录的对象不是建档立卡户，整份快照即不能发布。"
            ),
            icon=":material/verified:",
        )
    with st.popover("校验规则", icon=":material/code:", type="tertiary"):
        st.code(queries.load(f"checks/{ONLY_REGISTERED}").sql, language="sql", wrap_lines=True)
    by_quarter = by_quarter.assign(credit_kind=by_quarter.credit_kind.map(view.say))
    curves(
        by_quarter, at="period_label", series="credit_kind", value="households", unit="户",
        name="小额信贷累计户数", view=view,
    )  # fmt: skip
    listing(counties, name="小额信贷试点县", view=view, opens="region_code", hide=("region_code",))
