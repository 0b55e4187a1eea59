"""The head of a pillar's page: its indicators beside map and order of places on one screen, chosen by click or keys."""

import re
from itertools import pairwise
from urllib.parse import parse_qs, urlsplit

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import heading, menu, whole
from tests.browser.screens import COVERED, SMALL, barriers
from tests.screens import OF_PILLAR

OFFICE, DESK, HALL, PHONE = (1366, 650), (1920, 960), (3840, 2000), (390, 844)
PAGES = {"party": "P1", "mechanism": "P2", "guidance": "P3", "platform": "P4"}
ROW, CHOSEN = ".cockpit .bullet", ".cockpit .bullet[aria-checked=true]"
SOURCE = ".cockpit .source"  # of the map
PARTS = (
    ROW,
    ".cockpit .chosen h2",
    ".cockpit .map svg",
    ".cockpit .legend",
    SOURCE,
    ".cockpit .row",
    ".cockpit .bars li",
)
# Words of a row that stand over its edge or on others, or whose end is cut off.
CUT = """() => [...document.querySelectorAll('.cockpit .bullet')].flatMap(row => {
  const room = row.getBoundingClientRect();
  const words = [...row.querySelectorAll('span, b')].filter(e => e.textContent
    && !e.childElementCount && e.getClientRects().length);
  const boxes = words.map(e => e.getBoundingClientRect());
  const across = (a, b) => Math.min(a.right, b.right) - Math.max(a.left, b.left);
  const down = (a, b) => Math.min(a.bottom, b.bottom) - Math.max(a.top, b.top);
  const isOver = n => boxes[n].top < room.top - 1 || boxes[n].bottom > room.bottom + 1;
  const isOn = n => boxes.some((b, m) => m > n && across(b, boxes[n]) > 1 && down(b, boxes[n]) > 3);
  const isCut = e => [e, e.parentElement].some(box => box.clientWidth && box.scrollWidth > box.clientWidth + 1);
  return words.filter((e, n) => isOver(n) || isOn(n) || isCut(e))
    .map(e => `${row.dataset.value}: ${e.className} ${e.textContent}`);
}).concat([...document.querySelectorAll('.cockpit .source')].filter(e => e.scrollWidth > e.clientWidth + 1)
  .map(e => e.textContent))"""
MARKS = """bars => bars.map(bar =>
  bar.getBoundingClientRect().left + bar.clientWidth * bar.style.getPropertyValue('--due'))"""


@pytest.fixture
def head(page: Page, server: str):
    """Opens the page of a pillar in a window of this size."""

    def open_head(address: str = "party?period=2019", size: tuple[int, int] = OFFICE) -> Page:
        page.set_viewport_size({"width": size[0], "height": size[1]})
        page.goto(f"{server}/{address}&asof=2020-06-30.r1")
        expect(page.locator(ROW).first).to_be_visible()
        return whole(page)

    return open_head


def asked(page: Page) -> dict[str, str]:
    return {name: values[0] for name, values in parse_qs(urlsplit(page.url).query).items()}


@pytest.mark.parametrize("size", [OFFICE, DESK, HALL])
@pytest.mark.parametrize("name", PAGES)
def test_all_indicators_stand_beside_map_and_order_on_one_screen(head, name, size):
    page = head(f"{name}?period=2019", size)
    assert page.locator(ROW).count() == OF_PILLAR[PAGES[name]]
    for part in PARTS:
        boxes = [one.bounding_box() for one in page.locator(part).all()]
        assert boxes, part
        for box in boxes:
            assert box["x"] >= 0, part
            assert box["x"] + box["width"] <= size[0], part
            assert box["y"] + box["height"] <= size[1], (part, box)
    rows, drawn = page.locator(".cockpit .indicators").bounding_box(), page.locator(".cockpit .map svg").bounding_box()
    assert rows["x"] + rows["width"] <= drawn["x"]
    assert page.evaluate(CUT) == []
    assert page.evaluate(COVERED) == []
    assert page.evaluate(SMALL, 13) == []


def test_the_targets_of_all_rows_stand_below_each_other(head):
    marks = head().locator(".cockpit .bullet .bar.due").evaluate_all(MARKS)
    assert len(marks) > 2
    assert max(marks) - min(marks) < 1


def test_a_click_on_a_row_changes_map_order_and_quarters_at_once_and_then_the_address_and_what_is_below(head):
    page = head()
    expect(page.locator(CHOSEN)).to_have_attribute("data-value", "P1-01")
    before = page.locator(".cockpit .places .row .value").all_inner_texts()
    page.locator(f"{ROW}[data-value=P1-08]").click()
    expect(page.locator(".cockpit .chosen h2")).to_have_text("筹集款物总额（2019年）")
    assert page.locator(".cockpit .places .row .value").all_inner_texts() != before
    expect(page).to_have_url(re.compile("indicator=P1-08"))
    expect(page.get_by_text(re.compile("这个数怎么来的：.*筹集款物总额"))).to_be_visible()
    page.reload()
    expect(page.locator(CHOSEN)).to_have_attribute("data-value", "P1-08")
    page.go_back()
    expect(page.locator(CHOSEN)).to_have_attribute("data-value", "P1-01")


