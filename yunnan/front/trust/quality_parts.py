"""The parts of the page 数据质量."""

from yunnan.data.view import View
from yunnan.front.kit import sections
from yunnan.front.trust import quality, return_files

FILES = "files"  # the code of the part that an address with ?batch= opens


def _dated(view: View) -> dict:
    return view.params | {"published_at": view.snapshot.manifest["published_at"]}


def _lights(view: View) -> None:
    sections.section("应报、已报与四灯", "returns/lights", _dated(view), base="截至期末 按季度")
    quality.return_lights(view.snapshot.table("returns/lights", **_dated(view)), view=view)


def _rates(view: View) -> None:
    sections.section("报送走势", "returns/rates_by_quarter", _dated(view), base="截至期末 按季度")
    quality.return_rates(view.snapshot.table("returns/rates_by_quarter", **_dated(view)), view=view)


def _issues(view: View) -> None:
    table, params = view.snapshot.table, view.params
    sections.section("收表时发现的问题", "returns/issues_by_rule", params, base="截至期末")
    rules = table("returns/issues_by_rule", **params)
    quality.quality_issues(rules, table("returns/issues_by_quarter", **params), view=view)


def _totals(view: View) -> None:
    sections.section("控制总数", "returns/control_totals", view.params, base="截至期末 含省本级")
    quality.control_totals(view.snapshot.table("returns/control_totals", **view.params), view=view)


def _files(view: View) -> None:
    table, params = view.snapshot.table, view.params
    sections.section("收到的报表与反馈", "returns/files", params, base="截至期末 含整份拒收的")
    files = table("returns/files", **params)
    if batch := return_files.return_files(files, view=view):
        issues = table("returns/issues_of_file", batch=batch)
        return_files.return_issues(files.set_index("batch_id", drop=False).loc[batch], issues, view=view)


# ?part= -> (its title, what draws it)
PARTS = {
    "lights": ("应报与四灯", _lights),
    "rates": ("走势", _rates),
    "issues": ("问题", _issues),
    "totals": ("控制总数", _totals),
    FILES: ("报表与反馈", _files),
}
