"""The map is drawn without the internet, its names can be read, and a click on a place opens that place."""

import re
from itertools import combinations

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import heading, shapes
from tests.browser.screens import LABELS, click_middle, map_drawn
from yunnan.words import geography


def test_the_map_has_16_shapes_and_16_names_that_can_be_read(visit):
    page = visit("/?part=places")
    map_drawn(page, 16)
    assert shapes(page) == 16
    labels = page.locator(LABELS)
    assert set(labels.all_text_contents()) == {p.short_zh for p in geography.prefectures()}
    boxes = [label.bounding_box() for label in labels.all()]
    assert all(box["width"] > 20 and box["height"] > 10 for box in boxes)
    assert [pair for pair in combinations(boxes, 2) if overlap(*pair)] == []


def overlap(one: dict, two: dict) -> bool:
    """Whether two names cover each other by more than their margins."""
    across = min(one["x"] + one["width"], two["x"] + two["width"]) - max(one["x"], two["x"])
    down = min(one["y"] + one["height"], two["y"] + two["height"]) - max(one["y"], two["y"])
    return across > 2 and down > 4


@pytest.mark.parametrize("code", ["533300", "530600", "532800"])
def test_a_prefectures_map_has_its_counties(visit, code):
    names = visit(f"/prefecture?place={code}").locator(".cockpit .names text")
    expect(names).to_have_count(len(geography.counties(code)))
    assert set(names.all_text_contents()) == {p.short_zh for p in geography.counties(code)}


def test_a_click_on_the_map_opens_the_prefecture(visit):
    page = visit("/?period=2018&part=places")
    map_drawn(page, 16)
    click_middle(page, page.locator(LABELS, has_text="怒江"), told="怒江：8万元")
    expect(heading(page)).to_have_text("怒江傈僳族自治州　2018年")
    expect(page).to_have_url(re.compile(r"/prefecture\?.*place=533300"))
    expect(page.locator(".cockpit .map .shape")).to_have_count(4)


def test_a_click_on_a_county_opens_it(visit):
    page = visit("/prefecture?place=533300&part=all")  # off paper the head draws the map, tests/browser/test_place.py
    map_drawn(page, 4)
    click_middle(page, page.locator(LABELS, has_text="福贡"), told="福贡县：20万元")
    expect(heading(page)).to_have_text("怒江州福贡县　2019年")
    expect(page.locator(".crumbs")).to_have_text("全省 › 怒江州 › 福贡县")
    expect(page).to_have_url(re.compile(r"/county\?.*place=533323"))


def test_a_click_on_a_bar_opens_the_prefecture(visit):
    page = visit("/?part=places")
    bars = page.locator(".barlayer .point path")
    expect(bars).to_have_count(17)  # 16 and 省本级
    click_middle(page, bars.first, told="怒江：60万元")
    expect(heading(page)).to_have_text("怒江傈僳族自治州　2019年")
    expect(page).to_have_url(re.compile(r"/prefecture\?.*place=533300"))


def test_a_click_on_a_prefecture_in_the_choice_of_16_opens_it(visit):
    page = visit("/prefecture")
    page.get_by_role("button", name="迪庆藏族自治州").click()
    expect(heading(page)).to_have_text("迪庆藏族自治州　2019年")
    expect(page.get_by_text(geography.DEQIN_WEIXI_NOTE)).to_be_visible()
