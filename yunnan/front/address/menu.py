"""The menu: one line for each page, with what dashboard.py must know of it."""

from typing import NamedTuple

from yunnan.front.address.navigation import (
    COMPARE_PAGE,
    COUNTY_PAGE,
    EVIDENCE_PAGE,
    FRONT_PAGE,
    ORG_PAGE,
    PLACE_PAGE,
    PROJECT_PAGE,
    QUALITY_PAGE,
)

# What choosing another place does on a page:
OPENS = "opens"  # it opens that place's own page
STAYS = "stays"  # it shows the same page for that place
WHOLE = "whole"  # the page is always about the province; it opens that place's own page


class Page(NamedTuple):
    """A page: its file, its title in the menu, its path in the URL; OPENS, STAYS or WHOLE; whether it has a period."""

    file: str
    title: str
    url: str
    place: str = OPENS
    has_period: bool = True


SECTIONS = {
    "全省": (
        Page(FRONT_PAGE, "总览", "overview", WHOLE, has_period=False),
        Page("pages/province/scorecard.py", "四个突出评分", "scorecard", WHOLE),
        Page(COMPARE_PAGE, "州市对比", "compare", STAYS),
        Page("pages/province/background.py", "省情与资源流向", "background", STAYS),
        Page("pages/province/meeting.py", "会议", "meeting", WHOLE),
    ),
    "四个突出": (
        Page("pages/pillars/party.py", "党建引领", "party", STAYS),
        Page("pages/pillars/mechanism.py", "机制建设", "mechanism", STAYS),
        Page("pages/pillars/guidance.py", "业务指导", "guidance", STAYS),
        Page("pages/pillars/platform.py", "平台搭建", "platform", STAYS),
    ),
    "地区与项目": (
        Page(PLACE_PAGE, "一个州市", "prefecture"),
        Page(COUNTY_PAGE, "一个县", "county"),
        Page(PROJECT_PAGE, "一个项目", "project"),
        Page(ORG_PAGE, "一个社会组织", "organization"),
    ),
    "明细": (
        Page("pages/records/projects.py", "项目", "projects", STAYS, has_period=False),
        Page("pages/records/funds.py", "资金", "funds", STAYS, has_period=False),
        Page("pages/records/beneficiaries.py", "受益", "beneficiaries", STAYS, has_period=False),
        Page("pages/records/organizations.py", "组织", "organizations", STAYS, has_period=False),
        Page("pages/records/activities.py", "活动", "activities", STAYS, has_period=False),
        Page("pages/records/policies.py", "文件", "policies", STAYS, has_period=False),
    ),
    "可信": (
        Page("pages/trust/reconciliation.py", "文献对照", "reconciliation", WHOLE),
        Page(EVIDENCE_PAGE, "指标口径", "definitions", STAYS),
        Page(QUALITY_PAGE, "数据质量", "quality", STAYS),
        Page("pages/trust/changes.py", "变动账", "changes", STAYS),
        Page("pages/trust/data_notes.py", "数据说明", "data_notes", WHOLE),
    ),
}
PAGES = {page.url: page for pages in SECTIONS.values() for page in pages}


def page_at(path: str) -> Page:
    """The page of a URL path; '' is the front page."""
    return PAGES[path or "overview"]
