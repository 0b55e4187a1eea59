"""What a page weighs in a browser, in counts that no machine changes: nodes of the document, and its height."""

import re

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import turn, whole
from tests.screens import PLACE
from yunnan.front.address import menu
from yunnan.front.address.navigation import COUNTY_PAGE

OFFICE = {"width": 1366, "height": 768}
NODES, SCREENS = 3_500, 3.0  # the most that a page may have: its head with one part
PLACES = {PLACE: "533300", COUNTY_PAGE: "533323"}  # the place without which a page has nothing to show
MORE = {  # of a page's address, where it is higher than without
    "compare": ["with=530600,533300,532900,533100", "mode2=periods", "mode2=snapshots"],
    "definitions": ["indicator=P1-08&evidence=true", "indicator=P1-04&evidence=true"],
    "project": ["project=P00001"],
    "organization": ["", "org=O000001"],
}
ADDRESSES = [(page, more) for page in menu.PAGES.values() for more in MORE.get(page.url, [""])]
FIRST = menu.PAGES["overview"]  # which has no name in its address
ROW = ".st-key-parts [role=radio]"


def height(page) -> float:
    """Of the page, in screens, when what stood there before is gone."""
    expect(page.locator('[data-stale="true"]')).to_have_count(0)
    return page.evaluate("document.querySelector('[data-testid=stMain]').scrollHeight") / OFFICE["height"]


@pytest.mark.timeout(600)  # some twenty views, one after the other in a tab that keeps what all share
@pytest.mark.parametrize("share", range(4))
def test_no_part_of_a_page_has_many_nodes_or_is_higher_than_three_screens(server, page, share):
    page.set_viewport_size(OFFICE)
    nodes, screens = {}, {}
    for entry, more in ADDRESSES[share::4]:
        place = PLACES.get(entry.file, "530000")
        address = f"{server}/{'' if entry is FIRST else entry.url}?period=2019&place={place}&{more}"
        turn(page, address)
        nodes[address] = page.evaluate("document.querySelectorAll('*').length")
        screens[address] = height(page)
        for button in page.locator(ROW).all()[:-1]:  # the last is all of them, for paper
            if button.get_attribute("aria-checked") != "true":  # the first part is open already
                before = page.url
                button.click()
                expect(button).to_have_attribute("aria-checked", "true")
                expect(page).not_to_have_url(before)  # so the run has begun
                screens[address, button.inner_text()] = height(whole(page))
    assert len(nodes) >= len(ADDRESSES) // 4
    assert {place: count for place, count in nodes.items() if count > NODES} == {}
    assert {place: count for place, count in screens.items() if count > SCREENS} == {}


@pytest.mark.parametrize("part", ["matters", "figures", "pillars", "places"])
def test_no_part_below_the_first_screen_is_higher_than_two_more(visit, page, part):
    page.set_viewport_size(OFFICE)
    visit(f"/?period=2019&part={part}")
    expect(page.locator(".st-key-part")).to_be_visible()
    assert height(page) <= SCREENS


LED = [
    ("definitions?indicator=P1-08&evidence=true&period=2019", "这个数怎么来的"),
    ("data_notes?indicator=P1-08", "从数到报表"),
    ("compare?mode2=periods&part=scores", "得分对比"),
    ("project?project=P00001&part=course", "时间"),
    ("organization?org=O000001&part=activities", "活动"),
]


@pytest.mark.parametrize(("address", "text"), LED)
def test_an_address_leads_to_the_part_that_shows_what_it_asks_for(visit, page, address, text):
    visit(f"/{address}")
    expect(page.get_by_text(re.compile(f"^{text}")).and_(page.locator("h3, h3 *, summary *")).first).to_be_visible()
