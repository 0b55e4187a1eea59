"""What stands on the screen: Chinese words in Chinese letters, on a phone too, and a description of every chart."""

import re
from collections.abc import Iterator

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import PHONE, WIDE, guarded, whole

ADDRESSES = [
    "/",
    "/scorecard",
    "/prefecture",
    "/prefecture?place=533300",
    "/reconciliation",
    "/definitions",
    "/data_notes",
]
# Latin letters that are right in a Chinese dashboard: codes, formats, file names, units.
ALLOWED = re.compile(
    r"P\d-\d\d|CAL-\d\d\w?(-places)?|S\d{3}|\d{4}[QH]\d|\d{4}-\d\d-\d\d\.r\d+|F\d{6}|PG-\w+"
    r"|CSV|SQL|sha256|\S+\.(xlsx|sql)\b|\b[0-9a-f]{64}\b|GB/T|km²|\bID\b|\bL\d\b"
)
# Names of tables, columns and types in the data dictionary; English names on the definition cards.
ENGLISH = {"/data_notes": r"[a-z]\w*|[A-Z]+", "/definitions": r"Funds and goods raised"}
# All text, also of what is folded; the cells of a grid stand as text inside its canvas.
WORDS = """() => {
  const found = [], own = '[translate="no"], code, pre, script, style, noscript'
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT)
  while (walker.nextNode())
    if (!walker.currentNode.parentElement.closest(own)) found.push(walker.currentNode.textContent)
  for (const name of ['title', 'placeholder'])
    for (const element of document.querySelectorAll(`[${name}]`)) found.push(element.getAttribute(name))
  return found
}"""
PIXELS = """character => {
  const canvas = Object.assign(document.createElement('canvas'), {width: 40, height: 40})
  const pen = canvas.getContext('2d')
  pen.font = '32px ' + getComputedStyle(document.querySelector('h1')).fontFamily
  pen.fillText(character, 2, 34)
  return canvas.toDataURL()
}"""


@pytest.fixture(scope="module", params=ADDRESSES)
def opened(request, reader, server) -> Iterator[Page]:
    """A page, opened once for all that is asked of it here."""
    for page in guarded(reader):
        page.goto(server + request.param)
        whole(page)
        tables = page.get_by_test_id("stDataFrame")  # their code comes later than the page's
        expect(page.get_by_test_id("stSkeleton")).to_have_count(0)
        expect(tables.get_by_test_id("stElementToolbar")).to_have_count(tables.count())
        yield page


def test_there_is_no_english_left_over(opened, request):
    address = request.node.callspec.params["opened"]
    told = "\n".join(opened.evaluate(WORDS))
    assert "数据截至" in told
    rest = ALLOWED.sub("", told)
    if address in ENGLISH:
        rest = re.sub(ENGLISH[address], "", rest)
    assert set(re.findall(r".*[A-Za-z]{2,}.*", rest)) == set()


def test_every_chart_has_a_description(opened):
    for chart in opened.get_by_test_id("stPlotlyChart").all():
        expect(chart).to_have_attribute("role", "figure")
        expect(chart).to_have_attribute("aria-label", re.compile("[一-鿿]{4}"))


def test_every_chinese_letter_of_the_title_has_a_shape_of_its_own(opened):
    letters = set(re.findall("[一-鿿]", opened.get_by_role("heading", level=1).inner_text()))
    drawn = {opened.evaluate(PIXELS, letter) for letter in letters}
    assert len(drawn) == len(letters) > 1
    assert opened.evaluate(PIXELS, "\U0010fffe") not in drawn  # what stands for a letter that no font has
    assert opened.evaluate(PIXELS, " ") not in drawn


def test_a_phone_does_not_scroll_sideways(opened):
    opened.set_viewport_size(PHONE)
    try:
        fits = "() => [document.documentElement, document.querySelector('[data-testid=stMain]')]"
        opened.wait_for_function(f"({fits})().every(e => e.clientWidth <= 390 && e.scrollWidth <= e.clientWidth)")
    finally:
        opened.set_viewport_size(WIDE)
