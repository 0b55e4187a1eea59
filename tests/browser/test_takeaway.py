"""What a reader takes away, and how a figure on paper finds its way back to the screen."""

import io

from docx import Document
from playwright.sync_api import expect
from pptx import Presentation

from tests.browser.conftest import PATIENCE, heading, whole
from yunnan.data.figure_codes import Code

NUJIANG = str(Code("P2-08", "533300", "2019", "2020-06-30.r1"))


def test_the_links_of_a_page_give_its_briefing_and_its_slides(visit):
    page = visit("/prefecture?period=2019&place=533300")
    made = {}
    for name in ("Word 简报", "幻灯片"):
        with page.expect_download(timeout=3 * PATIENCE) as found:
            page.get_by_role("link", name=name).click()
        made[found.value.suggested_filename] = io.BytesIO(found.value.path().read_bytes())
    briefing, slides = made
    assert briefing == "云南模式_简报_怒江州_2019_截至20200630r1.docx"
    assert "怒江州社会组织参与脱贫攻坚" in "".join(p.text for p in Document(made[briefing]).paragraphs)
    assert slides == "云南模式_幻灯片_怒江州_2019_截至20200630r1.pptx"
    shown = Presentation(made[slides]).slides
    assert len(shown) == 9
    assert "需要关注" in "".join(
        shape.text_frame.text for slide in shown for shape in slide.shapes if shape.has_text_frame
    )


def test_a_code_read_off_paper_opens_its_figure(visit):
    page = visit("/funds")
    page.goto(page.url.partition("?")[0] + f"?code={NUJIANG.lower()}")
    expect(heading(page)).to_contain_text("指标口径")
    whole(page)
    expect(page.get_by_text(f"数字凭证 {NUJIANG}：怒江州2019年")).to_be_visible()
    page.get_by_role("textbox", name="数字凭证").fill(NUJIANG[:-1] + ("A" if NUJIANG[-1] != "A" else "B"))
    page.keyboard.press("Enter")
    expect(page.get_by_text("与校验字符不符")).to_be_visible()
