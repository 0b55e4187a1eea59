"""What a page weighs in a browser, in counts that no machine changes: nodes of the document, and its height."""

import pytest

from tests.screens import PARTED, PLACE
from yunnan.front.address import menu
from yunnan.front.address.navigation import COUNTY_PAGE

OFFICE = {"width": 1366, "height": 768}
NODES, SCREENS = 3_500, 3.0  # the most that a page may have: its head with its first part
# Higher as yet, in screens. These numbers may only fall; a page that comes down to the bar leaves the list.
HIGH: dict[str, float] = {}
PLACES = {PLACE: "533300", COUNTY_PAGE: "533323"}  # the place without which a page has nothing to show


@pytest.mark.parametrize("entry", [page for page in menu.PAGES.values() if page.file in PARTED], ids=lambda p: p.url)
def test_a_head_with_its_first_part_has_few_nodes_and_is_not_high(visit, page, entry):
    page.set_viewport_size(OFFICE)
    visit(f"/{entry.url}?period=2019&place={PLACES.get(entry.file, '530000')}")
    assert page.evaluate("document.querySelectorAll('*').length") <= NODES
    height = page.evaluate("document.querySelector('[data-testid=stMain]').scrollHeight") / OFFICE["height"]
    assert height <= HIGH.get(entry.url, SCREENS)
