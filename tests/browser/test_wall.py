"""The wall: letters that can be read from the back of a room, one block at a time, on light or dark ground."""

import re
from collections.abc import Iterator
from itertools import pairwise

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.conftest import guarded, heading, menu, whole
from tests.browser.screens import COVERED, CUT
from tests.conftest import publish_tiny
from tests.serving import serving

# Letters in a drawing are as large as the drawing makes them.
SMALLEST = """() => Math.min(...[...document.querySelectorAll('.stApp *')].flatMap(e =>
  [...e.childNodes].some(n => n.nodeType === 3 && n.data.trim()) && e.checkVisibility({visibilityProperty: true})
  && !e.closest('canvas, style, [data-testid="stIconMaterial"]') && e.getBoundingClientRect().width > 1
    ? [parseFloat(getComputedStyle(e).fontSize) * (e.ownerSVGElement ? e.getScreenCTM().a : 1)] : []))"""
GROUND = "() => getComputedStyle(document.querySelector('.stApp')).backgroundColor"


@pytest.fixture
def wall(browser: Browser):
    """A tab on a screen of 1920 pixels."""
    context = browser.new_context(locale="zh-CN", viewport={"width": 1920, "height": 1080})
    yield from guarded(context)
    context.close()


@pytest.fixture(scope="module")
def renewed(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of a dashboard with two revisions of one date."""
    data = tmp_path_factory.mktemp("renewed")
    for revision in (1, 2):
        publish_tiny(data, revision=revision)
    with serving(data / "log.txt", YUNNAN_DATA_DIR=str(data)) as (address, _):
        yield address


def at(page: Page):
    return page.locator(".wallbar .at")


def test_on_the_wall_one_block_is_shown_at_a_time_in_letters_of_24_pixels(wall, server):
    wall.goto(f"{server}/prefecture?place=533300&period=2019")
    whole(wall)
    wall.get_by_role("link", name="大屏", exact=True).click()
    title = "怒江傈僳族自治州　2019年"
    expect(at(wall)).to_have_text(f"1/1　{title}")
    whole(wall)
    assert_fits(wall)
    wall.get_by_role("button", name="下一屏").click()
    expect(at(wall)).to_have_text(f"2/2　{title}　四个突出")
    whole(wall)
    assert wall.evaluate(SMALLEST) >= 24
    expect(wall.locator(".cockpit")).to_be_hidden()
    expect(wall.locator(".st-key-parts")).to_be_visible()
    expect(wall.get_by_test_id("stMetric")).to_have_count(4)
    expect(wall.locator(".masthead .demo")).to_be_visible()
    expect(wall.locator(".foot").last).to_contain_text("数据截至 2020年6月30日")
    wall.keyboard.press("PageUp")
    expect(at(wall)).to_have_text(f"1/2　{title}")
    expect(wall.locator(".cockpit .figure").first).to_be_visible()
    expect(wall.locator(".st-key-parts")).to_be_hidden()


@pytest.mark.parametrize(
    ("address", "content"),
    [
        ("?period=2019&place=530000", ".cockpit .figure"),
        ("?period=2020H1&place=533100", ".cockpit table.own"),
        ("party?period=2019&place=530000", ".cockpit .bullet"),
        ("prefecture?period=2019&place=533300", ".cockpit .figure"),
        ("scorecard?period=2019&place=530000", "[data-testid=stDataFrame]"),
    ],
)
def test_of_an_older_snapshot_the_first_block_is_the_same_below_a_line_that_says_so(wall, renewed, address, content):
    wall.goto(f"{renewed}/{address}&asof=2020-06-30.r1&mode=screen")
    expect(wall.locator(content).first).to_be_visible()
    expect(wall.get_by_text("当前为较早的快照")).to_be_visible()
    whole(wall)
    if ".cockpit" in content:
        assert wall.evaluate(CUT) == []


def test_the_arrows_lead_from_the_last_block_of_a_part_to_the_next_part_and_back(wall, server):
    wall.goto(f"{server}/scorecard?period=2019&mode=screen")
    whole(wall)
    row = wall.locator(".st-key-parts")
    title = "四个突出评分　2019年"
    expect(at(wall)).to_have_text(f"1/1　{title}")
    expect(wall.get_by_role("button", name="上一屏")).to_be_disabled()
    for part in ("指标完成情况", "得分的稳健性"):
        wall.get_by_role("button", name="下一屏").click()
        expect(wall.get_by_role("heading", level=3, name=part)).to_be_visible()
        expect(row.get_by_role("radio", name=part)).to_be_checked()
        whole(wall)
    expect(wall.get_by_role("button", name="下一屏")).to_be_disabled()
    wall.keyboard.press("ArrowLeft")
    expect(wall.get_by_role("heading", level=3, name="指标完成情况")).to_be_visible()


def test_the_wall_can_be_left(wall, server):
    wall.goto(f"{server}/prefecture?place=533300&period=2019&mode=screen")
    title = "怒江傈僳族自治州　2019年"
    wall.get_by_role("link", name="退出大屏").click()
    expect(wall.locator(".wallbar")).to_have_count(0)
    expect(heading(wall)).to_have_text(title)


def test_the_first_screen_stands_on_the_wall_whole_and_needs_no_leading(wall, server):
    wall.goto(f"{server}/?period=2019")
    whole(wall)
    wall.get_by_role("link", name="大屏", exact=True).click()
    expect(wall.locator(".wallbar")).to_be_hidden()
    whole(wall)
    expect(wall.locator(".cockpit .row")).to_have_count(17)
    expect(wall.locator(".cockpit .names text")).to_have_count(16)
    expect(wall.locator(".cockpit .bars li").first).to_be_visible()
    expect(wall.locator(".masthead .demo")).to_be_visible()
    expect(wall.locator(".foot").last).to_contain_text("数据截至 2020年6月30日")
    assert_fits(wall)
    wall.locator(".cockpit .row", has_text="西双版纳").click()
    expect(wall.locator(".cockpit .places h2")).to_have_text("西双版纳（2019年）")
    assert_fits(wall)
    wall.get_by_role("link", name="退出大屏").click()
    expect(wall.locator(".wallbar")).to_have_count(0)
    expect(heading(wall)).to_have_text("总览")


@pytest.mark.parametrize(
    "address", ["/?agenda=例会&view=1&asof=2020-06-30.r1&period=2019", "/?period=2019&part=places"]
)
def test_below_the_bar_of_a_meeting_or_above_that_of_the_blocks_the_first_screen_fits_too(wall, server, address):
    wall.goto(f"{server}{address}&mode=screen")
    whole(wall)
    expect(wall.locator(".cockpit .row")).to_have_count(17)
    assert_fits(wall)


@pytest.mark.parametrize(("width", "height"), [(390, 844), (1024, 768)])
def test_in_a_narrow_window_the_wall_has_the_parts_below_each_other(wall, server, width, height):
    wall.set_viewport_size({"width": width, "height": height})
    wall.goto(f"{server}/?period=2019&mode=screen&place=533300")
    whole(wall)
    expect(wall.locator(".cockpit .places h2")).to_have_text("怒江（2019年）")
    parts = (".st-key-agenda", ".figures", ".map", ".places", ".quarters", ".pillars", ".strip", ".source", ".foot")
    boxes = [wall.locator(part).bounding_box() for part in parts]
    assert boxes[2]["height"] > 250
    for above, below in pairwise(boxes[1:]):
        assert above["y"] + above["height"] <= below["y"] + 1
    crumbs = wall.locator(".masthead").bounding_box()
    assert crumbs["y"] + crumbs["height"] <= boxes[0]["y"] + 1


LONG = (
    "2019年，全省社会组织筹集款物约4.4亿元，同比增长21.7%（2018年为3.62亿元）；"
    "惠及贫困人口42万人，同比增长25.0%（2018年为33.60万人）（据不完全统计）。"
)


def test_a_long_first_sentence_is_whole_on_the_wall_and_the_quarters_still_stand(wall, server):
    def lengthen(route) -> None:
        answer = route.fetch()
        made = answer.json()
        made["findings"]["2019"] = [[LONG]]
        route.fulfill(response=answer, json=made)

    wall.route("**/cockpit/*/*.json", lengthen)
    wall.goto(f"{server}/?period=2019&mode=screen")
    whole(wall)
    expect(wall.locator(".cockpit .sentences")).to_have_text(LONG)
    expect(wall.locator(".cockpit .bars li").first).to_be_visible()
    assert_fits(wall)


def test_each_part_of_the_first_screen_is_a_block_of_its_own(wall, server):
    wall.goto(f"{server}/?period=2019&mode=screen&part=all")
    whole(wall)
    names = ("", "　需要关注（", "　数字与结论（2019年）", "　四个突出（2019年）", "　十六个州市")
    for n, name in enumerate(names, 1):
        expect(at(wall)).to_have_text(re.compile(f"^{n}/5　总览{re.escape(name)}"))
        titles = wall.locator(".st-key-part h3").filter(visible=True)
        expect(titles).to_have_count(0 if n == 1 else 1)
        if n > 1:
            assert titles.bounding_box()["y"] < 400
        wall.keyboard.press("PageDown")


def assert_fits(page: Page) -> None:
    foot = page.locator(".foot").bounding_box()
    bar = page.locator(".wallbar").bounding_box()
    assert foot["y"] + foot["height"] <= (bar["y"] if bar else 1080) + 1
    assert page.evaluate(SMALLEST) >= 24
    assert page.evaluate(CUT) == []
    assert page.evaluate(COVERED) == []


def test_dark_ground_is_asked_for_by_the_address_and_left_by_it(wall, server):
    wall.goto(f"{server}/?theme=dark&part=places")
    whole(wall)
    assert wall.evaluate(GROUND) == "rgb(18, 24, 31)"
    paper = wall.locator(".js-plotly-plot .main-svg").first
    expect(paper).to_have_css("background-color", "rgb(18, 24, 31)")
    menu(wall, "四个突出评分")
    expect(heading(wall)).to_contain_text("四个突出评分")
    whole(wall)
    assert "theme=dark" in wall.url
    wall.get_by_role("link", name="浅色").click()
    expect(wall.get_by_role("link", name="深色")).to_be_visible()
    whole(wall)
    assert wall.evaluate(GROUND) == "rgb(255, 255, 255)"


# How much higher each table is than its rows.
EMPTY = """() => [...document.querySelectorAll('.dvn-scroller')].map(
    table => table.clientHeight - table.querySelector('.dvn-scroll-inner').getBoundingClientRect().height)"""


def test_in_a_very_wide_window_tables_are_drawn_in_the_letters_they_have_room_for(browser, server):
    context = browser.new_context(locale="zh-CN", viewport={"width": 3840, "height": 2160})
    for page in guarded(context):
        for name in ("quality", "scorecard", "quality", "scorecard"):  # it is decided anew on each page
            page.goto(f"{server}/{name}?period=2019")
            expect(whole(page).locator(".dvn-scroll-inner").first).to_be_attached()
            rest = page.evaluate(EMPTY)
            assert rest
            assert max(rest) < 5, name
    context.close()


@pytest.mark.parametrize("table", ["projects", "funds", "organizations", "activities"])
def test_a_list_stands_on_the_wall_with_whole_rows_below_its_sums(wall, server, table):
    wall.goto(f"{server}/{table}?mode=screen")
    grid = whole(wall).get_by_test_id("stDataFrame").first
    expect(grid).to_be_visible()
    expect(wall.locator(".finding")).to_be_visible()
    box = grid.bounding_box()
    assert box["y"] + box["height"] <= 1080
    rem = wall.evaluate("parseFloat(getComputedStyle(document.documentElement).fontSize)")
    lines = (box["height"] - 3) / round(35 * rem / 16)  # the header and rows
    assert lines == round(lines) >= 8
