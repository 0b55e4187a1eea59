"""On paper, A4 landscape: whole figures, whole tables, the date on every sheet."""

import re
import subprocess
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import whole
from tests.screens import HEADING, HEADINGS
from yunnan import settings
from yunnan.data import snapshots
from yunnan.drawing.charts import themes

A4_LANDSCAPE = (842, 595)  # points
COLOURED = (".bar", ".bar i", ".column", ".legend i")  # parts of the front page that say something by their ground


def printed(page: Page, folder: Path, *, wide: int = 1440) -> list[str]:
    """The text of each sheet, as the browser prints the page that is open."""
    page.set_viewport_size({"width": wide, "height": 900})
    page.pdf(path=folder / "page.pdf", prefer_css_page_size=True)
    text = subprocess.run(["pdftotext", "-layout", folder / "page.pdf", "-"], capture_output=True, check=True).stdout
    return text.decode().split("\f")[:-1]


def size(file: Path) -> tuple[int, int]:
    told = subprocess.run(["pdfinfo", file], capture_output=True, check=True, text=True).stdout
    width, height = re.search(r"Page size:\s+([\d.]+) x ([\d.]+)", told).groups()
    return round(float(width)), round(float(height))


def ink_at_the_edge(file: Path, folder: Path) -> list[str]:
    """Sheets with anything within 3 mm of the right edge: there a figure is cut."""
    subprocess.run(["pdftoppm", "-r", "50", "-gray", file, folder / "sheet"], check=True)
    found = []
    for sheet in sorted(folder.glob("sheet*.pgm")):
        _, extent, _, pixels = re.match(rb"(P5)\s+(\d+ \d+)\s+(\d+)\s(.*)", sheet.read_bytes(), re.DOTALL).groups()
        width = int(extent.split()[0])
        if any(min(pixels[row + width - 6 : row + width]) < 200 for row in range(0, len(pixels), width)):
            found.append(sheet.name)
    return found


@pytest.mark.parametrize("wide", [1366, 1920])
def test_the_front_page_prints_whole_with_its_date_on_its_sheet(visit, tmp_path, wide):
    page = visit("/?period=2019")
    (sheet,) = printed(page, tmp_path, wide=wide)
    assert size(tmp_path / "page.pdf") == A4_LANDSCAPE
    assert_dated([sheet])
    for told in ("总览", "2019年，全省社会组织筹集款物109万元", "筹集款物滞后于本期目标", "需要关注（274）"):
        assert told in sheet
    for told in ("筹集款物总额（2019年）由高到低", "西双版纳", "4,000万元及以上", "全省：各季度", "底图来源"):
        assert told in sheet
    for not_printed in ("季度 ▸", "下半年", "Word 简报", "全部结论"):
        assert not_printed not in sheet
    assert ink_at_the_edge(tmp_path / "page.pdf", tmp_path) == []


@pytest.mark.parametrize("wide", [1366, 1920])
def test_all_parts_of_the_front_page_print_whole_with_the_date_on_every_sheet(visit, tmp_path, wide):
    page = visit("/?period=2019&part=all")
    sheets = printed(page, tmp_path, wide=wide)
    assert size(tmp_path / "page.pdf") == A4_LANDSCAPE
    assert_dated(sheets)
    whole = "".join(sheets)
    for told in ("总览", "筹集款物109万元", "十六个州市", "西双版纳", "由高到低", "底图来源"):
        assert told in whole
    assert ink_at_the_edge(tmp_path / "page.pdf", tmp_path) == []


def test_a_page_of_one_period_prints_with_date_and_period_on_every_sheet(visit, tmp_path):
    sheets = printed(visit("/scorecard?period=2019&part=all"), tmp_path)
    assert len(sheets) > 1
    assert_dated(sheets, "报告期2019年")
    assert ink_at_the_edge(tmp_path / "page.pdf", tmp_path) == []


def assert_dated(sheets: list[str], *more: str) -> None:
    """Each says of what the whole is, of which day, how far it can be believed, and which sheet it is."""
    for n, sheet in enumerate(sheets, 1):
        for told in ("看板", "全省", "数据截至2020年6月30日（第1版）", "演示数据（合成）", "数据来源", *more):
            assert told in sheet
        assert f"第{n}页，共{len(sheets)}页" in sheet