def test_the_rows_can_be_gone_through_by_keys(head):
    page = head()
    page.locator(CHOSEN).focus()
    page.keyboard.press("ArrowDown")
    expect(page.locator(CHOSEN)).to_have_attribute("data-value", "P1-02")
    expect(page).to_have_url(re.compile("indicator=P1-02"))
    whole(page)
    expect(page.locator(CHOSEN)).to_be_focused()
    assert barriers(page) == []


def test_one_click_on_a_place_chooses_it_another_opens_its_page_and_escape_lets_it_go(head):
    page = head()
    province = page.locator(f"{ROW} .value").first.inner_text()
    page.locator(".cockpit .row", has_text="怒江").click()
    expect(heading(page)).to_contain_text("怒江")
    expect(page.locator(".cockpit .row.lit")).to_contain_text("怒江")
    expect(page.locator(f"{ROW} .value").first).not_to_have_text(province)
    assert asked(page)["place"] == "533300"
    whole(page)
    page.locator(CHOSEN).focus()
    page.keyboard.press("Escape")
    expect(heading(page)).to_contain_text("云南省")
    whole(page)
    page.locator(".cockpit .places [role=listbox]").focus()
    page.keyboard.press("End")
    last = page.locator(".cockpit .row.lit .name").inner_text()
    page.keyboard.press("Enter")
    expect(heading(page)).to_contain_text(last)
    whole(page)
    expect(page.locator(".cockpit .places .open")).to_be_focused()
    page.keyboard.press("Enter")
    expect(page).to_have_url(re.compile("/prefecture"))
    expect(heading(page)).to_contain_text(last)


def test_a_county_has_rows_and_quarters_of_its_own_beside_the_map_of_the_province(head):
    page = head("party?period=2019&place=533323")
    expect(page.locator(".cockpit .quarters h2")).to_have_text("福贡县：各季度")
    expect(page.locator(".cockpit .row.lit")).to_contain_text("怒江")
    expect(page.locator(".cockpit .progress")).to_have_text("地图与排序是各州市的，亮的是怒江傈僳族自治州")
    page.locator(f"{ROW}[data-value=P1-03]").click()
    expect(page).to_have_url(re.compile("indicator=P1-03"))
    whole(page)
    assert asked(page)["place"] == "533323"
    expect(page.get_by_role("link", name="打开福贡县")).to_have_attribute("href", re.compile("county.*place=533323"))
    page.locator(".cockpit .row.lit").click()
    expect(page).to_have_url(re.compile("place=533300"))
    expect(page.locator(".cockpit .quarters h2")).to_have_text("怒江：各季度")
    assert "/party" in page.url


def test_enter_opens_the_county_that_the_page_is_of(head):
    page = head("party?period=2019&place=533323")
    page.keyboard.press("Enter")
    expect(page).to_have_url(re.compile("/county.*place=533323"))


def test_on_a_phone_rows_map_and_order_stand_below_each_other(head):
    page = head(size=PHONE)
    boxes = [
        page.locator(f".cockpit {part}").bounding_box() for part in (".indicators", ".map", ".places", ".quarters")
    ]
    assert all(above["y"] + above["height"] <= below["y"] + 1 for above, below in pairwise(boxes))
    assert page.evaluate("document.querySelector('[data-testid=stMain]').scrollWidth") <= PHONE[0]
    assert page.evaluate(CUT) == []


def test_the_head_is_the_first_picture_on_the_wall_with_its_title(head):
    for size in (DESK, HALL):
        page = head("party?period=2019&mode=screen", size)
        expect(page.locator(".wallbar .at")).to_have_text(re.compile("^1/2　党建引领·云南省　2019年$"))
        bar = page.locator(".wallbar").bounding_box()
        for part in (ROW, ".cockpit .row", ".cockpit .map svg", SOURCE, ".foot"):
            for one in page.locator(part).all():
                box = one.bounding_box()
                assert box["y"] + box["height"] <= bar["y"] + 1, part
        assert page.evaluate(SMALL, 24) == []
        assert page.evaluate(COVERED) == []
        assert page.evaluate(CUT) == []


def test_from_the_first_screen_the_menu_leads_to_a_head_and_back(head, server):
    page = head()
    page.goto(f"{server}/?period=2019")
    whole(page)
    menu(page, "机制建设")
    expect(page.locator(ROW)).to_have_count(OF_PILLAR["P2"])
    menu(page, "总览")
    expect(page.locator(".cockpit .figure")).to_have_count(5)
