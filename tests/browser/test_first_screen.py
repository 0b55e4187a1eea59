"""The first screen: all of it inside one screen, every choice without a request, by pointer and by keys."""

import json
import re
from urllib.parse import parse_qs, urlsplit

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import HERE, PATIENCE, menu, whole
from tests.browser.screens import barriers

OFFICE, DESK, WALL, PHONE = (1366, 650), (1920, 960), (3840, 2000), (390, 844)
PARTS = (
    ".cockpit .conclusion", ".cockpit .figure", ".cockpit .pillar", ".cockpit .matters h2", ".cockpit .measures",
    ".cockpit .map svg", ".cockpit .legend", ".cockpit .row", ".cockpit .bars li", ".cockpit .strip",
    ".cockpit .source",
)  # fmt: skip
# Every text on the screen smaller than so many pixels, with its size.
SMALL = """least => [...document.querySelectorAll('.cockpit *')].filter(e => e.childElementCount === 0
  && e.textContent.trim() && e.getClientRects().length && !e.closest('.spoken') && !e.closest('svg')
  && parseFloat(getComputedStyle(e).fontSize) < least).map(e => e.className + e.textContent)"""


def drawn(page: Page) -> Page:
    expect(page.locator(".cockpit .places h2")).to_have_text(re.compile("年"), timeout=PATIENCE)
    return whole(page)


@pytest.fixture
def first(page: Page, server: str):
    """Opens 总览 at an address in a window of this size."""

    def open_screen(query: str = "period=2019", size: tuple[int, int] = OFFICE) -> Page:
        page.set_viewport_size({"width": size[0], "height": size[1]})
        page.goto(f"{server}/?asof=2020-06-30.r1&{query}")
        return drawn(page)

    return open_screen


def asked(page: Page) -> dict[str, str]:
    return {name: values[0] for name, values in parse_qs(urlsplit(page.url).query).items()}


def texts(page: Page, part: str) -> list[str]:
    return page.locator(f".cockpit {part}").all_inner_texts()


@pytest.mark.parametrize("size", [OFFICE, DESK, WALL])
def test_all_of_it_is_on_one_screen(first, size):
    page = first(size=size)
    width, height = size
    for part in PARTS:
        found = page.locator(part)
        assert found.count(), part
        for n in range(found.count()):
            box = found.nth(n).bounding_box()
            assert box is not None, part
            assert box["x"] >= 0, part
            assert box["x"] + box["width"] <= width, part
            assert box["y"] >= 0, part
            assert box["y"] + box["height"] <= height, (part, n, box)
    assert len(texts(page, ".row")) == 17
    last, content = (page.locator(part).last.bounding_box() for part in (".cockpit .row", ".cockpit .places .content"))
    assert last["y"] + last["height"] <= content["y"] + content["height"] + 1, "the last place is cut"
    assert len(texts(page, ".figure")) == 5
    assert page.evaluate("document.querySelector('[data-testid=stMain]').scrollWidth") <= width
    assert page.evaluate(SMALL, 13) == []


def test_a_window_twice_as_large_shows_the_same_twice_as_large(first):
    parts = ("h2", ".figure", ".map svg", ".row", ".bars li", ".strip", ".matter")
    boxes = []
    for size in (DESK, (2 * DESK[0], 2 * DESK[1])):
        page = first(size=size)
        boxes.append([one.bounding_box() for part in parts for one in page.locator(f".cockpit {part}:visible").all()])
    assert len(boxes[0]) == len(boxes[1]) > 30
    for small, large in zip(*boxes, strict=True):
        for side in ("x", "y", "width", "height"):
            assert abs(large[side] - 2 * small[side]) <= 12, (small, large)


@pytest.mark.parametrize("size", [OFFICE, DESK, WALL, PHONE])
def test_of_what_needs_somebody_whole_rows_stand_and_a_button_leads_to_all(first, size):
    page = first(size=size)
    count = int(re.sub(r"\D", "", page.locator(".cockpit .matters h2").inner_text()))
    room = page.locator(".cockpit .matters .content").bounding_box()
    rows = [row.bounding_box() for row in page.locator(".cockpit .matter").filter(visible=True).all()]
    assert 0 < len(rows) <= count
    assert all(row["y"] + row["height"] <= room["y"] + room["height"] + 1 for row in rows)
    rest = page.locator(".cockpit .rest")
    if len(rows) == count:
        expect(rest).to_be_hidden()
        return
    expect(rest).to_have_text(f"全部 {count} 项")
    assert room["y"] + room["height"] - rows[-1]["y"] - rows[-1]["height"] < 2 * max(row["height"] for row in rows)
    rest.click()
    expect(page.get_by_role("heading", name=f"需要关注（{count}）", level=3)).to_be_visible()


