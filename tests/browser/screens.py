"""What tests in a browser look at: maps, tables and their files, barriers."""

import re

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import FrameLocator, Locator, Page, expect

# Of the first screen: words of the legend with a shape of the map below them, and titles with a button above them.
COVERED = """() => [...document.querySelectorAll('.cockpit .legend li, .cockpit h2')].filter(e => {
  const words = document.createRange();
  words.selectNodeContents(e);
  const box = words.getBoundingClientRect();
  const at = n => document.elementsFromPoint(box.left + box.width * n / 40, box.top + box.height / 2);
  return [...Array(39).keys()].some(n => at(n + 1).some(other => other.matches('.shape, a, button')));
}).map(e => e.textContent)"""
# What of the first screen is outside the window, below the bar, cut by what is around it or by itself; of 需要关注 the
# list goes on and may be cut.
CUT = """() => {
  const bar = document.querySelector('.wallbar')?.getBoundingClientRect();
  const room = {left: 0, top: 0, right: innerWidth, bottom: bar?.height ? bar.top : innerHeight};
  const outside = (box, room) => box.left < room.left - 1 || box.right > room.right + 1
    || box.top < room.top - 1 || box.bottom > room.bottom + 1;
  const clips = e => getComputedStyle(e).overflowX !== 'visible' || getComputedStyle(e).overflowY !== 'visible';
  return [...document.querySelectorAll('.cockpit *')].filter(e => {
    if (!e.getClientRects().length || e.closest('.matters .content, .spoken, select, svg *')) return false;
    if (getComputedStyle(e).display === 'inline') return false; // higher than the line that it stands in
    for (let around = e.parentElement; !around.matches('.cockpit'); around = around.parentElement)
      if (clips(around) && outside(e.getBoundingClientRect(), around.getBoundingClientRect())) return true;
    return outside(e.getBoundingClientRect(), room) || (clips(e) && e.scrollWidth > e.clientWidth + 1);
  }).map(e => `${e.className}: ${e.textContent}`);
}"""
# Words of the first screen in letters smaller than so many pixels.
SMALL = """least => [...document.querySelectorAll('.cockpit *')].filter(e => e.childElementCount === 0
  && e.textContent.trim() && e.getClientRects().length && !e.closest('.spoken, svg')
  && parseFloat(getComputedStyle(e).fontSize) < least).map(e => e.className + e.textContent)"""
# Only what is wrong: all that is right is told on many megabytes, which cost more to read than to find out.
RULES = {"runOnly": {"type": "tag", "values": ["wcag2a", "wcag2aa"]}, "resultTypes": ["violations"]}


def barriers(page) -> list[tuple[str, str, str]]:
    """What axe finds: rule, where, what to mend."""
    told = Axe().run(page, options=RULES).response["violations"]
    return [(broken["id"], str(node["target"]), node["failureSummary"]) for broken in told for node in broken["nodes"]]


def opened(page: Page | FrameLocator, name: str) -> Locator:
    """The table of this name, unfolded."""
    panel = page.get_by_test_id("stExpander").filter(has_text=f"数据表：{name}")
    expect(panel).to_be_visible()
    if panel.locator("details").get_attribute("open") is None:
        panel.get_by_text(f"数据表：{name}").click()
    return panel


def download(page: Page, panel: Locator) -> tuple[str, bytes]:
    """File name and bytes behind the link under a table."""
    with page.expect_download() as waiting:
        panel.get_by_role("link", name=re.compile("下载 CSV")).click()
    return waiting.value.suggested_filename, waiting.value.path().read_bytes()


LABELS = ".js-plotly-plot g.geo text"


def map_drawn(page: Page, places: int) -> None:
    expect(page.locator(LABELS)).to_have_count(places)
    page.wait_for_function(
        "n => [...document.querySelectorAll('.choroplethlayer path')].filter(p => p.getAttribute('d')).length === n",
        arg=places,
    )


def click_middle(page: Page, target, *, told: str) -> None:
    """Clicks where the pointer shows this hover text."""
    target.scroll_into_view_if_needed()
    box = target.bounding_box()
    at = (box["x"] + box["width"] / 2, box["y"] + box["height"] / 2)
    page.mouse.move(*at)
    expect(page.locator(".hoverlayer .hovertext").first).to_contain_text(told)
    page.mouse.click(*at)
