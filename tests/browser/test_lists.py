"""A facet clicked in a real browser: the count said before, the rows on the page, and both files, are one set."""

import csv
import io
import re
from contextlib import suppress

import duckdb
import openpyxl
import pytest
from playwright.sync_api import TimeoutError, expect

from tests.browser.conftest import whole

ROW = 35  # px of a row of a grid
# Money received of 怒江州's social donors: by hand, not by a line of our SQL.
BY_HAND = """
select fund_id from '{}/funds.parquet'
where stage = '到账' and source = '社会捐赠' and prefecture_code = '533300' order by event_date desc, fund_id
"""


@pytest.fixture(params=["outside", "in a frame"])
def funds(request, embed, visit, page):
    """The list of money of a prefecture: in a tab of its own, or in a frame of a page on another site; and the tab."""
    if request.param == "outside":
        return visit("/funds?place=533300&stage=到账"), page
    return embed("/funds?embed=true&place=533300&stage=到账"), page


def open_filter(place, name: str) -> None:
    """Opens the panel of filters and, when it has ceased to move, the list of one of them."""
    place.get_by_text("筛选", exact=True).click()
    panel = place.locator("details[open]", has=place.get_by_role("combobox", name=name))
    panel.evaluate("panel => Promise.all(panel.getAnimations({ subtree: true }).map((moving) => moving.finished))")
    place.get_by_role("combobox", name=name).click()


def test_a_facet_says_its_count_before_and_page_csv_and_workbook_hold_those_rows(funds, tiny_data):
    place, tab = funds
    with duckdb.connect() as db:
        by_hand = [n for (n,) in db.execute(BY_HAND.format(tiny_data / "snapshots" / "2020-06-30.r1")).fetchall()]
    open_filter(place, "资金来源")
    option = place.get_by_role("option", name=re.compile(r"^社会捐赠（\d+）$"))
    assert option.inner_text() == f"社会捐赠（{len(by_hand)}）"
    option.click()
    place.get_by_role("combobox", name="资金来源").press("Escape")  # the list stays open for more
    expect(place.locator(".finding")).to_contain_text(f"共 {len(by_hand)} 行")
    expect(place.get_by_role("button", name=re.compile("^资金来源：社会捐赠"))).to_be_visible()
    rows = whole(place).locator("canvas tbody tr")
    expect(rows).to_have_count(len(by_hand))
    assert [row.locator("td").nth(1).text_content() for row in rows.all()] == by_hand  # the first has the buttons

    body = taken(place, tab, f"下载 CSV（将导出 {len(by_hand)} 行）", "云南模式_资金_怒江州_筛选_截至20200630r1.csv")
    assert body.startswith(b"\xef\xbb\xbf")
    header, *lines = csv.reader(io.StringIO(body.decode("utf-8-sig"), newline=""))
    assert header[0] == "流水号"
    assert [line[0] for line in lines] == by_hand
    body = taken(place, tab, "下载 Excel（含说明与字段）", "云南模式_资金_怒江州_筛选_截至20200630r1.xlsx")
    book = openpyxl.load_workbook(io.BytesIO(body))
    assert [row[0] for row in book["数据"].iter_rows(min_row=2, values_only=True)] == by_hand
    about = dict(book["说明"].iter_rows(values_only=True))
    assert about["筛选"] == "地区：怒江州；环节：到账；资金来源：社会捐赠"
    assert re.match(r"http://127\.0\.0\.1:\d+/funds\?", about["再次打开"])
    expect(place.locator(".finding")).to_contain_text(f"共 {len(by_hand)} 行")  # the page is still there


