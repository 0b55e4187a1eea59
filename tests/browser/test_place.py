"""The heads of the pages of a prefecture and a county: figures, counties, ranks, what needs somebody on one screen."""

import re
from itertools import pairwise
from urllib.parse import parse_qs, urlsplit

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import heading, whole
from tests.browser.screens import COVERED, CUT, SMALL, barriers
from yunnan.words import geography

OFFICE, DESK, HALL, PHONE = (1366, 650), (1920, 960), (3840, 2000), (390, 844)
WALL = (1920, 1080)
PREFECTURE, COUNTY = "prefecture?period=2019&place=533300", "county?period=2019&place=533323"
# The largest of the prefectures, the one with a note on its borders, one of few counties; a county of each.
PLACES = ["prefecture?period=2019&place=530100", "prefecture?period=2019&place=533400", PREFECTURE,
          "county?period=2019&place=530102", "county?period=2019&place=533422", COUNTY]  # fmt: skip
LACKING = "prefecture?period=2020H1&place=533100"  # whose returns of a quarter have not come
PARTS = (".facts", ".finding", ".cockpit .figure", ".cockpit .map svg", ".cockpit .legend li", ".cockpit .row")
OF_PREFECTURE = (".cockpit .pillar", ".cockpit .matter", ".cockpit .standing", ".cockpit .matters h2")
# Names on the map that cover each other, apart from the edges of their letters.
NAMES_OVER = """() => {
  const names = [...document.querySelectorAll('.cockpit .names text:not([hidden])')];
  const boxes = names.map(e => e.getBBox());
  const lap = (a, b) => Math.min(Math.min(a.x + a.width, b.x + b.width) - Math.max(a.x, b.x),
    Math.min(a.y + a.height, b.y + b.height) - Math.max(a.y, b.y));
  return names.flatMap((e, n) => names.slice(n + 1).filter((_, m) => lap(boxes[n], boxes[n + 1 + m]) > 0.5)
    .map(other => e.textContent + other.textContent));
}"""

# What wraps into a second column is outside of its box, on purpose.
WITHOUT_WRAPPED = """() => {
  const left = document.querySelector('.cockpit .order').getBoundingClientRect().left;
  document.querySelectorAll('.cockpit .row').forEach(e => e.getBoundingClientRect().left > left + 9 && e.remove());
}"""


@pytest.fixture
def head(page: Page, server: str):
    """Opens the page of a place in a window of this size."""

    def open_head(address: str = PREFECTURE, size: tuple[int, int] = OFFICE) -> Page:
        page.set_viewport_size({"width": size[0], "height": size[1]})
        page.goto(f"{server}/{address}&asof=2020-06-30.r1")
        expect(page.locator(".cockpit .figure").first).to_be_visible()
        return whole(page)

    return open_head


def asked(page: Page) -> dict[str, str]:
    return {name: values[0] for name, values in parse_qs(urlsplit(page.url).query).items()}


def boxes_of(page: Page, part: str) -> list[dict]:
    return [one.bounding_box() for one in page.locator(part).filter(visible=True).all()]


def assert_whole(page: Page, size: tuple[int, int], parts: tuple[str, ...], least: int) -> None:
    for part in parts:
        boxes = boxes_of(page, part)
        assert boxes, part
        for box in boxes:
            assert box["x"] >= 0, part
            assert box["x"] + box["width"] <= size[0], part
            assert box["y"] + box["height"] <= size[1] + 1, (part, box)
    assert page.evaluate(CUT) == []
    assert page.evaluate(COVERED) == []
    assert page.evaluate(SMALL, least) == []
    assert page.evaluate(NAMES_OVER) == []
    assert page.locator(".cockpit .names text:not([hidden])").count() > 2


@pytest.mark.parametrize("size", [OFFICE, DESK, HALL])
@pytest.mark.parametrize("address", PLACES)
def test_the_head_stands_on_one_screen_with_nothing_cut_or_covered(head, address, size):
    page = head(address, size)
    assert_whole(page, size, (*PARTS, *(OF_PREFECTURE if address.startswith("prefecture") else ())), 13)
    assert page.locator(".cockpit .figure").count() == 5
    prefecture = f"{asked(page)['place'][:4]}00"
    assert page.locator(".cockpit .row[data-place]").count() == len(geography.counties(prefecture))
    assert page.locator(".cockpit .map .shape").count() == len(geography.counties(prefecture))


