"""Every screen once: Chinese words only, no character that cannot be drawn, pictures that explain themselves."""

import os
import re
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page

from tests.browser.conftest import PHONE, guarded, turn
from tests.browser.screens import barriers
from tests.serving import serving
from yunnan import settings
from yunnan.data import contract, queries
from yunnan.front.address import menu

# Pages by their own address; what only shows with something chosen is asked for, and of pages in parts all of them.
MENU = list(menu.PAGES)
CHOSEN = {
    "overview": "part=all",
    "background": "part=all",
    "party": "part=all",
    "mechanism": "part=all",
    "prefecture": "place=533300&part=all",
    "county": "place=533323&part=all",
    "project": "project=P00004",
    "organization": "org=O000001",
    "definitions": "indicator=P1-08&evidence=true",
}
# The view of one indicator, on the pages that choose among their parts by a parameter of their own.
VIEWS = ("guidance?aspect=indicator", "platform?topic=indicator")
# What may stand in Latin letters: units, file kinds, codes, names of fields and files, SQL shown as SQL.
ALLOWED = re.compile(
    r"Excel|\b(CSV|GB18030|UTF-8|zip|SQL|sha256|SHA256|ID|GB|URL|XLSX|xlsx|csv|Word|MB|KB|r\d+|Q[1-4]|H[12])\b"
    r"|\b\w+-\d{6}-20\d\dQ\d-[\w-]+|\bqueries/\w+/\w+\.sql\b|\w+ 的字段"
    r"|\b[A-Z]{1,4}[-\d][\w.-]*\b|\b\w*[\d_]\w*\b|\b\w+\.(csv|xlsx|sql|parquet|json|toml)\b|\b[A-Z]\b"
)
# Names of tables and fields as the contract has them, and what a definition card calls an indicator in English.
NAMES = {*contract.dictionary().table_name, *contract.dictionary().column_name} | {
    card["name_en"] for card in queries.folder("indicators")
}
ENGLISH = re.compile(r"[A-Za-z][a-z]{2,}")
UNDRAWABLE = re.compile("[\ufffd\ue000-\uf8ff\U000f0000-\U0010ffff]")
# The words on a screen, also those of the grids, which are pictures; not the code, nor the icons, which are ligatures.
WORDS = """() => {
    const skip = "pre, code, script, style, noscript, [data-testid=stIconMaterial], [translate=no]";
    const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
    const told = [];
    while (walker.nextNode()) {
        const node = walker.currentNode;
        if (node.data.trim() && !node.parentElement.closest(skip)) told.push(node.data.trim());
    }
    for (const element of document.querySelectorAll("[aria-label], [title], [placeholder], [alt]"))
        if (!element.closest(skip))
            for (const name of ["aria-label", "title", "placeholder", "alt"])
                if (element.getAttribute(name)) told.push(element.getAttribute(name));
    return told;
}"""
VIOLATIONS = """
window.violations = [];
document.addEventListener("securitypolicyviolation", (event) => {
  window.violations.push(`${event.violatedDirective} ${event.blockedURI} ${event.sourceFile}`);
});
"""
# A badge whose words run out of it, such as a change under a score.
CUT = """() => [...document.querySelectorAll("[data-testid=stMetricDelta]")]
    .filter(badge => badge.scrollWidth > badge.clientWidth + 1).map(badge => badge.innerText)"""
PICTURES = """() => [...document.querySelectorAll(".stPlotlyChart")].map(chart => ({
    alt: chart.closest("[role=figure]")?.ariaLabel || chart.querySelector("[role=figure]")?.ariaLabel
        || chart.ariaLabel || "",
    text: chart.textContent,
}))"""