def click_cell(place, tab, row: int, x: int) -> None:
    """A click on a cell of the list, so many pixels from its left edge; row 0 is the first below the header."""
    grid = place.get_by_test_id("stDataFrame").first
    grid.scroll_into_view_if_needed()
    box = grid.locator("canvas").first.bounding_box()
    tab.mouse.click(box["x"] + x, box["y"] + ROW * (row + 1) + ROW // 2)


def test_a_cell_is_selected_by_a_click_and_only_a_button_opens(funds):
    place, tab = funds
    first = place.locator("canvas tbody tr").first
    for cell, x in ((1, 110), (2, 220)):
        click_cell(place, tab, row=0, x=x)
        expect(first.locator("td").nth(cell)).to_have_attribute("aria-selected", "true")
        expect(heading_of(whole(place))).to_have_text("资金")
    ways = place.get_by_text("项目", exact=True).filter(visible=True)
    for _ in range(5):  # a grid that is being drawn again does not hear a click
        click_cell(place, tab, row=0, x=38)
        with suppress(TimeoutError):
            ways.last.wait_for(timeout=5_000)
            break
    ways.last.click()
    expect(place.get_by_role("button", name="返回项目清单")).to_be_visible()
    expect(heading_of(whole(place))).to_have_text(re.compile("项目"))


def heading_of(place):
    return place.get_by_role("heading", level=1)


def taken(place, tab, link: str, name: str) -> bytes:
    """The bytes of the file behind a link."""
    with tab.expect_download() as waiting:
        place.get_by_role("link", name=link).click()
    assert waiting.value.suggested_filename == name
    return waiting.value.path().read_bytes()


def test_a_chip_takes_its_filter_off_and_the_address_opens_the_same_list_again(visit, page):
    visit("/funds?stage=到账&year=2019&sort=-amount_yuan")
    page.get_by_role("button", name=re.compile("^年度：2019年")).click()
    expect(page.get_by_role("button", name=re.compile("^年度："))).to_have_count(0)
    expect(page).not_to_have_url(re.compile("year="))
    said = whole(page).locator(".finding").inner_text()
    page.goto(page.url)
    assert whole(page).locator(".finding").inner_text() == said
    page.get_by_test_id("stBaseButton-secondary").filter(has_text="全部清除").click()
    expect(page.locator(".finding").first).to_contain_text("共 37 行")


def test_a_value_that_no_row_has_is_grey_and_one_that_a_row_has_is_not(visit):
    place = visit("/funds?place=533300&stage=到账")
    open_filter(place, "资金来源")
    faint = "rgb(91, 102, 115)"  # --faint of style.css
    ink = "(e) => getComputedStyle(e.querySelector('div') || e).color"
    none = place.get_by_role("option", name=re.compile("^○ .*（0）$")).first
    expect(none).to_have_attribute("data-none", "")
    assert none.evaluate(ink) == faint
    some = place.get_by_role("option", name=re.compile(r"（[1-9]\d*）$")).first
    assert some.get_attribute("data-none") is None
    assert some.evaluate(ink) != faint


def test_initials_find_an_organization(visit, page):
    visit("/organizations")
    box = page.get_by_label("搜索", exact=True)
    box.fill("zzj")
    box.press("Enter")
    expect(page.locator(".finding")).to_contain_text("共 2 行")  # 组织甲基金会, 组织己


def test_nothing_missing_is_said_in_english(visit):
    rows = visit("/policies?columns=all").locator("canvas tbody td")
    expect(rows.nth(5)).to_be_attached()
    assert {"None", "NaN", "NaT", "nan"} & set(rows.all_text_contents()) == set()


def test_the_buttons_above_a_list_say_in_chinese_what_they_do(visit, page):
    whole(visit("/funds"))
    page.get_by_test_id("stDataFrame").first.hover()
    said = set()
    toolbar = page.get_by_test_id("stElementToolbar").first
    for button in toolbar.get_by_test_id("stElementToolbarButton").all():
        expect(toolbar).to_have_css("opacity", "1")  # it fades in where the pointer is
        button.hover(force=True)
        tip = page.get_by_test_id("stTooltipContent")
        expect(tip).to_have_count(1)
        said.add(tip.inner_text())
        page.mouse.move(0, 0)
        expect(tip).to_have_count(0)
        page.get_by_test_id("stDataFrame").first.hover()
    assert said == {"查找", "全屏", "显示或隐藏列"}


@pytest.mark.parametrize("table", ["funds", "projects", "organizations", "activities"])
def test_eight_rows_of_a_list_are_on_the_first_screen(visit, page, table):
    page.set_viewport_size({"width": 1366, "height": 650})
    visit(f"/{table}")
    top = page.get_by_test_id("stDataFrame").bounding_box()["y"]
    assert top + ROW * (1 + 8) <= 650


@pytest.mark.parametrize("table", ["funds", "projects", "beneficiaries", "organizations", "activities", "policies"])
def test_on_a_phone_five_rows_of_a_list_are_on_the_first_screen(visit, page, table):
    page.set_viewport_size({"width": 390, "height": 844})
    visit(f"/{table}")
    top = page.get_by_test_id("stDataFrame").first.bounding_box()["y"]
    assert top + ROW * (1 + 5) <= 844
    page.get_by_text("搜索、排序、列、第几页").click()
    expect(page.get_by_label("搜索", exact=True)).to_be_visible()