def test_a_long_list_prints_to_its_last_row_and_no_button_does(visit, tmp_path, snapshot: snapshots.Snapshot):
    projects = snapshot.table("projects/of_place", period="2019", place="533300")
    page = visit("/prefecture?place=533300&period=2019&part=all")
    whole = re.sub(r"\s", "", "".join(printed(page, tmp_path)))
    assert len(projects) > 1
    for code in projects.project_id:
        assert code in whole
    assert f"怒江{HEADING}" in whole
    assert "“三区”“牵手”计划贫困县覆盖率" in whole
    for not_printed in ("下载CSV", "复制链接", "口径与明细"):
        assert not_printed not in whole
    assert ink_at_the_edge(tmp_path / "page.pdf", tmp_path) == []


def test_to_print_a_page_with_a_table_opens_its_form_for_paper_which_prints_itself_once(visit, tmp_path):
    page = visit("/prefecture?place=533300&period=2019&part=indicators")
    charts = "[...document.querySelectorAll('[data-testid=stPlotlyChart]')]"
    drawn = f"{charts}.every((chart) => chart.querySelector('.main-svg'))"
    note = "document.documentElement.dataset.printed"
    page.context.add_init_script(f"window.print = () => ({note} = ({note} || '') + {drawn})")
    assert "P1-05" not in "".join(printed(page, tmp_path)), "a grid is no text"
    page.keyboard.press("Control+p")
    expect(page.locator(".masthead").get_by_role("link", name="退出打印版")).to_be_visible()
    assert "P1-05" in page.locator(".paper").first.text_content()
    expect(page.locator("html")).to_have_attribute("data-printed", "true")
    expect(page).not_to_have_url(re.compile("#print"))
    assert "表格在此没有印出" not in "".join(printed(whole(page), tmp_path))
    page.reload()
    whole(page)
    expect(page.locator("html")).not_to_have_attribute("data-printed", re.compile(""))


def test_the_head_of_a_pillar_is_printed_as_it_stands_on_its_first_sheet(visit, tmp_path):
    page = visit("/party?period=2019")
    first, *_ = printed(page, tmp_path)
    first = re.sub(r"\s", "", first)
    page.emulate_media(media="print")
    for row in page.locator(".cockpit .bullet").all():
        for part in (".name", ".value", ".light"):
            assert re.sub(r"\s", "", row.locator(part).inner_text()) in first
    assert ink_at_the_edge(tmp_path / "page.pdf", tmp_path) == []


@pytest.mark.parametrize("address", ["prefecture?place=533300&period=2019", "county?place=533323&period=2019"])
def test_the_head_of_a_place_is_printed_whole_on_its_first_sheet(visit, tmp_path, address):
    page = visit(f"/{address}")
    first, *_ = printed(page, tmp_path)
    first = re.sub(r"\s", "", first)
    page.emulate_media(media="print")
    for part in (".fact", ".figure .name", ".figure .value", ".standing span", ".pillar .name", ".row span"):
        for one in page.locator(part).all():
            assert re.sub(r"\s", "", one.inner_text()) in first, part
    assert ink_at_the_edge(tmp_path / "page.pdf", tmp_path) == []


def test_a_page_printed_past_the_form_for_paper_says_that_its_tables_are_missing(visit, tmp_path):
    assert "表格在此没有印出；请先点页首的“打印版”" in "".join(printed(visit("/scorecard?period=2019"), tmp_path))


def test_what_stands_under_one_heading_stays_on_one_sheet_where_it_can(visit, tmp_path):
    *_, figures, places = printed(visit("/?period=2019&part=all"), tmp_path)
    for told in ("数字与结论（2019年）", "筹集款物109万元", "四个突出", "P4 平台搭建"):
        assert told in figures
    for told in ("十六个州市", "迪庆", "由高到低", "底图来源", "口径："):
        assert told in places


FIRST_SHEETS = ["quality?period=2019", "county?place=533323&period=2019", "definitions?period=2019",
                "organization?org=O000001", "scorecard?period=2019"]  # fmt: skip