def test_a_period_without_a_score_says_so_and_no_text_stands_on_another(page, server):
    page.set_viewport_size({"width": OFFICE[0], "height": OFFICE[1]})
    page.goto(f"{server}/?asof=2018-12-31.r1&period=2018")
    drawn(page)
    edge = page.locator(".cockpit .pillars").bounding_box()
    for row in page.locator(".cockpit .pillar").all():
        expect(row.locator(".value")).to_have_text(re.compile("不评分|不出得分"))
        expect(row.locator(".met")).to_be_hidden()
        box = row.locator(".value").bounding_box()
        assert box["x"] + box["width"] <= edge["x"] + edge["width"] + 1


# What of the figures and of the table of a place is cut by its own edge.
CUT = """() => [...document.querySelectorAll('.cockpit .figure *, .cockpit .places .content, .cockpit .sentences p')]
  .filter(e => e.scrollWidth > e.clientWidth + 1 && getComputedStyle(e).overflowX !== 'visible')
  .map(e => `${e.className}: ${e.textContent}`)"""


@pytest.mark.parametrize("width", [900, 1024, 1100])
def test_nothing_is_cut_in_a_narrow_window_once_a_place_is_chosen(first, width):
    page = first("period=2019&place=533300", size=(width, 768))
    assert page.evaluate(CUT) == []
    name, bar = page.locator(".masthead .name").bounding_box(), page.get_by_test_id("stTopNav").bounding_box()
    assert bar["y"] + bar["height"] <= name["y"] + 1


def test_the_column_of_a_chosen_place_has_no_empty_middle(first):
    page = first("period=2019&place=533300", size=DESK)
    last, quarters = page.locator(".cockpit .worst").bounding_box(), page.locator(".cockpit .quarters").bounding_box()
    assert quarters["y"] - last["y"] - last["height"] < 40
    assert page.locator(".cockpit .bars").bounding_box()["height"] > 150
    foot = page.locator(".cockpit .source").bounding_box()
    assert foot["y"] + foot["height"] <= DESK[1]


def test_a_county_in_the_address_shows_its_prefecture_and_the_way_to_its_own_page(first):
    page = first("period=2019&place=533323")
    expect(page.locator(".cockpit .places h2")).to_have_text("怒江（2019年）")
    sentence = page.locator(".cockpit .county")
    expect(sentence).to_have_text("这里是怒江傈僳族自治州的数；县（市、区）各有自己的一页：打开福贡县")
    foot = page.locator(".cockpit .source").bounding_box()
    assert foot["y"] + foot["height"] <= OFFICE[1]
    page.locator('.cockpit [data-value="2018"]').click()
    expect(page.locator(".cockpit .places h2")).to_have_text("怒江（2018年）")
    assert {"place": "533323", "period": "2018"}.items() <= asked(page).items()
    page.keyboard.press("Escape")
    expect(sentence).to_be_hidden()
    assert asked(page)["place"] == "530000"
    page.reload()
    drawn(page)
    expect(sentence).to_be_hidden()
    first("period=2019&place=533323").locator(".cockpit .county a").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("福贡县")


@pytest.mark.parametrize("part", ["", "&part=figures"])
def test_enter_opens_the_page_of_the_place_that_was_chosen(first, part):
    page = first(f"period=2019{part}")
    page.locator(".cockpit .row", has_text="怒江").click()
    expect(page.locator(".cockpit .places h2")).to_have_text("怒江（2019年）")
    whole(page)
    expect(page.locator(".cockpit .places .open")).to_be_focused()
    page.evaluate("document.activeElement.blur()")
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_contain_text("怒江")
    assert asked(page)["place"] == "533300"


TOP = "() => document.querySelector('[data-testid=stMain]').scrollTop"
IN_SIGHT = """() => { const box = document.querySelector('.st-key-part').getBoundingClientRect();
  return box.top >= 0 && box.top < innerHeight / 3; }"""