@pytest.fixture(scope="module")
def demo_server(demo_data: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of the dashboard over the newest demo snapshot."""
    data = tmp_path_factory.mktemp("scan")
    shutil.copytree(demo_data / "snapshots", data / "snapshots", copy_function=os.link)
    with serving(data / "log.txt", YUNNAN_DATA_DIR=str(data)) as (address, _):
        yield address


def addresses(part: int, parts: int, asked: dict[str, str]) -> dict[str, str]:
    """Of a part of the pages; of the province unless another place is asked for, whatever was open before."""
    paths = {url: f"{'' if url == 'overview' else url}?{asked.get(url, '')}" for url in MENU[part::parts]}
    paths |= {view: view for view in VIEWS} if part == 0 else {}
    return {url: path if "place=" in path else f"{path}&place=530000" for url, path in paths.items()}


def faults(page) -> list[str]:
    """What is wrong on the screen, in words."""
    found = []
    for text in dict.fromkeys(page.evaluate(WORDS)):
        if text not in NAMES and ENGLISH.search(ALLOWED.sub("", text)):
            found.append(f"English: {text[:80]}")
        if UNDRAWABLE.search(text):
            found.append(f"cannot be drawn: {text[:80]!r}")
    found += [f"cut: {text}" for text in page.evaluate(CUT)]
    for picture in page.evaluate(PICTURES):
        if not re.search("[\u4e00-\u9fff]", picture["alt"]):
            found.append(f"a chart without words: {picture['text'][:60]}")
        if "演示数据" not in picture["text"] or "数据截至" not in picture["text"]:
            found.append(f"a picture that does not say what data it shows: {picture['alt'][:60]}")
    return found


def test_every_page_is_in_the_menu_that_is_scanned():
    assert len(MENU) == len(list(settings.ROOT.glob("pages/*/*.py")))
    assert set(CHOSEN) <= set(MENU)


@pytest.mark.parametrize("part", range(3))
def test_every_screen_speaks_chinese_explains_its_pictures_keeps_to_the_policy_and_has_no_barrier(
    page, demo_server, part
):
    page.add_init_script(VIOLATIONS)
    found = {}
    for url, address in addresses(part, 3, CHOSEN).items():
        turn(page, f"{demo_server}/{address}")
        if wrong := [*faults(page), *page.evaluate("window.violations.splice(0)"), *barriers(page)]:
            found[url] = wrong
    assert found == {}


WIDER = "() => document.querySelector('[data-testid=stMain]').scrollWidth - innerWidth"
# Names on a map stand where their places lie; everything else in a picture has a place of its own.
COLLIDING = """() => [...document.querySelectorAll(".js-plotly-plot")].flatMap(chart => {
    const edge = chart.getBoundingClientRect();
    const texts = [...chart.querySelectorAll("text")].filter(text => text.textContent.trim() && !text.closest(".geo"))
        .map(text => ({said: text.textContent, box: text.getBoundingClientRect()})).filter(text => text.box.width > 0);
    const cut = texts.filter(({box}) => box.left < edge.left - 2 || box.right > edge.right + 2)
        .map(({said}) => `cut: ${said}`);
    return cut.concat(texts.flatMap((one, n) => texts.slice(n + 1).filter(other =>
        Math.min(one.box.right, other.box.right) - Math.max(one.box.left, other.box.left) > 2
        && Math.min(one.box.bottom, other.box.bottom) - Math.max(one.box.top, other.box.top) > 4
    ).map(other => `${one.said} on ${other.said}`)));
})"""


@pytest.fixture
def phone(browser: Browser) -> Iterator[Page]:
    """A tab on a telephone."""
    context = browser.new_context(locale="zh-CN", viewport=PHONE)
    yield from guarded(context)
    context.close()


@pytest.mark.parametrize("part", range(2))
def test_on_a_telephone_no_page_is_wider_than_it_and_no_words_of_a_picture_stand_on_others(phone, demo_server, part):
    found, asked = {}, CHOSEN | {"guidance": "aspect=united", "platform": "topic=plans"}
    for url, address in addresses(part, 2, asked).items():
        turn(phone, f"{demo_server}/{address}")
        if wrong := [*(["wider"] if phone.evaluate(WIDER) > 0 else []), *phone.evaluate(COLLIDING)]:
            found[url] = wrong
    assert found == {}