@pytest.mark.parametrize("address", FIRST_SHEETS)
def test_what_stands_below_the_head_begins_on_the_first_sheet(visit, tmp_path, address):
    page = visit(f"/{address}&paper=true")
    first, *_ = printed(page, tmp_path)
    body = page.locator(".js-plotly-plot .gtitle, .paper caption").first
    assert re.sub(r"\s", "", body.text_content()) in re.sub(r"\s", "", first)


def test_a_panel_is_printed_as_the_reader_left_it(visit, tmp_path):
    page = visit("/mechanism?place=533300&period=2019&part=all")
    closed = "".join(printed(page, tmp_path))
    assert "数据表：" not in closed
    page.get_by_text(f"数据表：{HEADINGS['P2']}").click()
    expect(page.locator(".paper caption", has_text=HEADINGS["P2"])).to_have_count(2)
    opened = "".join(printed(whole(page), tmp_path))
    assert re.findall("数据表：.*", opened) == [f"数据表：{HEADINGS['P2']}"]
    assert opened.count("P2-02") == closed.count("P2-02") + 1
    assert ink_at_the_edge(tmp_path / "page.pdf", tmp_path) == []


def test_from_the_wall_all_blocks_are_printed_and_not_only_the_one_shown(visit, tmp_path):
    page = visit("/?period=2019&mode=screen&theme=dark&part=all")
    whole = "".join(printed(page, tmp_path))
    for told in ("筹集款物109万元", "党建引领", "十六个州市"):
        assert told in whole
    assert "下一屏" not in whole
    whole = "".join(printed(visit("/prefecture?place=533300&period=2019&mode=screen"), tmp_path))
    for told in ("筹集款物60万元", "年度目标5,100万元", "需要关注（20）", "福贡县", "底图来源"):
        assert told in whole
    assert "下一屏" not in whole
    assert len(printed(visit("/?period=2019&mode=screen&theme=dark"), tmp_path)) == 1


def dark_share(page: Page, folder: Path) -> float:
    """How much of the paper is printed dark."""
    folder.mkdir()
    printed(page, folder)
    subprocess.run(["pdftoppm", "-r", "50", "-gray", folder / "page.pdf", folder / "sheet"], check=True)
    pixels = b"".join(sheet.read_bytes() for sheet in sorted(folder.glob("sheet*.pgm")))
    return sum(pixel < 128 for pixel in pixels) / len(pixels)


def test_from_the_dark_the_page_is_printed_as_dark_on_light_as_from_the_light(visit, tmp_path):
    for address in ("/?period=2019", "/scorecard?period=2019", "/prefecture?place=533300&period=2019"):
        name = re.sub(r"\W", "", address)
        light = dark_share(visit(address), tmp_path / f"{name}_light")
        dark = dark_share(visit(f"{address}&theme=dark"), tmp_path / f"{name}_dark")
        assert 0.8 * light < dark < 1.3 * light < 0.2


def test_from_the_dark_the_bars_and_the_legend_of_the_front_page_keep_their_colours(visit):
    light, dark = grounds_on_paper(visit("/?period=2019")), grounds_on_paper(visit("/?period=2019&theme=dark"))
    assert all(light.values())
    assert dark == light


def grounds_on_paper(page: Page) -> dict[str, list[str]]:
    """{part: the colour of each of them}."""
    page.emulate_media(media="print")
    colours = "parts => parts.map(part => getComputedStyle(part).backgroundColor)"
    found = {part: page.locator(f".cockpit {part}").evaluate_all(colours) for part in COLOURED}
    page.emulate_media(media="screen")
    return found


def test_each_colour_of_a_figure_on_dark_ground_has_another_on_paper():
    printing = (settings.ROOT / "static/dark.css").read_text(encoding="utf-8").partition("@media print")[2]
    for light, dark in themes.ON_DARK.items():
        told = ", ".join(str(int(dark[n : n + 2], 16)) for n in (1, 3, 5))
        for part in ("fill", "stroke"):
            assert f'[style*="{part}: rgb({told})"] {{ {part}: {light} !important; }}' in printing