def test_an_address_with_a_part_opens_on_it_once_and_back_leads_to_where_one_was(first):
    page = first("period=2019&part=places")
    page.wait_for_function(IN_SIGHT)
    page.mouse.move(600, 400)
    page.mouse.wheel(0, -5000)
    page.wait_for_function(f"{TOP} === 0")
    page.locator('.cockpit [data-value="2018"]').click()
    expect(page.get_by_role("heading", name="十六个州市")).to_be_attached()
    expect(page.locator(".js-plotly-plot .gtitle").first).to_contain_text("2018年")
    assert page.evaluate(TOP) == 0
    page.get_by_role("link", name="综合").first.click()
    expect(page.get_by_role("heading", level=1)).to_have_text(re.compile("2018年"))
    page.go_back()
    drawn(page)
    page.wait_for_timeout(1_500)  # as long as it would take to move
    assert page.evaluate(TOP) == 0
    page.mouse.wheel(0, 300)
    page.wait_for_function(f"{TOP} === 300")
    menu(page, "四个突出评分")
    expect(page.get_by_role("heading", level=1)).to_contain_text("四个突出评分")
    whole(page)
    page.go_back()
    page.wait_for_function(f"{TOP} === 300")


def test_a_choice_asks_nobody_and_the_address_follows(first):
    page = first()
    requests: list[str] = []
    page.on("request", lambda request: requests.append(request.url))
    sent: list[str | bytes] = []
    page.on("websocket", lambda socket: socket.on("framesent", lambda data: sent.append(data)))
    page.locator('.cockpit [data-value="P1-09"]').click()
    page.locator('.cockpit [data-value="2018"]').click()
    page.locator(".cockpit .row", has_text="昭通").click()
    expect(page.locator(".cockpit .places h2")).to_have_text("昭通（2018年）")
    assert texts(page, ".conclusion .whose") == ["以下为昭通"]
    assert {"period": "2018", "measure": "P1-09", "place": "530600"}.items() <= asked(page).items()
    assert requests == []
    page.keyboard.press("Escape")
    expect(page.locator(".cockpit .places h2")).to_have_text("惠及贫困人口数（2018年）由高到低")
    assert asked(page)["place"] == "530000"


def test_pointing_at_a_place_lights_it_everywhere(first):
    page = first()
    page.locator(".cockpit .row", has_text="大理").hover()
    expect(page.locator(".cockpit .shape.lit")).to_have_attribute("aria-label", re.compile("^大理："))
    page.locator('.cockpit .shape[aria-label^="怒江"]').hover()
    expect(page.locator(".cockpit .row.lit")).to_contain_text("怒江")


def test_the_keys_alone_lead_to_a_places_page(first):
    page = first()
    page.locator(".cockpit .order").focus()
    page.keyboard.press("ArrowDown")
    expect(page.locator(".cockpit .row.lit")).to_have_count(1)
    name = page.locator(".cockpit .row.lit .name").inner_text()
    page.keyboard.press("Enter")
    expect(page.locator(".cockpit .places h2")).to_have_text(f"{name}（2019年）")
    expect(page.locator(".cockpit .open")).to_be_focused()
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_contain_text(name)


def test_the_measure_and_the_period_are_chosen_by_arrow_keys(first):
    page = first()
    page.locator('.cockpit [data-value="P1-08"]').focus()
    page.keyboard.press("ArrowRight")
    expect(page.locator('.cockpit [data-value="P1-09"]')).to_have_attribute("aria-checked", "true")
    page.locator('.cockpit [data-value="2019"]').focus()
    page.keyboard.press("ArrowLeft")
    assert asked(page)["period"] != "2019"


def test_another_page_the_rest_of_the_page_and_a_reload_follow_the_choice(first):
    page = first()
    page.locator('.cockpit [data-value="2018"]').click()
    page.locator(".cockpit .row", has_text="怒江").click()
    page.get_by_role("button", name="数字与结论").click()
    expect(page.get_by_role("heading", name="数字与结论（2018年）")).to_be_visible()
    address = page.url
    page.reload()
    drawn(page)
    expect(page.locator(".cockpit .places h2")).to_have_text("怒江（2018年）")
    assert page.url == address
    page.locator('.cockpit [data-value="2019"]').click()
    page.get_by_role("link", name="综合").first.click()
    expect(page.get_by_role("heading", level=1)).to_have_text(re.compile("2019年"))
    page.go_back()
    drawn(page)
    assert asked(page)["period"] == "2019"


def test_two_tabs_show_each_its_own(first, server, reader):
    page = first()
    other = reader.new_page()
    other.goto(f"{server}/?asof=2020-06-30.r1&period=2018&place=532900")
    drawn(other)
    page.locator('.cockpit [data-value="2019H1"]').click()
    expect(other.locator(".cockpit .places h2")).to_have_text("大理（2018年）")
    other.close()


