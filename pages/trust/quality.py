"""数据质量：哪个州市该报的报了没有、按时没有、对不对得上，还有哪些问题没改。

Answers:  which returns were due, came, came late; are they whole, consistent, traceable; what is still to be mended?
Filters:  as-of, period, place (frame); batch
Reads:    returns/lights, returns/rates_by_quarter, returns/issues_by_rule, returns/issues_by_quarter,
          returns/control_totals, returns/files, returns/issues_of_file
"""

from yunnan.front.address import frame
from yunnan.front.kit import page_frame, sections
from yunnan.front.trust import quality

view = frame.view()
params, table = view.params, view.snapshot.table
dated_params = params | {"published_at": view.snapshot.manifest["published_at"]}

page_frame.head(f"数据质量·{view.region.short_name}", view)
quality.reports_with_prefecture(view)
sections.section("应报、已报与四灯", "returns/lights", dated_params, base="截至期末 按季度")
quality.return_lights(table("returns/lights", **dated_params), view=view)

sections.section("报送走势", "returns/rates_by_quarter", dated_params, base="截至期末 按季度")
quality.return_rates(table("returns/rates_by_quarter", **dated_params), view=view)

sections.section("收表时发现的问题", "returns/issues_by_rule", params, base="截至期末")
rules = table("returns/issues_by_rule", **params)
quality.quality_issues(rules, table("returns/issues_by_quarter", **params), view=view)

sections.section("控制总数", "returns/control_totals", params, base="截至期末 含省本级")
quality.control_totals(table("returns/control_totals", **params), view=view)

sections.section("收到的报表与反馈", "returns/files", params, base="截至期末 含整份拒收的")
files = table("returns/files", **params)
if batch := quality.return_files(files, view=view):
    issues = table("returns/issues_of_file", batch=batch)
    quality.return_issues(files.set_index("batch_id", drop=False).loc[batch], issues, view=view)
