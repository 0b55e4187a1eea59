"""The address says all: whoever opens it sees the same, and Back leads to where one was."""

import re
from urllib.parse import parse_qs, urlsplit

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import choose, chosen, heading, menu, whole

CHOICES = ("数据截至", "报告期", "地区", "全部指标")


def asked(page: Page) -> dict[str, str]:
    return {name: values[0] for name, values in parse_qs(urlsplit(page.url).query).items()}


def seen(page: Page) -> dict[str, str]:
    """What the page is about, as a reader reads it."""
    boxes = {name: page.get_by_role("combobox", name=name).input_value() for name in CHOICES}
    return boxes | {"heading": heading(page).inner_text(), "order": order_title(page).inner_text()}


def order_title(page: Page):
    """The title of the places in order, which names measure and period."""
    return page.locator(".cockpit .places h2")


def choose_measure(page: Page, name: str) -> None:
    whole(page).get_by_role("combobox", name="全部指标").select_option(name)
    expect(page.get_by_text(re.compile(f"这个数怎么来的：.*{name}"))).to_be_visible()  # so the run is at its end
    whole(page)


def test_the_address_shows_somebody_else_the_same(visit, somebody_else):
    page = visit("/scorecard")
    choose(page, "报告期", "2018年")
    expect(heading(page)).to_have_text("四个突出评分　2018年")
    choose(page, "地区", "昭通市")
    expect(heading(page)).to_have_text("昭通市　2018年")
    choose_measure(page, "惠及贫困人口数")
    expect(order_title(page)).to_have_text("惠及贫困人口数（2018年）由高到低")
    expect(page).to_have_url(re.compile("measure=P1-09"))
    whole(page)
    assert {"period": "2018", "place": "530600", "measure": "P1-09"}.items() <= asked(page).items()
    somebody_else.goto(page.url)
    whole(somebody_else)
    assert seen(somebody_else) == seen(page)
    assert somebody_else.url == page.url


def test_a_reload_keeps_the_view(visit):
    page = visit("/prefecture?asof=2020-06-30.r1&period=2018&place=533300&measure=P1-08")
    before, address = seen(page), page.url
    page.reload()
    whole(page)
    assert seen(page) == before
    assert page.url == address


def test_the_menu_keeps_asof_and_period(visit):
    page = visit("/?asof=2018-12-31.r1&period=2018H2")
    for name in ("四个突出评分", "指标口径", "文献对照", "数据说明", "一个州市", "总览"):
        menu(page, name)
        expect(heading(page)).to_contain_text(name)
        whole(page)
        expect(page).to_have_url(re.compile(r"asof=2018-12-31\.r1&period=2018H2"))
        expect(page.locator(".foot").last).to_contain_text("数据截至 2018年12月31日")
        if name == "总览":
            expect(chosen(page, "2018H2")).to_have_text("下半年")
        else:
            expect(page.locator(".foot").last).to_contain_text("数据截至 2018年12月31日　报告期 2018年下半年")


def test_the_menu_takes_along_what_was_chosen_on_the_first_screen(visit):
    page = visit("/?asof=2020-06-30.r1&period=2019&place=530000&measure=P1-08")
    page.locator('.cockpit [data-value="2018"]').click()
    page.locator(".cockpit .row", has_text="昭通").click()
    menu(page, "党建引领")
    expect(heading(page)).to_have_text("党建引领·昭通市　2018年")
    whole(page)
    assert {"period": "2018", "place": "530600"}.items() <= asked(page).items()
    page.go_back()
    expect(page).not_to_have_url(re.compile("/party"))  # by the address first: which step Back has taken
    expect(heading(page)).to_have_text("总览")
    whole(page)
    expect(page.locator(".cockpit .places h2")).to_have_text("昭通（2018年）")


def test_back_returns_to_the_former_choice(visit):
    page = visit("/prefecture?asof=2020-06-30.r1&period=2019&place=533300&measure=P1-08")
    choose(page, "报告期", "2018年")
    expect(heading(page)).to_have_text("怒江傈僳族自治州　2018年")
    choose_measure(page, "惠及贫困人口数")
    expect(order_title(page)).to_have_text("惠及贫困人口数（2018年）由高到低")
    expect(page).to_have_url(re.compile("measure=P1-09"))
    page.go_back()
    expect(order_title(page)).to_have_text("筹集款物总额（2018年）由高到低")
    page.go_back()
    expect(heading(page)).to_have_text("怒江傈僳族自治州　2019年")
    expect(page.get_by_role("combobox", name="报告期")).to_have_value("2019年")
    page.go_forward()
    expect(heading(page)).to_have_text("怒江傈僳族自治州　2018年")