@pytest.mark.parametrize("size", [WALL, DESK])
@pytest.mark.parametrize("address", [*PLACES, LACKING])
def test_the_head_is_the_first_picture_on_the_wall(head, address, size):
    """In a lower window without who it is and the quarters, and with the highest rows that have room."""
    page = head(f"{address}&mode=screen", size)
    expect(page.locator(".wallbar .at")).to_have_text(re.compile("^1/1　.*(2019年|2020年上半年)$"))
    bar, foot = page.locator(".wallbar").bounding_box(), page.locator(".foot").bounding_box()
    assert foot["y"] + foot["height"] <= bar["y"] + 1
    low = size == DESK
    parts = [
        part for part in PARTS if part != ".cockpit .legend li" and not (low and part in (".facts", ".cockpit .row"))
    ]
    source = page.locator(".cockpit .source").bounding_box()
    assert source["y"] + source["height"] <= foot["y"] + 1
    columns = (
        ".cockpit .places .content",
        ".cockpit .middle",
        *((".cockpit .pillars",) if "prefecture" in address else ()),
    )
    for box in (box for column in columns for box in boxes_of(page, column)):
        assert box["y"] + box["height"] <= source["y"] + 1
    assert not (low and page.locator(".cockpit .quarters").is_visible())
    page.evaluate(WITHOUT_WRAPPED)
    shown = boxes_of(page, ".cockpit .row")
    counties = len(geography.counties(f"{asked(page)['place'][:4]}00"))
    assert len(shown) >= (min(5, counties) if low else counties)
    assert all(above["y"] + 24 <= below["y"] + 1 for above, below in pairwise(shown))
    assert_whole(page, (size[0], round(bar["y"])), (*parts, ".cockpit .legend", ".cockpit .source"), 24)


def test_on_the_dark_and_on_a_phone_all_of_it_is_there(head):
    page = head(f"{PREFECTURE}&theme=dark")
    assert_whole(page, OFFICE, (*PARTS, *OF_PREFECTURE), 13)
    for address, parts in ((PREFECTURE, ("pillars", "matters")), (COUNTY, ())):
        page = head(address, PHONE)
        order = ("figures", "measures", "map", "places", "quarters", *parts)
        boxes = [page.locator(f".cockpit .{part}").bounding_box() for part in order]
        assert all(above["y"] + above["height"] <= below["y"] + 1 for above, below in pairwise(boxes))
        assert page.evaluate("document.querySelector('[data-testid=stMain]').scrollWidth") <= PHONE[0]


def test_a_step_back_while_the_server_still_works_takes_the_choice_back(head):
    page = head()
    before = page.locator(".cockpit .places h2").inner_text()
    page.locator('.cockpit .measures [data-value="P3-02"]').click()
    expect(page).to_have_url(re.compile("measure=P3-02"))
    page.go_back()
    expect(page).to_have_url(re.compile("measure=P1-08"))
    expect(page.locator(".cockpit .places h2")).to_have_text(before)
    expect(page.get_by_text(re.compile("这个数怎么来的：怒江.*筹集款物总额"))).to_be_visible()
    whole(page)
    assert page.locator(".cockpit .places h2").inner_text() == before


def test_a_click_on_a_measure_changes_map_and_order_at_once_and_then_the_address_and_what_is_below(head):
    page = head()
    before = page.locator(".cockpit .row .value").all_inner_texts()
    page.locator('.cockpit .measures [data-value="P3-02"]').click()
    expect(page.locator(".cockpit .places h2")).to_have_text("在实施帮扶项目数（2019年）由高到低")
    assert page.locator(".cockpit .row .value").all_inner_texts() != before
    expect(page).to_have_url(re.compile("measure=P3-02"))
    expect(page.get_by_text(re.compile("这个数怎么来的：怒江.*在实施帮扶项目数"))).to_be_visible()
    page.locator(".cockpit select.all").select_option("P1-01")  # no headline: its counties come with the answer
    expect(page.locator(".cockpit .places h2")).to_have_text(re.compile("党的组织覆盖率（2019年）"))
    expect(page.locator(".cockpit .row[data-place]")).to_have_count(4)
    expect(page).to_have_url(re.compile("measure=P1-01"))
    page.reload()
    expect(page.locator(".cockpit select.all")).to_have_value("P1-01")
    page.go_back()
    expect(page.locator('.cockpit [aria-checked=true][data-value="P3-02"]')).to_be_visible()