def test_what_it_says_is_what_the_resource_says(first):
    """Every number on the screen is a text of the resource, letter for letter."""
    page = first()
    address = page.evaluate(
        "performance.getEntriesByType('resource').map(e => e.name).filter(n => n.includes('/cockpit/2020')).at(-1)"
    )
    made = page.evaluate("async address => (await fetch(address)).json()", address)
    every = json.dumps(made, ensure_ascii=False)
    for part in (".row .value", ".figure .value", ".pillar .value", ".pillar .met", ".legend li"):
        for text in texts(page, part):
            assert json.dumps(text.strip(), ensure_ascii=False) in every, (part, text)


@pytest.mark.parametrize("query", ["period=2019", "period=2019&place=533300&theme=dark", "period=2018Q2&measure=P1-05"])
def test_nobody_is_kept_out(first, query):
    assert barriers(first(query)) == []


def test_a_phone_shows_the_same_parts_below_each_other(first):
    page = first(size=PHONE)
    tops = [page.locator(f".cockpit {part}").bounding_box()["y"] for part in (".figures", ".map", ".order", ".pillars")]
    assert tops == sorted(tops)
    assert page.evaluate("document.querySelector('[data-testid=stMain]').scrollWidth") <= PHONE[0]
    assert barriers(page) == []


def test_on_a_phone_the_choices_of_the_frame_take_two_rows_at_most(first):
    page = first(size=PHONE)
    boxes = [box.bounding_box() for box in page.locator(".st-key-frame > *").all() if box.bounding_box()["height"] > 10]
    assert len({round(box["y"] + box["height"]) for box in boxes}) <= 2
    frame = page.locator(".st-key-frame").bounding_box()
    assert frame["height"] < 130
    chosen = page.get_by_role("combobox", name="数据截至")
    assert chosen.evaluate("box => box.scrollWidth <= box.clientWidth")


def test_nonsense_in_the_address_is_said_and_stays_said(first):
    page = first("period=1999&measure=x&place=1")
    for text in ("1999", "x", "1"):
        expect(page.get_by_test_id("stAlert").filter(has_text=text).first).to_be_visible()
    expect(page.locator(".cockpit .places h2")).to_contain_text("筹集款物总额（2019年）")
    page.reload()
    drawn(page)
    expect(page.get_by_test_id("stAlert").filter(has_text="1999").first).to_be_visible()


def test_without_the_resource_there_is_a_sentence_and_another_try(page: Page, server: str):
    """The network is gone for the resource alone; afterwards the same button draws the screen."""
    page.route("**/cockpit/**", lambda route: route.abort())
    page.goto(f"{server}/?asof=2020-06-30.r1&period=2019")
    problem = page.locator(".cockpit .problem")
    expect(problem).to_contain_text("没有取到")
    page.unroute("**/cockpit/**")
    page.get_by_role("button", name="重试").click()
    expect(page.locator(".cockpit .row").first).to_be_visible()
    expect(problem).to_have_count(0)


def test_a_refusal_is_said_in_the_servers_own_words_and_the_last_screen_stays(first):
    page = first()
    page.route("**/cockpit/2018*/**", lambda route: route.fulfill(status=503, body="快照 2018-12-31.r1 已损坏。"))
    box = page.get_by_role("combobox", name="数据截至")
    box.click()
    page.get_by_role("option", name="2018年12月31日（第1版）").click()
    expect(page.locator(".cockpit .problem")).to_contain_text("快照 2018-12-31.r1 已损坏。下面仍是刚才的画面")
    expect(page.locator(".cockpit .row").first).to_be_visible()


def test_a_frame_of_another_site_shows_it_too(embed):
    frame = embed("/?embed=true&asof=2020-06-30.r1&period=2019")
    expect(frame.locator(".cockpit .row")).to_have_count(17)
    frame.locator('.cockpit [data-value="P1-09"]').click()
    expect(frame.locator(".cockpit .places h2")).to_contain_text("惠及贫困人口数")


def test_the_paper_has_the_figures_the_map_and_every_sentence(first):
    page = first()
    page.emulate_media(media="print")
    for part in (".figure", ".shape", ".row"):
        expect(page.locator(f".cockpit {part}").first).to_be_visible()
    expect(page.locator(".cockpit .sentences p").last).to_be_visible()
    expect(page.locator(".cockpit .strip")).to_be_hidden()


def test_its_light_on_the_machine(first):
    """What does not depend on the machine: nodes, and the bytes of the resource."""
    page = first()
    assert page.evaluate("document.querySelectorAll('*').length") <= 3_500
    size = page.evaluate(
        "performance.getEntriesByType('resource').filter(e => e.name.includes('/cockpit/2020')).at(-1).encodedBodySize"
    )
    assert 0 < size < 160_000
    assert HERE.match(page.url)
