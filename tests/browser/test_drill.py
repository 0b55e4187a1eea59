"""From the province down to one row of money by clicks alone; every address on the way shows somebody else the same."""

import re

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import heading, whole

ROW = 35  # height of a grid's row in pixels


def click_cell(page: Page, grid: str, row: int, column: int = 0) -> None:
    """A click on a cell of the grid described as `grid`; row 0 is the first below the header."""
    frame = page.get_by_test_id("stDataFrame").filter(has=page.locator(f'div[aria-label="{grid}"]')).first
    frame.scroll_into_view_if_needed()
    box = frame.locator("canvas").first.bounding_box()  # the grid lies under a layer of its own that takes the clicks
    page.mouse.click(box["x"] + 30 + 140 * column, box["y"] + ROW * (row + 1) + ROW // 2)


def cells(page: Page, grid: str) -> str:
    """What a grid says, row by row: it repeats its cells as text inside its canvas."""
    frame = page.get_by_test_id("stDataFrame").filter(has=page.locator(f'div[aria-label="{grid}"]')).first
    expect(frame.locator("canvas table").first).to_be_attached()
    return frame.locator("canvas table").first.inner_text()


def test_from_the_province_to_one_row_of_money_by_clicks_alone(visit, somebody_else):
    page = visit("/")
    seen = []

    def arrived(title: str) -> None:
        expect(heading(page)).to_have_text(re.compile(title))
        whole(page)
        seen.append((page.url, heading(page).inner_text()))

    page.locator(".cockpit .names text", has_text="怒江").scroll_into_view_if_needed()
    page.locator('.cockpit .shape[aria-label="怒江：60万元"]').click()
    expect(page.locator(".cockpit .places h2")).to_have_text("怒江（2019年）")
    arrived("总览")
    page.get_by_role("link", name="打开怒江", exact=True).click()
    arrived("怒江傈僳族自治州")
    page.locator('.cockpit .shape[aria-label="福贡县：20万元"]').click()
    expect(page).to_have_url(re.compile("place=533323"))
    arrived("怒江傈僳族自治州")
    page.get_by_role("link", name="打开福贡县", exact=True).click()
    arrived("怒江州福贡县")
    page.locator(".st-key-parts").get_by_role("radio", name="项目", exact=True).click()
    expect(page).to_have_url(re.compile("part=projects"))
    arrived("怒江州福贡县")
    click_cell(page, "项目", row=0)
    expect(page).to_have_url(re.compile(r"/project\?.*project=P\d+"))
    arrived("项目")
    page.locator(".st-key-parts").get_by_role("radio", name="逐笔流水", exact=True).click()
    expect(page).to_have_url(re.compile("part=entries"))
    arrived("项目")
    money = cells(page, "资金与物资流水")
    assert re.search(r"F\d{6}", money)
    assert re.search(r"资金_怒江_\d{4}Q\d\.xlsx", money), "the row names the file that reported it"

    for address, title in seen:
        somebody_else.goto(address)
        whole(somebody_else)
        expect(heading(somebody_else)).to_have_text(title)
    assert cells(somebody_else, "资金与物资流水") == money

    for address, title in reversed(seen[:-1]):
        page.go_back()
        expect(heading(page)).to_have_text(title)
        whole(page)  # before that the script may still write this page's address, upon the next step back
        assert page.url.partition("?")[0] == address.partition("?")[0]


@pytest.mark.parametrize(
    ("address", "figure", "name"),
    [("/?period=2019", ".cockpit .figure", "筹集款物"), ("/?period=2019&part=figures", "main a", "口径与明细")],
)
def test_a_figure_opens_to_its_definition_its_sql_and_the_rows_that_make_it(visit, address, figure, name):
    page = visit(address)
    page.locator(figure, has_text=name).first.click()
    expect(heading(page)).to_have_text(re.compile("指标口径"))
    whole(page)
    expect(page.get_by_text("✓ 相等")).to_be_visible()
    expect(page.get_by_text(re.compile("合计 1,090,000.00元；指标值 1,090,000.00元"))).to_be_visible()
    page.get_by_role("tab", name="SQL").click()
    expect(page.get_by_text("-- $period = '2019'")).to_be_visible()


def test_a_cell_of_the_returns_opens_its_place_at_its_quarter(visit):
    page = visit("/quality?period=2020")
    click_cell(page, "各州市各季度应报与已报", row=0, column=1)
    expect(page).to_have_url(re.compile(r"place=530100.*period=20\d\dQ|period=20\d\dQ.*place=530100"))
    expect(heading(page)).to_contain_text("昆明")
    whole(page)
    expect(heading(page)).to_contain_text("季度")
    assert "及时" in cells(page, "各季度报送四灯")
    page.go_back()
    expect(heading(page)).not_to_contain_text("昆明")
