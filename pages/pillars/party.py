"""党建引领：组织质量、三同步、两个覆盖、五个一批，一抓规划、二抓教育、三抓行动，以及它们带来的款物与人。

Answers:  how far does the Party's coverage reach, in which of the five ways, what is not in step, and what came of it?
Filters:  as-of, period, place (frame); indicator
Reads:    party/quality, party/irregular, party/in_step, party/not_in_step, party/coverage_by_place, measures/of_period,
          party/rates, party/conservation, party/ways, party/ways_by_place, party/documents, party/tasks,
          party/branches_by_place, party/education, party/education_by_place, party/members, party/members_by_quarter,
          party/workers, party/activities_by_quarter, party/engaged_by_place, party/returns, party/raised,
          party/raised_by_source, party/raised_by_month, party/raised_by_place, people/totals
"""

from yunnan.front.address import frame
from yunnan.front.kit import sections
from yunnan.front.pillars import party, pillar_head
from yunnan.front.places import place

view = frame.view()
where, table, row = view.where, view.snapshot.table, view.snapshot.row
# fmt: off
pillar_head.pillar("P1", view)
sections.section("组织质量：年检、评估与活动异常名录", "party/quality", where, base="期末在册",
               note="评估等级截至期末；年检结论、登记状态为数据截至日的最新结果，此后注销、撤销的单列为“此后退出”。")
party.party_quality(table("party/quality", **where), view=view)
sections.listing(table("party/irregular", **where), name="活动异常名录", view=view, opens="org_id", hide=("org_id",))
sections.section("“三同步”：登记、年检、评估与党建同步", "party/in_step", where, base="本期",
               note="分母为新登记、参加年检（取最近一次）、期末前参加评估的事项，分子为其中同步落实党建的。")
party.party_in_step(table("party/in_step", **where), view=view)
sections.listing(table("party/not_in_step", **where), name="未同步名单", view=view, opens="org_id", hide=("org_id",))
sections.section("“两个覆盖”：组织覆盖与工作覆盖", "party/coverage_by_place", where, base="期末在册 截至期末",
               note="组织覆盖含五种方式，实体覆盖不含选派党建指导员，工作覆盖以工作覆盖日期为准；按登记地。")
party.party_coverage(table("party/coverage_by_place", **where), view=view)
sections.section("党组织集中组建：季度新增覆盖", "party/rates", where, base="各季度末",
               note="覆盖率以各季度末在册组织为分母；新增为当季新纳入覆盖、季末仍在册的组织。")
party.party_quarters(table("party/rates", **where), view=view)
sections.section("“五个一批”组建方式", "party/ways", where, base="期末在册 截至期末",
               note="五种方式相加即组织覆盖数，与已发布的指标P1-01分子核对；实体覆盖不含选派党建指导员。")
party.party_ways(table("party/ways", **where), row("party/conservation", **where),
                  table("party/ways_by_place", **where), view=view)
sections.section("一抓规划：党建工作要点", "party/documents", where, base="截至期末",
               note="文号、日期未知的留“—”，视为已施行；要点任务按文献所述列出，不是文件原文。")
sections.listing(table("party/documents", **where), name="党建文件", view=view)
sections.listing(table("party/tasks", **where), name="要点任务清单", view=view)
sections.section("一抓规划：党支部规范化建设", "party/branches_by_place", where, base="截至期末",
               note="单独、联合、功能型党组织中通过规范化验收的比例（指标P1-05）；没有党组织的地区无数据。")
party.party_branches(table("party/branches_by_place", **where), view=view)
sections.section("二抓教育：“不忘初心、牢记使命”主题教育", "party/education", where, base="本期 人次",
               note="场次、人次按举办地，不去重；参与率按登记地，为开展过的组织÷期末已有组织覆盖的组织。")
party.party_education(row("party/education", **where), table("party/education_by_place", **where), view=view)
sections.section("二抓教育：党员发挥自身专长", "party/members", where, base="本期 人次",
               note="帮扶活动指党建以外的活动，人次不去重；党员社工由州市每半年上报，不分县，只含已报的。")
party.party_members(row("party/members", **where), table("party/members_by_quarter", **where),
                     table("party/workers", **where), view=view)
sections.section("三抓行动：党群活动", "party/activities_by_quarter", where, base="各季度", note="按举办日期、举办地。")
party.party_activities(table("party/activities_by_quarter", **where), view=view)
sections.section("三抓行动：政府扶贫工作体系的有益补充", "party/engaged_by_place", where, base="本期 去重组织",
               note="有资金记录或牵头实施项目的在册组织，按登记地去重（指标P1-07）。")
party.party_engaged(table("party/engaged_by_place", **where), view=view)
sections.section("成效：筹集款物", "party/raised", where, base="到账 含物资", note="全部来源，红冲冲减，按受益地。")
party.party_raised(row("party/raised", **where), row("party/returns", **where),
                    table("party/raised_by_source", **where), table("party/raised_by_month", **where),
                    table("party/raised_by_place", **where), view=view)
sections.section("成效：惠及贫困人口", "people/totals", where, base="去重人数 人次", note="建档立卡人口，含已脱贫。")
place.people_panel(view, where)
