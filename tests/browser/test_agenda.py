"""A meeting in the browser: begun from the list, led by the arrow keys or by itself, its note kept until asked for."""

import re

from playwright.sync_api import expect

from tests.browser.conftest import heading, whole


def test_a_meeting_is_led_by_the_arrow_keys_but_not_while_somebody_types(visit):
    page = visit("/meeting")
    page.get_by_role("button", name="开始", exact=True).click()
    position = page.locator(".agenda")
    expect(position).to_contain_text("1/3")
    expect(heading(page)).to_contain_text("总览")
    expect(page.get_by_text("先说结论")).to_have_count(0)
    whole(page)
    page.keyboard.press("ArrowRight")
    expect(position).to_contain_text("2/3")
    expect(heading(page)).to_contain_text("怒江")
    whole(page)
    box = page.get_by_role("textbox", name="跳到")
    box.fill("qj")
    box.press("ArrowLeft")
    expect(position).to_contain_text("2/3")
    box.fill("")
    box.blur()
    whole(page)
    page.keyboard.press("ArrowLeft")
    expect(position).to_contain_text("1/3")
    expect(heading(page)).to_contain_text("总览")
    whole(page)
    page.get_by_role("button", name="备注", exact=True).click()
    expect(page.get_by_text("先说结论")).to_be_visible()


def test_the_box_of_a_meeting_jumps_to_a_place_by_its_code_and_leads_back(visit):
    page = visit("/?agenda=例会&view=1&asof=2020-06-30.r1&period=2019")
    box = page.get_by_role("textbox", name="跳到")
    box.fill("533323")
    box.press("Enter")
    expect(heading(page)).to_contain_text("福贡")
    whole(page)
    page.get_by_role("button", name="回到第1项").click()
    expect(heading(page)).to_contain_text("总览")


def test_an_agenda_runs_by_itself_round_and_round_until_any_key_pauses_it(visit):
    page = visit("/?agenda=例会&view=2&asof=2020-06-30.r1&period=2019&mode=screen")
    position = page.locator(".agenda")
    assert "auto" not in page.url
    page.get_by_role("button", name="轮播", exact=True).click()
    for n in (3, 1, 2):
        expect(position).to_contain_text(f"{n}/3")
        expect(page).to_have_url(re.compile("auto=true"))
    whole(page)
    page.keyboard.press("Shift")
    expect(page.get_by_role("button", name="轮播", exact=True)).to_be_visible()
    expect(page).not_to_have_url(re.compile("auto"))
    expect(position).not_to_have_attribute("data-seconds", re.compile("."))