def test_a_measure_without_counties_says_so(head):
    page = head(f"{PREFECTURE}&measure=SCORE")
    expect(page.locator(".cockpit .places .none")).to_have_text("本指标只算到州市，没有县级数。")
    expect(page.locator(".cockpit .row")).to_have_count(0)
    expect(page.locator(".cockpit .legend li")).to_have_count(0)


def test_one_click_on_a_county_chooses_it_another_opens_it_and_escape_lets_it_go(head):
    page = head()
    page.locator(".cockpit .row", has_text="福贡县").click()
    expect(page.locator(".cockpit .row.lit")).to_contain_text("福贡县")
    expect(page).to_have_url(re.compile("place=533323"))
    expect(heading(page)).to_have_text("怒江傈僳族自治州　2019年")
    whole(page)
    expect(page.locator(".cockpit .row.lit")).to_contain_text("福贡县")
    expect(page.get_by_role("link", name="打开福贡县")).to_have_attribute("href", re.compile("county.*place=533323"))
    page.mouse.move(0, 0)
    page.keyboard.press("Escape")
    expect(page).to_have_url(re.compile("place=533300"))
    expect(page.locator(".cockpit .row.lit")).to_have_count(0)
    whole(page)
    page.locator('.cockpit .shape[aria-label^="福贡县："]').click()
    expect(page.locator(".cockpit .row.lit")).to_contain_text("福贡县")
    whole(page)
    page.locator('.cockpit .shape[aria-label^="福贡县："]').click()
    expect(heading(page)).to_have_text("怒江州福贡县　2019年")


def test_counties_and_measures_are_chosen_by_keys(head):
    page = head()
    page.locator(".cockpit .measures [aria-checked=true]").focus()
    page.keyboard.press("ArrowRight")
    expect(page).to_have_url(re.compile("measure=P1-09"))
    whole(page)
    page.locator(".cockpit .places [role=listbox]").focus()
    page.keyboard.press("ArrowDown")
    page.keyboard.press("End")
    last = page.locator(".cockpit .row.lit .name").inner_text()
    page.keyboard.press("Enter")
    expect(page.get_by_role("link", name=f"打开{last}")).to_be_focused()
    whole(page)
    assert barriers(page) == []
    page.keyboard.press("Enter")
    expect(heading(page)).to_have_text(f"怒江州{last}　2019年")


def test_all_that_needs_somebody_is_one_click_away(head):
    page = head(size=(1366, 560))
    expect(page.locator(".cockpit .matters .rest")).to_have_text("全部 20 项")
    page.locator(".cockpit .matters .rest").click()
    expect(page).to_have_url(re.compile("part=matters"))
    expect(page.locator("ol.attention li")).to_have_count(20)


def test_the_head_of_a_county_marks_it_and_leads_to_its_neighbours_and_up(head):
    page = head(COUNTY)
    expect(page.locator(".cockpit .row.lit")).to_contain_text("福贡县")
    expect(page.locator(".cockpit .places h2")).to_have_text("筹集款物总额（2019年）由高到低")
    expect(page.locator(".cockpit .quarters h2")).to_have_text("福贡县：各季度")
    above = page.get_by_role("link", name="打开怒江州")
    expect(above).to_have_attribute("href", re.compile("prefecture.*place=533300"))
    page.keyboard.press("Escape")
    expect(page.locator(".cockpit .row.lit")).to_contain_text("福贡县")
    page.locator(".cockpit .row", has_text="泸水市").click()
    expect(heading(page)).to_have_text("怒江州泸水市　2019年")
    expect(page.locator(".cockpit .quarters h2")).to_have_text("泸水市：各季度")
    expect(page.locator(".cockpit .row.lit")).to_contain_text("泸水市")