def test_back_returns_to_the_part_before_the_first_of_them_too(visit):
    page = visit("/prefecture?asof=2020-06-30.r1&period=2019&place=533300&measure=P1-08")
    parts = page.locator(".st-key-parts")
    expect(parts.get_by_role("radio", checked=True)).to_have_text("县（市、区）")
    for name, code in (("项目", "projects"), ("报送", "returns")):
        parts.get_by_role("radio", name=name, exact=True).click()
        expect(page).to_have_url(re.compile(f"part={code}"))
        whole(page)
    page.go_back()
    expect(parts.get_by_role("radio", checked=True)).to_have_text("项目")
    whole(page)
    page.go_back()
    expect(parts.get_by_role("radio", checked=True)).to_have_text("县（市、区）")
    expect(page).to_have_url(re.compile("/prefecture"))


def test_back_closes_the_part_opened_below_the_first_screen(visit):
    page = visit("/?asof=2020-06-30.r1&period=2019&place=530000&measure=P1-08")
    for name, code in (("数字与结论", "figures"), ("四个突出", "pillars")):
        page.locator(".cockpit .doors button", has_text=name).click()
        expect(page).to_have_url(re.compile(f"part={code}"))
        expect(whole(page).locator(".st-key-part")).to_contain_text(name)
    page.go_back()
    expect(page).to_have_url(re.compile("part=figures"))
    expect(whole(page).locator(".st-key-part")).to_contain_text("数字与结论")
    page.go_back()
    expect(page).not_to_have_url(re.compile("part="))
    expect(heading(page)).to_have_text("总览")
    expect(page.locator(".st-key-part")).to_have_count(0)


def test_each_page_begins_with_its_own_first_part(visit):
    """A part of the next page has the same code as the first of this one, which nobody has chosen."""
    page = visit("/prefecture?asof=2020-06-30.r1&period=2019&place=533300&measure=P1-08")
    menu(page, "省情与资源流向")
    expect(heading(page)).to_contain_text("省情与资源流向")
    expect(whole(page).locator(".st-key-parts").get_by_role("radio", checked=True)).to_have_text("云南模式")


def test_back_returns_from_a_place_to_the_province(visit):
    page = visit("/?asof=2020-06-30.r1&period=2018&place=530000&measure=P1-08")
    choose(page, "地区", "昭通市")
    expect(heading(page)).to_have_text("昭通市　2018年")
    whole(page)
    page.go_back()
    expect(heading(page)).to_have_text("总览")
    expect(page.locator(".cockpit .places h2")).to_have_text("筹集款物总额（2018年）由高到低")
    expect(page.get_by_role("combobox", name="地区")).to_have_value("云南省")
    expect(page.locator(".crumbs")).to_have_text("全省")


def test_back_returns_from_the_menu(visit):
    page = visit("/?asof=2020-06-30.r1&period=2018&place=530000&measure=P1-08")
    menu(page, "四个突出评分")
    expect(heading(page)).to_have_text("四个突出评分　2018年")
    whole(page)
    page.go_back()
    expect(heading(page)).to_have_text("总览")
    expect(chosen(page, "2018")).to_be_visible()
    assert asked(page)["period"] == "2018"


def test_a_definition_opens_from_its_card_for_the_same_period_and_place(visit):
    page = visit("/prefecture?asof=2020-06-30.r1&period=2018&place=533300")
    page.locator(".cockpit .figure").nth(1).click()
    expect(heading(page)).to_have_text("指标口径　2018年")
    whole(page)
    assert {"period": "2018", "place": "533300", "indicator": "P1-09"}.items() <= asked(page).items()
    expect(page.get_by_role("heading", name="P1-09 惠及贫困人口数")).to_be_visible()


NONSENSE = [
    "/?asof=zzz&period=1999&place=999999&measure=x",
    "/definitions?indicator=%3Cimg%20src%3Dx%20onerror%3Dalert(1)%3E",
    "/scorecard?pillar=P9",
    "/reconciliation?figure=%27%20or%201%3D1",
    "/?place=%21%5Bx%5D(http%3A%2F%2F203.0.113.1%2Fx.png)",
    "/?period=%5B2019%5D(http%3A%2F%2F203.0.113.1)",
]


@pytest.mark.parametrize("address", NONSENSE)
def test_nonsense_in_the_address_is_said_and_does_no_harm(visit, address):
    page = visit(address)
    warnings = page.get_by_test_id("stAlert")
    expect(warnings.first).to_be_visible()
    for text in warnings.all_inner_texts():
        assert re.search("网址中的.+不存在，已改用", text)
    assert warnings.locator("img, a").count() == 0
    expect(heading(page)).to_have_count(1)
    expect(page.get_by_test_id("stException")).to_have_count(0)
